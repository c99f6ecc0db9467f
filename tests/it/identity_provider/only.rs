//! Where a provider is the only way in: passwords and links open nothing, but for whom the settings except.

use super::{
    provider::Idp,
    scene::{Browser, Scene, provider},
};
use crate::support::{PASSWORD, code, open, person_id};
use habilis::{
    actions::{change_password, invite_person, open_link},
    identity::{actor::Actor, secret::Secret},
};
use serde_json::json;

async fn house() -> Scene {
    Scene::set(json!({ "only": true, "domains": ["example.com"] }), |settings| {
        settings.break_glass = vec!["admin@example.com".parse().unwrap()];
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_opens_nothing_but_for_the_one_exception() {
    let scene = house().await;
    let browser = Browser::open(&scene);
    let told = async |email: &str, password: &str| {
        let reply = browser.post("/sign-in", &[("email", email), ("password", password)]).await;
        let line = "SELECT data AS word FROM events WHERE kind = 'refused' ORDER BY seq DESC LIMIT 1";
        let data: serde_json::Value = serde_json::from_str(&scene.read(line).await).unwrap_or_default();
        (reply.status, data["code"].as_str().unwrap_or_default().to_owned(), reply.text)
    };
    // The right one, a wrong one, nobody, and the exception with a wrong one: all are told the same.
    let mut pages = Vec::new();
    for (email, password) in [
        ("ana.verano@example.com", PASSWORD),
        ("ana.verano@example.com", "wrong"),
        ("nobody@example.com", "wrong"),
        ("admin@example.com", "wrong"),
    ] {
        let (status, code, page) = told(email, password).await;
        assert_eq!((status, code.as_str()), (403, "provider-only"), "{email}: {page}");
        assert!(page.contains("You sign in with Example staff"), "{page}");
        pages.push(page.replace(email, "…").replace(&email.replace('@', "%40"), "…"));
    }
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:?}");
    assert_eq!(told("nobody@example.org", "wrong").await.1, "bad-credentials");
    assert_eq!(browser.who().await, "");
    assert_eq!(told("admin@example.com", PASSWORD).await.0, 303);
    assert_eq!(browser.who().await, "admin@example.com");
    // By the API, too.
    let body = json!({ "email": "ana.verano@example.com", "password": PASSWORD });
    let (status, answer) = scene.served.api("", reqwest::Method::POST, "/api/v1/session", body).await;
    assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("provider-only")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_link_sets_a_password_and_none_is_offered() {
    let scene = house().await;
    let house = scene.house();
    let ana = scene.ana();
    let app = &house.app;
    let refused = invite_person::personal_link(app, &house.admin, person_id(ana)).await.unwrap_err();
    assert_eq!(code(&refused), "provider-only");
    let invitation = invite_person::Invitation {
        email: "zoe@example.com".into(),
        name: "Zoe".into(),
        ..invite_person::Invitation::default()
    };
    // Whoever is invited gets the way in that they have.
    let link = invite_person::invite_person(app, &house.admin, invitation).await.unwrap();
    assert_eq!((link.provider(), link.expires_at()), (Some("Example staff"), None));
    assert_eq!(link.url, format!("{}/sign-in", app.settings.issuer()));
    let made = "SELECT l.id AS word FROM links l JOIN persons p ON p.id = l.person_id WHERE p.name = 'Zoe'";
    assert_eq!(scene.read(made).await, "", "no link that would set a password");
    // One from before the provider became the only way opens nothing any more.
    let before = open(&house.engine, house.clock.clone()).await;
    let invitation = invite_person::Invitation {
        email: "yann@example.com".into(),
        name: "Yann".into(),
        ..invite_person::Invitation::default()
    };
    let link = invite_person::invite_person(&before, &house.admin, invitation).await.unwrap();
    let secret = Secret::presented(link.url.rsplit('/').next().unwrap());
    let nobody = Actor::anonymous("192.0.2.1");
    let refused = open_link::open_link(app, &nobody, secret, PASSWORD.into(), "test").await.unwrap_err();
    assert_eq!(code(&refused), "provider-only");
    let refused = change_password::change_password(app, ana, PASSWORD.into(), "another long one".into()).await;
    assert_eq!(code(&refused.unwrap_err()), "provider-only");
    let browser = Browser::open(&scene);
    let forgot = browser.go("/sign-in/forgot").await.text;
    assert!(forgot.contains("People of Example staff have no password here"), "{forgot}");
    // Whoever came in through the provider is shown no form for a password.
    assert_eq!(browser.sign_in("").await.status, 303);
    let account = browser.go("/account").await.text;
    assert!(!account.contains("/account/password") && !account.contains("/account/providers/"), "{account}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_it_knows_it_shuts_in_whatever_their_address() {
    // Ana came in while passwords still worked; then the provider became the only way.
    let scene = Scene::set(json!({ "only": true }), |_| {}).await;
    let browser = Browser::open(&scene);
    assert_eq!(browser.password("ana.verano@example.com").await.status, 303, "it does not know her yet");
    scene.tick();
    let browser = Browser::open(&scene);
    assert_eq!(browser.sign_in("").await.status, 303);
    scene.tick();
    let browser = Browser::open(&scene);
    assert_eq!(browser.password("ana.verano@example.com").await.status, 403);
    assert_eq!(browser.who().await, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_word_links_responsible_people_but_not_the_exception_and_nobody_else_s_does() {
    let other = std::sync::OnceLock::new();
    let scene = Scene::set(json!({ "only": true, "domains": ["example.com"] }), |settings| {
        let idp = Idp::start(habilis::base::clock::Clock::held(
            habilis::base::clock::Time::parse(crate::support::START).unwrap(),
        ));
        settings.break_glass = vec!["admin@example.com".parse().unwrap()];
        settings.provider.push(provider("partners", &idp, json!({ "name": "Partners", "create": true })));
        other.set(idp).ok().unwrap();
    })
    .await;
    let house = scene.house();
    let may = habilis::identity::person::Capabilities { auditor: true, ..Default::default() };
    habilis::actions::change_person::change_capabilities(&house.app, &house.admin, person_id(scene.ana()), may)
        .await
        .unwrap();
    // Another provider, however sure it is of the address: for an account that there is, and for one that there is not.
    let other = other.get().unwrap();
    for email in ["ana.verano@example.com", "new@example.com"] {
        other.is(json!({ "sub": "x-1", "email": email, "email_verified": true, "name": "X" }));
        let browser = Browser::open(&scene);
        let there = browser.go("/sign-in/with/partners").await.to();
        let reply = browser.go(&browser.go(&there).await.to()).await;
        assert_eq!((reply.status, reply.code().as_str()), (403, "provider-only"), "{email}: {}", reply.text);
    }
    // It is her only way in, and so its word is enough; the exception's account stays its own.
    assert_eq!(Browser::open(&scene).sign_in("").await.status, 303);
    scene.idp.is(json!({ "sub": "admin-1", "email": "admin@example.com", "email_verified": true }));
    Browser::open(&scene).refused("provider-link-first").await;
}
