//! Signing in and out. A form whose session had ended is carried through the sign-in and handed over afterwards.

use app::desk::{Replay, SignIn};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use store::desk::Member;

use super::{
    analysis, answer, blur, cases, comments, evidence, export, handing, hide, member, members, organisations,
    record, replies, sealed, second_factor, steps, withdrawals,
};
use crate::http::headers::Policy;
use crate::http::{client, cookies, forms};
use crate::sign_in::{Try, sign_in as prove};
use crate::state::App;

/// Where members sign in.
pub(super) const SIGN_IN: &str = "/sign-in";
const REPLAY: &str = "replay.";

/// The page.
pub(crate) async fn sign_in_page(State(app): State<App>, headers: HeaderMap) -> Response {
    if !app.desk_may_open(&headers) {
        return only_https(&app);
    }
    match member::member(&app, &headers).await {
        Ok(Some(_)) => answer::see_other("/desk"),
        Ok(None) => page(&app, StatusCode::OK, SignIn::default()),
        Err(response) => response,
    }
}

/// Signs in.
pub(crate) async fn sign_in(State(app): State<App>, request: Request) -> Response {
    if !app.desk_may_open(request.headers()) {
        return only_https(&app);
    }
    let (parts, body) = request.into_parts();
    let fields = match forms::fields(&parts.headers, body).await {
        Ok(fields) => fields,
        Err(status) => return answer::bad_body(&app, status),
    };
    let (email, password) = (forms::value(&fields, "email"), forms::value(&fields, "password"));
    let replay = replay(&fields);
    let address = client::address(&parts.headers, &parts.extensions, app.trusted_proxies());
    let text = answer::context(&app, SIGN_IN, false).text;
    let again =
        |error: String| SignIn { email: email.to_owned(), error: Some(error), replay: replay.clone() };
    match prove(&app, email, password, address).await {
        Ok(Try::Member(id)) => match app.store().second_factor(&id).await {
            Ok(factor) if factor.is_set_up => second_factor::ask(&app, &id, &parts.headers, replay).await,
            Ok(_) => begin(&app, &id, &parts.headers, replay).await,
            Err(error) => answer::refusal(&app, &error),
        },
        Ok(Try::Refused) => page(&app, StatusCode::UNPROCESSABLE_ENTITY, again(text.say("sign-in-refused"))),
        Ok(Try::Wait(wait)) => {
            let seconds = wait.as_secs() + 1;
            let said = text.with("sign-in-wait", &[("seconds", i64::try_from(seconds).unwrap_or(60).into())]);
            let mut response = page(&app, StatusCode::TOO_MANY_REQUESTS, again(said));
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => answer::refusal(&app, &error),
    }
}

/// Begins a new session, ends the one before, and hands over what was carried.
pub(super) async fn begin(app: &App, member: &str, headers: &HeaderMap, replay: Option<Replay>) -> Response {
    if let Err(response) = end_before(app, headers).await {
        return response;
    }
    let token = match app.store().begin_session(member, app.times(), app.now()).await {
        Ok(token) => token,
        Err(error) => return answer::refusal(app, &error),
    };
    let mut response = match replay {
        Some(replay) => match app.store().session(&token, app.times(), app.now()).await {
            Ok(Some(member)) if member.owes_second_factor() => {
                // Nothing is done without it, and nothing typed is lost: this page keeps it meanwhile.
                let said = answer::context(app, SIGN_IN, false).text.say("sign-in-owes-second-factor");
                let form = SignIn { email: member.email, error: Some(said), replay: Some(replay) };
                page(app, StatusCode::UNPROCESSABLE_ENTITY, form)
            }
            Ok(Some(member)) => hand_over(app, &member, replay).await,
            Ok(None) => answer::see_other("/desk"),
            Err(error) => answer::refusal(app, &error),
        },
        None => answer::see_other("/desk"),
    };
    set_cookie(&mut response, &cookies::set(&token));
    response
}

/// Ends the session that the browser had before, so that a sign-in never leaves one behind.
pub(super) async fn end_before(app: &App, headers: &HeaderMap) -> Result<(), Response> {
    match cookies::token(headers) {
        Some(old) => {
            app.store().end_session(&old, app.now()).await.map_err(|error| answer::refusal(app, &error))
        }
        None => Ok(()),
    }
}

/// Ends the session; browsers drop what they kept of the desk.
pub(crate) async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(token) = cookies::token(&headers)
        && !app.store().only_reads()
        && let Err(error) = app.store().end_session(&token, app.now()).await
    {
        return answer::refusal(&app, &error);
    }
    let mut response = answer::see_other("/");
    set_cookie(&mut response, &cookies::clear());
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert("clear-site-data", clear);
    response
}

