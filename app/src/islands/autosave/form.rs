//! Reading the server's form, and the two places where autosave writes into it.

use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FormData, HtmlFormElement, HtmlInputElement, Node, UrlSearchParams};

/// The hidden field that says what the form's text is based on. A form without it is not ours.
const REVISION: &str = "revision";

/// The form around the event's target, and the name of the field, if it is one to save.
pub(super) fn changed_field(event: &Event) -> Option<(HtmlFormElement, String)> {
    let control: Element = event.target()?.dyn_into().ok()?;
    let form = owned_form(&control)?;
    Some((form, name_to_save(&control)?))
}

/// The form of the event, if it is one that autosave cares for.
pub(super) fn owned_form(element: &Element) -> Option<HtmlFormElement> {
    let form: HtmlFormElement = element.closest("form").ok()??.dyn_into().ok()?;
    revision_input(&form).map(|_| form)
}

/// The fields whose content is no longer what the server sent: typed before the module was there, or put back by the
/// browser.
pub(super) fn fields_edited_already(frame: &Element) -> Vec<(HtmlFormElement, String)> {
    let mut edited = Vec::new();
    let Ok(controls) = frame.query_selector_all("input, textarea, select") else { return edited };
    for index in 0..controls.length() {
        let Some(control) = controls.item(index).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        if let (Some(form), Some(name)) = (owned_form(&control), name_to_save(&control))
            && was_edited(&control)
        {
            edited.push((form, name));
        }
    }
    edited
}

/// The body to post: the named fields as they stand, each with all its values, and the revision.
///
/// A group without any tick is posted as one empty value, or the server could not tell it from an unchanged one.
/// Line ends are those of a plain form, so that both ways post the same bytes.
pub(super) fn body(form: &HtmlFormElement, fields: &[String], revision: i64) -> Result<String, JsValue> {
    let data = FormData::new_with_form(form)?;
    let body = UrlSearchParams::new()?;
    for field in fields {
        let values: Vec<String> = data.get_all(field).iter().filter_map(|value| value.as_string()).collect();
        for value in &values {
            body.append(field, &value.replace("\r\n", "\n").replace('\n', "\r\n"));
        }
        if values.is_empty() {
            body.append(field, "");
        }
    }
    body.append(REVISION, &revision.to_string());
    Ok(String::from(body.to_string()))
}

/// Tells the form which revision its text is based on now.
pub(super) fn set_revision(form: &HtmlFormElement, revision: i64) {
    if let Some(input) = revision_input(form) {
        input.set_value(&revision.to_string());
    }
}

/// What the page calls a field: its group's legend, its label, or else its name.
pub(super) fn label_of(form: &HtmlFormElement, field: &str) -> String {
    find_label(form, field).unwrap_or_else(|| field.to_owned())
}

fn find_label(form: &HtmlFormElement, field: &str) -> Option<String> {
    if field.contains(['"', '\\']) {
        return None;
    }
    let control = form.query_selector(&format!("[name=\"{field}\"]:not([type=hidden])")).ok()??;
    let tick = matches!(control.get_attribute("type").as_deref(), Some("checkbox" | "radio"));
    let legend = || control.closest("fieldset").ok()??.query_selector("legend").ok()?;
    let label = || match control.closest("label").ok()? {
        Some(label) => Some(label),
        None => form.query_selector(&format!("label[for=\"{}\"]", control.id())).ok()?,
    };
    let element = if tick { legend().or_else(label) } else { label() }?;
    Some(own_text(&element))
}

/// The label's own text, without that of the field or the mark inside it.
fn own_text(label: &Element) -> String {
    let parts = label.child_nodes();
    let texts = (0..parts.length())
        .filter_map(|index| parts.item(index))
        .filter(|part| part.node_type() == Node::TEXT_NODE)
        .filter_map(|part| part.text_content());
    texts.collect::<String>().trim().to_owned()
}

fn revision_input(form: &HtmlFormElement) -> Option<HtmlInputElement> {
    form.query_selector(&format!("input[name={REVISION}]")).ok()??.dyn_into().ok()
}

/// Files go with the form itself; buttons are not typed into.
pub(super) fn name_to_save(control: &Element) -> Option<String> {
    let kind = control.get_attribute("type").unwrap_or_default();
    let name = control.get_attribute("name")?;
    let skipped =
        matches!(kind.as_str(), "file" | "hidden" | "submit" | "button" | "image" | "reset" | "password");
    (!skipped && !name.is_empty() && name != REVISION).then_some(name)
}

fn was_edited(control: &Element) -> bool {
    let property = |name: &str| js_sys::Reflect::get(control, &JsValue::from_str(name)).unwrap_or_default();
    match (control.tag_name().as_str(), control.get_attribute("type").as_deref()) {
        ("INPUT", Some("checkbox" | "radio")) => property("checked") != property("defaultChecked"),
        ("SELECT", _) => choice_was_edited(control),
        _ => property("value") != property("defaultValue"),
    }
}

/// A list's own default is its first entry where the server has marked none.
fn choice_was_edited(list: &Element) -> bool {
    let Ok(options) = list.query_selector_all("option") else { return false };
    let flags: Vec<(bool, bool)> = (0..options.length())
        .filter_map(|index| options.item(index))
        .map(|option| {
            let flag = |name: &str| {
                js_sys::Reflect::get(&option, &JsValue::from_str(name)).is_ok_and(|value| value.is_truthy())
            };
            (flag("selected"), flag("defaultSelected"))
        })
        .collect();
    let marked = flags.iter().any(|(_, default)| *default);
    let multiple = list.has_attribute("multiple");
    flags.iter().enumerate().any(|(index, (selected, default))| {
        let default = *default || (!marked && !multiple && index == 0);
        *selected != default
    })
}
