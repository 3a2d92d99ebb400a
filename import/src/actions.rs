//! Treaty actions: `data/actions.csv`.

use domain::DayBounds;
use domain::treaty::{ActionKind, Effect, TreatyAction};

use crate::Known;
use crate::outcome::Outcome;
use crate::row::Row;
use crate::table::{FileError, read_rows};

/// The headings the file must have.
pub const HEADINGS: &[&str] = &[
    "treaty",
    "country",
    "kind",
    "done_not_before",
    "done_not_after",
    "effect_not_before",
    "effect_not_after",
    "again",
    "through",
    "checked",
    "form_note",
    "provisions",
    "text",
    "text_is",
    "source_url",
    "source_title",
    "seen_as_of",
    "learned",
    "used",
    "why_not_used",
];

/// Reads actions: all of them, also those that are not used. The days of effect that no source gave are computed later, by
/// [`domain::standing::settle`].
pub fn read(bytes: &[u8], known: &Known<'_>) -> Result<Outcome<TreatyAction>, FileError> {
    read_rows(bytes, HEADINGS, |row| action(row, known))
}

pub(crate) fn action(row: &mut Row<'_>, known: &Known<'_>) -> Option<TreatyAction> {
    let treaty = row.treaty("treaty", known);
    let country = row.country("country", known.countries);
    let kind: Option<ActionKind> = row.value("kind");
    let done = row.bounds("done_not_before", "done_not_after");
    let effect = row.bounds("effect_not_before", "effect_not_after");
    let again = row.yes("again");
    let checked = row.yes("checked");
    let used = row.yes("used");
    let source_url = row.address("source_url");
    let source_title = row.text("source_title");
    if source_url.is_empty() && source_title.is_empty() {
        row.needed("source_url");
    }
    let note = [row.text("form_note"), row.text("why_not_used")];
    let action = TreatyAction {
        done,
        effect: if effect == DayBounds::default() { Effect::NotRecorded } else { Effect::Recorded(effect) },
        through: row.country_or_none("through", known.countries),
        provisions: row.text("provisions"),
        text: text(row),
        source_url,
        source_title,
        seen_as_of: row.text("seen_as_of"),
        learned: row.day("learned"),
        note: note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "),
        treaty: treaty?,
        country: country?,
        kind: kind?,
        again: again?,
        checked: checked?,
        checked_on: None,
        used: used?,
    };
    // Bounds the wrong way round were refused above, each in its own column.
    if !done.is_consistent() || !effect.is_consistent() {
        return None;
    }
    match action.check() {
        Ok(()) => Some(action),
        Err(problem) => {
            row.refuse("effect_not_after", problem);
            None
        }
    }
}

/// The text; our own words stand in square brackets, as everywhere in the record.
fn text(row: &mut Row<'_>) -> String {
    let text = row.text("text");
    if text.is_empty() {
        return text;
    }
    match row.word("text_is", &[("excerpt", false), ("summary", true)]) {
        Some(true) => format!("[{text}]"),
        _ => text,
    }
}
