//! Public pages. Each is loaded as of the edition asked for, rendered once, and kept as bytes ready to send.

use std::sync::Arc;

use app::context::PageContext;
use app::pages::error::{self, ErrorPage};
use app::pages::incident::IncidentPage;
use app::pages::{self, LoadError, NotFound};
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, LOCATION,
    VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Problem;
use domain::country::CountryCode;
use domain::incident::is_reference;
use store::record::{IncidentAnswer, Record};
use text::{Language, Text};

use crate::cache::{Key, Ready};
use crate::http::coding;
use crate::http::headers::{Headers, Policy};
use crate::http::language::Prefix;
use crate::public_query::{BadQuery, PublicQuery};
use crate::state::App;

const HTML: &str = "text/html; charset=utf-8";

/// What every public handler looks at.
pub(super) struct Asked {
    pub(super) headers: HeaderMap,
    pub(super) language: Language,
    pub(super) query: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self {
            headers: parts.headers.clone(),
            language: parts.extensions.get::<Prefix>().map_or(Language::English, |prefix| prefix.0),
            query: parts.uri.query().map(str::to_owned),
        })
    }
}

/// An answer before it is made ready.
pub(super) struct Made {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Made {
    pub(super) fn html(html: String) -> Self {
        Self { status: 200, content_type: HTML, body: html.into_bytes(), headers: Vec::new() }
    }
}

/// Why there is no such answer, as its page says.
pub(super) struct NoAnswer(pub(super) ErrorPage);

impl From<LoadError> for NoAnswer {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::NotFound(not_found) => Self(ErrorPage::NotFound(not_found)),
            LoadError::Store(error) => error.into(),
        }
    }
}

impl From<store::StoreError> for NoAnswer {
    fn from(error: store::StoreError) -> Self {
        tracing::error!(%error, "a page failed");
        Self(ErrorPage::Internal)
    }
}

/// Answers a public address: from the cache, or made now and kept. `known` are the parameters that it knows beside
/// `edition`; every other one is passed over.
pub(super) async fn answer<M>(
    app: App,
    asked: Asked,
    path: &str,
    known: &[&str],
    policy: Policy,
    make: M,
) -> Response
where
    M: AsyncFnOnce(&Record, &PageContext, &PublicQuery) -> Result<Made, NoAnswer>,
{
    let known: Vec<&str> = known.iter().copied().chain(["edition"]).collect();
    let query = match PublicQuery::parse(asked.query.as_deref(), &known) {
        Ok(query) => query,
        Err(bad) => return bad_query(&app, path, bad),
    };
    let (head, today) = (app.head(), app.today());
    let edition = match query.edition() {
        Ok(edition) => edition,
        Err(bad) => return bad_query(&app, path, bad),
    };
    let prefix = if asked.language == Language::English { "" } else { asked.language.code() };
    let key = Key {
        address: format!("{prefix}{path}{}", query.canonical()),
        edition: edition.unwrap_or(head.edition),
        head: head.edition,
        withdrawals: head.withdrawals,
        day: today,
    };
    // That a language is not ready is said by a page, whatever was asked for.
    let policy = if asked.language.is_complete() { policy } else { of_a_page(policy) };
    if let Some(ready) = app.cache().get(&key) {
        return send(&asked.headers, &ready, policy);
    }
    let record = match edition {
        None => app.live_at(head, today),
        Some(number) => match app.store().as_of(head, number).await {
            Ok(Some(record)) if number >= 1 && number <= head.edition => record,
            Ok(_) => return error_page(&app, path, &ErrorPage::NoSuchEdition, policy),
            Err(error) => return no_answer(&app, path, error.into(), policy),
        },
    };
    let context = PageContext {
        text: Text::new(Language::English),
        public_url: app.public_url().to_owned(),
        today: record.day(),
        edition: record.edition(),
        head: head.edition,
        is_live: edition.is_none(),
        path: format!("{path}{}", query.canonical()),
        css: crate::assets::manifest().css.clone(),
        signed_in: false,
        operator: app.operator(),
        read_only: false,
    };
    if !asked.language.is_complete() {
        let html = error::language_not_available(asked.language, &context);
        let made = Made { status: 404, ..Made::html(html) };
        return keep(&app, asked, key, made, policy);
    }
    match make(&record, &context, &query).await {
        Ok(made) => keep(&app, asked, key, made, policy),
        Err(no) => no_answer(&app, path, no, policy),
    }
}

