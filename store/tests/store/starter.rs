//! The starter record: one act, one edition, on an empty record only; and what is read back is what was loaded.

use domain::incident::{Draft, Kind, Provenance};
use domain::indicator::{Coverage, Direction, Extent, Indicator, Observation};
use domain::treaty::{
    ActionKind, Effect, EffectRule, GroupMember, InForce, InstrumentKind, ListReach, OpenTo, Provision,
    Treaty, TreatyAction,
};
use domain::{Day, DayBounds};
use store::StoreError;
use store::record::{Cause, IncidentFilter};
use store::starter::{Starter, StarterIncident};

use super::support::{FOR_SUBMITTING, People, TODAY, at, countries, each_engine, fields, published};
use super::thread::{assert_editions_without_gaps, live, shown};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn treaty(slug: &str) -> Treaty {
    Treaty {
        slug: slug.parse().unwrap(),
        official_title: format!("Convention of {slug}"),
        short_title: slug.to_owned(),
        kind: InstrumentKind::Treaty,
        depositary: None,
        adopted: "1999-11".parse().ok(),
        opened: None,
        opened_place: None,
        open_until: None,
        open_to: OpenTo::Members("FS".to_owned()),
        open_to_words: String::new(),
        entry_into_force_rule: String::new(),
        in_force: InForce::Since(day("2001-01-01")),
        effect_rule: EffectRule::MonthFirstAfter(3),
        effect_words: String::new(),
        denunciation_rule: EffectRule::Unknown,
        denunciation_words: String::new(),
        languages: vec!["Freedonian".to_owned()],
        text_url: None,
        rules_checked: false,
        checked_on: None,
        parties_count: None,
        list: ListReach { joining_complete_to: Some(day("2020-01-01")), ..ListReach::default() },
        source_url: String::new(),
        note: String::new(),
    }
}

fn provision(treaty: &str, number: &str) -> Provision {
    Provision {
        treaty: treaty.parse().unwrap(),
        number: number.parse().unwrap(),
        heading: format!("Provision {number}"),
        heading_is_ours: true,
        topics: vec!["safeguards".to_owned()],
        binding_words: String::new(),
        checked: false,
        checked_on: None,
        source_url: String::new(),
        note: String::new(),
    }
}

pub(crate) fn action(treaty: &str, country: &str, kind: ActionKind, done: &str) -> TreatyAction {
    TreatyAction {
        treaty: treaty.parse().unwrap(),
        country: country.parse().unwrap(),
        kind,
        done: DayBounds::on(day(done)),
        effect: Effect::NotRecorded,
        again: false,
        through: None,
        checked: true,
        checked_on: None,
        provisions: String::new(),
        text: String::new(),
        source_url: String::new(),
        source_title: String::new(),
        seen_as_of: String::new(),
        learned: None,
        used: true,
        note: String::new(),
    }
}

fn observation(country: &str, year: i16, value: f64, bounds: Option<(f64, f64)>) -> Observation {
    let (low, high) = (bounds.map(|b| b.0), bounds.map(|b| b.1));
    Observation { country: country.parse().unwrap(), year, value, low, high }
}

fn indicator() -> Indicator {
    Indicator {
        code: "made-up-freedom".to_owned(),
        name: "Made-up freedom".to_owned(),
        publisher: "Nobody".to_owned(),
        unit: String::new(),
        scale_low: Some(0.0),
        scale_high: None,
        direction: Direction::HigherIsFreer,
        method: String::new(),
        licence: String::new(),
        licence_url: String::new(),
        attribution: String::new(),
        release: "1".to_owned(),
        newer_release: String::new(),
        interval: String::new(),
        breaks: vec![2001],
        source_url: String::new(),
    }
}

fn incident() -> StarterIncident {
    let draft = Draft { provenance: Provenance::Starter, ..Draft::default() };
    let mut typed = fields(FOR_SUBMITTING);
    typed.extend(fields(&[
        ("title", "From elsewhere"),
        ("bearing", "comparison"),
        ("authority_kind", "unknown"),
    ]));
    let draft = domain::form::parse(domain::form::Form::Case, &draft, &typed).unwrap();
    let gazetteer = domain::country::Gazetteer::new(&countries());
    let incident = draft.check(&gazetteer, TODAY).unwrap();
    StarterIncident { key: "fictional-one".to_owned(), draft, incident }
}

