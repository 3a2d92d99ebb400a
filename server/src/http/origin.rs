//! Where an unsafe request comes from. Forms carry no token; the browser's own word is asked instead.
//!
//! `Sec-Fetch-Site`, if sent, must be same-origin or none; if it is not sent, `Origin` must be ours; with neither
//! the request is refused. Together with `SameSite=Lax` no other site can act for somebody who is signed in.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::state::App;

/// Refuses unsafe requests from elsewhere with 403.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    if is_unsafe(request.method()) && !is_ours(request.headers(), app.public_url()) {
        tracing::warn!("a request from elsewhere was refused");
        let said = text::Text::new(text::Language::English).say("error-cross-site");
        return (StatusCode::FORBIDDEN, said).into_response();
    }
    next.run(request).await
}

pub(super) fn is_unsafe(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    // Sent twice, it is no browser's word.
    let once = |name: &str| headers.get_all(name).iter().count() <= 1;
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if !once("sec-fetch-site") || !once("origin") {
        return false;
    }
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin == public_url || is_this_machine(origin, public_url),
        (None, None) => false,
    }
}

/// On this machine `localhost` and `127.0.0.1` are one.
fn is_this_machine(origin: &str, public_url: &str) -> bool {
    let port = |url: &str| {
        let rest = url.strip_prefix("http://")?;
        let (host, port) = rest.split_once(':')?;
        matches!(host, "localhost" | "127.0.0.1").then(|| port.to_owned())
    };
    port(origin).is_some_and(|p| Some(p) == port(public_url))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| ((*n).parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn only_our_own_pages_may_ask_for_a_change() {
        let ours = "https://example.org";
        let case = |pairs: &[(&'static str, &'static str)]| is_ours(&headers(pairs), ours);
        assert!(case(&[("sec-fetch-site", "same-origin")]));
        assert!(case(&[("sec-fetch-site", "none")]));
        assert!(case(&[("origin", "https://example.org")]));
        assert!(!case(&[("sec-fetch-site", "cross-site"), ("origin", "https://example.org")]));
        assert!(!case(&[("sec-fetch-site", "same-site")]));
        assert!(!case(&[("origin", "https://evil.example")]));
        assert!(!case(&[("origin", "null")]));
        assert!(!case(&[]));
        assert!(is_ours(&headers(&[("origin", "http://127.0.0.1:3000")]), "http://localhost:3000"));
        assert!(!is_ours(&headers(&[("origin", "http://127.0.0.1:9")]), "http://localhost:3000"));
        assert!(!is_ours(&headers(&[("origin", "http://localhost:443")]), ours));
    }
}
