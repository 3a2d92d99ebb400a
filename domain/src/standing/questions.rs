//! The four questions behind a status, each answered yes, no or open.

use std::collections::BTreeSet;

use super::Status;
use crate::day::{Day, DayBounds};
use crate::treaty::{ActionKind, InForce, Treaty, TreatyAction};

/// An answer that may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    Open,
}

impl Answer {
    /// What is proved wins over what is excluded: a contradiction in the record never hides an act that was seen.
    pub(super) fn of(yes: bool, no: bool) -> Self {
        match (yes, no) {
            (true, _) => Self::Yes,
            (false, true) => Self::No,
            (false, false) => Self::Open,
        }
    }

    fn possible(self) -> &'static [bool] {
        match self {
            Self::Yes => &[true],
            Self::No => &[false],
            Self::Open => &[true, false],
        }
    }
}

/// What the record answers for one day.
pub(super) struct Answers {
    pub(super) signed: Answer,
    pub(super) consented: Answer,
    pub(super) in_force: Answer,
    pub(super) left: Answer,
    /// After leaving: it has consented again, and waits for that to take effect.
    returning: Answer,
    provisionally: Answer,
}

impl Answers {
    pub(super) fn of(checked: &[&TreatyAction], treaty: &Treaty, day: Day) -> Self {
        let left = left(checked, day);
        let was_bound = left == Answer::Yes || leaving_announced(checked, day);
        let in_force = if was_bound { Answer::Yes } else { in_force(checked, treaty, day) };
        let consented = if in_force == Answer::Yes { Answer::Yes } else { consented(checked, treaty, day) };
        let in_force = if consented == Answer::No { Answer::No } else { in_force };
        Self {
            signed: signed(checked, treaty, day),
            consented,
            in_force,
            // Who surely was not bound cannot have left.
            left: if in_force == Answer::No { Answer::No } else { left },
            returning: returning(checked, day),
            provisionally: provisionally(checked, day),
        }
    }

    /// Every status that some combination of the open answers gives.
    pub(super) fn statuses(&self) -> BTreeSet<Status> {
        let mut statuses = BTreeSet::new();
        for &left in self.left.possible() {
            if left {
                let after = |back: &bool| if *back { Status::ContractingState } else { Status::Denounced };
                statuses.extend(self.returning.possible().iter().map(after));
                continue;
            }
            for &signed in self.signed.possible() {
                for &consented in self.consented.possible() {
                    for &in_force in self.in_force.possible().iter().filter(|f| consented || !**f) {
                        for &provisionally in self.provisionally.possible() {
                            statuses.insert(match () {
                                () if in_force => Status::Party,
                                () if provisionally => Status::ProvisionallyApplying,
                                () if consented => Status::ContractingState,
                                () if signed => Status::Signatory,
                                () => Status::NotAParty,
                            });
                        }
                    }
                }
            }
        }
        statuses
    }
}

/// Some part of the act or its effect may lie on or before that day.
pub(super) fn bears_on(action: &TreatyAction, day: Day) -> bool {
    !(given(action).surely_after(day) && effect(action).surely_after(day))
}

/// The treaty itself was not in force on that day.
pub(super) fn not_in_force_at_all(treaty: &Treaty, day: Day) -> bool {
    match treaty.in_force {
        InForce::Since(start) => day < start,
        InForce::NotAsOf(seen) => day <= seen,
        InForce::NotRecorded => false,
    }
}

fn joining_complete(treaty: &Treaty, day: Day) -> bool {
    treaty.list.joining_complete_to.is_some_and(|to| day <= to)
}

fn of_kind<'a>(checked: &'a [&TreatyAction], kind: ActionKind) -> impl Iterator<Item = &'a TreatyAction> {
    checked.iter().copied().filter(move |a| a.kind == kind)
}

fn consents<'a>(checked: &'a [&TreatyAction]) -> impl Iterator<Item = &'a TreatyAction> {
    checked.iter().copied().filter(|a| a.kind.is_consent())
}

/// The consents and entries into force.
fn bindings<'a>(checked: &'a [&TreatyAction]) -> impl Iterator<Item = &'a TreatyAction> {
    checked.iter().copied().filter(|a| a.kind.is_binding())
}

/// When an act counts as done: a succession from the day it takes effect, which lies before its deposit.
pub(super) fn given(action: &TreatyAction) -> DayBounds {
    if action.kind != ActionKind::Succession {
        return action.done;
    }
    let effect = action.effect.bounds();
    let not_after = [effect.not_after, action.done.not_after].into_iter().flatten().min();
    DayBounds { not_before: effect.not_before, not_after }
}

