//! The browser's way in: what the start script calls once, before it wakes the islands one by one.

use leptos::wasm_bindgen::{self, prelude::wasm_bindgen};

/// Makes the reactive system ready for islands, and panics readable in the console.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
