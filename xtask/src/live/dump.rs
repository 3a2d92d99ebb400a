//! Everything that a copy holds, read from a backup: the same for both engines.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::Stdio,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::terminal::{capture, program};

/// Where a copy lives.
pub(crate) struct Copy {
    pub(crate) program: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) database: Option<String>,
}

/// A row, by the names of its columns.
pub(crate) type Row = BTreeMap<String, Value>;

/// The rows of every table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dump {
    pub(crate) tables: BTreeMap<String, Vec<Row>>,
}

impl Copy {
    /// Its settings in the environment.
    pub(crate) fn settings(&self) -> Vec<(&str, &str)> {
        self.database.iter().map(|url| ("TREATYWATCH_DATABASE", url.as_str())).collect()
    }

    /// What a command of the program says.
    pub(crate) fn command(&self, arguments: &[&str]) -> Result<String> {
        let mut command = program(&self.program);
        capture(command.args(arguments).arg("--data").arg(&self.data).envs(self.settings()))
    }

    /// Everything in it; an error where the backup misses a file of evidence.
    pub(crate) fn dump(&self) -> Result<Dump> {
        let file = self.data.join("dump");
        let _ = fs::remove_file(&file);
        let said = self.command(&["backup", &file.display().to_string()])?;
        if let Some(missing) = said.lines().find(|line| line.starts_with("MISSING")) {
            bail!("{missing}");
        }
        let mut gzip = program("gzip").arg("-dc").arg(&file).stdout(Stdio::piped()).spawn()?;
        let lines = BufReader::new(gzip.stdout.take().context("gzip's output")?).lines();
        let dump = Dump::read(lines.map(|line| Ok(line?)))?;
        gzip.wait()?;
        fs::remove_file(&file)?;
        Ok(dump)
    }

    /// The names in its folder of evidence files.
    pub(crate) fn files(&self) -> Result<BTreeSet<String>> {
        let Ok(entries) = fs::read_dir(self.data.join("evidence")) else { return Ok(BTreeSet::new()) };
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    /// Makes every evidence file two days old: what has no row is then swept away at the next start.
    pub(crate) fn age_files(&self) -> Result<()> {
        let long_ago = SystemTime::now() - Duration::from_secs(2 * 24 * 3600);
        for name in self.files()? {
            let file = fs::OpenOptions::new().append(true).open(self.data.join("evidence").join(name))?;
            file.set_modified(long_ago)?;
        }
        Ok(())
    }
}

impl Dump {
    fn read(lines: impl Iterator<Item = Result<String>>) -> Result<Self> {
        let (mut dump, mut table, mut columns) = (Self::default(), String::new(), Vec::new());
        for line in lines {
            match serde_json::from_str(&line?)? {
                Value::Object(head) => {
                    let Some(Value::String(name)) = head.get("table") else { continue };
                    table.clone_from(name);
                    columns = serde_json::from_value::<Vec<String>>(head["columns"].clone())?;
                    dump.tables.entry(table.clone()).or_default();
                }
                // The bytes of evidence: the backup has read them, which is all that is asked here.
                Value::Array(_) if table == "evidence_files" => {}
                Value::Array(values) => {
                    let row = columns.iter().cloned().zip(values).collect();
                    dump.tables.entry(table.clone()).or_default().push(row);
                }
                other => bail!("no line of a backup: {other}"),
            }
        }
        Ok(dump)
    }

    /// The rows of a table.
    pub(crate) fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_read_by_the_names_of_its_columns() {
        let lines = [
            r#"{"treatywatch_backup":1}"#,
            r#"{"table":"record_head","columns":["one","edition"]}"#,
            "[1,7]",
            r#"{"table":"evidence_files","columns":["object","part"]}"#,
            r#"["0a","AAAA"]"#,
            r#"{"rows":{}}"#,
        ];
        let dump = Dump::read(lines.into_iter().map(|line| Ok(line.to_owned()))).expect("read");
        assert_eq!(dump.rows("record_head")[0]["edition"], 7);
        assert!(dump.rows("evidence_files").is_empty() && dump.rows("no_table").is_empty());
    }
}
