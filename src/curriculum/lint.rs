//! Checks over the whole curriculum, after every file has been read.

mod graph;
mod kinds;
mod labs;
mod pages;
mod questions;
mod quizzes;

use super::{
    course::Course,
    load::Curriculum,
    places::Places,
    quiz::QuizKind,
    report::{Place, Report},
};
use crate::base::text::{Language, Slug, Words, nearest};
use std::collections::BTreeMap;

/// Runs every check; called by `load`.
pub fn check(curriculum: &Curriculum, report: &mut Report) {
    for course in curriculum.courses.values() {
        let places = &curriculum.places;
        let mut view = View { course, places, report };
        view.objectives();
        view.certification();
        view.translations();
        graph::modules(&mut view);
        quizzes::check(&mut view);
        questions::check(&mut view);
        labs::check(&mut view);
        kinds::check(&mut view);
        pages::check(&mut view, curriculum);
    }
    graph::prerequisites(curriculum, report);
    certifications(curriculum, report);
}

/// Compares each course with the hash that was recorded for its id and version: content may not change without a new version.
/// While it is being written (`draft`), that is only a warning.
pub fn against_recorded(
    curriculum: &Curriculum,
    recorded: &BTreeMap<(Slug, i64), String>,
    draft: bool,
    report: &mut Report,
) {
    for course in curriculum.courses.values() {
        let known = recorded.get(&(course.id.clone(), course.version));
        if known.is_some_and(|hash| *hash != course.hash) {
            let at = curriculum.places.of(&[course.id.as_str(), "version"]);
            let newest = recorded.keys().filter(|(id, _)| *id == course.id).map(|(_, version)| *version).max();
            let next = format!("version: {}", newest.unwrap_or(course.version).saturating_add(1));
            let message =
                format!("the content of `{}` has changed, and its version is still {}", course.id, course.version);
            if draft {
                report.warning_near(&at, "changed-under-same-version", message, Some(&next));
            } else {
                report.error_near(&at, "changed-under-same-version", message, Some(&next));
            }
        }
    }
}

/// One course under the lens.
pub(super) struct View<'a> {
    course: &'a Course,
    places: &'a Places,
    report: &'a mut Report,
}

