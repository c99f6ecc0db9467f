//! Samples of the statistics: an exam with a wrong key, and one that too few have taken.

use super::{
    CourseStatistics, ExamLine, FlagLine, Met, OptionLine, Plot, Point, QuestionLine, QuestionStatistics, Tick, Trace,
    TracePoint, Version,
};
use crate::web::views::{Sample, sample_at, shared::Link};

/// The pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut empty = sample();
    empty.plot = None;
    empty.flagged = 0;
    empty.corrected = false;
    for exam in &mut empty.exams {
        *exam = ExamLine { title: exam.title.clone(), people: 7, attempts: 9, ..bare_exam() };
    }
    for question in &mut empty.questions {
        *question = bare(&question.id, &question.says);
    }
    vec![
        Sample::of("statistics", &sample()),
        Sample::of("statistics-few", &empty),
        Sample::of("statistics-question", &sample_question()),
    ]
}

fn bare_exam() -> ExamLine {
    let dash = || "—".to_owned();
    ExamLine {
        title: String::new(),
        people: 0,
        attempts: 0,
        mean: dash(),
        passed: dash(),
        corrected_mean: dash(),
        corrected_passed: dash(),
        alpha: dash(),
        error: dash(),
        alpha_items: None,
        alpha_people: 0,
        alpha_whole: false,
    }
}

fn bare(id: &str, text: &str) -> QuestionLine {
    let dash = || "—".to_owned();
    QuestionLine {
        id: id.into(),
        href: format!("/authoring/courses/warehouse-analyst/questions/{id}"),
        says: text.into(),
        place: "warehouse-analyst/banks/joins.bank.yaml:48:7".into(),
        answers: 7,
        exposure: 9,
        enough: false,
        by_new_key: false,
        facility: dash(),
        facility_interval: String::new(),
        discrimination: dash(),
        discrimination_interval: String::new(),
        efficiency: dash(),
        seconds: None,
        flags: vec![],
    }
}

fn flag(code: &str, severity: &str, name: &str, text: &str) -> FlagLine {
    FlagLine { code: code.into(), severity: severity.into(), name: name.into(), says: text.into() }
}

fn sample_line(id: &str, text: &str, facility: &str, discrimination: &str, flags: Vec<FlagLine>) -> QuestionLine {
    QuestionLine {
        answers: 388,
        exposure: 451,
        enough: true,
        facility: facility.into(),
        facility_interval: "0.60–0.69".into(),
        discrimination: discrimination.into(),
        discrimination_interval: "0.29–0.46".into(),
        efficiency: "54".into(),
        seconds: Some(48),
        flags,
        ..bare(id, text)
    }
}

/// Two exams' worth of questions, two of them flagged.
#[must_use]
pub fn sample() -> CourseStatistics {
    let negative = flag(
        "negative-discrimination",
        "serious",
        "Negative discrimination",
        "People who do well elsewhere do worse here (−0.18). Check the key.",
    );
    let easy = flag("too-easy", "notice", "Too easy", "97% get it right: it tells nobody apart.");
    let line = sample_line;
    let questions = vec![
        line(
            "q-fan-out",
            "Two orders have three lines each. How many rows does the join give?",
            "0.41",
            "−0.18",
            vec![negative],
        ),
        line("q-grain", "What does one row of order_lines stand for?", "0.97", "0.08", vec![easy]),
        line("q-left-join", "Which rows does a LEFT JOIN keep that an INNER JOIN drops?", "0.64", "0.38", vec![]),
        QuestionLine { by_new_key: true, ..line("q-null", "What does NULL = NULL give?", "0.55", "0.44", vec![]) },
    ];
    let point = |x: f64, y: f64, kind: &str, question: &QuestionLine| Point {
        x,
        y,
        kind: kind.into(),
        href: question.href.clone(),
        label: format!("{}: {}, {}", question.id, question.facility, question.discrimination),
    };
    let spots = [(189.0, 208.0, "serious"), (389.0, 162.0, "notice"), (271.0, 109.0, "fine"), (239.0, 98.0, "fine")];
    let tick = |at: f64, label: &str| Tick { at, label: label.into() };
    CourseStatistics {
        course: "Warehouse analyst".into(),
        id: "warehouse-analyst".into(),
        least: 20,
        exams: vec![ExamLine {
            title: "Final exam".into(),
            people: 388,
            attempts: 451,
            mean: "74%".into(),
            passed: "61%".into(),
            corrected_mean: "77%".into(),
            corrected_passed: "66%".into(),
            alpha: "0.71".into(),
            error: "9.4".into(),
            alpha_items: Some(12),
            alpha_people: 64,
            alpha_whole: true,
        }],
        corrected: true,
        plot: Some(Plot {
            zero: 176.7,
            below: 83.3,
            across: vec![
                tick(44.0, "0"),
                tick(133.0, "0.25"),
                tick(222.0, "0.5"),
                tick(311.0, "0.75"),
                tick(400.0, "1"),
            ],
            up: vec![tick(260.0, "−0.5"), tick(176.7, "0"), tick(93.3, "0.5"), tick(10.0, "1")],
            points: spots.iter().zip(&questions).map(|((x, y, kind), q)| point(*x, *y, kind, q)).collect(),
        }),
        questions,
        all: 4,
        pager: None,
        flagged: 2,
        sort: "flag".into(),
    }
}

