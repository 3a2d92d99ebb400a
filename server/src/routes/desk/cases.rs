//! Cases: the list, a new one, the form and its saves.

use std::collections::BTreeMap;

use app::desk::{CaseForm, CaseList, Island};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::form;
use domain::incident::LIMITS;
use domain::rights::{Action, Facts, Relation};
use domain::{FieldError, rights};
use serde_json::json;
use store::StoreError;
use store::desk::{Conflict, Member, Saved};

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// The list.
pub(crate) async fn cases(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let member = match member::required(&app, &headers).await {
        Ok(member) => member,
        Err(response) => return response,
    };
    let context = answer::context(&app, "/desk", true);
    // A steward answers for the public record and sees no more of cases than the public does.
    let may_list = rights::may(member.role, Relation::SameOrganisation, Action::List, Facts::default());
    let cases = if may_list { app.store().cases(&member).await } else { Ok(Vec::new()) };
    match cases {
        Ok(cases) => {
            let done = answer::done(context.text, uri.query());
            let html = app::desk::cases(&context, CaseList { member, cases, done });
            answer::page(StatusCode::OK, html, Policy::Desk)
        }
        Err(error) => answer::refusal(&app, &error),
    }
}

/// Opens a new case.
pub(crate) async fn new_case(State(app): State<App>, headers: HeaderMap) -> Response {
    let member = match member::required(&app, &headers).await {
        Ok(member) => member,
        Err(response) => return response,
    };
    if !rights::may(member.role, Relation::Entrant, Action::Edit, Facts::default()) {
        return answer::refusal(&app, &StoreError::Forbidden);
    }
    match app.store().new_case(&member, app.now()).await {
        Ok(id) => answer::see_other(&format!("/desk/cases/{id}")),
        Err(error) => answer::refusal(&app, &error),
    }
}

/// The form.
pub(crate) async fn case_form(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let member = match member::required(&app, &headers).await {
        Ok(member) => member,
        Err(response) => return response,
    };
    let done = answer::done(answer::context(&app, "/desk", true).text, uri.query());
    let more = uri.query().and_then(more);
    form_page(&app, &member, &id, Shown { done, more, ..Shown::default() }).await
}

/// Saves the form, and submits it if its button says so.
pub(crate) async fn save(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    match member::form(&app, request, &format!("/desk/cases/{id}")).await {
        Ok((member, fields)) => save_fields(&app, &member, &id, fields).await,
        Err(response) => response,
    }
}

/// Saves while somebody types; answers in JSON.
pub(crate) async fn autosave(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let fields = match forms::fields(&parts.headers, body).await {
        Ok(fields) => fields,
        Err(status) => return json(status, json!({"error": "body"})),
    };
    let member = match member::member(&app, &parts.headers).await {
        Ok(Some(member)) if !member.owes_second_factor() => member,
        Ok(_) => return json(StatusCode::UNAUTHORIZED, json!({"error": "signed-out"})),
        Err(response) => return response,
    };
    let now = app.now();
    match app.store().save(&member, &id, revision(&fields), &fields, false, now).await {
        Ok(Saved::At(revision)) => {
            let saved_at = now.strftime("%H:%M").to_string();
            json(StatusCode::OK, json!({"revision": revision, "saved_at": saved_at}))
        }
        Ok(Saved::Conflict { revision, conflicts }) => {
            let conflicts: Vec<_> = conflicts
                .iter()
                .map(|c| json!({"field": c.field, "mine": c.mine, "theirs": c.theirs}))
                .collect();
            json(StatusCode::CONFLICT, json!({"revision": revision, "conflicts": conflicts}))
        }
        Err(StoreError::Refused(errors)) => {
            let text = answer::context(&app, "/desk", true).text;
            let errors: Vec<_> = errors
                .iter()
                .map(|e| json!({"field": e.field, "message": app::desk::problem(text, &e.problem)}))
                .collect();
            json(StatusCode::UNPROCESSABLE_ENTITY, json!({"errors": errors}))
        }
        Err(error) => json(status_of(&error), json!({"error": "refused"})),
    }
}

