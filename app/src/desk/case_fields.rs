//! The fields of the case form, section by section: which control each takes and what the public sees of it.

use std::collections::BTreeMap;

use domain::incident::{
    ActorRole, Attribution, AuthorityKind, Bearing, Context, Kind, NamingRule, SourceKind, Stance,
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
}

/// A section: its heading's key and its fields.
pub(super) type Section = (&'static str, Vec<Field>);

impl Filled<'_> {
    /// Every section, in the order of the form: first what submitting needs, last what only publishing needs.
    pub(super) fn sections(&self) -> Vec<Section> {
        vec![
            ("case-what", self.what()),
            ("case-sources", self.groups("sources", 1, |form, n| form.source(n))),
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
            self.line("law"),
            self.line("article"),
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
            self.field("services", Control::Lines(2)),
            self.field("networks", Control::Lines(2)),
            self.field("people_affected", Control::Lines(2)),
            self.field("outcome", Control::Lines(3)),
            self.field("transnational", Control::Box),
            self.line("series"),
            self.field("related", Control::Lines(2)),
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

    /// How many entries of a list are shown: as many as are filled, at least `least`.
    fn entries(&self, list: &str, least: usize) -> usize {
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

    fn line(&self, name: &str) -> Field {
        self.field(name, Control::Line)
    }

    fn field(&self, name: &str, control: Control) -> Field {
        let mut field = Field::new(name, label(self.text, name))
            .control(control)
            .value(self.values.get(name).cloned().unwrap_or_default())
            .error(self.errors.get(name).cloned())
            .sight(Sight::Public);
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

    fn choices<'s>(&self, list: &str, slugs: impl IntoIterator<Item = &'s str>) -> Vec<Choice> {
        slugs.into_iter().map(|slug| Choice::new(slug, term(self.text, list, slug))).collect()
    }

    fn select<'s>(
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
