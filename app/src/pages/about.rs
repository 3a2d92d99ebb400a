//! `/about`: what this is, who runs this copy, how organisations are admitted, where the press may ask. Also the way
//! that pages of text alone are built.

use leptos::prelude::*;
use text::Text;

use super::PageContext;
use crate::components::part::{link, part};
use crate::components::shell::{PageHead, shell};

/// The whole document.
pub fn render(context: &PageContext) -> String {
    let text = context.text;
    let head = PageHead::new(text.say("about-title"), text.say("about-description"));
    shell(context, head, || {
        let who = match &context.operator {
            Some(operator) => text.with("about-operator", &[("operator", operator.into())]),
            None => text.say("about-operator-unnamed"),
        };
        let press =
            text.say(if context.operator.is_some() { "about-press-operator" } else { "about-press-unnamed" });
        view! {
            {title(text, "about-title", "about-description")}
            {part("who", text.say("about-who"), view! { <p dir="auto">{who}</p> })}
            {section(text, "about-what", 3)}
            {section(text, "about-admission", 3)}
            {part("press", text.say("about-press"), view! { <p>{press}</p> <p>{text.say("about-press-cite")}</p> })}
            {section(text, "about-corrections", 2)}
            {section(text, "about-licences", 3)}
            {part(
                "more",
                text.say("about-more"),
                view! {
                    <ul>
                        <li>{link(context.plain_link("/methodology"), text.say("nav-methodology"))}</li>
                        <li>{link(context.plain_link("/safety"), text.say("nav-safety"))}</li>
                        <li>{link(context.plain_link("/privacy"), text.say("nav-privacy"))}</li>
                        <li>{link(context.link("/changes"), text.say("nav-changes"))}</li>
                    </ul>
                },
            )}
        }
    })
}

/// A page of text: title, description and sections, each a key of the catalogue with so many paragraphs.
pub(super) fn text_page(context: &PageContext, key: &str, sections: &[(&str, usize)]) -> String {
    let text = context.text;
    let (title_key, description) = (format!("{key}-title"), format!("{key}-description"));
    let head = PageHead::new(text.say(&title_key), text.say(&description));
    shell(context, head, || {
        let sections =
            sections.iter().map(|(section_key, count)| section(text, section_key, *count)).collect_view();
        view! { {title(text, &title_key, &description)} {sections} }
    })
}

pub(super) fn title(text: Text, title: &str, description: &str) -> AnyView {
    view! {
        <div class="title-block">
            <h1>{text.say(title)}</h1>
            <p class="summary">{text.say(description)}</p>
        </div>
    }
    .into_any()
}

/// A section: heading `key`, paragraphs `key-1` to `key-count`.
pub(super) fn section(text: Text, key: &str, count: usize) -> AnyView {
    part(key, text.say(key), paragraphs(text, key, count))
}

/// Paragraphs `key-1` to `key-count`.
pub(super) fn paragraphs(text: Text, key: &str, count: usize) -> AnyView {
    (1..=count)
        .map(|number| view! { <p>{text.say(&format!("{key}-{number}"))}</p> })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::tests::context;

    #[test]
    fn who_runs_it_is_said_or_said_to_be_unknown() {
        let mut page = context("/about");
        assert!(render(&page).contains(&page.text.say("about-operator-unnamed")));
        page.operator = Some("A <b>organisation".to_owned());
        let html = render(&page);
        assert!(html.contains("A &lt;b&gt;organisation"), "{html}");
        assert!(!html.contains(&page.text.say("about-operator-unnamed")));
    }

    #[test]
    fn every_page_of_text_has_its_words() {
        let page = context("/safety");
        for html in [super::super::safety::render(&page), super::super::privacy::render(&page)] {
            assert!(html.contains("<h1>") && html.contains("<h2"), "{html}");
        }
    }
}
