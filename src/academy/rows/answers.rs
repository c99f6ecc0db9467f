//! Saved answers in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};
use std::collections::BTreeMap;

row! {
    /// A saved answer.
    #[derive(Clone, Debug)]
    pub struct AnswerRow {
        pub question_no: i64,
        pub revision: i64,
        pub answer: String,
        pub flagged: bool,
        pub saved_at: Time,
    }
}

impl AnswerRow {
    /// The answer as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.answer).unwrap_or(serde_json::Value::Null)
    }
}

/// The saved answers of an attempt by place.
///
/// # Errors
/// The database is away.
pub fn answers(r: &mut Reading<'_>, id: Id<ids::Attempt>) -> Result<BTreeMap<i64, AnswerRow>, Broken> {
    let rows: Vec<AnswerRow> =
        sql("SELECT question_no, revision, answer, flagged, saved_at FROM answers WHERE attempt_id = ? ORDER BY question_no")
            .bind(&id)
            .all(r)?;
    Ok(rows.into_iter().map(|row| (row.question_no, row)).collect())
}

/// Saves an answer over the revision it was made from; tells whether that was still the newest (0 means none yet).
///
/// # Errors
/// The database is away.
pub fn save_answer(
    w: &mut Writing<'_>,
    id: Id<ids::Attempt>,
    no: i64,
    from_revision: i64,
    answer: &str,
    flagged: bool,
) -> Result<bool, Broken> {
    let now = w.now();
    let saved = if from_revision == 0 {
        sql("INSERT INTO answers (attempt_id, question_no, revision, answer, flagged, saved_at, first_saved_at) \
             VALUES (?, ?, 1, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&id)
        .bind(&no)
        .bind(&answer)
        .bind(&flagged)
        .bind(&now)
        .bind(&now)
        .run(w)?
    } else {
        sql("UPDATE answers SET revision = revision + 1, answer = ?, flagged = ?, saved_at = ? \
             WHERE attempt_id = ? AND question_no = ? AND revision = ?")
        .bind(&answer)
        .bind(&flagged)
        .bind(&now)
        .bind(&id)
        .bind(&no)
        .bind(&from_revision)
        .run(w)?
    };
    Ok(saved == 1)
}
