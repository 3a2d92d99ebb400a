//! Members of the groups that treaties are open to: `data/groups.csv`.

use domain::country::Gazetteer;
use domain::treaty::GroupMember;

use crate::outcome::Outcome;
use crate::table::{FileError, read_rows};

/// The headings the file must have.
pub const HEADINGS: &[&str] = &["group", "country", "from", "to", "checked", "source_url", "note"];

/// Reads memberships. Where no page was seen, the note stands as their source.
pub fn read(bytes: &[u8], countries: &Gazetteer) -> Result<Outcome<GroupMember>, FileError> {
    read_rows(bytes, HEADINGS, |row| {
        let group = row.needed("group");
        let country = row.country("country", countries);
        let years = row.bounds("from", "to");
        let checked = row.yes("checked");
        let source = row.address("source_url");
        let note = row.text("note");
        Some(GroupMember {
            group: group?,
            country: country?,
            from: years.not_before,
            to: years.not_after,
            checked: checked?,
            checked_on: None,
            source: if source.is_empty() { note } else { source },
        })
    })
}
