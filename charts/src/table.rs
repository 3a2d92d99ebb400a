//! A figure's numbers as a table for people and as CSV.

/// A table to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is.
    pub caption: String,
    /// The headings of its columns.
    pub heads: Vec<String>,
    /// Which columns hold numbers, to be set right.
    pub numeric: Vec<bool>,
    /// Its rows, in words and numbers as people write them.
    pub rows: Vec<Vec<String>>,
}

/// A cell of a CSV file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

impl Cell {
    pub(crate) fn text(words: impl Into<String>) -> Cell {
        Cell::Text(words.into())
    }

    pub(crate) fn maybe(number: Option<f64>) -> Cell {
        number.map_or(Cell::Empty, Cell::Number)
    }
}

/// Comment lines, then headings, then rows (RFC 4180, UTF-8).
///
/// A text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay
/// numbers, negative ones too.
pub(crate) fn csv(comments: &[String], heads: &[&str], rows: &[Vec<Cell>]) -> String {
    let mut out = String::new();
    for comment in comments {
        let line: String = comment.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        out.push_str("# ");
        // A spreadsheet cuts this line at its commas and semicolons, so no piece may begin like a formula.
        out.push_str(&line.split_inclusive([',', ';']).map(harmless).collect::<String>());
        out.push_str("\r\n");
    }
    out.push_str(&heads.join(","));
    out.push_str("\r\n");
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            match cell {
                Cell::Text(words) => out.push_str(&quoted(&harmless(words))),
                Cell::Number(number) => out.push_str(&number.to_string()),
                Cell::Empty => {}
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// A table of texts alone as CSV, with the same care: for files that are no figure's.
pub fn text_csv(heads: &[&str], rows: &[Vec<String>]) -> String {
    let cells: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
    csv(&[], heads, &cells)
}

/// A cell that begins nothing: no formula, no new line.
fn harmless(words: &str) -> String {
    let formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let plain = words.chars().map(|it| if it.is_control() { ' ' } else { it });
    formula.then_some('\'').into_iter().chain(plain).collect()
}

fn quoted(words: &str) -> String {
    if words.contains([',', '"']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_formulas_and_numbers_stay_numbers() {
        let rows = [vec![
            Cell::text("=1+1"),
            Cell::text("a, \"b\""),
            Cell::Number(-0.5),
            Cell::Empty,
            Cell::text("\tx"),
        ]];
        let written = csv(&["two\nlines".to_owned()], &["a", "b", "c", "d", "e"], &rows);
        assert_eq!(written, "# two lines\r\na,b,c,d,e\r\n'=1+1,\"a, \"\"b\"\"\",-0.5,,' x\r\n");
    }

    #[test]
    fn a_comment_is_no_formula_wherever_a_spreadsheet_cuts_it() {
        let written = csv(&["Incident: x,=HYPERLINK(1);@SUM(1), 5 May".to_owned()], &["a"], &[]);
        assert_eq!(written, "# Incident: x,'=HYPERLINK(1);'@SUM(1), 5 May\r\na\r\n");
    }
}
