//! From the record to charts: the same figures for the page and for `/charts/…`.
//!
//! Invariant: whoever asks for a chart of the same country, indicator and edition gets the same [`Figure`]; a page
//! never builds one by other means.

use charts::{
    Bounds, Break, Counting, Figure, IndicatorInput, Mark, MarkShape, Point, Provenance, Series,
    TimelineInput, Until,
};
use domain::country::CountryCode;
use domain::incident::Incident;
use domain::indicator::{Coverage, Extent, Observation};
use domain::treaty::{ActionKind, Treaty, TreatyAction};
use domain::{Day, DayBounds};
use store::StoreError;
use store::record::{IncidentFilter, IncidentLine, Record, Release};
use text::Text;

use crate::context::PageContext;
use crate::reading::Reading;
use crate::words::{self, names::Names};

/// What a chart of an indicator is asked to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndicatorAsk {
    /// The indicator's code.
    pub code: String,
    /// The countries; all that the release has where none is named.
    pub countries: Vec<CountryCode>,
    /// The first year to show.
    pub from: Option<i16>,
    /// The last.
    pub to: Option<i16>,
    /// Without treaty actions and incidents.
    pub no_events: bool,
}

/// The chart of an indicator; `None` where there is no such indicator in this edition. Treaty actions and incidents
/// are marked where one country is shown.
pub async fn indicator(
    record: &Record,
    context: &PageContext,
    ask: &IndicatorAsk,
) -> Result<Option<Figure>, StoreError> {
    let Some(release) = record.indicators().await?.into_iter().find(|r| r.indicator.code == ask.code) else {
        return Ok(None);
    };
    let observations = record.observations(&release.id, &ask.countries).await?;
    let reading = Reading::of(record).await?;
    let marks = match ask.countries.as_slice() {
        [one] if !ask.no_events => {
            let actions = record.actions_of_country(*one).await?;
            let incidents = of_country(record, *one).await?;
            marks(context, &reading.treaties, &actions, &incidents, *one, false)
        }
        _ => Vec::new(),
    };
    let figure =
        indicator_figure(context, &reading.names, &release, &ask.countries, &observations, marks, ask);
    Ok(Some(figure))
}

/// The timeline of a country; `None` where there is no such country.
pub async fn timeline(
    record: &Record,
    context: &PageContext,
    country: CountryCode,
) -> Result<Option<Figure>, StoreError> {
    let reading = Reading::of(record).await?;
    if reading.country(country).is_none() {
        return Ok(None);
    }
    let actions = record.actions_of_country(country).await?;
    let incidents = of_country(record, country).await?;
    let coverage = record.coverage().await?;
    Ok(Some(timeline_figure(context, &reading, country, &actions, &incidents, &coverage)))
}

/// Every incident that lists a country.
pub async fn of_country(record: &Record, country: CountryCode) -> Result<Vec<IncidentLine>, StoreError> {
    record.incidents(&IncidentFilter { country: Some(country), ..IncidentFilter::default() }).await
}

/// The address of an indicator's chart, with `{}` where the extension goes.
pub fn indicator_path(code: &str, countries: &[CountryCode]) -> String {
    let codes: Vec<&str> = countries.iter().map(CountryCode::as_str).collect();
    if codes.is_empty() {
        format!("/charts/indicator.{{}}?indicator={code}")
    } else {
        format!("/charts/indicator.{{}}?indicator={code}&country={}", codes.join(","))
    }
}

/// The address of a country's timeline, with `{}` where the extension goes.
pub fn timeline_path(country: CountryCode) -> String {
    format!("/charts/timeline.{{}}?country={country}")
}

pub(crate) fn timeline_figure(
    context: &PageContext,
    reading: &Reading,
    country: CountryCode,
    actions: &[TreatyAction],
    incidents: &[IncidentLine],
    coverage: &[Coverage],
) -> Figure {
    charts::timeline(TimelineInput {
        text: context.text,
        country: named(context.text, &reading.names, country),
        marks: marks(context, &reading.treaties, actions, incidents, country, true),
        counting: if all_found(coverage, country) { Counting::AllFound } else { Counting::Examples },
        today: context.today,
        provenance: Provenance {
            publisher: context.text.say("site-name"),
            licence: context.text.say("licence-record"),
            address: context.absolute(&context.plain_link(&format!("/countries/{}", country.slug()))),
            edition: Some(context.edition),
            ..Provenance::default()
        },
    })
}

pub(crate) fn indicator_figure(
    context: &PageContext,
    names: &Names,
    release: &Release,
    countries: &[CountryCode],
    observations: &[Observation],
    marks: Vec<Mark>,
    ask: &IndicatorAsk,
) -> Figure {
    let text = context.text;
    let it = &release.indicator;
    let mut shown: Vec<CountryCode> = countries.to_vec();
    if shown.is_empty() {
        shown = observations.iter().map(|o| o.country).collect();
        shown.sort_unstable();
        shown.dedup();
    }
    let series = shown.iter().map(|code| Series {
        country: named(text, names, *code),
        points: observations
            .iter()
            .filter(|o| o.country == *code)
            .map(|o| Point { year: o.year, value: o.value, low: o.low, high: o.high })
            .collect(),
    });
    let some = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    charts::indicator(IndicatorInput {
        text,
        code: it.code.clone(),
        name: it.name.clone(),
        unit: it.unit.clone(),
        direction: direction(text, it.direction),
        decimals: decimals(it.scale_low, it.scale_high),
        scale: it.scale_low.zip(it.scale_high),
        series: series.collect(),
        highlight: None,
        breaks: it
            .breaks
            .iter()
            .map(|year| Break { year: *year, name: text.say("indicator-break") })
            .collect(),
        marks,
        first_year: ask.from,
        last_year: ask.to,
        provenance: Provenance {
            publisher: it.publisher.clone(),
            release: some(&it.release),
            newer_release: some(&it.newer_release),
            licence: it.licence.clone(),
            address: context.absolute(&context.plain_link(&format!("/indicators/{}", it.code))),
            edition: Some(context.edition),
            notes: Vec::new(),
        },
    })
}

