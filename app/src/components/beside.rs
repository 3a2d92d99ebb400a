//! What stands beside a treaty link for each answerable state: its standing on the day, its reservation on the provision,
//! its derogation.

use domain::country::Country;
use domain::incident::{Way, binds_nobody};
use domain::standing::standing_over;
use domain::treaty::{ActionKind, ProvisionNumber, Treaty, TreatyAction};
use text::Text;

use super::facts::Fact;
use super::standing::marked;
use crate::reading::Reading;
use crate::words::on_day::{OnDay, When, on_day};
use crate::words::{clauses, days, term};

/// What bound one state on the day, for a treaty link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The state.
    pub state: String,
    /// Its standing on the day.
    pub on_day: OnDay,
    /// The treaty was in force for it on no day that the incident can have touched.
    pub surely_not_in_force: bool,
    /// Reservation or declaration on that provision, in words.
    pub reservation: String,
    /// Derogation on that day, in words.
    pub derogation: String,
}

impl Beside {
    /// For a provision of `treaty` (where one is named) and a state with its `actions`.
    pub fn new(
        text: Text,
        happened: When,
        provision: Option<&ProvisionNumber>,
        treaty: &Treaty,
        state: &Country,
        actions: &[TreatyAction],
        reading: &Reading,
    ) -> Self {
        let under: Vec<&TreatyAction> =
            actions.iter().filter(|a| a.used && a.treaty == treaty.slug).collect();
        let (first, last) = (happened.start.first(), happened.last_day());
        Self {
            state: reading.names.of(state.code),
            on_day: on_day(text, happened, treaty, state, &reading.groups, actions, &reading.names),
            surely_not_in_force: binds_nobody(&standing_over(
                treaty,
                state,
                &reading.groups,
                actions,
                first,
                last,
            )),
            reservation: reservation(text, happened, provision, &under),
            derogation: derogation(text, happened, &under),
        }
    }

    /// The same as facts, for each of the states; named where there are several.
    pub fn facts(text: Text, way: Option<Way>, states: &[Self]) -> Vec<Fact> {
        let mut rows = Vec::new();
        for beside in states {
            let title = |key: &str| {
                let (what, state) = (text.say(key), &beside.state);
                if states.len() > 1 {
                    text.with("link-of-state", &[("what", what.into()), ("state", state.into())])
                } else {
                    what
                }
            };
            rows.push(Fact::new(title("link-standing"), marked(beside.on_day.full.clone())));
            if way == Some(Way::SamePower) && beside.surely_not_in_force {
                rows.push(Fact::new(title("link-reservation-or-derogation"), text.say("link-not-in-force")));
                continue;
            }
            rows.push(Fact::new(title("link-reservation"), beside.reservation.clone()));
            rows.push(Fact::new(title("link-derogation"), beside.derogation.clone()));
        }
        rows
    }
}

/// A reservation or declaration that touches the link's provision and was made by that day.
fn reservation(
    text: Text,
    happened: When,
    provision: Option<&ProvisionNumber>,
    actions: &[&TreatyAction],
) -> String {
    let Some(article) = provision.map(ProvisionNumber::article) else {
        return text.say("link-reservation-no-provision");
    };
    let touches = |a: &&&TreatyAction| {
        matches!(a.kind, ActionKind::Reservation | ActionKind::Declaration)
            && !a.done.surely_after(happened.last_day())
            && a.provisions.split(';').any(|touched| touched.trim().split('(').next() == Some(article))
    };
    let found: Vec<String> = actions
        .iter()
        .filter(touches)
        .map(|a| {
            let kind = term(text, "action", a.kind.slug());
            let when = days::bounds(text, a.done);
            let line = text.with("act-line", &[("kind", kind.into()), ("when", when.into())]);
            if a.text.is_empty() {
                line
            } else {
                text.with("link-reservation-text", &[("line", line.into()), ("text", (&a.text).into())])
            }
        })
        .collect();
    if found.is_empty() { text.say("link-reservation-none") } else { clauses(text, found) }
}

/// A derogation notified by that day. That none is on record says nothing: no list of them is complete.
fn derogation(text: Text, happened: When, actions: &[&TreatyAction]) -> String {
    let day = happened.start.last();
    let made = |kind: ActionKind| {
        actions
            .iter()
            .filter(move |a| a.kind == kind && a.done.surely_by(day))
            .max_by_key(|a| a.done.not_after)
    };
    let end = made(ActionKind::DerogationEnd).and_then(|a| a.done.not_after);
    match made(ActionKind::Derogation) {
        Some(a) if end.is_none_or(|end| Some(end) < a.done.not_after) => text.with(
            "link-derogation-notified",
            &[("when", days::bounds(text, a.done).into()), ("provisions", (&a.provisions).into())],
        ),
        _ => text.say("link-derogation-not-recorded"),
    }
}
