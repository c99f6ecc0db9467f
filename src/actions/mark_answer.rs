//! A person marks prose by its rubric: never their own, never seeing whose it is, and never twice.

use super::{About, act, look, mark_attempt};
use crate::{
    academy::{
        self,
        answer::Answer,
        attempt::{Attempt, AttemptRefusal, State},
        mark::Mark,
        rows::{Judge, MarkRow, Sheet},
    },
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::{Slug, Words},
    },
    curriculum::question::{Body, Criterion, Question},
    identity::{self, actor::Actor},
};
use rust_decimal::Decimal;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

/// The most attempts in the list of those that wait.
const MOST: i64 = 200;
/// The longest comment, in characters.
pub const LONGEST_COMMENT: usize = 2_000;

/// An answer that waits for a person, without a word of whose it is.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub attempt: Id<ids::Attempt>,
    pub course: Slug,
    pub quiz: Slug,
    pub course_title: Words,
    pub quiz_title: Words,
    pub no: i64,
    pub since: Time,
    pub question: Arc<Question>,
    pub rubric: Vec<Criterion>,
    pub answer: String,
    pub points: Mark,
}

/// The answers that wait for somebody else than the one who asks, the oldest first.
///
/// # Errors
/// The actor is neither an author nor an admin, or the database is away.
pub async fn answers_to_mark(app: &App, actor: &Actor) -> Result<Vec<Waiting>, Fault> {
    let caller = actor.clone();
    look(app, actor, "answers_to_mark", About::nothing(), move |r| {
        caller.as_marker()?;
        let own = caller.signed().ok().map(|signed| signed.person.id);
        let mut waiting = Vec::new();
        for attempt in academy::rows::unmarked(r, true, MOST)? {
            if Some(attempt.person_id) != own {
                let sheet = Sheet::read(r, &attempt)?;
                waiting.extend(of_sheet(&attempt, &sheet));
            }
        }
        Ok(waiting)
    })
    .await
}

/// One answer that waits.
///
/// # Errors
/// The actor may not mark, or wrote it; it does not wait; the database is away.
pub async fn answer_to_mark(app: &App, actor: &Actor, attempt: Id<ids::Attempt>, no: i64) -> Result<Waiting, Fault> {
    let caller = actor.clone();
    look(app, actor, "answer_to_mark", About::nothing().subject(attempt), move |r| {
        caller.as_marker()?;
        let found = academy::rows::attempt(r, attempt)?.ok_or(AttemptRefusal::NoSuchAttempt)?;
        if caller.signed().is_ok_and(|signed| signed.person.id == found.person_id) {
            return Err(AttemptRefusal::OwnAnswer.into());
        }
        let nothing = || AttemptRefusal::NothingToMark { no };
        if found.state != State::PendingReview {
            return Err(nothing().into());
        }
        let waiting = of_sheet(&found, &Sheet::read(r, &found)?);
        Ok(waiting.into_iter().find(|one| one.no == no).ok_or_else(nothing)?)
    })
    .await
}

fn of_sheet(attempt: &Attempt, sheet: &Sheet) -> Vec<Waiting> {
    let one = |no: i64| {
        let on_form = sheet.form.question(no)?;
        let question = sheet.questions.get(&on_form.hash)?;
        let (Body::FreeText { rubric, .. }, Some(Answer::Text(text))) = (&question.body, sheet.answers.get(&no)) else {
            return None;
        };
        Some(Waiting {
            attempt: attempt.id,
            course: attempt.course_id.clone(),
            quiz: attempt.quiz_id.clone(),
            course_title: sheet.form.course_title.clone(),
            quiz_title: sheet.form.title.clone(),
            no,
            since: attempt.finished_at.unwrap_or(attempt.started_at),
            rubric: rubric.clone(),
            question: Arc::clone(question),
            answer: text.clone(),
            points: Mark::from_decimal(on_form.points),
        })
    };
    let waits = sheet.unjudged(attempt).into_iter().filter(|(_, judge)| *judge == Judge::Person);
    waits.filter_map(|(no, _)| one(no)).collect()
}