/// What is asked for most, at once: a page that is kept, by its plain address (English, without a query), before any
/// route is matched. The same bytes and headers as by the long way.
pub(super) fn kept(app: &App, request: &Request, table: &Headers) -> Option<Response> {
    if request.method() != Method::GET || request.uri().query().is_some() {
        return None;
    }
    let head = app.head();
    let key = Key {
        address: request.uri().path().to_owned(),
        edition: head.edition,
        head: head.edition,
        withdrawals: head.withdrawals,
        day: app.today(),
    };
    let ready = app.cache().get(&key)?;
    let mut response = send(request.headers(), &ready, ready.policy);
    table.put(ready.policy, response.headers_mut());
    Some(response)
}

fn keep(app: &App, asked: Asked, key: Key, made: Made, policy: Policy) -> Response {
    let mut ready = Ready::new(made.status, made.content_type, made.body, app.cache().is_on());
    ready.headers = made.headers;
    ready.policy = policy;
    let ready = Arc::new(ready);
    app.cache().put(key, ready.clone());
    send(&asked.headers, &ready, policy)
}

/// Sends bytes that are ready: 304 where the browser has them, else in the best coding it takes.
pub(super) fn send(headers: &HeaderMap, ready: &Ready, policy: Policy) -> Response {
    let etag = HeaderValue::from_str(&ready.etag).unwrap_or(HeaderValue::from_static("\"\""));
    let has_it = headers
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|tag| tag.trim().trim_start_matches("W/") == ready.etag));
    let mut response = if has_it && ready.status == 200 {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let takes = |coding: &str| coding::takes(headers, coding);
        let (body, coding) = match (&ready.brotli, &ready.gzip) {
            (Some(body), _) if takes("br") => (body.clone(), Some("br")),
            (_, Some(body)) if takes("gzip") => (body.clone(), Some("gzip")),
            _ => (ready.plain.clone(), None),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(ready.status).unwrap_or(StatusCode::OK);
        if let Some(coding) = coding {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(ready.content_type));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(ETAG, etag);
    out.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60, must-revalidate"));
    for (name, value) in &ready.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(HeaderName::from_static(name), value);
        }
    }
    response.extensions_mut().insert(policy);
    response
}

fn bad_query(app: &App, path: &str, bad: BadQuery) -> Response {
    let key = match bad {
        BadQuery::TooLong => "bad-query-too-long",
        BadQuery::NotAnEdition => "bad-query-not-an-edition",
    };
    let said = Text::new(Language::English).say(key);
    error_page(app, path, &ErrorPage::BadRequest(said), Policy::Public)
}

fn no_answer(app: &App, path: &str, NoAnswer(page): NoAnswer, policy: Policy) -> Response {
    error_page(app, path, &page, policy)
}

/// Another address is the right one: `path` without language prefix; prefix and query stay. It is answered before
/// the cache is asked, which knows the right address only.
pub(super) fn moved(app: &App, asked: &Asked, path: &str) -> Response {
    let prefix = match asked.language {
        Language::English => String::new(),
        other => format!("/{}", other.code()),
    };
    let query = asked.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    match HeaderValue::from_str(&format!("{prefix}{path}{query}")) {
        Ok(location) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, location)]).into_response(),
        Err(_) => error_page(app, path, &ErrorPage::NotFound(NotFound::default()), Policy::Public),
    }
}

/// An error is a page whatever was asked for; a picture's policy would leave it without its styles.
fn of_a_page(policy: Policy) -> Policy {
    if policy == Policy::Open { Policy::Public } else { policy }
}

/// An error's page; nobody keeps it.
pub(super) fn error_page(app: &App, path: &str, page: &ErrorPage, policy: Policy) -> Response {
    let head = app.head();
    let context = PageContext {
        text: Text::new(Language::English),
        public_url: app.public_url().to_owned(),
        today: app.today(),
        edition: head.edition,
        head: head.edition,
        is_live: true,
        path: path.to_owned(),
        css: crate::assets::manifest().css.clone(),
        signed_in: false,
        operator: app.operator(),
        read_only: false,
    };
    let status = StatusCode::from_u16(page.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, error::render(page, &context)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(HTML));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response.extensions_mut().insert(of_a_page(policy));
    response
}

/// The page for what does not exist, at the desk too.
pub(super) fn not_found_page(app: &App, policy: Policy) -> Response {
    error_page(app, "/", &ErrorPage::NotFound(NotFound::default()), policy)
}

