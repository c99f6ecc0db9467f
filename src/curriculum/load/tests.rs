//! Tests of reading a whole content root: right, wrong and hostile.

use super::super::{
    bank::Bank,
    question::{Accept, Body, Credit, NumericAnswer},
    quiz::{QuizKind, Review, SectionSource},
    render::{Links, markdown},
    samples::{self, assert_found, broken, read, with},
};
use super::*;
use proptest::prelude::*;
use std::path::Path;

const COURSE: &str = "joins/course.yaml";
const GRAIN: &str = "joins/modules/01-grain/index.md";
const CHECK: &str = "joins/modules/01-grain/check.quiz.yaml";
const FINAL: &str = "joins/exams/final.quiz.yaml";
const POOL: &str = "joins/banks/pool.bank.yaml";
const POOL_FR: &str = "joins/banks/pool.bank.fr.yaml";

#[test]
fn the_sample_is_read_whole_and_without_a_finding() {
    let (curriculum, catalogue, report) = read(samples::files());
    assert_eq!(report.to_string(), "");
    let course = &curriculum.courses[&"joins".parse().unwrap()];
    assert_eq!((course.version, course.breaking_since), (3, 2));
    assert_eq!(course.languages, BTreeSet::from([Language::En, Language::Fr]));
    let ids: Vec<&str> = course.objectives.iter().map(|objective| objective.id.as_str()).collect();
    assert_eq!(ids, ["grain", "fan"], "objectives keep the file's order");
    assert_eq!(course.modules[0].check.as_ref().map(Slug::as_str), Some("check-grain"));
    assert_eq!(course.modules[0].folder, "joins/modules/01-grain");
    assert!(course.modules[0].body(Language::Fr).starts_with("Une ligne"));
    assert_eq!(course.modules[1].title.get(Language::Fr), "Multiplication");
    let check = course.quiz(&"check-grain".parse().unwrap()).unwrap();
    assert_eq!((check.kind, check.review, check.shuffle), (QuizKind::Practice, Review::Everything, false));
    let exam = course.exams().next().unwrap();
    assert_eq!((exam.kind, exam.review, exam.shuffle), (QuizKind::Exam, Review::ScoreAndObjectives, true));
    assert_eq!((exam.pass.to_string(), exam.question_count()), ("0.75".to_owned(), 2));
    assert_eq!(exam.attempts.as_ref().map(|limits| limits.cooldown.len()), Some(3));
    let SectionSource::Draw { bank, count: 2, by_objective: true, avoid_seen: 2 } = &exam.sections[0].source else {
        panic!("{exam:?}")
    };
    let bank: &Bank = &course.banks[bank];
    assert!(
        matches!(&bank.questions[1].body, Body::Multi { options, credit: Credit::AllOrNothing } if options.len() == 3)
    );
    let Body::Numeric { answer: NumericAnswer::Exact { value, .. }, .. } = &bank.questions[3].body else { panic!() };
    assert_eq!(value.to_string(), "6.5", "decimals are exact and short");
    let Body::Short { accept } = &check.inline().next().unwrap().body else { panic!() };
    assert_eq!(accept.len(), 3);
    assert_eq!(accept[2], Accept::Text("granularité".to_owned()));
    assert_eq!(curriculum.questions().count(), 8);
    assert_eq!(curriculum.certification(&"analyst".parse().unwrap()).len(), 1);
    assert_eq!(curriculum.assets.keys().collect::<Vec<_>>(), ["joins/assets/key.png"]);
    assert_eq!((catalogue.warehouses.len(), catalogue.roles.len()), (2, 1));
}

#[test]
fn the_hash_of_a_course_follows_its_files_only() {
    let (before, ..) = read(samples::files());
    let mut files = samples::files();
    files.insert("basics/README.md".to_owned(), b"new".to_vec());
    let (after, ..) = read(files);
    let hash = |curriculum: &Curriculum, id: &str| curriculum.courses[&id.parse().unwrap()].hash.clone();
    assert_eq!(hash(&before, "joins"), hash(&after, "joins"));
    assert_ne!(hash(&before, "basics"), hash(&after, "basics"));
}

