//! Blur: making a place, a day or a person less exact, and answering for texts that still say what they were.

use std::collections::BTreeMap;

use app::desk::BlurPage;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::FieldError;
use domain::blur::How;
use domain::form;
use domain::rights::{Action, may};
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// The page.
pub(crate) async fn blur_page(
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

/// Blurs a field, answers for a text, or forgets what was blurred.
pub(crate) async fn blur(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    match member::form(&app, request, &format!("/desk/cases/{id}/blur")).await {
        Ok((member, fields)) => act(&app, &member, &id, &fields).await,
        Err(response) => response,
    }
}

/// Does what the form's button says.
pub(super) async fn act(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    let value = |name: &str| forms::value(fields, name);
    let (field, blur) = (value("field"), value("blur"));
    let reason = fields.iter().find(|(name, _)| name.starts_with("reason."));
    let how = match value("do") {
        "wider" => Some(How::Wider(value("shown").to_owned())),
        "month" => Some(How::Month),
        "year" => Some(How::Year),
        "role" => Some(How::Role),
        _ => None,
    };
    let (store, key, now) = (app.store(), app.key(), app.now());
    let (done, result) = match (how, value("do")) {
        (Some(how), _) => ("blurred", store.blur(member, id, field, &how, key, now).await),
        (None, "may-stay") => {
            let reason = reason.map_or("", |(_, reason)| reason);
            ("may-stay", store.may_stay(member, id, (blur, field), reason, key, now).await)
        }
        (None, "forget") => ("blur-forgotten", store.forget_blur(member, id, blur, now).await),
        (None, _) => return page(app, member, id, StatusCode::OK, Shown::default()).await,
    };
    match result {
        Ok(()) => answer::see_other(&format!("/desk/cases/{id}/blur?done={done}")),
        Err(StoreError::Refused(errors)) => {
            let typed = fields.iter().cloned().collect();
            let errors = errors
                .into_iter()
                .map(|error| match reason {
                    Some((name, _)) => FieldError { field: name.clone(), ..error },
                    None => error,
                })
                .collect();
            let shown = Shown { typed, errors, done: None };
            page(app, member, id, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(StoreError::WrongState) => answer::see_other(&format!("/desk/cases/{id}")),
        Err(error) => answer::refusal(app, &error),
    }
}

/// What the page shows beside the case.
#[derive(Default)]
struct Shown {
    typed: BTreeMap<String, String>,
    errors: Vec<FieldError>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, id: &str, status: StatusCode, shown: Shown) -> Response {
    let (case, facts) = match app.store().case(member, id).await {
        Ok(found) => found,
        Err(error) => return answer::refusal(app, &error),
    };
    if !may(member.role, case.relation(member), Action::Edit, facts) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    let blurs = match app.store().blurs(&case).await {
        Ok(blurs) => blurs,
        Err(error) => return answer::refusal(app, &error),
    };
    let context = answer::context(app, &format!("/desk/cases/{id}/blur"), true);
    let said = |error: &FieldError| (error.field.clone(), app::desk::problem(context.text, &error.problem));
    let page = BlurPage {
        member: member.clone(),
        values: form::flatten(&case.draft),
        case,
        blurs,
        typed: shown.typed,
        errors: shown.errors.iter().map(said).collect(),
        done: shown.done,
    };
    answer::page(status, app::desk::blur(&context, page), Policy::Desk)
}
