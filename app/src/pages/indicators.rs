//! `/indicators`: the series of the record, each with its publisher and licence.

use leptos::prelude::*;
use store::record::{Record, Release};

use super::{LoadError, PageContext};
use crate::components::part::{empty, link, note, part};
use crate::components::shell::{PageHead, shell};
use crate::components::table::{Column, table};
use crate::figures::direction;

/// Every indicator.
#[derive(Debug)]
pub struct IndicatorsPage {
    releases: Vec<Release>,
}

/// Reads every indicator.
pub async fn load(record: &Record, _context: &PageContext) -> Result<IndicatorsPage, LoadError> {
    Ok(IndicatorsPage { releases: record.indicators().await? })
}

/// The whole document.
pub fn render(page: &IndicatorsPage, context: &PageContext) -> String {
    let text = context.text;
    let head = PageHead::new(text.say("indicators-title"), text.say("indicators-description"));
    shell(context, head, || {
        let columns = vec![
            Column::words(text.say("indicator-name")),
            Column::words(text.say("indicator-publisher")),
            Column::words(text.say("indicator-scale")),
            Column::words(text.say("indicator-licence")),
        ];
        let rows = page.releases.iter().map(|release| {
            let it = &release.indicator;
            vec![
                link(context.link(&format!("/indicators/{}", it.code)), it.name.clone()),
                text.with(
                    "indicator-publisher-release",
                    &[("publisher", (&it.publisher).into()), ("release", (&it.release).into())],
                )
                .into_any(),
                scale(context, release).into_any(),
                it.licence.clone().into_any(),
            ]
        });
        let list = if page.releases.is_empty() {
            empty(text.say("indicators-none"))
        } else {
            table(text.say("indicators-caption"), columns, rows.collect())
        };
        view! {
            <div class="title-block">
                <h1>{text.say("indicators-title")}</h1>
                <p class="summary">{text.say("indicators-description")}</p>
            </div>
            {part(
                "indicators",
                text.say("indicators-all"),
                view! { {list} {note(text.say("indicators-note"))} },
            )}
        }
    })
}

/// "index, 0 to 1, higher is freer".
pub(super) fn scale(context: &PageContext, release: &Release) -> String {
    let text = context.text;
    let it = &release.indicator;
    let direction = direction(text, it.direction);
    match it.scale_low.zip(it.scale_high) {
        Some((low, high)) => text.with(
            "indicator-scale-ends",
            &[
                ("unit", (&it.unit).into()),
                ("low", text.number(low, 0).into()),
                ("high", text.number(high, 0).into()),
                ("direction", direction.into()),
            ],
        ),
        None => {
            text.with("indicator-scale-open", &[("unit", (&it.unit).into()), ("direction", direction.into())])
        }
    }
}
