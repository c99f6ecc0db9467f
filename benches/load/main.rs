//! The load run: starts the release program on a fresh database, drives it over HTTP on the loopback for a bounded time,
//! and prints each figure beside the machine's own limit for that work, measured in the same run, and their ratio.
//!
//!   cargo bench --bench load                         on SQLite
//!   HABILIS_LOAD_POSTGRES=postgres://… cargo bench   on that (empty) PostgreSQL database
//!   cargo bench --bench load -- --labs               only pages beside the lab
//!   cargo bench --bench load -- --grants 1000000     with a large company for the auditor's questions
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a bench stops at the first surprise"
)]

mod company;
mod http;
mod labs;
mod limits;
mod program;
mod table;

use http::Client;
use std::time::{Duration, Instant};
use table::Table;

/// How long each work is driven.
const TIME: Duration = Duration::from_secs(4);
/// How many callers wait at the same time.
const CALLERS: usize = 32;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).cloned();
    let grants: u64 = after("--grants").map_or(100_000, |text| text.parse().unwrap());
    let people: u64 = after("--people").map_or(grants.div_ceil(100).max(100), |text| text.parse().unwrap());
    let mut table = Table::new();

    let program = program::Program::serve().await;
    table.note("start to ready", format!("{} ms", program.ready.as_millis()));
    table.note("resident memory, idle", format!("{} MB", program.memory_mb()));
    let company = company::build(&program, CALLERS.max(labs::LEARNERS)).await;
    if arguments.iter().any(|a| a == "--labs") {
        labs::run(&program, &company, &mut table).await;
        return table.print();
    }

    labs::run(&program, &company, &mut table).await;
    let floor = drive(&program, "GET", |_, _| ("/health/live".into(), None), &company).await;
    table.row("empty answer", &floor, None);

    for (role, algorithm) in [("fast", "ES256"), ("slow", "RS256")] {
        let work = drive(
            &program,
            "POST",
            move |_, _| ("/api/v1/tokens".into(), Some(format!("{{\"role\":\"{role}\"}}"))),
            &company,
        )
        .await;
        let limit = limits::signatures(algorithm);
        table.row(
            &format!("POST /tokens, {algorithm}"),
            &work,
            Some((&format!("{algorithm} signatures, all cores"), limit)),
        );
    }

    let commits = limits::commits(&program).await;
    let saves = save(&program, &company).await;
    table.row("save an answer", &saves, Some(("batched durable commits", commits)));
    let submits = submit(&program, &company).await;
    table.row("start and submit an attempt", &submits, Some(("batched durable commits", commits)));

    for (name, path) in [("home", "/"), ("a module", "/courses/bench/first"), ("a role", "/access/fast")] {
        let work = drive_cookie(&program, path, &company).await;
        let size =
            Client::connect(program.address).await.get_with_cookie(path, &company.callers[0].cookie).await.body.len();
        table.row(
            &format!("page: {name} ({} KB)", size / 1024),
            &work,
            Some(("rendering that size", limits::rendering(size))),
        );
    }
    let jwks = drive(&program, "GET", |_, _| ("/jwks.json".into(), None), &company).await;
    table.row("GET /jwks.json", &jwks, Some(("empty answer", floor.rate())));
    drop(program);

    let large = program::Program::demo(people, grants).await;
    table.note("generator", format!("{people} people, {grants} grants in {:.0} s", large.ready.as_secs_f64()));
    auditor(&large, &mut table).await;
    table.print();
}

/// Answers counted over a time, and how long each took.
pub struct Work {
    taken: Vec<Duration>,
    over: Duration,
}

impl Work {
    fn rate(&self) -> f64 {
        self.taken.len() as f64 / self.over.as_secs_f64()
    }
    fn percentile(&self, share: f64) -> Duration {
        let mut sorted = self.taken.clone();
        sorted.sort_unstable();
        sorted[((sorted.len() - 1) as f64 * share) as usize]
    }
}

async fn gather<F>(callers: usize, one: impl Fn(usize) -> F) -> Work
where
    F: Future<Output = Vec<Duration>> + Send + 'static,
{
    let started = Instant::now();
    let tasks: Vec<_> = (0..callers).map(|n| tokio::spawn(one(n))).collect();
    let mut taken = Vec::new();
    for task in tasks {
        taken.extend(task.await.unwrap());
    }
    Work { taken, over: started.elapsed() }
}

async fn drive(
    program: &program::Program,
    method: &'static str,
    request: impl Fn(usize, u64) -> (String, Option<String>) + Copy + Send + 'static,
    company: &company::Company,
) -> Work {
    let address = program.address;
    let bearers: Vec<String> = company.callers.iter().map(|caller| caller.bearer.clone()).collect();
    gather(CALLERS, move |n| {
        let bearer = bearers[n % bearers.len()].clone();
        async move {
            let mut client = Client::connect(address).await;
            let (mut taken, end, mut round) = (Vec::new(), Instant::now() + TIME, 0);
            while Instant::now() < end {
                let (path, body) = request(n, round);
                round += 1;
                let started = Instant::now();
                let answer = client.send(method, &path, Some(&bearer), body.as_deref()).await;
                taken.push(started.elapsed());
                assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.body);
            }
            taken
        }
    })
    .await
}

