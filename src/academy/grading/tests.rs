//! Marks against an oracle of another make: over plain numbers and the ids of the file, never over a form's tokens.

use super::*;
use crate::{
    base::text::Words,
    curriculum::question::{Blank, Item, Matching, Pair},
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A question, how its parts lie on a form, what was answered (by the ids of the file), and what that is worth.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) question: Question,
    pub(super) on_form: FormQuestion,
    pub(super) answer: Value,
    pub(super) worth: f64,
    /// What it is worth to say nothing at all.
    pub(super) nothing: f64,
}

fn slug(n: usize) -> Slug {
    format!("id-{n}").parse().unwrap()
}

fn words(n: usize) -> Words {
    Words::english(format!("text {n}"))
}

fn choice(n: usize, correct: bool, fraction: Option<i64>) -> Choice {
    Choice { id: slug(n), correct, text: words(n), why: None, fraction: fraction.map(Decimal::from) }
}

/// A form on which the parts lie backwards, under tokens that have nothing to do with their ids.
fn laid(question: Question, parts: Vec<(Slug, Of)>, salt: usize) -> (Question, FormQuestion) {
    let options = parts
        .into_iter()
        .rev()
        .enumerate()
        .map(|(at, (option, of))| super::super::form::FormOption {
            token: format!("o{:08x}", at.wrapping_mul(7_919).wrapping_add(salt)),
            option,
            of,
        })
        .collect();
    let on_form = FormQuestion {
        no: 1,
        question: question.id.clone(),
        hash: question.hash(),
        points: Decimal::ONE,
        objective: None,
        options,
    };
    (question, on_form)
}

pub(super) fn question(body: Body) -> Question {
    Question { id: slug(0), objective: None, points: Decimal::ONE, shuffle: true, ask: words(0), why: None, body }
}

