//! What the endpoints for devices answer: codes, tokens, and each error.

use super::{Codes, GRANT, SCOPE, command_line, register};
use crate::oauth::scene::{Scene, Tool, claims};
use habilis::{
    access::rows::LockKind,
    actions::{lock, read_certificates, revoke_certificate, sign_out, sweep},
    tokens::client::{ClientKind, GrantType},
};
use reqwest::Method;
use serde_json::{Value, json};

/// RFC 8628, sections 3.1 to 3.5: the whole way, as the house's own command line goes it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_gets_tokens_once_its_person_has_agreed() {
    let scene = Scene::set().await;
    let (issuer, tool) = (scene.house().app.settings.issuer(), command_line());
    let reply = scene.begin(&tool, &[("scope", SCOPE)]).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"), "{}", reply.text);
    assert_eq!((reply.header("cache-control"), reply.header("pragma")), ("no-store", "no-cache"));
    let told = reply.json();
    assert!(told["expires_in"].is_u64() && told["interval"].is_u64(), "numbers: {told}");
    let (device, user) = (told["device_code"].as_str().unwrap(), told["user_code"].as_str().unwrap());
    assert_eq!(told["verification_uri"], format!("{issuer}/device"));
    assert_eq!(told["verification_uri_complete"], format!("{issuer}/device?user_code={user}"));
    let (head, tail) = user.split_once('-').unwrap();
    assert!(head.len() == 4 && tail.len() == 4 && !user.contains(['0', 'O', '1', 'I', 'A', 'E', 'U']), "{user}");
    assert!(device.starts_with("hdc_") && device.len() >= 47);

    let codes = Codes { device: device.into(), user: user.into() };
    let before = scene.refusals().await.0;
    assert_eq!(scene.polled(&tool, &codes).await, "authorization_pending");
    assert_eq!(scene.refusals().await.0, before, "nobody was refused anything");
    let asked = scene.type_code(&scene.cookie, &user.to_lowercase().replace('-', " ")).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    for word in ["Habilis command line", "READER", "d.one", "127.0.0.1", user, "ana.verano@example.com"] {
        assert!(asked.text.contains(word), "{word}: {}", asked.text);
    }
    assert_eq!(scene.polled(&tool, &codes).await, "slow_down", "looking at it is no answer");
    let done = scene.say(&scene.cookie, user, "yes").await;
    assert!(done.status == 200 && done.text.contains("Habilis command line is connected"), "{}", done.text);
    let reply = scene.poll(&tool, &codes).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"), "{}", reply.text);
    let tokens = reply.json();
    assert_eq!((&tokens["token_type"], &tokens["scope"]), (&json!("Bearer"), &json!(SCOPE)));
    let said = claims(tokens["access_token"].as_str().unwrap());
    assert_eq!(
        (&said["aud"], &said["client_id"], &said["scope"], &said["sub"]),
        (
            &json!("https://lake.example.com"),
            &json!("habilis-cli"),
            &json!("session:role:READER"),
            &json!(scene.person())
        )
    );
    let told = claims(tokens["id_token"].as_str().unwrap());
    assert_eq!((&told["email"], &told["nonce"]), (&json!("ana.verano@example.com"), &Value::Null));
    assert!(scene.lives(&tokens["access_token"]).await);
    assert_eq!((scene.house().events("tool.connected").await, scene.house().events("token.minted").await), (1, 1));
    let next = scene.refresh(&tool, &tokens["refresh_token"], &[]).await;
    assert_eq!(next.status, 200, "{}", next.text);
    // The person finds it among their tools, and it ends there as any other.
    let page = scene.get(&scene.cookie, "/account").await;
    assert!(page.text.contains("Habilis command line"), "{}", page.text);
    assert_eq!(scene.post(&scene.cookie, "/account/tools/habilis-cli/disconnect", &[]).await.status, 303);
    assert!(!scene.lives(&tokens["access_token"]).await);
}

