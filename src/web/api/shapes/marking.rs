//! Prose that waits for a person, on the wire: without a word of whose it is.

use super::AttemptId;
use crate::{
    academy::attempt::State,
    actions::mark_answer::Waiting,
    base::{
        clock::Time,
        text::{Language, Slug},
    },
    curriculum::{
        question::Body,
        render::{self, Links},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Number;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An answer that waits to be marked.
#[derive(Serialize, ToSchema)]
pub(in crate::web::api) struct AnswerToMark {
    attempt: AttemptId,
    /// Its place on the form.
    question: i64,
    course: Slug,
    quiz: Slug,
    course_title: String,
    quiz_title: String,
    /// When it was handed in.
    since: Time,
    /// What it is worth.
    points: f64,
    /// Safe HTML.
    ask_html: String,
    /// As it was written.
    answer: String,
    /// What is looked for.
    rubric: Vec<RubricLine>,
    /// What good prose says.
    model_html: Option<String>,
}

/// A criterion.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"id": "purpose", "html": "Names the first purpose", "most": 2.0}))]
pub(in crate::web::api) struct RubricLine {
    /// Its name in the marks.
    id: Slug,
    html: String,
    /// Its most points; the least are 0.
    most: f64,
}

impl AnswerToMark {
    pub(in crate::web::api) fn of(waiting: &Waiting, language: Language, links: &Links) -> Self {
        let html = |text: &crate::base::text::Words| render::markdown(text.get(language), links).html;
        Self {
            attempt: waiting.attempt,
            question: waiting.no,
            course: waiting.course.clone(),
            quiz: waiting.quiz.clone(),
            course_title: waiting.course_title.get(language).to_owned(),
            quiz_title: waiting.quiz_title.get(language).to_owned(),
            since: waiting.since,
            points: waiting.points.rounded(),
            ask_html: html(&waiting.question.ask),
            answer: waiting.answer.clone(),
            rubric: waiting
                .rubric
                .iter()
                .map(|criterion| RubricLine {
                    id: criterion.id.clone(),
                    html: render::inline(criterion.text.get(language)),
                    most: crate::academy::mark::Mark::from_decimal(criterion.weight).rounded(),
                })
                .collect(),
            model_html: match &waiting.question.body {
                Body::FreeText { model, .. } => model.as_ref().map(html),
                _ => None,
            },
        }
    }
}

/// Points by criterion, and a comment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"criteria": {"purpose": 1.5, "way": 1}, "comment": "Well argued."}))]
pub(in crate::web::api) struct Marks {
    /// For each criterion of the rubric its points, from 0 to its most.
    #[schema(value_type = BTreeMap<String, f64>)]
    pub(in crate::web::api) criteria: BTreeMap<Slug, Number>,
    /// For the person who wrote it.
    #[serde(default)]
    pub(in crate::web::api) comment: String,
}

/// What became of the attempt.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"attempt": "att_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f", "state": "graded"}))]
pub(in crate::web::api) struct MarkedBody {
    pub(in crate::web::api) attempt: AttemptId,
    /// `graded` once nothing of it waits any more, else `pending_review`.
    pub(in crate::web::api) state: State,
}
