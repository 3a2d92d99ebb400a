//! Giving each action its day of effect before standing is asked for.
//!
//! A consent without a recorded effect takes the day of a recorded entry into force for that state; where there
//! is none, the day is computed by the treaty's rule and marked so. Done once, when actions are read, so that
//! [`super::standing`] looks at each action by itself.

use std::borrow::Cow;

use crate::country::Country;
use crate::day::{Day, DayBounds};
use crate::treaty::{ActionKind, Effect, InForce, Treaty, TreatyAction};

/// Gives every action of one treaty its effect.
pub fn settle(treaty: &Treaty, mut actions: Vec<TreatyAction>) -> Vec<TreatyAction> {
    let entries: Vec<TreatyAction> = actions
        .iter()
        .filter(|a| a.kind == ActionKind::EntryIntoForce && a.treaty == treaty.slug && a.used && a.checked)
        .cloned()
        .collect();
    for action in actions.iter_mut().filter(|a| a.treaty == treaty.slug && a.effect == Effect::NotRecorded) {
        action.effect = match action.kind {
            ActionKind::EntryIntoForce => Effect::Recorded(action.done),
            ActionKind::Denunciation => {
                computed(treaty.denunciation_rule.effect_bounds(action.done, start_of(treaty)))
            }
            kind if kind.is_consent() => {
                let entry = entries.iter().find(|e| {
                    e.country == action.country
                        && e.again == action.again
                        && action.checked
                        && !e.done.not_after.is_some_and(|on| action.done.surely_after(on))
                });
                match entry {
                    Some(entry) => Effect::FromEntry(entry.done),
                    None => by_rule(treaty, kind, action.done),
                }
            }
            _ => Effect::NotRecorded,
        };
    }
    actions
}

/// Actions as their sources give them, without what settling added: where one of them or the treaty's rule changes, all
/// are settled anew.
pub fn unsettle(mut actions: Vec<TreatyAction>) -> Vec<TreatyAction> {
    for action in &mut actions {
        let from_settling = match action.effect {
            Effect::Computed(_) | Effect::FromEntry(_) => true,
            Effect::Recorded(bounds) => action.kind == ActionKind::EntryIntoForce && bounds == action.done,
            Effect::NotRecorded => false,
        };
        if from_settling {
            action.effect = Effect::NotRecorded;
        }
    }
    actions
}

/// A succession that no source dates takes effect from the state's independence, where that day is recorded, and
/// never before the treaty itself is in force.
pub(super) fn from_independence<'a>(
    action: &'a TreatyAction,
    treaty: &Treaty,
    country: &Country,
) -> Cow<'a, TreatyAction> {
    match country.existed_from {
        Some(first) if action.kind == ActionKind::Succession && !action.effect.is_recorded() => {
            let bounds = match start_of(treaty) {
                Some(start) => DayBounds::on(first.max(start)),
                None => DayBounds::from(first),
            };
            Cow::Owned(TreatyAction { effect: Effect::Computed(bounds), ..action.clone() })
        }
        _ => Cow::Borrowed(action),
    }
}

fn by_rule(treaty: &Treaty, kind: ActionKind, done: DayBounds) -> Effect {
    let Some(start) = start_of(treaty) else {
        return Effect::NotRecorded;
    };
    if kind == ActionKind::Succession {
        // From independence, whose day this treaty's record does not hold: no later than the deposit.
        let not_after = done.not_after.map(|day| day.max(start));
        return Effect::Computed(DayBounds { not_before: Some(start), not_after });
    }
    computed(treaty.effect_rule.effect_bounds(done, Some(start)))
}

fn start_of(treaty: &Treaty) -> Option<Day> {
    match treaty.in_force {
        InForce::Since(start) => Some(start),
        InForce::NotAsOf(_) | InForce::NotRecorded => None,
    }
}

fn computed(bounds: DayBounds) -> Effect {
    if bounds == DayBounds::default() { Effect::NotRecorded } else { Effect::Computed(bounds) }
}
