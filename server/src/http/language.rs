//! The language prefix: `/fr/countries/bra` is `/countries/bra` in French. English stands at the root for good;
//! there is no cookie and no negotiation.

use axum::extract::Request;
use axum::http::Uri;
use text::Language;

/// The request's language, among its extensions; and the path without the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prefix(pub(crate) Language);

/// Takes the prefix off before the router sees the path.
pub(crate) fn take_off(mut request: Request) -> Request {
    // CONNECT asks for a host and has no path, `OPTIONS *` has no slash: neither has a prefix.
    let path = request.uri().path().strip_prefix('/').unwrap_or_default();
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let language = Language::from_code(first).filter(|language| *language != Language::English);
    if let Some(language) = language {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(uri) = format!("/{rest}{query}").parse::<Uri>() {
            *request.uri_mut() = uri;
            request.extensions_mut().insert(Prefix(language));
        }
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn taken(uri: &str) -> (String, Option<Language>) {
        let request = take_off(Request::builder().uri(uri).body(Body::empty()).unwrap());
        (request.uri().to_string(), request.extensions().get::<Prefix>().map(|p| p.0))
    }

    #[test]
    fn the_prefix_is_taken_off_and_remembered() {
        assert_eq!(taken("/fr/countries/bra?x=1"), ("/countries/bra?x=1".into(), Some(Language::French)));
        assert_eq!(taken("/ar"), ("/".into(), Some(Language::Arabic)));
        assert_eq!(taken("/countries/fra"), ("/countries/fra".into(), None));
        assert_eq!(taken("/"), ("/".into(), None));
        assert_eq!(taken("/en/about"), ("/en/about".into(), None));
        for odd in ["*", "example.org:443"] {
            assert_eq!(taken(odd), (odd.into(), None));
        }
    }
}
