//! Every check over the whole curriculum, triggered once.

use super::super::samples::{self, assert_found, read, with};
use super::*;

const COURSE: &str = "joins/course.yaml";
const GRAIN: &str = "joins/modules/01-grain/index.md";
const FAN: &str = "joins/modules/02-fan/index.md";
const CHECK: &str = "joins/modules/01-grain/check.quiz.yaml";
const FINAL: &str = "joins/exams/final.quiz.yaml";
const POOL: &str = "joins/banks/pool.bank.yaml";
const POOL_FR: &str = "joins/banks/pool.bank.fr.yaml";

#[test]
fn every_check_finds_what_it_looks_for() {
    let cases = [
        (GRAIN, "objectives: [grain]", "objectives: [grian]", "joins/modules/01-grain/index.md:5:13 unknown-objective"),
        (GRAIN, "objectives: [grain]", "objectives: [grian]", "joins/course.yaml:10:3 untaught-objective"),
        (POOL, "objective: grain", "objective: gain", "joins/banks/pool.bank.yaml:6:16 unknown-objective"),
        (FINAL, "{grain: 50%}", "{grail: 50%}", "joins/exams/final.quiz.yaml:5:20 unknown-objective"),
        (COURSE, "  fan: {", "  new: {en: N, fr: N}\n  fan: {", "joins/course.yaml:11:3 unused-objective"),
        (FAN, "requires: [grain]", "requires: [grian]", "joins/modules/02-fan/index.md:5:11 unknown-module"),
        (FAN, "requires: [grain]", "requires: [fan]", "joins/modules/02-fan/index.md:5:11 module-cycle"),
        (COURSE, "[basics]", "[basic]", "joins/course.yaml:12:16 unknown-course"),
        (COURSE, "[basics]", "[joins]", "joins/course.yaml:12:16 prerequisite-cycle"),
        (FINAL, "kind: exam", "kind: practice", "joins/course.yaml:14:3 certification-without-exam"),
        (FINAL, "kind: exam", "kind: practice", "joins/exams/final.quiz.yaml:6:13 exam-only-setting"),
        (CHECK, "kind: practice", "kind: exam", "joins/modules/01-grain/check.quiz.yaml:2:7 check-is-exam"),
        (CHECK, "id: check-grain", "id: check-corn", "joins/modules/01-grain/check.quiz.yaml:1:5 wrong-id"),
        (FINAL, "from: pool", "from: pole", "joins/exams/final.quiz.yaml:10:11 unknown-bank"),
        (FINAL, "from: pool", "from: pole", "joins/banks/pool.bank.yaml:1:1 unused-bank"),
        (FINAL, "count: 2", "count: 7", "joins/exams/final.quiz.yaml:10:11 draw-too-many"),
        (FINAL, "count: 2", "count: 3", "joins/exams/final.quiz.yaml:10:11 small-pool"),
        (FINAL, "[0, 15m, 24h]", "[0, P31D]", "joins/exams/final.quiz.yaml:7:11 cooldown-outlives-window"),
        (FINAL, "pass: 75%", "pass: 0%", "joins/exams/final.quiz.yaml:4:7 pass-mark-zero"),
        (FINAL, "kind: exam", "kind: exam\nreview: everything", "joins/exams/final.quiz.yaml:3:9 exam-shows-key"),
        (FINAL, "by: objective, ", "", "joins/exams/final.quiz.yaml:5:20 objective-by-chance"),
        (POOL, "    objective: grain\n", "", "joins/banks/pool.bank.yaml:4:5 missing-objective"),
        (POOL, "all_or_nothing", "each_option", "joins/banks/pool.bank.yaml:14:13 each-option-in-exam"),
        (POOL, ", why: \"Each line is a row.\"", "", "joins/banks/pool.bank.yaml:9:7 missing-why"),
        (POOL, ", why: About eleven.", "", "joins/banks/pool.bank.yaml:22:5 missing-why"),
        (POOL, "\"One line\"", "\"None of the above\"", "joins/banks/pool.bank.yaml:9:7 all-of-the-above"),
        (CHECK, "^grains?$", "grains?", "joins/modules/01-grain/check.quiz.yaml:11:17 unanchored-regex"),
        (POOL_FR, "ask: Quel est le grain ?", "why: x", "joins/banks/pool.bank.fr.yaml:3:10 unknown-key"),
        (POOL_FR, "    ask: Quel est le grain ?\n", "", "joins/banks/pool.bank.fr.yaml:2:3 missing-translation"),
        (
            POOL_FR,
            "  q-true: {ask: Une clé se répète., why: Elle est unique.}\n",
            "",
            "joins/banks/pool.bank.yaml:20:5 missing-translation",
        ),
        (COURSE, "name: {en: Analyst, fr: Analyste}", "name: Analyst", "joins/course.yaml:15:9 missing-translation"),
        (GRAIN, "index.md#two-to-many", "index.md#too-many", "joins/modules/01-grain/index.md:7:33 broken-link"),
        (GRAIN, "../02-fan/index.md#two-to-many", "javascript:x", "joins/modules/01-grain/index.md:7:33 broken-link"),
        (GRAIN, "../02-fan/index.md#two-to-many", "/courses/none", "joins/modules/01-grain/index.md:7:33 broken-link"),
        (GRAIN, "key.png", "kez.png", "joins/modules/01-grain/index.md:11:1 broken-asset"),
        (
            GRAIN,
            "../../assets/key.png",
            "https://example.com/x.png",
            "joins/modules/01-grain/index.md:11:1 outside-image",
        ),
        (GRAIN, "![A key]", "![]", "joins/modules/01-grain/index.md:11:1 missing-alt"),
        (GRAIN, "A row stands", "A <b>row</b> stands", "joins/modules/01-grain/index.md:7:3 raw-html"),
        (
            POOL,
            "ask: A key repeats.",
            "ask: \"[A](../modules/09-x/index.md) key\"",
            "joins/banks/pool.bank.yaml:20:59 broken-link",
        ),
    ];
    samples::assert_all_found(&cases);
    let unreachable = samples::FINAL.replace("{grain: 50%}", "{fan: 50%}");
    let pool = samples::POOL.replace("objective: fan", "objective: grain");
    let report = with(&[(FINAL, &unreachable), (POOL, &pool)]);
    assert_found(&report, "joins/exams/final.quiz.yaml:5:20 pass-mark-unreachable");
    assert_found(&report, "joins/course.yaml:11:3 untested-objective");
}

