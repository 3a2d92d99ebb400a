//! What is not yet checked, in one list; and saying of several at once that they were, by naming the source.

use app::desk::{Unchecked, UncheckedLine};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::fact::{CheckedAgainst, FactAction, FactKind, may_on_facts, read_source};
use store::StoreError;
use store::desk::Member;
use store::publish::FactChange;
use store::record::FactLine;

use super::{PATH, Reading, asked, next, seer};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::routes::desk::answer;
use crate::state::App;

/// How many a page has.
const PAGE: usize = 100;

/// The list: `kind`, `treaty`, and `after` with `after_kind`.
pub(crate) async fn unchecked(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match seer(&app, &uri, &headers).await {
        Ok((member, done)) => {
            let of = Of {
                kind: asked(&uri, "kind"),
                treaty: asked(&uri, "treaty"),
                after_kind: asked(&uri, "after_kind"),
                after: asked(&uri, "after"),
            };
            page(&app, &member, StatusCode::OK, Shown { of, done, ..Shown::default() }).await
        }
        Err(response) => response,
    }
}

/// Keeps that those which are ticked were checked: one edition.
pub(super) async fn check(app: &App, member: &Member, fields: &[(String, String)]) -> Response {
    if !may_on_facts(member.role, FactAction::Check) {
        return answer::refusal(app, &StoreError::Forbidden);
    }
    let of = |name| forms::value(fields, name).to_owned();
    let shown = Shown {
        of: Of { kind: of("kind"), treaty: of("treaty"), after_kind: of("after_kind"), after: of("after") },
        ticked: ticks(fields),
        typed: fields.to_vec(),
        ..Shown::default()
    };
    let text = answer::context(app, PATH, true).text;
    let source = read_source(fields, app.today());
    let mut errors: Vec<(String, String)> = Vec::new();
    if shown.ticked.is_empty() {
        errors.push(("fact".to_owned(), text.say("unchecked-none-ticked")));
    }
    let problems = source.as_ref().err().into_iter().flatten();
    errors.extend(problems.map(|e| (e.field.clone(), app::desk::problem(text, &e.problem))));
    let source = match source {
        Ok(source) if errors.is_empty() => source,
        _ => return page(app, member, StatusCode::UNPROCESSABLE_ENTITY, Shown { errors, ..shown }).await,
    };
    match check_all(app, member, &shown.ticked, &source).await {
        Ok(()) => {
            app.catch_up().await;
            let query = form_urlencoded::Serializer::new(String::from("done=facts-checked&"))
                .append_pair("kind", &shown.of.kind)
                .append_pair("treaty", &shown.of.treaty)
                .finish();
            answer::see_other(&format!("{PATH}/unchecked?{query}"))
        }
        Err(StoreError::WrongState | StoreError::NotFound | StoreError::Refused(_)) => {
            let errors = vec![("fact".to_owned(), text.say("unchecked-changed-meanwhile"))];
            page(app, member, StatusCode::CONFLICT, Shown { errors, ..shown }).await
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// The facts that are ticked: `kind:version:key`.
fn ticks(fields: &[(String, String)]) -> Vec<String> {
    let ticked = fields.iter().filter(|(name, value)| name == "fact" && !value.is_empty());
    ticked.map(|(_, value)| value.clone()).take(PAGE).collect()
}

async fn check_all(
    app: &App,
    member: &Member,
    ticked: &[String],
    source: &CheckedAgainst,
) -> Result<(), StoreError> {
    let record = app.live();
    let mut changes = Vec::new();
    for tick in ticked {
        let mut parts = tick.splitn(3, ':');
        let (Some(kind), Some(seen), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(StoreError::NotFound);
        };
        let kind: FactKind = kind.parse().map_err(|_| StoreError::NotFound)?;
        let FactLine { id, fact, .. } = record.fact(kind, id).await?.ok_or(StoreError::NotFound)?;
        let to = fact.checked_against(source);
        changes.push(FactChange { kind, id: Some(id), seen: seen.to_owned(), to: Some(to) });
    }
    app.store().change_facts(member, changes, &source.title, None, app.now()).await?;
    Ok(())
}

/// Which part of the list is shown.
#[derive(Clone, Default)]
struct Of {
    kind: String,
    treaty: String,
    after_kind: String,
    after: String,
}

#[derive(Default)]
struct Shown {
    of: Of,
    ticked: Vec<String>,
    typed: Vec<(String, String)>,
    errors: Vec<(String, String)>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, status: StatusCode, shown: Shown) -> Response {
    let Shown { of, ticked, typed, errors, done } = shown;
    let read = async {
        let record = app.live();
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let after = (of.after_kind.as_str(), of.after.as_str());
        let lines = record.unchecked(of.kind.parse().ok(), &of.treaty, after, limit).await?;
        let counts = record.count_unchecked().await?;
        Ok::<_, StoreError>((Reading::new(app).await?.words(app), lines, counts))
    };
    let (words, mut lines, counts) = match read.await {
        Ok(read) => read,
        Err(error) => return answer::refusal(app, &error),
    };
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().filter(|_| more).map(|last| {
        let after_kind = last.fact.kind().slug();
        let of =
            [("kind", &*of.kind), ("treaty", &of.treaty), ("after_kind", after_kind), ("after", &last.id)];
        next(&format!("{PATH}/unchecked"), &of)
    });
    let line = |line: FactLine| {
        let tick = format!("{}:{}:{}", line.fact.kind().slug(), line.version, line.id);
        UncheckedLine { is_ticked: ticked.contains(&tick), tick, line }
    };
    let shown = Unchecked {
        member: member.clone(),
        words,
        lines: lines.into_iter().map(line).collect(),
        next,
        counts,
        kind: of.kind,
        treaty: of.treaty,
        after: (of.after_kind, of.after),
        typed,
        errors,
        done,
    };
    let context = answer::context(app, PATH, true);
    answer::page(status, app::desk::unchecked(&context, shown), Policy::Desk)
}
