//! The body of a form: pairs in the order sent, capped before they are kept.

use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};

/// The most that a form may send: more than every field full, so that the field that is too long can be named.
pub(crate) const MOST_BYTES: usize = 4 << 20;
/// A form has to come whole within this time: four megabytes over a very slow line.
const BODY_WITHIN: std::time::Duration = std::time::Duration::from_secs(180);
/// The most fields that it may send.
const MOST_FIELDS: usize = 2_000;

/// The fields of a form, or the status that refuses it.
pub(crate) async fn fields(headers: &HeaderMap, body: Body) -> Result<Vec<(String, String)>, StatusCode> {
    fields_up_to(headers, body, MOST_BYTES).await
}

/// The fields of a form of at most so many bytes.
pub(crate) async fn fields_up_to(
    headers: &HeaderMap,
    body: Body,
    most: usize,
) -> Result<Vec<(String, String)>, StatusCode> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let read = tokio::time::timeout(BODY_WITHIN, to_bytes(body, most)).await;
    let bytes = read.map_err(|_| StatusCode::REQUEST_TIMEOUT)?.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let fields: Vec<(String, String)> = form_urlencoded::parse(&bytes)
        .take(MOST_FIELDS + 1)
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    if fields.len() > MOST_FIELDS {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    Ok(fields)
}

/// The last value of a field; empty where it was not sent.
pub(crate) fn value<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().rev().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
}