pub(crate) fn starter() -> Starter {
    Starter {
        countries: countries(),
        treaties: vec![treaty("zeta"), treaty("alpha")],
        groups: vec![GroupMember {
            group: "FS".to_owned(),
            country: "XFR".parse().unwrap(),
            from: Some(day("1990-01-01")),
            to: None,
            checked: false,
            checked_on: None,
            source: String::new(),
        }],
        provisions: vec![provision("zeta", "10"), provision("zeta", "2(1)"), provision("alpha", "10")],
        actions: vec![
            action("zeta", "XSY", ActionKind::Signature, "2000-02-29"),
            action("zeta", "XFR", ActionKind::Ratification, "2002-01-31"),
            action("alpha", "XFR", ActionKind::Accession, "2003-01-01"),
        ],
        incidents: vec![incident()],
        // Whole numbers beside others, negative ones, and no interval beside one: columns of every shape.
        indicators: vec![(
            indicator(),
            vec![
                observation("XFR", 2000, 1.0, None),
                observation("XFR", 2001, 0.0, Some((0.0, 1.0))),
                observation("XFR", 2002, -2.5, Some((-3.0, -2.000_000_000_1))),
                observation("XSY", 2000, 0.1 + 0.2, None),
            ],
        )],
        coverage: vec![Coverage {
            source: "Nobody".to_owned(),
            countries: vec!["XFR".parse().unwrap()],
            kinds: vec![Kind::Throttling],
            from: "2015".parse().ok(),
            to: None,
            extent: Extent::Examples,
            note: String::new(),
        }],
    }
}

#[tokio::test]
async fn the_starter_record_is_loaded_once_and_reads_back_as_it_was() {
    each_engine("the_starter_record_is_loaded_once_and_reads_back_as_it_was", async |world| {
        let (store, starter) = (&world.store, starter());
        assert!(store.record_is_empty().await.unwrap());
        assert_eq!(store.load_starter(&starter, at(0)).await.unwrap(), 1);
        assert!(!store.record_is_empty().await.unwrap());

        let record = live(world).await;
        assert_eq!(record.countries().await.unwrap(), starter.countries);
        assert_eq!(record.country("XSY".parse().unwrap()).await.unwrap().as_ref(), starter.countries.get(1));
        assert_eq!(record.country("XXX".parse().unwrap()).await.unwrap(), None);
        assert_eq!(record.treaties().await.unwrap(), starter.treaties, "in the order given");
        assert_eq!(record.treaty("alpha").await.unwrap().as_ref(), starter.treaties.get(1));
        assert_eq!(record.provisions("zeta").await.unwrap(), starter.provisions[..2]);
        assert_eq!(record.actions_under_treaty("zeta").await.unwrap(), starter.actions[..2]);
        let freedonia = "XFR".parse().unwrap();
        assert_eq!(record.actions_of_country(freedonia).await.unwrap(), starter.actions[1..]);
        let groups = record.groups().await.unwrap();
        assert_eq!(groups.admits(&starter.treaties[0], freedonia, TODAY), Some(true));
        assert_eq!(record.coverage().await.unwrap(), starter.coverage);

        let releases = record.indicators().await.unwrap();
        assert_eq!((releases.len(), releases[0].edition_from), (1, 1));
        assert_eq!(releases[0].indicator, starter.indicators[0].0);
        let observations = &starter.indicators[0].1;
        assert_eq!(&record.observations(&releases[0].id, &[]).await.unwrap(), observations);
        assert_eq!(record.observations(&releases[0].id, &[freedonia]).await.unwrap(), observations[..3]);

        let lines = record.incidents(&IncidentFilter::default()).await.unwrap();
        assert_eq!((lines.len(), lines[0].reference.as_str()), (1, "TW-2016-0001"));
        let public = shown(&record, "TW-2016-0001").await;
        assert_eq!(public.incident, starter.incidents[0].incident);
        assert_eq!(public.incident.provenance, Provenance::Starter);
        let editions = record.editions(None, 50).await.unwrap();
        assert_eq!((editions.len(), editions[0].cause), (1, Cause::Starter));
        assert_eq!((&editions[0].reference, &editions[0].title), (&None, &None));
        assert!(store.sign_in("starter-record").await.unwrap().is_none(), "nobody signs in as it");
    })
    .await;
}

#[tokio::test]
async fn a_second_load_is_refused_and_changes_nothing() {
    each_engine("a_second_load_is_refused_and_changes_nothing", async |world| {
        let store = &world.store;
        store.load_starter(&starter(), at(0)).await.unwrap();
        let before = (world.dump("record_").await, world.dump("desk_").await);
        let again = store.load_starter(&starter(), at(1)).await;
        assert!(matches!(again, Err(StoreError::RecordNotEmpty)), "{again:?}");
        assert_eq!((world.dump("record_").await, world.dump("desk_").await), before);
        // Work goes on above it.
        let people = People::join(store).await;
        let (_, given) = published(store, &people).await;
        assert_eq!((given.reference.as_str(), given.edition), ("TW-2016-0002", 2));
        assert_editions_without_gaps(world).await;
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_record_with_anything_in_it_takes_no_starter() {
    each_engine("a_record_with_anything_in_it_takes_no_starter", async |world| {
        let people = People::join(&world.store).await;
        published(&world.store, &people).await;
        let refused = world.store.load_starter(&starter(), at(9)).await;
        assert!(matches!(refused, Err(StoreError::RecordNotEmpty)), "{refused:?}");
        assert_eq!(world.store.head().await.unwrap().edition, 1);
    })
    .await;
}
