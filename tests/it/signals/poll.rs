//! Polling (RFC 8936).

use super::scene::{Scene, claims, event};
use habilis::actions::sign_out::sign_out;
use serde_json::{Value, json};

/// Three sessions end, one after the other.
async fn three(scene: &Scene) {
    for name in ["Ana", "Bob", "Eve"] {
        let who = scene.house().person(name).await;
        scene.tick();
        sign_out(&scene.house().app, &who).await.unwrap();
    }
}

fn ids(fetched: &Value) -> Vec<String> {
    fetched["sets"].as_object().unwrap().keys().cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_acknowledged_never_comes_again_and_the_rest_does() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    three(&scene).await;
    super::sink::until("three wait", || async {
        ids(&own.poll(&stream, json!({ "returnImmediately": true })).await.body).len() == 3
    })
    .await;
    let two = own.poll(&stream, json!({ "maxEvents": 2, "returnImmediately": true })).await.is(200).body;
    assert_eq!((ids(&two).len(), &two["moreAvailable"]), (2, &json!(true)));
    for (id, set) in two["sets"].as_object().unwrap() {
        assert_eq!(claims(set.as_str().unwrap())["jti"], json!(id), "by its jti");
    }
    // Not acknowledged: the same again, the oldest first.
    let again = own.poll(&stream, json!({ "maxEvents": 2, "returnImmediately": true })).await.body;
    assert_eq!(ids(&again), ids(&two));
    let [first, second] = ids(&two).try_into().unwrap();
    let rest = own.poll(&stream, json!({ "ack": [first], "returnImmediately": true })).await.is(200).body;
    assert_eq!((ids(&rest).len(), &rest["moreAvailable"]), (2, &json!(false)));
    assert!(!ids(&rest).contains(&first) && ids(&rest).contains(&second));
    // Acknowledging twice, or what was never there, changes nothing.
    let unknown = json!({ "ack": [first, "set_00000000000000000000000000000000", "x"], "maxEvents": 0, "returnImmediately": true });
    let none = own.poll(&stream, unknown).await.is(200).body;
    assert_eq!(none, json!({ "sets": {}, "moreAvailable": true }));
    let all = ids(&rest);
    let empty = own.poll(&stream, json!({ "ack": all, "returnImmediately": true })).await.body;
    assert_eq!(empty, json!({ "sets": {}, "moreAvailable": false }));
    let (_, stream) = found(&scene).await;
    assert_eq!((stream["taken"].as_i64(), stream["waiting"].as_i64()), (Some(3), Some(0)));
}

async fn found(scene: &Scene) -> (Value, Value) {
    let admin = scene.house().bearer(&scene.house().admin).await;
    let path = format!("/api/v1/signals/{}", scene.id);
    let (status, body) = scene.served.api(&admin, reqwest::Method::GET, &path, Value::Null).await;
    assert_eq!(status, 200, "{body}");
    let stream = body["stream"].clone();
    (body, stream)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_receiver_refuses_is_kept_for_admins_and_not_given_again() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    own.post("/ssf/verify", json!({ "stream_id": stream })).await.is(204);
    let got = own.poll(&stream, json!({})).await.body;
    let id = ids(&got).remove(0);
    let refusal = json!({ "setErrs": { id.clone(): { "err": "invalid_audience", "description": "not\u{7} me" } }, "returnImmediately": true });
    assert_eq!(own.poll(&stream, refusal).await.is(200).body["sets"], json!({}));
    let (receiver, stream) = found(&scene).await;
    assert_eq!(receiver["refused"][0]["id"], json!(id));
    assert_eq!(receiver["refused"][0]["why"], "invalid_audience: not  me");
    assert_eq!((&stream["waiting"], &stream["taken"]), (&json!(0), &json!(0)));
    assert_eq!(stream["last_error"], "invalid_audience: not  me");
}

/// A call that waits is answered as soon as something ends; it holds no connection meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_call_waits_for_what_comes() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    let ana = scene.house().person("Ana").await;
    // More of them than there are connections to the database.
    let waiting: Vec<_> = (0..12)
        .map(|_| {
            let call = own.request(reqwest::Method::POST, &format!("/ssf/streams/{stream}/events")).json(&json!({}));
            tokio::spawn(super::scene::sent(call))
        })
        .collect();
    let app = scene.house().app.clone();
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    assert!(waiting.iter().all(|call| !call.is_finished()), "nothing has ended yet");
    assert!(app.db.connections().in_use <= 2, "{:?}", app.db.connections());
    scene.tick();
    sign_out(&app, &ana).await.unwrap();
    for call in waiting {
        let got = call.await.unwrap().is(200).body;
        let sets: Vec<&Value> = got["sets"].as_object().unwrap().values().collect();
        assert_eq!(sets.len(), 1);
        assert_eq!(event(&claims(sets[0].as_str().unwrap())).0, "session-revoked");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poll_that_does_not_read_is_refused() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    for body in [
        json!({ "maxEvents": -1 }),
        json!({ "maxEvents": "all" }),
        json!({ "returnImmediately": "yes" }),
        json!({ "ack": "x" }),
        json!({ "ack": [1] }),
        json!({ "ack": vec!["x"; 1_001] }),
        json!({ "setErrs": [] }),
        json!({ "setErrs": { "x": "y" } }),
        json!([]),
    ] {
        own.poll(&stream, body.clone()).await.is_refused(400, "invalid_request");
    }
    own.get(&format!("/ssf/streams/{stream}/events")).await.is_refused(405, "invalid_request");
    own.subscribe_push_instead(&stream).await;
    own.poll(&stream, json!({})).await.is_refused(400, "invalid_request");
}

impl super::scene::Other<'_> {
    async fn subscribe_push_instead(&self, stream: &str) {
        let delivery = json!({ "method": "urn:ietf:rfc:8935", "endpoint_url": "https://lake.example.com/in" });
        let change = json!({ "stream_id": stream, "delivery": delivery });
        self.send(reqwest::Method::PATCH, "/ssf/streams", change).await.is(200);
    }
}
