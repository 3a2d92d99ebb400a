//! Standing in words: short beside a mark, or whole with the days that prove it.
//!
//! Invariant: a set of more than one status is said in words that leave it open; nothing here turns "no record" into
//! "not a party".

use domain::DayBounds;
use domain::standing::{Shape, Standing, Status};
use domain::treaty::{ActionKind, Effect, TreatyAction};
use text::{Arg, Text};

use super::names::Names;
use super::{clauses, days, term};

/// A mark and the words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The mark, never alone.
    pub mark: &'static str,
    /// The words.
    pub words: String,
    /// In force for it, proved: what the page may set in stronger type.
    pub bound: bool,
}

/// A standing in as few words as are true: "party", "signed 23 November 2001; whether it ratified: not recorded".
pub fn short(text: Text, standing: &Standing) -> Marked {
    let words = match standing.shape {
        Shape::Plain { status } => term(text, "status", status.slug()),
        _ => open(text, standing),
    };
    marked(text, standing, words)
}

/// A standing for the cell of a wide table: the day of a lone signature is left out.
pub fn briefly(text: Text, standing: &Standing) -> Marked {
    match standing.shape {
        Shape::Signed { .. } => marked(text, standing, text.say("standing-signed-briefly")),
        _ => short(text, standing),
    }
}

/// A standing with the days that prove it: "party since 1 March 2023; acceded 30 November 2022".
pub fn dated(text: Text, standing: &Standing, names: &Names) -> Marked {
    let words = match standing.shape {
        Shape::Plain { status } => plain(text, standing, status, names),
        _ => open(text, standing),
    };
    marked(text, standing, words)
}

/// The same, and the day the list was last seen, where the answer rests on no end being recorded.
pub fn full(text: Text, standing: &Standing, names: &Names) -> Marked {
    let said = dated(text, standing, names);
    // Where nothing is on record there is no end that the list could have shown.
    let seen = standing
        .list_last_seen
        .filter(|_| standing.shape != Shape::NoRecord)
        .map(|day| text.with("standing-list-seen", &[("day", text.day(day).into())]))
        .unwrap_or_default();
    Marked { words: clauses(text, [said.words, seen]), ..said }
}

/// An act with its day: "acceded 30 November 2022".
pub fn act(text: Text, action: &TreatyAction) -> String {
    let done = text
        .with(&format!("done-{}", action.kind.slug()), &[("when", days::bounds(text, action.done).into())]);
    if action.again { text.with("done-again", &[("act", done.into())]) } else { done }
}

/// The days of an effect, with how they are known: "1 August 2026, computed from the treaty's rule".
pub fn effect(text: Text, effect: Effect) -> String {
    how_known(text, effect, days::bounds(text, effect.bounds()))
}

/// `when`, marked where it was computed.
fn how_known(text: Text, effect: Effect, when: String) -> String {
    match effect {
        Effect::Computed(_) => text.with("standing-computed", &[("when", when.into())]),
        Effect::Recorded(_) | Effect::FromEntry(_) | Effect::NotRecorded => when,
    }
}

/// The consent or entry into force that a party's standing rests on.
pub fn binding(standing: &Standing) -> Option<&TreatyAction> {
    let binding = |a: &&TreatyAction| {
        (a.kind.is_consent() || a.kind == ActionKind::EntryIntoForce) && !since(a).surely_after(standing.day)
    };
    let known = |a: &&TreatyAction| (a.again, since(a).exact().is_some(), a.kind.is_consent());
    standing.proof.iter().filter(binding).max_by_key(known)
}

fn since(action: &TreatyAction) -> DayBounds {
    action.effect.bounds()
}

fn marked(text: Text, standing: &Standing, words: String) -> Marked {
    let words = match &standing.claim {
        None => words,
        Some(claim) => {
            let claimed: Arg<'_> = term(text, "status", claim.status.slug()).into();
            if standing.shape == Shape::NoRecord {
                text.with("standing-claim-alone", &[("claimed", claimed)])
            } else {
                text.with("standing-claim", &[("words", words.into()), ("claimed", claimed)])
            }
        }
    };
    Marked { mark: standing.mark(), words, bound: standing.is_bound() }
}

