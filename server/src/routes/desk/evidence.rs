//! Evidence of a case: taking files in, saying what they show, opening and exporting them. Whatever is written into a
//! custody list is a POST.

use app::desk::{EvidencePage, FileAct};
use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::FieldError;
use domain::evidence::Description;
use serde_json::json;
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::evidence::{NotTaken, Taken, take};
use crate::http::forms;
use crate::http::headers::Policy;
use crate::state::App;

/// The most files of one form.
const MOST_FILES: usize = 100;
/// The most bytes of a form's own fields.
const MOST_FIELD_BYTES: usize = 4 << 10;

/// The page.
pub(crate) async fn evidence(
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

/// Takes files in, one after the other. What is taken stays taken, whatever becomes of the next.
pub(crate) async fn add(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    let wants_json =
        request.headers().get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("json"));
    let member = match member::required(&app, request.headers()).await {
        Ok(member) => member,
        Err(_) if wants_json => {
            return answer::json(StatusCode::UNAUTHORIZED, json!({"error": "signed-out"}));
        }
        Err(response) => return response,
    };
    // Before the first byte is taken.
    if let Err(error) = app.store().may_add_evidence(&member, &id).await {
        return answer::refusal(&app, &error);
    }
    let taken = match receive(&app, &member, &id, request).await {
        Ok(taken) => taken,
        Err(response) => return response,
    };
    let text = answer::context(&app, "/desk", true).text;
    let limit = i64::try_from(app.evidence_limit() >> 20).unwrap_or(i64::MAX);
    let sentence = |file: &Taken| {
        let args = [("name", (&file.name).into()), ("limit", limit.into())];
        file.not_taken.map(|why| text.with(why.key(), &args))
    };
    let refused: Vec<String> = taken.iter().filter_map(sentence).collect();
    let added: Vec<String> =
        taken.iter().filter(|file| file.not_taken.is_none()).map(|file| file.name.clone()).collect();
    let status = if refused.is_empty() && !added.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    if wants_json {
        return answer::json(status, json!({"added": added, "refused": refused}));
    }
    if status == StatusCode::OK {
        return answer::see_other(&format!("/desk/cases/{id}/evidence?done=evidence-added"));
    }
    let refused = if taken.is_empty() { vec![text.say("evidence-no-file")] } else { refused };
    let errors = refused.into_iter().map(|said| ("files".to_owned(), said)).collect();
    page(&app, &member, &id, status, Shown { errors, added, ..Shown::default() }).await
}

/// Reads the form; the order of its parts is that of the page: who, then the files.
async fn receive(app: &App, member: &Member, id: &str, request: Request) -> Result<Vec<Taken>, Response> {
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| answer::bad_body(app, StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
    let mut taken: Vec<Taken> = Vec::new();
    loop {
        let mut field = match parts.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(taken),
            Err(_) if taken.is_empty() => return Err(answer::bad_body(app, StatusCode::BAD_REQUEST)),
            // A broken end does not undo what was taken; it is said.
            Err(_) => {
                taken.push(Taken { name: "…".to_owned(), not_taken: Some(NotTaken::CutOff) });
                return Ok(taken);
            }
        };
        match field.name() {
            Some("files") if taken.len() >= MOST_FILES => {
                return Err(answer::bad_body(app, StatusCode::PAYLOAD_TOO_LARGE));
            }
            // Browsers send an empty part where no file was chosen.
            Some("files") if field.file_name().is_none_or(str::is_empty) => {}
            Some("files") => {
                taken.push(take(app, member, id, field).await.map_err(|e| answer::refusal(app, &e))?);
            }
            Some("member") => {
                let mut made_for = Vec::new();
                while let Ok(Some(piece)) = field.chunk().await {
                    made_for.extend_from_slice(&piece);
                    if made_for.len() > MOST_FIELD_BYTES {
                        return Err(answer::bad_body(app, StatusCode::PAYLOAD_TOO_LARGE));
                    }
                }
                if !made_for.is_empty() && made_for != member.id.as_bytes() {
                    return Err(answer::message(app, StatusCode::FORBIDDEN, "other-member"));
                }
            }
            _ => {}
        }
    }
}

/// Describes, withdraws, removes or opens one file.
pub(crate) async fn change(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
    request: Request,
) -> Response {
    match member::form(&app, request, &format!("/desk/cases/{id}/evidence/{file}")).await {
        Ok((member, fields)) => act(&app, &member, &id, &file, &fields).await,
        Err(response) => response,
    }
}

