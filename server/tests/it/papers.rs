//! What the papers name is what there is: every route, setting and command, the rights, and the tests that show what is
//! promised.

use std::collections::{BTreeMap, BTreeSet};

use domain::rights::{Action, Facts, Relation, Role, may};

fn paper(name: &str) -> String {
    let path = format!("{}/../docs/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What stands in `code` in the first cell of each row of a paper's tables.
fn first_cells(name: &str) -> BTreeSet<String> {
    let first = |line: &str| -> Option<String> {
        let cell = line.strip_prefix("| `")?.split_once('`')?.0;
        Some(cell.to_owned())
    };
    paper(name).lines().filter_map(first).collect()
}

#[track_caller]
fn assert_same(paper: &BTreeSet<String>, there: &BTreeSet<String>) {
    let missing: Vec<_> = there.difference(paper).collect();
    let gone: Vec<_> = paper.difference(there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not in the paper: {missing:?}; only in the paper: {gone:?}"
    );
}

#[test]
fn every_route_is_in_the_paper_and_no_other() {
    let there = server::ROUTES.iter().map(|(method, route)| format!("{method} {route}")).collect();
    assert_same(&first_cells("routes.md"), &there);
}

#[test]
fn every_setting_is_in_the_paper_and_no_other() {
    let there = server::SETTINGS.iter().map(|(flag, _)| (*flag).to_owned()).collect();
    assert_same(&first_cells("settings.md"), &there);
    let text = paper("settings.md");
    for (flag, variable) in server::SETTINGS {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{flag}`"))).unwrap();
        assert!(row.contains(&format!("`{variable}`")), "{row}");
    }
}

#[test]
fn every_command_is_in_the_paper_with_every_option() {
    let text = paper("commands.md");
    let mut headings: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("## `treatywatch ")).collect();
    for (command, options) in server::command::commands() {
        let heading = format!("{command}`");
        assert!(headings.remove(heading.as_str()), "{command} is not in the paper");
        let part = text.split("\n## `treatywatch ").find(|part| part.starts_with(&heading)).unwrap();
        for option in options {
            let is_setting = server::SETTINGS.iter().any(|(flag, _)| *flag == option);
            let named = part.contains(&format!("`{option}")) || (is_setting && part.contains("settings.md"));
            assert!(named, "{command} {option} is not in the paper");
        }
    }
    assert!(headings.is_empty(), "only in the paper: {headings:?}");
}

// ---- rights --------------------------------------------------------------------------------------------------

const ACTIONS: [(Action, &str); 24] = [
    (Action::List, "see it in the list"),
    (Action::See, "see the case"),
    (Action::Originals, "open and take out original files, see who had them (logged)"),
    (Action::SealedNotes, "write and reveal sealed notes (logged)"),
    (Action::ShareNotes, "show the sealed notes to the organisation's researchers"),
    (Action::HandOver, "hand the case over, take it back"),
    (Action::Edit, "edit the working version"),
    (Action::EditAnalysis, "edit its analysis, open a correction"),
    (Action::Submit, "submit"),
    (Action::HandToPartner, "hand it to a partner organisation, take or give it back"),
    (Action::RequestChanges, "request changes"),
    (Action::Comment, "comment, answer, resolve"),
    (Action::Verify, "verify"),
    (Action::Publish, "publish, correct; set a time for it"),
    (Action::Unschedule, "take such a time back"),
    (Action::Dispute, "mark as disputed, lift that"),
    (Action::Retract, "retract"),
    (Action::Restore, "restore what was hidden"),
    (Action::Hide, "hide from the public at once"),
    (Action::Ask, "ask for a redaction or an erasure"),
    (Action::Redact, "redact a field, with a second person"),
    (Action::Erase, "erase the case, with a second person"),
    (Action::AnswerReply, "read replies of the public and prepare an answer (contact details logged)"),
    (Action::PublishReply, "publish a prepared answer"),
];

type SetFact = fn(&mut Facts);

const FACTS: [(&str, SetFact); 7] = [
    ("they changed something in this version", |f| f.changed_this_version = true),
    ("they submitted this version", |f| f.submitted_this_version = true),
    ("they verified this version", |f| f.verified_this_version = true),
    ("the version stands verified", |f| f.stands_verified = true),
    ("the entrant shared the notes", |f| f.notes_shared = true),
    ("they were the first of two", |f| f.first_of_two = true),
    ("nothing but the analysis differs from what was published", |f| f.analysis_alone = true),
];

/// What the function says of one cell, in words: yes, no, or under which facts.
fn said(role: Role, relation: Relation, action: Action) -> String {
    let facts = |bits: u8| {
        let mut facts = Facts::default();
        for (i, (_, set)) in FACTS.iter().enumerate() {
            if bits & (1 << i) != 0 {
                set(&mut facts);
            }
        }
        facts
    };
    let allowed: Vec<u8> = (0..128).filter(|bits| may(role, relation, action, facts(*bits))).collect();
    if allowed.is_empty() {
        return "no".to_owned();
    }
    let (all, any) = allowed.iter().fold((127, 0), |(all, any), bits| (all & bits, any | bits));
    let mut words = Vec::new();
    for (i, (name, _)) in FACTS.iter().enumerate() {
        match (all & (1 << i) != 0, any & (1 << i) != 0) {
            (true, _) => words.push(format!("if {name}")),
            (false, false) => words.push(format!("unless {name}")),
            _ => {}
        }
    }
    if words.is_empty() { "yes".to_owned() } else { words.join(", ") }
}

/// The table as the paper has it.
fn table() -> String {
    let mut columns: Vec<(String, Role, Relation)> = Vec::new();
    for role in Role::ALL {
        for (relation, words) in [
            (Relation::Entrant, "own"),
            (Relation::HandedOver, "handed over"),
            (Relation::SameOrganisation, "same organisation"),
            (Relation::Partner, "a partner's, handed to them"),
            (Relation::Other, "of others"),
        ] {
            let cells = |relation| ACTIONS.map(|(action, _)| said(*role, relation, action));
            // Relations that make no difference share a column.
            let same = columns.iter_mut().find(|(_, r, known)| r == role && cells(*known) == cells(relation));
            match same {
                Some((heading, ..)) => *heading += &format!(" / {words}"),
                None => columns.push((format!("{}: {words}", role.slug()), *role, relation)),
            }
        }
    }
    columns.retain(|(_, role, relation)| {
        ACTIONS.iter().any(|(action, _)| said(*role, *relation, *action) != "no")
    });
    let mut lines = vec![format!(
        "| may | {} |",
        columns.iter().map(|(h, ..)| h.as_str()).collect::<Vec<_>>().join(" | ")
    )];
    lines.push(format!("|{}", "---|".repeat(columns.len() + 1)));
    for (action, words) in ACTIONS {
        let cells: Vec<String> =
            columns.iter().map(|(_, role, relation)| said(*role, *relation, action)).collect();
        lines.push(format!("| {words} | {} |", cells.join(" | ")));
    }
    lines.join("\n")
}

#[test]
fn the_paper_on_rights_says_what_the_function_says() {
    let table = table();
    assert!(paper("rights.md").contains(&table), "docs/rights.md should hold\n{table}");
}

// ---- safety --------------------------------------------------------------------------------------------------

/// The papers that say how something is kept safe, and by which test or document that is shown.
const SAFETY: [&str; 4] = ["THREAT-MODEL.md", "SECURITY.md", "docs/asvs.md", "docs/inventory.md"];

/// A file of the repository, by its path from the top.
fn file(path: &str) -> Option<String> {
    std::fs::read_to_string(format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))).ok()
}

/// What stands in `code` in a text.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// What is named as a file of the repository (`docs/rights.md`, `end2end/specs/desk.spec.ts`), with the test that is named
/// in it (`server/tests/it/papers.rs::…`). Addresses, patterns and files of the data folder are none.
fn named_file(code: &str) -> Option<(&str, Option<&str>)> {
    const ENDINGS: [&str; 7] = [".rs", ".ts", ".md", ".toml", ".lock", ".sql", "/run"];
    let (path, test) = match code.split_once("::") {
        Some((path, test)) => (path, Some(test)),
        None => (code, None),
    };
    let is_path = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b));
    let is_file = is_path && !path.starts_with('/') && ENDINGS.iter().any(|ending| path.ends_with(ending));
    is_file.then_some((path, test))
}

