//! What submitting and publishing ask of a draft. Publishing's check is the only way to an incident.

mod analysis;
mod particulars;

use super::draft::{Draft, Provenance};
use super::lists::NamingRule;
use super::{Actor, CommentSought, Incident, Justification, Source};
use crate::country::{CountryCode, Gazetteer};
use crate::day::{Day, PartialDate};
use crate::error::{FieldError, Problem};
use std::collections::BTreeSet;
use std::str::FromStr;

/// How much a field may hold, in characters, and a list in entries.
pub struct Limits {
    /// One line.
    pub line: usize,
    /// A paragraph.
    pub paragraph: usize,
    /// The narrative.
    pub narrative: usize,
    /// An address.
    pub address: usize,
    /// Entries in a list.
    pub entries: usize,
}

/// The limits that hold for every draft.
pub const LIMITS: Limits =
    Limits { line: 300, paragraph: 4_000, narrative: 20_000, address: 2_000, entries: 60 };

impl Draft {
    /// What submitting still needs: country, kind, start, what happened in two sentences, one source.
    pub fn may_submit(&self, countries: &Gazetteer, today: Day) -> Result<(), Vec<FieldError>> {
        let mut check = Check { countries, today, errors: Vec::new() };
        check.places(&self.places);
        check.list_value::<super::Kind>("kind", &self.kind);
        check.dates(self);
        check.narrative(&self.narrative);
        check.sources(self);
        check.done(())
    }

    /// The incident that this draft is, or everything that publishing still needs. Both the form and the
    /// importers come this way, and there is no other.
    pub fn check(&self, countries: &Gazetteer, today: Day) -> Result<Incident, Vec<FieldError>> {
        let mut check = Check { countries, today, errors: Vec::new() };
        let incident = check.incident(self);
        match incident {
            Some(incident) if check.errors.is_empty() => Ok(incident),
            _ => Err(check.errors),
        }
    }
}

/// A reason that is published beside an incident (for a correction, for a retraction): held to what the incident's
/// own texts are held to.
pub fn check_reason(typed: &str) -> Result<String, Problem> {
    let text = typed.trim().replace("\r\n", "\n");
    let given = text.chars().count();
    match () {
        () if text.is_empty() => Err(Problem::Missing),
        () if given > LIMITS.paragraph => Err(Problem::TooLong { given, most: LIMITS.paragraph }),
        () if text.chars().any(cannot_be_kept) => Err(Problem::BadCharacters),
        () => Ok(text),
    }
}

/// A web address, or nothing.
pub fn check_address(typed: &str) -> Result<String, Problem> {
    let url = typed.trim();
    let given = url.chars().count();
    match () {
        () if given > LIMITS.address => Err(Problem::TooLong { given, most: LIMITS.address }),
        () if url.chars().any(cannot_be_kept) => Err(Problem::BadCharacters),
        () if !url.is_empty() && !is_web_address(url) => {
            Err(Problem::NotAnAddress { value: url.chars().take(200).collect() })
        }
        () => Ok(url.to_owned()),
    }
}

/// `https://` or `http://` with a host.
pub(crate) fn is_web_address(url: &str) -> bool {
    let rest = url
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"));
    rest.is_some_and(|(_, r)| {
        let host = r.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && host.split('.').next().is_some_and(|label| !label.is_empty())
            && !r.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
    })
}

/// Control characters, and those that turn the direction of everything after them.
pub(crate) fn cannot_be_kept(c: char) -> bool {
    let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && c != '\n' && c != '\t')
}

struct Check<'a> {
    countries: &'a Gazetteer,
    today: Day,
    errors: Vec<FieldError>,
}

