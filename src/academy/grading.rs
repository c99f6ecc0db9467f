//! Marking: each question exactly, then the whole and its objectives against what the form demands.

use super::{
    answer::{Answer, decimal},
    form::{Form, FormQuestion, Of},
    mark::Mark,
};
use crate::{
    base::text::{Slug, folded},
    curriculum::{
        question::{self, Accept, BlankKey, Body, Choice, Credit, NumericAnswer, OrderCredit, Question},
        quiz::QuizKind,
    },
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What an attempt was worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub points: Mark,
    pub out_of: Mark,
    pub passed: bool,
    pub objectives: Vec<ObjectiveOutcome>,
    pub questions: Vec<QuestionOutcome>,
}

/// What it was worth within one objective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveOutcome {
    pub objective: Slug,
    pub points: Mark,
    pub out_of: Mark,
    /// Whether its own minimum, if it has one, is reached.
    pub met: bool,
}

/// What one answer was worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionOutcome {
    pub no: i64,
    pub points: Mark,
    pub out_of: Mark,
}

/// Marks one answer as a share of its points, 0 to 1. Statements and prose are marked elsewhere, and give 0 here.
#[must_use]
pub fn share(question: &Question, on_form: &FormQuestion, answer: &Answer) -> Mark {
    let chosen = |tokens: &BTreeSet<String>| -> BTreeSet<Slug> {
        on_form.options_of(&Of::Itself).filter(|o| tokens.contains(&o.token)).map(|o| o.option.clone()).collect()
    };
    let itself = |token: &String| on_form.behind(&Of::Itself, token);
    let all_or_nothing = |right: bool| if right { Mark::ONE } else { Mark::ZERO };
    match (&question.body, answer) {
        (_, Answer::Empty) if !matches!(&question.body, Body::Multi { credit: Credit::EachOption, .. }) => Mark::ZERO,
        (Body::Single { options }, Answer::One(token)) => {
            let picked = chosen(&BTreeSet::from([token.clone()]));
            all_or_nothing(options.iter().any(|o| o.correct && picked.contains(&o.id)))
        }
        (Body::Multi { options, credit }, Answer::Many(tokens)) => multi(options, *credit, &chosen(tokens)),
        (Body::Multi { options, credit }, Answer::Empty) => multi(options, *credit, &BTreeSet::new()),
        (Body::TrueFalse { answer: key }, Answer::Truth(truth)) => all_or_nothing(key == truth),
        (Body::Numeric { answer: key, .. }, Answer::Number(text)) => {
            all_or_nothing(decimal(text).is_some_and(|number| hits(key, number)))
        }
        (Body::Short { accept }, Answer::Text(text)) => all_or_nothing(accept.iter().any(|entry| accepts(entry, text))),
        (Body::TrueFalseGrid { rows }, Answer::Truths(judged)) => {
            let right = |(token, truth): &(&String, &bool)| {
                itself(token).is_some_and(|id| rows.iter().any(|row| row.id == *id && row.correct == **truth))
            };
            Mark::share(number_of(judged.iter().filter(right).count()), number_of(rows.len()))
        }
        (Body::Match(key), Answer::Pairs(made)) => {
            let right = |(left, right): &(&String, &String)| {
                let pair = itself(left).and_then(|id| key.pairs.iter().find(|pair| pair.id == *id));
                pair.is_some_and(|pair| on_form.behind(&Of::Targets, right) == Some(&pair.right))
            };
            Mark::share(number_of(made.iter().filter(right).count()), number_of(key.pairs.len()))
        }
        (Body::Order { items, credit }, Answer::Sequence(order)) => {
            let places: Vec<usize> = order
                .iter()
                .filter_map(|token| items.iter().position(|item| Some(&item.id) == itself(token)))
                .collect();
            in_order(&places, *credit)
        }
        (Body::Cloze { blanks, .. }, Answer::Gaps(filled)) => {
            let right = |(gap, text): &(&String, &String)| {
                let blank = itself(gap).and_then(|id| blanks.iter().find(|blank| blank.id == *id));
                blank.is_some_and(|blank| fills(blank, on_form, text))
            };
            Mark::share(number_of(filled.iter().filter(right).count()), number_of(blanks.len()))
        }
        _ => Mark::ZERO,
    }
}

