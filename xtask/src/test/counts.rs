//! Counting what passed, and saying so.

use std::fmt;

/// What came of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
    /// What the reader should know: why something failed or was left out.
    pub(crate) notes: Vec<String>,
}

impl Counts {
    /// A part that is one check.
    pub(crate) fn one(holds: bool) -> Self {
        Self { passed: usize::from(holds), failed: usize::from(!holds), ..Self::default() }
    }

    /// A part that could not run.
    pub(crate) fn failure(reason: String) -> Self {
        Self { failed: 1, notes: vec![reason], ..Self::default() }
    }
}

/// What came of all parts, in order.
#[derive(Debug, Default)]
pub(crate) struct Report {
    parts: Vec<(String, Counts)>,
}

impl Report {
    pub(crate) fn add(&mut self, name: &str, counts: Counts) {
        self.parts.push((name.to_owned(), counts));
    }

    /// Notes a part that somebody asked to leave out.
    pub(crate) fn leave_out(&mut self, name: &str) {
        let notes = vec!["left out, as asked".to_owned()];
        self.add(name, Counts { skipped: 1, notes, ..Counts::default() });
    }

    pub(crate) fn failed(&self) -> usize {
        self.sum(|counts| counts.failed)
    }

    fn sum(&self, of: impl Fn(&Counts) -> usize) -> usize {
        self.parts.iter().map(|(_, counts)| of(counts)).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.parts.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        writeln!(f)?;
        for (name, counts) in &self.parts {
            writeln!(f, "{name:width$}  {}", line(counts.passed, counts.failed, counts.skipped))?;
            for note in &counts.notes {
                writeln!(f, "{:width$}  - {note}", "")?;
            }
        }
        let total = line(self.sum(|c| c.passed), self.failed(), self.sum(|c| c.skipped));
        writeln!(f, "{total}")
    }
}

fn line(passed: usize, failed: usize, skipped: usize) -> String {
    let skipped = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
    format!("{passed} passed, {failed} failed{skipped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_sum() {
        let mut report = Report::default();
        report.add("format", Counts::one(true));
        report.add("tests", Counts { passed: 40, ..Counts::default() });
        assert_eq!(report.to_string().lines().last(), Some("41 passed, 0 failed"));
        report.leave_out("browser tests");
        report.add("tidy", Counts::failure("no cargo".into()));
        assert_eq!(report.to_string().lines().last(), Some("41 passed, 1 failed, 1 skipped"));
        assert!(report.to_string().contains("- no cargo"));
    }
}
