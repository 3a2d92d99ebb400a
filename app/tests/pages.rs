//! Pages of a made-up world: what they say, what they never say, and that they hold together for odd names.

#![cfg(feature = "ssr")]

#[cfg(test)]
mod fiction;

use app::context::PageContext;
use app::pages::country::{self, CountryPage};
use app::pages::incident::{self, IncidentPage};
use domain::incident::{Bearing, Factor, FactorBasis, FactorKind, Kind, Provenance, TreatyLink, Way};
use domain::standing::Groups;
use domain::treaty::{ActionKind, Effect, GroupMember, OpenTo, TreatyAction};
use store::record::{Cause, Edition, Retracted, WithheldField};

use fiction::{TODAY, context, date, facts, line, public, reading};

/// Tags off, entities for quotes and ampersands turned back, white space single: what a reader reads.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page(incidents: Vec<store::record::IncidentLine>) -> (CountryPage, String) {
    let context = context("/countries/zzb");
    let page = country::of(&context, &facts("ZZB", incidents));
    let html = country::render(&page, &context);
    (page, html)
}

#[test]
fn a_finding_stands_beside_the_standing_on_its_day() {
    let before = line("TW-2016-0001", fiction::incident("Before", "ZZB", Some("ZZB"), "2016-05-02"));
    let after = line("TW-2024-0001", fiction::incident("After", "ZZB", Some("ZZB"), "2024-05-02"));
    let (page, _) = page(vec![after, before]);
    let said: Vec<&str> = page
        .findings
        .iter()
        .flat_map(|entry| &entry.standings[0].1)
        .filter(|one| one.slug == "budapest")
        .map(|one| one.short.words.as_str())
        .collect();
    assert_eq!(said, ["party", "not a party"]);
    assert!(page.sentence.starts_with("party to the First Treaty since 1 March 2023"), "{}", page.sentence);
    assert!(
        page.sentence
            .ends_with("two incidents recorded, from May 2016 to May 2024: examples, not a full count"),
        "{}",
        page.sentence
    );
}

#[test]
fn a_start_known_to_the_month_says_what_changed_in_it() {
    let march = line("TW-2023-0001", fiction::incident("In spring", "ZZB", Some("ZZB"), "2023"));
    let (page, _) = page(vec![march]);
    let on_day = &page.findings[0].standings[0].1;
    let budapest = on_day.iter().find(|one| one.slug == "budapest").unwrap();
    assert_eq!(budapest.short.words, "in 2023: contracting State until 1 March 2023, then party");
    assert_eq!(budapest.short.mark, "◔");
}

#[test]
fn what_was_not_recorded_is_never_a_no() {
    let (page, html) = page(Vec::new());
    assert_eq!(page.no_record, ["Covenant", "Third Treaty"]);
    let read = words(&html);
    assert!(read.contains("No record: Covenant and Third Treaty"), "{read}");
    assert!(read.contains("That may mean silence: nobody declares to watch"), "{read}");
    assert!(!read.contains("N/A") && !read.contains("Covenant ○"), "{read}");
}

#[test]
fn who_is_not_answerable_has_no_standing_beside_it() {
    let here = line("TW-2020-0001", fiction::incident("Here", "ZZB", None, "2020-01-02"));
    let (page, html) = page(vec![here]);
    assert!(page.findings.is_empty());
    assert_eq!(page.happened_here.len(), 1);
    assert!(page.happened_here[0].standings.is_empty());
    let read = words(&html);
    assert!(
        page.sentence.ends_with("no incident recorded that it is said to answer for; one happened here"),
        "an incident that nobody answers for is no count: {}",
        page.sentence
    );
    assert!(read.contains("Happened here; nobody is said to be answerable"), "{read}");
}

