//! How long a token is still accepted after what it rests on was ended, while both replicas are busy letting others through.
//!
//! What is measured is the time from the answer of whoever ended it to the last question that was still answered with yes, by
//! `/verify` or by introspection. On SQLite there is one process; on PostgreSQL another replica is asked, too.

use super::{
    CALLERS,
    company::{Caller, Company},
    grants::Tool,
    http::{Client, Proof},
    program::Program,
    table::Table,
};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

pub const LINE: &str = "ended tokens under load";

/// How often each way of ending is tried.
const ROUNDS: usize = 12;
/// For how long after its end a token is asked about: longer than any promise.
const WATCHED: Duration = Duration::from_millis(1_600);

/// The ways in which a token ends before its time.
const WAYS: [&str; 5] = ["grant", "session", "person locked", "role locked", "warehouse locked"];
/// What is promised: no longer, anywhere.
const PROMISED: Duration = Duration::from_secs(1);

pub async fn run(program: &Program, company: &Company, table: &mut Table) {
    if !table.wants(LINE) {
        return;
    }
    let other = if program.database.is_some() { Some(program.replica().await) } else { None };
    let replicas: Vec<SocketAddr> =
        std::iter::once(program.address).chain(other.as_ref().map(|other| other.address)).collect();
    let over = Arc::new(AtomicBool::new(false));
    let verified = Arc::new(AtomicU64::new(0));
    // The others hold the role that is never locked, and are let through again and again, on both replicas; and now and
    // then the keys rotate, which ends nothing.
    let load: Vec<_> = (1..CALLERS)
        .map(|n| {
            let (caller, address) = (company.callers[n].clone(), replicas[n % replicas.len()]);
            let (over, verified) = (Arc::clone(&over), Arc::clone(&verified));
            tokio::spawn(async move {
                let mut client = Client::connect(address).await;
                while !over.load(Ordering::Relaxed) {
                    let proof = Proof::bearer(&minted(&mut client, &caller.bearer, "fast").await);
                    for _ in 0..50 {
                        let answer = client.ask("GET", "/verify?role=fast", &proof, None).await;
                        assert!(answer.status == 204, "beside an end: {} {}", answer.status, answer.body);
                        verified.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        })
        .collect();
    let tool = super::grants::registered(program, company).await;
    let started = Instant::now();
    let mut longest = vec![Duration::ZERO; replicas.len()];
    let mut endings = 0_u32;
    for round in 0..ROUNDS {
        for way in WAYS {
            let times = end_one(&replicas, company, &tool, way).await;
            for (longest, time) in longest.iter_mut().zip(times) {
                *longest = time.max(*longest);
            }
            endings += 1;
        }
        if round % 3 == 2 {
            let body = "{\"now\":true}";
            let mut client = Client::connect(replicas[0]).await;
            client.json("POST", "/api/v1/keys/rotation", Some(&company.admin), Some(body)).await;
        }
    }
    over.store(true, Ordering::Relaxed);
    for task in load {
        task.await.unwrap();
    }
    for (longest, at) in longest.iter().zip(&replicas) {
        assert!(*longest <= PROMISED, "{at} took a token {longest:?} after its end");
    }
    let rate = verified.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64();
    let words: Vec<String> = ["where it was ended", "on the other replica"]
        .iter()
        .zip(&longest)
        .map(|(where_, time)| format!("{:.0} ms {where_}", time.as_secs_f64() * 1_000.0))
        .collect();
    table.note(
        LINE,
        format!(
            "accepted for {} at most, over {endings} endings and {} rotations of keys beside {rate:.0} verifications a second, \
             none of which failed",
            words.join(" and "),
            ROUNDS / 3
        ),
    );
}

async fn minted(client: &mut Client, bearer: &str, role: &str) -> String {
    let made = client.json("POST", "/api/v1/tokens", Some(bearer), Some(&format!("{{\"role\":\"{role}\"}}"))).await;
    made["access_token"].as_str().expect("a token").to_owned()
}

/// Ends a token in one way; for how long each replica still took it.
async fn end_one(replicas: &[SocketAddr], company: &Company, tool: &Tool, way: &str) -> Vec<Duration> {
    let mut client = Client::connect(replicas[0]).await;
    let victim = &company.callers[0];
    let me = client.json("GET", "/api/v1/me", Some(&victim.bearer), None).await;
    let person = me["id"].as_str().or(me["person"]["id"].as_str()).expect("an id").to_owned();
    // A session of its own: it may be the one to end.
    let session =
        super::company::sign_in(&mut client, me["email"].as_str().or(me["person"]["email"].as_str()).unwrap()).await;
    let token = minted(&mut client, &session.bearer, "slow").await;
    let proof = Arc::new(Proof::bearer(&token));
    for address in replicas {
        // Known there, and in memory.
        let mut client = Client::connect(*address).await;
        for _ in 0..5 {
            let answer = client.ask("GET", "/verify", &proof, None).await;
            assert!(answer.status == 204, "before its end ({way}): {} {}", answer.status, answer.body);
        }
    }
    let ended: Arc<std::sync::OnceLock<Instant>> = Arc::default();
    let watchers: Vec<_> = replicas
        .iter()
        .map(|address| {
            let (address, proof, ended) = (*address, Arc::clone(&proof), Arc::clone(&ended));
            let (asks, body) = (Proof::basic(&tool.id, &tool.secret), format!("token={token}"));
            tokio::spawn(async move {
                let mut client = Client::connect(address).await;
                let mut last = None;
                loop {
                    let asked = Instant::now();
                    let verified = client.ask("GET", "/verify", &proof, None).await.status == 204;
                    let told = client.form_as("/introspect", &asks, &body).await;
                    if verified || told.body.contains("\"active\":true") {
                        last = Some(asked);
                    }
                    if ended.get().is_some_and(|ended| ended.elapsed() > WATCHED) {
                        break last;
                    }
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            })
        })
        .collect();
    let undo = end(&mut client, company, &session, &person, way).await;
    let at = *ended.get_or_init(Instant::now);
    let mut times = Vec::new();
    for watcher in watchers {
        let last = watcher.await.unwrap();
        times.push(last.map_or(Duration::ZERO, |last| last.saturating_duration_since(at)));
    }
    // The service has closed the other connection by now, where the machine is slow.
    let mut client = Client::connect(replicas[0]).await;
    for (method, path, body) in undo {
        let bearer = if path == "/api/v1/requests" { &victim.bearer } else { &company.admin };
        client.json(method, &path, Some(bearer), body.as_deref()).await;
    }
    times
}

/// What brings the victim back to where it was.
type Undo = Vec<(&'static str, String, Option<String>)>;

async fn end(client: &mut Client, company: &Company, session: &Caller, person: &str, way: &str) -> Undo {
    let admin = Some(company.admin.as_str());
    let lock = async |client: &mut Client, kind: &str, subject: &str| {
        let body = serde_json::json!({ "kind": kind, "subject": subject, "reason": "load" }).to_string();
        let placed = client.json("POST", "/api/v1/locks", admin, Some(&body)).await;
        let id = placed["id"].as_str().expect("a lock's id").to_owned();
        vec![("DELETE", format!("/api/v1/locks/{id}"), None)]
    };
    match way {
        "session" => {
            client.json("DELETE", "/api/v1/session", Some(&session.bearer), None).await;
            Vec::new()
        }
        "grant" => {
            let held = client.json("GET", "/api/v1/grants", Some(&session.bearer), None).await;
            let items = held["items"].as_array().cloned().unwrap_or_default();
            let live = |grant: &&serde_json::Value| grant["role"] == "slow" && grant["state"] == "active";
            let grant = items.iter().find(live).expect("a grant")["id"].as_str().unwrap().to_owned();
            let path = format!("/api/v1/grants/{grant}/revocation");
            client.json("POST", &path, admin, Some("{\"reason\":\"load\"}")).await;
            let again = "{\"role\":\"slow\",\"reason\":\"load\"}".to_owned();
            vec![("POST", "/api/v1/requests".to_owned(), Some(again))]
        }
        "person locked" => lock(client, "person", person).await,
        "role locked" => lock(client, "role", "slow").await,
        _ => lock(client, "warehouse", "rs").await,
    }
}
