//! One save: the request, and what its answer means.

use std::collections::BTreeMap;

use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::Deserialize;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, RequestRedirect, Response};

use super::queue::{Answer, Conflict};

/// A connection that does not answer in this time is taken for lost; the save is tried again.
const TIMEOUT_MS: u32 = 30_000;

/// Posts the body as a form would, asking for JSON.
pub(super) async fn post(address: &str, body: &str) -> Answer {
    match send(address, body).await {
        Ok((status, text)) => read(status, &text),
        Err(_) => Answer::Unreachable,
    }
}

async fn send(address: &str, body: &str) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    headers.set("Content-Type", "application/x-www-form-urlencoded")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    // An answer that sends us elsewhere is the way to signing in, not a save.
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response =
        JsFuture::from(window.fetch_with_str_and_init(address, &init)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

/// What an answer means; one that cannot be read is never taken for "saved".
fn read(status: u16, text: &str) -> Answer {
    #[derive(Deserialize)]
    struct Saved {
        revision: i64,
        saved_at: String,
        #[serde(default)]
        parts: BTreeMap<String, String>,
    }
    #[derive(Deserialize)]
    struct Conflicts {
        revision: i64,
        conflicts: Vec<Conflict>,
    }
    match status {
        200 => match serde_json::from_str(text) {
            Ok(Saved { revision, saved_at, parts }) => Answer::Saved { revision, saved_at, parts },
            Err(_) => Answer::Unreachable,
        },
        409 => match serde_json::from_str(text) {
            Ok(Conflicts { revision, conflicts }) => Answer::Conflict { revision, conflicts },
            Err(_) => Answer::Refused,
        },
        // A redirect arrives as status 0.
        0 | 401 => Answer::SignedOut,
        408 | 425 | 429 | 500.. => Answer::Unreachable,
        _ => Answer::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_that_says_so_is_saved() {
        let saved = |parts: &[(&str, &str)]| Answer::Saved {
            revision: 8,
            saved_at: "14:03".into(),
            parts: parts.iter().map(|(id, html)| ((*id).into(), (*html).into())).collect(),
        };
        assert_eq!(read(200, r#"{"revision":8,"saved_at":"14:03"}"#), saved(&[]));
        let with_part = r#"{"revision":8,"saved_at":"14:03","parts":{"particulars":"<p>"}}"#;
        assert_eq!(read(200, with_part), saved(&[("particulars", "<p>")]));
        assert_eq!(read(200, "<html>a proxy's own page</html>"), Answer::Unreachable);
        assert_eq!(read(204, ""), Answer::Refused);
    }

    #[test]
    fn a_conflict_carries_both_texts() {
        let text = r#"{"revision":9,"conflicts":[{"field":"narrative","mine":"a","theirs":"b"}]}"#;
        let Answer::Conflict { revision: 9, conflicts } = read(409, text) else { panic!("a conflict") };
        assert_eq!((conflicts[0].mine.as_str(), conflicts[0].theirs.as_str()), ("a", "b"));
    }

    #[test]
    fn the_other_answers() {
        assert_eq!(read(401, ""), Answer::SignedOut);
        assert_eq!(read(0, ""), Answer::SignedOut);
        for status in [429, 500, 502, 503] {
            assert_eq!(read(status, ""), Answer::Unreachable, "{status}");
        }
        for status in [400, 403, 404, 413, 422] {
            assert_eq!(read(status, ""), Answer::Refused, "{status}");
        }
    }
}
