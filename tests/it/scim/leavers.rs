//! Leavers: what ends when the directory sets somebody inactive, what it may not end, and that nothing comes back.

use super::scene::{Scene, sent, user};
use crate::{
    oauth::scene::Scene as Oauth,
    support::{House, PASSWORD, person_id, slug},
};
use habilis::{
    actions::{change_person, change_team, disable_person, invite_person, mint_token, open_link, provision},
    identity::{
        actor::Actor,
        person::{Capabilities, State},
        secret::Secret,
    },
};
use reqwest::Method;
use serde_json::{Value, json};

/// The words in one column of everything that somebody holds.
async fn held(house: &House, person: String) -> (i64, i64, i64, i64) {
    house
        .app
        .db
        .read(house.app.now(), move |r| {
            let mut count = |query: &str| habilis::db::sql(query).bind(&person).one::<i64>(r);
            Ok((
                count("SELECT COUNT(*) AS n FROM sessions WHERE person_id = ? AND ended_at IS NULL")?,
                count("SELECT COUNT(*) AS n FROM authorizations WHERE person_id = ? AND ended_at IS NULL")?,
                count("SELECT COUNT(*) AS n FROM grants WHERE person_id = ? AND state IN ('scheduled', 'active', 'suspended')")?,
                count("SELECT COUNT(*) AS n FROM effective_access WHERE person_id = ?")?,
            ))
        })
        .await
        .unwrap()
}

