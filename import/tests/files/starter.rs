//! The project's own files: every row is taken, and what they say holds together.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::starter_record;
use domain::country::{CountryCode, CountryKind, Gazetteer};
use domain::fact::{self, Fact, Known, Shape, fields_of};
use domain::fold;
use domain::incident::OnRecord;
use domain::standing::Groups;
use domain::standing::unsettle;
use domain::treaty::{ActionKind, Effect, Library, OpenTo};
use import::Refusal;

#[test]
fn every_row_of_every_file_is_taken() {
    let record = starter_record();
    for report in &record.files {
        let refused: Vec<_> = report.refused.iter().filter(|r| !names_no_country(&report.file, r)).collect();
        assert!(refused.is_empty(), "{}: {refused:#?}", report.file);
        assert!(report.held.is_empty(), "{}: {:#?}", report.file, report.held);
        assert!(report.accepted > 0, "{} is empty", report.file);
    }
    assert_eq!(record.countries.len(), 263);
    assert_eq!(record.treaties.len(), 15);
    let without_country: usize =
        record.files.iter().filter(|f| f.file == "incidents.csv").map(|f| f.refused.len()).sum();
    assert_eq!(record.incidents.len() + without_country, 124);
    assert!(without_country <= 2, "only the two Interpol notices name no country where people were affected");
}

/// Two incidents affected people in several countries that no source names, so their cell is empty; whether such a case may
/// be published is for the domain to say, not for the reader.
fn names_no_country(file: &str, refusal: &Refusal) -> bool {
    file == "incidents.csv" && refusal.column == "place_iso3" && refusal.reason.code() == "missing"
}

#[test]
fn states_are_the_members_of_the_united_nations_and_its_two_observers() {
    let record = starter_record();
    let states: BTreeSet<_> =
        record.countries.iter().filter(|c| c.kind == CountryKind::State).map(|c| c.code).collect();
    let mut members: BTreeSet<_> =
        record.groups.iter().filter(|m| m.group == "UN").map(|m| m.country).collect();
    assert_eq!(members.len(), 193);
    members.extend(["VAT", "PSE"].map(|code| code.parse::<CountryCode>().unwrap()));
    assert_eq!(states, members);
}

#[test]
fn no_spelling_names_two_countries() {
    let record = starter_record();
    let mut owner = BTreeMap::new();
    for country in &record.countries {
        let own =
            [country.code.to_string(), country.alpha2.clone().unwrap_or_default(), country.name.clone()];
        let spellings: BTreeSet<String> =
            own.iter().chain(&country.aliases).map(|s| fold::words(s).join(" ")).collect();
        for spelling in spellings.into_iter().filter(|s| !s.is_empty()) {
            if let Some(other) = owner.insert(spelling.clone(), country.code) {
                panic!("{spelling}: {other} and {}", country.code);
            }
        }
    }
}

#[test]
fn territories_are_administered_by_states_that_are_on_record() {
    let record = starter_record();
    let states: BTreeSet<_> =
        record.countries.iter().filter(|c| c.kind == CountryKind::State).map(|c| c.code).collect();
    for country in &record.countries {
        if let Some(state) = country.administered_by {
            assert!(states.contains(&state), "{} is administered by {state}", country.code);
        }
    }
}

#[test]
fn one_checked_act_of_a_kind_is_used_for_each_state_and_treaty() {
    let record = starter_record();
    let mut used = BTreeSet::new();
    for action in record.actions.iter().filter(|a| a.used) {
        let once = match action.kind {
            kind if kind.is_consent() => "consent",
            ActionKind::Signature => "signature",
            ActionKind::EntryIntoForce => "entry into force",
            ActionKind::Denunciation => "denunciation",
            _ => continue,
        };
        let key = (action.treaty.clone(), action.country, action.checked, once);
        assert!(used.insert(key.clone()), "twice: {key:?}");
    }
}

#[test]
fn a_row_that_is_not_used_says_why_and_an_unchecked_one_is_never_put_aside_for_a_vaguer_one() {
    let record = starter_record();
    for action in &record.actions {
        assert!(action.used || !action.note.is_empty(), "{action:?}");
        assert!(!action.source_url.is_empty() || !action.source_title.is_empty(), "{action:?}");
        let merged = action.kind == ActionKind::EntryIntoForce;
        assert!(action.used || action.checked || merged, "{action:?}");
    }
}

#[test]
fn a_recorded_day_of_effect_agrees_with_the_treaty_s_rule_where_both_days_are_known() {
    let record = starter_record();
    for treaty in &record.treaties {
        for action in
            record.actions.iter().filter(|a| a.used && a.treaty == treaty.slug && a.kind.is_consent())
        {
            let (Some(done), Effect::Recorded(effect) | Effect::FromEntry(effect)) =
                (action.done.exact(), action.effect)
            else {
                continue;
            };
            let (Some(effect), false) = (effect.exact(), action.kind == ActionKind::Succession) else {
                continue;
            };
            let domain::treaty::InForce::Since(start) = treaty.in_force else { continue };
            let by_rule = treaty.effect_rule.effect_of(done).map(|day| day.max(start));
            assert_eq!(by_rule, Some(effect), "{} {} {done}", treaty.slug, action.country);
        }
    }
}

#[test]
fn every_group_that_a_treaty_is_open_to_has_members() {
    let record = starter_record();
    for treaty in &record.treaties {
        if let OpenTo::Members(group) | OpenTo::Invitation(group) = &treaty.open_to {
            assert!(record.groups.iter().any(|m| m.group == *group), "{group}");
        }
        if let OpenTo::PartiesOf(slug) = &treaty.open_to {
            assert!(record.treaties.iter().any(|t| t.slug.as_str() == slug), "{slug}");
        }
    }
}

