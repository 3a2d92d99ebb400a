//! Pages of a made-up world: what they say, what they never say, and that they hold together for odd names.

#![cfg(feature = "ssr")]

#[cfg(test)]
mod fiction;

use app::context::PageContext;
use app::pages::country::{self, CountryPage};
use app::pages::incident::{self, IncidentPage};
use domain::incident::{Bearing, Kind, Strength, TreatyLink, Way};
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
    assert!(
        words(&html).contains("no incident of alleged misuse recorded"),
        "an incident that nobody answers for is no count"
    );
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
    assert!(html.find("Not alleged misuse") > html.find("Alleged misuse"), "findings come first");
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
fn a_treaty_link_is_headed_by_its_way_with_what_bound_the_state() {
    let mut one = fiction::incident("One", "ZZB", Some("ZZB"), "2016-05-02");
    one.analysis.links.push(TreatyLink {
        treaty: "budapest".parse().unwrap(),
        provision: "21".parse().unwrap(),
        way: Way::SamePower,
        strength: Strength::Inference,
        said_by: "An organisation".to_owned(),
        reason: "Because.".to_owned(),
        source_url: String::new(),
    });
    let read = words(&incident_page(one));
    let way = read.find("Same power").unwrap();
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
