//! Drafts of any kind, and drafts that are incidents.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::Value;

use super::super::*;

/// A line of anything, which may be empty and have spaces around it.
fn line() -> impl Strategy<Value = String> {
    "\\PC{0,30}"
}

fn some_line() -> impl Strategy<Value = String> {
    "[\\p{L}\\p{N}]\\PC{0,30}"
}

fn paragraph() -> impl Strategy<Value = String> {
    "[\\PC\n\t]{0,60}"
}

fn slug<T: Copy + std::fmt::Debug + 'static>(
    all: &'static [T],
    slug: fn(T) -> &'static str,
) -> BoxedStrategy<String> {
    select(all).prop_map(move |value| slug(value).to_owned()).boxed()
}

fn or_nothing(strategy: BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop_oneof![Just(String::new()), strategy].boxed()
}

fn a_date() -> BoxedStrategy<String> {
    (1990..2026i16, 1..=12i8, 1..=28i8, 0..3)
        .prop_map(|(year, month, day, precision)| match precision {
            0 => format!("{year}"),
            1 => format!("{year}-{month:02}"),
            _ => format!("{year}-{month}-{day:02}"),
        })
        .boxed()
}

fn url() -> BoxedStrategy<String> {
    "https?://[a-z]{1,8}\\.example/[a-z0-9?=&#%]{0,12}".boxed()
}

fn yes_no() -> BoxedStrategy<String> {
    select(vec!["", "yes", "no"]).prop_map(str::to_owned).boxed()
}

fn country() -> BoxedStrategy<String> {
    select(vec!["XEX", "examplia", " Samplia ", "sâmplia", "Quotia"]).prop_map(str::to_owned).boxed()
}

fn actors() -> impl Strategy<Value = Vec<DraftActor>> {
    let actor = (
        slug(ActorRole::ALL, ActorRole::slug),
        or_nothing(country()),
        slug(Attribution::ALL, Attribution::slug),
        line(),
    );
    vec(
        actor.prop_map(|(role, state, attribution, name)| DraftActor { role, state, attribution, name }),
        1..4,
    )
}

/// At least two, by two publishers, so that every naming rule is satisfied.
fn sources() -> impl Strategy<Value = Vec<DraftSource>> {
    let source = (
        or_nothing(url()),
        some_line(),
        or_nothing(slug(SourceKind::ALL, SourceKind::slug)),
        or_nothing(a_date()),
        line(),
    );
    let source = source.prop_map(|(url, title, kind, published, first_published_by)| DraftSource {
        url,
        title,
        kind,
        published,
        first_published_by,
    });
    vec(source, 0..3).prop_map(|others| {
        let by = |url: &str, publisher: &str| DraftSource {
            url: url.to_owned(),
            first_published_by: publisher.to_owned(),
            ..DraftSource::default()
        };
        let two = [by("https://a.example", "Example Herald"), by("https://b.example", "Sample Post")];
        two.into_iter().chain(others).collect()
    })
}

fn links() -> impl Strategy<Value = Vec<DraftLink>> {
    let link = (
        "[a-z0-9-]{1,20}",
        "[1-9][0-9]?(\\([0-9]\\))?",
        slug(Way::ALL, Way::slug),
        slug(Strength::ALL, Strength::slug),
        some_line(),
        paragraph(),
        or_nothing(url()),
    );
    let link = link.prop_map(|(treaty, provision, way, strength, said_by, reason, source_url)| {
        let link = DraftLink { treaty, provision, way, strength, said_by, reason, source_url };
        if link.way != Way::ReliedOn.slug() {
            return link;
        }
        let source_url = "https://example.org/official".to_owned();
        DraftLink { strength: Strength::OfficialText.slug().to_owned(), source_url, ..link }
    });
    vec(link, 0..3)
}

