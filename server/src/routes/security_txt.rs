//! `/.well-known/security.txt` (RFC 9116): where to report a hole in this copy. Absent where nobody said where to.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Day;
use jiff::ToSpan;

use super::pages::not_found_page;
use crate::http::headers::Policy;
use crate::state::App;

/// The file.
pub(super) async fn security_txt(State(app): State<App>) -> Response {
    let Some(contact) = app.contact() else { return not_found_page(&app, Policy::Public) };
    let mut response = (StatusCode::OK, text(&contact, app.public_url(), app.today())).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.extensions_mut().insert(Policy::Public);
    response
}

/// It holds as long as this copy answers: half a year from the day on which it is read, less than the year that the RFC
/// asks for.
fn text(contact: &str, public_url: &str, today: Day) -> String {
    let expires = today.saturating_add(180.days());
    format!(
        "Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en\n\
         Canonical: {public_url}/.well-known/security.txt\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_where_to_until_when_and_of_which_site() {
        let day = jiff::civil::date(2026, 11, 25);
        assert_eq!(
            text("mailto:security@example.org", "https://example.org", day),
            "Contact: mailto:security@example.org\nExpires: 2027-05-24T00:00:00Z\nPreferred-Languages: en\n\
             Canonical: https://example.org/.well-known/security.txt\n"
        );
    }
}
