//! The step from the compiler's output to something a browser can load.
//!
//! As a library, pinned to the very version that `app` is compiled with: the two speak a private format, and so they
//! cannot drift apart as a command on somebody's path would.

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

/// The version; `tidy` compares it with Cargo.lock.
pub(crate) const VERSION: &str = "0.2.130";

/// Makes the script and the module.
pub(crate) fn generate(input: Vec<u8>) -> Result<(String, Vec<u8>)> {
    let mut output = Bindgen::new()
        .input_bytes("app", input)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    let foreign: Vec<&String> = output
        .snippets()
        .iter()
        .filter(|(_, scripts)| !scripts.is_empty())
        .map(|(name, _)| name)
        .chain(output.local_modules().keys())
        .chain(output.npm_dependencies().keys())
        .collect();
    if !foreign.is_empty() {
        bail!("a dependency of `app` brings scripts of its own, only one is shipped: {foreign:?}");
    }
    let wasm = output.wasm_mut().emit_wasm();
    Ok((output.js().to_owned(), wasm))
}
