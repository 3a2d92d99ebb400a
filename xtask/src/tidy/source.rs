//! Checks of source files, line by line.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::files;

/// The longest a file may be.
const LONGEST: usize = 600;

/// Files of code or styles that are too long.
pub(crate) fn long_files(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (name, text) in read(root, root, &["rs", "ts", "css"])? {
        let lines = text.lines().count();
        if lines > LONGEST {
            faults.push(format!("{}: {lines} lines, at most {LONGEST}", name.display()));
        }
    }
    Ok(faults)
}

/// SQL that is put together at run time is kept in one file, of the store, where it can be read as a whole.
pub(crate) fn unchecked_sql(root: &Path) -> Result<Vec<String>> {
    let mark = concat!("AssertSql", "Safe");
    let using: Vec<PathBuf> = read(root, root, &["rs"])?
        .into_iter()
        .filter(|(_, text)| text.contains(mark))
        .map(|(name, _)| name)
        .collect();
    let fault = |name: &PathBuf| format!("{} uses {mark}", name.display());
    Ok(match using.as_slice() {
        [] => Vec::new(),
        [one] if one.starts_with("store") => Vec::new(),
        several => several.iter().map(fault).collect(),
    })
}

/// The public side reads what was published, never where it came from.
pub(crate) fn desk_tables_in_record(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (name, text) in read(root, &root.join("store/src/record"), &["rs", "sql"])? {
        for (number, line) in lines_before_tests(&text) {
            if line.contains("desk_") && !line.trim_start().starts_with("//") {
                faults.push(format!("{}:{number}: {}", name.display(), line.trim()));
            }
        }
    }
    Ok(faults)
}

/// The lines of a file, counted from one, up to where its tests begin.
pub(super) fn lines_before_tests(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
}

/// Names (from the top of the tree) and texts.
pub(super) fn read(root: &Path, folder: &Path, extensions: &[&str]) -> Result<Vec<(PathBuf, String)>> {
    let mut texts = Vec::new();
    for path in files::below(folder, extensions)? {
        let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        texts.push((path.strip_prefix(root).unwrap_or(&path).to_path_buf(), text));
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::fixture;

    #[test]
    fn a_file_of_601_lines_is_too_long() {
        let (short, long) = ("// line\n".repeat(600), "// line\n".repeat(601));
        let tree = fixture(&[("a/src/short.rs", &short), ("a/src/long.rs", &long), ("a/notes.md", &long)]);
        assert_eq!(long_files(tree.path()).expect("checked"), ["a/src/long.rs: 601 lines, at most 600"]);
    }

    #[test]
    fn one_file_of_the_store_may_put_sql_together() {
        let line = concat!("use sqlx::AssertSql", "Safe;");
        let tree = fixture(&[("store/src/bulk.rs", line), ("store/src/lib.rs", "")]);
        assert!(unchecked_sql(tree.path()).expect("checked").is_empty());
        let tree = fixture(&[("store/src/bulk.rs", line), ("store/src/lib.rs", line)]);
        assert_eq!(unchecked_sql(tree.path()).expect("checked").len(), 2);
        let tree = fixture(&[("server/src/main.rs", line)]);
        assert_eq!(unchecked_sql(tree.path()).expect("checked").len(), 1);
    }

    #[test]
    fn the_record_may_speak_of_the_desk_only_in_comments_and_tests() {
        let good = "// not from desk_case\nconst Q: &str = \"SELECT 1 FROM record_head\";\n#[cfg(test)]\nmod tests { // desk_case\n}\n";
        let bad = "const Q: &str = \"SELECT 1 FROM desk_case\";\n";
        let tree = fixture(&[("store/src/record/good.rs", good), ("store/src/record/in/bad.rs", bad)]);
        let faults = desk_tables_in_record(tree.path()).expect("checked");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("store/src/record/in/bad.rs:1:"), "{faults:?}");
    }
}
