//! What an account gets: a token on its owner's access, which names none but the two; and the errors of RFC 6749, section 5.2.

use super::{accept, account, registered};
use crate::{
    oauth::scene::{Scene, claims, head},
    support::person_id,
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_account_gets_a_token_on_its_owners_access() {
    let scene = Scene::set().await;
    let owner = person_id(&scene.ana).to_string();
    let tool = registered(scene.house(), &owner, &["reader", "either"], &[("lake", "SVC_LOAD")]).await.unwrap();
    accept(scene.house(), &scene.ana, &tool).await;
    let reply = scene.service(&tool, &[("scope", "session:role:READER")]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!((reply.header("cache-control"), reply.header("pragma")), ("no-store", "no-cache"));
    let told = reply.json();
    let fields: Vec<&String> = told.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["access_token", "expires_in", "scope", "token_type"], "no refresh token and no ID token");
    assert_eq!((&told["token_type"], &told["scope"]), (&json!("Bearer"), &json!("session:role:READER")));
    let token = told["access_token"].as_str().unwrap();
    let said = claims(token);
    assert_eq!(head(token)["typ"], "at+jwt");
    assert_eq!((&said["sub"], &said["client_id"], &said["owner"]), (&json!(tool.id), &json!(tool.id), &json!(owner)));
    assert_eq!((&said["aud"], &said["role"]), (&json!("https://lake.example.com"), &json!("reader")));
    assert_eq!(said["preferred_username"], "SVC_LOAD", "its own name in the warehouse");
    assert!(said["grant_id"].as_str().unwrap().starts_with("gra_") && said["certificates"][0].is_string(), "{said}");
    for none in ["email", "auth_time", "sid", "act"] {
        assert!(said.get(none).is_none(), "{none}: {said}");
    }
    assert_eq!(said["exp"].as_i64().unwrap() - said["iat"].as_i64().unwrap(), 900);
    assert_eq!(told["expires_in"], 900);
    scene.house().ask(&scene.ana, "either").await.unwrap();
    // The other warehouse knows it by its id, in the case that names have there.
    let other = claims(&scene.service_token(&tool, &[("scope", "role:either")]).await);
    assert_eq!((&other["aud"], &other["preferred_username"]), (&json!("https://attic.example.com"), &json!(tool.id)));
    // Introspected, and let through, as what it is.
    let told = scene.call(&scene.web, "/introspect", &[("token", token)]).await.json();
    assert_eq!((&told["active"], &told["sub"], &told["username"]), (&json!(true), &json!(tool.id), &json!("SVC_LOAD")));
    let passed = crate::oauth::verify::ask(&scene, &scene.served.base, "?warehouse=lake&role=reader", token).await;
    assert_eq!(passed.status, 204, "{}", passed.text);
    for (name, value) in [("person", ""), ("email", ""), ("owner", &owner), ("user", "SVC_LOAD"), ("client", &tool.id)]
    {
        assert_eq!(passed.header(&format!("x-habilis-{name}")), value, "{name}");
    }
    // In the log it stands with its owner, and says for whom it was.
    let lines = scene.house().app.db.read(scene.house().app.now(), |r| {
        let query =
            "SELECT person_id || ' ' || data AS word FROM events WHERE kind = 'token.minted' ORDER BY seq LIMIT 1";
        Ok(habilis::db::sql(query).one::<String>(r)?)
    });
    let line = lines.await.unwrap();
    let (person, data) = line.split_once(' ').unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!((person, &data["client"], &data["service"]), (owner.as_str(), &json!(tool.id), &json!(true)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_scope_it_is_for_the_one_role_that_there_is() {
    let scene = Scene::set().await;
    let one = account(scene.house(), &scene.ana, &["reader"]).await;
    let reply = scene.service(&one, &[]).await;
    assert_eq!(reply.json()["scope"], "session:role:READER", "the answer says which: {}", reply.text);
    let lake = ("resource", "https://lake.example.com");
    assert_eq!(scene.service(&one, &[lake]).await.status, 200);
    assert_eq!(scene.service(&one, &[("scope", "role:reader"), lake]).await.status, 200);
    assert_eq!(scene.service_error(&one, &[("resource", "https://attic.example.com")]).await.0, "invalid_target");
    let two = account(scene.house(), &scene.ana, &["reader", "either"]).await;
    assert_eq!(scene.service_error(&two, &[]).await.0, "invalid_scope");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_service_account_asks_wrongly_is_refused_in_the_words_of_the_standard() {
    let scene = Scene::set().await;
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    for (other, error) in [
        (&[("scope", "openid session:role:READER")][..], "invalid_scope"),
        (&[("scope", "offline_access role:reader")], "invalid_scope"),
        (&[("scope", "openid")], "invalid_scope"),
        (&[("scope", "role:reader role:either")], "invalid_scope"),
        (&[("scope", "role:nobody")], "invalid_scope"),
        (&[("scope", "nothing")], "invalid_scope"),
        (&[("scope", "role:either")], "invalid_scope"),
        (&[("scope", "role:reader"), ("resource", "https://attic.example.com")], "invalid_target"),
        (&[("scope", "role:reader"), ("scope", "role:reader")], "invalid_request"),
    ] {
        let before = scene.refusals().await.0;
        assert_eq!(scene.service_error(&tool, other).await.0, error, "{other:?}");
        assert_eq!(scene.refusals().await.0, before + 1, "{other:?} left no event, or more than one");
    }
    // Who is no service account, or can keep no secret.
    assert_eq!(scene.service_error(&scene.web, &[("scope", "role:reader")]).await.0, "unauthorized_client");
    assert_eq!(scene.service_error(&scene.native, &[("scope", "role:reader")]).await.0, "unauthorized_client");
    let discovery = scene.get("", "/.well-known/oauth-authorization-server").await.json();
    assert!(discovery["grant_types_supported"].as_array().unwrap().contains(&json!("client_credentials")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_account_gives_its_token_back() {
    let scene = Scene::set().await;
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    let token = scene.service_token(&tool, &[]).await;
    assert_eq!(scene.call(&scene.web, "/revoke", &[("token", &token)]).await.status, 200);
    assert!(scene.lives(&json!(token)).await, "it is not the other tool's to give back");
    assert_eq!(scene.call(&tool, "/revoke", &[("token", &token)]).await.status, 200);
    assert!(!scene.lives(&json!(token)).await);
}
