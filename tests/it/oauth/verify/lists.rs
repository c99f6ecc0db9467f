//! The token status list, read by a program that is not ours.

use super::{Two, minted};
use crate::oauth::scene::{Scene, claims};
use habilis::{
    access::rows::LockKind,
    actions::{lock, sign_out},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path, process::Command};

/// What Python's zlib and PyJWT read of a token's status.
pub fn read(issuer: &str, base: &str, token: &str) -> Value {
    let python = std::env::var("HABILIS_TEST_PYTHON").unwrap_or_else(|_| "target/tests-python/bin/python".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/oauth/verify/status_list.py");
    let told = Command::new(python)
        .arg(script)
        .args([issuer, base, token])
        .output()
        .expect("python with PyJWT: run tests/run, which installs it");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_verifier_that_asks_nobody_sees_what_was_ended() {
    let two = Two::set().await;
    let scene = &two.scene;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let issuer = app.settings.issuer();
    let status = |base: &str, token: &str| read(&issuer, base, token);
    let ours = &scene.served.base;
    let mine = minted(scene, &scene.ana, "reader").await;
    let tools = scene.connect(&scene.web, &[]).await["access_token"].as_str().unwrap().to_owned();
    let who = scene.connect(&scene.web, &[("scope", "openid")]).await["access_token"].as_str().unwrap().to_owned();
    let mut places = BTreeSet::new();
    for token in [&mine, &tools, &who] {
        let told = status(ours, token);
        assert_eq!(told["status"], 0, "{told}");
        assert_eq!((&told["bits"], &told["bytes"], &told["ttl"]), (&json!(1), &json!(16_384), &json!(60)));
        assert!(told["exp"].as_i64().unwrap() > told["iat"].as_i64().unwrap() + 60, "{told}");
        places.insert(told["place"].to_string());
    }
    assert_eq!(places.len(), 3);
    // One is given back: its bit is set, and no other.
    assert_eq!(scene.call(&scene.web, "/revoke", &[("token", &tools)]).await.status, 200);
    for base in [ours, &two.other_base] {
        two.ended(&tools, "given back").await;
        assert_eq!((status(base, &tools)["status"].clone(), status(base, &tools)["set"].clone()), (json!(1), json!(1)));
        assert_eq!((&status(base, &mine)["status"], &status(base, &who)["status"]), (&json!(0), &json!(0)));
    }
    // A lock stops the others that open the warehouse, for as long as it is there.
    let placed = lock::place_lock(app, admin, LockKind::Warehouse, "lake".into(), "a leak".into()).await.unwrap();
    assert_eq!((&status(ours, &mine)["status"], &status(ours, &who)["status"]), (&json!(1), &json!(0)));
    scene.tick();
    lock::lift_lock(app, admin, placed).await.unwrap();
    scene.tick();
    assert_eq!(status(ours, &mine)["status"], 0);
    // The session ends, and all that hangs on it.
    sign_out::sign_out(app, &scene.ana).await.unwrap();
    assert_eq!((&status(ours, &mine)["status"], &status(ours, &who)["status"]), (&json!(1), &json!(1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_are_found_fetched_and_gone_with_their_tokens() {
    let scene = Scene::set().await;
    let issuer = scene.house().app.settings.issuer();
    let discovered = scene.get("", "/.well-known/oauth-authorization-server").await.json();
    assert_eq!(discovered["status_list_aggregation_endpoint"], format!("{issuer}/status-lists"));
    assert_eq!(scene.get("", "/status-lists").await.json(), json!({ "status_lists": [] }));
    let token = minted(&scene, &scene.ana, "reader").await;
    let who = scene.connect(&scene.web, &[("scope", "openid")]).await["access_token"].as_str().unwrap().to_owned();
    let of = |token: &str| claims(token)["status"]["status_list"].clone();
    let (list, other) = (of(&token), of(&who));
    let listed = scene.get("", "/status-lists").await.json();
    let listed: BTreeSet<&str> =
        listed["status_lists"].as_array().unwrap().iter().map(|uri| uri.as_str().unwrap()).collect();
    assert_eq!(listed, BTreeSet::from([list["uri"].as_str().unwrap(), other["uri"].as_str().unwrap()]));
    let path = list["uri"].as_str().unwrap().strip_prefix(&issuer).unwrap().to_owned();
    let fetched = scene.get("", &path).await;
    assert_eq!((fetched.status, fetched.header("content-type")), (200, "application/statuslist+jwt"));
    assert_eq!(fetched.header("cache-control"), "public, max-age=60");
    assert_eq!(fetched.header("access-control-allow-origin"), "*");
    // What says the same is not signed again, and nobody takes it for a token.
    assert_eq!(scene.get("", &path).await.text, fetched.text);
    assert_eq!(super::ask(&scene, &scene.served.base, "", &fetched.text).await.status, 401);
    let keys = scene.get("", "/jwks.json").await.text;
    let kid = crate::oauth::scene::head(&fetched.text)["kid"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    assert!(!keys.contains(&kid), "warehouses take no token from a key that signs what anybody can fetch");
    let past = scene.get("", &format!("{path}?time=1686925000")).await;
    assert_eq!(past.status, 501);
    for unknown in ["w1", "w494000", "x1", "w0", "w-1", "w999999999000"] {
        let reply = scene.get("", &format!("/status-lists/{unknown}")).await;
        assert_eq!(reply.status, 404, "{unknown}: {}", reply.text);
    }
    scene.house().advance("PT2H");
    assert_eq!(scene.get("", &path).await.status, 404, "its tokens are over");
    assert_eq!(scene.get("", "/status-lists").await.json(), json!({ "status_lists": [] }));
}
