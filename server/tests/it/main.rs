//! The whole application over HTTP, as researcher, reviewer, journalist, stranger and attacker: on SQLite, and on
//! PostgreSQL where a server is at hand.
//!
//! Every test acts through the router that is served, on a copy of one starter record.

#![expect(clippy::unwrap_used, reason = "what fails here is a failed test, in helpers too")]

mod support;

mod analysis;
mod bad_input;
mod blur;
mod canary;
mod crawl;
mod entering;
mod evidence;
mod facts;
mod handing;
mod headers;
mod health;
mod members;
mod odd_queries;
mod organisations;
mod others;
mod papers;
mod partners;
mod public_answers;
mod queries;
mod queue;
mod read_only;
mod replies;
mod reviewing;
mod rights;
mod scripts;
mod second_factor;
mod sessions;
mod sign_in;
mod thread;
mod transparency;
mod withdrawals;
