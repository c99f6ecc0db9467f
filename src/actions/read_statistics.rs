//! What people's answers say of a course's questions: for its authors, never about a single person.

use super::{About, look};
use crate::{
    academy::{
        self,
        attempt::AttemptRefusal,
        statistics::{self, ExamFigures, Flag, ItemStatistics, LEAST},
    },
    app::{App, Content},
    base::{clock::Time, refusal::Fault, text::Slug},
    curriculum::{
        course::Course,
        question::Question,
        quiz::{Quiz, SectionSource},
        report::{Place, Report},
    },
    identity::actor::Actor,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The statistics of a course's exams.
pub struct CourseStatistics {
    pub content: Arc<Content>,
    pub course: Arc<Course>,
    /// Below so many attempts nothing is shown.
    pub least: usize,
    pub exams: Vec<ExamFigures>,
    /// In the order of the files; those that left them come last.
    pub questions: Vec<QuestionStatistics>,
}

/// A question in all versions that people met.
#[derive(Clone, Debug)]
pub struct QuestionStatistics {
    pub id: Slug,
    /// Where it is written; none where it left the content.
    pub place: Option<Place>,
    /// The one in force first, then the latest met first.
    pub versions: Vec<VersionStatistics>,
}

/// One version of a question.
#[derive(Clone, Debug)]
pub struct VersionStatistics {
    pub hash: String,
    pub in_force: bool,
    pub question: Question,
    /// The first and the last start of an attempt with it.
    pub met: Option<(Time, Time)>,
    pub item: ItemStatistics,
    /// The most serious first.
    pub flags: Vec<Flag>,
}

impl QuestionStatistics {
    /// The version that speaks for the question: the one in force, or else the latest.
    #[must_use]
    pub fn present(&self) -> Option<&VersionStatistics> {
        self.versions.first()
    }
}

impl CourseStatistics {
    /// One question.
    #[must_use]
    pub fn question(&self, id: &Slug) -> Option<&QuestionStatistics> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// The flags of the versions in force as findings with file, line and column.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::new();
        for question in &self.questions {
            let Some((place, version)) = question.place.as_ref().zip(question.present()) else { continue };
            for flag in &version.flags {
                let answers = version.item.answers;
                let said = format!("`{}`: {} ({answers} first attempts)", question.id, flag.sentence());
                report.warning(place, flag.code(), said);
            }
        }
        report
    }
}

/// Reckons the statistics of a course, for those who may see content reports. Below `least` attempts, and never below
/// [`LEAST`], there are no figures.
///
/// # Errors
/// The actor may not, there is no such course, or the database is away.
pub async fn course_statistics(
    app: &App,
    actor: &Actor,
    course: Slug,
    least: usize,
) -> Result<CourseStatistics, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "read_statistics", About::nothing().named(course.to_string()), move |r| {
        caller.as_author()?;
        let found = content.curriculum.courses.get(&course).cloned();
        let course = found.ok_or(AttemptRefusal::NoSuch { what: "course", id: course.to_string() })?;
        let versions = academy::rows::question_versions(r, &course.id)?;
        let sittings = academy::rows::sittings(r, &course.id, &versions)?;
        let least = least.max(LEAST);
        let mut met: BTreeMap<&str, (Time, Time)> = BTreeMap::new();
        for sitting in &sittings {
            for placed in &sitting.placed {
                let times = met.entry(&placed.hash).or_insert((sitting.started_at, sitting.started_at));
                times.1 = times.1.max(sitting.started_at);
            }
        }
        let mut items = statistics::items(&sittings, &versions, least);
        let mut questions = Vec::new();
        for question in examined(&course) {
            let known = items.remove(question.id.as_str()).unwrap_or_default();
            let place = content.curriculum.places().of(&[course.id.as_str(), "question", question.id.as_str()]);
            questions.push(told(&question.id, Some((place, &question)), known, &versions, &met));
        }
        for (id, known) in items {
            let Ok(id) = id.parse() else { continue };
            questions.push(told(&id, None, known, &versions, &met));
        }
        let exams = statistics::exam_figures(&sittings, least);
        Ok(CourseStatistics { content, course, least, exams, questions })
    })
    .await
}

/// The questions of a course that can stand on an exam, each once, in the order of the files.
#[must_use]
pub fn examined(course: &Course) -> Vec<Arc<Question>> {
    let mut seen = BTreeSet::new();
    let of_section = |source: &SectionSource| match source {
        SectionSource::Questions(questions) => questions.clone(),
        SectionSource::Draw { bank, .. } => {
            course.banks.get(bank).map(|bank| bank.questions.clone()).unwrap_or_default()
        }
    };
    let all =
        course.exams().flat_map(|quiz: &Quiz| quiz.sections.iter().flat_map(|section| of_section(&section.source)));
    let mut questions: Vec<Arc<Question>> = all.collect();
    questions.retain(|question| seen.insert(question.id.clone()));
    questions
}

fn told(
    id: &Slug,
    in_force: Option<(Place, &Arc<Question>)>,
    known: BTreeMap<String, ItemStatistics>,
    bodies: &BTreeMap<String, Question>,
    met: &BTreeMap<&str, (Time, Time)>,
) -> QuestionStatistics {
    let present = in_force.as_ref().map(|(_, question)| question.hash());
    let mut versions: Vec<VersionStatistics> = known
        .into_iter()
        .filter_map(|(hash, item)| {
            Some(VersionStatistics {
                in_force: present.as_ref() == Some(&hash),
                question: bodies.get(&hash)?.clone(),
                met: met.get(hash.as_str()).copied(),
                flags: item.figures.as_ref().map(statistics::flags).unwrap_or_default(),
                item,
                hash,
            })
        })
        .collect();
    if let (Some((_, question)), Some(hash)) = (&in_force, present)
        && !versions.iter().any(|version| version.in_force)
    {
        let item = ItemStatistics { answers: 0, exposure: 0, figures: None };
        let question = Question::clone(question);
        versions.push(VersionStatistics { hash, in_force: true, question, met: None, item, flags: Vec::new() });
    }
    versions.sort_by_key(|version| std::cmp::Reverse((version.in_force, version.met.map(|(_, last)| last))));
    QuestionStatistics { id: id.clone(), place: in_force.map(|(place, _)| place), versions }
}
