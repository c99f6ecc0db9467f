//! What reading the content found: every error and warning at once, each with its file, line, column and a stable code.

use serde::Serialize;
use std::fmt;

/// How many findings a report keeps; past it the report only counts.
const KEPT: usize = 2_000;

/// Whether a finding stops the content from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The content cannot be used.
    Error,
    /// The content can be used and should be better.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A point in a file: line and column count from 1, columns in characters; line 0 means the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The path from the content root, with `/`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl Place {
    /// The beginning of a file.
    pub fn start(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 1, column: 1 }
    }
}

/// One thing to repair or to improve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Error or warning.
    pub severity: Severity,
    /// A stable code: lower-case words joined by hyphens.
    pub code: &'static str,
    /// The path from the content root, with `/`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// One sentence in English, without a full stop.
    pub message: String,
    /// What was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, code, file, line, column, message, suggestion } = self;
        write!(f, "{file}:{line}:{column}: {severity}[{code}]: {message}")?;
        match suggestion {
            Some(suggestion) => write!(f, " (did you mean `{suggestion}`?)"),
            None => Ok(()),
        }
    }
}

/// Every finding of one reading, always in the order of files, lines and columns.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    findings: Vec<Finding>,
    errors: usize,
    warnings: usize,
}

impl Report {
    /// An empty report.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The findings, sorted by file, line and column; at most 2,000 of them.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many errors there are, kept or not.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many warnings there are, kept or not.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// Whether the content cannot be used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Adds an error.
    pub fn error(&mut self, at: &Place, code: &'static str, message: impl Into<String>) {
        self.add(Severity::Error, at, code, message.into(), None);
    }

    /// Adds an error with what was probably meant.
    pub fn error_near(&mut self, at: &Place, code: &'static str, message: impl Into<String>, near: Option<&str>) {
        self.add(Severity::Error, at, code, message.into(), near.map(str::to_owned));
    }

    /// Adds a warning.
    pub fn warning(&mut self, at: &Place, code: &'static str, message: impl Into<String>) {
        self.add(Severity::Warning, at, code, message.into(), None);
    }

    /// Adds a warning with what was probably meant.
    pub fn warning_near(&mut self, at: &Place, code: &'static str, message: impl Into<String>, near: Option<&str>) {
        self.add(Severity::Warning, at, code, message.into(), near.map(str::to_owned));
    }

    fn add(&mut self, severity: Severity, at: &Place, code: &'static str, message: String, suggestion: Option<String>) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        if self.findings.len() >= KEPT {
            // An error is never lost behind warnings: it takes the place of the last of them.
            let last = self.findings.iter().rposition(|f| f.severity == Severity::Warning);
            match (severity, last) {
                (Severity::Error, Some(last)) => drop(self.findings.remove(last)),
                _ => return,
            }
        }
        let (line, column) = (at.line, at.column);
        let finding = Finding { severity, code, file: at.file.clone(), line, column, message, suggestion };
        let spot = self
            .findings
            .partition_point(|f| (f.file.as_str(), f.line, f.column) <= (finding.file.as_str(), line, column));
        self.findings.insert(spot, finding);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        let hidden = self.errors + self.warnings - self.findings.len();
        if hidden > 0 {
            writeln!(f, "and {hidden} more findings")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_sorted_and_printed_in_one_line() {
        let mut report = Report::new();
        let at = |line| Place { file: "b.yaml".into(), line, column: 2 };
        report.error(&at(9), "bad-type", "expected a text");
        report.warning(&at(3), "missing-why", "no `why`");
        report.error_near(&Place::start("a.yaml"), "unknown-key", "no key `titel`", Some("title"));
        assert_eq!(
            report.to_string(),
            "a.yaml:1:1: error[unknown-key]: no key `titel` (did you mean `title`?)\n\
             b.yaml:3:2: warning[missing-why]: no `why`\n\
             b.yaml:9:2: error[bad-type]: expected a text\n"
        );
        assert!(report.has_errors());
    }

    #[test]
    fn a_flood_of_warnings_hides_no_error() {
        let mut report = Report::new();
        for line in 0..3_000 {
            report.warning(&Place { file: "a".into(), line, column: 1 }, "missing-why", "w");
        }
        report.error(&Place::start("z"), "bad-type", "e");
        assert_eq!(report.findings().len(), KEPT);
        assert_eq!(report.findings().last().map(|f| f.severity), Some(Severity::Error));
        assert!(report.to_string().ends_with("and 1001 more findings\n"));
    }
}
