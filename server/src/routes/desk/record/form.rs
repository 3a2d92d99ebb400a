//! A fact's form: adding, changing, ending for a steward; proposing for others.

use app::desk::FactPage;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::FieldError;
use domain::fact::{self, Fact, FactAction, FactKind, Shape, fields_of, may_on_facts};
use store::StoreError;
use store::desk::{Member, NewProposal, Proposal, ProposedAct};
use store::publish::FactChange;
use store::record::FactLine;

use super::{PATH, Reading, asked, seer};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::routes::desk::answer;
use crate::state::App;

/// The form for a new fact; with `proposal` as that proposal has it.
pub(crate) async fn new_fact(
    State(app): State<App>,
    Path(kind): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    show(&app, &kind, None, &uri, &headers).await
}

/// A fact as it stands, with its form and what it said before.
pub(crate) async fn fact(
    State(app): State<App>,
    Path((kind, id)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    show(&app, &kind, Some(&id), &uri, &headers).await
}

async fn show(app: &App, kind: &str, id: Option<&str>, uri: &Uri, headers: &HeaderMap) -> Response {
    let (member, done) = match seer(app, uri, headers).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let Ok(kind) = kind.parse::<FactKind>() else { return answer::refusal(app, &StoreError::NotFound) };
    let shown = async {
        let history = history(app, kind, id).await?;
        let proposal = match asked(uri, "proposal") {
            id if id.is_empty() => None,
            id => Some(app.store().proposal(&member, &id).await?),
        };
        let stands = history.first().filter(|line| line.edition_to.is_none());
        let typed = match (&proposal, stands) {
            (Some(proposal), _) => proposal.fields.clone(),
            (None, Some(line)) => as_sent(&line.fact),
            (None, None) => Vec::new(),
        };
        let seen = stands.map(|line| line.version.clone()).unwrap_or_default();
        Ok::<_, StoreError>(Shown { history, proposal, seen, typed, errors: Vec::new(), done })
    };
    match shown.await {
        Ok(shown) => page(app, &member, kind, StatusCode::OK, shown).await,
        Err(error) => answer::refusal(app, &error),
    }
}

/// What a form asks for that was sent to a kind, or to one fact of it.
pub(super) async fn act(
    app: &App,
    member: &Member,
    kind: FactKind,
    id: Option<&str>,
    fields: &[(String, String)],
) -> Response {
    if !may_on_facts(member.role, FactAction::See) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    let wanted = match (forms::value(fields, "do"), id) {
        ("end", Some(_)) => Wanted { act: ProposedAct::End, proposes: false },
        ("propose-end", Some(_)) => Wanted { act: ProposedAct::End, proposes: true },
        ("propose", Some(_)) => Wanted { act: ProposedAct::Change, proposes: true },
        ("propose", None) => Wanted { act: ProposedAct::Add, proposes: true },
        (_, Some(_)) => Wanted { act: ProposedAct::Change, proposes: false },
        (_, None) => Wanted { act: ProposedAct::Add, proposes: false },
    };
    let right = if wanted.proposes { FactAction::Propose } else { FactAction::Change };
    if !may_on_facts(member.role, right) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    match attempt(app, member, kind, id, wanted, fields).await {
        Ok(response) => response,
        Err(error) => answer::refusal(app, &error),
    }
}

#[derive(Clone, Copy)]
struct Wanted {
    act: ProposedAct,
    proposes: bool,
}

async fn attempt(
    app: &App,
    member: &Member,
    kind: FactKind,
    id: Option<&str>,
    wanted: Wanted,
    fields: &[(String, String)],
) -> Result<Response, StoreError> {
    let text = answer::context(app, PATH, true).text;
    let history = history(app, kind, id).await?;
    let stands = history.first().filter(|line| line.edition_to.is_none()).cloned();
    if id.is_some() && stands.is_none() {
        return Err(StoreError::NotFound);
    }
    let proposal_id = forms::value(fields, "proposal");
    let proposal = match proposal_id {
        "" => None,
        id => Some(app.store().proposal(member, id).await?),
    };
    let fields = with_fixed(kind, stands.as_ref(), wanted, fields);
    let reading = Reading::new(app).await?;
    let mut errors: Vec<FieldError> = Vec::new();
    let to = match wanted.act {
        ProposedAct::End => None,
        _ => fact::read(kind, &fields, reading.known(app)).map_err(|found| errors = found).ok(),
    };
    let mut said: Vec<(String, String)> =
        errors.into_iter().map(|e| (e.field, app::desk::problem(text, &e.problem))).collect();
    // Each of the two forms of the page has a reason of its own.
    let reason_field = if wanted.act == ProposedAct::End { "end_reason" } else { "reason" };
    let reason = answer::reason(text, forms::value(&fields, reason_field));
    let seen = forms::value(&fields, "seen").to_owned();
    let shown =
        |errors| Shown { history, proposal, seen: seen.clone(), typed: fields.clone(), errors, done: None };
    let reason = match reason {
        Ok(reason) if said.is_empty() => reason,
        Ok(_) => {
            return Ok(page(app, member, kind, StatusCode::UNPROCESSABLE_ENTITY, shown(said)).await);
        }
        Err(problem) => {
            said.push((reason_field.to_owned(), problem));
            return Ok(page(app, member, kind, StatusCode::UNPROCESSABLE_ENTITY, shown(said)).await);
        }
    };
    let done = if wanted.proposes {
        let new = NewProposal {
            act: wanted.act,
            kind,
            fact: id.unwrap_or_default(),
            seen: &seen,
            fields: &kept(kind, &fields),
            reason: &reason,
        };
        app.store().propose(member, new, app.now()).await.map(|_| ())
    } else {
        let change = FactChange { kind, id: id.map(str::to_owned), seen: seen.clone(), to };
        let proposal = Some(proposal_id).filter(|id| !id.is_empty());
        app.store().change_facts(member, vec![change], &reason, proposal, app.now()).await.map(|_| ())
    };
    match done {
        Ok(()) => {
            app.catch_up().await;
            Ok(answer::see_other(&after(kind, id, wanted)))
        }
        Err(StoreError::Refused(found)) => {
            let said = |e: FieldError| {
                let field = if e.field == "reason" { reason_field.to_owned() } else { e.field };
                (field, app::desk::problem(text, &e.problem))
            };
            let said = found.into_iter().map(said).collect();
            Ok(page(app, member, kind, StatusCode::UNPROCESSABLE_ENTITY, shown(said)).await)
        }
        Err(StoreError::WrongState) => {
            let key = match (wanted.proposes, proposal_id.is_empty()) {
                (true, _) => "facts-too-many-proposals",
                (false, true) => "facts-changed-meanwhile",
                (false, false) => "facts-changed-or-decided",
            };
            let said = vec![(reason_field.to_owned(), text.say(key))];
            // The page shows what stands by now, and goes on from there.
            let history = self::history(app, kind, id).await?;
            let seen = history.first().map(|line| line.version.clone()).unwrap_or_default();
            Ok(page(app, member, kind, StatusCode::CONFLICT, Shown { history, seen, ..shown(said) }).await)
        }
        Err(error) => Err(error),
    }
}

fn after(kind: FactKind, id: Option<&str>, wanted: Wanted) -> String {
    let list = format!("{PATH}/{}", kind.slug());
    match (wanted.proposes, wanted.act, id) {
        (true, ..) => format!("{PATH}/proposals?done=proposed"),
        (false, ProposedAct::Add, _) => format!("{list}?done=fact-added"),
        (false, ProposedAct::End, _) => format!("{list}?done=fact-ended"),
        (false, _, id) => format!("{}?done=fact-changed", fact::address(kind, id.unwrap_or_default())),
    }
}

async fn history(app: &App, kind: FactKind, id: Option<&str>) -> Result<Vec<FactLine>, StoreError> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let history = app.live().fact_history(kind, id).await?;
    if history.is_empty() { Err(StoreError::NotFound) } else { Ok(history) }
}

