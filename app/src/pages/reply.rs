//! `/incidents/{reference}/reply` and `/replies/{token}`: where anybody can write to the reviewers of an incident, and
//! read what came of it. Whole without JavaScript, and kept by nobody.

use domain::incident::LIMITS;
use domain::reply::{CONTACT_KEPT_DAYS, ReplyKind, WORDS_KEPT_DAYS};
use leptos::prelude::*;
use store::desk::Receipt;
use text::Text;

use super::PageContext;
use crate::components::form::{
    Choice, Control, Field, Sight, Weight, button, control_id, error_of, error_summary, field, status_line,
};
use crate::components::incident::address;
use crate::components::part::{link, paragraph};
use crate::components::shell::{PageHead, shell};

/// The field that stays empty when a person fills the form in.
pub const TRAP: &str = "subject_line";

/// What the form's page shows.
#[derive(Clone, Debug, Default)]
pub struct ReplyForm {
    /// The incident.
    pub reference: String,
    /// Its title, while it is public.
    pub title: String,
    /// It was retracted.
    pub is_retracted: bool,
    /// Nobody reads what is written; where else to write to, if anywhere.
    pub nobody_reads: Option<Option<String>>,
    /// What was typed.
    pub typed: Vec<(String, String)>,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
}

impl ReplyForm {
    fn typed(&self, name: &str) -> String {
        self.typed.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The form.
pub fn render(page: ReplyForm, context: &PageContext) -> String {
    let text = context.text;
    let title = text.say("reply-title");
    let head = PageHead { no_index: true, class: "narrow", ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, move || {
        let about = if page.title.is_empty() {
            page.reference.clone()
        } else {
            format!("{}: {}", page.reference, page.title)
        };
        let retracted = page.is_retracted.then(|| paragraph(text.say("reply-retracted")));
        let body = match &page.nobody_reads {
            Some(contact) => nobody_reads(text, contact.as_deref()),
            None => view! { {before(text)} {form(text, &page)} }.into_any(),
        };
        view! {
            <h1>{title}</h1>
            {error_summary(text, page.errors.clone())}
            <p dir="auto">
                {text.say("reply-about")} " " {link(context.plain_link(&address(&page.reference)), about)}
            </p>
            {retracted}
            {body}
        }
    })
}

fn nobody_reads(text: Text, contact: Option<&str>) -> AnyView {
    let contact = contact.map(|contact| {
        let shown = contact.strip_prefix("mailto:").unwrap_or(contact).to_owned();
        view! { <p>{text.say("reply-nobody-reads-contact")} " " {link(contact.to_owned(), shown)}</p> }
    });
    view! {
        {paragraph(text.say("reply-nobody-reads"))}
        {contact}
        <h2>{text.say("reply-danger-title")}</h2>
        {paragraph(text.say("reply-not-a-drop-box"))}
    }
    .into_any()
}

/// What somebody has to know before the first field.
fn before(text: Text) -> AnyView {
    let kept = [("contact", CONTACT_KEPT_DAYS.into()), ("words", WORDS_KEPT_DAYS.into())];
    view! {
        <section>
            <h2>{text.say("reply-danger-title")}</h2>
            {paragraph(text.say("reply-danger"))}
            {paragraph(text.say("reply-not-a-drop-box"))}
        </section>
        <section>
            <h2>{text.say("reply-what-happens-title")}</h2>
            <ul>
                <li>{text.say("reply-who-reads")}</li>
                <li>{text.with("reply-how-kept", &kept)}</li>
                <li>{text.say("reply-how-answered")}</li>
                <li>{text.say("reply-how-told")}</li>
            </ul>
        </section>
    }
    .into_any()
}

fn form(text: Text, page: &ReplyForm) -> AnyView {
    let one = |name: &str, control: Control, label: String| {
        Field::new(name, label).control(control).value(page.typed(name)).error(error_of(&page.errors, name))
    };
    let most = i64::try_from(LIMITS.paragraph).unwrap_or_default();
    let fields = [
        one("kind", Control::Radios(kinds(text)), text.say("reply-kind")),
        one("text", Control::Lines(10), text.say("reply-text"))
            .hint(text.with("reply-text-hint", &[("most", most.into())])),
        one("source", Control::Address, text.say("reply-source")).hint(text.say("reply-source-hint")),
        one("name", Control::Line, text.say("reply-name")).hint(text.say("reply-name-hint")),
        one("may_name", Control::Box, text.say("reply-may-name")),
        one("contact", Control::Line, text.say("reply-contact"))
            .hint(text.say("reply-contact-hint"))
            .sight(Sight::Sealed),
    ];
    view! {
        <form method="post" action=format!("{}/reply", address(&page.reference))>
            {fields.map(|one| field(text, one)).collect_view()}
            {trap(text, page)}
            {button(text.say("reply-send"), "", "", Weight::Main)}
        </form>
    }
    .into_any()
}

fn kinds(text: Text) -> Vec<Choice> {
    let choice = |kind: &ReplyKind| Choice {
        hint: Some(text.say(&format!("reply-kind-{}-hint", kind.slug()))),
        ..Choice::new(kind.slug(), text.say(&format!("reply-kind-{}", kind.slug())))
    };
    ReplyKind::ALL.iter().map(choice).collect()
}

/// Out of sight, but said to who hears the page: a machine fills it in. Where it was filled it is shown, so that a
/// person can empty it.
fn trap(text: Text, page: &ReplyForm) -> AnyView {
    let (id, value) = (control_id(TRAP), page.typed(TRAP));
    let error = error_of(&page.errors, TRAP);
    let class = if error.is_some() { "field wrong" } else { "visually-hidden" };
    view! {
        <div class=class>
            <label for=id.clone()>{text.say("reply-trap")}</label>
            {error.map(|said| view! { <p class="error">{said}</p> })}
            <input type="text" id=id name=TRAP value=value autocomplete="off" tabindex="-1" />
        </div>
    }
    .into_any()
}

/// What came of a reply. `received` says that it was sent a moment ago.
pub fn receipt(page: Receipt, received: bool, context: &PageContext) -> String {
    let text = context.text;
    let title = text.with("receipt-title", &[("reference", (&page.reference).into())]);
    let head = PageHead { no_index: true, class: "narrow", ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, move || {
        let stands = match (&page.answer, page.is_answered) {
            (Some(answer), _) => text.say(&format!("receipt-outcome-{}", answer.outcome.slug())),
            (None, true) => text.say("receipt-taken-back"),
            (None, false) => text.say("receipt-waiting"),
        };
        let reason = page.answer.filter(|answer| !answer.reason.is_empty()).map(|answer| {
            view! {
                <h2>{text.say("receipt-reason")}</h2>
                <p dir="auto">{answer.reason}</p>
            }
        });
        let anchor = if page.is_shown { "#replies" } else { "" };
        let incident = context.plain_link(&format!("{}{anchor}", address(&page.reference)));
        view! {
            <h1>{title}</h1>
            {received.then(|| status_line(text.say("receipt-received")))}
            <p>{stands}</p>
            {reason}
            <p>{text.say("receipt-keep")}</p>
            <p>{link(incident, text.say("receipt-incident"))}</p>
        }
    })
}

/// A page that only says something.
pub fn message(title: String, said: String, context: &PageContext) -> String {
    let head = PageHead { no_index: true, class: "narrow", ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, || view! { <h1>{title}</h1> {paragraph(said)} })
}
