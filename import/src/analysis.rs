//! What was said of incidents by hand: `data/treaty_links.csv`, `findings.csv`, `assessments.csv`, `factors.csv`.
//!
//! Each row names its incident by key; a row of an incident that is not on record is held, as is a link to a provision that
//! is not. The values stay as typed: [`domain::incident::Draft::check`] reads them with the rest of the case.

use std::collections::{BTreeMap, BTreeSet};

use domain::Problem;
use domain::incident::{
    DraftAssessment, DraftFactor, DraftFinding, DraftLink, DraftPart, FactorBasis, FactorKind, FindingKind,
    PartOutcome, Right, RightTest, Strength, Way,
};
use domain::treaty::ProvisionNumber;

use crate::Known;
use crate::outcome::{Name, Outcome};
use crate::row::Row;
use crate::table::{FileError, read_rows};

/// The headings of `treaty_links.csv`.
pub const LINK_HEADINGS: &[&str] =
    &["incident", "treaty", "provision", "way", "strength", "said_by", "reason", "source_url"];
/// The headings of `findings.csv`.
pub const FINDING_HEADINGS: &[&str] =
    &["incident", "body", "kind", "date", "reference", "provision", "result", "quotation", "source_url"];
/// The headings of `assessments.csv`.
pub const ASSESSMENT_HEADINGS: &[&str] = &["incident", "right", "part", "outcome", "reason", "by", "date"];
/// The headings of `factors.csv`.
pub const FACTOR_HEADINGS: &[&str] = &["incident", "factor", "basis", "alleged_by", "reason", "source_url"];

/// Something said of the incident with this key.
pub type Of<T> = (String, T);

/// Reads treaty links.
pub fn links(
    bytes: &[u8],
    keys: &BTreeSet<String>,
    known: &Known<'_>,
) -> Result<Outcome<Of<DraftLink>>, FileError> {
    read_rows(bytes, LINK_HEADINGS, |row| {
        let incident = incident(row, keys);
        let treaty = row.treaty("treaty", known);
        let provision: Option<ProvisionNumber> = row.value("provision");
        if let (Some(treaty), Some(number)) = (&treaty, &provision)
            && !known.has_provision(treaty, number)
        {
            row.hold("provision", number.as_str(), Name::Provision, Vec::new());
        }
        let way: Option<Way> = row.value("way");
        let strength: Option<Strength> = row.value("strength");
        let said_by = row.needed("said_by");
        let link = DraftLink {
            reason: row.text("reason"),
            source_url: row.address("source_url"),
            treaty: treaty?.to_string(),
            provision: provision?.to_string(),
            way: way?.slug().to_owned(),
            strength: strength?.slug().to_owned(),
            said_by: said_by?,
        };
        Some((incident?, link))
    })
}

/// Reads findings of courts and bodies.
pub fn findings(bytes: &[u8], keys: &BTreeSet<String>) -> Result<Outcome<Of<DraftFinding>>, FileError> {
    read_rows(bytes, FINDING_HEADINGS, |row| {
        let incident = incident(row, keys);
        let kind: Option<FindingKind> = row.value("kind");
        let date: Option<domain::PartialDate> = row.value_or_none("date");
        let body = row.needed("body");
        let result = row.needed("result");
        let finding = DraftFinding {
            date: date.map(|date| date.to_string()).unwrap_or_default(),
            reference: row.text("reference"),
            provision: row.text("provision"),
            quotation: row.text("quotation"),
            source_url: row.address("source_url"),
            body: body?,
            kind: kind?.slug().to_owned(),
            result: result?,
        };
        Some((incident?, finding))
    })
}

/// One part of an assessment, as a row gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    right: String,
    by: String,
    date: String,
    part: DraftPart,
}

/// Reads assessments, one part of a test a row.
pub fn assessments(bytes: &[u8], keys: &BTreeSet<String>) -> Result<Outcome<Of<PartRow>>, FileError> {
    read_rows(bytes, ASSESSMENT_HEADINGS, |row| {
        let incident = incident(row, keys);
        let right = row.needed("right");
        let name = row.needed("part");
        let outcome: Option<PartOutcome> = row.value("outcome");
        let by = row.needed("by");
        let date: Option<domain::PartialDate> = row.value_or_none("date");
        let reason = row.text("reason");
        let part = DraftPart { name: name?, outcome: outcome?.slug().to_owned(), reason };
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        Some((incident?, PartRow { right: right?, by: by?, date, part }))
    })
}

/// Reads contributing factors.
pub fn factors(bytes: &[u8], keys: &BTreeSet<String>) -> Result<Outcome<Of<DraftFactor>>, FileError> {
    read_rows(bytes, FACTOR_HEADINGS, |row| {
        let incident = incident(row, keys);
        let kind: Option<FactorKind> = row.value("factor");
        let basis: Option<FactorBasis> = row.value("basis");
        let alleged_by = row.text("alleged_by");
        if basis == Some(FactorBasis::Alleged) && alleged_by.is_empty() {
            row.refuse("alleged_by", Problem::Missing);
        }
        let factor = DraftFactor {
            alleged_by,
            reason: row.text("reason"),
            source_url: row.address("source_url"),
            kind: kind?.slug().to_owned(),
            basis: basis?.slug().to_owned(),
        };
        Some((incident?, factor))
    })
}

/// Everything said of incidents, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Treaty links.
    pub links: BTreeMap<String, Vec<DraftLink>>,
    /// Findings.
    pub findings: BTreeMap<String, Vec<DraftFinding>>,
    /// Assessments, their parts together.
    pub assessments: BTreeMap<String, Vec<DraftAssessment>>,
    /// Contributing factors.
    pub factors: BTreeMap<String, Vec<DraftFactor>>,
}

impl Said {
    /// Puts together what was accepted.
    pub fn new(
        links: &Outcome<Of<DraftLink>>,
        findings: &Outcome<Of<DraftFinding>>,
        parts: &Outcome<Of<PartRow>>,
        factors: &Outcome<Of<DraftFactor>>,
    ) -> Self {
        let mut assessments: BTreeMap<String, Vec<DraftAssessment>> = BTreeMap::new();
        for (key, row) in parts.values() {
            let list = assessments.entry(key.clone()).or_default();
            let (right, other_right) = match Right::named(&row.right) {
                Right::Tested(test) => (test.slug().to_owned(), String::new()),
                Right::Other(name) => (RightTest::NONE_FITS.to_owned(), name),
            };
            let same = |a: &&mut DraftAssessment| {
                a.right == right && a.other_right == other_right && a.by == row.by && a.date == row.date
            };
            match list.iter_mut().find(same) {
                Some(assessment) => assessment.parts.push(row.part.clone()),
                None => list.push(DraftAssessment {
                    right,
                    other_right,
                    by: row.by.clone(),
                    date: row.date.clone(),
                    parts: vec![row.part.clone()],
                }),
            }
        }
        Self { links: by_key(links), findings: by_key(findings), assessments, factors: by_key(factors) }
    }
}

fn by_key<T: Clone>(outcome: &Outcome<Of<T>>) -> BTreeMap<String, Vec<T>> {
    let mut map: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for (key, value) in outcome.values() {
        map.entry(key.clone()).or_default().push(value.clone());
    }
    map
}

fn incident(row: &mut Row<'_>, keys: &BTreeSet<String>) -> Option<String> {
    let key = row.needed("incident")?;
    if keys.contains(&key) {
        return Some(key);
    }
    row.hold("incident", &key, Name::Incident, Vec::new());
    None
}