async fn drive_cookie(program: &program::Program, path: &'static str, company: &company::Company) -> Work {
    let address = program.address;
    let cookies: Vec<String> = company.callers.iter().map(|caller| caller.cookie.clone()).collect();
    gather(CALLERS, move |n| {
        let cookie = cookies[n % cookies.len()].clone();
        async move {
            let mut client = Client::connect(address).await;
            let (mut taken, end) = (Vec::new(), Instant::now() + TIME);
            while Instant::now() < end {
                let started = Instant::now();
                let answer = client.get_with_cookie(path, &cookie).await;
                taken.push(started.elapsed());
                assert!(answer.status == 200, "{path}: {}", answer.status);
            }
            taken
        }
    })
    .await
}

async fn save(program: &program::Program, company: &company::Company) -> Work {
    let address = program.address;
    let bearers: Vec<String> = company.callers.iter().map(|caller| caller.bearer.clone()).collect();
    gather(CALLERS, move |n| {
        let bearer = bearers[n % bearers.len()].clone();
        async move {
            let mut client = Client::connect(address).await;
            let attempt = client.start(&bearer, "bench/drill").await;
            let (mut taken, end, mut revision) = (Vec::new(), Instant::now() + TIME, 0);
            while Instant::now() < end {
                let started = Instant::now();
                let body = format!("{{\"revision\":{revision},\"answer\":{}}}", revision % 2 == 0);
                let path = format!("/api/v1/attempts/{attempt}/answers/1");
                let answer = client.send("PUT", &path, Some(&bearer), Some(&body)).await;
                taken.push(started.elapsed());
                assert!(answer.status == 200, "save: {} {}", answer.status, answer.body);
                revision += 1;
            }
            client.submit(&bearer, &attempt).await;
            taken
        }
    })
    .await
}

async fn submit(program: &program::Program, company: &company::Company) -> Work {
    let address = program.address;
    let bearers: Vec<String> = company.callers.iter().map(|caller| caller.bearer.clone()).collect();
    gather(CALLERS, move |n| {
        let bearer = bearers[n % bearers.len()].clone();
        async move {
            let mut client = Client::connect(address).await;
            let (mut taken, end) = (Vec::new(), Instant::now() + TIME);
            while Instant::now() < end {
                let started = Instant::now();
                let attempt = client.start(&bearer, "bench/drill").await;
                client.submit(&bearer, &attempt).await;
                taken.push(started.elapsed());
            }
            taken
        }
    })
    .await
}

/// The auditor's questions on a large company: first and last pages.
async fn auditor(program: &program::Program, table: &mut Table) {
    let bearer = program.sign_in_as("auditor").await;
    let mut client = Client::connect(program.address).await;
    let ask = |path: String| (path, bearer.clone());
    let roles = client.json("GET", "/api/v1/roles", Some(&bearer), None).await;
    let roles: Vec<String> = roles["items"]
        .as_array()
        .or(roles.as_array())
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap().to_owned())
        .collect();
    let busiest = roles.iter().rev().take(20).cloned().collect::<Vec<_>>();
    let first_page =
        client.json("GET", &format!("/api/v1/holders?role={}&limit=50", busiest[0]), Some(&bearer), None).await;
    let person = first_page["items"][0]["person"]["id"].as_str().unwrap().to_owned();
    let mut cursor = first_page["next"].as_str().map(str::to_owned);
    let mut last = None;
    while let Some(next) = cursor {
        let page = client
            .json("GET", &format!("/api/v1/holders?role={}&limit=1000&cursor={next}", busiest[0]), Some(&bearer), None)
            .await;
        last = Some(next);
        cursor = page["next"].as_str().map(str::to_owned);
    }
    let yesterday = jiff::Timestamp::from_second(jiff_now() - 86_400).unwrap();
    let mut questions = vec![
        ("holders of a role, first page", ask(format!("/api/v1/holders?role={}&limit=50", busiest[0]))),
        (
            "holders of a role as of yesterday",
            ask(format!("/api/v1/holders?role={}&limit=50&as_of={yesterday}", busiest[1])),
        ),
        ("effective holders of a role", ask(format!("/api/v1/holders?role={}&limit=50&state=effective", busiest[2]))),
        ("all holders, first page", ask("/api/v1/holders?limit=50".to_owned())),
        ("one person's holdings", ask(format!("/api/v1/holders?person={person}&limit=50"))),
        ("one person's whole file", ask(format!("/api/v1/people/{person}"))),
        ("the log, first page", ask("/api/v1/events?limit=50".to_owned())),
        ("one person's log", ask(format!("/api/v1/events?person={person}&limit=50"))),
    ];
    if let Some(last) = last {
        questions.insert(
            1,
            (
                "holders of a role, last page",
                ask(format!("/api/v1/holders?role={}&limit=50&cursor={last}", busiest[0])),
            ),
        );
    }
    let read = limits::indexed_read(program).await;
    for (name, (path, bearer)) in questions {
        let mut taken = Vec::new();
        let started = Instant::now();
        for _ in 0..300 {
            let one = Instant::now();
            let answer = client.send("GET", &path, Some(&bearer), None).await;
            taken.push(one.elapsed());
            assert!(answer.status == 200, "{path}: {} {}", answer.status, answer.body);
        }
        let work = Work { taken, over: started.elapsed() };
        table.row(name, &work, Some(("one authenticated indexed read, one caller", read)));
    }
}

#[expect(clippy::disallowed_methods, reason = "the bench asks about yesterday")]
fn jiff_now() -> i64 {
    jiff::Timestamp::now().as_second()
}
