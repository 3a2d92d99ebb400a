//! What the tests stand on: a fresh database per test and engine, people, and cases in any state.

mod cases;
mod database;
mod raw;

pub(crate) use cases::{
    FOR_PUBLISHING, FOR_SUBMITTING, People, TODAY, at, countries, fields, key, member, open, publish,
    published, save, seen, submitted, verified,
};
pub(crate) use database::{World, each_direction, each_engine};
pub(crate) use raw::{dynamic, number, texts};