/// An effect that nothing bounds from below is still not before the act.
pub(super) fn effect(action: &TreatyAction) -> DayBounds {
    let bounds = action.effect.bounds();
    let not_before = bounds.not_before.or(given(action).not_before);
    DayBounds { not_before, not_after: bounds.not_after }
}

fn signed(checked: &[&TreatyAction], treaty: &Treaty, day: Day) -> Answer {
    let signatures: Vec<_> = of_kind(checked, ActionKind::Signature).collect();
    let withdrawals: Vec<_> = of_kind(checked, ActionKind::SignatureWithdrawal).collect();
    if withdrawals.iter().any(|a| a.done.surely_by(day)) {
        return Answer::No;
    }
    // Who accedes did not sign; who signs does so once.
    let acceded = consents(checked).any(|a| a.kind == ActionKind::Accession && !a.again);
    let none_by_then = signatures.iter().all(|a| a.done.surely_after(day));
    let no = signatures.iter().any(|a| a.done.surely_after(day))
        || (none_by_then && (acceded || joining_complete(treaty, day)));
    let yes = signatures.iter().any(|a| a.done.surely_by(day));
    match Answer::of(yes, no) {
        Answer::Yes if withdrawals.iter().any(|a| !a.done.surely_after(day)) => Answer::Open,
        answer => answer,
    }
}

fn consented(checked: &[&TreatyAction], treaty: &Treaty, day: Day) -> Answer {
    let entries: Vec<_> = of_kind(checked, ActionKind::EntryIntoForce).collect();
    let yes = consents(checked).any(|a| given(a).surely_by(day))
        || entries.iter().any(|a| effect(a).surely_by(day));
    let all_later = consents(checked).all(|a| given(a).surely_after(day))
        && entries.iter().all(|a| effect(a).surely_after(day));
    // A first consent proves that there was none before it, also where another source bounds the same act less.
    let first_is_later = consents(checked).any(|a| !a.again && given(a).surely_after(day));
    Answer::of(yes, first_is_later || (all_later && joining_complete(treaty, day)))
}

fn in_force(checked: &[&TreatyAction], treaty: &Treaty, day: Day) -> Answer {
    let yes = bindings(checked).any(|a| effect(a).surely_by(day)) && !not_in_force_at_all(treaty, day);
    let first_is_later = bindings(checked).any(|a| !a.again && effect(a).surely_after(day));
    Answer::of(yes, not_in_force_at_all(treaty, day) || first_is_later)
}

pub(super) fn left(checked: &[&TreatyAction], day: Day) -> Answer {
    let ends: Vec<_> = of_kind(checked, ActionKind::Denunciation).collect();
    let came_back = |end: &TreatyAction| {
        let back = || bindings(checked).filter(|c| c.again);
        Answer::of(
            back().any(|c| surely_later(c, end) && effect(c).surely_by(day)),
            back().all(|c| surely_earlier(c, end) || effect(c).surely_after(day)),
        )
    };
    let yes = ends.iter().any(|end| effect(end).surely_by(day) && came_back(end) == Answer::No);
    let no = ends.iter().all(|end| effect(end).surely_after(day) || came_back(end) == Answer::Yes);
    Answer::of(yes, no)
}

fn returning(checked: &[&TreatyAction], day: Day) -> Answer {
    let ends: Vec<_> =
        of_kind(checked, ActionKind::Denunciation).filter(|end| !effect(end).surely_after(day)).collect();
    let back = || consents(checked).filter(|c| c.again);
    Answer::of(
        back().any(|c| given(c).surely_by(day) && ends.iter().all(|end| surely_later(c, end))),
        back().all(|c| given(c).surely_after(day) || ends.iter().any(|end| surely_earlier(c, end))),
    )
}

/// A consent given again on the day of the end counts as given after it.
fn surely_later(consent: &TreatyAction, end: &TreatyAction) -> bool {
    matches!((consent.done.not_before, end.done.not_after), (Some(consent), Some(end)) if consent >= end)
}

fn surely_earlier(consent: &TreatyAction, end: &TreatyAction) -> bool {
    matches!((consent.done.not_after, end.done.not_before), (Some(consent), Some(end)) if consent < end)
}

/// A denunciation that was made proves that the state was bound until it took effect.
fn leaving_announced(checked: &[&TreatyAction], day: Day) -> bool {
    of_kind(checked, ActionKind::Denunciation).any(|end| end.done.surely_by(day))
}

fn provisionally(checked: &[&TreatyAction], day: Day) -> Answer {
    let applications: Vec<_> = of_kind(checked, ActionKind::ProvisionalApplication).collect();
    Answer::of(
        applications.iter().any(|a| effect(a).surely_by(day)),
        applications.iter().all(|a| effect(a).surely_after(day)),
    )
}
