//! Who belonged to the groups that treaties are open to, and when.

use std::collections::BTreeMap;

use crate::country::CountryCode;
use crate::day::Day;
use crate::treaty::{GroupMember, OpenTo, Treaty};

/// A member's first and last day, where recorded.
type Years = (Option<Day>, Option<Day>);

/// Memberships, by group.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    members: BTreeMap<String, BTreeMap<CountryCode, Vec<Years>>>,
}

impl Groups {
    /// From rows.
    pub fn new(rows: impl IntoIterator<Item = GroupMember>) -> Self {
        let mut members: BTreeMap<String, BTreeMap<CountryCode, Vec<Years>>> = BTreeMap::new();
        for row in rows {
            members.entry(row.group).or_default().entry(row.country).or_default().push((row.from, row.to));
        }
        Self { members }
    }

    /// Whether `treaty` is open to (or addresses) `country` on `day`; `None` where nothing tells.
    pub fn admits(&self, treaty: &Treaty, country: CountryCode, day: Day) -> Option<bool> {
        match &treaty.open_to {
            OpenTo::AllStates => Some(true),
            OpenTo::Members(group) => {
                let members = self.members.get(group)?;
                let spells = members.get(&country).map(Vec::as_slice).unwrap_or_default();
                Some(
                    spells.iter().any(|(from, to)| {
                        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
                    }),
                )
            }
            OpenTo::Invitation(_) | OpenTo::PartiesOf(_) | OpenTo::NotRecorded => None,
        }
    }

    /// The days within which membership changes, for finding where a standing may change.
    pub(super) fn change_days(&self, treaty: &Treaty, country: CountryCode) -> Vec<Day> {
        let OpenTo::Members(group) = &treaty.open_to else {
            return Vec::new();
        };
        let spells =
            self.members.get(group).and_then(|m| m.get(&country)).map(Vec::as_slice).unwrap_or_default();
        spells.iter().flat_map(|(from, to)| [*from, to.and_then(|d| d.tomorrow().ok())]).flatten().collect()
    }
}
