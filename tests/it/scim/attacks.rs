//! Hostile callers: foreign credentials, huge and deep bodies, words that are meant for the database.

use super::scene::{Scene, USER, sent, user};
use crate::oauth::scene::Scene as Oauth;
use habilis::actions::{mint_token, provision};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_provisioning_credential_opens() {
    let oauth = Oauth::set().await;
    let house = oauth.house();
    let made = provision::make_credential(&house.app, &house.admin, "Okta".to_owned()).await.unwrap();
    let token = made.secret.reveal().to_owned();
    let admin = house.bearer(&house.admin).await;
    let minted = mint_token::mint_token(&house.app, &oauth.ana, crate::support::slug("reader")).await.unwrap();
    let client = oauth.web.secret.clone().unwrap();
    let short: String = token.chars().take(token.len() - 1).collect();
    let paths =
        ["/scim/v2/Users", "/scim/v2/ServiceProviderConfig", "/scim/v2/Groups/x", "/scim/v2/nothing", "/scim/v1/Users"];
    for bad in
        [admin.as_str(), minted.token.as_str(), client.as_str(), "", "hpv_", short.as_str(), &format!("{token}x")]
    {
        for path in paths {
            let refused = sent(oauth.served.call(Method::GET, path).bearer_auth(bad)).await;
            refused.is_error(401, "");
            assert!(refused.header("www-authenticate").starts_with("Bearer"), "{refused:?}");
        }
    }
    for path in paths {
        sent(oauth.served.call(Method::GET, path)).await.is_error(401, "");
        // An admin's cookie is no credential, and neither is the credential in another place.
        let cookie = oauth.served.call(Method::GET, path).header("cookie", format!("habilis={admin}"));
        sent(cookie).await.is_error(401, "");
        let cookie = oauth.served.call(Method::GET, path).header("cookie", format!("habilis={token}"));
        sent(cookie).await.is_error(401, "");
        sent(oauth.served.call(Method::GET, &format!("{path}?access_token={token}"))).await.is_error(401, "");
        sent(oauth.served.call(Method::GET, path).basic_auth("x", Some(&token))).await.is_error(401, "");
    }
    let body = user("eve@example.com").to_string();
    let post = oauth.served.call(Method::POST, "/scim/v2/Users").header("cookie", format!("habilis={admin}"));
    sent(post.header("content-type", "application/json").body(body)).await.is_error(401, "");
    // And the reverse: the credential is nobody's session, no tool and no token.
    for path in ["/api/v1/me", "/api/v1/people", "/api/v1/provisioning", "/userinfo"] {
        let answer = oauth.served.call(Method::GET, path).bearer_auth(&token).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 401, "{path}");
    }
    let cookie = oauth.served.call(Method::GET, "/people").header("cookie", format!("habilis={token}"));
    assert_eq!(cookie.send().await.unwrap().status().as_u16(), 303);
    assert!(!oauth.lives(&json!(token)).await);
    // Its scheme may be written as one likes.
    let lower = oauth.served.call(Method::GET, "/scim/v2/Users").header("authorization", format!("bearer {token}"));
    sent(lower).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn huge_and_deep_bodies_are_refused() {
    let scene = Scene::set().await;
    let mut huge = user("ana@example.com");
    huge["title"] = json!("x".repeat(3 * 1024 * 1024));
    scene.post("/Users", &huge).await.is_error(413, "");
    let spaces = scene.request(Method::POST, "/Users").header("content-type", "application/scim+json");
    sent(spaces.body(vec![b' '; 3 * 1024 * 1024])).await.is_error(413, "");
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep =
            format!("{{\"schemas\":[\"{USER}\"],\"userName\":{}1{}}}", open.repeat(10_000), close.repeat(10_000));
        let request = scene.request(Method::POST, "/Users").header("content-type", "application/scim+json");
        sent(request.body(deep)).await.is_error(400, "invalidSyntax");
    }
    let many: Vec<Value> = (0..60).map(|n| json!({ "value": format!("a{n}@example.com") })).collect();
    let mut many_emails = user("ana@example.com");
    many_emails["emails"] = json!(many);
    scene.post("/Users", &many_emails).await.is_error(400, "invalidValue");
    let id = scene.person("ana@example.com").await;
    let operations = vec![json!({ "op": "replace", "path": "displayName", "value": "x" }); 1_001];
    scene.patch(&format!("/Users/{id}"), Value::Array(operations)).await.is_error(413, "");
    // Nobody came of it.
    assert_eq!(scene.get("/Users?count=0").await.body["totalResults"], 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_reach_no_database_and_no_stack() {
    let scene = Scene::set().await;
    scene.person("ana@example.com").await;
    for filter in [
        "userName eq \"ana@example.com\" or 1=1",
        "userName eq \"x\"; DROP TABLE persons",
        "userName eq \"x\" UNION SELECT password_hash FROM persons",
        "userName eq 'ana@example.com'",
    ] {
        scene.find("/Users", filter).await.is_error(400, "invalidFilter");
    }
    for filter in [
        "userName eq \"x' OR '1'='1\"",
        "userName eq \"x\\\" or userName pr or userName eq \\\"x\"",
        "externalId eq \"%\"",
        "externalId eq \"\\u0000\"",
        "displayName eq \"?\"",
        "passwordHash pr",
        "password sw \"$argon2\"",
    ] {
        let found = scene.find("/Users", filter).await.is(200);
        assert_eq!(found.body["totalResults"], 0, "{filter}");
    }
    let deep = format!("{}active eq true{}", "(".repeat(10_000), ")".repeat(10_000));
    let not = format!("{}active eq true{}", "not (".repeat(2_000), ")".repeat(2_000));
    let wide = vec!["userName eq \"x\""; 5_000].join(" or ");
    for filter in [&deep, &not, &wide] {
        let body = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": filter });
        scene.post("/Users/.search", &body).await.is_error(400, "invalidFilter");
    }
    let id = scene.person("bob@example.com").await;
    let path = format!("emails[{}type eq \"x\"{}]", "(".repeat(3_000), ")".repeat(3_000));
    let operation = json!([{ "op": "remove", "path": path }]);
    scene.patch(&format!("/Users/{id}"), operation).await.is_error(400, "invalidPath");
    // In the text of a team's name, too.
    let team = scene.team("'; DELETE FROM teams; --", &[]).await;
    assert_eq!(scene.get(&format!("/Groups/{team}")).await.is(200).body["displayName"], "'; DELETE FROM teams; --");
    for id in ["%27", "..%2F..%2Fadmin", "x'--", "%00"] {
        scene.get(&format!("/Groups/{id}")).await.is_error(404, "");
        scene.get(&format!("/Users/{id}")).await.is_error(404, "");
    }
}
