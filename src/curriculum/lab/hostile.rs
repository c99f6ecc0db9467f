//! Hostile statements: each ends within its bounds, with a message of its own. The table of all of them, with outcome and
//! time, goes into the file that `HABILIS_LAB_TABLE` names:
//!
//!   HABILIS_LAB_TABLE=hostile.md cargo test --lib hostile

use super::{
    image::Image,
    sandbox::{BOUNDS, Bounds},
    trouble::Trouble,
};
use std::time::{Duration, Instant};

/// Statements, each with the codes that its end may have; `ok` is a result.
fn statements() -> Vec<(&'static str, String, &'static [&'static str])> {
    let deep = |open: &str, middle: &str, shut: &str, times: usize| open.repeat(times) + middle + &shut.repeat(times);
    let forever = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)";
    let doubling = |links: usize, body: &str| {
        let mut parts = vec!["a0 AS (SELECT 1 AS x)".to_owned()];
        parts.extend((1..=links).map(|no| format!("a{no} AS ({})", body.replace("@", &format!("a{}", no - 1)))));
        format!("WITH {} SELECT count(*) FROM a{links}", parts.join(", "))
    };
    let s = str::to_owned;
    vec![
        // Without end.
        ("endless recursion, counted", format!("{forever} SELECT count(*) FROM r"), &["steps"]),
        ("endless recursion, shown", format!("{forever} SELECT n FROM r"), &["rows"]),
        ("endless recursion, sorted", format!("{forever} SELECT n FROM r ORDER BY n DESC"), &["steps", "memory"]),
        ("endless recursion, distinct", format!("{forever} SELECT DISTINCT n % 7 FROM r"), &["steps"]),
        ("endless recursion, last only", format!("{forever} SELECT n FROM r LIMIT 1 OFFSET 900000000"), &["steps"]),
        (
            "endless recursion in a condition",
            format!("{forever} SELECT 1 WHERE EXISTS (SELECT 1 FROM r WHERE n < 0)"),
            &["steps"],
        ),
        (
            "recursion over both branches",
            s(
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n * 2 FROM r UNION ALL SELECT n * 2 + 1 FROM r) SELECT max(n) FROM r",
            ),
            &["steps", "memory"],
        ),
        (
            "recursion that grows a text",
            s("WITH RECURSIVE r(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM r) SELECT max(length(t)) FROM r"),
            &["value"],
        ),
        (
            "recursion that keeps long texts",
            s(
                "WITH RECURSIVE r(n, t) AS (SELECT 1, printf('%.7000c', 'x') UNION ALL SELECT n + 1, t FROM r) SELECT count(*) FROM (SELECT n, t FROM r ORDER BY t, n DESC)",
            ),
            &["steps", "memory"],
        ),
        (
            "recursion without repeats",
            s("WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r) SELECT count(*) FROM r"),
            &["steps", "memory"],
        ),
        ("window over endless rows", format!("{forever} SELECT sum(n) OVER (ORDER BY n) FROM r"), &["steps", "memory"]),
        ("texts gathered without end", format!("{forever} SELECT group_concat(n) FROM r"), &["value", "steps"]),
        // Too many rows.
        (
            "cross join of six",
            s("SELECT count(*) FROM numbers a, numbers b, numbers c, numbers d, numbers e, numbers f"),
            &["steps"],
        ),
        ("cross join, shown", s("SELECT a.n FROM numbers a, numbers b, numbers c"), &["rows"]),
        (
            "cross join, sorted",
            s(
                "SELECT a.n, b.n, c.n, d.n FROM numbers a, numbers b, numbers c, numbers d ORDER BY a.n + d.n, b.n * c.n",
            ),
            &["steps", "memory"],
        ),
        (
            "cross join, grouped",
            s(
                "SELECT a.n, b.n, c.n, d.n, count(*) FROM numbers a, numbers b, numbers c, numbers d GROUP BY 1, 2, 3, 4",
            ),
            &["steps", "memory", "rows"],
        ),
        (
            "cross join in a condition",
            s("SELECT 1 FROM numbers WHERE (SELECT count(*) FROM numbers a, numbers b, numbers c, numbers d) < n"),
            &["steps"],
        ),
        (
            "windows over a cross join",
            s(
                "SELECT count(*) OVER (PARTITION BY a.n ORDER BY b.n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM numbers a, numbers b, numbers c, numbers d",
            ),
            &["steps", "memory", "rows"],
        ),
        (
            "minimum over moving windows",
            s(
                "SELECT min(x) OVER (ORDER BY x ROWS BETWEEN 4000 PRECEDING AND CURRENT ROW) FROM (SELECT a.n * 1000 + b.n * 7 + c.n AS x FROM numbers a, numbers b, numbers c)",
            ),
            &["steps", "memory", "rows"],
        ),
        ("text that fills the result", s("SELECT printf('%.7000c', 'x') FROM numbers a, numbers b"), &["bytes"]),
        // Too long values.
        ("a long text by format", s("SELECT printf('%.100000000c', 'x')"), &["value"]),
        ("a long text by width", s("SELECT format('%1000000000d', 1)"), &["value"]),
        (
            "a long text by replace",
            s("SELECT replace(printf('%.8000c', 'x'), 'x', printf('%.8000c', 'y'))"),
            &["value"],
        ),
        ("a long text by hex", s("SELECT hex(hex(hex(printf('%.7000c', 'x'))))"), &["value"]),
        (
            "a long text by gathering",
            s("SELECT group_concat(a.n || b.n || c.n) FROM numbers a, numbers b, numbers c"),
            &["value"],
        ),
        (
            "a long row",
            s(
                "SELECT * FROM (SELECT printf('%.7000c', 'x') AS a, printf('%.7000c', 'y') AS b FROM numbers) ORDER BY a, b",
            ),
            &["value"],
        ),
        ("zeros", s("SELECT zeroblob(1000000000)"), &["denied"]),
        ("random bytes", s("SELECT randomblob(1000000000)"), &["clock"]),
        ("random numbers", s("SELECT random()"), &["clock"]),
        // The time.
        ("the time", s("SELECT datetime('now')"), &["clock"]),
        ("the time in seconds", s("SELECT strftime('%s', 'now')"), &["clock"]),
        ("the time without saying so", s("SELECT unixepoch()"), &["clock"]),
        ("the time by its word", s("SELECT CURRENT_TIMESTAMP"), &["clock"]),
        ("the time as a computed word", s("SELECT julianday(lower(substr('KNOWN', 2, 3)))"), &["clock"]),
        ("the time as bytes", s("SELECT date(x'4e4f57')"), &["clock"]),
        ("the time behind a zero byte", s("SELECT time('now' || char(0) || 'x')"), &["clock"]),
        ("the time zone", s("SELECT datetime('2026-03-01 12:00', 'localtime')"), &["clock"]),
        (
            "a long text by a date",
            s("SELECT strftime(replace(printf('%.1500c', 'x'), 'x', '%J '), '2026-03-01')"),
            &["value"],
        ),
        (
            "dates over a cross join",
            s("SELECT sum(unixepoch('2026-03-01', a.n || ' days')) FROM numbers a, numbers b, numbers c, numbers d"),
            &["steps"],
        ),
        (
            "a pattern with many stars",
            format!("SELECT printf('%.7000c', 'a') GLOB '{}b'", "*a".repeat(45)),
            &["ok", "error"],
        ),
        (
            "a pattern with many signs",
            format!("SELECT printf('%.7000c', 'a') LIKE '{}b'", "%a".repeat(45)),
            &["ok", "error"],
        ),
        ("a pattern that is too long", format!("SELECT 'a' LIKE '{}'", "%a".repeat(400)), &["error", "complex"]),
        (
            "many patterns",
            s(
                "SELECT count(*) FROM numbers a, numbers b, numbers c, numbers d WHERE printf('%.700c', 'a') || a.n || b.n || c.n || d.n LIKE '%a%a%a%a%a%b'",
            ),
            &["steps"],
        ),
        // Beyond the data set.
        ("attach a file", s("ATTACH DATABASE '/var/lib/habilis/habilis.db' AS service"), &["not-a-question"]),
        ("detach", s("DETACH DATABASE main"), &["not-a-question"]),
        ("a pragma", s("PRAGMA database_list"), &["not-a-question"]),
        ("a pragma that writes", s("PRAGMA journal_mode = DELETE"), &["not-a-question"]),
        ("a pragma's table", s("SELECT * FROM pragma_database_list"), &["denied"]),
        ("a pragma's table, counted", s("SELECT count(*) FROM pragma_table_list"), &["denied"]),
        ("the schema's table", s("SELECT sql FROM sqlite_schema"), &["denied"]),
        ("the schema's table, old name", s("SELECT * FROM main.sqlite_master"), &["denied"]),
        ("another schema", s("SELECT * FROM temp.sqlite_schema"), &["denied"]),
        ("pages of the file", s("SELECT * FROM dbstat"), &["denied"]),
        ("a table of another database", s("SELECT * FROM service.people"), &["error"]),
        ("an extension", s("SELECT load_extension('/tmp/x.so')"), &["denied", "error"]),
        ("a file", s("SELECT readfile('/etc/passwd')"), &["error", "denied"]),
        ("a file, written", s("SELECT writefile('/tmp/x', 'x')"), &["error", "denied"]),
        ("a tokenizer", s("SELECT fts3_tokenizer('simple')"), &["denied", "error"]),
        ("JSON taken apart", s("SELECT * FROM json_each('[1,2,3]')"), &["denied", "error"]),
        ("the engine's version", s("SELECT sqlite_version()"), &["denied"]),
        ("the compile options", s("SELECT sqlite_compileoption_get(1)"), &["denied"]),
        ("changes of the connection", s("SELECT last_insert_rowid(), changes()"), &["denied"]),
        // Writing.
        ("insert", s("INSERT INTO numbers VALUES (99)"), &["not-a-question"]),
        (
            "insert behind a part",
            s("WITH x AS (SELECT 1) INSERT INTO numbers SELECT * FROM x"),
            &["denied", "not-a-question"],
        ),
        ("delete behind a part", s("WITH x AS (SELECT 1) DELETE FROM numbers"), &["denied", "not-a-question"]),
        (
            "update with returning",
            s("WITH x AS (SELECT 1) UPDATE numbers SET n = 0 RETURNING n"),
            &["denied", "not-a-question"],
        ),
        ("drop", s("DROP TABLE numbers"), &["not-a-question"]),
        ("create", s("CREATE TABLE t AS SELECT 1"), &["not-a-question"]),
        ("a temporary table", s("CREATE TEMP TABLE t (x)"), &["not-a-question"]),
        ("a view", s("CREATE VIEW v AS SELECT 1"), &["not-a-question"]),
        ("a trigger", s("CREATE TRIGGER t AFTER INSERT ON numbers BEGIN SELECT 1; END"), &["not-a-question"]),
        ("a virtual table", s("CREATE VIRTUAL TABLE t USING fts5(x)"), &["not-a-question"]),
        ("a transaction", s("BEGIN EXCLUSIVE"), &["not-a-question"]),
        ("vacuum into a file", s("VACUUM INTO '/tmp/x.db'"), &["not-a-question"]),
        ("analyze", s("ANALYZE"), &["not-a-question"]),
        ("reindex", s("REINDEX"), &["not-a-question"]),
        ("explain", s("EXPLAIN SELECT 1"), &["not-a-question"]),
        ("the query plan", s("EXPLAIN QUERY PLAN SELECT 1"), &["not-a-question"]),
        // Many.
        ("two statements", s("SELECT 1; SELECT 2"), &["several"]),
        ("a second statement that writes", s("SELECT 1; DROP TABLE numbers"), &["several"]),
        ("a second statement behind a comment", s("SELECT 1; -- done\nDELETE FROM numbers"), &["several"]),
        ("a thousand statements", "SELECT 1;".repeat(1_000), &["several"]),
        ("nothing", s("  -- only a note\n"), &["empty"]),
        ("only semicolons", s(";;;;"), &["empty"]),
        ("a hidden zero byte", s("SELECT 1\0; DROP TABLE numbers"), &["not-a-question", "several"]),
        ("a comment that does not end", s("SELECT 1 /* and on"), &["ok"]),
        ("a text that does not end", s("SELECT 'and on"), &["error"]),
        // Deep and wide.
        ("ten thousand brackets", format!("SELECT {}", deep("(", "1", ")", 10_000)), &["too-long"]),
        ("two thousand brackets", format!("SELECT {}", deep("(", "1", ")", 2_000)), &["complex", "error"]),
        ("ten thousand terms", format!("SELECT 1{}", " + 1".repeat(10_000)), &["too-long"]),
        ("two thousand terms", format!("SELECT 1{}", "+1".repeat(2_000)), &["complex"]),
        ("two thousand negations", format!("SELECT {}1", "NOT ".repeat(2_000)), &["complex", "error"]),
        ("cases in cases", format!("SELECT {}", deep("CASE WHEN 1 THEN ", "1", " END", 300)), &["complex", "error"]),
        (
            "selections in selections",
            format!("SELECT * FROM {}", deep("(SELECT * FROM ", "numbers", ")", 180)),
            &["complex", "error"],
        ),
        (
            "three hundred selections",
            format!("SELECT * FROM {}", deep("(SELECT * FROM ", "numbers", ")", 300)),
            &["complex"],
        ),
        ("a hundred unions", format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(100)), &["complex", "error"]),
        ("a thousand values", format!("VALUES (1){}", ",(1)".repeat(2_000)), &["ok", "complex"]),
        ("five hundred columns", format!("SELECT 1{}", ",1".repeat(500)), &["complex"]),
        (
            "seventy tables",
            format!("SELECT count(*) FROM numbers{}", ", numbers".repeat(70)),
            &["complex", "error", "steps"],
        ),
        (
            "sixty tables",
            format!(
                "SELECT count(*) FROM numbers a0{}",
                (1..60).map(|n| format!(" JOIN numbers a{n} ON a{n}.n = a{}.n", n - 1)).collect::<String>()
            ),
            &["ok", "complex", "steps"],
        ),
        ("parts that double", doubling(30, "SELECT p.x FROM @ p, @ q"), &["complex"]),
        ("parts that double in conditions", doubling(30, "SELECT x FROM @ WHERE x IN (SELECT x FROM @)"), &["complex"]),
        ("parts that double by union", doubling(30, "SELECT x FROM @ UNION ALL SELECT x FROM @"), &["complex"]),
        ("parts that double without end in sight", doubling(200, "SELECT p.x FROM @ p, @ q"), &["complex"]),
        ("parts in quotes that double", doubling(30, "SELECT p.x FROM \"@\" p, [@] q"), &["complex"]),
        (
            "parts that name each other",
            s("WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a"),
            &["error"],
        ),
        (
            "columns that double",
            format!(
                "SELECT * FROM {}",
                (0..12).fold(s("(SELECT 1 AS x)"), |t, n| format!("(SELECT * FROM {t} a{n} JOIN numbers)"))
            ),
            &["bytes", "complex"],
        ),
        ("a long list", format!("SELECT 1 WHERE 1 IN (0{})", ",0".repeat(4_000)), &["ok", "complex"]),
        ("parameters", s("SELECT ?1, :name, @at, $dollar"), &["complex", "error"]),
        ("a far parameter", s("SELECT ?999999999"), &["error", "complex"]),
        ("many arguments", format!("SELECT coalesce(1{})", ",1".repeat(500)), &["error", "complex"]),
        ("a statement of a megabyte", format!("SELECT '{}'", "x".repeat(1_000_000)), &["too-long"]),
        ("overflow", s("SELECT sum(9223372036854775807) FROM numbers"), &["error"]),
        ("division by zero", s("SELECT 1 / 0, 1 % 0"), &["ok"]),
        ("a word in double quotes", s("SELECT \"not a column\" FROM numbers"), &["error"]),
    ]
}

