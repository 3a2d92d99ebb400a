//! From the record's values to words, through the catalogues.
//!
//! Problem: a status, a day or a kind is named on many pages, and it must be named alike on all of them.
//! Choice: one function for each kind of value; pages put the results together and never write words themselves.
//! Invariant: what is not known comes out as words that say so, never as nothing.

pub mod days;
pub mod names;
pub mod on_day;
pub mod standing;

use domain::incident::{Bearing, Incident, Kind};
use domain::treaty::Treaty;
use store::record::{Relation, relation};
use text::Text;

use domain::country::CountryCode;

/// The word for a value of a closed list: `list` is the list's name in the catalogue, `slug` the value's.
pub fn term(text: Text, list: &str, slug: &str) -> String {
    text.say(&format!("{list}-{slug}"))
}

/// An incident's kind, as a word.
pub fn kind(text: Text, kind: Kind) -> String {
    term(text, "kind", kind.slug())
}

/// What an incident is shown as, as a word.
pub fn bearing(text: Text, bearing: Bearing) -> String {
    term(text, "bearing", bearing.slug())
}

/// How an incident relates to a country: answerable, with who says so, or "happened here".
pub fn relation_of(text: Text, incident: &Incident, country: CountryCode) -> String {
    match relation(incident, country) {
        Relation::Answerable(attribution) => text.with(
            "relation-answerable",
            &[("attribution", term(text, "attribution", attribution.slug()).into())],
        ),
        Relation::HappenedHere => text.say("relation-happened-here"),
    }
}

/// A treaty's name for narrow places: its short title without what stands in brackets.
pub fn brief(treaty: &Treaty) -> String {
    treaty.short_title.split(" (").next().unwrap_or(&treaty.short_title).to_owned()
}

/// `text` with its first letter in upper case: a list of clauses becomes a sentence.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Clauses joined by semicolons.
pub fn clauses(text: Text, parts: impl IntoIterator<Item = String>) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .reduce(|head, next| text.with("standing-also", &[("head", head.into()), ("next", next.into())]))
        .unwrap_or_default()
}
