//! Each refusal of the endpoints: its code, its status, its headers, and its event (I4).

use super::scene::{Scene, Tool, VERIFIER};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_to_authorize_are_refused_in_the_words_of_the_standards() {
    let scene = Scene::set().await;
    for (other, error) in [
        (&[("response_type", "token")][..], "unsupported_response_type"),
        (&[("response_type", "")], "invalid_request"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (&[("code_challenge_method", "")], "invalid_request"),
        (&[("response_mode", "fragment")], "invalid_request"),
        (&[("request", "x.y.z")], "request_not_supported"),
        (&[("request_uri", "urn:x")], "request_uri_not_supported"),
        (&[("scope", "")], "invalid_scope"),
        (&[("scope", "session:role:READER role:keeper")], "invalid_scope"),
        (&[("scope", "session:role:NOBODY")], "invalid_scope"),
        (&[("scope", "session:role:reader")], "invalid_scope"),
        (&[("scope", "session:role-any")], "invalid_scope"),
        (&[("prompt", "none login")], "invalid_request"),
        (&[("max_age", "x")], "invalid_request"),
        (&[("id_token_hint", "x.y.z")], "invalid_request"),
        (&[("prompt", "none"), ("max_age", "0")], "consent_required"),
        (&[("resource", "nowhere")], "invalid_target"),
    ] {
        let before = scene.refusals().await.0;
        let reply = scene.get(&scene.cookie, &format!("/authorize?{}", scene.request(&scene.web, other))).await;
        assert_eq!(reply.error(), error, "{other:?}");
        assert_eq!(reply.answer().1["state"], "a state & more");
        assert_eq!(scene.refusals().await.0, before + 1, "{other:?} left no event, or more than one");
    }
    // Parameters that are there twice; a state of that kind is not given back.
    let query = scene.request(&scene.web, &[]);
    for twice in ["scope=openid", "state=x", "nonce=n", "code_challenge=x", "odd=1&odd=2"] {
        let reply = scene.get(&scene.cookie, &format!("/authorize?{query}&{twice}")).await;
        assert_eq!(reply.error(), "invalid_request", "{twice}");
        assert_eq!(reply.answer().1.contains_key("state"), twice != "state=x");
    }
    let long = "x".repeat(5_000);
    let reply =
        scene.get(&scene.cookie, &format!("/authorize?{}", scene.request(&scene.web, &[("nonce", &long)]))).await;
    assert_eq!(reply.error(), "invalid_request");
    // Nobody is signed in, and nothing may be shown.
    let silent = scene.request(&scene.web, &[("prompt", "none")]);
    assert_eq!(scene.get("", &format!("/authorize?{silent}")).await.error(), "login_required");
    // Of somebody else: the hint names Ana, and Eve is here.
    let id = scene.connect(&scene.web, &[]).await["id_token"].as_str().unwrap().to_owned();
    let (_, eve) = scene.house().joined("Eve Marin", &[]).await;
    let hinted = scene.request(&scene.web, &[("prompt", "none"), ("id_token_hint", &id), ("scope", "openid")]);
    assert_eq!(scene.get(&eve, &format!("/authorize?{hinted}")).await.error(), "login_required");
    // Errors go where the answer would.
    let posted = scene.request(&scene.web, &[("response_mode", "form_post"), ("scope", "")]);
    let reply = scene.get(&scene.cookie, &format!("/authorize?{posted}")).await;
    assert!(reply.status == 200 && reply.text.contains("value=\"invalid_scope\""), "{}", reply.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_prove_who_they_are() {
    let scene = Scene::set().await;
    let secret = scene.web.secret.clone().unwrap();
    let ask = |header: Option<String>, fields: &[(&str, &str)]| {
        let mut request = scene.served.call(Method::POST, "/token");
        if let Some(header) = header {
            request = request.header("authorization", header);
        }
        let mut all = vec![("grant_type", "refresh_token"), ("refresh_token", "hrt_nothing")];
        all.extend(fields);
        scene.send(request.form(&all))
    };
    let basic = |id: &str, secret: &str| Some(format!("Basic {}", STANDARD.encode(format!("{id}:{secret}"))));
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let id = scene.web.id.as_str();
    // Raw, percent-encoded, in the body: each is taken, so that what is wrong is the token.
    for (header, fields) in [
        (basic(id, &secret), vec![]),
        (basic(&encoded(id), &encoded(&secret)), vec![]),
        (basic(id, &secret), vec![("client_id", id)]),
        (None, vec![("client_id", id), ("client_secret", secret.as_str())]),
        (None, vec![("client_id", scene.native.id.as_str())]),
        (basic(&scene.native.id, ""), vec![]),
    ] {
        let reply = ask(header, &fields).await;
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_grant")), "{fields:?} {}", reply.text);
    }
    for (header, fields) in [
        (basic(id, "wrong"), vec![]),
        (basic("cli_nobody", &secret), vec![]),
        (basic(id, ""), vec![]),
        (None, vec![("client_id", id)]),
        (None, vec![("client_id", id), ("client_secret", "wrong")]),
        (basic(&scene.native.id, &secret), vec![]),
        (None, vec![]),
        (Some("Basic !".to_owned()), vec![]),
        (Some(format!("Bearer {secret}")), vec![]),
    ] {
        let before = scene.refusals().await;
        let reply = ask(header, &fields).await;
        assert_eq!((reply.status, &reply.json()["error"]), (401, &json!("invalid_client")), "{fields:?}");
        assert!(reply.header("www-authenticate").starts_with("Basic "), "{fields:?}");
        assert_eq!((reply.header("cache-control"), reply.header("pragma")), ("no-store", "no-cache"));
        assert_eq!(scene.refusals().await, (before.0 + 1, "oauth-client-unproven".to_owned()));
    }
    for (header, fields) in [
        (basic(id, &secret), vec![("client_secret", secret.as_str())]),
        (basic(id, &secret), vec![("client_id", "other")]),
    ] {
        assert_eq!(ask(header, &fields).await.json()["error"], "invalid_request");
    }
    // Introspection is for those who can keep a secret.
    let reply = scene.call(&scene.native, "/introspect", &[("token", "x")]).await;
    assert_eq!((reply.status, &reply.json()["error"]), (401, &json!("invalid_client")));
    let reply = scene.call(&scene.web, "/introspect", &[]).await;
    assert_eq!(reply.json()["error"], "invalid_request");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_endpoint_reads_strictly() {
    let scene = Scene::set().await;
    for (fields, error) in [
        (&[("grant_type", "")][..], "invalid_request"),
        (&[("code", "x")], "invalid_request"),
        (&[("grant_type", "password"), ("username", "ana"), ("password", "x")], "unsupported_grant_type"),
        (&[("grant_type", "client_credentials")], "unauthorized_client"),
        (&[("grant_type", "authorization_code"), ("code", "x")], "invalid_request"),
        (&[("grant_type", "refresh_token")], "invalid_request"),
        (&[("grant_type", "refresh_token"), ("grant_type", "refresh_token")], "invalid_request"),
        (&[("grant_type", "refresh_token"), ("refresh_token", "a"), ("scope", "x"), ("scope", "x")], "invalid_request"),
    ] {
        let before = scene.refusals().await.0;
        let reply = scene.call(&scene.web, "/token", fields).await;
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!(error)), "{fields:?}");
        assert!(reply.json()["error_description"].is_string() && reply.header("content-type").contains("json"));
        assert_eq!(scene.refusals().await.0, before + 1, "{fields:?}");
    }
    let request = |body: String, kind: &str| {
        let secret = scene.web.secret.clone();
        let call = scene.served.call(Method::POST, "/token").basic_auth(&scene.web.id, secret);
        scene.send(call.header("content-type", kind.to_owned()).body(body))
    };
    let form = "application/x-www-form-urlencoded";
    for (body, kind) in [
        (json!({ "grant_type": "refresh_token" }).to_string(), "application/json"),
        (format!("grant_type=refresh_token&x={}", "y".repeat(70_000)), form),
        (format!("grant_type=refresh_token&x={}", "y".repeat(600_000)), form),
        ((0..200).map(|n| format!("p{n}=x&")).collect::<String>() + "grant_type=refresh_token", form),
        ("[".repeat(100_000), "application/json"),
        (String::new(), form),
    ] {
        let reply = request(body, kind).await;
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_request")), "{kind}");
    }
    let reply = scene.get("", "/token?grant_type=refresh_token").await;
    assert_eq!((reply.status, reply.header("allow")), (405, "POST, OPTIONS"));
    // A session's cookie is nothing here.
    let call = scene.served.call(Method::POST, "/token").header("cookie", format!("habilis={}", scene.cookie));
    assert_eq!(scene.send(call.form(&[("grant_type", "refresh_token")])).await.status, 401);
    // A tool that was not registered for it.
    let wanted = habilis::tokens::client::Registration {
        name: "Once".into(),
        kind: habilis::tokens::client::ClientKind::Public,
        redirect_uris: vec![super::scene::BACK.into()],
        post_logout_uris: vec![],
        grant_types: vec![habilis::tokens::client::GrantType::AuthorizationCode],
        roles: None,
    };
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let made = habilis::actions::register_client::register_client(app, admin, wanted, None).await.unwrap();
    let once = Tool { id: made.0.to_string(), secret: None, back: super::scene::BACK };
    let tokens = scene.connect(&once, &[]).await;
    assert_eq!(tokens["refresh_token"], json!(null));
    let reply = scene.call(&once, "/token", &[("grant_type", "refresh_token"), ("refresh_token", VERIFIER)]).await;
    assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("unauthorized_client")));
}
