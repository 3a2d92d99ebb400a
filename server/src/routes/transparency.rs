//! What an outsider needs to hold us to the audit log: the newest checkpoint, and the key to check it with.

use app::pages;
use app::pages::error::ErrorPage;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::pages::{Asked, Made, answer, error_page, not_found_page, send};
use crate::cache::Ready;
use crate::http::headers::Policy;
use crate::state::App;

/// The page that says how to use them.
pub(super) async fn page(State(app): State<App>, asked: Asked) -> Response {
    let verifier = app.verifier().to_string();
    answer(
        app,
        Asked { query: None, ..asked },
        "/transparency",
        &[],
        Policy::Public,
        async |_, context, _| Ok(Made::html(pages::transparency::render(context, &verifier))),
    )
    .await
}

/// The newest checkpoint, as it was signed.
pub(super) async fn checkpoint(State(app): State<App>, headers: HeaderMap) -> Response {
    match app.store().checkpoint().await {
        Ok(Some(note)) => {
            let ready = Ready::new(200, "text/plain; charset=utf-8", note.into_bytes(), false);
            send(&headers, &ready, Policy::Public)
        }
        Ok(None) => not_found_page(&app, Policy::Public),
        Err(error) => {
            tracing::error!(%error, "the checkpoint cannot be read");
            error_page(&app, "/transparency", &ErrorPage::Internal, Policy::Public)
        }
    }
}
