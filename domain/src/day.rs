//! Days, and what is known of them.
//!
//! A treaty action is known to lie between two days; an incident's start is known to the day, the month or the
//! year. Neither is ever rounded to a day that nobody recorded.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Problem;

/// A civil day, without a time zone.
pub type Day = jiff::civil::Date;

/// What is known of a day: it is not before one and not after the other. Equal when known to the day; `None`
/// where nothing bounds it on that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayBounds {
    /// The earliest it can be.
    pub not_before: Option<Day>,
    /// The latest it can be.
    pub not_after: Option<Day>,
}

impl DayBounds {
    /// Known to the day.
    pub const fn on(day: Day) -> Self {
        Self { not_before: Some(day), not_after: Some(day) }
    }

    /// Known only to have happened by `day`.
    pub const fn by(day: Day) -> Self {
        Self { not_before: None, not_after: Some(day) }
    }

    /// Known only to have happened on or after `day`.
    pub const fn from(day: Day) -> Self {
        Self { not_before: Some(day), not_after: None }
    }

    /// The one day, if it is known to the day.
    pub fn exact(&self) -> Option<Day> {
        (self.not_before == self.not_after).then_some(self.not_before).flatten()
    }

    /// It had surely happened by the end of `day`.
    pub fn surely_by(&self, day: Day) -> bool {
        self.not_after.is_some_and(|last| last <= day)
    }

    /// It surely had not happened by the end of `day`.
    pub fn surely_after(&self, day: Day) -> bool {
        self.not_before.is_some_and(|first| first > day)
    }

    /// The bounds make sense: not before comes no later than not after.
    pub fn is_consistent(&self) -> bool {
        match (self.not_before, self.not_after) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        }
    }
}

/// A date known to the day, the month or the year: `2016-07-19`, `2016-07`, `2016`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// A date known to the day.
    pub fn day(day: Day) -> Self {
        Self { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The month, where it is known.
    pub fn month(&self) -> Option<i8> {
        self.month
    }

    /// The day itself, where it is known to the day.
    pub fn exact(&self) -> Option<Day> {
        self.day.map(|_| self.first())
    }

    /// The first day it can be.
    pub fn first(&self) -> Day {
        Day::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("parsing checked that this day exists")
    }

    /// The last day it can be.
    pub fn last(&self) -> Day {
        match (self.month, self.day) {
            (_, Some(_)) => self.first(),
            (Some(_), None) => self.first().last_of_month(),
            (None, None) => self.first().last_of_year(),
        }
    }

    /// Both bounds.
    pub fn bounds(&self) -> DayBounds {
        DayBounds { not_before: Some(self.first()), not_after: Some(self.last()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = Problem;

    /// Reads `2016`, `2016-07` or `2016-07-19`; also `19/07/2016`-like slashes are refused, since nobody can
    /// tell which part is the month.
    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let not_a_date = || Problem::NotADate { value: text.to_owned() };
        let mut parts = text.split('-');
        let year = digits(parts.next(), 4, 4).ok_or_else(not_a_date)?;
        let month = match parts.next() {
            None => None,
            part => Some(digits(part, 1, 2).ok_or_else(not_a_date)? as i8),
        };
        let day = match parts.next() {
            None => None,
            part => Some(digits(part, 1, 2).ok_or_else(not_a_date)? as i8),
        };
        if parts.next().is_some() || year == 0 {
            return Err(not_a_date());
        }
        if let Some(month) = month {
            let first = Day::new(year, month, 1).map_err(|_| not_a_date())?;
            if let Some(day) = day {
                let last = first.days_in_month();
                if day < 1 || day > last {
                    return Err(Problem::NoSuchDay { value: text.to_owned(), last });
                }
            }
        }
        Ok(Self { year, month, day })
    }
}

fn digits(part: Option<&str>, least: usize, most: usize) -> Option<i16> {
    let part = part?;
    let fits = (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| part.parse().ok()).flatten()
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom(format!("not a date: {text}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_31st_of_february_is_refused_with_the_last_day_it_has() {
        assert_eq!(
            "2016-02-31".parse::<PartialDate>(),
            Err(Problem::NoSuchDay { value: "2016-02-31".into(), last: 29 })
        );
    }

    #[test]
    fn a_month_reaches_from_its_first_to_its_last_day() {
        let may: PartialDate = "2023-05".parse().unwrap();
        assert_eq!(may.first().to_string(), "2023-05-01");
        assert_eq!(may.last().to_string(), "2023-05-31");
        assert_eq!(may.exact(), None);
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in [
            "",
            "yesterday",
            "19/07/2016",
            "2016-13",
            "2016-00-01",
            "16",
            "2016-7-1-1",
            "２０１６",
            "0000",
            "-2016",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_prints_the_same(text in "\\PC{0,12}") {
            if let Ok(date) = text.parse::<PartialDate>() {
                prop_assert_eq!(date.to_string().parse::<PartialDate>(), Ok(date));
                prop_assert!(date.first() <= date.last());
            }
        }
    }
}
