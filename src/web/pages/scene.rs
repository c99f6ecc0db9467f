//! What the pages of a signed-in reader are filled from: one picture of where they stand, told in their language.

use crate::{
    academy::{attempt::AttemptRefusal, progress},
    actions::overview::{self, CourseStanding, Picture, Todo},
    app::Content,
    base::{
        clock::Time,
        refusal::Refused,
        span::Span,
        text::{Language, Slug, Words},
    },
    certification::certificate::{Certificate, State},
    curriculum::{
        course::{Certification, Course},
        module::Module,
        quiz::Quiz,
    },
    web::{
        kit::{
            caller::Caller,
            desk::Desk,
            failure::Failure,
            render::{Clockwork, Grain},
            sentence,
        },
        views::shared::{CourseCard, Link, Period, PeriodUnit, Step, StepKind},
    },
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

pub(super) use crate::academy::mark::basis_percent;

/// A reader, the content, and where they stand in it.
pub(super) struct Scene<'a> {
    pub(super) desk: &'a Desk,
    pub(super) caller: &'a Caller,
    pub(super) content: Arc<Content>,
    pub(super) picture: Picture,
    /// Every course with the reader's progress.
    pub(super) standings: BTreeMap<Slug, CourseStanding>,
}

impl<'a> Scene<'a> {
    /// Reads the picture: the one read that such a page makes.
    pub(super) async fn read(desk: &'a Desk, caller: &'a Caller) -> Result<Self, Failure> {
        let (content, picture) = overview::my_picture(&desk.app, &caller.actor).await?;
        let courses = content.curriculum.courses.values();
        let standings = courses.map(|course| (course.id.clone(), picture.course(&content, course))).collect();
        Ok(Self { desk, caller, content, picture, standings })
    }

    /// A text in the reader's language.
    pub(super) fn words(&self, words: &Words) -> String {
        words.get(self.caller.language).to_owned()
    }

    /// The instant of the picture.
    pub(super) fn now(&self) -> Time {
        self.picture.at
    }

    /// A message with variables.
    pub(super) fn say(&self, key: &str, variables: &[(&str, serde_json::Value)]) -> Result<String, Failure> {
        self.desk.say(self.caller, key, variables)
    }

    /// A message without variables.
    pub(super) fn plain(&self, key: &str) -> String {
        sentence::plain(self.desk, self.caller, key)
    }

    /// The minute from which something is possible, as text.
    pub(super) fn not_before(&self, at: Time) -> Result<String, Failure> {
        let words = self.desk.words()?;
        let lang = self.caller.language.tag();
        let clock = Clockwork { words: &words, lang, zone: &self.caller.zone, now: self.now().micros() };
        Ok(clock.not_before(at.micros(), Grain::Minute))
    }

    /// A course with its progress.
    pub(super) fn course(&self, id: &Slug) -> Result<&CourseStanding, AttemptRefusal> {
        self.standings.get(id).ok_or_else(|| AttemptRefusal::NoSuch { what: "course", id: id.to_string() })
    }

    pub(super) fn module_link(&self, course: &Course, module: &Module) -> Link {
        Link::new(self.words(&module.title), format!("/courses/{}/{}", course.id, module.id))
    }

    pub(super) fn quiz_link(&self, course: &Course, quiz: &Quiz) -> Link {
        Link::new(self.words(&quiz.title), format!("/quizzes/{}/{}", course.id, quiz.id))
    }

    pub(super) fn course_link(&self, course: &Course) -> Link {
        Link::new(self.words(&course.title), format!("/courses/{}", course.id))
    }

    /// The roles that ask for what a course earns.
    pub(super) fn opens(&self, course: &Course) -> Vec<Link> {
        let Some(certification) = &course.certification else { return Vec::new() };
        let roles = self.content.catalogue.asking_for(&certification.id);
        roles.map(|role| Link::new(self.words(&role.title), format!("/access/{}", role.id))).collect()
    }

    /// The certification of a certificate, while a course still earns it.
    pub(super) fn certification(&self, certificate: &Certificate) -> Option<&Certification> {
        certification_of(&self.content, certificate)
    }

    /// The name of a certificate's certification; its id once no course earns it any more.
    pub(super) fn certificate_name(&self, certificate: &Certificate) -> String {
        let found = self.certification(certificate);
        found.map_or_else(|| certificate.certification_id.to_string(), |c| self.words(&c.name))
    }

    /// Whether a newer certificate of the same certification counts for longer.
    pub(super) fn outlived(&self, certificate: &Certificate) -> bool {
        self.picture.certificates.iter().any(|other| {
            other.certification_id == certificate.certification_id
                && other.counts_at(self.now())
                && other.ends_at > certificate.ends_at
        })
    }

    /// Where a certificate can be renewed at this moment.
    pub(super) fn renew(&self, certificate: &Certificate) -> Option<Link> {
        if self.outlived(certificate) {
            return None;
        }
        let standing = self.standings.get(&certificate.course_id)?;
        if let Some(module) = standing.modules_left.first().and_then(|id| standing.course.module(id)) {
            return Some(self.module_link(&standing.course, module));
        }
        let open = standing.exams.iter().find(|(_, may)| may.is_ok())?;
        Some(self.quiz_link(&standing.course, standing.course.quiz(&open.0)?))
    }

