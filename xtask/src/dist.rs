//! `dist/`: what the server carries inside it.
//!
//! Names of what we make end in a hash of the content, so that browsers may keep it for good; what lies in `public/`
//! keeps its name. `manifest.json` says which is which. Invariant: a file is only written when its content is new, so
//! that cargo builds the server again only when something changed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    paths, style,
    terminal::{say, step},
    tidy::files,
    wasm,
};

/// Builds everything that goes into the server and returns the module, for what is checked later.
pub(crate) fn build() -> Result<wasm::Module> {
    let module = wasm::build()?;
    step("dist", || {
        let mut files = public_files(&paths::root().join("public"))?;
        let js = add(&mut files, "app", "js", module.js.clone());
        let wasm = add(&mut files, "app", "wasm", module.wasm.clone());
        let main = paths::root().join("style/main.css");
        let css = if main.is_file() {
            Some(add(&mut files, "site", "css", style::bundle(&main)?.into_bytes()))
        } else {
            say("no style/main.css: pages without styles");
            None
        };
        let manifest = json!({ "css": css, "js": js, "wasm": wasm });
        files.insert("manifest.json".into(), format!("{manifest:#}\n").into_bytes());
        write(&paths::dist(), &files)
    })?;
    Ok(module)
}

/// The first 16 hexadecimal digits of the SHA-256.
pub(crate) fn hash(bytes: &[u8]) -> String {
    sha256(bytes)[..16].to_owned()
}

/// SHA-256 in hexadecimal, whole.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn add(files: &mut BTreeMap<PathBuf, Vec<u8>>, stem: &str, extension: &str, bytes: Vec<u8>) -> String {
    let name = format!("{stem}.{}.{extension}", hash(&bytes));
    files.insert(name.clone().into(), bytes);
    name
}

fn public_files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for path in files::below(folder, &[])? {
        let name = path.strip_prefix(folder).context("a file below its folder")?;
        found.insert(name.to_path_buf(), fs::read(&path)?);
    }
    Ok(found)
}

/// Makes the folder hold these files and no others.
fn write(folder: &Path, wanted: &BTreeMap<PathBuf, Vec<u8>>) -> Result<()> {
    fs::create_dir_all(folder)?;
    for path in files::below(folder, &[])? {
        if !wanted.contains_key(path.strip_prefix(folder).context("a file below its folder")?) {
            fs::remove_file(path)?;
        }
    }
    for (name, bytes) in wanted {
        let path = folder.join(name);
        if !fs::read(&path).is_ok_and(|old| old == *bytes) {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_follows_the_content() {
        let mut files = BTreeMap::new();
        let (first, second) =
            (add(&mut files, "site", "css", b"a".to_vec()), add(&mut files, "site", "css", b"b".to_vec()));
        assert_eq!(first, "site.ca978112ca1bbdca.css");
        assert_ne!(first, second);
    }

    #[test]
    fn only_what_changed_is_written_and_what_is_gone_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let content = |pairs: &[(&str, &str)]| -> BTreeMap<PathBuf, Vec<u8>> {
            pairs.iter().map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec())).collect()
        };
        write(folder.path(), &content(&[("kept.txt", "a"), ("old.txt", "b"), ("in/side.txt", "c")]))
            .expect("written");
        let before =
            fs::metadata(folder.path().join("kept.txt")).and_then(|data| data.modified()).expect("a time");
        write(folder.path(), &content(&[("kept.txt", "a"), ("in/side.txt", "d")])).expect("written");
        let after =
            fs::metadata(folder.path().join("kept.txt")).and_then(|data| data.modified()).expect("a time");
        assert_eq!(before, after);
        assert!(!folder.path().join("old.txt").exists());
        assert_eq!(fs::read_to_string(folder.path().join("in/side.txt")).expect("read"), "d");
    }
}