/// RFC 8628, section 3.5: each answer by its name, and each refusal with its line.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_is_told_why_there_is_nothing() {
    let scene = Scene::set().await;
    let tool = command_line();
    // Too soon, and again: five seconds more each time, and it stays that long.
    let codes = scene.device(&tool, SCOPE).await;
    assert_eq!(scene.polled(&tool, &codes).await, "authorization_pending");
    for (after, error) in [
        ("PT4S", "slow_down"),
        ("PT9S", "slow_down"),
        ("PT14S", "slow_down"),
        ("PT20S", "authorization_pending"),
        ("PT19S", "slow_down"),
        ("PT25S", "authorization_pending"),
    ] {
        scene.house().advance(after);
        assert_eq!(scene.polled(&tool, &codes).await, error, "after {after}");
    }
    // Denied, for good.
    let page = scene.say(&scene.cookie, &codes.user, "no").await;
    assert!(page.status == 200 && page.text.contains("was not let in"), "{}", page.text);
    assert_eq!(scene.refusals().await.1, "oauth-denied");
    for _ in 0..2 {
        assert_eq!(scene.polled(&tool, &codes).await, "access_denied");
    }
    assert!(scene.say(&scene.cookie, &codes.user, "yes").await.text.contains("was not let in"), "no is no");
    assert_eq!(scene.polled(&tool, &codes).await, "access_denied");
    assert_eq!(scene.house().events("tool.connected").await, 0);
    // Over, whether somebody agreed or not, and then forgotten.
    let (never, agreed) = (scene.device(&tool, SCOPE).await, scene.device(&tool, SCOPE).await);
    assert_eq!(scene.say(&scene.cookie, &agreed.user, "yes").await.status, 200);
    scene.house().advance("PT10M");
    for codes in [&never, &agreed] {
        assert_eq!(scene.polled(&tool, codes).await, "expired_token");
        assert_eq!(scene.refusals().await.1, "oauth-device-expired");
    }
    scene.house().advance("PT2H");
    sweep::sweep(&scene.house().app).await.unwrap();
    assert_eq!(scene.polled(&tool, &never).await, "invalid_grant");
    // Unknown, missing, another client's, used.
    for (fields, error) in [
        (&[("grant_type", GRANT), ("device_code", "hdc_nothing")][..], "invalid_grant"),
        (&[("grant_type", GRANT)], "invalid_request"),
        (&[("grant_type", GRANT), ("device_code", "a"), ("device_code", "b")], "invalid_request"),
    ] {
        let before = scene.refusals().await.0;
        let reply = scene.call(&tool, "/token", fields).await;
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!(error)), "{fields:?}");
        assert_eq!(scene.refusals().await.0, before + 1, "{fields:?}");
    }
    let cookie = scene.house().bearer(&scene.ana).await;
    let codes = scene.device(&tool, SCOPE).await;
    let other = register(&scene, ClientKind::Public, &[GrantType::DeviceCode], None).await;
    assert_eq!(scene.polled(&other, &codes).await, "invalid_grant");
    scene.say(&cookie, &codes.user, "yes").await;
    assert_eq!(scene.polled(&other, &codes).await, "invalid_grant", "another client's");
    assert_eq!(scene.poll(&tool, &codes).await.status, 200, "and the right one lost nothing by it");
    assert_eq!(scene.polled(&tool, &codes).await, "invalid_grant", "it is good once");
}

