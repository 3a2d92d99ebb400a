//! Provisions of treaties: `data/provisions.csv`.

use std::collections::{BTreeMap, BTreeSet};

use domain::country::Gazetteer;
use domain::treaty::{Provision, ProvisionNumber, TreatySlug};

use crate::Known;
use crate::outcome::{FileReason, Outcome};
use crate::table::{FileError, read_rows};

/// The headings the file must have.
pub const HEADINGS: &[&str] = &[
    "treaty",
    "number",
    "heading",
    "heading_is_ours",
    "topics",
    "binding_words",
    "checked",
    "source_url",
    "note",
];

/// Reads provisions. A provision of a treaty that is not on record is held; the same number twice is refused.
pub fn read(bytes: &[u8], treaties: &BTreeSet<TreatySlug>) -> Result<Outcome<Provision>, FileError> {
    let (countries, provisions) = (Gazetteer::default(), BTreeSet::new());
    let known = Known { countries: &countries, treaties, provisions: &provisions };
    let mut rows_of: BTreeMap<(TreatySlug, String), usize> = BTreeMap::new();
    read_rows(bytes, HEADINGS, |row| {
        let treaty = row.treaty("treaty", &known);
        let number: Option<ProvisionNumber> = row.value("number");
        let heading = row.needed("heading");
        let heading_is_ours = row.yes("heading_is_ours");
        let checked = row.yes("checked");
        let provision = Provision {
            topics: row.items("topics"),
            binding_words: row.text("binding_words"),
            source_url: row.address("source_url"),
            note: row.text("note"),
            treaty: treaty?,
            number: number?,
            heading: heading?,
            heading_is_ours: heading_is_ours?,
            checked: checked?,
            checked_on: None,
        };
        let key = (provision.treaty.clone(), provision.number.as_str().to_owned());
        if let Some(first_row) = rows_of.get(&key) {
            row.refuse_file("number", FileReason::Duplicate { first_row: *first_row });
            return None;
        }
        rows_of.insert(key, row.number());
        Some(provision)
    })
}