fn number_of(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn hits(key: &NumericAnswer, number: Decimal) -> bool {
    match key {
        NumericAnswer::Exact { value, tolerance } => {
            number.checked_sub(*value).is_some_and(|apart| apart.abs() <= *tolerance)
        }
        NumericAnswer::Range { low, high } => *low <= number && number <= *high,
    }
}

/// Whether what stands in a gap is right.
pub(crate) fn fills(blank: &question::Blank, on_form: &FormQuestion, text: &str) -> bool {
    match &blank.key {
        BlankKey::Choices(choices) => {
            let picked = on_form.behind(&Of::Gap(blank.id.clone()), text);
            choices.iter().any(|choice| choice.correct && Some(&choice.id) == picked)
        }
        BlankKey::Accept(accept) => accept.iter().any(|entry| accepts(entry, text)),
        BlankKey::Number(key) => decimal(text).is_some_and(|number| hits(key, number)),
    }
}

/// `places` are the right places of the items in the order that was given.
fn in_order(places: &[usize], credit: OrderCredit) -> Mark {
    let all = places.len() * places.len().saturating_sub(1) / 2;
    let kept: usize = places
        .iter()
        .enumerate()
        .map(|(at, place)| places.iter().skip(at + 1).filter(|later| *later > place).count())
        .sum();
    match credit {
        OrderCredit::Pairs => Mark::share(number_of(kept), number_of(all)),
        OrderCredit::Exact if kept == all => Mark::ONE,
        OrderCredit::Exact => Mark::ZERO,
    }
}

fn multi(options: &[Choice], credit: Credit, chosen: &BTreeSet<Slug>) -> Mark {
    let count =
        |holds: &dyn Fn(&Choice) -> bool| i64::try_from(options.iter().filter(|o| holds(o)).count()).unwrap_or(0);
    let correct = count(&|o| o.correct);
    let right = count(&|o| o.correct && chosen.contains(&o.id));
    let wrong = count(&|o| !o.correct && chosen.contains(&o.id));
    match credit {
        Credit::NetCorrect => Mark::share((right - wrong).max(0), correct),
        Credit::AllOrNothing => {
            if right == correct && wrong == 0 {
                Mark::ONE
            } else {
                Mark::ZERO
            }
        }
        Credit::Fractions => {
            let sum: Decimal = options.iter().filter(|o| chosen.contains(&o.id)).filter_map(|o| o.fraction).sum();
            // Three thirds written as 33.33333 are the whole.
            let near = (sum - Decimal::ONE_HUNDRED).abs() <= Decimal::new(1, 3);
            let sum = if near { Decimal::ONE_HUNDRED } else { sum };
            Mark::from_decimal(sum.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED) / Decimal::ONE_HUNDRED)
        }
        Credit::EachOption => Mark::share(count(&|o| o.correct == chosen.contains(&o.id)), count(&|_| true)),
    }
}

fn accepts(entry: &Accept, text: &str) -> bool {
    match entry {
        Accept::Text(accepted) => folded(accepted) == folded(text),
        Accept::Regex(pattern) => question::pattern(pattern).is_ok_and(|regex| regex.is_match(text.trim())),
    }
}

/// Whether an answer to this question counts in a quiz of this kind: prose is only looked at in practice.
#[must_use]
pub fn counts(question: &Question, kind: QuizKind) -> bool {
    kind == QuizKind::Exam || !question.needs_person()
}

/// Marks a whole form. `questions` are the frozen versions by hash; `answers` are by place; `judged` are the shares, by
/// place, of what is marked elsewhere: statements by the lab, prose by a person.
#[must_use]
pub fn grade(
    form: &Form,
    kind: QuizKind,
    questions: &BTreeMap<String, Arc<Question>>,
    answers: &BTreeMap<i64, Answer>,
    judged: &BTreeMap<i64, Mark>,
) -> Outcome {
    let marked = form.questions().map(|on_form| {
        let question = questions.get(&on_form.hash);
        let counts = question.is_none_or(|question| counts(question, kind));
        let out_of = if counts { Mark::from_decimal(on_form.points) } else { Mark::ZERO };
        let answer = answers.get(&on_form.no).unwrap_or(&Answer::Empty);
        let by_rule = || question.map_or(Mark::ZERO, |question| share(question, on_form, answer));
        let points = judged.get(&on_form.no).copied().unwrap_or_else(by_rule) * out_of;
        QuestionOutcome { no: on_form.no, points, out_of }
    });
    let marked = marked.collect();
    total(form, marked)
}

/// The whole and its objectives from the marks of the questions, against what the form demands.
#[must_use]
pub fn total(form: &Form, marked: Vec<QuestionOutcome>) -> Outcome {
    let mut objectives: BTreeMap<Slug, (Mark, Mark)> = BTreeMap::new();
    for mark in &marked {
        if let Some(objective) = form.question(mark.no).and_then(|on_form| on_form.objective.as_ref()) {
            let sums = objectives.entry(objective.clone()).or_insert((Mark::ZERO, Mark::ZERO));
            *sums = (sums.0 + mark.points, sums.1 + mark.out_of);
        }
    }
    let objectives: Vec<ObjectiveOutcome> = objectives
        .into_iter()
        .map(|(objective, (points, out_of))| {
            let met = form
                .per_objective_min
                .get(&objective)
                .is_none_or(|least| points >= Mark::from_decimal(*least) * out_of);
            ObjectiveOutcome { objective, points, out_of, met }
        })
        .collect();
    let points: Mark = marked.iter().map(|q| q.points).sum();
    let out_of: Mark = marked.iter().map(|q| q.out_of).sum();
    let passed = points >= Mark::from_decimal(form.pass) * out_of && objectives.iter().all(|o| o.met);
    Outcome { points, out_of, passed, objectives, questions: marked }
}

#[cfg(test)]
mod forms;
#[cfg(test)]
mod tests;
