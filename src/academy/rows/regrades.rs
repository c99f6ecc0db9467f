//! Corrections of marks in the database: append-only, beside what was first given.

use super::attempts::RESULT;
use crate::{
    academy::{answer::Answer, form::Form, grading::Outcome, regrade::Treatment},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    curriculum::question::Question,
    db::{Reading, Writing, sql, sql::row},
};
use std::collections::{BTreeMap, HashMap};

row! {
    /// A correction that was applied.
    #[derive(Clone, Debug, serde::Serialize)]
    pub struct RegradeRow {
        pub id: Id<ids::Regrade>,
        pub course_id: Slug,
        pub question_id: Slug,
        pub from_hash: String,
        pub to_hash: Option<String>,
        pub treatment: Treatment,
        pub take_back: bool,
        pub reason: String,
        pub applied_by: String,
        pub applied_at: Time,
        pub fingerprint: String,
        pub attempts: i64,
        pub changed: i64,
        pub now_passed: i64,
        pub now_failed: i64,
        pub certificates_issued: i64,
        pub certificates_revoked: i64,
    }
}

const REGRADE: &str = "SELECT id, course_id, question_id, from_hash, to_hash, treatment, take_back, \
                       (SELECT n.reason FROM regrade_reasons n WHERE n.regrade_id = regrades.id) AS reason, applied_by, \
                       applied_at, fingerprint, attempts, changed, now_passed, now_failed, certificates_issued, \
                       certificates_revoked FROM regrades";

/// A marked exam that holds a version of a question, as it counts now.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: Id<ids::Attempt>,
    pub person_id: Id<ids::Person>,
    pub quiz_id: Slug,
    pub finished_at: Option<Time>,
    pub form: Form,
    pub outcome: Outcome,
    /// The answers to that version, by place.
    pub answers: BTreeMap<i64, Answer>,
}

/// A version of a question that people met in exams.
#[derive(Clone, Debug)]
pub struct MetVersion {
    pub hash: String,
    /// Marked attempts with it.
    pub attempts: i64,
    pub last: Time,
}

/// Where a form names a version: hashes are hexadecimal, and stand in forms as `"hash":"…"`.
fn naming(hash: &str) -> String {
    format!("%\"hash\":\"{hash}\"%")
}

/// The versions of a question that stand on marked exams, the latest met first.
///
/// # Errors
/// The database is away.
pub fn met_versions(r: &mut Reading<'_>, course: &Slug, question: &Slug) -> Result<Vec<MetVersion>, Broken> {
    row! { struct Counted { n: i64, last: Option<Time> } }
    // A version is kept once, for the course that met it first: two courses may share a question word by word.
    let hashes: Vec<String> =
        sql("SELECT hash AS word FROM question_versions WHERE question_id = ?").bind(question).all(r)?;
    let mut met = Vec::new();
    for hash in hashes {
        let counted: Counted = sql("SELECT COUNT(*) AS n, MAX(started_at) AS last FROM attempts WHERE course_id = ? \
                                    AND kind = 'exam' AND state = 'graded' AND form LIKE ?")
        .bind(course)
        .bind(&naming(&hash))
        .one(r)?;
        met.extend(counted.last.map(|last| MetVersion { hash, attempts: counted.n, last }));
    }
    met.sort_by_key(|version| std::cmp::Reverse(version.last));
    Ok(met)
}