    /// The next thing to do in a course: the first unread module, else the first exam that is not passed.
    pub(super) fn next(&self, standing: &CourseStanding) -> Option<Link> {
        let course = &standing.course;
        if let Some(module) = standing.modules_left.first().and_then(|id| course.module(id)) {
            return Some(self.module_link(course, module));
        }
        let exam = standing.exams_left.first().and_then(|id| course.quiz(id));
        exam.map(|quiz| self.quiz_link(course, quiz))
            .or_else(|| standing.certificate.as_ref().and_then(|certificate| self.renew(certificate)))
    }

    /// The language of a course's texts, where it is not the reader's.
    pub(super) fn foreign(&self, course: &Course) -> Option<&'static str> {
        (!course.languages.contains(&self.caller.language)).then_some(Language::En.tag())
    }

    /// A course as a card.
    pub(super) fn card(&self, standing: &CourseStanding) -> CourseCard {
        let course = &standing.course;
        let (done, total) = done_of(standing);
        let counting = standing.certificate.as_ref().filter(|certificate| certificate.counts_at(self.now()));
        let minutes = course_minutes(course);
        CourseCard {
            id: course.id.to_string(),
            lang: self.foreign(course),
            title: self.words(&course.title),
            summary: self.words(&course.summary),
            minutes,
            minutes_left: if done == 0 { minutes } else { minutes_left(standing).min(minutes) },
            done,
            total,
            percent: percent(done, total),
            state: self.course_state(standing).to_owned(),
            next: self.next(standing),
            earns: course.certification.as_ref().map(|c| self.words(&c.name)),
            until: counting.map(|certificate| certificate.ends_at.micros()),
            opens: self.opens(course),
        }
    }

    /// `not_started`, `in_progress`, `earned`, or how the certificate stands.
    pub(super) fn course_state(&self, standing: &CourseStanding) -> &'static str {
        if let Some(certificate) = &standing.certificate {
            return match certificate_state(&self.content, certificate, self.now()) {
                "valid" => "earned",
                other => other,
            };
        }
        let progress = &standing.progress;
        if progress.enrolled_at.is_none() && progress.read.is_empty() && progress.attempts.is_empty() {
            "not_started"
        } else {
            "in_progress"
        }
    }

    /// A path as steps. Through several courses: each of them; through one: its modules where they are few, and its exams.
    pub(super) fn steps(&self, path: &[Todo]) -> Result<Vec<Step>, Failure> {
        let mut steps = Vec::new();
        for (todo, standing) in path.iter().filter_map(|todo| Some((todo, self.standings.get(&todo.course)?))) {
            let course = &standing.course;
            let modules: Vec<&Module> = todo.modules.iter().filter_map(|id| course.module(id)).collect();
            let exams: Vec<&Quiz> = todo.exams.iter().filter_map(|id| course.quiz(id)).collect();
            let reading: u32 = modules.iter().map(|module| module_minutes(module)).sum();
            if path.len() > 1 && !modules.is_empty() {
                let link = self.course_link(course);
                let minutes = reading + exams.iter().map(|quiz| quiz_minutes(quiz)).sum::<u32>();
                steps.push(Step::new(StepKind::Course, link.title, link.href, Some(minutes)));
                continue;
            }
            if modules.len() > 3 {
                let link = self.course_link(course);
                steps.push(Step::new(StepKind::Course, link.title, link.href, Some(reading)));
            } else {
                for module in modules {
                    let link = self.module_link(course, module);
                    steps.push(Step::new(StepKind::Module, link.title, link.href, Some(module_minutes(module))));
                }
            }
            for quiz in exams {
                steps.push(self.exam_step(standing, quiz)?);
            }
        }
        Ok(steps)
    }

    fn exam_step(&self, standing: &CourseStanding, quiz: &Quiz) -> Result<Step, Failure> {
        let course = &standing.course;
        let variables = [("exam", json!(self.words(&quiz.title))), ("course", json!(self.words(&course.title)))];
        let link = self.quiz_link(course, quiz);
        let mut step =
            Step::new(StepKind::Exam, self.say("evidence-exam", &variables)?, link.href, Some(quiz_minutes(quiz)));
        let may = standing.exams.iter().find(|(id, _)| *id == quiz.id).map(|(_, may)| may);
        let next = may.and_then(|may| may.as_ref().err()).and_then(next_chance);
        step.not_before = next.filter(|at| *at > self.now()).map(Time::micros);
        Ok(step)
    }

    /// What a refusal says is missing, as steps.
    pub(super) fn missing(&self, refused: &Refused) -> Vec<Step> {
        refused
            .missing
            .iter()
            .map(|missing| {
                let kind = match missing.kind {
                    "module" => StepKind::Module,
                    "exam" => StepKind::Exam,
                    _ => StepKind::Course,
                };
                let title = sentence::missing_title(self.desk, self.caller, missing);
                Step::new(kind, title, missing.href.clone(), None)
            })
            .collect()
    }

    /// Whether a course that comes before another is done, as far as starting the exam goes.
    pub(super) fn came_before(&self, needed: &Course) -> bool {
        self.picture.certificates.iter().any(|certificate| {
            certificate.course_id == needed.id
                && certificate.state != State::Revoked
                && progress::counts(needed, certificate.course_version)
        })
    }
}

