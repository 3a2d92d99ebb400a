//! How numbers are written: separators and the minus sign of each language.
//!
//! Rounding is to the nearest of the decimal form, as Rust's formatting does it; a value that
//! rounds to zero carries no sign.

use crate::Language;

/// A number with fixed decimals.
pub(crate) fn number(language: Language, value: f64, decimals: usize) -> String {
    debug_assert!(value.is_finite(), "only known numbers are written");
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut written = String::new();
    if value < 0.0 && plain.contains(|digit| ('1'..='9').contains(&digit)) {
        written.push('\u{2212}');
    }
    written.push_str(&grouped(language, whole));
    if !fraction.is_empty() {
        written.push(decimal_mark(language));
        written.push_str(fraction);
    }
    written
}

/// A whole number.
pub(crate) fn count(language: Language, value: i64) -> String {
    let sign = if value < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(language, &value.unsigned_abs().to_string()))
}

/// A number inside a sentence: as short as it is, grouped from 10,000 up so that years stay whole.
pub(crate) fn in_sentence(language: Language, value: f64) -> String {
    let shortest = value.abs().to_string();
    let (whole, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    if whole.len() > 4 {
        return number(language, value, fraction.len());
    }
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{}{fraction}", decimal_mark(language))
    }
}

fn decimal_mark(language: Language) -> char {
    match language {
        Language::English => '.',
        Language::French | Language::Spanish => ',',
        Language::Arabic => '\u{66b}',
    }
}

/// Digits in groups of three.
fn grouped(language: Language, digits: &str) -> String {
    let separator = match language {
        Language::English => ',',
        Language::French | Language::Spanish => '\u{202f}',
        Language::Arabic => '\u{66c}',
    };
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, French};

    #[test]
    fn numbers_are_grouped_and_signed() {
        assert_eq!(number(English, 1234.5, 2), "1,234.50");
        assert_eq!(number(English, -0.324, 2), "\u{2212}0.32");
        assert_eq!(number(English, -0.001, 2), "0.00");
        assert_eq!(number(French, 1_234_567.25, 1), "1\u{202f}234\u{202f}567,2");
        assert_eq!(count(English, 999), "999");
        assert_eq!(count(English, -1_000), "\u{2212}1,000");
        assert_eq!(count(English, i64::MIN), "\u{2212}9,223,372,036,854,775,808");
    }

    #[test]
    fn a_year_stays_whole_in_a_sentence() {
        assert_eq!(in_sentence(English, 2016.0), "2016");
        assert_eq!(in_sentence(English, 12_345.0), "12,345");
        assert_eq!(in_sentence(English, 0.93), "0.93");
        assert_eq!(in_sentence(English, -2.5), "\u{2212}2.5");
    }
}
