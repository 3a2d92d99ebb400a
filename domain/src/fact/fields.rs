//! The fields of each kind of fact, in the order of its form.

use super::FactKind;

/// A field of the form of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactField {
    /// Its name, as the form sends it.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// It names the fact for good: given once, never changed.
    pub is_fixed: bool,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A number, or a few characters.
    Short,
    /// A web address.
    Address,
    /// A date as precise as it is known.
    Date,
    /// A day.
    Day,
    /// A country or area, in any spelling.
    Area,
    /// A treaty on record.
    Treaty,
    /// One of a list, by its slug.
    One(&'static [&'static str]),
    /// Any of a list.
    Any(&'static [&'static str]),
    /// Yes, or not said.
    Yes,
    /// That the fact was checked against its source: a steward's to say.
    Checked,
}

/// The fields of a kind of fact, in the order of its form.
pub fn fields_of(kind: FactKind) -> &'static [FactField] {
    match kind {
        FactKind::Action => ACTION,
        FactKind::Provision => PROVISION,
        FactKind::Treaty => TREATY,
        FactKind::Coverage => COVERAGE,
        FactKind::Area => AREA,
        FactKind::Group => GROUP,
        FactKind::Indicator => INDICATOR,
    }
}

const fn field(name: &'static str, shape: Shape) -> FactField {
    FactField { name, shape, is_fixed: false }
}

const fn fixed(name: &'static str, shape: Shape) -> FactField {
    FactField { name, shape, is_fixed: true }
}

const ACTION: &[FactField] = &[
    fixed("treaty", Shape::Treaty),
    field("country", Shape::Area),
    field(
        "kind",
        Shape::One(&[
            "signature",
            "definitive-signature",
            "ratification",
            "acceptance",
            "approval",
            "accession",
            "succession",
            "formal-confirmation",
            "consent-form-not-recorded",
            "provisional-application",
            "entry-into-force",
            "reservation",
            "declaration",
            "reservation-withdrawal",
            "objection",
            "derogation",
            "derogation-end",
            "territorial-application",
            "invitation-to-accede",
            "denunciation",
            "signature-withdrawal",
            "depositary-correction",
            "domestic-approval",
            "reported-ratified",
        ]),
    ),
    field("done", Shape::Date),
    field("done_not_before", Shape::Day),
    field("done_not_after", Shape::Day),
    field("effect", Shape::Date),
    field("effect_not_before", Shape::Day),
    field("effect_not_after", Shape::Day),
    field("provisions", Shape::Line),
    field("text", Shape::Lines),
    field("through", Shape::Area),
    field("again", Shape::Yes),
    field("not_used", Shape::Yes),
    field("note", Shape::Lines),
    field("source_url", Shape::Address),
    field("source_title", Shape::Line),
    field("seen_as_of", Shape::Date),
    field("learned", Shape::Day),
    field("checked", Shape::Checked),
    field("checked_on", Shape::Day),
];

const PROVISION: &[FactField] = &[
    fixed("treaty", Shape::Treaty),
    fixed("number", Shape::Short),
    field("heading", Shape::Line),
    field("heading_is_ours", Shape::Yes),
    field("topics", Shape::Any(crate::treaty::TOPICS)),
    field("binding_words", Shape::Line),
    field("note", Shape::Lines),
    field("source_url", Shape::Address),
    field("checked", Shape::Checked),
    field("checked_on", Shape::Day),
];

