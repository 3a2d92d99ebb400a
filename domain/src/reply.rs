//! Replies: what anybody may write about a published incident, without an account, and what came of it.

use serde::{Deserialize, Serialize};

use crate::error::{FieldError, Problem};
use crate::incident::{LIMITS, check_address, check_reason};
use crate::treaty::slugs;

/// How long contact details are kept of a reply that nobody answers; they go at once when it is answered.
pub const CONTACT_KEPT_DAYS: i64 = 180;
/// How long the words of a reply are kept once it is answered.
pub const WORDS_KEPT_DAYS: i64 = 90;

slugs! {
    /// What somebody asks for.
    ReplyKind {
        /// Somebody whom the incident names, or speaks of, answers.
        Reply = "reply",
        /// Something in it is wrong.
        Correction = "correction",
        /// It puts somebody at risk.
        Removal = "removal",
    }
}

slugs! {
    /// What came of a reply.
    Outcome {
        /// Words of it stand on the incident.
        Published = "published",
        /// The incident was corrected, or retracted.
        Corrected = "corrected",
        /// Nothing was changed, with the reason.
        Declined = "declined",
        /// Something was done for somebody's safety. Only the sender is told.
        Done = "done",
        /// It was no reply. Shown nowhere.
        Spam = "spam",
    }
}

slugs! {
    /// Where a reply stands.
    ReplyState {
        /// For a reviewer.
        Waiting = "waiting",
        /// An answer is prepared that another reviewer publishes.
        Prepared = "prepared",
        /// For good.
        Answered = "answered",
    }
}

impl ReplyKind {
    /// What can come of it. Who asked for somebody's safety is answered alone: that they asked may be a danger too.
    pub fn outcomes(self) -> &'static [Outcome] {
        match self {
            Self::Reply | Self::Correction => {
                &[Outcome::Published, Outcome::Corrected, Outcome::Declined, Outcome::Spam]
            }
            Self::Removal => &[Outcome::Done, Outcome::Declined, Outcome::Spam],
        }
    }

    /// Whether this outcome of it stands on the incident's page. What does takes two persons.
    pub fn is_shown(self, outcome: Outcome) -> bool {
        self != Self::Removal
            && matches!(outcome, Outcome::Published | Outcome::Corrected | Outcome::Declined)
    }
}

/// What somebody wrote: for sealing only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What they say.
    pub text: String,
    /// Where it can be checked.
    pub source: String,
    /// Who says so.
    pub name: String,
    /// They agree that the name stands beside their words.
    pub may_name: bool,
}

/// A reply, as it was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it asks for.
    pub kind: ReplyKind,
    /// What it says.
    pub words: Words,
    /// How the sender can be reached: sealed by itself, and the first to go.
    pub contact: String,
}

impl Reply {
    /// Reads the form: `kind`, `text`, `source`, `name`, `may_name`, `contact`; or everything that is wrong with it.
    pub fn parse<'a>(field: impl Fn(&str) -> &'a str) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let kind = taken(&mut errors, "kind", chosen(field("kind")));
        let text = taken(&mut errors, "text", check_reason(field("text")));
        let source = taken(&mut errors, "source", check_address(field("source")));
        let name = taken(&mut errors, "name", line(field("name")));
        let contact = taken(&mut errors, "contact", line(field("contact")));
        let may_name = field("may_name") == "yes";
        if may_name && name.as_ref().is_some_and(String::is_empty) {
            errors.push(FieldError::new("name", Problem::Missing));
        }
        match (kind, text, source, name, contact) {
            (Some(kind), Some(text), Some(source), Some(name), Some(contact)) if errors.is_empty() => {
                Ok(Self { kind, words: Words { text, source, name, may_name }, contact })
            }
            _ => Err(errors),
        }
    }
}

/// How a reply is to be answered. For a shown outcome these words become public; otherwise the sender alone reads them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What came of it.
    pub outcome: Outcome,
    /// The words of the reply that are shown; for a published one.
    pub words: String,
    /// Who is named beside them; empty for nobody.
    pub party: String,
    /// Why, in our words.
    pub reason: String,
    /// The edition that corrected or retracted the incident.
    pub edition: Option<i64>,
}

impl Answer {
    /// Reads the form: `outcome`, `words`, `party`, `reason`, `edition`. `may_name` is what the sender agreed to, and
    /// `corrections` the editions that changed the incident since the reply came.
    pub fn parse<'a>(
        kind: ReplyKind,
        may_name: bool,
        corrections: &[i64],
        field: impl Fn(&str) -> &'a str,
    ) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let outcome = taken(&mut errors, "outcome", chosen::<Outcome>(field("outcome")));
        let Some(outcome) = outcome.filter(|outcome| kind.outcomes().contains(outcome)) else {
            if errors.is_empty() {
                let value = field("outcome").to_owned();
                errors.push(FieldError::new("outcome", Problem::NotInList { value }));
            }
            return Err(errors);
        };
        let mut answer = Self {
            outcome,
            words: String::new(),
            party: String::new(),
            reason: String::new(),
            edition: None,
        };
        if outcome == Outcome::Published {
            answer.words = taken(&mut errors, "words", check_reason(field("words"))).unwrap_or_default();
            answer.party = taken(&mut errors, "party", line(field("party"))).unwrap_or_default();
            if !answer.party.is_empty() && !may_name {
                errors.push(FieldError::new("party", Problem::NotAgreed));
            }
        }
        if outcome == Outcome::Corrected {
            let given = field("edition").trim();
            answer.edition = given.parse().ok().filter(|edition| corrections.contains(edition));
            if answer.edition.is_none() {
                let value = given.to_owned();
                let problem = if value.is_empty() { Problem::Missing } else { Problem::NotInList { value } };
                errors.push(FieldError::new("edition", problem));
            }
        }
        // Why something was not done has to be said; of what was done it may be.
        let needs_reason = matches!(outcome, Outcome::Declined | Outcome::Done);
        let reason = field("reason");
        if outcome != Outcome::Spam && (needs_reason || !reason.trim().is_empty()) {
            answer.reason = taken(&mut errors, "reason", check_reason(reason)).unwrap_or_default();
        }
        if errors.is_empty() { Ok(answer) } else { Err(errors) }
    }
}

