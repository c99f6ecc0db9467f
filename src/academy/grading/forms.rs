//! Whole forms against an oracle: random attempts at every type, with points, objectives and a pass mark, added up in whole
//! numbers.

use super::{
    super::form::FormSection,
    tests::{Case, any_case, question},
    *,
};
use crate::{base::text::Words, curriculum::quiz::Review};
use proptest::prelude::*;

/// Every worth is a whole number of these: the least common multiple of all denominators that a case has.
const PARTS: f64 = 1_801_800.0;

/// A place of a form: a case, its points in hundredths, its objective, and how far it is answered.
#[derive(Debug)]
struct Place {
    case: Case,
    hundredths: i64,
    objective: Option<u8>,
    /// Whether something was handed in for it.
    said: bool,
}

/// What somebody else marks: a statement by the lab, prose by a person, in quarters; none where it waits or says nothing.
#[derive(Debug)]
struct Judged {
    prose: bool,
    hundredths: i64,
    objective: Option<u8>,
    quarters: Option<i64>,
}

fn objective(n: u8) -> Slug {
    format!("objective-{n}").parse().unwrap()
}

fn points() -> impl Strategy<Value = i64> {
    prop_oneof![Just(100_i64), Just(50), 1..500_i64]
}

prop_compose! {
    fn place()(
        case in any_case(),
        hundredths in points(),
        objective in proptest::option::of(0..3_u8),
        said in proptest::bool::weighted(0.9),
    ) -> Place {
        Place { case, hundredths, objective, said }
    }
}

prop_compose! {
    fn judged()(
        prose in any::<bool>(),
        hundredths in points(),
        objective in proptest::option::of(0..3_u8),
        quarters in proptest::option::of(0..=4_i64),
    ) -> Judged {
        Judged { prose, hundredths, objective, quarters }
    }
}

/// Points reached and possible, in hundredths of a point and parts of it.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    points: i128,
    out_of: i128,
}

impl Sum {
    fn add(&mut self, hundredths: i64, parts: i128) {
        self.points += i128::from(hundredths) * parts;
        self.out_of += i128::from(hundredths) * PARTS as i128;
    }

    /// Whether so many percent are reached.
    fn reaches(self, percent: u32) -> bool {
        self.points * 100 >= i128::from(percent) * self.out_of
    }
}

/// The same sum as exact marks.
fn marks(sum: Sum) -> (Mark, Mark) {
    let of = |value: i128| {
        let text = format!("{value}/{}", 100 * PARTS as i128);
        text.parse::<Mark>().unwrap()
    };
    (of(sum.points), of(sum.out_of))
}

fn prose() -> Body {
    Body::FreeText { rubric: Vec::new(), model: None }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whole_forms_agree_with_the_oracle(
        places in proptest::collection::vec(place(), 0..14),
        others in proptest::collection::vec(judged(), 0..3),
        pass in prop_oneof![Just(50_u32), Just(75), 0..=100_u32],
        least in proptest::collection::btree_map(0..4_u8, prop_oneof![Just(50_u32), 0..=100_u32], 0..3),
        exam in any::<bool>(),
    ) {
        let kind = if exam { QuizKind::Exam } else { QuizKind::Practice };
        let (mut on_forms, mut questions, mut answers, mut handed) = (Vec::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (mut whole, mut by_objective): (Sum, BTreeMap<u8, Sum>) = (Sum::default(), BTreeMap::new());
        let mut expected = Vec::new();
        for Place { case, hundredths, objective: of, said } in &places {
            let no = i64::try_from(on_forms.len()).unwrap() + 1;
            // Two places may hold the same question; the version names it.
            let mut on_form = case.on_form.clone();
            (on_form.no, on_form.points, on_form.objective) = (no, Decimal::new(*hundredths, 2), of.map(objective));
            on_form.hash = format!("hash-{no}");
            questions.insert(on_form.hash.clone(), Arc::new(case.question.clone()));
            let answer = Answer::parse(&case.answer, &on_form, &case.question).unwrap();
            // Ticking nothing is worth the wrong options where each option counts by itself.
            let worth = if *said { case.worth } else { case.nothing };
            if *said {
                answers.insert(no, answer);
            }
            let parts = (worth * PARTS).round() as i128;
            whole.add(*hundredths, parts);
            if let Some(of) = of {
                by_objective.entry(*of).or_default().add(*hundredths, parts);
            }
            let mut own = Sum::default();
            own.add(*hundredths, parts);
            expected.push((no, own));
            on_forms.push(on_form);
        }
        for Judged { prose: is_prose, hundredths, objective: of, quarters } in &others {
            let no = i64::try_from(on_forms.len()).unwrap() + 1;
            // The lab's statements are marked like prose, by somebody else; only prose has no place in practice.
            let body = if *is_prose { prose() } else { Body::TrueFalse { answer: true } };
            let asked = question(body);
            let hash = format!("hash-{no}");
            on_forms.push(FormQuestion {
                no,
                question: asked.id.clone(),
                hash: hash.clone(),
                points: Decimal::new(*hundredths, 2),
                objective: of.map(objective),
                options: Vec::new(),
            });
            questions.insert(hash, Arc::new(asked));
            if let Some(quarters) = quarters {
                handed.insert(no, Mark::share(*quarters, 4));
            }
            let counts = exam || !is_prose;
            let mut own = Sum::default();
            if counts {
                own.add(*hundredths, i128::from(quarters.unwrap_or(0)) * (PARTS as i128 / 4));
            }
            expected.push((no, own));
            for sum in [Some(&mut whole), of.map(|of| by_objective.entry(of).or_default())].into_iter().flatten() {
                sum.points += own.points;
                sum.out_of += own.out_of;
            }
        }
        let form = Form {
            course_title: Words::english("course"),
            title: Words::english("exam"),
            pass: Decimal::new(i64::from(pass), 2),
            per_objective_min: least.iter().map(|(n, percent)| (objective(*n), Decimal::new(i64::from(*percent), 2))).collect(),
            review: Review::Everything,
            objectives: BTreeMap::new(),
            // Two sections: a form is one sum all the same.
            sections: {
                let rest = on_forms.split_off(on_forms.len() / 2);
                [on_forms, rest].map(|questions| FormSection { title: None, questions }).to_vec()
            },
        };
        let outcome = grade(&form, kind, &questions, &answers, &handed);
        prop_assert_eq!(outcome.questions.len(), expected.len());
        for (mark, (no, sum)) in outcome.questions.iter().zip(&expected) {
            prop_assert_eq!((mark.no, (mark.points, mark.out_of)), (*no, marks(*sum)));
        }
        prop_assert_eq!((outcome.points, outcome.out_of), marks(whole));
        prop_assert_eq!(outcome.objectives.len(), by_objective.len());
        for found in &outcome.objectives {
            let (n, sum) = by_objective.iter().find(|(n, _)| objective(**n) == found.objective).unwrap();
            prop_assert_eq!((found.points, found.out_of), marks(*sum));
            prop_assert_eq!(found.met, least.get(n).is_none_or(|percent| sum.reaches(*percent)));
        }
        let minima = by_objective.iter().all(|(n, sum)| least.get(n).is_none_or(|percent| sum.reaches(*percent)));
        prop_assert_eq!(outcome.passed, whole.reaches(pass) && minima);
    }
}
