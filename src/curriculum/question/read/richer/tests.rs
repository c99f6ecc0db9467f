//! Reading the richer questions: right ones whole, wrong ones with the place of each mistake.

use crate::{
    base::text::Language,
    curriculum::{
        question::{Accept, BlankKey, Body, OrderCredit},
        report::Report,
        samples::{assert_found, read, rich_files},
    },
};

const RICH: &str = "joins/banks/rich.bank.yaml";
const RICH_FR: &str = "joins/banks/rich.bank.fr.yaml";

/// The academy with the rich bank, and one text replaced in it.
fn broken(path: &str, from: &str, to: &str) -> Report {
    let mut files = rich_files();
    let old = String::from_utf8(files[path].clone()).unwrap();
    assert!(old.contains(from), "{path} does not hold {from:?}");
    files.insert(path.to_owned(), old.replacen(from, to, 1).into_bytes());
    read(files).2
}

#[test]
fn every_type_is_read_whole_and_without_a_finding() {
    let (curriculum, _, report) = read(rich_files());
    assert_eq!(report.to_string(), "");
    let bank = &curriculum.courses[&"joins".parse().unwrap()].banks[&"rich".parse().unwrap()];
    let [grid, pairs, order, cloze, prose] = bank.questions.as_slice() else { panic!("{:?}", bank.questions) };
    let Body::TrueFalseGrid { rows } = &grid.body else { panic!("{grid:?}") };
    assert_eq!(rows.iter().map(|row| row.correct).collect::<Vec<_>>(), [true, false]);
    assert_eq!(rows[1].text.get(Language::Fr), "Une clé se répète");
    let Body::Match(matching) = &pairs.body else { panic!("{pairs:?}") };
    let targets: Vec<&str> = matching.targets.iter().map(|target| target.text.get(Language::Fr)).collect();
    assert_eq!(targets, ["premier", "second", "tiers"]);
    assert_eq!(matching.pairs[1].right.as_str(), "t2");
    let Body::Order { items, credit: OrderCredit::Pairs } = &order.body else { panic!("{order:?}") };
    assert_eq!(items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let Body::Cloze { blanks, .. } = &cloze.body else { panic!("{cloze:?}") };
    let BlankKey::Accept(accept) = &blanks[1].key else { panic!("{blanks:?}") };
    assert_eq!(accept, &[Accept::Text("z".to_owned()), Accept::Text("zed".to_owned())]);
    let Body::FreeText { rubric, model } = &prose.body else { panic!("{prose:?}") };
    assert_eq!(rubric.iter().map(|criterion| criterion.weight.to_string()).collect::<Vec<_>>(), ["1", "2"]);
    assert!(model.as_ref().unwrap().has(Language::Fr));
}

#[test]
fn every_mistake_names_its_place() {
    let cases = [
        (RICH, "answer: true", "answer: maybe", "joins/banks/rich.bank.yaml:8:42 bad-type"),
        (RICH, "answer: true, ", "", "joins/banks/rich.bank.yaml:8:9 missing-key"),
        (RICH, "answer: true", "correct: true", "joins/banks/rich.bank.yaml:8:34 unknown-key"),
        (RICH, "A key repeats", "a row is A THING", "joins/banks/rich.bank.yaml:9:9 duplicate-option"),
        (RICH, "{One: first, Two: second}", "{One: first}", "joins/banks/rich.bank.yaml:15:12 bad-options"),
        (RICH, "Two: second", "one: second", "joins/banks/rich.bank.yaml:15:25 duplicate-option"),
        (RICH, "extra: [third]", "extra: [FIRST]", "joins/banks/rich.bank.yaml:16:12 duplicate-option"),
        (RICH, "credit: pairs", "credit: most", "joins/banks/rich.bank.yaml:20:13 bad-choice"),
        (RICH, "[FROM, WHERE, {id: c, text: SELECT}]", "[FROM]", "joins/banks/rich.bank.yaml:23:12 bad-options"),
        (RICH, "WHERE", "from", "joins/banks/rich.bank.yaml:23:19 duplicate-option"),
        (RICH, "id: c, text", "id: a, text", "joins/banks/rich.bank.yaml:23:26 duplicate-id"),
        (RICH, "{{a}} and", "{{q}} and", "joins/banks/rich.bank.yaml:27:11 blank-undefined"),
        (RICH, "{{a}} and", "nothing and", "joins/banks/rich.bank.yaml:29:13 blank-unused"),
        (RICH, "{{a}} and", "{{a}} or {{a}} and", "joins/banks/rich.bank.yaml:27:11 duplicate-id"),
        (RICH, "b: {accept: [z]}", "b: {accept: [z], answer: 1}", "joins/banks/rich.bank.yaml:29:62 missing-key"),
        (RICH, "b: {accept: [z]}", "B B: {accept: [z]}", "joins/banks/rich.bank.yaml:29:59 bad-slug"),
        (RICH, "text: y, correct: true", "text: y", "joins/banks/rich.bank.yaml:29:27 no-correct-option"),
        (
            RICH,
            "[x, {text: y",
            "[{text: x, correct: true}, {text: y",
            "joins/banks/rich.bank.yaml:29:27 several-correct-options",
        ),
        (RICH, "{answer: 2}", "{answer: two}", "joins/banks/rich.bank.yaml:29:89 bad-number"),
        (RICH, "[clear, {id: b, text: short, points: 2}]", "[]", "joins/banks/rich.bank.yaml:34:13 bad-options"),
        (RICH, "points: 2", "points: 0", "joins/banks/rich.bank.yaml:34:50 bad-points"),
        (RICH, "text: short", "text: CLEAR", "joins/banks/rich.bank.yaml:34:21 duplicate-option"),
        (RICH, "type: match", "type: matching", "joins/banks/rich.bank.yaml:11:11 unknown-type"),
        (RICH_FR, "{{b}} puis", "{{c}} puis", "joins/banks/rich.bank.fr.yaml:5:3 blank-undefined"),
        (RICH_FR, "a.b: y", "a.z: y", "joins/banks/rich.bank.fr.yaml:5:80 unknown-option"),
        (RICH_FR, "accept: {b: [zed]}", "accept: {a: [zed]}", "joins/banks/rich.bank.fr.yaml:5:98 unknown-blank"),
        (RICH_FR, "t3: tiers", "t9: tiers", "joins/banks/rich.bank.fr.yaml:3:110 unknown-option"),
        (RICH_FR, "c: SELECT", "d: SELECT", "joins/banks/rich.bank.fr.yaml:4:77 unknown-option"),
    ];
    let mut missed = String::new();
    for (path, from, to, expected) in cases {
        let report = broken(path, from, to);
        let found = |f: &crate::curriculum::report::Finding| {
            format!("{}:{}:{} {}", f.file, f.line, f.column, f.code) == *expected
        };
        if !report.findings().iter().any(found) {
            missed.push_str(&format!("{to:?}: expected {expected}, found:\n{report}\n"));
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

#[test]
fn what_can_be_guessed_or_is_not_said_is_warned_about() {
    let exam = "id: second\nkind: exam\ntitle: {en: Second, fr: Second}\npass: 50%\nsections:\n  - draw: {from: rich, count: 1}\n";
    let mut files = rich_files();
    files.insert("joins/exams/second.quiz.yaml".to_owned(), exam.as_bytes().to_vec());
    let text = String::from_utf8(files[RICH].clone()).unwrap().replace("    extra: [third]\n", "");
    files.insert(RICH.to_owned(), text.into_bytes());
    let report = read(files).2;
    assert_found(&report, "joins/banks/rich.bank.yaml:15:12 match-without-extra");
    assert_found(&report, "joins/banks/rich.bank.yaml:29:5 needs-person");
    for (path, from, to, expected) in [
        (RICH, "answer: false", "answer: true", "joins/banks/rich.bank.yaml:8:7 grid-all-same"),
        (
            RICH,
            "[FROM, WHERE, {id: c, text: SELECT}]",
            "[FROM, WHERE]",
            "joins/banks/rich.bank.yaml:23:12 order-of-two",
        ),
        (RICH, ", why: It is.}", "}", "joins/banks/rich.bank.yaml:8:7 missing-why"),
        (RICH, "    why: By number.\n", "", "joins/banks/rich.bank.yaml:14:12 missing-why"),
        (RICH, "    why: They fit.\n", "", "joins/banks/rich.bank.yaml:28:13 missing-why"),
        (RICH, "    model: Because of the grain.\n", "", "joins/banks/rich.bank.yaml:30:5 missing-why"),
        (RICH, "[z]", "[{regex: \"zed?\"}]", "joins/banks/rich.bank.yaml:29:13 unanchored-regex"),
        (RICH_FR, ", t3: tiers", "", "joins/banks/rich.bank.fr.yaml:3:3 missing-translation"),
        (
            RICH_FR,
            "text: \"Pour {{n}}, {{b}} puis {{a}}\", ",
            "",
            "joins/banks/rich.bank.fr.yaml:5:3 missing-translation",
        ),
        (RICH_FR, ", model: À cause du grain.", "", "joins/banks/rich.bank.fr.yaml:6:3 missing-translation"),
    ] {
        assert_found(&broken(path, from, to), expected);
    }
}
