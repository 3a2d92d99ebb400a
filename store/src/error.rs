//! What can go wrong in the store. Rules that people broke are told apart from faults.

use domain::FieldError;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date (a newer program's schema is refused).
    #[error("the database's schema does not fit this program: {0}")]
    Schema(#[from] sqlx::migrate::MigrateError),
    /// The schema is of another version, and this store only reads.
    #[error("the database's schema is of another version: start this program on it once without --read-only")]
    OtherSchema,
    /// This store only reads.
    #[error("nothing is written: the store only reads")]
    OnlyReads,
    /// Stored content cannot be read.
    #[error("stored content cannot be read: {0}")]
    Unreadable(String),
    /// There is no such thing, or not for this member.
    #[error("there is no such thing")]
    NotFound,
    /// The rights function says no.
    #[error("this member may not do that")]
    Forbidden,
    /// The case is not in the state that this step needs.
    #[error("the case is not in a state for this step")]
    WrongState,
    /// What was verified is not what stands there now.
    #[error("the case changed since it was verified")]
    ChangedSinceVerified,
    /// The draft does not hold what this step needs.
    #[error("{} fields need attention", .0.len())]
    Refused(Vec<FieldError>),
    /// A sealed note cannot be opened: wrong key, or altered.
    #[error("a sealed note cannot be opened: wrong key, or it was altered")]
    Sealed,
    /// Something is sealed, or is to be, with a key of this name, which is not at hand.
    #[error("sealed with the key {0}, which is not in sealed.key")]
    UnknownKey(String),
    /// The key file cannot be read, written or held.
    #[error("the key file {0}")]
    KeyFile(String),
    /// An evidence file cannot be written or read.
    #[error("the evidence files: {0}")]
    Files(String),
    /// A name that has to be unique is taken.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// A file cannot be read or written.
    #[error("the file cannot be read or written: {0}")]
    File(std::io::Error),
    /// A backup cannot be restored.
    #[error(transparent)]
    Restore(#[from] crate::backup::RestoreError),
    /// Something was asked of a record that is not empty.
    #[error("the record is not empty")]
    RecordNotEmpty,
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl From<domain::stored::Unreadable> for StoreError {
    fn from(error: domain::stored::Unreadable) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// The result of a store function.
pub(crate) type Result<T, E = StoreError> = std::result::Result<T, E>;