#[test]
fn what_happened_here_names_the_state_that_answers() {
    let here = line("TW-2020-0001", fiction::incident("Here", "ZZB", Some("ZZA"), "2020-01-02"));
    let mut compared = fiction::incident("Compared", "ZZB", Some("ZZA"), "2020-01-03");
    compared.bearing = Bearing::Comparison;
    let (page, html) = page(vec![line("TW-2020-0002", compared), here.clone(), here]);
    let said: Vec<&str> = page.happened_here.iter().map(|entry| entry.relation.as_str()).collect();
    let other = "دولة لا وجود لها على الإطلاق ذات اسم طويل جدا";
    let answers = format!("Happened here; said to be answerable: {other} (attributed by named sources)");
    let acted = format!("Happened here; act of: {other} (attributed by named sources)");
    assert_eq!(said, [acted.as_str(), answers.as_str(), answers.as_str()]);
    assert!(page.sentence.ends_with("said to answer for; two happened here"), "{}", page.sentence);
    let read = words(&html);
    assert!(read.contains("which is not the state said to be answerable"), "{read}");
    assert!(read.contains("What happened here stands further down."), "{read}");
    assert!(read.contains("Not yet analysed: 3 of 3 entries on this page"), "{read}");
}

#[test]
fn other_bearings_and_laws_stand_apart_and_count_nothing() {
    let mut remedy = fiction::incident("Put right", "ZZB", Some("ZZB"), "2021-01-02");
    remedy.bearing = Bearing::Remedy;
    let mut law = fiction::incident("A law", "ZZB", Some("ZZB"), "2021-01-03");
    law.kind = Kind::LawOrDraft;
    let (page, html) = page(vec![line("TW-2021-0002", law), line("TW-2021-0001", remedy)]);
    assert!(page.findings.is_empty());
    let headings: Vec<&str> = page.others.iter().map(|(heading, _, _)| heading.as_str()).collect();
    assert_eq!(headings, ["Remedies", "Laws and drafts"]);
    assert!(page.sentence.contains("no incident of alleged misuse recorded"), "{}", page.sentence);
    assert_eq!(page.others[0].2[0].relation, "Act of this state: attributed by named sources");
    assert_eq!(page.others[1].2[0].relation, "Answerable: attributed by named sources");
    assert!(html.find(">Not counted<") > html.find(">Alleged misuse<"), "findings come first");
}

