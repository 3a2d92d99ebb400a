//! Handing a case over, and sharing its sealed notes with colleagues.

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::http::forms;
use crate::state::App;

/// The acts that have an address.
pub(crate) const ACTS: &[&str] = &["hand-over", "share-notes"];

/// Does what the address names.
pub(crate) async fn hand(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    request: Request,
) -> Response {
    let what = uri.path().rsplit('/').next().unwrap_or_default();
    match member::form(&app, request, &format!("/desk/cases/{id}/{what}")).await {
        Ok((member, fields)) => act(&app, &member, &id, what, &fields).await,
        Err(response) => response,
    }
}

/// Does it for a member.
pub(super) async fn act(
    app: &App,
    member: &Member,
    id: &str,
    what: &str,
    fields: &[(String, String)],
) -> Response {
    let (store, now) = (app.store(), app.now());
    let (done, result) = match what {
        "hand-over" => match forms::value(fields, "to") {
            "" => ("taken-back", store.hand_over(member, id, None, now).await),
            to => ("handed-over", store.hand_over(member, id, Some(to), now).await),
        },
        _ if forms::value(fields, "share") == "yes" => {
            ("notes-shared", store.share_notes(member, id, true, now).await)
        }
        _ => ("notes-unshared", store.share_notes(member, id, false, now).await),
    };
    match result {
        Ok(()) => answer::see_other(&format!("/desk/cases/{id}?done={done}#people")),
        Err(StoreError::WrongState) => answer::message(app, StatusCode::CONFLICT, "no-researcher"),
        Err(error) => answer::refusal(app, &error),
    }
}
