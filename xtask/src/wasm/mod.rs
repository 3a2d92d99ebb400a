//! The browser's side: from the crate `app` to a script and a WebAssembly module.

mod bindgen;
mod cargo;
mod islands;
mod optimise;
mod toolchain;

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    dist::hash,
    paths,
    terminal::{say, step},
};

pub(crate) use bindgen::VERSION as BINDGEN_VERSION;
pub(crate) use cargo::{is_artifact_of, messages as cargo_messages};
pub(crate) use islands::compare as compare_islands;

/// What the browser loads.
pub(crate) struct Module {
    /// The script that wasm-bindgen writes.
    pub(crate) js: Vec<u8>,
    /// The module, as small as the tools at hand make it.
    pub(crate) wasm: Vec<u8>,
    /// The names under which the script exports the islands.
    pub(crate) islands: Vec<String>,
    /// How many warnings the compiler gave for our own code.
    pub(crate) warnings: usize,
}

/// Builds the module. What did not change since the last run is taken from there.
pub(crate) fn build() -> Result<Module> {
    let toolchain = step("WebAssembly target", toolchain::find)?;
    let built = step("WebAssembly module", || cargo::build(&toolchain))?;
    let (js, wasm) = step("wasm-bindgen and wasm-opt", || finish(&built.wasm))?;
    let islands = islands::exported(&String::from_utf8_lossy(&js));
    islands::check_count(&islands)?;
    Ok(Module { js, wasm, islands, warnings: built.warnings })
}

fn finish(rustc_output: &Path) -> Result<(Vec<u8>, Vec<u8>)> {
    let input = fs::read(rustc_output).with_context(|| rustc_output.display().to_string())?;
    let optimiser = optimise::find()?;
    let key = hash(&[&input, bindgen::VERSION.as_bytes(), optimiser.key().as_bytes()].concat());
    let folder = paths::work().join("wasm");
    let (js_path, wasm_path, key_path) = (folder.join("app.js"), folder.join("app.wasm"), folder.join("key"));
    let unchanged = fs::read_to_string(&key_path).is_ok_and(|old| old == key);
    if !(unchanged && js_path.is_file() && wasm_path.is_file()) {
        fs::create_dir_all(&folder)?;
        let _ = fs::remove_file(&key_path);
        let (js, wasm) = bindgen::generate(input)?;
        fs::write(&js_path, js)?;
        fs::write(&wasm_path, &wasm)?;
        optimiser.run(&wasm_path)?;
        fs::write(&key_path, key)?;
    }
    let (js, wasm) = (fs::read(&js_path)?, fs::read(&wasm_path)?);
    say(format!(
        "{} kB of WebAssembly, {} kB of script, {}",
        wasm.len() / 1000,
        js.len() / 1000,
        optimiser.describe()
    ));
    Ok((js, wasm))
}