fn token(on_form: &FormQuestion, of: &Of, n: usize) -> String {
    on_form.options.iter().find(|o| o.of == *of && o.option == slug(n)).unwrap().token.clone()
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

prop_compose! {
    /// Single: the one that is right, and the one that is taken.
    fn single()(n in 2..7_usize)(right in 0..n, taken in proptest::option::of(0..n), n in Just(n), salt in 0..9_999_usize) -> Case {
        let options = (0..n).map(|at| choice(at, at == right, None)).collect();
        let parts = (0..n).map(|at| (slug(at), Of::Itself)).collect();
        let (question, on_form) = laid(question(Body::Single { options }), parts, salt);
        let answer = taken.map_or(Value::Null, |at| json!(token(&on_form, &Of::Itself, at)));
        Case { question, on_form, answer, worth: f64::from(u8::from(taken == Some(right))), nothing: 0.0 }
    }
}

prop_compose! {
    /// Multi, in each way of counting.
    fn multi_case()(
        marks in proptest::collection::vec((any::<bool>(), any::<bool>(), -100..=100_i64), 2..7),
        way in 0..4_usize,
        salt in 0..9_999_usize,
    ) -> Case {
        let credit = [Credit::NetCorrect, Credit::AllOrNothing, Credit::EachOption, Credit::Fractions][way];
        let mut marks = marks;
        marks[0].0 = true;
        let options = marks.iter().enumerate().map(|(at, (right, _, fraction))| choice(at, *right, Some(*fraction))).collect();
        let parts = (0..marks.len()).map(|at| (slug(at), Of::Itself)).collect();
        let (question, on_form) = laid(question(Body::Multi { options, credit }), parts, salt);
        let ticked: Vec<String> = marks.iter().enumerate().filter(|(_, (_, ticked, _))| *ticked).map(|(at, _)| token(&on_form, &Of::Itself, at)).collect();
        let rights = marks.iter().filter(|(right, ..)| *right).count() as f64;
        let hits = marks.iter().filter(|(right, ticked, _)| *right && *ticked).count() as f64;
        let misses = marks.iter().filter(|(right, ticked, _)| !*right && *ticked).count() as f64;
        let worth = match credit {
            Credit::NetCorrect => ((hits - misses) / rights).max(0.0),
            Credit::AllOrNothing => f64::from(u8::from(marks.iter().all(|(right, ticked, _)| right == ticked))),
            Credit::EachOption => ratio(marks.iter().filter(|(right, ticked, _)| right == ticked).count(), marks.len()),
            Credit::Fractions => {
                let sum: i64 = marks.iter().filter(|(_, ticked, _)| *ticked).map(|(_, _, fraction)| fraction).sum();
                (sum as f64 / 100.0).clamp(0.0, 1.0)
            }
        };
        let wrongs = marks.iter().filter(|(right, ..)| !right).count();
        let nothing = if matches!(credit, Credit::EachOption) { ratio(wrongs, marks.len()) } else { 0.0 };
        Case { question, on_form, answer: json!(ticked), worth, nothing }
    }
}

prop_compose! {
    /// Grid: each row is true or false, and judged so, otherwise, or not at all.
    fn grid()(rows in proptest::collection::vec((any::<bool>(), proptest::option::of(any::<bool>())), 2..8), salt in 0..9_999_usize) -> Case {
        let choices = rows.iter().enumerate().map(|(at, (truth, _))| choice(at, *truth, None)).collect();
        let parts = (0..rows.len()).map(|at| (slug(at), Of::Itself)).collect();
        let (question, on_form) = laid(question(Body::TrueFalseGrid { rows: choices }), parts, salt);
        let said: serde_json::Map<String, Value> = rows.iter().enumerate().filter_map(|(at, (_, said))| Some((token(&on_form, &Of::Itself, at), json!((*said)?)))).collect();
        let hits = rows.iter().filter(|(truth, said)| *said == Some(*truth)).count();
        Case { question, on_form, answer: Value::Object(said), worth: ratio(hits, rows.len()), nothing: 0.0 }
    }
}

prop_compose! {
    /// Match: each left side has a target, several may share one; each is given a target or none.
    fn pairs()(targets in 2..6_usize)(
        lines in proptest::collection::vec((0..targets, proptest::option::of(0..targets)), 2..7),
        targets in Just(targets),
        salt in 0..9_999_usize,
    ) -> Case {
        let matching = Matching {
            pairs: lines.iter().enumerate().map(|(at, (right, _))| Pair { id: slug(at), left: words(at), right: slug(*right), why: None }).collect(),
            targets: (0..targets).map(|at| Item { id: slug(at), text: words(at) }).collect(),
        };
        let lefts = (0..lines.len()).map(|at| (slug(at), Of::Itself));
        let parts = lefts.chain((0..targets).map(|at| (slug(at), Of::Targets))).collect();
        let (question, on_form) = laid(question(Body::Match(matching)), parts, salt);
        let said: serde_json::Map<String, Value> = lines.iter().enumerate().filter_map(|(at, (_, given))| {
            Some((token(&on_form, &Of::Itself, at), json!(token(&on_form, &Of::Targets, (*given)?))))
        }).collect();
        let hits = lines.iter().filter(|(right, given)| *given == Some(*right)).count();
        Case { question, on_form, answer: Value::Object(said), worth: ratio(hits, lines.len()), nothing: 0.0 }
    }
}

/// How many swaps of neighbours sort a list: another way to count its inversions.
fn swaps(mut list: Vec<usize>) -> usize {
    let mut swapped = 0;
    loop {
        let Some(at) = (1..list.len()).find(|at| list[at - 1] > list[*at]) else { return swapped };
        list.swap(at - 1, at);
        swapped += 1;
    }
}

prop_compose! {
    /// Order: any permutation, or nothing.
    fn order()(n in 2..7_usize)(
        given in Just((0..n).collect::<Vec<usize>>()).prop_shuffle(),
        exact in any::<bool>(),
        nothing in proptest::bool::weighted(0.1),
        salt in 0..9_999_usize,
    ) -> Case {
        let n = given.len();
        let items = (0..n).map(|at| Item { id: slug(at), text: words(at) }).collect();
        let credit = if exact { OrderCredit::Exact } else { OrderCredit::Pairs };
        let parts = (0..n).map(|at| (slug(at), Of::Itself)).collect();
        let (question, on_form) = laid(question(Body::Order { items, credit }), parts, salt);
        let sequence: Vec<String> = given.iter().map(|at| token(&on_form, &Of::Itself, *at)).collect();
        let inversions = swaps(given);
        let worth = match (nothing, exact) {
            (true, _) => 0.0,
            (_, true) => f64::from(u8::from(inversions == 0)),
            (_, false) => 1.0 - ratio(inversions, n * (n - 1) / 2),
        };
        Case { question, on_form, answer: if nothing { Value::Null } else { json!(sequence) }, worth, nothing: 0.0 }
    }
}

prop_compose! {
    /// Cloze: gaps of each kind, filled rightly, wrongly or not at all.
    fn cloze()(gaps in proptest::collection::vec((0..3_usize, proptest::option::of(any::<bool>())), 1..6), salt in 0..9_999_usize) -> Case {
        let of = |at: usize| Of::Gap(slug(at));
        let blanks = gaps.iter().enumerate().map(|(at, (kind, _))| Blank {
            id: slug(at),
            key: match kind {
                0 => BlankKey::Choices(vec![choice(100, false, None), choice(101, true, None)]),
                1 => BlankKey::Accept(vec![Accept::Text("Élan Vital".to_owned()), Accept::Regex("^v[0-9]+$".to_owned())]),
                _ => BlankKey::Number(NumericAnswer::Exact { value: Decimal::new(125, 1), tolerance: Decimal::new(1, 1) }),
            },
            why: None,
        }).collect();
        let choices = |at: usize| [(slug(100), of(at)), (slug(101), of(at))];
        let own = (0..gaps.len()).map(|at| (slug(at), Of::Itself));
        let menus = gaps.iter().enumerate().filter(|(_, (kind, _))| *kind == 0).flat_map(|(at, _)| choices(at));
        let parts = own.chain(menus).collect();
        let (question, on_form) = laid(question(Body::Cloze { text: words(0), blanks }), parts, salt);
        let said: serde_json::Map<String, Value> = gaps.iter().enumerate().filter_map(|(at, (kind, right))| {
            let text = match (kind, (*right)?) {
                (0, right) => token(&on_form, &of(at), if right { 101 } else { 100 }),
                (1, true) => if at % 2 == 0 { "  elan   VITAL ".to_owned() } else { "v12".to_owned() },
                (1, false) => "v".to_owned(),
                (_, true) => "12,6".to_owned(),
                (_, false) => "12.61".to_owned(),
            };
            Some((token(&on_form, &Of::Itself, at), json!(text)))
        }).collect();
        let hits = gaps.iter().filter(|(_, right)| *right == Some(true)).count();
        Case { question, on_form, answer: Value::Object(said), worth: ratio(hits, gaps.len()), nothing: 0.0 }
    }
}

prop_compose! {
    /// True or false, and numbers with a tolerance or a range: in thousandths, so that the oracle can count in whole numbers.
    fn plain()(truth in any::<bool>(), said in any::<bool>(), value in -5_000..5_000_i64, off in -50..50_i64, least in 0..40_i64, kind in 0..3_usize) -> Case {
        let (body, answer, right) = match kind {
            0 => (Body::TrueFalse { answer: truth }, json!(said), truth == said),
            1 => {
                let key = NumericAnswer::Exact { value: Decimal::new(value, 3), tolerance: Decimal::new(least, 3) };
                let given = Decimal::new(value + off, 3).to_string();
                (Body::Numeric { answer: key, unit: None }, json!(given), off.abs() <= least)
            }
            _ => {
                let key = NumericAnswer::Range { low: Decimal::new(value, 3), high: Decimal::new(value + least, 3) };
                let given = Decimal::new(value + off, 3).to_string();
                (Body::Numeric { answer: key, unit: None }, json!(given), (0..=least).contains(&off))
            }
        };
        let (question, on_form) = laid(question(body), Vec::new(), 0);
        Case { question, on_form, answer, worth: f64::from(u8::from(right)), nothing: 0.0 }
    }
}

/// Letters as they can be typed: plain, with accents, in capitals.
const LETTERS: [[&str; 4]; 5] =
    [["a", "à", "A", "Ä"], ["e", "é", "E", "Ê"], ["n", "ñ", "N", "Ñ"], ["c", "ç", "C", "Ç"], ["s", "š", "S", "s"]];

/// Words of letters, typed in one of many ways.
fn typed(words: &[Vec<usize>], way: usize) -> String {
    let mut way = way;
    let mut next = |most: usize| {
        way = way.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (way >> 33) % most
    };
    let mut text = " ".repeat(next(3));
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            text.push_str(["  ", " ", "\t", " \u{a0}"][next(4)]);
        }
        word.iter().for_each(|letter| text.push_str(LETTERS[*letter][next(4)]));
    }
    text + &" ".repeat(next(2))
}

