//! The query of a public address: parsed once, unknown parameters dropped, the rest sorted, so that one answer has
//! one key however it was asked for.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The most that a query may be, in bytes.
const MOST: usize = 4096;

/// Unreserved characters stay as they are.
const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The parameters that a route knows, as they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PublicQuery {
    pairs: Vec<(String, String)>,
}

/// A query that cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadQuery {
    /// Longer than any address of ours.
    TooLong,
    /// `edition` is not a number.
    NotAnEdition,
}

impl PublicQuery {
    /// Reads `query`, keeping the parameters in `known`; empty values ask for nothing.
    pub(crate) fn parse(query: Option<&str>, known: &[&str]) -> Result<Self, BadQuery> {
        let query = query.unwrap_or_default();
        if query.len() > MOST {
            return Err(BadQuery::TooLong);
        }
        let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, value)| known.contains(&name.as_ref()) && !value.trim().is_empty())
            .map(|(name, value)| (name.into_owned(), value.trim().to_owned()))
            .collect();
        pairs.sort();
        pairs.dedup();
        Ok(Self { pairs })
    }

    /// The first value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a parameter, also of those that hold several with commas.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(n, _)| n == name).flat_map(|(_, value)| value.split(',')).collect()
    }

    /// Every parameter with its value, sorted.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The edition asked for.
    pub(crate) fn edition(&self) -> Result<Option<i64>, BadQuery> {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        match self.get("edition") {
            None => Ok(None),
            Some(text) if digits(text) => text.parse().map(Some).map_err(|_| BadQuery::NotAnEdition),
            Some(_) => Err(BadQuery::NotAnEdition),
        }
    }

    /// The one way to write it: `?a=1&b=2`, or nothing.
    pub(crate) fn canonical(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.pairs {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.extend(utf8_percent_encode(value, KEEP));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["country", "edition", "kind"];

    #[test]
    fn one_answer_has_one_key() {
        let one = PublicQuery::parse(Some("kind=throttling&utm_source=x&country=BRA&kind="), KNOWN).unwrap();
        let other = PublicQuery::parse(Some("country=BRA&kind=throttling&country=BRA"), KNOWN).unwrap();
        assert_eq!(one.canonical(), "?country=BRA&kind=throttling");
        assert_eq!(one.canonical(), other.canonical());
        assert_eq!(PublicQuery::parse(None, KNOWN).unwrap().canonical(), "");
    }

    #[test]
    fn an_edition_is_a_number() {
        let edition = |query: &str| PublicQuery::parse(Some(query), KNOWN).unwrap().edition();
        assert_eq!(edition("edition=12"), Ok(Some(12)));
        assert_eq!(edition("edition="), Ok(None));
        for query in
            ["edition=abc", "edition=-1", "edition=1.5", "edition=99999999999999999999", "edition=１"]
        {
            assert_eq!(edition(query), Err(BadQuery::NotAnEdition), "{query}");
        }
    }

    #[test]
    fn a_query_longer_than_any_address_is_refused() {
        assert_eq!(PublicQuery::parse(Some(&"a".repeat(5000)), KNOWN), Err(BadQuery::TooLong));
    }
}