/// The marked exams of a course that hold a version of a question, in the order of their ids. Voided ones are not among them.
///
/// # Errors
/// The database is away, or a form or result does not read back.
pub fn holding(r: &mut Reading<'_>, course: &Slug, hash: &str, version: &Question) -> Result<Vec<Held>, Broken> {
    row! {
        struct Kept {
            id: Id<ids::Attempt>,
            person_id: Id<ids::Person>,
            quiz_id: Slug,
            finished_at: Option<Time>,
            form: String,
            result: Option<String>,
        }
    }
    row! { struct Said { attempt_id: String, question_no: i64, answer: String } }
    let said: Vec<Said> = sql("SELECT s.attempt_id, s.question_no, s.answer FROM attempts a \
                               JOIN answers s ON s.attempt_id = a.id \
                               WHERE a.course_id = ? AND a.kind = 'exam' AND a.state = 'graded' AND a.form LIKE ?")
    .bind(course)
    .bind(&naming(hash))
    .all(r)?;
    let mut answers: HashMap<String, Vec<(i64, String)>> = HashMap::new();
    for said in said {
        answers.entry(said.attempt_id).or_default().push((said.question_no, said.answer));
    }
    let kept: Vec<Kept> = sql(format!(
        "SELECT id, person_id, quiz_id, finished_at, form, {RESULT} FROM attempts WHERE course_id = ? \
         AND kind = 'exam' AND state = 'graded' AND form LIKE ? ORDER BY id"
    ))
    .bind(course)
    .bind(&naming(hash))
    .all(r)?;
    kept.into_iter()
        .map(|kept| {
            let wrong = |error: serde_json::Error| Broken::defect(format!("{}: {error}", kept.id));
            let form: Form = serde_json::from_str(&kept.form).map_err(wrong)?;
            let outcome = serde_json::from_str(kept.result.as_deref().unwrap_or("null")).map_err(wrong)?;
            let said = answers.remove(&kept.id.to_string()).unwrap_or_default().into_iter();
            let answers = said.filter_map(|(no, text)| {
                let on_form = form.question(no).filter(|on_form| on_form.hash == hash)?;
                let value = serde_json::from_str(&text).unwrap_or(serde_json::Value::Null);
                Some((no, Answer::restore(&value, on_form, version)))
            });
            Ok(Held {
                id: kept.id,
                person_id: kept.person_id,
                quiz_id: kept.quiz_id,
                finished_at: kept.finished_at,
                answers: answers.collect(),
                outcome,
                form,
            })
        })
        .collect()
}

/// How many exams hold a version and are not marked yet: a correction reaches them when they are.
///
/// # Errors
/// The database is away.
pub fn open_holding(r: &mut Reading<'_>, course: &Slug, hash: &str) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM attempts WHERE course_id = ? AND kind = 'exam' \
         AND state IN ('in_progress', 'submitted', 'expired', 'pending_review') AND form LIKE ?")
    .bind(course)
    .bind(&naming(hash))
    .one(r)
}

/// A correction waits until nobody is being marked, and nobody is marked while one is applied (PostgreSQL; SQLite has one
/// writer). Taken before any other hold, by everybody, so that no two wait for each other.
///
/// # Errors
/// The database is away.
pub fn hold_marking(w: &mut Writing<'_>, alone: bool) -> Result<(), Broken> {
    let word = w.engine_sql("", if alone { "pg_advisory_xact_lock" } else { "pg_advisory_xact_lock_shared" });
    if !word.is_empty() {
        // The lock's name: "regrade" in ASCII.
        sql(format!("SELECT 1::BIGINT AS n FROM (SELECT {word}(32195215025792101)) held")).maybe::<i64>(w)?;
    }
    Ok(())
}