/// Everything that a leaver carries, refused one after the other.
async fn all_is_over(scene: &Oauth, minted: &Value, tokens: &Value) {
    let served = &scene.served;
    let cookie = scene.get(&scene.cookie, "/account").await;
    assert_eq!(cookie.status, 303, "the cookie leads to the sign-in page");
    let (status, _) = served.api(&scene.cookie, Method::GET, "/api/v1/me", Value::Null).await;
    assert_eq!(status, 401, "the session's secret as Bearer");
    for token in [minted, &tokens["access_token"], &tokens["refresh_token"]] {
        assert!(!scene.lives(token).await);
    }
    let answer = scene.refresh(&scene.web, &tokens["refresh_token"], &[]).await;
    assert_eq!((answer.status, &answer.json()["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leaver_loses_everything_at_that_moment() {
    let scene = Oauth::set().await;
    let house = scene.house();
    let made = provision::make_credential(&house.app, &house.admin, "Entra ID".to_owned()).await.unwrap();
    let token = made.secret.reveal().to_owned();
    let minted = json!(mint_token::mint_token(&house.app, &scene.ana, slug("reader")).await.unwrap().token);
    let tokens = scene.connect(&scene.web, &[]).await;
    for token in [&minted, &tokens["access_token"], &tokens["refresh_token"]] {
        assert!(scene.lives(token).await);
    }
    let id = person_id(&scene.ana).to_string();
    assert!(matches!(held(house, id.clone()).await, (1.., 1, 1, 1)));
    let events = house.events("person.disabled").await;

    let off = json!({ "schemas": [super::scene::PATCH], "Operations": [{ "op": "Replace", "path": "active", "value": "False" }] });
    let call = scene.served.call(Method::PATCH, &format!("/scim/v2/Users/{id}")).bearer_auth(&token);
    let reply = sent(call.header("content-type", "application/scim+json").body(off.to_string())).await.is(200);
    assert_eq!(reply.body["active"], false);
    assert_eq!(held(house, id.clone()).await, (0, 0, 0, 0), "in the same transaction");
    assert_eq!(house.events("person.disabled").await, events + 1);
    all_is_over(&scene, &minted, &tokens).await;

    // Active again: an account, and nothing of what was.
    let on =
        json!({ "schemas": [super::scene::PATCH], "Operations": [{ "op": "replace", "value": { "active": true } }] });
    let call = scene.served.call(Method::PATCH, &format!("/scim/v2/Users/{id}")).bearer_auth(&token);
    sent(call.header("content-type", "application/scim+json").body(on.to_string())).await.is(200);
    assert_eq!(held(house, id).await, (0, 0, 0, 0));
    all_is_over(&scene, &minted, &tokens).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deletion_ends_as_much() {
    let scene = Scene::set().await;
    let (ana, bearer) = scene.served.person("Ana Verano").await;
    scene.house().certify(&ana, "alpha").await;
    scene.house().ask(&ana, "reader").await.unwrap();
    let id = person_id(&ana).to_string();
    scene.delete(&format!("/Users/{id}")).await.is(204);
    // Actions at one held instant follow each other by single microseconds: step past them.
    scene.house().clock.set(scene.house().clock.now().plus_micros(1_000));
    assert_eq!(held(scene.house(), id).await, (0, 0, 0, 0));
    let (status, _) = scene.served.api(&bearer, Method::GET, "/api/v1/me", Value::Null).await;
    assert_eq!(status, 401);
    assert_eq!(scene.actors("person.released").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_admin_stays() {
    let scene = Scene::set().await;
    let path = format!("/Users/{}", person_id(&scene.house().admin));
    let off = json!([{ "op": "replace", "path": "active", "value": false }]);
    let refused = scene.patch(&path, off.clone()).await;
    refused.is_error(403, "");
    assert!(refused.body["detail"].as_str().unwrap().contains("last active admin"));
    let mut whole = scene.get(&path).await.body;
    whole["active"] = json!(false);
    scene.put(&path, &whole).await.is_error(403, "");
    scene.delete(&path).await.is_error(403, "");
    assert_eq!(scene.get(&path).await.is(200).body["active"], true);
    // Of two, one may go.
    let (ana, _) = scene.served.person("Ana Verano").await;
    let may = Capabilities { admin: true, ..Capabilities::default() };
    let house = scene.house();
    change_person::change_capabilities(&house.app, &house.admin, person_id(&ana), may).await.unwrap();
    scene.patch(&path, off).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_role_of_the_house_comes_back_by_the_directory() {
    let scene = Scene::set().await;
    let house = scene.house();
    let (ana, _) = scene.served.person("Ana Verano").await;
    let id = person_id(&ana);
    let may = Capabilities { admin: true, auditor: true, author: true };
    change_person::change_capabilities(&house.app, &house.admin, id, may).await.unwrap();
    change_team::make_team(&house.app, &house.admin, "crew".to_owned()).await.unwrap();
    change_team::set_lead(&house.app, &house.admin, "crew".to_owned(), id.to_string(), true).await.unwrap();
    let path = format!("/Users/{id}");
    // Whoever governs the directory gives nobody else's address to an admin.
    let moved = json!([{ "op": "replace", "path": "userName", "value": "mallory@example.com" }]);
    scene.patch(&path, moved.clone()).await.is_error(403, "");
    for active in [false, true] {
        scene.patch(&path, json!([{ "op": "replace", "path": "active", "value": active }])).await.is(200);
    }
    let (person, leads) = house
        .app
        .db
        .read(house.app.now(), move |r| {
            Ok((habilis::identity::rows::person(r, id)?.unwrap(), habilis::identity::rows::led_by(r, id)?))
        })
        .await
        .unwrap();
    assert_eq!((person.capabilities, person.state, leads.len()), (Capabilities::default(), State::Active, 0));
    scene.patch(&path, moved).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_an_admin_shut_out_only_an_admin_lets_in() {
    let scene = Scene::set().await;
    let house = scene.house();
    let id = scene.person("ana@example.com").await;
    let path = format!("/Users/{id}");
    let on = || json!([{ "op": "replace", "path": "active", "value": true }]);
    disable_person::disable_person(&house.app, &house.admin, id.parse().unwrap(), "for cause".to_owned())
        .await
        .unwrap();
    scene.patch(&path, on()).await.is_error(403, "");
    let mut whole = scene.get(&path).await.is(200).body;
    assert_eq!(whole["active"], false);
    whole["active"] = json!(true);
    scene.put(&path, &whole).await.is_error(403, "");
    // Nor by letting them go and bringing them in again.
    scene.delete(&path).await.is(204);
    scene.post("/Users", &user("ana@example.com")).await.is_error(403, "");
    let mut still = user("ana@example.com");
    still["active"] = json!(false);
    assert_eq!(scene.post("/Users", &still).await.is(201).body["active"], false);
    scene.patch(&path, on()).await.is_error(403, "");
    house.advance("PT1H");
    disable_person::enable_person(&house.app, &house.admin, id.parse().unwrap()).await.unwrap();
    // What the directory shuts out, it lets in.
    for active in [false, true] {
        let patched = scene.patch(&path, json!([{ "op": "replace", "path": "active", "value": active }])).await.is(200);
        assert_eq!(patched.body["active"], active);
    }
    // A period of the directory that an admin ended gives no right to end the next one.
    scene.patch(&path, json!([{ "op": "replace", "path": "active", "value": false }])).await.is(200);
    house.advance("PT1H");
    disable_person::enable_person(&house.app, &house.admin, id.parse().unwrap()).await.unwrap();
    house.advance("PT1H");
    disable_person::disable_person(&house.app, &house.admin, id.parse().unwrap(), "for cause".to_owned())
        .await
        .unwrap();
    scene.patch(&path, on()).await.is_error(403, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_by_the_directory_signs_in_by_a_link() {
    let scene = Scene::set().await;
    let house = scene.house();
    let id = scene.person("ana@example.com").await;
    let link = invite_person::personal_link(&house.app, &house.admin, id.parse().unwrap()).await.unwrap();
    let secret = Secret::presented(link.url.rsplit('/').next().unwrap());
    // The address changes: what was mailed to the old one opens nothing.
    let moved = json!([{ "op": "replace", "path": "userName", "value": "ana.gil@example.com" }]);
    scene.patch(&format!("/Users/{id}"), moved).await.is(200);
    let nobody = Actor::anonymous("192.0.2.1");
    open_link::open_link(&house.app, &nobody, secret, PASSWORD.into(), "test").await.unwrap_err();
    let link = invite_person::personal_link(&house.app, &house.admin, id.parse().unwrap()).await.unwrap();
    let secret = Secret::presented(link.url.rsplit('/').next().unwrap());
    let begun = open_link::open_link(&house.app, &nobody, secret, PASSWORD.into(), "test").await.unwrap();
    assert_eq!(begun.person.email.as_str(), "ana.gil@example.com");
    assert_eq!(scene.get(&format!("/Users/{id}")).await.body["active"], true);
}