/// The word for which way is better.
pub fn direction(text: Text, direction: domain::indicator::Direction) -> String {
    use domain::indicator::Direction;
    text.say(match direction {
        Direction::HigherIsFreer => "direction-higher-is-freer",
        Direction::HigherIsBetter => "direction-higher-is-better",
        Direction::LowerIsFreer => "direction-lower-is-freer",
    })
}

/// A scale up to ten is read with two decimals, a longer one with one.
pub fn decimals(low: Option<f64>, high: Option<f64>) -> usize {
    let span = high.zip(low).map_or(0.0, |(high, low)| high - low);
    if span > 10.0 { 1 } else { 2 }
}

/// Somebody declares to find every incident of `country`.
pub fn all_found(coverage: &[Coverage], country: CountryCode) -> bool {
    coverage.iter().any(|c| c.extent == Extent::AllFound && c.countries.contains(&country))
}

/// What stands on the time axis: acts that change standing (and, with `entries`, entries into force), and the
/// incidents for which `country` is answerable as alleged misuse.
pub(crate) fn marks(
    context: &PageContext,
    treaties: &[Treaty],
    actions: &[TreatyAction],
    incidents: &[IncidentLine],
    country: CountryCode,
    entries: bool,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for treaty in treaties {
        let own = actions.iter().filter(|a| a.used && a.checked && a.treaty == treaty.slug);
        for action in own.filter(|a| is_marked(a.kind)) {
            let when = bounds(action.done, treaty, action.learned.unwrap_or(context.today));
            marks.push(action_mark(context.text, treaty, action.kind, when));
            let entry = action.effect.bounds();
            let is_new = action.kind.is_consent() && entry != action.done && entry.exact().is_some();
            if entries && is_new {
                let when = bounds(entry, treaty, context.today);
                marks.push(action_mark(context.text, treaty, ActionKind::EntryIntoForce, when));
            }
        }
    }
    let counted =
        |line: &&IncidentLine| line.incident.counts() && line.incident.attribution_of(country).is_some();
    marks.extend(incidents.iter().filter(counted).map(|line| incident_mark(context, line)));
    // Read as a table they are one course of events.
    marks.sort_by_key(|mark| (mark.from, mark.shape == MarkShape::Incident));
    marks
}

fn is_marked(kind: ActionKind) -> bool {
    kind.changes_standing() || matches!(kind, ActionKind::Derogation | ActionKind::DerogationEnd)
}

fn action_mark(text: Text, treaty: &Treaty, kind: ActionKind, from: Bounds) -> Mark {
    let slug = kind.slug();
    let said = |treaty: String| text.with(&format!("mark-{slug}"), &[("treaty", treaty.into())]);
    Mark {
        shape: MarkShape::TreatyAction,
        from,
        until: Until::Open,
        label: said(treaty.short_title.clone()),
        short_label: said(words::brief(treaty)),
        kind: text.say(&format!("action-{slug}")),
        reference: None,
    }
}

fn incident_mark(context: &PageContext, line: &IncidentLine) -> Mark {
    let incident: &Incident = &line.incident;
    let kind = words::kind(context.text, incident.kind);
    let bounds = |date: domain::PartialDate| Bounds { not_before: date.first(), not_after: date.last() };
    let short = match incident.services.as_slice() {
        [service] if service.chars().count() <= 20 => service.clone(),
        _ => kind.clone(),
    };
    Mark {
        shape: MarkShape::Incident,
        from: bounds(incident.start),
        until: match (incident.end, incident.ongoing) {
            (Some(end), _) => Until::Ended(bounds(end)),
            (None, Some(true)) => Until::Ongoing(incident.last_day()),
            (None, _) => Until::Open,
        },
        label: words::title(context.text, incident),
        short_label: short,
        kind,
        reference: Some(line.reference.clone()),
    }
}

/// A day's bounds for drawing: an act cannot lie before its treaty's opening, nor after we learned of it.
fn bounds(known: DayBounds, treaty: &Treaty, learned: Day) -> Bounds {
    let opened = treaty.opened_bounds().and_then(|b| b.not_before);
    let not_after = known.not_after.or(known.not_before.filter(|first| *first > learned)).unwrap_or(learned);
    let not_before = known.not_before.or(opened).unwrap_or(not_after).min(not_after);
    Bounds { not_before, not_after }
}

fn named(text: Text, names: &Names, code: CountryCode) -> charts::Country {
    charts::Country {
        iso3: code.as_str().to_owned(),
        name: names.of(code),
        in_sentence: names.in_sentence(text, code),
    }
}
