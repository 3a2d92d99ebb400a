//! What saving one of a case's two forms takes and answers, for the plain form and for the island.

use std::collections::BTreeMap;

use app::desk::Known;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use domain::FieldError;
use domain::form::{self, Form};
use domain::incident::Draft;
use serde_json::json;
use store::StoreError;
use store::desk::{Conflict, Member, Saved};

use super::{answer, member};
use crate::http::forms;
use crate::state::App;

/// The member and the fields that an island posts, or the answer in JSON.
pub(super) async fn typed(app: &App, request: Request) -> Result<(Member, Vec<(String, String)>), Response> {
    let (parts, body) = request.into_parts();
    let fields = forms::fields(&parts.headers, body)
        .await
        .map_err(|status| answer::json(status, json!({"error": "body"})))?;
    match member::member(app, &parts.headers).await? {
        Some(member) if !member.owes_second_factor() => Ok((member, fields)),
        _ => Err(answer::json(StatusCode::UNAUTHORIZED, json!({"error": "signed-out"}))),
    }
}

/// What came of an island's save: kept, with the parts of the page that are different now, by their ids; or why not.
pub(super) async fn answer(
    app: &App,
    saved: Result<Saved, StoreError>,
    parts: impl Future<Output = Result<BTreeMap<String, String>, StoreError>>,
) -> Response {
    match saved {
        Ok(Saved::At(revision)) => {
            let at = app.now().strftime("%H:%M").to_string();
            // Saved is saved: a part that cannot be read now is left as it is in the page.
            let parts = parts.await.unwrap_or_default();
            answer::json(StatusCode::OK, json!({"revision": revision, "saved_at": at, "parts": parts}))
        }
        Ok(Saved::Conflict { revision, conflicts }) => {
            let conflicts: Vec<_> = conflicts
                .iter()
                .map(|c| json!({"field": c.field, "mine": c.mine, "theirs": c.theirs}))
                .collect();
            answer::json(StatusCode::CONFLICT, json!({"revision": revision, "conflicts": conflicts}))
        }
        Err(StoreError::Refused(errors)) => {
            let text = answer::context(app, "/desk", true).text;
            let errors: Vec<_> = errors
                .iter()
                .map(|e| json!({"field": e.field, "message": app::desk::problem(text, &e.problem)}))
                .collect();
            answer::json(StatusCode::UNPROCESSABLE_ENTITY, json!({"errors": errors}))
        }
        Err(error) => failed(&error),
    }
}

/// An island's save that nothing came of.
pub(super) fn failed(error: &StoreError) -> Response {
    let status = match error {
        StoreError::NotFound => StatusCode::NOT_FOUND,
        StoreError::Forbidden => StatusCode::FORBIDDEN,
        StoreError::WrongState | StoreError::ChangedSinceVerified => StatusCode::CONFLICT,
        StoreError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        other => {
            tracing::error!(error = %other, "a save failed");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    answer::json(status, json!({"error": "refused"}))
}

/// The revision that a form is based on; a form without one is based on nothing, so every field it changes that
/// was ever changed is a conflict.
pub(super) fn revision(fields: &[(String, String)]) -> i64 {
    forms::value(fields, "revision").trim().parse().unwrap_or(0)
}

/// "choose places.0 Serbia", which a button beside the field sends: puts the name into the field; the field.
pub(super) fn choose(of: Form, what: &str, fields: &mut Vec<(String, String)>) -> Option<String> {
    let (field, name) = what.strip_prefix("choose ")?.split_once(' ')?;
    if Form::of(field) != Some(of) {
        return None;
    }
    fields.retain(|(other, _)| other != field);
    fields.push((field.to_owned(), name.to_owned()));
    Some(field.to_owned())
}

/// What a form shows: what stands in the case, what was typed over it, and names for what is kept as a code.
pub(super) fn values(
    draft: &Draft,
    typed: Option<Vec<(String, String)>>,
    known: &Known,
) -> BTreeMap<String, String> {
    let mut values = form::flatten(draft);
    for (name, value) in typed.into_iter().flatten() {
        // Choices send one name several times; the form holds them one a line.
        let several = form::CHOICES.contains(&name.as_str()) && !value.is_empty();
        let before = values.get(&name).filter(|_| several).cloned().unwrap_or_default();
        let joined = if before.is_empty() { value } else { format!("{before}\n{value}") };
        values.insert(name, joined);
    }
    with_names(&mut values, known);
    values
}

/// Countries and treaties are kept as codes and shown by their names.
pub(super) fn with_names(values: &mut BTreeMap<String, String>, known: &Known) {
    for (field, value) in values {
        if let Some(name) = known.name(field, value) {
            *value = name.to_owned();
        }
    }
}

/// What was typed into a form whose case takes no changes any more, beside what stands there.
pub(super) async fn against_what_stands(
    app: &App,
    member: &Member,
    id: &str,
    form: Form,
    fields: &[(String, String)],
) -> Result<Vec<Conflict>, StoreError> {
    let draft = app.store().case(member, id).await?.0.draft;
    let Ok(typed) = form::parse(form, &draft, fields) else { return Ok(Vec::new()) };
    let theirs = form::flatten(&draft);
    let of = |name: &String| theirs.get(name).cloned().unwrap_or_default();
    let changed = form::flatten(&typed).into_iter().filter(|(name, mine)| *mine != of(name));
    Ok(changed.map(|(field, mine)| Conflict { theirs: of(&field), field, mine }).collect())
}

/// The status of a form's page.
pub(super) fn status(errors: &[FieldError], conflicts: &[Conflict]) -> StatusCode {
    match (errors.is_empty(), conflicts.is_empty()) {
        (_, false) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::OK,
    }
}
