//! What must hold after the program was killed: of what was acknowledged, and of what lies there at all.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::live::{Dump, Row, Step};

/// What the program acknowledged, and so has to keep.
#[derive(Clone, Debug, Default)]
pub(crate) struct Acknowledged {
    /// Saves that were acknowledged, of all cases.
    pub(crate) saves: usize,
    texts: BTreeMap<String, Text>,
    steps: BTreeMap<String, Step>,
    /// Files that were added.
    pub(super) files: Vec<AddedFile>,
}

/// The mark of a case's texts.
#[derive(Clone, Debug, Default)]
struct Text {
    acknowledged: String,
    /// On its way: it may be kept, or not.
    sent: Option<String>,
}

/// A file that was added.
#[derive(Clone, Debug)]
pub(super) struct AddedFile {
    pub(super) case: String,
    pub(super) name: String,
    pub(super) sha256: String,
}

impl Acknowledged {
    /// A case was opened.
    pub(crate) fn opened(&mut self, case: &str) {
        self.came_to(case, Step::Opened);
    }

    /// A case came so far.
    pub(crate) fn came_to(&mut self, case: &str, step: Step) {
        self.steps.insert(case.to_owned(), step);
    }

    /// Texts with this mark are on their way.
    pub(crate) fn sent(&mut self, case: &str, mark: &str) {
        self.texts.entry(case.to_owned()).or_default().sent = Some(mark.to_owned());
    }

    /// They are saved.
    pub(crate) fn saved(&mut self, case: &str, mark: &str) {
        self.saves += 1;
        self.texts.insert(case.to_owned(), Text { acknowledged: mark.to_owned(), sent: None });
    }

    /// Steps of all cases.
    pub(super) fn count_steps(&self) -> usize {
        self.steps.values().map(|step| 1 + *step as usize).sum()
    }
}

/// Everything that does not hold; `files` is what lies in the folder of evidence files after a sweep.
pub(crate) fn faults(dump: &Dump, acknowledged: &Acknowledged, files: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    texts_and_steps(dump, acknowledged, &mut faults);
    evidence(dump, acknowledged, files, &mut faults);
    versions(dump, &mut faults);
    publications(dump, &mut faults);
    faults
}

fn texts_and_steps(dump: &Dump, acknowledged: &Acknowledged, faults: &mut Vec<String>) {
    let cases: BTreeMap<&str, &Row> =
        dump.rows("desk_case").iter().map(|row| (text(row, "id"), row)).collect();
    for (id, step) in &acknowledged.steps {
        let Some(case) = cases.get(id.as_str()) else {
            faults.push(format!("case {id} is lost"));
            continue;
        };
        let stands = match (text(case, "public_state"), text(case, "working_state")) {
            ("published", _) => Step::Published,
            (_, "verified") => Step::Verified,
            (_, "submitted") => Step::Submitted,
            _ => Step::Opened,
        };
        if stands < *step {
            faults.push(format!("case {id} came to {step:?} and stands at {stands:?}"));
        }
    }
    for (id, expected) in &acknowledged.texts {
        let Some(case) = cases.get(id.as_str()) else { continue };
        let draft: Value = serde_json::from_str(text(case, "working")).unwrap_or_default();
        let title = draft["title"].as_str().unwrap_or_default();
        if title != expected.acknowledged && expected.sent.as_deref() != Some(title) {
            faults.push(format!("case {id}: {:?} was saved, {title:?} stands there", expected.acknowledged));
        }
        let narrative = draft["narrative"].as_str().unwrap_or_default();
        if narrative.split('.').next() != Some(title) {
            faults.push(format!("case {id}: half a save, {title:?} over another narrative"));
        }
    }
}

fn evidence(dump: &Dump, acknowledged: &Acknowledged, files: &BTreeSet<String>, faults: &mut Vec<String>) {
    let rows = dump.rows("desk_evidence");
    for file in &acknowledged.files {
        let is_there = rows.iter().any(|row| {
            text(row, "name") == file.name
                && text(row, "case_id") == file.case
                && text(row, "sha256") == file.sha256
        });
        if !is_there {
            faults.push(format!("the file {} is lost", file.name));
        }
    }
    let objects: BTreeSet<String> = rows.iter().map(|row| text(row, "object").to_owned()).collect();
    faults.extend(objects.difference(files).map(|object| format!("a row without its file {object}")));
    faults.extend(files.difference(&objects).map(|object| format!("a file without a row {object}")));
    let added: BTreeSet<&str> = dump
        .rows("desk_custody")
        .iter()
        .filter(|row| text(row, "act") == "added")
        .map(|row| text(row, "evidence"))
        .collect();
    let without = rows.iter().map(|row| text(row, "id")).filter(|id| !added.contains(id));
    faults.extend(without.map(|id| format!("evidence {id} has no custody")));
    same(faults, "files and their entries in the log", rows.len(), acts(dump, "evidence added"));
}

