//! What somebody tries who is not the tool, not the person, or not who they say.

use super::scene::{BACK, Scene, VERIFIER, claims, head, register};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use habilis::tokens::client::ClientKind;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_sent_to_an_address_that_is_not_the_tools() {
    let scene = Scene::set().await;
    for foreign in [
        "https://tool.example.com/back/",
        "https://tool.example.com/BACK",
        "https://TOOL.example.com/back",
        "https://tool.example.com:443/back",
        "https://tool.example.com/back?x=1",
        "https://tool.example.com/back#x",
        "https://tool.example.com/%62ack",
        "https://tool.example.com/x/../back",
        "https://tool.example.com@evil.example/back",
        "https://tool.example.com.evil.example/back",
        "http://tool.example.com/back",
        "//tool.example.com/back",
        "javascript:alert(1)",
        "https://evil.example/?https://tool.example.com/back",
        "",
    ] {
        for cookie in ["", scene.cookie.as_str()] {
            let query = scene.request(&scene.web, &[("redirect_uri", foreign)]);
            let reply = scene.get(cookie, &format!("/authorize?{query}")).await;
            assert_eq!((reply.status, reply.header("location")), (422, ""), "{foreign}");
        }
        assert_eq!(scene.refusals().await.1, "oauth-redirect-foreign");
    }
    for foreign in [
        "http://127.0.0.1:51004/callback/x",
        "http://localhost:51004/callback",
        "http://127.0.0.1:1@evil.example/callback",
    ] {
        let query = scene.request(&scene.native, &[("redirect_uri", foreign)]);
        assert_eq!(scene.get(&scene.cookie, &format!("/authorize?{query}")).await.status, 422, "{foreign}");
    }
    // Two addresses, two tools, or none: nobody is sent anywhere.
    let query = scene.request(&scene.web, &[]);
    for more in ["&redirect_uri=https%3A%2F%2Fevil.example%2F", "&redirect_uri=", "&client_id=other"] {
        let reply = scene.get(&scene.cookie, &format!("/authorize?{query}{more}")).await;
        assert!(matches!(reply.status, 404 | 422), "{more}: {}", reply.status);
    }
    let query = scene.request(&scene.web, &[("client_id", "cli_nobody")]);
    assert_eq!(scene.get(&scene.cookie, &format!("/authorize?{query}")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_good_once_for_its_own_tool_with_its_own_proof() {
    let scene = Scene::set().await;
    let other = register(&scene.served, "Other", ClientKind::Confidential, &[BACK], None).await;
    let code = scene.code(&scene.web, &[]).await;
    let refused = |reply: super::scene::Reply| {
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_grant")), "{}", reply.text);
        assert_eq!(reply.header("cache-control"), "no-store");
    };
    // Another tool's hands, another verifier, no downgrade to the challenge itself, another address.
    refused(scene.redeem(&other, &code, &[]).await);
    let wrong = VERIFIER.replace('d', "e");
    refused(scene.redeem(&scene.web, &code, &[("code_verifier", &wrong)]).await);
    let challenge = habilis::tokens::pkce::challenge(VERIFIER);
    refused(scene.redeem(&scene.web, &code, &[("code_verifier", &challenge)]).await);
    refused(scene.redeem(&scene.web, &code, &[("redirect_uri", "https://tool.example.com/back/")]).await);
    for missing in ["code_verifier", "redirect_uri", "code"] {
        let reply = scene.redeem(&scene.web, &code, &[(missing, "")]).await;
        assert_eq!(reply.json()["error"], "invalid_request", "{missing}");
    }
    // None of it used the code up.
    let reply = scene.redeem(&scene.web, &code, &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let tokens = reply.json();
    // Whoever has seen the code alone cannot end what it issued.
    refused(scene.redeem(&scene.web, &code, &[("code_verifier", &wrong)]).await);
    assert!(scene.lives(&tokens["access_token"]).await);
    // The same again, proofs and all: what was issued ends.
    refused(scene.redeem(&scene.web, &code, &[]).await);
    assert!(!scene.lives(&tokens["access_token"]).await && !scene.lives(&tokens["refresh_token"]).await);
    refused(scene.refresh(&scene.web, &tokens["refresh_token"], &[]).await);
    assert_eq!(scene.house().events("tool.ended").await, 1);
    // A minute is its whole life.
    let late = scene.code(&scene.web, &[]).await;
    scene.house().advance("PT60S");
    refused(scene.redeem(&scene.web, &late, &[]).await);
    refused(scene.redeem(&scene.web, "hac_nothing", &[]).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_once_get_one_answer() {
    let scene = Scene::set().await;
    let code = scene.code(&scene.web, &[]).await;
    let (a, b) = tokio::join!(scene.redeem(&scene.web, &code, &[]), scene.redeem(&scene.web, &code, &[]));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400], "{} {}", a.text, b.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_used_refresh_token_ends_the_family_but_a_lost_answer_does_not() {
    let scene = Scene::set().await;
    let first = scene.connect(&scene.web, &[]).await["refresh_token"].clone();
    // The answer is lost; the tool asks again and goes on with what it gets then.
    let lost = scene.refresh(&scene.web, &first, &[]).await.json();
    let second = scene.refresh(&scene.web, &first, &[]).await;
    assert_eq!(second.status, 200, "{}", second.text);
    let second = second.json();
    let third = scene.refresh(&scene.web, &second["refresh_token"], &[]).await;
    assert_eq!(third.status, 200);
    // The first answer was not lost after all: somebody else has it.
    let stolen = scene.refresh(&scene.web, &lost["refresh_token"], &[]).await;
    assert_eq!(stolen.json()["error"], "invalid_grant");
    assert_eq!(scene.refusals().await.1, "oauth-grant");
    let third = third.json();
    assert!(!scene.lives(&third["access_token"]).await, "nobody keeps anything");
    assert_eq!(scene.refresh(&scene.web, &third["refresh_token"], &[]).await.json()["error"], "invalid_grant");

    // Later than an answer can be lost, or once its successor was used, it is theft.
    for wait in ["PT11S", ""] {
        let first = scene.connect(&scene.web, &[]).await["refresh_token"].clone();
        let second = scene.refresh(&scene.web, &first, &[]).await.json();
        let live = if wait.is_empty() {
            scene.refresh(&scene.web, &second["refresh_token"], &[]).await.json()
        } else {
            scene.house().advance(wait);
            second
        };
        assert_eq!(scene.refresh(&scene.web, &first, &[]).await.json()["error"], "invalid_grant");
        assert!(!scene.lives(&live["refresh_token"]).await && !scene.lives(&live["access_token"]).await);
    }
    // Another tool can neither use nor end it.
    let own = scene.connect(&scene.web, &[]).await;
    assert_eq!(scene.refresh(&scene.native, &own["refresh_token"], &[]).await.json()["error"], "invalid_grant");
    assert_eq!(scene.refresh(&scene.web, &own["refresh_token"], &[]).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_agrees_for_somebody_else() {
    let scene = Scene::set().await;
    let query = scene.request(&scene.web, &[]);
    let consent = |token: &str, extra: Option<(&str, &str)>| {
        let mut request = scene.served.call(Method::POST, "/authorize/consent");
        request = request.header("cookie", format!("habilis={}", scene.cookie));
        if let Some((name, value)) = extra {
            request = request.header(name, value);
        }
        request.form(&[("form_token", token), ("query", &query), ("say", "yes")])
    };
    let good = habilis::identity::secret::Secret::presented(&scene.cookie).form_token();
    let (_, other) = scene.house().joined("Eve Marin", &[]).await;
    let foreign = habilis::identity::secret::Secret::presented(&other).form_token();
    for token in ["", "x", foreign.as_str()] {
        assert_eq!(scene.send(consent(token, None)).await.status, 403, "{token}");
    }
    let cross = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")];
    for header in cross {
        assert_eq!(scene.send(consent(&good, Some(header))).await.status, 403, "{header:?}");
    }
    assert_eq!(scene.house().events("tool.connected").await, 0);
    // No address agrees: only the form does.
    let reply = scene.get(&scene.cookie, &format!("/authorize?{query}&say=yes&form_token={good}")).await;
    assert_eq!(reply.status, 200);
    // A no goes back to the tool as what it is.
    let reply = scene.post(&scene.cookie, "/authorize/consent", &[("query", &query), ("say", "no")]).await;
    assert_eq!(reply.error(), "access_denied");
    // What is sent back with the answer is judged again: it cannot be made into another request.
    let forged = scene.request(&scene.web, &[("redirect_uri", "https://evil.example/")]);
    let reply = scene.post(&scene.cookie, "/authorize/consent", &[("query", &forged), ("say", "yes")]).await;
    assert_eq!((reply.status, reply.header("location")), (422, ""));
    let plain = scene.request(&scene.web, &[("code_challenge_method", "plain")]);
    let reply = scene.post(&scene.cookie, "/authorize/consent", &[("query", &plain), ("say", "yes")]).await;
    assert_eq!(reply.error(), "invalid_request");
}

/// A token with another header or other claims, its signature as it was.
fn forged(token: &str, header: Option<Value>, change: impl Fn(&mut Value)) -> String {
    let mut said = claims(token);
    change(&mut said);
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = header.unwrap_or_else(|| head(token));
    format!("{}.{}.{}", part(&header), part(&said), token.rsplit('.').next().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forged_tokens_are_worth_nothing() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[]).await;
    let real = tokens["access_token"].as_str().unwrap();
    let kid = head(real)["kid"].clone();
    let same = |_: &mut Value| {};
    let mut tries = vec![
        forged(real, None, |said| said["exp"] = json!(9_999_999_999_i64)),
        forged(real, None, |said| said["role"] = json!("keeper")),
        forged(real, Some(json!({ "alg": "none", "kid": kid })), same),
        forged(real, Some(json!({ "alg": "HS256", "kid": kid, "typ": "at+jwt" })), same),
        forged(real, Some(json!({ "alg": "RS256", "kid": kid, "typ": "at+jwt" })), same),
        forged(real, Some(json!({ "alg": "ES256", "kid": "nobody", "typ": "at+jwt" })), same),
        forged(real, Some(json!({ "alg": "ES256", "jku": "https://evil.example/jwks.json" })), same),
        real.rsplit_once('.').unwrap().0.to_owned() + ".",
        real.replace('.', ".."),
        format!("{real}.x"),
        "a.b.c".to_owned(),
        "x".repeat(60_000),
        format!("{}.{}.x", URL_SAFE_NO_PAD.encode("[".repeat(2_000)), URL_SAFE_NO_PAD.encode("{}")),
        // A session's secret is no access token.
        scene.cookie.clone(),
    ];
    // The public key as a shared secret.
    let keys = scene.get("", "/jwks.json").await.text;
    let confused = jsonwebtoken::Header { kid: kid.as_str().map(str::to_owned), ..jsonwebtoken::Header::default() };
    let secret = jsonwebtoken::EncodingKey::from_secret(keys.as_bytes());
    tries.push(jsonwebtoken::encode(&confused, &claims(real), &secret).unwrap());
    for token in tries {
        if token.len() > 4_096 {
            let reply = scene.call(&scene.web, "/introspect", &[("token", &token)]).await;
            assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_request")));
        } else {
            assert!(!scene.lives(&json!(token)).await, "{}", &token[..token.len().min(200)]);
        }
        let reply = scene.send(scene.served.call(Method::GET, "/userinfo").bearer_auth(&token)).await;
        assert_eq!(reply.status, 401);
    }
    assert!(scene.lives(&tokens["access_token"]).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_uses_only_the_roles_that_it_may() {
    let scene = Scene::set().await;
    let narrow = register(&scene.served, "Narrow", ClientKind::Confidential, &[BACK], Some(&["keeper"])).await;
    let reply = scene.agree(&narrow, &[]).await;
    assert_eq!(reply.error(), "invalid_scope");
    scene.connect(&narrow, &[("scope", "openid")]).await;
    // The resource is the role's own warehouse or nothing.
    let lake = [("resource", "https://lake.example.com")];
    assert_eq!(claims(scene.connect(&scene.web, &lake).await["access_token"].as_str().unwrap())["aud"], lake[0].1);
    assert_eq!(scene.agree(&scene.web, &[("resource", "https://attic.example.com")]).await.error(), "invalid_target");
    let twice = format!("{}&resource=a%3Ab&resource=a%3Ac", scene.request(&scene.web, &[]));
    assert_eq!(scene.get(&scene.cookie, &format!("/authorize?{twice}")).await.error(), "invalid_target");
    let tokens = scene.connect(&scene.web, &[]).await;
    let other = scene.refresh(&scene.web, &tokens["refresh_token"], &[("resource", "https://attic.example.com")]).await;
    assert_eq!(other.json()["error"], "invalid_target");
    let wider = scene.refresh(&scene.web, &tokens["refresh_token"], &[("scope", "openid profile role:keeper")]).await;
    assert_eq!(wider.json()["error"], "invalid_scope");
    assert_eq!(scene.refresh(&scene.web, &tokens["refresh_token"], &[]).await.status, 200, "none of it used it up");
}
