//! How it is served: routes, sessions, desk forms, charts, caching; and the command line.
//!
//! [`router`] makes the whole application from its state, so that tests act on exactly what is served.
//!
//! Invariants. Public answers are functions of (path, parsed query, language, edition, day, withdrawals) and are
//! cached by just that. Nothing changes by GET. Every unsafe request proves where it comes from. The header table
//! in [`http`] holds for every route.

mod assets;
mod cache;
pub mod command;
mod database_url;
mod evidence;
mod http;
mod listen;
mod public_query;
mod reply_limits;
mod routes;
mod settings;
mod sign_in;
mod starter;
mod state;

pub use routes::{ROUTES, router};
pub use settings::{SETTINGS, Settings};
pub use sign_in::hash_password;
pub use starter::load_starter;
pub use state::{App, Parts};