impl View<'_> {
    /// The place of something in this course.
    fn at(&self, path: &[&str]) -> Place {
        let mut whole = vec![self.course.id.as_str()];
        whole.extend(path);
        self.places.of(&whole)
    }

    /// Whether the file names such a thing, readable or not.
    fn declared(&self, kind: &str, id: &str) -> bool {
        self.places.has(&[self.course.id.as_str(), kind, id])
    }

    fn error(&mut self, path: &[&str], code: &'static str, message: String) {
        let at = self.at(path);
        self.report.error(&at, code, message);
    }

    fn warn(&mut self, path: &[&str], code: &'static str, message: String) {
        let at = self.at(path);
        self.report.warning(&at, code, message);
    }

    /// Reports an objective that the course does not have.
    fn known_objective(&mut self, objective: &Slug, path: &[&str]) {
        // Where the course's own list could not be read, there is nothing to compare with.
        if self.course.objectives.is_empty() || self.declared("objective", objective.as_str()) {
            return;
        }
        let near = nearest(objective.as_str(), self.course.objectives.iter().map(|objective| objective.id.as_str()));
        let at = self.at(path);
        self.report.error_near(&at, "unknown-objective", format!("this course has no objective `{objective}`"), near);
    }

    /// Every objective is taught by a module and tested by a question; everything else names objectives that exist.
    fn objectives(&mut self) {
        let course = self.course;
        for module in &course.modules {
            for objective in &module.objectives {
                self.known_objective(objective, &["module", module.id.as_str(), "objectives"]);
            }
        }
        for question in course.questions() {
            if let Some(objective) = &question.objective {
                self.known_objective(objective, &["question", question.id.as_str(), "objective"]);
            }
        }
        for objective in &course.objectives {
            let id = &objective.id;
            let taught = course.modules.iter().any(|module| module.objectives.contains(id));
            let tested = course.questions().any(|question| question.objective.as_ref() == Some(id));
            let path = ["objective", id.as_str()];
            match (taught, tested) {
                (true, true) => {}
                (true, false) => {
                    self.warn(&path, "untested-objective", format!("no question tests the objective `{id}`"));
                }
                (false, true) => {
                    self.warn(&path, "untaught-objective", format!("no module teaches the objective `{id}`"));
                }
                (false, false) => {
                    let message = format!("no module teaches the objective `{id}`, and no question tests it");
                    self.warn(&path, "unused-objective", message);
                }
            }
        }
    }

    fn certification(&mut self) {
        let Some(certification) = &self.course.certification else { return };
        if self.course.exams().next().is_none() {
            let message = format!("nobody can earn `{}`: this course has no exam", certification.id);
            self.error(&["certification"], "certification-without-exam", message);
        }
        if self.course.delta().is_some_and(|quiz| quiz.kind != QuizKind::Exam) {
            let message = "the `delta_exam` is a practice quiz; it must be an exam".to_owned();
            self.error(&["certification", "delta_exam"], "delta-not-an-exam", message);
        }
        let version = self.course.version;
        if version > 1 && !self.course.changes.contains_key(&version) {
            let message =
                format!("`changes` does not say what version {version} brought; holders of earlier ones look for it");
            self.warn(&["version"], "unexplained-version", message);
        }
    }

    fn translations(&mut self) {
        let course = self.course;
        for language in course.languages.iter().copied().filter(|language| *language != Language::En) {
            self.translated(&course.title, language, &["title"], "the course's title");
            self.translated(&course.summary, language, &["summary"], "the course's summary");
            for objective in &course.objectives {
                let path = ["objective", objective.id.as_str()];
                self.translated(&objective.title, language, &path, &format!("the objective `{}`", objective.id));
            }
            if let Some(certification) = &course.certification {
                self.translated(&certification.name, language, &["certification", "name"], "the certification's name");
                let path = ["certification", "criteria"];
                self.translated(&certification.criteria, language, &path, "the certification's criteria");
            }
            for (version, text) in &course.changes {
                self.translated(text, language, &["changes"], &format!("what version {version} brought"));
            }
            for module in &course.modules {
                let id = module.id.as_str();
                if module.bodies.contains_key(&language) {
                    self.translated(&module.title, language, &["module", id, "title"], "the module's title");
                } else {
                    let message = format!("the module `{id}` has no `index.{}.md`", language.tag());
                    self.warn(&["module", id], "missing-translation", message);
                }
            }
            for bank in course.banks.values() {
                if let Some(title) = &bank.title {
                    self.translated(title, language, &["bank", bank.id.as_str(), "title"], "the bank's title");
                }
            }
            for quiz in &course.quizzes {
                let id = quiz.id.as_str();
                self.translated(&quiz.title, language, &["quiz", id, "title"], "the quiz's title");
                for (at, section) in quiz.sections.iter().enumerate() {
                    if let Some(title) = &section.title {
                        let path = ["quiz", id, "sections", &at.to_string(), "title"];
                        self.translated(title, language, &path, "the section's title");
                    }
                }
            }
        }
    }

    /// Warns where a text is missing in a language that the course has.
    fn translated(&mut self, words: &Words, language: Language, path: &[&str], what: &str) {
        if !words.has(language) {
            self.warn(path, "missing-translation", format!("{what} is missing in `{}`", language.tag()));
        }
    }
}

/// Courses that earn the same certification say the same about it.
fn certifications(curriculum: &Curriculum, report: &mut Report) {
    let mut first: BTreeMap<&Slug, &Course> = BTreeMap::new();
    for course in curriculum.courses.values() {
        let Some(certification) = &course.certification else { continue };
        let other = *first.entry(&certification.id).or_insert(course);
        if other.certification.as_ref() != Some(certification) {
            let message =
                format!("the courses `{}` and `{}` describe `{}` differently", other.id, course.id, certification.id);
            report.warning(
                &curriculum.places.of(&[course.id.as_str(), "certification"]),
                "certification-differs",
                message,
            );
        }
    }
}

#[cfg(test)]
mod lab_tests;
#[cfg(test)]
mod tests;
