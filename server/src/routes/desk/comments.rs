//! Comments on a case: written, answered and resolved from its review page.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::StoreError;
use store::desk::Member;

use super::{answer, member, steps};
use crate::http::forms;
use crate::state::App;

/// Does what the form's button says.
pub(crate) async fn comments(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    match member::form(&app, request, &format!("/desk/cases/{id}/comments")).await {
        Ok((member, fields)) => act(&app, &member, &id, &fields).await,
        Err(response) => response,
    }
}

/// Does it for a member.
pub(super) async fn act(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    let (store, now) = (app.store(), app.now());
    let (field, comment) = (forms::value(fields, "field"), forms::value(fields, "comment"));
    // Each box has a name of its own, for several stand on one page.
    let typed = fields.iter().find(|(name, _)| name == "body" || name.starts_with("body."));
    let (input, body) = typed.map_or(("body", ""), |(name, body)| (name.as_str(), body.as_str()));
    let (done, result) = match forms::value(fields, "do") {
        "answer" => ("answer", store.answer_comment(member, id, comment, body, now).await),
        "resolve" => ("resolve", store.resolve_comment(member, id, comment, now).await),
        _ => ("comment", store.comment(member, id, field, body, now).await),
    };
    match result {
        Ok(()) => answer::see_other(&format!("/desk/cases/{id}/review?done={done}#comments")),
        Err(StoreError::Refused(errors)) => {
            let text = answer::context(app, "/desk", true).text;
            let said =
                |error: &domain::FieldError| (input.to_owned(), app::desk::problem(text, &error.problem));
            let shown = steps::Shown {
                typed: [(input.to_owned(), body.to_owned())].into(),
                errors: errors.iter().map(said).collect(),
                done: None,
            };
            steps::page(app, member, id, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        // Somebody resolved it meanwhile: what was typed stands under the case as a whole.
        Err(StoreError::WrongState) => {
            let said = answer::context(app, "/desk", true).text.say("comment-was-resolved");
            let shown = steps::Shown {
                typed: [("body".to_owned(), body.to_owned())].into(),
                errors: vec![("body".to_owned(), said)],
                done: None,
            };
            steps::page(app, member, id, StatusCode::CONFLICT, shown).await
        }
        Err(error) => answer::refusal(app, &error),
    }
}