#[test]
fn the_covenant_s_list_is_whole_so_that_it_may_be_called_complete() {
    let record = starter_record();
    let joined: BTreeSet<_> = record
        .actions
        .iter()
        .filter(|a| {
            a.treaty.as_str() == "iccpr" && a.used && (a.kind.is_consent() || a.kind == ActionKind::Signature)
        })
        .map(|a| a.country)
        .collect();
    assert_eq!(joined.len(), 175, "the table of March 2015 has 175 participants");
}

#[test]
fn the_model_case_has_its_links_and_its_finding() {
    let record = starter_record();
    let block = record.incidents.iter().find(|i| i.key == "bra-whatsapp-2016-05").unwrap();
    assert_eq!(block.incident.start.to_string(), "2016-05-02");
    assert_eq!(block.incident.answerable(), ["BRA".parse().unwrap()]);
    assert!(
        block
            .incident
            .analysis
            .links
            .iter()
            .any(|l| l.treaty.as_str() == "iccpr" && l.provision.as_str() == "19(3)")
    );
    assert!(!block.incident.analysis.findings.is_empty());
    assert!(block.incident.counts());
}

#[test]
fn every_treaty_and_provision_is_found_by_what_it_is_shown_as() {
    let record = starter_record();
    let library = Library::new(&record.treaties, &record.provisions);
    for treaty in &record.treaties {
        for shown in [treaty.slug.as_str(), &treaty.short_title] {
            assert_eq!(library.treaty(shown), Ok(&treaty.slug), "{shown}");
        }
        for (number, _) in library.provisions(treaty.slug.as_str()) {
            assert_eq!(
                library.provision(&treaty.slug, number.as_str()).as_ref(),
                Ok(number),
                "{}",
                treaty.slug
            );
        }
    }
    for (typed, slug) in [
        ("international covenant on civil and political rights", "iccpr"),
        ("Hanoi Convention", "un-cybercrime"),
        ("Convention on Cybercrime", "budapest"),
        ("CETS 224", "budapest-protocol-2"),
        ("CETS 223", "convention-108-plus"),
    ] {
        assert_eq!(library.treaty(typed).map(|it| it.as_str()), Ok(slug), "{typed}");
    }
    let covenant = "iccpr".parse().unwrap();
    assert_eq!(library.provision(&covenant, "Art. 19 para. 3").unwrap().as_str(), "19(3)");
}

#[test]
fn the_record_contradicts_no_treaty_link_of_its_own() {
    let record = starter_record();
    let mut linked = 0;
    for one in &record.incidents {
        let actions_of = |state: CountryCode| {
            record.actions.iter().filter(|action| action.country == state).cloned().collect()
        };
        let on_record = OnRecord {
            library: Library::new(&record.treaties, &record.provisions),
            treaties: record.treaties.clone(),
            countries: record.countries.clone(),
            groups: Groups::new(record.groups.clone()),
            actions: one.draft.answerable().into_iter().map(|state| (state, actions_of(state))).collect(),
        };
        assert_eq!(on_record.contradictions(&one.draft), [], "{}", one.key);
        linked += one.draft.links.len();
    }
    assert!(linked > 50, "{linked}");
}

/// What the desk's form shows of a fact gives the same fact again, for every one of the starter record.
#[test]
fn every_fact_goes_through_the_form_of_the_desk_and_comes_back_the_same() {
    let record = starter_record();
    let gazetteer = Gazetteer::new(&record.countries);
    let treaties = record.treaties.iter().map(|treaty| treaty.slug.clone()).collect();
    let known = Known { countries: &gazetteer, treaties: &treaties, today: "2026-11-23".parse().unwrap() };
    let mut facts: Vec<Fact> = unsettle(record.actions).into_iter().map(Fact::Action).collect();
    facts.extend(record.provisions.into_iter().map(Fact::Provision));
    facts.extend(record.treaties.iter().cloned().map(Box::new).map(Fact::Treaty));
    facts.extend(record.coverage.into_iter().map(Fact::Coverage));
    facts.extend(record.countries.iter().cloned().map(Fact::Area));
    facts.extend(record.groups.into_iter().map(Fact::Group));
    facts.extend(record.indicators.into_iter().map(|(one, _)| Fact::Indicator(Box::new(one))));
    assert!(facts.len() > 1_900, "{}", facts.len());
    // Without a source nothing is changed at the desk; that stands only beside what is not yet checked.
    let (with_source, without): (Vec<Fact>, Vec<Fact>) =
        facts.into_iter().partition(|f| !f.source().is_empty());
    assert!(without.iter().all(|fact| fact.checked() == Some(false)), "{without:#?}");
    for fact in with_source {
        // As the form sends them: a group of boxes as one name for each that is ticked.
        let mut typed = Vec::new();
        for (name, text) in fact::write(&fact) {
            let shape =
                fields_of(fact.kind()).iter().find(|field| field.name == name).map(|field| field.shape);
            match shape {
                Some(Shape::Any(_)) => typed.extend(text.lines().map(|one| (name.clone(), one.to_owned()))),
                Some(_) => typed.push((name, text)),
                None => panic!("no field {name}"),
            }
        }
        assert_eq!(fact::read(fact.kind(), &typed, known), Ok(fact));
    }
}
