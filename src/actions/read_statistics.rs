//! What people's answers say of a course's questions: for its authors, never about a single person.

use super::{About, look};
use crate::{
    academy::{
        self,
        attempt::AttemptRefusal,
        regrade::comparable,
        statistics::{self, ExamFigures, Flag, ItemStatistics, LEAST, by_new_key},
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
    /// What the same answers say by the key in force, where that marks some of them differently: with that version's
    /// question, and under this one's hash.
    pub by_new_key: Option<Box<VersionStatistics>>,
}

/// What speaks for a question.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'s> {
    pub version: &'s VersionStatistics,
    /// Whether these are answers to an older version, looked at by the key in force.
    pub by_new_key: bool,
}

impl QuestionStatistics {
    /// The version in force, or else the latest.
    #[must_use]
    pub fn present(&self) -> Option<&VersionStatistics> {
        self.versions.first()
    }

    /// The version in force, as long as enough people answered to it; else the latest older answers that its key marks
    /// differently, so that a correction is judged by what is known already; else the version in force, or the latest.
    #[must_use]
    pub fn telling(&self) -> Option<Telling<'_>> {
        let present = self.present()?;
        let older = self.versions.iter().filter_map(|version| version.by_new_key.as_deref());
        match older.into_iter().find(|version| version.item.figures.is_some()) {
            Some(version) if present.item.figures.is_none() => Some(Telling { version, by_new_key: true }),
            _ => Some(Telling { version: present, by_new_key: false }),
        }
    }
}

impl CourseStatistics {
    /// One question.
    #[must_use]
    pub fn question(&self, id: &Slug) -> Option<&QuestionStatistics> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// The flags of what speaks for each question as findings with file, line and column.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::new();
        for question in &self.questions {
            let Some((place, telling)) = question.place.as_ref().zip(question.telling()) else { continue };
            for flag in &telling.version.flags {
                let answers = telling.version.item.answers;
                let by = if telling.by_new_key { " at an older version, by the new key" } else { "" };
                let said = format!("`{}`: {} ({answers} first attempts{by})", question.id, flag.sentence());
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
        let versions = academy::rows::question_versions(r, &course)?;
        let keys = new_keys(&course, &versions);
        let sittings = academy::rows::sittings(r, &course.id, &versions, &keys)?;
        let least = least.max(LEAST);
        let mut met: BTreeMap<&str, (Time, Time)> = BTreeMap::new();
        for sitting in &sittings {
            for placed in &sitting.placed {
                let times = met.entry(&placed.hash).or_insert((sitting.started_at, sitting.started_at));
                times.1 = times.1.max(sitting.started_at);
            }
        }
        let mut items = statistics::items(&sittings, &versions, least);
        let known = Known { versions: &versions, keys: &keys, met, by_new_key: by_new_key(&sittings, &keys, least) };
        let mut questions = Vec::new();
        for question in examined(&course) {
            let found = items.remove(question.id.as_str()).unwrap_or_default();
            let place = content.curriculum.places().of(&[course.id.as_str(), "question", question.id.as_str()]);
            questions.push(known.told(&question.id, Some((place, &question)), found));
        }
        for (id, found) in items {
            let Ok(id) = id.parse() else { continue };
            questions.push(known.told(&id, None, found));
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

/// The version in force of each question, by the hash of every older one whose answers its key can mark.
fn new_keys(course: &Course, versions: &BTreeMap<String, Question>) -> BTreeMap<String, Question> {
    let mut keys = BTreeMap::new();
    for present in examined(course) {
        let hash = present.hash();
        let older = versions.iter().filter(|(old, version)| version.id == present.id && **old != hash);
        let fit = older.filter(|(_, version)| comparable(version, &present).is_ok());
        keys.extend(fit.map(|(old, _)| (old.clone(), Question::clone(&present))));
    }
    keys
}

/// What is known of every version.
struct Known<'k> {
    versions: &'k BTreeMap<String, Question>,
    /// By the hash of the older version.
    keys: &'k BTreeMap<String, Question>,
    met: BTreeMap<&'k str, (Time, Time)>,
    by_new_key: BTreeMap<String, ItemStatistics>,
}

impl Known<'_> {
    fn told(
        &self,
        id: &Slug,
        in_force: Option<(Place, &Arc<Question>)>,
        found: BTreeMap<String, ItemStatistics>,
    ) -> QuestionStatistics {
        let present = in_force.as_ref().map(|(_, question)| question.hash());
        let mut versions: Vec<VersionStatistics> = found
            .into_iter()
            .filter_map(|(hash, item)| {
                let question = self.versions.get(&hash)?.clone();
                Some(self.version(present.as_ref() == Some(&hash), hash, question, item))
            })
            .collect();
        if let (Some((_, question)), Some(hash)) = (&in_force, present)
            && !versions.iter().any(|version| version.in_force)
        {
            let item = ItemStatistics { answers: 0, exposure: 0, figures: None };
            versions.push(self.version(true, hash, Question::clone(question), item));
        }
        versions.sort_by_key(|version| std::cmp::Reverse((version.in_force, version.met.map(|(_, last)| last))));
        QuestionStatistics { id: id.clone(), place: in_force.map(|(place, _)| place), versions }
    }

    fn version(&self, in_force: bool, hash: String, question: Question, item: ItemStatistics) -> VersionStatistics {
        let flags = |item: &ItemStatistics| item.figures.as_ref().map(statistics::flags).unwrap_or_default();
        let met = self.met.get(hash.as_str()).copied();
        let again = self.by_new_key.get(&hash).zip(self.keys.get(&hash)).map(|(item, key)| VersionStatistics {
            hash: hash.clone(),
            in_force: false,
            question: key.clone(),
            met,
            flags: flags(item),
            item: item.clone(),
            by_new_key: None,
        });
        VersionStatistics { in_force, question, met, flags: flags(&item), item, by_new_key: again.map(Box::new), hash }
    }
}
