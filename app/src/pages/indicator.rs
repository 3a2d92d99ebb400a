//! `/indicators/{code}`: how a series is made, on which terms, and its figures for every country that it covers here.

use std::collections::BTreeMap;

use charts::Figure;
use domain::country::CountryCode;
use domain::indicator::Observation;
use leptos::prelude::*;
use store::record::{Record, Release};

use super::indicators::scale;
use super::{LoadError, PageContext};
use crate::components::facts::{Fact, facts};
use crate::components::figure::{Size, chart};
use crate::components::part::{empty, host, link, note, outward, part};
use crate::components::shell::{PageHead, shell};
use crate::components::table::{Column, table};
use crate::figures::{IndicatorAsk, decimals, indicator_figure, indicator_path};
use crate::words::names::Names;

/// Of more lines than this a chart draws one and leaves the others grey.
const MOST_TOLD_APART: usize = 7;

/// What the page shows.
#[derive(Debug)]
pub struct IndicatorPage {
    /// The indicator's release.
    pub release: Release,
    /// Its chart.
    pub figure: Figure,
    /// The countries the chart was asked to show; none means all.
    pub chosen: Vec<CountryCode>,
    /// First and latest value of each country: name, code, first, latest.
    pub rows: Vec<(String, CountryCode, Observation, Observation)>,
}

/// Reads an indicator's page. `chosen` are the countries to draw; none means all.
pub async fn load(
    record: &Record,
    context: &PageContext,
    code: &str,
    chosen: Vec<CountryCode>,
) -> Result<IndicatorPage, LoadError> {
    let releases = record.indicators().await?;
    let Some(release) = releases.iter().find(|r| r.indicator.code == code).cloned() else {
        let near =
            releases.iter().map(|r| (r.indicator.name.clone(), format!("/indicators/{}", r.indicator.code)));
        return Err(LoadError::near(near.collect()));
    };
    let observations = record.observations(&release.id, &[]).await?;
    let names = Names::new(&record.countries().await?);
    let ask = IndicatorAsk { code: code.to_owned(), countries: chosen.clone(), ..IndicatorAsk::default() };
    let figure = indicator_figure(context, &names, &release, &chosen, &observations, Vec::new(), &ask);
    let mut by_country: BTreeMap<CountryCode, Vec<Observation>> = BTreeMap::new();
    for observation in observations {
        by_country.entry(observation.country).or_default().push(observation);
    }
    let mut rows: Vec<_> = by_country
        .into_iter()
        .filter_map(|(code, values)| {
            let first = *values.iter().min_by_key(|o| o.year)?;
            let latest = *values.iter().max_by_key(|o| o.year)?;
            Some((names.of(code), code, first, latest))
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(IndicatorPage { release, figure, chosen, rows })
}

/// The whole document.
pub fn render(page: &IndicatorPage, context: &PageContext) -> String {
    let it = &page.release.indicator;
    let head = PageHead::new(it.name.clone(), it.method.clone());
    shell(context, head, || {
        view! {
            <div class="title-block">
                <p class="over">{it.publisher.clone()}</p>
                <h1 dir="auto">{it.name.clone()}</h1>
                <p class="summary">{it.method.clone()}</p>
            </div>
            {picture(page, context)}
            {countries(page, context)}
            {terms(page, context)}
        }
    })
}

fn picture(page: &IndicatorPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let path = indicator_path(&page.release.indicator.code, &page.chosen);
    let all = (!page.chosen.is_empty()).then(|| {
        let href = context.link(&format!("/indicators/{}", page.release.indicator.code));
        view! { <p>{link(href, text.say("indicator-show-all"))}</p> }
    });
    let highlight = (page.chosen.is_empty() && page.rows.len() > MOST_TOLD_APART)
        .then(|| note(text.say("indicator-highlight")));
    part(
        "chart",
        text.say("indicator-chart"),
        view! { {chart(context, "indicator-chart", &page.figure, &path, Size::Whole)} {highlight} {all} },
    )
}

fn countries(page: &IndicatorPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let it = &page.release.indicator;
    if page.rows.is_empty() {
        return part("countries", text.say("indicator-countries"), empty(text.say("indicator-no-country")));
    }
    let columns = vec![
        Column::words(text.say("treaty-state")),
        Column::numbers(text.say("indicator-first")),
        Column::numbers(text.say("indicator-latest")),
        Column::words(text.say("indicator-draw")),
    ];
    let decimals = decimals(it.scale_low, it.scale_high);
    let value = |o: &Observation| {
        let number = text.number(o.value, decimals);
        let args = [("value", number.into()), ("year", o.year.to_string().into())];
        match o.low.zip(o.high) {
            None => text.with("indicator-value", &args),
            Some((low, high)) => text.with(
                "indicator-value-interval",
                &[
                    args[0].clone(),
                    args[1].clone(),
                    ("low", text.number(low, decimals).into()),
                    ("high", text.number(high, decimals).into()),
                ],
            ),
        }
    };
    let rows = page.rows.iter().map(|(name, code, first, latest)| {
        let alone = context.link(&format!("/indicators/{}?country={code}", it.code));
        let label = text.with("indicator-draw-country", &[("country", name.into())]);
        vec![
            link(context.link(&format!("/countries/{}", code.slug())), name.clone()),
            value(first).into_any(),
            value(latest).into_any(),
            link(alone, label),
        ]
    });
    let caption = text.with(
        "indicator-countries-caption",
        &[("scale", scale(context, &page.release).into()), ("count", page.rows.len().into())],
    );
    part("countries", text.say("indicator-countries"), table(caption, columns, rows.collect()))
}

fn terms(page: &IndicatorPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let it = &page.release.indicator;
    let fact = |key: &str, value: &str| Fact::text(text.say(key), value, text.say("not-recorded"));
    let breaks: Vec<String> = it.breaks.iter().map(|year| year.to_string()).collect();
    let newer = if it.newer_release.is_empty() {
        Fact::unknown(text.say("indicator-newer"), text.say("indicator-newer-none"))
    } else {
        Fact::new(text.say("indicator-newer"), it.newer_release.clone())
    };
    let licence = if it.licence_url.is_empty() {
        it.licence.clone().into_any()
    } else {
        outward(&it.licence_url, it.licence.clone())
    };
    let rows = vec![
        fact("indicator-publisher", &it.publisher),
        fact("indicator-release", &it.release),
        newer,
        Fact::new(text.say("indicator-scale"), scale(context, &page.release)),
        fact("indicator-interval", &it.interval),
        Fact::text(text.say("indicator-breaks"), &text.list_and(&breaks), text.say("indicator-breaks-none")),
        Fact::new(text.say("indicator-licence"), licence),
        fact("indicator-attribution", &it.attribution),
        Fact::new(text.say("indicator-source"), outward(&it.source_url, host(&it.source_url))),
        Fact::new(text.say("cite-hash"), view! { <code class="copy">{page.release.hash.clone()}</code> }),
        Fact::new(text.say("indicator-since-edition"), page.release.edition_from.to_string()),
    ];
    part("terms", text.say("indicator-terms"), view! { {facts(rows)} {note(text.say("indicator-note"))} })
}
