//! Which crate may use which.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::terminal::{capture, cargo};

/// What each crate may depend on. Test code may use more.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("server", &["app", "charts", "domain", "import", "store", "text"]),
    ("app", &["charts", "domain", "store", "text"]),
    ("store", &["domain"]),
    ("charts", &["domain", "text"]),
    ("import", &["domain"]),
    ("text", &["domain"]),
    ("domain", &[]),
    ("xtask", &[]),
];

/// What only the server's build of `app` may bring in.
const SERVER_SIDE_OF_APP: [&str; 3] = ["charts", "store", "text"];

/// Dependencies that go the wrong way.
pub(crate) fn faults(root: &Path) -> Result<Vec<String>> {
    let manifest = root.join("Cargo.toml");
    let metadata = capture(
        cargo().args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]).arg(manifest),
    )?;
    wrong_arrows(&serde_json::from_str(&metadata)?)
}

fn wrong_arrows(metadata: &Value) -> Result<Vec<String>> {
    let packages = metadata["packages"].as_array().context("cargo metadata without packages")?;
    let mut faults = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name}: a crate that ARCHITECTURE.md does not know"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let target = dependency["name"].as_str().unwrap_or_default();
            if dependency["path"].is_null() || dependency["kind"] == "dev" {
                continue;
            }
            if !allowed.contains(&target) {
                faults.push(format!("{name} must not depend on {target}"));
            } else if name == "app" && SERVER_SIDE_OF_APP.contains(&target) && dependency["optional"] != true
            {
                faults.push(format!("app must depend on {target} only with its feature `ssr`"));
            }
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(name: &str, dependency: Value) -> Vec<String> {
        wrong_arrows(&json!({ "packages": [{ "name": name, "dependencies": [dependency] }] }))
            .expect("checked")
    }

    #[test]
    fn the_way_down_is_allowed_and_the_way_up_is_not() {
        let arrow = |to: &str| json!({ "name": to, "path": "/x", "kind": null, "optional": false });
        assert!(one("server", arrow("import")).is_empty());
        assert_eq!(one("domain", arrow("store")), ["domain must not depend on store"]);
        assert_eq!(one("store", arrow("text")), ["store must not depend on text"]);
    }

    #[test]
    fn packages_from_elsewhere_and_test_code_are_no_arrows() {
        assert!(one("domain", json!({ "name": "serde", "path": null, "kind": null })).is_empty());
        assert!(one("store", json!({ "name": "import", "path": "/x", "kind": "dev" })).is_empty());
    }

    #[test]
    fn the_browser_never_gets_the_store() {
        let arrow = json!({ "name": "store", "path": "/x", "kind": null, "optional": false });
        assert_eq!(one("app", arrow), ["app must depend on store only with its feature `ssr`"]);
    }

    #[test]
    fn an_unknown_crate_is_a_fault() {
        let metadata = json!({ "packages": [{ "name": "misc", "dependencies": [] }] });
        assert_eq!(wrong_arrows(&metadata).expect("checked").len(), 1);
    }
}
