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
    let (extensions, own_acts): (Vec<&TreatyAction>, Vec<&TreatyAction>) =
        checked.iter().partition(|a| a.kind == ActionKind::TerritorialApplication);
    let extended = Answer::of(
        extensions.iter().any(|a| since(a).surely_by(day)),
        extensions.iter().all(|a| since(a).surely_after(day)),
    );
    let acted = own_acts.iter().any(|a| questions::bears_on(a, day));
    let joined = own_acts.iter().any(|a| a.kind.is_binding() && questions::bears_on(a, day));
    let others_may_extend = matches!(country.kind, CountryKind::Territory | CountryKind::Area);

    if joined && answers.consented == Answer::Yes {
        return own;
    }
    if extended == Answer::Yes && !joined {
        // An end recorded for a territory that never joined is the end of the extension.
        return match questions::left(checked, day) {
            Answer::No => BTreeSet::from([Status::ByExtension]),
            Answer::Yes => BTreeSet::from([Status::Denounced]),
            Answer::Open => BTreeSet::from([Status::ByExtension, Status::Denounced]),
        };
    }
    if acted || !others_may_extend {
        let by_extension = (extended != Answer::No).then_some(Status::ByExtension);
        return own.into_iter().chain(by_extension).collect();
    }
    let surely_not = BTreeSet::from([Status::NotAParty]);
    if country.kind == CountryKind::Area && extended == Answer::No && own == surely_not {
        return surely_not;
    }
    BTreeSet::from([Status::ByExtension, Status::NotAParty])
}

/// Since when it is extended: the recorded effect, else the day it was done.
pub(super) fn since(extension: &TreatyAction) -> DayBounds {
    let effect = extension.effect.bounds();
    if effect == DayBounds::default() { extension.done } else { effect }
}
