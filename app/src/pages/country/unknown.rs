//! What is not known of a country, and who watches it: said aloud, so that silence does not read as peace.

use domain::incident::Justification;
use domain::indicator::{Coverage, Extent};
use domain::standing::Standing;
use domain::treaty::Treaty;

use super::Facts;
use crate::context::PageContext;
use crate::words::{self, brief, days};

/// Sentences on what the record does not hold.
pub(super) fn unknown(context: &PageContext, facts: &Facts, today: &[(&Treaty, Standing)]) -> Vec<String> {
    let text = context.text;
    let mut said = Vec::new();
    let open: Vec<String> = today
        .iter()
        .filter(|(_, standing)| standing.plain().is_none() && !standing.is_no_record())
        .map(|(treaty, _)| brief(treaty))
        .collect();
    if !open.is_empty() {
        said.push(text.with("unknown-open", &[("treaties", text.list_and(&open).into())]));
    }
    let unchecked = facts.actions.iter().filter(|a| a.used && !a.checked).count();
    if unchecked > 0 {
        said.push(text.with("unknown-unchecked", &[("count", unchecked.into())]));
    }
    said.push(text.say("unknown-statements"));
    let all = facts.incidents.len();
    if all > 0 {
        let count = |keep: &dyn Fn(&domain::incident::Incident) -> bool| {
            facts.incidents.iter().filter(|line| keep(&line.incident)).count()
        };
        let mut of_all = |key: &str, count: usize| {
            if count > 0 {
                let of = text.with("unknown-of", &[("count", count.into()), ("all", all.into())]);
                said.push(text.with(key, &[("of", of.into())]));
            }
        };
        of_all("unknown-not-analysed", count(&|i| i.analysis.is_empty()));
        of_all("unknown-justification", count(&|i| i.justification == Justification::NotRecorded));
        of_all("unknown-end", count(&|i| i.end.is_none() && i.ongoing != Some(true)));
        of_all("unknown-not-established", count(&|i| i.answerable().is_empty()));
        of_all("unknown-grade", all);
    }
    for (release, observations) in &facts.observed {
        let name = &release.indicator.name;
        match observations.iter().map(|o| o.year).max() {
            None => said.push(text.with("unknown-indicator", &[("indicator", name.into())])),
            Some(year) => said.push(text.with(
                "unknown-indicator-after",
                &[("indicator", name.into()), ("year", year.to_string().into())],
            )),
        }
    }
    said.push(text.say("unknown-laws"));
    said
}

/// Who declares to watch the country, what and since when, and how fully.
pub(super) fn watched(context: &PageContext, facts: &Facts) -> Vec<String> {
    let text = context.text;
    let code = facts.country.code;
    let watching: Vec<&Coverage> = facts.coverage.iter().filter(|c| c.countries.contains(&code)).collect();
    if watching.is_empty() {
        return vec![text.say("watched-by-nobody")];
    }
    watching
        .into_iter()
        .map(|coverage| {
            let kinds: Vec<String> = coverage.kinds.iter().map(|kind| words::kind(text, *kind)).collect();
            let every = domain::incident::Kind::ALL.len();
            let kinds = if kinds.is_empty() || kinds.len() == every {
                text.say("watched-every-kind")
            } else {
                text.list_and(&kinds)
            };
            let date = |date: Option<domain::PartialDate>| {
                date.map_or_else(|| text.say("watched-open"), |date| days::partial(text, date))
            };
            let key = match coverage.extent {
                Extent::AllFound => "watched-all-found",
                Extent::Examples => "watched-examples",
            };
            let source = format!("source-{}", coverage.source);
            let source = if text.has(&source) {
                text.say(&source)
            } else {
                words::capitalised(&coverage.source.replace('-', " "))
            };
            text.with(
                key,
                &[
                    ("source", source.into()),
                    ("kinds", kinds.into()),
                    ("from", date(coverage.from).into()),
                    ("to", date(coverage.to).into()),
                ],
            )
        })
        .collect()
}
