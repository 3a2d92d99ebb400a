//! `/charts/{chart}.{svg|png|csv|json}`: the same figure in four forms.

use app::figures::{self, IndicatorAsk};
use app::pages::NotFound;
use app::pages::error::ErrorPage;
use axum::extract::{Path, State};
use axum::response::Response;
use charts::{Dress, Figure, Theme, Width};
use domain::country::{CountryCode, Gazetteer};
use store::record::Record;

use super::pages::{Asked, Made, NoAnswer, answer};
use crate::http::headers::Policy;
use crate::public_query::PublicQuery;
use crate::state::App;

const KNOWN: &[&str] = &["country", "indicator", "from", "to", "events", "theme", "width"];

/// One chart in one form.
pub(super) async fn chart(State(app): State<App>, Path(file): Path<String>, asked: Asked) -> Response {
    let path = format!("/charts/{file}");
    let drawing = app.clone();
    answer(app, asked, &path, KNOWN, Policy::Open, async |record, context, query| {
        let nothing = || NoAnswer(ErrorPage::NotFound(NotFound::default()));
        let (name, form) = file.split_once('.').ok_or_else(nothing)?;
        let countries = drawing.gazetteer().await?;
        let codes = countries_of(context, &countries, query)?;
        let figure = match name {
            "indicator" => indicator(record, context, query, codes).await?,
            "timeline" => {
                let Some(code) = codes.first() else {
                    return Err(bad(context, "bad-query-chart-needs-country"));
                };
                figures::timeline(record, context, *code).await?
            }
            _ => None,
        };
        made(&drawing, figure.ok_or_else(nothing)?, name, form, query).await
    })
    .await
}

fn bad(context: &app::context::PageContext, key: &str) -> NoAnswer {
    NoAnswer(ErrorPage::BadRequest(context.text.say(key)))
}

fn countries_of(
    context: &app::context::PageContext,
    countries: &Gazetteer,
    query: &PublicQuery,
) -> Result<Vec<CountryCode>, NoAnswer> {
    let mut codes = Vec::new();
    for typed in query.all("country").into_iter().take(20) {
        let code = countries.find(typed).map_err(|_| {
            let value: String = typed.chars().take(60).collect();
            let said = context.text.with("bad-query-no-country", &[("value", value.into())]);
            NoAnswer(ErrorPage::BadRequest(said))
        })?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

async fn indicator(
    record: &Record,
    context: &app::context::PageContext,
    query: &PublicQuery,
    countries: Vec<CountryCode>,
) -> Result<Option<Figure>, NoAnswer> {
    let Some(code) = query.get("indicator") else {
        return Err(bad(context, "bad-query-chart-needs-indicator"));
    };
    let year =
        |name: &str| query.get(name).and_then(|text| text.parse().ok()).filter(|y| (1800..=2200).contains(y));
    let ask = IndicatorAsk {
        code: code.to_lowercase(),
        countries,
        from: year("from"),
        to: year("to"),
        no_events: query.get("events") == Some("none"),
    };
    Ok(figures::indicator(record, context, &ask).await?)
}

async fn made(
    app: &App,
    figure: Figure,
    name: &str,
    form: &str,
    query: &PublicQuery,
) -> Result<Made, NoAnswer> {
    let width = Width::of(query.get("width").and_then(|text| text.parse().ok()).unwrap_or(720));
    let theme = query.get("theme").and_then(Theme::from_code).unwrap_or(Theme::Auto);
    let (content_type, body) = match form {
        "svg" => {
            let svg = figure.at(width).svg(Dress::Standalone { theme });
            ("image/svg+xml; charset=utf-8", svg.into_bytes())
        }
        "png" => ("image/png", png(app, figure, width, theme).await?),
        "csv" => ("text/csv; charset=utf-8", figure.csv().into_bytes()),
        "json" => ("application/json", figure.json().to_string().into_bytes()),
        _ => return Err(NoAnswer(ErrorPage::NotFound(NotFound::default()))),
    };
    let headers = match form {
        "csv" => vec![("content-disposition", format!("attachment; filename=\"treatywatch-{name}.csv\""))],
        _ => Vec::new(),
    };
    Ok(Made { status: 200, content_type, body, headers })
}

/// PNGs take tens of milliseconds of one core: off the async threads, and at most two at once.
async fn png(app: &App, figure: Figure, width: Width, theme: Theme) -> Result<Vec<u8>, NoAnswer> {
    let failed = |said: String| {
        tracing::error!(said, "a picture failed");
        NoAnswer(ErrorPage::Internal)
    };
    // The slot goes with the work: a reader who hangs up does not make room for more of it.
    let slot = app.drawing().acquire_owned().await.map_err(|e| failed(e.to_string()))?;
    let drawn = tokio::task::spawn_blocking(move || {
        let _slot = slot;
        figure.png(width, theme)
    })
    .await;
    drawn.map_err(|e| failed(e.to_string()))?.map_err(|e| failed(e.to_string()))
}
