//! What publishing asks of the fields that only some kinds have. None of them is needed; what is there must be right.

use super::{Check, LIMITS};
use crate::day::PartialDate;
use crate::error::Problem;
use crate::incident::lists::NamingRule;
use crate::incident::particulars::{Particulars, Person, Side, Stage, TimeOfDay};
use crate::incident::{Draft, DraftPerson};

impl Check<'_> {
    pub(super) fn particulars(&mut self, draft: &Draft) -> Particulars {
        Particulars {
            start_time: self.time("start_time", &draft.start_time, &draft.start),
            end_time: self.time("end_time", &draft.end_time, &draft.end),
            extent: self.list_value_or_none("extent", &draft.extent),
            aimed_at: self.lines("aimed_at", &draft.aimed_at),
            channel: self.list_value_or_none("channel", &draft.channel),
            requesting: self.side("requesting", &draft.requesting_state, &draft.requesting_authority),
            requested: self.side("requested", &draft.requested_state, &draft.requested_authority),
            provider: self.text("provider", &draft.provider, LIMITS.line),
            targets: self.lines("targets", &draft.targets),
            persons: self.persons(draft),
            stages: self.stages(draft),
        }
    }

    fn time(&mut self, field: &str, typed: &str, day: &str) -> Option<TimeOfDay> {
        let time = self.list_value_or_none(field, typed)?;
        if day.parse::<PartialDate>().ok().and_then(|day| day.exact()).is_none() {
            self.refuse(field, Problem::TimeWithoutDay);
        }
        Some(time)
    }

    fn side(&mut self, side: &str, state: &str, authority: &str) -> Side {
        let state = (!state.trim().is_empty()).then(|| self.country(format!("{side}_state"), state));
        let authority = self.text(&format!("{side}_authority"), authority, LIMITS.line);
        Side { state: state.flatten(), authority }
    }

    fn persons(&mut self, draft: &Draft) -> Vec<Person> {
        self.at_most("persons", draft.persons.len());
        let mut persons = Vec::new();
        for (i, typed) in draft.persons.iter().enumerate() {
            let DraftPerson { role, number, name } = typed;
            if [role, number, name].iter().all(|f| f.trim().is_empty()) {
                continue;
            }
            let role = self.list_value(&format!("persons.{i}.role"), role);
            let number = self.number(&format!("persons.{i}.number"), number);
            let field = format!("persons.{i}.name");
            let name = self.text(&field, name, LIMITS.line);
            if !name.is_empty() && draft.naming.trim() == NamingRule::NobodyNamed.slug() {
                self.refuse(field, Problem::NamedAgainstCheck);
            }
            persons.extend(role.map(|role| Person { role, number, name }));
        }
        persons
    }

    fn number(&mut self, field: &str, typed: &str) -> Option<u32> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let number = typed.parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            self.refuse(field, Problem::NotANumber { value: typed.chars().take(40).collect() });
        }
        number
    }

    fn stages(&mut self, draft: &Draft) -> Vec<Stage> {
        self.at_most("stages", draft.stages.len());
        let mut stages = Vec::new();
        for (i, typed) in draft.stages.iter().enumerate() {
            if [&typed.stage, &typed.date, &typed.note].iter().all(|f| f.trim().is_empty()) {
                continue;
            }
            let stage = self.list_value(&format!("stages.{i}.stage"), &typed.stage);
            let date = self.date(format!("stages.{i}.date"), &typed.date);
            let note = self.text(&format!("stages.{i}.note"), &typed.note, LIMITS.paragraph);
            stages.extend(stage.map(|stage| Stage { stage, date, note }));
        }
        stages
    }
}
