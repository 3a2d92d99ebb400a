//! `/methodology`: how standing, counts and analysis come about, with examples computed from the record as it stands.

use domain::Day;
use domain::standing::standing;
use leptos::prelude::*;
use store::record::Record;

use super::{LoadError, PageContext, about};
use crate::components::part::{note, part};
use crate::components::shell::{PageHead, shell};
use crate::components::standing::{legend, marked};
use crate::components::table::{Column, table};
use crate::reading::Reading;
use crate::words::standing::{Marked, full};

/// The worked examples: country, treaty, day. What they come to is computed, never written down.
const EXAMPLES: [(&str, &str, (i16, i8, i8)); 6] = [
    ("BRA", "iccpr", (2016, 5, 2)),
    ("BRA", "budapest", (2016, 5, 2)),
    ("BRA", "un-cybercrime", (2016, 5, 2)),
    ("GHA", "budapest", (2020, 6, 1)),
    ("GHA", "malabo", (2024, 6, 1)),
    ("IND", "budapest", (2024, 6, 1)),
];

/// The sections after the examples: the name of each in the catalogue, and how many paragraphs it has.
const SECTIONS: [(&str, usize); 6] = [
    ("methodology-incidents", 3),
    ("methodology-counts", 3),
    ("methodology-analysis", 3),
    ("methodology-indicators", 3),
    ("methodology-editions", 3),
    ("methodology-limits", 4),
];

/// What the page shows.
#[derive(Debug)]
pub struct MethodologyPage {
    /// The methodology's version.
    pub version: String,
    /// Examples whose country and treaty are on record: state, treaty, day, standing.
    pub examples: Vec<(String, String, Day, Marked)>,
}

/// Computes the examples.
pub async fn load(record: &Record, context: &PageContext) -> Result<MethodologyPage, LoadError> {
    let reading = Reading::of(record).await?;
    let mut examples = Vec::new();
    for (code, slug, (year, month, day)) in EXAMPLES {
        let day = Day::new(year, month, day).expect("the examples are days that exist");
        let Ok(code) = code.parse() else { continue };
        let (Some(country), Some(treaty)) = (reading.country(code), reading.treaty(slug)) else { continue };
        let actions = record.actions_of_country(code).await?;
        let standing = standing(treaty, country, &reading.groups, &actions, day);
        let said = full(context.text, &standing, &reading.names);
        examples.push((country.name.clone(), treaty.short_title.clone(), day, said));
    }
    Ok(MethodologyPage { version: record.methodology().to_owned(), examples })
}

/// The whole document.
pub fn render(page: &MethodologyPage, context: &PageContext) -> String {
    let text = context.text;
    let head = PageHead::new(text.say("methodology-title"), text.say("methodology-description"));
    shell(context, head, || {
        let columns = vec![
            Column::words(text.say("methodology-example-state")),
            Column::words(text.say("country-treaties-treaty")),
            Column::words(text.say("methodology-example-day")),
            Column::words(text.say("country-treaties-standing")),
        ];
        let rows: Vec<Vec<AnyView>> = page
            .examples
            .iter()
            .map(|(state, treaty, day, said)| {
                vec![
                    state.clone().into_any(),
                    treaty.clone().into_any(),
                    text.day(*day).into_any(),
                    marked(said.clone()),
                ]
            })
            .collect();
        let examples = (!rows.is_empty()).then(|| {
            let caption =
                text.with("methodology-examples-caption", &[("edition", context.edition.to_string().into())]);
            table(caption, columns, rows)
        });
        let version = text.with("methodology-version", &[("version", (&page.version).into())]);
        view! {
            <div class="title-block">
                <h1>{text.say("methodology-title")}</h1>
                <p class="summary">{text.say("methodology-description")}</p>
                {note(version)}
            </div>
            {about::section(text, "methodology-rules", 4)}
            {part(
                "methodology-standing",
                text.say("methodology-standing"),
                view! { {about::paragraphs(text, "methodology-standing", 5)} {examples} {legend(text)} },
            )}
            {SECTIONS.map(|(key, count)| about::section(text, key, count)).into_iter().collect_view()}
        }
    })
}
