//! Review, and the steps of a case's life: verify, publish now or at a time, send back, correct, dispute, retract, hide,
//! restore.

use std::collections::BTreeMap;

use app::desk::Review;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::rights::{Action, Relation, may};
use domain::{FieldError, Problem};
use store::StoreError;
use store::desk::{Blur, Member};

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// The steps that have an address.
pub(crate) const STEPS: &[&str] = &[
    "verify",
    "publish",
    "schedule",
    "unschedule",
    "request-changes",
    "correct",
    "dispute",
    "lift-dispute",
    "retract",
    "hide",
    "restore",
];

/// Those that ask for a reason.
const WITH_REASON: &[&str] =
    &["request-changes", "correct", "dispute", "lift-dispute", "retract", "hide", "restore"];

/// The page.
pub(crate) async fn review(
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
    let text = answer::context(app, "/desk", true).text;
    // What was typed comes back with whatever was wrong with it.
    let refused = async |status, field: &str, said: String| {
        let shown = Shown {
            typed: fields.iter().cloned().collect(),
            errors: vec![(field.to_owned(), said)],
            done: None,
        };
        page(app, member, id, status, shown).await
    };
    let (field, typed) = typed_reason(step, fields);
    let reason = match answer::reason(text, typed) {
        Ok(reason) => reason,
        Err(_) if !WITH_REASON.contains(&step) => String::new(),
        Err(said) => return refused(StatusCode::UNPROCESSABLE_ENTITY, &field, said).await,
    };
    let conflict = async |key: &str| refused(StatusCode::CONFLICT, "step", text.say(key)).await;
    match take(app, member, id, step, fields, &reason).await {
        Ok(()) => {
            app.catch_up().await;
            match load(app, member, id, Shown::default()).await {
                Ok(_) => answer::see_other(&format!("/desk/cases/{id}/review?done={step}")),
                // Who may hide an incident does not always see its case.
                Err(_) => answer::see_other(&format!("/desk?done={step}")),
            }
        }
        Err(StoreError::ChangedSinceVerified) => conflict("review-changed-since").await,
        Err(StoreError::WrongState) => conflict("review-wrong-state").await,
        Err(StoreError::Refused(errors)) => match errors.first() {
            Some(error) if matches!(step, "schedule" | "dispute") => {
                let said = app::desk::problem(text, &error.problem);
                refused(StatusCode::UNPROCESSABLE_ENTITY, &error.field, said).await
            }
            // The page itself lists what publishing still needs.
            _ => refused(StatusCode::UNPROCESSABLE_ENTITY, "step", text.say("review-missing")).await,
        },
        Err(error) => answer::refusal(app, &error),
    }
}

async fn take(
    app: &App,
    member: &Member,
    id: &str,
    step: &str,
    fields: &[(String, String)],
    reason: &str,
) -> Result<(), StoreError> {
    let (store, now, today) = (app.store(), app.now(), app.today());
    let seen = forms::value(fields, "seen");
    if matches!(step, "verify" | "publish" | "schedule") {
        store.check_blurs(member, id, app.key()).await?;
    }
    match step {
        "verify" => store.verify(member, id, seen, &*app.gazetteer().await?, today, now).await,
        "publish" => {
            store.publish(member, id, &*app.gazetteer().await?, app.key(), today, now).await.map(|_| ())
        }
        "schedule" => store.schedule(member, id, moment(fields)?, now).await,
        "unschedule" => store.unschedule(member, id, now).await,
        "dispute" => {
            store.dispute(member, id, forms::value(fields, "said_by"), reason, now).await.map(|_| ())
        }
        "lift-dispute" => store.lift_dispute(member, id, reason, now).await.map(|_| ()),
        "request-changes" => store.request_changes(member, id, reason, now).await,
        "correct" => store.begin_correction(member, id, reason, now).await,
        "retract" => store.retract(member, id, reason, now).await.map(|_| ()),
        "hide" => store.hide(member, id, reason, now).await,
        "restore" => store.restore(member, id, reason, now).await,
        _ => Err(StoreError::NotFound),
    }
}

/// The name of the box for a step's reason, and what was typed into it.
fn typed_reason<'a>(step: &str, fields: &'a [(String, String)]) -> (String, &'a str) {
    let given = fields.iter().find(|(name, _)| name == "reason" || name.starts_with("reason."));
    (format!("reason.{step}"), given.map_or("", |(_, value)| value))
}

/// The moment that was typed as a day and a time, both in UTC.
fn moment(fields: &[(String, String)]) -> Result<jiff::Timestamp, StoreError> {
    let (day, time) = (forms::value(fields, "day").trim(), forms::value(fields, "time").trim());
    let refused = |field: &str, value: &str| {
        let problem = match value {
            "" => Problem::Missing,
            value => Problem::NotAhead { value: value.chars().take(40).collect() },
        };
        StoreError::Refused(vec![FieldError::new(field, problem)])
    };
    let date: jiff::civil::Date = day.parse().map_err(|_| refused("day", day))?;
    let clock = jiff::civil::Time::strptime("%H:%M", time).map_err(|_| refused("time", time))?;
    jiff::tz::Offset::UTC.to_timestamp(date.to_datetime(clock)).map_err(|_| refused("day", day))
}

/// What the page shows beside the case.
#[derive(Default)]
pub(super) struct Shown {
    /// What was typed and refused.
    pub(super) typed: BTreeMap<String, String>,
    /// What was wrong with it, by field.
    pub(super) errors: Vec<(String, String)>,
    /// What was just done.
    pub(super) done: Option<String>,
}

/// The page, as a member sees it.
pub(super) async fn page(app: &App, member: &Member, id: &str, status: StatusCode, shown: Shown) -> Response {
    match load(app, member, id, shown).await {
        Ok(review) => {
            let context = answer::context(app, &format!("/desk/cases/{id}/review"), true);
            answer::page(status, app::desk::review(&context, review), Policy::Desk)
        }
        Err(error) => answer::refusal(app, &error),
    }
}

async fn load(app: &App, member: &Member, id: &str, shown: Shown) -> Result<Review, StoreError> {
    let store = app.store();
    let (mut case, facts) = store.case(member, id).await?;
    if !may(member.role, case.relation(member), Action::See, facts) {
        return Err(StoreError::Forbidden);
    }
    let known = app.known().await?;
    let missing = case.draft.check(&known.countries, app.today()).err().unwrap_or_default();
    let mut missing = store.and_contradicted(&case.draft, missing).await?;
    missing.extend(store.blurs(&case).await?.iter().flat_map(Blur::open));
    let Shown { typed, errors, done } = shown;
    let seen = case.draft_hash()?;
    let is_partner = case.relation(member) == Relation::Partner;
    let schedule = store.schedule_of(&case).await?.filter(|_| !is_partner);
    if is_partner {
        // Why somebody is named is never public; who agreed to it is between them and the owner.
        case.draft.naming_reason.clear();
    }
    Ok(Review {
        member: member.clone(),
        facts,
        seen,
        missing,
        versions: store.case_versions(member, id).await?,
        comments: store.comments(member, id).await?,
        schedule,
        is_disputed: store.is_disputed(&case).await?,
        partners: store.partners(member).await?,
        known,
        case,
        typed,
        errors,
        done,
    })
}