fn taken<T>(errors: &mut Vec<FieldError>, field: &str, parsed: Result<T, Problem>) -> Option<T> {
    parsed.map_err(|problem| errors.push(FieldError::new(field, problem))).ok()
}

/// One of a list.
fn chosen<T: std::str::FromStr<Err = Problem>>(typed: &str) -> Result<T, Problem> {
    if typed.trim().is_empty() { Err(Problem::Missing) } else { typed.parse() }
}

/// One line, or nothing.
fn line(typed: &str) -> Result<String, Problem> {
    let given = typed.trim().chars().count();
    match check_reason(typed) {
        Err(Problem::Missing) => Ok(String::new()),
        Ok(_) if given > LIMITS.line => Err(Problem::TooLong { given, most: LIMITS.line }),
        Ok(line) if line.contains(['\n', '\t']) => Err(Problem::BadCharacters),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(fields: &[(&str, &str)]) -> Result<Reply, Vec<(String, Problem)>> {
        let field =
            |name: &str| fields.iter().rev().find(|(n, _)| *n == name).map_or("", |(_, value)| *value);
        Reply::parse(field).map_err(|errors| errors.into_iter().map(|e| (e.field, e.problem)).collect())
    }

    fn answer(kind: ReplyKind, fields: &[(&str, &str)]) -> Result<Answer, Vec<String>> {
        let field =
            |name: &str| fields.iter().rev().find(|(n, _)| *n == name).map_or("", |(_, value)| *value);
        Answer::parse(kind, false, &[7], field).map_err(|e| e.into_iter().map(|e| e.field).collect())
    }

    #[test]
    fn a_kind_and_a_text_are_enough_and_everything_wrong_is_told_at_once() {
        let reply = parse(&[("kind", "correction"), ("text", " The day is wrong. ")])
            .unwrap_or_else(|e| panic!("{e:?}"));
        assert_eq!((reply.kind, reply.words.text.as_str()), (ReplyKind::Correction, "The day is wrong."));
        let wrong = parse(&[
            ("kind", "praise"),
            ("source", "javascript:alert(1)"),
            ("contact", "two\nlines"),
            ("may_name", "yes"),
        ]);
        let fields: Vec<String> = wrong.err().unwrap().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["kind", "text", "source", "contact", "name"]);
    }

    #[test]
    fn what_turns_or_hides_text_is_refused_and_so_is_too_much() {
        for (field, value) in
            [("text", "a\u{202E}b"), ("text", "a\u{0}b"), ("name", "a\u{2066}b"), ("contact", "\u{1b}[2J")]
        {
            let errors = parse(&[("kind", "reply"), ("text", "fine"), (field, value)]).err().unwrap();
            assert_eq!(errors, [(field.to_owned(), Problem::BadCharacters)]);
        }
        let long = "x".repeat(LIMITS.paragraph + 1);
        assert!(parse(&[("kind", "reply"), ("text", &long)]).is_err());
        let long = "x".repeat(LIMITS.line + 1);
        assert!(parse(&[("kind", "reply"), ("text", "fine"), ("contact", &long)]).is_err());
    }

    #[test]
    fn each_outcome_asks_for_what_it_shows() {
        use ReplyKind::*;
        assert_eq!(answer(Reply, &[("outcome", "published")]).unwrap_err(), ["words"]);
        assert_eq!(answer(Reply, &[("outcome", "corrected")]).unwrap_err(), ["edition"]);
        assert_eq!(answer(Reply, &[("outcome", "corrected"), ("edition", "6")]).unwrap_err(), ["edition"]);
        assert_eq!(answer(Reply, &[("outcome", "corrected"), ("edition", "7")]).unwrap().edition, Some(7));
        assert_eq!(answer(Correction, &[("outcome", "declined")]).unwrap_err(), ["reason"]);
        assert_eq!(answer(Removal, &[("outcome", "published"), ("words", "x")]).unwrap_err(), ["outcome"]);
        assert_eq!(answer(Reply, &[]).unwrap_err(), ["outcome"]);
        assert!(answer(Reply, &[("outcome", "spam")]).is_ok());
        // Nobody is named who did not agree.
        let named = [("outcome", "published"), ("words", "x"), ("party", "Made-up Ltd")];
        assert_eq!(answer(Reply, &named).unwrap_err(), ["party"]);
    }

    #[test]
    fn nothing_of_a_request_for_safety_is_ever_shown() {
        for outcome in Outcome::ALL {
            assert!(!ReplyKind::Removal.is_shown(*outcome));
            assert!(!ReplyKind::Reply.is_shown(*outcome) || ReplyKind::Reply.outcomes().contains(outcome));
        }
    }
}
