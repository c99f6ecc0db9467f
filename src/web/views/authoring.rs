//! The content in force: which version, what its courses are, what the linter says, and a reload.

use serde::Serialize;

use super::{Sample, Title, View, sample_at};

/// `/authoring`
#[derive(Debug, Clone, Serialize)]
pub struct Authoring {
    /// The version in force, counted from 1, as text.
    pub version: String,
    /// Its content hash.
    pub hash: String,
    /// When it was loaded.
    pub loaded: i64,
    /// By whom or what.
    pub loaded_by: String,
    /// The folder that it was read from, or words for the sample and for what is not known.
    pub folder: String,
    /// Where a reload, and the next start, read from.
    pub root: String,
    /// Whether the version in force came from somewhere else than that.
    pub elsewhere: bool,
    /// Files, courses, modules and questions in it.
    pub files: u32,
    /// How many modules.
    pub modules: u32,
    /// How many questions.
    pub questions: u32,
    /// The last reload, where it was refused; the version above stayed in force.
    pub failed: Option<FailedLoad>,
    /// What the linter would rather see otherwise.
    pub warnings: Vec<Finding>,
    /// How many there are in all.
    pub warnings_total: u32,
    /// Whether only the first of them are shown.
    pub warnings_cut: bool,
    /// The courses.
    pub courses: Vec<AuthoredCourse>,
    /// Whether the reader can reload.
    pub may_reload: bool,
}

/// A reload that was refused.
#[derive(Debug, Clone, Serialize)]
pub struct FailedLoad {
    /// When.
    pub at: i64,
    /// By whom or what.
    pub by: String,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// How much is wrong in all.
    pub total: u32,
    /// Whether only the first of it is shown.
    pub cut: bool,
}

/// One finding of the linter.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// Path in the content folder, with line and column: `courses/x/course.yaml:12:5`.
    pub place: String,
    /// What is wrong, as a sentence.
    pub message: String,
    /// A name that was perhaps meant; may be empty.
    pub suggestion: String,
    /// The linter's stable code.
    pub code: String,
}

/// A course as its authors see it.
#[derive(Debug, Clone, Serialize)]
pub struct AuthoredCourse {
    /// The slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its own version, as text.
    pub version: String,
    /// Since when that version.
    pub since: i64,
    /// Languages it is whole in, as codes.
    pub languages: Vec<String>,
    /// Modules.
    pub modules: u32,
    /// Questions.
    pub questions: u32,
    /// Whom to write to.
    pub owner: String,
    /// Valid certificates of its certification.
    pub holders: u32,
}

impl View for Authoring {
    const TEMPLATE: &'static str = "authoring/overview";
    const NAV: &'static str = "authoring";

    fn title(&self) -> Title {
        Title::of("authoring-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("authoring", &sample()), Sample::of("authoring-clean", &sample_empty())]
}

/// A refused reload and two warnings.
#[must_use]
pub fn sample() -> Authoring {
    let finding = |place: &str, message: &str, suggestion: &str, code: &str| Finding {
        place: place.into(),
        message: message.into(),
        suggestion: suggestion.into(),
        code: code.into(),
    };
    let course = |id: &str, title: &str, version: &str, days: i64, languages: &[&str], modules, questions, holders| {
        AuthoredCourse {
            id: id.into(),
            title: title.into(),
            version: version.into(),
            since: sample_at(24 * days),
            languages: languages.iter().map(|l| (*l).to_owned()).collect(),
            modules,
            questions,
            owner: "data-academy@example.com".into(),
            holders,
        }
    };
    Authoring {
        version: "42".into(),
        hash: "9f2c7b1e4ad05c38b6e1f0a9d47c2e83b51a6f90".into(),
        loaded: sample_at(-26),
        loaded_by: "Camille Roux".into(),
        folder: "/srv/habilis/drafts".into(),
        root: "/srv/habilis/courses".into(),
        elsewhere: true,
        files: 58,
        modules: 17,
        questions: 212,
        failed: Some(FailedLoad {
            at: sample_at(-1),
            by: "Camille Roux".into(),
            findings: vec![
                finding(
                    "courses/personal-data/banks/lawfulness.bank.yaml:48:13",
                    "Question `basis-3` marks no option as right.",
                    "Put `right: true` on one option, or make it a question with several answers.",
                    "no-right-option",
                ),
                finding(
                    "courses/warehouse-analyst/exams/final.quiz.yaml:12:7",
                    "The bank `window` does not exist.",
                    "windows",
                    "unknown-bank",
                ),
            ],
            total: 2,
            cut: false,
        }),
        warnings: vec![
            finding(
                "courses/warehouse-costs/modules/02-dear-queries/index.fr.md:1:1",
                "The French text is older than the English one.",
                "",
                "stale-translation",
            ),
            finding(
                "courses/data-foundations/banks/layers.bank.yaml:102:3",
                "In question `layer-9` the right option is by far the longest.",
                "Make the others as long, or this one shorter.",
                "longest-is-right",
            ),
        ],
        warnings_total: 412,
        warnings_cut: true,
        courses: vec![
            course("data-foundations", "Data foundations", "2", -210, &["en", "fr"], 4, 58, 604),
            course("warehouse-analyst", "Warehouse analyst", "3", -75, &["en", "fr"], 4, 62, 388),
            course("warehouse-costs", "Warehouse costs", "1", -346, &["en", "fr"], 4, 44, 351),
            course("personal-data", "Personal data", "4", -26, &["en"], 5, 48, 214),
        ],
        may_reload: true,
    }
}

/// Nothing to complain about.
#[must_use]
pub fn sample_empty() -> Authoring {
    Authoring {
        failed: None,
        warnings: vec![],
        warnings_total: 0,
        warnings_cut: false,
        folder: "/srv/habilis/courses".into(),
        elsewhere: false,
        may_reload: false,
        ..sample()
    }
}
