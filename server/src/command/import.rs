//! `treatywatch import`: a publisher's file, read through a mapping.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::country::Gazetteer;
use domain::fold;
use domain::stored::content_hash;
use import::mapping::{self, CaseRow, Found, Mapping, Repeat, Report};
use import::sheets::{Hints, Input, Limits, Sheets};
use import::{FileReason, Reason};
use jiff::{Timestamp, tz::Offset};
use sha2::{Digest, Sha256};
use store::desk::{Member, NewImport, NewRow};
use store::{Store, StoreError};
use text::{Language, Text};

use super::{Failure, Place};

/// Files of publishers.
#[derive(Subcommand)]
pub(super) enum Import {
    /// Makes a case of each incident in a file, for an organisation to review.
    Incidents(Incidents),
}

#[derive(clap::Args)]
pub(super) struct Incidents {
    /// The file: CSV with any separator and charset, XLSX, or one JSON object a line.
    file: PathBuf,
    /// The e-mail address of the researcher or reviewer who stands as the cases' entrant.
    #[arg(long)]
    member: String,
    /// A mapping of one's own; without it, one of the known publishers' is picked by looking at the file.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// The file's charset, where the guess is wrong: utf-8, windows-1252 …
    #[arg(long, value_parser = charset)]
    charset: Option<&'static encoding_rs::Encoding>,
    /// The separator of its cells, where the guess is wrong: one character, or "tab".
    #[arg(long, value_parser = separator)]
    separator: Option<u8>,
    /// Says what would be done, and does nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Place,
}

fn charset(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(|| format!("{name:?} is no charset"))
}

fn separator(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [one] => Ok(*one),
        b"tab" => Ok(b'\t'),
        _ => Err(format!("{text:?} is not one character")),
    }
}

/// Which rows made no case, and why: kept with the import. What stood in them is said once and kept nowhere, for erasing a case
/// would not reach it.
#[derive(serde::Serialize)]
struct Kept<'a> {
    refused: Vec<At<'a>>,
    held: Vec<At<'a>>,
    repeats: &'a [Repeat],
}

#[derive(serde::Serialize)]
struct At<'a> {
    sheet: &'a str,
    row: usize,
    column: &'a str,
    why: &'static str,
}

impl<'a> Kept<'a> {
    fn of(report: &'a Report, repeats: &'a [Repeat]) -> Self {
        let refused = report.refused.iter().map(|it| At {
            sheet: &it.sheet,
            row: it.row,
            column: &it.column,
            why: it.reason.code(),
        });
        let held = report.held.iter().map(|it| At {
            sheet: &it.sheet,
            row: it.row,
            column: &it.column,
            why: "unknown",
        });
        Self { refused: refused.collect(), held: held.collect(), repeats }
    }
}

impl Import {
    /// Whether some rows were refused or held.
    pub(super) async fn run(self) -> Result<bool, Failure> {
        let Self::Incidents(asked) = self;
        asked.run().await
    }
}

impl Incidents {
    async fn run(self) -> Result<bool, Failure> {
        let hash = hash_of(&self.file)?;
        let hints = Hints { charset: self.charset, separator: self.separator };
        let sheets = Sheets::read(Input::Path(self.file.clone()), hints, Limits::default())?;
        let mappings = match &self.mapping {
            Some(path) => vec![Mapping::parse(&std::fs::read_to_string(path)?)?],
            None => mapping::known()?,
        };
        let found = mapping::find(&sheets, &mappings)?;
        if found.mapping.makes != mapping::Makes::Incidents {
            return Err(
                format!("{} holds no incidents: it is {}", self.file.display(), found.mapping.title).into()
            );
        }
        say_how_it_was_read(&sheets, &found);

        let store = self.place.open().await?;
        let member = member(&store, &self.member).await?;
        let today = Offset::UTC.to_datetime(Timestamp::now()).date();
        let countries = store.live(store.head().await?, today).countries().await?;
        if countries.is_empty() {
            let why =
                "the record holds no countries yet, so no row can be placed: run `treatywatch serve` once";
            return Err(why.into());
        }
        let countries = Gazetteer::new(&countries);
        let (cases, report) = mapping::incidents(&found, &countries, today)?;
        let (cases, repeats) = mapping::without_repeats(cases);
        let rows = rows(&found, &cases);

        let file_name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let kept = serde_json::to_string(&Kept::of(&report, &repeats))?;
        let import = NewImport {
            file_name: &file_name,
            file_hash: &hash,
            mapping: &found.mapping.name,
            report: &kept,
            rows: &rows,
        };
        if self.dry_run {
            let new = store.unknown_rows(&member, &rows).await?.len();
            println!("New cases: {new}. There already: {}.", rows.len() - new);
            println!("Nothing was written (--dry-run).");
        } else {
            let done = store.import_cases(&member, import, Timestamp::now()).await.map_err(said)?;
            println!("New cases: {}. There already: {}.", done.new, done.same);
            if let Some(id) = &done.id {
                let cases = store.imported_cases(&member, id).await?;
                let likely: Vec<_> = cases.iter().filter(|case| !case.likely.is_empty()).collect();
                println!("To be decided at the desk, for they look like what is there: {}.", likely.len());
                for case in &likely {
                    let keys: Vec<&str> = case.likely.iter().take(3).map(|one| one.title.as_str()).collect();
                    println!("  {}: {}", at(&case.sheet, case.number as usize), keys.join(" · "));
                }
            }
        }
        store.close().await;
        say_the_rest(&report, &repeats);
        Ok(report.refused.is_empty() && report.held.is_empty())
    }
}