fn findings() -> impl Strategy<Value = Vec<DraftFinding>> {
    let finding = (
        some_line(),
        slug(FindingKind::ALL, FindingKind::slug),
        or_nothing(a_date()),
        line(),
        line(),
        some_line(),
        paragraph(),
        or_nothing(url()),
    );
    let finding =
        finding.prop_map(|(body, kind, date, reference, provision, result, quotation, source_url)| {
            DraftFinding { body, kind, date, reference, provision, result, quotation, source_url }
        });
    vec(finding, 0..3)
}

fn assessments() -> impl Strategy<Value = Vec<DraftAssessment>> {
    let part = || {
        (some_line(), slug(PartOutcome::ALL, PartOutcome::slug), paragraph())
            .prop_map(|(name, outcome, reason)| DraftPart { name, outcome, reason })
    };
    let by = || (some_line(), or_nothing(a_date()));
    let none_fits = (some_line(), vec(part(), 0..3), by()).prop_map(|(other_right, parts, (by, date))| {
        DraftAssessment { right: RightTest::NONE_FITS.to_owned(), other_right, parts, by, date }
    });
    let tested = (select(RightTest::ALL.to_vec()), vec(part(), 4), by());
    let tested = tested.prop_map(|(test, parts, (by, date))| {
        let named = |(name, part): (&&str, DraftPart)| DraftPart { name: (*name).to_owned(), ..part };
        let parts = test.parts().iter().zip(parts).map(named).collect();
        DraftAssessment { right: test.slug().to_owned(), other_right: String::new(), parts, by, date }
    });
    vec(prop_oneof![none_fits, tested], 0..3)
}

fn factors() -> impl Strategy<Value = Vec<DraftFactor>> {
    let factor = (slug(FactorKind::ALL, FactorKind::slug), some_line(), paragraph(), or_nothing(url()));
    let factor = factor.prop_map(|(kind, alleged_by, reason, source_url)| DraftFactor {
        kind,
        basis: FactorBasis::Alleged.slug().to_owned(),
        alleged_by,
        reason,
        source_url,
    });
    vec(factor, 0..3)
}

/// The fields that only some kinds have. A start without a day takes no time, and names need a naming rule.
fn particulars() -> impl Strategy<Value = Draft> {
    let person = (slug(PersonRole::ALL, PersonRole::slug), select(vec!["", "1", "250"]))
        .prop_map(|(role, number)| DraftPerson { role, number: number.to_owned(), name: String::new() });
    let stage = (slug(StageKind::ALL, StageKind::slug), or_nothing(a_date()), paragraph())
        .prop_map(|(stage, date, note)| DraftStage { stage, date, note });
    let lists = (
        or_nothing(slug(Extent::ALL, Extent::slug)),
        or_nothing(slug(Channel::ALL, Channel::slug)),
        paragraph(),
        paragraph(),
    );
    let sides = (or_nothing(country()), line(), or_nothing(country()), line(), line());
    let some =
        (lists, sides, vec(person, 0..3), vec(stage, 0..3)).prop_map(|(lists, sides, persons, stages)| {
            let (extent, channel, aimed_at, targets) = lists;
            let (requesting_state, requesting_authority, requested_state, requested_authority, provider) =
                sides;
            Draft {
                extent,
                channel,
                aimed_at,
                targets,
                requesting_state,
                requesting_authority,
                requested_state,
                requested_authority,
                provider,
                persons,
                stages,
                ..Draft::default()
            }
        });
    prop_oneof![Just(Draft::default()), some]
}

