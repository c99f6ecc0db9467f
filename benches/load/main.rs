//! The load run: starts the release program on a fresh database, drives it over HTTP on the loopback for a bounded time,
//! and prints each figure beside the machine's own limit for that work, measured in the same run, and their ratio.
//!
//!   cargo bench --bench load                         on SQLite
//!   HABILIS_LOAD_POSTGRES=postgres://… cargo bench   on that PostgreSQL server, in databases of its own
//!   cargo bench --bench load -- --labs               only pages beside the lab
//!   cargo bench --bench load -- --grants 1000000     with a large company for the auditor's questions
//!   cargo bench --bench load -- --tokens 7600000     with so many tokens taken by them, so that the log is long
//!   cargo bench --bench load -- --large FOLDER       with the large company kept in a folder, so that it is made once
//!   cargo bench --bench load -- --only 'POST /token:' each grant, side by side with npm oidc-provider (needs Node.js)
//!   cargo bench --bench load -- --only 'ended tokens' for how long a token is still accepted after its end, under load
//!   cargo bench --bench load -- --log 1000000        only so many events placed in the log, exported and checked
//!   cargo bench --bench load -- --only save          only the lines whose name has this word
//!   cargo bench --bench load -- --corrections        only a wrong key corrected in a company of 5,000 (or --people N):
//!                                                    statistics, preview, correction, and the events that it leaves
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a bench stops at the first surprise"
)]

mod auditor;
mod company;
mod corrections;
mod ending;
mod engine;
mod grants;
mod http;
mod labs;
mod limits;
mod log;
mod machines;
mod peer;
mod program;
mod table;
mod tokens;

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
    let mut table = Table::new(after("--only"));
    if arguments.iter().any(|a| a == "--labs") {
        beside_the_lab(&mut table).await;
        return table.print();
    }
    if let Some(events) = after("--log") {
        log::run(events.parse().unwrap(), &mut table).await;
        return table.print();
    }
    if arguments.iter().any(|a| a == "--corrections") {
        let people = after("--people").map_or(5_000, |text| text.parse().unwrap());
        let program = program::Program::demo(people, people, 0, None).await;
        table.note("generator", format!("{people} people in {:.0} s", program.ready.as_secs_f64()));
        corrections::run(&program, people, &mut table).await;
        return table.print();
    }
    if table.wants_any(&SMALL) || table.wants_any(&grants::LINES) || table.wants(ending::LINE) {
        small(&mut table).await;
    }
    if table.wants_any(&labs::LINES) {
        beside_the_lab(&mut table).await;
    }
    if table.wants_any(&auditor::QUESTIONS) {
        let tokens = after("--tokens").map_or(0, |text| text.parse().unwrap());
        let large = program::Program::demo(people, grants, tokens, after("--large").map(Into::into)).await;
        let took = large.ready.as_secs_f64();
        table.note("generator", format!("{people} people, {grants} grants, {tokens} tokens in {took:.0} s"));
        let (placed, took) = log::placed(&large).await;
        table.note("the log", format!("{placed} events have their places after {:.0} s more", took.as_secs_f64()));
        auditor::ask(&large, &mut table).await;
    }
    table.print();
}

/// The lines that a small company gives.
const SMALL: [&str; 13] = [
    "empty answer",
    "POST /tokens, ES256",
    "POST /tokens, RS256",
    TWO,
    "save an answer",
    "start and submit an attempt",
    "page: home",
    "page: a module",
    "page: a role",
    "GET /jwks.json",
    tokens::VERIFY_ES256,
    tokens::VERIFY_RS256,
    tokens::INTROSPECT,
];

/// On PostgreSQL: half of the callers at each of two replicas.
const TWO: &str = "POST /tokens, ES256, two replicas";

/// A service of its own, so that the other lines are measured on one that nobody hurried before.
async fn beside_the_lab(table: &mut Table) {
    let program = program::Program::serve().await;
    let company = company::build(&program, labs::LEARNERS).await;
    labs::run(&program, &company, table).await;
}

