//! A made-up world for the page tests: none of its states, treaties or cases exists.

use app::context::PageContext;
use app::pages::country::Facts;
use app::reading::Reading;
use app::words::names::Names;
use domain::PartialDate;
use domain::country::{Country, CountryKind};
use domain::day::DayBounds;
use domain::incident::{
    Actor, ActorRole, Analysis, Attribution, AuthorityKind, Bearing, CommentSought, Incident, Justification,
    Kind, Particulars, Provenance, Source, Strength, TreatyLink, Way,
};
use domain::indicator::{Direction, Indicator, Observation};
use domain::standing::Groups;
use domain::treaty::{
    ActionKind, Effect, EffectRule, InForce, InstrumentKind, ListReach, OpenTo, Treaty, TreatyAction,
};
use store::record::{IncidentLine, PublicIncident, Release};
use text::{Language, Text};

/// The day of every answer.
pub(crate) const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// What a page is rendered with: English, edition 3 of 3.
pub(crate) fn context(path: &str) -> PageContext {
    PageContext {
        text: Text::new(Language::English),
        public_url: "http://localhost:3000".to_owned(),
        today: TODAY,
        edition: 3,
        head: 3,
        is_live: true,
        path: path.to_owned(),
        css: Some("site.css".to_owned()),
        signed_in: false,
        operator: None,
        read_only: false,
    }
}

/// A state with a long name in a script that runs from right to left.
pub(crate) fn country(code: &str, name: &str) -> Country {
    Country {
        code: code.parse().unwrap(),
        alpha2: None,
        name: name.to_owned(),
        kind: CountryKind::State,
        region: Some("Nowhere".to_owned()),
        sub_region: Some("Nowhere at all".to_owned()),
        existed_from: None,
        existed_to: None,
        administered_by: None,
        aliases: Vec::new(),
        source: String::new(),
    }
}

/// A treaty opened in 2001, in force since 2004, whose list is complete to nowhere.
pub(crate) fn treaty(slug: &str, title: &str) -> Treaty {
    Treaty {
        slug: slug.parse().unwrap(),
        official_title: format!("A treaty that does not exist: {title}"),
        short_title: title.to_owned(),
        kind: InstrumentKind::Treaty,
        depositary: None,
        adopted: Some(date("2001-01-01")),
        opened: Some(date("2001-02-01")),
        opened_place: None,
        open_until: None,
        open_to: OpenTo::AllStates,
        open_to_words: String::new(),
        entry_into_force_rule: String::new(),
        in_force: InForce::Since(jiff::civil::date(2004, 1, 1)),
        effect_rule: EffectRule::Days(30),
        effect_words: String::new(),
        denunciation_rule: EffectRule::Unknown,
        denunciation_words: String::new(),
        languages: Vec::new(),
        text_url: None,
        rules_checked: false,
        checked_on: None,
        parties_count: None,
        list: ListReach::default(),
        source_url: String::new(),
        note: String::new(),
    }
}

/// An accession with its day of effect.
pub(crate) fn accession(
    country: &str,
    treaty: &str,
    done: jiff::civil::Date,
    effect: jiff::civil::Date,
) -> TreatyAction {
    TreatyAction {
        treaty: treaty.parse().unwrap(),
        country: country.parse().unwrap(),
        kind: ActionKind::Accession,
        done: DayBounds::on(done),
        effect: Effect::Recorded(DayBounds::on(effect)),
        again: false,
        through: None,
        checked: true,
        checked_on: None,
        provisions: String::new(),
        text: String::new(),
        source_url: "https://depositary.example/list".to_owned(),
        source_title: "A list".to_owned(),
        seen_as_of: String::new(),
        learned: Some(TODAY),
        used: true,
        note: String::new(),
    }
}

