//! What an incident means: treaty links by the way of being engaged, findings above our own assessments, factors and
//! the remedies they point to. Each with who says so.

use domain::PartialDate;
use domain::incident::{Assessment, Factor, FactorBasis, FactorKind, Finding, Outcome, Way};
use leptos::prelude::*;

use super::{Link, Published};
use crate::components::beside::Beside;
use crate::components::facts::facts;
use crate::components::part::{empty, host, link, note, outward, part, sub};
use crate::components::standing::teach;
use crate::components::table::{Column, table};
use crate::context::PageContext;
use crate::words::{self, days};

/// Findings of courts and bodies: above any assessment of ours.
pub(super) fn findings(page: &Published, context: &PageContext) -> AnyView {
    let text = context.text;
    let findings = &page.public.incident.analysis.findings;
    let body = if findings.is_empty() {
        empty(text.say("incident-findings-none"))
    } else {
        let list = findings.iter().map(|one| view! { <li>{finding(one, context)}</li> }).collect_view();
        view! { <ul class="cards" role="list">{list}</ul> }.into_any()
    };
    part("findings", text.say("incident-findings"), body)
}

fn finding(finding: &Finding, context: &PageContext) -> AnyView {
    let text = context.text;
    let over = [words::term(text, "finding-kind", finding.kind.slug()), dated(finding.date, context)];
    let quotation = (!finding.quotation.is_empty())
        .then(|| view! { <blockquote dir="auto">{finding.quotation.clone()}</blockquote> });
    let mut small = Vec::new();
    if !finding.reference.is_empty() {
        small.push(finding.reference.clone());
    }
    if !finding.provision.is_empty() {
        small.push(text.with("finding-provision", &[("provision", (&finding.provision).into())]));
    }
    view! {
        <p class="over">{over.join(" · ")}</p>
        <h3 class="title" dir="auto">{finding.body.clone()}</h3>
        <p dir="auto">{finding.result.clone()}</p>
        {quotation}
        <p class="small">
            {small.into_iter().map(|words| view! { <span dir="auto">{words}</span> }).collect_view()}
            {source(&finding.source_url)}
        </p>
    }
    .into_any()
}

/// Treaty links, headed by the way of being engaged: never "misuse of article n".
pub(super) fn links(page: &Published, context: &PageContext) -> AnyView {
    let text = context.text;
    if page.links.is_empty() {
        return part("links", text.say("incident-links"), empty(text.say("incident-links-none")));
    }
    let ways = Way::ALL.iter().filter_map(|way| {
        let of_way: Vec<&Link> = page.links.iter().filter(|one| one.link.way == *way).collect();
        (!of_way.is_empty()).then(|| {
            let list =
                of_way.into_iter().map(|one| view! { <li>{treaty_link(one, context)}</li> }).collect_view();
            view! {
                {sub(words::term(text, "way", way.slug()))}
                {note(words::term(text, "way-note", way.slug()))}
                <ul class="cards" role="list">{list}</ul>
            }
        })
    });
    part("links", text.say("incident-links"), view! { {ways.collect_view()} {teach(text)} })
}

fn treaty_link(one: &Link, context: &PageContext) -> AnyView {
    let text = context.text;
    let link_of = &one.link;
    let name = text.with(
        "link-provision",
        &[("treaty", (&one.treaty).into()), ("provision", link_of.provision.as_str().into())],
    );
    let rows = Beside::facts(text, Some(link_of.way), &one.beside);
    let said = text.with(
        "link-said-by",
        &[
            ("strength", words::term(text, "strength", link_of.strength.slug()).into()),
            ("by", (&link_of.said_by).into()),
        ],
    );
    view! {
        <h4 class="title">
            {link(context.link(&format!("/treaties/{}", link_of.treaty)), name)}
        </h4>
        <p dir="auto">{link_of.reason.clone()}</p>
        {facts(rows)}
        <p class="small">
            <span dir="auto">{said}</span>
            {source(&link_of.source_url)}
        </p>
    }
    .into_any()
}

/// Our own and others' assessments of a right, part by part.
pub(super) fn assessments(page: &Published, context: &PageContext) -> AnyView {
    let text = context.text;
    let all = &page.public.incident.analysis.assessments;
    let body = if all.is_empty() {
        empty(text.say("incident-assessments-none"))
    } else {
        view! {
            {note(text.say("incident-assessments-note"))}
            {all.iter().map(|one| assessment(one, context)).collect_view()}
        }
        .into_any()
    };
    part("assessments", text.say("incident-assessments"), body)
}

fn assessment(one: &Assessment, context: &PageContext) -> AnyView {
    let text = context.text;
    let outcome = text.say(match one.outcome() {
        Outcome::Met => "outcome-met",
        Outcome::NotMet => "outcome-not-met",
        Outcome::Open => "outcome-open",
    });
    let title = text
        .with("assessment-title", &[("right", one.right.to_string().into()), ("outcome", outcome.into())]);
    let columns = vec![
        Column::words(text.say("assessment-part")),
        Column::words(text.say("assessment-outcome")),
        Column::words(text.say("assessment-reason")),
    ];
    let rows = one.parts.iter().map(|part| {
        let name = format!("part-{}", part.name);
        let name = if text.has(&name) { text.say(&name) } else { part.name.clone() };
        vec![
            name.into_any(),
            words::term(text, "part-outcome", part.outcome.slug()).into_any(),
            part.reason.clone().into_any(),
        ]
    });
    let by =
        text.with("assessment-by", &[("by", (&one.by).into()), ("when", dated(one.date, context).into())]);
    view! {
        {table(title, columns, rows.collect())}
        <p class="small">{by}</p>
    }
    .into_any()
}

/// What contributed to it, and what that points to.
pub(super) fn factors(page: &Published, context: &PageContext) -> AnyView {
    let text = context.text;
    let all = &page.public.incident.analysis.factors;
    let body = if all.is_empty() {
        empty(text.say("incident-factors-none"))
    } else {
        let list = all.iter().map(|one| view! { <li>{factor(one, context)}</li> }).collect_view();
        view! { {note(text.say("incident-factors-note"))} <ul class="cards" role="list">{list}</ul> }
            .into_any()
    };
    part("factors", text.say("incident-factors"), body)
}

fn factor(one: &Factor, context: &PageContext) -> AnyView {
    let text = context.text;
    let factor = words::term(text, "factor", one.kind.slug());
    let basis = match one.basis {
        FactorBasis::Alleged if one.alleged_by.is_empty() => text.say("factor-basis-alleged-nobody"),
        FactorBasis::Alleged => text.with("factor-basis-alleged", &[("by", (&one.alleged_by).into())]),
        basis => words::term(text, "factor-basis", basis.slug()),
    };
    // That something is not known rests on nothing.
    let title = if one.kind == FactorKind::Unknown {
        factor
    } else {
        text.with("factor-title", &[("factor", factor.into()), ("basis", basis.into())])
    };
    let remedy =
        text.with("factor-remedy", &[("remedy", words::term(text, "remedy", one.kind.slug()).into())]);
    view! {
        <h3 class="title" dir="auto">{title}</h3>
        <p dir="auto">{one.reason.clone()}</p>
        <p class="remedy">{remedy}</p>
        <p class="small">{source(&one.source_url)}</p>
    }
    .into_any()
}

fn source(address: &str) -> Option<AnyView> {
    (!address.is_empty()).then(|| view! { <span>{outward(address, host(address))}</span> }.into_any())
}

fn dated(date: Option<PartialDate>, context: &PageContext) -> String {
    date.map_or_else(|| context.text.say("day-not-recorded"), |date| days::partial(context.text, date))
}
