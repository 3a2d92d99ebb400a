//! A reply from outside: reading it, preparing its answer, publishing what another reviewer prepared.

use app::desk::ReplyPage;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::FieldError;
use domain::reply::{Answer, ReplyState};
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// Every address of this file begins so.
pub(super) const PATH: &str = "/desk/replies/";

/// The page.
pub(crate) async fn reply_page(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => {
            page(&app, &member, &id, StatusCode::OK, Shown { done, ..Shown::default() }).await
        }
        Err(response) => response,
    }
}

/// Does what the form's button says.
pub(crate) async fn reply(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    match member::form(&app, request, &format!("{PATH}{id}")).await {
        Ok((member, fields)) => act(&app, &member, &id, &fields).await,
        Err(response) => response,
    }
}

/// The same, for a member.
pub(super) async fn act(app: &App, member: &Member, id: &str, fields: &[(String, String)]) -> Response {
    let value = |name: &str| forms::value(fields, name);
    let (store, now) = (app.store(), app.now());
    let done = match value("do") {
        "contact" => match store.reveal_contact(member, id, app.key(), now).await {
            Ok(contact) => {
                let shown = Shown { contact, ..Shown::default() };
                return page(app, member, id, StatusCode::OK, shown).await;
            }
            Err(error) => Err(error),
        },
        "take-back" => store.take_back_answer(member, id, now).await.map(|()| "reply-taken-back"),
        "publish" => {
            let published = store.publish_reply(member, id, value("seen"), now).await;
            app.catch_up().await;
            published.map(|_| "reply-published")
        }
        "answer" => prepare(app, member, id, fields).await,
        _ => Err(StoreError::NotFound),
    };
    let again = async |status: StatusCode, errors: Vec<(String, String)>| {
        let shown = Shown { typed: fields.to_vec(), errors, ..Shown::default() };
        page(app, member, id, status, shown).await
    };
    let text = answer::context(app, "/desk", true).text;
    let conflict = |key: &str| vec![("outcome".to_owned(), text.say(key))];
    match done {
        // The words may be gone by now, so the page that follows is the queue.
        Ok(done @ "reply-answered") => answer::see_other(&format!("/desk?done={done}")),
        Ok(done) => answer::see_other(&format!("{PATH}{id}?done={done}")),
        Err(StoreError::Refused(errors)) => {
            let said = |e: &FieldError| {
                let key = if e.field == "outcome" {
                    "replies-outcome".to_owned()
                } else {
                    format!("replies-field-{}", e.field)
                };
                let problem = app::desk::problem(text, &e.problem);
                let args = [("field", text.say(&key).into()), ("problem", problem.into())];
                (e.field.clone(), text.with("form-field-problem", &args))
            };
            again(StatusCode::UNPROCESSABLE_ENTITY, errors.iter().map(said).collect()).await
        }
        Err(StoreError::WrongState) => again(StatusCode::CONFLICT, conflict("replies-wrong-state")).await,
        Err(StoreError::ChangedSinceVerified) => {
            again(StatusCode::CONFLICT, conflict("replies-changed-since")).await
        }
        Err(error) => answer::refusal(app, &error),
    }
}

async fn prepare(
    app: &App,
    member: &Member,
    id: &str,
    fields: &[(String, String)],
) -> Result<&'static str, StoreError> {
    let reply = app.store().reply(member, id, app.key()).await?;
    let may_name = reply.words.is_some_and(|words| words.may_name);
    let corrections: Vec<i64> = reply.corrections.iter().map(|(edition, _)| *edition).collect();
    let field = |name: &str| forms::value(fields, name);
    let answer =
        Answer::parse(reply.line.kind, may_name, &corrections, field).map_err(StoreError::Refused)?;
    Ok(match app.store().answer_reply(member, id, &answer, app.now()).await? {
        ReplyState::Prepared => "reply-prepared",
        _ => "reply-answered",
    })
}

/// What the page shows beside the reply.
#[derive(Default)]
struct Shown {
    contact: Option<String>,
    typed: Vec<(String, String)>,
    errors: Vec<(String, String)>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, id: &str, status: StatusCode, shown: Shown) -> Response {
    let reply = match app.store().reply(member, id, app.key()).await {
        Ok(reply) => reply,
        Err(error) => return answer::refusal(app, &error),
    };
    let Shown { contact, typed, errors, done } = shown;
    let shown = ReplyPage { member: member.clone(), reply, contact, typed, errors, done };
    let context = answer::context(app, &format!("{PATH}{id}"), true);
    answer::page(status, app::desk::reply(&context, shown), Policy::Desk)
}
