//! Tricks with addresses, frames, forms, repeated parameters and borrowed codes.

use super::scene::{BACK, LOOPBACK, Reply, Scene, Tool, VERIFIER, register};
use crate::support::PASSWORD;
use habilis::tokens::{client::ClientKind, pkce};
use reqwest::Method;
use serde_json::json;

/// RFC 9700, sections 2.1 and 4.1: an address is the same bytes, or a browser goes nowhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_only_looks_alike_is_not_gone_to() {
    let scene = Scene::set().await;
    for foreign in [
        "https://tool.example.com./back",
        "https://tool.example.com\\@evil.example/back",
        "https:\\\\tool.example.com/back",
        "https:/tool.example.com/back",
        "https:tool.example.com/back",
        "HTTPS://tool.example.com/back",
        "https://tool.example.com/back%2F",
        "https://tool.example.com/./back",
        "https://tool.example.com//back",
        "https://tool.example.com/back%00",
        "https://tool.example.com/back%0d%0aset-cookie:x=1",
        "https://tool.example.com/back\t",
        " https://tool.example.com/back",
        "https://tool.example.com/back#https://tool.example.com/back",
        "https://evil.example#https://tool.example.com/back",
        "https://evil.example\\.tool.example.com/back",
        "https://user:word@tool.example.com/back",
        "https://tooĺ.example.com/back",
        "https://tool.example.com%2eevil.example/back",
        "https://tool.example.com:8443/back",
        "https://tool.example.com:@evil.example/back",
        "data:text/html,https://tool.example.com/back",
        "com.example.tool:/back",
    ] {
        refused(&scene, &scene.web, foreign).await;
    }
    // Of a loopback address only the port is free, and it is a port.
    for foreign in [
        "http://127.0.0.1:51004\\@evil.example/callback",
        "http://127.0.0.1:51004#@evil.example/callback",
        "http://127.0.0.1:51004@evil.example/callback",
        "http://127.0.0.1:51004/callback?next=https://evil.example",
        "http://127.0.0.1:51004/CALLBACK",
        "http://127.0.0.1:51004/callback/",
        "http://127.0.0.1:51004/%63allback",
        "http://127.0.0.1:51004/x/../callback",
        "http://127.0.0.1:0/callback",
        "http://127.0.0.1:/callback",
        "http://127.0.0.1:+80/callback",
        "http://127.0.0.1:65536/callback",
        "http://127.0.0.1.:51004/callback",
        "http://127.0.0.1.evil.example:51004/callback",
        "http://127.1:51004/callback",
        "http://2130706433:51004/callback",
        "http://0x7f.0.0.1:51004/callback",
        "http://0.0.0.0:51004/callback",
        "http://[::1]:51004/callback",
        "http://[::ffff:127.0.0.1]:51004/callback",
        "http://localhost:51004/callback",
        "https://127.0.0.1:51004/callback",
        "com.example.notebook:/back/x",
        "com.example.notebook://back",
        "COM.example.notebook:/back",
        "com.example.notebook.evil:/back",
    ] {
        refused(&scene, &scene.native, foreign).await;
    }
    assert_eq!(scene.house().events("tool.connected").await, 0);
}

/// Nobody is sent to an address: not by GET, not by POST, not with a form, not with an error.
async fn refused(scene: &Scene, tool: &Tool, foreign: &str) {
    for other in [("prompt", "none"), ("response_mode", "form_post"), ("response_type", "token")] {
        let query = scene.request(tool, &[("redirect_uri", foreign), other]);
        let reply = scene.get(&scene.cookie, &format!("/authorize?{query}")).await;
        assert_eq!((reply.status, reply.header("location")), (422, ""), "{foreign} {other:?}");
        assert!(!reply.text.contains("evil.example") && !reply.text.contains("data-post"), "{foreign}: {}", reply.text);
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("form-action 'self';"), "{policy}");
    }
}

/// RFC 9700, section 4.11.2: the pages on the way lead back into the house or to a registered address, and nowhere else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_over_the_sign_in_page_leads_nowhere_else() {
    let scene = Scene::set().await;
    for next in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example/",
        "%2F%2Fevil.example",
        "javascript:alert(1)",
        "/%0d%0alocation:https://evil.example",
        "evil.example",
        ".evil.example",
        "@evil.example",
    ] {
        let form = [("email", "ana.verano@example.com"), ("password", PASSWORD), ("form_token", ""), ("next", next)];
        let reply = scene.send(scene.served.call(Method::POST, "/sign-in").form(&form)).await;
        let to = reply.header("location");
        assert_eq!(reply.status, 303, "{next}: a browser would repeat the password after any other (section 4.12)");
        let own = url::Url::parse(&scene.served.base).unwrap();
        assert_eq!(own.join(to).unwrap().origin(), own.origin(), "{next} leads to {to}");
        assert!(!to.contains(['\\', '\r', '\n', '\t']), "{next} leads to {to:?}");
    }
    // After signing out, too: byte for byte what was registered.
    let hint = scene.connect(&scene.web, &[]).await["id_token"].as_str().unwrap().to_owned();
    for foreign in [
        "https://tool.example.com/bye/",
        "https://tool.example.com/bye?x",
        "https://tool.example.com@evil.example/bye",
        BACK,
    ] {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("id_token_hint", &hint).append_pair("post_logout_redirect_uri", foreign);
        let reply = scene.get(&scene.cookie, &format!("/logout?{}", query.finish())).await;
        assert_eq!((reply.status, reply.header("location")), (422, ""), "{foreign}");
    }
    assert_eq!(scene.get(&scene.cookie, "/account").await.status, 200, "and nobody was signed out by it");
}

