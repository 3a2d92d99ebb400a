//! The starter record that the program carries: read by the importers, published as the first edition.

use domain::Day;
use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use store::starter::{Starter, StarterIncident};
use store::{Store, StoreError};

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../data");

/// Why it could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file of the program itself cannot be read.
    #[error("the starter record cannot be read: {0}")]
    Read(#[from] import::starter::StarterError),
    /// Rows of it are refused.
    #[error("the starter record has rows that are refused: {0}")]
    Rows(String),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads it into an empty record.
pub async fn load_starter(store: &Store, today: Day, at: Timestamp) -> Result<(), LoadError> {
    let read = import::starter::read(|name| DATA.get_file(name).map(|f| f.contents().to_vec()), today)?;
    let refused: Vec<String> = read
        .files
        .iter()
        .filter(|f| !f.refused.is_empty() || !f.held.is_empty())
        .map(|f| format!("{}: {} refused, {} held", f.file, f.refused.len(), f.held.len()))
        .collect();
    if !refused.is_empty() {
        return Err(LoadError::Rows(refused.join("; ")));
    }
    let starter = Starter {
        countries: read.countries,
        treaties: read.treaties,
        groups: read.groups,
        provisions: read.provisions,
        actions: read.actions,
        incidents: read
            .incidents
            .into_iter()
            .map(|i| StarterIncident { key: i.key, draft: i.draft, incident: i.incident })
            .collect(),
        indicators: read.indicators,
        coverage: read.coverage,
    };
    store.load_starter(&starter, at).await?;
    Ok(())
}
