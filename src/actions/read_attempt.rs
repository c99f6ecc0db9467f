//! Reading an attempt: the paper without any key while it is open, the result once it is marked.

use super::{About, look, submit_attempt};
use crate::{
    academy::{
        self,
        attempt::{Attempt, AttemptRefusal, State},
        form::Form,
        grading::Outcome,
        rows::AnswerRow,
    },
    app::App,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::{Slug, Words},
    },
    curriculum::{
        question::{Body, Choice, Question},
        quiz::Review,
    },
    db::{
        Reading,
        lifecycle::{self, Entity},
    },
    identity::actor::Actor,
};
use std::{collections::BTreeMap, sync::Arc};

/// What stands on the paper: nothing here can hold a key, a share or a feedback text.
#[derive(Clone, Debug)]
pub struct Paper {
    pub attempt: Attempt,
    pub course_title: Words,
    pub title: Words,
    pub sections: Vec<PaperSection>,
    pub answers: BTreeMap<i64, AnswerRow>,
    pub now: Time,
}

/// A part of the paper.
#[derive(Clone, Debug)]
pub struct PaperSection {
    pub title: Option<Words>,
    pub questions: Vec<PaperQuestion>,
}

/// A question as the person sees it.
#[derive(Clone, Debug)]
pub struct PaperQuestion {
    pub no: i64,
    pub kind: PaperKind,
    /// Markdown.
    pub ask: Words,
    pub points: academy::mark::Mark,
}

/// What can be answered.
#[derive(Clone, Debug)]
pub enum PaperKind {
    /// One of the options.
    Single(Vec<(String, Words)>),
    /// Any of the options.
    Multi(Vec<(String, Words)>),
    /// True or false.
    TrueFalse,
    /// A number, in a unit where there is one.
    Numeric(Option<String>),
    /// A few words.
    Short,
}

/// A marked attempt.
#[derive(Clone, Debug)]
pub struct Marked {
    pub attempt: Attempt,
    pub form: Arc<Form>,
    pub outcome: Outcome,
    /// The questions with their keys: only where the form's review shows everything.
    pub review: Option<Vec<Reviewed>>,
    /// The certificate that this attempt is evidence of.
    pub certificate: Option<Id<ids::Certificate>>,
}

/// A question looked back upon.
#[derive(Clone, Debug)]
pub struct Reviewed {
    pub no: i64,
    pub question: Arc<Question>,
    /// Options in the order of the form: token and choice.
    pub options: Vec<(String, Choice)>,
    pub answer: serde_json::Value,
    pub points: academy::mark::Mark,
    pub out_of: academy::mark::Mark,
}

/// An attempt of the signed-in person: open paper, or marked result.
#[derive(Clone, Debug)]
pub enum Seen {
    /// It takes answers.
    Open(Box<Paper>),
    /// It is marked.
    Marked(Box<Marked>),
    /// It does not count, or waits for a person.
    Closed(Attempt),
}

/// Looks at the signed-in person's attempt; one whose time is over is closed first.
///
/// # Errors
/// It is another's, or the database is away.
pub async fn read_attempt(app: &App, actor: &Actor, attempt: Id<ids::Attempt>) -> Result<Seen, Fault> {
    let who = actor.signed()?.person.id;
    let about = About::person(who).subject(attempt);
    let seen = look(app, actor, "read_attempt", about.clone(), move |r| {
        let found = own(r, who, attempt)?;
        let over = found.state == State::InProgress && !found.is_open(r.at());
        if over { Ok(None) } else { see(r, found).map(Some) }
    });
    if let Some(seen) = seen.await? {
        return Ok(seen);
    }
    submit_attempt::expire_if_due(app, attempt).await?;
    look(app, actor, "read_attempt", about, move |r| {
        let found = own(r, who, attempt)?;
        see(r, found)
    })
    .await
}

fn see(r: &mut Reading<'_>, found: Attempt) -> Result<Seen, Fault> {
    match found.state {
        State::InProgress => Ok(Seen::Open(Box::new(paper(r, found)?))),
        State::Graded => Ok(Seen::Marked(Box::new(marked(r, found)?))),
        _ => Ok(Seen::Closed(found)),
    }
}

fn own(r: &mut Reading<'_>, who: Id<ids::Person>, attempt: Id<ids::Attempt>) -> Result<Attempt, Fault> {
    let found = academy::rows::attempt(r, attempt)?.filter(|found| found.person_id == who);
    Ok(found.ok_or(AttemptRefusal::NoSuchAttempt)?)
}

