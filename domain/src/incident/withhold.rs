//! Taking the words of a redacted field out of a draft, so that what the desk keeps does not say them either.
//!
//! What publishing asks for gets a stand-in, so that a later correction of other fields is not refused for it; the door
//! blanks the field of whatever is published.

use super::draft::{Draft, DraftSource};

/// What stands in a draft where a redacted text stood.
pub const WITHHELD: &str = "[withheld]";

/// The fields of the form that a redacted field stands in, with everything below them.
pub fn form_fields(field: &str) -> &'static [&'static str] {
    match field {
        "comment" => &["comment_from", "comment_when", "comment_answer", "comment_not_asked"],
        "requesting" => &["requesting_state", "requesting_authority"],
        "requested" => &["requested_state", "requested_authority"],
        "analysis" => &["links", "findings", "assessments", "factors"],
        "justification" => &["no_justification_found"],
        "title" | "narrative" | "actors" | "persons" => &["naming_reason"],
        _ => &[],
    }
}

impl Draft {
    /// Takes the words of `field` (one that can be redacted) out.
    pub fn withhold(&mut self, field: &str) {
        match field {
            "title" => stand_in(&mut self.title),
            "narrative" if !self.narrative.trim().is_empty() => {
                self.narrative = format!("{WITHHELD}. {WITHHELD}.");
            }
            "justification" => stand_in(&mut self.justification),
            "comment" => {
                for text in [&mut self.comment_from, &mut self.comment_when, &mut self.comment_answer] {
                    text.clear();
                }
                self.comment_not_asked = WITHHELD.to_owned();
            }
            "sources" => self.sources = sources(&self.sources),
            "place_name" => self.place_name.clear(),
            "actors" => self.actors.iter_mut().for_each(|actor| actor.name.clear()),
            "authority" => self.authority.clear(),
            "decision" => self.decision.clear(),
            "law" => self.law.clear(),
            "article" => self.article.clear(),
            "documented_cause" => self.documented_cause.clear(),
            "services" => self.services.clear(),
            "networks" => self.networks.clear(),
            "people_affected" => self.people_affected.clear(),
            "outcome" => self.outcome.clear(),
            "series" => self.series.clear(),
            "related" => self.related.clear(),
            "start_time" => self.start_time.clear(),
            "end_time" => self.end_time.clear(),
            "extent" => self.extent.clear(),
            "aimed_at" => self.aimed_at.clear(),
            "channel" => self.channel.clear(),
            "requesting" => [&mut self.requesting_state, &mut self.requesting_authority]
                .into_iter()
                .for_each(String::clear),
            "requested" => {
                [&mut self.requested_state, &mut self.requested_authority].into_iter().for_each(String::clear)
            }
            "provider" => self.provider.clear(),
            "targets" => self.targets.clear(),
            "persons" => self.persons.clear(),
            "stages" => self.stages.clear(),
            "analysis" => self.withhold_analysis(),
            _ => {}
        }
        if matches!(field, "title" | "narrative" | "actors" | "persons") {
            // Why somebody is named says the name again.
            stand_in(&mut self.naming_reason);
        }
    }

    fn withhold_analysis(&mut self) {
        for link in &mut self.links {
            [&mut link.said_by, &mut link.reason].into_iter().for_each(stand_in);
            address(&mut link.source_url);
        }
        for finding in &mut self.findings {
            let texts =
                [&mut finding.body, &mut finding.reference, &mut finding.result, &mut finding.quotation];
            texts.into_iter().for_each(stand_in);
            address(&mut finding.source_url);
        }
        for assessment in &mut self.assessments {
            stand_in(&mut assessment.by);
            assessment.parts.iter_mut().for_each(|part| stand_in(&mut part.reason));
        }
        for factor in &mut self.factors {
            [&mut factor.alleged_by, &mut factor.reason].into_iter().for_each(stand_in);
            address(&mut factor.source_url);
        }
    }
}

fn stand_in(text: &mut String) {
    if !text.trim().is_empty() {
        *text = WITHHELD.to_owned();
    }
}

/// An address that leads nowhere, by a name that is kept free for that.
fn address(url: &mut String) {
    if !url.trim().is_empty() {
        *url = "https://withheld.invalid/".to_owned();
    }
}

/// As many as there were, and as independent of each other, for that is what naming somebody rests on.
fn sources(said: &[DraftSource]) -> Vec<DraftSource> {
    let publisher = |source: &DraftSource| {
        let name = source.first_published_by.trim();
        let at = said.iter().position(|other| other.first_published_by.trim() == name);
        if name.is_empty() { String::new() } else { format!("{WITHHELD} {}", at.map_or(0, |at| at + 1)) }
    };
    said.iter()
        .map(|source| DraftSource {
            title: WITHHELD.to_owned(),
            first_published_by: publisher(source),
            ..DraftSource::default()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_was_withheld_says_nothing_of_what_it_said() {
        let said = "marker of a fictional person";
        let mut draft = Draft {
            title: said.to_owned(),
            narrative: said.to_owned(),
            comment_from: said.to_owned(),
            comment_answer: said.to_owned(),
            sources: vec![
                DraftSource {
                    url: said.to_owned(),
                    first_published_by: said.to_owned(),
                    ..Default::default()
                },
                DraftSource {
                    title: said.to_owned(),
                    first_published_by: "Other".to_owned(),
                    ..Default::default()
                },
                DraftSource {
                    title: said.to_owned(),
                    first_published_by: said.to_owned(),
                    ..Default::default()
                },
            ],
            ..Draft::default()
        };
        draft.naming_reason = said.to_owned();
        for field in ["title", "narrative", "comment", "sources"] {
            draft.withhold(field);
        }
        assert!(!serde_json::to_string(&draft).unwrap().contains(said));
        // What publishing asks for stands there still, and sources are as independent as they were.
        assert!(
            !draft.title.is_empty() && !draft.narrative.is_empty() && !draft.comment_not_asked.is_empty()
        );
        let publishers: Vec<&str> = draft.sources.iter().map(|it| it.first_published_by.as_str()).collect();
        assert_eq!(publishers[0], publishers[2]);
        assert_ne!(publishers[0], publishers[1]);
    }
}
