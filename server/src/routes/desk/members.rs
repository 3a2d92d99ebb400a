//! An organisation's members, for its manager.

use app::desk::Members;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::membership::{MemberAction, Person, may_act_on};
use domain::rights::Role;
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::sign_in::is_address;
use crate::state::App;

const PATH: &str = "/desk/members";
/// Where somebody is invited.
pub(super) const INVITE: &str = "/desk/members/invite";

/// The page.
pub(crate) async fn members(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => page(&app, &member, StatusCode::OK, Shown { done, ..Shown::default() }).await,
        Err(response) => response,
    }
}

/// Makes a link for somebody to join.
pub(crate) async fn invite(State(app): State<App>, request: Request) -> Response {
    match member::form(&app, request, INVITE).await {
        Ok((member, fields)) => invite_for(&app, &member, &fields).await,
        Err(response) => response,
    }
}

/// The same, for a member.
pub(super) async fn invite_for(app: &App, member: &Member, fields: &[(String, String)]) -> Response {
    let text = answer::context(app, PATH, true).text;
    let (email, typed_role) = (forms::value(fields, "email").trim(), forms::value(fields, "role"));
    let refused = async |field: &str, key: &str| {
        let shown = Shown {
            typed: (email.to_owned(), typed_role.to_owned()),
            errors: vec![(field.to_owned(), text.say(key))],
            ..Shown::default()
        };
        page(app, member, StatusCode::UNPROCESSABLE_ENTITY, shown).await
    };
    if !is_address(email) {
        return refused("email", "members-not-an-address").await;
    }
    let role = match typed_role.parse::<Role>() {
        Ok(role) if may_act_on(member.role, Person::SameOrganisation, MemberAction::Invite, &[role]) => role,
        _ => return refused("role", "members-no-role").await,
    };
    match app.store().invite(member, email, role, app.now()).await {
        Ok(token) => made(app, member, email, &token).await,
        Err(StoreError::Taken(_)) => refused("email", "members-is-member").await,
        Err(error) => answer::refusal(app, &error),
    }
}

/// Takes a link back.
pub(crate) async fn withdraw(State(app): State<App>, request: Request) -> Response {
    match member::brief_form(&app, request).await {
        Ok((member, _, fields)) => {
            let hash = forms::value(&fields, "link");
            after(&app, app.store().withdraw_link(&member, hash, app.now()).await, "withdrawn")
        }
        Err(response) => response,
    }
}

/// Gives another role.
pub(crate) async fn set_role(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    let (member, _, fields) = match member::brief_form(&app, request).await {
        Ok(form) => form,
        Err(response) => return response,
    };
    // Each member's control has a name of its own on the page.
    let sent = fields.iter().find(|(name, _)| name == "role" || name.starts_with("role."));
    match sent.map(|(_, role)| role.parse::<Role>()) {
        Some(Ok(role)) => after(&app, app.store().set_role(&member, &id, role, app.now()).await, "role"),
        _ => {
            let text = answer::context(&app, PATH, true).text;
            let errors = vec![(format!("role.{id}"), text.say("members-no-role"))];
            page(&app, &member, StatusCode::UNPROCESSABLE_ENTITY, Shown { errors, ..Shown::default() }).await
        }
    }
}

/// Keeps somebody out.
pub(crate) async fn disable(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    set_disabled(&app, &id, request, true).await
}

/// Lets somebody in again.
pub(crate) async fn enable(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    set_disabled(&app, &id, request, false).await
}

async fn set_disabled(app: &App, id: &str, request: Request, disabled: bool) -> Response {
    match member::brief_form(app, request).await {
        Ok((member, ..)) => {
            let done = if disabled { "disabled" } else { "enabled" };
            after(app, app.store().set_disabled(&member, id, disabled, app.now()).await, done)
        }
        Err(response) => response,
    }
}

/// Makes a link for a new password.
pub(crate) async fn recover(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    let (member, ..) = match member::brief_form(&app, request).await {
        Ok(form) => form,
        Err(response) => return response,
    };
    match app.store().recover(&member, &id, app.now()).await {
        Ok((email, token)) => made(&app, &member, &email, &token).await,
        Err(StoreError::WrongState) => answer::see_other(PATH),
        Err(error) => answer::refusal(&app, &error),
    }
}

/// The page with a link that is shown this once: no redirect could carry it without writing it somewhere.
async fn made(app: &App, member: &Member, email: &str, token: &str) -> Response {
    let address = format!("{}/invitations/{token}", app.public_url());
    let made = Some((email.to_owned(), address));
    page(app, member, StatusCode::OK, Shown { made, ..Shown::default() }).await
}

fn after(app: &App, done: Result<(), StoreError>, what: &str) -> Response {
    match done {
        Ok(()) => answer::see_other(&format!("{PATH}?done={what}")),
        Err(error) => answer::refusal(app, &error),
    }
}

/// What the page shows beside the members.
#[derive(Default)]
struct Shown {
    made: Option<(String, String)>,
    typed: (String, String),
    errors: Vec<(String, String)>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, status: StatusCode, shown: Shown) -> Response {
    let read = async {
        Ok::<_, StoreError>((app.store().members(member).await?, app.store().links(member, app.now()).await?))
    };
    let (members, links) = match read.await {
        Ok(read) => read,
        Err(error) => return answer::refusal(app, &error),
    };
    let Shown { made, typed, errors, done } = shown;
    let shown = Members { member: member.clone(), members, links, made, typed, errors, done };
    answer::page(status, app::desk::members(&answer::context(app, PATH, true), shown), Policy::Desk)
}
