//! The second factor: the code at sign-in, and setting it up, renewing and dropping it on the member's own page.

use app::desk::{Replay, SecondFactorPage, Shown};
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use store::StoreError;
use store::desk::Member;

use super::{answer, member, session};
use crate::http::headers::Policy;
use crate::http::{cookies, forms};
use crate::state::App;

/// Where a member sets it up.
pub(super) const PATH: &str = "/desk/account/second-factor";
const CODE: &str = "/sign-in/code";

/// Asks who proved their password for a code.
pub(super) async fn ask(app: &App, id: &str, headers: &HeaderMap, replay: Option<Replay>) -> Response {
    if let Err(response) = session::end_before(app, headers).await {
        return response;
    }
    match app.store().begin_waiting_for_code(id, app.now()).await {
        Ok(token) => {
            let mut response = code_form(app, StatusCode::OK, None, replay);
            session::set_cookie(&mut response, &cookies::set(&token));
            response
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// The form for the code; who owes none is sent to where they belong.
pub(crate) async fn code_page(State(app): State<App>, headers: HeaderMap) -> Response {
    match waiting(&app, &headers).await {
        Ok(Some(_)) => code_form(&app, StatusCode::OK, None, None),
        Ok(None) => answer::see_other(session::SIGN_IN),
        Err(response) => response,
    }
}

/// Signs in who proves the second factor.
pub(crate) async fn code(State(app): State<App>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let fields = match forms::fields(&parts.headers, body).await {
        Ok(fields) => fields,
        Err(status) => return answer::bad_body(&app, status),
    };
    let replay = session::replay(&fields);
    let id = match waiting(&app, &parts.headers).await {
        Ok(Some(id)) => id,
        // The time for the code is over: the password is asked for again, and what is carried goes on.
        Ok(None) => return session::again(&app, replay),
        Err(response) => return response,
    };
    match prove(&app, &id, forms::value(&fields, "code")).await {
        Ok(None) => session::begin(&app, &id, &parts.headers, replay).await,
        Ok(Some(refused)) => refused.with(|said, status| code_form(&app, status, Some(said), replay)),
        Err(error) => answer::refusal(&app, &error),
    }
}

/// The member's own page for it.
pub(crate) async fn page(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match member::signed_in(&app, &headers).await {
        Ok(member) => {
            let done = answer::done(answer::context(&app, PATH, true).text, uri.query());
            show(&app, &member, StatusCode::OK, None, Vec::new(), done).await
        }
        Err(response) => response,
    }
}

/// Begins, confirms, renews the recovery codes, or drops it.
pub(crate) async fn change(State(app): State<App>, request: Request) -> Response {
    let (member, _, fields) = match member::own_form(&app, request).await {
        Ok(form) => form,
        Err(response) => return response,
    };
    let what = forms::value(&fields, "do");
    // Each form's field has a name of its own on the page.
    let name = format!("code.{what}");
    let code = forms::value(&fields, &name);
    if let Err(wait) = app.limits().check_code(&member.id, code) {
        let refused = Refused::wait(&app, wait);
        let errors = vec![(name, refused.said.clone())];
        let response = show(&app, &member, refused.status, None, errors, None).await;
        return refused.with(|_, _| response);
    }
    let (store, key, now) = (app.store(), app.key(), app.now());
    let done = match what {
        "begin" => store.begin_second_factor(&member, code, key, now).await.map(|fits| fits.then_some(None)),
        "confirm" => store.confirm_second_factor(&member, code, key, now).await.map(|codes| codes.map(Some)),
        "codes" => store.renew_recovery_codes(&member, code, key, now).await.map(|codes| codes.map(Some)),
        "drop" => store.drop_second_factor(&member, code, key, now).await.map(|fits| fits.then_some(None)),
        _ => Err(StoreError::NotFound),
    };
    match done {
        Ok(Some(Some(codes))) => {
            // Where the factor was set up just now, the member's rights are read anew.
            let member = Member { has_second_factor: true, ..member };
            show(&app, &member, StatusCode::OK, Some(codes), Vec::new(), None).await
        }
        Ok(Some(None)) => answer::see_other(PATH),
        Ok(None) => {
            let said = answer::context(&app, PATH, true).text.say("second-factor-wrong-code");
            show(&app, &member, StatusCode::UNPROCESSABLE_ENTITY, None, vec![(name, said)], None).await
        }
        Err(error) => answer::refusal(&app, &error),
    }
}

/// Why a code did not open.
struct Refused {
    status: StatusCode,
    said: String,
    seconds: Option<u64>,
}

impl Refused {
    fn wait(app: &App, wait: std::time::Duration) -> Self {
        let seconds = wait.as_secs() + 1;
        let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(60);
        let text = answer::context(app, CODE, false).text;
        let said = text.with("second-factor-wait", &[("minutes", minutes.into())]);
        Self { status: StatusCode::TOO_MANY_REQUESTS, said, seconds: Some(seconds) }
    }

    fn with(self, page: impl FnOnce(String, StatusCode) -> Response) -> Response {
        let mut response = page(self.said, self.status);
        if let Some(seconds) = self.seconds {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// `None` where the code proves the second factor.
async fn prove(app: &App, id: &str, code: &str) -> Result<Option<Refused>, StoreError> {
    if let Err(wait) = app.limits().check_code(id, code) {
        return Ok(Some(Refused::wait(app, wait)));
    }
    if app.store().prove_second_factor(id, code, app.key(), app.now()).await? {
        return Ok(None);
    }
    let said = answer::context(app, CODE, false).text.say("second-factor-wrong-code");
    Ok(Some(Refused { status: StatusCode::UNPROCESSABLE_ENTITY, said, seconds: None }))
}

async fn waiting(app: &App, headers: &HeaderMap) -> Result<Option<String>, Response> {
    if !app.desk_may_open(headers) {
        return Err(session::only_https(app));
    }
    let Some(token) = cookies::token(headers) else { return Ok(None) };
    app.store().waiting_for_code(&token, app.now()).await.map_err(|e| answer::refusal(app, &e))
}

fn code_form(app: &App, status: StatusCode, error: Option<String>, replay: Option<Replay>) -> Response {
    let context = answer::context(app, session::SIGN_IN, false);
    answer::page(status, app::desk::sign_in_code(&context, error, replay), Policy::Desk)
}

async fn show(
    app: &App,
    member: &Member,
    status: StatusCode,
    codes: Option<Vec<String>>,
    errors: Vec<(String, String)>,
    done: Option<String>,
) -> Response {
    let read = async {
        let standing = app.store().second_factor(&member.id).await?;
        Ok::<_, StoreError>((standing, app.store().second_factor_setup(member, app.key()).await?))
    };
    let shown = match (read.await, codes) {
        (Err(error), _) => return answer::refusal(app, &error),
        (Ok((standing, _)), Some(codes)) => (standing, Shown::Codes(codes)),
        (Ok((standing, Some(setup))), None) => (standing, Shown::Setup(setup)),
        (Ok((standing, None)), None) => (standing, Shown::Standing),
    };
    let (standing, shown) = shown;
    let page = SecondFactorPage { member: member.clone(), standing, shown, errors, done };
    answer::page(status, app::desk::second_factor(&answer::context(app, PATH, true), page), Policy::Desk)
}
