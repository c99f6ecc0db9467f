//! The caller: signing in and out, preferences, password, sessions.

use super::stage::{Player, Stage, items, text};
use crate::support::PASSWORD;
use serde_json::{Value, json};

pub async fn tour(stage: &Stage) {
    let who = stage.learner("Sofia").await;
    let again = sign_in(stage, &who, PASSWORD).await;
    let me = stage.get(&again, "/me").await;
    assert_eq!((text(&me["person"]["id"]), text(&me["person"]["name"])), (who.id.as_str(), "Sofia"));
    assert_eq!((&me["may"]["admin"], &me["decides"], &me["waiting"]), (&json!(false), &json!(false), &json!(0)));

    // A program's session and a browser's are the same thing.
    let reply = stage.call("", "GET /me", &Value::Null, &[("cookie", &format!("habilis={}", again.bearer))]).await;
    assert_eq!(reply.body["session"], me["session"]);

    let chosen = stage.ok(&again, "PUT /me/preferences", json!({ "language": "fr", "zone": "Europe/Madrid" })).await;
    assert_eq!((text(&chosen["language"]), text(&chosen["person"]["zone"])), ("fr", "Europe/Madrid"));
    let kept = stage.ok(&again, "PUT /me/preferences", json!({ "language": null })).await;
    assert_eq!((&kept["person"]["language"], text(&kept["person"]["zone"])), (&Value::Null, "Europe/Madrid"));

    let open = stage.get(&again, "/me/sessions").await;
    let other = items(&open).iter().find(|session| session["current"] == false).unwrap();
    stage.ok(&again, &format!("DELETE /me/sessions/{}", text(&other["id"])), Value::Null).await;
    assert_eq!(items(&stage.get(&again, "/me/sessions").await).len(), items(&open).len() - 1);

    // A new password ends every other session, and only the new one works.
    let third = sign_in(stage, &who, PASSWORD).await;
    let new = "nine patient herons cross the ford";
    stage.ok(&again, "PUT /me/password", json!({ "current": PASSWORD, "new": new })).await;
    stage.bounced(&third.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
    let last = sign_in(stage, &who, new).await;
    stage.ok(&last, "DELETE /session", Value::Null).await;
    stage.bounced(&last.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
    stage.get(&again, "/me").await;
}

/// Signs in over HTTP.
pub async fn sign_in(stage: &Stage, who: &Player, password: &str) -> Player {
    let email = who.actor.signed().unwrap().person.email.to_string();
    let reply = stage.call("", "POST /session", &json!({ "email": email, "password": password }), &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let bearer = text(&reply.body["token"]).to_owned();
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with(&format!("habilis={bearer};")) && cookie.contains("HttpOnly"), "{cookie}");
    Player { actor: who.actor.clone(), id: who.id.clone(), bearer }
}