fn paper(r: &mut Reading<'_>, attempt: Attempt) -> Result<Paper, Broken> {
    let form = academy::rows::form(r, attempt.id)?;
    let questions = academy::rows::questions(r, &form)?;
    let answers = academy::rows::answers(r, attempt.id)?;
    let mut sections = Vec::with_capacity(form.sections.len());
    for section in &form.sections {
        let mut shown = Vec::with_capacity(section.questions.len());
        for on_form in &section.questions {
            let question = questions
                .get(&on_form.hash)
                .ok_or_else(|| Broken::defect(format!("question {} of {} was not kept", on_form.no, attempt.id)))?;
            let options = || {
                on_form
                    .options
                    .iter()
                    .filter_map(|o| {
                        let choice = question.options().iter().find(|choice| choice.id == o.option)?;
                        Some((o.token.clone(), choice.text.clone()))
                    })
                    .collect()
            };
            let kind = match &question.body {
                Body::Single { .. } => PaperKind::Single(options()),
                Body::Multi { .. } => PaperKind::Multi(options()),
                Body::TrueFalse { .. } => PaperKind::TrueFalse,
                Body::Numeric { unit, .. } => PaperKind::Numeric(unit.clone()),
                Body::Short { .. } => PaperKind::Short,
            };
            shown.push(PaperQuestion {
                no: on_form.no,
                kind,
                ask: question.ask.clone(),
                points: academy::mark::Mark::from_decimal(on_form.points),
            });
        }
        sections.push(PaperSection { title: section.title.clone(), questions: shown });
    }
    let (course_title, title) = (form.course_title.clone(), form.title.clone());
    Ok(Paper { attempt, course_title, title, sections, answers, now: r.at() })
}

fn marked(r: &mut Reading<'_>, attempt: Attempt) -> Result<Marked, Broken> {
    let form = academy::rows::form(r, attempt.id)?;
    let outcome = academy::rows::outcome(r, attempt.id)?
        .ok_or_else(|| Broken::defect(format!("{} is graded and has no result", attempt.id)))?;
    let review = if form.review == Review::Everything {
        let questions = academy::rows::questions(r, &form)?;
        let answers = academy::rows::answers(r, attempt.id)?;
        let looked_back = form.questions().zip(&outcome.questions).filter_map(|(on_form, marked)| {
            let question = Arc::clone(questions.get(&on_form.hash)?);
            let options = on_form
                .options
                .iter()
                .filter_map(|o| {
                    let choice = question.options().iter().find(|choice| choice.id == o.option)?;
                    Some((o.token.clone(), choice.clone()))
                })
                .collect();
            Some(Reviewed {
                no: on_form.no,
                options,
                answer: answers.get(&on_form.no).map_or(serde_json::Value::Null, AnswerRow::json),
                points: marked.points,
                out_of: marked.out_of,
                question,
            })
        });
        Some(looked_back.collect())
    } else {
        None
    };
    let certificate = crate::certification::rows::certificates_of(r, attempt.person_id)?
        .into_iter()
        .find(|c| c.evidence.exams.iter().any(|exam| exam.attempt == attempt.id))
        .map(|c| c.id);
    Ok(Marked { attempt, form, outcome, review, certificate })
}

/// What can be told of an attempt that has no mark: the form's titles and pass mark, and why it was set aside.
#[derive(Clone, Debug)]
pub struct Unmarked {
    pub form: Arc<Form>,
    pub reason: Option<String>,
}

/// Looks at what can be told of the signed-in person's attempt that is voided or waits for a person.
///
/// # Errors
/// It is another's, or the database is away.
pub async fn read_unmarked(app: &App, actor: &Actor, attempt: Id<ids::Attempt>) -> Result<Unmarked, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "read_attempt", About::person(who).subject(attempt), move |r| {
        let found = own(r, who, attempt)?;
        let reason = lifecycle::reason(r, Entity::Attempt, &attempt.to_string(), State::Voided.word())?;
        Ok(Unmarked { form: academy::rows::form(r, found.id)?, reason })
    })
    .await
}

/// The course and quiz of an attempt, for links.
#[must_use]
pub fn place(attempt: &Attempt) -> (Slug, Slug) {
    (attempt.course_id.clone(), attempt.quiz_id.clone())
}
