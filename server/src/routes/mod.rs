//! Every route in one list, and the application that serves them.

mod assets;
mod charts;
mod desk;
mod health;
mod pages;
mod replies;
mod security_txt;
mod transparency;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use tower::ServiceExt;

use crate::http::headers::{self, Headers};
use crate::http::{coding, language, origin, read_only};
use crate::state::App;

pub(crate) use desk::answer as desk_answer;

/// Every route and what it is for: what docs/routes.md must name.
pub const ROUTES: &[(&str, &str)] = &[
    ("GET", "/"),
    ("GET", "/countries"),
    ("GET", "/countries/{country}"),
    ("GET", "/treaties"),
    ("GET", "/treaties/{slug}"),
    ("GET", "/incidents"),
    ("GET", "/incidents/{reference}"),
    ("GET", "/incidents/{reference}/record.json"),
    ("GET", "/incidents/{reference}/evidence/{file}"),
    ("GET", "/incidents/{reference}/evidence/{file}/thumbnail"),
    ("GET", "/incidents/{reference}/reply"),
    ("POST", "/incidents/{reference}/reply"),
    ("GET", "/incidents/{reference}/replies.json"),
    ("GET", "/replies/{token}"),
    ("GET", "/indicators"),
    ("GET", "/indicators/{code}"),
    ("GET", "/changes"),
    ("GET", "/methodology"),
    ("GET", "/safety"),
    ("GET", "/privacy"),
    ("GET", "/about"),
    ("GET", "/transparency"),
    ("GET", "/transparency/checkpoint"),
    ("GET", "/.well-known/security.txt"),
    ("GET", "/charts/{file}"),
    ("GET", "/assets/{file}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/code"),
    ("POST", "/sign-in/code"),
    ("POST", "/sign-out"),
    ("GET", "/desk"),
    ("GET", "/desk/hide"),
    ("POST", "/desk/hide"),
    ("GET", "/desk/account"),
    ("POST", "/desk/account/sessions"),
    ("POST", "/desk/account/password"),
    ("GET", "/desk/account/second-factor"),
    ("POST", "/desk/account/second-factor"),
    ("GET", "/desk/members"),
    ("POST", "/desk/members/invite"),
    ("POST", "/desk/members/withdraw"),
    ("POST", "/desk/members/{id}/role"),
    ("POST", "/desk/members/{id}/disable"),
    ("POST", "/desk/members/{id}/enable"),
    ("POST", "/desk/members/{id}/recover"),
    ("GET", "/desk/organisations"),
    ("POST", "/desk/organisations"),
    ("POST", "/desk/organisations/{id}/invite"),
    ("GET", "/desk/record"),
    ("GET", "/desk/record/unchecked"),
    ("POST", "/desk/record/unchecked"),
    ("GET", "/desk/record/proposals"),
    ("POST", "/desk/record/proposals/{id}"),
    ("GET", "/desk/record/new/{kind}"),
    ("GET", "/desk/record/{kind}"),
    ("POST", "/desk/record/{kind}"),
    ("GET", "/desk/record/{kind}/{*fact}"),
    ("POST", "/desk/record/{kind}/{*fact}"),
    ("GET", "/invitations/{token}"),
    ("POST", "/invitations/{token}"),
    ("GET", "/desk/partners"),
    ("POST", "/desk/partners"),
    ("GET", "/desk/replies/{reply}"),
    ("POST", "/desk/replies/{reply}"),
    ("GET", "/desk/cases"),
    ("POST", "/desk/cases"),
    ("GET", "/desk/cases/{id}"),
    ("POST", "/desk/cases/{id}"),
    ("POST", "/desk/cases/{id}/autosave"),
    ("GET", "/desk/cases/{id}/analysis"),
    ("POST", "/desk/cases/{id}/analysis"),
    ("POST", "/desk/cases/{id}/analysis/autosave"),
    ("GET", "/desk/cases/{id}/review"),
    ("POST", "/desk/cases/{id}/verify"),
    ("POST", "/desk/cases/{id}/publish"),
    ("POST", "/desk/cases/{id}/request-changes"),
    ("POST", "/desk/cases/{id}/correct"),
    ("POST", "/desk/cases/{id}/retract"),
    ("POST", "/desk/cases/{id}/hide"),
    ("POST", "/desk/cases/{id}/restore"),
    ("POST", "/desk/cases/{id}/partner"),
    ("POST", "/desk/cases/{id}/schedule"),
    ("POST", "/desk/cases/{id}/unschedule"),
    ("POST", "/desk/cases/{id}/dispute"),
    ("POST", "/desk/cases/{id}/lift-dispute"),
    ("POST", "/desk/cases/{id}/comments"),
    ("GET", "/desk/cases/{id}/withdrawals"),
    ("POST", "/desk/cases/{id}/withdrawals"),
    ("POST", "/desk/cases/{id}/hand-over"),
    ("POST", "/desk/cases/{id}/share-notes"),
    ("GET", "/desk/cases/{id}/evidence"),
    ("POST", "/desk/cases/{id}/evidence"),
    ("POST", "/desk/cases/{id}/evidence/{file}"),
    ("GET", "/desk/cases/{id}/evidence/{file}/copy"),
    ("GET", "/desk/cases/{id}/evidence/{file}/thumbnail"),
    ("POST", "/desk/cases/{id}/export"),
    ("GET", "/desk/cases/{id}/blur"),
    ("POST", "/desk/cases/{id}/blur"),
    ("GET", "/desk/cases/{id}/sealed"),
    ("POST", "/desk/cases/{id}/sealed"),
];

