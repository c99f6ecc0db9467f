//! Marking: each question exactly, then the whole and its objectives against what the form demands.

use super::{
    answer::{Answer, decimal},
    form::{Form, FormQuestion},
    mark::Mark,
};
use crate::{
    base::text::{Slug, folded},
    curriculum::question::{self, Accept, Body, Choice, Credit, NumericAnswer, Question},
};
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

/// Marks one answer as a share of its points, 0 to 1.
#[must_use]
pub fn share(question: &Question, on_form: &FormQuestion, answer: &Answer) -> Mark {
    let chosen = |tokens: &BTreeSet<String>| -> BTreeSet<Slug> {
        on_form.options.iter().filter(|o| tokens.contains(&o.token)).map(|o| o.option.clone()).collect()
    };
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
            all_or_nothing(decimal(text).is_some_and(|number| match key {
                NumericAnswer::Exact { value, tolerance } => (number - *value).abs() <= *tolerance,
                NumericAnswer::Range { low, high } => *low <= number && number <= *high,
            }))
        }
        (Body::Short { accept }, Answer::Text(text)) => all_or_nothing(accept.iter().any(|entry| accepts(entry, text))),
        _ => Mark::ZERO,
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
        Credit::EachOption => Mark::share(count(&|o| o.correct == chosen.contains(&o.id)), count(&|_| true)),
    }
}

fn accepts(entry: &Accept, text: &str) -> bool {
    match entry {
        Accept::Text(accepted) => folded(accepted) == folded(text),
        Accept::Regex(pattern) => question::pattern(pattern).is_ok_and(|regex| regex.is_match(text.trim())),
    }
}

/// Marks a whole form. `questions` are the frozen versions by hash; `answers` are by place.
#[must_use]
pub fn grade(form: &Form, questions: &BTreeMap<String, Arc<Question>>, answers: &BTreeMap<i64, Answer>) -> Outcome {
    let mut objectives: BTreeMap<Slug, (Mark, Mark)> = BTreeMap::new();
    let mut marked = Vec::new();
    for on_form in form.questions() {
        let out_of = Mark::from_decimal(on_form.points);
        let answer = answers.get(&on_form.no).unwrap_or(&Answer::Empty);
        let points =
            questions.get(&on_form.hash).map_or(Mark::ZERO, |question| share(question, on_form, answer) * out_of);
        if let Some(objective) = &on_form.objective {
            let sums = objectives.entry(objective.clone()).or_insert((Mark::ZERO, Mark::ZERO));
            *sums = (sums.0 + points, sums.1 + out_of);
        }
        marked.push(QuestionOutcome { no: on_form.no, points, out_of });
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
    let out_of = form.out_of();
    let passed = points >= Mark::from_decimal(form.pass) * out_of && objectives.iter().all(|o| o.met);
    Outcome { points, out_of, passed, objectives, questions: marked }
}
