//! What the papers name is what there is: every route, setting and command, and the rights.

use std::collections::BTreeSet;

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

const ACTIONS: [(Action, &str); 12] = [
    (Action::List, "see it in the list"),
    (Action::See, "see the case"),
    (Action::SealedNotes, "write and reveal sealed notes (logged)"),
    (Action::Edit, "edit the working version"),
    (Action::Submit, "submit"),
    (Action::RequestChanges, "request changes"),
    (Action::Verify, "verify"),
    (Action::Publish, "publish, correct"),
    (Action::Retract, "retract"),
    (Action::Restore, "restore what was hidden"),
    (Action::Hide, "hide from the public at once"),
    (Action::Redact, "redact a field"),
];

type SetFact = fn(&mut Facts);

const FACTS: [(&str, SetFact); 6] = [
    ("they changed something in this version", |f| f.changed_this_version = true),
    ("they submitted this version", |f| f.submitted_this_version = true),
    ("they verified this version", |f| f.verified_this_version = true),
    ("the version stands verified", |f| f.stands_verified = true),
    ("the entrant shared the notes", |f| f.notes_shared = true),
    ("they were the first of two", |f| f.first_of_two = true),
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
    let allowed: Vec<u8> = (0..64).filter(|bits| may(role, relation, action, facts(*bits))).collect();
    if allowed.is_empty() {
        return "no".to_owned();
    }
    let (all, any) = allowed.iter().fold((63, 0), |(all, any), bits| (all & bits, any | bits));
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
