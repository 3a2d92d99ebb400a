//! Making a place, a day or a person less exact, and answering for the texts that still say what they were.

use std::collections::BTreeMap;

use domain::PartialDate;
use domain::blur::{Blurrable, blurrable};
use leptos::prelude::*;
use store::desk::{Blur, Case, Member, Mention};
use text::Text;

use super::problem::{address, label};
use super::{cases, desk_page};
use crate::components::form::{
    Control, Field, Sight, Weight, button, error_of, error_summary, field, hidden,
};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct BlurPage {
    /// Who asks.
    pub member: Member,
    /// The case.
    pub case: Case,
    /// What its fields hold.
    pub values: BTreeMap<String, String>,
    /// What was blurred so far.
    pub blurs: Vec<Blur>,
    /// What was typed into a field of this page, by its name.
    pub typed: BTreeMap<String, String>,
    /// What was wrong with it.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn blur(context: &PageContext, page: BlurPage) -> String {
    let text = context.text;
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, text.say("blur-title"), done, None, move || {
        let published = page.case.reference.is_some().then(|| {
            view! { <p class="note">{text.say("blur-published")}</p> }
        });
        view! {
            <h1>{text.say("blur-title")}</h1>
            <p>
                <a href=format!("/desk/cases/{}", page.case.id)>{text.say("case-back")}</a>
            </p>
            <p>{text.say("blur-explained")}</p>
            {published}
            {error_summary(text, page.errors.clone())}
            {hidden_so_far(text, &page)}
            {can_be_hidden(text, &page)}
        }
    })
}

fn can_be_hidden(text: Text, page: &BlurPage) -> AnyView {
    let filled = page.values.iter().filter(|(_, value)| !value.trim().is_empty());
    let forms: Vec<AnyView> = filled
        .filter_map(|(name, value)| {
            let way = match blurrable(name)? {
                Blurrable::Place => place(text, page, name),
                Blurrable::Day => day(text, value)?,
                Blurrable::Person => button(text.say("blur-role"), "do", "role", Weight::Plain),
            };
            Some(
                view! {
                    <form method="post" action=format!("/desk/cases/{}/blur", page.case.id)>
                        {hidden("member", &page.member.id)} {hidden("field", name)}
                        <h3>{label(text, name)}</h3>
                        <p dir="auto">{value.clone()}</p>
                        {way}
                    </form>
                }
                .into_any(),
            )
        })
        .collect();
    let none = forms.is_empty().then(|| view! { <p>{text.say("blur-nothing")}</p> });
    view! {
        <section>
            <h2>{text.say("blur-can")}</h2>
            {none}
            {forms}
        </section>
    }
    .into_any()
}

fn place(text: Text, page: &BlurPage, name: &str) -> AnyView {
    let shown = Field::new("shown", text.say("blur-shown"))
        .hint(text.say("blur-shown-hint"))
        .value(page.typed.get("shown").cloned().unwrap_or_default())
        .error(error_of(&page.errors, name))
        .sight(Sight::Public);
    view! {
        {field(text, shown)}
        {button(text.say("blur-wider"), "do", "wider", Weight::Plain)}
    }
    .into_any()
}

/// Nothing where only the year is known.
fn day(text: Text, value: &str) -> Option<AnyView> {
    let date: PartialDate = value.parse().ok()?;
    date.month()?;
    let month = date.exact().map(|_| button(text.say("blur-month"), "do", "month", Weight::Plain));
    let year = button(text.say("blur-year"), "do", "year", Weight::Plain);
    Some(view! { <p class="meant">{month} {year}</p> }.into_any())
}

fn hidden_so_far(text: Text, page: &BlurPage) -> AnyView {
    if page.blurs.is_empty() {
        return ().into_any();
    }
    view! {
        <section>
            <h2>{text.say("blur-so-far")}</h2>
            {page.blurs.iter().map(|one| hidden_one(text, page, one)).collect_view()}
        </section>
    }
    .into_any()
}

fn hidden_one(text: Text, page: &BlurPage, blur: &Blur) -> AnyView {
    let action = format!("/desk/cases/{}/blur", page.case.id);
    let when = cases::moment(text, &blur.made_at);
    let said = match blur.mentions.len() {
        0 => view! { <p>{text.say("blur-said-nowhere")}</p> }.into_any(),
        _ => {
            let mentions = blur.mentions.iter().map(|one| mention(text, page, blur, one));
            view! { <ul class="cases">{mentions.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <section>
            <h3>{text.with("blur-one", &[("field", label(text, &blur.field).into()), ("when", when.into())])}</h3>
            {said}
            <form method="post" action=action>
                {hidden("member", &page.member.id)} {hidden("blur", &blur.id)}
                {button(text.say("blur-forget"), "do", "forget", Weight::Plain)}
            </form>
        </section>
    }
    .into_any()
}

fn mention(text: Text, page: &BlurPage, blur: &Blur, mention: &Mention) -> AnyView {
    let href = address(&page.case.id, &mention.field);
    let link = view! { <a href=href>{label(text, &mention.field)}</a> };
    if let Some(reason) = &mention.reason {
        return view! {
            <li>
                <p>{link}</p>
                <p class="meta" dir="auto">{text.with("blur-may-stay", &[("reason", reason.into())])}</p>
            </li>
        }
        .into_any();
    }
    // Several stand on one page, so each reason needs a name of its own.
    let name = format!("reason.{}.{}", blur.id, mention.field);
    let reason = Field::new(name.clone(), text.say("blur-reason"))
        .control(Control::Lines(2))
        .value(page.typed.get(&name).cloned().unwrap_or_default())
        .error(error_of(&page.errors, &name))
        .sight(Sight::Desk);
    view! {
        <li>
            <p>{link} ": " {text.say("blur-still-says")}</p>
            <form method="post" action=format!("/desk/cases/{}/blur", page.case.id)>
                {hidden("member", &page.member.id)} {hidden("blur", &blur.id)} {hidden("field", &mention.field)}
                {field(text, reason)}
                {button(text.say("blur-stays"), "do", "may-stay", Weight::Plain)}
            </form>
        </li>
    }
    .into_any()
}
