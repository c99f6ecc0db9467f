//! What authors see of a course before others do: its outline, its modules, and its questions with their keys.

use super::{Sample, Title, View, authoring::Finding, shared::Link};
use serde::Serialize;

/// `/authoring/courses/{course}`
#[derive(Debug, Clone, Serialize)]
pub struct CoursePreview {
    /// The course as learners see it.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Its version, as text.
    pub version: String,
    /// SHA-256 over its files.
    pub hash: String,
    /// The languages it is written in.
    pub languages: Vec<String>,
    /// Its modules.
    pub modules: Vec<ModuleLine>,
    /// Its quizzes.
    pub quizzes: Vec<QuizLine>,
    /// Its banks.
    pub banks: Vec<QuestionList>,
    /// What the linter says about the course as a whole.
    pub findings: Vec<Finding>,
    /// What is wrong with its files since the last reload that was refused.
    pub errors: Vec<Finding>,
    /// All findings of the course.
    pub total: u32,
}

/// A module in the outline.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleLine {
    /// Its preview.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its folder.
    pub place: String,
    /// How many findings it has.
    pub findings: u32,
    /// The languages that it is not written in yet.
    pub missing: Vec<String>,
}

/// A quiz in the outline.
#[derive(Debug, Clone, Serialize)]
pub struct QuizLine {
    /// The quiz as learners see it.
    pub href: String,
    /// `practice` or `exam`.
    pub kind: String,
    /// How many questions an attempt shows.
    pub count: u32,
    /// The share of the points that passes, in percent.
    pub pass: f64,
    /// How many questions it draws, from which bank.
    pub draws: Vec<Draw>,
    /// Its own questions.
    pub list: QuestionList,
}

/// A draw from a bank.
#[derive(Debug, Clone, Serialize)]
pub struct Draw {
    /// How many.
    pub count: u32,
    /// Of how many.
    pub of: u32,
    /// The bank.
    pub bank: String,
}

/// The questions of a bank, or a quiz's own.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionList {
    /// The bank's or the quiz's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many findings it has, with those of its questions.
    pub findings: u32,
    /// The questions.
    pub questions: Vec<QuestionLine>,
}

/// A question in the outline.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionLine {
    /// Its preview.
    pub href: String,
    /// Its id.
    pub id: String,
    /// Its type in files.
    pub kind: String,
    /// What it asks, without markup.
    pub ask: String,
    /// How many findings it has.
    pub findings: u32,
    /// The languages that it is not wholly written in yet.
    pub missing: Vec<String>,
}

/// A language to see a text in.
#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    /// Its code.
    pub lang: String,
    /// The same page in it.
    pub href: String,
    /// Whether it is shown.
    pub current: bool,
    /// Whether something of it is not translated yet.
    pub missing: bool,
}

/// `/authoring/courses/{course}/modules/{module}`
#[derive(Debug, Clone, Serialize)]
pub struct ModulePreview {
    /// The course's outline.
    pub course: Link,
    /// The module as learners see it.
    pub href: String,
    /// Its title, in the language that is shown.
    pub title: String,
    /// Its file.
    pub place: String,
    /// Its place in the course, from 1.
    pub number: u32,
    /// How many modules the course has.
    pub of: u32,
    /// How long it takes.
    pub minutes: u32,
    /// The languages.
    pub tabs: Vec<Tab>,
    /// The language that is shown.
    pub lang: String,
    /// Whether that language is not written yet, so that English is shown.
    pub untranslated: bool,
    /// Safe HTML.
    pub html: String,
    /// What it teaches.
    pub objectives: Vec<String>,
    /// What the linter says about its files.
    pub findings: Vec<Finding>,
    /// What is wrong with its files since the last reload that was refused.
    pub errors: Vec<Finding>,
    /// The module before.
    pub previous: Option<Link>,
    /// The module after.
    pub next: Option<Link>,
}

/// `/authoring/courses/{course}/preview/{question}`
#[derive(Debug, Clone, Serialize)]
pub struct QuestionPreview {
    /// The course's outline.
    pub course: Link,
    /// The bank's or the quiz's title.
    pub list: String,
    /// Its id.
    pub id: String,
    /// Its type in files.
    pub kind: String,
    /// The objective that it tests.
    pub objective: Option<String>,
    /// What it is worth.
    pub points: f64,
    /// Its file and line.
    pub place: String,
    /// The hash by which attempts keep it.
    pub hash: String,
    /// The languages.
    pub tabs: Vec<Tab>,
    /// The language that is shown.
    pub lang: String,
    /// Whether something is shown in English because it is not translated yet.
    pub untranslated: bool,
    /// What it asks: safe HTML.
    pub html: String,
    /// What stands to choose from, to judge, to put together or in order, with its key.
    pub lines: Vec<KeyLine>,
    /// Whether the lines are numbered because their order is the key.
    pub ordered: bool,
    /// What else is right, and how it counts.
    pub facts: Vec<KeyFact>,
    /// Statements.
    pub codes: Vec<KeyCode>,
    /// Why: safe HTML.
    pub why: Option<String>,
    /// What a good answer says: safe HTML.
    pub model: Option<String>,
    /// The quizzes that show it.
    pub uses: Vec<Link>,
    /// What people's answers say of it, where an exam can ask it.
    pub statistics: Option<String>,
    /// What the linter says about it.
    pub findings: Vec<Finding>,
    /// What is wrong with its files since the last reload that was refused.
    pub errors: Vec<Finding>,
    /// The question before.
    pub previous: Option<Link>,
    /// The question after.
    pub next: Option<Link>,
}

/// A line with its key.
#[derive(Debug, Clone, Serialize)]
pub struct KeyLine {
    /// Its id.
    pub id: String,
    /// What it says: safe HTML.
    pub html: String,
    /// `right`, `wrong` or `plain`.
    pub tone: String,
    /// What belongs to it or counts for it, where that is more than right or wrong: safe HTML.
    pub answer: Option<String>,
    /// Why: safe HTML.
    pub why: Option<String>,
}

/// Something about the key in a few words.
#[derive(Debug, Clone, Serialize)]
pub struct KeyFact {
    /// The message `preview-fact-…` that names it.
    pub name: String,
    /// Texts as typed, each shown as code, or one word in the reader's language.
    pub texts: Vec<String>,
    /// Whether the texts are code.
    pub code: bool,
}

/// A statement.
#[derive(Debug, Clone, Serialize)]
pub struct KeyCode {
    /// The message `preview-fact-…` that names it.
    pub name: String,
    /// Safe HTML.
    pub html: String,
}

impl View for CoursePreview {
    const TEMPLATE: &'static str = "authoring/course";
    const NAV: &'static str = "authoring";

    fn title(&self) -> Title {
        Title::of("preview-title").with("title", &self.title)
    }
}

impl View for ModulePreview {
    const TEMPLATE: &'static str = "authoring/module";
    const NAV: &'static str = "authoring";

    fn title(&self) -> Title {
        Title::of("preview-title").with("title", &self.title)
    }
}

impl View for QuestionPreview {
    const TEMPLATE: &'static str = "authoring/question";
    const NAV: &'static str = "authoring";

    fn title(&self) -> Title {
        Title::of("preview-title").with("title", &self.id)
    }
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    super::preview_samples::samples()
}