async fn small(table: &mut Table) {
    let program = program::Program::serve().await;
    table.note("start to ready", format!("{} ms", program.ready.as_millis()));
    table.note("resident memory, idle", format!("{} MB", program.memory_mb()));
    let company = company::build(&program, CALLERS).await;

    let floor = drive(&program, &company, company::Caller::by_bearer, ("GET", "/health/live", None)).await;
    table.row("empty answer", &floor, None);

    let mints = [("ES256", "{\"role\":\"fast\"}"), ("RS256", "{\"role\":\"slow\"}")];
    for (algorithm, body) in mints {
        let name = format!("POST /tokens, {algorithm}");
        if table.wants(&name) {
            let request = ("POST", "/api/v1/tokens", Some(body));
            let work = drive(&program, &company, company::Caller::by_bearer, request).await;
            let limit = limits::signatures(algorithm);
            table.row(&name, &work, Some((&format!("{algorithm} signatures, all cores"), limit)));
        }
    }

    if table.wants(TWO) && program.database.is_some() {
        let request = ("POST", "/api/v1/tokens", Some(mints[0].1));
        let one = drive(&program, &company, company::Caller::by_bearer, request).await.rate();
        let other = program.replica().await;
        let work = drive_at(&[&program, &other], &company, company::Caller::by_bearer, request).await;
        table.row(TWO, &work, Some(("one replica; database and callers on the same cores", one)));
    }

    // Before anybody has a long history of attempts: nobody's home page lists hundreds.
    let pages = [("page: home", "/"), ("page: a module", "/courses/bench/first"), ("page: a role", "/access/fast")];
    for (name, path) in pages {
        if table.wants(name) {
            let work = drive(&program, &company, company::Caller::by_cookie, ("GET", path, None)).await;
            let proof = company.callers[0].by_cookie();
            let size = Client::connect(program.address).await.ask("GET", path, &proof, None).await.body.len();
            let limit = limits::rendering(size);
            table.row(&format!("{name} ({} KB)", size / 1024), &work, Some(("rendering that size", limit)));
        }
    }
    if table.wants("GET /jwks.json") {
        let jwks = drive(&program, &company, company::Caller::by_bearer, ("GET", "/jwks.json", None)).await;
        table.row("GET /jwks.json", &jwks, Some(("empty answer", floor.rate())));
    }
    tokens::run(&program, &company, floor.rate(), table).await;
    grants::run(&program, &company, table).await;
    ending::run(&program, &company, table).await;

    let commits = limits::commits(&program).await;
    if table.wants("save an answer") {
        let saves = save(&program, &company).await;
        table.row("save an answer", &saves, Some(("batched durable commits", commits)));
    }
    if table.wants("start and submit an attempt") {
        let submits = submit(&program, &company).await;
        table.row("start and submit an attempt", &submits, Some(("batched durable commits", commits)));
    }
}

/// Answers counted over a time, and how long each took.
pub struct Work {
    taken: Vec<Duration>,
    over: Duration,
    /// The program's own processor time for all of it.
    processor: Duration,
}

impl Work {
    fn rate(&self) -> f64 {
        self.taken.len() as f64 / self.over.as_secs_f64()
    }
    /// The program's processor time for one answer.
    fn processor_each(&self) -> Duration {
        self.processor / u32::try_from(self.taken.len().max(1)).unwrap()
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
    Work { taken, over: started.elapsed(), processor: Duration::ZERO }
}

/// Who asks: by the session's secret as a Bearer token, or as a cookie.
type Proof = fn(&company::Caller) -> http::Proof;

/// A request that is sent again and again: method, path and body.
type Asked = (&'static str, &'static str, Option<&'static str>);

/// Every caller sends the same request on a connection of its own, again and again.
async fn drive(program: &program::Program, company: &company::Company, proof: Proof, asked: Asked) -> Work {
    drive_at(&[program], company, proof, asked).await
}

/// As [`drive`], the callers in turn at each of several replicas.
async fn drive_at(
    programs: &[&program::Program],
    company: &company::Company,
    proof: Proof,
    (method, path, body): Asked,
) -> Work {
    each_caller(programs, company, move |mut client, caller| async move {
        let (proof, mut taken, end) = (proof(&caller), Vec::new(), Instant::now() + TIME);
        while Instant::now() < end {
            let started = Instant::now();
            let answer = client.ask(method, path, &proof, body).await;
            taken.push(started.elapsed());
            assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.body);
        }
        taken
    })
    .await
}

async fn save(program: &program::Program, company: &company::Company) -> Work {
    each_caller(&[program], company, |mut client, caller| async move {
        let attempt = client.start(&caller.bearer, "bench/drill").await;
        let proof = caller.by_bearer();
        let (mut taken, end, mut revision) = (Vec::new(), Instant::now() + TIME, 0);
        while Instant::now() < end {
            let started = Instant::now();
            let body = format!("{{\"revision\":{revision},\"answer\":{}}}", revision % 2 == 0);
            let path = format!("/api/v1/attempts/{attempt}/answers/1");
            let answer = client.ask("PUT", &path, &proof, Some(&body)).await;
            taken.push(started.elapsed());
            assert!(answer.status == 200, "save: {} {}", answer.status, answer.body);
            revision += 1;
        }
        client.submit(&caller.bearer, &attempt).await;
        taken
    })
    .await
}

async fn submit(program: &program::Program, company: &company::Company) -> Work {
    each_caller(&[program], company, |mut client, caller| async move {
        let (mut taken, end) = (Vec::new(), Instant::now() + TIME);
        while Instant::now() < end {
            let started = Instant::now();
            let attempt = client.start(&caller.bearer, "bench/drill").await;
            client.submit(&caller.bearer, &attempt).await;
            taken.push(started.elapsed());
        }
        taken
    })
    .await
}

/// Runs the same work for every caller at the same time, each at the next of the programs.
async fn each_caller<F>(
    programs: &[&program::Program],
    company: &company::Company,
    work: impl Fn(Client, company::Caller) -> F + Copy + Send + Sync + 'static,
) -> Work
where
    F: Future<Output = Vec<Duration>> + Send + 'static,
{
    let processor = || programs.iter().map(|program| program.processor()).sum::<Duration>();
    let addresses: Vec<_> = programs.iter().map(|program| program.address).collect();
    let (callers, before) = (company.callers.clone(), processor());
    let done = gather(CALLERS, move |n| {
        let (caller, address) = (callers[n % callers.len()].clone(), addresses[n % addresses.len()]);
        async move { work(Client::connect(address).await, caller).await }
    })
    .await;
    Work { processor: processor() - before, ..done }
}
