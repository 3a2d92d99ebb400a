//! Standing over several days: an incident's start may be known only to the month, and a state may become a
//! party while it lasts.

use super::{Groups, Standing, standing};
use crate::country::Country;
use crate::day::Day;
use crate::treaty::{InForce, Treaty, TreatyAction};

/// A stretch of days with one and the same standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its first day.
    pub from: Day,
    /// The standing on that day and until the next segment.
    pub standing: Standing,
}

/// The standing on every day from `first` to `last`, as segments that differ. Never empty.
pub fn standing_over(
    treaty: &Treaty,
    country: &Country,
    groups: &Groups,
    actions: &[TreatyAction],
    first: Day,
    last: Day,
) -> Vec<Segment> {
    let mut days: Vec<Day> = change_days(treaty, country, groups, actions)
        .into_iter()
        .filter(|day| first < *day && *day <= last)
        .collect();
    days.push(first);
    days.sort_unstable();
    days.dedup();
    let mut segments: Vec<Segment> = Vec::new();
    for from in days {
        let next = standing(treaty, country, groups, actions, from);
        let same = |s: &Segment| {
            s.standing.statuses == next.statuses
                && s.standing.shape == next.shape
                && s.standing.claim.as_ref().map(|c| c.status) == next.claim.as_ref().map(|c| c.status)
        };
        if !segments.last().is_some_and(same) {
            segments.push(Segment { from, standing: next });
        }
    }
    segments
}

/// Every day on which something may change: bounds of acts, of the treaty's own life, of lists, of the state.
fn change_days(treaty: &Treaty, country: &Country, groups: &Groups, actions: &[TreatyAction]) -> Vec<Day> {
    let after = |day: Option<Day>| day.and_then(|d| d.tomorrow().ok());
    let mut days: Vec<Option<Day>> = vec![
        country.existed_from,
        after(country.existed_to),
        treaty.adopted.map(|d| d.first()),
        treaty.opened.map(|d| d.first()),
        treaty.adopted.or(treaty.opened).map(|d| d.last()),
        after(treaty.list.joining_complete_to),
        match treaty.in_force {
            InForce::Since(day) => Some(day),
            InForce::NotAsOf(day) => after(Some(day)),
            InForce::NotRecorded => None,
        },
    ];
    for action in actions.iter().filter(|a| a.country == country.code && a.treaty == treaty.slug) {
        for bounds in [action.done, action.effect.bounds()] {
            days.extend([bounds.not_before, bounds.not_after]);
        }
    }
    days.extend(groups.change_days(treaty, country.code).into_iter().map(Some));
    days.into_iter().flatten().collect()
}
