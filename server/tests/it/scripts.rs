//! Text that would act: a dozen payloads in every field of a case, published, and back out of every page, picture and
//! file. Whatever was typed comes out as words.

use crate::support::{Answer, History, Page, World, each_engine, public_places};

/// An element that no page of ours has: wherever it stands as one, something was not escaped.
const PROBE: &str = "x-probe";

/// For fields of one line, so short that several fit; and together for longer ones.
const PAYLOADS: [&[&str]; 3] = [
    &[
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "</title><x-probe>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
    ],
    &[
        "@SUM(1+1)*cmd",
        "</textarea><x-probe onfocus=alert(1) autofocus>",
        "<svg/onload=alert(1)>",
        "]]><x-probe/>",
        "--><x-probe>",
        "&lt;x-probe&gt;",
    ],
    &[
        "+1+1",
        "<a href=javascript:alert(1)>x</a>",
        "<!--<x-probe>",
        "</style><x-probe>",
        "{{7*7}}${7*7}",
        "%3Cx-probe%3E",
    ],
];

/// Every field of the form that takes words.
const WORDS: &[&str] = &[
    "title",
    "place_name",
    "authority",
    "decision",
    "law",
    "article",
    "justification",
    "documented_cause",
    "services",
    "networks",
    "people_affected",
    "outcome",
    "narrative",
    "series",
    "related",
    "naming_reason",
    "comment_from",
    "comment_answer",
    "comment_not_asked",
    "actors.0.name",
    "sources.0.title",
    "sources.0.first_published_by",
    "sources.1.title",
    "aimed_at",
    "requesting_authority",
    "requested_authority",
    "provider",
    "targets",
    "stages.0.note",
    "persons.0.name",
];

/// Nothing on the page may act but what is ours.
#[track_caller]
fn assert_inert(answer: &Answer) {
    let kind = answer.header("content-type");
    if kind.starts_with("text/html") || kind.starts_with("image/svg") {
        let page = answer.page();
        for tag in &page.tags {
            let name = tag.name.as_str();
            assert!(!name.starts_with(PROBE), "{}: <{name}>", answer.asked);
            let ours = name == "script"
                && tag.get("type") == Some("module")
                && tag.content.starts_with("import start");
            assert!(name != "script" || ours, "{}: a script: {}", answer.asked, tag.content);
            assert!(
                !matches!(name, "img" | "iframe" | "object" | "embed" | "base" | "math" | "foreignobject"),
                "{}: <{name}>",
                answer.asked
            );
            for (attribute, _) in &tag.attributes {
                assert!(
                    !attribute.starts_with("on") && !attribute.contains(['"', '\'', '<']),
                    "{}: {attribute}",
                    answer.asked
                );
            }
        }
        for link in page.links() {
            let ours = link.starts_with('/') || link.starts_with('#') || link.starts_with('?');
            let fits =
                ours || ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme));
            assert!(fits, "{}: a link to {link}", answer.asked);
        }
    } else if kind.starts_with("text/csv") {
        for cell in cells(&answer.text()) {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(
                is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{}: {cell}",
                answer.asked
            );
        }
    } else if kind.starts_with("application/json") {
        answer.json();
    }
}

/// The cells of a table, quotes taken off.
fn cells(csv: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut before = ' ';
    for c in csv.chars() {
        match c {
            '"' => {
                if !quoted && before == '"' {
                    cells.last_mut().unwrap().push('"');
                }
                quoted = !quoted;
            }
            ',' | '\n' if !quoted => cells.push(String::new()),
            '\r' if !quoted => {}
            c => cells.last_mut().unwrap().push(c),
        }
        before = c;
    }
    cells
}

fn fields(payloads: &[&str]) -> Vec<(String, String)> {
    let all = payloads.join(" ");
    let line = |name: &&str| ((*name).to_owned(), all.clone());
    let mut fields: Vec<(String, String)> = WORDS.iter().map(line).collect();
    let url = "https://news.example/'onmouseover='alert(1)'/x?a=1&b=javascript:alert(1)#x-probe".to_owned();
    fields.push(("sources.1.url".to_owned(), url));
    let narrative = format!("{all} It was blocked. It was lifted.");
    let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    fields.extend([
        ("narrative".to_owned(), narrative),
        set("naming", "public-figure"),
        set("comment_when", "2016-05-04"),
        set("stages.0.stage", "charge"),
        set("persons.0.role", "journalist"),
    ]);
    // So long that what makes it up stands alone once more at the beginning of a cell.
    fields.push(("services".to_owned(), payloads.join("\n")));
    fields
}

async fn publish(people: &History, payloads: &[&str]) -> (String, String) {
    let fields = fields(payloads);
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let published = people.published(&pairs).await;
    people.corrected(&published.id, &payloads.join(" "), &[("outcome", "Lifted.")]).await;
    (published.id, published.reference)
}

