//! Which codings a browser takes, and answers that are compressed as they are made.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// More than any page of ours.
const MOST: usize = 32 << 20;

/// The browser takes this coding.
pub(crate) fn takes(headers: &HeaderMap, coding: &str) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|item| is_taken(item, coding))
}

/// Compresses a page on its way out. For pages that hold no token and show nothing that an address says: the length of
/// others could be used to guess at what they hold.
pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let takes_it = takes(request.headers(), "gzip");
    let (mut parts, body) = next.run(request).await.into_parts();
    let is_page =
        parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page || !takes_it {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, MOST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    Response::from_parts(parts, Body::from(crate::cache::gzip(&bytes)))
}

/// An item of Accept-Encoding names `coding` and does not refuse it (`br;q=0`).
fn is_taken(item: &str, coding: &str) -> bool {
    let mut parts = item.split(';').map(str::trim);
    let weight =
        |part: &str| part.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
    parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding)) && !parts.any(weight)
}