pub(crate) fn numbers() -> Image {
    let rows: Vec<String> = (1..=40).map(|n| format!("({n})")).collect();
    Image::build(&[
        "CREATE TABLE numbers (n INTEGER NOT NULL);",
        &format!("INSERT INTO numbers VALUES {};", rows.join(",")),
    ])
    .unwrap()
}

#[test]
fn every_hostile_statement_ends_within_its_bounds() {
    let image = numbers();
    let all = statements();
    assert!(all.len() >= 60, "{}", all.len());
    let mut wrong = Vec::new();
    let mut table = format!(
        "{} hostile statements\n\n| statement | code | outcome | time |\n| --- | --- | --- | ---: |\n",
        all.len()
    );
    for (name, sql, ends) in &all {
        let since = Instant::now();
        // The count of steps has to end it, not the clock of a machine that is busy with other tests.
        let outcome = image.run_within(sql, Bounds { time: Duration::from_secs(600), ..BOUNDS });
        let took = since.elapsed();
        let code = match &outcome {
            Ok(table) => {
                assert!(table.rows.len() <= BOUNDS.rows && table.steps <= BOUNDS.steps, "{name}");
                "ok"
            }
            Err(trouble) => trouble.code(),
        };
        let words = match &outcome {
            Ok(table) => format!("{} rows", table.rows.len()),
            Err(trouble) => trouble.to_string(),
        };
        table.push_str(&format!("| {name} | {code} | {words} | {:.1} ms |\n", took.as_secs_f64() * 1e3));
        // Other tests of this process can take the memory that a heavy statement would have had.
        let taken = code == "memory" && ends.contains(&"steps");
        if !taken && !ends.contains(&code) {
            wrong.push(format!("{name}: {code}: {words}, not {ends:?}"));
        }
        assert!(words.len() < 300 && !words.is_empty(), "{name}: {words}");
    }
    if let Some(file) = std::env::var_os("HABILIS_LAB_TABLE") {
        std::fs::write(file, table).unwrap();
    }
    // The image is as it was.
    assert_eq!(image.run("SELECT count(*), sum(n) FROM numbers").unwrap().rows.len(), 1);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_count_of_steps_is_the_bound() {
    let image = numbers();
    let few = Bounds { steps: 20_000, ..BOUNDS };
    let sql = "SELECT count(*) FROM numbers a, numbers b, numbers c";
    assert_eq!(image.run_within(sql, few), Err(Trouble::Steps));
    let done = image.run(sql).unwrap();
    assert!(done.steps > 20_000 && done.steps < BOUNDS.steps, "{}", done.steps);
    // The same statement takes the same steps, whatever the machine is doing.
    assert_eq!(image.run(sql).unwrap().steps, done.steps);
}

#[test]
fn what_others_take_is_no_fault_of_a_statement() {
    use std::sync::atomic::{AtomicBool, Ordering};
    const LITTLE: u64 = 100 * 1024 * 1024;
    let image = numbers();
    let bounds = Bounds { time: Duration::from_secs(600), memory: LITTLE, steps: u64::MAX, ..BOUNDS };
    let modest = "SELECT count(*) FROM numbers a, numbers b, numbers c, numbers d";
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                // More than the statement may have, and given back.
                std::hint::black_box(vec![1_u8; 120 * 1024 * 1024]);
            }
        });
        let runs: Vec<_> = (0..12).map(|_| image.run_within(modest, bounds).map(|table| table.rows.len())).collect();
        stop.store(true, Ordering::Relaxed);
        assert!(runs.iter().all(|run| *run == Ok(1)), "{runs:?}");
    });
    // What it takes itself still stops it.
    let greedy = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) \
                  SELECT n, printf('%.2000c', 'x') AS t FROM r ORDER BY t, n DESC";
    assert_eq!(image.run_within(greedy, Bounds { steps: 40_000_000, ..bounds }), Err(Trouble::Memory));
}

#[test]
fn where_a_run_decides_time_is_what_the_statement_had_a_processor_for() {
    let image = numbers();
    let forever = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r";
    let none = Bounds { time: Duration::ZERO, own_time: true, steps: u64::MAX, ..BOUNDS };
    assert_eq!(image.run_within(forever, none), Err(Trouble::Time));
}