/// What is wrong with what a text names.
fn wrongly_named(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, test) in code(text).filter_map(named_file) {
        match (file(path), test) {
            (None, _) => wrong.push(format!("there is no file {path}")),
            (Some(held), Some(test)) if !is_test(&held, test) => {
                wrong.push(format!("{path} has no test {test}"));
            }
            _ => {}
        }
    }
    wrong
}

/// Whether a file has a test of this name: a function with `#[test]` or `#[tokio::test]` on it.
fn is_test(held: &str, name: &str) -> bool {
    let lines: Vec<&str> = held.lines().map(str::trim).collect();
    let function = format!("fn {name}(");
    lines.iter().enumerate().any(|(at, line)| {
        let is_it = line.strip_prefix("async ").unwrap_or(line).starts_with(&function);
        let mut marks =
            lines[..at].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        is_it && marks.any(|mark| matches!(*mark, "#[test]") || mark.starts_with("#[tokio::test"))
    })
}

#[test]
fn what_the_safety_papers_name_is_there() {
    let mut named = 0;
    for name in SAFETY {
        let text = file(name).unwrap_or_else(|| panic!("there is no {name}"));
        assert_eq!(wrongly_named(&text), Vec::<String>::new(), "{name}");
        named += code(&text).filter_map(named_file).filter(|(_, test)| test.is_some()).count();
    }
    assert!(named > 100, "only {named} tests were found: are they still read?");
}

