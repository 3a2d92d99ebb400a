//! Where things are.

use std::path::{Path, PathBuf};

/// The top of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().map_or_else(|| here.clone(), Path::to_path_buf)
}

/// What the server embeds; written by [`crate::dist`].
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Our own working files, kept from one run to the next.
pub(crate) fn work() -> PathBuf {
    root().join("target/xtask")
}

/// Cargo's output for WebAssembly: a folder of its own, so that the two builds never throw each other's work away.
pub(crate) fn wasm_target() -> PathBuf {
    root().join("target/wasm")
}