/// The same, for a member.
pub(super) async fn act(
    app: &App,
    member: &Member,
    id: &str,
    file: &str,
    fields: &[(String, String)],
) -> Response {
    let value = |name: &str| forms::value(fields, &format!("{name}.{file}"));
    let (store, now) = (app.store(), app.now());
    let text = answer::context(app, "/desk", true).text;
    let act = match FileAct::parse(forms::value(fields, "do")) {
        Some(FileAct::Read) => return original(app, member, id, file).await,
        Some(act) => act,
        None => return answer::refusal(app, &StoreError::NotFound),
    };
    let done = match act {
        FileAct::Describe => {
            match Description::parse(value("shows"), value("consent"), value("consent_note")) {
                Ok(description) => store.describe_evidence(member, id, file, &description, now).await,
                Err(errors) => Err(StoreError::Refused(errors)),
            }
        }
        act => match answer::reason(text, value(act.reason_field())) {
            Err(said) => {
                let errors = vec![(format!("{}.{file}", act.reason_field()), said)];
                let typed = fields.to_vec();
                let shown = Shown { errors, typed, ..Shown::default() };
                return page(app, member, id, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
            }
            Ok(reason) if act == FileAct::Withdraw => {
                let done = store.withdraw_consent(member, id, file, &reason, now).await;
                app.catch_up().await;
                done
            }
            Ok(reason) => remove(app, member, id, file, &reason).await,
        },
    };
    match done {
        Ok(()) => {
            // What it shows may say what was blurred. It is kept, whether or not this can be told now.
            if let Err(error) = store.check_blurs(member, id, app.key()).await {
                return answer::refusal(app, &error);
            }
            answer::see_other(&format!("/desk/cases/{id}/evidence?done=evidence-{}", act.slug()))
        }
        Err(StoreError::Refused(errors)) => {
            let in_words = |e: &FieldError| {
                let label = text.say(&format!("evidence-{}", e.field.replace('_', "-")));
                let problem = app::desk::problem(text, &e.problem);
                let said = [("field", label.into()), ("problem", problem.into())];
                (format!("{}.{file}", e.field), text.with("form-field-problem", &said))
            };
            let errors = errors.iter().map(in_words).collect();
            let shown = Shown { errors, typed: fields.to_vec(), ..Shown::default() };
            page(app, member, id, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(StoreError::WrongState) => {
            let errors = vec![(format!("shows.{file}"), text.say("evidence-wrong-state"))];
            let shown = Shown { errors, typed: fields.to_vec(), ..Shown::default() };
            page(app, member, id, StatusCode::CONFLICT, shown).await
        }
        Err(error) => answer::refusal(app, &error),
    }
}

async fn remove(app: &App, member: &Member, id: &str, file: &str, reason: &str) -> Result<(), StoreError> {
    let object = app.store().remove_evidence(member, id, file, reason, app.now()).await?;
    // Its key is gone already; what cannot be removed now is swept away later.
    if let Err(error) = app.evidence().remove(&object).await {
        tracing::warn!(%error, "a removed evidence file still lies there");
    }
    Ok(())
}

/// Sends the original as it came, to be kept and never to be shown by the browser.
async fn original(app: &App, member: &Member, id: &str, file: &str) -> Response {
    let opened = app.store().open_originals(member, id, Some(file), "read", app.key(), app.now()).await;
    let original = match opened.map(|mut opened| opened.pop()) {
        Ok(Some(original)) => original,
        Ok(None) => return answer::refusal(app, &StoreError::NotFound),
        Err(error) => return answer::refusal(app, &error),
    };
    match app.evidence().read(&original.object, &original.key).await {
        Ok(stream) => {
            let mut response = attachment(&original.evidence.name, Body::from_stream(stream));
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(original.evidence.bytes));
            response
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// The copy of a picture.
pub(crate) async fn copy(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    picture(&app, &id, &file, false, &headers).await
}

/// A small one.
pub(crate) async fn thumbnail(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    picture(&app, &id, &file, true, &headers).await
}

async fn picture(app: &App, id: &str, file: &str, thumbnail: bool, headers: &HeaderMap) -> Response {
    let member = match member::required(app, headers).await {
        Ok(member) => member,
        Err(response) => return response,
    };
    match app.store().evidence_copy(&member, id, file, thumbnail, app.key()).await {
        Ok((media_type, bytes)) => {
            let kind = if media_type == "image/png" { "image/png" } else { "image/jpeg" };
            let mut response = ([(CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response();
            response.extensions_mut().insert(Policy::Desk);
            response
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// An answer that browsers keep as a file under this name and never show.
pub(super) fn attachment(name: &str, body: Body) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    let whole = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}");
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response.extensions_mut().insert(Policy::Desk);
    response
}

/// What the page shows beside the files.
#[derive(Default)]
struct Shown {
    errors: Vec<(String, String)>,
    added: Vec<String>,
    typed: Vec<(String, String)>,
    done: Option<String>,
}

async fn page(app: &App, member: &Member, id: &str, status: StatusCode, shown: Shown) -> Response {
    let read = async {
        let store = app.store();
        let (case, facts) = store.case(member, id).await?;
        Ok::<_, StoreError>((
            case,
            facts,
            store.evidence(member, id).await?,
            match store.custody(member, id).await {
                // A partner sees what is to be shown, not who had it in hand.
                Err(StoreError::Forbidden) => Vec::new(),
                custody => custody?,
            },
        ))
    };
    let (case, facts, files, custody) = match read.await {
        Ok(read) => read,
        Err(error) => return answer::refusal(app, &error),
    };
    let Shown { errors, added, typed, done } = shown;
    let island = super::cases::island();
    let policy = if island.is_some() { Policy::Island } else { Policy::Desk };
    let megabytes = app.evidence_limit() >> 20;
    let member = member.clone();
    let page =
        EvidencePage { member, case, facts, files, custody, errors, added, typed, megabytes, island, done };
    let context = answer::context(app, &format!("/desk/cases/{id}/evidence"), true);
    answer::page(status, app::desk::evidence(&context, page), policy)
}
