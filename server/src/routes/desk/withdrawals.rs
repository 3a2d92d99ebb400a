//! Redaction and erasure from the desk: asked for, begun by one person, done by a second.

use std::collections::BTreeMap;

use app::desk::WithdrawalsPage;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::case::Withdrawal;
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => {
            shown(&app, &member, &id, StatusCode::OK, Shown { done, ..Shown::default() }).await
        }
        Err(response) => response,
    }
}

/// Asks, begins, confirms or drops.
pub(crate) async fn withdraw(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    match member::form(&app, request, &format!("/desk/cases/{id}/withdrawals")).await {
        Ok((member, fields)) => act(&app, &member, &id, &fields).await,
        Err(response) => response,
    }
}

/// Does it for a member.
pub(super) async fn act(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    let value = |name: &str| forms::value(fields, name);
    let done = match value("do") {
        "confirm" => confirm(app, member, id, value("withdrawal")).await,
        "drop" => app
            .store()
            .drop_withdrawal(member, id, value("withdrawal"), app.now())
            .await
            .map(|()| "withdrawal-dropped"),
        _ => ask(app, member, id, fields).await,
    };
    match done {
        Ok("erased") => answer::see_other("/desk?done=erased"),
        Ok(done) => answer::see_other(&format!("/desk/cases/{id}/withdrawals?done={done}")),
        Err(StoreError::Refused(errors)) => {
            let text = answer::context(app, "/desk", true).text;
            let input = |name: &str| match name {
                "reason" => format!("reason.{}", value("act")),
                other => other.to_owned(),
            };
            let said = errors.iter().map(|e| (input(&e.field), app::desk::problem(text, &e.problem)));
            let refused =
                Shown { typed: fields.iter().cloned().collect(), errors: said.collect(), done: None };
            shown(app, member, id, StatusCode::UNPROCESSABLE_ENTITY, refused).await
        }
        Err(StoreError::WrongState) => answer::message(app, StatusCode::CONFLICT, "withdrawal-state"),
        Err(error) => answer::refusal(app, &error),
    }
}

async fn ask(
    app: &App,
    member: &Member,
    id: &str,
    fields: &[(String, String)],
) -> Result<&'static str, StoreError> {
    let act = match forms::value(fields, "act") {
        "erase" => Withdrawal::Erase,
        _ => Withdrawal::Redact,
    };
    let reason = fields.iter().find(|(name, _)| name == "reason" || name.starts_with("reason."));
    let reason = reason.map_or("", |(_, reason)| reason);
    let field = forms::value(fields, "field");
    app.store().ask_withdrawal(member, id, act, field, reason, app.now()).await?;
    Ok("withdrawal-asked")
}

/// The second person's word: what it was goes, and its files with it.
async fn confirm(app: &App, member: &Member, id: &str, withdrawal: &str) -> Result<&'static str, StoreError> {
    let (act, leftovers) = app.store().confirm_withdrawal(member, id, withdrawal, app.now()).await?;
    app.catch_up().await;
    for object in &leftovers.objects {
        // Without its key it says nothing; a sweep takes what stays.
        if let Err(error) = app.evidence().remove(object).await {
            tracing::warn!(%error, "an erased evidence file is left to be swept away");
        }
    }
    Ok(match act {
        Withdrawal::Redact => "redacted",
        Withdrawal::Erase => "erased",
    })
}

/// What the page shows beside the case.
#[derive(Default)]
struct Shown {
    typed: BTreeMap<String, String>,
    errors: Vec<(String, String)>,
    done: Option<String>,
}

async fn shown(app: &App, member: &Member, id: &str, status: StatusCode, shown: Shown) -> Response {
    let store = app.store();
    let loaded = async { Ok((store.case(member, id).await?, store.withdrawals(member, id).await?)) };
    let ((case, facts), waiting) = match loaded.await {
        Ok(loaded) => loaded,
        Err(error) => return answer::refusal(app, &error),
    };
    let Shown { typed, errors, done } = shown;
    let page = WithdrawalsPage { member: member.clone(), case, facts, waiting, typed, errors, done };
    let context = answer::context(app, &format!("/desk/cases/{id}/withdrawals"), true);
    answer::page(status, app::desk::withdrawals(&context, page), Policy::Desk)
}
