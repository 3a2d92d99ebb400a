//! Tables that become labelled lists on a phone.
//!
//! A table that is laid out as blocks loses its meaning for assistive technology in some browsers, so rows and cells
//! carry their roles in words; each cell carries its column's heading for the narrow layout.

use leptos::prelude::*;

/// A column's heading.
#[derive(Clone, Debug)]
pub struct Column {
    head: String,
    numeric: bool,
}

impl Column {
    /// Of words.
    pub fn words(head: String) -> Self {
        Self { head, numeric: false }
    }

    /// Of numbers, set right.
    pub fn numbers(head: String) -> Self {
        Self { head, numeric: true }
    }
}

/// A table with its caption. The first cell of each row is the row's heading.
pub fn table(caption: String, columns: Vec<Column>, rows: Vec<Vec<AnyView>>) -> AnyView {
    let class = |column: &Column| column.numeric.then_some("number");
    let heads = columns
        .iter()
        .map(|column| {
            view! { <th scope="col" role="columnheader" class=class(column)>{column.head.clone()}</th> }
        })
        .collect_view();
    let cell = |at: usize, content: AnyView| {
        let column = columns.get(at);
        let label = column.map(|c| c.head.clone());
        let class = column.and_then(class);
        if at == 0 {
            view! { <th scope="row" role="rowheader">{content}</th> }.into_any()
        } else {
            view! { <td role="cell" class=class data-label=label>{content}</td> }.into_any()
        }
    };
    let body = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr role="row">
                    {row.into_iter().enumerate().map(|(at, content)| cell(at, content)).collect_view()}
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="stack" role="table">
            <caption>{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
    .into_any()
}
