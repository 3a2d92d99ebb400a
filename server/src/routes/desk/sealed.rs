//! Sealed notes: revealed only by asking (a POST, for it is logged), written in place of the one before.

use app::desk::Sealed;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::Problem;
use domain::incident::LIMITS;
use domain::rights::{Action, may};
use store::StoreError;
use store::desk::{Member, note_hash};

use super::{answer, member};
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
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => {
            page(&app, &member, &id, StatusCode::OK, Shown { done, ..Shown::default() }).await
        }
        Err(response) => response,
    }
}

/// Reveals the note, or seals a new one.
pub(crate) async fn sealed(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    // A note whose session ended goes back to who typed it, and to nobody else: the answer is kept nowhere.
    match member::form(&app, request, &format!("/desk/cases/{id}/sealed")).await {
        Ok((member, fields)) => act(&app, &member, &id, &fields).await,
        Err(response) => response,
    }
}

/// Seals or reveals for a member.
pub(super) async fn act(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    if forms::value(fields, "do") == "save" {
        return seal(app, member, id, fields).await;
    }
    match app.store().reveal_sealed_note(member, id, app.key(), app.now()).await {
        Ok(note) => {
            let note = note.unwrap_or_default();
            let seen = note_hash(&note);
            page(app, member, id, StatusCode::OK, Shown { note: Some(note), seen, ..Shown::default() }).await
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// Seals what was typed, unless the note changed since it was shown; nothing typed is lost.
async fn seal(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    let Some((_, note)) = fields.iter().rev().find(|(name, _)| name == "note") else {
        return answer::bad_body(app, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let text = answer::context(app, "/desk", true).text;
    let seen = forms::value(fields, "seen");
    let again = |error: String| Shown {
        note: Some(note.clone()),
        seen: seen.to_owned(),
        error: Some(error),
        done: None,
    };
    let given = note.chars().count();
    if given > LIMITS.narrative {
        let problem = Problem::TooLong { given, most: LIMITS.narrative };
        let shown = again(app::desk::problem(text, &problem));
        return page(app, member, id, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
    }
    match app.store().seal_note(member, id, note, seen, app.key(), app.now()).await {
        Ok(()) => answer::see_other(&format!("/desk/cases/{id}/sealed?done=sealed")),
        Err(StoreError::ChangedSinceVerified) => {
            page(app, member, id, StatusCode::CONFLICT, again(text.say("sealed-changed-since"))).await
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// What the page shows beside the case.
#[derive(Default)]
struct Shown {
    note: Option<String>,
    seen: String,
    error: Option<String>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, id: &str, status: StatusCode, shown: Shown) -> Response {
    let (case, facts) = match app.store().case(member, id).await {
        Ok(found) => found,
        Err(error) => return answer::refusal(app, &error),
    };
    if !may(member.role, case.relation(member), Action::SealedNotes, facts) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    let context = answer::context(app, &format!("/desk/cases/{id}/sealed"), true);
    let Shown { note, seen, error, done } = shown;
    let html = app::desk::sealed(&context, Sealed { member: member.clone(), case, note, seen, error, done });
    answer::page(status, html, Policy::Desk)
}
