//! Linking by hand, and unlinking: by people who prove that the account is theirs, and by admins who say why.

use super::scene::{Browser, Scene, field};
use crate::support::PASSWORD;
use reqwest::Method;
use serde_json::{Value, json};

const LINK: &str = "/account/providers/staff/link";

/// Where a page goes on by itself.
fn onward(reply: &super::scene::Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.headers["refresh"].to_str().unwrap().strip_prefix("0;url=").unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_with_responsibilities_is_linked_by_whoever_knows_its_password() {
    let scene = Scene::with(json!({})).await;
    scene.idp.is(json!({ "sub": "alix-1", "email": "someone@elsewhere.example", "name": "Alix" }));
    let browser = Browser::open(&scene);
    assert_eq!(browser.password("admin@example.com").await.status, 303);
    scene.tick();
    let wrong = browser.post(LINK, &[("link_password", "wrong")]).await;
    assert!(wrong.status == 403 && wrong.text.contains("id=\"link-staff-error\""), "{}: {}", wrong.status, wrong.text);
    let page = browser.post(LINK, &[("link_password", PASSWORD)]).await;
    let there = onward(&page);
    assert!(page.text.contains("href=\"http"), "whoever is not led on can go by hand");
    assert_ne!(field(&there, "state"), "");
    let back = browser.go(&there).await.to();
    // Not in another browser, and not in another session of the same person.
    let other = Browser::open(&scene);
    assert_eq!(other.go(&back).await.status, 410);
    let reply = browser.go(&back).await;
    assert_eq!((reply.status, reply.to().as_str()), (303, "/account"), "{}", reply.text);
    let account = browser.go("/account").await.text;
    assert!(account.contains("Your account is linked") && !account.contains(LINK), "{account}");
    let line = "SELECT data AS word FROM events WHERE kind = 'identity.linked' ORDER BY seq DESC LIMIT 1";
    assert!(scene.read(line).await.contains("\"hand\""));
    scene.tick();
    assert_eq!(other.sign_in("").await.status, 303);
    assert_eq!(other.who().await, "admin@example.com");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_identity_is_one_person_s_and_a_link_is_made_by_who_began_it() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    scene.house().person("Bob Stone").await;
    assert_eq!(Browser::open(&scene).sign_in("").await.status, 303);
    scene.tick();
    // Bob tries Ana's identity.
    let bob = Browser::open(&scene);
    assert_eq!(bob.password("bob.stone@example.com").await.status, 303);
    scene.tick();
    let there = onward(&bob.post(LINK, &[("link_password", PASSWORD)]).await);
    let reply = bob.go(&bob.go(&there).await.to()).await;
    assert_eq!((reply.status, reply.code().as_str()), (409, "provider-other-identity"), "{}", reply.text);
    // Bob begins, signs out, and somebody else signs in in the same browser: their account is not linked with his identity.
    scene.idp.is(json!({ "sub": "bob-1", "email": "bob.stone@example.com", "email_verified": true, "name": "Bob" }));
    let there = onward(&bob.post(LINK, &[("link_password", PASSWORD)]).await);
    let back = bob.go(&there).await.to();
    bob.post("/sign-out", &[]).await;
    scene.tick();
    assert_eq!(bob.password("ana.verano@example.com").await.status, 303);
    let reply = bob.go(&back).await;
    assert_eq!((reply.status, reply.code().as_str()), (410, "provider-sign-in-over"), "{}", reply.text);
    assert_eq!(scene.count("SELECT COUNT(*) AS n FROM identities").await, 1);
    // Nobody links who is not signed in.
    let nobody = Browser::open(&scene);
    assert!(nobody.post(LINK, &[("link_password", PASSWORD)]).await.to().starts_with("/sign-in"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_unlinks_for_a_reason_and_the_sessions_end() {
    let scene = Scene::with(json!({})).await;
    let (ana, bearer) = scene.house().joined("Ana Verano", &[]).await;
    let browser = Browser::open(&scene);
    assert_eq!(browser.sign_in("").await.status, 303);
    scene.tick();
    let who = crate::support::person_id(&ana).to_string();
    let api = async |bearer: &str, method: Method, path: &str, body: Value| {
        let (status, answer) = scene.served.api(bearer, method, &format!("/api/v1{path}"), body).await;
        (status.as_u16(), answer)
    };
    let (_, mine) = api(&bearer, Method::GET, "/me/identities", Value::Null).await;
    assert_eq!(mine["items"][0]["subject"], "ana-1", "{mine}");
    let identity = mine["items"][0]["id"].as_str().unwrap().to_owned();
    let unlinking = format!("/people/{who}/identities/{identity}/unlinking");
    assert_eq!(api(&bearer, Method::POST, &unlinking, json!({ "reason": "x" })).await.0, 403);
    let admin = Browser::open(&scene);
    assert_eq!(admin.password("admin@example.com").await.status, 303);
    let file = admin.go(&format!("/people/{who}")).await.text;
    let path = format!("/people/{who}/identities/{identity}/unlink");
    assert!(file.contains(&path) && file.contains("ana-1"), "{file}");
    assert_eq!(admin.post(&path, &[("reason", " ")]).await.status, 422);
    assert_eq!(browser.who().await, "ana.verano@example.com");
    assert_eq!(admin.post(&path, &[("reason", "it was somebody else's")]).await.status, 303);
    assert_eq!(browser.who().await, "", "the session that began through it has ended");
    let (status, _) = api(&bearer, Method::GET, "/me", Value::Null).await;
    assert_eq!(status, 200, "the one that began with a password has not");
    assert_eq!(scene.house().events("identity.unlinked").await, 1);
    assert_eq!(admin.post(&path, &[("reason", "again")]).await.status, 404);
    // The rules link again: another identity may take its place.
    scene.tick();
    scene.idp.is(json!({ "sub": "ana-2", "email": "ana.verano@example.com", "email_verified": true, "name": "Ana" }));
    assert_eq!(browser.sign_in("").await.status, 303);
}
