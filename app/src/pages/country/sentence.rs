//! The sentence under the name: what is known of a country, computed from the record.

use domain::PartialDate;
use domain::country::CountryCode;
use domain::incident::{Bearing, Incident, Kind};
use domain::standing::{Shape, Standing, Status};
use domain::treaty::{ActionKind, Treaty, TreatyAction};

use super::Facts;
use crate::context::PageContext;
use crate::figures::all_found;
use crate::words::standing::binding;
use crate::words::{brief, clauses, days};

/// The treaties it speaks of, in this order; of the others only where the country is bound.
const FIRST: [&str; 2] = ["budapest", "un-cybercrime"];
const WHERE_BOUND: [&str; 3] = ["malabo", "arab", "iccpr"];

/// "party to the Budapest Convention since 1 March 2023; …; five incidents recorded, from December 2015 to …".
pub(super) fn of(context: &PageContext, facts: &Facts, today: &[(&Treaty, Standing)]) -> String {
    let find = |slug: &str| today.iter().find(|(treaty, _)| treaty.slug.as_str() == slug);
    let first = FIRST.iter().filter_map(|slug| find(slug));
    let bound = WHERE_BOUND.iter().filter_map(|slug| find(slug)).filter(|(_, s)| s.is_bound());
    let treaties =
        first.chain(bound).map(|(treaty, standing)| treaty_clause(context, facts, treaty, standing));
    let incidents = incidents_clause(context, facts);
    clauses(context.text, treaties.chain([incidents]))
}

/// How many incidents the country is said to be answerable for, from when to when, and what that number is worth.
fn incidents_clause(context: &PageContext, facts: &Facts) -> String {
    let text = context.text;
    let code: CountryCode = facts.country.code;
    let counted: Vec<&Incident> = facts
        .incidents
        .iter()
        .map(|line| &line.incident)
        .filter(|incident| incident.counts() && incident.attribution_of(code).is_some())
        .collect();
    let all = all_found(&facts.coverage, code);
    let starts = || counted.iter().map(|incident| incident.start);
    // Months are precise enough for a sentence.
    let month = |date: PartialDate| match date.month() {
        Some(month) => text.month(date.year(), month),
        None => days::partial(text, date),
    };
    let (Some(oldest), Some(newest)) =
        (starts().min_by_key(PartialDate::first), starts().max_by_key(PartialDate::first))
    else {
        return match only_here(facts) {
            0 => text.say(if all { "country-no-incident-watched" } else { "country-no-incident" }),
            count => text.with("country-only-here", &[("count", count.into())]),
        };
    };
    let (from, to) = (month(oldest), month(newest));
    let count = counted.len().into();
    let said = if from == to {
        text.with("country-incidents-in", &[("count", count), ("when", from.into())])
    } else {
        text.with("country-incidents", &[("count", count), ("from", from.into()), ("to", to.into())])
    };
    if all { said } else { text.with("country-examples", &[("incidents", said.into())]) }
}

/// How many incidents of alleged misuse happened there that the country is not said to be answerable for.
fn only_here(facts: &Facts) -> usize {
    let happened_here = |incident: &&Incident| {
        incident.bearing == Bearing::AllegedMisuse
            && incident.kind != Kind::LawOrDraft
            && incident.attribution_of(facts.country.code).is_none()
    };
    facts.incidents.iter().map(|line| &line.incident).filter(happened_here).count()
}

/// The invitation to accede on record, where nothing tells what became of it.
fn invitation<'a>(facts: &'a Facts, treaty: &Treaty, standing: &Standing) -> Option<&'a TreatyAction> {
    let invited = |a: &&TreatyAction| {
        a.used && a.checked && a.treaty == treaty.slug && a.kind == ActionKind::InvitationToAccede
    };
    if standing.is_no_record() { facts.actions.iter().find(invited) } else { None }
}

fn treaty_clause(context: &PageContext, facts: &Facts, treaty: &Treaty, standing: &Standing) -> String {
    let text = context.text;
    let name = brief(treaty);
    let with = |key: &str| text.with(key, &[("treaty", (&name).into())]);
    let acted = |key: &str, words: String| text.with(key, &[("act", words.into())]);
    let first_act = |keep: fn(ActionKind) -> bool| match standing.proof.iter().find(|a| keep(a.kind)) {
        Some(a) => {
            let when = days::on(text, a.done).into();
            text.with(&format!("clause-{}", a.kind.slug()), &[("treaty", (&name).into()), ("when", when)])
        }
        None => with("clause-act-unknown"),
    };
    let signed = || first_act(|kind| kind == ActionKind::Signature);
    match standing.shape {
        Shape::Plain { status } => match status {
            Status::Party => {
                let since = binding(standing).map(|a| a.effect.bounds()).filter(|b| b.not_before.is_some());
                since.map_or_else(
                    || with("clause-party"),
                    |since| {
                        let when = days::since(text, since).into();
                        text.with("clause-party-since", &[("treaty", (&name).into()), ("when", when)])
                    },
                )
            }
            Status::ContractingState => acted("clause-contracting", first_act(ActionKind::is_consent)),
            Status::Signatory => signed(),
            Status::NotAParty => with("clause-not-a-party"),
            Status::Denounced => first_act(|kind| kind == ActionKind::Denunciation),
            Status::ProvisionallyApplying => with("clause-provisionally"),
            Status::ByExtension => with("clause-extension"),
            Status::Addressed => with("clause-addressed"),
            Status::DidNotExistYet => with("clause-did-not-exist"),
            Status::NotOpenYet => with("clause-not-open-yet"),
            Status::NotOpenToThisState => with("clause-not-open"),
            Status::StateDidNotExist => String::new(),
        },
        Shape::NoRecord => {
            if let Some(a) = invitation(facts, treaty, standing) {
                let when = days::on(text, a.done).into();
                return text.with("clause-invited", &[("treaty", name.into()), ("when", when)]);
            }
            with(if standing.claim.is_some() { "clause-unchecked" } else { "clause-no-record" })
        }
        Shape::Signed { .. } => acted("clause-signed-only", signed()),
        Shape::Consented { .. } => acted("clause-consented-only", first_act(ActionKind::is_consent)),
        Shape::BoundByLater { by } => {
            text.with("clause-bound-by-later", &[("treaty", name.into()), ("day", text.day(by).into())])
        }
        Shape::ConsentedByLater { .. }
        | Shape::SignedByLater { .. }
        | Shape::BeforeEntryIntoForce { .. }
        | Shape::OnlyLater
        | Shape::PerhapsLeft => with("clause-open"),
    }
}
