//! The one cookie there is: the session's, and only at the desk.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// `__Host-`: Secure, no Domain, Path=/. Chromium takes it on plain http for localhost only.
const NAME: &str = "__Host-session";

/// The session's token, if the request carries one.
pub(crate) fn token(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| {
            *name == NAME && value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit())
        })
        .map(|(_, value)| value.to_owned())
}

/// Sets it; it goes when the browser closes, and the server ends it sooner.
pub(crate) fn set(token: &str) -> String {
    format!("{NAME}={token}; Path=/; Secure; HttpOnly; SameSite=Lax")
}

/// Takes it back.
pub(crate) fn clear() -> String {
    format!("{NAME}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_among_other_cookies_and_nothing_else_is_one() {
        let token_of = |cookie: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, cookie.parse().unwrap());
            token(&headers)
        };
        let good = "a".repeat(64);
        assert_eq!(token_of(&format!("x=1; __Host-session={good}")), Some(good.clone()));
        assert_eq!(token_of(&format!("session={good}")), None);
        assert_eq!(token_of("__Host-session=short"), None);
    }
}
