//! One browser: it keeps its cookie, says that its forms are the site's own, and follows nothing by itself.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use ureq::Agent;

/// A browser of one member.
pub(crate) struct Browser {
    agent: Agent,
    base: String,
    cookie: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Where it sends one on to; an error where it does not.
    pub(crate) fn moved(self) -> Result<String> {
        if self.status != 303 {
            bail!("{} instead of 303: {}", self.status, self.text().chars().take(300).collect::<String>());
        }
        Ok(self.location)
    }
}

impl Browser {
    /// Signs in at a server.
    pub(crate) fn sign_in(base: &str, email: &str, password: &str) -> Result<Self> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let mut browser = Self { agent: config.into(), base: base.to_owned(), cookie: String::new() };
        let fields = [("email", email), ("password", password)];
        let request = browser.request("/sign-in");
        let response = request.send_form(fields).context("signing in")?;
        let cookie = response.headers().get("set-cookie").and_then(|value| value.to_str().ok());
        let cookie = cookie.and_then(|value| value.split(';').next());
        browser.cookie = cookie.with_context(|| format!("{email} was not signed in"))?.to_owned();
        Ok(browser)
    }

    /// The same session at another address: the program was started again.
    pub(crate) fn at(&self, base: &str) -> Self {
        Self { agent: self.agent.clone(), base: base.to_owned(), cookie: self.cookie.clone() }
    }

    pub(crate) fn get(&self, path: &str) -> Result<Answer> {
        let request = self.agent.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        read(request.call()?)
    }

    /// Sends a form.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        read(self.request(path).send_form(fields.iter().copied())?)
    }

    /// Sends a file as the island does: to be answered in JSON.
    pub(crate) fn send_file(&self, path: &str, name: &str, bytes: &[u8]) -> Result<Answer> {
        const BOUNDARY: &str = "----treatywatch-xtask";
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let tail = format!("\r\n--{BOUNDARY}--\r\n");
        let body = [head.as_bytes(), bytes, tail.as_bytes()].concat();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        read(self.request(path).header("accept", "application/json").content_type(kind).send(&body[..])?)
    }

    fn request(&self, path: &str) -> ureq::RequestBuilder<ureq::typestate::WithBody> {
        let request = self.agent.post(format!("{}{path}", self.base));
        request.header("cookie", &self.cookie).header("sec-fetch-site", "same-origin")
    }
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Result<Answer> {
    let location =
        response.headers().get("location").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (status, location) = (response.status().as_u16(), location.to_owned());
    let body = response.body_mut().with_config().limit(64 << 20).read_to_vec()?;
    Ok(Answer { status, location, body })
}
