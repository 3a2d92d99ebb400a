//! Driving a running program as people do: by HTTP, with a cookie, from forms of its own.

mod browser;
mod desk;
mod dump;
mod server;

pub(crate) use browser::Browser;
pub(crate) use desk::{Step, Team};
pub(crate) use dump::{Copy, Dump, Row};
pub(crate) use server::{Server, get};