fn some_words() -> impl Strategy<Value = Vec<Vec<usize>>> {
    proptest::collection::vec(proptest::collection::vec(0..LETTERS.len(), 1..4), 1..4)
}

prop_compose! {
    /// Short: words that are accepted however they are typed, and patterns that take them as they stand.
    fn short()(
        keys in proptest::collection::vec(some_words(), 1..4),
        other in some_words(),
        which in proptest::option::of(0..3_usize),
        number in 0..500_u32,
        kind in 0..4_usize,
        way in any::<usize>(),
        other_way in any::<usize>(),
    ) -> Case {
        let mut accept: Vec<Accept> =
            keys.iter().enumerate().map(|(at, key)| Accept::Text(typed(key, other_way.wrapping_add(at)).trim().to_owned())).collect();
        accept.push(Accept::Regex("^v[0-9]{1,2}$".to_owned()));
        let (text, right) = match kind {
            // A pattern is neither blind to case nor to what stands around.
            0 => (format!(" v{number} "), number < 100),
            1 => (format!("V{number}"), false),
            _ => {
                let said = which.and_then(|which| keys.get(which)).unwrap_or(&other);
                (typed(said, way), keys.contains(said))
            }
        };
        let (question, on_form) = laid(question(Body::Short { accept }), Vec::new(), 0);
        Case { question, on_form, answer: json!(text), worth: f64::from(u8::from(right)), nothing: 0.0 }
    }
}

