//! What reading the content found: every error and warning at once, each with its file, line, column and a stable code.

use serde::Serialize;
use std::{
    env, fmt,
    path::{Path, PathBuf},
};

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
    /// Where an editor opens it from the working directory, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
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
        let Self { severity, code, file, path, line, column, message, suggestion } = self;
        let file = path.as_ref().unwrap_or(file);
        write!(f, "{file}:{line}:{column}: {severity}[{code}]: {message}")?;
        match suggestion {
            Some(suggestion) => write!(f, " (did you mean `{suggestion}`?)"),
            None => Ok(()),
        }
    }
}

/// A file of the content as an editor opens it: below the content root as it was given, or by the way from the working
/// directory where the root lies in it.
#[must_use]
pub fn openable(root: &Path, file: &str) -> String {
    from_here(root).join(file).display().to_string()
}

fn from_here(root: &Path) -> PathBuf {
    let below = env::current_dir().ok().and_then(|here| root.strip_prefix(here).ok().map(Path::to_owned));
    below.unwrap_or_else(|| root.to_owned())
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

    /// The same report with paths that open: each file below the content root, which is named as in [`openable`]. Without a
    /// root (the sample that is built in) nothing can be opened.
    #[must_use]
    pub fn opened_from(mut self, root: Option<&Path>) -> Self {
        let Some(root) = root.map(from_here) else { return self };
        for finding in &mut self.findings {
            finding.path = Some(root.join(&finding.file).display().to_string());
        }
        self
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
        let finding = Finding { severity, code, file: at.file.clone(), path: None, line, column, message, suggestion };
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
    fn paths_open_from_the_working_directory() {
        let mut report = Report::new();
        report.error(&Place::start("alpha/course.yaml"), "bad-type", "expected a text");
        let here = env::current_dir().unwrap();
        let told = |root: &Path| report.clone().opened_from(Some(root)).to_string();
        let line = |path: &str| format!("{path}alpha/course.yaml:1:1: error[bad-type]: expected a text\n");
        assert_eq!(told(Path::new("../content")), line("../content/"));
        assert_eq!(told(&here.join("content")), line("content/"));
        assert_eq!(told(&here), line(""));
        assert_eq!(told(Path::new("/elsewhere")), line("/elsewhere/"));
        assert_eq!(report.clone().opened_from(None).to_string(), line(""));
        let json = serde_json::to_value(report.opened_from(Some(Path::new("content")))).unwrap();
        let finding = &json["findings"][0];
        assert_eq!(
            (&finding["file"], &finding["path"]),
            (&"alpha/course.yaml".into(), &"content/alpha/course.yaml".into())
        );
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