fn plain(text: Text, standing: &Standing, status: Status, names: &Names) -> String {
    let word = term(text, "status", status.slug());
    let of = |kind: ActionKind| standing.proof.iter().find(move |a| a.kind == kind);
    match status {
        Status::Party => party(text, standing),
        Status::ContractingState => {
            let consent = standing.proof.iter().find(|a| a.kind.is_consent());
            let act = consent.map(|a| act(text, a)).unwrap_or_default();
            let when = consent.map(|a| a.effect).filter(|e| e.bounds() != DayBounds::default());
            let entry = when.map_or_else(
                || text.say("standing-contracting"),
                |e| text.with("standing-contracting-from", &[("when", effect(text, e).into())]),
            );
            with_detail(text, word, clauses(text, [act, entry]))
        }
        Status::Signatory => of(ActionKind::Signature)
            .map_or(word, |a| text.with("standing-signatory", &[("act", act(text, a).into())])),
        Status::NotAParty => {
            let later = standing
                .proof
                .iter()
                .filter(|a| a.kind.is_consent() && a.done.surely_after(standing.day))
                .min_by_key(|a| a.done.not_before);
            with_detail(text, word, later.map(|a| consent_and_entry(text, a)).unwrap_or_default())
        }
        Status::Denounced => of(ActionKind::Denunciation).map_or(word, |a| {
            let when = effect(text, a.effect).into();
            text.with("standing-left-in-effect", &[("act", act(text, a).into()), ("when", when)])
        }),
        Status::ByExtension => {
            of(ActionKind::TerritorialApplication).and_then(|a| a.through).map_or(word, |state| {
                text.with("standing-extension-through", &[("state", names.in_sentence(text, state).into())])
            })
        }
        _ => word,
    }
}

fn party(text: Text, standing: &Standing) -> String {
    let Some(action) = binding(standing) else {
        return text.say("standing-party-unknown");
    };
    let bounds = since(action);
    let status = match (bounds.not_before, bounds.not_after) {
        (None, None) => text.say("standing-party-unknown"),
        (None, Some(_)) => text.with("standing-party-by", &[("when", days::bounds(text, bounds).into())]),
        _ => {
            let when = how_known(text, action.effect, days::since(text, bounds));
            text.with("standing-party-since", &[("when", when.into())])
        }
    };
    let act = if action.kind.is_consent() { act(text, action) } else { String::new() };
    clauses(text, [status, act])
}

fn consent_and_entry(text: Text, consent: &TreatyAction) -> String {
    let entry = (consent.effect.bounds() != DayBounds::default())
        .then(|| text.with("standing-contracting-from", &[("when", effect(text, consent.effect).into())]));
    clauses(text, [Some(act(text, consent)), entry].into_iter().flatten())
}

fn with_detail(text: Text, status: String, detail: String) -> String {
    if detail.is_empty() {
        return status;
    }
    text.with("standing-with", &[("status", status.into()), ("detail", detail.into())])
}

/// What is said where the record leaves more than one status open.
fn open(text: Text, standing: &Standing) -> String {
    let first = |kind: fn(ActionKind) -> bool| standing.proof.iter().find(|a| kind(a.kind));
    let said = |key: &str, action: Option<&TreatyAction>| {
        action.map(|a| text.with(key, &[("act", act(text, a).into())]))
    };
    let words = match standing.shape {
        Shape::Plain { status } => Some(term(text, "status", status.slug())),
        Shape::NoRecord => Some(term(text, "status", "no-record")),
        Shape::Signed { .. } => said("standing-signed", first(|kind| kind == ActionKind::Signature)),
        Shape::Consented { .. } => said("standing-consented", first(ActionKind::is_consent)),
        Shape::BeforeEntryIntoForce { on } => {
            Some(text.with("standing-before-entry", &[("when", days::since(text, on).into())]))
        }
        Shape::BoundByLater { by } => {
            Some(text.with("standing-bound-by-later", &[("day", text.day(by).into())]))
        }
        Shape::ConsentedByLater { by } => {
            Some(text.with("standing-consented-by-later", &[("day", text.day(by).into())]))
        }
        Shape::SignedByLater { by } => {
            Some(text.with("standing-signed-by-later", &[("day", text.day(by).into())]))
        }
        Shape::OnlyLater => said("standing-only-later-act", standing.proof.first())
            .or_else(|| Some(text.say("standing-only-later"))),
        Shape::PerhapsLeft => said("standing-perhaps-left", first(|kind| kind == ActionKind::Denunciation)),
    };
    words.unwrap_or_else(|| {
        let list: Vec<String> =
            standing.statuses.iter().map(|status| term(text, "status", status.slug())).collect();
        text.with("standing-set", &[("list", text.list_or(&list).into())])
    })
}
