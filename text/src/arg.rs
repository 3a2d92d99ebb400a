//! What a message takes.

use std::borrow::Cow;

/// An argument of a message: words, or a number that may select a plural.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg<'a> {
    /// Words, put in as they are.
    Text(Cow<'a, str>),
    /// A number; selects the plural.
    Number(f64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(words: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(words))
    }
}

impl From<String> for Arg<'_> {
    fn from(words: String) -> Self {
        Arg::Text(Cow::Owned(words))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(words: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(words))
    }
}

impl From<i64> for Arg<'_> {
    #[expect(clippy::cast_precision_loss, reason = "numbers in sentences are far below 2^53")]
    fn from(number: i64) -> Self {
        Arg::Number(number as f64)
    }
}

impl From<usize> for Arg<'_> {
    #[expect(clippy::cast_precision_loss, reason = "numbers in sentences are far below 2^53")]
    fn from(number: usize) -> Self {
        Arg::Number(number as f64)
    }
}

impl From<i32> for Arg<'_> {
    fn from(number: i32) -> Self {
        Arg::Number(f64::from(number))
    }
}

impl From<f64> for Arg<'_> {
    fn from(number: f64) -> Self {
        Arg::Number(number)
    }
}
