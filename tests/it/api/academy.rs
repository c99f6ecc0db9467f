//! The academy of the stage: the small one, and a third course with a prerequisite, an order of modules, practice, an exam in
//! prose, and a data set to run statements on.

use crate::support::content;
use std::collections::BTreeMap;

const PRACTICE: &str = "\
id: check-first
kind: practice
title: {en: Check, fr: Essai}
pass: 50%
review: everything
sections:
  - title: {en: All, fr: Tout}
    draw: {from: basics, count: 2}
";
const LAB: &str = "\
id: check-second
kind: practice
title: {en: Lab, fr: Labo}
pass: 50%
review: everything
sections:
  - title: {en: All, fr: Tout}
    questions:
      - id: s-towns
        type: sql
        objective: basics
        dataset: shop
        ask: How many orders are there in each town?
        solution: SELECT town, count(*) AS orders FROM orders GROUP BY town
        must_fail: [SELECT town FROM orders]
        why: One row is one order.
";
const ESSAY: &str = "\
id: essay
kind: exam
title: {en: Essay, fr: Composition}
pass: 50%
time_limit: 30m
attempts: {max: 3, per: P30D, cooldown: [0, 15m, 24h]}
sections:
  - title: {en: All, fr: Tout}
    questions:
      - id: e-why
        type: free_text
        objective: basics
        points: 2
        ask: Why does one ask why?
        rubric: [{id: cause, text: Names a cause, points: 3}, {id: clear, text: Is clear}]
        model: To know.
        why: Because.
";
const SCHEMA: &str = "CREATE TABLE orders (order_id INTEGER PRIMARY KEY, town TEXT NOT NULL);\n";
const VISIBLE: &str = "INSERT INTO orders VALUES (1, 'Lyon'), (2, 'Nice'), (3, 'Lyon');\n";
const HIDDEN: &str = "INSERT INTO orders VALUES (1, 'Metz'), (2, 'Metz');\n";

/// The files of the academy.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let mut files = content::files();
    content::put_course(&mut files, "gamma", 1, 0);
    let mut edit = |path: &str, new: &str, change: &dyn Fn(String) -> String| {
        let text = String::from_utf8(files[path].clone()).unwrap();
        files.insert(new.to_owned(), change(text).into_bytes());
    };
    edit("gamma/course.yaml", "gamma/course.yaml", &|text| format!("{text}prerequisites: [alpha]\n"));
    edit("beta/course.yaml", "beta/course.yaml", &|text| format!("{text}  delta_exam: exams/short.quiz.yaml\n"));
    edit("beta/exams/final.quiz.yaml", "beta/exams/short.quiz.yaml", &|text| text.replace("id: final", "id: short"));
    edit("gamma/modules/01-first/index.md", "gamma/modules/02-second/index.md", &|text| {
        text.replace("id: first", "id: second\nrequires: [first]").replace("First module", "Second module")
    });
    for (path, text) in [
        ("gamma/modules/01-first/check.quiz.yaml", PRACTICE),
        ("gamma/modules/02-second/check.quiz.yaml", LAB),
        ("gamma/exams/essay.quiz.yaml", ESSAY),
        ("gamma/datasets/shop/schema.sql", SCHEMA),
        ("gamma/datasets/shop/visible.sql", VISIBLE),
        ("gamma/datasets/shop/hidden-metz.sql", HIDDEN),
    ] {
        files.insert(path.to_owned(), text.as_bytes().to_vec());
    }
    files
}