#[test]
fn what_is_not_there_is_found_out() {
    let here = "server/tests/it/papers.rs";
    for (text, faults) in [
        (format!("shown by `{here}::what_is_not_there_is_found_out`, `docs/rights.md`"), 0),
        (format!("`{here}::no_such_test`"), 1),
        // A function, and not a test.
        (format!("`{here}::wrongly_named`"), 1),
        ("`docs/no-such-paper.md` and `end2end/specs/none.spec.ts`".to_owned(), 2),
        ("not files: `/about`, `sealed.key`, `desk_audit`, `*.rs`, `--data`".to_owned(), 0),
    ] {
        assert_eq!(wrongly_named(&text).len(), faults, "{text}: {:?}", wrongly_named(&text));
    }
}

/// How many requirements OWASP ASVS 5.0.0 has at levels 1 and 2 in each of its chapters.
const REQUIREMENTS: [usize; 17] = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

#[test]
fn every_requirement_stands_in_the_table_once() {
    let text = paper("asvs.md");
    let mut rows = BTreeSet::new();
    let mut of_chapter = [0; 17];
    let mut of_state = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| V")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [number, level, asked, state, shown] = cells[..] else { panic!("not five cells: {line}") };
        let mut parts =
            number.trim_start_matches('V').split('.').map(|part| part.parse::<usize>().expect(line));
        let (chapter, rest) = (parts.next().unwrap(), parts.count());
        assert!(rest == 2 && matches!(level, "1" | "2") && !asked.is_empty() && !shown.is_empty(), "{line}");
        assert!(rows.insert(number), "{number} stands twice");
        of_chapter[chapter - 1] += 1;
        *of_state.entry(state).or_insert(0) += 1;
    }
    assert_eq!(of_chapter, REQUIREMENTS);
    assert!(text.contains(&format!("**{}**", rows.len())), "the head says how many: {}", rows.len());
    for state in ["met", "partly", "operator", "not met", "does not apply"] {
        let count = of_state.remove(state).unwrap_or(0);
        assert!(
            text.contains(&format!("| {state} | {count} |")),
            "the head says how many are {state}: {count}"
        );
    }
    assert!(of_state.is_empty(), "no such state: {of_state:?}");
}
