//! What the stories stand on: a copy of the starter record on each engine, people who act by browser, and a reader of
//! the pages they get.

mod answer;
mod browser;
mod cases;
mod html;
mod log;
mod places;
mod world;

#[expect(dead_code, reason = "shared with the store's own tests, which use all of it")]
#[path = "../../../../store/tests/store/support/raw.rs"]
mod raw;

pub(crate) use answer::Answer;
pub(crate) use browser::{Browser, Member, Stranger};
pub(crate) use cases::{COMPLETE, FIVE_FIELDS, History, Published};
pub(crate) use html::{Form, Page};
pub(crate) use log::{MARK, counted, leaks};
pub(crate) use places::{example, public_places};
pub(crate) use world::{EVIDENCE_LIMIT, NAMES, PASSWORD, Who, World, each_engine};
