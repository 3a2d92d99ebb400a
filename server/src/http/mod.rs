//! What holds for every request and answer, whatever its route.

pub(crate) mod client;
pub(crate) mod coding;
pub(crate) mod cookies;
pub(crate) mod forms;
pub(crate) mod headers;
pub(crate) mod language;
pub(crate) mod origin;
pub(crate) mod read_only;