const TREATY: &[FactField] = &[
    fixed("slug", Shape::Line),
    field("official_title", Shape::Lines),
    field("short_title", Shape::Line),
    field("kind", Shape::One(&["treaty", "norms", "directive"])),
    field("depositary", Shape::Line),
    field("adopted", Shape::Date),
    field("opened", Shape::Date),
    field("opened_place", Shape::Line),
    field("open_until", Shape::Day),
    field("open_to", Shape::One(&["all-states", "members", "invitation", "parties-of"])),
    field("open_to_of", Shape::Line),
    field("open_to_words", Shape::Lines),
    field("entry_into_force_rule", Shape::Lines),
    field("in_force", Shape::Day),
    field("not_in_force_as_of", Shape::Day),
    field("effect_rule", Shape::One(&["days", "months", "month-first-after"])),
    field("effect_after", Shape::Short),
    field("effect_words", Shape::Lines),
    field("denunciation_rule", Shape::One(&["days", "months", "month-first-after"])),
    field("denunciation_after", Shape::Short),
    field("denunciation_words", Shape::Lines),
    field("languages", Shape::Lines),
    field("text_url", Shape::Address),
    field("parties_count", Shape::Short),
    field("parties_as_of", Shape::Date),
    field("list_joining_complete_to", Shape::Day),
    field("list_leaving_complete_to", Shape::Day),
    field("list_last_seen", Shape::Day),
    field("note", Shape::Lines),
    field("source_url", Shape::Address),
    field("checked", Shape::Checked),
    field("checked_on", Shape::Day),
];

const COVERAGE: &[FactField] = &[
    field("source", Shape::Line),
    field("countries", Shape::Lines),
    field(
        "kinds",
        Shape::Any(&[
            "internet-shutdown",
            "throttling",
            "platform-blocking",
            "prosecution",
            "arrest-or-detention",
            "surveillance",
            "data-request",
            "cooperation-request",
            "law-enforcement-operation",
            "private-hack-back",
            "law-or-draft",
            "reprisal",
        ]),
    ),
    field("from", Shape::Date),
    field("to", Shape::Date),
    field("extent", Shape::One(&["all-found", "examples"])),
    field("note", Shape::Lines),
];

const AREA: &[FactField] = &[
    fixed("code", Shape::Short),
    field("alpha2", Shape::Short),
    field("name", Shape::Line),
    field("kind", Shape::One(&["state", "territory", "area", "organisation", "former-state"])),
    field("region", Shape::Line),
    field("sub_region", Shape::Line),
    field("existed_from", Shape::Day),
    field("existed_to", Shape::Day),
    field("administered_by", Shape::Area),
    field("aliases", Shape::Lines),
    field("source", Shape::Line),
];

const GROUP: &[FactField] = &[
    fixed("group", Shape::Short),
    fixed("country", Shape::Area),
    field("from", Shape::Day),
    field("to", Shape::Day),
    field("source", Shape::Line),
    field("checked", Shape::Checked),
    field("checked_on", Shape::Day),
];

const INDICATOR: &[FactField] = &[
    fixed("code", Shape::Line),
    field("name", Shape::Line),
    field("publisher", Shape::Line),
    field("unit", Shape::Line),
    field("scale_low", Shape::Short),
    field("scale_high", Shape::Short),
    field("direction", Shape::One(&["higher-is-freer", "higher-is-better", "lower-is-freer"])),
    field("method", Shape::Lines),
    field("licence", Shape::Line),
    field("licence_url", Shape::Address),
    field("attribution", Shape::Lines),
    field("release", Shape::Line),
    field("newer_release", Shape::Line),
    field("interval", Shape::Line),
    field("breaks", Shape::Lines),
    field("source_url", Shape::Address),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::Kind;
    use crate::treaty::ActionKind;

    #[test]
    fn the_lists_of_the_form_are_the_lists_of_the_words() {
        let list = |kind, name| {
            let field = fields_of(kind).iter().find(|field| field.name == name).unwrap();
            let (Shape::One(list) | Shape::Any(list)) = field.shape else { panic!("{name}") };
            list.to_vec()
        };
        let actions: Vec<_> = ActionKind::ALL.iter().map(|kind| kind.slug()).collect();
        assert_eq!(list(FactKind::Action, "kind"), actions);
        let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.slug()).collect();
        assert_eq!(list(FactKind::Coverage, "kinds"), kinds);
    }
}