pub(super) async fn not_found(State(app): State<App>) -> Response {
    not_found_page(&app, Policy::Public)
}

pub(super) async fn method_not_allowed(State(app): State<App>) -> Response {
    error_page(&app, "/", &ErrorPage::MethodNotAllowed, Policy::Public)
}

// ---- the pages -------------------------------------------------------------------------------------------------

/// A page that is loaded from the record and rendered.
macro_rules! page {
    ($name:ident, $path:literal, $module:ident) => {
        pub(super) async fn $name(State(app): State<App>, asked: Asked) -> Response {
            answer(app, asked, $path, &[], Policy::Public, async |record, context, _| {
                let page = pages::$module::load(record, context).await?;
                Ok(Made::html(pages::$module::render(&page, context)))
            })
            .await
        }
    };
}

/// A page that is text only.
macro_rules! text_page {
    ($name:ident, $path:literal) => {
        pub(super) async fn $name(State(app): State<App>, asked: Asked) -> Response {
            let make = async |_: &Record, context: &PageContext, _: &PublicQuery| {
                Ok(Made::html(pages::$name::render(context)))
            };
            answer(app, Asked { query: None, ..asked }, $path, &[], Policy::Public, make).await
        }
    };
}

page!(home, "/", home);
page!(treaties, "/treaties", treaties);
page!(indicators, "/indicators", indicators);
page!(methodology, "/methodology", methodology);
text_page!(safety, "/safety");
text_page!(privacy, "/privacy");
text_page!(about, "/about");

pub(super) async fn countries(State(app): State<App>, asked: Asked) -> Response {
    answer(app, asked, "/countries", &["find"], Policy::Public, async |record, context, query| {
        let page = pages::countries::load(record, context, query.get("find").unwrap_or_default()).await?;
        Ok(Made::html(pages::countries::render(&page, context)))
    })
    .await
}

pub(super) async fn country(State(app): State<App>, Path(typed): Path<String>, asked: Asked) -> Response {
    let known = app.gazetteer().await;
    let found = match &known {
        Ok(countries) => countries.find(&typed),
        Err(_) => return error_page(&app, "/countries", &ErrorPage::Internal, Policy::Public),
    };
    let path =
        format!("/countries/{}", found.as_ref().map_or_else(|_| typed.to_lowercase(), CountryCode::slug));
    if found.as_ref().is_ok_and(|code| code.slug() != typed) {
        return moved(&app, &asked, &path);
    }
    answer(app, asked, &path, &[], Policy::Public, async |record, context, _| {
        let code = match found {
            Ok(code) => code,
            Err(Problem::UnknownCountry { near, .. }) => {
                let countries = known.as_ref().ok();
                let near = near
                    .into_iter()
                    .filter_map(|name| {
                        let code = countries?.find(&name).ok()?;
                        Some((name, format!("/countries/{}", code.slug())))
                    })
                    .collect();
                return Err(NoAnswer(ErrorPage::NotFound(NotFound { near })));
            }
            Err(_) => return Err(NoAnswer(ErrorPage::NotFound(NotFound::default()))),
        };
        let page = pages::country::load(record, context, code).await?;
        Ok(Made::html(pages::country::render(&page, context)))
    })
    .await
}

pub(super) async fn treaty(State(app): State<App>, Path(slug): Path<String>, asked: Asked) -> Response {
    let path = format!("/treaties/{}", slug.to_lowercase());
    if slug.to_lowercase() != slug && slug.to_lowercase().parse::<domain::treaty::TreatySlug>().is_ok() {
        return moved(&app, &asked, &path);
    }
    answer(app, asked, &path, &[], Policy::Public, async |record, context, _| {
        let page = pages::treaty::load(record, context, &slug).await?;
        Ok(Made::html(pages::treaty::render(&page, context)))
    })
    .await
}

pub(super) async fn incidents(State(app): State<App>, asked: Asked) -> Response {
    const KNOWN: &[&str] = &["country", "kind", "bearing", "year", "treaty", "after"];
    answer(app, asked, "/incidents", KNOWN, Policy::Public, async |record, context, query| {
        let asked = pages::incidents::Asked::of(query.pairs());
        let page = pages::incidents::load(record, context, asked).await?;
        Ok(Made::html(pages::incidents::render(&page, context)))
    })
    .await
}

