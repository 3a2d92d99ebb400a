//! The header table: one policy per class of route, on every answer.
//!
//! Nothing but islands may run script, and those by the hash of our one start script; nobody may frame us but for
//! embeds; no answer says which program made it.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// The class of route an answer comes from; a handler puts it among the answer's extensions. Without one the
/// strictest holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Public pages: no script at all.
    Public,
    /// Charts and other files that pages elsewhere may load as pictures or data.
    Open,
    /// Desk pages: nothing is kept by anybody.
    Desk,
    /// Desk pages with an island.
    Island,
}

const COMMON: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), \
         payment=(), usb=(), browsing-topics=()",
    ),
];

const BASE: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
     object-src 'none'; \
     frame-ancestors 'none'";

/// The start script's hash, where the program carries its islands.
#[derive(Clone, Debug)]
pub(crate) struct Headers {
    island: HeaderValue,
    plain: HeaderValue,
    open: HeaderValue,
    secure: bool,
}

impl Headers {
    /// `script` is the hash expression of the start script; `secure` says that readers come over https.
    pub(crate) fn new(script: Option<String>, secure: bool) -> Self {
        let value = |text: String| HeaderValue::from_str(&text).expect("policies are ASCII");
        let island = match script {
            Some(hash) => {
                format!("{BASE}; script-src 'self' 'wasm-unsafe-eval' '{hash}'; connect-src 'self'")
            }
            None => format!("{BASE}; script-src 'none'"),
        };
        Self {
            island: value(island),
            plain: value(format!("{BASE}; script-src 'none'")),
            // A picture or table by itself: its own styles, nothing else.
            open: value(
                "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; \
                 frame-ancestors 'none'; sandbox"
                    .to_owned(),
            ),
            secure,
        }
    }

    /// Puts a policy's row on an answer.
    pub(crate) fn put(&self, policy: Policy, headers: &mut HeaderMap) {
        let csp = match policy {
            Policy::Public | Policy::Desk => &self.plain,
            Policy::Open => &self.open,
            Policy::Island => &self.island,
        };
        headers.insert("content-security-policy", csp.clone());
        for (name, value) in COMMON {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let shared = if policy == Policy::Open { "cross-origin" } else { "same-origin" };
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static(shared));
        if policy == Policy::Open {
            headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
        }
        if matches!(policy, Policy::Desk | Policy::Island) {
            headers.insert("cache-control", HeaderValue::from_static("no-store"));
        } else if !headers.contains_key("cache-control") {
            headers.insert("cache-control", HeaderValue::from_static("no-cache"));
        }
        if self.secure {
            let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
            headers.insert("strict-transport-security", year);
        }
        if !headers.contains_key(CONTENT_TYPE) {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        }
    }
}

/// What nobody keeps.
fn is_desk(path: &str) -> bool {
    path == "/desk"
        || path.starts_with("/desk/")
        || path.starts_with("/invitations/")
        || path.starts_with("/replies/")
        || (path.starts_with("/incidents/") && path.ends_with("/reply"))
        || matches!(path, "/sign-in" | "/sign-in/code" | "/sign-out")
}

/// Puts the table's row on every answer.
pub(crate) async fn layer(State(headers): State<Headers>, request: Request, next: Next) -> Response {
    let is_desk = is_desk(request.uri().path());
    let mut response = next.run(request).await;
    let policy = match response.extensions().get::<Policy>().copied().unwrap_or(Policy::Public) {
        // Also what no handler of the desk made: a refused method, a request from elsewhere.
        Policy::Public if is_desk => Policy::Desk,
        policy => policy,
    };
    headers.put(policy, response.headers_mut());
    response
}
