//! Facts: what the record's reference data is made of (treaties, provisions, actions, areas, groups, coverage,
//! indicators), who may do what with it, and the form by which it is changed at the desk.
//!
//! The names of fields are those of the files that are imported (`data/*.csv`), so that one word stands for a thing in
//! form, file and message.

mod fields;
mod read;
mod write;

pub use fields::{FactField, Shape, fields_of};
pub use read::{CheckedAgainst, Known, read, read_source};
pub use write::write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::country::{Country, CountryCode};
use crate::indicator::{Coverage, Indicator};
use crate::rights::Role;
use crate::treaty::{GroupMember, Provision, Treaty, TreatyAction, TreatySlug, slugs};

slugs! {
    /// What a fact is about.
    FactKind {
        /// What a state did under a treaty.
        Action = "actions",
        /// A part of a treaty.
        Provision = "provisions",
        /// An instrument.
        Treaty = "treaties",
        /// What a source of incidents watches.
        Coverage = "coverage",
        /// A country or area.
        Area = "areas",
        /// Membership of a group that treaties are open to.
        Group = "groups",
        /// A series of a publisher.
        Indicator = "indicators",
    }
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// What a state did under a treaty.
    Action(TreatyAction),
    /// A part of a treaty.
    Provision(Provision),
    /// An instrument.
    Treaty(Box<Treaty>),
    /// What a source of incidents watches.
    Coverage(Coverage),
    /// A country or area.
    Area(Country),
    /// Membership of a group.
    Group(GroupMember),
    /// A series of a publisher.
    Indicator(Box<Indicator>),
}

impl Fact {
    /// What it is about.
    pub fn kind(&self) -> FactKind {
        match self {
            Self::Action(_) => FactKind::Action,
            Self::Provision(_) => FactKind::Provision,
            Self::Treaty(_) => FactKind::Treaty,
            Self::Coverage(_) => FactKind::Coverage,
            Self::Area(_) => FactKind::Area,
            Self::Group(_) => FactKind::Group,
            Self::Indicator(_) => FactKind::Indicator,
        }
    }

    /// The name by which the record keeps it for good; none for what has no name of its own.
    pub fn own_id(&self) -> Option<String> {
        match self {
            Self::Treaty(treaty) => Some(treaty.slug.to_string()),
            Self::Provision(provision) => Some(format!("{}/{}", provision.treaty, provision.number)),
            Self::Area(area) => Some(area.code.to_string()),
            Self::Indicator(indicator) => Some(indicator.code.clone()),
            Self::Action(_) | Self::Coverage(_) | Self::Group(_) => None,
        }
    }

    /// The treaty that it belongs to, or is.
    pub fn treaty(&self) -> Option<&TreatySlug> {
        match self {
            Self::Action(action) => Some(&action.treaty),
            Self::Provision(provision) => Some(&provision.treaty),
            Self::Treaty(treaty) => Some(&treaty.slug),
            _ => None,
        }
    }

    /// The country that it is about.
    pub fn country(&self) -> Option<CountryCode> {
        match self {
            Self::Action(action) => Some(action.country),
            Self::Area(area) => Some(area.code),
            Self::Group(member) => Some(member.country),
            _ => None,
        }
    }

    /// Whether somebody checked it against its source; none where that is not asked.
    pub fn checked(&self) -> Option<bool> {
        match self {
            Self::Action(action) => Some(action.checked),
            Self::Provision(provision) => Some(provision.checked),
            Self::Treaty(treaty) => Some(treaty.rules_checked),
            Self::Group(member) => Some(member.checked),
            Self::Coverage(_) | Self::Area(_) | Self::Indicator(_) => None,
        }
    }

    /// Where it comes from: the address or words of its source.
    pub fn source(&self) -> &str {
        match self {
            Self::Action(action) if action.source_url.is_empty() => &action.source_title,
            Self::Action(action) => &action.source_url,
            Self::Provision(provision) => &provision.source_url,
            Self::Treaty(treaty) => &treaty.source_url,
            Self::Coverage(coverage) => &coverage.source,
            Self::Area(area) => &area.source,
            Self::Group(member) => &member.source,
            Self::Indicator(indicator) => &indicator.source_url,
        }
    }

    /// As it stands once somebody checked it against this source.
    pub fn checked_against(mut self, source: &CheckedAgainst) -> Self {
        let CheckedAgainst { url, title, read_on: day } = source.clone();
        match &mut self {
            Self::Action(action) => {
                (action.checked, action.checked_on) = (true, Some(day));
                (action.source_url, action.source_title) = (url, title);
            }
            Self::Provision(provision) => {
                (provision.checked, provision.checked_on, provision.source_url) = (true, Some(day), url);
            }
            Self::Treaty(treaty) => {
                (treaty.rules_checked, treaty.checked_on, treaty.source_url) = (true, Some(day), url);
            }
            Self::Group(member) => {
                (member.checked, member.checked_on, member.source) = (true, Some(day), url);
            }
            Self::Coverage(_) | Self::Area(_) | Self::Indicator(_) => {}
        }
        self
    }
}

/// Where a fact stands at the desk.
pub fn address(kind: FactKind, id: &str) -> String {
    /// What a path says as it is.
    const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_');
    format!("/desk/record/{}/{}", kind.slug(), utf8_percent_encode(id, KEEP))
}

/// What somebody wants to do with facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactAction {
    /// See them at the desk, with what is not yet checked.
    See,
    /// Propose a change.
    Propose,
    /// Add, change, end; each is an edition of the record.
    Change,
    /// Say that one was checked against its source.
    Check,
    /// Take a proposal, or decline it.
    Decide,
}

impl FactAction {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::See, Self::Propose, Self::Change, Self::Check, Self::Decide];
}

/// Whether a member with `role` may do `action` to the facts of the record, which belong to no organisation.
///
/// A steward does; they propose nothing to themselves. Who works on cases proposes. A manager runs the members and
/// nothing of the record.
pub fn may_on_facts(role: Role, action: FactAction) -> bool {
    match (role, action) {
        (Role::Steward, FactAction::Propose) => false,
        (Role::Steward, _) => true,
        (Role::Researcher | Role::Analyst | Role::Reviewer, FactAction::See | FactAction::Propose) => true,
        (Role::Researcher | Role::Analyst | Role::Reviewer, _) | (Role::Manager, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes a right changes this table.
    #[test]
    fn the_whole_table() {
        let may = |role: &Role| -> Vec<FactAction> {
            FactAction::ALL.into_iter().filter(|action| may_on_facts(*role, *action)).collect()
        };
        let table: Vec<_> = Role::ALL.iter().map(may).collect();
        use FactAction::*;
        assert_eq!(
            table,
            [
                vec![See, Propose],
                vec![See, Propose],
                vec![See, Propose],
                vec![],
                vec![See, Change, Check, Decide],
            ]
        );
    }
}