pub(super) async fn incident(State(app): State<App>, Path(typed): Path<String>, asked: Asked) -> Response {
    let reference = typed.to_uppercase();
    let path = format!("/incidents/{reference}");
    if reference != typed && is_reference(&reference) {
        return moved(&app, &asked, &path);
    }
    answer(app, asked, &path, &[], Policy::Public, async |record, context, _| {
        let page = pages::incident::load(record, context, &reference).await?;
        let status = if matches!(page, IncidentPage::Erased(_)) { 410 } else { 200 };
        Ok(Made { status, ..Made::html(pages::incident::render(&page, context)) })
    })
    .await
}

/// The stored bytes that the content hash is of.
pub(super) async fn incident_record(
    State(app): State<App>,
    Path(typed): Path<String>,
    asked: Asked,
) -> Response {
    let reference = typed.to_uppercase();
    let path = format!("/incidents/{reference}/record.json");
    if reference != typed && is_reference(&reference) {
        return moved(&app, &asked, &path);
    }
    answer(app, asked, &path, &[], Policy::Open, async |record, _, _| {
        let json = |status, value: serde_json::Value| Made {
            status,
            content_type: "application/json",
            body: value.to_string().into_bytes(),
            headers: Vec::new(),
        };
        match record.incident(&reference).await? {
            Some(IncidentAnswer::Published(public)) => Ok(Made {
                status: 200,
                content_type: "application/json",
                headers: [("x-content-hash", public.content_hash)]
                    .into_iter()
                    // A mark beside the content, whose bytes do not change for it.
                    .chain(public.dispute.map(|it| ("x-disputed-since", it.edition_from.to_string())))
                    .collect(),
                body: public.json.into_bytes(),
            }),
            Some(IncidentAnswer::Retracted(retracted)) => Ok(json(
                200,
                serde_json::json!({"reference": reference, "state": "retracted", "reason": retracted.reason, "content": null}),
            )),
            Some(IncidentAnswer::Withheld) => {
                Ok(json(200, serde_json::json!({"reference": reference, "state": "withheld", "content": null})))
            }
            Some(IncidentAnswer::Erased) => {
                Ok(json(410, serde_json::json!({"reference": reference, "state": "erased", "content": null})))
            }
            None => Err(NoAnswer(ErrorPage::NotFound(NotFound::default()))),
        }
    })
    .await
}

/// The copy of a picture that is shown as evidence.
pub(super) async fn evidence_copy(
    State(app): State<App>,
    Path((reference, file)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    evidence(app, reference, file, "", asked).await
}

/// A small one.
pub(super) async fn evidence_thumbnail(
    State(app): State<App>,
    Path((reference, file)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    evidence(app, reference, file, "/thumbnail", asked).await
}

async fn evidence(app: App, typed: String, file: String, small: &'static str, asked: Asked) -> Response {
    let reference = typed.to_uppercase();
    let path = format!("/incidents/{reference}/evidence/{file}{small}");
    if reference != typed && is_reference(&reference) {
        return moved(&app, &asked, &path);
    }
    answer(app, asked, &path, &[], Policy::Public, async |record, _, _| {
        match record.evidence_copy(&reference, &file, !small.is_empty()).await? {
            Some((media_type, body)) => Ok(Made {
                status: 200,
                content_type: if media_type == "image/png" { "image/png" } else { "image/jpeg" },
                body,
                headers: Vec::new(),
            }),
            None => Err(NoAnswer(ErrorPage::NotFound(NotFound::default()))),
        }
    })
    .await
}

pub(super) async fn indicator(State(app): State<App>, Path(code): Path<String>, asked: Asked) -> Response {
    let path = format!("/indicators/{}", code.to_lowercase());
    let is_code = code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    if code.to_lowercase() != code && is_code {
        return moved(&app, &asked, &path);
    }
    let countries = app.gazetteer().await;
    answer(app, asked, &path, &["country"], Policy::Public, async |record, context, query| {
        let chosen =
            query.all("country").into_iter().filter_map(|typed| countries.as_ref().ok()?.find(typed).ok());
        let page = pages::indicator::load(record, context, &code, chosen.take(20).collect()).await?;
        Ok(Made::html(pages::indicator::render(&page, context)))
    })
    .await
}

pub(super) async fn changes(State(app): State<App>, asked: Asked) -> Response {
    answer(app, asked, "/changes", &["before"], Policy::Public, async |record, context, query| {
        let before = query.get("before").and_then(|text| text.parse().ok());
        let page = pages::changes::load(record, context, before).await?;
        Ok(Made::html(pages::changes::render(&page, context)))
    })
    .await
}
