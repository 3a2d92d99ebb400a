//! Review, and the steps of a case's life: verify, publish, send back, correct, retract, hide, restore.

use app::desk::Review;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::incident::OnRecord;
use domain::rights::{Action, may};
use store::StoreError;
use store::desk::{Blur, Member};

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// The steps that have an address.
pub(crate) const STEPS: &[&str] =
    &["verify", "publish", "request-changes", "correct", "retract", "hide", "restore"];

/// The page.
pub(crate) async fn review(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => page(&app, &member, &id, StatusCode::OK, None, done).await,
        Err(response) => response,
    }
}

/// Takes the step that the address names.
pub(crate) async fn step(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    request: Request,
) -> Response {
    let step = uri.path().rsplit('/').next().unwrap_or_default();
    match member::form(&app, request, &format!("/desk/cases/{id}/{step}")).await {
        Ok((member, fields)) => act(&app, &member, &id, step, &fields).await,
        Err(response) => response,
    }
}

/// Takes a step for a member.
pub(super) async fn act(
    app: &App,
    member: &Member,
    id: &str,
    step: &str,
    fields: &[(String, String)],
) -> Response {
    let needs_reason = matches!(step, "request-changes" | "correct" | "retract" | "hide" | "restore");
    let text = answer::context(app, "/desk", true).text;
    let reason = match answer::reason(text, typed_reason(fields)) {
        Ok(reason) => reason,
        Err(_) if !needs_reason => String::new(),
        Err(said) => {
            return page(app, member, id, StatusCode::UNPROCESSABLE_ENTITY, Some(said), None).await;
        }
    };
    let seen = forms::value(fields, "seen");
    match take(app, member, id, step, seen, &reason).await {
        Ok(()) => {
            app.catch_up().await;
            match load(app, member, id, None, None).await {
                Ok(_) => answer::see_other(&format!("/desk/cases/{id}/review?done={step}")),
                // Who may hide an incident does not always see its case.
                Err(_) => answer::see_other(&format!("/desk?done={step}")),
            }
        }
        Err(StoreError::ChangedSinceVerified) => {
            refused(app, member, id, StatusCode::CONFLICT, "review-changed-since").await
        }
        Err(StoreError::WrongState) => {
            refused(app, member, id, StatusCode::CONFLICT, "review-wrong-state").await
        }
        // The page itself lists what publishing still needs.
        Err(StoreError::Refused(_)) => {
            refused(app, member, id, StatusCode::UNPROCESSABLE_ENTITY, "review-missing").await
        }
        Err(error) => answer::refusal(app, &error),
    }
}

async fn take(
    app: &App,
    member: &Member,
    id: &str,
    step: &str,
    seen: &str,
    reason: &str,
) -> Result<(), StoreError> {
    let (store, now, today) = (app.store(), app.now(), app.today());
    if matches!(step, "verify" | "publish") {
        store.check_blurs(member, id, app.key()).await?;
    }
    match step {
        "verify" => store.verify(member, id, seen, &*app.gazetteer().await?, today, now).await,
        "publish" => {
            store.publish(member, id, &*app.gazetteer().await?, app.key(), today, now).await.map(|_| ())
        }
        "request-changes" => store.request_changes(member, id, reason, now).await,
        "correct" => store.begin_correction(member, id, reason, now).await,
        "retract" => store.retract(member, id, reason, now).await.map(|_| ()),
        "hide" => store.hide(member, id, reason, now).await,
        "restore" => store.restore(member, id, reason, now).await,
        _ => Err(StoreError::NotFound),
    }
}

fn typed_reason(fields: &[(String, String)]) -> &str {
    let given = fields.iter().find(|(name, _)| name == "reason" || name.starts_with("reason."));
    given.map_or("", |(_, value)| value)
}

pub(super) async fn refused(app: &App, member: &Member, id: &str, status: StatusCode, key: &str) -> Response {
    let said = answer::context(app, "/desk", true).text.say(key);
    page(app, member, id, status, Some(said), None).await
}

async fn page(
    app: &App,
    member: &Member,
    id: &str,
    status: StatusCode,
    error: Option<String>,
    done: Option<String>,
) -> Response {
    match load(app, member, id, error, done).await {
        Ok(review) => {
            let context = answer::context(app, &format!("/desk/cases/{id}/review"), true);
            answer::page(status, app::desk::review(&context, review), Policy::Desk)
        }
        Err(error) => answer::refusal(app, &error),
    }
}

async fn load(
    app: &App,
    member: &Member,
    id: &str,
    error: Option<String>,
    done: Option<String>,
) -> Result<Review, StoreError> {
    let (case, facts) = app.store().case(member, id).await?;
    if !may(member.role, case.relation(member), Action::See, facts) {
        return Err(StoreError::Forbidden);
    }
    let known = app.known().await?;
    let missing = case.draft.check(&known.countries, app.today()).err().unwrap_or_default();
    // Most cases have no treaty links: then the record says nothing to them.
    let record = match case.draft.links.is_empty() {
        true => OnRecord::default(),
        false => app.store().on_record(&case.draft).await?,
    };
    let mut missing = record.and_others(&case.draft, missing);
    missing.extend(app.store().blurs(&case).await?.iter().flat_map(Blur::open));
    let versions = app.store().case_versions(member, id).await?;
    let seen = case.draft_hash()?;
    let partners = app.store().partners(member).await?;
    Ok(Review { member: member.clone(), case, facts, seen, missing, versions, known, partners, error, done })
}
