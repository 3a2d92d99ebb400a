//! Puts `dist/` into the program: a table of names and bytes, made anew whenever something in there changes.
//!
//! A table of our own rather than a crate: it is the same in debug and release builds, and the whole of it is here.
//! Without `dist/` the table is empty and the program still compiles.

use std::{
    env,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let crate_folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?);
    let dist = crate_folder.join("../dist");
    // Cargo watches a folder with all that is below it; one that is missing it would take for changed each time.
    fs::create_dir_all(&dist)?;
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");

    let mut names = Vec::new();
    collect(&dist, "", &mut names)?;
    names.sort();
    let mut table = String::from("[\n");
    for name in names {
        let path = dist.join(&name).canonicalize()?;
        writeln!(table, "    ({name:?}, include_bytes!({path:?}).as_slice()),")?;
    }
    table.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?).join("assets.rs"), table)?;
    Ok(())
}

/// Names below the folder, with `/` between their parts on every system.
fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
