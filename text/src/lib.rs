//! Every sentence people read, in every language.
//!
//! *Problem.* A sentence written in a page, a chart and a feed goes stale three times, and plurals
//! and dates written by hand are wrong in most languages. *Choice.* Fluent catalogues
//! (`catalogues/<language>/*.ftl`), compiled in; callers name a message and hand over its
//! arguments. *Invariants.* A message that is missing, in English too, or lacks an argument is a
//! mistake in the program: it panics in a debug build and shows its key in a release. A language that
//! is not finished borrows the English message. There is no I/O, no clock, no locale of the machine.

mod arg;
mod bundle;
mod language;
mod numbers;

pub use arg::Arg;
pub use bundle::keys;
pub use language::Language;

use jiff::civil::Date;

/// The sentences of one language. A small copy; hand it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    language: Language,
}

impl Text {
    /// The sentences of `language`.
    pub fn new(language: Language) -> Text {
        Text { language }
    }

    /// The language spoken.
    pub fn language(self) -> Language {
        self.language
    }

    /// The message `key`, which takes no arguments.
    ///
    /// # Panics
    /// In a debug build, if there is no such message or it wants an argument.
    pub fn say(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message `key` with its arguments. A number as argument selects the plural; in the
    /// sentence it is grouped from 10,000 up, so that a year may be passed as a number.
    ///
    /// # Panics
    /// In a debug build, if there is no such message or it wants an argument that is not given.
    pub fn with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        match bundle::format(self.language, key, args) {
            Ok(sentence) => sentence,
            Err(problem) => {
                if cfg!(debug_assertions) {
                    panic!("text: {problem}");
                }
                key.to_owned()
            }
        }
    }

    /// Whether the message `key` can be said (in this language, or borrowed from English).
    pub fn has(self, key: &str) -> bool {
        bundle::has(self.language, key)
    }

    /// A day: "19 July 2016".
    pub fn day(self, day: Date) -> String {
        let month = self.say(&format!("month-{}", day.month()));
        let args =
            [("day", i64::from(day.day()).into()), ("month", month.into()), ("year", year(day.year()))];
        self.with("date-day", &args)
    }

    /// A month of a year: "July 2016". `month` counts from 1.
    pub fn month(self, year_number: i16, month: i8) -> String {
        let month = self.say(&format!("month-{month}"));
        let args = [("month", month.into()), ("year", year(year_number))];
        self.with("date-month", &args)
    }

    /// A number with as many decimals as told, thousands separated: "1,234.50", "−0.32".
    pub fn number(self, value: f64, decimals: usize) -> String {
        numbers::number(self.language, value, decimals)
    }

    /// A whole number, thousands separated: "1,234".
    pub fn count(self, value: i64) -> String {
        numbers::count(self.language, value)
    }

    /// "a", "a and b", "a, b and c"; nothing of nothing.
    pub fn list_and(self, items: &[String]) -> String {
        self.list(items, "list-and")
    }

    /// "a", "a or b", "a, b or c"; nothing of nothing.
    pub fn list_or(self, items: &[String]) -> String {
        self.list(items, "list-or")
    }

    fn list(self, items: &[String], last: &str) -> String {
        let mut list = String::new();
        for (at, item) in items.iter().enumerate() {
            if at == 0 {
                list.push_str(item);
            } else {
                let key = if at + 1 == items.len() { last } else { "list-more" };
                list = self.with(key, &[("head", list.into()), ("next", item.into())]);
            }
        }
        list
    }
}

/// A year as words, never grouped.
fn year(year: i16) -> Arg<'static> {
    Arg::from(year.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const EN: Text = Text { language: Language::English };

    #[test]
    fn dates_and_lists_read_as_people_write_them() {
        assert_eq!(EN.day(date(2016, 7, 19)), "19 July 2016");
        assert_eq!(EN.month(2015, 12), "December 2015");
        let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(EN.list_and(&[]), "");
        assert_eq!(EN.list_and(&words(&["a"])), "a");
        assert_eq!(EN.list_and(&words(&["a", "b"])), "a and b");
        assert_eq!(EN.list_or(&words(&["a", "b", "c"])), "a, b or c");
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "no message \"no-such-message\"")]
    fn a_missing_message_panics() {
        EN.say("no-such-message");
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "date-month")]
    fn a_missing_argument_panics() {
        EN.with("date-month", &[("month", "July".into())]);
    }

    #[test]
    fn a_number_selects_the_plural_and_is_grouped() {
        let countries = |count: i64| EN.with("chart-title-many", &[("count", count.into())]);
        assert_eq!(countries(1), "1 country");
        assert_eq!(countries(2), "2 countries");
        assert_eq!(countries(12_345), "12,345 countries");
    }

    #[test]
    fn an_unfinished_language_borrows_from_english() {
        assert!(Text::new(Language::Arabic).has("date-day"));
        assert_eq!(Text::new(Language::French).day(date(2016, 7, 19)), "19 July 2016");
        assert!(!EN.has("no-such-message"));
    }
}