#[test]
fn every_reading_error_names_its_place() {
    let cases = [
        (COURSE, "title: {", "titel: {", "joins/course.yaml:2:1 unknown-key"),
        (COURSE, "title: {", "titel: {", "joins/course.yaml:1:1 missing-key"),
        (COURSE, "version: 3", "version: three", "joins/course.yaml:4:10 bad-number"),
        (COURSE, "version: 3", "version: 3\nversion: 4", "joins/course.yaml:5:1 duplicate-key"),
        (COURSE, "breaking_since: 2", "breaking_since: 9", "joins/course.yaml:5:17 bad-version"),
        (COURSE, "P30D", "a month", "joins/course.yaml:6:8 bad-span"),
        (COURSE, "academy@example.com", "academy", "joins/course.yaml:7:8 bad-email"),
        (COURSE, "id: joins", "id: join", "joins/course.yaml:1:5 wrong-id"),
        (COURSE, "id: joins", "id: Joins!", "joins/course.yaml:1:5 bad-slug"),
        (COURSE, "renewal_window: P60D", "renewal_window: P24M", "joins/course.yaml:18:19 bad-renewal-window"),
        (COURSE, "validity: P12M", "validity: 0", "joins/course.yaml:17:13 bad-span"),
        (COURSE, "en: Joins", "en: ''", "joins/course.yaml:2:13 empty-text"),
        (COURSE, "Rows that meet.", "NULL", "joins/course.yaml:3:15 bad-type"),
        (COURSE, "title: {en: Joins, fr: Jointures}", "title: {fr: Jointures}", "joins/course.yaml:2:8 missing-key"),
        (COURSE, "title: {en: Joins", "title: {en: \"a\\u0007b\"", "joins/course.yaml:2:13 bad-text"),
        (COURSE, "title: {en: Joins", "title: {en: &x Joins", "joins/course.yaml:2:13 anchor"),
        (COURSE, "id: joins", "id: joins\n\tx: y", "joins/course.yaml:1:5 bad-yaml"),
        (COURSE, "  renewal_window: P60D\n", "---\nid: joins\n", "joins/course.yaml:18:1 bad-yaml"),
        (COURSE, "id: joins", "[1]: x\nid: joins", "joins/course.yaml:1:1 bad-key"),
        (GRAIN, "---\nid", "id", "joins/modules/01-grain/index.md:1:1 no-front-matter"),
        (GRAIN, "estimate: 15m", "estimate: 15", "joins/modules/01-grain/index.md:4:11 bad-span"),
        (CHECK, "80%", "80", "joins/modules/01-grain/check.quiz.yaml:4:7 bad-share"),
        (CHECK, "kind: practice", "kind: practise", "joins/modules/01-grain/check.quiz.yaml:2:7 bad-choice"),
        (CHECK, "regex: \"(?i)^grains?$\"", "regex: \"(\"", "joins/modules/01-grain/check.quiz.yaml:11:33 bad-regex"),
        (CHECK, "^grains?$", "^.*$", "joins/modules/01-grain/check.quiz.yaml:11:33 regex-accepts-nothing"),
        (CHECK, "^grains?$", "^.+$", "joins/modules/01-grain/check.quiz.yaml:11:33 regex-accepts-all"),
        (FINAL, "  - title: {en: All, fr: Tout}\n    draw", "  - drow", "joins/exams/final.quiz.yaml:9:5 bad-section"),
        (FINAL, "id: final", "id: check-grain", "joins/exams/final.quiz.yaml:1:5 duplicate-id"),
        (POOL, "id: q-multi", "id: q-single", "joins/banks/pool.bank.yaml:11:9 duplicate-id"),
        (POOL, "type: single", "type: guess", "joins/banks/pool.bank.yaml:5:11 unknown-type"),
        (POOL, "    type: single\n", "", "joins/banks/pool.bank.yaml:4:5 missing-key"),
        (POOL, "correct: true", "correct: false", "joins/banks/pool.bank.yaml:9:7 no-correct-option"),
        (
            POOL,
            "why: \"An order",
            "correct: true, why: \"An order",
            "joins/banks/pool.bank.yaml:9:7 several-correct-options",
        ),
        (POOL, "correct: true", "correct: yes", "joins/banks/pool.bank.yaml:10:44 bad-type"),
        (POOL, "text: \"One line\"", "text: \"one  ORDER\"", "joins/banks/pool.bank.yaml:10:9 duplicate-option"),
        (
            POOL,
            "{id: b, text: \"One line\"",
            "{id: a, text: \"One line\"",
            "joins/banks/pool.bank.yaml:10:9 duplicate-id",
        ),
        (POOL, "answer: 6.50", "answer: 6.5x", "joins/banks/pool.bank.yaml:21:98 bad-number"),
        (POOL, "range: [10, 12]", "range: [12, 10]", "joins/banks/pool.bank.yaml:22:81 bad-range"),
        (POOL, "range: [10, 12]", "range: [10, 12], answer: 3", "joins/banks/pool.bank.yaml:22:81 overlapping-answers"),
        (POOL, "tolerance: 0.1", "tolerance: -0.1", "joins/banks/pool.bank.yaml:21:115 bad-number"),
        (POOL, "accept: [primary key]", "accept: []", "joins/banks/pool.bank.yaml:23:83 bad-options"),
        (POOL, "objective: grain\n", "objective: grain\n    points: 0\n", "joins/banks/pool.bank.yaml:7:13 bad-points"),
        (POOL_FR, "q-true", "q-tru", "joins/banks/pool.bank.fr.yaml:13:3 unknown-question"),
        (POOL_FR, "      c: {text", "      d: {text", "joins/banks/pool.bank.fr.yaml:12:7 unknown-option"),
    ];
    samples::assert_all_found(&cases);
}