async fn member(store: &Store, email: &str) -> Result<Member, Failure> {
    let member = store.member_by_email(email).await?;
    member.ok_or_else(|| format!("there is no member {email}, or they are kept out").into())
}

fn said(error: StoreError) -> Failure {
    match error {
        StoreError::Forbidden => "the member must be a researcher or a reviewer".into(),
        other => other.into(),
    }
}

/// What its publisher tells a row by: the same row of another release of the file is known again by it.
fn rows(found: &Found<'_>, cases: &[CaseRow]) -> Vec<NewRow> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let row = |case: &CaseRow| {
        let draft = &case.draft;
        let told = [&draft.start, &draft.places.join(" "), &draft.place_name, &draft.kind, &draft.services]
            .map(|text| fold::words(text).join(" "))
            .join("|");
        // Two rows alike are two cases.
        let time = times.entry(told.clone()).or_default();
        *time += 1;
        NewRow {
            sheet: case.sheet.clone(),
            number: case.row as i64,
            row_hash: content_hash(&format!("{}|{told}|{time}", found.mapping.name)),
            draft: case.draft.clone(),
        }
    };
    cases.iter().map(row).collect()
}

fn hash_of(path: &Path) -> Result<String, Failure> {
    let mut file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = file.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        hash.update(part);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn say_how_it_was_read(sheets: &Sheets, found: &Found<'_>) {
    let read = &sheets.read_as;
    let charset = read.charset.map(|name| {
        format!(
            ", charset {name}{}",
            if read.charset_guessed { " (a guess: --charset overrides it)" } else { "" }
        )
    });
    let separator = read.separator.map(|separator| format!(", separator {separator:?}"));
    println!(
        "Read as {}: {}{}{}.",
        found.mapping.name,
        found.mapping.title,
        charset.unwrap_or_default(),
        separator.unwrap_or_default()
    );
    if !found.passed_over.is_empty() {
        println!("Sheets passed over: {}.", found.passed_over.join(", "));
    }
}

fn at(sheet: &str, row: usize) -> String {
    if sheet.is_empty() { format!("row {row}") } else { format!("sheet {sheet}, row {row}") }
}

fn say_the_rest(report: &Report, repeats: &[Repeat]) {
    let text = Text::new(Language::English);
    println!(
        "Refused: {} cells. Held: {} names. Told again: {} rows.",
        report.refused.len(),
        report.held.len(),
        repeats.len()
    );
    for repeat in repeats {
        println!("  {} tells again {}", at(&repeat.sheet, repeat.row), at(&repeat.of_sheet, repeat.of_row));
    }
    for refusal in &report.refused {
        let why = why(text, &refusal.reason);
        println!("  {}, {}: {:?}: {why}", at(&refusal.sheet, refusal.row), refusal.column, refusal.value);
    }
    for held in &report.held {
        let near =
            if held.near.is_empty() { String::new() } else { format!(" Near it: {}.", held.near.join(", ")) };
        println!("  {}, {}: nobody knows {:?}.{near}", at(&held.sheet, held.row), held.column, held.value);
    }
    for corrected in &report.corrected {
        println!("  {}: corrected. {}", at(&corrected.sheet, corrected.row), corrected.reason);
    }
    if !report.unused.is_empty() {
        println!("Headings that nothing was made of: {}.", report.unused.join(", "));
    }
}

fn why(text: Text, reason: &Reason) -> String {
    match reason {
        Reason::Cell(problem) => app::desk::problem(text, problem),
        Reason::File(FileReason::Duplicate { first_row }) => {
            text.with("import-duplicate", &[("row", (*first_row as i64).into())])
        }
        Reason::File(FileReason::NotANumber) => text.say("import-not-a-number"),
        Reason::File(FileReason::OutOfRange) => text.say("import-out-of-range"),
    }
}
