//! `/countries`: every country and area, with today's standing under the treaties that are always named, and how many
//! incidents the record holds. A plain form finds one by any of its names.

use std::collections::BTreeMap;

use domain::country::{Country, CountryCode, CountryKind, Gazetteer};
use domain::standing::standing;
use domain::treaty::Treaty;
use leptos::prelude::*;
use store::record::{CountryCount, Record};

use super::{LoadError, PageContext};
use crate::components::form::{Field, Weight, button, field, hidden};
use crate::components::part::{bullets, link, note, part};
use crate::components::shell::{PageHead, shell};
use crate::components::standing::{legend, marked, teach};
use crate::components::table::{Column, table};
use crate::reading::{Reading, actions_always_named};
use crate::words::brief;
use crate::words::on_day::ALWAYS;
use crate::words::standing::{Marked, briefly};

/// What the page shows.
#[derive(Debug)]
pub struct CountriesPage {
    /// What was looked for, if something was.
    pub find: String,
    /// The country that it names, if it names one: who serves the page may lead there at once.
    pub found: Option<CountryCode>,
    /// The nearest names, where it names none.
    pub near: Vec<(String, String)>,
    /// The treaties of the columns.
    pub treaties: Vec<String>,
    /// By region, each with its lines.
    pub regions: Vec<(String, Vec<Line>)>,
}

/// A country's line.
#[derive(Debug)]
pub struct Line {
    /// Its code.
    pub code: CountryCode,
    /// Its name.
    pub name: String,
    /// Standing today, in the order of the columns.
    pub standings: Vec<Marked>,
    /// How many incidents.
    pub count: CountryCount,
}