#[test]
fn files_out_of_place_are_named() {
    let missing = with(&[("empty/modules/01-a/README.md", "x")]);
    assert_found(&missing, "empty/course.yaml:1:1 missing-file");
    assert_found(&with(&[("joins/course.yaml", "# nothing")]), "joins/course.yaml:1:1 empty-file");
    assert_found(&with(&[("joins/banks/more.bank.yml", "x")]), "joins/banks/more.bank.yml:1:1 unexpected-file");
    assert_found(&with(&[("acces.yaml", "x")]), "acces.yaml:1:1 unexpected-file");
    assert_found(&with(&[("joins/banks/gone.bank.fr.yaml", "x")]), "joins/banks/gone.bank.fr.yaml:1:1 missing-file");
    assert_found(&with(&[("joins/modules/03-x/index.fr.md", "x")]), "joins/modules/03-x/index.md:1:1 missing-file");
    assert_found(&with(&[("Bad Name/course.yaml", "x")]), "Bad Name/course.yaml:1:1 bad-slug");
    assert_found(
        &with(&[("joins/banks/x.bank.yaml", "id: x\nquestions: []")]),
        "joins/banks/x.bank.yaml:2:12 empty-list",
    );
    let mut files = samples::files();
    files.insert(COURSE.to_owned(), b"id: joins\ntitle: \xff\n".to_vec());
    assert_found(&read(files).2, "joins/course.yaml:2:1 not-utf8");
    assert_found(
        &with(&[(GRAIN, "---\nid: grain\ntitle: G\nobjectives: []\n---\n")]),
        "joins/modules/01-grain/index.md:6:1 empty-body",
    );
}

#[test]
fn many_problems_are_reported_at_once() {
    let mut files = samples::files();
    let patch = |files: &mut BTreeMap<String, Vec<u8>>, path: &str, from: &str, to: &str| {
        let text = String::from_utf8(files[path].clone()).unwrap();
        files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    };
    patch(&mut files, COURSE, "objectives:", "objectivs:");
    patch(&mut files, COURSE, "version: 3", "version: 0\nversion: 1\nowner: x@y\nowner: z@y");
    patch(&mut files, POOL, "type: single", "type: singel");
    patch(&mut files, POOL, "correct: true, why: \"Many rows", "corect: true, why: \"Many rows");
    patch(&mut files, FINAL, "from: pool", "from: pol");
    patch(&mut files, GRAIN, "../02-fan", "../02-fun");
    let report = read(files).2;
    for expected in [
        "joins/course.yaml:5:1 duplicate-key",
        "joins/course.yaml:7:1 duplicate-key",
        "joins/course.yaml:12:1 unknown-key",
        "joins/banks/pool.bank.yaml:5:11 unknown-type",
        "joins/banks/pool.bank.yaml:17:38 unknown-key",
        "joins/exams/final.quiz.yaml:10:11 unknown-bank",
        "joins/modules/01-grain/index.md:7:33 broken-link",
    ] {
        assert_found(&report, expected);
    }
    let printed = report.to_string();
    assert!(printed.contains("(did you mean `objectives`?)"), "{printed}");
    assert!(printed.contains("(did you mean `single`?)"));
    assert!(printed.contains("(did you mean `../02-fan/index.md`?)"), "{printed}");
}

