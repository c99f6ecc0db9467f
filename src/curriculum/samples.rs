//! A small academy for tests, without a single finding, and ways to break it.

use super::{
    load::{Curriculum, load},
    report::Report,
    source::Source,
};
use crate::access::catalogue::{self, Catalogue};
use std::collections::BTreeMap;

pub(crate) const COURSE: &str = "\
id: joins
title: {en: Joins, fr: Jointures}
summary: {en: Rows that meet., fr: Des lignes qui se rencontrent.}
version: 3
breaking_since: 2
grace: P30D
owner: academy@example.com
estimate: 1h30m
objectives:
  grain: {en: Say what one row is, fr: Dire ce qu'est une ligne}
  fan: {en: Spot a fan-out, fr: Repérer une multiplication}
prerequisites: [basics]
certification:
  id: analyst
  name: {en: Analyst, fr: Analyste}
  criteria: {en: Predicts joins., fr: Prédit les jointures.}
  validity: P12M
  renewal_window: P60D
";
pub(crate) const GRAIN: &str = "\
---
id: grain
title: What one row is
estimate: 15m
objectives: [grain]
---
A row stands for one thing. See [the next module](../02-fan/index.md#two-to-many).

## Keys

![A key](../../assets/key.png)
";
pub(crate) const GRAIN_FR: &str = "---\nid: grain\ntitle: Ce qu'est une ligne\n---\nUne ligne.\n";
pub(crate) const FAN: &str = "\
---
id: fan
title: Fan-out
objectives: [fan]
requires: [grain]
---
Rows multiply.

## Two to many

Text.
";
pub(crate) const FAN_FR: &str = "---\nid: fan\ntitle: Multiplication\n---\nLes lignes se multiplient.\n";
pub(crate) const CHECK: &str = "\
id: check-grain
kind: practice
title: {en: Check, fr: Vérification}
pass: 80%
sections:
  - questions:
      - id: ck-word
        type: short
        objective: grain
        ask: Which word names what one row stands for?
        accept: [grain, {regex: \"(?i)^grains?$\"}]
        why: It is the grain.
";
pub(crate) const CHECK_FR: &str =
    "questions:\n  ck-word:\n    ask: Quel mot ?\n    why: C'est le grain.\n    accept: [granularité]\n";
pub(crate) const FINAL: &str = "\
id: final
kind: exam
title: {en: Final exam, fr: Examen final}
pass: 75%
per_objective_min: {grain: 50%}
time_limit: 30m
attempts: {max: 3, per: P30D, cooldown: [0, 15m, 24h]}
sections:
  - title: {en: All, fr: Tout}
    draw: {from: pool, count: 2, by: objective, avoid_seen: 2}
";
pub(crate) const POOL: &str = "\
id: pool
title: {en: Pool, fr: Réserve}
questions:
  - id: q-single
    type: single
    objective: grain
    ask: What is the grain of a table that lists every order line?
    options:
      - {id: a, text: \"One order\", why: \"An order has several lines.\"}
      - {id: b, text: \"One line\", correct: true, why: \"Each line is a row.\"}
  - id: q-multi
    type: multi
    objective: fan
    credit: all_or_nothing
    ask: Which of these joins can multiply rows?
    options:
      - {id: a, text: \"One to many\", correct: true, why: \"Many rows match.\"}
      - {id: b, text: \"One to one\", why: \"One row matches.\"}
      - {id: c, text: \"Many to many\", correct: true, why: \"Many match many.\"}
  - {id: q-true, type: true_false, objective: grain, ask: A key repeats., answer: false, why: It is unique.}
  - {id: q-exact, type: numeric, objective: fan, ask: 2 rows meet 3. How many come out?, answer: 6.50, tolerance: 0.1, unit: rows, why: 2 × 3.}
  - {id: q-range, type: numeric, objective: fan, ask: Roughly how many?, range: [10, 12], why: About eleven.}
  - {id: q-key, type: short, objective: grain, ask: Name the constraint., accept: [primary key], why: It is unique.}
";
pub(crate) const POOL_FR: &str = "\
questions:
  q-single:
    ask: Quel est le grain ?
    options:
      a: {text: \"Une commande\", why: \"Plusieurs lignes.\"}
      b: {text: \"Une ligne\", why: \"Chaque ligne.\"}
  q-multi:
    ask: Quelles jointures multiplient ?
    options:
      a: {text: \"Un à plusieurs\", why: \"Plusieurs.\"}
      b: {text: \"Un à un\", why: \"Une.\"}
      c: {text: \"Plusieurs à plusieurs\", why: \"Toutes.\"}
  q-true: {ask: Une clé se répète., why: Elle est unique.}
  q-exact: {ask: Combien de lignes ?, why: 2 × 3.}
  q-range: {ask: Environ combien ?, why: Environ onze.}
  q-key: {ask: Nommez la contrainte., why: Elle est unique.}
";
pub(crate) const BASICS: &str = "\
id: basics
title: Basics
summary: The first steps.
version: 1
owner: academy@example.com
objectives:
  read: Read a table
";
pub(crate) const READ: &str =
    "---\nid: read\ntitle: Read\nobjectives: [read]\n---\nSee [joins](/courses/joins/grain).\n";
pub(crate) const READ_CHECK: &str = "\
id: check-read
kind: practice
title: Check
pass: 100%
sections:
  - questions:
      - {id: ck-read, type: true_false, objective: read, ask: A table has rows., answer: true, why: It does.}
";
pub(crate) const ACCESS: &str = "\
warehouses:
  - id: snow
    kind: snowflake
    title: {en: Warehouse, fr: Entrepôt}
    audience: https://snow.example.com
    login: {from: email_local_part, case: upper}
    account: abc-123
  - {id: click, kind: clickhouse, title: {en: Clicks, fr: Clics}, audience: click, typ: JWT, host: ch.example.com}
roles:
  - id: analyst
    warehouse: snow
    name: ANALYST
    title: {en: Analyst, fr: Analyste}
    description: {en: Reads orders., fr: Lit les commandes.}
    data: [{dataset: business.orders, golden: true}, business.returns]
    owner: {team: Sales data, people: [lea@example.com]}
    freshness: PT2H
    incidents: {channel: \"#data\", contact: sales@example.com}
    sensitivity: internal
    requires: {all: [analyst, {any: [analyst]}]}
    approval: [{of: [lea@example.com, team:sales-data], count: 2}]
    max_duration: P180D
    reason: required
    review_every: P90D
    grace_after_lapse: P14D
";

/// The academy's files.
pub(crate) fn files() -> BTreeMap<String, Vec<u8>> {
    let texts = [
        ("access.yaml", ACCESS),
        ("basics/course.yaml", BASICS),
        ("basics/modules/01-read/index.md", READ),
        ("basics/modules/01-read/check.quiz.yaml", READ_CHECK),
        ("joins/course.yaml", COURSE),
        ("joins/modules/01-grain/index.md", GRAIN),
        ("joins/modules/01-grain/index.fr.md", GRAIN_FR),
        ("joins/modules/01-grain/check.quiz.yaml", CHECK),
        ("joins/modules/01-grain/check.quiz.fr.yaml", CHECK_FR),
        ("joins/modules/02-fan/index.md", FAN),
        ("joins/modules/02-fan/index.fr.md", FAN_FR),
        ("joins/exams/final.quiz.yaml", FINAL),
        ("joins/banks/pool.bank.yaml", POOL),
        ("joins/banks/pool.bank.fr.yaml", POOL_FR),
        ("joins/assets/key.png", "not really"),
    ];
    texts.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// Everything read from files.
pub(crate) fn read(files: BTreeMap<String, Vec<u8>>) -> (Curriculum, Catalogue, Report) {
    let source = Source::from_files(files);
    let mut report = Report::new();
    let curriculum = load(&source, &mut report);
    let catalogue = catalogue::load(&source, &curriculum, &mut report);
    (curriculum, catalogue, report)
}

/// The academy with one text in one file replaced.
pub(crate) fn broken(path: &str, from: &str, to: &str) -> Report {
    let mut files = files();
    let old = String::from_utf8(files[path].clone()).unwrap();
    assert!(old.contains(from), "{path} does not hold {from:?}");
    files.insert(path.to_owned(), old.replacen(from, to, 1).into_bytes());
    read(files).2
}

/// The academy with more files, or others.
pub(crate) fn with(more: &[(&str, &str)]) -> Report {
    let mut files = files();
    files.extend(more.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    read(files).2
}

/// Checks that the report has this finding, written `file:line:column code`.
pub(crate) fn assert_found(report: &Report, expected: &str) {
    let found: Vec<String> =
        report.findings().iter().map(|f| format!("{}:{}:{} {}", f.file, f.line, f.column, f.code)).collect();
    assert!(found.iter().any(|one| one == expected), "expected {expected}, found:\n{report}");
}

/// Breaks the academy in each of these ways, and checks that each finding is there; every one that is not is named.
pub(crate) fn assert_all_found(cases: &[(&str, &str, &str, &str)]) {
    let mut missed = String::new();
    for (path, from, to, expected) in cases {
        let report = broken(path, from, to);
        let found = |f: &super::report::Finding| format!("{}:{}:{} {}", f.file, f.line, f.column, f.code) == *expected;
        if !report.findings().iter().any(found) {
            missed.push_str(&format!("expected {expected}, found:\n{report}\n"));
        }
    }
    assert!(missed.is_empty(), "{missed}");
}
