//! A chart on a page: its sentence in sight, its picture in the page's own colours, its table, its files.

use charts::{Dress, Figure, Table, Width};
use leptos::prelude::*;

use super::table::{Column, table};
use crate::context::PageContext;

/// How wide a chart stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// As wide as the text; on a phone a narrow drawing takes its place.
    Whole,
    /// Half as wide: two stand beside each other, and the same drawing serves a phone.
    Half,
}

/// The widths that are drawn.
const WHOLE: u32 = 720;
const NARROW: u32 = 320;
const HALF: u32 = 340;

/// A chart with the sentence, the table and the links. `path` is its address under `/charts/`, without extension
/// and with `{}` where the extension goes: `/charts/timeline.{}?country=BRA`.
pub fn chart(context: &PageContext, id: &str, figure: &Figure, path: &str, size: Size) -> AnyView {
    let text = context.text;
    let draw = |suffix: &str, width: u32| {
        let id = format!("{id}{suffix}");
        figure.clone().at(Width::of(width)).svg(Dress::Inline { id: &id })
    };
    let pictures = match size {
        Size::Half => view! { <div class="picture" inner_html=draw("", HALF)></div> }.into_any(),
        Size::Whole => view! {
            <div class="picture wide" inner_html=draw("", WHOLE)></div>
            <div class="picture narrow" inner_html=draw("-n", NARROW)></div>
        }
        .into_any(),
    };
    let class = if size == Size::Half { "chart-figure half" } else { "chart-figure" };
    let label = format!("{id}-caption");
    let events = figure.marks_table().map(|table| Table { caption: text.say("figure-events"), ..table });
    let tables: Vec<AnyView> = [Some(figure.table()), events]
        .into_iter()
        .flatten()
        .filter(|table| !table.rows.is_empty())
        .map(figures)
        .collect();
    let title = figure.title().to_owned();
    let data = (!tables.is_empty()).then(|| {
        view! {
            <details>
                <summary>
                    {text.say("figure-table")} <span class="visually-hidden">": " {title.clone()}</span>
                </summary>
                {tables}
            </details>
        }
    });
    view! {
        <figure class=class aria-labelledby=label>
            <figcaption>
                <strong id=label.clone()>{figure.title().to_owned()}</strong>
                <span class="says">{figure.sentence().to_owned()}"."</span>
            </figcaption>
            {pictures}
            {data}
            <p class="files">{files(context, path, figure.title())}</p>
        </figure>
    }
    .into_any()
}

/// Links to the same figure as files.
fn files(context: &PageContext, path: &str, title: &str) -> AnyView {
    let text = context.text;
    let title = title.to_owned();
    let formats = [("csv", "CSV"), ("json", "JSON"), ("svg", "SVG"), ("png", "PNG")];
    view! {
        <span class="lead-in">{text.say("figure-files")}</span>
        {formats
            .into_iter()
            .map(|(extension, name)| {
                let href = context.link(&path.replace("{}", extension));
                view! {
                    " "
                    <a href=href>
                        {name} <span class="visually-hidden">": " {title.clone()}</span>
                    </a>
                }
            })
            .collect_view()}
    }
    .into_any()
}

/// A figure's numbers as a table of the page.
fn figures(numbers: Table) -> AnyView {
    let columns = numbers
        .heads
        .into_iter()
        .zip(numbers.numeric)
        .map(|(head, numeric)| if numeric { Column::numbers(head) } else { Column::words(head) })
        .collect();
    let rows =
        numbers.rows.into_iter().map(|row| row.into_iter().map(|cell| cell.into_any()).collect()).collect();
    view! { <div class="figures">{table(numbers.caption, columns, rows)}</div> }.into_any()
}
