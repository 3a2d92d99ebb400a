//! `serve --read-only`: what would write is answered with 503, and what was typed is handed back.
//!
//! Reading goes on, also at the desk for who is signed in. Nobody signs in, for that writes a session. Signing out takes the
//! cookie away, which no other place holds; the session's row ends by its idle time.

use app::desk::Replay;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;

use super::{forms, origin};
use crate::routes::desk_answer as answer;
use crate::state::App;

/// How long somebody should wait before they try again, in seconds; islands try by their own clock.
const WAIT: u32 = 300;

/// Refuses what would write.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let refuses = app.store().only_reads() && origin::is_unsafe(request.method());
    if !refuses || request.uri().path() == "/sign-out" {
        return next.run(request).await;
    }
    let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_for_script = accepts.contains("json") || request.uri().path().ends_with("/autosave");
    let mut response = if is_for_script {
        answer::json(StatusCode::SERVICE_UNAVAILABLE, json!({"error": "read-only"}))
    } else {
        let kept = kept(request).await;
        let context = answer::context(&app, "/desk", false);
        answer::page(
            StatusCode::SERVICE_UNAVAILABLE,
            app::desk::not_now(&context, kept),
            super::headers::Policy::Desk,
        )
    };
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(WAIT));
    response
}

/// Where passwords and codes are typed: they do not come back in a page.
const SECRET: [&str; 2] = ["/invitations/", "/desk/account"];

/// What was typed into any other form; of a sign-in what it carries. Files are still in the browser's own form.
async fn kept(request: Request) -> Option<Replay> {
    let path = request.uri().path().to_owned();
    if SECRET.iter().any(|secret| path.starts_with(secret)) {
        return None;
    }
    let (parts, body) = request.into_parts();
    let mut fields = forms::fields(&parts.headers, body).await.ok()?;
    if path.starts_with("/sign-in") {
        fields.retain(|(name, _)| name.starts_with("replay"));
    }
    (!fields.is_empty()).then_some(Replay { path, fields })
}
