//! Signing in. Where a session ended while somebody was writing, the sign-in carries what was typed and hands it
//! over for the same member afterwards.

use leptos::prelude::*;
use text::Text;

use crate::components::escaped;
use crate::components::form::{Control, Field, Weight, button, error_summary, field, hidden};
use crate::components::shell::{PageHead, shell};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct SignIn {
    /// The address as typed.
    pub email: String,
    /// What was wrong with the last try.
    pub error: Option<String>,
    /// A form that is handed over after signing in.
    pub replay: Option<Replay>,
}

/// A form whose session had ended.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// Where it was posted.
    pub path: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
}

/// The page.
pub fn sign_in(context: &PageContext, page: SignIn) -> String {
    let text = context.text;
    let title = text.say("sign-in-title");
    let head = PageHead { no_index: true, class: "narrow", ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, move || {
        let email = Field::new("email", text.say("sign-in-email")).control(Control::Email).value(page.email);
        let password = Field::new("password", text.say("sign-in-password"))
            .control(Control::Password("current-password"));
        let errors: Vec<_> = page.error.into_iter().map(|said| ("email".to_owned(), said)).collect();
        let (kept, replay) = carry(text, page.replay);
        view! {
            <h1>{title}</h1>
            {error_summary(text, errors)}
            {kept}
            <form method="post" action="/sign-in">
                {field(text, email)} {field(text, password)} {replay}
                {button(text.say("sign-in-button"), "", "", Weight::Main)}
            </form>
            <p>{text.say("sign-in-not-a-drop-box")}</p>
        }
    })
}

/// The second step: a code of the authenticator, or a recovery code.
pub fn sign_in_code(context: &PageContext, error: Option<String>, replay: Option<Replay>) -> String {
    let text = context.text;
    let title = text.say("sign-in-code-title");
    let head = PageHead { no_index: true, class: "narrow", ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, move || {
        let code = Field::new("code", text.say("second-factor-code"))
            .control(Control::Short(20))
            .autocomplete("one-time-code")
            .hint(text.say("sign-in-code-hint"))
            .error(error.clone());
        let errors: Vec<_> = error.into_iter().map(|said| ("code".to_owned(), said)).collect();
        let (kept, replay) = carry(text, replay);
        view! {
            <h1>{title}</h1>
            {error_summary(text, errors)}
            {kept}
            <form method="post" action="/sign-in/code">
                {field(text, code)} {replay} {button(text.say("sign-in-button"), "", "", Weight::Main)}
            </form>
            <p class="meta">{text.say("second-factor-lost")}</p>
        }
    })
}

/// What is said of a carried form, and its fields.
fn carry(text: Text, replay: Option<Replay>) -> (Option<AnyView>, Option<AnyView>) {
    let kept = replay.as_ref().map(|_| view! { <p>{text.say("sign-in-kept")}</p> }.into_any());
    let replay = replay.map(|replay| {
        let fields = replay
            .fields
            .into_iter()
            .map(|(name, value)| carried(&format!("replay.{name}"), &value))
            .collect_view();
        view! { {hidden("replay-to", &replay.path)} {fields} }.into_any()
    });
    (kept, replay)
}

/// A carried field; texts of several lines keep their line breaks only in a `textarea`, where leptos writes text as it
/// is.
pub(super) fn carried(name: &str, value: &str) -> AnyView {
    let name = name.to_owned();
    view! {
        <textarea name=name hidden=true>
            {format!("\n{}", escaped(value))}
        </textarea>
    }
    .into_any()
}
