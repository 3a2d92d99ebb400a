//! Walking the tree.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// Folders that hold no work of ours.
const SKIPPED: [&str; 6] = [".git", "target", "dist", "node_modules", "test-results", "treatywatch-data"];

/// All files below the folder with one of these extensions (with none given: all), sorted.
///
/// What is not ours is left out at any depth: build output, installed packages, data folders. A folder that does not
/// exist has no files.
pub(crate) fn below(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    walk(folder, extensions, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            if !SKIPPED.iter().any(|skipped| entry.file_name() == *skipped) {
                walk(&path, extensions, found)?;
            }
        } else if kind.is_file() {
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            if extensions.is_empty() || extensions.contains(&&*extension) {
                found.push(path);
            }
        }
    }
    Ok(())
}
