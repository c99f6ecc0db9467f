//! Correcting is the same as having marked by the right key from the start.

use super::*;
use crate::{
    academy::{form, key},
    base::text::Words,
    curriculum::{
        question::{Choice, Credit},
        quiz::{QuizKind, Review},
    },
};
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use rust_decimal::Decimal;
use std::sync::Arc;

const IDS: [&str; 5] = ["a", "b", "c", "d", "e"];

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn question(id: &str, points: i64, options: &[(usize, bool)], multi: Option<Credit>) -> Question {
    let options = options
        .iter()
        .map(|(at, correct)| Choice {
            id: slug(IDS[*at]),
            correct: *correct,
            text: Words::english(IDS[*at]),
            why: None,
            fraction: None,
        })
        .collect();
    Question {
        id: slug(id),
        objective: Some(slug(if points > 1 { "hard" } else { "easy" })),
        points: Decimal::from(points),
        shuffle: true,
        ask: Words::english("?"),
        why: None,
        body: match multi {
            Some(credit) => Body::Multi { options, credit },
            None => Body::Single { options },
        },
    }
}

/// A version of the question under correction: which of five options there are, which are right, how it counts.
fn version() -> impl Strategy<Value = Question> {
    let credit = prop_oneof![
        Just(None),
        Just(Some(Credit::NetCorrect)),
        Just(Some(Credit::AllOrNothing)),
        Just(Some(Credit::EachOption))
    ];
    (prop::collection::vec(any::<bool>(), 5), prop::collection::vec(any::<bool>(), 5), 0..5_usize, 1..4_i64, credit)
        .prop_map(|(present, correct, first, points, credit)| {
            let options: Vec<(usize, bool)> = (0..5)
                .filter(|at| *at == first || present[*at])
                .map(|at| (at, if credit.is_some() { at == first || correct[at] } else { at == first }))
                .collect();
            question("q-x", points, &options, credit)
        })
}

fn whole_form(questions: &[Question], seed: u64) -> Form {
    let mut rng = StdRng::seed_from_u64(seed);
    let questions = questions.iter().enumerate();
    Form {
        course_title: Words::english("c"),
        title: Words::english("t"),
        pass: Decimal::new(60, 2),
        per_objective_min: BTreeMap::from([(slug("hard"), Decimal::new(50, 2))]),
        review: Review::ScoreAndObjectives,
        objectives: BTreeMap::new(),
        sections: vec![form::FormSection {
            title: None,
            questions: questions.map(|(at, q)| form::place(i64::try_from(at).unwrap() + 1, q, &mut rng)).collect(),
        }],
    }
}

