//! From a fact to the fields of its form: [`super::read`] of them gives the fact again, but for days of effect that were
//! computed, which are computed anew.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Fact;
use crate::country::Country;
use crate::day::{DayBounds, PartialDate};
use crate::indicator::{Coverage, Indicator};
use crate::standing::unsettle;
use crate::treaty::{EffectRule, GroupMember, InForce, OpenTo, Provision, Treaty, TreatyAction};

/// The fields of the form; those that hold nothing are left out. Lists have one entry a line.
pub fn write(fact: &Fact) -> BTreeMap<String, String> {
    let mut form = Fields::default();
    match fact {
        Fact::Action(action) => form.action(action),
        Fact::Provision(provision) => form.provision(provision),
        Fact::Treaty(treaty) => form.treaty(treaty),
        Fact::Coverage(coverage) => form.coverage(coverage),
        Fact::Area(area) => form.area(area),
        Fact::Group(member) => form.group(member),
        Fact::Indicator(indicator) => form.indicator(indicator),
    }
    form.0
}

#[derive(Default)]
struct Fields(BTreeMap<String, String>);

impl Fields {
    fn action(&mut self, action: &TreatyAction) {
        self.put("treaty", &action.treaty);
        self.put("country", action.country);
        self.word("kind", action.kind);
        self.bounds("done", action.done);
        if let Some(given) = unsettle(vec![action.clone()]).first() {
            self.bounds("effect", given.effect.bounds());
        }
        self.put("provisions", &action.provisions);
        self.put("text", &action.text);
        self.some("through", action.through);
        self.yes("again", action.again);
        self.yes("not_used", !action.used);
        self.put("note", &action.note);
        self.put("source_url", &action.source_url);
        self.put("source_title", &action.source_title);
        self.put("seen_as_of", &action.seen_as_of);
        self.some("learned", action.learned);
        self.yes("checked", action.checked);
        self.some("checked_on", action.checked_on);
    }

    fn provision(&mut self, provision: &Provision) {
        self.put("treaty", &provision.treaty);
        self.put("number", &provision.number);
        self.put("heading", &provision.heading);
        self.yes("heading_is_ours", provision.heading_is_ours);
        self.put("topics", provision.topics.join("\n"));
        self.put("binding_words", &provision.binding_words);
        self.put("note", &provision.note);
        self.put("source_url", &provision.source_url);
        self.yes("checked", provision.checked);
        self.some("checked_on", provision.checked_on);
    }

    fn treaty(&mut self, treaty: &Treaty) {
        self.put("slug", &treaty.slug);
        self.put("official_title", &treaty.official_title);
        self.put("short_title", &treaty.short_title);
        self.word("kind", treaty.kind);
        self.some("depositary", treaty.depositary.as_ref());
        self.some("adopted", treaty.adopted);
        self.some("opened", treaty.opened);
        self.some("opened_place", treaty.opened_place.as_ref());
        self.some("open_until", treaty.open_until);
        let (rule, of) = match &treaty.open_to {
            OpenTo::AllStates => ("all-states", ""),
            OpenTo::Members(of) => ("members", of.as_str()),
            OpenTo::Invitation(of) => ("invitation", of.as_str()),
            OpenTo::PartiesOf(of) => ("parties-of", of.as_str()),
            OpenTo::NotRecorded => ("", ""),
        };
        self.put("open_to", rule);
        self.put("open_to_of", of);
        self.put("open_to_words", &treaty.open_to_words);
        self.put("entry_into_force_rule", &treaty.entry_into_force_rule);
        match treaty.in_force {
            InForce::Since(day) => self.put("in_force", day),
            InForce::NotAsOf(day) => self.put("not_in_force_as_of", day),
            InForce::NotRecorded => {}
        }
        self.rule("effect", treaty.effect_rule);
        self.put("effect_words", &treaty.effect_words);
        self.rule("denunciation", treaty.denunciation_rule);
        self.put("denunciation_words", &treaty.denunciation_words);
        self.put("languages", treaty.languages.join("\n"));
        self.some("text_url", treaty.text_url.as_ref());
        self.some("parties_count", treaty.parties_count.map(|(count, _)| count));
        self.some("parties_as_of", treaty.parties_count.map(|(_, date)| date));
        self.some("list_joining_complete_to", treaty.list.joining_complete_to);
        self.some("list_leaving_complete_to", treaty.list.leaving_complete_to);
        self.some("list_last_seen", treaty.list.last_seen);
        self.put("note", &treaty.note);
        self.put("source_url", &treaty.source_url);
        self.yes("checked", treaty.rules_checked);
        self.some("checked_on", treaty.checked_on);
    }