/// Hands over a form that was carried through a sign-in; only for the member whose form it was.
async fn hand_over(app: &App, member: &Member, Replay { path, fields }: Replay) -> Response {
    let case = path.strip_prefix("/desk/cases/");
    let reply = path.strip_prefix(replies::PATH);
    let goes_on = case.is_some()
        || reply.is_some()
        || [hide::PATH, members::INVITE].contains(&path.as_str())
        || path.starts_with(organisations::PATH)
        || path.starts_with(record::PATH);
    if !goes_on {
        return answer::see_other("/desk");
    }
    if forms::value(&fields, "member") != member.id {
        return answer::message(app, StatusCode::FORBIDDEN, "other-member");
    }
    if let Some(id) = reply {
        return replies::act(app, member, id, &fields).await;
    }
    let Some(rest) = case else {
        let organisation =
            path.strip_prefix(organisations::PATH).and_then(|rest| rest.strip_suffix("/invite"));
        return match (path.as_str(), organisation, path.strip_prefix(record::PATH)) {
            (hide::PATH, ..) => hide::act(app, member, &fields).await,
            (members::INVITE, ..) => members::invite_for(app, member, &fields).await,
            (organisations::PATH, ..) => organisations::add_for(app, member, &fields).await,
            (_, Some(id), _) => {
                organisations::invite_manager_for(app, member, id.trim_matches('/'), &fields).await
            }
            (.., Some(rest)) => record::act(app, member, rest, &fields).await,
            _ => answer::see_other("/desk"),
        };
    };
    let (id, step) = rest.split_once('/').unwrap_or((rest, ""));
    match step {
        "" => cases::save_fields(app, member, id, fields).await,
        "analysis" => analysis::save_fields(app, member, id, fields).await,
        "comments" => comments::act(app, member, id, &fields).await,
        "withdrawals" => withdrawals::act(app, member, id, &fields).await,
        "blur" => blur::act(app, member, id, &fields).await,
        "sealed" => sealed::act(app, member, id, &fields).await,
        "export" => export::act(app, member, id).await,
        step if step.starts_with("evidence/") => {
            let file = step.trim_start_matches("evidence/");
            evidence::act(app, member, id, file, &fields).await
        }
        step if handing::ACTS.contains(&step) => handing::act(app, member, id, step, &fields).await,
        step if steps::STEPS.contains(&step) => steps::act(app, member, id, step, &fields).await,
        _ => answer::see_other("/desk"),
    }
}

/// A sign-in that carries the fields of a form whose session had ended.
pub(super) fn carry(app: &App, path: &str, fields: Vec<(String, String)>) -> Response {
    again(app, Some(Replay { path: path.to_owned(), fields }))
}

/// A sign-in from the start.
pub(super) fn again(app: &App, replay: Option<Replay>) -> Response {
    page(app, StatusCode::UNAUTHORIZED, SignIn { replay, ..SignIn::default() })
}

/// What a sign-in carries.
pub(super) fn replay(fields: &[(String, String)]) -> Option<Replay> {
    let path = forms::value(fields, "replay-to");
    let carried = fields.iter().filter_map(|(n, v)| Some((n.strip_prefix(REPLAY)?.to_owned(), v.clone())));
    (!path.is_empty()).then(|| Replay { path: path.to_owned(), fields: carried.collect() })
}

fn page(app: &App, status: StatusCode, form: SignIn) -> Response {
    let context = answer::context(app, SIGN_IN, false);
    answer::page(status, app::desk::sign_in(&context, form), Policy::Desk)
}

/// The desk stays shut on plain http, but for this machine.
pub(super) fn only_https(app: &App) -> Response {
    let context = answer::context(app, SIGN_IN, false);
    let text = context.text;
    let back = ("/".to_owned(), text.say("site-name"));
    let html = app::desk::message(&context, text.say("sign-in-title"), text.say("sign-in-only-https"), back);
    answer::page(StatusCode::FORBIDDEN, html, Policy::Desk)
}

pub(super) fn set_cookie(response: &mut Response<Body>, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
