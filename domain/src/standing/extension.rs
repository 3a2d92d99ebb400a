//! Territories to which a state extended a treaty.
//!
//! An extension is another state's act: it stands beside what the territory did itself, and gives way to it once
//! the territory has consented in its own name. Whether a territory was extended to is open unless recorded.

use std::collections::BTreeSet;

use super::Status;
use super::questions::{self, Answer, Answers};
use crate::country::{Country, CountryKind};
use crate::day::{Day, DayBounds};
use crate::treaty::{ActionKind, TreatyAction};

/// The statuses once extensions are counted in; `own` are those that the country's own acts leave.
pub(super) fn applied(
    answers: &Answers,
    country: &Country,
    checked: &[&TreatyAction],
    day: Day,
    own: BTreeSet<Status>,
) -> BTreeSet<Status> {
    let may_be_extended_to = matches!(country.kind, CountryKind::Territory | CountryKind::Area);
    let is_extension = |a: &&&TreatyAction| a.kind == ActionKind::TerritorialApplication;
    let extensions = || checked.iter().filter(is_extension).map(|a| since(a));
    let extended = Answer::of(
        extensions().any(|since| since.surely_by(day)),
        extensions().all(|since| since.surely_after(day)),
    );
    let bears = |a: &&&TreatyAction| questions::bears_on(a, day);
    let acted_itself = checked.iter().filter(|a| !is_extension(a)).any(|a| bears(&a));
    let joined_itself = checked.iter().filter(|a| a.kind.is_consent() || a.kind == ActionKind::EntryIntoForce);
    let joined_itself = joined_itself.into_iter().any(|a| bears(&a));
    match extended {
        _ if joined_itself && answers.consented == Answer::Yes => own,
        // An end that is recorded for a territory which never joined is the end of the extension.
        Answer::Yes if !joined_itself => match answers.left {
            Answer::No => BTreeSet::from([Status::ByExtension]),
            Answer::Yes => BTreeSet::from([Status::Denounced]),
            Answer::Open => BTreeSet::from([Status::ByExtension, Status::Denounced]),
        },
        Answer::No if acted_itself || !may_be_extended_to => own,
        Answer::Yes | Answer::Open if acted_itself || !may_be_extended_to => with_extension(own),
        _ if country.kind == CountryKind::Area
            && extended == Answer::No
            && own == BTreeSet::from([Status::NotAParty]) =>
        {
            own
        }
        _ => BTreeSet::from([Status::ByExtension, Status::NotAParty]),
    }
}

/// Since when it is extended: the recorded effect, else the day it was done.
pub(super) fn since(extension: &TreatyAction) -> DayBounds {
    let effect = extension.effect.bounds();
    if effect == DayBounds::default() { extension.done } else { effect }
}

fn with_extension(mut own: BTreeSet<Status>) -> BTreeSet<Status> {
    own.insert(Status::ByExtension);
    own
}
