//! The rules of standing: examples by name, rules by hand-made actions, laws over arbitrary ones.

mod examples;
mod laws;
mod rules;
mod settling;

use jiff::civil::date;

use super::*;
use crate::country::CountryKind;
use crate::treaty::{Effect, EffectRule, GroupMember, InForce, ListReach};

pub(crate) fn treaty(slug: &str) -> Treaty {
    Treaty {
        slug: slug.parse().unwrap(),
        official_title: String::new(),
        short_title: String::new(),
        kind: InstrumentKind::Treaty,
        depositary: None,
        adopted: None,
        opened: None,
        opened_place: None,
        open_until: None,
        open_to: OpenTo::AllStates,
        open_to_words: String::new(),
        entry_into_force_rule: String::new(),
        in_force: InForce::NotRecorded,
        effect_rule: EffectRule::Unknown,
        effect_words: String::new(),
        denunciation_rule: EffectRule::Unknown,
        denunciation_words: String::new(),
        languages: Vec::new(),
        text_url: None,
        rules_checked: true,
        checked_on: None,
        parties_count: None,
        list: ListReach::default(),
        source_url: String::new(),
        note: String::new(),
    }
}

fn on_day(day: Day) -> Option<PartialDate> {
    Some(PartialDate::day(day))
}

/// The Convention on Cybercrime: its list is complete for nothing.
fn budapest() -> Treaty {
    Treaty {
        adopted: on_day(date(2001, 11, 8)),
        opened: on_day(date(2001, 11, 23)),
        open_to: OpenTo::Invitation("COE".into()),
        in_force: InForce::Since(date(2004, 7, 1)),
        effect_rule: EffectRule::MonthFirstAfter(3),
        denunciation_rule: EffectRule::MonthFirstAfter(3),
        list: ListReach { last_seen: Some(date(2026, 1, 14)), ..ListReach::default() },
        ..treaty("budapest")
    }
}

/// The Covenant: its list is complete for joining to the end of February 2015, and nobody can leave.
fn covenant() -> Treaty {
    Treaty {
        adopted: on_day(date(1966, 12, 16)),
        opened: on_day(date(1966, 12, 19)),
        in_force: InForce::Since(date(1976, 3, 23)),
        effect_rule: EffectRule::Months(3),
        list: ListReach {
            joining_complete_to: Some(date(2015, 2, 28)),
            leaving_complete_to: Some(date(2015, 2, 28)),
            last_seen: Some(date(2015, 3, 1)),
        },
        ..treaty("iccpr")
    }
}

/// The first Optional Protocol: one can leave it, and its list is complete for nothing.
fn protocol() -> Treaty {
    Treaty {
        denunciation_rule: EffectRule::Months(3),
        list: ListReach::default(),
        open_to: OpenTo::PartiesOf("iccpr".into()),
        ..Treaty { slug: "iccpr-op1".parse().unwrap(), ..covenant() }
    }
}

fn malabo() -> Treaty {
    Treaty {
        adopted: on_day(date(2014, 6, 27)),
        open_to: OpenTo::Members("AU".into()),
        in_force: InForce::Since(date(2023, 6, 8)),
        effect_rule: EffectRule::Days(30),
        list: ListReach { last_seen: Some(date(2023, 5, 19)), ..ListReach::default() },
        ..treaty("malabo")
    }
}

/// The UN Convention: not in force when last seen.
fn un_convention() -> Treaty {
    Treaty {
        adopted: on_day(date(2024, 12, 24)),
        opened: on_day(date(2025, 10, 25)),
        in_force: InForce::NotAsOf(date(2026, 5, 21)),
        effect_rule: EffectRule::Days(30),
        list: ListReach { last_seen: Some(date(2025, 11, 19)), ..ListReach::default() },
        ..treaty("un-cybercrime")
    }
}

fn country(code: &str) -> Country {
    Country {
        code: code.parse().unwrap(),
        alpha2: None,
        name: code.to_owned(),
        kind: CountryKind::State,
        region: None,
        sub_region: None,
        existed_from: None,
        existed_to: None,
        administered_by: None,
        aliases: Vec::new(),
        source: String::new(),
    }
}

/// Ghana is a member of the African Union; Brazil is not.
fn groups() -> Groups {
    Groups::new([GroupMember {
        group: "AU".into(),
        country: "GHA".parse().unwrap(),
        from: None,
        to: None,
        checked: false,
        checked_on: None,
        source: String::new(),
    }])
}

fn act(treaty: &Treaty, code: &str, kind: ActionKind, done: DayBounds) -> TreatyAction {
    TreatyAction {
        treaty: treaty.slug.clone(),
        country: code.parse().unwrap(),
        kind,
        done,
        effect: Effect::NotRecorded,
        again: false,
        through: None,
        checked: true,
        checked_on: None,
        provisions: String::new(),
        text: String::new(),
        source_url: String::new(),
        source_title: String::new(),
        seen_as_of: String::new(),
        learned: None,
        used: true,
        note: String::new(),
    }
}

fn act_on(treaty: &Treaty, code: &str, kind: ActionKind, done: Day) -> TreatyAction {
    act(treaty, code, kind, DayBounds::on(done))
}

/// Settled first, as the importers do.
fn standing_on(treaty: &Treaty, country: &Country, actions: &[TreatyAction], day: Day) -> Standing {
    standing(treaty, country, &groups(), &settle(treaty, actions.to_vec()), day)
}

fn statuses(of: impl IntoIterator<Item = Status>) -> BTreeSet<Status> {
    of.into_iter().collect()
}

/// What an incomplete list and no act at all leave possible.
fn anything() -> BTreeSet<Status> {
    statuses([Status::Party, Status::ContractingState, Status::Signatory, Status::NotAParty])
}
