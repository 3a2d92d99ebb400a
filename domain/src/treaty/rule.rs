//! The two rules of a treaty's final clauses that days of effect are computed from: to whom it is open, and when
//! a consent (or its end) takes effect for one more state.

use std::str::FromStr;

use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::day::{Day, DayBounds};
use crate::error::Problem;

/// Who may become a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", content = "of", rename_all = "kebab-case")]
pub enum OpenTo {
    /// Every state.
    AllStates,
    /// Members of one group only.
    Members(String),
    /// Members and others by invitation: nobody is shut out by the rule itself.
    Invitation(String),
    /// Parties to another treaty only.
    PartiesOf(String),
    /// Nobody recorded it.
    NotRecorded,
}

impl FromStr for OpenTo {
    type Err = Problem;

    /// Reads `all-states`, `members:AU`, `coe-and-invited`, `parties-of:budapest`, or nothing.
    fn from_str(text: &str) -> Result<Self, Problem> {
        Ok(match text.split_once(':') {
            None if text == "all-states" => Self::AllStates,
            None if text == "coe-and-invited" => Self::Invitation("COE".to_owned()),
            None if text.is_empty() => Self::NotRecorded,
            Some(("members", group)) => Self::Members(group.to_owned()),
            Some(("invitation", group)) => Self::Invitation(group.to_owned()),
            Some(("parties-of", treaty)) => Self::PartiesOf(treaty.to_owned()),
            _ => {
                return Err(Problem::NotInList { value: text.to_owned() });
            }
        })
    }
}

/// How long after the day done something takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", content = "after", rename_all = "kebab-case")]
pub enum EffectRule {
    /// So many days after it.
    Days(i32),
    /// So many months after it.
    Months(i32),
    /// The first day of the month after so many months have passed.
    MonthFirstAfter(i32),
    /// Not recorded, or not possible.
    Unknown,
}

impl EffectRule {
    /// The day of effect of something done on `done`.
    pub fn effect_of(self, done: Day) -> Option<Day> {
        match self {
            Self::Days(n) => done.checked_add(n.days()).ok(),
            Self::Months(n) => done.checked_add(n.months()).ok(),
            Self::MonthFirstAfter(n) => {
                // A period that ends on the first of a month still leaves the *following* month's first day.
                let end = done.checked_add(n.months()).ok()?;
                end.first_of_month().checked_add(1.month()).ok()
            }
            Self::Unknown => None,
        }
    }

    /// The bounds of the effect of something done within `done`; never before `not_before`, the treaty's own
    /// entry into force.
    pub fn effect_bounds(self, done: DayBounds, not_before: Option<Day>) -> DayBounds {
        let after_start = |day: Day| not_before.map_or(day, |start| day.max(start));
        DayBounds {
            not_before: done
                .not_before
                .map(|day| after_start(self.effect_of(day).unwrap_or(day)))
                .or(not_before),
            not_after: done.not_after.and_then(|day| self.effect_of(day)).map(after_start),
        }
    }
}

impl FromStr for EffectRule {
    type Err = Problem;

    /// Reads `days:30`, `months:3`, `month-first-after:3`, `unknown` or nothing.
    fn from_str(text: &str) -> Result<Self, Problem> {
        let bad = || Problem::NotInList { value: text.to_owned() };
        match text.split_once(':') {
            None if text.is_empty() || text == "unknown" => Ok(Self::Unknown),
            None => Err(bad()),
            Some((rule, number)) => {
                let n: i32 = number.parse().map_err(|_| bad())?;
                if !(0..=3650).contains(&n) {
                    return Err(bad());
                }
                match rule {
                    "days" => Ok(Self::Days(n)),
                    "months" => Ok(Self::Months(n)),
                    "month-first-after" => Ok(Self::MonthFirstAfter(n)),
                    _ => Err(bad()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_day_of_the_month_after_three_months_have_passed() {
        let rule = EffectRule::MonthFirstAfter(3);
        // Brazil's own decree: deposited 30 November 2022, in force for it 1 March 2023.
        assert_eq!(rule.effect_of(date(2022, 11, 30)), Some(date(2023, 3, 1)));
        // Germany: ratified 9 March 2009, in force for it 1 July 2009.
        assert_eq!(rule.effect_of(date(2009, 3, 9)), Some(date(2009, 7, 1)));
        assert_eq!(rule.effect_of(date(2009, 3, 31)), Some(date(2009, 7, 1)));
        // Three months after 1 July have passed on 1 October; the month that follows is November.
        assert_eq!(rule.effect_of(date(2014, 7, 1)), Some(date(2014, 11, 1)));
        assert_eq!(rule.effect_of(date(2014, 7, 1)), Some(date(2014, 11, 1)));
    }

    #[test]
    fn nothing_takes_effect_before_the_treaty_itself_is_in_force() {
        let bounds =
            EffectRule::Days(30).effect_bounds(DayBounds::by(date(2023, 5, 31)), Some(date(2023, 6, 8)));
        assert_eq!(bounds.not_before, Some(date(2023, 6, 8)));
        assert_eq!(bounds.not_after, Some(date(2023, 6, 30)));
    }

    #[test]
    fn rules_are_read_or_refused() {
        assert_eq!("month-first-after:3".parse(), Ok(EffectRule::MonthFirstAfter(3)));
        assert!("months:many".parse::<EffectRule>().is_err());
        assert!("open".parse::<OpenTo>().is_err());
        assert_eq!("members:AU".parse(), Ok(OpenTo::Members("AU".into())));
    }
}
