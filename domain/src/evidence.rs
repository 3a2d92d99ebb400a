//! Evidence files: what the people in them agreed to, and what the public may learn of a file that it does not get.

use crate::error::{FieldError, Problem};
use crate::incident::LIMITS;
use crate::treaty::slugs;

slugs! {
    /// What those concerned by a file agreed to.
    Consent {
        /// Nobody wrote it down: it is kept and not shown.
        NotRecorded = "not-recorded",
        /// To be kept at the desk, and not shown.
        DeskOnly = "desk-only",
        /// To be shown to everybody.
        Public = "public",
        /// It was public before it came to the desk: nobody was asked.
        AlreadyPublic = "already-public",
        /// Taken back: it is shown no more, in any edition.
        Withdrawn = "withdrawn",
    }
}

impl Consent {
    /// Whether a file with this consent is shown with the incident.
    pub fn shows(self) -> bool {
        matches!(self, Self::Public | Self::AlreadyPublic)
    }
}

/// What is said of a file at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// What can be seen or read in it. Public with the file: it also stands for it where it cannot be seen.
    pub shows: String,
    /// The consent.
    pub consent: Consent,
    /// How and when it was given. Never public.
    pub consent_note: String,
}

impl Description {
    /// From what was typed; refused with every field that needs attention. Consent is not taken back here: that goes
    /// through every edition and is an act of its own.
    pub fn parse(shows: &str, consent: &str, consent_note: &str) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let chosen = consent.trim().parse().ok().filter(|consent| *consent != Consent::Withdrawn);
        if chosen.is_none() {
            let problem = match consent.trim() {
                "" => Problem::Missing,
                other => Problem::NotInList { value: other.to_owned() },
            };
            errors.push(FieldError::new("consent", problem));
        }
        let consent = chosen.unwrap_or(Consent::NotRecorded);
        for (field, text, is_needed) in
            [("shows", shows, consent.shows()), ("consent_note", consent_note, consent == Consent::Public)]
        {
            let given = text.chars().count();
            if is_needed && text.trim().is_empty() {
                errors.push(FieldError::new(field, Problem::Missing));
            } else if given > LIMITS.paragraph {
                errors.push(FieldError::new(field, Problem::TooLong { given, most: LIMITS.paragraph }));
            }
        }
        let trimmed = |text: &str| text.trim().to_owned();
        if errors.is_empty() {
            Ok(Self { shows: trimmed(shows), consent, consent_note: trimmed(consent_note) })
        } else {
            Err(errors)
        }
    }
}

/// A file's name as it can be kept and shown: without folders, without what turns or hides text, not endless.
pub fn clean_name(given: &str) -> String {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = name.chars().filter(|c| !c.is_control() && !turns_or_hides(*c)).collect();
    let kept = kept.trim().trim_start_matches('.');
    if kept.is_empty() { "file".to_owned() } else { kept.chars().take(120).collect() }
}

/// Characters that change the direction of what follows, or cannot be seen: `gpj.exe` could look like a picture.
fn turns_or_hides(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{061C}')
}

/// The size that the public is told: two figures, upwards. The exact one would tell somebody who holds a copy that it
/// is this file.
pub fn rounded_bytes(bytes: u64) -> u64 {
    let mut step = 1;
    while bytes / step >= 100 {
        step *= 10;
    }
    bytes.div_ceil(step) * step
}

/// The longer side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 320;

/// A thumbnail's width and height, of a copy of that width and height.
pub fn thumbnail_size(width: i64, height: i64) -> (i64, i64) {
    let longer = width.max(height);
    let side = i64::from(THUMBNAIL_SIDE);
    if longer <= side {
        return (width, height);
    }
    ((width * side / longer).max(1), (height * side / longer).max(1))
}

/// The name of a file in an export, the `number`th: plain letters, so that every program can unpack it.
pub fn export_name(number: usize, name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).take(60).collect();
    format!("{number:03}-{plain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_no_folder_and_nothing_that_turns_it_round() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\secret\\photo.jpg"), "photo.jpg");
        assert_eq!(clean_name("invoice\u{202E}gpj.exe"), "invoicegpj.exe");
        assert_eq!(clean_name("a\u{0}b\r\n.png"), "ab.png");
        assert_eq!(clean_name(".."), "file");
        assert_eq!(clean_name("صورة.jpg"), "صورة.jpg");
        assert_eq!(clean_name(&"x".repeat(500)).len(), 120);
    }

    #[test]
    fn the_public_is_told_two_figures_of_a_size() {
        for (exact, told) in [(0, 0), (7, 7), (99, 99), (100, 100), (101, 110), (1_234_567, 1_300_000)] {
            assert_eq!(rounded_bytes(exact), told);
        }
        assert_eq!(rounded_bytes(u64::MAX / 4) % 1_000_000, 0);
    }

    #[test]
    fn what_is_shown_says_what_it_shows_and_who_agreed() {
        let fields = |given: Result<Description, Vec<FieldError>>| -> Vec<String> {
            given.err().unwrap_or_default().into_iter().map(|e| e.field).collect()
        };
        assert_eq!(fields(Description::parse("", "not-recorded", "")), [""; 0]);
        assert_eq!(fields(Description::parse(" ", "public", "")), ["shows", "consent_note"]);
        assert_eq!(fields(Description::parse("", "already-public", "")), ["shows"]);
        assert_eq!(fields(Description::parse("x", "", "")), ["consent"]);
        assert_eq!(fields(Description::parse("x", "withdrawn", "")), ["consent"]);
        assert_eq!(fields(Description::parse(&"x".repeat(5_000), "desk-only", "")), ["shows"]);
    }

    #[test]
    fn an_exported_name_is_plain() {
        assert_eq!(export_name(7, "صورة 1.jpg"), "007------1.jpg");
    }
}
