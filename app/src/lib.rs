//! What people see: pages, components and islands.
//!
//! Two builds come from this crate. With `ssr`, on the server, every page is rendered to a string of HTML that is
//! whole without JavaScript. With `hydrate`, as a WebAssembly module, only the islands are in it: they wake up inside
//! pages that the server has rendered. A page without an island ships no script.

// The server's side.
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod figures;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod reading;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
pub mod words;

// Both sides.
pub mod islands;

// The browser's side.
#[cfg(feature = "hydrate")]
pub mod hydrate;
