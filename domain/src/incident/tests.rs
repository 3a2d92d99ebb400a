//! What submitting and publishing ask of a draft, field by field, and what an incident derives.

mod against_record;
mod derived;
pub(crate) mod generate;
mod publishing;
mod submitting;

use jiff::civil::date;

use super::*;
use crate::country::{Country, CountryKind, Gazetteer};
use crate::error::{FieldError, Problem};

/// The day on which these tests are asked.
pub(crate) const TODAY: Day = date(2026, 11, 23);

/// Four countries, two of them neighbours in spelling, and none of them real.
pub(crate) fn countries() -> Gazetteer {
    Gazetteer::new(&all_countries())
}

fn all_countries() -> Vec<Country> {
    let country = |code: &str, name: &str, alias: &str| Country {
        code: code.parse().unwrap(),
        alpha2: None,
        name: name.to_owned(),
        kind: CountryKind::State,
        region: None,
        sub_region: None,
        existed_from: None,
        existed_to: None,
        administered_by: None,
        aliases: vec![alias.to_owned()],
        source: String::new(),
    };
    vec![
        country("XEX", "Examplia", "Republic of Examplia"),
        country("XEW", "New Examplia", ""),
        country("XSA", "Samplia", "Sâmplia"),
        country("XQU", "Quotia", ""),
    ]
}

/// A draft with the five fields and no more.
fn five_fields() -> Draft {
    Draft {
        places: vec!["Examplia".into()],
        kind: "platform-blocking".into(),
        start: "2016-05-02".into(),
        narrative: "A court had a messenger blocked. It was lifted a day later.".into(),
        sources: vec![source("https://example.org/block", "Example Herald")],
        ..Draft::default()
    }
}

fn source(url: &str, publisher: &str) -> DraftSource {
    DraftSource { url: url.into(), first_published_by: publisher.into(), ..DraftSource::default() }
}

/// A draft with all that publishing needs and no more.
fn publishable() -> Draft {
    Draft {
        title: "A messenger blocked".into(),
        bearing: "alleged-misuse".into(),
        actors: vec![actor("Examplia", "acknowledged")],
        authority_kind: "court".into(),
        no_justification_found: "yes".into(),
        naming: "nobody-named".into(),
        comment_not_asked: "The court answers no questions.".into(),
        ..five_fields()
    }
}

fn actor(state: &str, attribution: &str) -> DraftActor {
    DraftActor {
        role: "ordered".into(),
        state: state.into(),
        attribution: attribution.into(),
        name: String::new(),
    }
}

fn checked(draft: &Draft) -> Result<Incident, Vec<FieldError>> {
    draft.check(&countries(), TODAY)
}

/// The problems that publishing finds at `field`.
fn problems_at(draft: &Draft, field: &str) -> Vec<Problem> {
    let errors = checked(draft).err().unwrap_or_default();
    errors.into_iter().filter(|e| e.field == field).map(|e| e.problem).collect()
}

/// The fields at which publishing finds something.
fn refused_fields(draft: &Draft) -> Vec<String> {
    checked(draft).err().unwrap_or_default().into_iter().map(|e| e.field).collect()
}
