//! The controls of form fields: what is typed into, chosen from, ticked.

use leptos::prelude::*;

use super::{Control, Field};
use crate::components::escaped;

/// Radio buttons or checkboxes, each with its label.
pub(super) fn choices(id: &str, field: &Field) -> AnyView {
    let (kind, list) = match &field.control {
        Control::Radios(list) => ("radio", list.clone()),
        Control::Boxes(list) => ("checkbox", list.clone()),
        _ => return ().into_any(),
    };
    list.into_iter()
        .enumerate()
        .map(|(at, choice)| {
            let chosen = match kind {
                "radio" => field.value == choice.value,
                _ => field.value.lines().any(|value| value == choice.value),
            };
            let id = format!("{id}-{at}");
            let hint_id = format!("{id}-hint");
            let described = choice.hint.is_some().then(|| hint_id.clone());
            view! {
                <div class="choice">
                    {tick(&id, field, kind, &choice.value, chosen, described)}
                    <label for=id>{choice.label}</label>
                    {choice.hint.map(|words| view! { <p class="hint" id=hint_id>{words}</p> })}
                </div>
            }
        })
        .collect_view()
        .into_any()
}

/// One radio button or checkbox.
pub(super) fn tick(
    id: &str,
    field: &Field,
    kind: &'static str,
    value: &str,
    on: bool,
    by: Option<String>,
) -> AnyView {
    view! {
        <input
            type=kind
            id=id.to_owned()
            name=field.name.clone()
            value=value.to_owned()
            checked=on
            aria-describedby=by
        />
    }
    .into_any()
}

/// A text field, text area or select box.
pub(super) fn control(id: &str, field: &Field, described: Option<String>) -> AnyView {
    let id = id.to_owned();
    let name = field.name.clone();
    let value = field.value.clone();
    let wrong = field.error.is_some().then_some("true");
    let autocomplete = match field.control {
        Control::Password(word) => Some(word),
        Control::Email => Some(field.autocomplete.unwrap_or("username")),
        _ => field.autocomplete,
    };
    let (kind, size, mode) = match &field.control {
        Control::Short(characters) => ("text", Some(characters.to_string()), None),
        Control::Address => ("text", None, Some("url")),
        Control::Email => ("email", None, None),
        Control::Password(_) => ("password", None, None),
        Control::Lines(rows) => {
            let rows = rows.to_string();
            // Leptos writes what stands in a text area as it is, so it is made safe here; and the parser drops one
            // newline after the tag, so one more is put there.
            let typed = format!("\n{}", escaped(&value));
            return view! {
                <textarea id=id name=name rows=rows dir="auto" aria-describedby=described aria-invalid=wrong>
                    {typed}
                </textarea>
            }
            .into_any();
        }
        Control::Select(list) => {
            let options = list
                .iter()
                .map(|choice| {
                    let on = choice.value == value;
                    view! {
                        <option value=choice.value.clone() selected=on>
                            {choice.label.clone()}
                        </option>
                    }
                })
                .collect_view();
            return view! {
                <select id=id name=name aria-describedby=described aria-invalid=wrong>
                    {options}
                </select>
            }
            .into_any();
        }
        _ => ("text", None, None),
    };
    view! {
        <input
            type=kind
            id=id
            name=name
            value=value
            size=size
            inputmode=mode
            dir="auto"
            autocomplete=autocomplete
            list=field.list.clone()
            aria-describedby=described
            aria-invalid=wrong
        />
    }
    .into_any()
}
