//! Hiding by reference: a steward or a manager sees what the public sees, not the case behind it.

use app::desk::Hide;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::incident::is_reference;
use domain::rights::{Action, Facts, Relation, may};
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

pub(super) const PATH: &str = "/desk/hide";

/// The form.
pub(crate) async fn hide_page(State(app): State<App>, headers: HeaderMap) -> Response {
    match member::required(&app, &headers).await {
        Ok(member) if may_hide(&member) => page(&app, &member, StatusCode::OK, &[], Vec::new()),
        Ok(_) => answer::refusal(&app, &StoreError::Forbidden),
        Err(response) => response,
    }
}

/// Hides the incident that the form names.
pub(crate) async fn hide(State(app): State<App>, request: Request) -> Response {
    match member::form(&app, request, PATH).await {
        Ok((member, fields)) => act(&app, &member, &fields).await,
        Err(response) => response,
    }
}

/// Hides for a member.
pub(super) async fn act(app: &App, member: &Member, fields: &[(String, String)]) -> Response {
    if !may_hide(member) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    let text = answer::context(app, PATH, true).text;
    let refused =
        |status, field: &str, said: String| page(app, member, status, fields, vec![(field.to_owned(), said)]);
    let unknown = || refused(StatusCode::UNPROCESSABLE_ENTITY, "reference", text.say("hide-unknown"));
    let reference = forms::value(fields, "reference").trim().to_uppercase();
    if !is_reference(&reference) {
        return unknown();
    }
    let reason = match answer::reason(text, forms::value(fields, "reason")) {
        Ok(reason) => reason,
        Err(said) => return refused(StatusCode::UNPROCESSABLE_ENTITY, "reason", said),
    };
    let case = match app.store().case_of_reference(&reference).await {
        Ok(Some(case)) => case,
        Ok(None) => return unknown(),
        Err(error) => return answer::refusal(app, &error),
    };
    match app.store().hide(member, &case, &reason, app.now()).await {
        Ok(()) => {
            app.catch_up().await;
            answer::see_other("/desk?done=hide")
        }
        // Another organisation's incident is on the record, and not theirs to hide: it answers like none.
        Err(StoreError::NotFound) => unknown(),
        Err(StoreError::WrongState) => {
            refused(StatusCode::CONFLICT, "reference", text.say("hide-not-public"))
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// Whether their role hides anything at all.
fn may_hide(member: &Member) -> bool {
    Relation::ALL.iter().any(|relation| may(member.role, *relation, Action::Hide, Facts::default()))
}

fn page(
    app: &App,
    member: &Member,
    status: StatusCode,
    fields: &[(String, String)],
    errors: Vec<(String, String)>,
) -> Response {
    let shown = Hide {
        member: member.clone(),
        reference: forms::value(fields, "reference").to_owned(),
        reason: forms::value(fields, "reason").to_owned(),
        errors,
    };
    let context = answer::context(app, PATH, true);
    answer::page(status, app::desk::hide(&context, shown), Policy::Desk)
}
