//! Writes `charts.css`, the colours of inline charts, into the crate's folder.

fn main() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/charts.css");
    std::fs::write(path, charts::page_css())
}
