//! How the country page looks.

use leptos::prelude::*;

use super::{Act, CountryPage, TreatyRow};
use crate::components::cite::{Cited, cite};
use crate::components::figure::{Size, chart};
use crate::components::incident::entries;
use crate::components::part::{bullets, empty, link, note, paragraph, part, sub};
use crate::components::shell::{PageHead, shell};
use crate::components::standing::{legend, marked, teach};
use crate::components::table::{Column, table};
use crate::context::PageContext;
use crate::figures::{indicator_path, timeline_path};
use crate::words::{capitalised, closed};

/// The whole document.
pub fn render(page: &CountryPage, context: &PageContext) -> String {
    let head = PageHead::new(page.country.name.clone(), format!("{}.", capitalised(&page.sentence)));
    shell(context, head, || {
        view! {
            {top(page, context)}
            {findings(page, context)}
            {others(page, context)}
            {happened_here(page, context)}
            {timeline(page, context)}
            {treaties(page, context)}
            {indicators(page, context)}
            {unknown(page, context)}
            {ahead(page, context)}
            {quote(page, context)}
            {press(context)}
        }
    })
}

fn top(page: &CountryPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let country = &page.country;
    let region: Vec<String> = [country.region.clone(), country.sub_region.clone()]
        .into_iter()
        .flatten()
        .fold(Vec::new(), |mut parts, part| {
            if !parts.contains(&part) {
                parts.push(part);
            }
            parts
        });
    let kind = match country.kind {
        domain::country::CountryKind::State => None,
        domain::country::CountryKind::Territory => Some("country-kind-territory"),
        domain::country::CountryKind::Area => Some("country-kind-area"),
        domain::country::CountryKind::Organisation => Some("country-kind-organisation"),
        domain::country::CountryKind::FormerState => Some("country-kind-former"),
    };
    view! {
        <div class="title-block">
            <p class="over">{region.join(" · ")}</p>
            <h1 dir="auto">{country.name.clone()}</h1>
            <p class="summary">{capitalised(&page.sentence)}"."</p>
            {kind.map(|key| note(text.say(key)))}
        </div>
    }
    .into_any()
}

fn findings(page: &CountryPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let list = if page.findings.is_empty() {
        empty(text.with(
            match (page.happened_here.is_empty(), page.is_watched) {
                (false, _) => "country-none-answerable",
                (true, true) => "country-none-examples",
                (true, false) => "country-none",
            },
            &[("country", (&page.in_sentence).into())],
        ))
    } else {
        view! {
            {note(text.say("country-findings-note"))}
            {entries(context, &page.findings)}
            {teach(text)}
        }
        .into_any()
    };
    part("findings", text.say("country-findings"), list)
}

fn others(page: &CountryPage, context: &PageContext) -> AnyView {
    if page.others.is_empty() {
        return ().into_any();
    }
    let lists = page
        .others
        .iter()
        .map(|(heading, meaning, list)| {
            view! { {sub(heading.clone())} {note(meaning.clone())} {entries(context, list)} }
        })
        .collect_view();
    let meaning = note(context.text.say("country-others-note"));
    part("others", context.text.say("country-others"), view! { {meaning} {lists} })
}

fn happened_here(page: &CountryPage, context: &PageContext) -> AnyView {
    if page.happened_here.is_empty() {
        return ().into_any();
    }
    let text = context.text;
    part(
        "happened-here",
        text.say("country-happened-here"),
        view! {
            {note(text.with("country-happened-here-note", &[("country", (&page.in_sentence).into())]))}
            {entries(context, &page.happened_here)}
        },
    )
}

fn timeline(page: &CountryPage, context: &PageContext) -> AnyView {
    let path = timeline_path(page.country.code);
    part(
        "timeline",
        context.text.say("country-timeline"),
        chart(context, "timeline-chart", &page.timeline, &path, Size::Whole),
    )
}

fn treaties(page: &CountryPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let columns = vec![
        Column::words(text.say("country-treaties-treaty")),
        Column::words(text.say("country-treaties-standing")),
        Column::words(text.say("country-treaties-acts")),
    ];
    let rows = page.treaties.iter().map(|row| treaty_row(row, context)).collect();
    let caption = text.with(
        "country-treaties-caption",
        &[("country", (&page.in_sentence).into()), ("day", text.day(context.today).into())],
    );
    let list = if page.treaties.is_empty() {
        empty(text.say("country-treaties-none"))
    } else {
        table(caption, columns, rows)
    };
    let no_record = (!page.no_record.is_empty()).then(|| {
        note(text.with("country-treaties-no-record", &[("treaties", text.list_and(&page.no_record).into())]))
    });
    let not_then = page.not_then.iter().map(|(standing, treaties)| {
        let args = [("treaties", text.list_and(treaties).into()), ("standing", standing.into())];
        note(text.with("country-treaties-not-then", &args))
    });
    let closed = page.closed.iter().map(|(status, treaties)| note(closed(text, status, treaties)));
    part(
        "treaties",
        text.say("country-treaties"),
        view! { {list} {no_record} {not_then.collect_view()} {closed.collect_view()} {teach(text)} {legend(text)} },
    )
}