/// RFC 8628, section 3.1: the client proves itself as at the token endpoint, and asks for what it may.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_are_given_to_those_who_may_ask() {
    let scene = Scene::set().await;
    let lamp = register(&scene, ClientKind::Confidential, &[GrantType::DeviceCode], Some(&["reader"])).await;
    for (tool, fields, status, error) in [
        (&scene.web, &[("scope", SCOPE)][..], 400, "unauthorized_client"),
        (&lamp, &[("scope", "")], 400, "invalid_scope"),
        (&lamp, &[("scope", "role:nothing")], 400, "invalid_scope"),
        (&lamp, &[("scope", "role:either")], 400, "invalid_scope"),
        (&lamp, &[("scope", "role:reader role:keeper")], 400, "invalid_scope"),
        (&lamp, &[("scope", "openid"), ("scope", "email")], 400, "invalid_request"),
        (&lamp, &[("scope", "role:reader"), ("resource", "https://attic.example.com")], 400, "invalid_target"),
        (&lamp, &[("scope", "openid"), ("resource", "https://lake.example.com")], 400, "invalid_target"),
        (&Tool { secret: Some("hcs_wrong".into()), ..lamp.clone() }, &[("scope", SCOPE)], 401, "invalid_client"),
        (&Tool { secret: None, ..lamp.clone() }, &[("scope", SCOPE)], 401, "invalid_client"),
        (&Tool { id: "cli_nobody".into(), ..command_line() }, &[("scope", SCOPE)], 401, "invalid_client"),
    ] {
        let before = scene.refusals().await.0;
        let reply = scene.begin(tool, fields).await;
        assert_eq!((reply.status, &reply.json()["error"]), (status, &json!(error)), "{fields:?} {}", reply.text);
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(scene.refusals().await.0, before + 1, "{fields:?}");
    }
    let call = scene.served.call(Method::POST, "/device_authorization").json(&json!({ "client_id": lamp.id }));
    assert_eq!(scene.send(call).await.json()["error"], "invalid_request", "a form is sent");
    let reply = scene.get("", "/device_authorization").await;
    assert_eq!((reply.status, reply.header("allow")), (405, "POST, OPTIONS"));
    let asked = scene.send(scene.served.call(Method::OPTIONS, "/device_authorization")).await;
    assert_eq!((asked.status, asked.header("access-control-allow-origin")), (204, "*"));
    // The warehouse may be named, and then it stays that one.
    let lake = [("scope", "role:reader"), ("resource", "https://lake.example.com")];
    let told = scene.begin(&lamp, &lake).await.json();
    let user = told["user_code"].as_str().unwrap();
    scene.say(&scene.cookie, user, "yes").await;
    let redeem = async |resource: &str| {
        let code = told["device_code"].as_str().unwrap();
        let fields = [("grant_type", GRANT), ("device_code", code), ("resource", resource)];
        scene.call(&lamp, "/token", &fields).await
    };
    assert_eq!(redeem("https://attic.example.com").await.json()["error"], "invalid_target");
    let tokens = redeem("https://lake.example.com").await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    assert_eq!(tokens.json()["refresh_token"], Value::Null, "it is not registered for refreshes");
    // A client that may not is refused at the token endpoint, too.
    let fields = [("grant_type", GRANT), ("device_code", "hdc_x")];
    assert_eq!(scene.call(&scene.web, "/token", &fields).await.json()["error"], "unauthorized_client");
}

/// Certified or nothing: what a device holds is judged when it comes for its tokens, and not when somebody agreed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_agreed_to_is_judged_again_when_the_device_comes() {
    let scene = Scene::set().await;
    let (app, admin) = (scene.house().app.clone(), scene.house().admin.clone());
    let tool = command_line();
    let codes = scene.device(&tool, SCOPE).await;
    assert_eq!(scene.say(&scene.cookie, &codes.user, "yes").await.status, 200);
    let held = read_certificates::my_certificates(&app, &scene.ana).await.unwrap();
    revoke_certificate::revoke_certificate(&app, &admin, held[0].id, "cheated".into()).await.unwrap();
    scene.tick();
    let reply = scene.poll(&tool, &codes).await.json();
    assert_eq!(
        (&reply["error"], &reply["code"]),
        (&json!("invalid_grant"), &json!("certification-missing")),
        "{reply}"
    );
    assert_eq!(
        (&reply["missing"][0]["kind"], &reply["missing"][0]["href"]),
        (&json!("certification"), &json!("/courses/alpha"))
    );
    assert_eq!(scene.house().events("token.minted").await, 0);
    // Nobody agrees to what they do not have: they are led to what is missing, and the code stays open.
    let codes = scene.device(&tool, SCOPE).await;
    for reply in [scene.type_code(&scene.cookie, &codes.user).await, scene.say(&scene.cookie, &codes.user, "yes").await]
    {
        assert_eq!(reply.status, 403, "{}", reply.text);
        assert!(reply.text.contains("href=\"/access/reader\"") && reply.text.contains(&codes.user), "{}", reply.text);
        assert_eq!(scene.refusals().await.1, "certification-missing");
    }
    assert_eq!(scene.polled(&tool, &codes).await, "authorization_pending");
    scene.house().advance("PT15M");
    scene.house().take(&scene.ana, "alpha", "final", true).await.unwrap();
    // As soon as nothing is missing, the same code will do.
    let codes = scene.device(&tool, SCOPE).await;
    let placed = lock::place_lock(&app, &admin, LockKind::Role, "reader".into(), "a leak".into()).await.unwrap();
    assert_eq!(scene.type_code(&scene.cookie, &codes.user).await.status, 403);
    lock::lift_lock(&app, &admin, placed).await.unwrap();
    let page = scene.type_code(&scene.cookie, &codes.user).await;
    assert!(page.status == 200 && page.text.contains("/device/confirm"), "{}", page.text);
    scene.say(&scene.cookie, &codes.user, "yes").await;
    assert_eq!(scene.poll(&tool, &codes).await.status, 200);
    // Who signs out between the answer and the tokens takes it back.
    let codes = scene.device(&tool, SCOPE).await;
    scene.say(&scene.cookie, &codes.user, "yes").await;
    sign_out::sign_out(&app, &scene.ana).await.unwrap();
    assert_eq!(scene.polled(&tool, &codes).await, "invalid_grant");
}

