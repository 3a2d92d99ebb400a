//! The fields of the case form, section by section: which control each takes and what the public sees of it.

use std::collections::BTreeMap;

use domain::form::takes_a_country;
use domain::incident::{
    ActorRole, Attribution, AuthorityKind, Bearing, Channel, Context, Extent, Kind, NamingRule, PersonRole,
    SOMETIMES, SourceKind, StageKind, Stance, fields_for,
};
use text::Text;

use super::problem::label;
use crate::components::form::{Choice, Control, Field, Sight};
use crate::words::term;

/// What the form holds: values and errors by field name.
pub(super) struct Filled<'a> {
    pub(super) text: Text,
    pub(super) values: &'a BTreeMap<String, String>,
    pub(super) errors: &'a BTreeMap<String, String>,
    /// Names that may have been meant by a country that nobody can find, by field name.
    pub(super) meant: &'a BTreeMap<String, Vec<String>>,
    /// The fields that were made less exact.
    pub(super) blurred: &'a [String],
    /// What colleagues said of a field and is not resolved, by field name.
    pub(super) said: &'a BTreeMap<String, Vec<(String, String)>>,
}

/// The id of the list of countries that a browser offers.
pub(super) const COUNTRIES: &str = "countries";

/// The id of the list of treaties that a browser offers.
pub(super) const TREATIES: &str = "treaties";

/// The id of the list of what a browser offers for a field while somebody types.
pub(super) fn offered(name: &str) -> Option<String> {
    match name.split('.').collect::<Vec<_>>()[..] {
        ["links", _, "treaty"] => Some(TREATIES.to_owned()),
        ["links", link, "provision"] => Some(format!("provisions-{link}")),
        _ => takes_a_country(name).then(|| COUNTRIES.to_owned()),
    }
}

