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
changes:
  3: {en: Fan-outs are new., fr: Les multiplications sont nouvelles.}
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
/// A bank with every richer type, to be laid beside the academy's files.
pub(crate) const RICH: &str = "\
id: rich
questions:
  - id: r-grid
    type: true_false_grid
    objective: grain
    ask: True or false?
    rows:
      - {text: A row is a thing, answer: true, why: It is.}
      - {text: A key repeats, answer: false, why: It does not.}
  - id: r-match
    type: match
    objective: fan
    ask: What belongs where?
    why: By number.
    pairs: {One: first, Two: second}
    extra: [third]
  - id: r-order
    type: order
    objective: fan
    credit: pairs
    ask: Which clause is read when?
    why: In this order.
    items: [FROM, WHERE, {id: c, text: SELECT}]
  - id: r-cloze
    type: cloze
    objective: grain
    text: \"Use {{a}} and then {{b}} for {{n}}\"
    why: They fit.
    blanks: {a: {choices: [x, {text: y, correct: true}]}, b: {accept: [z]}, n: {answer: 2}}
  - id: r-prose
    type: free_text
    objective: grain
    ask: Why does a row stand for one thing?
    rubric: [clear, {id: b, text: short, points: 2}]
    model: Because of the grain.
";
pub(crate) const RICH_FR: &str = "\
questions:
  r-grid: {ask: Vrai ou faux ?, rows: {a: {text: Une ligne est une chose, why: Oui.}, b: {text: Une clé se répète, why: Non.}}}
  r-match: {ask: Quoi va où ?, why: Par nombre., pairs: {a: Un, b: Deux}, targets: {t1: premier, t2: second, t3: tiers}}
  r-order: {ask: Dans quel ordre ?, why: Ainsi., items: {a: FROM, b: WHERE, c: SELECT}}
  r-cloze: {text: \"Pour {{n}}, {{b}} puis {{a}}\", why: Oui., choices: {a.a: x, a.b: y}, accept: {b: [zed]}}
  r-prose: {ask: Pourquoi ?, rubric: {a: clair, b: court}, model: À cause du grain.}
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

/// The academy's files with a bank of the richer types, a practice that draws from it, and its translation.
pub(crate) fn rich_files() -> BTreeMap<String, Vec<u8>> {
    let practice = "id: check-fan\nkind: practice\ntitle: {en: Check, fr: Test}\npass: 50%\nsections:\n  - draw: {from: rich, count: 5}\n";
    let more = [
        ("joins/banks/rich.bank.yaml", RICH),
        ("joins/banks/rich.bank.fr.yaml", RICH_FR),
        ("joins/modules/02-fan/check.quiz.yaml", practice),
    ];
    let mut files = files();
    files.extend(more.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())));
    files
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