#[test]
fn habits_of_an_author_are_noticed() {
    let mut bank = "id: more\nquestions:\n".to_owned();
    for n in 0..6 {
        bank.push_str(&format!(
            "  - id: m-{n}\n    type: single\n    objective: fan\n    ask: Question about thing number {n} and nothing else here\n    options:\n      \
             - {{text: \"the long right option {n}\", correct: true, why: w}}\n      - {{text: \"wrong {n}\", why: w}}\n"
        ));
    }
    for n in 0..5 {
        bank.push_str(&format!(
            "  - {{id: t-{n}, type: true_false, objective: fan, ask: Statement {n}, answer: true, why: w}}\n"
        ));
    }
    let report = with(&[("joins/banks/more.bank.yaml", &bank)]);
    assert_found(&report, "joins/banks/more.bank.yaml:1:1 longest-is-correct");
    assert_found(&report, "joins/banks/more.bank.yaml:1:1 position-bias");
    assert_eq!(report.findings().iter().filter(|finding| finding.code == "position-bias").count(), 2);
    let twice = samples::POOL.replace(
        "  - id: q-multi",
        "  - id: q-again\n    type: single\n    objective: grain\n    ask: What is the grain of a table that lists every order line?\n    options:\n      \
         - {text: \"One order\", why: x}\n      - {text: \"One line\", correct: true, why: x}\n  - id: q-multi",
    );
    assert_found(&with(&[(POOL, &twice)]), "joins/banks/pool.bank.yaml:14:10 near-duplicate");
}

#[test]
fn two_courses_agree_about_a_certification() {
    let certified =
        format!("{}certification: {{id: analyst, name: Other, criteria: c, validity: P1M}}\n", samples::BASICS);
    let report = with(&[("basics/course.yaml", &certified)]);
    assert_found(&report, "joins/course.yaml:14:3 certification-differs");
}

#[test]
fn content_may_not_change_under_the_same_version() {
    let (curriculum, ..) = read(samples::files());
    let joins: Slug = "joins".parse().unwrap();
    let hash = curriculum.courses[&joins].hash.clone();
    let mut report = Report::new();
    let mut recorded = BTreeMap::from([((joins.clone(), 3), hash), ((joins.clone(), 2), "older".to_owned())]);
    against_recorded(&curriculum, &recorded, false, &mut report);
    assert_eq!(report.to_string(), "");
    recorded.insert((joins, 3), "other".to_owned());
    against_recorded(&curriculum, &recorded, false, &mut report);
    assert_eq!(
        report.to_string(),
        "joins/course.yaml:4:10: error[changed-under-same-version]: the content of `joins` has changed, and its version is \
         still 3 (did you mean `version: 4`?)\n"
    );
}
