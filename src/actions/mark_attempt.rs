//! Marking what was handed in: by rule at once, statements by the lab outside of any transaction, prose by a person.

use super::{About, act, award, look, regrade, run_lab};
use crate::{
    academy::{
        self,
        answer::Answer,
        attempt::{Attempt, State},
        grading::Outcome,
        mark::Mark,
        rows::{Judge, MarkRow, Sheet},
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
    curriculum::{
        lab::judge::{self, Verdict},
        question::Body,
    },
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::{self, actor::Actor},
};
use serde_json::json;

/// Marks an attempt that waits for the lab; anything else is left as it is. Doing it again changes nothing.
///
/// # Errors
/// The lab is busy, or the database is away; the attempt goes on waiting then.
pub async fn mark_attempt(app: &App, attempt: Id<ids::Attempt>) -> Result<(), Fault> {
    let content = app.content()?;
    let actor = Actor::system("marking");
    let about = About::nothing().subject(attempt);
    let waiting = look(app, &actor, "mark_attempt", about.clone(), move |r| {
        let Some(found) = academy::rows::attempt(r, attempt)? else { return Ok(None) };
        if !matches!(found.state, State::Submitted | State::Expired) {
            return Ok(None);
        }
        let sheet = Sheet::read(r, &found)?;
        let waits = sheet.unjudged(&found);
        Ok(Some((sheet, waits)))
    })
    .await?;
    let Some((sheet, waits)) = waiting else { return Ok(()) };
    let marks = by_lab(app, &content, &sheet, &waits).await?;
    act(app, &actor, "mark_attempt", about, move |w, by| {
        let Some(found) = academy::rows::attempt(w, attempt)? else { return Ok(()) };
        academy::rows::hold_marking(w, false)?;
        identity::rows::hold(w, found.person_id, true)?;
        academy::rows::hold(w, attempt)?;
        let Some(found) = academy::rows::attempt(w, attempt)? else { return Ok(()) };
        if matches!(found.state, State::Submitted | State::Expired) {
            for mark in &marks {
                academy::rows::keep_mark(w, attempt, mark)?;
            }
            settle(w, by, &content, &found)?;
        }
        Ok(())
    })
    .await
}

/// Has the lab judge the statements of a sheet, on the data that each was frozen with.
async fn by_lab(app: &App, content: &Content, sheet: &Sheet, waits: &[(i64, Judge)]) -> Result<Vec<MarkRow>, Fault> {
    let mut marks = Vec::new();
    for (no, _) in waits.iter().filter(|(_, judge)| *judge == Judge::Lab) {
        let question = sheet.form.question(*no).and_then(|on_form| sheet.questions.get(&on_form.hash));
        let Some(Body::Sql(lab)) = question.map(|question| &question.body) else { continue };
        let Some(Answer::Text(sql)) = sheet.answers.get(no) else { continue };
        let dataset = run_lab::dataset(app, content, lab).await?;
        let (lab, sql) = (lab.clone(), sql.clone());
        let judged = move || judge::judge(&judge::Task::from(&lab), &dataset, &sql);
        let mut verdict = app.lab.run(judged.clone()).await?;
        if verdict.passes() {
            // What stopped for want of time or memory is judged once more with nothing beside it: that is its own want then.
            verdict = app.lab.run_alone(judged).await?;
        }
        if let Verdict::Broken(trouble) = &verdict {
            return Err(Broken::defect(format!("the solution of question {no} does not run: {trouble}")).into());
        }
        marks.push(MarkRow {
            question_no: *no,
            share: if verdict.is_right() { Mark::ONE } else { Mark::ZERO }.to_string(),
            judge: Judge::Lab,
            marked_by: "lab".to_owned(),
            marked_at: app.now(),
            criteria: None,
            comment: Some(verdict.code().to_owned()),
        });
    }
    Ok(marks)
}

/// Takes a closed attempt as far as it can go: to a person where prose waits, or to its mark. Returns the state it is in then.
///
/// # Errors
/// The database is away.
pub fn settle(w: &mut Writing<'_>, by: &By, content: &Content, attempt: &Attempt) -> Result<State, Broken> {
    let sheet = Sheet::read(w, attempt)?;
    let waits = sheet.unjudged(attempt);
    if waits.iter().any(|(_, judge)| *judge == Judge::Lab) {
        return Ok(attempt.state);
    }
    let id = attempt.id.to_string();
    let step = |to: State| Step { from: attempt.state.word(), to: to.word(), actor: &by.actor, reason: "" };
    let entry = |what| Entry::new(what).person(attempt.person_id).subject(attempt.id);
    if !waits.is_empty() {
        if attempt.state != State::PendingReview {
            lifecycle::advance(w, Entity::Attempt, &id, step(State::PendingReview))?;
            let questions: Vec<i64> = waits.iter().map(|(no, _)| *no).collect();
            audit::rows::append(w, by, entry(What::AttemptInReview).data(json!({ "questions": questions })))?;
        }
        return Ok(State::PendingReview);
    }
    let outcome: Outcome = sheet.grade(attempt);
    academy::rows::keep_outcome(w, attempt.id, &outcome)?;
    lifecycle::advance(w, Entity::Attempt, &id, step(State::Graded))?;
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
    let outcome = regrade::carry_over(w, by, attempt, &sheet, outcome)?;
    if outcome.passed
        && let Some(course) = content.curriculum.courses.get(&attempt.course_id)
    {
        award::award(w, by, content, course, attempt.person_id)?;
    }
    Ok(State::Graded)
}
