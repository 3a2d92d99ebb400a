//! The way for anybody to reply to an incident, and to read what came of it. No account, no cookie, no script; nobody
//! keeps these pages, so that a browser that is looked through later does not tell.

use app::pages;
use app::pages::incident::IncidentPage;
use app::pages::reply::{ReplyForm, TRAP};
use axum::extract::{Path, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use domain::incident::is_reference;
use domain::reply::Reply;
use serde_json::json;
use store::StoreError;
use store::desk::Received;
use store::record::{IncidentAnswer, PublicReply};

use super::desk::answer::{context, page, see_other};
use super::pages::{Asked, Made, NoAnswer, answer, error_page, moved, not_found_page};
use crate::http::headers::Policy;
use crate::http::{client, forms};
use crate::state::App;

/// More than every field full, so that the field that is too long can be named.
const MOST_BYTES: usize = 256 << 10;

/// The form; where the incident is not public, what its own page says.
pub(super) async fn form(State(app): State<App>, Path(typed): Path<String>, asked: Asked) -> Response {
    if !app.desk_may_open(&asked.headers) {
        return only_https(&app);
    }
    let reference = typed.to_uppercase();
    if reference != typed && is_reference(&reference) {
        return moved(&app, &Asked { query: None, ..asked }, &path_of(&reference));
    }
    match load(&app, &reference).await {
        Ok(form) => shown(&app, StatusCode::OK, form),
        Err(response) => response,
    }
}

/// Takes a reply in. Whatever is wrong, what was typed stays in the form.
pub(super) async fn send(State(app): State<App>, Path(typed): Path<String>, request: Request) -> Response {
    if !app.desk_may_open(request.headers()) {
        return only_https(&app);
    }
    let reference = typed.to_uppercase();
    let (parts, body) = request.into_parts();
    let fields = match forms::fields_up_to(&parts.headers, body, MOST_BYTES).await {
        Ok(fields) => fields,
        Err(status) => return bad_body(&app, status),
    };
    let text = context(&app, "/incidents", false).text;
    // The page as it stands for readers; where the incident is withdrawn meanwhile, no more than its reference.
    let (form, is_public) = match app.live().incident(&reference).await {
        Ok(Some(answer)) => match of_answer(&answer, &reference) {
            Some(form) => (form, true),
            None => (ReplyForm { reference: reference.clone(), ..ReplyForm::default() }, false),
        },
        Ok(None) => return not_found_page(&app, Policy::Desk),
        Err(error) => return failed(&app, &error),
    };
    let again = |status: StatusCode, errors: Vec<(String, String)>| {
        shown(&app, status, ReplyForm { typed: fields.clone(), errors, ..form.clone() })
    };
    let refused =
        |status: StatusCode, field: &str, key: &str| again(status, vec![(field.to_owned(), text.say(key))]);
    if !is_public {
        return refused(StatusCode::CONFLICT, "text", "reply-not-public");
    }
    let value = |name: &str| forms::value(&fields, name);
    if !value(TRAP).is_empty() {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, TRAP, "reply-trap-filled");
    }
    let reply = match Reply::parse(value) {
        Ok(reply) => reply,
        Err(errors) => {
            let said = |e: &domain::FieldError| {
                let label = text.say(&format!("reply-{}", e.field.replace('_', "-")));
                let problem = app::desk::problem(text, &e.problem);
                let args = [("field", label.into()), ("problem", problem.into())];
                (e.field.clone(), text.with("form-field-problem", &args))
            };
            return again(StatusCode::UNPROCESSABLE_ENTITY, errors.iter().map(said).collect());
        }
    };
    let address = client::address(&parts.headers, &parts.extensions, app.trusted_proxies());
    if let Err(wait) = app.reply_limits().check(address) {
        tracing::warn!("too many replies came: one was not taken");
        let minutes = i64::try_from(wait.as_secs() / 60 + 1).unwrap_or(60);
        let said = text.with("reply-wait", &[("minutes", minutes.into())]);
        let mut response = again(StatusCode::TOO_MANY_REQUESTS, vec![("text".to_owned(), said)]);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
        return response;
    }
    match app.store().receive_reply(&reference, &reply, app.key(), app.now()).await {
        Ok(Received::Kept(token)) => see_other(&format!("/replies/{token}?done=received")),
        Ok(Received::NobodyReads) => refused(StatusCode::CONFLICT, "text", "reply-nobody-reads"),
        Ok(Received::Full) => refused(StatusCode::TOO_MANY_REQUESTS, "text", "reply-full"),
        Ok(Received::NotPublic) => refused(StatusCode::CONFLICT, "text", "reply-not-public"),
        Err(error) => failed(&app, &error),
    }
}

/// What came of a reply, for who holds its private link. A link that nobody made answers like none.
pub(super) async fn receipt(
    State(app): State<App>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if !app.desk_may_open(&headers) {
        return only_https(&app);
    }
    match app.store().receipt(&token).await {
        Ok(Some(receipt)) => {
            let received = uri.query() == Some("done=received");
            // The path is not told: it would put the token into the page's links.
            let context = context(&app, "/incidents", false);
            page(StatusCode::OK, pages::reply::receipt(receipt, received, &context), Policy::Desk)
        }
        Ok(None) => not_found_page(&app, Policy::Desk),
        Err(error) => failed(&app, &error),
    }
}