/// RFC 8414, section 2; RFC 8628, section 4.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discovery_tells_of_devices() {
    let scene = Scene::set().await;
    let issuer = scene.house().app.settings.issuer();
    let told = scene.get("", "/.well-known/oauth-authorization-server").await.json();
    assert_eq!(told["device_authorization_endpoint"], format!("{issuer}/device_authorization"));
    assert!(told["grant_types_supported"].as_array().unwrap().contains(&json!(GRANT)), "{told}");
}

/// RFC 8628, sections 5.2 and 5.4: what cannot be guessed is not guessed, and neither code is kept as it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_code_is_kept_as_it_is() {
    let scene = Scene::set().await;
    let codes = scene.device(&command_line(), SCOPE).await;
    let (app, kept) = (&scene.house().app, [codes.device.clone(), codes.user.replace('-', ""), codes.user.clone()]);
    for secret in kept {
        let found = app.db.read(app.now(), move |r| {
            let query = "SELECT COUNT(*) AS n FROM device_codes WHERE hash = ? OR user_hash = ?";
            Ok(habilis::db::sql(query).bind(&secret).bind(&secret).one::<i64>(r)?)
        });
        assert_eq!(found.await.unwrap(), 0);
    }
    let hash = habilis::identity::secret::Secret::presented(&codes.device).hash();
    let found = app.db.read(app.now(), move |r| {
        let query = "SELECT COUNT(*) AS n FROM device_codes WHERE hash = ?";
        Ok(habilis::db::sql(query).bind(&hash).one::<i64>(r)?)
    });
    assert_eq!(found.await.unwrap(), 1);
}

/// Two have the same code, and nobody knows which of them is the thief: what it issued ends, as with any other code.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_code_that_comes_twice_ends_what_it_gave() {
    let scene = Scene::set().await;
    let tool = command_line();
    let codes = scene.device(&tool, SCOPE).await;
    assert_eq!(scene.say(&scene.cookie, &codes.user, "yes").await.status, 200);
    let tokens = scene.poll(&tool, &codes).await.json();
    assert!(scene.lives(&tokens["access_token"]).await);
    // Another client with the same code changes nothing.
    assert_eq!(scene.polled(&scene.web, &codes).await, "unauthorized_client");
    assert!(scene.lives(&tokens["access_token"]).await);
    assert_eq!(scene.polled(&tool, &codes).await, "invalid_grant");
    assert!(!scene.lives(&tokens["access_token"]).await);
    assert_eq!(scene.refresh(&tool, &tokens["refresh_token"], &[]).await.json()["error"], "invalid_grant");
    assert_eq!(scene.house().events("tool.ended").await, 1);
    assert_eq!(scene.polled(&tool, &codes).await, "invalid_grant");
    assert_eq!(scene.house().events("tool.ended").await, 1, "once");
}
