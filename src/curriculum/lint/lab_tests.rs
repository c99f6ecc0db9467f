//! The checks of SQL exercises, each triggered: in a bank that an exam draws from, and in a practice quiz.

use super::super::{
    report::{Report, Severity},
    samples,
};

/// What is found of an exercise with this solution, in an exam and in practice, on so many hidden sets of rows.
fn found(solution: &str, hidden: usize) -> [Report; 2] {
    let exercise = format!(
        "  - id: q-lab\n    type: sql\n    objective: grain\n    dataset: tiny\n    ask: How many?\n    solution: |\n      {solution}\n    \
         must_fail: [\"SELECT 17\"]\n    why: So it is.\n"
    );
    let practice: String = exercise.lines().map(|line| format!("    {line}\n")).collect();
    ["joins/banks/pool.bank.yaml", "joins/modules/01-grain/check.quiz.yaml"].map(|path| {
        let mut files = samples::files();
        let text = String::from_utf8(files[path].clone()).unwrap();
        let added = if path.contains("bank") { &exercise } else { &practice };
        files.insert(path.to_owned(), (text + added).into_bytes());
        let mut put = |name: &str, text: &str| {
            files.insert(format!("joins/datasets/tiny/{name}.sql"), text.as_bytes().to_vec());
        };
        put("schema", "CREATE TABLE t (x INTEGER, day TEXT);");
        put("visible", "INSERT INTO t VALUES (1, '2026-03-01'), (2, '2026-03-02');");
        for no in 0..hidden {
            put(&format!("hidden-{no}"), &format!("INSERT INTO t VALUES ({no}, '2026-04-0{}');", no + 1));
        }
        samples::read(files).2
    })
}

/// The severity of a finding about the exercise, in an exam and in practice.
fn severities(solution: &str, hidden: usize, code: &str) -> [Option<Severity>; 2] {
    found(solution, hidden).map(|report| {
        let about = report.findings().iter().find(|finding| finding.code == code && finding.message.contains("q-lab"));
        about.map(|finding| finding.severity)
    })
}

const FINE: &str = "SELECT count(*) FROM t WHERE day >= date('2026-03-01', '-1 day')";

#[test]
fn an_exam_asks_for_two_hidden_sets_of_rows() {
    let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
    assert_eq!(severities(FINE, 2, "few-hidden-rows"), [None, None]);
    assert_eq!(severities(FINE, 1, "few-hidden-rows"), [error, warning]);
    assert_eq!(severities(FINE, 0, "few-hidden-rows"), [error, warning]);
}

#[test]
fn what_the_day_or_chance_decides_is_no_solution() {
    let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
    let code = "solution-undetermined";
    assert_eq!(severities(FINE, 2, code), [None, None]);
    assert_eq!(severities("SELECT x FROM t LIMIT 1", 2, code), [error, warning]);
    assert_eq!(severities("SELECT x FROM t ORDER BY x LIMIT 1", 2, code), [None, None]);
    // What tells the time does not run at all, however it is written.
    for now in ["date('now')", "date()", "CURRENT_DATE", "strftime('%Y', lower('NOW'))", "random()"] {
        let solution = format!("SELECT count(*) FROM t WHERE day < {now}");
        assert_eq!(severities(&solution, 2, code), [error, error], "{now}");
    }
}

#[test]
fn a_solution_runs_says_what_it_must_and_differs_from_every_mistake() {
    let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
    assert_eq!(severities("SELECT y FROM t", 2, "solution-fails"), [error, error]);
    assert_eq!(severities("SELECT x FROM t WHERE x > 9", 2, "solution-empty"), [error, error]);
    assert_eq!(severities("SELECT 10 + 7", 2, "must-fail-passes"), [error, error]);
    assert_eq!(severities(FINE, 2, "no-must-fail"), [None, None]);
    let costly =
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 90000) SELECT count(*) FROM r";
    assert_eq!(severities(costly, 2, "solution-costly"), [warning, warning]);
}