/// The whole application.
pub fn router(app: App) -> Router {
    let manifest = crate::assets::manifest();
    let script = manifest.js.as_ref().zip(manifest.wasm.as_ref()).map(|(js, wasm)| {
        app::render::start_script_hash(&format!("/assets/{js}"), &format!("/assets/{wasm}"))
    });
    let headers = Headers::new(script, app.public_url().starts_with("https://"));
    let mut pages = Router::new()
        .route("/", get(pages::home))
        .route("/countries", get(pages::countries))
        .route("/countries/{country}", get(pages::country))
        .route("/treaties", get(pages::treaties))
        .route("/treaties/{slug}", get(pages::treaty))
        .route("/incidents", get(pages::incidents))
        .route("/incidents/{reference}", get(pages::incident))
        .route("/incidents/{reference}/record.json", get(pages::incident_record))
        .route("/incidents/{reference}/evidence/{file}", get(pages::evidence_copy))
        .route("/incidents/{reference}/evidence/{file}/thumbnail", get(pages::evidence_thumbnail))
        .route("/incidents/{reference}/reply", get(replies::form).post(replies::send))
        .route("/incidents/{reference}/replies.json", get(replies::record))
        .route("/replies/{token}", get(replies::receipt))
        .route("/indicators", get(pages::indicators))
        .route("/indicators/{code}", get(pages::indicator))
        .route("/changes", get(pages::changes))
        .route("/methodology", get(pages::methodology))
        .route("/safety", get(pages::safety))
        .route("/privacy", get(pages::privacy))
        .route("/about", get(pages::about))
        .route("/transparency", get(transparency::page))
        .route("/transparency/checkpoint", get(transparency::checkpoint))
        .route("/.well-known/security.txt", get(security_txt::security_txt))
        .route("/charts/{file}", get(charts::chart))
        .route("/assets/{file}", get(assets::asset))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/sign-in", get(desk::sign_in_page).post(desk::sign_in))
        .route("/sign-in/code", get(desk::code_page).post(desk::code))
        .route("/sign-out", post(desk::sign_out))
        .route("/desk", get(desk::queue))
        .route("/desk/hide", get(desk::hide_page).post(desk::hide))
        .route("/desk/account", get(desk::account))
        .route("/desk/account/sessions", post(desk::end_sessions))
        .route("/desk/account/password", post(desk::change_password))
        .route("/desk/account/second-factor", get(desk::second_factor).post(desk::change_second_factor))
        .route("/desk/members", get(desk::members))
        .route("/desk/members/invite", post(desk::invite))
        .route("/desk/members/withdraw", post(desk::withdraw))
        .route("/desk/members/{id}/role", post(desk::set_role))
        .route("/desk/members/{id}/disable", post(desk::disable))
        .route("/desk/members/{id}/enable", post(desk::enable))
        .route("/desk/members/{id}/recover", post(desk::recover))
        .route("/desk/organisations", get(desk::organisations).post(desk::add_organisation))
        .route("/desk/organisations/{id}/invite", post(desk::invite_manager))
        .route("/desk/record", get(desk::record))
        .route("/desk/record/unchecked", get(desk::unchecked).post(desk::change_record))
        .route("/desk/record/proposals", get(desk::proposals))
        .route("/desk/record/proposals/{id}", post(desk::change_record))
        .route("/desk/record/new/{kind}", get(desk::new_fact))
        .route("/desk/record/{kind}", get(desk::facts).post(desk::change_record))
        .route("/desk/record/{kind}/{*fact}", get(desk::fact).post(desk::change_record))
        .route("/invitations/{token}", get(desk::invitation).post(desk::accept))
        .route("/desk/partners", get(desk::partners).post(desk::change_partners))
        .route("/desk/cases/{id}/partner", post(desk::hand_to_partner))
        .route("/desk/replies/{reply}", get(desk::reply_page).post(desk::reply))
        .route("/desk/cases", get(desk::cases).post(desk::new_case))
        .route("/desk/cases/{id}", get(desk::case_form).post(desk::save).layer(from_fn(coding::layer)))
        .route("/desk/cases/{id}/autosave", post(desk::autosave))
        .route(
            "/desk/cases/{id}/analysis",
            get(desk::analysis).post(desk::save_analysis).layer(from_fn(coding::layer)),
        )
        .route("/desk/cases/{id}/analysis/autosave", post(desk::autosave_analysis))
        .route("/desk/cases/{id}/review", get(desk::review))
        .route(
            "/desk/cases/{id}/evidence",
            // Files stream through: their size is counted where they are taken in.
            get(desk::evidence).post(desk::add_evidence).layer(DefaultBodyLimit::disable()),
        )
        .route("/desk/cases/{id}/evidence/{file}", post(desk::change_evidence))
        .route("/desk/cases/{id}/evidence/{file}/copy", get(desk::evidence_copy))
        .route("/desk/cases/{id}/evidence/{file}/thumbnail", get(desk::evidence_thumbnail))
        .route("/desk/cases/{id}/export", post(desk::export))
        .route("/desk/cases/{id}/comments", post(desk::comments))
        .route("/desk/cases/{id}/withdrawals", get(desk::withdrawals).post(desk::change_withdrawals))
        .route("/desk/cases/{id}/blur", get(desk::blur_page).post(desk::blur))
        .route("/desk/cases/{id}/sealed", get(desk::sealed_page).post(desk::sealed));
    for step in desk::STEPS {
        pages = pages.route(&format!("/desk/cases/{{id}}/{step}"), post(desk::step));
    }
    for act in desk::HANDING {
        pages = pages.route(&format!("/desk/cases/{{id}}/{act}"), post(desk::hand));
    }
    for name in crate::assets::public_names() {
        pages = pages.route(&format!("/{name}"), get(assets::public_file));
    }
    let inner = pages
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::method_not_allowed)
        .layer(from_fn_with_state(app.clone(), read_only::layer))
        .layer(from_fn_with_state(app.clone(), origin::layer))
        .layer(from_fn_with_state(headers.clone(), headers::layer))
        .with_state(app.clone());
    // The prefix is taken off before routes are matched, so it has to stand outside of them.
    Router::new()
        .fallback_service(tower::service_fn(move |request: Request| {
            let (app, headers, inner) = (app.clone(), headers.clone(), inner.clone());
            async move {
                match pages::kept(&app, &request, &headers) {
                    Some(response) => Ok(response),
                    None => inner.oneshot(language::take_off(request)).await,
                }
            }
        }))
        .layer(from_fn(head_has_no_body))
}

/// HEAD answers as GET does, without the body.
async fn head_has_no_body(request: Request, next: axum::middleware::Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    let response = next.run(request).await;
    if is_head {
        let (parts, _) = response.into_parts();
        return Response::from_parts(parts, axum::body::Body::empty());
    }
    response
}