/// A question whose key is wrong, in two versions.
#[must_use]
pub fn sample_question() -> QuestionStatistics {
    let option = |html: &str, role: &str, chosen, width: f64, r: f64| OptionLine {
        html: html.into(),
        role: role.into(),
        chosen,
        share: format!("{width}%"),
        width,
        discrimination: format!("{r:.2}").replace('-', "−"),
        interval: "0.31–0.48".into(),
        from: if r < 0.0 { 50.0 + r * 50.0 } else { 50.0 },
        wide: r.abs() * 50.0,
        against: (role == "key") == (r < 0.0),
        flagged: role != "key" && r > 0.0,
    };
    let beats = flag(
        "distractor-beats-key",
        "serious",
        "A distractor beats the key",
        "Strong people choose “Six” (0.40) rather than what counts as right (−0.31).",
    );
    let points: Vec<TracePoint> = [(1, 0.62), (2, 0.51), (3, 0.43), (4, 0.30), (5, 0.21)]
        .iter()
        .map(|(fifth, facility)| TracePoint {
            x: 46.0 + f64::from(*fifth - 1) * 54.0,
            y: 10.0 + (1.0 - facility) * 120.0,
            fifth: *fifth,
            people: 77,
            facility: format!("{facility:.2}"),
        })
        .collect();
    let line = sample_line("q-fan-out", "Two orders have three lines each.", "0.41", "−0.31", vec![beats]);
    let met = |first: i64, last: i64| Some(Met { first: sample_at(24 * first), last: sample_at(24 * last) });
    QuestionStatistics {
        course: Link::new("Warehouse analyst", "/authoring/courses/warehouse-analyst/statistics"),
        id: "q-fan-out".into(),
        html: "<p>Two orders have three lines each. How many rows does the join of <code>orders</code> and <code>order_lines</code> give?</p>".into(),
        kind: "single".into(),
        place: "warehouse-analyst/banks/joins.bank.yaml:48:7".into(),
        least: 20,
        preview: Some("/authoring/courses/warehouse-analyst/preview/q-fan-out".into()),
        regrade: Some("/authoring/courses/warehouse-analyst/questions/q-fan-out/regrade".into()),
        corrected: 1,
        versions: vec![
            Version {
                hash: "51c0ffee".into(),
                in_force: true,
                by_new_key: false,
                met: met(-3, 0),
                line: bare("q-fan-out", "Two orders have three lines each."),
                options: vec![],
                trace: None,
            },
            Version {
                hash: "9f2c7b1e".into(),
                in_force: false,
                by_new_key: true,
                met: met(-190, -3),
                line: sample_line("q-fan-out", "Two orders have three lines each.", "0.45", "0.40", vec![]),
                options: vec![
                    option("Two", "distractor", 159, 41.0, -0.31),
                    option("Three", "distractor", 54, 14.0, -0.12),
                    option("Six", "key", 175, 45.0, 0.40),
                ],
                trace: None,
            },
            Version {
                hash: "9f2c7b1e".into(),
                in_force: false,
                by_new_key: false,
                met: met(-190, -3),
                line,
                options: vec![
                    option("Two", "key", 159, 41.0, -0.31),
                    option("Three", "distractor", 54, 14.0, -0.12),
                    option("Six", "distractor", 175, 45.0, 0.40),
                ],
                trace: Some(Trace {
                    line: points.iter().map(|p| format!("{},{}", p.x, p.y)).collect::<Vec<_>>().join(" "),
                    up: [(130.0, "0"), (70.0, "0.5"), (10.0, "1")]
                        .map(|(at, label)| Tick { at, label: label.into() })
                        .to_vec(),
                    points,
                }),
            },
        ],
    }
}
