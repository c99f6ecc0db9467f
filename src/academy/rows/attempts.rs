//! Attempts, their frozen forms and their questions in the database.

use crate::{
    academy::{
        attempt::{Attempt, State},
        form::{Form, Seen},
        grading::Outcome,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    curriculum::{question::Question, quiz::QuizKind},
    db::{
        Cells, Column, Reading, Writing, sql,
        sql::{Family, Value, row},
    },
};
use std::collections::BTreeMap;

impl Column for QuizKind {
    const FAMILY: Family = Family::Text;
    fn to_value(&self) -> Value {
        Value::Text(Some(match self {
            Self::Practice => "practice".to_owned(),
            Self::Exam => "exam".to_owned(),
        }))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> diesel::deserialize::Result<Self> {
        match String::from_cell(cells, column)?.as_str() {
            "practice" => Ok(Self::Practice),
            "exam" => Ok(Self::Exam),
            other => Err(format!("`{other}` is no kind of quiz").into()),
        }
    }
}

row! {
    struct AttemptRow {
        id: Id<ids::Attempt>,
        person_id: Id<ids::Person>,
        course_id: Slug,
        quiz_id: Slug,
        kind: QuizKind,
        course_version: i64,
        state: State,
        started_at: Time,
        deadline_at: Option<Time>,
        finished_at: Option<Time>,
        graded_at: Option<Time>,
        passed: Option<bool>,
        basis_points: Option<i64>,
        time_factor_percent: i64,
    }
}

impl From<AttemptRow> for Attempt {
    fn from(row: AttemptRow) -> Self {
        Self {
            id: row.id,
            person_id: row.person_id,
            course_id: row.course_id,
            quiz_id: row.quiz_id,
            kind: row.kind,
            course_version: row.course_version,
            state: row.state,
            started_at: row.started_at,
            deadline_at: row.deadline_at,
            finished_at: row.finished_at,
            graded_at: row.graded_at,
            passed: row.passed,
            basis_points: row.basis_points,
            time_factor_percent: row.time_factor_percent,
        }
    }
}

const ATTEMPT: &str = "SELECT id, person_id, course_id, quiz_id, kind, course_version, state, started_at, deadline_at, \
                       finished_at, graded_at, passed, basis_points, time_factor_percent FROM attempts";

/// The attempt with this id.
///
/// # Errors
/// The database is away.
pub fn attempt(r: &mut Reading<'_>, id: Id<ids::Attempt>) -> Result<Option<Attempt>, Broken> {
    Ok(sql(format!("{ATTEMPT} WHERE id = ?")).bind(&id).maybe::<AttemptRow>(r)?.map(Attempt::from))
}

/// The open attempt of a person at a quiz.
///
/// # Errors
/// The database is away.
pub fn open_attempt(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    course: &Slug,
    quiz: &Slug,
) -> Result<Option<Attempt>, Broken> {
    Ok(sql(format!("{ATTEMPT} WHERE person_id = ? AND course_id = ? AND quiz_id = ? AND state = 'in_progress'"))
        .bind(&person)
        .bind(course)
        .bind(quiz)
        .maybe::<AttemptRow>(r)?
        .map(Attempt::from))
}

/// A person's attempts, oldest first; of one course where given.
///
/// # Errors
/// The database is away.
pub fn attempts(r: &mut Reading<'_>, person: Id<ids::Person>, course: Option<&Slug>) -> Result<Vec<Attempt>, Broken> {
    let mut statement = sql(format!("{ATTEMPT} WHERE person_id = ?")).bind(&person);
    if let Some(course) = course {
        statement = statement.push(" AND course_id = ?").bind(course);
    }
    let rows: Vec<AttemptRow> = statement.push(" ORDER BY started_at, id LIMIT 2000").all(r)?;
    Ok(rows.into_iter().map(Attempt::from).collect())
}

/// Attempts that were handed in and are not marked, in some states, the oldest first.
pub(super) fn attempts_where(r: &mut Reading<'_>, states: &str, most: i64) -> Result<Vec<Attempt>, Broken> {
    let unmarked = "state IN ('submitted', 'expired', 'pending_review')";
    let rows: Vec<AttemptRow> =
        sql(format!("{ATTEMPT} WHERE {unmarked} AND {states} ORDER BY finished_at LIMIT ?")).bind(&most).all(r)?;
    Ok(rows.into_iter().map(Attempt::from).collect())
}

/// Starts an attempt unless the person has one open at this quiz; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_attempt(w: &mut Writing<'_>, attempt: &Attempt, form: &Form) -> Result<bool, Broken> {
    let form = serde_json::to_string(form).map_err(Broken::defect)?;
    Ok(sql("INSERT INTO attempts (id, person_id, course_id, quiz_id, kind, course_version, state, started_at, \
            deadline_at, form, time_factor_percent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(&attempt.id)
    .bind(&attempt.person_id)
    .bind(&attempt.course_id)
    .bind(&attempt.quiz_id)
    .bind(&attempt.kind)
    .bind(&attempt.course_version)
    .bind(&attempt.state)
    .bind(&attempt.started_at)
    .bind(&attempt.deadline_at)
    .bind(&form)
    .bind(&attempt.time_factor_percent)
    .run(w)?
        == 1)
}

/// The frozen form of an attempt.
///
/// # Errors
/// The database is away, or the form does not read back.
pub fn form(r: &mut Reading<'_>, id: Id<ids::Attempt>) -> Result<Form, Broken> {
    let text: String = sql("SELECT form AS word FROM attempts WHERE id = ?").bind(&id).one(r)?;
    serde_json::from_str(&text).map_err(|error| Broken::defect(format!("the form of {id}: {error}")))
}

/// What an attempt counts for: a marked one's result, as the latest correction left it. What was first given stays in its
/// row; only statistics look at that.
pub(super) const RESULT: &str = "COALESCE((SELECT c.new_result FROM regrade_results c WHERE c.attempt_id = attempts.id \
                                 ORDER BY c.round DESC LIMIT 1), attempts.result) AS result";

/// What an attempt is worth, once it is marked, after all corrections.
///
/// # Errors
/// The database is away, or the result does not read back.
pub fn outcome(r: &mut Reading<'_>, id: Id<ids::Attempt>) -> Result<Option<Outcome>, Broken> {
    row! { struct Kept { result: Option<String> } }
    let kept: Option<Kept> = sql(format!("SELECT {RESULT} FROM attempts WHERE id = ?")).bind(&id).maybe(r)?;
    match kept.and_then(|kept| kept.result) {
        None => Ok(None),
        Some(text) => serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| Broken::defect(format!("the result of {id}: {error}"))),
    }
}

/// Keeps the questions of a form by their hash, so that it can be marked whatever becomes of the files.
///
/// # Errors
/// The database is away.
pub fn keep_questions<'a>(
    w: &mut Writing<'_>,
    course: &Slug,
    questions: impl IntoIterator<Item = &'a Question>,
) -> Result<(), Broken> {
    for question in questions {
        let body = serde_json::to_string(question).map_err(Broken::defect)?;
        sql("INSERT INTO question_versions (hash, course_id, question_id, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(&question.hash())
            .bind(course)
            .bind(&question.id)
            .bind(&body)
            .run(w)?;
    }
    Ok(())
}

/// The frozen questions of a form, by hash.
///
/// # Errors
/// The database is away, or one does not read back.
pub fn questions(r: &mut Reading<'_>, form: &Form) -> Result<BTreeMap<String, Question>, Broken> {
    row! { struct Kept { hash: String, body: String } }
    let hashes: Vec<&str> = form.questions().map(|q| q.hash.as_str()).collect();
    if hashes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places = vec!["?"; hashes.len()].join(", ");
    let mut statement = sql(format!("SELECT hash, body FROM question_versions WHERE hash IN ({places})"));
    for hash in &hashes {
        statement = statement.bind(hash);
    }
    let mut questions = BTreeMap::new();
    for kept in statement.all::<Kept>(r)? {
        let question = serde_json::from_str(&kept.body)
            .map_err(|error| Broken::defect(format!("the question {}: {error}", kept.hash)))?;
        questions.insert(kept.hash, question);
    }
    Ok(questions)
}

/// One frozen question of a form.
///
/// # Errors
/// The database is away, or it does not read back.
pub fn question(r: &mut Reading<'_>, hash: &str) -> Result<Question, Broken> {
    let body: String = sql("SELECT body AS word FROM question_versions WHERE hash = ?").bind(&hash).one(r)?;
    serde_json::from_str(&body).map_err(|error| Broken::defect(format!("the question {hash}: {error}")))
}

/// Which questions a person met in the last attempts at a quiz, latest first.
///
/// # Errors
/// The database is away.
pub fn seen(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    course: &Slug,
    quiz: &Slug,
    attempts: i64,
) -> Result<Seen, Broken> {
    if attempts == 0 {
        return Ok(Vec::new());
    }
    let forms: Vec<String> =
        sql("SELECT form AS word FROM attempts WHERE person_id = ? AND course_id = ? AND quiz_id = ? \
                                  ORDER BY started_at DESC LIMIT ?")
        .bind(&person)
        .bind(course)
        .bind(quiz)
        .bind(&attempts)
        .all(r)?;
    forms
        .iter()
        .map(|text| {
            let form: Form = serde_json::from_str(text).map_err(Broken::defect)?;
            Ok(form.questions().map(|q| q.question.clone()).collect())
        })
        .collect()
}

/// Holds an attempt's row to the end of the transaction, so that no save slips past its submission (PostgreSQL).
///
/// # Errors
/// The database is away.
pub fn hold(w: &mut Writing<'_>, id: Id<ids::Attempt>) -> Result<(), Broken> {
    if !w.engine_sql("", "FOR NO KEY UPDATE").is_empty() {
        sql("SELECT 1::BIGINT AS n FROM attempts WHERE id = ? FOR NO KEY UPDATE").bind(&id).maybe::<i64>(w)?;
    }
    Ok(())
}

/// Notes when answering ended.
///
/// # Errors
/// The database is away.
pub fn finish(w: &mut Writing<'_>, id: Id<ids::Attempt>, at: Time) -> Result<(), Broken> {
    sql("UPDATE attempts SET finished_at = ? WHERE id = ?").bind(&at).bind(&id).run(w)?;
    Ok(())
}

/// Keeps the mark.
///
/// # Errors
/// The database is away.
pub fn keep_outcome(w: &mut Writing<'_>, id: Id<ids::Attempt>, outcome: &Outcome) -> Result<(), Broken> {
    let now = w.now();
    let text = serde_json::to_string(outcome).map_err(Broken::defect)?;
    sql("UPDATE attempts SET graded_at = ?, result = ?, passed = ?, basis_points = ? WHERE id = ?")
        .bind(&now)
        .bind(&text)
        .bind(&outcome.passed)
        .bind(&outcome.points.basis_points(outcome.out_of))
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// Open attempts whose time, with grace, was over before now.
///
/// # Errors
/// The database is away.
pub fn overdue(r: &mut Reading<'_>, most: i64) -> Result<Vec<Attempt>, Broken> {
    let before = r.at().plus_seconds(-crate::academy::attempt::GRACE_SECONDS);
    let rows: Vec<AttemptRow> =
        sql(format!("{ATTEMPT} WHERE state = 'in_progress' AND deadline_at <= ? ORDER BY deadline_at LIMIT ?"))
            .bind(&before)
            .bind(&most)
            .all(r)?;
    Ok(rows.into_iter().map(Attempt::from).collect())
}
