//! Whether the program lives, and whether it can answer.

use axum::extract::State;
use axum::http::StatusCode;

use crate::state::App;

/// The program lives.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers.
pub(super) async fn readyz(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.store().ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}
