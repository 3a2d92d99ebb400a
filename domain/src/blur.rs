//! Blur: a place, a day or a person made less exact, and whether a text still says what they were.
//!
//! Asked too often is answered with a yes; asked too seldom exposes somebody. So a text is taken to say a thing where it
//! has its words in a row, in any of the usual spellings.

mod spellings;

use serde::{Deserialize, Serialize};

use crate::day::PartialDate;
use crate::error::Problem;
use crate::fold::fold;
use crate::incident::{Draft, LIMITS};

/// What can be made less exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blurrable {
    /// A place: a wider one, or none but the country.
    Place,
    /// A day: its month or year.
    Day,
    /// A person: the role alone.
    Person,
}

/// How it is made less exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// This wider place; empty for none but the country.
    Wider(String),
    /// The month of a day.
    Month,
    /// The year of a day or month.
    Year,
    /// Without the name.
    Role,
}

/// What was made less exact, and what it was: for sealing only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blurred {
    what: Blurrable,
    original: String,
    shown: String,
}

/// What a field of the case form holds that can be blurred.
pub fn blurrable(field: &str) -> Option<Blurrable> {
    match field.split('.').collect::<Vec<_>>()[..] {
        ["place_name"] => Some(Blurrable::Place),
        ["start" | "end"] | ["stages", _, "date"] => Some(Blurrable::Day),
        ["persons" | "actors", _, "name"] => Some(Blurrable::Person),
        _ => None,
    }
}

impl Blurred {
    /// What `field` holds, made less exact; or why it cannot be.
    pub fn new(field: &str, original: &str, how: &How) -> Result<Self, Problem> {
        let original = original.trim().to_owned();
        if original.is_empty() {
            return Err(Problem::Missing);
        }
        let not_so = || Problem::NotInList { value: field.to_owned() };
        let what = blurrable(field).ok_or_else(not_so)?;
        let shown = match (what, how) {
            (Blurrable::Place, How::Wider(wider)) => wider.trim().to_owned(),
            (Blurrable::Person, How::Role) => String::new(),
            (Blurrable::Day, How::Month | How::Year) => {
                let date: PartialDate = original.parse()?;
                match (how, date.exact(), date.month()) {
                    (How::Month, Some(day), _) => format!("{:04}-{:02}", day.year(), day.month()),
                    (How::Year, _, Some(_)) => format!("{:04}", date.year()),
                    _ => return Err(Problem::NotLessExact),
                }
            }
            _ => return Err(not_so()),
        };
        let given = shown.chars().count();
        if given > LIMITS.line {
            return Err(Problem::TooLong { given, most: LIMITS.line });
        }
        let blurred = Self { what, original, shown };
        // The narrowest place of a list stands first: a wider one does not name it.
        let is_wider = what != Blurrable::Place || !spellings::names_the_first(&blurred);
        if is_wider && !blurred.is_said_by(&blurred.shown) { Ok(blurred) } else { Err(Problem::NotLessExact) }
    }

    /// What the field shows from now on.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// It stood in the field so.
    pub fn is_original(&self, text: &str) -> bool {
        fold(text.trim()) == fold(&self.original)
    }

    /// Whether `text` still says what it was.
    pub fn is_said_by(&self, text: &str) -> bool {
        spellings::of(self).iter().any(|spelling| spelling.stands_in(text))
    }

    /// The fields of `draft` that still say what it was.
    pub fn said_in(&self, draft: &Draft) -> Vec<(String, String)> {
        public_texts(draft).into_iter().filter(|(_, text)| self.is_said_by(text)).collect()
    }
}

/// Every text of a draft that is published with it, by its path: `sources.0.title`, `findings.1.quotation`.
pub fn public_texts(draft: &Draft) -> Vec<(String, String)> {
    fn walk(value: &serde_json::Value, path: String, found: &mut Vec<(String, String)>) {
        let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match value {
            serde_json::Value::String(text) if !text.trim().is_empty() => found.push((path, text.clone())),
            serde_json::Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    walk(item, under(&i.to_string()), found);
                }
            }
            serde_json::Value::Object(fields) => {
                for (key, field) in fields {
                    walk(field, under(key), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&serde_json::to_value(draft).expect("a draft is plain data"), String::new(), &mut found);
    found.retain(|(path, _)| !matches!(path.as_str(), "naming_reason" | "provenance"));
    found
}

#[cfg(test)]
mod tests;