/// Keeps a correction, and its reason beside it: words that people wrote can lose what names somebody, corrections never change.
///
/// # Errors
/// The database is away.
pub fn insert_regrade(w: &mut Writing<'_>, row: &RegradeRow) -> Result<(), Broken> {
    sql("INSERT INTO regrades (id, course_id, question_id, from_hash, to_hash, treatment, take_back, reason, applied_by, \
         applied_at, fingerprint, attempts, changed, now_passed, now_failed, certificates_issued, certificates_revoked) \
         VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&row.id)
    .bind(&row.course_id)
    .bind(&row.question_id)
    .bind(&row.from_hash)
    .bind(&row.to_hash)
    .bind(&row.treatment)
    .bind(&row.take_back)
    .bind(&row.applied_by)
    .bind(&row.applied_at)
    .bind(&row.fingerprint)
    .bind(&row.attempts)
    .bind(&row.changed)
    .bind(&row.now_passed)
    .bind(&row.now_failed)
    .bind(&row.certificates_issued)
    .bind(&row.certificates_revoked)
    .run(w)?;
    sql("INSERT INTO regrade_reasons (regrade_id, reason) VALUES (?, ?)").bind(&row.id).bind(&row.reason).run(w)?;
    Ok(())
}

/// Keeps a corrected outcome beside the one before, and lets the attempt count for it.
///
/// # Errors
/// The attempt is not marked, this correction reached it before, or the database is away.
pub fn keep_corrected(
    w: &mut Writing<'_>,
    attempt: Id<ids::Attempt>,
    regrade: Id<ids::Regrade>,
    old: &Outcome,
    new: &Outcome,
) -> Result<(), Broken> {
    let now = w.now();
    let json = |outcome: &Outcome| serde_json::to_string(outcome).map_err(Broken::defect);
    sql("INSERT INTO regrade_results (attempt_id, round, regrade_id, at, old_result, new_result) \
         SELECT ?, COALESCE(MAX(round), 0) + 1, ?, ?, ?, ? FROM regrade_results WHERE attempt_id = ?")
    .bind(&attempt)
    .bind(&regrade)
    .bind(&now)
    .bind(&json(old)?)
    .bind(&json(new)?)
    .bind(&attempt)
    .run(w)?;
    let kept = sql("UPDATE attempts SET passed = ?, basis_points = ? WHERE id = ? AND state = 'graded'")
        .bind(&new.passed)
        .bind(&new.points.basis_points(new.out_of))
        .bind(&attempt)
        .run(w)?;
    if kept == 1 { Ok(()) } else { Err(Broken::Unavailable(format!("{attempt} changed its state meanwhile"))) }
}

/// Corrections, the latest first; of one course, or of one question.
///
/// # Errors
/// The database is away.
pub fn regrades(
    r: &mut Reading<'_>,
    course: Option<&Slug>,
    question: Option<&Slug>,
    most: i64,
) -> Result<Vec<RegradeRow>, Broken> {
    let mut statement = sql(format!("{REGRADE} WHERE TRUE"));
    if let Some(course) = course {
        statement = statement.push(" AND course_id = ?").bind(course);
    }
    if let Some(question) = question {
        statement = statement.push(" AND question_id = ?").bind(question);
    }
    statement.push(" ORDER BY applied_at DESC, id DESC LIMIT ?").bind(&most).all(r)
}

/// The correction with this id.
///
/// # Errors
/// The database is away.
pub fn regrade(r: &mut Reading<'_>, id: Id<ids::Regrade>) -> Result<Option<RegradeRow>, Broken> {
    sql(format!("{REGRADE} WHERE id = ?")).bind(&id).maybe(r)
}

/// One correction of an attempt, with what it was and became.
#[derive(Clone, Debug)]
pub struct AttemptCorrection {
    pub at: Time,
    pub reason: String,
    pub question_id: Slug,
    pub from_hash: String,
    pub to_hash: Option<String>,
    pub old: Outcome,
    pub new: Outcome,
}

/// The corrections of an attempt, the first one first.
///
/// # Errors
/// The database is away, or a result does not read back.
pub fn corrections(r: &mut Reading<'_>, attempt: Id<ids::Attempt>) -> Result<Vec<AttemptCorrection>, Broken> {
    row! {
        struct Kept {
            at: Time,
            reason: String,
            question_id: Slug,
            from_hash: String,
            to_hash: Option<String>,
            old_result: String,
            new_result: String,
        }
    }
    let kept: Vec<Kept> =
        sql("SELECT c.at, n.reason, g.question_id, g.from_hash, g.to_hash, c.old_result, c.new_result \
                               FROM regrade_results c JOIN regrades g ON g.id = c.regrade_id \
                               JOIN regrade_reasons n ON n.regrade_id = g.id \
                               WHERE c.attempt_id = ? ORDER BY c.round")
        .bind(&attempt)
        .all(r)?;
    let read = |text: &str| serde_json::from_str(text).map_err(|error| Broken::defect(format!("{attempt}: {error}")));
    kept.into_iter()
        .map(|kept| {
            Ok(AttemptCorrection {
                at: kept.at,
                old: read(&kept.old_result)?,
                new: read(&kept.new_result)?,
                reason: kept.reason,
                question_id: kept.question_id,
                from_hash: kept.from_hash,
                to_hash: kept.to_hash,
            })
        })
        .collect()
}
