//! A member's own account: which sessions they have, ending them, changing the password.

use app::desk::Account;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::http::headers::Policy;
use crate::http::{client, cookies, forms};
use crate::sign_in::{Try, hash_in_turn, refuse_password, sign_in};
use crate::state::App;

const PATH: &str = "/desk/account";

/// The page.
pub(crate) async fn account(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match member::required_after(&app, &uri, &headers).await {
        Ok((member, done)) => {
            let token = cookies::token(&headers).unwrap_or_default();
            page(&app, &member, &token, StatusCode::OK, Vec::new(), done).await
        }
        Err(response) => response,
    }
}

/// Ends one of the member's sessions, or all the others.
pub(crate) async fn end_sessions(State(app): State<App>, request: Request) -> Response {
    let (member, token, fields) = match member::brief_form(&app, request).await {
        Ok(form) => form,
        Err(response) => return response,
    };
    let (ended, done) = match forms::value(&fields, "do") {
        "others" => (app.store().end_other_sessions(&member, &token, app.now()).await, "sessions-ended"),
        _ => {
            let hash = forms::value(&fields, "session");
            (app.store().end_own_session(&member, hash, app.now()).await, "session-ended")
        }
    };
    match ended {
        Ok(()) => answer::see_other(&format!("{PATH}?done={done}")),
        Err(error) => answer::refusal(&app, &error),
    }
}

/// Changes the password of who proves the one they have.
pub(crate) async fn change_password(State(app): State<App>, request: Request) -> Response {
    let address = client::address(request.headers(), request.extensions(), app.trusted_proxies());
    let (member, token, fields) = match member::brief_form(&app, request).await {
        Ok(form) => form,
        Err(response) => return response,
    };
    let text = answer::context(&app, PATH, true).text;
    let refused = async |status, field: &str, said: String| {
        page(&app, &member, &token, status, vec![(field.to_owned(), said)], None).await
    };
    let new = forms::value(&fields, "new");
    if let Some(problem) = refuse_password(new) {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "new", text.say(problem)).await;
    }
    match sign_in(&app, &member.email, forms::value(&fields, "current"), address).await {
        Ok(Try::Member(id)) if id == member.id => {}
        Ok(Try::Wait(wait)) => {
            let seconds = i64::try_from(wait.as_secs() + 1).unwrap_or(60);
            let said = text.with("sign-in-wait", &[("seconds", seconds.into())]);
            return refused(StatusCode::TOO_MANY_REQUESTS, "current", said).await;
        }
        Ok(_) => {
            let said = text.say("account-wrong-password");
            return refused(StatusCode::UNPROCESSABLE_ENTITY, "current", said).await;
        }
        Err(error) => return answer::refusal(&app, &error),
    }
    let kept = match hash_in_turn(&app, new).await {
        Ok(hash) => app.store().change_password(&member, &hash, &token, app.now()).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(()) => answer::see_other(&format!("{PATH}?done=password")),
        Err(error) => answer::refusal(&app, &error),
    }
}

async fn page(
    app: &App,
    member: &Member,
    token: &str,
    status: StatusCode,
    errors: Vec<(String, String)>,
    done: Option<String>,
) -> Response {
    let read = async {
        let sessions = app.store().sessions(member, token, app.times(), app.now()).await?;
        Ok::<_, StoreError>((sessions, app.store().managers(member).await?))
    };
    match read.await {
        Ok((sessions, managers)) => {
            let shown = Account { member: member.clone(), sessions, managers, errors, done };
            answer::page(status, app::desk::account(&answer::context(app, PATH, true), shown), Policy::Desk)
        }
        Err(error) => answer::refusal(app, &error),
    }
}
