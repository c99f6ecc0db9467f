//! What somebody who means ill tries: each attempt opens nothing, and leaves its line.

use super::{
    provider::Idp,
    scene::{Browser, Scene, field, provider, with},
};
use crate::support::person_id;
use habilis::{actions::disable_person, identity::person::Capabilities};
use serde_json::json;

/// Login cross-site request forgery: the victim's browser is given the attacker's way back (RFC 6749, section 10.12).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_way_back_that_another_browser_began_opens_nothing() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let (attacker, victim) = (Browser::open(&scene), Browser::open(&scene));
    let back = attacker.way_back("").await;
    for _ in 0..2 {
        let reply = victim.go(&back).await;
        assert_eq!((reply.status, reply.code().as_str()), (410, "provider-sign-in-over"), "{}", reply.text);
        assert_eq!(victim.who().await, "");
    }
    assert_eq!(scene.idp.calls("token"), 0, "the code was not touched");
    // Also with a sign-in of the victim's own under way.
    victim.begin("").await;
    assert_eq!(victim.go(&back).await.status, 410);
    assert_eq!(scene.house().events("refused").await, 3);
    // It stays good for whoever began it.
    assert_eq!(attacker.go(&back).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_way_back_is_walked_once_and_in_time() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let browser = Browser::open(&scene);
    let back = browser.way_back("").await;
    assert_eq!(browser.go(&back).await.status, 303);
    let again = browser.go(&back).await;
    assert_eq!((again.status, again.code().as_str()), (410, "provider-sign-in-over"));
    assert_eq!(scene.idp.calls("token"), 1);

    let late = Browser::open(&scene);
    let back = late.way_back("").await;
    scene.house().advance("PT10M");
    assert_eq!(late.go(&back).await.status, 410);
    // A state that was never given, and none at all.
    for state in [Some("hp_0000"), Some(""), None] {
        assert_eq!(late.go(&with(&back, "state", state)).await.status, 410);
    }
    // What nobody came back from is forgotten.
    habilis::actions::sweep::sweep(&scene.house().app).await.unwrap();
    assert_eq!(scene.count("SELECT COUNT(*) AS n FROM provider_sign_ins").await, 0);
}

/// Code injection: a stolen code in a sign-in of the attacker's own (RFC 9700, section 4.5).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_another_sign_in_is_not_redeemed() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let (victim, attacker) = (Browser::open(&scene), Browser::open(&scene));
    let stolen = field(&victim.way_back("").await, "code");
    let own = attacker.way_back("").await;
    let reply = attacker.go(&with(&own, "code", Some(&stolen))).await;
    assert_eq!((reply.status, reply.code().as_str()), (403, "provider-denied"), "{}", reply.text);
    assert_eq!(attacker.who().await, "");
    // A provider that checks no code challenge: then the nonce tells.
    let own = attacker.way_back("").await;
    scene.idp.says("nonce", json!("another-nonce"));
    let reply = attacker.go(&own).await;
    assert_eq!(reply.code(), "provider-unsound", "{}", reply.text);
    assert_eq!(attacker.who().await, "");
}

