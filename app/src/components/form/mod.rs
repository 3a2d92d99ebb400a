//! Form parts: label above, hint under it, the error in words at the field and in a summary on top, and beside each
//! field what the public will see of it.
//!
//! The form is whole without JavaScript. Invariant: an error's link leads to the field's control, and the control
//! names its hint and its error (`aria-describedby`).

mod control;

use leptos::prelude::*;
use text::Text;

use control::{choices, control, tick};

/// What the public will see of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// Nothing is said (sign-in, searches).
    #[default]
    Unmarked,
    /// ● All of it.
    Public,
    /// ◐ Made less exact.
    Blurred,
    /// ■ Never leaves the organisation.
    Sealed,
    /// □ Stays at the desk.
    Desk,
}

/// One of the values a list has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A hint under it.
    pub hint: Option<String>,
}

impl Choice {
    /// A value and its word.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line.
    Line,
    /// One line of so many characters, for short codes and dates.
    Short(u8),
    /// A web address.
    Address,
    /// An e-mail address; the browser may fill it in.
    Email,
    /// A password: `current-password` or `new-password`.
    Password(&'static str),
    /// Several lines.
    Lines(u8),
    /// One of a list, as a select box. The first choice may have an empty value.
    Select(Vec<Choice>),
    /// One of a list, all in sight.
    Radios(Vec<Choice>),
    /// Any of a list; the value holds one slug a line.
    Boxes(Vec<Choice>),
    /// Yes or not said.
    Box,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, as the form sends it.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// What it holds.
    pub value: String,
    /// What is wrong with it, and what would be right.
    pub error: Option<String>,
    /// What the public will see of it.
    pub sight: Sight,
    /// How it is filled in.
    pub control: Control,
    /// The text of the `autocomplete` attribute.
    pub autocomplete: Option<&'static str>,
    /// The id of the list of values that a browser offers while somebody types.
    pub list: Option<String>,
    /// What may have been meant by what is wrong: each a button with its label and what it sends as `do`.
    pub meant: Vec<Choice>,
    /// What colleagues said of it: who and when, and what.
    pub said: Vec<(String, String)>,
}

impl Field {
    /// A one-line field with nothing in it.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            value: String::new(),
            error: None,
            sight: Sight::Unmarked,
            control: Control::Line,
            autocomplete: None,
            list: None,
            meant: Vec::new(),
            said: Vec::new(),
        }
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Holding `value`.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// With an error, if there is one.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// Marked with what the public will see.
    #[must_use]
    pub fn sight(mut self, sight: Sight) -> Self {
        self.sight = sight;
        self
    }

    /// Filled in like this.
    #[must_use]
    pub fn control(mut self, control: Control) -> Self {
        self.control = control;
        self
    }

    /// With the browser's help.
    #[must_use]
    pub fn autocomplete(mut self, word: &'static str) -> Self {
        self.autocomplete = Some(word);
        self
    }
}

/// The id of a field's control: what an error links to.
pub fn control_id(name: &str) -> String {
    format!("f-{}", name.replace('.', "-"))
}

/// A field, whole: label, mark, hint, error, control.
pub fn field(text: Text, field: Field) -> AnyView {
    let group = matches!(field.control, Control::Radios(_) | Control::Boxes(_));
    let id = control_id(&field.name);
    let class = if field.error.is_some() { "field wrong" } else { "field" };
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described: Vec<String> =
        [field.hint.is_some().then(|| hint_id.clone()), field.error.is_some().then(|| error_id.clone())]
            .into_iter()
            .flatten()
            .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let hint = field.hint.clone().map(|words| view! { <p class="hint" id=hint_id>{words}</p> });
    let error = field.error.clone().map(|words| {
        view! {
            <p class="error" id=error_id>
                <span class="visually-hidden">{text.say("form-error")}" "</span>
                {words}
            </p>
        }
    });
    let meant = (!field.meant.is_empty()).then(|| {
        let one = |choice: &Choice| button(choice.label.clone(), "do", &choice.value, Weight::Plain);
        view! { <p class="meant">{field.meant.iter().map(one).collect_view()}</p> }
    });
    let said = (!field.said.is_empty()).then(|| said(&field.said));
    let mark = sight(text, field.sight);
    let label = field.label.clone();
    if group {
        let wrong = field.error.is_some().then_some("true");
        return view! {
            <fieldset class=class id=id.clone() aria-describedby=described aria-invalid=wrong tabindex="-1">
                <legend>{label} {mark}</legend>
                {hint}
                {said}
                {error}
                {choices(&id, &field)}
            </fieldset>
        }
        .into_any();
    }
    if field.control == Control::Box {
        return view! {
            <div class=class>
                {error}
                <p class="choice">
                    {tick(&id, &field, "checkbox", "yes", field.value == "yes", described)}
                    <label for=id>{label} {mark}</label>
                </p>
                {hint}
                {said}
            </div>
        }
        .into_any();
    }
    view! {
        <div class=class>
            <label for=id.clone()>{label} {mark}</label>
            {hint}
            {said}
            {error}
            {control(&id, &field, described)}
            {meant}
        </div>
    }
    .into_any()
}

