//! The fields of the analysis form, entry by entry: which control each takes. Every one of them becomes public.

use domain::incident::{
    DraftAssessment, FactorBasis, FactorKind, FindingKind, PartOutcome, RightTest, Strength, Way,
};

use super::case_fields::Filled;
use super::value::right;
use crate::components::form::{Choice, Control, Field};
use crate::words::term;

/// The lists of the form, in its order.
pub(super) const LISTS: [&str; 4] = ["findings", "links", "assessments", "factors"];

impl Filled<'_> {
    /// The entries of a list that hold something, and the one that was asked for.
    pub(super) fn filled_entries(&self, list: &str, asked_for: Option<&str>) -> Vec<usize> {
        let all = self.entries(list, 0);
        let filled = |n: &usize| {
            let prefix = format!("{list}.{n}.");
            self.values.iter().any(|(name, value)| {
                let Some(key) = name.strip_prefix(&prefix) else { return false };
                // The names of a test's parts stand there before anything is said of them.
                let is_name = list == "assessments" && key.starts_with("parts.") && key.ends_with(".name");
                !is_name && !value.trim().is_empty()
            })
        };
        let mut shown: Vec<usize> = (0..all).filter(filled).collect();
        if asked_for == Some(list) {
            shown.push(shown.last().map_or(0, |last| last + 1));
        }
        shown
    }

    /// The names of every field of the analysis that holds something or could, in the order of the form.
    pub(super) fn every_of_analysis(&self) -> Vec<String> {
        let mut names = Vec::new();
        for list in LISTS {
            for n in 0..self.entries(list, 0) {
                names.extend(self.entry(list, n).into_iter().map(|field| field.name));
                if list == "assessments" {
                    names.push(format!("assessments.{n}.other_right"));
                    let parts = 0..self.entries(&format!("assessments.{n}.parts"), 0);
                    let of = |at| move |key: &str| format!("assessments.{n}.parts.{at}.{key}");
                    names.extend(parts.flat_map(|at| ["name", "outcome", "reason"].map(of(at))));
                }
            }
        }
        names
    }

    /// The fields of one entry; of an assessment, without those that depend on its right.
    pub(super) fn entry(&self, list: &str, n: usize) -> Vec<Field> {
        let name = |key: &str| format!("{list}.{n}.{key}");
        match list {
            "links" => vec![
                self.line(&name("treaty")),
                self.field(&name("provision"), Control::Short(20)),
                self.select(&name("way"), "way", Way::ALL.iter().map(|it| it.slug()), true),
                self.select(&name("strength"), "strength", Strength::ALL.iter().map(|it| it.slug()), true),
                self.line(&name("said_by")),
                self.field(&name("reason"), Control::Lines(3)),
                self.field(&name("source_url"), Control::Address),
            ],
            "findings" => vec![
                self.line(&name("body")),
                self.select(&name("kind"), "finding-kind", FindingKind::ALL.iter().map(|it| it.slug()), true),
                self.field(&name("date"), Control::Short(12)),
                self.line(&name("reference")),
                self.line(&name("provision")),
                self.field(&name("result"), Control::Lines(3)),
                self.field(&name("quotation"), Control::Lines(3)),
                self.field(&name("source_url"), Control::Address),
            ],
            "assessments" => vec![
                self.select_right(n),
                self.line(&name("by")),
                self.field(&name("date"), Control::Short(12)),
            ],
            _ => vec![
                self.factor(&name("kind")),
                self.select(&name("basis"), "basis", FactorBasis::ALL.iter().map(|it| it.slug()), true),
                self.line(&name("alleged_by")),
                self.field(&name("reason"), Control::Lines(3)),
                self.field(&name("source_url"), Control::Address),
            ],
        }
    }

    fn select_right(&self, n: usize) -> Field {
        let name = format!("assessments.{n}.right");
        let mut slugs = vec![""];
        slugs.extend(RightTest::ALL.iter().map(|test| test.slug()));
        slugs.push(RightTest::NONE_FITS);
        // What a list does not have is shown all the same, or saving would lose it.
        let held = self.values.get(&name).map(String::as_str).unwrap_or_default();
        if !slugs.contains(&held) {
            slugs.push(held);
        }
        let choice = |slug: &str| match slug {
            "" => Choice::new("", self.text.say("form-not-said")),
            slug => Choice::new(slug, right(self.text, slug)),
        };
        let choices = slugs.into_iter().map(choice).collect();
        self.field(&name, Control::Select(choices))
    }

    /// Each factor with what it points to.
    fn factor(&self, name: &str) -> Field {
        let choice = |kind: &FactorKind| {
            let factor = term(self.text, "factor", kind.slug());
            let remedy = term(self.text, "remedy", kind.slug());
            let args = [("factor", factor.into()), ("remedy", remedy.into())];
            Choice::new(kind.slug(), self.text.with("analysis-factor", &args))
        };
        let mut choices = vec![Choice::new("", self.text.say("form-not-said"))];
        choices.extend(FactorKind::ALL.iter().map(choice));
        self.field(name, Control::Select(choices))
    }

    /// What depends on the right of an assessment: its name where no test fits, and the parts: those of its test; where none fits, those that somebody named, and an empty one where
    /// that was asked for. What is left of another test comes last.
    pub(super) fn parts(
        &self,
        n: usize,
        assessment: &DraftAssessment,
        asked_for: Option<&str>,
    ) -> Vec<Field> {
        let test: Option<RightTest> = assessment.right.parse().ok();
        let of_any_test = |name: &str| RightTest::ALL.iter().any(|test| test.parts().contains(&name));
        let (mut own, mut left) = (Vec::new(), Vec::new());
        for (at, part) in assessment.parts.iter().enumerate() {
            let is_own = match test {
                Some(test) => test.parts().contains(&part.name.as_str()),
                None => !of_any_test(&part.name),
            };
            if is_own && test.is_some() {
                own.push((test.and_then(|t| t.parts().iter().position(|it| *it == part.name)), at));
            } else if !part.is_open() || (is_own && !part.name.trim().is_empty()) {
                left.push(at);
            }
        }
        own.sort_unstable();
        let other = format!("assessments.{n}.other_right");
        let in_words = assessment.right_is_in_words() || !assessment.other_right.trim().is_empty();
        let mut fields: Vec<Field> = in_words.then(|| self.line(&other)).into_iter().collect();
        fields.extend(own.iter().flat_map(|(_, at)| self.part_of_test(n, *at, &assessment.parts[*at].name)));
        for at in left {
            let name = &assessment.parts[at].name;
            fields.extend(if of_any_test(name) {
                self.part_of_test(n, at, name)
            } else {
                self.free_part(n, at)
            });
        }
        if test.is_none() && asked_for == Some(&format!("assessments.{n}.parts")) {
            fields.extend(self.free_part(n, assessment.parts.len()));
        }
        fields
    }

    fn part_of_test(&self, n: usize, at: usize, part: &str) -> Vec<Field> {
        let said = |key: &str| self.text.with(key, &[("part", term(self.text, "part", part).into())]);
        let [mut outcome, mut reason] = self.outcome_and_reason(n, at);
        outcome.label = said("analysis-part-outcome");
        reason.label = said("analysis-part-reason");
        vec![outcome, reason]
    }

    fn free_part(&self, n: usize, at: usize) -> Vec<Field> {
        let mut fields = vec![self.line(&format!("assessments.{n}.parts.{at}.name"))];
        fields.extend(self.outcome_and_reason(n, at));
        fields
    }

    fn outcome_and_reason(&self, n: usize, at: usize) -> [Field; 2] {
        let name = |key: &str| format!("assessments.{n}.parts.{at}.{key}");
        let outcomes = PartOutcome::ALL.iter().map(|it| it.slug());
        [
            self.select(&name("outcome"), "part-outcome", outcomes, true),
            self.field(&name("reason"), Control::Lines(2)),
        ]
    }
}
