//! The figures against an independent reckoning (tests/statistics/oracle.py, with numpy), and their edges.

use super::*;
use crate::{
    base::{clock::Time, ids::Id, text::Slug},
    curriculum::question::{Body, Choice, Question},
};
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const MATRIX: &str = include_str!("../../../tests/statistics/matrix.json");
const EXPECTED: &str = include_str!("../../../tests/statistics/expected.json");

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn question(id: &str) -> Question {
    let option = |id: &str| Choice {
        id: slug(id),
        correct: id == "a",
        text: crate::base::text::Words::english(id),
        why: None,
        fraction: None,
    };
    Question {
        id: slug(id),
        objective: None,
        points: Decimal::ONE,
        shuffle: true,
        ask: crate::base::text::Words::english(id),
        why: None,
        body: Body::Single { options: vec![option("a"), option("b"), option("c")] },
    }
}

/// Everybody's sheet of one exam of the fixture; a version's hash is the question's name here.
fn sittings(exam: &str) -> Vec<Sitting> {
    let matrix: Value = serde_json::from_str(MATRIX).unwrap();
    let people = matrix[exam].as_array().unwrap().iter().enumerate();
    people
        .map(|(n, sheet)| {
            let placed = sheet.as_object().unwrap().iter().map(|(name, answer)| Placed {
                question: name.clone(),
                hash: name.clone(),
                points: answer[0].as_f64().unwrap(),
                out_of: answer[1].as_f64().unwrap(),
                chosen: answer[2].as_str().map(slug).into_iter().collect(),
                seconds: answer[3].as_f64(),
                by_new_key: None,
            });
            sitting(exam, n, placed.collect())
        })
        .collect()
}

fn sitting(quiz: &str, n: usize, placed: Vec<Placed>) -> Sitting {
    let at = Time::from_micros(1_000_000 * i64::try_from(n + 1).unwrap());
    Sitting {
        attempt: Id::new(at),
        person: Id::new(at),
        quiz: slug(quiz),
        started_at: at,
        passed: n.is_multiple_of(2),
        corrected: None,
        placed,
    }
}

fn versions() -> BTreeMap<String, Question> {
    let with_options = (1..=12).filter(|n| n % 4 != 2);
    with_options.map(|n| (format!("q{n}"), question(&format!("q{n}")))).collect()
}

#[track_caller]
fn same(what: &str, ours: Option<f64>, theirs: &Value) {
    match (ours, theirs.as_f64()) {
        (None, None) => assert!(theirs.is_null(), "{what}"),
        (Some(ours), Some(theirs)) => assert!((ours - theirs).abs() < 1e-9, "{what}: {ours} is not {theirs}"),
        (ours, theirs) => panic!("{what}: {ours:?} is not {theirs:?}"),
    }
}

#[test]
fn every_figure_agrees_with_numpy() {
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let mut compared = 0;
    for exam in ["fixed", "drawn"] {
        let ours = items(&sittings(exam), &versions(), LEAST);
        for (name, theirs) in expected[exam].as_object().unwrap() {
            let item = &ours[name][name];
            assert_eq!(item.answers as u64, theirs["answers"].as_u64().unwrap(), "{exam} {name}");
            let figures = item.figures.as_ref().unwrap();
            let mut check = |what: &str, ours: Option<f64>, theirs: &Value| {
                same(&format!("{exam} {name} {what}"), ours, theirs);
                compared += 1;
            };
            check("facility", Some(figures.facility), &theirs["facility"]);
            check("spread", Some(figures.spread), &theirs["spread"]);
            check("discrimination", figures.discrimination, &theirs["discrimination"]);
            check("efficiency", figures.efficiency, &theirs["efficiency"]);
            check("seconds", figures.seconds, &theirs["seconds"]);
            for (end, at) in [("low", 0), ("high", 1)] {
                let of = |interval: Option<measures::Interval>| interval.map(|i| if at == 0 { i.low } else { i.high });
                check(end, of(figures.facility_interval), &theirs["facility_interval"][at]);
                check(end, of(figures.discrimination_interval), &theirs["discrimination_interval"][at]);
            }
            for option in figures.options.iter().filter(|_| theirs["options"].get("a").is_some()) {
                let theirs = &theirs["options"][option.option.as_str()];
                assert_eq!(option.chosen as u64, theirs["chosen"].as_u64().unwrap(), "{exam} {name} {}", option.option);
                check(option.option.as_str(), option.discrimination, &theirs["discrimination"]);
                check("interval", option.interval.map(|i| i.low), &theirs["interval"][0]);
                check("interval", option.interval.map(|i| i.high), &theirs["interval"][1]);
                check("above the key", option.above_key.map(|i| i.low), &theirs["above_key"][0]);
                check("above the key", option.above_key.map(|i| i.high), &theirs["above_key"][1]);
            }
        }
    }
    let exams = exam_figures(&sittings("fixed"), LEAST);
    let reliability = exams[0].reliability.unwrap();
    same("alpha", Some(reliability.alpha), &expected["alpha"]["alpha"]);
    same("standard error", Some(reliability.standard_error), &expected["alpha"]["standard_error"]);
    assert_eq!((reliability.items, reliability.people, reliability.whole), (8, 60, true));
    assert!(compared > 250, "only {compared} figures were compared");
}

