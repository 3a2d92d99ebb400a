//! Pages that stand where another was asked for: refused, gone, not found, failed, or in a language that is not ready.

use leptos::prelude::*;
use text::Language;

use super::{NotFound, PageContext};
use crate::components::part::{link, paragraph};
use crate::components::shell::{PageHead, shell};

/// What went wrong, and what can be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorPage {
    /// 400: the request cannot be understood; what was wrong, and what would be right.
    BadRequest(String),
    /// 403: signed in, and not allowed; or a form that came from elsewhere.
    Forbidden,
    /// 404: nothing stands here.
    NotFound(NotFound),
    /// 404: an edition outside what there is.
    NoSuchEdition,
    /// 405: the address does not take this method.
    MethodNotAllowed,
    /// 410: gone for good.
    Gone,
    /// 413: more than is taken.
    TooLarge,
    /// 429: too often; seconds to wait.
    TooManyRequests(u64),
    /// 500: our mistake.
    Internal,
    /// 503: cannot answer just now.
    Unavailable,
}

impl ErrorPage {
    /// Its HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::Forbidden => 403,
            Self::NotFound(_) | Self::NoSuchEdition => 404,
            Self::MethodNotAllowed => 405,
            Self::Gone => 410,
            Self::TooLarge => 413,
            Self::TooManyRequests(_) => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    fn slug(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "bad-request",
            Self::Forbidden => "forbidden",
            Self::NotFound(_) => "not-found",
            Self::NoSuchEdition => "no-such-edition",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Gone => "gone",
            Self::TooLarge => "too-large",
            Self::TooManyRequests(_) => "too-many-requests",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }
}

/// The whole document.
pub fn render(page: &ErrorPage, context: &PageContext) -> String {
    let text = context.text;
    let title = text.say(&format!("page-error-{}-title", page.slug()));
    let key = format!("page-error-{}", page.slug());
    let words = match page {
        ErrorPage::NoSuchEdition => text.with(&key, &[("head", context.head.to_string().into())]),
        ErrorPage::TooManyRequests(seconds) => {
            text.with(&key, &[("seconds", i64::try_from(*seconds).unwrap_or(i64::MAX).into())])
        }
        _ => text.say(&key),
    };
    let (detail, near) = match page {
        ErrorPage::BadRequest(detail) => (Some(detail.clone()), Vec::new()),
        ErrorPage::NotFound(not_found) => (None, not_found.near.clone()),
        _ => (None, Vec::new()),
    };
    let head = PageHead { no_index: true, ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, || {
        let near = (!near.is_empty()).then(|| {
            let items = near
                .iter()
                .map(|(name, path)| view! { <li>{link(context.link(path), name.clone())}</li> })
                .collect_view();
            view! {
                <p>{text.say("page-error-near")}</p>
                <ul>{items}</ul>
            }
        });
        view! {
            <div class="title-block gone">
                <p class="over">{page.status().to_string()}</p>
                <h1>{title.clone()}</h1>
                {paragraph(words)}
                {detail.map(|detail| view! { <p dir="auto">{detail}</p> })}
                {near}
                <p>{link(context.plain_link("/"), text.say("page-error-home"))}</p>
            </div>
        }
    })
}

/// The page for a language that is not filled yet: `asked` is the language of the address, `context` is in English.
pub fn language_not_available(asked: Language, context: &PageContext) -> String {
    let text = context.text;
    let title = text.with("language-not-available-title", &[("language", asked.own_name().into())]);
    let head = PageHead { no_index: true, ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, || {
        view! {
            <div class="title-block gone">
                <h1>{title.clone()}</h1>
                {paragraph(text.say("language-not-available"))}
                <p>{link(context.link(&context.path), text.say("language-read-in-english"))}</p>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::tests::context;

    #[test]
    fn every_error_page_says_what_happened() {
        let pages = [
            ErrorPage::BadRequest("edition: x".into()),
            ErrorPage::Forbidden,
            ErrorPage::NotFound(NotFound { near: vec![("Brazil".into(), "/countries/bra".into())] }),
            ErrorPage::NoSuchEdition,
            ErrorPage::MethodNotAllowed,
            ErrorPage::Gone,
            ErrorPage::TooLarge,
            ErrorPage::TooManyRequests(30),
            ErrorPage::Internal,
            ErrorPage::Unavailable,
        ];
        for page in pages {
            let html = render(&page, &context("/nowhere"));
            assert!(html.contains(&format!(">{}<", page.status())), "{html}");
            assert!(html.contains("noindex") && !html.contains("canonical"), "{html}");
        }
    }

    #[test]
    fn what_was_typed_is_shown_as_text() {
        let page = ErrorPage::BadRequest("<script>alert(1)</script>".into());
        assert!(!render(&page, &context("/")).contains("<script"));
    }
}
