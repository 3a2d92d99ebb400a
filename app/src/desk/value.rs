//! What a field holds, in the words of its list: a reader sees "Platform or site blocking", not its slug.

use std::sync::Arc;

use domain::country::Gazetteer;
use domain::form::{takes_a_country, takes_a_treaty};
use domain::incident::RightTest;
use domain::treaty::Library;
use text::Text;

use crate::words::term;

/// The names behind codes and slugs.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Of countries.
    pub countries: Arc<Gazetteer>,
    /// Of treaties.
    pub library: Arc<Library>,
}

impl Known {
    /// The name that a reader knows what `field` holds by; nothing where that is no code, or nobody's.
    pub fn name(&self, field: &str, value: &str) -> Option<&str> {
        if takes_a_country(field) {
            self.countries.name(value.parse().ok()?)
        } else if takes_a_treaty(field) {
            self.library.title(value)
        } else {
            None
        }
    }
}

/// The value of a field as a reader sees it. What is in no list is shown as it was typed.
pub(super) fn value(text: Text, known: &Known, field: &str, value: &str) -> String {
    if let Some(name) = known.name(field, value) {
        return name.to_owned();
    }
    if let ["assessments", _, "right"] = field.split('.').collect::<Vec<_>>()[..] {
        return right(text, value);
    }
    let Some(list) = list_of(field) else { return value.to_owned() };
    let words: Vec<String> = value
        .lines()
        .map(
            |slug| if text.has(&format!("{list}-{slug}")) { term(text, list, slug) } else { slug.to_owned() },
        )
        .collect();
    words.join(", ")
}

/// A right with the test that it has, or that none fits.
pub(super) fn right(text: Text, value: &str) -> String {
    let key = match value.parse() {
        Ok(RightTest::Expression) => "right-expression",
        Ok(RightTest::Assembly) => "right-assembly",
        Ok(RightTest::Privacy) => "right-privacy",
        Ok(RightTest::Liberty) => "right-liberty",
        Ok(RightTest::FairTrial) => "right-fair-trial",
        Err(_) if value == RightTest::NONE_FITS => "right-none-fits",
        Err(_) => return value.to_owned(),
    };
    text.say(key)
}

/// The list in the catalogue that a field's values stand in.
fn list_of(field: &str) -> Option<&'static str> {
    let parts: Vec<&str> = field.split('.').collect();
    Some(match parts[..] {
        ["kind"] => "kind",
        ["bearing"] => "bearing",
        ["stance"] => "stance",
        ["naming"] => "naming",
        ["contexts"] => "context",
        ["authority_kind"] => "authority-kind",
        ["extent"] => "extent",
        ["channel"] => "channel",
        ["persons", _, "role"] => "person-role",
        ["stages", _, "stage"] => "stage",
        ["ongoing" | "no_justification_found" | "transnational"] => "yes-no",
        ["sources", _, "kind"] => "source-kind",
        ["actors", _, "attribution"] => "attribution",
        ["actors", _, "role"] => "role",
        ["links", _, "way"] => "way",
        ["links", _, "strength"] => "strength",
        ["findings", _, "kind"] => "finding-kind",
        ["assessments", _, "parts", _, "name"] => "part",
        ["assessments", _, "parts", _, "outcome"] => "part-outcome",
        ["factors", _, "kind"] => "factor",
        ["factors", _, "basis"] => "basis",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::incident::{
        ActorRole, Attribution, AuthorityKind, Bearing, Channel, Context, Extent, FactorBasis, FactorKind,
        FindingKind, Kind, NamingRule, PersonRole, SourceKind, StageKind, Stance, Strength, Way,
    };

    #[test]
    fn every_value_of_every_list_has_its_words() {
        let text = Text::new(text::Language::English);
        let said = |field: &str, slug: &str| {
            let words = value(text, &Known::default(), field, slug);
            assert_ne!(words, slug, "{field}");
        };
        Kind::ALL.iter().for_each(|it| said("kind", it.slug()));
        Bearing::ALL.iter().for_each(|it| said("bearing", it.slug()));
        Stance::ALL.iter().for_each(|it| said("stance", it.slug()));
        NamingRule::ALL.iter().for_each(|it| said("naming", it.slug()));
        Context::ALL.iter().for_each(|it| said("contexts", it.slug()));
        AuthorityKind::ALL.iter().for_each(|it| said("authority_kind", it.slug()));
        SourceKind::ALL.iter().for_each(|it| said("sources.0.kind", it.slug()));
        Attribution::ALL.iter().for_each(|it| said("actors.2.attribution", it.slug()));
        ActorRole::ALL.iter().for_each(|it| said("actors.0.role", it.slug()));
        Extent::ALL.iter().for_each(|it| said("extent", it.slug()));
        Channel::ALL.iter().for_each(|it| said("channel", it.slug()));
        PersonRole::ALL.iter().for_each(|it| said("persons.0.role", it.slug()));
        StageKind::ALL.iter().for_each(|it| said("stages.1.stage", it.slug()));
        Way::ALL.iter().for_each(|it| said("links.0.way", it.slug()));
        Strength::ALL.iter().for_each(|it| said("links.0.strength", it.slug()));
        FindingKind::ALL.iter().for_each(|it| said("findings.0.kind", it.slug()));
        FactorKind::ALL.iter().for_each(|it| said("factors.0.kind", it.slug()));
        FactorBasis::ALL.iter().for_each(|it| said("factors.0.basis", it.slug()));
        for test in RightTest::ALL {
            said("assessments.0.right", test.slug());
            test.parts().iter().for_each(|part| said("assessments.0.parts.0.name", part));
        }
        said("assessments.0.right", RightTest::NONE_FITS);
        ["yes", "no"].iter().for_each(|it| said("ongoing", it));
    }

    #[test]
    fn what_is_in_no_list_stays_as_it_was_typed() {
        let text = Text::new(text::Language::English);
        assert_eq!(value(text, &Known::default(), "title", "kind"), "kind");
        assert_eq!(value(text, &Known::default(), "kind", "a made-up kind"), "a made-up kind");
        assert_eq!(value(text, &Known::default(), "contexts", "election\nprotest").matches(", ").count(), 1);
    }
}
