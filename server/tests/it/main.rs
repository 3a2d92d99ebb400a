//! The whole application over HTTP, as researcher, reviewer, journalist, stranger and attacker: on SQLite, and on
//! PostgreSQL where a server is at hand.
//!
//! Every test acts through the router that is served, on a copy of one starter record.

#![expect(clippy::unwrap_used, reason = "what fails here is a failed test, in helpers too")]

mod support;

mod bad_input;
mod blur;
mod canary;
mod crawl;
mod entering;
mod evidence;
mod handing;
mod headers;
mod health;
mod members;
mod odd_queries;
mod others;
mod papers;
mod public_answers;
mod queries;
mod queue;
mod reviewing;
mod rights;
mod scripts;
mod second_factor;
mod sessions;
mod sign_in;
mod thread;
mod transparency;
mod withdrawals;
