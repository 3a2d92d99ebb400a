//! Facts, their fields and their values in words.

use std::sync::Arc;

use domain::country::Gazetteer;
use domain::fact::{Fact, FactKind};
use domain::treaty::{Treaty, TreatySlug};
use text::Text;

use crate::words::days;

/// What facts are said with: the names of treaties and countries.
#[derive(Clone, Debug)]
pub struct FactWords {
    /// The language.
    pub text: Text,
    /// The treaties on record.
    pub treaties: Vec<Treaty>,
    /// The countries in all their spellings.
    pub countries: Arc<Gazetteer>,
}

impl FactWords {
    /// A fact in one line.
    pub fn line(&self, fact: &Fact) -> String {
        let country = || fact.country().map(|code| self.country(code.as_str())).unwrap_or_default();
        match fact {
            Fact::Action(action) => {
                let kind = self.text.say(&format!("action-{}", action.kind.slug()));
                let done = days::bounds(self.text, action.done);
                [country(), kind, done, self.treaty(&action.treaty)].join(" · ")
            }
            Fact::Provision(provision) => {
                format!("{} {} · {}", self.treaty(&provision.treaty), provision.number, provision.heading)
            }
            Fact::Treaty(treaty) => treaty.short_title.clone(),
            Fact::Coverage(coverage) => coverage.source.clone(),
            Fact::Area(area) => format!("{} · {}", area.name, area.code),
            Fact::Group(member) => format!("{} · {}", member.group, country()),
            Fact::Indicator(indicator) => format!("{} · {}", indicator.name, indicator.publisher),
        }
    }

    /// A treaty's short title.
    pub fn treaty(&self, slug: &TreatySlug) -> String {
        let known = self.treaties.iter().find(|treaty| treaty.slug == *slug);
        known.map_or_else(|| slug.to_string(), |treaty| treaty.short_title.clone())
    }

    /// A field's label.
    pub fn label(&self, kind: FactKind, name: &str) -> String {
        let name = name.replace('_', "-");
        let own = format!("fact-{}-{name}", kind.slug());
        self.text.say(&if self.text.has(&own) { own } else { format!("fact-field-{name}") })
    }

    /// What helps to fill it in, where anything does.
    pub fn hint(&self, kind: FactKind, name: &str) -> Option<String> {
        let name = name.replace('_', "-");
        let keys = [format!("fact-{}-{name}-hint", kind.slug()), format!("fact-field-{name}-hint")];
        keys.iter().find(|key| self.text.has(key)).map(|key| self.text.say(key))
    }

    /// The word for a value of a field that takes one of a list.
    pub fn choice(&self, kind: FactKind, name: &str, value: &str) -> String {
        let list = match (kind, name) {
            (FactKind::Action, "kind") => "action",
            (FactKind::Coverage, "kinds") => "kind",
            (_, "topics") => "topic",
            (_, "direction") => "direction",
            (_, "effect_rule" | "denunciation_rule") => "fact-rule",
            (_, "open_to") => "fact-open-to",
            (_, "extent") => "fact-extent",
            _ => "fact-is",
        };
        let key = format!("{list}-{value}");
        if self.text.has(&key) { self.text.say(&key) } else { value.to_owned() }
    }

    /// What a field holds, for who reads it.
    pub fn value(&self, kind: FactKind, name: &str, value: &str) -> String {
        let is_list = matches!(
            name,
            "kind"
                | "topics"
                | "kinds"
                | "open_to"
                | "effect_rule"
                | "denunciation_rule"
                | "direction"
                | "extent"
        );
        match name {
            _ if value == "yes" => self.text.say("facts-yes"),
            "country" | "through" | "administered_by" => self.country(value),
            "treaty" => value.parse().map_or_else(|_| value.to_owned(), |slug| self.treaty(&slug)),
            _ if is_list => {
                let words: Vec<String> = value.lines().map(|one| self.choice(kind, name, one)).collect();
                words.join("; ")
            }
            _ => value.to_owned(),
        }
    }

    fn country(&self, code: &str) -> String {
        let known = code.parse().ok().and_then(|code| self.countries.name(code));
        known.unwrap_or(code).to_owned()
    }
}
