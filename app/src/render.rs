//! From a view to a string of HTML, and the start script of a page with islands.
//!
//! Problem: leptos' own integration streams, puts a nonce into every answer, and reads the names of its files from
//! beside the program. Our pages are cached as bytes, so they must not differ from one answer to the next.
//! Choice: a page is rendered in one go under an owner of its own, and the one inline script is a fixed text that the
//! Content-Security-Policy names by its hash. Invariant: what [`start_script`] returns is what [`start_script_hash`]
//! is of, byte for byte.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use hydration_context::SsrSharedContext;
use leptos::prelude::{IntoView, Owner, RenderHtml};
use sha2::{Digest, Sha256};

/// Renders what `page` builds to HTML, whole and at once.
///
/// The view is built inside, because components and islands ask for the owner while they are being built.
pub fn render<V: IntoView>(page: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| page().into_view().to_html());
    owner.cleanup();
    html
}

/// What the head of a page with islands needs: the addresses of the module and its WebAssembly announced early, and
/// the start script. The arguments are addresses, such as `/assets/app.0123456789abcdef.js`.
pub fn island_scripts(js: &str, wasm: &str) -> String {
    format!(
        "<link rel=\"modulepreload\" href=\"{js}\">\
         <link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\
         <script type=\"module\">{}</script>",
        start_script(js, wasm)
    )
}

/// The text of the one inline script: loads the module, then wakes each island in the page, outer ones first.
///
/// An island that the module does not know stays plain HTML and is reported as an error.
pub fn start_script(js: &str, wasm: &str) -> String {
    format!(
        "import start,*as app from\"{js}\";\
         await start({{module_or_path:\"{wasm}\"}});\
         app.hydrate();\
         for(const island of document.querySelectorAll(\"leptos-island\")){{\
         const wake=app[island.dataset.component];\
         if(wake)wake(island);else console.error(\"no such island: \"+island.dataset.component)}}\
         document.documentElement.dataset.islands=\"awake\""
    )
}

/// The source expression for `script-src` that allows exactly [`start_script`]: `sha256-…`, without quotes.
pub fn start_script_hash(js: &str, wasm: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(start_script(js, wasm))))
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::*;
    use crate::islands::{Autosave, AutosaveWords};

    fn form() -> String {
        render(|| {
            view! {
                <main>
                    <Autosave action="/desk/cases/1/autosave".into() revision=7 words=AutosaveWords::default()>
                        <form method="post">
                            <input name="title" value="a <b> & \"c\"" />
                        </form>
                    </Autosave>
                </main>
            }
        })
    }

    #[test]
    fn an_island_is_rendered_with_its_name_and_its_children() {
        let html = form();
        assert!(html.contains("<leptos-island data-component=\"Autosave_"), "{html}");
        assert!(html.contains("<leptos-children><form method=\"post\">"), "{html}");
        assert!(html.contains("role=\"status\""), "{html}");
    }

    #[test]
    fn the_same_view_gives_the_same_bytes() {
        assert_eq!(form(), form());
    }

    #[test]
    fn text_and_attributes_are_escaped() {
        let html = render(|| view! { <p title="\"><script>">{"<script>"}</p> });
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn a_page_without_an_island_has_no_script() {
        let html = render(|| view! { <p>"Nothing reacts here."</p> });
        assert!(!html.contains("leptos-island") && !html.contains("script"), "{html}");
    }

    #[test]
    fn the_hash_is_of_the_script_between_the_tags() {
        let (js, wasm) = ("/assets/app.1.js", "/assets/app.1.wasm");
        let tags = island_scripts(js, wasm);
        let (_, rest) = tags.split_once("<script type=\"module\">").expect("an opening tag");
        let (script, _) = rest.split_once("</script>").expect("a closing tag");
        let hash = format!("sha256-{}", STANDARD.encode(Sha256::digest(script)));
        assert_eq!(hash, start_script_hash(js, wasm));
    }
}
