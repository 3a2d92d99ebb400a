//! Cases: a new one, the form and its saves.

use std::collections::BTreeMap;

use app::desk::{Beside, CaseForm, Island};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::country::Gazetteer;
use domain::form::{self, Form};
use domain::incident::LIMITS;
use domain::rights::{Action, Facts, Relation};
use domain::{FieldError, rights};
use store::StoreError;
use store::desk::{Case, Conflict, Member, Saved, Verdict};

use super::{answer, member, saving};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

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
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => {
            let more = more(uri.query());
            form_page(&app, &member, &id, Shown { done, more, ..Shown::default() }).await
        }
        Err(response) => response,
    }
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
    let (member, mut fields) = match saving::typed(&app, request).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let countries = match app.gazetteer().await {
        Ok(countries) => countries,
        Err(error) => return saving::failed(&error),
    };
    form::with_codes(&mut fields, &countries);
    let saved = app.store().save(&member, &id, saving::revision(&fields), &fields, false, app.now()).await;
    saving::answer(&app, saved, changed_parts(&app, &member, &id, &fields)).await
}

/// The parts of the form that what was just saved changes, by their ids.
async fn changed_parts(
    app: &App,
    member: &Member,
    id: &str,
    fields: &[(String, String)],
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut parts = BTreeMap::new();
    let heads: Vec<&str> = fields.iter().filter_map(|(name, _)| name.split('.').next()).collect();
    let touches = |names: &[&str]| names.iter().any(|name| heads.contains(name));
    let (kind, beside) = (touches(&["kind"]), touches(BESIDE));
    let (case, _) = app.store().case(member, id).await?;
    // Any text may say what was blurred.
    let beside = app.store().check_blurs(member, id, app.key()).await? || beside;
    let text = answer::context(app, "/desk", true).text;
    let countries = app.gazetteer().await?;
    if beside {
        let beside = load_beside(app, &case, &countries).await?;
        parts.insert("beside".to_owned(), app::desk::case_beside(text, id, beside));
    }
    if kind {
        let comments = app.store().comments(member, id).await?;
        let mut values = form::flatten(&case.draft);
        saving::with_names(&mut values, &app.known().await?);
        parts.insert("particulars".to_owned(), app::desk::case_particulars(text, &values, &comments));
    }
    Ok(parts)
}

/// The fields that what stands beside the form rests on.
const BESIDE: &[&str] =
    &["places", "start", "end", "kind", "services", "place_name", "sources", "related", "series"];

async fn load_beside(app: &App, case: &Case, countries: &Gazetteer) -> Result<Beside, StoreError> {
    let (likely, blurs) = (app.store().likely(case).await?, app.store().blurs(case).await?);
    Ok(Beside { blurs, ..Beside::new(&case.draft, likely, countries) })
}

