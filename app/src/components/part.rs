//! Parts of a page: a heading in the margin and what stands under it; notes; links.

use leptos::prelude::*;

/// A part of a page: its heading hangs in the margin where there is room for one.
pub fn part(id: &str, title: String, body: impl IntoView + 'static) -> AnyView {
    let heading = format!("{id}-heading");
    view! {
        <section class="part" id=id.to_owned() aria-labelledby=heading>
            <h2 id=heading.clone()>{title}</h2>
            <div class="part-body">{body}</div>
        </section>
    }
    .into_any()
}

/// A heading within a part.
pub fn sub(title: String) -> AnyView {
    view! { <h3>{title}</h3> }.into_any()
}

/// A paragraph.
pub fn paragraph(words: String) -> AnyView {
    view! { <p>{words}</p> }.into_any()
}

/// A paragraph that stands back: what a list means, how far it reaches.
pub fn note(words: String) -> AnyView {
    view! { <p class="note">{words}</p> }.into_any()
}

/// What stands where a list has nothing.
pub fn empty(words: String) -> AnyView {
    view! { <p class="empty">{words}</p> }.into_any()
}

/// A link.
pub fn link(href: String, words: String) -> AnyView {
    view! { <a href=href>{words}</a> }.into_any()
}

/// A link out of the record to where something was seen. What is not a web address is shown as text.
pub fn outward(address: &str, words: String) -> AnyView {
    if address.starts_with("https://") || address.starts_with("http://") {
        view! { <a class="outward" href=address.to_owned() rel="nofollow noreferrer">{words}</a> }.into_any()
    } else {
        view! { <span class="outward">{words}</span> }.into_any()
    }
}

/// The host of an address, to say where a link leads: "bloqueios.info".
pub fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// Items as a plain list.
pub fn bullets(items: Vec<String>) -> AnyView {
    view! { <ul>{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul> }.into_any()
}

/// Long text as people typed it: paragraphs at blank lines.
pub fn prose(text: &str) -> AnyView {
    let paragraphs: Vec<String> =
        text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect();
    view! {
        <div class="prose" dir="auto">
            {paragraphs.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
        </div>
    }
    .into_any()
}
