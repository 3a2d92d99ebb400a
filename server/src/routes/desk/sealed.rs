//! Sealed notes: revealed only by asking (a POST, for it is logged), written in place of the one before.

use app::desk::Sealed;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::rights::{Action, may};
use store::StoreError;
use store::desk::Member;

use super::{answer, member, session};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// The page, with nothing revealed.
pub(crate) async fn sealed_page(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match member::required(&app, &headers).await {
        Ok(member) => {
            let done = answer::done(answer::context(&app, "/desk", true).text, uri.query());
            page(&app, &member, &id, None, done).await
        }
        Err(response) => response,
    }
}

/// Reveals the note, or seals a new one.
pub(crate) async fn sealed(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let fields = match forms::fields(&parts.headers, body).await {
        Ok(fields) => fields,
        Err(status) => return answer::bad_body(&app, status),
    };
    match member::member(&app, &parts.headers).await {
        Ok(Some(member)) => act(&app, &member, &id, &fields).await,
        // The note goes back to who typed it, and to nobody else: the answer is kept nowhere.
        Ok(None) => session::carry(&app, &format!("/desk/cases/{id}/sealed"), fields),
        Err(response) => response,
    }
}

/// Seals or reveals for a member.
pub(super) async fn act(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    if forms::value(fields, "do") == "save" {
        let note = forms::value(fields, "note");
        return match app.store().seal_note(member, id, note, app.key(), app.now()).await {
            Ok(()) => answer::see_other(&format!("/desk/cases/{id}/sealed?done=sealed")),
            Err(error) => answer::refusal(app, &error),
        };
    }
    match app.store().reveal_sealed_note(member, id, app.key(), app.now()).await {
        Ok(note) => page(app, member, id, Some(note.unwrap_or_default()), None).await,
        Err(error) => answer::refusal(app, &error),
    }
}

async fn page(app: &App, member: &Member, id: &str, note: Option<String>, done: Option<String>) -> Response {
    let (case, facts) = match app.store().case(member, id).await {
        Ok(found) => found,
        Err(error) => return answer::refusal(app, &error),
    };
    if !may(member.role, case.relation(member), Action::SealedNotes, facts) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    let context = answer::context(app, &format!("/desk/cases/{id}/sealed"), true);
    let html = app::desk::sealed(&context, Sealed { member: member.clone(), case, note, done });
    answer::page(StatusCode::OK, html, Policy::Desk)
}
