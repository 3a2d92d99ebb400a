//! The styles: one file from many, without what a browser does not need.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};

/// Follows the imports of a style sheet and returns everything as one.
pub(crate) fn bundle(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{error}"))?;
    let targets = Targets::from(browsers());
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|error| anyhow!("{error}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })?;
    Ok(printed.code)
}

/// The oldest browsers that the styles are written for; a phone of 2021 is among them.
fn browsers() -> Browsers {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Browsers {
        chrome: version(96, 0),
        android: version(96, 0),
        edge: version(96, 0),
        firefox: version(95, 0),
        safari: version(15, 0),
        ios_saf: version(15, 0),
        samsung: version(16, 0),
        ..Browsers::default()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn imports_are_followed_and_the_order_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("main.css"), "@import \"a.css\";\np { color: red }\n").expect("written");
        fs::write(folder.path().join("a.css"), "/* why */\nh1 { margin: 0px }\n").expect("written");
        let css = bundle(&folder.path().join("main.css")).expect("bundled");
        assert_eq!(css, "h1{margin:0}p{color:red}");
    }

    #[test]
    fn a_fault_names_its_file() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("main.css"), "@import \"missing.css\";").expect("written");
        let error = bundle(&folder.path().join("main.css")).expect_err("no such file");
        assert!(error.to_string().contains("main.css"), "{error}");
    }
}
