//! Treaties, norms and directives: `data/instruments.csv`.

use std::collections::BTreeMap;

use domain::treaty::{EffectRule, InForce, InstrumentKind, ListReach, OpenTo, Treaty, TreatySlug};
use domain::{PartialDate, Problem};

use crate::outcome::{FileReason, Outcome};
use crate::row::Row;
use crate::table::{FileError, read_rows};

/// The headings the file must have.
pub const HEADINGS: &[&str] = &[
    "slug",
    "official_title",
    "short_title",
    "kind",
    "depositary",
    "adopted",
    "opened",
    "opened_place",
    "open_until",
    "open_to",
    "open_to_words",
    "entry_into_force_rule",
    "in_force",
    "effect_rule",
    "effect_words",
    "denunciation_rule",
    "denunciation_words",
    "languages",
    "text_url",
    "parties_count",
    "parties_as_of",
    "rules_checked",
    "list_joining_complete_to",
    "list_leaving_complete_to",
    "list_last_seen",
    "source_url",
    "note",
];

const KINDS: &[(&str, InstrumentKind)] = &[
    ("treaty", InstrumentKind::Treaty),
    ("norms", InstrumentKind::Norms),
    ("directive", InstrumentKind::Directive),
];

/// Reads instruments. A slug that stands in an earlier row is refused.
pub fn read(bytes: &[u8]) -> Result<Outcome<Treaty>, FileError> {
    let mut rows_of: BTreeMap<TreatySlug, usize> = BTreeMap::new();
    read_rows(bytes, HEADINGS, |row| {
        let treaty = treaty(row)?;
        if let Some(first_row) = rows_of.get(&treaty.slug) {
            row.refuse_file("slug", FileReason::Duplicate { first_row: *first_row });
            return None;
        }
        rows_of.insert(treaty.slug.clone(), row.number());
        Some(treaty)
    })
}

fn treaty(row: &mut Row<'_>) -> Option<Treaty> {
    let slug = row.value("slug");
    let official_title = row.needed("official_title");
    let short_title = row.needed("short_title");
    let kind = row.word("kind", KINDS);
    let opened: Option<PartialDate> = row.value_or_none("opened");
    let open_until = row.day("open_until");
    if let (Some(opened), Some(until)) = (opened, open_until)
        && until < opened.first()
    {
        row.refuse("open_until", Problem::EndBeforeStart);
    }
    let open_to = row.value_or_none("open_to").unwrap_or(OpenTo::NotRecorded);
    let in_force = in_force(row);
    let effect_rule = row.value_or_none("effect_rule").unwrap_or(EffectRule::Unknown);
    let denunciation_rule = row.value_or_none("denunciation_rule").unwrap_or(EffectRule::Unknown);
    let parties = row.whole("parties_count").zip(row.value_or_none("parties_as_of"));
    let text_url = row.address("text_url");
    let rules_checked = row.yes("rules_checked");
    let list = ListReach {
        joining_complete_to: row.day("list_joining_complete_to"),
        leaving_complete_to: row.day("list_leaving_complete_to"),
        last_seen: row.day("list_last_seen"),
    };
    Some(Treaty {
        depositary: row.text_or_none("depositary"),
        adopted: row.value_or_none("adopted"),
        opened,
        opened_place: row.text_or_none("opened_place"),
        open_until,
        open_to,
        open_to_words: row.text("open_to_words"),
        entry_into_force_rule: row.text("entry_into_force_rule"),
        in_force: in_force?,
        effect_rule,
        effect_words: row.text("effect_words"),
        denunciation_rule,
        denunciation_words: row.text("denunciation_words"),
        languages: row.items("languages"),
        text_url: Some(text_url).filter(|url| !url.is_empty()),
        parties_count: parties,
        list,
        source_url: row.address("source_url"),
        note: row.text("note"),
        slug: slug?,
        official_title: official_title?,
        short_title: short_title?,
        kind: kind?,
        rules_checked: rules_checked?,
        checked_on: None,
    })
}

/// A day, `not:DAY`, or nothing.
fn in_force(row: &mut Row<'_>) -> Option<InForce> {
    let text = row.text("in_force");
    let (day, make): (&str, fn(domain::Day) -> InForce) = match text.strip_prefix("not:") {
        Some(day) => (day, InForce::NotAsOf),
        None if text.is_empty() => return Some(InForce::NotRecorded),
        None => (&text, InForce::Since),
    };
    match day.parse::<PartialDate>().map(|date| date.exact()) {
        Ok(Some(day)) => Some(make(day)),
        Ok(None) => {
            row.refuse("in_force", Problem::NotADate { value: day.to_owned() });
            None
        }
        Err(problem) => {
            row.refuse("in_force", problem);
            None
        }
    }
}