/// RFC 6749, section 10.13; RFC 9700, section 4.16: no page on the way stands in a frame, runs anything foreign, or tells
/// others where it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_on_the_way_can_be_framed() {
    let scene = Scene::set().await;
    let ask = |other: &[(&str, &str)]| format!("/authorize?{}", scene.request(&scene.web, other));
    let (_, eve) = scene.house().joined("Eve Marin", &[]).await;
    let sign_in = scene.get("", &ask(&[])).await.header("location").to_owned();
    let pages = [
        ("sign-in", scene.get("", &sign_in).await),
        ("consent", scene.get(&scene.cookie, &ask(&[])).await),
        ("lacking", scene.get(&eve, &ask(&[])).await),
        ("posting", scene.agree(&scene.web, &[("response_mode", "form_post")]).await),
        ("fault", scene.get(&scene.cookie, &ask(&[("redirect_uri", "https://evil.example/")])).await),
        ("leave", scene.get(&scene.cookie, "/logout").await),
        ("account", scene.get(&scene.cookie, "/account").await),
    ];
    for (name, page) in pages {
        let policy = page.header("content-security-policy");
        assert!(page.header("content-type").starts_with("text/html"), "{name}");
        for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "script-src 'self'"] {
            assert!(policy.contains(rule), "{name}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{name}: {policy}");
        assert_eq!(
            (page.header("cache-control"), page.header("referrer-policy")),
            ("no-store", "same-origin"),
            "{name}"
        );
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{name}");
        assert_eq!(
            page.header("access-control-allow-origin"),
            "",
            "{name}: no other site reads it (RFC 9700, section 2.6)"
        );
    }
}

/// RFC 9700, sections 2.1.1 and 4.8: there is no way around the proof of a code.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pkce_can_not_be_talked_down() {
    let scene = Scene::set().await;
    let challenge = pkce::challenge(VERIFIER);
    let padded = format!("{challenge}=");
    let long = "a".repeat(129);
    for other in [
        &[("code_challenge", ""), ("code_challenge_method", "")][..],
        &[("code_challenge", "")],
        &[("code_challenge_method", "")],
        &[("code_challenge_method", "plain")],
        &[("code_challenge_method", "plain"), ("code_challenge", VERIFIER)],
        &[("code_challenge_method", "s256")],
        &[("code_challenge_method", "S512")],
        &[("code_challenge", padded.as_str())],
        &[("code_challenge", "short")],
        &[("code_challenge", long.as_str())],
    ] {
        for tool in [&scene.web, &scene.native] {
            let reply = scene.get(&scene.cookie, &format!("/authorize?{}", scene.request(tool, other))).await;
            assert_eq!(reply.error(), "invalid_request", "{other:?}");
        }
    }
    let code = scene.code(&scene.web, &[]).await;
    let lower = VERIFIER.to_lowercase();
    let bent = [format!("{VERIFIER}="), format!("{VERIFIER} "), VERIFIER[..42].to_owned(), long.clone()];
    let wrong = bent.iter().chain([&challenge, &lower]).map(|verifier| (verifier.as_str(), "invalid_grant"));
    for (verifier, error) in wrong.chain([("", "invalid_request")]) {
        let reply = scene.redeem(&scene.web, &code, &[("code_verifier", verifier)]).await;
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!(error)), "{verifier}");
    }
    assert_eq!(scene.redeem(&scene.web, &code, &[]).await.status, 200);
}

/// RFC 9700, section 4.5: a code that was slipped into another one's browser does not fit the proof there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_borrowed_code_does_not_fit() {
    let scene = Scene::set().await;
    let stolen = scene.code(&scene.web, &[]).await;
    let other = "another-verifier-of-the-thief-with-enough-letters";
    let own = scene.code(&scene.web, &[("code_challenge", &pkce::challenge(other)), ("prompt", "consent")]).await;
    let mixed = scene.redeem(&scene.web, &stolen, &[("code_verifier", other)]).await;
    assert_eq!(mixed.json()["error"], "invalid_grant");
    assert_eq!(scene.redeem(&scene.web, &own, &[]).await.json()["error"], "invalid_grant");
    // Nor at another tool of the same address.
    let second = register(&scene.served, "Second", ClientKind::Confidential, &[BACK], None).await;
    assert_eq!(scene.redeem(&second, &stolen, &[]).await.json()["error"], "invalid_grant");
    let native = Tool { back: LOOPBACK, ..scene.native.clone() };
    assert_eq!(scene.redeem(&native, &stolen, &[("redirect_uri", BACK)]).await.json()["error"], "invalid_grant");
    // A client that can keep a secret shows it, whatever it knows (RFC 6749, section 4.1.3).
    let bare = Tool { secret: None, ..scene.web.clone() };
    assert_eq!(scene.redeem(&bare, &stolen, &[]).await.json()["error"], "invalid_client");
    assert_eq!(scene.redeem(&scene.web, &stolen, &[]).await.status, 200);
}

