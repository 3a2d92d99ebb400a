//! Partner organisations: naming, accepting and ending them, and handing a case to one.

use app::desk::Partners;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::membership::may_run_partners;
use store::StoreError;
use store::desk::Member;

use super::{answer, member, steps};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

const PATH: &str = "/desk/partners";

/// The page.
pub(crate) async fn partners(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => page(&app, &member, StatusCode::OK, Shown { done, ..Shown::default() }).await,
        Err(response) => response,
    }
}

/// Names, accepts or ends, as the form's button says.
pub(crate) async fn change(State(app): State<App>, request: Request) -> Response {
    let (member, _, fields) = match member::brief_form(&app, request).await {
        Ok(form) => form,
        Err(response) => return response,
    };
    let (store, now) = (app.store(), app.now());
    let (partnership, typed) = (forms::value(&fields, "partnership"), forms::value(&fields, "partner"));
    let (done, result) = match forms::value(&fields, "do") {
        "name" => ("partner-named", store.name_partner(&member, typed, now).await),
        "accept" => ("partner-accepted", store.accept_partnership(&member, partnership, now).await),
        "end" => ("partner-ended", store.end_partnership(&member, partnership, now).await),
        _ => ("", Err(StoreError::NotFound)),
    };
    match result {
        Ok(()) => answer::see_other(&format!("{PATH}?done={done}")),
        Err(StoreError::NotFound) if done == "partner-named" => {
            let said = answer::context(&app, PATH, true).text.say("partners-not-a-name");
            let errors = vec![("partner".to_owned(), said)];
            let shown = Shown { typed: typed.to_owned(), errors, done: None };
            page(&app, &member, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(error) => answer::refusal(&app, &error),
    }
}

/// Hands a case to a partner's reviewers; without one, takes or gives it back.
pub(crate) async fn hand(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    let (member, _, fields) = match member::brief_form(&app, request).await {
        Ok(form) => form,
        Err(response) => return response,
    };
    let partner = Some(forms::value(&fields, "partner")).filter(|partner| !partner.is_empty());
    match app.store().hand_to_partner(&member, &id, partner, app.now()).await {
        Ok(()) => match app.store().case(&member, &id).await {
            Ok(_) => answer::see_other(&format!("/desk/cases/{id}/review?done=partner")),
            // Who gave it back sees it no more.
            Err(_) => answer::see_other("/desk?done=partner"),
        },
        Err(StoreError::WrongState) => {
            let said = answer::context(&app, "/desk", true).text.say("review-wrong-state");
            let shown = steps::Shown { errors: vec![("step".to_owned(), said)], ..steps::Shown::default() };
            steps::page(&app, &member, &id, StatusCode::CONFLICT, shown).await
        }
        Err(error) => answer::refusal(&app, &error),
    }
}

/// What the page shows beside the partnerships.
#[derive(Default)]
struct Shown {
    typed: String,
    errors: Vec<(String, String)>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, status: StatusCode, shown: Shown) -> Response {
    if !may_run_partners(member.role) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    let partnerships = match app.store().partnerships(member).await {
        Ok(partnerships) => partnerships,
        Err(error) => return answer::refusal(app, &error),
    };
    let Shown { typed, errors, done } = shown;
    let page = Partners { member: member.clone(), partnerships, typed, errors, done };
    answer::page(status, app::desk::partners(&answer::context(app, PATH, true), page), Policy::Desk)
}
