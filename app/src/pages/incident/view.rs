//! How the page of an incident looks.

use domain::incident::{Actor, CommentSought, Incident, Justification, Provenance, Source, is_reference};
use leptos::prelude::*;
use store::record::Dispute;

use super::{IncidentPage, Published, analysis, evidence, gone, particulars, replies};
use crate::components::cite::{Cited, cite};
use crate::components::facts::{Fact, facts};
use crate::components::incident::{address, grade};
use crate::components::part::{empty, host, link, note, outward, paragraph, part, prose, sub};
use crate::components::shell::{PageHead, shell};
use crate::components::standing::{legend, marked, teach};
use crate::components::table::{Column, table};
use crate::context::PageContext;
use crate::words::on_day::{OnDay, is_always_named};
use crate::words::{self, days};

/// The whole document, whatever stands there. An erased incident is answered with 410 by who calls this.
pub fn render(page: &IncidentPage, context: &PageContext) -> String {
    match page {
        IncidentPage::Published(page) => published(page, context),
        IncidentPage::Retracted(page) => gone::retracted(page, context),
        IncidentPage::Withheld(reference) => gone::withheld(reference, context),
        IncidentPage::Erased(reference) => gone::erased(reference, context),
    }
}

fn published(page: &Published, context: &PageContext) -> String {
    let incident = &page.public.incident;
    let head = PageHead::new(
        words::title(context.text, incident),
        incident.narrative.chars().take(200).collect::<String>(),
    );
    shell(context, head, || {
        view! {
            {top(page, context)}
            {what_happened(page, context)}
            {answerable(page, context)}
            {reasons(incident, context)}
            {standing(page, context)}
            {analysis::findings(page, context)}
            {analysis::links(page, context)}
            {analysis::assessments(page, context)}
            {analysis::factors(page, context)}
            {sources(incident, context)}
            {evidence::evidence(page, context)}
            {comment(incident, context)}
            {replies::replies(&page.public.replies, &page.public.reference, context)}
            {history(page, context)}
            {quote(page, context)}
        }
    })
}

fn top(page: &Published, context: &PageContext) -> AnyView {
    let text = context.text;
    let incident = &page.public.incident;
    let places = incident
        .places
        .iter()
        .map(|code| {
            let href = context.link(&format!("/countries/{}", code.slug()));
            view! { <li>{link(href, page.reading.names.of(*code))}</li> }
        })
        .collect_view();
    let starter = (incident.provenance == Provenance::Starter).then(|| note(text.say("starter-note")));
    let dispute = page.public.dispute.as_ref().map(|dispute| disputed(dispute, context));
    let withheld = page.public.withheld_fields.iter().map(|field| {
        note(text.with(
            "incident-field-withheld",
            &[("field", field_name(context, &field.field).into()), ("day", text.day(field.on).into())],
        ))
    });
    view! {
        <div class="title-block">
            <p class="over">
                <span class="shape" aria-hidden="true">{incident.kind.shape()}</span>
                " "
                {words::kind(text, incident.kind)}
                " · "
                {days::span(text, incident.start, incident.end, incident.ongoing)}
            </p>
            <h1 dir="auto">{words::title(text, incident)}</h1>
            <ul class="inline places">{places}</ul>
            <p class="bearing">
                <strong>{words::bearing(text, incident.bearing)}"."</strong>
                " "
                {words::bearing_note(text, incident)}
                " "
                {text.with("entry-grade-sentence", &[("grade", grade(context, incident).into())])}
            </p>
            {dispute}
            {starter}
            {withheld.collect_view()}
        </div>
    }
    .into_any()
}

/// A field's name as people know it; its own name where the catalogue has none.
/// The mark of a dispute, with who disputes it and why. Either may have been withheld since.
fn disputed(dispute: &Dispute, context: &PageContext) -> AnyView {
    let text = context.text;
    let edition = dispute.edition_from.to_string();
    let lead = if dispute.said_by.is_empty() {
        text.with("incident-disputed", &[("edition", edition.into())])
    } else {
        let by = (&dispute.said_by).into();
        text.with("incident-disputed-by", &[("by", by), ("edition", edition.into())])
    };
    let reason = (!dispute.reason.is_empty()).then(|| view! { <p dir="auto">{dispute.reason.clone()}</p> });
    view! {
        <div class="disputed">
            <p dir="auto">
                <strong>{text.say("entry-disputed")}"."</strong>
                " "
                {lead}
            </p>
            {reason}
        </div>
    }
    .into_any()
}

fn field_name(context: &PageContext, field: &str) -> String {
    words::redactable(context.text, field)
}

