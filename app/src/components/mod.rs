//! The parts that pages are made of. Each takes values and words that are ready, and gives a view.

pub mod beside;
pub mod cite;
pub mod facts;
pub mod figure;
pub mod form;
pub mod incident;
pub mod part;
pub mod shell;
pub mod standing;
pub mod table;

/// The same text, safe inside an element and inside a quoted attribute: for the few places where HTML is written
/// without the renderer.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