/// What the fact is named by stays as it stands, whatever was sent; and that it was checked is not proposed.
fn with_fixed(
    kind: FactKind,
    stands: Option<&FactLine>,
    wanted: Wanted,
    fields: &[(String, String)],
) -> Vec<(String, String)> {
    let is_said = |name: &str| {
        let field = fields_of(kind).iter().find(|field| field.name == name);
        let is_fixed = stands.is_some() && field.is_some_and(|field| field.is_fixed);
        let is_check = wanted.proposes && matches!(name, "checked" | "checked_on");
        !is_fixed && !is_check
    };
    let mut kept: Vec<_> = fields.iter().filter(|(name, _)| is_said(name)).cloned().collect();
    if let Some(stands) = stands {
        let fixed = fields_of(kind).iter().filter(|field| field.is_fixed);
        let written = fact::write(&stands.fact);
        kept.extend(fixed.filter_map(|f| Some((f.name.to_owned(), written.get(f.name)?.clone()))));
    }
    kept
}

/// What a proposal keeps: the fact's own fields.
fn kept(kind: FactKind, fields: &[(String, String)]) -> Vec<(String, String)> {
    let known = |name: &str| fields_of(kind).iter().any(|field| field.name == name);
    fields.iter().filter(|(name, _)| known(name)).cloned().collect()
}

/// A fact as its form sends it: a group of boxes as one pair for each that is ticked.
fn as_sent(fact: &Fact) -> Vec<(String, String)> {
    let mut sent = Vec::new();
    for (name, text) in fact::write(fact) {
        let field = fields_of(fact.kind()).iter().find(|field| field.name == name);
        match field.map(|field| field.shape) {
            Some(Shape::Any(_)) => sent.extend(text.lines().map(|one| (name.clone(), one.to_owned()))),
            _ => sent.push((name, text)),
        }
    }
    sent
}

struct Shown {
    history: Vec<FactLine>,
    proposal: Option<Proposal>,
    seen: String,
    typed: Vec<(String, String)>,
    errors: Vec<(String, String)>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, kind: FactKind, status: StatusCode, shown: Shown) -> Response {
    let words = match Reading::new(app).await {
        Ok(reading) => reading.words(app),
        Err(error) => return answer::refusal(app, &error),
    };
    let Shown { history, proposal, seen, typed, errors, done } = shown;
    let shown =
        FactPage { member: member.clone(), kind, words, history, proposal, seen, typed, errors, done };
    answer::page(status, app::desk::fact(&answer::context(app, PATH, true), shown), Policy::Desk)
}
