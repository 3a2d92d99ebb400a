//! Countries and areas: `data/areas.csv`.

use std::collections::BTreeMap;

use domain::country::{Country, CountryCode, CountryKind};

use crate::outcome::{FileReason, Outcome};
use crate::table::{FileError, read_rows};

/// The headings the file must have.
pub const HEADINGS: &[&str] = &[
    "code",
    "alpha2",
    "name",
    "kind",
    "region",
    "sub_region",
    "existed_from",
    "existed_to",
    "administered_by",
    "aliases",
    "source_url",
];

const KINDS: &[(&str, CountryKind)] = &[
    ("state", CountryKind::State),
    ("territory", CountryKind::Territory),
    ("area", CountryKind::Area),
    ("organisation", CountryKind::Organisation),
    ("former-state", CountryKind::FormerState),
];

/// Reads countries and areas. A code that stands in an earlier row is refused.
pub fn read(bytes: &[u8]) -> Result<Outcome<Country>, FileError> {
    let mut rows_of: BTreeMap<CountryCode, usize> = BTreeMap::new();
    read_rows(bytes, HEADINGS, |row| {
        let code: Option<CountryCode> = row.value("code");
        let name = row.needed("name");
        let kind = row.word("kind", KINDS);
        let existed = row.bounds("existed_from", "existed_to");
        let country = Country {
            alpha2: row.text_or_none("alpha2"),
            region: row.text_or_none("region"),
            sub_region: row.text_or_none("sub_region"),
            existed_from: existed.not_before,
            existed_to: existed.not_after,
            administered_by: row.value_or_none("administered_by"),
            aliases: row.items("aliases"),
            source: row.needed("source_url").unwrap_or_default(),
            code: code?,
            name: name?,
            kind: kind?,
        };
        match rows_of.insert(country.code, row.number()) {
            Some(first_row) => {
                rows_of.insert(country.code, first_row);
                row.refuse_file("code", FileReason::Duplicate { first_row });
                None
            }
            None => Some(country),
        }
    })
}