/// Saves what a form sent, and goes on as its button says.
pub(super) async fn save_fields(
    app: &App,
    member: &Member,
    id: &str,
    mut fields: Vec<(String, String)>,
) -> Response {
    let what = forms::value(&fields, "do").to_owned();
    let chosen = saving::choose(Form::Case, &what, &mut fields);
    let typed = fields.clone();
    let countries = match app.gazetteer().await {
        Ok(countries) => countries,
        Err(error) => return answer::refusal(app, &error),
    };
    form::with_codes(&mut fields, &countries);
    let shown = |errors: Vec<FieldError>, conflicts: Vec<Conflict>| Shown {
        typed: Some(typed.clone()),
        errors,
        conflicts,
        ..Shown::default()
    };
    match app.store().save(member, id, saving::revision(&fields), &fields, true, app.now()).await {
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
    // Saved is saved, whether or not this can be told now: a step is refused while it was not.
    if let Err(error) = app.store().check_blurs(member, id, app.key()).await {
        return answer::refusal(app, &error);
    }
    match what.as_str() {
        "submit" => submit(app, member, id).await,
        "add-source" => answer::see_other(&format!("/desk/cases/{id}?done=saved&more=sources")),
        "add-actor" => answer::see_other(&format!("/desk/cases/{id}?done=saved&more=actors")),
        "add-place" => answer::see_other(&format!("/desk/cases/{id}?done=saved&more=places")),
        "add-person" => answer::see_other(&format!("/desk/cases/{id}?done=saved&more=persons#particulars")),
        "add-stage" => answer::see_other(&format!("/desk/cases/{id}?done=saved&more=stages#particulars")),
        "show-particulars" => answer::see_other(&format!("/desk/cases/{id}?done=saved#particulars")),
        _ => match verdict(&what) {
            Some((verdict, key)) => say_of_likely(app, member, id, verdict, key).await,
            None => saved(app, member, id, chosen).await,
        },
    }
}

/// "relate TW-2016-0001", which a button beside the form sends.
fn verdict(what: &str) -> Option<(Verdict, &str)> {
    let (said, key) = what.split_once(' ')?;
    let verdict = match said {
        "relate" => Verdict::Related,
        "series" => Verdict::SameSeries,
        "not-the-same" => Verdict::NotTheSame,
        _ => return None,
    };
    Some((verdict, key))
}

async fn say_of_likely(app: &App, member: &Member, id: &str, verdict: Verdict, key: &str) -> Response {
    let done = match verdict {
        Verdict::Related => "relate",
        Verdict::SameSeries => "series",
        Verdict::NotTheSame => "not-the-same",
    };
    match app.store().say_of_likely(member, id, key, verdict, app.now()).await {
        Ok(()) => answer::see_other(&format!("/desk/cases/{id}?done={done}#beside")),
        // It is gone, or was never theirs to see: everything typed is saved.
        Err(StoreError::NotFound) => answer::see_other(&format!("/desk/cases/{id}?done=saved#beside")),
        Err(error) => answer::refusal(app, &error),
    }
}

/// After a plain save: on to the page, unless a country cannot be found as it is spelt. Saving refuses nothing, so it is
/// kept as it was typed, and the page says what is wrong with it.
async fn saved(app: &App, member: &Member, id: &str, chosen: Option<String>) -> Response {
    let draft = match app.store().case(member, id).await {
        Ok((case, _)) => case.draft,
        Err(error) => return answer::refusal(app, &error),
    };
    let errors = match app.gazetteer().await {
        Ok(countries) => form::unknown_countries(&draft, &countries),
        Err(error) => return answer::refusal(app, &error),
    };
    if errors.is_empty() || chosen.is_some() {
        let at = chosen.map(|field| format!("#{}", app::desk::control_id(&field))).unwrap_or_default();
        return answer::see_other(&format!("/desk/cases/{id}?done=saved{at}"));
    }
    let done = answer::done(answer::context(app, "/desk", true).text, Some("done=saved"));
    form_page(app, member, id, Shown { errors, done, ..Shown::default() }).await
}

/// There is no working version any more (somebody published it meanwhile): nothing is written, and what was typed is
/// shown beside what stands there.
async fn closed(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    match saving::against_what_stands(app, member, id, Form::Case, fields).await {
        Ok(conflicts) => form_page(app, member, id, Shown { conflicts, ..Shown::default() }).await,
        Err(error) => answer::refusal(app, &error),
    }
}

/// The list that "add another" asked to be shown with one more empty entry.
fn more(query: Option<&str>) -> Option<(&'static str, &'static str)> {
    let list = answer::asked(query, "more")?;
    const LISTS: [(&str, &str); 5] = [
        ("sources", ".url"),
        ("actors", ".state"),
        ("places", ""),
        ("persons", ".role"),
        ("stages", ".stage"),
    ];
    LISTS.into_iter().find(|(name, _)| *name == list)
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
        Err(StoreError::WrongState | StoreError::ChangedSinceVerified) => {
            answer::see_other(&format!("/desk/cases/{id}?done=saved"))
        }
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
    if relation == Relation::Partner {
        // The form shows what belongs to the owner alone, such as likely duplicates among their cases.
        return answer::see_other(&format!("/desk/cases/{id}/review"));
    }
    let status = saving::status(&shown.errors, &shown.conflicts);
    let known = match app.known().await {
        Ok(known) => known,
        Err(error) => return answer::refusal(app, &error),
    };
    let mut values = saving::values(&case.draft, shown.typed, &known);
    if let Some(list) = shown.more {
        add_entry(&mut values, list);
    }
    let unknown = form::unknown_countries(&case.draft, &known.countries);
    let beside = match load_beside(app, &case, &known.countries).await {
        Ok(beside) => beside,
        Err(error) => return answer::refusal(app, &error),
    };
    let colleagues = match app.store().colleagues(member).await {
        Ok(colleagues) => colleagues,
        Err(error) => return answer::refusal(app, &error),
    };
    let comments = match app.store().comments(member, id).await {
        Ok(comments) => comments,
        Err(error) => return answer::refusal(app, &error),
    };
    let island = island();
    let policy = if island.is_some() { Policy::Island } else { Policy::Desk };
    let context = answer::context(app, &format!("/desk/cases/{id}"), true);
    let page = CaseForm {
        member: member.clone(),
        case,
        facts,
        values,
        errors: shown.errors,
        unknown,
        beside,
        comments,
        colleagues,
        countries: known.countries.names().map(str::to_owned).collect(),
        known,
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