/// Drafts that are incidents.
pub(crate) fn whole_draft() -> impl Strategy<Value = Draft> {
    let what = (
        (some_line(), vec(country(), 1..4), line(), a_date(), any::<bool>(), yes_no()),
        slug(Kind::ALL, Kind::slug),
        slug(Bearing::ALL, Bearing::slug),
        (slug(AuthorityKind::ALL, AuthorityKind::slug), paragraph(), paragraph(), paragraph(), paragraph()),
        (or_nothing(slug(Stance::ALL, Stance::slug)), subsequence(Context::ALL.to_vec(), 0..4)),
        (paragraph(), paragraph(), paragraph(), paragraph(), paragraph(), line(), paragraph()),
        paragraph().prop_map(|text| format!("{text} It was ordered. It was lifted.")),
        (select(vec!["", "en", "pt-BR"]), yes_no()),
    );
    let who = (actors(), sources(), slug(NamingRule::ALL, NamingRule::slug), some_line());
    let said = (or_nothing(some_line().boxed()), any::<bool>(), a_date(), paragraph(), any::<bool>());
    let meant = (links(), findings(), assessments(), factors());
    (what, who, said, meant, particulars()).prop_map(|(what, who, said, meant, some)| {
        let (
            first,
            kind,
            bearing,
            authority,
            (stance, contexts),
            texts,
            narrative,
            (language, transnational),
        ) = what;
        let (title, places, place_name, start, has_end, ongoing) = first;
        let (authority_kind, authority, decision, law, article) = authority;
        let (documented_cause, services, networks, people_affected, outcome, series, related) = texts;
        let (actors, sources, naming, naming_reason) = who;
        let (justification, asked, when, comment, starter) = said;
        let (links, findings, assessments, factors) = meant;
        let first_is_a_day = !some.extent.is_empty() && start.len() > 7;
        Draft {
            end: if has_end { start.clone() } else { String::new() },
            no_justification_found: if justification.is_empty() { "yes".to_owned() } else { String::new() },
            comment_from: if asked { "The ministry".to_owned() } else { String::new() },
            comment_when: when,
            comment_not_asked: if asked { String::new() } else { format!("Because {comment}") },
            comment_answer: comment,
            provenance: if starter { Provenance::Starter } else { Provenance::Desk },
            contexts: contexts.into_iter().map(|c| c.slug().to_owned()).collect(),
            language: language.to_owned(),
            title,
            places,
            place_name,
            kind,
            bearing,
            start,
            ongoing,
            actors,
            authority_kind,
            authority,
            decision,
            law,
            article,
            justification,
            documented_cause,
            stance,
            services,
            networks,
            people_affected,
            outcome,
            narrative,
            sources,
            transnational,
            series,
            related,
            naming,
            naming_reason,
            links,
            findings,
            assessments,
            factors,
            start_time: if first_is_a_day { "06:30".to_owned() } else { String::new() },
            ..some
        }
    })
}

/// Drafts of any kind: whole ones in which some fields were replaced by anything.
pub(crate) fn any_draft() -> impl Strategy<Value = Draft> {
    let odd = [
        "",
        " ",
        "2016-02-31",
        "9999-12-31",
        "0001-01-01",
        "-1",
        "2016-",
        "yes",
        "finding",
        "nobody-named",
        "two-outlets",
        "two-analyses",
        "intent-to-silence",
        "https://",
        "http://.",
        "://",
        "Zanzibaria",
        "\u{0}",
        "\r",
        "\u{feff}",
        "\u{202e}",
        "ﷺ",
        "(",
        "19(3)",
    ];
    let anything = prop_oneof![
        3 => select(odd.to_vec()).prop_map(str::to_owned),
        2 => any::<String>(),
        1 => (1..30_000usize).prop_map(|length| "é".repeat(length)),
    ];
    (whole_draft(), vec((any::<Index>(), anything), 0..12)).prop_map(|(draft, changes)| {
        let mut value = serde_json::to_value(draft).unwrap();
        for (at, text) in changes {
            let mut places = Vec::new();
            texts_in(&value, String::new(), &mut places);
            let place = &places[at.index(places.len())];
            *value.pointer_mut(place).unwrap() = Value::String(text);
        }
        serde_json::from_value(value).unwrap()
    })
}

/// Where the texts of a draft are, save the one that no person types.
fn texts_in(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) if path != "/provenance" => found.push(path),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| texts_in(item, format!("{path}/{i}"), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, field)| texts_in(field, format!("{path}/{key}"), found));
        }
        _ => {}
    }
}
