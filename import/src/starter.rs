//! The starter record: every file of `data/`, read through the same readers as any other file, in the order in which they
//! point to one another.

use std::collections::BTreeSet;

use domain::Day;
use domain::country::{Country, Gazetteer};
use domain::indicator::{Coverage, Indicator, Observation};
use domain::standing::settle;
use domain::treaty::{GroupMember, Provision, Treaty, TreatyAction, TreatySlug};

use crate::analysis::{self, Said};
use crate::incidents::DocumentedIncident;
use crate::outcome::{Held, Outcome, Refusal};
use crate::{FileError, Known, actions, areas, groups, incidents, indicators, instruments, provisions};

/// Everything that the files of a starter record hold.
#[derive(Clone, Debug, Default)]
pub struct StarterRecord {
    /// Countries and areas.
    pub countries: Vec<Country>,
    /// Treaties, norms and directives.
    pub treaties: Vec<Treaty>,
    /// Members of groups.
    pub groups: Vec<GroupMember>,
    /// Provisions.
    pub provisions: Vec<Provision>,
    /// Treaty actions with their days of effect settled; also those that are not used.
    pub actions: Vec<TreatyAction>,
    /// Incidents.
    pub incidents: Vec<DocumentedIncident>,
    /// Indicators with their observations.
    pub indicators: Vec<(Indicator, Vec<Observation>)>,
    /// What the sources of incidents cover.
    pub coverage: Vec<Coverage>,
    /// What became of each file, in the order read.
    pub files: Vec<FileReport>,
}

/// What became of one file's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Its name below `data/`.
    pub file: String,
    /// How many rows were taken.
    pub accepted: usize,
    /// Cells that were refused.
    pub refused: Vec<Refusal>,
    /// Names that are held.
    pub held: Vec<Held>,
}

/// A file that stopped the whole reading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct StarterError {
    /// Its name below `data/`.
    pub file: String,
    /// What is wrong with it.
    pub problem: StarterProblem,
}

/// Why a file stopped the whole reading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StarterProblem {
    /// It is not there.
    #[error("not there")]
    NotThere,
    /// It is not whole, or of another layout.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Reads the starter record. `file` gives the bytes of a file by its name below `data/` (`areas.csv`,
/// `indicators/vdem-rule-of-law.csv`); `today` is the day against which dates in the future are refused.
pub fn read(file: impl Fn(&str) -> Option<Vec<u8>>, today: Day) -> Result<StarterRecord, StarterError> {
    let mut reading = Reading { file, reports: Vec::new() };

    let countries = reading.take("areas.csv", areas::read)?;
    let gazetteer = Gazetteer::new(&countries);
    let treaties = reading.take("instruments.csv", instruments::read)?;
    let slugs: BTreeSet<TreatySlug> = treaties.iter().map(|treaty| treaty.slug.clone()).collect();
    let groups = reading.take("groups.csv", |bytes| groups::read(bytes, &gazetteer))?;
    let provisions = reading.take("provisions.csv", |bytes| provisions::read(bytes, &slugs))?;
    let numbers = provisions.iter().map(|p| (p.treaty.clone(), p.number.as_str().to_owned())).collect();
    let known = Known { countries: &gazetteer, treaties: &slugs, provisions: &numbers };
    let mut actions = reading.take("actions.csv", |bytes| actions::read(bytes, &known))?;
    for treaty in &treaties {
        actions = settle(treaty, actions);
    }

    let bytes = reading.bytes("incidents.csv")?;
    let keys = incidents::keys(&bytes).map_err(|error| failed("incidents.csv", error))?;
    let links = reading.outcome("treaty_links.csv", |bytes| analysis::links(bytes, &keys, &known))?;
    let findings = reading.outcome("findings.csv", |bytes| analysis::findings(bytes, &keys))?;
    let parts = reading.outcome("assessments.csv", |bytes| analysis::assessments(bytes, &keys))?;
    let factors = reading.outcome("factors.csv", |bytes| analysis::factors(bytes, &keys))?;
    let said = Said::new(&links, &findings, &parts, &factors);
    let incidents =
        reading.take("incidents.csv", |bytes| incidents::read(bytes, &said, &gazetteer, today))?;

    let mut series = Vec::new();
    for indicator in reading.take("indicators.csv", indicators::read)? {
        let name = format!("indicators/{}.csv", indicator.code);
        let values = reading.take(&name, |bytes| indicators::observations(bytes, &indicator, &gazetteer))?;
        series.push((indicator, values));
    }
    let coverage = reading.take("coverage.csv", |bytes| indicators::coverage(bytes, &gazetteer))?;

    Ok(StarterRecord {
        countries,
        treaties,
        groups,
        provisions,
        actions,
        incidents,
        indicators: series,
        coverage,
        files: reading.reports,
    })
}

/// Reads one file after the other and keeps what became of each.
struct Reading<F> {
    file: F,
    reports: Vec<FileReport>,
}

impl<F: Fn(&str) -> Option<Vec<u8>>> Reading<F> {
    fn bytes(&self, name: &str) -> Result<Vec<u8>, StarterError> {
        (self.file)(name)
            .ok_or_else(|| StarterError { file: name.to_owned(), problem: StarterProblem::NotThere })
    }

    fn outcome<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&[u8]) -> Result<Outcome<T>, FileError>,
    ) -> Result<Outcome<T>, StarterError> {
        let outcome = read(&self.bytes(name)?).map_err(|error| failed(name, error))?;
        self.reports.push(FileReport {
            file: name.to_owned(),
            accepted: outcome.accepted.len(),
            refused: outcome.refused.clone(),
            held: outcome.held.clone(),
        });
        Ok(outcome)
    }

    fn take<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&[u8]) -> Result<Outcome<T>, FileError>,
    ) -> Result<Vec<T>, StarterError> {
        Ok(self.outcome(name, read)?.into_values())
    }
}

fn failed(file: &str, error: FileError) -> StarterError {
    StarterError { file: file.to_owned(), problem: error.into() }
}
