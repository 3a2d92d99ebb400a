//! What publishing asks of the analysis: each entry whole, and founded on what it claims to be founded on. What the record
//! says against it is asked of [`super::super::OnRecord`].

use super::super::analysis::{Analysis, Assessment, Factor, Finding, Part, Right, TreatyLink};
use super::super::draft::{Draft, DraftAssessment, DraftFactor, DraftFinding, DraftLink, DraftPart};
use super::super::lists::{FactorBasis, FactorKind, RightTest, Strength, Way};
use super::{Check, LIMITS, nothing_in};
use crate::error::Problem;

impl Check<'_> {
    pub(super) fn analysis(&mut self, draft: &Draft) -> Analysis {
        let lists = [draft.links.len(), draft.findings.len(), draft.assessments.len(), draft.factors.len()];
        for (field, given) in ["links", "findings", "assessments", "factors"].into_iter().zip(lists) {
            self.at_most(field, given);
        }
        let findings: Vec<Finding> =
            draft.findings.iter().enumerate().filter_map(|(i, f)| self.finding(i, f)).collect();
        let has_finding = !findings.is_empty();
        Analysis {
            links: draft.links.iter().enumerate().filter_map(|(i, l)| self.link(i, l)).collect(),
            assessments: draft
                .assessments
                .iter()
                .enumerate()
                .filter_map(|(i, a)| self.assessment(i, a))
                .collect(),
            factors: draft
                .factors
                .iter()
                .enumerate()
                .filter_map(|(i, f)| self.factor(i, f, has_finding))
                .collect(),
            findings,
        }
    }

    fn link(&mut self, i: usize, typed: &DraftLink) -> Option<TreatyLink> {
        let field = |name: &str| format!("links.{i}.{name}");
        let named = [&typed.treaty, &typed.provision, &typed.way, &typed.strength];
        if nothing_in(&named) && nothing_in(&[&typed.said_by, &typed.reason, &typed.source_url]) {
            return None;
        }
        let link = (
            self.list_value(&field("treaty"), &typed.treaty),
            self.list_value(&field("provision"), &typed.provision),
            self.list_value(&field("way"), &typed.way),
            self.list_value(&field("strength"), &typed.strength),
            self.needed_text(&field("said_by"), &typed.said_by, LIMITS.line),
        );
        let reason = self.text(&field("reason"), &typed.reason, LIMITS.paragraph);
        let source_url = self.address(&field("source_url"), &typed.source_url);
        let (Some(treaty), Some(provision), Some(way), Some(strength), Some(said_by)) = link else {
            return None;
        };
        if way == Way::ReliedOn {
            if strength == Strength::Inference {
                self.refuse(field("strength"), Problem::NeedsOfficial);
            }
            if source_url.is_empty() {
                self.refuse(field("source_url"), Problem::Missing);
            }
        }
        Some(TreatyLink { treaty, provision, way, strength, said_by, reason, source_url })
    }

    fn finding(&mut self, i: usize, typed: &DraftFinding) -> Option<Finding> {
        let field = |name: &str| format!("findings.{i}.{name}");
        let said = [&typed.body, &typed.kind, &typed.result, &typed.date, &typed.reference];
        if nothing_in(&said) && nothing_in(&[&typed.provision, &typed.quotation, &typed.source_url]) {
            return None;
        }
        let body = self.needed_text(&field("body"), &typed.body, LIMITS.line);
        let kind = self.list_value(&field("kind"), &typed.kind);
        let result = self.needed_text(&field("result"), &typed.result, LIMITS.paragraph);
        let date = self.date(field("date"), &typed.date);
        let reference = self.text(&field("reference"), &typed.reference, LIMITS.line);
        let provision = self.text(&field("provision"), &typed.provision, LIMITS.line);
        let quotation = self.text(&field("quotation"), &typed.quotation, LIMITS.paragraph);
        let source_url = self.address(&field("source_url"), &typed.source_url);
        Some(Finding {
            body: body?,
            kind: kind?,
            date,
            reference,
            provision,
            result: result?,
            quotation,
            source_url,
        })
    }

    fn assessment(&mut self, i: usize, typed: &DraftAssessment) -> Option<Assessment> {
        let field = |name: &str| format!("assessments.{i}.{name}");
        let said = [&typed.right, &typed.other_right, &typed.by, &typed.date];
        if nothing_in(&said) && typed.parts.iter().all(DraftPart::is_open) {
            return None;
        }
        let right = self.right(i, typed);
        let by = self.needed_text(&field("by"), &typed.by, LIMITS.line);
        self.at_most(&field("parts"), typed.parts.len());
        let mut parts = Vec::new();
        for (j, part) in typed.parts.iter().enumerate() {
            let of_test = right
                .as_ref()
                .is_none_or(|right| right.parts().is_empty() || right.parts().contains(&part.name.trim()));
            if !of_test {
                // Left from another test: what was said of it would stand beside this one's parts.
                if !part.is_open() {
                    let value = part.name.chars().take(40).collect();
                    self.refuse(format!("assessments.{i}.parts.{j}.outcome"), Problem::NotAPart { value });
                }
                continue;
            }
            // Nothing was ever said of it, or it was laid out for another test.
            let name = part.name.trim();
            let laid_out = || matches!(right, Some(Right::Other(_))) && is_of_a_test(name);
            if part.is_open() && (name.is_empty() || laid_out()) {
                continue;
            }
            let name = self.needed_text(&format!("assessments.{i}.parts.{j}.name"), &part.name, LIMITS.line);
            let outcome = self.list_value(&format!("assessments.{i}.parts.{j}.outcome"), &part.outcome);
            let reason =
                self.text(&format!("assessments.{i}.parts.{j}.reason"), &part.reason, LIMITS.paragraph);
            if let (Some(name), Some(outcome)) = (name, outcome) {
                parts.push(Part { name, outcome, reason });
            }
        }
        let date = self.date(field("date"), &typed.date);
        Some(Assessment { right: right?, parts, by: by?, date })
    }

    fn right(&mut self, i: usize, typed: &DraftAssessment) -> Option<Right> {
        let field = format!("assessments.{i}.right");
        if typed.right.trim() != RightTest::NONE_FITS {
            return self.list_value(&field, &typed.right).map(Right::Tested);
        }
        let other = format!("assessments.{i}.other_right");
        self.needed_text(&other, &typed.other_right, LIMITS.line).map(|text| Right::named(&text))
    }

    fn factor(&mut self, i: usize, typed: &DraftFactor, has_finding: bool) -> Option<Factor> {
        let field = |name: &str| format!("factors.{i}.{name}");
        let said = [&typed.kind, &typed.basis, &typed.alleged_by, &typed.reason, &typed.source_url];
        if nothing_in(&said) {
            return None;
        }
        let kind = self.list_value(&field("kind"), &typed.kind);
        let basis = self.list_value(&field("basis"), &typed.basis);
        let alleged_by = self.text(&field("alleged_by"), &typed.alleged_by, LIMITS.line);
        let reason = self.text(&field("reason"), &typed.reason, LIMITS.paragraph);
        let source_url = self.address(&field("source_url"), &typed.source_url);
        let (kind, basis) = (kind?, basis?);
        let founded = match basis {
            FactorBasis::Finding => has_finding,
            FactorBasis::OfficialStatement => !source_url.is_empty(),
            // One address holds one analysis; the other is named in the reason.
            FactorBasis::TwoAnalyses => !source_url.is_empty() && !reason.is_empty(),
            FactorBasis::Alleged => true,
        };
        if kind == FactorKind::IntentToSilence && !founded {
            self.refuse(field("basis"), Problem::IntentNeedsBasis);
        }
        if basis == FactorBasis::Alleged && alleged_by.is_empty() {
            self.refuse(field("alleged_by"), Problem::Missing);
        }
        Some(Factor { kind, basis, alleged_by, reason, source_url })
    }
}

fn is_of_a_test(part: &str) -> bool {
    RightTest::ALL.iter().any(|test| test.parts().contains(&part))
}
