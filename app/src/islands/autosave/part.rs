//! Putting a newer part of the page in place of what stands there, without losing the focus or a letter.

use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement};

use super::form::name_to_save;

/// Puts `html`, as the server renders it now, into the form's part `id`. A field that is not saved yet, or has the
/// focus, stays as it is: in the place that the new part has for it, or at its end.
pub(super) fn put_in(form: &HtmlFormElement, id: &str, html: &str, is_unsaved: impl Fn(&str) -> bool) {
    let Ok(Some(part)) = form.query_selector(&format!("#{id}")) else { return };
    let Some(document) = form.owner_document() else { return };
    let Ok(new) = document.create_element("div") else { return };
    new.set_inner_html(html);
    let focused = document.active_element().filter(|element| part.contains(Some(element)));
    for control in all(&part, "input, textarea, select") {
        let Some(name) = name_to_save(&control) else { continue };
        let has_focus = focused.as_ref() == Some(&control);
        if !has_focus && !is_unsaved(&name) {
            continue;
        }
        let Some(field) = field_of(&control) else { continue };
        let there = new.query_selector(&format!("[name=\"{name}\"]:not([type=hidden])"));
        // Nothing to do but to leave it out of the page would lose it, so a failure leaves the whole part as it is.
        let moved = match there.ok().flatten().as_ref().and_then(field_of) {
            Some(place) => place.replace_with_with_node_1(&field),
            None => new.append_child(&field).map(|_| ()),
        };
        if moved.is_err() {
            return;
        }
    }
    part.set_inner_html("");
    while let Some(child) = new.first_child() {
        if part.append_child(&child).is_err() {
            return;
        }
    }
    // A button has no name of its own to be found by; it comes back with the same value.
    let focus = focused.and_then(|old| if part.contains(Some(&old)) { Some(old) } else { like(&part, &old) });
    if let Some(element) = focus.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    let element = |index| found.item(index)?.dyn_into::<Element>().ok();
    (0..found.length()).filter_map(element).collect()
}

/// The field around a control, with its label and hint.
fn field_of(control: &Element) -> Option<Element> {
    control.closest(".field").ok()?
}

/// The button or link of the part that does what `old` did.
fn like(part: &Element, old: &Element) -> Option<Element> {
    let same = |name: &str, element: &Element| element.get_attribute(name) == old.get_attribute(name);
    all(part, "button, a").into_iter().find(|element| same("value", element) && same("href", element))
}
