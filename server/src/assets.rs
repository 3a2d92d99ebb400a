//! The files that the program carries inside it: styles, the browser's module, pictures.
//!
//! `cargo xtask` writes them to `dist/` before this crate is compiled, and `build.rs` makes a table of them. Built
//! without them the program runs all the same: pages are then without styles, and forms without autosave.

use std::sync::LazyLock;

use serde_json::Value;

/// Sorted by name.
static FILES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/assets.rs"));

static MANIFEST: LazyLock<Manifest> =
    LazyLock::new(|| read_manifest(get("manifest.json").map(|file| file.bytes)));

/// A file and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asset {
    /// What is in it.
    pub(crate) bytes: &'static [u8],
    /// The value of `Content-Type`.
    pub(crate) content_type: &'static str,
    /// Whether the name changes with the content, so that it may be kept for good.
    pub(crate) immutable: bool,
}

/// The names of what pages refer to; each ends in a hash of the content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The styles.
    pub(crate) css: Option<String>,
    /// The script of the islands.
    pub(crate) js: Option<String>,
    /// The module of the islands.
    pub(crate) wasm: Option<String>,
}

/// The file of this name (as in `dist/`, without a leading slash).
pub(crate) fn get(name: &str) -> Option<Asset> {
    let index = FILES.binary_search_by_key(&name, |(name, _)| *name).ok()?;
    let (name, bytes) = FILES[index];
    Some(Asset { bytes, content_type: content_type(name), immutable: is_hashed(name) })
}

/// What pages refer to; empty in a program that was built without assets.
pub(crate) fn manifest() -> &'static Manifest {
    &MANIFEST
}

/// The names of the files that keep their place: everything from `public/`.
pub(crate) fn public_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name).filter(|name| *name != "manifest.json" && !is_hashed(name))
}

fn read_manifest(bytes: Option<&[u8]>) -> Manifest {
    let json: Value = bytes.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
    let name = |key: &str| json[key].as_str().map(str::to_owned);
    Manifest { css: name("css"), js: name("js"), wasm: name("wasm") }
}

/// `site.0123456789abcdef.css`: sixteen hexadecimal digits before the extension.
fn is_hashed(name: &str) -> bool {
    let mut parts = name.rsplit('.').skip(1);
    let hash = parts.next().unwrap_or_default();
    parts.next().is_some() && hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "html" => "text/html; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "ttf" => "font/ttf",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_by_its_name_and_others_are_not() {
        assert!(FILES.is_sorted_by_key(|(name, _)| *name), "the search relies on it");
        for (name, bytes) in FILES {
            assert_eq!(get(name).map(|file| file.bytes), Some(*bytes));
        }
        assert_eq!(get("../Cargo.toml"), None);
        assert_eq!(get(""), None);
    }

    #[test]
    fn what_the_manifest_names_is_there() {
        let Manifest { css, js, wasm } = manifest();
        for name in [css, js, wasm].into_iter().flatten() {
            let file = get(name).unwrap_or_else(|| panic!("{name} is not in the program"));
            assert!(file.immutable, "{name}");
            assert_ne!(file.content_type, "application/octet-stream", "{name}");
        }
    }

    #[test]
    fn a_manifest_that_is_missing_or_broken_is_empty() {
        assert_eq!(read_manifest(None), Manifest::default());
        assert_eq!(read_manifest(Some(b"{")), Manifest::default());
        let read = read_manifest(Some(br#"{"css":"site.1.css","js":null}"#));
        assert_eq!(read, Manifest { css: Some("site.1.css".into()), ..Manifest::default() });
    }

    #[test]
    fn only_names_with_a_hash_may_be_kept_for_good() {
        assert!(is_hashed("app.0123456789abcdef.wasm"));
        for name in
            ["favicon.svg", "0123456789abcdef.css", "a.0123.css", "robots.txt", "a.0123456789abcdeg.css"]
        {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
