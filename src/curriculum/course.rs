//! A course: its modules, quizzes and banks, its objectives, and the certification that its exam earns.

use super::{
    bank::Bank,
    load::Desk,
    module::Module,
    quiz::{Quiz, QuizKind},
    report::Report,
    yaml::Value,
};
use crate::base::{
    span::Span,
    text::{Email, Language, Slug, Words},
};
use std::collections::{BTreeMap, BTreeSet};

/// One course in one version.
#[derive(Clone, Debug)]
pub struct Course {
    /// The name of its folder.
    pub id: Slug,
    /// For learners.
    pub title: Words,
    /// Two or three sentences.
    pub summary: Words,
    /// Counts up with every change of the content; from 1.
    pub version: i64,
    /// Certificates earned with an older version are superseded; 0 when none are.
    pub breaking_since: i64,
    /// How long superseded certificates still count.
    pub grace: Span,
    /// Who answers for it.
    pub owner: Email,
    /// How long it takes.
    pub estimate: Option<Span>,
    /// What a learner will be able to do, in the file's order.
    pub objectives: Vec<Objective>,
    /// What each version brought, in Markdown.
    pub changes: BTreeMap<i64, Words>,
    /// The courses to take before.
    pub prerequisites: Vec<Slug>,
    /// What its exam earns.
    pub certification: Option<Certification>,
    /// In the order of their folders.
    pub modules: Vec<Module>,
    /// The modules' checks in the modules' order, then the exams.
    pub quizzes: Vec<Quiz>,
    /// The pools of questions.
    pub banks: BTreeMap<Slug, Bank>,
    /// The data sets of its SQL labs.
    pub datasets: BTreeMap<Slug, std::sync::Arc<super::lab::dataset::Dataset>>,
    /// SHA-256 over the course's files, in hexadecimal.
    pub hash: String,
    /// English, and every language that the title or a module's text is written in.
    pub languages: BTreeSet<Language>,
}

/// Something that a learner will be able to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// Unique in its course.
    pub id: Slug,
    /// Begins with a verb.
    pub title: Words,
}

/// What an exam earns.
#[derive(Clone, Debug, PartialEq)]
pub struct Certification {
    /// Several courses may earn the same one.
    pub id: Slug,
    /// For people.
    pub name: Words,
    /// What a holder has shown.
    pub criteria: Words,
    /// How long a certificate counts.
    pub validity: Span,
    /// How long before its end it can be renewed.
    pub renewal_window: Span,
    /// How long before its end its holder is reminded, the longest first.
    pub reminders: Vec<Span>,
    /// The exam that is enough for a holder of an earlier version: a quiz of this course.
    pub delta_exam: Option<Slug>,
}

const KEYS: [&str; 12] = [
    "id",
    "title",
    "summary",
    "version",
    "breaking_since",
    "grace",
    "changes",
    "owner",
    "estimate",
    "objectives",
    "prerequisites",
    "certification",
];

impl Course {
    /// The module of that name.
    #[must_use]
    pub fn module(&self, id: &Slug) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == *id)
    }

    /// The quiz of that name.
    #[must_use]
    pub fn quiz(&self, id: &Slug) -> Option<&Quiz> {
        self.quizzes.iter().find(|quiz| quiz.id == *id)
    }

    /// The objective of that name.
    #[must_use]
    pub fn objective(&self, id: &Slug) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.id == *id)
    }

    /// The exams that the certification asks for: all but the one for holders of an earlier version.
    pub fn exams(&self) -> impl Iterator<Item = &Quiz> {
        let delta = self.delta().map(|quiz| &quiz.id);
        self.quizzes.iter().filter(move |quiz| quiz.kind == QuizKind::Exam && Some(&quiz.id) != delta)
    }

    /// The exam that is enough for a holder of an earlier version.
    #[must_use]
    pub fn delta(&self) -> Option<&Quiz> {
        self.quiz(self.certification.as_ref()?.delta_exam.as_ref()?)
    }

    /// Reads `course.yaml`; where something is missing, a stand-in keeps the rest readable, and the report has the error.
    pub(crate) fn read(value: Value<'_>, folder: &Slug, desk: &mut Desk<'_>) -> Option<Self> {
        let fields = value.fields(&KEYS, desk.report)?;
        desk.same_id(&fields, folder, "the name of its folder");
        desk.place(&[], &fields);
        let objectives = fields.require("objectives", desk.report).map(|list| read_objectives(list, desk));
        let report = &mut *desk.report;
        let mut words = |key| {
            let words = fields.require(key, report).and_then(|words| words.words(report));
            words.unwrap_or_else(|| Words::english(folder.as_str()))
        };
        let (title, summary) = (words("title"), words("summary"));
        let version = fields.require("version", report).and_then(|v| v.whole(1..=1_000_000, report)).unwrap_or(1);
        let breaking_since = fields.get("breaking_since");
        let breaking = breaking_since.and_then(|since| since.whole(0..=1_000_000, report)).unwrap_or(0);
        if let Some(since) = breaking_since.filter(|_| breaking > version) {
            let message = format!("`breaking_since` {breaking} is above the version {version}");
            report.error(&since.place(), "bad-version", message);
        }
        Some(Self {
            title,
            summary,
            version,
            breaking_since: breaking,
            grace: fields.get("grace").and_then(|grace| grace.span(report)).unwrap_or_else(|| Span::seconds(0)),
            owner: fields.require("owner", report).and_then(|owner| owner.email(report)).or_else(nobody)?,
            estimate: fields.get("estimate").and_then(|estimate| estimate.positive_span(report)),
            changes: fields.get("changes").map(|changes| read_changes(changes, version, report)).unwrap_or_default(),
            objectives: objectives.unwrap_or_default(),
            prerequisites: fields.get("prerequisites").map(|l| l.list(report, Value::slug)).unwrap_or_default(),
            certification: fields.get("certification").and_then(|c| read_certification(c, desk)),
            modules: Vec::new(),
            quizzes: Vec::new(),
            banks: BTreeMap::new(),
            datasets: BTreeMap::new(),
            hash: String::new(),
            languages: BTreeSet::from([Language::En]),
            id: folder.clone(),
        })
    }

    /// A course of which only the folder's name is known, so that its other files can be checked.
    pub(crate) fn unread(folder: &Slug) -> Option<Self> {
        Some(Self {
            id: folder.clone(),
            title: Words::english(folder.as_str()),
            summary: Words::english(folder.as_str()),
            version: 1,
            breaking_since: 0,
            grace: Span::seconds(0),
            owner: nobody()?,
            estimate: None,
            changes: BTreeMap::new(),
            objectives: Vec::new(),
            prerequisites: Vec::new(),
            certification: None,
            modules: Vec::new(),
            quizzes: Vec::new(),
            banks: BTreeMap::new(),
            datasets: BTreeMap::new(),
            hash: String::new(),
            languages: BTreeSet::from([Language::En]),
        })
    }
}

