//! The store on both engines: every test here runs on SQLite and, where a server is at hand, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "what fails here is a failed test, in helpers too")]

mod audit;
mod backup;
mod blur;
mod canary;
mod checkpoint;
mod concurrent;
mod erase;
mod evidence;
mod facts;
mod imports;
mod keys;
mod killed;
mod likely;
mod odd_text;
mod organisations;
mod persons;
mod queries;
mod replies;
mod schedule;
mod schema;
mod sessions;
mod starter;
mod support;
mod thread;
mod withdrawals;
