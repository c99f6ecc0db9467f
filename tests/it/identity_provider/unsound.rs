//! Providers that answer wrong, late, too much or not at all: nobody comes in by it, and nothing hangs.

use super::{
    provider::{Sign, Way},
    scene::{Browser, Scene},
};
use habilis::access::catalogue::Signing;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_token_that_is_not_sound_opens_nothing() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let browser = Browser::open(&scene);
    let why = async || {
        browser.refused("provider-unsound").await;
        let line = "SELECT data AS word FROM events WHERE kind = 'refused' ORDER BY seq DESC LIMIT 1";
        let data: Value = serde_json::from_str(&scene.read(line).await).unwrap();
        data["facts"]["why"].as_str().unwrap().to_owned()
    };
    for (sign, expected) in [
        (Sign::None, "algorithm"),
        (Sign::Shared, "algorithm"),
        (Sign::Foreign, "signature"),
        (Sign::Unknown, "key"),
        (Sign::Critical, "form"),
        (Sign::AccessToken, "form"),
    ] {
        scene.idp.conduct().sign = sign;
        assert_eq!(why().await, expected, "{sign:?}");
    }
    scene.idp.conduct().sign = Sign::Own;
    let now = scene.house().clock.now().seconds();
    for (name, value, expected) in [
        ("iss", json!("https://other.example.com"), "issuer"),
        ("aud", json!("other"), "audience"),
        ("aud", json!(["habilis", "other"]), "audience"),
        ("azp", json!("other"), "audience"),
        ("exp", json!(now - 61), "expired"),
        ("iat", json!(now + 3_600), "issued-at"),
        ("iat", json!(now - 3_600), "issued-at"),
        ("nonce", json!("other"), "nonce"),
        ("nonce", Value::Null, "nonce"),
        ("sub", Value::Null, "subject"),
        ("at_hash", json!("wrong"), "access-token"),
    ] {
        scene.idp.says(name, value.clone());
        assert_eq!(why().await, expected, "{name}: {value}");
    }
    // And without any of it, the same browser comes in.
    scene.idp.conduct().twist = None;
    assert_eq!(browser.sign_in("").await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_followed_when_they_change_and_not_read_for_every_unknown_name() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let come = async || Browser::open(&scene).sign_in("").await.status;
    assert_eq!((come().await, scene.idp.calls("jwks")), (303, 1));
    scene.house().advance("PT2M");
    assert_eq!((come().await, scene.idp.calls("jwks")), (303, 1), "they are kept");
    scene.idp.rotate(Signing::RS256);
    assert_eq!((come().await, scene.idp.calls("jwks")), (303, 2), "a new name has them read again");
    // Names that nobody knows: once a minute.
    scene.idp.conduct().sign = Sign::Unknown;
    for _ in 0..4 {
        Browser::open(&scene).refused("provider-unsound").await;
    }
    assert_eq!(scene.idp.calls("jwks"), 2, "they were read less than a minute ago");
    scene.house().advance("PT61S");
    for _ in 0..4 {
        Browser::open(&scene).refused("provider-unsound").await;
    }
    assert_eq!(scene.idp.calls("jwks"), 3);
    // A key that was withdrawn is forgotten within the hour.
    scene.idp.conduct().sign = Sign::Own;
    scene.house().advance("PT61M");
    let old = scene.idp.conduct().keys.remove(1);
    scene.idp.rotate(Signing::ES256);
    scene.tick();
    assert_eq!(come().await, 303, "which has the keys read again");
    scene.idp.conduct().withdrawn = Some(old);
    scene.idp.conduct().sign = Sign::Withdrawn;
    Browser::open(&scene).refused("provider-unsound").await;
    // Published again, it is good again.
    let old = scene.idp.conduct().withdrawn.take().unwrap();
    scene.idp.conduct().keys.push(old);
    scene.idp.conduct().sign = Sign::Own;
    scene.house().advance("PT61S");
    assert_eq!(come().await, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_does_not_answer_keeps_nobody_waiting_for_long() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let away = async |endpoint: &'static str, way: Way| {
        // What was read before is no longer fresh.
        scene.house().advance("PT61M");
        scene.idp.conduct().ways.insert(endpoint, way);
        let browser = Browser::open(&scene);
        let begun = browser.go("/sign-in/with/staff").await;
        let reply = if begun.status != 303 {
            begun
        } else {
            let back = browser.go(&begun.to()).await.to();
            browser.go(&back).await
        };
        assert_eq!((reply.status, reply.code().as_str()), (503, "provider-away"), "{endpoint} {way:?}: {}", reply.text);
        assert!(reply.headers.contains_key("retry-after") && reply.text.contains("Example staff does not answer"));
        assert_eq!(browser.who().await, "");
        scene.idp.conduct().ways.clear();
    };
    scene.idp.is(json!({ "sub": "ana-1", "email": "ana.verano@example.com", "email_verified": true }));
    for endpoint in ["document", "jwks", "token", "userinfo"] {
        for way in [Way::Broken, Way::Huge, Way::Page, Way::Elsewhere] {
            away(endpoint, way).await;
        }
    }
    away("token", Way::Slow).await;
    away("document", Way::Slow).await;
    // A document of another issuer, or one that leads into the clear.
    for (name, value) in [
        ("issuer", json!("https://id.example.com")),
        ("token_endpoint", json!("http://id.example.com/token")),
        ("jwks_uri", Value::Null),
        ("id_token_signing_alg_values_supported", json!(["HS256", "none"])),
    ] {
        scene.idp.conduct().document.insert(name.to_owned(), value);
        away("none", Way::Good).await;
        scene.idp.conduct().document.clear();
    }
    // Why stands in the log, and not on the page.
    let texts = "SELECT p.texts AS word FROM event_private p JOIN events e ON e.id = p.event_id WHERE e.kind = 'refused' \
                 ORDER BY e.seq DESC LIMIT 1";
    assert!(scene.read(texts).await.contains("no way that is taken here"));
    scene.house().advance("PT61M");
    assert_eq!(Browser::open(&scene).sign_in("").await.status, 303, "it is there again");
}
