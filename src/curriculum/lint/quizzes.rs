//! Checks of quizzes and of the banks that they draw from.

use super::View;
use crate::{
    base::text::{Slug, nearest},
    curriculum::{
        bank::Bank,
        question::{Body, Credit, Question},
        quiz::{Quiz, QuizKind, Review, SectionSource},
    },
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A bank should hold so many times what is drawn from it.
const POOL: usize = 3;

pub(super) fn check(view: &mut View<'_>) {
    let course = view.course;
    let mut drawn = BTreeSet::new();
    for quiz in &course.quizzes {
        rules(view, quiz);
        draws(view, quiz, &mut drawn);
        if quiz.kind == QuizKind::Exam {
            exam(view, quiz);
        }
    }
    for bank in course.banks.keys().filter(|bank| !drawn.contains(*bank)) {
        view.warn(&["bank", bank.as_str()], "unused-bank", format!("no quiz draws from the bank `{bank}`"));
    }
}

/// What a practice quiz and a module's check may say.
fn rules(view: &mut View<'_>, quiz: &Quiz) {
    let id = quiz.id.as_str();
    if let Some(module) = &quiz.module {
        if quiz.kind == QuizKind::Exam {
            let message = "a module's check is a practice; exams stand in the folder `exams`".to_owned();
            view.error(&["quiz", id, "kind"], "check-is-exam", message);
        }
        let expected = format!("check-{module}");
        if id != expected {
            let at = view.at(&["quiz", id, "id"]);
            let message = format!("the check of the module `{module}` is called `{expected}`");
            view.report.error_near(&at, "wrong-id", message, Some(&expected));
        }
    }
    if quiz.kind == QuizKind::Practice {
        for key in ["time_limit", "attempts", "per_objective_min"] {
            if view.places.has(&[view.course.id.as_str(), "quiz", id, key]) {
                view.warn(&["quiz", id, key], "exam-only-setting", format!("`{key}` has no effect in a practice"));
            }
        }
    }
    if let Some(limits) = &quiz.attempts {
        let window = limits.per.approximate_micros();
        if let Some(pause) = limits.cooldown.iter().find(|pause| pause.approximate_micros() > window) {
            let message = format!(
                "a pause of {pause} is longer than the window of {}: it is over with the window, and never waited for",
                limits.per
            );
            view.warn(&["quiz", id, "attempts"], "cooldown-outlives-window", message);
        }
    }
    for objective in quiz.per_objective_min.keys() {
        view.known_objective(objective, &["quiz", id, "per_objective_min"]);
    }
}

/// Draws take from banks that exist and hold enough.
fn draws(view: &mut View<'_>, quiz: &Quiz, drawn: &mut BTreeSet<Slug>) {
    let course = view.course;
    let mut wanted: BTreeMap<&Slug, (usize, String)> = BTreeMap::new();
    for (at, section) in quiz.sections.iter().enumerate() {
        let SectionSource::Draw { bank, count, .. } = &section.source else { continue };
        drawn.insert(bank.clone());
        let at = at.to_string();
        if course.banks.contains_key(bank) {
            wanted.entry(bank).or_insert((0, at)).0 += count;
        } else if !view.declared("bank", bank.as_str()) {
            let near = nearest(bank.as_str(), course.banks.keys().map(Slug::as_str));
            let place = view.at(&["quiz", quiz.id.as_str(), "sections", &at, "draw"]);
            view.report.error_near(&place, "unknown-bank", format!("this course has no bank `{bank}`"), near);
        }
    }
    for (bank, (count, at)) in wanted {
        let pool = declared(view, bank);
        let path = ["quiz", quiz.id.as_str(), "sections", &at, "draw"];
        if count > pool {
            let message = format!("{count} questions are drawn from `{bank}`, which holds only {pool}");
            view.error(&path, "draw-too-many", message);
        } else if count * POOL > pool && quiz.kind == QuizKind::Exam {
            let message = format!(
                "{count} of {pool} questions are drawn from `{bank}`; with {} or more, two attempts differ well",
                count * POOL
            );
            view.warn(&path, "small-pool", message);
        }
    }
}

/// How many questions a bank's file holds, those with errors included.
fn declared(view: &View<'_>, bank: &Slug) -> usize {
    let course = view.course.id.as_str();
    let listed = |at: &usize| view.places.has(&[course, "bank", bank.as_str(), "questions", &at.to_string()]);
    (0..).take_while(listed).count()
}

/// An exam can be passed, and asks for something.
fn exam(view: &mut View<'_>, quiz: &Quiz) {
    let id = quiz.id.as_str();
    if quiz.pass.is_zero() {
        let message = "this exam is passed with nothing right: its pass mark is 0".to_owned();
        view.error(&["quiz", id, "pass"], "pass-mark-zero", message);
    }
    if quiz.review == Review::Everything {
        let message = "after this exam everybody sees the key of its questions".to_owned();
        view.warn(&["quiz", id, "review"], "exam-shows-key", message);
    }
    let course = view.course;
    let pool: Vec<&Question> = quiz.sections.iter().flat_map(|section| possible(view, &section.source)).collect();
    for (objective, minimum) in &quiz.per_objective_min {
        if *minimum == Decimal::ZERO || course.objective(objective).is_none() {
            continue;
        }
        let path = ["quiz", id, "per_objective_min"];
        if !pool.iter().any(|question| question.objective.as_ref() == Some(objective)) {
            let message =
                format!("nobody can pass: a minimum is set for `{objective}`, and no question of this exam tests it");
            view.error(&path, "pass-mark-unreachable", message);
        } else if !quiz.sections.iter().any(|section| always(view, &section.source, objective)) {
            let message = format!("a minimum is set for `{objective}`, and a draw may hold no question that tests it");
            view.warn(&path, "objective-by-chance", message);
        }
    }
    let mut seen = BTreeSet::new();
    for question in pool {
        if !seen.insert(&question.id) {
            continue;
        }
        let path = ["question", question.id.as_str()];
        if question.objective.is_none() {
            let message =
                format!("the exam question `{}` names no objective, so no result by objective counts it", question.id);
            view.warn(&path, "missing-objective", message);
        }
        if let Body::Multi { credit: Credit::EachOption, .. } = &question.body {
            let message = "with `each_option`, ticking nothing scores; in an exam use `net_correct`".to_owned();
            view.warn(&["question", question.id.as_str(), "credit"], "each-option-in-exam", message);
        }
    }
}

/// The questions that a section may show.
fn possible<'a>(view: &View<'a>, source: &'a SectionSource) -> Vec<&'a Question> {
    match source {
        SectionSource::Questions(questions) => questions.iter().map(AsRef::as_ref).collect(),
        SectionSource::Draw { bank, .. } => {
            let bank: Option<&Bank> = view.course.banks.get(bank);
            bank.map(|bank| bank.questions.iter().map(AsRef::as_ref).collect()).unwrap_or_default()
        }
    }
}

/// Whether a section shows a question on this objective every time.
fn always(view: &View<'_>, source: &SectionSource, objective: &Slug) -> bool {
    let pool = possible(view, source);
    let tests = |question: &&Question| question.objective.as_ref() == Some(objective);
    let others = pool.iter().filter(|question| !tests(question)).count();
    match source {
        SectionSource::Questions(_) => others < pool.len(),
        SectionSource::Draw { count, by_objective, .. } => {
            let objectives: BTreeSet<_> = pool.iter().map(|question| &question.objective).collect();
            pool.iter().any(tests) && (*count > others || *by_objective && *count >= objectives.len())
        }
    }
}
