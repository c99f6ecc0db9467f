//! What `/verify` answers: to whom, with which headers, and in which words it refuses.

use super::{ask, minted};
use crate::oauth::scene::{Scene, claims, head};
use crate::support::person_id;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_live_token_is_let_through_with_who_and_what() {
    let scene = Scene::set().await;
    let token = minted(&scene, &scene.ana, "reader").await;
    let said = claims(&token);
    let base = &scene.served.base;
    let audience = said["aud"].as_str().unwrap();
    let by_audience =
        format!("?audience={}", url::form_urlencoded::byte_serialize(audience.as_bytes()).collect::<String>());
    for path in [
        "",
        "?warehouse=lake",
        "?warehouse=lake&role=guardian&role=reader",
        &by_audience,
        "/lake/reader",
        "/lake/-",
        "/lake/reader/",
        "/lake/reader/orders/7?warehouse=attic&role=x",
    ] {
        let reply = ask(&scene, base, path, &token).await;
        assert_eq!((reply.status, reply.text.as_str()), (204, ""), "{path}");
        for (name, value) in [
            ("person", person_id(&scene.ana).to_string()),
            ("user", said["preferred_username"].as_str().unwrap().to_owned()),
            ("email", "ana.verano@example.com".to_owned()),
            ("role", "reader".to_owned()),
            ("warehouse", "lake".to_owned()),
            ("grant", said["grant_id"].as_str().unwrap().to_owned()),
            ("client", "habilis".to_owned()),
            ("token", said["jti"].as_str().unwrap().to_owned()),
            ("expires", said["exp"].to_string()),
        ] {
            assert_eq!(reply.header(&format!("x-habilis-{name}")), value, "{path}");
        }
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    // Whatever method a proxy passes on, and whichever session a browser has.
    for method in ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PURGE"] {
        let request = scene.served.call(Method::from_bytes(method.as_bytes()).unwrap(), "/verify?warehouse=lake");
        let request = request.header("cookie", format!("habilis={}", scene.cookie));
        let request = request.header("origin", "https://elsewhere.example.com").header("sec-fetch-site", "cross-site");
        assert_eq!(scene.send(request.bearer_auth(&token)).await.status, 204, "{method}");
    }
    assert_eq!(scene.refusals().await.0, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_for_something_else_is_refused_and_written_down_once() {
    let scene = Scene::set().await;
    let base = &scene.served.base;
    let token = minted(&scene, &scene.ana, "reader").await;
    for (query, why) in [
        ("?warehouse=attic", "another warehouse"),
        ("?audience=https://elsewhere.example.com", "another warehouse"),
        ("?warehouse=lake&role=guardian", "another role"),
        ("?role=READER", "another role"),
        ("/attic/-", "another warehouse"),
        ("/lake/guardian/x?role=reader", "another role"),
    ] {
        for _ in 0..3 {
            let reply = ask(&scene, base, query, &token).await;
            let told = reply.json();
            assert_eq!((reply.status, &told["error"]), (403, &json!("insufficient_scope")), "{query}");
            let challenge = reply.header("www-authenticate");
            assert!(challenge.contains("error=\"insufficient_scope\"") && challenge.contains(why), "{challenge}");
            assert!(reply.headers.keys().all(|name| !name.as_str().starts_with("x-habilis")), "{query}");
            assert_eq!(reply.header("cache-control"), "no-store");
        }
    }
    assert_eq!(scene.refusals().await, (2, "oauth-token-elsewhere".to_owned()), "two reasons, told often");
    // Who somebody is opens nothing.
    let tokens = scene.connect(&scene.web, &[("scope", "openid email")]).await;
    let reply = ask(&scene, base, "", tokens["access_token"].as_str().unwrap()).await;
    assert!(reply.status == 403 && reply.text.contains("it opens no warehouse"), "{}", reply.text);
    // A token that was given back, and one that is over, are told of once each.
    let before = scene.refusals().await.0;
    let tokens = scene.connect(&scene.web, &[]).await;
    let token = tokens["access_token"].as_str().unwrap();
    scene.call(&scene.web, "/revoke", &[("token", token)]).await;
    for _ in 0..3 {
        assert_eq!(ask(&scene, base, "", token).await.status, 401);
    }
    assert_eq!(scene.refusals().await, (before + 1, "oauth-token-dead".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_token_of_ours_is_refused_and_leaves_nothing() {
    let scene = Scene::set().await;
    let base = &scene.served.base;
    let token = minted(&scene, &scene.ana, "reader").await;
    let other = minted(&scene, &scene.ana, "reader").await;
    assert_eq!(ask(&scene, base, "", &token).await.status, 204);
    let parts: Vec<&str> = token.split('.').collect();
    let encode = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let (kid, mut said) = (head(&token)["kid"].clone(), claims(&token));
    said["role"] = json!("guardian");
    let secret = scene.get("", "/jwks.json").await.text;
    let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
    header.kid = kid.as_str().map(str::to_owned);
    let confused =
        jsonwebtoken::encode(&header, &claims(&token), &jsonwebtoken::EncodingKey::from_secret(secret.as_bytes()))
            .unwrap();
    let id_token = scene.connect(&scene.web, &[]).await["id_token"].as_str().unwrap().to_owned();
    for forged in [
        "nonsense".to_owned(),
        format!("{}.{}.", encode(json!({ "alg": "none", "typ": "at+jwt", "kid": kid })), parts[1]),
        format!("{}.{}.{}", parts[0], encode(said), parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], other.split('.').nth(2).unwrap()),
        format!("{}.{}.{}", parts[0], parts[1], URL_SAFE_NO_PAD.encode([0_u8; 64])),
        format!("{token}="),
        confused,
        id_token,
        "x".repeat(20_000),
        scene.cookie.clone(),
    ] {
        let reply = ask(&scene, base, "", &forged).await;
        let shown: String = forged.chars().take(80).collect();
        assert_eq!((reply.status, &reply.json()["error"]), (401, &json!("invalid_token")), "{shown}");
        assert!(reply.header("www-authenticate").starts_with("Bearer realm=\"habilis\", error=\"invalid_token\""));
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    // No token at all: only the way is told (RFC 6750, section 3.1).
    for proof in [None, Some("Basic YTpi"), Some("DPoP x")] {
        let mut request = scene.served.call(Method::GET, "/verify");
        if let Some(proof) = proof {
            request = request.header("authorization", proof);
        }
        let reply = scene.send(request.header("cookie", format!("habilis={}", scene.cookie))).await;
        assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer realm=\"habilis\""));
    }
    // In the header, and nowhere else; and once.
    let in_query = scene.send(scene.served.call(Method::GET, &format!("/verify?access_token={token}"))).await;
    assert_eq!((in_query.status, &in_query.json()["error"]), (400, &json!("invalid_request")));
    let twice = scene.served.call(Method::GET, "/verify").bearer_auth(&token).bearer_auth(&token);
    let twice = scene.send(twice).await;
    assert_eq!((twice.status, &twice.json()["error"]), (401, &json!("invalid_request")));
    // What is larger than any server takes is no way in, either.
    let apart = reqwest::Client::new().get(format!("{base}/verify"));
    let huge = apart.bearer_auth("x".repeat(2_000_000)).send().await;
    assert!(huge.map_or(400, |reply| reply.status().as_u16()) >= 400);
    // A proxy that asks wrongly lets nobody through.
    for query in ["?warehouse=", "?warehose=lake", "?role=", "?warehouse=lake&warehouse=attic"] {
        let reply = ask(&scene, base, query, &token).await;
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_request")), "{query}");
    }
    assert_eq!(scene.refusals().await.0, 0, "nobody was refused");
    assert_eq!(ask(&scene, base, "", &token).await.status, 204);
}