/// A section: its heading's key and its fields.
pub(super) type Section = (&'static str, Vec<Field>);

impl Filled<'_> {
    /// Every section, in the order of the form.
    pub(super) fn sections(&self) -> Vec<Section> {
        [self.first(), self.particulars(), self.last()].concat()
    }

    /// Every field that the form has for whatever kind, in its order.
    pub(super) fn every(&self) -> Vec<Field> {
        let of = |sections: Vec<Section>| sections.into_iter().flat_map(|(_, fields)| fields);
        let sometimes = SOMETIMES.iter().flat_map(|field| self.sometimes(field));
        of(self.first()).chain(sometimes).chain(of(self.last())).collect()
    }

    /// What submitting needs.
    pub(super) fn first(&self) -> Vec<Section> {
        vec![
            ("case-what", self.what()),
            ("case-sources", self.groups("sources", 1, |form, n| form.source(n))),
        ]
    }

    /// What this kind of act asks for, and what else of that sort holds something: that is never left out.
    pub(super) fn particulars(&self) -> Vec<Section> {
        let kind = self.values.get("kind").and_then(|slug| slug.parse::<Kind>().ok());
        let asked = kind.map_or(&[][..], fields_for);
        let (groups, lines): (Vec<&str>, Vec<&str>) =
            asked.iter().partition(|field| matches!(**field, "persons" | "stages"));
        let all = |fields: &[&str]| fields.iter().flat_map(|field| self.sometimes(field)).collect();
        let mut sections = vec![("case-particulars", all(&lines))];
        if groups.contains(&"persons") {
            sections.push(("case-persons", all(&["persons"])));
        }
        if groups.contains(&"stages") {
            sections.push(("case-stages", all(&["stages"])));
        }
        let also: Vec<&str> =
            SOMETIMES.iter().copied().filter(|field| !asked.contains(field) && self.holds(field)).collect();
        if !also.is_empty() {
            sections.push(("case-also-filled", all(&also)));
        }
        sections
    }

    /// What only publishing needs.
    pub(super) fn last(&self) -> Vec<Section> {
        vec![
            ("case-who", self.who()),
            ("case-actors", self.groups("actors", 1, |form, n| form.actor(n))),
            ("case-why", self.why()),
            ("case-more", self.more()),
            ("case-publishing", self.publishing()),
        ]
    }

    fn what(&self) -> Vec<Field> {
        let mut fields = vec![self.line("title")];
        fields.extend((0..self.entries("places", 1)).map(|n| self.line(&format!("places.{n}"))));
        fields.extend([
            self.line("place_name"),
            self.select("kind", "kind", Kind::ALL.iter().map(|v| v.slug()), true),
            self.field("start", Control::Short(12)),
            self.field("end", Control::Short(12)),
            self.select("ongoing", "yes-no", ["yes", "no"], true),
            self.field("narrative", Control::Lines(8)),
            self.field("language", Control::Short(8)),
        ]);
        fields
    }

    fn source(&self, n: usize) -> Vec<Field> {
        let name = |key: &str| format!("sources.{n}.{key}");
        vec![
            self.field(&name("url"), Control::Address),
            self.line(&name("title")),
            self.select(&name("kind"), "source-kind", SourceKind::ALL.iter().map(|v| v.slug()), true),
            self.field(&name("published"), Control::Short(12)),
            self.line(&name("first_published_by")),
        ]
    }

    fn who(&self) -> Vec<Field> {
        vec![
            self.select(
                "authority_kind",
                "authority-kind",
                AuthorityKind::ALL.iter().map(|v| v.slug()),
                true,
            ),
            self.line("authority"),
            self.field("decision", Control::Lines(3)),
        ]
    }

    fn actor(&self, n: usize) -> Vec<Field> {
        let name = |key: &str| format!("actors.{n}.{key}");
        vec![
            self.line(&name("state")),
            self.select(&name("attribution"), "attribution", Attribution::ALL.iter().map(|v| v.slug()), true),
            self.select(&name("role"), "role", ActorRole::ALL.iter().map(|v| v.slug()), true),
            self.line(&name("name")),
        ]
    }

    fn why(&self) -> Vec<Field> {
        vec![
            self.field("justification", Control::Lines(3)),
            self.field("no_justification_found", Control::Box),
            self.field("documented_cause", Control::Lines(2)),
            self.select("stance", "stance", Stance::ALL.iter().map(|v| v.slug()), true),
            self.field(
                "contexts",
                Control::Boxes(self.choices("context", Context::ALL.iter().map(|v| v.slug()))),
            ),
        ]
    }

    fn more(&self) -> Vec<Field> {
        vec![
            self.field("outcome", Control::Lines(3)),
            self.field("transnational", Control::Box),
            self.line("series"),
            self.field("related", Control::Lines(2)),
        ]
    }

    /// A field that only some kinds ask for; a group as all its fields.
    fn sometimes(&self, field: &str) -> Vec<Field> {
        match field {
            "persons" => self.groups("persons", 1, |form, n| form.person(n)),
            "stages" => self.groups("stages", 1, |form, n| form.stage(n)),
            "start_time" | "end_time" => vec![self.field(field, Control::Short(8))],
            "extent" => vec![self.select(field, "extent", Extent::ALL.iter().map(|v| v.slug()), true)],
            "channel" => vec![self.select(field, "channel", Channel::ALL.iter().map(|v| v.slug()), true)],
            "services" | "networks" | "aimed_at" | "targets" | "people_affected" => {
                vec![self.field(field, Control::Lines(2))]
            }
            _ => vec![self.line(field)],
        }
    }

    fn person(&self, n: usize) -> Vec<Field> {
        let name = |key: &str| format!("persons.{n}.{key}");
        vec![
            self.select(&name("role"), "person-role", PersonRole::ALL.iter().map(|v| v.slug()), true),
            self.field(&name("number"), Control::Short(8)),
            self.line(&name("name")),
        ]
    }

    fn stage(&self, n: usize) -> Vec<Field> {
        let name = |key: &str| format!("stages.{n}.{key}");
        vec![
            self.select(&name("stage"), "stage", StageKind::ALL.iter().map(|v| v.slug()), true),
            self.field(&name("date"), Control::Short(12)),
            self.field(&name("note"), Control::Lines(2)),
        ]
    }

    fn publishing(&self) -> Vec<Field> {
        vec![
            self.select("bearing", "bearing", Bearing::ALL.iter().map(|v| v.slug()), true),
            self.select("naming", "naming", NamingRule::ALL.iter().map(|v| v.slug()), true),
            self.field("naming_reason", Control::Lines(2)).sight(Sight::Desk),
            self.line("comment_from"),
            self.field("comment_when", Control::Short(12)),
            self.field("comment_answer", Control::Lines(3)),
            self.field("comment_not_asked", Control::Lines(2)),
        ]
    }

    // ---- parts -------------------------------------------------------------------------------------------

    /// Something stands in the field, or in one of the group's.
    fn holds(&self, head: &str) -> bool {
        let is_of = |name: &str| name.split('.').next() == Some(head);
        self.values.iter().any(|(name, value)| is_of(name) && !value.trim().is_empty())
    }

    /// How many entries of a list are shown: as many as are filled, at least `least`.
    pub(super) fn entries(&self, list: &str, least: usize) -> usize {
        let prefix = format!("{list}.");
        let filled = self
            .values
            .keys()
            .filter_map(|name| name.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok());
        filled.max().map_or(least, |last| (last + 1).max(least))
    }

    fn groups(&self, list: &str, least: usize, group: impl Fn(&Self, usize) -> Vec<Field>) -> Vec<Field> {
        (0..self.entries(list, least)).flat_map(|n| group(self, n)).collect()
    }

    pub(super) fn line(&self, name: &str) -> Field {
        self.field(name, Control::Line)
    }

    pub(super) fn field(&self, name: &str, control: Control) -> Field {
        let mut field = Field::new(name, label(self.text, name))
            .control(control)
            .value(self.values.get(name).cloned().unwrap_or_default())
            .error(self.errors.get(name).cloned())
            .sight(if self.blurred.iter().any(|b| b == name) { Sight::Blurred } else { Sight::Public });
        field.said = self.said.get(name).cloned().unwrap_or_default();
        field.list = offered(name);
        if field.list.is_some() {
            let meant = self.meant.get(name).into_iter().flatten();
            field.meant = meant.map(|it| Choice::new(format!("choose {name} {it}"), it)).collect();
            field.autocomplete = Some("off");
        }
        let hint = format!(
            "hint-{}",
            name.split('.')
                .filter(|p| p.parse::<usize>().is_err())
                .collect::<Vec<_>>()
                .join("-")
                .replace('_', "-")
        );
        if self.text.has(&hint) {
            field = field.hint(self.text.say(&hint));
        }
        field
    }

    pub(super) fn choices<'s>(&self, list: &str, slugs: impl IntoIterator<Item = &'s str>) -> Vec<Choice> {
        slugs.into_iter().map(|slug| Choice::new(slug, term(self.text, list, slug))).collect()
    }

    pub(super) fn select<'s>(
        &self,
        name: &str,
        list: &str,
        slugs: impl IntoIterator<Item = &'s str>,
        open: bool,
    ) -> Field {
        let mut choices = self.choices(list, slugs);
        if open {
            choices.insert(0, Choice::new("", self.text.say("form-not-said")));
        }
        self.field(name, Control::Select(choices))
    }
}
