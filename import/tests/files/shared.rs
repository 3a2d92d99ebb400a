//! Publishers' own files, which are not part of the project: tests that need them say aloud when they are not there.

use std::path::PathBuf;

use domain::country::Gazetteer;
use import::sheets::{Hints, Input, Limits, Sheets};

/// A publisher's file, where it is at hand: below `TREATYWATCH_SHARED`, or `../shared`.
pub(crate) fn file(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("TREATYWATCH_SHARED")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"));
    let path = shared.join("data").join(name);
    if !path.is_file() {
        println!("not run: {name}: neither in TREATYWATCH_SHARED nor in ../shared");
        return None;
    }
    Some(path)
}

/// That file as sheets.
pub(crate) fn sheets(name: &str) -> Option<Sheets> {
    let read = Sheets::read(Input::Path(file(name)?), Hints::default(), Limits::default());
    Some(read.unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// Countries and areas of the starter record.
pub(crate) fn countries() -> Gazetteer {
    let read =
        import::areas::read(&super::common::file("areas.csv").expect("the list of areas")).expect("areas");
    Gazetteer::new(&read.into_values())
}
