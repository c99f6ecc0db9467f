//! Applying a correction: one transaction that writes every corrected mark, its event, and all that follows.

use super::{
    super::{
        About, award, notify,
        once::{Once, act_once},
        remind, revoke_certificate,
    },
    Plan, Wanted,
    effects::rests,
    plan::{self, Line},
};
use crate::{
    academy::{
        self,
        attempt::Attempt,
        grading::Outcome,
        regrade::{Correction, RegradeRefusal},
        rows::{RegradeRow, Sheet},
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
    certification::{
        self,
        certificate::{Certificate, CertificateRefusal},
        notice::{self, NoticeKind},
    },
    curriculum::{question::Question, quiz::QuizKind},
    db::Writing,
    identity::{self, actor::Actor},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What was applied.
#[derive(Clone, Debug)]
pub struct Applied {
    pub row: RegradeRow,
}

/// Applies the correction that a preview showed, for a reason. Under a key that was used before for the same, nothing is
/// done, and what came of it then is given back.
///
/// # Errors
/// The actor is no admin, no reason is given, the facts are not those of the preview, nothing would change, or the database
/// is away: then nothing was changed at all.
pub async fn apply_regrade(
    app: &App,
    actor: &Actor,
    wanted: Wanted,
    reason: String,
    fingerprint: String,
    once: Option<Once>,
) -> Result<Applied, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let about = About::nothing().named(format!("{}/{}", wanted.course, wanted.question));
    let kept = about.clone();
    let (id, _) = act_once::<ids::Regrade, (), _>(app, actor, "apply_regrade", about, once, move |w, by| {
        caller.as_admin()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(CertificateRefusal::ReasonNeeded.into());
        }
        academy::rows::hold_marking(w, true)?;
        let plan = plan::plan(w, &content, &wanted)?;
        if plan.fingerprint != fingerprint {
            return Err(RegradeRefusal::Changed.into());
        }
        if plan.lines.is_empty() && plan.open == 0 {
            return Err(RegradeRefusal::ChangesNothing.into());
        }
        // From here on only an accident ends this, and an accident rolls everything back.
        let written = write(w, by, &content, &plan, reason).map_err(|fault| match fault {
            Fault::Refused(refused) => Broken::defect(refused.sentence).into(),
            broken => broken,
        })?;
        Ok((written, ()))
    })
    .await?;
    let caller = actor.clone();
    super::super::look(app, actor, "apply_regrade", kept, move |r| {
        caller.as_admin()?;
        let row = academy::rows::regrade(r, id)?;
        Ok(Applied { row: row.ok_or_else(|| Broken::defect(format!("{id} was applied and is not there")))? })
    })
    .await
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn write(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    plan: &Plan,
    reason: &str,
) -> Result<Id<ids::Regrade>, Fault> {
    let mut people: BTreeMap<Id<ids::Person>, Vec<&Line>> = BTreeMap::new();
    for line in &plan.lines {
        people.entry(line.person).or_default().push(line);
    }
    // Everybody is held before anything is written, always in the same order, and the transaction's instant is then one.
    for person in people.keys() {
        identity::rows::hold(w, *person, true)?;
    }
    let now = w.now();
    let id = Id::new(now);
    let issued = count(plan.effects.issued.len());
    let revoked = if plan.take_back { count(plan.effects.resting.len()) } else { 0 };
    if let Some(to) = &plan.to {
        academy::rows::keep_questions(w, &plan.course, &[(to.hash(), to)])?;
    }
    let row = RegradeRow {
        id,
        course_id: plan.course.clone(),
        question_id: plan.question.clone(),
        from_hash: plan.from.hash(),
        to_hash: plan.to.as_ref().map(Question::hash),
        treatment: plan.treatment,
        take_back: plan.take_back,
        reason: reason.to_owned(),
        applied_by: by.actor.clone(),
        applied_at: now,
        fingerprint: plan.fingerprint.clone(),
        attempts: count(plan.attempts),
        changed: count(plan.tally.changed),
        now_passed: count(plan.tally.now_passed),
        now_failed: count(plan.tally.now_failed),
        certificates_issued: issued,
        certificates_revoked: revoked,
    };
    academy::rows::insert_regrade(w, &row)?;
    let entry = Entry::new(What::RegradeApplied).subject(id).data(json!({
        "course": row.course_id,
        "question": row.question_id,
        "from": row.from_hash,
        "to": row.to_hash,
        "treatment": row.treatment,
        "take_back": row.take_back,
        "fingerprint": row.fingerprint,
        "attempts": row.attempts,
        "changed": row.changed,
        "now_passed": row.now_passed,
        "now_failed": row.now_failed,
        "certificates_issued": row.certificates_issued,
        "certificates_revoked": row.certificates_revoked,
    }));
    audit::rows::append(w, by, entry.texts(json!({ "reason": row.reason })))?;
    for (person, lines) in people {
        for line in &lines {
            correct(w, by, id, person, line.attempt, &line.old, &line.new)?;
        }
        if lines.iter().any(|line| line.turns()) {
            tell(w, by, id, plan, person, &lines)?;
            follow(w, by, content, plan, person, &lines)?;
        }
    }
    Ok(id)
}

/// Writes one corrected mark and its event.
fn correct(
    w: &mut Writing<'_>,
    by: &By,
    regrade: Id<ids::Regrade>,
    person: Id<ids::Person>,
    attempt: Id<ids::Attempt>,
    old: &Outcome,
    new: &Outcome,
) -> Result<(), Broken> {
    academy::rows::keep_corrected(w, attempt, regrade, old, new)?;
    let told = |outcome: &Outcome| {
        json!({
            "passed": outcome.passed,
            "basis_points": outcome.points.basis_points(outcome.out_of),
            "points": outcome.points,
            "out_of": outcome.out_of,
        })
    };
    let entry = Entry::new(What::AttemptRegraded).person(person).subject(attempt);
    audit::rows::append(w, by, entry.data(json!({ "regrade": regrade, "old": told(old), "new": told(new) })))
}

/// Tells a person of the exams that turned, so that nobody finds out by chance.
fn tell(
    w: &mut Writing<'_>,
    by: &By,
    regrade: Id<ids::Regrade>,
    plan: &Plan,
    person: Id<ids::Person>,
    lines: &[&Line],
) -> Result<(), Broken> {
    for line in lines.iter().filter(|line| line.turns()) {
        let about = notice::About::Mark {
            attempt: line.attempt,
            course: plan.course.clone(),
            quiz: line.quiz.clone(),
            passed: line.new.passed,
        };
        let once = format!("corrected:{regrade}:{}", line.attempt);
        notify::tell(w, by, person, NoticeKind::MarkCorrected, &once, &about)?;
    }
    Ok(())
}

/// Takes back and issues certificates, where a person's passes turned; access follows by itself.
fn follow(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    plan: &Plan,
    person: Id<ids::Person>,
    lines: &[&Line],
) -> Result<(), Fault> {
    let Some(course) = content.curriculum.courses.get(&plan.course) else { return Ok(()) };
    let failing: BTreeSet<Id<ids::Attempt>> =
        lines.iter().filter(|line| line.turns() && !line.new.passed).map(|line| line.attempt).collect();
    let mut looks = lines.iter().any(|line| line.turns() && line.new.passed);
    if plan.take_back {
        let now = w.now();
        let held = certification::rows::certificates_of(w, person)?;
        for certificate in held.iter().filter(|certificate| rests(certificate, &failing, now)) {
            revoke_certificate::revoke(w, by, content, certificate, "a correction fails the attempt that it rests on")?;
            let once = format!("taken-back:{}", certificate.id);
            let ended = Certificate { ends_at: now, ..certificate.clone() };
            remind::tell(w, by, NoticeKind::CertificateTakenBack, &once, &ended)?;
            looks = true;
        }
    }
    if looks {
        award::award(w, by, content, course, person)?;
    }
    Ok(())
}

/// Corrects what was marked just now by a key that was found wrong while it was being answered: the corrections of its
/// questions reach it in the order in which they were applied.
///
/// # Errors
/// The database is away.
pub fn carry_over(
    w: &mut Writing<'_>,
    by: &By,
    attempt: &Attempt,
    sheet: &Sheet,
    outcome: Outcome,
) -> Result<Outcome, Broken> {
    if attempt.kind != QuizKind::Exam {
        return Ok(outcome);
    }
    let mut latest: BTreeMap<String, RegradeRow> = BTreeMap::new();
    // The latest come first: of each version, the first that is met is the one that stands.
    for row in academy::rows::regrades(w, Some(&attempt.course_id), None, i64::from(i32::MAX))? {
        if sheet.form.questions().any(|on_form| on_form.hash == row.from_hash) {
            latest.entry(row.from_hash.clone()).or_insert(row);
        }
    }
    let mut standing: Vec<RegradeRow> = latest.into_values().collect();
    standing.sort_by_key(|row| (row.applied_at, row.id));
    let mut outcome = outcome;
    for row in standing {
        let to = row.to_hash.as_ref().map(|hash| academy::rows::question(w, hash)).transpose()?;
        let correction = Correction { from: &row.from_hash, treatment: row.treatment, to: to.as_deref() };
        let corrected = correction.apply(&sheet.form, &outcome, &sheet.answers);
        if corrected != outcome {
            correct(w, by, row.id, attempt.person_id, attempt.id, &outcome, &corrected)?;
            outcome = corrected;
        }
    }
    Ok(outcome)
}