/// What a person gives an answer: for each criterion its points, from 0 to its weight.
#[derive(Clone, Debug)]
pub struct Given {
    pub criteria: BTreeMap<Slug, Decimal>,
    pub comment: String,
}

/// Marks one answer; the attempt is graded once nothing waits any more. Returns the state that it is in then.
///
/// # Errors
/// The actor may not mark, or wrote it; the answer does not wait; the marks do not fit the rubric; the database is away.
pub async fn mark_answer(
    app: &App,
    actor: &Actor,
    attempt: Id<ids::Attempt>,
    no: i64,
    given: Given,
) -> Result<State, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "mark_answer", About::nothing().subject(attempt), move |w, by| {
        caller.as_marker()?;
        let found = academy::rows::attempt(w, attempt)?.ok_or(AttemptRefusal::NoSuchAttempt)?;
        if caller.signed().is_ok_and(|signed| signed.person.id == found.person_id) {
            return Err(AttemptRefusal::OwnAnswer.into());
        }
        academy::rows::hold_marking(w, false)?;
        identity::rows::hold(w, found.person_id, true)?;
        academy::rows::hold(w, attempt)?;
        let found = academy::rows::attempt(w, attempt)?.ok_or(AttemptRefusal::NoSuchAttempt)?;
        let sheet = Sheet::read(w, &found)?;
        let waits = found.state == State::PendingReview && sheet.unjudged(&found).contains(&(no, Judge::Person));
        let on_form = sheet.form.question(no).filter(|_| waits);
        let question = on_form.and_then(|on_form| sheet.questions.get(&on_form.hash));
        let Some(Body::FreeText { rubric, .. }) = question.map(|question| &question.body) else {
            return Err(AttemptRefusal::NothingToMark { no }.into());
        };
        let (share, criteria) = weigh(rubric, &given.criteria)?;
        let comment = given.comment.trim();
        if comment.chars().count() > LONGEST_COMMENT || comment.contains('\0') {
            return Err(AttemptRefusal::BadAnswer { no, why: "too-long" }.into());
        }
        let mark = MarkRow {
            question_no: no,
            share: share.to_string(),
            judge: Judge::Person,
            marked_by: by.actor.clone(),
            marked_at: w.now(),
            criteria: Some(serde_json::to_string(&criteria).map_err(Broken::defect)?),
            comment: Some(comment.to_owned()).filter(|comment| !comment.is_empty()),
        };
        if !academy::rows::keep_mark(w, attempt, &mark)? {
            return Err(AttemptRefusal::NothingToMark { no }.into());
        }
        let entry = Entry::new(What::AnswerMarked).person(found.person_id).subject(attempt);
        audit::rows::append(w, by, entry.data(json!({ "question": no, "share": share })))?;
        Ok(mark_attempt::settle(w, by, &content, &found)?)
    })
    .await
}

/// The share of the question that the criteria make, and each as a share of its own weight.
fn weigh(
    rubric: &[Criterion],
    given: &BTreeMap<Slug, Decimal>,
) -> Result<(Mark, BTreeMap<Slug, Mark>), AttemptRefusal> {
    let bad = |id: &Slug| AttemptRefusal::BadMark { criterion: id.to_string() };
    if let Some(id) = given.keys().find(|id| !rubric.iter().any(|criterion| criterion.id == **id)) {
        return Err(bad(id));
    }
    let mut criteria = BTreeMap::new();
    let (mut reached, mut whole) = (Mark::ZERO, Mark::ZERO);
    for criterion in rubric {
        let points =
            given.get(&criterion.id).filter(|points| **points >= Decimal::ZERO && **points <= criterion.weight);
        let points = Mark::from_decimal(*points.ok_or_else(|| bad(&criterion.id))?);
        let weight = Mark::from_decimal(criterion.weight);
        criteria.insert(criterion.id.clone(), Mark::of(points, weight));
        reached = reached + points;
        whole = whole + weight;
    }
    Ok((Mark::of(reached, whole), criteria))
}