fn status_of(error: &StoreError) -> StatusCode {
    match error {
        StoreError::NotFound => StatusCode::NOT_FOUND,
        StoreError::Forbidden => StatusCode::FORBIDDEN,
        StoreError::WrongState | StoreError::ChangedSinceVerified => StatusCode::CONFLICT,
        StoreError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        other => {
            tracing::error!(error = %other, "a save failed");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

fn json(status: StatusCode, value: serde_json::Value) -> Response {
    let mut response = (status, value.to_string()).into_response();
    let kind = axum::http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(axum::http::header::CONTENT_TYPE, kind);
    response.extensions_mut().insert(Policy::Desk);
    response
}

/// The revision that a form is based on; a form without one is based on nothing, so every field it changes that
/// was ever changed is a conflict.
fn revision(fields: &[(String, String)]) -> i64 {
    forms::value(fields, "revision").trim().parse().unwrap_or(0)
}

/// Saves what a form sent, and goes on as its button says.
pub(super) async fn save_fields(
    app: &App,
    member: &Member,
    id: &str,
    fields: Vec<(String, String)>,
) -> Response {
    let what = forms::value(&fields, "do").to_owned();
    let shown = |errors: Vec<FieldError>, conflicts: Vec<Conflict>| Shown {
        typed: Some(fields.clone()),
        errors,
        conflicts,
        ..Shown::default()
    };
    match app.store().save(member, id, revision(&fields), &fields, true, app.now()).await {
        Ok(Saved::At(_)) => {}
        Ok(Saved::Conflict { conflicts, .. }) => {
            return form_page(app, member, id, shown(Vec::new(), conflicts)).await;
        }
        Err(StoreError::Refused(errors)) => {
            return form_page(app, member, id, shown(errors, Vec::new())).await;
        }
        Err(StoreError::WrongState) => return closed(app, member, id, &fields).await,
        Err(error) => return answer::refusal(app, &error),
    }
    match what.as_str() {
        "submit" => submit(app, member, id).await,
        "add-source" => answer::see_other(&format!("/desk/cases/{id}?done=saved&more=sources")),
        "add-actor" => answer::see_other(&format!("/desk/cases/{id}?done=saved&more=actors")),
        "add-place" => answer::see_other(&format!("/desk/cases/{id}?done=saved&more=places")),
        _ => answer::see_other(&format!("/desk/cases/{id}?done=saved")),
    }
}

/// There is no working version any more (somebody published it meanwhile): nothing is written, and what was typed is
/// shown beside what stands there.
async fn closed(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    let draft = match app.store().case(member, id).await {
        Ok((case, _)) => case.draft,
        Err(error) => return answer::refusal(app, &error),
    };
    let Ok(typed) = form::parse(&draft, fields) else {
        return answer::see_other(&format!("/desk/cases/{id}"));
    };
    let theirs = form::flatten(&draft);
    let of = |name: &String| theirs.get(name).cloned().unwrap_or_default();
    let conflicts: Vec<Conflict> = form::flatten(&typed)
        .into_iter()
        .filter(|(name, mine)| *mine != of(name))
        .map(|(field, mine)| Conflict { theirs: of(&field), field, mine })
        .collect();
    form_page(app, member, id, Shown { conflicts, ..Shown::default() }).await
}

/// The list that "add another" asked to be shown with one more empty entry.
fn more(query: &str) -> Option<(&'static str, &'static str)> {
    let (_, list) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "more")?;
    [("sources", ".url"), ("actors", ".state"), ("places", "")].into_iter().find(|(name, _)| *name == list)
}

/// Puts an empty entry after the last of a list.
fn add_entry(values: &mut BTreeMap<String, String>, (list, key): (&str, &str)) {
    let index =
        |name: &str| name.strip_prefix(list)?.strip_prefix('.')?.split('.').next()?.parse::<usize>().ok();
    // With nothing filled in, the form shows one entry already.
    let next = values.keys().filter_map(|name| index(name)).max().map_or(1, |last| last + 1);
    if next < LIMITS.entries {
        values.insert(format!("{list}.{next}{key}"), String::new());
    }
}

async fn submit(app: &App, member: &Member, id: &str) -> Response {
    let countries = match app.gazetteer().await {
        Ok(countries) => countries,
        Err(error) => return answer::refusal(app, &error),
    };
    match app.store().submit(member, id, &countries, app.today(), app.now()).await {
        Ok(()) => answer::see_other(&format!("/desk/cases/{id}?done=submitted")),
        // Everything typed was saved a moment ago: the page shows the case itself.
        Err(StoreError::Refused(errors)) => {
            form_page(app, member, id, Shown { errors, ..Shown::default() }).await
        }
        Err(StoreError::WrongState) => answer::see_other(&format!("/desk/cases/{id}?done=saved")),
        Err(error) => answer::refusal(app, &error),
    }
}

/// What the form's page shows beside the case.
#[derive(Default)]
struct Shown {
    typed: Option<Vec<(String, String)>>,
    errors: Vec<FieldError>,
    conflicts: Vec<Conflict>,
    done: Option<String>,
    more: Option<(&'static str, &'static str)>,
}

async fn form_page(app: &App, member: &Member, id: &str, shown: Shown) -> Response {
    let (case, facts) = match app.store().case(member, id).await {
        Ok(found) => found,
        Err(error) => return answer::refusal(app, &error),
    };
    let relation = case.relation(member);
    if !rights::may(member.role, relation, Action::See, facts) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    let status = match (shown.errors.is_empty(), shown.conflicts.is_empty()) {
        (_, false) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::OK,
    };
    let mut values: BTreeMap<String, String> = form::flatten(&case.draft);
    for (name, value) in shown.typed.into_iter().flatten() {
        // Choices send one name several times; the form holds them one a line.
        let several = form::CHOICES.contains(&name.as_str()) && !value.is_empty();
        let before = values.get(&name).filter(|_| several).cloned().unwrap_or_default();
        let joined = if before.is_empty() { value } else { format!("{before}\n{value}") };
        values.insert(name, joined);
    }
    if let Some(list) = shown.more {
        add_entry(&mut values, list);
    }
    let island = island();
    let policy = if island.is_some() { Policy::Island } else { Policy::Desk };
    let context = answer::context(app, &format!("/desk/cases/{id}"), true);
    let page = CaseForm {
        member: member.clone(),
        case,
        facts,
        values,
        errors: shown.errors,
        conflicts: shown.conflicts,
        done: shown.done,
        island,
    };
    answer::page(status, app::desk::case_form(&context, page), policy)
}

/// The start script, where the program carries its islands.
pub(super) fn island() -> Option<Island> {
    let manifest = crate::assets::manifest();
    let (js, wasm) = manifest.js.as_ref().zip(manifest.wasm.as_ref())?;
    Some(Island {
        scripts: app::render::island_scripts(&format!("/assets/{js}"), &format!("/assets/{wasm}")),
    })
}