/// A stand-in for an owner that could not be read; the report has the error, so the course is never used.
fn nobody() -> Option<Email> {
    "nobody@invalid".parse().ok()
}

fn read_objectives(list: Value<'_>, desk: &mut Desk<'_>) -> Vec<Objective> {
    let mut objectives = Vec::new();
    let entries = list.entries(desk.report).unwrap_or_default();
    if entries.is_empty() && list.is_mapping() {
        desk.report.error(&list.place(), "empty-list", "a course has at least one objective");
    }
    for (key, place, value) in entries {
        desk.places.put(&[desk.course.as_str(), "objective", key], place.clone());
        let title = value.words(desk.report);
        match key.parse::<Slug>() {
            Ok(id) => objectives.extend(title.map(|title| Objective { id, title })),
            Err(error) => desk.report.error(&place, "bad-slug", format!("`{key}` is {error}")),
        }
    }
    objectives
}

/// What each version brought: `changes: {2: "…", 3: {en: "…", fr: "…"}}`.
fn read_changes(value: Value<'_>, version: i64, report: &mut Report) -> BTreeMap<i64, Words> {
    let mut changes = BTreeMap::new();
    for (key, place, value) in value.entries(report).unwrap_or_default() {
        let words = value.words(report);
        match key.parse::<i64>().ok().filter(|of| (1..=version).contains(of)) {
            Some(of) => changes.extend(words.map(|words| (of, words))),
            None => report.error(&place, "bad-version", format!("`{key}` is no version from 1 to {version}")),
        }
    }
    changes
}

/// When holders are reminded where a course does not say: a month, a week and a day before.
fn usual_reminders() -> Vec<Span> {
    [30, 7, 1].into_iter().map(Span::days).collect()
}

fn read_certification(value: Value<'_>, desk: &mut Desk<'_>) -> Option<Certification> {
    let known = ["id", "name", "criteria", "validity", "renewal_window", "reminders", "delta_exam"];
    let fields = value.fields(&known, desk.report)?;
    let id = fields.require("id", desk.report).and_then(|id| id.slug(desk.report));
    if let Some(id) = &id {
        desk.places.put(&["", "certification", id.as_str()], value.place());
    }
    desk.place(&["certification"], &fields);
    let report: &mut Report = desk.report;
    let name = fields.require("name", report).and_then(|name| name.words(report));
    let criteria = fields.require("criteria", report).and_then(|criteria| criteria.words(report));
    let validity = fields.require("validity", report).and_then(|validity| validity.positive_span(report));
    let window = fields.get("renewal_window");
    let renewal = match window {
        Some(window) => window.span(report),
        None => Some(Span::seconds(0)),
    };
    let (validity, renewal_window) = (validity?, renewal?);
    if let Some(window) = window.filter(|_| renewal_window.approximate_seconds() >= validity.approximate_seconds()) {
        let message = format!("the renewal window {renewal_window} must be shorter than the validity {validity}");
        report.error(&window.place(), "bad-renewal-window", message);
    }
    let mut reminders = match fields.get("reminders") {
        Some(list) => list.list(report, Value::positive_span),
        None => usual_reminders(),
    };
    reminders.retain(|lead| lead.approximate_seconds() < validity.approximate_seconds());
    reminders.sort_by_key(|lead| std::cmp::Reverse(lead.approximate_seconds()));
    reminders.dedup_by_key(|lead| lead.approximate_seconds());
    // Written as the file's path; the quiz's own id takes its place once the exams are read.
    let delta = fields.get("delta_exam").and_then(|file| read_delta(file, report));
    Some(Certification {
        id: id?,
        name: name?,
        criteria: criteria?,
        validity,
        renewal_window,
        reminders,
        delta_exam: delta,
    })
}

/// `exams/delta.quiz.yaml`, of which the name is kept.
fn read_delta(value: Value<'_>, report: &mut Report) -> Option<Slug> {
    let path = value.text(report)?;
    let name = path.strip_prefix("exams/").and_then(|file| file.strip_suffix(".quiz.yaml"));
    if let Some(name) = name.and_then(|name| name.parse().ok()) {
        return Some(name);
    }
    report.error(&value.place(), "bad-path", "`delta_exam` is the path of an exam: `exams/NAME.quiz.yaml`");
    None
}
