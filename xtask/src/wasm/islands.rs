//! Do server and browser mean the same islands?
//!
//! An island's name ends in a hash of its source that each compiler computes for itself; where the two differ, or the
//! linker has dropped an island, the page stays dead and the browser only warns. So three lists are compared: the
//! `#[island]`s of the source (by number), the exports of the module, and the names in the server's library.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{paths, tidy::files};

/// The islands that the script of the module exports: their names end in an underscore and the hash.
pub(crate) fn exported(js: &str) -> Vec<String> {
    js.lines()
        .filter_map(|line| line.strip_prefix("export function "))
        .filter_map(|rest| rest.split('(').next())
        .filter(|name| has_hash(name))
        .map(str::to_owned)
        .collect()
}

/// Fails unless there is an export for each island of the source.
pub(crate) fn check_count(exported: &[String]) -> Result<()> {
    let mut written = 0;
    for file in files::below(&paths::root().join("app/src"), &["rs"])? {
        written += count_in(&fs::read_to_string(&file)?);
    }
    if written != exported.len() {
        bail!("app has {written} islands, its module exports {}: {}", exported.len(), exported.join(", "));
    }
    Ok(())
}

/// Fails unless the server's library knows every island by the name that the module exports.
pub(crate) fn compare(exported: &[String], library: &Path) -> Result<()> {
    let bytes = fs::read(library).with_context(|| library.display().to_string())?;
    let unknown: Vec<&str> =
        exported.iter().map(String::as_str).filter(|name| !contains(&bytes, name.as_bytes())).collect();
    if !unknown.is_empty() {
        bail!(
            "the server's compiler gives these islands other names than the module's: {}; build both with one compiler",
            unknown.join(", ")
        );
    }
    Ok(())
}

fn has_hash(name: &str) -> bool {
    name.rsplit_once('_').is_some_and(|(island, hash)| {
        island.starts_with(|first: char| first.is_ascii_uppercase())
            && !hash.is_empty()
            && hash.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn count_in(source: &str) -> usize {
    source.lines().filter(|line| line.trim_start().starts_with("#[island")).count()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "export function Autosave_1234567890(el) {\n}\nexport function hydrate() {\n}\nexport function \
                          init_sync(m) {\n}\nfunction Hidden_12(el) {}\n";

    #[test]
    fn exports_with_a_hash_are_islands() {
        assert_eq!(exported(SCRIPT), ["Autosave_1234567890"]);
    }

    #[test]
    fn islands_are_counted_in_the_source() {
        assert_eq!(
            count_in("/// An `#[island]` in words.\n#[island]\npub fn A() {}\n    #[island(transparent)]\n"),
            2
        );
    }

    #[test]
    fn another_hash_is_found_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let library = folder.path().join("libapp.rlib");
        fs::write(&library, b"\0\0Autosave_1234567890\0").expect("written");
        assert!(compare(&["Autosave_1234567890".into()], &library).is_ok());
        let error = compare(&["Autosave_99".into()], &library).expect_err("unknown");
        assert!(error.to_string().contains("Autosave_99"));
    }
}
