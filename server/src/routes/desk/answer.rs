//! How the desk answers: pages that nobody keeps, redirects, refusals in words.

use app::context::PageContext;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Problem;
use domain::incident::check_reason;
use store::StoreError;
use text::{Language, Text};

use crate::http::headers::Policy;
use crate::state::App;

/// What a desk page is rendered with. The desk speaks English for now.
pub(crate) fn context(app: &App, path: &str, signed_in: bool) -> PageContext {
    let head = app.head();
    PageContext {
        text: Text::new(Language::English),
        public_url: app.public_url().to_owned(),
        today: app.today(),
        edition: head.edition,
        head: head.edition,
        is_live: true,
        path: path.to_owned(),
        css: crate::assets::manifest().css.clone(),
        signed_in,
        operator: app.operator(),
        read_only: app.store().only_reads(),
    }
}

/// A page.
pub(crate) fn page(status: StatusCode, html: String, policy: Policy) -> Response {
    let mut response = (status, html).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response.extensions_mut().insert(policy);
    response
}

/// An answer for an island.
pub(crate) fn json(status: StatusCode, value: serde_json::Value) -> Response {
    let mut response = (status, value.to_string()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.extensions_mut().insert(Policy::Desk);
    response
}

/// To another page of ours, by GET.
pub(in crate::routes) fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/desk"));
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response();
    response.extensions_mut().insert(Policy::Desk);
    response
}

/// A refusal that is no business of a field.
pub(super) fn refusal(app: &App, error: &StoreError) -> Response {
    let (status, key) = match error {
        StoreError::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        StoreError::Forbidden => {
            tracing::warn!("a member asked for what their role does not allow");
            (StatusCode::FORBIDDEN, "forbidden")
        }
        other => {
            tracing::error!(error = %other, "the desk failed");
            (StatusCode::INTERNAL_SERVER_ERROR, "trouble")
        }
    };
    if key == "not-found" {
        // What belongs to others answers like what does not exist.
        return super::super::pages::not_found_page(app, Policy::Desk);
    }
    message(app, status, key)
}

/// A page that says what was wrong with a whole request.
pub(super) fn message(app: &App, status: StatusCode, key: &str) -> Response {
    let context = context(app, "/desk", true);
    let text = context.text;
    let back = ("/desk".to_owned(), text.say("queue-title"));
    let title = text.say(&format!("desk-error-{key}-title"));
    let said = text.say(&format!("desk-error-{key}"));
    page(status, app::desk::message(&context, title, said, back), Policy::Desk)
}

/// The reason that was typed for a step, or what is wrong with it, in words.
pub(super) fn reason(text: Text, typed: &str) -> Result<String, String> {
    check_reason(typed).map_err(|problem| match problem {
        Problem::Missing => text.say("review-needs-reason"),
        other => app::desk::problem(text, &other),
    })
}

/// A body that is no form, or too large.
pub(super) fn bad_body(app: &App, status: StatusCode) -> Response {
    let key = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::REQUEST_TIMEOUT => "too-slow",
        _ => "not-a-form",
    };
    message(app, status, key)
}

/// What was just done, from a fixed list: anybody can write anything into an address.
pub(super) fn done(text: Text, query: Option<&str>) -> Option<String> {
    const DONE: &[&str] = &[
        "saved",
        "submitted",
        "handed-over",
        "comment",
        "answer",
        "resolve",
        "schedule",
        "unschedule",
        "dispute",
        "lift-dispute",
        "withdrawal-asked",
        "withdrawal-dropped",
        "redacted",
        "erased",
        "taken-back",
        "notes-shared",
        "notes-unshared",
        "relate",
        "series",
        "not-the-same",
        "verify",
        "publish",
        "request-changes",
        "correct",
        "retract",
        "hide",
        "restore",
        "sealed",
        "blurred",
        "may-stay",
        "blur-forgotten",
        "session-ended",
        "sessions-ended",
        "password",
        "role",
        "disabled",
        "enabled",
        "withdrawn",
        "partner-named",
        "partner-accepted",
        "partner-ended",
        "partner",
        "reply-prepared",
        "reply-answered",
        "reply-taken-back",
        "reply-published",
        "evidence-added",
        "evidence-describe",
        "evidence-withdraw",
        "evidence-remove",
        "organisation-added",
        "fact-added",
        "fact-changed",
        "fact-ended",
        "facts-checked",
        "proposed",
        "declined",
    ];
    let what = asked(query, "done")?;
    DONE.contains(&what.as_str()).then(|| text.say(&format!("done-{what}")))
}

/// What an address asks for by that name.
pub(super) fn asked(query: Option<&str>, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query?.as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
