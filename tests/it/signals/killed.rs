//! SIGKILL between the commit and the delivery, and between the delivery and its acknowledgement: nothing is lost, what comes
//! again is known by its `jti`, and what was acknowledged does not come again.

use super::{
    scene::{claims, event, house, receiver},
    sink::{Answer, Sink, until},
};
use crate::support::{House, program::Program};
use habilis::{actions::signals, base::clock::Clock, base::ids, base::ids::Id};
use reqwest::Method;
use serde_json::{Value, json};

const NETWORKS: (&str, &str) = ("HABILIS_OUTBOUND_NETWORKS", "[\"127.0.0.0/8\"]");

async fn call(program: &Program, token: &str, method: Method, path: &str, body: Value) -> (u16, Value) {
    let request = reqwest::Client::new().request(method, program.url(path)).bearer_auth(token).json(&body);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

async fn taken(house: &House, id: Id<ids::Receiver>) -> (i64, i64) {
    let found = signals::read_receiver(&house.app, &house.admin, id).await.unwrap();
    let (stream, backlog) = found.stream.unwrap();
    (stream.taken, backlog.waiting)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_loses_nothing_and_repeats_nothing_that_was_acknowledged() {
    let _alone = crate::support::alone().await;
    let house = house(Clock::System).await;
    let (id, token) = receiver(&house, "https://lake.example.com/signals", None).await;
    let bearers =
        [house.joined("Ana", &[]).await.1, house.joined("Bob", &[]).await.1, house.joined("Eve", &[]).await.1];
    let sink = Sink::start([Answer::status(202), Answer::Hangs]).await;
    let program = Program::serve_with(&house, NETWORKS.0, NETWORKS.1).await;
    let push = json!({ "delivery": { "method": "urn:ietf:rfc:8935", "endpoint_url": sink.base } });
    assert_eq!(call(&program, &token, Method::POST, "/ssf/streams", push).await.0, 201);
    // The first is taken.
    assert_eq!(call(&program, &bearers[0], Method::DELETE, "/api/v1/session", Value::Null).await.0, 204);
    sink.wait_for(1).await;
    until("the first is noted", || async { taken(&house, id).await == (1, 0) }).await;
    // The second is delivered, and the answer never comes: killed in between. The third has committed, and nobody was told.
    assert_eq!(call(&program, &bearers[1], Method::DELETE, "/api/v1/session", Value::Null).await.0, 204);
    sink.wait_for(2).await;
    assert_eq!(call(&program, &bearers[2], Method::DELETE, "/api/v1/session", Value::Null).await.0, 204);
    program.kill();
    let program = Program::serve_with(&house, NETWORKS.0, NETWORKS.1).await;
    // The lease of the dead one runs out first.
    let got = sink.wait_for(4).await;
    until("all is noted", || async { taken(&house, id).await == (3, 0) }).await;
    let jti = |n: usize| claims(&got[n].body)["jti"].clone();
    assert_eq!(jti(1), jti(2), "the one whose answer nobody heard comes again as the same");
    assert!(jti(0) != jti(1) && jti(2) != jti(3) && jti(3) != jti(0));
    assert!(got.iter().all(|one| event(&claims(&one.body)).0 == "session-revoked"));
    // And once more, with nothing under way: nothing comes again.
    program.kill();
    let program = Program::serve_with(&house, NETWORKS.0, NETWORKS.1).await;
    signals::send_verification(&house.app, &house.admin, id).await.unwrap();
    let got = sink.wait_for(5).await;
    assert_eq!(event(&claims(&got[4].body)).0, "verification");
    until("it is noted", || async { taken(&house, id).await == (4, 0) }).await;
    assert_eq!(sink.got().len(), 5);
    assert!(program.stop(), "and it ends in good order");
}
