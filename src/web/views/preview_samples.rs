//! Samples of what authors see: a course with findings, a module that is half translated, and questions with their keys.

use super::{
    Sample,
    authoring::Finding,
    preview::{
        CoursePreview, Draw, KeyCode, KeyFact, KeyLine, ModuleLine, ModulePreview, QuestionLine, QuestionList,
        QuestionPreview, QuizLine, Tab,
    },
    shared::Link,
};

const TEXT: &str = include_str!("module_sample.html");

/// All samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("preview-course", &course()),
        Sample::of("preview-module", &module()),
        Sample::of("preview-question", &question()),
        Sample::of("preview-question-sql", &lab()),
    ]
}

fn finding(place: &str, message: &str, suggestion: &str, code: &str) -> Finding {
    Finding { place: place.into(), message: message.into(), suggestion: suggestion.into(), code: code.into() }
}

fn tabs(current: &str) -> Vec<Tab> {
    ["en", "fr"]
        .map(|lang| Tab {
            lang: lang.into(),
            href: format!("?in={lang}"),
            current: lang == current,
            missing: lang == "fr",
        })
        .to_vec()
}

fn course_link() -> Link {
    Link::new("Handling personal data", "/authoring/courses/personal-data")
}

/// An outline.
#[must_use]
pub fn course() -> CoursePreview {
    let asked = |id: &str, kind: &str, ask: &str, findings, missing: &[&str]| QuestionLine {
        href: format!("/authoring/courses/personal-data/preview/{id}"),
        id: id.into(),
        kind: kind.into(),
        ask: ask.into(),
        findings,
        missing: missing.iter().map(|lang| (*lang).to_owned()).collect(),
    };
    let module = |id: &str, title: &str, findings, missing: &[&str]| ModuleLine {
        href: format!("/authoring/courses/personal-data/modules/{id}"),
        title: title.into(),
        place: format!("personal-data/modules/04-{id}"),
        findings,
        missing: missing.iter().map(|lang| (*lang).to_owned()).collect(),
    };
    CoursePreview {
        href: "/courses/personal-data".into(),
        title: "Handling personal data".into(),
        summary: "What the law and the house ask of everybody who may read data about people.".into(),
        version: "4".into(),
        hash: "9f2c7b1e4ad05c38b6e1f0a9d47c2e83b51a6f909f2c7b1e4ad05c38b6e1f0a9".into(),
        languages: vec!["en".into(), "fr".into()],
        modules: vec![
            module("what-counts", "What counts as personal", 0, &[]),
            module("masking", "Masking and minimising", 2, &["fr"]),
        ],
        quizzes: vec![
            QuizLine {
                href: "/quizzes/personal-data/check-what-counts".into(),
                kind: "practice".into(),
                count: 2,
                pass: 80.0,
                draws: vec![],
                list: QuestionList {
                    id: "check-what-counts".into(),
                    title: "Check".into(),
                    findings: 0,
                    questions: vec![
                        asked("ck-remark", "single", "A remark says “called Ana, she is ill”. What is it?", 0, &[]),
                        asked("ck-true", "true_false", "A hashed e-mail address is anonymous.", 0, &[]),
                    ],
                },
            },
            QuizLine {
                href: "/quizzes/personal-data/final".into(),
                kind: "exam".into(),
                count: 12,
                pass: 75.0,
                draws: vec![
                    Draw { count: 6, of: 20, bank: "lawfulness".into() },
                    Draw { count: 6, of: 12, bank: "masking".into() },
                ],
                list: QuestionList { id: "final".into(), title: "Final exam".into(), findings: 1, questions: vec![] },
            },
        ],
        banks: vec![QuestionList {
            id: "lawfulness".into(),
            title: "Lawfulness".into(),
            findings: 3,
            questions: vec![
                asked("basis-1", "single", "Which basis lets support read a customer's address?", 0, &[]),
                asked(
                    "basis-2",
                    "multi",
                    "Which of these need a purpose of their own before anybody joins them?",
                    2,
                    &["fr"],
                ),
                asked("basis-3", "order", "Put the steps of an erasure in order.", 1, &[]),
            ],
        }],
        findings: vec![finding(
            "personal-data/course.yaml:14:3",
            "No question tests the objective `erasure`.",
            "",
            "untested-objective",
        )],
        errors: vec![finding(
            "personal-data/banks/lawfulness.bank.yaml:48:13",
            "Expected one option with `correct: true`, found none.",
            "",
            "no-correct-option",
        )],
        total: 7,
    }
}

