//! From the fields of a form to a fact. What is wrong is left with its field, and reading goes on, so that one look
//! shows everything.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Fact, FactKind};
use crate::country::{Country, CountryCode, Gazetteer};
use crate::day::{Day, DayBounds, PartialDate};
use crate::error::{FieldError, Problem};
use crate::incident::{cannot_be_kept, is_web_address};
use crate::indicator::{Coverage, Indicator};
use crate::treaty::{
    ActionKind, Effect, EffectRule, GroupMember, InForce, ListReach, OpenTo, Provision, TOPICS, Treaty,
    TreatyAction, TreatySlug,
};

/// The most characters of one line, and of several.
const LINE: usize = 1_000;
const LINES: usize = 20_000;
/// The most entries of a list.
const ENTRIES: usize = 500;

/// What a form is read against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Countries in all their spellings.
    pub countries: &'a Gazetteer,
    /// Treaties on record.
    pub treaties: &'a BTreeSet<TreatySlug>,
    /// Today: nothing was done, learned or checked later.
    pub today: Day,
}

/// The fact that `fields` say, or everything that is wrong with them.
pub fn read(kind: FactKind, fields: &[(String, String)], known: Known<'_>) -> Result<Fact, Vec<FieldError>> {
    let mut form = Form { fields, known, errors: Vec::new() };
    let fact = match kind {
        FactKind::Action => form.action().map(Fact::Action),
        FactKind::Provision => form.provision().map(Fact::Provision),
        FactKind::Treaty => form.treaty().map(Box::new).map(Fact::Treaty),
        FactKind::Coverage => form.coverage().map(Fact::Coverage),
        FactKind::Area => form.area().map(Fact::Area),
        FactKind::Group => form.group().map(Fact::Group),
        FactKind::Indicator => form.indicator().map(Box::new).map(Fact::Indicator),
    };
    match fact {
        Some(fact) if form.errors.is_empty() => Ok(fact),
        _ => Err(form.errors),
    }
}

/// A source that facts were held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedAgainst {
    /// Its address.
    pub url: String,
    /// Its name.
    pub title: String,
    /// The day on which it was read.
    pub read_on: Day,
}

/// The source that a form names: `source_url`, `source_title`, `read_on`.
pub fn read_source(fields: &[(String, String)], today: Day) -> Result<CheckedAgainst, Vec<FieldError>> {
    let (countries, treaties) = (Gazetteer::default(), BTreeSet::new());
    let known = Known { countries: &countries, treaties: &treaties, today };
    let mut form = Form { fields, known, errors: Vec::new() };
    let (title, url) = (form.needed("source_title"), form.needed_address("source_url"));
    let read_on = form.needed("read_on").and_then(|_| form.past_day("read_on"));
    match (title, read_on) {
        (Some(title), Some(read_on)) if form.errors.is_empty() => Ok(CheckedAgainst { url, title, read_on }),
        _ => Err(form.errors),
    }
}

struct Form<'a> {
    fields: &'a [(String, String)],
    known: Known<'a>,
    errors: Vec<FieldError>,
}

