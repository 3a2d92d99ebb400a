//! What waits for whom, and the list of all cases.

use app::desk::{CaseList, QueuePage};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::queue::Section;
use domain::rights::{Action, Facts, Relation, may};
use store::StoreError;

use super::{answer, member};
use crate::http::headers::Policy;
use crate::state::App;

/// Cases on one page of the list.
const PAGE: usize = 50;

/// The queue, or one section of it whole.
pub(crate) async fn queue(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let (member, done) = match member::required_after(&app, &uri, &headers).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    // A steward answers for the public record and sees no more of cases than the public does.
    let may_list = may(member.role, Relation::SameOrganisation, Action::List, Facts::default());
    let read = async {
        let queue = if may_list { app.store().queue(&member).await? } else { Vec::new() };
        let handed = app.store().handed_cases(&member).await?;
        Ok::<_, StoreError>((queue, handed, app.store().open_replies(&member).await?))
    };
    match read.await {
        Ok((queue, handed, replies)) => {
            let only = answer::asked(uri.query(), "show").and_then(|slug| slug.parse::<Section>().ok());
            let context = answer::context(&app, "/desk", true);
            let html = app::desk::queue(&context, QueuePage { member, queue, handed, replies, only, done });
            answer::page(StatusCode::OK, html, Policy::Desk)
        }
        Err(error) => answer::refusal(&app, &error),
    }
}

/// The list of all cases, last changed first.
pub(crate) async fn cases(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let (member, done) = match member::required_after(&app, &uri, &headers).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if !may(member.role, Relation::SameOrganisation, Action::List, Facts::default()) {
        return answer::refusal(&app, &StoreError::Forbidden);
    }
    // The last line of the page before: when it changed, and which it is.
    let after = answer::asked(uri.query(), "after");
    let after = after.as_deref().and_then(|after| after.split_once('~'));
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    match app.store().cases(&member, after, limit).await {
        Ok(mut cases) => {
            let more = cases.len() > PAGE;
            cases.truncate(PAGE);
            let next = cases.last().filter(|_| more).map(|last| {
                let place = format!("{}~{}", last.changed_at, last.id);
                let query =
                    form_urlencoded::Serializer::new(String::new()).append_pair("after", &place).finish();
                format!("/desk/cases?{query}")
            });
            let context = answer::context(&app, "/desk/cases", true);
            let html = app::desk::cases(&context, CaseList { member, cases, next, done });
            answer::page(StatusCode::OK, html, Policy::Desk)
        }
        Err(error) => answer::refusal(&app, &error),
    }
}