impl Check<'_> {
    fn done<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }

    fn refuse(&mut self, field: impl Into<String>, problem: Problem) {
        self.errors.push(FieldError::new(field, problem));
    }

    /// Collects every error before giving up, so that one round of corrections is enough.
    fn incident(&mut self, draft: &Draft) -> Option<Incident> {
        let title = self.needed_text("title", &draft.title, LIMITS.line);
        let places = self.places_or_words(draft);
        let kind = self.list_value("kind", &draft.kind);
        let bearing = self.list_value("bearing", &draft.bearing);
        let dates = self.dates(draft);
        let actors = self.actors(draft);
        let authority_kind = self.list_value("authority_kind", &draft.authority_kind);
        let justification = self.justification(draft);
        let narrative = self.narrative(&draft.narrative);
        let sources = self.sources(draft);
        let naming = self.naming(draft, &sources);
        let comment = self.comment(draft);
        let analysis = self.analysis(draft);
        let contexts = self.list_values("contexts", &draft.contexts);
        let stance = self.list_value_or_none("stance", &draft.stance);
        let place_name = self.text("place_name", &draft.place_name, LIMITS.line);
        let ongoing = self.yes_no("ongoing", &draft.ongoing);
        let authority = self.text("authority", &draft.authority, LIMITS.paragraph);
        let decision = self.text("decision", &draft.decision, LIMITS.paragraph);
        let law = self.text("law", &draft.law, LIMITS.paragraph);
        let article = self.text("article", &draft.article, LIMITS.paragraph);
        let documented_cause = self.text("documented_cause", &draft.documented_cause, LIMITS.paragraph);
        let services = self.lines("services", &draft.services);
        let networks = self.lines("networks", &draft.networks);
        let people_affected = self.text("people_affected", &draft.people_affected, LIMITS.paragraph);
        let outcome = self.text("outcome", &draft.outcome, LIMITS.paragraph);
        let language = self.language(&draft.language);
        let transnational = self.yes_no("transnational", &draft.transnational) == Some(true);
        let series = self.text("series", &draft.series, LIMITS.line);
        let related = self.lines("related", &draft.related);
        let particulars = self.particulars(draft);
        // From here on nothing is looked at any more, so giving up loses no error.
        let (start, end) = dates?;
        Some(Incident {
            title: title?,
            places,
            place_name,
            kind: kind?,
            bearing: bearing?,
            start,
            end,
            ongoing,
            actors,
            authority_kind: authority_kind?,
            authority,
            decision,
            law,
            article,
            justification: justification?,
            documented_cause,
            stance,
            contexts,
            services,
            networks,
            people_affected,
            outcome,
            narrative,
            language,
            sources,
            transnational,
            series,
            related,
            naming: naming?,
            comment: comment?,
            provenance: draft.provenance,
            analysis,
            particulars,
        })
    }

    // ---- texts -------------------------------------------------------------------------------------------

    fn text(&mut self, field: &str, typed: &str, most: usize) -> String {
        let text = typed.trim().replace("\r\n", "\n");
        let given = text.chars().count();
        if given > most {
            self.refuse(field, Problem::TooLong { given, most });
        }
        if text.chars().any(cannot_be_kept) {
            self.refuse(field, Problem::BadCharacters);
        }
        text
    }

    fn needed_text(&mut self, field: &str, typed: &str, most: usize) -> Option<String> {
        let text = self.text(field, typed, most);
        if text.is_empty() {
            self.refuse(field, Problem::Missing);
            return None;
        }
        Some(text)
    }

    fn lines(&mut self, field: &str, typed: &str) -> Vec<String> {
        let text = self.text(field, typed, LIMITS.paragraph);
        let lines: Vec<String> =
            text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
        self.at_most(field, lines.len());
        lines
    }

    /// Two sentences, or as much text as two sentences usually hold.
    fn narrative(&mut self, typed: &str) -> String {
        let text = self.text("narrative", typed, LIMITS.narrative);
        let ends = text.chars().filter(|c| ".!?؟。।".contains(*c)).count();
        if text.is_empty() {
            self.refuse("narrative", Problem::Missing);
        } else if ends < 2 && text.chars().count() < 120 {
            self.refuse("narrative", Problem::TooShort);
        }
        text
    }

    fn language(&mut self, typed: &str) -> String {
        let tag = typed.trim();
        let fits =
            (2..=12).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if tag.is_empty() {
            return "en".to_owned();
        }
        if !fits {
            self.refuse("language", Problem::NotInList { value: tag.chars().take(40).collect() });
        }
        tag.to_owned()
    }

    fn address(&mut self, field: &str, typed: &str) -> String {
        check_address(typed).unwrap_or_else(|problem| {
            self.refuse(field, problem);
            typed.trim().to_owned()
        })
    }

    fn at_most(&mut self, field: &str, given: usize) {
        if given > LIMITS.entries {
            self.refuse(field, Problem::TooMany { most: LIMITS.entries });
        }
    }

    // ---- lists -------------------------------------------------------------------------------------------

    fn list_value<T: FromStr<Err = Problem>>(&mut self, field: &str, typed: &str) -> Option<T> {
        if typed.trim().is_empty() {
            self.refuse(field, Problem::Missing);
            return None;
        }
        self.list_value_or_none(field, typed)
    }

    fn list_value_or_none<T: FromStr<Err = Problem>>(&mut self, field: &str, typed: &str) -> Option<T> {
        if typed.trim().is_empty() {
            return None;
        }
        typed.parse().map_err(|problem| self.refuse(field, problem)).ok()
    }

    fn list_values<T: FromStr<Err = Problem>>(&mut self, field: &str, typed: &[String]) -> Vec<T> {
        self.at_most(field, typed.len());
        typed.iter().filter_map(|value| self.list_value_or_none(field, value)).collect()
    }

    fn yes_no(&mut self, field: &str, typed: &str) -> Option<bool> {
        match typed.trim() {
            "" => None,
            "yes" => Some(true),
            "no" => Some(false),
            other => {
                self.refuse(field, Problem::NotInList { value: other.chars().take(40).collect() });
                None
            }
        }
    }

    // ---- places, days, people ----------------------------------------------------------------------------

    fn country(&mut self, field: String, typed: &str) -> Option<CountryCode> {
        self.countries.find(typed).map_err(|problem| self.refuse(field, problem)).ok()
    }

    fn places(&mut self, typed: &[String]) -> Vec<CountryCode> {
        self.at_most("places", typed.len());
        let mut places = Vec::new();
        for (i, place) in typed.iter().enumerate().filter(|(_, p)| !p.trim().is_empty()) {
            if let Some(code) = self.country(format!("places.{i}"), place)
                && !places.contains(&code)
            {
                places.push(code);
            }
        }
        if typed.iter().all(|p| p.trim().is_empty()) {
            self.refuse("places.0", Problem::Missing);
        }
        places
    }

    /// The starter record has incidents whose sources name their places in words only ("several countries").
    fn places_or_words(&mut self, draft: &Draft) -> Vec<CountryCode> {
        let in_words = draft.provenance == Provenance::Starter && !draft.place_name.trim().is_empty();
        if in_words && draft.places.iter().all(|p| p.trim().is_empty()) {
            return Vec::new();
        }
        self.places(&draft.places)
    }

    fn date(&mut self, field: impl Into<String>, typed: &str) -> Option<PartialDate> {
        let field = field.into();
        if typed.trim().is_empty() {
            return None;
        }
        match typed.parse::<PartialDate>() {
            Ok(date) if date.first() > self.today => {
                self.refuse(field, Problem::InTheFuture { value: typed.trim().to_owned() });
                None
            }
            Ok(date) => Some(date),
            Err(problem) => {
                self.refuse(field, problem);
                None
            }
        }
    }

    fn dates(&mut self, draft: &Draft) -> Option<(PartialDate, Option<PartialDate>)> {
        if draft.start.trim().is_empty() {
            self.refuse("start", Problem::Missing);
        }
        let start = self.date("start", &draft.start);
        let end = self.date("end", &draft.end);
        if let (Some(start), Some(end)) = (start, end)
            && end.last() < start.first()
        {
            self.refuse("end", Problem::EndBeforeStart);
        }
        Some((start?, end))
    }

    fn actors(&mut self, draft: &Draft) -> Vec<Actor> {
        self.at_most("actors", draft.actors.len());
        let mut actors = Vec::new();
        for (i, actor) in draft.actors.iter().enumerate() {
            let all = [&actor.role, &actor.state, &actor.attribution, &actor.name];
            if nothing_in(&all) {
                continue;
            }
            let state = match actor.state.trim() {
                "" => None,
                typed => self.country(format!("actors.{i}.state"), typed),
            };
            let role = self.list_value(&format!("actors.{i}.role"), &actor.role);
            let attribution = self.list_value(&format!("actors.{i}.attribution"), &actor.attribution);
            let name = self.text(&format!("actors.{i}.name"), &actor.name, LIMITS.line);
            if let (Some(role), Some(attribution)) = (role, attribution) {
                actors.push(Actor { role, state, attribution, name });
            }
        }
        if draft.provenance == Provenance::Desk
            && actors.is_empty()
            && !self.errors.iter().any(|e| e.field.starts_with("actors."))
        {
            // "Not established" is an answer; no answer is none.
            self.refuse("actors.0.attribution", Problem::Missing);
        }
        actors
    }

    fn sources(&mut self, draft: &Draft) -> Vec<Source> {
        self.at_most("sources", draft.sources.len());
        let mut sources: Vec<Source> = Vec::new();
        for (i, typed) in draft.sources.iter().enumerate() {
            let all = [&typed.url, &typed.title, &typed.kind, &typed.published, &typed.first_published_by];
            if nothing_in(&all) {
                continue;
            }
            let field = |name: &str| format!("sources.{i}.{name}");
            if typed.url.trim().is_empty() && typed.title.trim().is_empty() {
                self.refuse(field("url"), Problem::Missing);
            }
            let source = Source {
                url: self.address(&field("url"), &typed.url),
                title: self.text(&field("title"), &typed.title, LIMITS.line),
                kind: self.list_value_or_none(&field("kind"), &typed.kind),
                published: self.date(field("published"), &typed.published),
                first_published_by: self.text(
                    &field("first_published_by"),
                    &typed.first_published_by,
                    LIMITS.line,
                ),
            };
            if !sources.iter().any(|s| !s.url.is_empty() && s.url == source.url) {
                sources.push(source);
            }
        }
        if sources.is_empty() && !self.errors.iter().any(|e| e.field.starts_with("sources.")) {
            self.refuse("sources.0.url", Problem::Missing);
        }
        sources
    }

    // ---- what publishing asks for ------------------------------------------------------------------------

    fn justification(&mut self, draft: &Draft) -> Option<Justification> {
        let text = self.text("justification", &draft.justification, LIMITS.paragraph);
        let none_found = self.yes_no("no_justification_found", &draft.no_justification_found) == Some(true);
        if !text.is_empty() {
            return Some(Justification::Given(text));
        }
        if none_found {
            return Some(Justification::NoneFound);
        }
        if draft.provenance == Provenance::Starter {
            return Some(Justification::NotRecorded);
        }
        self.refuse("justification", Problem::Missing);
        None
    }

    fn naming(&mut self, draft: &Draft, sources: &[Source]) -> Option<Option<NamingRule>> {
        let reason = self.text("naming_reason", &draft.naming_reason, LIMITS.paragraph);
        if draft.naming.trim().is_empty() {
            if draft.provenance == Provenance::Starter {
                return Some(None);
            }
            self.refuse("naming", Problem::NamingNotChecked);
            return None;
        }
        let rule: NamingRule = self.list_value("naming", &draft.naming)?;
        if matches!(rule, NamingRule::TwoOutlets | NamingRule::PrivateNamed) && independent(sources) < 2 {
            self.refuse("naming", Problem::NamedByOneSource);
        }
        if rule != NamingRule::NobodyNamed && reason.is_empty() {
            self.refuse("naming_reason", Problem::Missing);
        }
        Some(Some(rule))
    }

    fn comment(&mut self, draft: &Draft) -> Option<CommentSought> {
        let from = self.text("comment_from", &draft.comment_from, LIMITS.line);
        let answer = self.text("comment_answer", &draft.comment_answer, LIMITS.paragraph);
        let reason = self.text("comment_not_asked", &draft.comment_not_asked, LIMITS.paragraph);
        let when = self.date("comment_when", &draft.comment_when);
        if !from.is_empty() {
            if draft.comment_when.trim().is_empty() {
                self.refuse("comment_when", Problem::Missing);
            }
            return Some(CommentSought::Asked { from, when: when?, answer });
        }
        if !reason.is_empty() {
            return Some(CommentSought::NotAsked { reason });
        }
        if draft.provenance == Provenance::Starter {
            return Some(CommentSought::NotRecorded);
        }
        self.refuse("comment_from", Problem::Missing);
        None
    }
}

fn nothing_in(typed: &[&String]) -> bool {
    typed.iter().all(|text| text.trim().is_empty())
}

/// How many publishers stand behind `sources`: reprints count once, and where nobody recorded who published a
/// source first, it does not count as another.
fn independent(sources: &[Source]) -> usize {
    let publishers: BTreeSet<String> = sources
        .iter()
        .map(|s| crate::fold::fold(s.first_published_by.trim()))
        .filter(|publisher| !publisher.is_empty())
        .collect();
    publishers.len().max(1)
}