/// A module seen in a language that it is not written in yet.
#[must_use]
pub fn module() -> ModulePreview {
    ModulePreview {
        course: course_link(),
        href: "/courses/personal-data/what-counts".into(),
        title: "What counts as personal".into(),
        place: "personal-data/modules/04-what-counts/index.md".into(),
        number: 4,
        of: 5,
        minutes: 15,
        tabs: tabs("fr"),
        lang: "en".into(),
        untranslated: true,
        html: TEXT.into(),
        objectives: vec!["Tell personal data from the rest, also where it hides in free text".into()],
        findings: vec![
            finding(
                "personal-data/modules/04-what-counts/index.md:31:9",
                "The link `../05-maskng/index.md` leads to no module.",
                "../05-masking/index.md",
                "broken-link",
            ),
            finding(
                "personal-data/modules/04-what-counts/index.md:2:1",
                "The module `what-counts` has no `index.fr.md`.",
                "",
                "missing-translation",
            ),
        ],
        errors: vec![],
        previous: Some(Link::new("A purpose and its end", "/authoring/courses/personal-data/modules/purpose")),
        next: Some(Link::new("Masking and minimising", "/authoring/courses/personal-data/modules/masking")),
    }
}

/// A question with several right options.
#[must_use]
pub fn question() -> QuestionPreview {
    let line = |id: &str, html: &str, right: bool, why: &str| KeyLine {
        id: id.into(),
        html: html.into(),
        tone: if right { "right" } else { "wrong" }.into(),
        answer: None,
        why: Some(why.into()),
    };
    QuestionPreview {
        course: course_link(),
        list: "Lawfulness".into(),
        id: "basis-2".into(),
        kind: "multi".into(),
        objective: Some("Name the basis for reading data about people".into()),
        points: 2.0,
        place: "personal-data/banks/lawfulness.bank.yaml:31".into(),
        hash: "4ad05c38b6e1f0a9d47c2e83b51a6f90".into(),
        tabs: tabs("en"),
        lang: "en".into(),
        untranslated: false,
        html: "<p>Which of these need a <strong>purpose of their own</strong> before anybody joins them?</p>".into(),
        lines: vec![
            line("a", "Orders with <code>remarks</code>", true, "Remarks name people."),
            line(
                "b",
                "Stock by warehouse with a calendar of public holidays in every country that we deliver to",
                false,
                "Nobody is in it.",
            ),
            line("c", "Clicks with e-mail addresses", true, "That makes the clicks personal."),
        ],
        ordered: false,
        facts: vec![KeyFact { name: "credit".into(), texts: vec!["right minus wrong ticks".into()], code: false }],
        codes: vec![],
        why: Some("<p>A join can make personal what was not.</p>".into()),
        model: None,
        uses: vec![Link::new("Final exam", "/quizzes/personal-data/final")],
        statistics: Some("/authoring/courses/data-foundations/questions/l-grain".into()),
        findings: vec![finding(
            "personal-data/banks/lawfulness.bank.yaml:37:7",
            "The option `b` of `basis-2` points at the options above it, and they are shuffled.",
            "",
            "all-of-the-above",
        )],
        errors: vec![],
        previous: Some(Link::new("basis-1", "/authoring/courses/personal-data/preview/basis-1")),
        next: Some(Link::new("basis-3", "/authoring/courses/personal-data/preview/basis-3")),
    }
}

/// A statement in SQL that no quiz shows.
#[must_use]
pub fn lab() -> QuestionPreview {
    let code = |name: &str, sql: &str| KeyCode {
        name: name.into(),
        html: format!("<pre tabindex=\"0\"><code class=\"language-sql\">{sql}</code></pre>"),
    };
    QuestionPreview {
        id: "q-returns".into(),
        kind: "sql".into(),
        html: "<p>How many orders were returned, by country?</p>".into(),
        lines: vec![],
        facts: vec![
            KeyFact { name: "dataset".into(), texts: vec!["shop".into()], code: true },
            KeyFact { name: "require".into(), texts: vec!["group by".into(), "count".into()], code: true },
        ],
        codes: vec![
            code("solution", "SELECT country, COUNT(*)\nFROM orders\nWHERE returned\nGROUP BY country"),
            code("must-fail", "SELECT country, COUNT(returned) FROM orders GROUP BY country"),
        ],
        uses: vec![],
        statistics: Some("/authoring/courses/data-foundations/questions/l-grain".into()),
        findings: vec![],
        ..question()
    }
}