/// The certification of a certificate, while a course still earns it.
pub(super) fn certification_of<'c>(content: &'c Content, certificate: &Certificate) -> Option<&'c Certification> {
    let earned = content.curriculum.certification(&certificate.certification_id);
    let course = earned.iter().find(|course| course.id == certificate.course_id).or_else(|| earned.first())?;
    course.certification.as_ref()
}

/// From when on a certificate can be renewed: in its last part, or at once where a new version has broken it.
pub(super) fn renew_from(content: &Content, certificate: &Certificate) -> Time {
    match certification_of(content, certificate) {
        Some(_) if certificate.state == State::Superseded => certificate.issued_at,
        Some(certification) => certificate.ends_at.minus(&certification.renewal_window).max(certificate.issued_at),
        None => certificate.ends_at,
    }
}

/// How a certificate stands: `valid`, `expiring`, `superseded` (and still counts), `expired` or `revoked`.
pub(super) fn certificate_state(content: &Content, certificate: &Certificate, now: Time) -> &'static str {
    match (certificate.state, certificate.counts_at(now)) {
        (State::Revoked, _) => "revoked",
        (_, false) => "expired",
        (State::Superseded, true) => "superseded",
        (_, true) if renew_from(content, certificate) <= now => "expiring",
        (_, true) => "valid",
    }
}

/// The colour that goes with [`certificate_state`].
pub(super) fn certificate_tone(state: &str) -> &'static str {
    match state {
        "valid" => "ok",
        "expiring" | "superseded" => "warn",
        _ => "bad",
    }
}

/// Modules and exams that are done, of how many.
pub(super) fn done_of(standing: &CourseStanding) -> (u32, u32) {
    let total = standing.course.modules.len() + standing.exams.len();
    let left = standing.modules_left.len() + standing.exams_left.len();
    (count(total.saturating_sub(left)), count(total))
}

/// A part in percent of the whole.
pub(super) fn percent(part: u32, whole: u32) -> u32 {
    (part * 100).checked_div(whole).unwrap_or(0)
}

/// A number of things.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A share from 0 to 1 in percent.
pub(super) fn share_percent(share: Decimal) -> f64 {
    (share * Decimal::ONE_HUNDRED).to_f64().unwrap_or_default()
}

/// A length of time in minutes, rounded up.
pub(super) fn minutes(span: &Span) -> u32 {
    u32::try_from((span.approximate_seconds() + 59) / 60).unwrap_or(u32::MAX)
}

/// How long a module takes: as its author says, or at 180 words a minute.
pub(super) fn module_minutes(module: &Module) -> u32 {
    let words = || count(module.body(crate::base::text::Language::En).split_whitespace().count() / 180).max(1);
    module.estimate.as_ref().map_or_else(words, minutes)
}

/// How long a quiz takes: its limit, or two minutes a question.
pub(super) fn quiz_minutes(quiz: &Quiz) -> u32 {
    quiz.time_limit.as_ref().map_or_else(|| count(quiz.question_count()) * 2, minutes)
}

/// How long a course takes.
pub(super) fn course_minutes(course: &Course) -> u32 {
    let parts =
        || course.modules.iter().map(module_minutes).sum::<u32>() + course.exams().map(quiz_minutes).sum::<u32>();
    course.estimate.as_ref().map_or_else(parts, minutes)
}

fn minutes_left(standing: &CourseStanding) -> u32 {
    let course = &standing.course;
    let modules = standing.modules_left.iter().filter_map(|id| course.module(id)).map(module_minutes);
    let exams = standing.exams_left.iter().filter_map(|id| course.quiz(id)).map(quiz_minutes);
    modules.sum::<u32>() + exams.sum::<u32>()
}

/// A length of time as a person would say it: in whole years, months or days.
pub(super) fn period(span: &Span) -> Period {
    let text = span.to_string();
    let whole = |unit: char| text.strip_prefix('P')?.strip_suffix(unit)?.parse::<u32>().ok();
    if let Some(n) = whole('Y') {
        return Period { n, unit: PeriodUnit::Years };
    }
    if let Some(n) = whole('M') {
        return Period { n, unit: PeriodUnit::Months };
    }
    let days = (span.approximate_seconds() + 86_399) / 86_400;
    Period { n: u32::try_from(days).unwrap_or(u32::MAX), unit: PeriodUnit::Days }
}

/// The moment from which a refused attempt is possible.
pub(super) fn next_chance(refusal: &AttemptRefusal) -> Option<Time> {
    match refusal {
        AttemptRefusal::LimitReached { next, .. }
        | AttemptRefusal::Cooldown { next }
        | AttemptRefusal::PassedAlready { next } => Some(*next),
        _ => None,
    }
}
