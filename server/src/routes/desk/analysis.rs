//! The analysis of a case: its form and its saves.

use std::collections::BTreeMap;

use app::desk::AnalysisForm;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::FieldError;
use domain::form::{self, Form};
use domain::incident::Draft;
use domain::rights::{Action, Relation, may};
use store::StoreError;
use store::desk::{Conflict, Member, Saved};

use super::{answer, cases, member, saving};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// The form.
pub(crate) async fn analysis(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => {
            let more = more(uri.query());
            page(&app, &member, &id, Shown { done, more, ..Shown::default() }).await
        }
        Err(response) => response,
    }
}

/// Saves the form, and goes on as its button says.
pub(crate) async fn save(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    match member::form(&app, request, &format!("/desk/cases/{id}/analysis")).await {
        Ok((member, fields)) => save_fields(&app, &member, &id, fields).await,
        Err(response) => response,
    }
}

/// Saves while somebody types; answers in JSON.
pub(crate) async fn autosave(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    let (member, mut fields) = match saving::typed(&app, request).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    if let Err(error) = with_numbers(&app, &member, &id, &mut fields).await {
        return saving::failed(&error);
    }
    let revision = saving::revision(&fields);
    let saved = app.store().save_analysis(&member, &id, revision, &fields, false, app.now()).await;
    saving::answer(&app, saved, changed_parts(&app, &member, &id, &fields)).await
}

/// The parts of the form that what was just saved changes, by their ids.
async fn changed_parts(
    app: &App,
    member: &Member,
    id: &str,
    fields: &[(String, String)],
) -> Result<BTreeMap<String, String>, StoreError> {
    // Any text may say what was blurred.
    app.store().check_blurs(member, id, app.key()).await?;
    let page = load(app, member, id, Shown::default()).await?;
    Ok(app::desk::analysis_parts(answer::context(app, "/desk", true).text, &page, fields))
}

/// Saves what a form sent, and goes on as its button says.
pub(super) async fn save_fields(
    app: &App,
    member: &Member,
    id: &str,
    mut fields: Vec<(String, String)>,
) -> Response {
    let what = forms::value(&fields, "do").to_owned();
    let chosen = saving::choose(Form::Analysis, &what, &mut fields);
    let draft = match with_numbers(app, member, id, &mut fields).await {
        Ok(draft) => draft,
        Err(error) => return answer::refusal(app, &error),
    };
    if let Some(entry) = what.strip_prefix("take-out ") {
        empty(&draft, entry, &mut fields);
    }
    let typed = fields.clone();
    let shown = |errors: Vec<FieldError>, conflicts: Vec<Conflict>| Shown {
        typed: Some(typed.clone()),
        errors,
        conflicts,
        ..Shown::default()
    };
    match app.store().save_analysis(member, id, saving::revision(&fields), &fields, true, app.now()).await {
        Ok(Saved::At(_)) => {}
        Ok(Saved::Conflict { conflicts, .. }) => {
            return page(app, member, id, shown(Vec::new(), conflicts)).await;
        }
        Err(StoreError::Refused(errors)) => return page(app, member, id, shown(errors, Vec::new())).await,
        Err(StoreError::WrongState) => {
            return match saving::against_what_stands(app, member, id, Form::Analysis, &fields).await {
                Ok(conflicts) => page(app, member, id, Shown { conflicts, ..Shown::default() }).await,
                Err(error) => answer::refusal(app, &error),
            };
        }
        Err(error) => return answer::refusal(app, &error),
    }
    // Saved is saved, whether or not this can be told now: a step is refused while it was not.
    if let Err(error) = app.store().check_blurs(member, id, app.key()).await {
        return answer::refusal(app, &error);
    }
    let saved = format!("/desk/cases/{id}/analysis?done=saved");
    match (what.as_str(), what.strip_prefix("add "), chosen) {
        ("submit", _, _) => submit(app, member, id).await,
        (_, Some(list), _) if is_a_list(list) => answer::see_other(&format!("{saved}&more={list}#more")),
        (_, _, Some(field)) => answer::see_other(&format!("{saved}#{}", app::desk::control_id(&field))),
        _ => answer::see_other(&saved),
    }
}

