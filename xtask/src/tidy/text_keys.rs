//! Every sentence that code asks for by a literal key is in the English catalogue.
//!
//! A key that is put together at run time cannot be seen here; `text` itself panics on an unknown one in a debug build,
//! and so in the tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::Result;

use super::source::{lines_before_tests, read};

/// The crates that show sentences.
const SPEAKING: [&str; 4] = ["app/src", "charts/src", "server/src", "text/src"];

/// The calls whose first argument is a key.
const CALLS: [&str; 2] = ["say", "with"];

/// Keys that no catalogue has.
pub(crate) fn faults(root: &Path) -> Result<Vec<String>> {
    let known: BTreeSet<String> = read(root, &root.join("text/catalogues/en"), &["ftl"])?
        .iter()
        .flat_map(|(_, text)| text.lines().filter_map(message_name).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut asked: BTreeMap<String, String> = BTreeMap::new();
    for folder in SPEAKING {
        for (name, text) in read(root, &root.join(folder), &["rs"])? {
            if name.components().any(|part| part.as_os_str() == "tests") {
                continue;
            }
            let code: String = lines_before_tests(&text).map(|(_, line)| without_comment(line)).collect();
            for key in keys_in(&code) {
                asked.entry(key.to_owned()).or_insert_with(|| name.display().to_string());
            }
        }
    }
    Ok(asked
        .iter()
        .filter(|(key, _)| !known.contains(*key))
        .map(|(key, file)| format!("{file}: {key:?}"))
        .collect())
}

fn message_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    let name = name.trim_end();
    let starts = name.starts_with(|first: char| first.is_ascii_lowercase());
    (starts && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'))
        .then_some(name)
}

fn without_comment(line: &str) -> String {
    let code = if line.trim_start().starts_with("//") { "" } else { line };
    format!("{code}\n")
}

/// The literals in `say("…"` and `with("…"`, white space between them or not.
fn keys_in(code: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for call in CALLS {
        for (at, _) in code.match_indices(call) {
            let whole_word = !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
            let rest = &code[at + call.len()..];
            let literal = rest.strip_prefix('(').map(str::trim_start).and_then(|rest| rest.strip_prefix('"'));
            if let (true, Some((key, _))) = (whole_word, literal.and_then(|rest| rest.split_once('"'))) {
                keys.push(key);
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::fixture;

    #[test]
    fn keys_are_found_in_calls_and_nowhere_else() {
        let code = "t.say(\"one\"); t.with(\n    \"two\", &[]); name.starts_with(\"three\"); essay(\"four\"); say(key)";
        assert_eq!(keys_in(code), ["one", "two"]);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_file() {
        let catalogue =
            "# A comment = here\nknown = Known\n    .hint = Hint\nmany = { $n ->\n   *[other] many\n }\n";
        let code = "fn f() { say(\"known\"); say(\"unknown\"); with(\"many\"); }\n// say(\"in-a-comment\")\n#[cfg(test)]\nmod t { say(\"x\") }\n";
        let tree = fixture(&[("text/catalogues/en/a.ftl", catalogue), ("app/src/page.rs", code)]);
        assert_eq!(faults(tree.path()).expect("checked"), ["app/src/page.rs: \"unknown\""]);
    }
}
