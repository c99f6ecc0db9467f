//! Several replicas on one database: each event is made once, and pushed by one of them.

use super::{
    scene::{Scene, claims},
    sink::{Sink, until},
};
use habilis::actions::{sign_out::sign_out, signals};
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn replicas_share_the_work_and_nothing_comes_twice() {
    const PEOPLE: usize = 12;
    let scene = Scene::set().await;
    let sink = Sink::start([]).await;
    scene.own().subscribe_push(&sink.base).await;
    let house = scene.house();
    let (one, two) = (house.replica().await, house.replica().await);
    let holders = [("one", one.clone()), ("two", two)];
    // Beside the server's own, each with a loop that does not rest.
    let loops: Vec<_> = holders
        .into_iter()
        .map(|(holder, app)| {
            tokio::spawn(async move {
                while !app.is_stopping() {
                    signals::tell(&app, holder).await.unwrap();
                    for stream in signals::due(&app).await.unwrap() {
                        signals::deliver(&app, holder, stream).await.unwrap();
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                }
            })
        })
        .collect();
    for n in 0..PEOPLE {
        let who = house.person(&format!("Person {n}")).await;
        scene.tick();
        sign_out(if n % 2 == 0 { &one } else { &house.app }, &who).await.unwrap();
    }
    sink.wait_for(PEOPLE).await;
    until("all is noted as taken", || async {
        let found = signals::read_receiver(&house.app, &house.admin, scene.id).await.unwrap();
        let (stream, backlog) = found.stream.unwrap();
        stream.taken == PEOPLE as i64 && backlog.waiting == 0
    })
    .await;
    for task in loops {
        task.abort();
    }
    let got = sink.got();
    let ids: BTreeSet<String> = got.iter().map(|one| claims(&one.body)["jti"].to_string()).collect();
    assert_eq!((got.len(), ids.len()), (PEOPLE, PEOPLE), "nothing twice");
    let sessions: BTreeSet<String> =
        got.iter().map(|one| claims(&one.body)["sub_id"]["session"]["id"].to_string()).collect();
    assert_eq!(sessions.len(), PEOPLE, "nothing missing");
}

/// A line that becomes visible late (PostgreSQL) is told of all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_commits_late_is_not_passed_over() {
    let scene = Scene::set().await;
    let house = scene.house();
    if !house.engine.is_postgres() {
        // One writer: nothing becomes visible late.
        return;
    }
    let own = scene.own();
    let stream = own.subscribe().await;
    let (ana, eve) = (house.person("Ana").await, house.person("Eve").await);
    let me = crate::support::person_id(&ana).to_string();
    let (slow, connection) = tokio_postgres::connect(&house.engine.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let at = house.app.now().micros();
    slow.batch_execute(&format!("BEGIN; SET LOCAL habilis.at = '{at}'")).await.unwrap();
    slow.execute("UPDATE sessions SET ended_at = 1 WHERE person_id = $1", &[&me]).await.unwrap();
    scene.tick();
    sign_out(&house.app, &eve).await.unwrap();
    let first = own.take(&stream, 1).await;
    assert_eq!(first[0]["sub_id"]["session"]["id"], serde_json::json!(eve.signed().unwrap().session));
    slow.batch_execute("COMMIT").await.unwrap();
    let late = own.take(&stream, 1).await;
    assert_eq!(late[0]["sub_id"]["session"]["id"], serde_json::json!(ana.signed().unwrap().session));
}