/// Reads every country. `find` is what somebody typed into the form.
pub async fn load(record: &Record, context: &PageContext, find: &str) -> Result<CountriesPage, LoadError> {
    let reading = Reading::of(record).await?;
    let counts = record.incident_counts_by_country().await?;
    let actions = actions_always_named(record).await?;
    let treaties: Vec<&Treaty> = ALWAYS.iter().filter_map(|slug| reading.treaty(slug)).collect();
    let mut regions: BTreeMap<(bool, String), Vec<Line>> = BTreeMap::new();
    for country in &reading.countries {
        let standings = treaties.iter().map(|treaty| {
            let under = actions.get(treaty.slug.as_str()).map(Vec::as_slice).unwrap_or_default();
            briefly(context.text, &standing(treaty, country, &reading.groups, under, context.today))
        });
        let line = Line {
            code: country.code,
            name: country.name.clone(),
            standings: standings.collect(),
            count: counts.get(&country.code).copied().unwrap_or_default(),
        };
        regions.entry(group(context, country)).or_default().push(line);
    }
    for lines in regions.values_mut() {
        lines.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let find = find.trim().chars().take(80).collect::<String>();
    let found = Gazetteer::new(&reading.countries).find(&find).ok();
    let near = if found.is_none() && !find.is_empty() {
        super::country::near(&reading.countries, &find)
    } else {
        Vec::new()
    };
    Ok(CountriesPage {
        find,
        found,
        near,
        treaties: treaties.into_iter().map(brief).collect(),
        regions: regions.into_iter().map(|((_, name), lines)| (name, lines)).collect(),
    })
}

/// Regions first, what has none after them.
fn group(context: &PageContext, country: &Country) -> (bool, String) {
    let say = |key: &str| (true, context.text.say(key));
    match (&country.region, country.kind) {
        (_, CountryKind::FormerState) => say("countries-former"),
        (_, CountryKind::Organisation) => say("countries-organisations"),
        (Some(region), _) => (false, region.clone()),
        (None, _) => say("countries-no-region"),
    }
}

/// The form that finds a country by any of its names.
pub(super) fn find_form(context: &PageContext, find: &str) -> AnyView {
    let text = context.text;
    let edition = (!context.is_live).then(|| hidden("edition", &context.edition.to_string()));
    let name =
        Field::new("find", text.say("countries-find")).hint(text.say("countries-find-hint")).value(find);
    view! {
        <form method="get" action=context.plain_link("/countries") class="find" role="search">
            {field(text, name)}
            {edition}
            {button(text.say("countries-find-button"), "", "", Weight::Main)}
        </form>
    }
    .into_any()
}

/// The whole document.
pub fn render(page: &CountriesPage, context: &PageContext) -> String {
    let text = context.text;
    let mut head = PageHead::new(text.say("countries-title"), text.say("countries-description"));
    head.no_index = !page.find.is_empty();
    shell(context, head, || {
        view! {
            <div class="title-block">
                <h1>{text.say("countries-title")}</h1>
                <p class="summary">{text.say("countries-description")}</p>
                {find_form(context, &page.find)}
                {answer(page, context)}
                {bullets_of_regions(page)}
                {note(text.say("countries-note"))}
                {teach(text)}
                {legend(text)}
            </div>
            {page.regions.iter().map(|(name, lines)| region(page, context, name, lines)).collect_view()}
        }
    })
}

fn answer(page: &CountriesPage, context: &PageContext) -> AnyView {
    let text = context.text;
    if page.find.is_empty() {
        return ().into_any();
    }
    let lines = page.regions.iter().flat_map(|(_, lines)| lines);
    if let Some(line) = lines.into_iter().find(|line| Some(line.code) == page.found) {
        let href = context.link(&format!("/countries/{}", line.code.slug()));
        return view! { <p class="status-line">{link(href, line.name.clone())}</p> }.into_any();
    }
    let near: Vec<AnyView> =
        page.near.iter().map(|(name, path)| link(context.link(path), name.clone())).collect();
    let key = if near.is_empty() { "countries-not-found" } else { "countries-near" };
    let said = text.with(key, &[("find", (&page.find).into())]);
    view! {
        <div class="status-line">
            <p>{said}</p>
            <ul class="inline">{near.into_iter().map(|one| view! { <li>{one}</li> }).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Links to the regions below.
fn bullets_of_regions(page: &CountriesPage) -> AnyView {
    let items = page
        .regions
        .iter()
        .map(|(name, _)| view! { <li>{link(format!("#{}", anchor(name)), name.clone())}</li> })
        .collect_view();
    view! { <ul class="inline">{items}</ul> }.into_any()
}

fn anchor(name: &str) -> String {
    format!("region-{}", name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-"))
}

fn region(page: &CountriesPage, context: &PageContext, name: &str, lines: &[Line]) -> AnyView {
    let text = context.text;
    let mut columns = vec![Column::words(text.say("treaty-state"))];
    columns.extend(page.treaties.iter().cloned().map(Column::words));
    columns.push(Column::numbers(text.say("countries-incidents")));
    let rows = lines.iter().map(|line| {
        let mut row =
            vec![link(context.link(&format!("/countries/{}", line.code.slug())), line.name.clone())];
        row.extend(line.standings.iter().cloned().map(marked));
        row.push(count(context, line.count));
        row
    });
    let caption =
        text.with("countries-caption", &[("region", name.into()), ("day", text.day(context.today).into())]);
    part(&anchor(name), name.to_owned(), table(caption, columns, rows.collect()))
}

/// The number of incidents; where there is none a dash, because none on record is not none.
fn count(context: &PageContext, count: CountryCount) -> AnyView {
    let text = context.text;
    if count == CountryCount::default() {
        return view! {
            <span aria-hidden="true">"–"</span>
            <span class="visually-hidden">{text.say("countries-none-on-record")}</span>
        }
        .into_any();
    }
    if count.others == 0 {
        return text.count(count.answerable).into_any();
    }
    let args = [("count", text.count(count.answerable).into()), ("others", text.count(count.others).into())];
    text.with("countries-count-others", &args).into_any()
}

/// A list of country links, for pages that name a few.
pub(super) fn links(context: &PageContext, countries: &[(CountryCode, String)]) -> AnyView {
    if countries.is_empty() {
        return bullets(Vec::new());
    }
    let items = countries
        .iter()
        .map(|(code, name)| {
            let href = context.link(&format!("/countries/{}", code.slug()));
            view! { <li>{link(href, name.clone())}</li> }
        })
        .collect_view();
    view! { <ul class="inline">{items}</ul> }.into_any()
}
