//! The languages the addresses know.

/// A language of the interface. Addresses carry its code as prefix, English none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English, the language every message is first written in.
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Arabic.
    Arabic,
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Language; 4] = [Language::English, Language::French, Language::Spanish, Language::Arabic];

    /// Its ISO 639-1 code: "en".
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::Spanish => "es",
            Language::Arabic => "ar",
        }
    }

    /// The language of a code, in lower case as addresses have it.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Whether its catalogues are finished, so that it may be offered.
    pub fn is_complete(self) -> bool {
        matches!(self, Language::English)
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        matches!(self, Language::Arabic)
    }

    /// Its name in itself: "Français".
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::French => "Français",
            Language::Spanish => "Español",
            Language::Arabic => "العربية",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language));
        }
        assert_eq!(Language::from_code("EN"), None);
        assert_eq!(Language::from_code(""), None);
    }
}
