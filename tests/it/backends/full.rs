//! A full disk: writes are answered with 503, reads go on, and nothing that was acknowledged is lost.

use crate::support::{House, content, program::Program, slug};
use habilis::{
    academy,
    actions::start_attempt,
    base::clock::{Clock, Time},
    db::sql,
};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Blocks of 512 bytes that the database may still grow by.
const SPACE: u64 = 1_024;

async fn send(program: &Program, bearer: &str, method: Method, path: &str, body: &Value) -> Response {
    let request = Client::new().request(method, program.url(path)).bearer_auth(bearer);
    request.json(body).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_writes_only() {
    let _alone = crate::support::alone().await;
    // Sessions are older than a minute when they are used, so that their last use wants to be written, too.
    let clock = Clock::held(Clock::System.now().plus_seconds(-600));
    let house = House::on(content::small(), clock.clone()).await;
    if house.engine.is_postgres() {
        // The disk of a PostgreSQL server is not ours to fill; its error means the same (`db::errors`).
        return;
    }
    let ana = house.person("Ana").await;
    let attempt = start_attempt::start_attempt(&house.app, &ana, slug("alpha"), slug("final")).await.unwrap();
    let mut bearers = Vec::new();
    for _ in 0..15 {
        bearers.push(house.bearer(&ana).await);
    }
    let bearer = bearers[0].clone();
    let path = format!("/api/v1/attempts/{attempt}");

    let size = |part: &str| std::fs::metadata(house.engine.folder.path().join(part)).map_or(0, |file| file.len());
    let largest = size("habilis.sqlite").max(size("habilis.sqlite-wal"));
    let program = Program::serve_within(&house, largest / 512 + SPACE).await;
    // Save until the disk is full, and some more: what is acknowledged is remembered.
    let mut known: BTreeMap<i64, i64> = BTreeMap::new();
    let (mut saved, mut refused) = (0, 0);
    while refused < 12 {
        assert!(saved < 5_000, "the disk never was full");
        let no = (saved + refused) % 4 + 1;
        let from = known.get(&no).copied().unwrap_or(0);
        let body = json!({ "revision": from, "answer": null, "flagged": from % 2 == 0 });
        let answer = send(&program, &bearer, Method::PUT, &format!("{path}/answers/{no}"), &body).await;
        match answer.status() {
            StatusCode::OK => {
                saved += 1;
                let told: Value = answer.json().await.unwrap();
                assert_eq!(told["revision"], from + 1, "a save that was refused was kept");
                known.insert(no, from + 1);
            }
            status => {
                refused += 1;
                assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text().await.unwrap());
                assert!(answer.headers().contains_key("retry-after"));
                let told: Value = answer.json().await.unwrap();
                assert_eq!((&told["code"], told["detail"].is_string()), (&json!("unavailable"), true));
            }
        }
    }
    assert!(saved > 4, "{saved} saves are too few to prove anything");

    // A refusal is an outcome and wants its event: the little space that a save leaves goes to some of them, and then
    // they can not be told either (I4).
    let mut told = StatusCode::FORBIDDEN;
    for _ in 0..50 {
        if told == StatusCode::FORBIDDEN {
            told = send(&program, &bearer, Method::GET, "/api/v1/people", &Value::Null).await.status();
        }
    }
    assert_eq!(told, StatusCode::SERVICE_UNAVAILABLE);
    // Other writes are refused as clearly.
    let asked = json!({ "role": "reader", "reason": "the weekly report" });
    for (method, path, body) in [
        (Method::POST, "/api/v1/requests", asked),
        (Method::POST, "/api/v1/attempts", json!({ "quiz": "beta/final" })),
        (Method::PUT, "/api/v1/me/preferences", json!({ "language": "fr" })),
    ] {
        let answer = send(&program, &bearer, method, path, &body).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}: {}", answer.text().await.unwrap());
    }
    // Reads go on: for whoever was there before, and for whoever comes now and takes the last bytes by it.
    for bearer in &bearers {
        for read in [path.as_str(), "/api/v1/me", "/api/v1/roles", "/api/v1/courses/alpha"] {
            let answer = send(&program, bearer, Method::GET, read, &Value::Null).await;
            assert_eq!(answer.status(), StatusCode::OK, "{read}");
        }
        for page in ["/", "/courses/alpha", "/access"] {
            let cookie = format!("habilis={bearer}");
            let answer = Client::new().get(program.url(page)).header("cookie", cookie).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{page}");
        }
    }
    let shown = send(&program, &bearer, Method::GET, &path, &Value::Null).await.json().await.unwrap();
    assert_eq!(revisions(&shown), known);
    assert!(program.stop(), "it stops in order, however full the disk is");

    // With space again everything acknowledged is there, each save with its one event, and work goes on.
    let program = Program::serve(&house).await;
    let shown = send(&program, &bearer, Method::GET, &path, &Value::Null).await.json().await.unwrap();
    assert_eq!(revisions(&shown), known);
    let (no, from) = known.iter().next().unwrap();
    let body = json!({ "revision": from, "answer": null, "flagged": from % 2 == 0 });
    let answer = send(&program, &bearer, Method::PUT, &format!("{path}/answers/{no}"), &body).await;
    assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
    let submitted = send(&program, &bearer, Method::POST, &format!("{path}/submission"), &json!({})).await;
    assert_eq!(submitted.status(), StatusCode::OK, "{}", submitted.text().await.unwrap());
    assert!(program.stop());
    clock.set(Time::max(Clock::System.now(), clock.now()));
    let (answers, events) = house
        .app
        .db
        .read(house.app.now(), move |r| {
            let told = sql("SELECT COUNT(*) AS n FROM events WHERE subject_id = ? AND kind = 'attempt.answer_saved'");
            Ok((academy::rows::answers(r, attempt)?, told.bind(&attempt).one::<i64>(r)?))
        })
        .await
        .unwrap();
    assert_eq!(answers.values().map(|answer| answer.revision).sum::<i64>(), events);
    assert_eq!(events, known.values().sum::<i64>() + 1);
}

/// The revision of each saved answer of an open attempt.
fn revisions(attempt: &Value) -> BTreeMap<i64, i64> {
    let sections = attempt["paper"]["sections"].as_array().unwrap().iter();
    sections
        .flat_map(|section| section["questions"].as_array().unwrap())
        .filter_map(|question| Some((question["no"].as_i64()?, question["answer"]["revision"].as_i64()?)))
        .collect()
}
