//! Roles, requests, decisions, grants and tokens.

use super::stage::{Stage, items, text};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// Ana holds alpha's certificate when this begins.
pub async fn tour(stage: &Stage) {
    let (ana, owner) = (&stage.ana, &stage.owner);
    let roles = stage.get(ana, "/roles").await;
    assert_eq!(items(&roles).len(), 4);
    let reader = stage.get(ana, "/roles/reader").await;
    assert_eq!((&reader["requires"][0]["met"], &reader["grant"]), (&json!(true), &Value::Null));

    // By itself.
    let asked = stage.ask(ana, "reader").await;
    assert_eq!((&asked["state"], &asked["grant"]["effective"]), (&json!("approved"), &Value::Null), "{asked}");
    let path = format!("/requests/{}", text(&asked["id"]));
    assert_eq!(stage.get(ana, &path).await, asked);
    assert_eq!(stage.get(ana, "/roles/reader").await["status"], "effective");
    let grants = stage.get(ana, "/grants").await;
    assert_eq!((&grants["items"][0]["id"], &grants["items"][0]["effective"]), (&asked["grant"]["id"], &json!(true)));
    assert_eq!(grants["items"][0]["last_used_at"], Value::Null, "never used");

    let reply = stage.call(&ana.bearer, "POST /tokens", &json!({ "role": "reader" }), &[]).await;
    assert_eq!((reply.status, reply.header("cache-control")), (201, "no-store"), "{}", reply.text);
    let claims = claims(text(&reply.body["access_token"]));
    assert_eq!((&claims["aud"], &claims["sub"]), (&json!("https://lake.example.com"), &json!(ana.id)), "{claims}");
    let used = stage.get(ana, "/grants").await["items"][0]["last_used_at"].clone();
    assert!(used.is_string(), "{used}");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 900);
    let sent = json!({ "token": reply.body["access_token"] });
    let check = stage.ok(ana, "POST /warehouses/lake/check", sent).await;
    assert_eq!((&check["verdict"], &check["house"]["state"]), (&json!("accepted"), &json!("live")), "{check}");
    let setup = stage.get(&stage.auditor, "/warehouses/lake/setup").await;
    assert_eq!((&setup["statements"][0]["what"], &setup["typ"]), (&json!("snowflake"), &json!("at+jwt")));

    // By people: blocked until the certification is there, then reviewed, then granted as the approver caps it.
    let asked = stage.ask(ana, "keeper").await;
    assert_eq!(asked["state"], "blocked");
    stage.house().certify(&ana.actor, "beta").await;
    let path = format!("/requests/{}", text(&asked["id"]));
    assert_eq!(stage.get(ana, &path).await["state"], "in_review");
    let waiting = stage.get(owner, "/decisions").await;
    assert_eq!((&waiting["items"][0]["id"], &waiting["items"][0]["may_decide"]), (&asked["id"], &json!(true)));
    let say = json!({ "decision": "approve", "comment": "fine", "cap": "P2D" });
    let decided = stage.ok(owner, &format!("POST {path}/decisions"), say).await;
    assert_eq!((&decided["state"], &decided["decisions"][0]["comment"]), (&json!("approved"), &json!("fine")));
    let grant = stage.get(ana, "/grants").await["items"][0].clone();
    assert_eq!((&grant["id"], &text(&grant["ends_at"])[..10]), (&decided["grant"]["id"], "2026-03-04"));

    let asked = stage.ask(ana, "guardian").await;
    let withdrawn = stage.ok(ana, &format!("POST /requests/{}/withdrawal", text(&asked["id"])), Value::Null).await;
    assert_eq!(withdrawn["state"], "withdrawn");
    assert_eq!(items(&stage.get(ana, "/requests").await).len(), 3);

    let revoke = format!("POST /grants/{}/revocation", text(&grant["id"]));
    stage.ok(owner, &revoke, json!({ "reason": "the project is over" })).await;
    let ended = &stage.get(ana, "/grants").await["items"][0];
    assert_eq!((&ended["state"], &ended["ended_reason"]), (&json!("ended"), &json!("revoked")));
}

/// What a token says; the signature is another test's.
pub fn claims(token: &str) -> Value {
    let body = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}
