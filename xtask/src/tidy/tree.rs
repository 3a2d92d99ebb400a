//! Checks of what lies where.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{files, source::read};
use crate::wasm::BINDGEN_VERSION;

/// Hosts that only the package managers' own settings may name; in two halves, or this file would name them.
const HOSTS: [(&str, &str); 8] = [
    ("static.crates", ".io"),
    ("index.crates", ".io"),
    ("registry.npmjs", ".org"),
    ("registry.yarnpkg", ".com"),
    ("files.pythonhosted", ".org"),
    ("pypi", ".org"),
    ("deb.debian", ".org"),
    ("security.debian", ".org"),
];

/// Files that name a package registry's host.
pub(crate) fn registry_hosts(root: &Path) -> Result<Vec<String>> {
    let hosts: Vec<String> = HOSTS.iter().map(|(first, second)| format!("{first}{second}")).collect();
    let mut faults = Vec::new();
    for (name, text) in read(root, root, &[])? {
        for host in hosts.iter().filter(|host| text.contains(host.as_str())) {
            faults.push(format!("{} names {host}", name.display()));
        }
    }
    Ok(faults)
}

/// Data files without a licence or README in the same folder.
pub(crate) fn unlicensed_data(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for path in files::below(&root.join("data"), &["csv"])? {
        let folder = path.parent().context("a file in a folder")?;
        let spoken_for = fs::read_dir(folder)?.filter_map(Result::ok).any(|entry| {
            let name = entry.file_name().to_string_lossy().to_uppercase();
            ["README", "LICENCE", "LICENSE"].iter().any(|word| name.starts_with(word))
        });
        if !spoken_for {
            faults.push(path.strip_prefix(root).unwrap_or(&path).display().to_string());
        }
    }
    Ok(faults)
}

/// The library that finishes the module must be of the version that the module was compiled with.
pub(crate) fn bindgen_versions(root: &Path) -> Result<Vec<String>> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("Cargo.lock")?;
    Ok(["wasm-bindgen", "wasm-bindgen-cli-support"]
        .iter()
        .flat_map(|package| {
            locked_versions(&lock, package).into_iter().map(move |version| (package, version))
        })
        .filter(|(_, version)| *version != BINDGEN_VERSION)
        .map(|(package, version)| format!("{package} is {version} in Cargo.lock, {BINDGEN_VERSION} in xtask"))
        .collect())
}

fn locked_versions<'a>(lock: &'a str, package: &str) -> Vec<&'a str> {
    let name = format!("name = \"{package}\"\nversion = \"");
    lock.split(name.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::fixture;

    #[test]
    fn a_registry_is_found_anywhere_but_in_what_was_installed() {
        let line = format!("https://{}{}/x.tgz", HOSTS[2].0, HOSTS[2].1);
        let tree =
            fixture(&[("end2end/package-lock.json", &line), ("end2end/node_modules/a/package.json", &line)]);
        let faults = registry_hosts(tree.path()).expect("checked");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("end2end/package-lock.json names "), "{faults:?}");
    }

    #[test]
    fn data_without_papers_is_named() {
        let tree = fixture(&[("data/README.md", ""), ("data/a.csv", ""), ("data/indicators/b.csv", "")]);
        assert_eq!(unlicensed_data(tree.path()).expect("checked"), ["data/indicators/b.csv"]);
    }

    #[test]
    fn two_versions_of_bindgen_are_found_out() {
        let lock = |version: &str| format!("[[package]]\nname = \"wasm-bindgen\"\nversion = \"{version}\"\n");
        let tree = fixture(&[("Cargo.lock", &lock(BINDGEN_VERSION))]);
        assert!(bindgen_versions(tree.path()).expect("checked").is_empty());
        let tree = fixture(&[("Cargo.lock", &lock("0.0.1"))]);
        assert_eq!(bindgen_versions(tree.path()).expect("checked").len(), 1);
    }
}
