//! Who asks: the member of the session, read from the database at every request.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use store::desk::Member;

use super::{answer, second_factor, session};
use crate::http::{cookies, forms};
use crate::state::App;

/// The member who signed in, or nobody.
pub(super) async fn member(app: &App, headers: &HeaderMap) -> Result<Option<Member>, Response> {
    if !app.desk_may_open(headers) {
        return Err(session::only_https(app));
    }
    let Some(token) = cookies::token(headers) else { return Ok(None) };
    app.store().session(&token, app.times(), app.now()).await.map_err(|e| answer::refusal(app, &e))
}

/// The member and the fields of a form that was posted to `path`. Where the session ended, the answer is a sign-in
/// that carries the fields; where somebody else signed in since in the same browser, a refusal. A form that does not
/// say for whom it was made is not refused for it.
pub(super) async fn form(
    app: &App,
    request: Request,
    path: &str,
) -> Result<(Member, Vec<(String, String)>), Response> {
    let (parts, body) = request.into_parts();
    let fields = forms::fields(&parts.headers, body).await.map_err(|status| answer::bad_body(app, status))?;
    let Some(member) = member(app, &parts.headers).await?.filter(|member| !member.owes_second_factor())
    else {
        return Err(session::carry(app, path, fields));
    };
    if is_for_another(&member, &fields) {
        return Err(answer::message(app, StatusCode::FORBIDDEN, "other-member"));
    }
    Ok((member, fields))
}

/// The member, the token of their session, and the fields of a form that is not worth keeping past a session (a
/// password must not come back in a page). Where the session ended, the answer sends to the sign-in.
pub(super) async fn brief_form(
    app: &App,
    request: Request,
) -> Result<(Member, String, Vec<(String, String)>), Response> {
    let (member, token, fields) = own_form(app, request).await?;
    if member.owes_second_factor() {
        return Err(answer::see_other(second_factor::PATH));
    }
    Ok((member, token, fields))
}

/// The same for a form of the member's own account, which is open also to who still has to set up a second factor.
pub(super) async fn own_form(
    app: &App,
    request: Request,
) -> Result<(Member, String, Vec<(String, String)>), Response> {
    let (parts, body) = request.into_parts();
    let fields = forms::fields(&parts.headers, body).await.map_err(|status| answer::bad_body(app, status))?;
    let member = signed_in(app, &parts.headers).await?;
    if is_for_another(&member, &fields) {
        return Err(answer::message(app, StatusCode::FORBIDDEN, "other-member"));
    }
    let token = cookies::token(&parts.headers).unwrap_or_default();
    Ok((member, token, fields))
}

/// Whether a form says that it was made for somebody else.
fn is_for_another(member: &Member, fields: &[(String, String)]) -> bool {
    let made_for = forms::value(fields, "member");
    !made_for.is_empty() && made_for != member.id
}

/// The member who signed in; others are sent to the sign-in, and who has to set up a second factor to that.
pub(super) async fn required(app: &App, headers: &HeaderMap) -> Result<Member, Response> {
    let member = signed_in(app, headers).await?;
    if member.owes_second_factor() {
        return Err(answer::see_other(second_factor::PATH));
    }
    Ok(member)
}

/// The same for a page that says what was just done: that too.
pub(super) async fn required_after(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(Member, Option<String>), Response> {
    let member = required(app, headers).await?;
    Ok((member, answer::done(answer::context(app, uri.path(), true).text, uri.query())))
}

/// The member who signed in, also with a second factor still to be set up.
pub(super) async fn signed_in(app: &App, headers: &HeaderMap) -> Result<Member, Response> {
    member(app, headers).await?.ok_or_else(|| answer::see_other(session::SIGN_IN))
}
