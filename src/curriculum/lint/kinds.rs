//! Checks of the richer questions: what can be guessed without knowing anything, and what asks for a person.

use super::View;
use crate::{
    base::text::Slug,
    curriculum::{
        question::{Body, Question},
        quiz::{QuizKind, SectionSource},
    },
};
use std::collections::BTreeSet;

pub(super) fn check(view: &mut View<'_>) {
    let course = view.course;
    let examined = examined(view);
    for question in course.questions() {
        let id = question.id.as_str();
        guessable(view, question);
        if !examined.contains(&question.id) {
            continue;
        }
        match &question.body {
            Body::Match(matching) => {
                // Where each target is used once and none is left, the last pairs come by themselves.
                let used: BTreeSet<&Slug> = matching.pairs.iter().map(|pair| &pair.right).collect();
                if used.len() == matching.pairs.len() && used.len() == matching.targets.len() {
                    let message = format!(
                        "`{id}` has as many targets as pairs, so that the last one is found by leaving out; add `extra`"
                    );
                    view.warn(&["question", id, "pairs"], "match-without-extra", message);
                }
            }
            Body::FreeText { .. } => {
                let message = format!("an exam with `{id}` waits for a person to mark it before it has a result");
                view.warn(&["question", id], "needs-person", message);
            }
            _ => {}
        }
    }
}

/// What can be found without knowing anything.
fn guessable(view: &mut View<'_>, question: &Question) {
    let id = question.id.as_str();
    match &question.body {
        Body::TrueFalseGrid { rows } => {
            let first = rows.first().map(|row| row.correct);
            if let Some(first) = first.filter(|first| rows.iter().all(|row| row.correct == *first)) {
                let message = format!("every row of `{id}` is {first}: mix true and false");
                view.warn(&["question", id, "rows"], "grid-all-same", message);
            }
        }
        Body::Order { items, .. } if items.len() == 2 => {
            let message = format!("`{id}` puts two items in order, which a coin could; give it three or more");
            view.warn(&["question", id, "items"], "order-of-two", message);
        }
        _ => {}
    }
}

/// The questions that may stand on an exam.
fn examined(view: &View<'_>) -> BTreeSet<Slug> {
    let course = view.course;
    let sources = course.quizzes.iter().filter(|quiz| quiz.kind == QuizKind::Exam).flat_map(|quiz| &quiz.sections);
    let questions = sources.flat_map(|section| match &section.source {
        SectionSource::Questions(questions) => questions.as_slice(),
        SectionSource::Draw { bank, .. } => course.banks.get(bank).map_or(&[][..], |bank| &bank.questions),
    });
    questions.map(|question| question.id.clone()).collect()
}