fn what_happened(page: &Published, context: &PageContext) -> AnyView {
    let text = context.text;
    let incident = &page.public.incident;
    let say = |key: &str| text.say(key);
    let unknown = || text.say("not-recorded");
    let fact = |key: &str, value: &str| Fact::text(text.say(key), value, text.say("not-recorded"));
    let ended = match (incident.end, incident.ongoing) {
        (Some(end), _) => Fact::new(say("incident-end"), days::partial(text, end)),
        (None, Some(true)) => Fact::new(say("incident-end"), say("incident-ongoing")),
        (None, _) => Fact::unknown(say("incident-end"), unknown()),
    };
    let to_the_day =
        incident.start.exact().is_some() && incident.end.is_some_and(|end| end.exact().is_some());
    let lasted = match incident.duration_days().filter(|_| to_the_day) {
        Some(duration) => Fact::new(say("incident-lasted"), days::duration(text, duration)),
        None => Fact::unknown(say("incident-lasted"), say("incident-lasted-unknown")),
    };
    let contexts: Vec<String> =
        incident.contexts.iter().map(|context| words::term(text, "context", context.slug())).collect();
    let mut rows = vec![
        Fact::new(say("incident-start"), days::partial(text, incident.start)),
        ended,
        lasted,
        fact("incident-place-name", &incident.place_name),
        Fact::new(
            say("incident-authority-kind"),
            words::term(text, "authority-kind", incident.authority_kind.slug()),
        ),
        fact("incident-authority", &incident.authority),
        fact("incident-decision", &incident.decision),
        fact("incident-contexts", &text.list_and(&contexts)),
    ];
    rows.extend(particulars::rows(page, context));
    rows.push(fact("incident-outcome", &incident.outcome));
    if incident.transnational {
        rows.push(Fact::new(say("incident-transnational"), say("incident-transnational-words")));
    }
    if !incident.series.is_empty() {
        rows.push(Fact::new(say("incident-series"), incident.series.clone()));
    }
    if !incident.related.is_empty() {
        rows.push(Fact::new(say("incident-related"), related(incident, context)));
    }
    part("what", text.say("incident-what"), view! { {prose(&incident.narrative)} {facts(rows)} })
}

fn related(incident: &Incident, context: &PageContext) -> AnyView {
    let one = |reference: &String| {
        let words = reference.clone();
        let shown = if is_reference(reference) {
            link(context.link(&address(reference)), words)
        } else {
            words.into_any()
        };
        view! { <li>{shown}</li> }
    };
    view! { <ul class="inline">{incident.related.iter().map(one).collect_view()}</ul> }.into_any()
}

fn answerable(page: &Published, context: &PageContext) -> AnyView {
    let text = context.text;
    let incident = &page.public.incident;
    let one = |actor: &Actor| {
        let state = actor.state.map_or_else(
            || text.say("actor-no-state").into_any(),
            |code| link(context.link(&format!("/countries/{}", code.slug())), page.reading.names.of(code)),
        );
        let name = if actor.name.is_empty() { text.say("not-recorded") } else { actor.name.clone() };
        vec![
            state,
            words::capitalised(&words::term(text, "attribution", actor.attribution.slug())).into_any(),
            words::term(text, "role", actor.role.slug()).into_any(),
            name.into_any(),
        ]
    };
    let columns = ["actor-state", "actor-attribution", "actor-role", "actor-name"]
        .map(|key| Column::words(text.say(key)));
    let list = if incident.actors.is_empty() {
        empty(text.say("actor-none"))
    } else {
        table(text.say("actor-caption"), columns.to_vec(), incident.actors.iter().map(one).collect())
    };
    let stance = match incident.stance {
        Some(stance) => Fact::new(text.say("incident-stance"), words::term(text, "stance", stance.slug())),
        None => Fact::unknown(text.say("incident-stance"), text.say("not-recorded")),
    };
    let naming = incident.naming.map_or("not-recorded", |rule| rule.slug());
    let naming = Fact::new(text.say("incident-naming"), words::term(text, "naming", naming));
    part("answerable", text.say("incident-answerable"), view! { {list} {facts(vec![stance, naming])} })
}

/// What the authority gave as its reason, beside what other sources tie it to: never mixed.
fn reasons(incident: &Incident, context: &PageContext) -> AnyView {
    let text = context.text;
    let official = match &incident.justification {
        Justification::Given(words) => prose(words),
        Justification::NoneFound => empty(text.say("justification-none-found")),
        Justification::NotRecorded => empty(text.say("justification-not-recorded")),
    };
    let cause = if incident.documented_cause.is_empty() {
        empty(text.say("documented-cause-none"))
    } else {
        prose(&incident.documented_cause)
    };
    part(
        "reasons",
        text.say("incident-reasons"),
        view! {
            <div class="beside">
                <div>{sub(text.say("incident-justification"))} {official}</div>
                <div>{sub(text.say("incident-documented-cause"))} {cause}</div>
            </div>
        },
    )
}

