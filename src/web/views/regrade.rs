//! Correcting the marks of a question: the choices, what they would do, and what was done before.

use serde::Serialize;

use super::shared::Link;
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/authoring/courses/{c}/questions/{q}/regrade`
#[derive(Debug, Clone, Serialize)]
pub struct RegradePage {
    /// The course's title, and its statistics.
    pub course: Link,
    /// The question's slug, and its statistics.
    pub question: Link,
    /// Whether the reader may apply and see names.
    pub may_apply: bool,
    /// `new_key`, `full_marks` or `set_aside`.
    pub treatment: String,
    /// The version on the forms.
    pub from: String,
    /// Those to choose from.
    pub versions: Vec<Choice>,
    /// Whether certificates are taken back.
    pub take_back: bool,
    /// Why this can't be previewed.
    pub refusal: Option<String>,
    /// What it would do.
    pub preview: Option<Preview>,
    /// What is wrong with the form.
    pub errors: Vec<FieldError>,
    /// The reason, as typed.
    pub reason: String,
    /// Corrections of this question, the latest first.
    pub past: Vec<Past>,
}

/// What a correction would do.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// Marked attempts that hold the version.
    pub attempts: u32,
    /// People.
    pub people: u32,
    /// Attempts that are not marked yet.
    pub open: u32,
    /// Marks that change.
    pub changed: u32,
    /// Upwards.
    pub higher: u32,
    /// Downwards.
    pub lower: u32,
    /// Attempts that pass now.
    pub now_passed: u32,
    /// Attempts that fail now.
    pub now_failed: u32,
    /// Certificates to be issued.
    pub issued: u32,
    /// Certificates that rest on an attempt that fails now.
    pub resting: u32,
    /// Requests that wake.
    pub wakes: u32,
    /// Of these, granted at once.
    pub granted: u32,
    /// Grants that resume.
    pub resumes: u32,
    /// Grants that are suspended if certificates are taken back.
    pub suspends: u32,
    /// Grants that end.
    pub ends: u32,
    /// Live tokens under them.
    pub tokens: u32,
    /// Until when the last of these lives.
    pub tokens_until: Option<i64>,
    /// Options that became right or wrong, listed.
    pub rekeyed: String,
    /// Options that nobody could choose.
    pub added: String,
    /// Options that are gone.
    pub removed: String,
    /// Names exactly these facts.
    pub fingerprint: String,
    /// For admins: the attempts, those that turn first.
    pub lines: Vec<Line>,
    /// How many are not listed.
    pub more: u32,
}

/// An attempt whose mark changes.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Whose.
    pub person: Link,
    /// The marks.
    pub old: String,
    /// The new one.
    pub new: String,
    /// Whether it was passed.
    pub old_passed: bool,
    /// Whether it is now.
    pub new_passed: bool,
}

/// A correction that was applied.
#[derive(Debug, Clone, Serialize)]
pub struct Past {
    /// When.
    pub at: i64,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// How.
    pub treatment: String,
    /// Marks that changed.
    pub changed: u32,
    /// Attempts that passed then.
    pub passed: u32,
    /// Attempts that failed then.
    pub failed: u32,
    /// Certificates issued.
    pub issued: u32,
    /// Certificates revoked.
    pub revoked: u32,
}

impl View for RegradePage {
    const TEMPLATE: &'static str = "authoring/regrade";
    const NAV: &'static str = "authoring";

    fn title(&self) -> Title {
        Title::of("regrade-title").with("question", &self.question.title)
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut author = sample();
    author.may_apply = false;
    if let Some(preview) = &mut author.preview {
        preview.lines.clear();
        preview.more = 0;
    }
    let mut refused = sample();
    refused.preview = None;
    refused.past.clear();
    refused.refusal =
        Some("The version in force is the one that stood on these forms: there is no other key yet.".into());
    vec![
        Sample::of("regrade", &sample()),
        Sample::of("regrade-author", &author),
        Sample::of("regrade-refused", &refused),
    ]
}

/// A wrong key of an exam that five thousand people took.
#[must_use]
pub fn sample() -> RegradePage {
    let line = |name: &str, old: &str, new: &str, old_passed, new_passed| Line {
        person: Link::new(name, "/people/per_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f"),
        old: old.into(),
        new: new.into(),
        old_passed,
        new_passed,
    };
    let version = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
    RegradePage {
        course: Link::new("Warehouse analyst", "/authoring/courses/warehouse-analyst/statistics"),
        question: Link::new("q-fan-out", "/authoring/courses/warehouse-analyst/questions/q-fan-out"),
        may_apply: true,
        treatment: "new_key".into(),
        from: "9f2c7b1e4ad05c38b6e1f0a9d47c2e83".into(),
        versions: vec![version(
            "9f2c7b1e4ad05c38b6e1f0a9d47c2e83",
            "9f2c7b1e · 4,981 attempts, the last on 12 Mar 2027",
        )],
        take_back: false,
        refusal: None,
        preview: Some(Preview {
            attempts: 4_981,
            people: 4_402,
            open: 3,
            changed: 2_204,
            higher: 1_502,
            lower: 702,
            now_passed: 211,
            now_failed: 64,
            issued: 198,
            resting: 59,
            wakes: 37,
            granted: 31,
            resumes: 4,
            suspends: 82,
            ends: 6,
            tokens: 19,
            tokens_until: Some(sample_at(1)),
            rekeyed: "Two, Six".into(),
            added: String::new(),
            removed: "None of these".into(),
            fingerprint: "0f3c9d11a5b27c3d8e4f5a6b7c8d9e0f".into(),
            lines: vec![
                line("Inès Marchand", "66.6%", "75%", false, true),
                line("Pol Vives", "75%", "66.6%", true, false),
                line("Jeanne Renard", "83.3%", "91.6%", true, true),
            ],
            more: 2_201,
        }),
        errors: vec![],
        reason: String::new(),
        past: vec![Past {
            at: sample_at(-400),
            by: "Camille Roux".into(),
            reason: "Two options said the same.".into(),
            treatment: "full_marks".into(),
            changed: 412,
            passed: 30,
            failed: 0,
            issued: 28,
            revoked: 0,
        }],
    }
}