#[test]
fn hostile_files_are_refused_quickly() {
    let deep_flow = format!("id: {}", "[".repeat(100_000));
    let deep_block = "- ".repeat(100_000);
    let mut deep_indent = String::new();
    for level in 0..2_000 {
        deep_indent.push_str(&format!("{}a:\n", " ".repeat(level)));
    }
    let pairs = format!("id: {}1{}", "[a: ".repeat(250), "]".repeat(250));
    let keys = format!("id: {}1{}", "{? ".repeat(250), "}".repeat(250));
    let mut laughs = "a0: &a0 [x, x, x]\n".to_owned();
    for level in 1..30 {
        let before = level - 1;
        laughs.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{before}"); 10].join(", ")));
    }
    let nested_anchors = format!("id: {}x{}", "&a [".repeat(200), "]".repeat(200));
    let large = "x".repeat(5 * 1024 * 1024);
    let many: String = (0..60_000).map(|n| format!("k{n}: 1\n")).collect();
    let duplicates = "id: joins\n".repeat(20_000);
    for hostile in [deep_flow, deep_block, deep_indent, pairs, keys, laughs, nested_anchors, large, many, duplicates] {
        let report = with(&[(COURSE, &hostile)]);
        assert!(report.has_errors(), "{}", hostile.chars().take(40).collect::<String>());
    }
    for pattern in
        ["(((a{100}){100}){100})", "^(x+x+)+y{1000}{1000}$", &"(".repeat(400), &"a".repeat(501), "\\p{L}{500}"]
    {
        assert_found(
            &broken(CHECK, "(?i)^grains?$", &pattern.replace('\\', "\\\\")),
            &format!("{CHECK}:11:33 bad-regex"),
        );
    }
    let quotes = format!("{}{}x", samples::GRAIN, ">".repeat(50_000));
    assert_eq!(with(&[(GRAIN, &quotes)]).to_string(), "");
    let brackets = format!("{}{}{}", samples::GRAIN, "[".repeat(20_000), "![](".repeat(2_000));
    drop(with(&[(GRAIN, &brackets)]));
}

/// How many random texts to try: `PROPTEST_CASES`, or a few.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

/// YAML that is nearly what a course says.
fn yaml() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("id"),
        Just("title"),
        Just("en"),
        Just("questions"),
        Just("options"),
        Just("type"),
        Just("single"),
        Just("x"),
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(": "),
        Just(", "),
        Just("\n"),
        Just("\n  "),
        Just("\n    - "),
        Just("- "),
        Just("? "),
        Just("&a "),
        Just("*a"),
        Just("!!int "),
        Just("!x "),
        Just("'"),
        Just("\""),
        Just("|\n"),
        Just(">-\n"),
        Just("# "),
        Just("---\n"),
        Just("...\n"),
        Just("~"),
        Just("1e9"),
        Just("0x1"),
        Just("é\u{feff}"),
        Just("\t"),
        Just("%YAML 1.2\n"),
        Just("\r"),
        Just("<<: "),
        Just("\u{85}"),
    ];
    proptest::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in prop_oneof![yaml(), ".{0,200}", "[ -~\n]{0,200}"], bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        for path in [COURSE, CHECK, FINAL, POOL, POOL_FR, "access.yaml"] {
            drop(with(&[(path, &text)]));
            drop(with(&[(path, &format!("id: x\nquestions:\n  - id: a\n    type: single\n    ask: {text}"))]));
        }
        drop(with(&[(GRAIN, &format!("---\n{text}\n---\n{text}"))]));
        drop(markdown(&text, &Links::none()));
        drop(super::super::render::inline(&text));
        let mut files = samples::files();
        for path in [COURSE, GRAIN, POOL, "access.yaml"] {
            files.insert(path.to_owned(), bytes.clone());
        }
        drop(read(files));
    }
}

#[test]
fn the_sample_academy_has_no_finding_and_renders_whole() {
    let source = Source::folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/courses"))).unwrap();
    let mut report = Report::new();
    let curriculum = load(&source, &mut report);
    let catalogue = crate::access::catalogue::load(&source, &curriculum, &mut report);
    assert!(report.findings().is_empty(), "{report}");
    assert!(curriculum.courses.len() >= 4 && catalogue.warehouses.len() >= 2 && catalogue.roles.len() >= 6);
    for course in curriculum.courses.values() {
        for module in &course.modules {
            for body in module.bodies.values() {
                let links = super::super::render::Links::of(course, &module.folder);
                let rendered = super::super::render::markdown(body, &links);
                assert!(!rendered.html.is_empty() && !rendered.headings.is_empty());
            }
        }
    }
}
