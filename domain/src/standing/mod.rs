//! Standing: what a state's statuses under a treaty can have been on a day, given the actions recorded and how
//! far the list of actions reaches.
//!
//! The answer is a *set*: one status where the record proves it, several where it leaves them open. Each
//! question (had it signed, consented, was it in force for it, had it left) is answered yes, no or open from the
//! bounds of the actions; every combination that the answers leave open puts its status into the set. So a
//! later action can only ever take statuses away from an earlier day, never add one (a property test holds it).

mod extension;
mod groups;
mod period;
mod questions;
mod settle;

pub use groups::Groups;
pub use period::{Segment, standing_over};
pub use settle::{settle, unsettle};

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::country::{Country, CountryKind};
use crate::day::{Day, DayBounds, PartialDate};
use crate::treaty::{ActionKind, InstrumentKind, OpenTo, Treaty, TreatyAction};
use questions::{Answer, Answers};

crate::treaty::slugs! {
    /// A state's status under a treaty on a day.
    Status {
        /// In force for it.
        Party = "party",
        /// Consented; not in force for it yet: bound by nothing yet but good faith.
        ContractingState = "contracting-state",
        /// Signed, not consented.
        Signatory = "signatory",
        /// Neither signed nor consented.
        NotAParty = "not-a-party",
        /// Was bound and left.
        Denounced = "denounced",
        /// Applies it provisionally.
        ProvisionallyApplying = "provisionally-applying",
        /// A territory to which a state extended it.
        ByExtension = "by-extension",
        /// Norms and directives: addressed by membership, no consent of its own.
        Addressed = "addressed",
        /// The instrument did not exist yet.
        DidNotExistYet = "did-not-exist-yet",
        /// Not open for signature yet.
        NotOpenYet = "not-open-yet",
        /// Not open to this state.
        NotOpenToThisState = "not-open-to-this-state",
        /// The state did not exist.
        StateDidNotExist = "state-did-not-exist",
    }
}

impl Status {
    /// Its mark, the same in page, chart, map and print.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Party => "●",
            Self::ContractingState => "◕",
            Self::Signatory => "◐",
            Self::NotAParty => "○",
            Self::Denounced => "⊘",
            Self::ProvisionallyApplying => "◍",
            Self::ByExtension => "◉",
            Self::Addressed => "◇",
            Self::DidNotExistYet | Self::NotOpenYet | Self::NotOpenToThisState | Self::StateDidNotExist => {
                "–"
            }
        }
    }
}

/// Why a set of more than one stands as it does: which sentence says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Shape {
    /// One status, proved.
    Plain {
        /// That status.
        status: Status,
    },
    /// Nothing on record that bears on it.
    NoRecord,
    /// Signed; whether it consented is not recorded.
    Signed {
        /// The day of signature.
        on: DayBounds,
    },
    /// Consented; whether it was in force for it is not recorded.
    Consented {
        /// The day of consent.
        on: DayBounds,
    },
    /// Not in force for it yet; whether it had signed or consented is not recorded.
    BeforeEntryIntoForce {
        /// The day it entered into force for it.
        on: DayBounds,
    },
    /// Known to be bound by a later day; since when is not recorded.
    BoundByLater {
        /// The day by which it was.
        by: Day,
    },
    /// Known to have consented by a later day; since when, and whether it was in force for it, is not recorded.
    ConsentedByLater {
        /// The day by which it had.
        by: Day,
    },
    /// Known to have signed by a later day; whether before this one is not recorded, nor whether it consented.
    SignedByLater {
        /// The day by which it had.
        by: Day,
    },
    /// Only a later act is on record.
    OnlyLater,
    /// Left, or not: the bounds of the end leave it open.
    PerhapsLeft,
}

/// A status that an unchecked action claims for the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The status it would give.
    pub status: Status,
    /// The action that says so.
    pub action: TreatyAction,
}

/// Standing of a state under a treaty on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The day.
    pub day: Day,
    /// What it can have been. Never empty.
    pub statuses: BTreeSet<Status>,
    /// What an action not yet checked adds, with those words.
    pub claim: Option<Claim>,
    /// Which sentence says it.
    pub shape: Shape,
    /// The actions that prove it: those done by the day, and the later ones that say what was not.
    pub proof: Vec<TreatyAction>,
    /// The day the list was last seen, where the answer rests on no end being recorded.
    pub list_last_seen: Option<Day>,
}

impl Standing {
    /// The one status, where the record proves one and nothing unchecked says otherwise.
    pub fn plain(&self) -> Option<Status> {
        let mut statuses = self.statuses.iter();
        match (statuses.next(), statuses.next(), &self.claim) {
            (Some(status), None, None) => Some(*status),
            (Some(status), None, Some(claim)) if claim.status == *status => Some(*status),
            _ => None,
        }
    }

