//! What every page is told beside its own content: language, edition, day, addresses.

use domain::Day;
use text::Text;

/// What a page is rendered with.
#[derive(Clone, Debug)]
pub struct PageContext {
    /// The sentences of the page's language.
    pub text: Text,
    /// Where this copy is reached, without a slash at the end: the only source of absolute addresses.
    pub public_url: String,
    /// The day of this answer.
    pub today: Day,
    /// The edition shown.
    pub edition: i64,
    /// The newest edition.
    pub head: i64,
    /// The page shows the record as it stands now; otherwise as it stood in an edition that was asked for.
    pub is_live: bool,
    /// The page's address, without language prefix, with its query.
    pub path: String,
    /// The style sheet's file name under `/assets/`; `None` where the program was built without assets.
    pub css: Option<String>,
    /// Somebody is signed in; never on public pages.
    pub signed_in: bool,
    /// Who runs this copy, where they have named themselves.
    pub operator: Option<String>,
    /// Nothing can be written for now; said at the desk, never on public pages.
    pub read_only: bool,
}

impl PageContext {
    /// The address of a page of the record: in this language, at this edition.
    pub fn link(&self, path: &str) -> String {
        let plain = self.plain_link(path);
        if self.is_live {
            return plain;
        }
        let (plain, anchor) = plain.split_once('#').unwrap_or((&plain, ""));
        let joint = if plain.contains('?') { '&' } else { '?' };
        let mark = if anchor.is_empty() { "" } else { "#" };
        format!("{plain}{joint}edition={}{mark}{anchor}", self.edition)
    }

    /// The address of a page that has no editions: in this language.
    pub fn plain_link(&self, path: &str) -> String {
        let prefix = self.prefix();
        if path == "/" && !prefix.is_empty() { prefix } else { format!("{prefix}{path}") }
    }

    /// The absolute address of this page as it stands now.
    pub fn live_address(&self) -> String {
        self.absolute(&self.plain_link(&self.path_without_edition()))
    }

    /// The absolute address of `path` (from this page's links) at the edition shown, for citing.
    pub fn citable(&self, path: &str) -> String {
        let joint = if path.contains('?') { '&' } else { '?' };
        self.absolute(&format!("{}{joint}edition={}", self.plain_link(path), self.edition))
    }

    /// `path` with the address of this copy before it.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// This page's address without the edition that was asked for.
    pub fn path_without_edition(&self) -> String {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let rest: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("edition=")).collect();
        if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
    }

    fn prefix(&self) -> String {
        match self.text.language() {
            text::Language::English => String::new(),
            other => format!("/{}", other.code()),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use text::Language;

    /// A context for tests: English, edition 3 of 3.
    pub(crate) fn context(path: &str) -> PageContext {
        PageContext {
            text: Text::new(Language::English),
            public_url: "http://localhost:3000".to_owned(),
            today: jiff::civil::date(2026, 11, 23),
            edition: 3,
            head: 3,
            is_live: true,
            path: path.to_owned(),
            css: Some("site.css".to_owned()),
            signed_in: false,
            operator: None,
            read_only: false,
        }
    }

    #[test]
    fn links_of_an_old_edition_stay_in_it() {
        let live = context("/countries/bra");
        assert_eq!(live.link("/incidents?country=BRA"), "/incidents?country=BRA");
        let old = PageContext { is_live: false, edition: 2, ..live };
        assert_eq!(old.link("/incidents?country=BRA"), "/incidents?country=BRA&edition=2");
        assert_eq!(old.link("/countries/bra#cite"), "/countries/bra?edition=2#cite");
        assert_eq!(old.plain_link("/about"), "/about");
    }

    #[test]
    fn the_live_address_has_no_edition() {
        let mut page = context("/incidents?kind=throttling&edition=2");
        assert_eq!(page.live_address(), "http://localhost:3000/incidents?kind=throttling");
        page.text = Text::new(Language::Arabic);
        assert_eq!(page.live_address(), "http://localhost:3000/ar/incidents?kind=throttling");
        assert_eq!(page.plain_link("/"), "/ar");
    }
}
