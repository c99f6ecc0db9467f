//! Receivers of signals, and every refusal that they and those who see to them get.

use super::stage::{Stage, items, text};
use habilis::base::ids::{self, Id};
use reqwest::Method;
use serde_json::{Value, json};

/// Subscribes as a receiver.
async fn call(stage: &Stage, token: &str, method: Method, path: &str, body: Value) -> (u16, Value) {
    let answer = stage.served.call(method, path).bearer_auth(token.to_owned()).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

pub async fn tour(stage: &Stage) {
    let wanted = json!({ "name": "Lake", "audience": "https://lake.example.com", "warehouse": "lake" });
    let made = stage.ok(&stage.admin, "POST /signals", wanted).await;
    let (id, token) = (text(&made["id"]), text(&made["token"]));
    assert!(token.starts_with("hsr_") && text(&made["configuration"]).ends_with("/.well-known/ssf-configuration"));
    assert_eq!(call(stage, token, Method::POST, "/ssf/streams", json!({})).await.0, 201);
    let admin = &stage.admin;
    stage.ok(admin, &format!("POST /signals/{id}/verification"), Value::Null).await;
    stage.ok(admin, &format!("PUT /signals/{id}/status"), json!({ "status": "paused" })).await;
    let listed = stage.get(&stage.auditor, "/signals").await;
    let one = &items(&listed)[0];
    assert_eq!((&one["audience"], &one["stream"]["status"]), (&json!("https://lake.example.com"), &json!("paused")));
    assert_eq!(one["stream"]["stopped_by"], "admin");
    assert!(!listed.to_string().contains(token));
    let next = stage.ok(admin, &format!("POST /signals/{id}/credentials"), Value::Null).await;
    let end = format!("DELETE /signals/{id}/credentials/{}", text(&next["credential"]));
    stage.ok(admin, &end, Value::Null).await;
    let shown = stage.get(&stage.auditor, &format!("/signals/{id}")).await;
    assert_eq!((&shown["stream"]["waiting"], shown["credentials"].as_array().unwrap().len()), (&json!(2), 1));
    stage.ok(admin, &format!("DELETE /signals/{id}"), Value::Null).await;
    assert!(items(&stage.get(admin, "/signals").await).is_empty());
}

/// Provokes every code of signals, each with its event where somebody was refused something.
pub async fn codes(stage: &Stage) {
    let admin = &super::refusals::again(stage, &stage.admin).await;
    let wanted = |name: &str, audience: &str| json!({ "name": name, "audience": audience });
    let made = stage.ok(admin, "POST /signals", wanted("Lake", "lake")).await;
    let (id, token) = (text(&made["id"]), text(&made["token"]));
    stage.refused(admin, "POST /signals", wanted("Lake", "lake"), 409, "receiver-audience-taken").await;
    stage.refused(admin, "POST /signals", wanted("Lake", "two words"), 422, "receiver-audience").await;
    let none = Value::Null;
    let verification = format!("POST /signals/{id}/verification");
    stage.refused(admin, &verification, none.clone(), 409, "receiver-without-stream").await;
    stage.ok(admin, &format!("POST /signals/{id}/credentials"), none.clone()).await;
    stage.refused(admin, &format!("POST /signals/{id}/credentials"), none.clone(), 409, "receiver-full").await;
    let now = stage.house().app.now();
    let gone = format!("DELETE /signals/{}", Id::<ids::Receiver>::new(now));
    stage.refused(admin, &gone, none.clone(), 404, "no-such-receiver").await;
    let gone = format!("DELETE /signals/{id}/credentials/{}", Id::<ids::ReceiverCredential>::new(now));
    stage.refused(admin, &gone, none, 404, "no-such-receiver-credential").await;

    let stream = call(stage, token, Method::POST, "/ssf/streams", json!({})).await.1["stream_id"].clone();
    let verify = json!({ "stream_id": stream });
    assert_eq!(call(stage, token, Method::POST, "/ssf/verify", verify.clone()).await.0, 204);
    for (path, body, code) in [
        ("/ssf/streams", json!({ "description": 1 }), "ssf-request"),
        ("/ssf/streams", json!({}), "ssf-stream-there"),
        ("/ssf/verify", json!({ "stream_id": "str_1" }), "no-such-stream"),
        ("/ssf/verify", verify, "ssf-too-soon"),
    ] {
        let (status, _) = call(stage, token, Method::POST, path, body).await;
        assert!((400..500).contains(&status), "{path}: {code}");
        assert_eq!(stage.last_refused().await, code);
        stage.provoked(code);
    }
    stage.ok(admin, &format!("PUT /signals/{id}/status"), json!({ "status": "paused" })).await;
    let resume = json!({ "stream_id": stream, "status": "enabled" });
    assert_eq!(call(stage, token, Method::POST, "/ssf/status", resume).await.0, 403);
    assert_eq!(stage.last_refused().await, "ssf-stopped");
    stage.provoked("ssf-stopped");
}
