//! What only some kinds of incident have: hours and extent of a disruption, stages and persons of a prosecution, both
//! sides of a request, the targets of an operation.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::lists::{Channel, Extent, PersonRole, StageKind};
use crate::country::CountryCode;
use crate::day::PartialDate;
use crate::error::Problem;

/// Everything that only some kinds have. All empty for most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Particulars {
    /// The time of day it began, by the clocks there.
    pub start_time: Option<TimeOfDay>,
    /// The time of day it ended, by the clocks there.
    pub end_time: Option<TimeOfDay>,
    /// How far it reached.
    pub extent: Option<Extent>,
    /// The groups it was aimed at, one each.
    pub aimed_at: Vec<String>,
    /// The way a request took.
    pub channel: Option<Channel>,
    /// Who made a request.
    pub requesting: Side,
    /// To whom.
    pub requested: Side,
    /// The company or provider that was asked or ordered.
    pub provider: String,
    /// What an operation was directed at, one each.
    pub targets: Vec<String>,
    /// To whom it happened, by role.
    pub persons: Vec<Person>,
    /// From search to release, as recorded.
    pub stages: Vec<Stage>,
}

/// One side of a request between states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The state.
    pub state: Option<CountryCode>,
    /// Its authority.
    pub authority: String,
}

/// Somebody to whom it happened, or several of one role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// What they are.
    pub role: PersonRole,
    /// How many, where that is known.
    pub number: Option<u32>,
    /// Their name, where a naming rule covers it.
    pub name: String,
}

/// A stage before the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Which.
    pub stage: StageKind,
    /// When, as precisely as known.
    pub date: Option<PartialDate>,
    /// What came of it.
    pub note: String,
}

impl Particulars {
    /// Nothing of it is recorded.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A time of day to the minute, `06:30`, by the clocks of the place: no zone is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct TimeOfDay(jiff::civil::Time);

impl FromStr for TimeOfDay {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let time = jiff::civil::Time::strptime("%H:%M", text).map(Self);
        time.map_err(|_| Problem::NotATime { value: text.chars().take(40).collect() })
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_hours_and_minutes_and_nothing_else() {
        for (typed, kept) in [("06:30", "06:30"), (" 6:05 ", "06:05"), ("23:59", "23:59"), ("00:00", "00:00")]
        {
            assert_eq!(typed.parse::<TimeOfDay>().unwrap().to_string(), kept);
        }
        for typed in ["", "24:00", "6", "06:60", "06:30:10", "6 pm", "06:30Z"] {
            let refused = Problem::NotATime { value: typed.to_owned() };
            assert_eq!(typed.parse::<TimeOfDay>(), Err(refused), "{typed}");
        }
    }
}
