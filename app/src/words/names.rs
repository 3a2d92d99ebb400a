//! Names of countries, as lists show them and as sentences need them.

use std::collections::BTreeMap;

use domain::country::{Country, CountryCode};
use text::Text;

/// Short names of countries and areas, by code.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<CountryCode, String>);

impl Names {
    /// Of these countries.
    pub fn new(countries: &[Country]) -> Self {
        Self(countries.iter().map(|country| (country.code, country.name.clone())).collect())
    }

    /// The short name; the code itself where nobody listed one.
    pub fn of(&self, code: CountryCode) -> String {
        self.0.get(&code).cloned().unwrap_or_else(|| code.as_str().to_owned())
    }

    /// The name inside a sentence: "the United States of America".
    pub fn in_sentence(&self, text: Text, code: CountryCode) -> String {
        text.with("country-in-sentence", &[("code", code.as_str().into()), ("name", self.of(code).into())])
    }

    /// Several, as a list in words.
    pub fn list(&self, text: Text, codes: &[CountryCode]) -> String {
        text.list_and(&codes.iter().map(|code| self.of(*code)).collect::<Vec<_>>())
    }
}