proptest! {
    #[test]
    fn a_correction_equals_marking_by_the_new_key_from_scratch(
        old in version(),
        new in version(),
        ticks in prop::collection::vec(any::<bool>(), 5),
        others in prop::collection::vec(any::<bool>(), 3),
        seed in any::<u64>(),
    ) {
        let beside: Vec<Question> = (0..3).map(|n| question(&format!("q-{n}"), 1 + n % 2, &[(0, true), (1, false)], None)).collect();
        let all: Vec<Question> = std::iter::once(old.clone()).chain(beside).collect();
        let frozen = whole_form(&all, seed);
        let by_hash: BTreeMap<String, Arc<Question>> = all.iter().map(|q| (q.hash(), Arc::new(q.clone()))).collect();
        let mut answers = BTreeMap::new();
        for on_form in frozen.questions().skip(1) {
            let question = &by_hash[&on_form.hash];
            let right = others[usize::try_from(on_form.no).unwrap() - 2];
            let value = if right { key::right_answer(question, on_form) } else { key::wrong_answer(question, on_form) };
            answers.insert(on_form.no, Answer::restore(&value, on_form, question));
        }
        let first = frozen.question(1).unwrap();
        let picked: Vec<&form::FormOption> =
            first.options.iter().filter(|o| ticks[IDS.iter().position(|id| *id == o.option.as_str()).unwrap()]).collect();
        let value = match &old.body {
            Body::Single { .. } => picked.first().map_or(serde_json::Value::Null, |o| o.token.clone().into()),
            _ => picked.iter().map(|o| o.token.clone()).collect::<Vec<_>>().into(),
        };
        answers.insert(1, Answer::restore(&value, first, &old));
        let before = grading::grade(&frozen, QuizKind::Exam, &by_hash, &answers, &BTreeMap::new());
        let correction = Correction { from: &first.hash.clone(), treatment: Treatment::NewKey, to: Some(&new) };
        let ours = correction.apply(&frozen, &before, &answers);

        // From scratch: the form with the new version in its place, the answer given again option by option.
        let mut renewed = frozen.clone();
        let place = renewed.sections[0].questions.first_mut().unwrap();
        place.hash = new.hash();
        place.points = new.points;
        place.options.retain(|o| new.options().iter().any(|choice| choice.id == o.option));
        let chosen: Vec<String> = picked.iter().filter(|o| place.options.iter().any(|p| p.token == o.token)).map(|o| o.token.clone()).collect();
        let chosen: Vec<String> = if matches!(old.body, Body::Single { .. }) {
            // Of a single question only the one that was chosen; if that is gone, none.
            picked.first().filter(|o| chosen.contains(&o.token)).map(|o| o.token.clone()).into_iter().collect()
        } else {
            chosen
        };
        let again = match &new.body {
            Body::Single { .. } if chosen.len() == 1 => Answer::One(chosen[0].clone()),
            Body::Multi { .. } if !chosen.is_empty() => Answer::Many(chosen.into_iter().collect()),
            _ => Answer::Empty,
        };

        answers.insert(1, again);
        let mut by_hash = by_hash;
        by_hash.insert(new.hash(), Arc::new(new.clone()));
        let theirs = grading::grade(&renewed, QuizKind::Exam, &by_hash, &answers, &BTreeMap::new());
        // The objective stays the one that the form was drawn for.
        prop_assert_eq!(&ours, &theirs);

        // Doing it again changes nothing; full marks and setting aside do what they say.
        prop_assert_eq!(&correction.apply(&frozen, &ours, &BTreeMap::from([(1, answers_of(&frozen, &old, &picked))])), &ours);
        let full = Correction { treatment: Treatment::FullMarks, ..correction.clone() }.apply(&frozen, &before, &BTreeMap::new());
        prop_assert_eq!(full.questions[0].points, full.questions[0].out_of);
        prop_assert!(full.passed || !before.passed, "full marks fail nobody");
        let aside = Correction { treatment: Treatment::SetAside, ..correction }.apply(&frozen, &before, &BTreeMap::new());
        prop_assert_eq!(aside.questions[0].out_of, Mark::ZERO);
        let rest: Mark = aside.questions.iter().skip(1).map(|q| q.points).sum();
        prop_assert_eq!(aside.points, rest);
    }
}

fn answers_of(frozen: &Form, old: &Question, picked: &[&form::FormOption]) -> Answer {
    let first = frozen.question(1).unwrap();
    let value = match &old.body {
        Body::Single { .. } => picked.first().map_or(serde_json::Value::Null, |o| o.token.clone().into()),
        _ => picked.iter().map(|o| o.token.clone()).collect::<Vec<_>>().into(),
    };
    Answer::restore(&value, first, old)
}

#[test]
fn where_nothing_is_left_everybody_stays_as_they_are() {
    let only = question("q-x", 1, &[(0, true), (1, false)], None);
    let form = whole_form(std::slice::from_ref(&only), 7);
    let by_hash = BTreeMap::from([(only.hash(), Arc::new(only.clone()))]);
    let failed = grading::grade(&form, QuizKind::Exam, &by_hash, &BTreeMap::new(), &BTreeMap::new());
    let hash = only.hash();
    let aside = Correction { from: &hash, treatment: Treatment::SetAside, to: None };
    assert!(!aside.apply(&form, &failed, &BTreeMap::new()).passed);
}

#[test]
fn versions_are_compared_option_by_option() {
    let old = question("q-x", 1, &[(0, true), (1, false), (2, false)], None);
    let new = question("q-x", 1, &[(0, false), (1, true), (3, false)], None);
    let found = difference(&old, &new);
    assert_eq!(found.added, [slug("d")]);
    assert_eq!(found.removed, [slug("c")]);
    assert_eq!(found.rekeyed, [slug("a"), slug("b")]);
    let mut truth = new.clone();
    truth.body = Body::TrueFalse { answer: true };
    assert!(matches!(comparable(&old, &truth), Err(RegradeRefusal::TypeChanged { .. })));
    truth.body = Body::FreeText { rubric: Vec::new(), model: None };
    assert!(matches!(comparable(&truth, &truth), Err(RegradeRefusal::NeedsJudge)));
}
