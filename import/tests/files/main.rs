//! The readers against the project's own files, and against every kind of bad input.

mod bad_input;
mod common;
mod mappings;
mod publishers;
mod shared;
mod standing;
mod starter;
