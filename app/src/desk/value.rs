//! What a field holds, in the words of its list: a reader sees "Platform or site blocking", not its slug.

use text::Text;

use crate::words::term;

/// The value of a field as a reader sees it. What is in no list is shown as it was typed.
pub(super) fn value(text: Text, field: &str, value: &str) -> String {
    let Some(list) = list_of(field) else { return value.to_owned() };
    let words: Vec<String> = value
        .lines()
        .map(
            |slug| if text.has(&format!("{list}-{slug}")) { term(text, list, slug) } else { slug.to_owned() },
        )
        .collect();
    words.join(", ")
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
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::incident::{
        ActorRole, Attribution, AuthorityKind, Bearing, Channel, Context, Extent, Kind, NamingRule,
        PersonRole, SourceKind, StageKind, Stance,
    };

    #[test]
    fn every_value_of_every_list_has_its_words() {
        let text = Text::new(text::Language::English);
        let said = |field: &str, slug: &str| {
            let words = value(text, field, slug);
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
        ["yes", "no"].iter().for_each(|it| said("ongoing", it));
    }

    #[test]
    fn what_is_in_no_list_stays_as_it_was_typed() {
        let text = Text::new(text::Language::English);
        assert_eq!(value(text, "title", "kind"), "kind");
        assert_eq!(value(text, "kind", "a made-up kind"), "a made-up kind");
        assert_eq!(value(text, "contexts", "election\nprotest").matches(", ").count(), 1);
    }
}