/// Treaties and provisions as they are kept, by whichever spelling they were typed; what stands in the case.
async fn with_numbers(
    app: &App,
    member: &Member,
    id: &str,
    fields: &mut Vec<(String, String)>,
) -> Result<Draft, StoreError> {
    let draft = app.store().case(member, id).await?.0.draft;
    form::with_numbers(fields, &draft, &app.known().await?.library);
    Ok(draft)
}

/// Empties every field of an entry: what holds nothing is no entry.
fn empty(draft: &Draft, entry: &str, fields: &mut Vec<(String, String)>) {
    let prefix = format!("{entry}.");
    let is_of_it = |name: &str| name.starts_with(&prefix);
    fields.retain(|(name, _)| !is_of_it(name));
    let of_it = form::flatten(draft).into_keys().filter(|name| is_of_it(name));
    fields.extend(of_it.map(|name| (name, String::new())));
}

async fn submit(app: &App, member: &Member, id: &str) -> Response {
    let countries = match app.gazetteer().await {
        Ok(countries) => countries,
        Err(error) => return answer::refusal(app, &error),
    };
    match app.store().submit(member, id, &countries, app.today(), app.now()).await {
        Ok(()) => answer::see_other(&format!("/desk/cases/{id}/analysis?done=submitted")),
        Err(StoreError::Refused(errors)) => page(app, member, id, Shown { errors, ..Shown::default() }).await,
        Err(StoreError::WrongState | StoreError::ChangedSinceVerified) => {
            answer::see_other(&format!("/desk/cases/{id}/analysis?done=saved"))
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// The list that "add another" asked to be shown with one more empty entry.
fn more(query: Option<&str>) -> Option<String> {
    answer::asked(query, "more").filter(|list| is_a_list(list))
}

/// `links`, or the parts of an assessment.
fn is_a_list(name: &str) -> bool {
    match name.split('.').collect::<Vec<_>>()[..] {
        [list] => form::ANALYSIS.contains(&list),
        ["assessments", at, "parts"] => at.parse::<u8>().is_ok(),
        _ => false,
    }
}

/// What the form's page shows beside the case.
#[derive(Default)]
struct Shown {
    typed: Option<Vec<(String, String)>>,
    errors: Vec<FieldError>,
    conflicts: Vec<Conflict>,
    done: Option<String>,
    more: Option<String>,
}

async fn page(app: &App, member: &Member, id: &str, shown: Shown) -> Response {
    let status = saving::status(&shown.errors, &shown.conflicts);
    match load(app, member, id, shown).await {
        // What a partner is to see of it stands on the review page; this one is the owner's.
        Ok(page) if page.case.relation(member) == Relation::Partner => {
            answer::see_other(&format!("/desk/cases/{id}/review"))
        }
        Ok(page) => {
            let policy = if page.island.is_some() { Policy::Island } else { Policy::Desk };
            let context = answer::context(app, &format!("/desk/cases/{id}/analysis"), true);
            answer::page(status, app::desk::analysis(&context, page), policy)
        }
        Err(error) => answer::refusal(app, &error),
    }
}

async fn load(app: &App, member: &Member, id: &str, shown: Shown) -> Result<AnalysisForm, StoreError> {
    let (case, facts) = app.store().case(member, id).await?;
    if !may(member.role, case.relation(member), Action::See, facts) {
        return Err(StoreError::Forbidden);
    }
    let known = app.known().await?;
    let comments = app.store().comments(member, id).await?;
    Ok(AnalysisForm {
        comments,
        member: member.clone(),
        facts,
        values: saving::values(&case.draft, shown.typed, &known),
        errors: shown.errors,
        record: app.store().on_record(&case.draft).await?,
        known,
        blurs: app.store().blurs(&case).await?,
        conflicts: shown.conflicts,
        more: shown.more,
        done: shown.done,
        island: cases::island(),
        case,
    })
}
