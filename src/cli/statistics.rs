//! `habilis courses stats`: what people's answers say of the questions, as lines that an editor understands.

use super::{Failed, Next, courses::Shape, open::Desk, print};
use crate::{
    academy::statistics::{Figures, LEAST},
    actions::{
        load_content,
        read_statistics::{CourseStatistics, QuestionStatistics, Telling, VersionStatistics, course_statistics},
    },
    base::text::Slug,
    curriculum::report::openable,
};
use clap::Args;
use serde_json::{Value, json};
use std::path::Path;

/// Say what people's answers tell of the questions of exams
#[derive(Debug, Args)]
pub(super) struct Stats {
    /// The course; without it, every course
    course: Option<Slug>,
    /// `human` prints one line a flag, as compilers do: file, line, column, what stands out
    #[arg(long, value_enum, default_value = "human")]
    format: Shape,
    /// Show nothing of questions with fewer first attempts
    #[arg(long, value_name = "N", default_value_t = LEAST, value_parser = at_least)]
    min: usize,
}

fn at_least(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n >= LEAST => Ok(n),
        _ => Err(format!("a whole number from {LEAST} on: fewer answers tell more about chance than about a question")),
    }
}

impl Stats {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let courses = match self.course {
            Some(course) => vec![course],
            None => desk.app.content().map_err(Failed::from)?.curriculum.courses.keys().cloned().collect(),
        };
        let mut all = Vec::new();
        for course in courses {
            all.push(desk.run(course_statistics(&desk.app, &desk.actor, course, self.min))?);
        }
        let root = load_content::folder(&desk.app.settings);
        match self.format {
            Shape::Json => print::json(&all.iter().map(|one| whole(one, root.as_deref())).collect::<Vec<_>>())?,
            Shape::Human => tell(&all, root.as_deref()),
        }
        Ok(Next::Done)
    }
}

fn tell(all: &[CourseStatistics], root: Option<&Path>) {
    let (mut flagged, mut shown, mut hidden) = (0, 0, 0);
    for statistics in all {
        let report = statistics.report().opened_from(root);
        let text = report.to_string();
        if !text.is_empty() {
            print::say(text.trim_end());
        }
        statistics
            .questions
            .iter()
            .filter_map(|question| by_new_key(question, root))
            .for_each(|line| print::say(&line));
        flagged += report.warnings();
        let enough = |telling: Option<Telling<'_>>| telling.is_some_and(|t| t.version.item.figures.is_some());
        let with_figures = statistics.questions.iter().filter(|question| enough(question.telling())).count();
        shown += with_figures;
        hidden += statistics.questions.len() - with_figures;
    }
    print::say(&format!("{shown} questions with enough answers, {hidden} without; {flagged} flags"));
}

/// What older answers say of a key that nobody answered to yet, beside what they said of the old one.
fn by_new_key(question: &QuestionStatistics, root: Option<&Path>) -> Option<String> {
    let telling = question.telling().filter(|telling| telling.by_new_key)?;
    let (place, new) = (question.place.as_ref()?, telling.version.item.figures.as_ref()?);
    let old = question.versions.iter().find(|version| version.hash == telling.version.hash)?;
    let old = old.item.figures.as_ref()?;
    let told = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |value| format!("{value:.2}"));
    Some(format!(
        "{}:{}:{}: note[new-key]: `{}`: by the key in force, {} older answers have a facility of {:.2} (it was {:.2}) and a \
         discrimination of {} (it was {})",
        opened(root, &place.file),
        place.line,
        place.column,
        question.id,
        telling.version.item.answers,
        new.facility,
        old.facility,
        told(new.discrimination),
        told(old.discrimination),
    ))
}

/// A file as an editor opens it, as far as that is known.
fn opened(root: Option<&Path>, file: &str) -> String {
    root.map_or_else(|| file.to_owned(), |root| openable(root, file))
}

/// A course's statistics for programs.
fn whole(statistics: &CourseStatistics, root: Option<&Path>) -> Value {
    let version = |version: &VersionStatistics| {
        json!({
            "hash": version.hash,
            "in_force": version.in_force,
            "answers": version.item.answers,
            "exposure": version.item.exposure,
            "figures": version.item.figures.as_ref().map(|figures: &Figures| json!(figures)),
            "flags": version.flags,
            "by_new_key": version.by_new_key.as_ref().map(|again| json!({
                "answers": again.item.answers,
                "figures": again.item.figures.as_ref().map(|figures: &Figures| json!(figures)),
                "flags": again.flags,
            })),
        })
    };
    json!({
        "course": statistics.course.id,
        "least": statistics.least,
        "exams": statistics.exams,
        "questions": statistics.questions.iter().map(|question| json!({
            "question": question.id,
            "file": question.place.as_ref().map(|place| &place.file),
            "path": question.place.as_ref().map(|place| opened(root, &place.file)),
            "line": question.place.as_ref().map(|place| place.line),
            "column": question.place.as_ref().map(|place| place.column),
            "versions": question.versions.iter().map(version).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
