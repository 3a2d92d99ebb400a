//! Browsers: they keep the cookie they are given, say where a request comes from, and send forms as they stand.

use std::ops::Deref;
use std::sync::Mutex;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::{Answer, Form, PASSWORD, Who};

/// A browser of somebody.
#[derive(Debug)]
pub(crate) struct Browser {
    router: Router,
    cookie: Mutex<Option<String>>,
}

/// Somebody who never signed in.
#[derive(Debug)]
pub(crate) struct Stranger(Browser);

/// Somebody who signed in.
#[derive(Debug)]
pub(crate) struct Member {
    browser: Browser,
    /// Who it is.
    pub(crate) who: Who,
}

/// A request before it is sent.
pub(crate) struct Ask<'a> {
    browser: &'a Browser,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
}

impl Browser {
    fn new(router: Router) -> Self {
        Self { router, cookie: Mutex::default() }
    }

    /// Asks for a page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).send().await
    }

    /// Sends fields as a form of one of our own pages does.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path).sent_by_our_page().fields(fields).send().await
    }

    /// Sends a form as it was filled in, by its button `do=what`.
    pub(crate) async fn send(&self, form: &Form, what: &str) -> Answer {
        let mut fields: Vec<(&str, &str)> =
            form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        if !what.is_empty() {
            assert!(form.buttons.contains(&("do".to_owned(), what.to_owned())), "no button {what}: {form:?}");
            fields.push(("do", what));
        }
        self.post(&form.action, &fields).await
    }

    /// A request of any kind, with nothing said about where it comes from.
    pub(crate) fn ask(&self, method: Method, path: &str) -> Ask<'_> {
        Ask { browser: self, method, path: path.to_owned(), headers: Vec::new(), body: Bytes::new() }
    }

    /// The value of its cookie header.
    pub(crate) fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap().clone()
    }

    /// Loses its cookie, or takes another's.
    pub(crate) fn set_cookie(&self, cookie: Option<String>) {
        *self.cookie.lock().unwrap() = cookie;
    }

    fn take_cookies(&self, answer: &Answer) {
        for value in answer.headers.get_all(header::SET_COOKIE) {
            let pair = value.to_str().unwrap().split(';').next().unwrap();
            let gone = pair.ends_with('=');
            self.set_cookie((!gone).then(|| pair.to_owned()));
        }
    }
}

impl Ask<'_> {
    /// A header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// As a browser says of a form on one of our own pages.
    pub(crate) fn sent_by_our_page(self) -> Self {
        self.header("sec-fetch-site", "same-origin")
    }

    /// Fields of a form.
    pub(crate) fn fields(mut self, fields: &[(&str, &str)]) -> Self {
        self.body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into();
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    /// Files as a form with a file field sends them: name and bytes of each.
    pub(crate) fn files(mut self, files: &[(&str, &[u8])]) -> Self {
        const BOUNDARY: &str = "----of-this-test";
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
                 Content-Type: image/jpeg\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.body = body.into();
        self.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
    }

    /// Any bytes.
    pub(crate) fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it.
    pub(crate) async fn send(self) -> Answer {
        let asked = format!("{} {}", self.method, self.path.chars().take(300).collect::<String>());
        let mut request = Request::builder().method(self.method).uri(self.path.as_str());
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(cookie) = self.browser.cookie() {
            request = request.header("cookie", cookie);
        }
        let request = request.body(Body::from(self.body)).unwrap_or_else(|e| panic!("{asked}: {e}"));
        let response = self.browser.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let answer = Answer { asked, status: parts.status, headers: parts.headers, body };
        self.browser.take_cookies(&answer);
        answer
    }
}

impl Member {
    /// The same browser at another program of the same address.
    pub(crate) fn at(&self, router: Router) -> Self {
        let browser = Browser::new(router);
        browser.set_cookie(self.browser.cookie());
        Self { browser, who: self.who }
    }
}

impl Stranger {
    /// On these routes.
    pub(crate) fn new(router: Router) -> Self {
        Self(Browser::new(router))
    }
}

impl Member {
    /// Signs in by the form.
    pub(crate) async fn sign_in(router: Router, who: Who) -> Self {
        let browser = Browser::new(router);
        let mut form = browser.get("/sign-in").await.expect(200).page().form("/sign-in");
        form.fill(&[("email", who.email()), ("password", PASSWORD)]);
        assert_eq!(browser.send(&form, "").await.moved(), "/desk");
        assert!(browser.cookie().is_some(), "a cookie was set");
        Self { browser, who }
    }

    /// Opens a case's form.
    pub(crate) async fn case_form(&self, id: &str) -> Form {
        let path = format!("/desk/cases/{id}");
        self.get(&path).await.expect(200).page().form(&path)
    }

    /// Takes a step of a case as its form on the review page offers it.
    pub(crate) async fn step(&self, id: &str, step: &str, reason: &str) -> Answer {
        let page = self.get(&format!("/desk/cases/{id}/review")).await.expect(200).page();
        let mut form = page.form(&format!("/desk/cases/{id}/{step}"));
        if !reason.is_empty() {
            form.fill(&[(&format!("reason.{step}"), reason)]);
        }
        self.send(&form, "").await
    }
}

impl Deref for Stranger {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.0
    }
}

impl Deref for Member {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.browser
    }
}