    /// Nothing is on record.
    pub fn is_no_record(&self) -> bool {
        self.shape == Shape::NoRecord && self.claim.is_none()
    }

    /// In force for it that day, proved.
    pub fn is_bound(&self) -> bool {
        self.plain().is_some_and(|status| matches!(status, Status::Party | Status::ByExtension))
    }

    /// The mark that stands beside its words.
    pub fn mark(&self) -> &'static str {
        match self.plain() {
            Some(status) => status.mark(),
            None if self.is_no_record() => "◌",
            None => "◔",
        }
    }
}

/// Standing of `country` under `treaty` on `day`. `actions` are those of this country under this treaty, as
/// [`settle`] leaves them; those of others, and those not used, are passed over.
pub fn standing(
    treaty: &Treaty,
    country: &Country,
    groups: &Groups,
    actions: &[TreatyAction],
    day: Day,
) -> Standing {
    if !country.existed_on(day) {
        return without_acts(day, [Status::StateDidNotExist]);
    }
    if let Some(status) = before_it_was_open(treaty, day) {
        return without_acts(day, [status]);
    }
    let admitted = groups.admits(treaty, country.code, day);
    if treaty.kind != InstrumentKind::Treaty {
        // Norms for all states do not tell whether territories and organisations are meant.
        let for_states = treaty.open_to == OpenTo::AllStates;
        let is_state = matches!(country.kind, CountryKind::State | CountryKind::FormerState);
        return addressed(treaty, admitted.filter(|_| is_state || !for_states), day);
    }
    let own: Vec<Cow<'_, TreatyAction>> = actions
        .iter()
        .filter(|a| a.used && a.country == country.code && a.treaty == treaty.slug)
        .map(|a| settle::from_independence(a, treaty, country))
        .collect();
    let of_record = |checked: bool| own.iter().map(Cow::as_ref).filter(move |a| a.checked == checked);
    let checked: Vec<&TreatyAction> = of_record(true).filter(|a| a.kind.changes_standing()).collect();
    let unchecked: Vec<&TreatyAction> = of_record(false).collect();

    let (statuses, shape) = what_it_can_have_been(treaty, country, admitted, &checked, day);
    Standing {
        day,
        claim: claim_of(&unchecked, treaty, day, &statuses),
        list_last_seen: statuses.contains(&Status::Party).then_some(treaty.list.last_seen).flatten(),
        statuses,
        shape,
        proof: checked.into_iter().cloned().collect(),
    }
}

/// Who a treaty is not open to, and territories, are told apart first by what bears on the day: an act that lies
/// wholly after it never changes which of these ways is taken, so it can only take statuses away.
fn what_it_can_have_been(
    treaty: &Treaty,
    country: &Country,
    admitted: Option<bool>,
    checked: &[&TreatyAction],
    day: Day,
) -> (BTreeSet<Status>, Shape) {
    let bears = checked.iter().any(|a| questions::bears_on(a, day));
    if admitted == Some(false) && !bears {
        let status = Status::NotOpenToThisState;
        return (BTreeSet::from([status]), Shape::Plain { status });
    }
    let answers = Answers::of(checked, treaty, day);
    let statuses = extension::applied(&answers, country, checked, day, answers.statuses());
    let shape = shape_of(&answers, &statuses, checked, day);
    (statuses, shape)
}

/// A standing that rests on the instrument and the state alone.
fn without_acts(day: Day, statuses: impl IntoIterator<Item = Status>) -> Standing {
    let statuses: BTreeSet<Status> = statuses.into_iter().collect();
    let shape = plain_shape(&statuses).unwrap_or(Shape::NoRecord);
    Standing { day, statuses, claim: None, shape, proof: Vec::new(), list_last_seen: None }
}

/// The status of everybody before an instrument was adopted or opened. Where the day of adoption is not recorded,
/// "not open yet" is all that is known before the opening.
fn before_it_was_open(treaty: &Treaty, day: Day) -> Option<Status> {
    let surely_after = |date: Option<PartialDate>| date.is_some_and(|d| d.first() > day);
    let is_treaty = treaty.kind == InstrumentKind::Treaty;
    if surely_after(treaty.adopted) || (!is_treaty && surely_after(treaty.adopted.or(treaty.opened))) {
        return Some(Status::DidNotExistYet);
    }
    (is_treaty && surely_after(treaty.opened)).then_some(Status::NotOpenYet)
}

/// Norms and directives. In the year of their adoption, where no more than the year is recorded, they may not
/// have existed yet.
fn addressed(treaty: &Treaty, admitted: Option<bool>, day: Day) -> Standing {
    let mut statuses = match admitted {
        Some(true) => vec![Status::Addressed],
        Some(false) => vec![Status::NotOpenToThisState],
        None => vec![Status::Addressed, Status::NotOpenToThisState],
    };
    if treaty.adopted.or(treaty.opened).is_some_and(|d| d.last() > day) {
        statuses.push(Status::DidNotExistYet);
    }
    without_acts(day, statuses)
}