    fn coverage(&mut self, coverage: &Coverage) {
        let countries: Vec<&str> = coverage.countries.iter().map(|code| code.as_str()).collect();
        let kinds: Vec<&str> = coverage.kinds.iter().map(|kind| kind.slug()).collect();
        self.put("source", &coverage.source);
        self.put("countries", countries.join("\n"));
        self.put("kinds", kinds.join("\n"));
        self.some("from", coverage.from);
        self.some("to", coverage.to);
        self.word("extent", coverage.extent);
        self.put("note", &coverage.note);
    }

    fn area(&mut self, area: &Country) {
        self.put("code", area.code);
        self.some("alpha2", area.alpha2.as_ref());
        self.put("name", &area.name);
        self.word("kind", area.kind);
        self.some("region", area.region.as_ref());
        self.some("sub_region", area.sub_region.as_ref());
        self.some("existed_from", area.existed_from);
        self.some("existed_to", area.existed_to);
        self.some("administered_by", area.administered_by);
        self.put("aliases", area.aliases.join("\n"));
        self.put("source", &area.source);
    }

    fn group(&mut self, member: &GroupMember) {
        self.put("group", &member.group);
        self.put("country", member.country);
        self.some("from", member.from);
        self.some("to", member.to);
        self.put("source", &member.source);
        self.yes("checked", member.checked);
        self.some("checked_on", member.checked_on);
    }

    fn indicator(&mut self, indicator: &Indicator) {
        let breaks: Vec<String> = indicator.breaks.iter().map(i16::to_string).collect();
        self.put("code", &indicator.code);
        self.put("name", &indicator.name);
        self.put("publisher", &indicator.publisher);
        self.put("unit", &indicator.unit);
        self.some("scale_low", indicator.scale_low);
        self.some("scale_high", indicator.scale_high);
        self.word("direction", indicator.direction);
        self.put("method", &indicator.method);
        self.put("licence", &indicator.licence);
        self.put("licence_url", &indicator.licence_url);
        self.put("attribution", &indicator.attribution);
        self.put("release", &indicator.release);
        self.put("newer_release", &indicator.newer_release);
        self.put("interval", &indicator.interval);
        self.put("breaks", breaks.join("\n"));
        self.put("source_url", &indicator.source_url);
    }

    fn put(&mut self, name: &str, value: impl ToString) {
        let text = value.to_string();
        if !text.is_empty() {
            self.0.insert(name.to_owned(), text);
        }
    }

    fn some(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    fn yes(&mut self, name: &str, said: bool) {
        self.put(name, if said { "yes" } else { "" });
    }

    /// The word that a value of a list is stored as.
    fn word(&mut self, name: &str, value: impl Serialize) {
        let word = serde_json::to_value(value).expect("a word is plain data");
        self.some(name, word.as_str());
    }

    /// One date where the bounds are those of a day, a month or a year; else the two days.
    fn bounds(&mut self, name: &str, bounds: DayBounds) {
        if let Some(date) = date_of(bounds) {
            return self.put(name, date);
        }
        self.some(&format!("{name}_not_before"), bounds.not_before);
        self.some(&format!("{name}_not_after"), bounds.not_after);
    }

    fn rule(&mut self, name: &str, rule: EffectRule) {
        let (word, after) = match rule {
            EffectRule::Days(n) => ("days", n),
            EffectRule::Months(n) => ("months", n),
            EffectRule::MonthFirstAfter(n) => ("month-first-after", n),
            EffectRule::Unknown => return,
        };
        self.put(&format!("{name}_rule"), word);
        self.put(&format!("{name}_after"), after);
    }
}

fn date_of(bounds: DayBounds) -> Option<PartialDate> {
    let first = bounds.not_before?;
    let day = first.to_string();
    let candidates = [&day[..], day.get(..7)?, day.get(..4)?];
    candidates.iter().filter_map(|text| text.parse::<PartialDate>().ok()).find(|date| date.bounds() == bounds)
}