/// An incident of alleged misuse in `place`, for which `answerable` is said to be answerable.
pub(crate) fn incident(title: &str, place: &str, answerable: Option<&str>, start: &str) -> Incident {
    Incident {
        title: title.to_owned(),
        places: vec![place.parse().unwrap()],
        place_name: String::new(),
        kind: Kind::PlatformBlocking,
        bearing: Bearing::AllegedMisuse,
        start: date(start),
        end: None,
        ongoing: None,
        actors: vec![Actor {
            role: ActorRole::Ordered,
            state: answerable.map(|code| code.parse().unwrap()),
            attribution: if answerable.is_some() {
                Attribution::Attributed
            } else {
                Attribution::NotEstablished
            },
            name: String::new(),
        }],
        authority_kind: AuthorityKind::Unknown,
        authority: String::new(),
        decision: String::new(),
        law: String::new(),
        article: String::new(),
        justification: Justification::NoneFound,
        documented_cause: String::new(),
        stance: None,
        contexts: Vec::new(),
        services: vec!["A messenger".to_owned()],
        networks: Vec::new(),
        people_affected: String::new(),
        outcome: String::new(),
        narrative: "Nothing of this happened.\n\nNot even this.".to_owned(),
        language: "en".to_owned(),
        sources: vec![Source {
            url: "https://news.example/a?b=c&d=e".to_owned(),
            title: String::new(),
            kind: None,
            published: None,
            first_published_by: String::new(),
        }],
        transnational: false,
        series: String::new(),
        related: Vec::new(),
        naming: None,
        comment: CommentSought::NotRecorded,
        provenance: Provenance::Desk,
        analysis: Analysis::default(),
        particulars: Particulars::default(),
    }
}

/// A link to a power of the first treaty's kind.
pub(crate) fn same_power() -> TreatyLink {
    TreatyLink {
        treaty: "budapest".parse().unwrap(),
        provision: "21".parse().unwrap(),
        way: Way::SamePower,
        strength: Strength::Inference,
        said_by: "An organisation".to_owned(),
        reason: "Because.".to_owned(),
        source_url: String::new(),
    }
}

/// An indicator with one value.
pub(crate) fn observed(country: &str, year: i16) -> (Release, Vec<Observation>) {
    let indicator = Indicator {
        code: "made-up".to_owned(),
        name: "Made-up index".to_owned(),
        publisher: "Nobody".to_owned(),
        unit: "index".to_owned(),
        scale_low: Some(0.0),
        scale_high: Some(1.0),
        direction: Direction::HigherIsFreer,
        method: String::new(),
        licence: "CC BY 4.0".to_owned(),
        licence_url: String::new(),
        attribution: String::new(),
        release: "1".to_owned(),
        newer_release: String::new(),
        interval: String::new(),
        breaks: Vec::new(),
        source_url: String::new(),
    };
    let value = Observation { country: country.parse().unwrap(), year, value: 0.5, low: None, high: None };
    (Release { indicator, id: "1".to_owned(), hash: "0".repeat(64), edition_from: 1 }, vec![value])
}

/// A line of a list.
pub(crate) fn line(reference: &str, incident: Incident) -> IncidentLine {
    IncidentLine { reference: reference.to_owned(), incident, edition_from: 1, is_disputed: false }
}

/// A published incident.
pub(crate) fn public(reference: &str, incident: Incident) -> PublicIncident {
    PublicIncident {
        reference: reference.to_owned(),
        incident,
        json: String::new(),
        content_hash: "0".repeat(64),
        hash_before: None,
        edition_from: 1,
        withheld_fields: Vec::new(),
        evidence: Vec::new(),
        replies: Vec::new(),
        dispute: None,
        history: Vec::new(),
    }
}

/// Two states, three treaties.
pub(crate) fn reading() -> Reading {
    let countries = vec![
        country("ZZA", "دولة لا وجود لها على الإطلاق ذات اسم طويل جدا"),
        country("ZZB", "Nowhereland <b>& Elsewhere"),
    ];
    Reading {
        names: Names::new(&countries),
        countries,
        treaties: vec![
            treaty("budapest", "First Treaty (of Nowhere)"),
            treaty("iccpr", "Covenant"),
            treaty("un-cybercrime", "Third Treaty"),
        ],
        groups: Groups::default(),
    }
}

/// A country's facts: party to the first treaty since 1 March 2023, with these incidents.
pub(crate) fn facts(code: &str, incidents: Vec<IncidentLine>) -> Facts {
    let reading = reading();
    let (done, effect) = (jiff::civil::date(2022, 11, 30), jiff::civil::date(2023, 3, 1));
    Facts {
        country: reading.country(code.parse().unwrap()).unwrap().clone(),
        actions: vec![accession(code, "budapest", done, effect)],
        incidents,
        coverage: Vec::new(),
        observed: Vec::new(),
        reading,
    }
}

/// A date as people write it.
pub(crate) fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}
