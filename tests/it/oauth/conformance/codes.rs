//! Codes, redirect addresses and refresh tokens.

use crate::oauth::scene::{BACK, Scene, claims, register};
use habilis::tokens::client::ClientKind;
use serde_json::json;

/// `oidcc-codereuse`: the second time is refused, and what the first gave ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_comes_twice_ends_what_it_gave() {
    let scene = Scene::set().await;
    let code = scene.code(&scene.web, &[("scope", "openid email")]).await;
    let tokens = scene.redeem(&scene.web, &code, &[]).await.json();
    let again = scene.redeem(&scene.web, &code, &[]).await;
    assert_eq!((again.status, &again.json()["error"]), (400, &json!("invalid_grant")));
    let userinfo =
        scene.served.call(reqwest::Method::GET, "/userinfo").bearer_auth(tokens["access_token"].as_str().unwrap());
    assert_eq!(scene.send(userinfo).await.status, 401);
}

/// `oidcc-codereuse-30seconds`: also when half a minute lies between.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_minute_later_it_is_the_same() {
    let scene = Scene::set().await;
    let code = scene.code(&scene.web, &[]).await;
    let tokens = scene.redeem(&scene.web, &code, &[]).await.json();
    scene.house().advance("PT30S");
    assert!(scene.lives(&tokens["access_token"]).await);
    assert_eq!(scene.redeem(&scene.web, &code, &[]).await.json()["error"], "invalid_grant");
    assert!(!scene.lives(&tokens["access_token"]).await && !scene.lives(&tokens["refresh_token"]).await);
}

/// `oidcc-ensure-registered-redirect-uri`: an address that nobody registered is not gone to, and the person is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_registered_address_is_gone_to() {
    let scene = Scene::set().await;
    let query = scene.request(&scene.web, &[("redirect_uri", "https://tool.example.com/back?foreign=1")]);
    let page = scene.get(&scene.cookie, &format!("/authorize?{query}")).await;
    assert!(
        page.status == 422
            && page.header("location").is_empty()
            && page.header("content-type").starts_with("text/html")
    );
    // An address with a query of its own keeps it (RFC 6749, section 3.1.2).
    let tool = "https://tool.example.com/back?tenant=a%20b";
    let asked = register(&scene.served, "Tenants", ClientKind::Confidential, &[tool], None).await;
    let asked = crate::oauth::scene::Tool { back: tool, ..asked };
    let (_, fields) = scene.agree(&asked, &[]).await.answer();
    assert_eq!((fields["tenant"].as_str(), fields.contains_key("code")), ("a b", true));
    assert_eq!(scene.redeem(&asked, &fields["code"], &[]).await.status, 200);
}

/// The address that a code was given for is the one that it is exchanged with (RFC 6749, section 4.1.3).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_exchanged_with_the_address_that_it_was_given_for() {
    let scene = Scene::set().await;
    let other = "https://tool.example.com/other";
    let tool = register(&scene.served, "Two doors", ClientKind::Confidential, &[BACK, other], None).await;
    let code = scene.code(&tool, &[]).await;
    assert_eq!(scene.redeem(&tool, &code, &[("redirect_uri", other)]).await.json()["error"], "invalid_grant");
    assert_eq!(scene.redeem(&tool, &code, &[("redirect_uri", "")]).await.json()["error"], "invalid_request");
    assert_eq!(scene.redeem(&tool, &code, &[]).await.status, 200);
}

/// `oidcc-refresh-token` (Core, section 12.2): the next ID token is about the same person, sign-in and client.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refreshed_id_token_is_about_the_same() {
    let scene = Scene::set().await;
    let first = scene.connect(&scene.web, &[]).await;
    scene.house().advance("PT2S");
    let second = scene.refresh(&scene.web, &first["refresh_token"], &[]).await;
    assert_eq!((second.header("cache-control"), second.header("pragma")), ("no-store", "no-cache"));
    let second = second.json();
    let (old, new) = (claims(first["id_token"].as_str().unwrap()), claims(second["id_token"].as_str().unwrap()));
    for same in ["iss", "sub", "aud", "auth_time", "azp", "sid"] {
        assert_eq!(old[same], new[same], "{same}");
    }
    assert!(new["iat"].as_i64() > old["iat"].as_i64() && new.get("nonce").is_none());
    assert_eq!(first["scope"], second["scope"]);
    // Another client's is nothing (`oidcc-refresh-token` with a second client).
    let other = register(&scene.served, "Other", ClientKind::Confidential, &[BACK], None).await;
    assert_eq!(scene.refresh(&other, &second["refresh_token"], &[]).await.json()["error"], "invalid_grant");
    assert_eq!(scene.refresh(&scene.web, &second["refresh_token"], &[]).await.status, 200, "and does it no harm");
}

/// What a public client is given is rotated, and used once (RFC 9700, section 2.2.2).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_clients_refresh_token_is_rotated() {
    let scene = Scene::set().await;
    let first = scene.connect(&scene.native, &[]).await;
    let second = scene.refresh(&scene.native, &first["refresh_token"], &[]).await.json();
    assert!(second["refresh_token"].is_string() && second["refresh_token"] != first["refresh_token"]);
    scene.house().advance("PT11S");
    assert!(scene.lives(&second["access_token"]).await);
    for used in [&first, &second] {
        assert_eq!(scene.refresh(&scene.native, &used["refresh_token"], &[]).await.json()["error"], "invalid_grant");
    }
    assert!(!scene.lives(&second["access_token"]).await, "nobody keeps anything");
}
