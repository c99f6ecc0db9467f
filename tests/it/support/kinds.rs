//! A course whose practice and exam hold every kind of question, with words that give a leak away.

use habilis::curriculum::source::Source;
use std::collections::BTreeMap;

const COURSE: &str = "\
id: kinds
title: {en: Every kind, fr: Toutes les sortes}
summary: {en: A question of every kind., fr: Une question de chaque sorte.}
version: 1
owner: academy@example.com
objectives:
  basics: {en: Basics, fr: Bases}
certification:
  id: kinds
  name: {en: Certified in every kind, fr: Certifié en toutes les sortes}
  criteria: {en: Knows them all., fr: Les connaît toutes.}
  validity: P100D
  renewal_window: P20D
";
const MODULE: &str =
    "---\nid: first\ntitle: First module\nestimate: 5m\nobjectives: [basics]\n---\n\nRead.\n\n## More\n\nText.\n";
const QUESTIONS: &str = "
      - {id: PRE-one, type: single, objective: basics, ask: Which one is right?, options: [{id: a, text: the right one, correct: true, why: SECRET-single-a}, {id: b, text: a wrong one, why: SECRET-single-b}, {id: c, text: another, why: SECRET-single-c}]}
      - {id: PRE-many, type: multi, objective: basics, ask: Which ones are right?, options: [{id: a, text: yes-a, correct: true, why: SECRET-multi-a}, {id: b, text: yes-b, correct: true, why: SECRET-multi-b}, {id: c, text: no-c, why: SECRET-multi-c}]}
      - {id: PRE-tf, type: true_false, objective: basics, ask: The sky is up., answer: true, why: SECRET-tf}
      - {id: PRE-num, type: numeric, objective: basics, ask: How much is six times seven?, answer: 42, tolerance: 0.5, why: SECRET-num}
      - {id: PRE-word, type: short, objective: basics, ask: Which clause filters windows?, accept: [qualify, {regex: \"^secretpattern[0-9]+$\"}], why: SECRET-word}
      - id: PRE-grid
        type: true_false_grid
        objective: basics
        ask: True or false?
        rows: [{text: Water is wet, answer: true, why: SECRET-grid-a}, {text: Fire is cold, answer: false, why: SECRET-grid-b}, {text: Ice is frozen, answer: true, why: SECRET-grid-c}]
      - id: PRE-pairs
        type: match
        objective: basics
        ask: What does each layer hold?
        pairs: [{id: pair-one, left: Bronze, right: raw rows, why: SECRET-pair-a}, {id: pair-two, left: Silver, right: clean rows, why: SECRET-pair-b}, {id: pair-three, left: Gold, right: \"**agreed** figures\", why: SECRET-pair-c}]
        extra: [lost socks]
      - id: PRE-order
        type: order
        objective: basics
        ask: In which order is a query read?
        items: [{id: item-one, text: FROM the tables}, {id: item-two, text: WHERE rows}, {id: item-three, text: GROUP BY keys}, {id: item-four, text: SELECT columns}, {id: item-five, text: ORDER BY last}]
        why: SECRET-order
      - id: PRE-gaps
        type: cloze
        objective: basics
        text: |
          Use {{blank-verb}} to read, and `{{blank-word}}` to group.

          A day has {{blank-hours}} hours.
        blanks:
          blank-verb: {choices: [INSERT, {text: SELECT, correct: true, why: SECRET-choice}], why: SECRET-gap-a}
          blank-word: {accept: [SECRETWORD], why: SECRET-gap-b}
          blank-hours: {answer: 24, why: SECRET-gap-c}
        why: SECRET-gaps
      - id: PRE-prose
        type: free_text
        objective: basics
        points: 2
        ask: Why does one ask *why*?
        rubric: [{id: crit-cause, text: SECRET-rubric-cause, points: 3}, {id: crit-clear, text: SECRET-rubric-clear}]
        model: SECRET-model
        why: SECRET-prose
";
const EXAM: &str = "\
id: final
kind: exam
title: {en: Final exam, fr: Examen final}
pass: 75%
time_limit: 60m
attempts: {max: 3, per: P30D, cooldown: [0, 15m, 24h]}
sections:
  - title: {en: All, fr: Tout}
    questions:
";
const CHECK: &str = "\
id: check-first
kind: practice
title: {en: Check, fr: Test}
pass: 75%
sections:
  - title: {en: All, fr: Tout}
    questions:
";

/// The files of the course.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let quiz = |head: &str, prefix: &str| format!("{head}{}", QUESTIONS.replace("PRE", prefix));
    let texts = [
        ("kinds/course.yaml", COURSE.to_owned()),
        ("kinds/modules/01-first/index.md", MODULE.to_owned()),
        ("kinds/modules/01-first/check.quiz.yaml", quiz(CHECK, "p")),
        ("kinds/exams/final.quiz.yaml", quiz(EXAM, "x")),
        ("access.yaml", "warehouses: []\nroles: []\n".to_owned()),
    ];
    texts.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()
}

pub fn source() -> Source {
    Source::from_files(files())
}
