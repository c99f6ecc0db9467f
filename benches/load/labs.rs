//! Pages while fifty learners run statements in the lab, hostile ones among them, beside the same pages on an idle service.

use super::{Work, company::Company, http::Client, program::Program, table::Table};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How many learners run statements at the same time.
pub const LEARNERS: usize = 50;
/// How long each part is measured.
const TIME: Duration = Duration::from_secs(8);
/// How long a learner looks at a result.
const PAUSE: Duration = Duration::from_millis(500);

/// The lines that it gives.
pub const LINES: [&str; 3] = [
    "pages, one reader, idle",
    "pages, one reader, 50 learners in the lab",
    "runs of the 50 learners, hostile ones among them",
];

/// What learners run: mostly fair, one in five hostile.
const STATEMENTS: [&str; 10] = [
    "SELECT city, count(*), sum(amount) FROM orders GROUP BY city ORDER BY 2 DESC",
    "SELECT o.city, avg(o.amount) FROM orders o JOIN orders p ON p.city = o.city GROUP BY o.city",
    "SELECT id, amount, sum(amount) OVER (PARTITION BY city ORDER BY id) FROM orders",
    "SELECT * FROM orders WHERE amount > (SELECT avg(amount) FROM orders) ORDER BY amount",
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
    "SELECT city, amount, dense_rank() OVER (PARTITION BY city ORDER BY amount DESC) FROM orders",
    "SELECT town FROM orders",
    "SELECT count(DISTINCT city) FROM orders",
    "SELECT max(length(city)) FROM orders",
    "SELECT count(*) FROM orders a, orders b, orders c, orders d ORDER BY a.amount * d.amount",
];

/// A data set and one exercise on it, for the bench's course.
pub fn write_content(courses: &Path) {
    let rows: Vec<String> =
        (1..=200).map(|n| format!("({n}, '{}', {}.5)", ["Lyon", "Metz", "Nice"][n % 3], n * 7 % 101)).collect();
    let visible = format!("INSERT INTO orders VALUES\n{};\n", rows.join(",\n"));
    let schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, city TEXT, amount REAL);\n";
    let folder = courses.join("bench/datasets/shop");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [("schema.sql", schema), ("visible.sql", &visible)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// Measures, and writes both lines and their ratio to the table.
pub async fn run(program: &Program, company: &Company, table: &mut Table) {
    let idle = pages(program, company).await;
    table.row(LINES[0], &idle, None);
    let stop = Arc::new(AtomicBool::new(false));
    let (runs, stopped) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let learners: Vec<_> = (0..LEARNERS)
        .map(|n| {
            let (address, bearer) = (program.address, company.callers[n % company.callers.len()].bearer.clone());
            let (stop, runs, stopped) = (Arc::clone(&stop), Arc::clone(&runs), Arc::clone(&stopped));
            tokio::spawn(async move {
                let mut client = Client::connect(address).await;
                let mut taken = Vec::new();
                let mut round = n;
                while !stop.load(Ordering::Relaxed) {
                    let sql = STATEMENTS[round % STATEMENTS.len()];
                    round += 1;
                    let body = serde_json::json!({ "sql": sql }).to_string();
                    let started = Instant::now();
                    let path = "/api/v1/courses/bench/datasets/shop/runs";
                    let answer = client.send("POST", path, Some(&bearer), Some(&body)).await;
                    taken.push(started.elapsed());
                    assert!(matches!(answer.status, 200 | 429), "a run: {} {}", answer.status, answer.body);
                    runs.fetch_add(1, Ordering::Relaxed);
                    if answer.body.contains("\"code\":\"steps\"") {
                        stopped.fetch_add(1, Ordering::Relaxed);
                    }
                    tokio::time::sleep(PAUSE).await;
                }
                taken
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (started, before) = (Instant::now(), program.processor());
    let busy = pages(program, company).await;
    stop.store(true, Ordering::Relaxed);
    let over = started.elapsed();
    let mut taken = Vec::new();
    for learner in learners {
        taken.extend(learner.await.unwrap());
    }
    table.row(LINES[1], &busy, None);
    table.row(LINES[2], &Work { taken, over, processor: program.processor() - before }, None);
    let ratio = |share| busy.percentile(share).as_secs_f64() / idle.percentile(share).as_secs_f64();
    table.note(
        "pages beside the lab",
        format!(
            "{:.2} × idle at the median, {:.2} × at the 99th percentile; {} runs, {} of them stopped",
            ratio(0.5),
            ratio(0.99),
            runs.load(Ordering::Relaxed),
            stopped.load(Ordering::Relaxed)
        ),
    );
}

/// One person reads pages, one after the other.
async fn pages(program: &Program, company: &Company) -> Work {
    let proof = company.callers[0].by_cookie();
    let mut client = Client::connect(program.address).await;
    let (mut taken, started, before) = (Vec::new(), Instant::now(), program.processor());
    while started.elapsed() < TIME {
        for path in ["/", "/courses/bench/first", "/access/fast", "/courses/bench/lab/shop"] {
            let asked = Instant::now();
            let answer = client.ask("GET", path, &proof, None).await;
            taken.push(asked.elapsed());
            assert!(answer.status == 200, "{path}: {}", answer.status);
            // People read; a service that is asked without a pause is not idle.
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }
    Work { taken, over: started.elapsed(), processor: program.processor() - before }
}
