//! The page behind a link by which somebody joins, or chooses a new password. Reading it changes nothing.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use store::StoreError;

use super::{answer, session};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::sign_in::{hash_in_turn, refuse_password};
use crate::state::App;

/// The form.
pub(crate) async fn invitation(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    if !app.desk_may_open(&headers) {
        return session::only_https(&app);
    }
    page(&app, &token, StatusCode::OK, None).await
}

/// Keeps the password, and the link is used up.
pub(crate) async fn accept(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    if !app.desk_may_open(request.headers()) {
        return session::only_https(&app);
    }
    let (parts, body) = request.into_parts();
    let fields = match forms::fields(&parts.headers, body).await {
        Ok(fields) => fields,
        Err(status) => return answer::bad_body(&app, status),
    };
    // Nobody without a link that works makes the server hash anything.
    match app.store().invitation(&token, app.now()).await {
        Ok(Some(_)) => {}
        Ok(None) => return gone(&app),
        Err(error) => return answer::refusal(&app, &error),
    }
    let password = forms::value(&fields, "password");
    if let Some(problem) = refuse_password(password) {
        let said = answer::context(&app, "/sign-in", false).text.say(problem);
        return page(&app, &token, StatusCode::UNPROCESSABLE_ENTITY, Some(said)).await;
    }
    let kept = match hash_in_turn(&app, password).await {
        Ok(hash) => app.store().accept(&token, &hash, app.now()).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(()) => message(&app, StatusCode::OK, "done", "/sign-in", "sign-in-title"),
        Err(StoreError::NotFound) => gone(&app),
        Err(error) => answer::refusal(&app, &error),
    }
}

async fn page(app: &App, token: &str, status: StatusCode, error: Option<String>) -> Response {
    match app.store().invitation(token, app.now()).await {
        Ok(Some(found)) => {
            // The path is not told: it would put the token into the page's links.
            let context = answer::context(app, "/sign-in", false);
            answer::page(status, app::desk::invitation(&context, found, token, error), Policy::Desk)
        }
        Ok(None) => gone(app),
        Err(error) => answer::refusal(app, &error),
    }
}

/// Used, ended, taken back or never made: all answer alike.
fn gone(app: &App) -> Response {
    message(app, StatusCode::NOT_FOUND, "gone", "/", "site-name")
}

fn message(app: &App, status: StatusCode, key: &str, back: &str, back_key: &str) -> Response {
    let context = answer::context(app, "/sign-in", false);
    let text = context.text;
    let title = text.say(&format!("invitation-{key}-title"));
    let said = text.say(&format!("invitation-{key}"));
    let html = app::desk::message(&context, title, said, (back.to_owned(), text.say(back_key)));
    answer::page(status, html, Policy::Desk)
}