#[test]
fn the_fixture_is_flagged_as_it_was_made() {
    let ours = items(&sittings("fixed"), &versions(), LEAST);
    let codes = |name: &str| -> BTreeSet<&str> {
        flags(ours[name][name].figures.as_ref().unwrap()).iter().map(Flag::code).collect()
    };
    assert!(codes("q3").contains("negative-discrimination"), "{:?}", codes("q3"));
    assert!(codes("q1").contains("distractor-never-chosen"), "{:?}", codes("q1"));
    assert!(!codes("q4").contains("negative-discrimination"));
}

#[test]
fn random_draws_have_no_joint_alpha() {
    let exams = exam_figures(&sittings("drawn"), LEAST);
    assert!(exams[0].reliability.is_none(), "people had different items, and none in common");
    assert!(exams[0].summary.is_some());
    // Two items that everybody had are estimable, and said to be a part of the form.
    let mut anchored = sittings("drawn");
    for (n, sitting) in anchored.iter_mut().enumerate() {
        for (anchor, points) in [("x1", n % 2), ("x2", (n / 2) % 2)] {
            let (points, out_of) = (measures::number(points), 1.0);
            sitting.placed.push(Placed {
                question: anchor.into(),
                hash: anchor.into(),
                points,
                out_of,
                ..Placed::default()
            });
        }
    }
    let reliability = exam_figures(&anchored, LEAST)[0].reliability.unwrap();
    assert_eq!((reliability.items, reliability.people, reliability.whole), (2, 140, false));
}

#[test]
fn what_does_not_vary_has_no_correlation() {
    let placed = |name: &str, points: f64| Placed {
        question: name.into(),
        hash: name.into(),
        points,
        out_of: 1.0,
        chosen: BTreeSet::from([slug("a")]),
        seconds: None,
        by_new_key: None,
    };
    // Everybody has the same third of the points of one, and different marks for the other.
    let all: Vec<Sitting> = (0..25)
        .map(|n| sitting("final", n, vec![placed("q1", 1.0 / 3.0), placed("q2", measures::number(n % 2))]))
        .collect();
    let ours = items(&all, &versions(), LEAST);
    let same = ours["q1"]["q1"].figures.as_ref().unwrap();
    assert_eq!((same.discrimination, same.discrimination_interval, same.efficiency), (None, None, None));
    assert_eq!(same.options[0].discrimination, None, "everybody chose it");
    assert!((same.facility - 1.0 / 3.0).abs() < 1e-12 && same.spread < 1e-12 && same.seconds.is_none());
    // The other varies, but its rest does not.
    assert_eq!(ours["q2"]["q2"].figures.as_ref().unwrap().discrimination, None);
    assert!(exam_figures(&all[..19], LEAST)[0].summary.is_none());
    // A single question has no rest at all.
    let alone: Vec<Sitting> =
        (0..25).map(|n| sitting("final", n, vec![placed("q1", measures::number(n % 2))])).collect();
    let alone = items(&alone, &versions(), LEAST);
    assert_eq!(alone["q1"]["q1"].figures.as_ref().unwrap().discrimination, None);
}

#[test]
fn below_the_least_number_nothing_is_shown() {
    let all = sittings("fixed");
    let few = items(&all[..19], &versions(), LEAST);
    assert!(few.values().flat_map(BTreeMap::values).all(|item| item.figures.is_none() && item.answers == 19));
    let enough = items(&all[..20], &versions(), LEAST);
    assert!(enough.values().flat_map(BTreeMap::values).all(|item| item.figures.is_some()));
}

#[test]
fn only_the_first_sitting_of_a_person_counts_and_all_expose() {
    let mut all = sittings("fixed");
    let again: Vec<Sitting> = all.iter().take(30).cloned().collect();
    all.extend(again);
    let (once, twice) = (items(&all[..60], &versions(), LEAST), items(&all, &versions(), LEAST));
    let (one, two) = (&once["q4"]["q4"], &twice["q4"]["q4"]);
    assert_eq!((one.answers, one.exposure), (60, 60));
    assert_eq!((two.answers, two.exposure), (60, 90));
    assert_eq!(one.figures.as_ref().unwrap().discrimination, two.figures.as_ref().unwrap().discrimination);
}

#[test]
fn fifths_keep_those_who_are_alike_together() {
    let responses: Vec<Response> = (0..50)
        .map(|n| Response {
            share: f64::from(u8::from(n >= 25)),
            rest: Some(if n < 30 { 0.2 } else { measures::number(n) / 50.0 }),
            ..Response::default()
        })
        .collect();
    let trace = figures(&responses, &[]).unwrap().trace;
    assert_eq!(trace.iter().map(|point| point.people).sum::<usize>(), 50);
    assert_eq!((trace[0].fifth, trace[0].people), (2, 30), "thirty alike stand at the middle of their ranks");
    assert!(trace.last().is_some_and(|point| point.fifth == 5 && (point.facility - 1.0).abs() < 1e-12));
}

