//! Where the facts of the record begin, a page of one kind of them, and proposals.

use app::desk::{FactList, Proposals, RecordDesk};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::fact::FactKind;
use store::StoreError;
use store::desk::Member;
use store::record::FactFilter;

use super::{PATH, Reading, asked, next, seer};
use crate::http::headers::Policy;
use crate::routes::desk::answer;
use crate::state::App;

/// How many facts a page has.
const PAGE: usize = 100;
/// How many proposals.
const PROPOSALS: usize = 30;

/// The kinds of facts, how much is not yet checked, how many proposals wait.
pub(crate) async fn record(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let (member, done) = match seer(&app, &uri, &headers).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let read = async {
        let unchecked = app.live().count_unchecked().await?;
        Ok::<_, StoreError>((unchecked, app.store().count_proposals(&member).await?))
    };
    match read.await {
        Ok((unchecked, proposals)) => {
            let shown = RecordDesk { member, unchecked, proposals, done };
            let context = answer::context(&app, PATH, true);
            answer::page(StatusCode::OK, app::desk::record(&context, shown), Policy::Desk)
        }
        Err(error) => answer::refusal(&app, &error),
    }
}

/// A page of one kind: `treaty`, `country` (in any spelling), `after`.
pub(crate) async fn facts(
    State(app): State<App>,
    Path(kind): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let (member, done) = match seer(&app, &uri, &headers).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let Ok(kind) = kind.parse::<FactKind>() else { return answer::refusal(&app, &StoreError::NotFound) };
    let (treaty, country) = (asked(&uri, "treaty"), asked(&uri, "country"));
    let read = async {
        let words = Reading::new(&app).await?.words(&app);
        let (code, error) = match words.countries.find(&country) {
            Ok(code) => (code.to_string(), None),
            Err(domain::Problem::Missing) => (String::new(), None),
            Err(problem) => (String::new(), Some(app::desk::problem(words.text, &problem))),
        };
        let filter = FactFilter {
            treaty: treaty.clone(),
            country: code,
            after: asked(&uri, "after"),
            limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
        };
        let lines = app.live().facts(kind, &filter).await?;
        Ok::<_, StoreError>((words, error, lines))
    };
    match read.await {
        Ok((words, error, mut lines)) => {
            let more = lines.len() > PAGE;
            lines.truncate(PAGE);
            let path = format!("{PATH}/{}", kind.slug());
            let next = lines
                .last()
                .filter(|_| more)
                .map(|last| next(&path, &[("treaty", &treaty), ("country", &country), ("after", &last.id)]));
            let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let shown = FactList { member, kind, words, lines, next, treaty, country, error, done };
            let context = answer::context(&app, PATH, true);
            answer::page(status, app::desk::facts(&context, shown), Policy::Desk)
        }
        Err(error) => answer::refusal(&app, &error),
    }
}

/// The proposals that wait; for who decides none, their own.
pub(crate) async fn proposals(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match seer(&app, &uri, &headers).await {
        Ok((member, done)) => {
            let shown = Shown { after: asked(&uri, "after"), done, ..Shown::default() };
            page(&app, &member, StatusCode::OK, shown).await
        }
        Err(response) => response,
    }
}

/// Declines a proposal with a reason.
pub(super) async fn decline(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    let text = answer::context(app, PATH, true).text;
    let field = format!("reason.{id}");
    let sent = fields.iter().find(|(name, _)| name == "reason" || *name == field);
    let typed = sent.map_or("", |(_, reason)| reason);
    let refused = async |status, said: String| {
        let shown = Shown {
            typed: Some((field.clone(), typed.to_owned())),
            errors: vec![(field.clone(), said)],
            ..Shown::default()
        };
        page(app, member, status, shown).await
    };
    let reason = match answer::reason(text, typed) {
        Ok(reason) => reason,
        Err(said) => {
            // Whose it is to decide is asked before anything is said of the form.
            return match app.store().proposal(member, id).await {
                Ok(_) => refused(StatusCode::UNPROCESSABLE_ENTITY, said).await,
                Err(error) => answer::refusal(app, &error),
            };
        }
    };
    match app.store().decline_proposal(member, id, &reason, app.now()).await {
        Ok(()) => answer::see_other(&format!("{PATH}/proposals?done=declined")),
        Err(StoreError::WrongState) => answer::message(app, StatusCode::CONFLICT, "decided"),
        Err(error) => answer::refusal(app, &error),
    }
}

#[derive(Default)]
struct Shown {
    after: String,
    typed: Option<(String, String)>,
    errors: Vec<(String, String)>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, status: StatusCode, shown: Shown) -> Response {
    let read = async {
        let limit = i64::try_from(PROPOSALS + 1).unwrap_or(i64::MAX);
        let proposals = app.store().proposals(member, &shown.after, limit).await?;
        Ok::<_, StoreError>((Reading::new(app).await?.words(app), proposals))
    };
    match read.await {
        Ok((words, mut proposals)) => {
            let more = proposals.len() > PROPOSALS;
            proposals.truncate(PROPOSALS);
            let last = proposals.last().filter(|_| more);
            let next = last.map(|last| next(&format!("{PATH}/proposals"), &[("after", &last.id)]));
            let Shown { typed, errors, done, .. } = shown;
            let shown = Proposals { member: member.clone(), words, proposals, next, typed, errors, done };
            let context = answer::context(app, PATH, true);
            answer::page(status, app::desk::proposals(&context, shown), Policy::Desk)
        }
        Err(error) => answer::refusal(app, &error),
    }
}