/// Mix-up: a provider that is not honest answers in the place of an honest one (RFC 9207; RFC 9700, section 4.4).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_taken_only_from_the_provider_that_was_asked() {
    let other = std::sync::OnceLock::new();
    let scene = Scene::set(json!({}), |settings| {
        let idp = Idp::start(habilis::base::clock::Clock::held(
            habilis::base::clock::Time::parse(crate::support::START).unwrap(),
        ));
        settings.provider.push(provider("partners", &idp, json!({ "name": "Partners" })));
        other.set(idp).ok().unwrap();
    })
    .await;
    let browser = Browser::open(&scene);
    let other = other.get().unwrap();
    // Its name in the answer, or none where the provider always gives one.
    for iss in [Some(other.base.clone()), Some(format!("{}/", scene.idp.base)), None] {
        scene.idp.conduct().iss = iss;
        let reply = browser.refused("provider-unsound").await;
        assert!(reply.text.contains("it came from somewhere else"), "{}", reply.text);
    }
    assert_eq!(scene.idp.calls("token"), 0, "the code went nowhere");
    scene.idp.conduct().iss = Some(scene.idp.base.clone());
    // One provider's state at the other's place.
    let back = browser.way_back("").await.replace("/with/staff/", "/with/partners/");
    let reply = browser.go(&back).await;
    assert_eq!((reply.status, reply.code().as_str()), (410, "provider-sign-in-over"));
    assert_eq!((other.calls("token"), browser.who().await.as_str()), (0, ""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_sent_to_another_site() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    for next in [
        "https://evil.example.com",
        "//evil.example.com",
        "/\\evil.example.com",
        "/%09/evil.example.com",
        "javascript:alert(1)",
        "/sign-out",
    ] {
        let browser = Browser::open(&scene);
        let query = format!("?next={}", url::form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>());
        let query = query.replace("%2509", "%09");
        let reply = browser.sign_in(&query).await;
        assert_eq!((reply.status, reply.to().as_str()), (303, "/"), "{next}");
        scene.tick();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_somebody_planted_is_not_the_one_that_begins() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let planted = "hs_planted";
    let browser = Browser::with_cookie(&scene.served.base, &format!("habilis={planted}; Path=/"));
    let reply = browser.sign_in("").await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    let cookies = reply.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned());
    let own: Vec<String> = cookies.filter(|line| line.starts_with("habilis=")).collect();
    assert!(own.len() == 1 && own[0].contains("HttpOnly") && own[0].contains("SameSite=Lax"), "{own:?}");
    assert!(own[0].starts_with("habilis=hs_") && !own[0].contains(planted), "{own:?}");
    assert_eq!(browser.who().await, "ana.verano@example.com");
    // What was planted opens nothing, and what a sign-in was bound to is gone.
    let other = Browser::with_cookie(&scene.served.base, &format!("habilis={planted}; Path=/"));
    assert_eq!(other.who().await, "");
    let gone = reply.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned());
    assert!(gone.into_iter().any(|line| line.starts_with("habilis-way-") && line.contains("Max-Age=0")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_opens_no_account_that_it_should_not() {
    let scene = Scene::with(json!({ "create": true, "domains": ["example.com"] })).await;
    let house = scene.house();
    let ana = house.person("Ana Verano").await;
    let browser = Browser::open(&scene);
    let is = |sub: &str, email: &str, verified: serde_json::Value| {
        let mut person = json!({ "sub": sub, "email": email, "email_verified": verified, "name": "Ana" });
        if verified.is_null() {
            person.as_object_mut().unwrap().remove("email_verified");
        }
        scene.idp.is(person);
    };
    // Said not to be verified, or said in no way that is known: also in the provider's own domain.
    for verified in [json!(false), json!("false"), json!(1), json!("yes")] {
        is("eve-1", "ana.verano@example.com", verified);
        browser.refused("provider-address-unverified").await;
    }
    // An address that the provider does not speak for, verified or not.
    for email in ["ana.verano@example.org", "ana.verano@example.com.evil.example"] {
        is("eve-1", email, json!(true));
        browser.refused("provider-address-foreign").await;
    }
    // An address that reads as two.
    is("eve-1", "eve@evil.example,ana.verano@example.com", json!(true));
    browser.refused("provider-address-unverified").await;
    // An account with responsibilities.
    is("eve-1", "admin@example.com", json!(true));
    let reply = browser.refused("provider-link-first").await;
    assert!(reply.text.contains("link it with Example staff"), "{}", reply.text);
    for may in [
        Capabilities { auditor: true, ..Capabilities::default() },
        Capabilities { author: true, ..Capabilities::default() },
    ] {
        let change = habilis::actions::change_person::change_capabilities;
        change(&house.app, &house.admin, person_id(&ana), may).await.unwrap();
        is("ana-1", "ana.verano@example.com", json!(true));
        browser.refused("provider-link-first").await;
    }
    let change = habilis::actions::change_person::change_capabilities;
    change(&house.app, &house.admin, person_id(&ana), Capabilities::default()).await.unwrap();
    assert_eq!(scene.count("SELECT COUNT(*) AS n FROM identities").await, 0);
    // An address that was given to somebody else at the provider.
    assert_eq!(Browser::open(&scene).sign_in("").await.status, 303);
    is("new-1", "ana.verano@example.com", json!(true));
    assert_eq!(browser.refused("provider-other-identity").await.status, 409);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_who_was_shut_out_or_erased_comes_in() {
    let scene = Scene::with(json!({ "create": true })).await;
    let house = scene.house();
    let ana = house.person("Ana Verano").await;
    // Not linked yet, and linked.
    disable_person::disable_person(&house.app, &house.admin, person_id(&ana), "has left".into()).await.unwrap();
    let browser = Browser::open(&scene);
    assert_eq!(browser.refused("provider-account-inactive").await.status, 403);
    disable_person::enable_person(&house.app, &house.admin, person_id(&ana)).await.unwrap();
    scene.tick();
    assert_eq!(browser.sign_in("").await.status, 303);
    scene.tick();
    disable_person::disable_person(&house.app, &house.admin, person_id(&ana), "has left".into()).await.unwrap();
    assert_eq!(browser.who().await, "", "the session has ended");
    browser.refused("provider-account-inactive").await;
    let erase = habilis::actions::erase_person::erase_person;
    erase(&house.app, &house.admin, person_id(&ana), "ana.verano@example.com".into(), "asked to".into()).await.unwrap();
    for left in ["identities", "provider_sessions"] {
        let query = if left == "identities" {
            "SELECT COUNT(*) AS n FROM identities"
        } else {
            "SELECT COUNT(*) AS n FROM provider_sessions"
        };
        assert_eq!(scene.count(query).await, 0, "{left}");
    }
    // Whoever comes now is somebody new.
    assert_eq!(browser.sign_in("").await.status, 303);
    assert_eq!(scene.count("SELECT COUNT(*) AS n FROM persons").await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_provider_says_is_shown_as_text_and_only_to_whoever_began() {
    let scene = Scene::with(json!({})).await;
    scene.idp.conduct().refusal = Some(("access_denied", "<script>alert(1)</script> call 555"));
    let browser = Browser::open(&scene);
    let reply = browser.refused("provider-denied").await;
    assert_eq!(reply.status, 403);
    assert!(reply.text.contains("access_denied") && reply.text.contains("&lt;script&gt;"), "{}", reply.text);
    assert!(!reply.text.contains("<script>alert"));
    // Words in an address that somebody was sent.
    let lure = format!("{}/sign-in/with/staff/back?error=x&error_description=call+555&state=hp_x", scene.served.base);
    let reply = browser.go(&lure).await;
    assert_eq!(reply.status, 410);
    assert!(!reply.text.contains("call 555"), "{}", reply.text);
    // What is there twice is not chosen from.
    scene.idp.conduct().refusal = None;
    let back = browser.way_back("").await;
    assert_eq!(browser.go(&format!("{back}&code=other")).await.status, 410);
    assert_eq!(browser.go("/sign-in/with/nobody").await.status, 404);
    assert_eq!(browser.go("/sign-in/with/nobody/back?state=x").await.status, 404);
}
