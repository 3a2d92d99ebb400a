//! Texts read line by line: JSON objects, and texts under headings.

use std::collections::BTreeMap;

use csv::StringRecord;
use serde_json::{Map, Value};

use super::charset;
use super::{Format, Hints, Limits, ReadAs, Sheet, Sheets};
use crate::table::FileError;

/// One JSON object a line. The headings are every name in the order in which it first stands; objects inside objects become
/// `outer.inner`, lists of texts one text with semicolons.
pub(super) fn json(bytes: &[u8], limits: Limits) -> Result<Sheets, FileError> {
    let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut headings: Vec<String> = Vec::new();
    let mut objects: Vec<(usize, BTreeMap<usize, String>)> = Vec::new();
    let mut cells = 0;
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let object: Map<String, Value> =
            serde_json::from_str(line).map_err(|_| FileError::NotJson { row: i + 1 })?;
        let mut flat = Vec::new();
        flatten("", &Value::Object(object), &mut flat);
        cells += flat.len();
        let mut row = BTreeMap::new();
        for (name, value) in flat {
            let column = *columns.entry(name.clone()).or_insert_with(|| {
                headings.push(name);
                headings.len() - 1
            });
            row.insert(column, value);
        }
        if headings.len() > limits.columns || cells > limits.cells {
            return Err(FileError::TooManyCells);
        }
        objects.push((i + 1, row));
    }
    if objects.is_empty() {
        return Err(FileError::Empty);
    }
    // Every object takes a cell for each heading, also for those it has not.
    if headings.len().saturating_mul(objects.len()) > limits.cells {
        return Err(FileError::TooManyCells);
    }
    // The headings stand above the first line.
    let mut rows = vec![(0, StringRecord::from(headings.clone()))];
    for (number, mut row) in objects {
        let cells: Vec<String> = (0..headings.len()).map(|i| row.remove(&i).unwrap_or_default()).collect();
        rows.push((number, StringRecord::from(cells)));
    }
    let read_as =
        ReadAs { format: Format::JsonLines, charset: Some("UTF-8"), charset_guessed: false, separator: None };
    Ok(Sheets { read_as, sheets: vec![Sheet::held("", rows)] })
}

fn flatten(name: &str, value: &Value, into: &mut Vec<(String, String)>) {
    let inner = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| flatten(&inner(key), value, into)),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            into.push((name.to_owned(), items.join(";")));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| flatten(&inner(&i.to_string()), item, into));
        }
        value => into.push((name.to_owned(), plain(value))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

/// The text begins with a heading, and has another one before long.
pub(super) fn has_sections(start: &str) -> bool {
    start.starts_with('#') && start.lines().filter(|line| line.starts_with('#')).count() > 1
}

/// Texts under headings that begin with `#`: one row each, with the headings `heading` and `text`; its number is that of the
/// heading's line.
pub(super) fn sections(bytes: &[u8], hints: Hints) -> Result<Sheets, FileError> {
    let (text, charset) = charset::decode(bytes, hints)?;
    let mut rows = vec![(0, StringRecord::from(vec!["heading", "text"]))];
    let mut section: Option<(usize, &str, String)> = None;
    let mut close = |section: Option<(usize, &str, String)>| {
        if let Some((number, heading, text)) = section {
            rows.push((number, StringRecord::from(vec![heading.trim(), text.trim()])));
        }
    };
    for (i, line) in text.lines().enumerate() {
        match (line.strip_prefix('#'), &mut section) {
            (Some(heading), _) => close(section.replace((i + 1, heading, String::new()))),
            (None, Some((_, _, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    close(section);
    let read_as = ReadAs {
        format: Format::Sections,
        charset: Some(charset.encoding.name()),
        charset_guessed: charset.guessed,
        separator: None,
    };
    Ok(Sheets { read_as, sheets: vec![Sheet::held("", rows)] })
}