/// "On that day: …" for each answerable state, every instrument with something on record.
fn standing(page: &Published, context: &PageContext) -> AnyView {
    let text = context.text;
    let title = text.say("incident-standing");
    if page.standings.is_empty() {
        return part("standing", title, empty(text.say("incident-standing-nobody")));
    }
    let when = days::partial(text, page.public.incident.start);
    let tables = page.standings.iter().map(|(state, all)| {
        let (shown, rest): (Vec<&OnDay>, Vec<&OnDay>) =
            all.iter().partition(|one| is_always_named(&one.slug) || is_telling(one));
        let rows = shown
            .iter()
            .map(|one| {
                vec![
                    link(context.link(&format!("/treaties/{}", one.slug)), one.treaty.clone()),
                    marked(one.full.clone()),
                ]
            })
            .collect();
        let state = page.reading.names.in_sentence(text, *state);
        let caption =
            text.with("incident-standing-caption", &[("state", state.into()), ("when", (&when).into())]);
        let columns = vec![
            Column::words(text.say("country-treaties-treaty")),
            Column::words(text.say("standing-on-that-day")),
        ];
        let mut by_status: Vec<(&str, Vec<String>)> = Vec::new();
        for one in rest {
            match by_status.iter_mut().find(|(status, _)| *status == one.full.words) {
                Some((_, treaties)) => treaties.push(one.treaty.clone()),
                None => by_status.push((&one.full.words, vec![one.treaty.clone()])),
            }
        }
        let rest = by_status.iter().map(|(status, treaties)| note(words::closed(text, status, treaties)));
        view! { {table(caption, columns, rows)} {rest.collect_view()} }
    });
    part("standing", title, view! { {tables.collect_view()} {teach(text)} {legend(text)} })
}

/// It says more than that nothing is on record, or that the instrument could not concern the state.
fn is_telling(one: &OnDay) -> bool {
    !one.no_record && one.full.mark != "–"
}

fn sources(incident: &Incident, context: &PageContext) -> AnyView {
    let text = context.text;
    let one = |source: &Source| {
        let title = if source.title.is_empty() { host(&source.url) } else { source.title.clone() };
        let kind = source.kind.map_or("not-recorded", |kind| kind.slug());
        let published = source.published.map_or_else(
            || text.say("source-day-not-recorded"),
            |date| text.with("source-published", &[("when", days::partial(text, date).into())]),
        );
        let first = (!source.first_published_by.is_empty()).then(|| {
            view! {
                <span>{text.with("source-first", &[("by", (&source.first_published_by).into())])}</span>
            }
        });
        view! {
            <li>
                <p dir="auto">{outward(&source.url, title)}</p>
                <p class="small">
                    <span>{words::term(text, "source-kind", kind)}</span>
                    <span>{published}</span>
                    {first}
                    <span class="address" dir="ltr">{source.url.clone()}</span>
                </p>
            </li>
        }
    };
    part(
        "sources",
        text.say("incident-sources"),
        view! { <ol class="sources">{incident.sources.iter().map(one).collect_view()}</ol> },
    )
}

fn comment(incident: &Incident, context: &PageContext) -> AnyView {
    let text = context.text;
    let body = match &incident.comment {
        CommentSought::Asked { from, when, answer } => {
            let asked = text
                .with("comment-asked", &[("from", from.into()), ("when", days::partial(text, *when).into())]);
            let answer = if answer.is_empty() {
                paragraph(text.say("comment-no-answer"))
            } else {
                view! { <blockquote dir="auto">{answer.clone()}</blockquote> }.into_any()
            };
            view! { {paragraph(asked)} {answer} }.into_any()
        }
        CommentSought::NotAsked { reason } => {
            paragraph(text.with("comment-not-asked", &[("reason", reason.into())]))
        }
        CommentSought::NotRecorded => empty(text.say("comment-not-recorded")),
    };
    part("comment", text.say("incident-comment"), body)
}

/// What happened to it since it was first published. One that came with many others in one act has no entries.
fn history(page: &Published, context: &PageContext) -> AnyView {
    let public = &page.public;
    if public.history.is_empty() {
        return ().into_any();
    }
    let list = gone::history(&public.history, &public.reference, context);
    part("history", context.text.say("incident-history"), list)
}

fn quote(page: &Published, context: &PageContext) -> AnyView {
    let public = &page.public;
    let mut parts = vec![public.reference.clone(), words::title(context.text, &public.incident)];
    parts.retain(|part| !part.is_empty());
    let cited = Cited {
        title: parts.join(", "),
        path: address(&public.reference),
        sentence: None,
        content_hash: Some(public.content_hash.clone()),
    };
    let successor = public
        .hash_before
        .clone()
        .map(|hash| note(context.text.with("cite-hash-before", &[("hash", hash.into())])));
    let edition = public.edition_from.to_string();
    let since = note(context.text.with("incident-since-edition", &[("edition", edition.into())]));
    let body = view! { {cite(context, &cited)} {successor} {since} };
    part("cite", context.text.say("country-quote-title"), body)
}
