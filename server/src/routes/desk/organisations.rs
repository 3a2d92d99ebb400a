//! Organisations, for stewards: adding one, and the link for its first manager.

use app::desk::Organisations;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::Problem;
use domain::treaty::TreatySlug;
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::sign_in::is_address;
use crate::state::App;

/// The page.
pub(super) const PATH: &str = "/desk/organisations";
/// The most characters of a name.
const NAME: usize = 200;

/// The page.
pub(crate) async fn organisations(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => page(&app, &member, StatusCode::OK, Shown { done, ..Shown::default() }).await,
        Err(response) => response,
    }
}

/// Adds one.
pub(crate) async fn add(State(app): State<App>, request: Request) -> Response {
    match member::form(&app, request, PATH).await {
        Ok((member, fields)) => add_for(&app, &member, &fields).await,
        Err(response) => response,
    }
}

/// The same, for a member.
pub(super) async fn add_for(app: &App, member: &Member, fields: &[(String, String)]) -> Response {
    let text = answer::context(app, PATH, true).text;
    let (name, slug) = (forms::value(fields, "name").trim(), forms::value(fields, "slug").trim());
    let mut errors = Vec::new();
    let mut refuse = |field: &str, problem: Problem| {
        errors.push((field.to_owned(), app::desk::problem(text, &problem)));
    };
    let given = name.chars().count();
    match given {
        0 => refuse("name", Problem::Missing),
        given if given > NAME => refuse("name", Problem::TooLong { given, most: NAME }),
        _ if name.chars().any(char::is_control) => refuse("name", Problem::BadCharacters),
        _ => {}
    }
    // A short name is made of the same letters as a treaty's.
    if slug.is_empty() {
        refuse("slug", Problem::Missing);
    } else if slug.parse::<TreatySlug>().is_err() {
        refuse("slug", Problem::NotASlug { value: slug.chars().take(80).collect() });
    }
    if errors.is_empty() {
        match app.store().found_organisation(member, slug, name, app.now()).await {
            Ok(_) => return answer::see_other(&format!("{PATH}?done=organisation-added")),
            Err(StoreError::Taken(_)) => errors.push(("slug".to_owned(), text.say("organisations-taken"))),
            Err(error) => return answer::refusal(app, &error),
        }
    }
    let shown = Shown { typed: fields.to_vec(), errors, ..Shown::default() };
    page(app, member, StatusCode::UNPROCESSABLE_ENTITY, shown).await
}

/// Makes the link for the first manager.
pub(crate) async fn invite_manager(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    match member::form(&app, request, &format!("{PATH}/{id}/invite")).await {
        Ok((member, fields)) => invite_manager_for(&app, &member, &id, &fields).await,
        Err(response) => response,
    }
}

/// The same, for a member.
pub(super) async fn invite_manager_for(
    app: &App,
    member: &Member,
    id: &str,
    fields: &[(String, String)],
) -> Response {
    let text = answer::context(app, PATH, true).text;
    // Each organisation's control has a name of its own on the page.
    let sent = fields.iter().find(|(name, _)| name == "email" || name.starts_with("email."));
    let email = sent.map_or("", |(_, email)| email.trim());
    let name = format!("email.{id}");
    let refused = async |status, key: &str| {
        let shown = Shown {
            typed: vec![(name.clone(), email.to_owned())],
            errors: vec![(name.clone(), text.say(key))],
            ..Shown::default()
        };
        page(app, member, status, shown).await
    };
    if !is_address(email) {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "members-not-an-address").await;
    }
    match app.store().invite_first_manager(member, id, email, app.now()).await {
        Ok(token) => {
            let address = format!("{}/invitations/{token}", app.public_url());
            let made = Some((email.to_owned(), address));
            page(app, member, StatusCode::OK, Shown { made, ..Shown::default() }).await
        }
        Err(StoreError::Taken(_)) => refused(StatusCode::UNPROCESSABLE_ENTITY, "members-is-member").await,
        Err(StoreError::WrongState) => answer::message(app, StatusCode::CONFLICT, "has-members"),
        Err(error) => answer::refusal(app, &error),
    }
}

/// What the page shows beside the organisations.
#[derive(Default)]
struct Shown {
    made: Option<(String, String)>,
    typed: Vec<(String, String)>,
    errors: Vec<(String, String)>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, status: StatusCode, shown: Shown) -> Response {
    let organisations = match app.store().organisations(member, app.now()).await {
        Ok(organisations) => organisations,
        Err(error) => return answer::refusal(app, &error),
    };
    let Shown { made, typed, errors, done } = shown;
    let shown = Organisations { member: member.clone(), organisations, made, typed, errors, done };
    answer::page(status, app::desk::organisations(&answer::context(app, PATH, true), shown), Policy::Desk)
}
