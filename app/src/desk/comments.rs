//! Comments: beside the field that they are about, and for the case as a whole. They stay in the organisation.

use std::collections::BTreeMap;

use leptos::prelude::*;
use store::desk::Comment;
use text::Text;

use super::cases::moment;
use super::problem::label;
use crate::components::form::{Control, Field, Weight, button, error_of, field, hidden};

/// What the comments of a page rest on.
pub(super) struct Comments<'a> {
    pub(super) text: Text,
    pub(super) case: &'a str,
    pub(super) member: &'a str,
    pub(super) all: &'a [Comment],
    /// What was typed and refused, and what was wrong with it.
    pub(super) typed: &'a BTreeMap<String, String>,
    pub(super) errors: &'a [(String, String)],
}

impl Comments<'_> {
    /// What was said of a field, or with an empty name of the whole case, and the form for saying more.
    pub(super) fn of(&self, name: &str) -> AnyView {
        let text = self.text;
        let threads = self.all.iter().filter(|comment| comment.field == name);
        let threads = threads.map(|comment| self.thread(comment)).collect_view();
        let about = if name.is_empty() { text.say("comment-whole") } else { label(text, name) };
        let input = if name.is_empty() { "body".to_owned() } else { format!("body.{name}") };
        // What was refused stands open.
        let open = self.typed.contains_key(&input);
        view! {
            {threads}
            <details class="comment" open=open>
                <summary>
                    {text.say("comment-add")} <span class="visually-hidden">": "{about}</span>
                </summary>
                <form method="post" action=self.action()>
                    {hidden("member", self.member)} {hidden("field", name)}
                    {self.input(&input, "comment-body")}
                    {button(text.say("comment-add-button"), "do", "comment", Weight::Plain)}
                </form>
            </details>
        }
        .into_any()
    }

    fn thread(&self, comment: &Comment) -> AnyView {
        let text = self.text;
        let said = comment.said.iter().map(|said| {
            let meta = text
                .with("comment-by", &[("who", (&said.by).into()), ("when", moment(text, &said.at).into())]);
            view! {
                <p class="meta">{meta}</p>
                <p dir="auto">{said.body.clone()}</p>
            }
        });
        let said = said.collect_view();
        let Some((who, when)) = &comment.resolved else {
            let input = format!("body.{}", comment.id);
            return view! {
                <div class="comment open">
                    {said}
                    <form method="post" action=self.action()>
                        {hidden("member", self.member)} {hidden("comment", &comment.id)}
                        {self.input(&input, "comment-answer")}
                        <p class="meant">
                            {button(text.say("comment-answer-button"), "do", "answer", Weight::Plain)}
                            {button(text.say("comment-resolve-button"), "do", "resolve", Weight::Plain)}
                        </p>
                    </form>
                </div>
            }
            .into_any();
        };
        let resolved =
            text.with("comment-resolved", &[("who", who.into()), ("when", moment(text, when).into())]);
        view! {
            <details class="comment">
                <summary>{resolved}</summary>
                {said}
            </details>
        }
        .into_any()
    }

    fn input(&self, name: &str, label: &str) -> AnyView {
        let input = Field::new(name, self.text.say(label))
            .control(Control::Lines(2))
            .value(self.typed.get(name).cloned().unwrap_or_default())
            .error(error_of(self.errors, name));
        field(self.text, input)
    }

    fn action(&self) -> String {
        format!("/desk/cases/{}/comments", self.case)
    }
}

/// The open comments by field, each with who said it when: what stands beside the fields of the case's form.
pub(super) fn open_by_field(text: Text, comments: &[Comment]) -> BTreeMap<String, Vec<(String, String)>> {
    let mut by_field: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for comment in comments.iter().filter(|comment| comment.resolved.is_none()) {
        let said = comment.said.iter().map(|said| {
            let args = [("who", (&said.by).into()), ("when", moment(text, &said.at).into())];
            (text.with("comment-by", &args), said.body.clone())
        });
        by_field.entry(comment.field.clone()).or_default().extend(said);
    }
    by_field
}
