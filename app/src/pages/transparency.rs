//! `/transparency`: how anybody can hold this copy to its audit log.

use leptos::prelude::*;

use super::PageContext;
use super::about::{paragraphs, section, title};
use crate::components::part::{link, part};
use crate::components::shell::{PageHead, shell};

/// The whole document; `key` is what checkpoints are checked with.
pub fn render(context: &PageContext, key: &str) -> String {
    let text = context.text;
    let head = PageHead::new(text.say("transparency-title"), text.say("transparency-description"));
    shell(context, head, || {
        view! {
            {title(text, "transparency-title", "transparency-description")}
            {section(text, "transparency-log", 3)}
            {part(
                "transparency-keep",
                text.say("transparency-keep"),
                view! {
                    {paragraphs(text, "transparency-keep", 2)}
                    <p>{link("/transparency/checkpoint".to_owned(), text.say("transparency-checkpoint"))}</p>
                    <p>{text.say("transparency-key")}</p>
                    <p><code>{key.to_owned()}</code></p>
                },
            )}
            {section(text, "transparency-not", 2)}
        }
    })
}