#[test]
fn an_exam_rests_on_one_basis_and_shows_the_corrected_marks_beside_it() {
    let mut all = sittings("fixed");
    assert!(exam_figures(&all, LEAST)[0].corrected.is_none());
    let before = exam_figures(&all, LEAST)[0].summary.unwrap();
    for sitting in all.iter_mut().take(15) {
        sitting.corrected = Some(Corrected { share: 1.0, passed: true });
    }
    let after = &exam_figures(&all, LEAST)[0];
    let (given, counting) = (after.summary.unwrap(), after.corrected.unwrap());
    assert_eq!((given.mean, given.passed), (before.mean, before.passed), "a correction does not bend what was given");
    let shares = |n: usize| all.iter().skip(n).filter_map(Sitting::share).sum::<f64>();
    assert!((counting.mean - (15.0 + shares(15)) / 60.0).abs() < 1e-12);
    // Half of them passed; of the first fifteen, all do now.
    assert!((given.passed - 0.5).abs() < 1e-12 && (counting.passed - (15.0 + 22.0) / 60.0).abs() < 1e-12);
}

#[test]
fn old_answers_are_looked_at_by_the_new_key() {
    let mut all = sittings("fixed");
    // Item 5 by a key that says c instead of a.
    for placed in all.iter_mut().flat_map(|sitting| &mut sitting.placed).filter(|placed| placed.hash == "q5") {
        let right = placed.chosen.contains(&slug("c"));
        placed.by_new_key = Some((if right { 2.0 } else { 0.0 }, 2.0));
    }
    let mut new = question("q5");
    if let Body::Single { options } = &mut new.body {
        options.iter_mut().for_each(|option| option.correct = option.id == slug("c"));
    }
    let ours = by_new_key(&all, &BTreeMap::from([("q5".to_owned(), new.clone())]), LEAST);
    let item = &ours["q5"];
    let figures = item.figures.as_ref().unwrap();
    let chose = all.iter().flat_map(|s| &s.placed).filter(|p| p.hash == "q5" && p.chosen.contains(&slug("c"))).count();
    assert_eq!((item.answers, item.exposure), (60, 60));
    assert!((figures.facility - measures::number(chose) / 60.0).abs() < 1e-12);
    // What was the point-biserial of a distractor is the discrimination now: the rest of each form is what it was.
    let old = &items(&all, &versions(), LEAST)["q5"]["q5"];
    let of_c = old.figures.as_ref().unwrap().options[2].discrimination.unwrap();
    assert!((figures.discrimination.unwrap() - of_c).abs() < 1e-12);
    assert_eq!((figures.options[0].role, figures.options[2].role), (OptionRole::Distractor, OptionRole::Key));
    // A key that marks as before tells nothing.
    for placed in all.iter_mut().flat_map(|sitting| &mut sitting.placed).filter(|placed| placed.hash == "q5") {
        placed.by_new_key = Some((placed.points * 2.0, placed.out_of * 2.0));
    }
    assert!(by_new_key(&all, &BTreeMap::from([("q5".to_owned(), new)]), LEAST).is_empty());
}

#[test]
fn a_flag_is_serious_only_beyond_chance() {
    // Some of the strongest choose what counts as wrong: with 40 people that may be chance, with 400 it is not.
    let people = |n: usize| -> Vec<Response> {
        (0..n)
            .map(|n| {
                let strong = measures::number(n % 10) / 10.0;
                let picks = if n % 20 == 19 || n % 7 == 0 { "b" } else { "a" };
                Response {
                    share: f64::from(u8::from(picks == "a")),
                    rest: Some(strong),
                    chosen: BTreeSet::from([slug(picks)]),
                    seconds: None,
                }
            })
            .collect()
    };
    let options = [(slug("a"), OptionRole::Key), (slug("b"), OptionRole::Distractor)];
    let told = |n: usize| {
        let figures = figures(&people(n), &options).unwrap();
        assert!(figures.discrimination.unwrap() < 0.0);
        let found = flags(&figures);
        let codes: Vec<(&str, Severity)> = found.iter().map(|flag| (flag.code(), flag.severity())).collect();
        (codes, found.iter().all(|flag| flag.sentence().contains("chance")))
    };
    let both = |severity| vec![("negative-discrimination", severity), ("distractor-beats-key", severity)];
    assert_eq!(told(40), (both(Severity::Notice), true));
    assert_eq!(told(400), (both(Severity::Serious), false));
}

#[test]
fn the_published_example_of_two_correlations_comes_out() {
    // The example of Meng, Rosenthal & Rubin (1992): r = .63 and −.03 with the same criterion, −.19 between them, 15 people.
    let interval = measures::difference(0.63, -0.03, -0.19, 15).unwrap();
    let middle = f64::midpoint(interval.low, interval.high);
    let z = middle / ((interval.high - interval.low) / 2.0 / 1.959_963_984_540_054);
    assert!((z - 1.68).abs() < 0.01, "{z}");
    assert_eq!(measures::difference(1.0, 0.2, 0.0, 50), None);
    assert_eq!(measures::difference(0.4, 0.2, 0.0, 3), None);
}
