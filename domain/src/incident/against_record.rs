//! What the record says against an analysis: treaties and provisions that nobody knows, and ways of being engaged that the
//! standing of the answerable states excludes. What the record leaves open it does not contradict.

use super::{Draft, DraftLink, Way};
use crate::country::{Country, CountryCode};
use crate::day::{Day, PartialDate};
use crate::error::{FieldError, Problem};
use crate::standing::{Groups, Segment, Status, standing_over};
use crate::treaty::{Library, Treaty, TreatyAction, TreatySlug};

/// What is on record that an analysis can be held against.
#[derive(Clone, Debug, Default)]
pub struct OnRecord {
    /// Treaties and provisions, by their spellings.
    pub library: Library,
    /// Every treaty.
    pub treaties: Vec<Treaty>,
    /// Every country.
    pub countries: Vec<Country>,
    /// Who belongs to which group.
    pub groups: Groups,
    /// What each answerable state did under treaties.
    pub actions: Vec<(CountryCode, Vec<TreatyAction>)>,
}

impl OnRecord {
    /// Everything in the treaty links of `draft` that the record contradicts. What is not said yet is not looked at: only
    /// publishing asks for it.
    pub fn contradictions(&self, draft: &Draft) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (i, link) in draft.links.iter().enumerate() {
            let mut refuse =
                |field: &str, problem| errors.push(FieldError::new(format!("links.{i}.{field}"), problem));
            let treaty = match self.library.treaty(&link.treaty) {
                Ok(treaty) => treaty,
                Err(Problem::Missing) => continue,
                Err(problem) => {
                    refuse("treaty", problem);
                    continue;
                }
            };
            match self.library.provision(treaty, &link.provision) {
                Ok(_) | Err(Problem::Missing) => {}
                Err(problem) => refuse("provision", problem),
            }
            if let Some(problem) = self.of_way(draft, link, treaty) {
                refuse("way", problem);
            }
        }
        errors
    }

    /// `errors`, and what the record contradicts: of two that stand at one field, what the record says.
    pub fn and_others(&self, draft: &Draft, errors: Vec<FieldError>) -> Vec<FieldError> {
        let mut found = self.contradictions(draft);
        let others: Vec<FieldError> =
            errors.into_iter().filter(|error| !found.iter().any(|it| it.field == error.field)).collect();
        found.splice(0..0, others);
        found
    }

    /// The states that are said to be answerable had another standing than the way of being engaged asks for.
    fn of_way(&self, draft: &Draft, link: &DraftLink, treaty: &TreatySlug) -> Option<Problem> {
        let way: Way = link.way.parse().ok()?;
        let start: PartialDate = draft.start.parse().ok()?;
        let end = draft.end.parse().unwrap_or(start);
        let answerable = draft.answerable();
        let all = |holds: &dyn Fn(&[Segment]) -> bool| {
            let known = answerable
                .iter()
                .filter_map(|state| self.standing(treaty, *state, start.first(), end.last()));
            let known: Vec<Vec<Segment>> = known.collect();
            !known.is_empty() && known.len() == answerable.len() && known.iter().all(|one| holds(one))
        };
        let states =
            || answerable.iter().filter_map(|code| self.country(*code)).map(|c| c.name.clone()).collect();
        match way {
            Way::ReliedOn | Way::ObligationAtStake => {
                all(&binds_nobody).then(|| Problem::NotInForce { states: states() })
            }
            Way::SamePower => all(&in_force_throughout).then(|| Problem::InForce { states: states() }),
            Way::Implements => None,
        }
    }

    /// The standing of a state under a treaty, over some days.
    pub fn standing(
        &self,
        treaty: &TreatySlug,
        state: CountryCode,
        first: Day,
        last: Day,
    ) -> Option<Vec<Segment>> {
        let treaty = self.treaties.iter().find(|one| one.slug == *treaty)?;
        let (_, actions) = self.actions.iter().find(|(of, _)| *of == state)?;
        Some(standing_over(treaty, self.country(state)?, &self.groups, actions, first, last))
    }

    fn country(&self, code: CountryCode) -> Option<&Country> {
        self.countries.iter().find(|country| country.code == code)
    }
}

/// On every one of the days the record proves a status that binds nobody.
pub fn binds_nobody(days: &[Segment]) -> bool {
    let binds = |status: Status| {
        matches!(
            status,
            Status::Party | Status::ByExtension | Status::ProvisionallyApplying | Status::Addressed
        )
    };
    days.iter().all(|segment| segment.standing.plain().is_some_and(|status| !binds(status)))
}

/// On every one of the days the record proves that the treaty was in force for the state.
fn in_force_throughout(days: &[Segment]) -> bool {
    days.iter().all(|segment| segment.standing.is_bound())
}