impl Form<'_> {
    // ---- kinds -------------------------------------------------------------------------------------------

    fn action(&mut self) -> Option<TreatyAction> {
        let treaty = self.treaty_on_record("treaty");
        let country = self.needed("country").and_then(|typed| self.country("country", &typed));
        let kind: Option<ActionKind> = self.word("kind");
        let done = self.bounds("done");
        if done == DayBounds::default() {
            self.refuse("done", Problem::Missing);
        }
        // An entry into force may be announced; nothing else is done before its day.
        if kind != Some(ActionKind::EntryIntoForce) && done.surely_after(self.known.today) {
            let first = done.not_before.map(|day| day.to_string()).unwrap_or_default();
            self.refuse("done", Problem::InTheFuture { value: first });
        }
        let effect = match self.bounds("effect") {
            bounds if bounds == DayBounds::default() => Effect::NotRecorded,
            bounds => Effect::Recorded(bounds),
        };
        let (source_url, source_title) = (self.address("source_url"), self.line("source_title"));
        if source_url.is_empty() && source_title.is_empty() {
            self.refuse("source_url", Problem::Missing);
        }
        let through = self.line("through");
        let through = if through.is_empty() { None } else { self.country("through", &through) };
        let seen_as_of = self.value::<PartialDate>("seen_as_of");
        let learned = self.past_day("learned");
        let (checked, checked_on) = self.checked();
        let action = TreatyAction {
            done,
            effect,
            again: self.yes("again"),
            through,
            checked,
            checked_on,
            provisions: self.line("provisions"),
            text: self.lines("text"),
            source_url,
            source_title,
            seen_as_of: seen_as_of.map(|date| date.to_string()).unwrap_or_default(),
            learned,
            used: !self.yes("not_used"),
            note: self.lines("note"),
            treaty: treaty?,
            country: country?,
            kind: kind?,
        };
        if let Err(problem) = action.check() {
            self.refuse("effect", problem);
        }
        Some(action)
    }

    fn provision(&mut self) -> Option<Provision> {
        let treaty = self.treaty_on_record("treaty");
        let number = self.needed_value("number");
        let heading = self.needed("heading");
        let topics = self.any("topics");
        if topics.is_empty() {
            self.refuse("topics", Problem::Missing);
        } else if let Some(other) = topics.iter().find(|topic| !TOPICS.contains(&topic.as_str())) {
            self.refuse("topics", Problem::NotInList { value: other.clone() });
        }
        let (checked, checked_on) = self.checked();
        Some(Provision {
            topics,
            heading_is_ours: self.yes("heading_is_ours"),
            binding_words: self.line("binding_words"),
            checked,
            checked_on,
            source_url: self.needed_address("source_url"),
            note: self.lines("note"),
            treaty: treaty?,
            number: number?,
            heading: heading?,
        })
    }

    fn treaty(&mut self) -> Option<Treaty> {
        let slug = self.slug("slug");
        let official_title = self.needed_lines("official_title");
        let short_title = self.needed("short_title");
        let kind = self.word("kind");
        let opened: Option<PartialDate> = self.value("opened");
        let open_until = self.day("open_until");
        if let (Some(opened), Some(until)) = (opened, open_until)
            && until < opened.first()
        {
            self.refuse("open_until", Problem::EndBeforeStart);
        }
        let in_force = match (self.day("in_force"), self.day("not_in_force_as_of")) {
            (Some(_), Some(_)) => {
                self.refuse("not_in_force_as_of", Problem::SaidTwice);
                InForce::NotRecorded
            }
            (Some(day), None) => InForce::Since(day),
            (None, Some(day)) => InForce::NotAsOf(day),
            (None, None) => InForce::NotRecorded,
        };
        let parties = (self.number::<u32>("parties_count"), self.value("parties_as_of"));
        match parties {
            (Some(_), None) => self.refuse("parties_as_of", Problem::Missing),
            (None, Some(_)) => self.refuse("parties_count", Problem::Missing),
            _ => {}
        }
        let text_url = self.address("text_url");
        let (rules_checked, checked_on) = self.checked();
        Some(Treaty {
            depositary: self.line_or_none("depositary"),
            adopted: self.value("adopted"),
            opened,
            opened_place: self.line_or_none("opened_place"),
            open_until,
            open_to: self.open_to(),
            open_to_words: self.lines("open_to_words"),
            entry_into_force_rule: self.lines("entry_into_force_rule"),
            in_force,
            effect_rule: self.rule("effect_rule", "effect_after"),
            effect_words: self.lines("effect_words"),
            denunciation_rule: self.rule("denunciation_rule", "denunciation_after"),
            denunciation_words: self.lines("denunciation_words"),
            languages: self.items("languages"),
            text_url: Some(text_url).filter(|url| !url.is_empty()),
            rules_checked,
            checked_on,
            parties_count: parties.0.zip(parties.1),
            list: ListReach {
                joining_complete_to: self.day("list_joining_complete_to"),
                leaving_complete_to: self.day("list_leaving_complete_to"),
                last_seen: self.day("list_last_seen"),
            },
            source_url: self.needed_address("source_url"),
            note: self.lines("note"),
            slug: slug?,
            official_title: official_title?,
            short_title: short_title?,
            kind: kind?,
        })
    }

    fn coverage(&mut self) -> Option<Coverage> {
        let source = self.needed("source");
        let typed = self.items("countries");
        let countries = typed.iter().filter_map(|name| self.country("countries", name)).collect();
        let kinds = self.any("kinds");
        let kinds = kinds.iter().filter_map(|slug| self.word_of("kinds", slug)).collect();
        let (from, to): (Option<PartialDate>, Option<PartialDate>) = (self.value("from"), self.value("to"));
        if let (Some(from), Some(to)) = (from, to)
            && to.last() < from.first()
        {
            self.refuse("to", Problem::EndBeforeStart);
        }
        let extent = self.word("extent");
        Some(Coverage {
            countries,
            kinds,
            from,
            to,
            note: self.lines("note"),
            source: source?,
            extent: extent?,
        })
    }

    fn area(&mut self) -> Option<Country> {
        let code: Option<CountryCode> = match self.needed("code").map(|typed| typed.parse()) {
            Some(Ok(code)) => Some(code),
            Some(Err(_)) => {
                let value = self.line("code");
                self.refuse("code", Problem::NotInList { value });
                None
            }
            None => None,
        };
        let (name, kind) = (self.needed("name"), self.word("kind"));
        let existed = self.two_days("existed_from", "existed_to");
        let administered_by = self.line("administered_by");
        let administered_by =
            if administered_by.is_empty() { None } else { self.country("administered_by", &administered_by) };
        let source = self.needed("source");
        Some(Country {
            alpha2: self.line_or_none("alpha2").map(|code| code.to_uppercase()),
            region: self.line_or_none("region"),
            sub_region: self.line_or_none("sub_region"),
            existed_from: existed.not_before,
            existed_to: existed.not_after,
            administered_by,
            aliases: self.items("aliases"),
            code: code?,
            name: name?,
            kind: kind?,
            source: source?,
        })
    }

    fn group(&mut self) -> Option<GroupMember> {
        let group = self.needed("group");
        let country = self.needed("country").and_then(|typed| self.country("country", &typed));
        let years = self.two_days("from", "to");
        let (checked, checked_on) = self.checked();
        let source = self.needed("source");
        Some(GroupMember {
            from: years.not_before,
            to: years.not_after,
            checked,
            checked_on,
            group: group?,
            country: country?,
            source: source?,
        })
    }

    fn indicator(&mut self) -> Option<Indicator> {
        let code = self.slug("code").map(String::from);
        let (name, publisher) = (self.needed("name"), self.needed("publisher"));
        let (unit, direction) = (self.needed("unit"), self.word("direction"));
        let scale = (self.number::<f64>("scale_low"), self.number::<f64>("scale_high"));
        if let (Some(low), Some(high)) = scale
            && high <= low
        {
            self.refuse("scale_high", Problem::EndBeforeStart);
        }
        let (method, licence) = (self.needed_lines("method"), self.needed("licence"));
        let release = self.needed("release");
        let breaks = self.items("breaks");
        let breaks = breaks.iter().filter_map(|year| self.number_of("breaks", year)).collect();
        Some(Indicator {
            scale_low: scale.0,
            scale_high: scale.1,
            licence_url: self.address("licence_url"),
            attribution: self.lines("attribution"),
            newer_release: self.line("newer_release"),
            interval: self.line("interval"),
            breaks,
            source_url: self.needed_address("source_url"),
            code: code?,
            name: name?,
            publisher: publisher?,
            unit: unit?,
            direction: direction?,
            method: method?,
            licence: licence?,
            release: release?,
        })
    }

    // ---- parts of kinds ----------------------------------------------------------------------------------

    /// `done`, or the two days between which it lies.
    fn bounds(&mut self, name: &str) -> DayBounds {
        let (first, last) = (format!("{name}_not_before"), format!("{name}_not_after"));
        let between = self.two_days(&first, &last);
        match self.value::<PartialDate>(name) {
            Some(_) if between != DayBounds::default() => {
                self.refuse(&first, Problem::SaidTwice);
                between
            }
            Some(date) => date.bounds(),
            None => between,
        }
    }

    fn open_to(&mut self) -> OpenTo {
        let (rule, of) = (self.line("open_to"), self.line("open_to_of"));
        let needs_more = matches!(rule.as_str(), "members" | "invitation" | "parties-of");
        if needs_more && of.is_empty() {
            self.refuse("open_to_of", Problem::Missing);
        }
        let rule = if needs_more { format!("{rule}:{of}") } else { rule };
        rule.parse().unwrap_or_else(|problem| {
            self.refuse("open_to", problem);
            OpenTo::NotRecorded
        })
    }

    fn rule(&mut self, rule: &str, after: &str) -> EffectRule {
        let (name, number) = (self.line(rule), self.line(after));
        if name.is_empty() {
            if !number.is_empty() {
                self.refuse(rule, Problem::Missing);
            }
            return EffectRule::Unknown;
        }
        format!("{name}:{number}").parse().unwrap_or_else(|_| {
            let problem =
                if number.is_empty() { Problem::Missing } else { Problem::NotANumber { value: number } };
            self.refuse(after, problem);
            EffectRule::Unknown
        })
    }

    /// Whether it was checked, and when: one needs the other.
    fn checked(&mut self) -> (bool, Option<Day>) {
        let (checked, on) = (self.yes("checked"), self.past_day("checked_on"));
        if !checked && on.is_some() {
            self.refuse("checked", Problem::DayWithoutCheck);
        }
        (checked, on)
    }

    fn treaty_on_record(&mut self, name: &str) -> Option<TreatySlug> {
        let slug: TreatySlug = self.needed_value(name)?;
        if self.known.treaties.contains(&slug) {
            return Some(slug);
        }
        self.refuse(name, Problem::NotInList { value: slug.to_string() });
        None
    }

    fn country(&mut self, name: &str, typed: &str) -> Option<CountryCode> {
        self.known.countries.find(typed).map_err(|problem| self.refuse(name, problem)).ok()
    }

    fn slug(&mut self, name: &str) -> Option<TreatySlug> {
        let typed = self.needed(name)?;
        typed.parse().map_err(|_| self.refuse(name, Problem::NotASlug { value: short(&typed) })).ok()
    }

    // ---- values ------------------------------------------------------------------------------------------

    fn refuse(&mut self, name: &str, problem: Problem) {
        if !self.errors.iter().any(|error| error.field == name) {
            self.errors.push(FieldError::new(name, problem));
        }
    }

    fn text(&mut self, name: &str, most: usize) -> String {
        let sent = self.fields.iter().rev().find(|(field, _)| field == name);
        let text = sent.map_or("", |(_, text)| text.trim()).replace("\r\n", "\n");
        let given = text.chars().count();
        if given > most {
            self.refuse(name, Problem::TooLong { given, most });
        }
        let breaks_line = most == LINE && text.contains(['\n', '\t']);
        if breaks_line || text.chars().any(cannot_be_kept) {
            self.refuse(name, Problem::BadCharacters);
        }
        text
    }

    fn line(&mut self, name: &str) -> String {
        self.text(name, LINE)
    }

    fn lines(&mut self, name: &str) -> String {
        self.text(name, LINES)
    }

    fn line_or_none(&mut self, name: &str) -> Option<String> {
        Some(self.line(name)).filter(|text| !text.is_empty())
    }

    fn needed(&mut self, name: &str) -> Option<String> {
        let text = self.line(name);
        self.given(name, text)
    }

    fn needed_lines(&mut self, name: &str) -> Option<String> {
        let text = self.lines(name);
        self.given(name, text)
    }

    fn given(&mut self, name: &str, text: String) -> Option<String> {
        if text.is_empty() {
            self.refuse(name, Problem::Missing);
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// One entry a line.
    fn items(&mut self, name: &str) -> Vec<String> {
        let text = self.lines(name);
        let items: Vec<String> =
            text.lines().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
        if items.len() > ENTRIES {
            self.refuse(name, Problem::TooMany { most: ENTRIES });
        }
        items
    }

    /// What is ticked of a list, each once.
    fn any(&mut self, name: &str) -> Vec<String> {
        let mut ticked: Vec<String> = Vec::new();
        for (field, value) in self.fields {
            if field == name && !value.is_empty() && !ticked.contains(value) && ticked.len() < ENTRIES {
                ticked.push(value.clone());
            }
        }
        ticked
    }

    fn yes(&mut self, name: &str) -> bool {
        self.line(name) == "yes"
    }

    fn address(&mut self, name: &str) -> String {
        let url = self.line(name);
        if !url.is_empty() && !is_web_address(&url) {
            self.refuse(name, Problem::NotAnAddress { value: short(&url) });
        }
        url
    }

    fn needed_address(&mut self, name: &str) -> String {
        let url = self.address(name);
        self.given(name, url).unwrap_or_default()
    }

    fn value<T: FromStr<Err = Problem>>(&mut self, name: &str) -> Option<T> {
        let text = self.line_or_none(name)?;
        text.parse().map_err(|problem| self.refuse(name, problem)).ok()
    }

    fn needed_value<T: FromStr<Err = Problem>>(&mut self, name: &str) -> Option<T> {
        let text = self.needed(name)?;
        text.parse().map_err(|problem| self.refuse(name, problem)).ok()
    }

    /// One of the words that the type is stored as.
    fn word<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let text = self.needed(name)?;
        self.word_of(name, &text)
    }

    fn word_of<T: DeserializeOwned>(&mut self, name: &str, text: &str) -> Option<T> {
        let problem = |_| self.refuse(name, Problem::NotInList { value: short(text) });
        serde_json::from_value(Value::String(text.to_owned())).map_err(problem).ok()
    }

    fn number<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.line_or_none(name)?;
        self.number_of(name, &text)
    }

    fn number_of<T: FromStr>(&mut self, name: &str, text: &str) -> Option<T> {
        // `inf` and `nan` are numbers to Rust and to nobody else.
        let number = text.parse().ok().filter(|_| !text.contains(char::is_alphabetic));
        if number.is_none() {
            self.refuse(name, Problem::NotANumber { value: short(text) });
        }
        number
    }

    fn day(&mut self, name: &str) -> Option<Day> {
        let date: PartialDate = self.value(name)?;
        if date.exact().is_none() {
            self.refuse(name, Problem::NotADate { value: date.to_string() });
        }
        date.exact()
    }

    fn past_day(&mut self, name: &str) -> Option<Day> {
        let day = self.day(name)?;
        if day > self.known.today {
            self.refuse(name, Problem::InTheFuture { value: day.to_string() });
        }
        Some(day)
    }

    fn two_days(&mut self, first: &str, last: &str) -> DayBounds {
        let bounds = DayBounds { not_before: self.day(first), not_after: self.day(last) };
        if !bounds.is_consistent() {
            self.refuse(last, Problem::EndBeforeStart);
        }
        bounds
    }
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