/// RFC 9207: whatever answer comes, it says from whom, as the metadata has it, so that no other can be taken for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_says_who_it_is_from() {
    let scene = Scene::set().await;
    let told = scene.get("", "/.well-known/oauth-authorization-server").await.json();
    let issuer = told["issuer"].as_str().unwrap();
    let from = |reply: &Reply| reply.answer().1["iss"].clone();
    assert_eq!(from(&scene.agree(&scene.web, &[]).await), issuer);
    for other in [("prompt", "none login"), ("scope", "nothing"), ("request", "x.y.z"), ("response_type", "token")] {
        let reply = scene.get(&scene.cookie, &format!("/authorize?{}", scene.request(&scene.web, &[other]))).await;
        assert_eq!(from(&reply), issuer, "{other:?}");
    }
    let query = scene.request(&scene.web, &[("prompt", "consent")]);
    let declined = scene.post(&scene.cookie, "/authorize/consent", &[("query", &query), ("say", "no")]).await;
    assert_eq!(from(&declined), issuer);
    let form = scene.agree(&scene.web, &[("response_mode", "form_post"), ("prompt", "consent")]).await;
    assert!(form.text.contains(&format!("name=\"iss\" value=\"{issuer}\"")), "{}", form.text);
    // An `iss` that the tool sends is none of its business.
    let reply = scene
        .get(&scene.cookie, &format!("/authorize?{}", scene.request(&scene.web, &[("iss", "https://evil.example")])))
        .await;
    assert_eq!(from(&reply), issuer);
}

/// RFC 6749, sections 3.1 and 3.2: a parameter that is there twice is read as neither.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_parameter_that_comes_twice_is_read_as_neither() {
    let scene = Scene::set().await;
    let code = scene.code(&scene.web, &[]).await;
    let tokens = scene.connect(&scene.web, &[("scope", "openid email")]).await;
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let secret = scene.web.secret.clone().unwrap();
    let exchange = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
        ("client_id", scene.web.id.as_str()),
        ("client_secret", secret.as_str()),
    ];
    let calls = [
        ("/token", exchange.to_vec()),
        ("/token", vec![("grant_type", "refresh_token"), ("refresh_token", refresh), exchange[4], exchange[5]]),
        ("/introspect", vec![("token", access), exchange[4], exchange[5]]),
        ("/revoke", vec![("token", access), exchange[4], exchange[5]]),
    ];
    for (path, fields) in calls {
        for field in &fields {
            // The same once more, and another one before and after.
            for other in [field.1, "x"] {
                let mut before = vec![(field.0, other)];
                before.extend(&fields);
                let mut after = fields.clone();
                after.push((field.0, other));
                for fields in [before, after] {
                    let reply = scene.send(scene.served.call(Method::POST, path).form(&fields)).await;
                    assert_eq!(
                        (reply.status, &reply.json()["error"]),
                        (400, &json!("invalid_request")),
                        "{path} {}",
                        field.0
                    );
                }
            }
        }
    }
    let twice =
        scene.served.call(Method::POST, "/userinfo").form(&[("access_token", access), ("access_token", access)]);
    assert_ne!(scene.send(twice).await.status, 200);
    // None of it did anything.
    assert!(scene.lives(&tokens["access_token"]).await);
    assert_eq!(scene.redeem(&scene.web, &code, &[]).await.status, 200);
}

/// RFC 9700, section 4.11.2: a link to this house takes nobody on to a tool before they have signed in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_sent_on_to_a_tool_before_they_sign_in() {
    let scene = Scene::set().await;
    for wrong in
        [("scope", "nonsense"), ("response_type", "token"), ("code_challenge", ""), ("resource", "https://x.example")]
    {
        let path = format!("/authorize?{}", scene.request(&scene.web, &[wrong]));
        let stranger = scene.get("", &path).await;
        assert_eq!(stranger.status, 303, "{wrong:?}: {}", stranger.text);
        assert!(stranger.header("location").starts_with("/sign-in?"), "{wrong:?}: {}", stranger.header("location"));
        // Signed in, the tool is told; and where nothing is to be shown, at once.
        let back = scene.get(&scene.cookie, &path).await;
        assert!(
            back.header("location").starts_with("https://tool.example.com/"),
            "{wrong:?}: {}",
            back.header("location")
        );
        let silent =
            scene.get("", &format!("/authorize?{}", scene.request(&scene.web, &[wrong, ("prompt", "none")]))).await;
        assert!(silent.header("location").starts_with("https://tool.example.com/"), "{wrong:?}: {}", silent.text);
    }
}
