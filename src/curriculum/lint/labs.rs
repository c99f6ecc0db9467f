//! Checks of SQL exercises, by running them: the solution holds, and every classic mistake is caught.

use super::View;
use crate::curriculum::{
    lab::{
        dataset::Dataset,
        judge::{self, Task, Verdict},
        order,
        sandbox::BOUNDS,
        trouble::Trouble,
    },
    question::{Body, Lab, Question},
    quiz::{QuizKind, SectionSource},
};
use std::{collections::BTreeSet, sync::Arc};

/// So many hidden sets of rows a question needs, for what works by luck to fail.
const ENOUGH_HIDDEN: usize = 2;

pub(super) fn check(view: &mut View<'_>) {
    let course = view.course;
    let examined = examined(view);
    for question in course.questions() {
        let Body::Sql(lab) = &question.body else { continue };
        let Some(dataset) = course.datasets.get(&lab.dataset).cloned() else { continue };
        let id = question.id.as_str();
        let exam = examined.contains(id);
        hidden(view, id, &dataset, exam);
        if solution(view, question, lab, &dataset, exam) {
            mistakes(view, id, lab, &dataset);
        }
    }
    let used: BTreeSet<_> = course
        .questions()
        .filter_map(|q| if let Body::Sql(lab) = &q.body { Some(&lab.dataset) } else { None })
        .collect();
    for name in course.datasets.keys().filter(|name| !used.contains(name)) {
        view.warn(&["dataset", name.as_str()], "unused-dataset", format!("no question uses the data set `{name}`"));
    }
}

/// The ids of the questions that can stand in an exam.
fn examined(view: &View<'_>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for quiz in view.course.quizzes.iter().filter(|quiz| quiz.kind == QuizKind::Exam) {
        for section in &quiz.sections {
            let questions: &[Arc<Question>] = match &section.source {
                SectionSource::Questions(questions) => questions,
                SectionSource::Draw { bank, .. } => view.course.banks.get(bank).map_or(&[], |bank| &bank.questions),
            };
            ids.extend(questions.iter().map(|question| question.id.to_string()));
        }
    }
    ids
}

fn hidden(view: &mut View<'_>, id: &str, dataset: &Dataset, exam: bool) {
    if dataset.hidden() >= ENOUGH_HIDDEN {
        return;
    }
    let message = format!(
        "the data set `{}` of `{id}` has {} hidden sets of rows; {ENOUGH_HIDDEN} keep a lucky answer from passing",
        dataset.id,
        dataset.hidden()
    );
    let path = ["question", id, "dataset"];
    if exam {
        view.error(&path, "few-hidden-rows", message);
    } else {
        view.warn(&path, "few-hidden-rows", message);
    }
}

/// A solution whose result is left to chance or to the day: it decides nothing in an exam.
fn undetermined(view: &mut View<'_>, id: &str, exam: bool, why: &str) {
    let (path, message) = (["question", id, "solution"], format!("the solution of `{id}` {why}"));
    if exam {
        view.error(&path, "solution-undetermined", message);
    } else {
        view.warn(&path, "solution-undetermined", message);
    }
}

/// Whether the solution runs everywhere.
fn solution(view: &mut View<'_>, question: &Question, lab: &Lab, dataset: &Dataset, exam: bool) -> bool {
    let id = question.id.as_str();
    let path = ["question", id, "solution"];
    for (name, image) in dataset.images() {
        match image.run(&lab.solution) {
            Err(Trouble::Clock { what }) => {
                undetermined(view, id, true, &format!("says `{what}`, which differs from one run to the next"));
                return false;
            }
            Err(trouble) => {
                let spot = trouble.spot().map(|spot| format!(" (its line {}, column {})", spot.line, spot.column));
                let message =
                    format!("the solution of `{id}` fails on `{name}`: {trouble}{}", spot.unwrap_or_default());
                view.error(&path, "solution-fails", message);
                return false;
            }
            Ok(table) if name == "visible" && table.rows.is_empty() => {
                let message = format!("the solution of `{id}` returns no row on the visible data");
                view.error(&path, "solution-empty", message);
                return false;
            }
            Ok(table) if table.steps * 4 > BOUNDS.steps => {
                let message = format!(
                    "the solution of `{id}` takes more than a quarter of the steps that a learner has on `{name}`"
                );
                view.warn(&path, "solution-costly", message);
            }
            Ok(_) => {}
        }
    }
    let task = Task::from(lab);
    match judge::words(&task, &lab.solution) {
        Some(Verdict::Lacks(phrase)) => {
            let message = format!("the solution of `{id}` does not say `{phrase}`, which it requires");
            view.error(&["question", id, "require"], "solution-breaks-words", message);
        }
        Some(Verdict::Uses(phrase)) => {
            let message = format!("the solution of `{id}` says `{phrase}`, which it forbids");
            view.error(&["question", id, "forbid"], "solution-breaks-words", message);
        }
        _ => {}
    }
    let (sorted, limited) = order::ends(&lab.solution);
    if limited && !sorted {
        undetermined(view, id, exam, "has a LIMIT and no ORDER BY: which rows come is left to chance");
    }
    if let Some(starter) = &lab.starter
        && judge::judge(&task, dataset, starter).is_right()
    {
        view.error(&["question", id, "starter"], "starter-is-right", format!("the starter of `{id}` is right already"));
    }
    true
}

/// Every statement with a classic mistake runs on the visible data, and differs somewhere.
fn mistakes(view: &mut View<'_>, id: &str, lab: &Lab, dataset: &Dataset) {
    let path = ["question", id, "must_fail"];
    if lab.must_fail.is_empty() {
        let message =
            format!("`{id}` names no statement that must fail; one classic mistake shows that its data is good");
        view.warn(&["question", id], "no-must-fail", message);
    }
    let task = Task::from(lab);
    for (no, wrong) in lab.must_fail.iter().enumerate() {
        let no = no + 1;
        match judge::judge(&task, dataset, wrong) {
            Verdict::Right => {
                let message =
                    format!("the statement {no} of `must_fail` of `{id}` is as right as the solution, on all data");
                view.error(&path, "must-fail-passes", message);
            }
            Verdict::Fails(trouble) => {
                let message =
                    format!("the statement {no} of `must_fail` of `{id}` does not run, and shows nothing: {trouble}");
                view.warn(&path, "must-fail-broken", message);
            }
            _ => {}
        }
    }
}
