//! Handing in: by the person, or by the clock; marking follows at once, and a pass may earn a certificate.

use super::{
    About, act, award,
    save_answer::{self, Save},
};
use crate::{
    academy::{
        self,
        answer::Answer,
        attempt::{Attempt, AttemptRefusal, State},
        grading::{self, Outcome},
    },
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::{self, actor::Actor},
};
use serde_json::json;
use std::collections::BTreeMap;

/// Hands in the signed-in person's attempt, with answers that a plain form brought along. Doing it again gives the same.
///
/// # Errors
/// The attempt is another's or voided, an answer does not fit or is stale, or the database is away.
pub async fn submit_attempt(
    app: &App,
    actor: &Actor,
    attempt: Id<ids::Attempt>,
    answers: Vec<Save>,
) -> Result<State, Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    act(app, actor, "submit_attempt", About::person(who).subject(attempt), move |w, by| {
        identity::rows::hold(w, who, true)?;
        academy::rows::hold(w, attempt)?;
        let found = academy::rows::attempt(w, attempt)?.filter(|found| found.person_id == who);
        let found = found.ok_or(AttemptRefusal::NoSuchAttempt)?;
        match found.state {
            State::Voided => return Err(AttemptRefusal::Closed { state: found.state.word() }.into()),
            State::InProgress => {}
            done => return Ok(done),
        }
        if !found.is_open(w.now()) {
            close(w, by, &content, &found, State::Expired)?;
            return Ok(State::Graded);
        }
        for save in &answers {
            save_answer::write(w, by, &found, save)?;
        }
        close(w, by, &content, &found, State::Submitted)?;
        Ok(State::Graded)
    })
    .await
}

/// Closes an open attempt whose time is over, wherever that is noticed; an attempt that is not due is left alone.
///
/// # Errors
/// The database is away.
pub async fn expire_if_due(app: &App, attempt: Id<ids::Attempt>) -> Result<(), Fault> {
    let content = app.content()?;
    act(app, &Actor::system("expiry"), "expire_attempt", About::nothing().subject(attempt), move |w, by| {
        let Some(found) = academy::rows::attempt(w, attempt)? else { return Ok(()) };
        identity::rows::hold(w, found.person_id, true)?;
        academy::rows::hold(w, attempt)?;
        let Some(found) = academy::rows::attempt(w, attempt)? else { return Ok(()) };
        if found.state == State::InProgress && !found.is_open(w.now()) {
            close(w, by, &content, &found, State::Expired)?;
        }
        Ok(())
    })
    .await
}

/// Takes an attempt from open to marked: `how` is submitted or expired.
///
/// # Errors
/// The database is away.
pub fn close(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    attempt: &Attempt,
    how: State,
) -> Result<Outcome, Broken> {
    let id = attempt.id.to_string();
    let step = |from: State, to: State| Step { from: from.word(), to: to.word(), actor: &by.actor, reason: "" };
    if !lifecycle::advance(w, Entity::Attempt, &id, step(State::InProgress, how))? {
        return Err(Broken::defect(format!("{id} was closed by another hand")));
    }
    let ended_at = match (how, attempt.deadline_at) {
        (State::Expired, Some(deadline)) => deadline.min(w.now()),
        _ => w.now(),
    };
    academy::rows::finish(w, attempt.id, ended_at)?;
    let what = if how == State::Expired { What::AttemptExpired } else { What::AttemptSubmitted };
    let entry = |what| Entry::new(what).person(attempt.person_id).subject(attempt.id);
    audit::rows::append(w, by, entry(what))?;

    let outcome = mark(w, attempt)?;
    academy::rows::keep_outcome(w, attempt.id, &outcome)?;
    lifecycle::advance(w, Entity::Attempt, &id, step(how, State::Graded))?;
    audit::rows::append(
        w,
        by,
        entry(What::AttemptGraded).data(json!({
            "passed": outcome.passed,
            "basis_points": outcome.points.basis_points(outcome.out_of),
            "points": outcome.points,
            "out_of": outcome.out_of,
        })),
    )?;
    if outcome.passed
        && let Some(course) = content.curriculum.courses.get(&attempt.course_id)
    {
        award::award(w, by, content, course, attempt.person_id)?;
    }
    Ok(outcome)
}

fn mark(w: &mut Writing<'_>, attempt: &Attempt) -> Result<Outcome, Broken> {
    let form = academy::rows::form(w, attempt.id)?;
    let questions = academy::rows::questions(w, &form)?;
    let mut answers = BTreeMap::new();
    for (no, row) in academy::rows::answers(w, attempt.id)? {
        let Some(on_form) = form.question(no) else { continue };
        let Some(question) = questions.get(&on_form.hash) else {
            return Err(Broken::defect(format!("question {no} of {} was not kept", attempt.id)));
        };
        answers.insert(no, Answer::restore(&row.json(), on_form, question));
    }
    Ok(grading::grade(&form, &questions, &answers))
}
