//! A security event token is verified by others, and passes for nothing else (RFC 8417, section 4; RFC 8725, section 3.11).

use super::scene::{AUDIENCE, Scene, claims, head, sent};
use crate::{oauth, support::person_id};
use habilis::{actions, actions::rotate_keys::Haste, base::text::Slug, identity::actor::Actor};
use reqwest::Method;
use serde_json::{Value, json};
use std::process::Command;

/// One token of a stream.
async fn set(scene: &Scene) -> String {
    let own = scene.own();
    let stream = own.subscribe().await;
    own.post("/ssf/verify", json!({ "stream_id": stream, "state": "x" })).await.is(204);
    let got = own.poll(&stream, json!({})).await.is(200).body;
    got["sets"].as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
}

/// PyJWT finds the key at `jwks_uri` by itself, and verifies signature, audience and issuer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_verify_a_token_by_the_published_keys() {
    let scene = Scene::set().await;
    let token = set(&scene).await;
    let script = "\
import jwt, json, sys
token, jwks, audience, issuer = sys.argv[1:]
assert jwt.get_unverified_header(token)['typ'] == 'secevent+jwt'
key = jwt.PyJWKClient(jwks).get_signing_key_from_jwt(token)
print(json.dumps(jwt.decode(token, key.key, algorithms=['RS256'], audience=audience, issuer=issuer,
    options={'require': ['iss', 'aud', 'iat', 'jti'], 'verify_iat': False})))";
    let python = std::env::var("HABILIS_TEST_PYTHON").unwrap_or_else(|_| "target/tests-python/bin/python".to_owned());
    let (jwks, issuer) = (format!("{}/ssf/jwks.json", scene.served.base), scene.house().app.settings.issuer());
    let given = token.clone();
    let told = tokio::task::spawn_blocking(move || {
        let call = Command::new(python).args(["-c", script, &given, &jwks, AUDIENCE, &issuer]).output();
        call.expect("python with PyJWT: run tests/run")
    });
    let told = told.await.unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let read: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(read, claims(&token));
    for absent in ["sub", "exp", "nbf", "scope", "client_id"] {
        assert!(read.get(absent).is_none(), "{absent}");
    }
    assert_eq!(head(&token)["alg"], "RS256");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_is_no_access_token_no_id_token_and_no_badge() {
    let oauth = oauth::scene::Scene::set().await;
    let house = &oauth.served.house;
    // An audience that a warehouse has, too: what it hears is not what lets anybody in.
    let (id, token) = super::scene::receiver(house, "https://lake.example.com", Some("lake")).await;
    let (ana, web, cookie) = (oauth.ana.clone(), oauth.web.clone(), oauth.cookie.clone());
    let oauth::scene::Scene { served, .. } = oauth;
    let scene = Scene { served, id, token };
    let token = set(&scene).await;
    let app = &scene.house().app;
    let kid = head(&token)["kid"].as_str().unwrap().to_owned();
    // No key of tokens has signed it: whoever verifies with the key set of warehouses finds none.
    let jwks = sent(scene.served.call(Method::GET, "/jwks.json")).await.body;
    assert!(!jwks.to_string().contains(&kid));
    assert!(app.keyring.read(&token).is_none());
    for path in ["/userinfo", "/verify", "/api/v1/me", "/ssf/streams", "/scim/v2/Users"] {
        assert_eq!(sent(scene.served.call(Method::GET, path).bearer_auth(&token)).await.status, 401, "{path}");
    }
    let form = [("token", token.as_str()), ("client_id", &web.id), ("client_secret", web.secret.as_deref().unwrap())];
    let told = sent(scene.served.call(Method::POST, "/introspect").form(&form)).await.is(200);
    assert_eq!(told.body, json!({ "active": false }));
    for field in ["id_token_hint", "logout_token"] {
        let call = scene.served.call(Method::POST, "/logout").header("cookie", format!("habilis={cookie}"));
        sent(call.form(&[(field, token.as_str())])).await;
    }
    assert!(
        actions::sign_in::authenticate(app, &habilis::identity::secret::Secret::presented(&cookie), "192.0.2.1")
            .await
            .unwrap()
            .is_some()
    );
    let lake: Slug = "lake".parse().unwrap();
    let checked = actions::check_token::check_token(app, &scene.house().admin, lake, token.clone()).await.unwrap();
    assert!(matches!(checked.house, actions::check_token::House::NotOurs), "{:?}", checked.house);
    let badge = actions::verify_badge::verify_badge(app, &Actor::anonymous("192.0.2.1"), &token).await.unwrap();
    assert!(!badge.holds() && badge.kid.is_none());
    // And the other way round: what opens something else says nothing here.
    let minted = actions::mint_token::mint_token(app, &ana, "reader".parse().unwrap()).await.unwrap();
    let keys = sent(scene.served.call(Method::GET, "/ssf/jwks.json")).await.body;
    let text = serde_json::to_string(&head(&minted.token)["kid"]).unwrap();
    assert!(!keys.to_string().contains(&text), "a receiver finds no key for an access token");
    assert_ne!(head(&minted.token)["typ"], "secevent+jwt");
    assert!(claims(&minted.token).get("events").is_none());
    assert_eq!(claims(&minted.token)["sub"], json!(person_id(&ana)));
}

/// What waits when keys change is signed with the key that signs when it goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_outlives_the_key_of_its_day() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    own.post("/ssf/verify", json!({ "stream_id": stream })).await.is(204);
    let fetch = async || {
        let got = own.poll(&stream, json!({})).await.is(200).body;
        got["sets"].as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
    };
    let before = fetch().await;
    let app = &scene.house().app;
    scene.house().advance("P1D");
    use habilis::tokens::{keyring::BADGES, rows::Purpose};
    actions::rotate_keys::rotate_keys(app, &scene.house().admin, Purpose::Badge, Some(BADGES), Haste::Now)
        .await
        .unwrap();
    let after = fetch().await;
    assert_ne!(head(&before)["kid"], head(&after)["kid"]);
    assert_eq!(claims(&before), claims(&after));
    let keys = sent(scene.served.call(Method::GET, "/ssf/jwks.json")).await.body.to_string();
    for token in [&before, &after] {
        assert!(keys.contains(head(token)["kid"].as_str().unwrap()), "both can still be verified");
    }
}