fn said(said: &[(String, String)]) -> AnyView {
    let one = |(meta, body): &(String, String)| {
        view! {
            <p class="meta">{meta.clone()}</p>
            <p dir="auto">{body.clone()}</p>
        }
    };
    view! { <div class="comment open">{said.iter().map(one).collect_view()}</div> }.into_any()
}

/// What is wrong with one field, among the errors that a form's summary shows.
pub fn error_of(errors: &[(String, String)], name: &str) -> Option<String> {
    errors.iter().find(|(field, _)| field == name).map(|(_, said)| said.clone())
}

/// What is wrong with a form, on top of it: each message links to its field.
pub fn error_summary(text: Text, errors: Vec<(String, String)>) -> AnyView {
    error_summary_over(text, errors, |name| format!("#{}", control_id(name)))
}

/// The same where some of the fields stand on another page: `address` is that of a field.
pub fn error_summary_over(
    text: Text,
    errors: Vec<(String, String)>,
    address: impl Fn(&str) -> String,
) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let count = errors.len();
    view! {
        <div class="error-summary" role="alert" tabindex="-1" id="errors" aria-labelledby="errors-title">
            <h2 id="errors-title">{text.with("form-errors", &[("count", count.into())])}</h2>
            <ul>
                {errors
                    .into_iter()
                    .map(|(name, message)| {
                        view! {
                            <li>
                                <a href=address(&name)>{message}</a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

/// How much a button weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What the page is for.
    Main,
    /// Anything else.
    Plain,
    /// What hides, retracts or ends something.
    Grave,
}

/// A submit button that sends `name=value`.
pub fn button(label: String, name: &str, value: &str, weight: Weight) -> AnyView {
    let class = match weight {
        Weight::Main => "button main",
        Weight::Plain => "button",
        Weight::Grave => "button grave",
    };
    let name = (!name.is_empty()).then(|| name.to_owned());
    let value = name.is_some().then(|| value.to_owned());
    view! {
        <button type="submit" class=class name=name value=value>
            {label}
        </button>
    }
    .into_any()
}

/// A hidden value.
pub fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }.into_any()
}

/// What was just done, said once on the page that follows.
pub fn status_line(message: String) -> AnyView {
    view! {
        <p class="status-line" role="status">
            {message}
        </p>
    }
    .into_any()
}

/// The mark of what the public will see, with its word.
pub fn sight(text: Text, sight: Sight) -> AnyView {
    let (mark, key) = match sight {
        Sight::Unmarked => return ().into_any(),
        Sight::Public => ("●", "sight-public"),
        Sight::Blurred => ("◐", "sight-blurred"),
        Sight::Sealed => ("■", "sight-sealed"),
        Sight::Desk => ("□", "sight-desk"),
    };
    view! {
        <span class="sight">
            <span aria-hidden="true">{mark}</span>
            " "
            {text.say(key)}
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::render;
    use text::Language;

    fn html(given: Field) -> String {
        render(|| field(Text::new(Language::English), given))
    }

    #[test]
    fn an_error_is_named_by_its_control_and_linked_from_the_summary() {
        let given = Field::new("sources.0.url", "Address").hint("A link").error(Some("Not a link".into()));
        let html = html(given);
        assert!(html.contains("id=\"f-sources-0-url\""), "{html}");
        assert!(html.contains("aria-describedby=\"f-sources-0-url-hint f-sources-0-url-error\""), "{html}");
        assert!(html.contains("aria-invalid=\"true\""), "{html}");
        let summary = render(|| {
            error_summary(Text::new(Language::English), vec![("sources.0.url".into(), "Not a link".into())])
        });
        assert!(summary.contains("href=\"#f-sources-0-url\""), "{summary}");
    }

    #[test]
    fn what_was_typed_comes_back_as_typed() {
        let lines = html(Field::new("narrative", "N").control(Control::Lines(5)).value("\n<b>&\n"));
        assert!(lines.contains(">\n\n&lt;b&gt;&amp;\n</textarea>"), "{lines}");
        let ended =
            html(Field::new("narrative", "N").control(Control::Lines(5)).value("</textarea><script>"));
        assert!(!ended.contains("<script>") && ended.matches("</textarea>").count() == 1, "{ended}");
        let line = html(Field::new("title", "T").value("\"><script>"));
        assert!(!line.contains("<script>"), "{line}");
    }

    #[test]
    fn what_was_chosen_stays_chosen() {
        let list = vec![Choice::new("a", "A"), Choice::new("b", "B"), Choice::new("c", "C")];
        let boxes = html(Field::new("contexts", "C").control(Control::Boxes(list.clone())).value("a\nc"));
        assert_eq!(boxes.matches(" checked").count(), 2, "{boxes}");
        let select = html(Field::new("kind", "K").control(Control::Select(list)).value("b"));
        assert!(select.contains("value=\"b\" selected"), "{select}");
    }
}
