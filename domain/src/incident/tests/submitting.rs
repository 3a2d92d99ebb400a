//! Submitting: five fields, and everything that can be wrong with them.

use super::*;

fn submitted(draft: &Draft) -> Vec<(String, Problem)> {
    let errors = draft.may_submit(&countries(), TODAY).err().unwrap_or_default();
    errors.into_iter().map(|e| (e.field, e.problem)).collect()
}

fn refused(draft: &Draft, field: &str, problem: Problem) {
    assert_eq!(submitted(draft), [(field.to_owned(), problem.clone())]);
    assert_eq!(problems_at(draft, field), [problem], "publishing says the same");
}

#[test]
fn the_five_fields_are_enough_to_submit() {
    assert_eq!(submitted(&five_fields()), []);
}

#[test]
fn an_empty_draft_is_told_all_five_at_once() {
    let missing = |field: &str| (field.to_owned(), Problem::Missing);
    assert_eq!(
        submitted(&Draft::default()),
        ["places.0", "kind", "start", "narrative", "sources.0.url"].map(missing)
    );
    let spaces = Draft {
        places: vec!["  ".into()],
        kind: " ".into(),
        start: "\t".into(),
        narrative: "\n".into(),
        sources: vec![DraftSource { url: " ".into(), ..DraftSource::default() }],
        ..Draft::default()
    };
    assert_eq!(submitted(&spaces).len(), 5);
}

#[test]
fn the_31st_of_february() {
    let draft = Draft { start: "2016-02-31".into(), ..five_fields() };
    refused(&draft, "start", Problem::NoSuchDay { value: "2016-02-31".into(), last: 29 });
}

#[test]
fn an_end_before_the_start() {
    let draft = Draft { end: "2016-05-01".into(), ..five_fields() };
    refused(&draft, "end", Problem::EndBeforeStart);
    for end in ["2016-05-02", "2016-05", "2016"] {
        assert_eq!(submitted(&Draft { end: end.into(), ..five_fields() }), [], "{end} may lie after it");
    }
}

#[test]
fn a_day_to_come() {
    let draft = Draft { start: "2026-11-24".into(), ..five_fields() };
    refused(&draft, "start", Problem::InTheFuture { value: "2026-11-24".into() });
    for start in ["2026-11-23", "2026-11", "2026"] {
        assert_eq!(submitted(&Draft { start: start.into(), ..five_fields() }), [], "{start} has begun");
    }
    let draft = Draft { end: "2027".into(), ..five_fields() };
    refused(&draft, "end", Problem::InTheFuture { value: "2027".into() });
}

#[test]
fn no_date_at_all() {
    for typed in ["yesterday", "02/05/2016", "2016-13-01"] {
        let draft = Draft { start: typed.into(), ..five_fields() };
        refused(&draft, "start", Problem::NotADate { value: typed.into() });
    }
}

#[test]
fn an_unknown_country_with_the_nearest_names() {
    let draft = Draft { places: vec!["Samplia".into(), "Exampla".into()], ..five_fields() };
    let near = ["Examplia".to_owned()];
    let found = submitted(&draft);
    let (field, Problem::UnknownCountry { value, near: named }) = &found[0] else { panic!("{found:?}") };
    assert_eq!((field.as_str(), value.as_str(), &named[..1]), ("places.1", "Exampla", &near[..]));
    assert!(named.len() <= 3 && !named.contains(&"Quotia".to_owned()));

    let draft = Draft { places: vec!["Zzzzzz".into()], ..five_fields() };
    refused(&draft, "places.0", Problem::UnknownCountry { value: "Zzzzzz".into(), near: Vec::new() });
}

#[test]
fn a_place_is_taken_in_any_spelling_and_once() {
    let places = ["xex", " EXAMPLIA ", "republic of examplia", "", "samplia"].map(str::to_owned).to_vec();
    let incident = checked(&Draft { places, ..publishable() }).unwrap();
    assert_eq!(incident.places.iter().map(ToString::to_string).collect::<Vec<_>>(), ["XEX", "XSA"]);
}

#[test]
fn a_kind_that_is_in_no_list() {
    let draft = Draft { kind: "shutdown".into(), ..five_fields() };
    refused(&draft, "kind", Problem::NotInList { value: "shutdown".into() });
}

#[test]
fn a_narrative_too_short_or_too_long() {
    let short = Draft { narrative: "They blocked it".into(), ..five_fields() };
    refused(&short, "narrative", Problem::TooShort);
    let given = LIMITS.narrative + 1;
    let long = Draft { narrative: "é".repeat(given), ..five_fields() };
    refused(&long, "narrative", Problem::TooLong { given, most: LIMITS.narrative });
    let just = Draft { narrative: "é".repeat(LIMITS.narrative), ..five_fields() };
    assert_eq!(submitted(&just), [], "characters are counted, not bytes");
}

#[test]
fn two_sentences_in_other_scripts_are_two_sentences() {
    for narrative in ["حُجب التطبيق. هل رُفع الحجب؟", "एप बंद हुआ। फिर खुला।"]
    {
        assert_eq!(submitted(&Draft { narrative: narrative.into(), ..five_fields() }), [], "{narrative}");
    }
}

#[test]
fn what_cannot_be_kept() {
    let draft = Draft { narrative: "One.\u{0} Two.".into(), ..five_fields() };
    refused(&draft, "narrative", Problem::BadCharacters);
    let windows = Draft { narrative: "One.\r\nTwo.".into(), ..publishable() };
    assert_eq!(checked(&windows).unwrap().narrative, "One.\nTwo.");
}

#[test]
fn not_an_address() {
    let refused_addresses = [
        "example.org/block",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https://localhost/x",
        "https://./x",
        "https://example.org/a b",
        "https://example.org/\"><script>",
    ];
    for typed in refused_addresses {
        let draft = Draft { sources: vec![source(typed, "")], ..five_fields() };
        refused(&draft, "sources.0.url", Problem::NotAnAddress { value: typed.into() });
    }
    for typed in ["http://example.org", "Https://Example.org/a?b=c#d", "https://пример.example/статья"]
    {
        assert_eq!(submitted(&Draft { sources: vec![source(typed, "")], ..five_fields() }), [], "{typed}");
    }
}

#[test]
fn a_source_needs_an_address_or_a_title() {
    let titled = DraftSource { title: "Example Herald, 3 May 2016, page 1".into(), ..DraftSource::default() };
    assert_eq!(submitted(&Draft { sources: vec![titled], ..five_fields() }), []);
    let neither = DraftSource { kind: "media".into(), ..DraftSource::default() };
    refused(&Draft { sources: vec![neither], ..five_fields() }, "sources.0.url", Problem::Missing);
}

#[test]
fn too_many_of_anything() {
    let places = vec!["Examplia".to_owned(); LIMITS.entries + 1];
    refused(&Draft { places, ..five_fields() }, "places", Problem::TooMany { most: LIMITS.entries });
    let many = (0..=LIMITS.entries).map(|i| source(&format!("https://example.org/{i}"), "")).collect();
    refused(&Draft { sources: many, ..five_fields() }, "sources", Problem::TooMany { most: LIMITS.entries });
}
