//! From the record's values to words, through the catalogues.
//!
//! Problem: a status, a day or a kind is named on many pages, and it must be named alike on all of them.
//! Choice: one function for each kind of value; pages put the results together and never write words themselves.
//! Invariant: what is not known comes out as words that say so, never as nothing.

pub mod days;
pub mod names;
pub mod on_day;
pub mod standing;

use domain::incident::{Attribution, Bearing, Incident, Kind, Provenance};
use domain::standing::Status;
use domain::treaty::{ActionKind, Treaty};
use store::record::{Relation, relation};
use text::Text;

use domain::country::CountryCode;
use names::Names;

/// The word for a value of a closed list: `list` is the list's name in the catalogue, `slug` the value's.
pub fn term(text: Text, list: &str, slug: &str) -> String {
    text.say(&format!("{list}-{slug}"))
}

/// An incident's title, or that it was withheld for safety.
pub fn title(text: Text, incident: &Incident) -> String {
    if incident.title.is_empty() { text.say("incident-title-withheld") } else { incident.title.clone() }
}

/// A file's size.
pub fn file_size(text: Text, bytes: u64) -> String {
    const KILO: f64 = 1_000.0;
    let (key, of) = match bytes {
        0..1_000 => ("size-bytes", 1.0),
        1_000..1_000_000 => ("size-kilobytes", KILO),
        1_000_000..1_000_000_000 => ("size-megabytes", KILO * KILO),
        _ => ("size-gigabytes", KILO * KILO * KILO),
    };
    let size = bytes as f64 / of;
    let decimals = if size < 10.0 && of > 1.0 { 1 } else { 0 };
    text.with(key, &[("n", text.number(size, decimals).into())])
}

/// An incident's kind, as a word.
pub fn kind(text: Text, kind: Kind) -> String {
    term(text, "kind", kind.slug())
}

/// What an incident is shown as, as a word.
pub fn bearing(text: Text, bearing: Bearing) -> String {
    term(text, "bearing", bearing.slug())
}

/// What an incident's bearing means for it: who says that a power was misused, and that it enters no count where it
/// enters none.
pub fn bearing_note(text: Text, incident: &Incident) -> String {
    let note = match (incident.bearing, incident.provenance) {
        (Bearing::AllegedMisuse, Provenance::Starter) => text.say("bearing-note-alleged-misuse-starter"),
        (bearing, _) => term(text, "bearing-note", bearing.slug()),
    };
    if incident.counts() { note } else { format!("{note} {}", text.say("bearing-note-not-counted")) }
}

/// How an incident relates to a country: answerable, with who says so; or "happened here", with who is said to be
/// answerable instead. What is not alleged misuse is an act, nothing to answer for.
pub fn relation_of(text: Text, names: &Names, incident: &Incident, country: CountryCode) -> String {
    let said_by = |attribution: Attribution| term(text, "attribution", attribution.slug());
    let is_alleged = incident.bearing == Bearing::AllegedMisuse;
    if let Relation::Answerable(attribution) = relation(incident, country) {
        let key = if is_alleged { "relation-answerable" } else { "relation-act" };
        return text.with(key, &[("attribution", said_by(attribution).into())]);
    }
    let states: Vec<String> =
        incident
            .answerable()
            .into_iter()
            .filter_map(|state| {
                let attribution = said_by(incident.attribution_of(state)?).into();
                Some(text.with(
                    "relation-state",
                    &[("state", names.of(state).into()), ("attribution", attribution)],
                ))
            })
            .collect();
    if states.is_empty() {
        return text.say("relation-happened-here-nobody");
    }
    let key = if is_alleged { "relation-happened-here" } else { "relation-happened-here-act" };
    text.with(key, &[("states", text.list_and(&states).into())])
}

/// The sentence that names treaties which could not concern a state, by the status they share. Where that is that a
/// treaty is not open to it, a list of members says so, and none of these lists is checked yet.
pub fn closed(text: Text, status: &str, treaties: &[String]) -> String {
    let by_list = status == term(text, "status", Status::NotOpenToThisState.slug());
    let key = if by_list { "country-treaties-closed-by-list" } else { "country-treaties-closed" };
    text.with(key, &[("status", capitalised(status).into()), ("treaties", text.list_and(treaties).into())])
}

/// It is a statement about a treaty; not a step towards it, an invitation, or a report of one.
pub fn is_statement(kind: ActionKind) -> bool {
    matches!(
        kind,
        ActionKind::Reservation
            | ActionKind::Declaration
            | ActionKind::ReservationWithdrawal
            | ActionKind::Objection
            | ActionKind::Derogation
            | ActionKind::DerogationEnd
    )
}

/// A treaty's name for narrow places: its short title without what stands in brackets.
pub fn brief(treaty: &Treaty) -> String {
    treaty.short_title.split(" (").next().unwrap_or(&treaty.short_title).to_owned()
}

/// `text` with its first letter in upper case: a list of clauses becomes a sentence.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Clauses joined by semicolons.
pub fn clauses(text: Text, parts: impl IntoIterator<Item = String>) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .reduce(|head, next| text.with("standing-also", &[("head", head.into()), ("next", next.into())]))
        .unwrap_or_default()
}

/// A field that can be withheld, by the name that the page of an incident gives it.
pub fn redactable(text: Text, field: &str) -> String {
    let name = field.replace('_', "-");
    let keys = [format!("redactable-{name}"), format!("incident-{name}")];
    keys.iter().find(|key| text.has(key)).map_or_else(|| field.to_owned(), |key| text.say(key))
}

#[cfg(test)]
mod tests {
    use domain::incident::{
        ActorRole, AuthorityKind, Context, FactorBasis, FactorKind, FindingKind, NamingRule, PartOutcome,
        SourceKind, Stance, Strength, Way,
    };
    use text::Language;

    use super::*;

    #[test]
    fn every_value_of_every_closed_list_has_its_word() {
        let text = Text::new(Language::English);
        let mut missing = Vec::new();
        macro_rules! all {
            ($($list:literal: $kind:ty),+ $(,)?) => {
                $(for value in <$kind>::ALL {
                    let key = format!("{}-{}", $list, value.slug());
                    if !text.has(&key) {
                        missing.push(key);
                    }
                })+
            };
        }
        all! {
            "kind": Kind, "bearing": Bearing, "bearing-note": Bearing, "role": ActorRole,
            "attribution": Attribution, "authority-kind": AuthorityKind, "stance": Stance, "context": Context,
            "source-kind": SourceKind, "naming": NamingRule, "way": Way, "way-note": Way, "strength": Strength,
            "finding-kind": FindingKind, "part-outcome": PartOutcome, "factor": FactorKind,
            "remedy": FactorKind, "factor-basis": FactorBasis, "status": Status, "action": ActionKind,
            "done": ActionKind,
        }
        for action in ActionKind::ALL.iter().filter(|kind| kind.changes_standing()) {
            let key = format!("mark-{}", action.slug());
            missing.extend((!text.has(&key)).then_some(key));
        }
        for action in ActionKind::ALL.iter().filter(|kind| kind.is_consent()) {
            let key = format!("clause-{}", action.slug());
            missing.extend((!text.has(&key)).then_some(key));
        }
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn clauses_are_joined_and_empty_ones_left_out() {
        let text = Text::new(Language::English);
        let parts = ["party", "", "acceded 2022"].map(str::to_owned);
        assert_eq!(clauses(text, parts), "party; acceded 2022");
        assert_eq!(clauses(text, [String::new()]), "");
        assert_eq!(capitalised("élan"), "Élan");
    }
}
