//! Made-up exam papers: a drawn form, answers by somebody of a certain strength, and the mark that they earn.

use crate::{
    academy::{
        answer::Answer,
        form::{self, Form},
        grading::{self, Outcome},
        key::{right_answer, wrong_answer},
    },
    base::refusal::Broken,
    curriculum::{
        course::Course,
        question::{Body, Question},
        quiz::{Quiz, QuizKind},
    },
};
use rand::{Rng, RngExt};
use std::{collections::BTreeMap, sync::Arc};

/// A paper that was handed in and marked.
pub(super) struct Paper {
    pub(super) form: Form,
    /// By place.
    pub(super) answers: Vec<(i64, String)>,
    pub(super) outcome: Outcome,
    pub(super) questions: Vec<Arc<Question>>,
}

/// How an exam should end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Passed,
    Failed,
    /// As it comes.
    Either,
}

/// Draws forms and answers them until one ends as it should; `strength` is about 0 for most people, from -2 to 2.
pub(super) fn paper(
    course: &Course,
    exam: &Quiz,
    strength: f64,
    end: End,
    rng: &mut impl Rng,
) -> Result<Paper, Broken> {
    let mut strength = strength;
    for _ in 0..200 {
        let paper = answered(course, exam, strength, rng);
        match end {
            End::Passed if !paper.outcome.passed => strength += 0.25,
            End::Failed if paper.outcome.passed => strength -= 0.25,
            _ => return Ok(paper),
        }
    }
    Err(Broken::defect(format!("nobody ends {} of {} like that", exam.id, course.id)))
}

fn answered(course: &Course, exam: &Quiz, strength: f64, rng: &mut impl Rng) -> Paper {
    let (form, questions) = form::draw(course, exam, &Vec::new(), rng);
    let by_hash: BTreeMap<String, Question> =
        questions.iter().map(|question| (question.hash(), Question::clone(question))).collect();
    let (mut said, mut answers) = (BTreeMap::new(), Vec::new());
    for on_form in form.questions() {
        let Some(question) = by_hash.get(&on_form.hash) else { continue };
        let right = rng.random::<f64>() < chance(question, strength);
        let value = if right { right_answer(question, on_form) } else { wrong_answer(question, on_form) };
        said.insert(on_form.no, Answer::restore(&value, on_form, question));
        answers.push((on_form.no, value.to_string()));
    }
    let outcome = grading::grade(&form, QuizKind::Exam, &by_hash, &said, &BTreeMap::new());
    Paper { form, answers, outcome, questions }
}

/// How likely somebody is right: by a difficulty that the question's own name gives. A few questions mislead the strong, as
/// happens in any bank.
fn chance(question: &Question, strength: f64) -> f64 {
    let mark = question.id.as_str().bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let hard = f64::from(mark % 100) / 50.0 - 1.9;
    let misleads = matches!(question.body, Body::Single { .. }) && mark % 29 == 3;
    let slope = if misleads { -0.7 } else { 1.3 };
    1.0 / (1.0 + (hard - slope * strength).exp())
}
