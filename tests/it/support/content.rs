//! A small academy: two courses and four roles of different approval, quick to pass.

use habilis::curriculum::source::Source;
use std::collections::BTreeMap;

const COURSE: &str = "\
id: COURSE
title: {en: Title of COURSE, fr: Titre de COURSE}
summary: {en: What COURSE is about., fr: Le sujet de COURSE.}
version: VERSION
breaking_since: BREAKING
grace: P10D
owner: academy@example.com
objectives:
  basics: {en: Basics, fr: Bases}
certification:
  id: COURSE
  name: {en: Certified in COURSE, fr: Certifié en COURSE}
  criteria: {en: Knows COURSE., fr: Connaît COURSE.}
  validity: P100D
  renewal_window: P20D
";
const MODULE: &str = "---\nid: first\ntitle: First module\nestimate: 5m\nobjectives: [basics]\n---\n\nRead `SELECT 1`.\n\n## More\n\nText.\n";
const EXAM: &str = "\
id: final
kind: exam
title: {en: Final exam, fr: Examen final}
pass: 75%
time_limit: 30m
attempts: {max: 3, per: P30D, cooldown: [0, 15m, 24h]}
sections:
  - title: {en: All, fr: Tout}
    draw: {from: basics, count: 4, avoid_seen: 1}
";
const BANK: &str = "\
id: basics
title: {en: Basics, fr: Bases}
questions:
  - {id: q-one, type: single, objective: basics, ask: Which one is right?, options: [{id: a, text: KEY-right, correct: true, why: WHY-a}, {id: b, text: wrong, why: WHY-b}, {id: c, text: false, why: WHY-c}]}
  - {id: q-many, type: multi, objective: basics, ask: Which ones are right?, options: [{id: a, text: yes-a, correct: true, why: WHY-d}, {id: b, text: yes-b, correct: true, why: WHY-e}, {id: c, text: no-c, why: WHY-f}]}
  - {id: q-tf, type: true_false, objective: basics, ask: The sky is up., answer: true, why: WHY-g}
  - {id: q-num, type: numeric, objective: basics, ask: How much is six times seven?, answer: 42, tolerance: 0.5, why: WHY-h}
  - {id: q-word, type: short, objective: basics, ask: Which clause filters windows?, accept: [QUALIFY, {regex: \"(?i)qualify\"}], why: WHY-i}
  - {id: q-two, type: single, objective: basics, ask: Which one is left?, options: [{id: a, text: left, correct: true, why: WHY-j}, {id: b, text: right, why: WHY-k}]}
";
const ACCESS: &str = "\
warehouses:
  - {id: lake, kind: snowflake, title: {en: Lake, fr: Lac}, audience: 'https://lake.example.com', login: {from: email_local_part, case: upper}}
  - {id: attic, kind: trino, title: {en: Attic, fr: Grenier}, audience: 'https://attic.example.com', signing: RS256, typ: JWT, login: {from: email, case: lower}}
roles:
  - {id: reader, warehouse: lake, name: READER, title: {en: Reader, fr: Lecteur}, description: {en: Reads., fr: Lit.}, data: [{dataset: d.one}], owner: {team: Data, people: [owner@example.com]}, sensitivity: internal, requires: alpha, approval: auto, max_duration: P60D, token_lifetime: 15m, reason: required, grace_after_lapse: P14D}
  - {id: either, warehouse: attic, name: either, title: {en: Either, fr: Lun}, description: {en: Reads., fr: Lit.}, data: [{dataset: d.two}], owner: {team: Data, people: [owner@example.com]}, sensitivity: internal, requires: {any: [alpha, beta]}, approval: auto, max_duration: P200D, token_lifetime: 60m, reason: optional, grace_after_lapse: '0'}
  - {id: keeper, warehouse: lake, name: KEEPER, title: {en: Keeper, fr: Gardien}, description: {en: Keeps., fr: Garde.}, data: [{dataset: d.three}], owner: {team: Data, people: [owner@example.com]}, sensitivity: confidential, requires: {all: [alpha, beta]}, approval: [{of: [owner@example.com], count: 1}], max_duration: P30D, token_lifetime: 15m, reason: required, grace_after_lapse: P5D}
  - {id: guardian, warehouse: lake, name: GUARDIAN, title: {en: Guardian, fr: Gardienne}, description: {en: Guards., fr: Veille.}, data: [{dataset: d.four}], owner: {team: Data, people: [owner@example.com]}, sensitivity: personal, requires: beta, approval: [{of: [owner@example.com, 'team:privacy'], count: 1}, {of: ['team:privacy'], count: 1}], max_duration: P30D, token_lifetime: 10m, reason: required, grace_after_lapse: P5D}
";

/// The files of the small academy.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for course in ["alpha", "beta"] {
        put_course(&mut files, course, 1, 0);
    }
    files.insert("access.yaml".to_owned(), ACCESS.as_bytes().to_vec());
    files
}

/// Writes a course at a version; `breaking` says since which version older certificates are superseded.
pub fn put_course(files: &mut BTreeMap<String, Vec<u8>>, course: &str, version: i64, breaking: i64) {
    let mut text = COURSE.replace("COURSE", course).replace("VERSION", &version.to_string());
    if breaking == 0 {
        text = text.replace("breaking_since: BREAKING\n", "");
    }
    let text = text.replace("BREAKING", &breaking.to_string());
    let mut put = |path: &str, body: String| files.insert(format!("{course}/{path}"), body.into_bytes());
    put("course.yaml", text);
    put("modules/01-first/index.md", MODULE.to_owned());
    put("exams/final.quiz.yaml", EXAM.to_owned());
    // Ids are unique in a course; the stems differ between courses so that leaks can be told apart.
    put("banks/basics.bank.yaml", BANK.replace("KEY", course));
}

/// Writes files into a folder.
pub fn write(files: &BTreeMap<String, Vec<u8>>, folder: &std::path::Path) {
    for (path, body) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, body).unwrap();
    }
}

pub fn small() -> Source {
    Source::from_files(files())
}