#[test]
fn names_and_titles_are_text_and_pages_carry_no_script() {
    let odd = fiction::incident("<script>alert(1)</script> & \"quoted\"", "ZZA", Some("ZZB"), "2020-01-02");
    let (_, html) = page(vec![line("TW-2020-0001", odd)]);
    assert!(!html.contains("<script"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    assert!(html.contains("Nowhereland &lt;b&gt;&amp; Elsewhere"), "{html}");
    assert!(!html.contains("<!>"), "marks that nothing reads");
}

#[test]
fn an_old_edition_links_within_itself_and_is_not_indexed() {
    let old = PageContext { is_live: false, edition: 2, ..context("/countries/zzb?edition=2") };
    let one = line("TW-2020-0001", fiction::incident("One", "ZZB", Some("ZZB"), "2020-01-02"));
    let html = country::render(&country::of(&old, &facts("ZZB", vec![one])), &old);
    assert!(html.contains("href=\"/incidents/TW-2020-0001?edition=2\""), "{html}");
    assert!(html.contains("/charts/timeline.csv?country=ZZB&amp;edition=2"), "{html}");
    assert!(html.contains("noindex") && html.contains("edition-banner"), "{html}");
}

fn action(kind: ActionKind, treaty: &str, day: &str) -> TreatyAction {
    let day = date(day).first();
    TreatyAction { kind, effect: Effect::NotRecorded, ..fiction::accession("ZZB", treaty, day, day) }
}

#[test]
fn a_list_complete_to_an_earlier_day_says_what_it_proves_and_no_more() {
    let mut facts = facts("ZZB", Vec::new());
    let covenant = facts.reading.treaties.iter_mut().find(|t| t.slug.as_str() == "iccpr").unwrap();
    covenant.list.joining_complete_to = Some(date("2015-02-28").first());
    let context = context("/countries/zzb");
    let page = country::of(&context, &facts);
    let read = words(&country::render(&page, &context));
    assert_eq!(page.no_record, ["Third Treaty"]);
    let said = "Covenant: not a party on 28 February 2015; since then not recorded.";
    assert!(read.contains(said), "{read}");
    // With a statement on record it has a row, and the row says the same.
    facts.actions.push(action(ActionKind::Declaration, "iccpr", "2016-01-01"));
    let page = country::of(&context, &facts);
    let row = page.treaties.iter().find(|row| row.slug == "iccpr").unwrap();
    assert_eq!(row.standing.words, "not a party on 28 February 2015; since then not recorded");
    assert_eq!((row.standing.mark, row.standing.bound), ("◌", false));
}

#[test]
fn invitations_and_reports_are_no_statements_and_no_accession() {
    let mut facts = facts("ZZB", Vec::new());
    facts.actions = vec![
        action(ActionKind::InvitationToAccede, "budapest", "2021-12-18"),
        action(ActionKind::DomesticApproval, "budapest", "2022-01-18"),
        action(ActionKind::Reservation, "budapest", "2022-02-18"),
    ];
    let context = context("/countries/zzb");
    let page = country::of(&context, &facts);
    let said =
        "invited on 18 December 2021 to accede to the First Treaty, whether it acceded is not recorded";
    assert!(page.sentence.starts_with(said), "{}", page.sentence);
    let (acts, statements) = (&page.treaties[0].acts, &page.treaties[0].statements);
    assert_eq!(
        acts.iter().map(|act| act.kind.as_str()).collect::<Vec<_>>(),
        ["Invitation to accede", "Domestic approval (shown, never counted)",]
    );
    assert_eq!(statements.len(), 1);

    let reading = reading();
    let treaty = reading.treaty("budapest").cloned().unwrap();
    let page = app::pages::treaty::of(&context, &reading, treaty, Vec::new(), facts.actions);
    let of =
        |list: &[(String, Vec<TreatyAction>)]| list.iter().map(|(_, list)| list.len()).collect::<Vec<_>>();
    assert_eq!((of(&page.notices), of(&page.statements)), (vec![2], vec![1]));
    let read = words(&app::pages::treaty::render(&page, &context));
    assert!(read.contains("Nowhereland &lt;b&gt;& Elsewhere (2)"), "{read}");
}

#[test]
fn nothing_ahead_is_said() {
    let (_, html) = page(Vec::new());
    assert!(words(&html).contains("Key dates ahead None on record."), "{html}");
}

#[test]
fn events_of_an_indicator_stand_in_the_order_of_their_days() {
    let late = line("TW-2024-0001", fiction::incident("After", "ZZB", Some("ZZB"), "2024-05-02"));
    let early = line("TW-2016-0001", fiction::incident("Before", "ZZB", Some("ZZB"), "2016-05-02"));
    let mut facts = facts("ZZB", vec![late, early]);
    facts.observed.push(fiction::observed("ZZB", 2020));
    let context = context("/countries/zzb");
    let page = country::of(&context, &facts);
    let events = page.indicators[0].1.marks_table().unwrap();
    let days: Vec<&str> = events.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(days, ["2 May 2016", "30 November 2022", "2 May 2024"]);
    assert!(country::render(&page, &context).contains(">Treaty actions and incidents</caption>"));
}

fn incident_page(incident: domain::incident::Incident) -> String {
    let context = context("/incidents/TW-2016-0001");
    let facts = facts("ZZB", Vec::new());
    let actions = vec![(facts.country.code, facts.actions)];
    let page = incident::of(&context, reading(), public("TW-2016-0001", incident), &actions);
    incident::render(&IncidentPage::Published(Box::new(page)), &context)
}

#[test]
fn an_incident_without_analysis_says_so() {
    let read = words(&incident_page(fiction::incident("One", "ZZB", Some("ZZB"), "2016-05-02")));
    for said in [
        "Not yet linked to a treaty.",
        "Not yet assessed.",
        "No finding of a court or body is on record.",
        "Looked for; none found.",
        "Whether anybody was asked for comment is not recorded.",
        "not a party (acceded 30 November 2022; in force for it 1 March 2023)",
    ] {
        assert!(read.contains(said), "{said}: {read}");
    }
}

#[test]
fn who_says_misuse_and_what_enters_no_count_is_said() {
    let desk = "Alleged by the organisation that published it, on the sources below.";
    let starter =
        "Recorded as alleged misuse on the starter record’s own reading of the sources below; not reviewed.";
    let mut one = fiction::incident("One", "ZZB", Some("ZZB"), "2016-05-02");
    let read = words(&incident_page(one.clone()));
    assert!(read.contains(desk) && !read.contains("It enters no count."), "{read}");
    one.provenance = Provenance::Starter;
    one.kind = Kind::LawOrDraft;
    let read = words(&incident_page(one));
    assert!(read.contains(&format!("{starter} It enters no count.")) && !read.contains(desk), "{read}");
}

#[test]
fn a_length_is_named_only_from_day_to_day() {
    let mut one = fiction::incident("One", "ZZB", Some("ZZB"), "2016-05-02");
    one.end = Some(date("2016-05-03"));
    assert!(words(&incident_page(one.clone())).contains("Lasted over 2 calendar days"));
    one.end = Some(date("2016-05"));
    assert!(words(&incident_page(one)).contains("Lasted not known: its first and last day"));
}

#[test]
fn what_did_not_concern_the_state_is_told_apart_from_what_nobody_recorded() {
    let context = context("/incidents/TW-2016-0001");
    let mut reading = reading();
    for (slug, title) in [("malabo", "Fourth"), ("arab", "Fifth"), ("later", "Sixth")] {
        reading.treaties.push(fiction::treaty(slug, title));
    }
    reading.treaties[3].open_to = OpenTo::Members("XX".to_owned());
    reading.treaties[5].adopted = Some(date("2020"));
    let member = |country: &str| GroupMember {
        group: "XX".to_owned(),
        country: country.parse().unwrap(),
        from: None,
        to: None,
        checked: false,
        checked_on: None,
        source: String::new(),
    };
    reading.groups = Groups::new([member("ZZA")]);
    let actions = [("ZZB".parse().unwrap(), Vec::new())];
    let one = fiction::incident("One", "ZZB", Some("ZZB"), "2016-05-02");
    let page = incident::of(&context, reading, public("TW-2016-0001", one), &actions);
    let read = words(&incident::render(&IncidentPage::Published(Box::new(page)), &context));
    for said in [
        "No record: Fifth.",
        "Not open to this state, by lists of members that are not yet checked: Fourth.",
        "Did not exist yet: Sixth.",
    ] {
        assert!(read.contains(said), "{said}: {read}");
    }
}

#[test]
fn an_unknown_factor_rests_on_nothing_and_no_history_has_no_heading() {
    let mut one = fiction::incident("One", "ZZB", Some("ZZB"), "2016-05-02");
    let factor = |kind, basis| Factor {
        kind,
        basis,
        alleged_by: String::new(),
        reason: "Because.".to_owned(),
        source_url: String::new(),
    };
    one.analysis.factors = vec![
        factor(FactorKind::Unknown, FactorBasis::Finding),
        factor(FactorKind::VagueLaw, FactorBasis::Finding),
    ];
    let html = incident_page(one);
    assert!(html.contains(">Unknown</h3>") && html.contains(">Vague law, rests on a finding</h3>"), "{html}");
    assert!(!html.contains(">History<") && html.contains("In the record since edition 1."), "{html}");
}

#[test]
fn a_power_outside_the_treaty_has_no_reservation_to_look_for() {
    let said = "not concerned: the treaty was not in force for the state";
    let mut before = fiction::incident("One", "ZZB", Some("ZZB"), "2016-05-02");
    before.analysis.links.push(fiction::same_power());
    let read = words(&incident_page(before.clone()));
    assert!(read.contains(said) && !read.contains("Reservation on it"), "{read}");
    // Bound before it ended: there may be one.
    before.end = Some(date("2023-04-01"));
    let read = words(&incident_page(before));
    assert!(!read.contains(said) && read.contains("Reservation on it"), "{read}");
}

#[test]
fn a_treaty_link_is_headed_by_its_way_with_what_bound_the_state() {
    let mut one = fiction::incident("One", "ZZB", Some("ZZB"), "2016-05-02");
    one.analysis.links.push(TreatyLink { way: Way::ObligationAtStake, ..fiction::same_power() });
    let read = words(&incident_page(one));
    let way = read.find("Obligation at stake").unwrap();
    let link = read.find("First Treaty (of Nowhere), 21").unwrap();
    assert!(way < link, "{read}");
    assert!(read[link..].contains("none on record; the list is not complete"), "{read}");
    assert!(!read.to_lowercase().contains("misuse of article"), "{read}");
}

#[test]
fn what_was_taken_back_shows_the_reason_and_nothing_else() {
    let context = context("/incidents/TW-2016-0001");
    let edition = |number, cause, reason: &str| Edition {
        number,
        day: TODAY,
        cause,
        reference: Some("TW-2016-0001".to_owned()),
        title: None,
        reason: reason.to_owned(),
        methodology: "1".to_owned(),
    };
    let retracted = Retracted {
        reference: "TW-2016-0001".to_owned(),
        reason: "It was another country.".to_owned(),
        on: TODAY,
        edition: 3,
        replies: Vec::new(),
        history: vec![
            edition(2, Cause::Publication, ""),
            edition(3, Cause::Retraction, "It was another country."),
        ],
    };
    let html = incident::render(&IncidentPage::Retracted(retracted), &context);
    assert!(words(&html).contains("It was another country."), "{html}");
    assert!(html.contains("/incidents/TW-2016-0001?edition=2") && html.contains("noindex"), "{html}");
    let withheld = incident::render(&IncidentPage::Withheld("TW-2016-0001".to_owned()), &context);
    assert!(words(&withheld).contains("Withheld pending review."), "{withheld}");
    let erased = incident::render(&IncidentPage::Erased("TW-2016-0001".to_owned()), &context);
    assert!(words(&erased).contains("erased for good"), "{erased}");
}

#[test]
fn a_withheld_field_is_named_never_its_value() {
    let context = context("/incidents/TW-2016-0001");
    let mut public = public("TW-2016-0001", fiction::incident("One", "ZZB", None, "2016"));
    public.withheld_fields =
        vec![WithheldField { field: "place_name".to_owned(), on: date("2026-10-01").first() }];
    let page = incident::of(&context, reading(), public, &[]);
    let read = words(&incident::render(&IncidentPage::Published(Box::new(page)), &context));
    assert!(read.contains("Where: withheld for safety on 1 October 2026."), "{read}");
}

#[test]
fn only_what_is_from_the_starter_record_is_said_to_be() {
    let incident = |title: &str, provenance| {
        let mut incident = fiction::incident(title, "ZZB", Some("ZZB"), "2016-05-02");
        incident.provenance = provenance;
        incident
    };
    let starter = || line("TW-2016-0001", incident("Gathered", Provenance::Starter));
    let ours = || line("TW-2016-0002", incident("Published by an organisation", Provenance::Desk));
    let (note, mark) = ("From the starter record, not reviewed", "starter record, not reviewed");

    let read = words(&page(vec![ours()]).1);
    assert!(!read.contains(note) && !read.contains(mark), "{read}");
    let read = words(&page(vec![starter()]).1);
    assert!(read.contains(note), "{read}");
    // Side by side: the entry says it, and the list as a whole does not.
    let read = words(&page(vec![ours(), starter()]).1);
    assert!(!read.contains(note), "{read}");
    assert_eq!(read.matches(mark).count(), 1, "{read}");
    let (before, _) = read.split_once(mark).unwrap();
    assert!(before.trim_end().ends_with("TW-2016-0001"), "{read}");
    // A remedy from the starter record says nothing of an organisation's finding above it.
    let mut remedy = incident("Put right", Provenance::Starter);
    remedy.bearing = Bearing::Remedy;
    let read = words(&page(vec![ours(), line("TW-2016-0003", remedy)]).1);
    let (findings, others) = read.split_once("Not counted").unwrap();
    assert!(!findings.contains(note) && others.contains(note), "{read}");
}