/// What came of replies to an incident, for machines: beside its stored bytes, which a reply does not change.
pub(super) async fn record(State(app): State<App>, Path(typed): Path<String>, asked: Asked) -> Response {
    let reference = typed.to_uppercase();
    let path = format!("/incidents/{reference}/replies.json");
    if reference != typed && is_reference(&reference) {
        return moved(&app, &asked, &path);
    }
    answer(app, asked, &path, &[], Policy::Open, async |record, _, _| {
        let (status, state, replies) = match record.incident(&reference).await? {
            Some(IncidentAnswer::Published(public)) => (200, "published", Some(public.replies)),
            Some(IncidentAnswer::Retracted(retracted)) => (200, "retracted", Some(retracted.replies)),
            Some(IncidentAnswer::Withheld) => (200, "withheld", None),
            Some(IncidentAnswer::Erased) => (410, "erased", None),
            None => return Err(NoAnswer(pages::error::ErrorPage::NotFound(pages::NotFound::default()))),
        };
        let replies = replies.map(|replies| replies.iter().map(as_json).collect::<Vec<_>>());
        let body = json!({"reference": reference, "state": state, "replies": replies}).to_string();
        Ok(Made { status, content_type: "application/json", body: body.into_bytes(), headers: Vec::new() })
    })
    .await
}

fn as_json(reply: &PublicReply) -> serde_json::Value {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "id": reply.id,
        "kind": reply.kind.slug(),
        "outcome": reply.outcome.slug(),
        "answered_on": reply.day.to_string(),
        "edition": reply.edition,
        "party": said(&reply.party),
        "words": said(&reply.words),
        "reason": said(&reply.reason),
        "corrected_in": reply.corrected_in,
        "withheld_on": reply.withheld_on.map(|day| day.to_string()),
    })
}

fn path_of(reference: &str) -> String {
    format!("/incidents/{reference}/reply")
}

/// The empty form of an incident that takes replies; else what the incident's own page says.
async fn load(app: &App, reference: &str) -> Result<ReplyForm, Response> {
    let (record, context) = (app.live(), context(app, &path_of(reference), false));
    let answer = record.incident(reference).await.map_err(|error| failed(app, &error))?;
    if let Some(mut form) = answer.as_ref().and_then(|answer| of_answer(answer, reference)) {
        let reads = app.store().takes_replies(reference).await.map_err(|error| failed(app, &error))?;
        if reads != Some(true) {
            form.nobody_reads = Some(app.contact());
        }
        return Ok(form);
    }
    match pages::incident::load(&record, &context, reference).await {
        Ok(incident) => {
            let status =
                if matches!(incident, IncidentPage::Erased(_)) { StatusCode::GONE } else { StatusCode::OK };
            Err(page(status, pages::incident::render(&incident, &context), Policy::Desk))
        }
        Err(error) => Err(error_page(app, &path_of(reference), &NoAnswer::from(error).0, Policy::Desk)),
    }
}

/// The form of what stands at an incident's address; none where its content is withdrawn from all.
fn of_answer(answer: &IncidentAnswer, reference: &str) -> Option<ReplyForm> {
    let form = ReplyForm { reference: reference.to_owned(), ..ReplyForm::default() };
    match answer {
        IncidentAnswer::Published(public) => Some(ReplyForm { title: public.incident.title.clone(), ..form }),
        IncidentAnswer::Retracted(_) => Some(ReplyForm { is_retracted: true, ..form }),
        IncidentAnswer::Withheld | IncidentAnswer::Erased => None,
    }
}

fn shown(app: &App, status: StatusCode, form: ReplyForm) -> Response {
    let context = context(app, &path_of(&form.reference), false);
    page(status, pages::reply::render(form, &context), Policy::Desk)
}

fn message(app: &App, status: StatusCode, title: &str, said: &str) -> Response {
    let context = context(app, "/incidents", false);
    let html = pages::reply::message(context.text.say(title), context.text.say(said), &context);
    page(status, html, Policy::Desk)
}

fn only_https(app: &App) -> Response {
    message(app, StatusCode::FORBIDDEN, "reply-title", "reply-only-https")
}

fn bad_body(app: &App, status: StatusCode) -> Response {
    let (title, said) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => ("reply-too-large-title", "reply-too-large"),
        StatusCode::REQUEST_TIMEOUT => ("desk-error-too-slow-title", "desk-error-too-slow"),
        _ => ("reply-not-a-form-title", "reply-not-a-form"),
    };
    message(app, status, title, said)
}

fn failed(app: &App, error: &StoreError) -> Response {
    tracing::error!(%error, "a reply failed");
    error_page(app, "/incidents", &pages::error::ErrorPage::Internal, Policy::Desk)
}