/// A version is whole, and each step of a case has its own.
fn versions(dump: &Dump, faults: &mut Vec<String>) {
    let mut of_case: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in dump.rows("desk_case_version") {
        of_case.entry(text(row, "case_id")).or_default().push(row);
        if serde_json::from_str::<Value>(text(row, "draft")).is_err() {
            faults.push(format!("version {} of case {} cannot be read", row["number"], text(row, "case_id")));
        }
    }
    for case in dump.rows("desk_case") {
        let (id, none) = (text(case, "id"), Vec::new());
        let versions = of_case.remove(id).unwrap_or(none);
        let gap = versions.iter().zip(1..).any(|(row, number)| row["number"].as_i64() != Some(number));
        if gap {
            faults.push(format!("case {id}: a version is missing"));
        }
        let state = text(case, "working_state");
        let last = versions.last().map_or("", |row| text(row, "step"));
        if matches!(state, "submitted" | "verified") && last != state {
            faults.push(format!("case {id} is {state}, its last version is {last:?}"));
        }
    }
    faults.extend(of_case.keys().map(|id| format!("versions of no case {id}")));
    for step in ["submitted", "verified", "published"] {
        let versions = dump.rows("desk_case_version").iter().filter(|row| text(row, "step") == step).count();
        same(faults, step, versions, acts(dump, step));
    }
}

/// The record and the desk say the same.
fn publications(dump: &Dump, faults: &mut Vec<String>) {
    let head = dump.rows("record_head").first().and_then(|row| row["edition"].as_u64()).unwrap_or_default();
    let editions = dump.rows("record_edition");
    let gap = editions.iter().zip(1..).any(|(row, number)| row["number"].as_u64() != Some(number));
    if gap || editions.len() as u64 != head {
        faults.push(format!("{} editions, the head says {head}, or one is missing", editions.len()));
    }
    let incidents: BTreeMap<&str, &str> =
        dump.rows("record_incident").iter().map(|row| (text(row, "id"), text(row, "reference"))).collect();
    let published: BTreeMap<&str, &str> = dump
        .rows("desk_case")
        .iter()
        .filter(|row| text(row, "public_state") == "published")
        .map(|row| (text(row, "id"), text(row, "reference")))
        .collect();
    for id in incidents.keys().chain(published.keys()) {
        if incidents.get(id) != published.get(id) {
            faults.push(format!("half a publication: {id}"));
        }
    }
    let own = editions.iter().filter(|row| text(row, "cause") == "publication").count();
    same(faults, "publications and their entries in the log", own, acts(dump, "published"));
}

/// Entries of the log with this act.
fn acts(dump: &Dump, act: &str) -> usize {
    dump.rows("desk_audit").iter().filter(|row| text(row, "act") == act).count()
}

fn same(faults: &mut Vec<String>, what: &str, one: usize, other: usize) {
    if one != other {
        faults.push(format!("{what}: {one} and {other}"));
    }
}

