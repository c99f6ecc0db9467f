//! Requests to `/authorize`: what must be there, what may be left out, what is not taken.

use crate::oauth::scene::{Scene, claims};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use serde_json::json;

/// `oidcc-response-type-missing`: the tool is told, at the address that is its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_without_response_type_is_refused() {
    let scene = Scene::set().await;
    let missing = scene.request(&scene.web, &[("response_type", "")]);
    for query in [missing.clone(), format!("{missing}&response_type=")] {
        let reply = scene.get(&scene.cookie, &format!("/authorize?{query}")).await;
        assert_eq!(reply.error(), "invalid_request", "a parameter without a value is one that is left out");
        assert_eq!(reply.answer().1["state"], "a state & more");
    }
    for other in ["token", "id_token", "code id_token", "none", "CODE"] {
        let query = scene.request(&scene.web, &[("response_type", other)]);
        assert_eq!(
            scene.get(&scene.cookie, &format!("/authorize?{query}")).await.error(),
            "unsupported_response_type",
            "{other}"
        );
    }
}

/// `oidcc-ensure-request-without-nonce-succeeds-for-code-flow`; and where there is one, it comes back unchanged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_nonce_comes_back_as_it_was_or_not_at_all() {
    let scene = Scene::set().await;
    let without = scene.connect(&scene.web, &[("nonce", "")]).await;
    assert!(claims(without["id_token"].as_str().unwrap()).get("nonce").is_none());
    for nonce in ["x", "Ünï \"code\" & 漢字\\", &"n".repeat(4_000)] {
        let tokens = scene.connect(&scene.web, &[("nonce", nonce)]).await;
        assert_eq!(claims(tokens["id_token"].as_str().unwrap())["nonce"], nonce);
    }
}

/// `state` comes back as it was (RFC 6749, section 4.1.2), or not where there was none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_state_comes_back_as_it_was_or_not_at_all() {
    let scene = Scene::set().await;
    assert!(!scene.agree(&scene.web, &[("state", "")]).await.answer().1.contains_key("state"));
    for state in ["x", "a&iss=https://evil.example", "é%20+ \r\nSet-Cookie: x=1", "\"'<>"] {
        let reply = scene.agree(&scene.web, &[("state", state)]).await;
        let (_, fields) = reply.answer();
        assert_eq!((fields["state"].as_str(), &fields["iss"]), (state, &scene.house().app.settings.issuer()));
        assert_eq!(reply.header("set-cookie"), "");
    }
}

/// `oidcc-ensure-post-request-succeeds` (Core, section 3.1.2.1: GET and POST).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_may_come_by_post() {
    let scene = Scene::set().await;
    scene.connect(&scene.web, &[]).await;
    let query = scene.request(&scene.web, &[]);
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let reply = scene.send(scene.served.call(Method::POST, "/authorize").form(&fields)).await;
    let reply = scene.get(&scene.cookie, reply.header("location")).await;
    assert!(reply.answer().1.contains_key("code"));
}

/// `oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported`,
/// `oidcc-ensure-request-object-with-redirect-uri` (Core, section 6): refused by the words for it, and never half read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn request_objects_are_refused_by_their_names() {
    let scene = Scene::set().await;
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let inside =
        json!({ "client_id": scene.web.id, "redirect_uri": "https://evil.example/", "scope": "openid role:keeper" });
    let object = format!("{}.{}.", part(json!({ "alg": "none" })), part(inside));
    for (name, value, error) in [
        ("request", object.as_str(), "request_not_supported"),
        ("request_uri", "https://tool.example.com/request.jwt", "request_uri_not_supported"),
    ] {
        let reply =
            scene.get(&scene.cookie, &format!("/authorize?{}", scene.request(&scene.web, &[(name, value)]))).await;
        assert_eq!(reply.error(), error);
        assert_eq!(reply.answer().0, crate::oauth::scene::BACK, "what stands in the object counts for nothing");
    }
}

/// Scopes in another order are the same scopes (`oidcc-ensure-other-scope-order-succeeds`), agreed to once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_order_of_scopes_is_no_matter() {
    let scene = Scene::set().await;
    scene.connect(&scene.web, &[("scope", "openid profile email")]).await;
    for scope in ["email profile openid", "profile openid email email"] {
        let query = scene.request(&scene.web, &[("scope", scope), ("prompt", "none")]);
        let reply = scene.get(&scene.cookie, &format!("/authorize?{query}")).await;
        let tokens = scene.redeem(&scene.web, &reply.answer().1["code"], &[]).await.json();
        assert_eq!(tokens["scope"], "openid profile email");
    }
}

/// RP-Initiated Logout, sections 2 and 4: a request by POST is the same request; a hint of another client's is none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_to_sign_out_may_come_by_post() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[]).await;
    let hint = tokens["id_token"].as_str().unwrap();
    let ask = async |fields: &[(&str, &str)]| {
        let reply = scene.send(scene.served.call(Method::POST, "/logout").form(fields)).await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        scene.get(&scene.cookie, reply.header("location")).await
    };
    let foreign = ask(&[("id_token_hint", hint), ("client_id", &scene.native.id)]).await;
    assert_eq!((foreign.status, foreign.header("location")), (422, ""));
    assert!(scene.lives(&tokens["access_token"]).await);
    let bye = "https://tool.example.com/bye";
    let left = ask(&[
        ("id_token_hint", hint),
        ("client_id", &scene.web.id),
        ("post_logout_redirect_uri", bye),
        ("state", "a b"),
    ])
    .await;
    assert_eq!((left.status, left.header("location")), (303, "https://tool.example.com/bye?state=a%20b"));
    assert!(!scene.lives(&tokens["access_token"]).await);
}
