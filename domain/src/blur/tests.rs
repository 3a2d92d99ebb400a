//! What still says a thing, and what does not. Nobody here is real.

use super::*;
use crate::incident::{DraftFinding, DraftSource};
use proptest::prelude::*;

fn place(original: &str, wider: &str) -> Blurred {
    Blurred::new("place_name", original, &How::Wider(wider.to_owned())).unwrap()
}

fn person(original: &str) -> Blurred {
    Blurred::new("persons.0.name", original, &How::Role).unwrap()
}

fn day(how: &How) -> Blurred {
    Blurred::new("start", "2016-07-19", how).unwrap()
}

fn says(blurred: &Blurred, texts: &[&str]) {
    texts.iter().for_each(|text| assert!(blurred.is_said_by(text), "{text}"));
}

fn is_silent(blurred: &Blurred, texts: &[&str]) {
    texts.iter().for_each(|text| assert!(!blurred.is_said_by(text), "{text}"));
}

#[test]
fn a_place_is_found_in_any_case_and_with_or_without_marks_and_in_addresses() {
    let blurred = place("Lagártia do Norte, Samplia Province", "Samplia Province");
    says(
        &blurred,
        &[
            "A court in LAGARTIA DO NORTE ordered it.",
            "https://news.example/2016/lagartia-do-norte-blocked.html",
            "https://news.example/lag%C3%A1rtia%20do%20norte",
            "order_lagartia_do_norte.pdf",
            "lagartiadonorte.jpg",
        ],
    );
    is_silent(&blurred, &["A court in Samplia Province", "Lagártia do Sul", "", "do Norte"]);
    says(&place("بورتو", ""), &["في ببورتو أمس"]);
}

#[test]
fn a_day_is_found_in_the_spellings_that_people_use() {
    let month = day(&How::Month);
    assert_eq!(month.shown(), "2016-07");
    says(
        &month,
        &[
            "2016-07-19",
            "2016-07-19T10:00",
            "/2016/07/19/",
            "20160719",
            "19 July 2016",
            "July 19, 2016",
            "the 19th of July",
            "19.07.2016",
            "7/19/2016",
            "19/7/2016",
            "19 jul",
            "19 juillet",
            "19 de julio de 2016",
            "19 يوليو",
        ],
    );
    is_silent(&month, &["July 2016", "2016-07", "18 July 2016", "119 July", "2016", "It may be 19."]);
    let year = day(&How::Year);
    says(&year, &["19 July 2016", "in July 2016", "2016-07", "07/2016", "July", "juillet 2016"]);
    is_silent(&year, &["2016", "June 2016", "2016-08"]);
    assert_eq!(Blurred::new("end", "2016-05", &How::Year).unwrap().shown(), "2016");
}

#[test]
fn a_person_is_found_by_the_whole_name_the_last_and_in_addresses() {
    let blurred = person("Mira Fictícia");
    says(
        &blurred,
        &["Mira Ficticia was charged", "FICTICIA, Mira", "/mira-ficticia/", "mirafictícia", "Ms Fictícia"],
    );
    is_silent(&blurred, &["A journalist was charged", "Mira", "fictional"]);
    assert_eq!(blurred.shown(), "");
}

#[test]
fn what_is_not_less_exact_is_refused() {
    for (field, original, how) in [
        ("place_name", "Lagártia", How::Wider("lagartia".into())),
        ("place_name", "Lagártia", How::Wider("near Lagártia".into())),
        ("start", "2016-07", How::Month),
        ("start", "2016", How::Year),
    ] {
        assert_eq!(
            Blurred::new(field, original, &how).err(),
            Some(Problem::NotLessExact),
            "{original} {how:?}"
        );
    }
    assert_eq!(Blurred::new("place_name", " ", &How::Wider(String::new())).err(), Some(Problem::Missing));
    for (field, how) in [("title", How::Role), ("start", How::Role), ("persons.0.name", How::Month)] {
        assert!(matches!(Blurred::new(field, "2016-07-19", &how), Err(Problem::NotInList { .. })), "{field}");
    }
}

#[test]
fn every_public_text_of_a_draft_is_looked_at_and_the_desks_own_reason_is_not() {
    let draft = Draft {
        title: "Blocked in Lagártia".into(),
        narrative: "A court ordered it. It was lifted.".into(),
        naming_reason: "Lagártia agreed.".into(),
        sources: vec![DraftSource { url: "https://x.example/lagartia".into(), ..DraftSource::default() }],
        findings: vec![DraftFinding { quotation: "“in Lagartia”".into(), ..DraftFinding::default() }],
        ..Draft::default()
    };
    let said: Vec<String> =
        place("Lagártia", "").said_in(&draft).into_iter().map(|(field, _)| field).collect();
    assert_eq!(said, ["findings.0.quotation", "sources.0.url", "title"]);
}

proptest! {
    #[test]
    fn whatever_surrounds_it_the_original_is_found(name in "[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}", before in "[^a-z0-9]{0,9}") {
        let blurred = person(&name);
        let text = format!("{before} {name}, {before}");
        prop_assert!(blurred.is_said_by(&text));
        prop_assert!(blurred.is_said_by(&text.to_uppercase()));
    }

    #[test]
    fn no_text_is_too_odd_to_be_looked_at(text in "\\PC{0,60}") {
        prop_assert!(!day(&How::Year).is_said_by("") );
        let _ = (place(&format!("x{text}"), "").is_said_by(&text), day(&How::Month).is_said_by(&text));
    }
}