/// A column's text; empty where there is none.
fn text<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(value: Value) -> Row {
        serde_json::from_value(value).expect("a row")
    }

    /// A copy in which everything holds: a case being typed, a published one, and a file.
    fn whole() -> (Dump, Acknowledged, BTreeSet<String>) {
        let mut dump = Dump::default();
        let mut add = |table: &str, value: Value| {
            dump.tables.entry(table.to_owned()).or_default().push(row(value));
        };
        let draft = json!({"title": "save 2", "narrative": "save 2. More."}).to_string();
        add(
            "desk_case",
            json!({"id": "a", "public_state": "none", "working_state": "draft", "working": draft}),
        );
        add(
            "desk_case",
            json!({"id": "b", "public_state": "published", "reference": "TW-2016-0001", "working": draft}),
        );
        for (number, step) in [(1, "saved"), (2, "submitted"), (3, "verified"), (4, "published")] {
            let version = json!({"case_id": "b", "number": number, "step": step, "draft": draft});
            add("desk_case_version", version);
            add("desk_audit", json!({"act": step}));
        }
        add("desk_audit", json!({"act": "evidence added"}));
        add("record_head", json!({"edition": 2}));
        add("record_edition", json!({"number": 1, "cause": "starter"}));
        add("record_edition", json!({"number": 2, "cause": "publication"}));
        add("record_incident", json!({"id": "b", "reference": "TW-2016-0001"}));
        let file = json!({"id": "e", "case_id": "a", "name": "f", "sha256": "0a", "object": "o"});
        add("desk_evidence", file);
        add("desk_custody", json!({"evidence": "e", "act": "added"}));
        let mut acknowledged = Acknowledged::default();
        acknowledged.opened("a");
        acknowledged.sent("a", "save 2");
        acknowledged.saved("a", "save 2");
        acknowledged.sent("a", "save 3");
        acknowledged.came_to("b", Step::Published);
        let file = AddedFile { case: "a".into(), name: "f".into(), sha256: "0a".into() };
        acknowledged.files.push(file);
        (dump, acknowledged, BTreeSet::from(["o".to_owned()]))
    }

    /// The faults after one column of a table's row was changed.
    fn after(table: &str, at: usize, column: &str, value: Value) -> Vec<String> {
        let (mut dump, acknowledged, files) = whole();
        let row = &mut dump.tables.get_mut(table).expect("the table")[at];
        row.insert(column.to_owned(), value);
        faults(&dump, &acknowledged, &files)
    }

    #[test]
    fn what_is_whole_has_no_fault_whether_or_not_the_save_on_its_way_was_kept() {
        let (dump, acknowledged, files) = whole();
        assert_eq!(faults(&dump, &acknowledged, &files), Vec::<String>::new());
        let kept = json!({"title": "save 3", "narrative": "save 3. More."}).to_string();
        assert_eq!(after("desk_case", 0, "working", json!(kept)), Vec::<String>::new());
    }

    #[test]
    fn each_thing_that_is_lost_or_half_done_is_a_fault() {
        let older = json!({"title": "save 1", "narrative": "save 1. More."}).to_string();
        let half = json!({"title": "save 2", "narrative": "save 1. More."}).to_string();
        for (table, at, column, value, expected) in [
            ("desk_case", 0, "id", json!("x"), "case a is lost"),
            ("desk_case", 0, "working", json!(older), "\"save 2\" was saved"),
            ("desk_case", 0, "working", json!(half), "half a save"),
            ("desk_case", 0, "working", json!("{\"title\": \"sa"), "was saved"),
            ("desk_case", 1, "public_state", json!("none"), "came to Published"),
            ("desk_case", 1, "reference", json!(null), "half a publication"),
            ("desk_case", 0, "working_state", json!("submitted"), "its last version"),
            ("desk_case_version", 2, "number", json!(5), "a version is missing"),
            ("desk_case_version", 3, "case_id", json!("z"), "versions of no case z"),
            ("desk_case_version", 1, "draft", json!("{\"ti"), "cannot be read"),
            ("desk_audit", 3, "act", json!("saved"), "published: 1 and 0"),
            ("desk_audit", 4, "act", json!("other"), "entries in the log: 1 and 0"),
            ("record_head", 0, "edition", json!(3), "the head says 3"),
            ("record_edition", 1, "number", json!(3), "or one is missing"),
            ("record_edition", 1, "cause", json!("starter"), "entries in the log: 0 and 1"),
            ("record_incident", 0, "id", json!("c"), "half a publication"),
            ("desk_evidence", 0, "sha256", json!("0b"), "the file f is lost"),
            ("desk_evidence", 0, "object", json!("p"), "a row without its file p"),
            ("desk_evidence", 0, "object", json!("p"), "a file without a row o"),
            ("desk_custody", 0, "act", json!("read"), "has no custody"),
        ] {
            let found = after(table, at, column, value);
            assert!(
                found.iter().any(|fault| fault.contains(expected)),
                "{table} {column}: {expected}: {found:?}"
            );
        }
    }

    #[test]
    fn a_row_that_is_missing_is_a_fault_in_every_table() {
        let (whole, acknowledged, files) = whole();
        for table in whole.tables.keys() {
            let mut dump = whole.clone();
            dump.tables.get_mut(table).expect("the table").pop();
            assert!(!faults(&dump, &acknowledged, &files).is_empty(), "{table}");
        }
    }
}