fn treaty_row(row: &TreatyRow, context: &PageContext) -> Vec<AnyView> {
    let text = context.text;
    let statements = (!row.statements.is_empty()).then(|| {
        let count = text.with("country-statements", &[("count", row.statements.len().into())]);
        view! {
            <details>
                <summary>
                    {count} <span class="visually-hidden">": " {row.name.clone()}</span>
                </summary>
                {acts(&row.statements, context)}
            </details>
        }
    });
    vec![
        link(context.link(&format!("/treaties/{}", row.slug)), row.name.clone()),
        marked(row.standing.clone()),
        view! { {acts(&row.acts, context)} {statements} }.into_any(),
    ]
}

fn acts(acts: &[Act], context: &PageContext) -> AnyView {
    let text = context.text;
    if acts.is_empty() {
        return text.say("country-no-act").into_any();
    }
    let one = |act: &Act| {
        let touched = (!act.provisions.is_empty()).then(|| {
            text.with("act-provisions", &[("provisions", act.provisions.replace(';', ", ").into())])
        });
        let unchecked =
            act.unchecked.then(|| view! { <span class="unchecked">{text.say("not-yet-checked")}</span> });
        let words = (!act.text.is_empty()).then(|| view! { <q dir="auto">{act.text.clone()}</q> });
        view! {
            <li>
                {text.with("act-line", &[("kind", (&act.kind).into()), ("when", (&act.when).into())])} " "
                {touched} " " {words} {unchecked}
            </li>
        }
    };
    view! { <ul class="acts">{acts.iter().map(one).collect_view()}</ul> }.into_any()
}

fn indicators(page: &CountryPage, context: &PageContext) -> AnyView {
    let text = context.text;
    if page.indicators.is_empty() {
        return part(
            "indicators",
            text.say("country-indicators"),
            empty(text.say("country-indicators-none")),
        );
    }
    let figures = page
        .indicators
        .iter()
        .map(|(code, figure)| {
            let path = indicator_path(code, &[page.country.code]);
            view! {
                <div class="small-multiple">
                    {chart(context, &format!("chart-{code}"), figure, &path, Size::Half)}
                    <p class="files">
                        {link(context.link(&format!("/indicators/{code}")), text.say("indicator-about"))}
                    </p>
                </div>
            }
        })
        .collect_view();
    part(
        "indicators",
        text.say("country-indicators"),
        view! {
            {note(text.say("country-indicators-note"))}
            <div class="small-multiples">{figures}</div>
        },
    )
}

fn unknown(page: &CountryPage, context: &PageContext) -> AnyView {
    let text = context.text;
    part(
        "unknown",
        text.say("country-unknown"),
        view! {
            {bullets(page.unknown.clone())}
            {sub(text.say("country-watched"))}
            {page.watched.iter().map(|said| paragraph(said.clone())).collect_view()}
        },
    )
}

fn ahead(page: &CountryPage, context: &PageContext) -> AnyView {
    let text = context.text;
    if page.ahead.is_empty() {
        return part("ahead", text.say("country-ahead"), empty(text.say("country-ahead-none")));
    }
    let items = page.ahead.iter().map(|(day, what)| {
        text.with("country-ahead-line", &[("day", text.day(*day).into()), ("what", what.into())])
    });
    part("ahead", text.say("country-ahead"), bullets(items.collect()))
}

fn quote(page: &CountryPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let path = format!("/countries/{}", page.country.code.slug());
    let sentence = text.with(
        "country-quote",
        &[("country", (&page.country.name).into()), ("sentence", (&page.sentence).into())],
    );
    let cited =
        Cited { title: page.country.name.clone(), path, sentence: Some(sentence), content_hash: None };
    let mut downloads = vec![(text.say("country-timeline"), timeline_path(page.country.code))];
    downloads.extend(
        page.indicators
            .iter()
            .map(|(code, figure)| (figure.title().to_owned(), indicator_path(code, &[page.country.code]))),
    );
    let downloads = downloads
        .into_iter()
        .map(|(name, path)| {
            let one = |extension: &str, format: &'static str| {
                let label = text.with("download-as", &[("name", (&name).into()), ("format", format.into())]);
                view! {
                    <a href=context.link(&path.replace("{}", extension)) aria-label=label>
                        {format}
                    </a>
                    " "
                }
            };
            view! {
                <li>
                    {name.clone()} ": " {one("csv", "CSV")} {one("json", "JSON")} {one("svg", "SVG")}
                    {one("png", "PNG")}
                </li>
            }
        })
        .collect_view();
    part(
        "cite",
        text.say("country-quote-title"),
        view! {
            {cite(context, &cited)}
            {sub(text.say("downloads"))}
            <ul class="downloads">{downloads}</ul>
        },
    )
}

fn press(context: &PageContext) -> AnyView {
    let text = context.text;
    part(
        "press",
        text.say("country-press"),
        view! {
            <p>
                {text.say("country-press-note")} " "
                {link(context.plain_link("/about"), text.say("country-press-link"))}
            </p>
        },
    )
}
