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
    /// By place: how long each took, as a share of the whole time.
    paces: Vec<f64>,
    pub(super) outcome: Outcome,
    pub(super) questions: Vec<Arc<Question>>,
}

impl Paper {
    /// Each answer with its place and the seconds from the start to its save, where the exam took so many.
    pub(super) fn saves(&self, seconds: f64) -> impl Iterator<Item = (i64, &str, i64)> {
        let whole: f64 = self.paces.iter().sum::<f64>().max(f64::EPSILON);
        let mut spent = 0.0;
        self.answers.iter().zip(&self.paces).map(move |((no, answer), pace)| {
            spent += pace / whole * seconds;
            #[expect(clippy::cast_possible_truncation, reason = "seconds of one exam")]
            (*no, answer.as_str(), spent.floor() as i64)
        })
    }
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
    let by_hash: BTreeMap<String, Arc<Question>> =
        questions.iter().map(|question| (question.hash(), Arc::clone(question))).collect();
    let (mut said, mut answers, mut paces) = (BTreeMap::new(), Vec::new(), Vec::new());
    for on_form in form.questions() {
        let Some(question) = by_hash.get(&on_form.hash) else { continue };
        let right = rng.random::<f64>() < chance(question, strength);
        let value = if right { right_answer(question, on_form) } else { wrong_answer(question, on_form) };
        said.insert(on_form.no, Answer::restore(&value, on_form, question));
        answers.push((on_form.no, value.to_string()));
        // What is hard takes longer, and everybody has a pace of their own.
        paces.push((2.2 + hard(question)) * rng.random_range(0.6..1.4));
    }
    let outcome = grading::grade(&form, QuizKind::Exam, &by_hash, &said, &BTreeMap::new());
    Paper { form, answers, paces, outcome, questions }
}

/// How hard a question is, from -1.9 to 0.1: its own name says.
fn hard(question: &Question) -> f64 {
    f64::from(mark(question) % 100) / 50.0 - 1.9
}

fn mark(question: &Question) -> u32 {
    question.id.as_str().bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
}

/// How likely somebody is right. A few questions mislead the strong, as happens in any bank.
fn chance(question: &Question, strength: f64) -> f64 {
    let misleads = matches!(question.body, Body::Single { .. }) && mark(question) % 29 == 3;
    let slope = if misleads { -0.7 } else { 1.3 };
    1.0 / (1.0 + (hard(question) - slope * strength).exp())
}
