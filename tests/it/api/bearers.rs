//! Bearers that are not ours, not any more, or not for us.

use super::{access::claims, session::sign_in, stage::Stage};
use crate::support::PASSWORD;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use habilis::identity::secret::Secret;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_secret_of_a_living_session_opens() {
    let stage = Stage::set().await;
    let ana = &stage.ana;
    stage.house().certify(&ana.actor, "alpha").await;
    stage.ask(ana, "reader").await;
    let minted = stage.ok(ana, "POST /tokens", json!({ "role": "reader" })).await;
    let warehouse = minted["access_token"].as_str().unwrap();
    let told = claims(warehouse);

    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = warehouse.rsplit('.').next().unwrap();
    let ours = json!({ "iss": told["iss"], "aud": told["iss"], "sub": told["sub"], "exp": told["exp"] });
    let keys = stage.served.call(reqwest::Method::GET, "/jwks.json").send().await.unwrap();
    let public = keys.json::<Value>().await.unwrap()["keys"][0].to_string();
    let signed = |key: &[u8]| {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &ours, &EncodingKey::from_secret(key)).unwrap()
    };
    let (head, tail) = ana.bearer.split_at(ana.bearer.len() - 1);
    let forged = [
        ("nothing", String::new()),
        ("made up", "hs_0123456789".to_owned()),
        ("one letter off", format!("{head}{}", if tail == "A" { "B" } else { "A" })),
        ("its hash", Secret::presented(&ana.bearer).hash()),
        ("its id", ana.id.clone()),
        ("a warehouse's token: another audience", warehouse.to_owned()),
        ("alg none", format!("{}.{}.", part(&json!({ "alg": "none", "typ": "JWT" })), part(&ours))),
        (
            "a signature over something else",
            format!("{}.{}.{signature}", part(&json!({ "alg": "ES256" })), part(&ours)),
        ),
        ("signed with a key of one's own", signed(b"a key of one's own")),
        ("signed with the public key as a secret", signed(public.as_bytes())),
        ("far too long", "x".repeat(6_000)),
    ];
    for (what, bearer) in &forged {
        for call in ["GET /me", "POST /tokens", "GET /events"] {
            let body = if call.starts_with("POST") { json!({ "role": "reader" }) } else { Value::Null };
            let changes = stage.changes().await;
            let reply = stage.call("", call, &body, &[("authorization", &format!("Bearer {bearer}"))]).await;
            stage.told(&reply, &format!("{call} with {what}"), 401, "sign-in-first");
            assert_eq!(stage.changes().await, changes);
        }
    }
    // Other schemes prove nothing either; a cookie of another name is no cookie of ours.
    for (name, value) in
        [("authorization", format!("Basic {}", ana.bearer)), ("cookie", format!("session={}", ana.bearer))]
    {
        let reply = stage.call("", "GET /me", &Value::Null, &[(name, &value)]).await;
        stage.told(&reply, name, 401, "sign-in-first");
    }
    stage.get(ana, "/me").await;

    // Ended, too long unused, past its end.
    let gone = sign_in(&stage, ana, PASSWORD).await;
    stage.ok(&gone, "DELETE /session", Value::Null).await;
    stage.bounced(&gone.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
    let settings = &stage.house().app.settings;
    let idle = settings.session_idle.to_string();
    stage.house().advance(&idle);
    stage.bounced(&ana.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
    let busy = sign_in(&stage, ana, PASSWORD).await;
    let born = stage.house().clock.now();
    let end = born.plus(&settings.session_absolute);
    while stage.house().clock.now() < end {
        stage.get(&busy, "/me").await;
        let step = settings.session_idle.approximate_micros() * 9 / 10;
        stage.house().clock.set(stage.house().clock.now().plus_micros(step));
    }
    stage.bounced(&busy.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
}