pub(super) fn any_case() -> impl Strategy<Value = Case> {
    prop_oneof![single(), multi_case(), grid(), pairs(), order(), cloze(), plain(), short()]
}

/// The mark as a plain number.
fn plain_number(mark: Mark) -> f64 {
    let text = mark.to_string();
    let (part, whole) = text.split_once('/').unwrap();
    part.parse::<f64>().unwrap() / whole.parse::<f64>().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_agree_with_the_oracle(case in any_case()) {
        let Case { question, on_form, answer, worth, nothing } = case;
        let parsed = Answer::parse(&answer, &on_form, &question).unwrap();
        let given = plain_number(share(&question, &on_form, &parsed));
        prop_assert!((given - worth).abs() < 1e-9, "{given} is not {worth}");
        let empty = plain_number(share(&question, &on_form, &Answer::Empty));
        prop_assert!((empty - nothing).abs() < 1e-9, "nothing is worth {nothing}, not {empty}");
        // What is stored says the same when it is read again.
        let again = Answer::restore(&parsed.to_json(), &on_form, &question);
        prop_assert_eq!(&again, &parsed);
        prop_assert_eq!(share(&question, &on_form, &again), share(&question, &on_form, &parsed));
        // The key is worth everything, and what is wrong on purpose nothing.
        let key = super::super::key::right_answer(&question, &on_form);
        let key = Answer::parse(&key, &on_form, &question).unwrap();
        if !matches!(&question.body, Body::Multi { credit: Credit::Fractions, .. }) {
            prop_assert_eq!(share(&question, &on_form, &key), Mark::ONE);
        }
    }

    #[test]
    fn an_answer_of_another_form_is_refused(case in any_case(), other in 10_000..99_999_usize) {
        let Case { question, on_form, answer, .. } = case;
        if on_form.options.is_empty() || answer.is_null() || answer == json!([]) || answer == json!({}) {
            return Ok(());
        }
        let mut foreign = on_form;
        for (at, option) in foreign.options.iter_mut().enumerate() {
            option.token = format!("x{}", at + other);
        }
        prop_assert!(Answer::parse(&answer, &foreign, &question).is_err());
    }
}
