//! Lists the catalogues, so that a new `catalogues/<language>/*.ftl` is taken in without a change
//! to any Rust file: writes `catalogues.rs`, a slice of (language, file name, content).

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("catalogues");
    // Cargo looks through a named folder recursively, so new files are seen too.
    println!("cargo:rerun-if-changed=catalogues");
    let mut list = String::from("&[\n");
    for language in sorted(&root)? {
        if !language.is_dir() {
            continue;
        }
        for file in sorted(&language)? {
            if file.extension().is_some_and(|extension| extension == "ftl") {
                let code = name(&language)?;
                let title = name(&file)?;
                let path = file.display().to_string();
                writeln!(list, "    ({code:?}, {title:?}, include_str!({path:?})),")?;
            }
        }
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("catalogues.rs"), list)?;
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        found.push(entry?.path());
    }
    found.sort();
    Ok(found)
}

fn name(path: &Path) -> Result<String, Box<dyn Error>> {
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(name.ok_or("a catalogue's name is not UTF-8")?.to_owned())
}
