//! Countries and areas, with the years they existed and every spelling publishers use.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Problem;
use crate::spelling::{Miss, Spellings};

/// ISO 3166-1 alpha-3 where there is one, else the code of `data/areas.csv` (XKX, EUU, DDR). Always upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 3]);

impl CountryCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a code is made of ASCII letters only")
    }

    /// The code as it stands in addresses: lower case.
    pub fn slug(&self) -> String {
        self.as_str().to_ascii_lowercase()
    }
}

impl FromStr for CountryCode {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match *text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()]))
            }
            _ => Err(Problem::UnknownCountry { value: text.to_owned(), near: Vec::new() }),
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom(format!("not a country code: {text}")))
    }
}

/// What kind of thing a row of the list of countries and areas is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountryKind {
    /// A state that can consent to treaties in its own name.
    State,
    /// A territory for whose foreign relations a state answers.
    Territory,
    /// An area that publishers list and whose statehood is not this record's to decide.
    Area,
    /// A regional organisation that can itself consent (the European Union).
    Organisation,
    /// A state that no longer exists.
    FormerState,
}

/// A country or area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// Its code, upper case.
    pub code: CountryCode,
    /// ISO 3166-1 alpha-2, where there is one.
    pub alpha2: Option<String>,
    /// Its short name, as the United Nations writes it.
    pub name: String,
    /// What kind of thing it is.
    pub kind: CountryKind,
    /// M49 region ("Africa"); none for organisations.
    pub region: Option<String>,
    /// M49 sub-region.
    pub sub_region: Option<String>,
    /// First day it existed; `None` means further back than this record looks.
    pub existed_from: Option<Day>,
    /// Last day it existed; `None` means it still does.
    pub existed_to: Option<Day>,
    /// The state answering for a territory's foreign relations.
    pub administered_by: Option<CountryCode>,
    /// Other spellings and publishers' own codes.
    pub aliases: Vec<String>,
    /// Where this row comes from.
    pub source: String,
}

impl Country {
    /// It existed on that day.
    pub fn existed_on(&self, day: Day) -> bool {
        self.existed_from.is_none_or(|from| from <= day) && self.existed_to.is_none_or(|to| day <= to)
    }
}

/// Finds countries by code or by any of their spellings, and says which are near when it cannot.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    spellings: Spellings<CountryCode>,
    known: BTreeMap<CountryCode, (String, Option<String>)>,
}

impl Gazetteer {
    /// Over these countries. An earlier row wins a code or name that two share.
    pub fn new<'a>(countries: impl IntoIterator<Item = &'a Country>) -> Self {
        let mut gazetteer = Self::default();
        for country in countries {
            let alpha2 = country.alpha2.as_deref().unwrap_or_default();
            let own = [country.code.as_str(), alpha2, &country.name];
            let others = country.aliases.iter().map(String::as_str);
            gazetteer.spellings.add(country.code, &country.name, own, others);
            gazetteer.known.insert(country.code, (country.name.clone(), country.alpha2.clone()));
        }
        gazetteer
    }

    /// A country's short name.
    pub fn name(&self, code: CountryCode) -> Option<&str> {
        self.known.get(&code).map(|(name, _)| name.as_str())
    }

    /// Its ISO 3166-1 alpha-2 code, where there is one.
    pub fn alpha2(&self, code: CountryCode) -> Option<&str> {
        self.known.get(&code)?.1.as_deref()
    }

    /// The short names of all, in the order of their codes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.values().map(|(name, _)| name.as_str())
    }

    /// The country that `typed` names, or up to three names that are near it.
    pub fn find(&self, typed: &str) -> Result<CountryCode, Problem> {
        let value = || typed.chars().take(80).collect();
        self.spellings.find(typed).map_err(|miss| match miss {
            Miss::Nothing => Problem::Missing,
            Miss::Unknown(near) => Problem::UnknownCountry { value: value(), near },
            Miss::Several(near) => Problem::SeveralCountries { value: value(), near },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str, name: &str, aliases: &[&str]) -> Country {
        Country {
            code: code.parse().unwrap(),
            alpha2: None,
            name: name.to_owned(),
            kind: CountryKind::State,
            region: None,
            sub_region: None,
            existed_from: None,
            existed_to: None,
            administered_by: None,
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            source: String::new(),
        }
    }

    #[test]
    fn a_country_is_found_in_any_spelling_and_the_nearest_are_named() {
        let countries =
            [country("TUR", "Türkiye", &["Turkey"]), country("CIV", "Côte d’Ivoire", &["Ivory Coast"])];
        let gazetteer = Gazetteer::new(&countries);
        for typed in ["tur", "TURKEY", "turkiye", " Türkiye "] {
            assert_eq!(gazetteer.find(typed).unwrap().as_str(), "TUR", "{typed}");
        }
        assert_eq!(gazetteer.find("Cote d'Ivoire").unwrap().as_str(), "CIV");
        let Err(Problem::UnknownCountry { near, .. }) = gazetteer.find("Turkiy") else { panic!("found") };
        assert_eq!(near, ["Türkiye"]);
    }

    #[test]
    fn a_code_is_three_letters_in_any_case() {
        assert_eq!("bra".parse::<CountryCode>().unwrap().as_str(), "BRA");
        for text in ["", "BR", "BRAZ", "B1A", "br\u{e3}", "ção"] {
            assert!(text.parse::<CountryCode>().is_err(), "{text}");
        }
    }
}
