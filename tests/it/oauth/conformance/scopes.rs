//! What scopes tell of a person, and the userinfo endpoint in each of its three ways.

use crate::oauth::scene::{Reply, Scene, claims};
use reqwest::Method;
use serde_json::{Value, json};

impl Scene {
    /// What userinfo tells for a scope.
    async fn told(&self, scope: &str) -> Value {
        let tokens = self.connect(&self.web, &[("scope", scope)]).await;
        let token = tokens["access_token"].as_str().unwrap();
        let reply = self.send(self.served.call(Method::GET, "/userinfo").bearer_auth(token)).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"), "{}", reply.text);
        assert_eq!(reply.json()["sub"], claims(tokens["id_token"].as_str().unwrap())["sub"]);
        reply.json()
    }
}

fn names(told: &Value) -> Vec<&str> {
    told.as_object().unwrap().keys().map(String::as_str).collect()
}

/// `oidcc-scope-profile`, `oidcc-scope-email`, `oidcc-scope-address`, `oidcc-scope-phone`, `oidcc-scope-all`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_scope_tells_its_claims_and_no_others() {
    let scene = Scene::set().await;
    assert_eq!(names(&scene.told("openid").await), ["sub"]);
    assert_eq!(names(&scene.told("openid email").await), ["email", "email_verified", "sub"]);
    let profile = scene.told("openid profile").await;
    assert_eq!(names(&profile), ["name", "preferred_username", "sub", "zoneinfo"]);
    assert_eq!(profile["name"], "Ana Verano");
    // Nothing is kept of addresses and telephones: asking for them is no error, and tells nothing.
    assert_eq!(names(&scene.told("openid address").await), ["sub"]);
    assert_eq!(names(&scene.told("openid phone").await), ["sub"]);
    let all = scene.told("openid profile email address phone").await;
    assert_eq!(names(&all), ["email", "email_verified", "name", "preferred_username", "sub", "zoneinfo"]);
}

/// `oidcc-userinfo-get`, `oidcc-userinfo-post-header`, `oidcc-userinfo-post-body` (Core, section 5.3.1; RFC 6750, section 2).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn userinfo_is_asked_in_three_ways_and_in_no_others() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[("scope", "openid email")]).await;
    let token = tokens["access_token"].as_str().unwrap();
    let call = |method| scene.served.call(method, "/userinfo");
    for request in [
        call(Method::GET).bearer_auth(token),
        call(Method::GET).header("authorization", format!("bearer {token}")),
        call(Method::POST).bearer_auth(token),
        call(Method::POST).form(&[("access_token", token)]),
    ] {
        let reply = scene.send(request).await;
        assert_eq!((reply.status, &reply.json()["email"]), (200, &json!("ana.verano@example.com")), "{}", reply.text);
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    let refused = |reply: Reply, status: u16, challenge: &str| {
        assert_eq!((reply.status, reply.header("www-authenticate")), (status, challenge), "{}", reply.text);
    };
    let plain = "Bearer realm=\"habilis\"";
    // Not in an address (section 2.3), not in JSON, not in the body of a GET, not by another scheme.
    let in_query = scene.served.call(Method::GET, &format!("/userinfo?access_token={token}"));
    refused(scene.send(in_query).await, 401, plain);
    refused(scene.send(call(Method::POST).json(&json!({ "access_token": token }))).await, 401, plain);
    refused(scene.send(call(Method::GET).form(&[("access_token", token)])).await, 401, plain);
    refused(scene.send(call(Method::GET).basic_auth("ana", Some(token))).await, 401, plain);
    // Two tokens at once are one too many (section 2).
    let both = call(Method::POST).bearer_auth(token).form(&[("access_token", token)]);
    refused(scene.send(both).await, 400, "Bearer realm=\"habilis\", error=\"invalid_request\"");
    refused(
        scene.send(call(Method::GET).bearer_auth("x")).await,
        401,
        "Bearer realm=\"habilis\", error=\"invalid_token\"",
    );
    assert_eq!(scene.send(call(Method::DELETE).bearer_auth(token)).await.status, 405);
}

/// A person has one `sub` for ever, and nobody else has it (Core, section 5.7).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subject_is_one_person_for_ever() {
    let scene = Scene::set().await;
    let first = scene.told("openid").await;
    scene.house().advance("P1D");
    let cookie = scene.house().bearer(&scene.ana).await;
    let scene = Scene { cookie, ..scene };
    assert_eq!(scene.told("openid").await, first);
    let (_, eve) = scene.house().joined("Eve Marin", &[]).await;
    let eve = Scene { cookie: eve, ..scene };
    assert_ne!(eve.told("openid").await["sub"], first["sub"]);
}
