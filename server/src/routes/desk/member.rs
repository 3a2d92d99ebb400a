//! Who asks: the member of the session, read from the database at every request.

use axum::http::HeaderMap;
use axum::response::Response;
use store::desk::Member;

use super::{answer, session};
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

/// The form was made for this member: somebody else may have signed in since in the same browser. A form that does
/// not say is not refused for it.
pub(super) fn is_theirs(member: &Member, fields: &[(String, String)]) -> bool {
    let made_for = forms::value(fields, "member");
    made_for.is_empty() || made_for == member.id
}

/// The member who signed in; others are sent to the sign-in.
pub(super) async fn required(app: &App, headers: &HeaderMap) -> Result<Member, Response> {
    member(app, headers).await?.ok_or_else(|| answer::see_other(session::SIGN_IN))
}
