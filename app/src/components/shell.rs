//! The whole document around a page: head, skip link, header, the banner of an old edition, footer.

use leptos::prelude::*;

use super::escaped;
use crate::context::PageContext;
use crate::render::render;

/// What a page says of itself to browsers and search engines.
#[derive(Clone, Debug, Default)]
pub struct PageHead {
    /// Its title, without the site's name.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// Search engines shall leave it out.
    pub no_index: bool,
    /// HTML for the head: the start script of a page with islands. Public pages have none.
    pub scripts: Option<String>,
    /// The page's width: tables and desks may use more than text does.
    pub class: &'static str,
}

impl PageHead {
    /// A page with a title and a description.
    pub fn new(title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { title: title.into(), description: description.into(), ..Self::default() }
    }
}

/// The whole document. `body` is built inside the renderer, because islands ask for its owner.
pub fn shell<V: IntoView + 'static>(
    context: &PageContext,
    head: PageHead,
    body: impl FnOnce() -> V,
) -> String {
    let language = context.text.language();
    let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
    let class = head.class;
    let page = render(|| {
        view! {
            <a class="skip" href="#content">
                {context.text.say("shell-skip")}
            </a>
            {header(context)}
            {banner(context)} {read_only(context)}
            <main id="content" class=class tabindex="-1">
                {body()}
            </main>
            {footer(context)}
        }
    });
    // Marks that only a waking island reads. Text and attributes never hold a bare "<", so nothing else is touched.
    let page = match head.scripts {
        None => page.replace("<!>", "").replace("<!--<() />-->", ""),
        Some(_) => page,
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{direction}\">\n<head>\n{}</head>\n<body>{page}</body>\n</html>\n",
        language.code(),
        head_of(context, &head),
    )
}

fn head_of(context: &PageContext, head: &PageHead) -> String {
    let text = context.text;
    let site = text.say("site-name");
    let title = if head.title == site {
        head.title.clone()
    } else {
        text.with("shell-title", &[("page", (&head.title).into()), ("site", site.into())])
    };
    let mut lines = vec![
        "<meta charset=\"utf-8\">".to_owned(),
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">".to_owned(),
        format!("<title>{}</title>", escaped(&title)),
        "<meta name=\"color-scheme\" content=\"light dark\">".to_owned(),
        "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">".to_owned(),
    ];
    if !head.description.is_empty() {
        lines.push(format!("<meta name=\"description\" content=\"{}\">", escaped(&head.description)));
    }
    if head.no_index || !context.is_live {
        lines.push("<meta name=\"robots\" content=\"noindex\">".to_owned());
    }
    if !head.no_index {
        lines.push(format!("<link rel=\"canonical\" href=\"{}\">", escaped(&context.live_address())));
    }
    if let Some(css) = &context.css {
        lines.push(format!("<link rel=\"stylesheet\" href=\"/assets/{}\">", escaped(css)));
    }
    if let Some(scripts) = &head.scripts {
        lines.push(scripts.clone());
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn header(context: &PageContext) -> AnyView {
    let text = context.text;
    let sections = [
        ("/countries", "nav-countries"),
        ("/treaties", "nav-treaties"),
        ("/incidents", "nav-incidents"),
        ("/indicators", "nav-indicators"),
        ("/changes", "nav-changes"),
    ];
    let here = context.path.split(['?', '#']).next().unwrap_or_default().to_owned();
    let items = sections.map(|(path, key)| {
        let current = if here == path {
            Some("page")
        } else {
            here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')).then_some("true")
        };
        view! {
            <li>
                <a href=context.link(path) aria-current=current>
                    {text.say(key)}
                </a>
            </li>
        }
    });
    let desk = context.signed_in.then(|| {
        view! {
            <li>
                <a href="/desk">{text.say("nav-desk")}</a>
            </li>
        }
    });
    view! {
        <header class="site">
            <div class="site-in">
                <a class="site-name" href=context.link("/")>
                    {text.say("site-name")}
                </a>
                <nav aria-label=text.say("nav-label")>
                    <ul>{items.into_iter().collect_view()} {desk}</ul>
                </nav>
            </div>
        </header>
    }
    .into_any()
}

/// What an old edition says of itself.
fn banner(context: &PageContext) -> AnyView {
    if context.is_live {
        return ().into_any();
    }
    let text = context.text;
    let said = text.with(
        "shell-old-edition",
        &[
            ("edition", context.edition.to_string().into()),
            ("day", text.day(context.today).into()),
            ("head", context.head.to_string().into()),
        ],
    );
    view! {
        <aside class="edition-banner" aria-label=text.say("shell-old-edition-label")>
            <p>
                {said} " "
                <a href=context.plain_link(&context.path_without_edition())>
                    {text.say("shell-old-edition-live")}
                </a>
            </p>
        </aside>
    }
    .into_any()
}

/// At the desk: nothing can be written for now.
fn read_only(context: &PageContext) -> Option<AnyView> {
    let text = context.text;
    let said = || {
        view! {
            <aside class="edition-banner" aria-label=text.say("read-only-label")>
                <p>{text.say("read-only-banner")}</p>
            </aside>
        }
        .into_any()
    };
    context.read_only.then(said)
}

fn footer(context: &PageContext) -> AnyView {
    let text = context.text;
    let pages = [
        ("/methodology", "nav-methodology"),
        ("/safety", "nav-safety"),
        ("/privacy", "nav-privacy"),
        ("/transparency", "nav-transparency"),
        ("/about", "nav-about"),
    ];
    let items = pages.map(|(path, key)| {
        view! {
            <li>
                <a href=context.plain_link(path)>{text.say(key)}</a>
            </li>
        }
    });
    let edition = text.with("shell-edition", &[("edition", context.edition.to_string().into())]);
    view! {
        <footer class="site">
            <div class="site-in">
                <nav aria-label=text.say("nav-footer-label")>
                    <ul>
                        {items.into_iter().collect_view()} <li>
                            <a href="/desk">{text.say("nav-desk")}</a>
                        </li>
                    </ul>
                </nav>
                <p>{edition} " " {text.say("shell-licence")}</p>
                <p>{text.say("shell-no-tracking")}</p>
            </div>
        </footer>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::tests::context;

    fn page(context: &PageContext) -> String {
        shell(context, PageHead::new("A <b>", "D \"e\""), || view! { <h1>"A"</h1> })
    }

    #[test]
    fn a_page_is_a_whole_document_without_a_script() {
        let html = page(&context("/countries/bra"));
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">"), "{html}");
        assert!(html.contains("<title>A &lt;b&gt;"), "{html}");
        assert!(html.contains("content=\"D &quot;e&quot;\""), "{html}");
        assert!(html.contains("rel=\"canonical\" href=\"http://localhost:3000/countries/bra\""), "{html}");
        assert!(html.contains("href=\"/countries\" aria-current=\"true\""), "{html}");
        assert!(!html.contains("<script") && !html.contains("noindex"), "{html}");
    }

    #[test]
    fn an_old_edition_says_so_and_names_the_live_page() {
        let old = PageContext { is_live: false, edition: 2, ..context("/countries/bra?edition=2") };
        let html = page(&old);
        assert!(html.contains("edition-banner") && html.contains("noindex"), "{html}");
        assert!(html.contains("rel=\"canonical\" href=\"http://localhost:3000/countries/bra\""), "{html}");
        assert!(html.contains("href=\"/treaties?edition=2\""), "{html}");
    }
}
