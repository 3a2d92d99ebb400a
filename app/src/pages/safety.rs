//! `/safety`: the risks in plain words, for those who enter cases and those who are named in them.

use super::PageContext;
use super::about::text_page;

/// The whole document.
pub fn render(context: &PageContext) -> String {
    let sections = [
        ("safety-not-for", 3),
        ("safety-do", 8),
        ("safety-people", 3),
        ("safety-back", 3),
        ("safety-cannot", 9),
        ("safety-you", 3),
    ];
    text_page(context, "safety", &sections)
}