async fn at_the_desk(world: &World, people: &History, id: &str, payloads: &[&str]) {
    let review = format!("/desk/cases/{id}/review");
    people.researcher.step(id, "correct", &payloads.join(" ")).await.expect(303);
    people.researcher.type_into(id, &[("outcome", payloads[1])], "submit").await.expect(303);
    people.first.step(id, "request-changes", &payloads.join(" ")).await.expect(303);
    let sealed = format!("/desk/cases/{id}/sealed");
    let note = payloads.join("\n");
    people.researcher.seal(id, &note).await.expect(303);
    let revealed = people.first.reveal(id).await;
    assert_inert(&revealed);
    assert_eq!(revealed.page().form(&sealed).value("note").unwrap().replace("\r\n", "\n"), note);
    for path in
        ["/desk", &format!("/desk/cases/{id}"), &review, &sealed, "/desk?done=<x-probe>&more=<x-probe>"]
    {
        assert_inert(&people.first.get(&path.replace('<', "%3C").replace('>', "%3E")).await.expect(200));
    }
    // Typed by two at once; refused; and carried through a sign-in.
    let stale = [("revision", "1"), ("outcome", payloads[2]), ("title", payloads[1])];
    assert_inert(&people.first.post(&format!("/desk/cases/{id}"), &stale).await.expect(409));
    for (name, wrong) in [
        ("start", payloads[2]),
        ("places.0", payloads[1]),
        ("sources.0.url", payloads[1]),
        ("kind", payloads[2]),
    ] {
        let refused = people.researcher.type_into(id, &[(name, wrong)], "submit").await.expect(422);
        assert_inert(&refused);
    }
    let carried: Vec<(&str, &str)> =
        vec![("title", payloads[1]), ("outcome", payloads[2]), (payloads[2], payloads[2])];
    let page = world.stranger().post(&format!("/desk/cases/{id}"), &carried).await.expect(401);
    assert_inert(&page);
    let fields = [
        ("email", payloads[1]),
        ("password", "x"),
        ("replay-to", payloads[2]),
        ("replay.title", payloads[2]),
    ];
    assert_inert(&world.stranger().post("/sign-in", &fields).await.expect(422));
}

#[tokio::test]
async fn what_was_typed_comes_out_as_words_everywhere() {
    each_engine("what_was_typed_comes_out_as_words_everywhere", async |world| {
        let people = world.desk().await;
        let stranger = world.stranger();
        let mut references = Vec::new();
        for payloads in PAYLOADS {
            let (id, reference) = publish(&people, payloads).await;
            let page = stranger.get(&format!("/incidents/{reference}")).await.expect(200);
            let said = Page::read(&page.text()).words;
            let first = payloads[1].split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(&first), "{first} stands there as words: {said}");
            at_the_desk(world, &people, &id, payloads).await;
            references.push(reference);
        }
        let head = world.store.head().await.unwrap().edition;
        let references: Vec<&str> = references.iter().map(String::as_str).collect();
        let places = public_places(world, &references, &[]).await;
        for path in places.at_editions(2..=head) {
            assert_inert(&stranger.get(&path).await);
        }
        let csv = stranger.get("/charts/timeline.csv?country=BRA").await.expect(200);
        assert!(
            cells(&csv.text()).iter().any(|cell| cell.starts_with("'=cmd|")),
            "the title is a cell: {}",
            csv.text()
        );
        let odd = "%22%3E%3Cx-probe%20onload=1%3E";
        for path in [
            format!("/countries/{odd}"),
            format!("/treaties/{odd}"),
            format!("/incidents/{odd}"),
            format!("/indicators/{odd}"),
            format!("/charts/{odd}.svg"),
            format!("/charts/timeline.svg?country={odd}"),
            format!("/charts/indicator.svg?indicator={odd}"),
            format!("/incidents?country={odd}&kind={odd}&year={odd}&treaty={odd}&after={odd}&bearing={odd}"),
            format!("/countries?find={odd}"),
            format!("/changes?before={odd}"),
            format!("/{odd}"),
        ] {
            assert_inert(&stranger.get(&path).await);
        }
        people.second.step(&people_case(&people).await, "retract", "</title><x-probe>").await.expect(303);
        for path in places.at_editions([]) {
            assert_inert(&stranger.get(&path).await);
        }
    })
    .await;
}

/// One more published case.
async fn people_case(people: &History) -> String {
    people.published(&[("title", "<x-probe>")]).await.id
}

#[tokio::test]
async fn a_source_is_a_web_address_or_none() {
    each_engine("a_source_is_a_web_address_or_none", async |world| {
        let people = world.desk().await;
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt://news.example/%0aalert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            " \tjavascript:alert(1)",
            "//news.example/x",
            "https://",
            "file:///etc/passwd",
            "https://news.example/\"onload=\"x",
            "https://news.example/<x-probe>",
            "ftp://news.example/",
        ] {
            let id = people.draft(&[("sources.0.url", url)]).await;
            let refused = people.researcher.type_into(&id, &[], "submit").await.expect(422);
            assert_inert(&refused);
            refused.says("is not a web address");
        }
    })
    .await;
}
