//! An answer with its whole body.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};

use super::Page;

/// What the server answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Asked how: `GET /countries/bra`.
    pub(crate) asked: String,
    /// The status.
    pub(crate) status: StatusCode,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Bytes,
}

impl Answer {
    /// The status must be this.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}\n{}", self.asked, self.excerpt());
        self
    }

    /// It must send the reader on by GET; where to.
    #[track_caller]
    pub(crate) fn moved(self) -> String {
        let answer = self.expect(303);
        answer.header("location").to_owned()
    }

    /// A header's value; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text; what is no text stands as a mark.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{}: {e}: {}", self.asked, self.excerpt()))
    }

    /// The body as a page.
    pub(crate) fn page(&self) -> Page {
        Page::read(&self.text())
    }

    /// The words on the page, one space between them.
    pub(crate) fn words(&self) -> String {
        self.page().words
    }

    /// Its words must hold these.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.words().contains(words), "{} does not say {words:?}:\n{}", self.asked, self.words());
        self
    }

    /// Neither its words nor its source may hold this.
    #[track_caller]
    pub(crate) fn never_says(self, words: &str) -> Self {
        assert!(
            !self.text().contains(words) && !self.words().contains(words),
            "{} says {words:?}",
            self.asked
        );
        self
    }

    fn excerpt(&self) -> String {
        self.words().chars().take(1500).collect()
    }
}
