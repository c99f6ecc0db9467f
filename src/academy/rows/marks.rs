//! What was marked beside the form's own rules, and everything that marking an attempt needs.

use crate::{
    academy::{
        answer::Answer,
        attempt::Attempt,
        form::Form,
        grading::{self, Outcome},
        mark::Mark,
        rows,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    curriculum::question::{Body, Question},
    db::{Reading, Writing, sql, sql::row},
};
use std::{collections::BTreeMap, sync::Arc};

/// Who judges what the form's own rules cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// The SQL lab.
    Lab,
    /// A person.
    Person,
}
crate::db::sql::word_column!(Judge { Lab => "lab", Person => "person" });

row! {
    /// One answer's mark by the lab or a person.
    #[derive(Clone, Debug)]
    pub struct MarkRow {
        pub question_no: i64,
        pub share: String,
        pub judge: Judge,
        pub marked_by: String,
        pub marked_at: Time,
        pub criteria: Option<String>,
        pub comment: Option<String>,
    }
}

impl MarkRow {
    /// The share of the question's points.
    #[must_use]
    pub fn share(&self) -> Mark {
        self.share.parse().unwrap_or(Mark::ZERO)
    }

    /// The share of each criterion.
    #[must_use]
    pub fn criteria(&self) -> BTreeMap<Slug, Mark> {
        self.criteria.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }
}

/// Everything that marking an attempt needs.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub form: Arc<Form>,
    /// By hash.
    pub questions: BTreeMap<String, Arc<Question>>,
    /// By place.
    pub answers: BTreeMap<i64, Answer>,
    /// By place: what the lab and people have marked.
    pub marks: BTreeMap<i64, MarkRow>,
}

impl Sheet {
    /// Reads the sheet of an attempt.
    ///
    /// # Errors
    /// The database is away, or a question was not kept.
    pub fn read(r: &mut Reading<'_>, attempt: &Attempt) -> Result<Self, Broken> {
        let form = rows::form(r, attempt.id)?;
        let questions = rows::questions(r, &form)?;
        let mut answers = BTreeMap::new();
        for (no, row) in rows::answers(r, attempt.id)? {
            let Some(on_form) = form.question(no) else { continue };
            let Some(question) = questions.get(&on_form.hash) else {
                return Err(Broken::defect(format!("question {no} of {} was not kept", attempt.id)));
            };
            answers.insert(no, Answer::restore(&row.json(), on_form, question));
        }
        let marks = answer_marks(r, attempt.id)?;
        Ok(Self { form, questions, answers, marks })
    }

    /// The answers that still wait for their judge: those that say something and count.
    #[must_use]
    pub fn unjudged(&self, attempt: &Attempt) -> Vec<(i64, Judge)> {
        let waits = |on_form: &crate::academy::form::FormQuestion| {
            let question = self.questions.get(&on_form.hash)?;
            let judge = match &question.body {
                Body::Sql(_) => Judge::Lab,
                Body::FreeText { .. } if grading::counts(question, attempt.kind) => Judge::Person,
                _ => return None,
            };
            let said = self.answers.get(&on_form.no).is_some_and(|answer| *answer != Answer::Empty);
            (said && !self.marks.contains_key(&on_form.no)).then_some((on_form.no, judge))
        };
        self.form.questions().filter_map(waits).collect()
    }

    /// What the attempt was worth.
    #[must_use]
    pub fn grade(&self, attempt: &Attempt) -> Outcome {
        let judged = self.marks.iter().map(|(no, row)| (*no, row.share())).collect();
        grading::grade(&self.form, attempt.kind, &self.questions, &self.answers, &judged)
    }
}

/// What the lab and people have marked of an attempt, by place.
///
/// # Errors
/// The database is away.
pub fn answer_marks(r: &mut Reading<'_>, id: Id<ids::Attempt>) -> Result<BTreeMap<i64, MarkRow>, Broken> {
    let rows: Vec<MarkRow> = sql("SELECT question_no, share, judge, marked_by, marked_at, criteria, comment \
                                  FROM answer_marks WHERE attempt_id = ? ORDER BY question_no")
    .bind(&id)
    .all(r)?;
    Ok(rows.into_iter().map(|row| (row.question_no, row)).collect())
}

/// Keeps a mark unless the answer has one; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn keep_mark(w: &mut Writing<'_>, id: Id<ids::Attempt>, mark: &MarkRow) -> Result<bool, Broken> {
    Ok(sql(
        "INSERT INTO answer_marks (attempt_id, question_no, share, judge, marked_by, marked_at, criteria, comment) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&id)
    .bind(&mark.question_no)
    .bind(&mark.share)
    .bind(&mark.judge)
    .bind(&mark.marked_by)
    .bind(&mark.marked_at)
    .bind(&mark.criteria)
    .bind(&mark.comment)
    .run(w)?
        == 1)
}

/// Attempts that were handed in and wait for the lab (`submitted`, `expired`) or a person (`pending_review`), the oldest
/// first.
///
/// # Errors
/// The database is away.
pub fn unmarked(r: &mut Reading<'_>, for_person: bool, most: i64) -> Result<Vec<Attempt>, Broken> {
    let states = if for_person { "state = 'pending_review'" } else { "state IN ('submitted', 'expired')" };
    rows::attempts_where(r, states, most)
}