fn plain_shape(statuses: &BTreeSet<Status>) -> Option<Shape> {
    match (statuses.len(), statuses.first()) {
        (1, Some(&status)) => Some(Shape::Plain { status }),
        _ => None,
    }
}

fn shape_of(answers: &Answers, statuses: &BTreeSet<Status>, checked: &[&TreatyAction], day: Day) -> Shape {
    if let Some(plain) = plain_shape(statuses) {
        return plain;
    }
    if checked.is_empty() {
        return Shape::NoRecord;
    }
    if answers.left != Answer::No {
        return Shape::PerhapsLeft;
    }
    if answers.consented == Answer::Yes {
        let consent = checked
            .iter()
            .filter(|a| a.kind.is_consent() && questions::given(a).surely_by(day))
            .min_by_key(|a| a.done.not_after);
        return Shape::Consented { on: consent.map(|a| a.done).unwrap_or_default() };
    }
    if answers.signed == Answer::Yes {
        let signature = checked.iter().find(|a| a.kind == ActionKind::Signature && a.done.surely_by(day));
        return Shape::Signed { on: signature.map(|a| a.done).unwrap_or_default() };
    }
    if answers.consented == Answer::No {
        // What is open is no more than whether it had signed.
        return Shape::OnlyLater;
    }
    let bindings = || checked.iter().filter(|a| a.kind.is_binding());
    let entry = bindings().filter(|a| !a.again && a.effect.bounds().surely_after(day));
    if answers.in_force == Answer::No
        && let Some(entry) = entry.min_by_key(|a| a.effect.bounds().not_before)
    {
        return Shape::BeforeEntryIntoForce { on: entry.effect.bounds() };
    }
    // A consent known by a day proves a party only from the day by which it had taken effect.
    let later = |days: &mut dyn Iterator<Item = Option<Day>>| days.flatten().filter(|by| *by > day).min();
    if let Some(by) = later(&mut bindings().map(|a| a.effect.bounds().not_after)) {
        return Shape::BoundByLater { by };
    }
    if let Some(by) = later(&mut bindings().map(|a| a.done.not_after)) {
        return Shape::ConsentedByLater { by };
    }
    let signatures = checked.iter().filter(|a| a.kind == ActionKind::Signature && !a.done.surely_after(day));
    later(&mut signatures.map(|a| a.done.not_after))
        .map_or(Shape::OnlyLater, |by| Shape::SignedByLater { by })
}

/// What the unchecked actions claim for the day: the strongest single status, and nothing about other days. What
/// the checked record proves, or goes beyond, is not claimed again: a doubtful act never weakens a proved one.
fn claim_of(
    unchecked: &[&TreatyAction],
    treaty: &Treaty,
    day: Day,
    statuses: &BTreeSet<Status>,
) -> Option<Claim> {
    let proved = statuses.iter().map(|s| stage(*s)).min().unwrap_or_default();
    let plain_status = statuses.first().copied().filter(|_| statuses.len() == 1);
    let claims = unchecked.iter().filter_map(|action| {
        let effect = action.effect.bounds();
        let in_force = effect.surely_by(day) && !questions::not_in_force_at_all(treaty, day);
        let status = match action.kind {
            ActionKind::Denunciation if effect.surely_by(day) => Status::Denounced,
            ActionKind::EntryIntoForce if in_force => Status::Party,
            kind if kind.is_consent() && in_force => Status::Party,
            kind if kind.is_consent() && action.done.surely_by(day) => Status::ContractingState,
            ActionKind::ProvisionalApplication if questions::effect(action).surely_by(day) => {
                Status::ProvisionallyApplying
            }
            ActionKind::TerritorialApplication if extension::since(action).surely_by(day) => {
                Status::ByExtension
            }
            ActionKind::Signature if action.done.surely_by(day) => Status::Signatory,
            _ => return None,
        };
        let adds = if action.again { plain_status != Some(status) } else { stage(status) > proved };
        adds.then(|| Claim { status, action: (*action).clone() })
    });
    claims.max_by_key(|claim| stage(claim.status))
}

/// How far along the way from signing to leaving a status stands.
fn stage(status: Status) -> u8 {
    match status {
        Status::Denounced => 4,
        Status::Party | Status::ByExtension => 3,
        Status::ContractingState | Status::ProvisionallyApplying => 2,
        Status::Signatory => 1,
        _ => 0,
    }
}

/// The treaty is open by its own rule to members of a group only.
pub fn is_closed_to_others(treaty: &Treaty) -> bool {
    matches!(treaty.open_to, OpenTo::Members(_))
}

#[cfg(test)]
pub(crate) mod tests;
