//! How an incident is stored: canonical JSON (RFC 8785) with its schema's number, and its SHA-256.
//!
//! The stored bytes are what citations and hashes rest on, so each schema number has a frozen struct of its own
//! and a function up to today's type. A change to [`Incident`] never changes bytes already stored: it adds a
//! schema number.

mod incident_1;
mod incident_2;

use sha2::{Digest, Sha256};

use crate::incident::Incident;

/// Canonical bytes and their hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Canonical JSON.
    pub json: String,
    /// SHA-256 of it, in hexadecimal: the content hash.
    pub hash: String,
}

/// Stored bytes that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON of the schema it says.
    #[error("the stored incident does not follow its schema: {0}")]
    Schema(#[from] serde_json::Error),
    /// A schema number that this program does not know.
    #[error("unknown schema {0:?}: stored by a newer program")]
    UnknownSchema(String),
    /// A value that no list has.
    #[error("the stored incident holds a value that its list does not have: {0:?}")]
    Value(crate::error::Problem),
}

/// The canonical bytes of `incident`, by the lowest schema that holds all of it: one that says nothing that only a
/// later schema has keeps its bytes and its hash, also where a redaction reads it and writes it back.
pub fn store(incident: &Incident) -> Stored {
    let json = if incident.particulars.is_empty() {
        serde_jcs::to_string(&incident_1::IncidentV1::from(incident))
    } else {
        incident_2::write(incident).and_then(|json| serde_jcs::to_string(&json))
    };
    let json = json.expect("an incident is plain data");
    let hash = content_hash(&json);
    Stored { json, hash }
}

/// The incident that `json` holds, whatever its schema number.
pub fn read(json: &str) -> Result<Incident, Unreadable> {
    #[derive(serde::Deserialize)]
    struct Head {
        schema: String,
    }
    let head: Head = serde_json::from_str(json)?;
    match head.schema.as_str() {
        incident_1::SCHEMA => serde_json::from_str::<incident_1::IncidentV1>(json)?.up(),
        incident_2::SCHEMA => incident_2::read(json),
        _ => Err(Unreadable::UnknownSchema(head.schema)),
    }
}

/// SHA-256 of stored bytes, in hexadecimal.
pub fn content_hash(json: &str) -> String {
    Sha256::digest(json.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests;
