//! What ends, and what receivers hear of it.

use super::scene::{Scene, event, names};
use crate::{
    oauth::{
        self,
        machines::{account, exchange::exchanger},
    },
    support::{House, person_id},
};
use habilis::{
    access::rows::LockKind,
    actions::{
        accept_client::decline_client,
        change_client::{Changes, change_client},
        disable_person::{disable_person, enable_person},
        disconnect_client::disconnect_client,
        erase_person::erase_person,
        lock::{lift_lock, place_lock},
        register_client::remove_client,
        revoke_certificate, revoke_grant,
        sign_out::{end_session, sign_out},
    },
    identity::actor::Actor,
};
use serde_json::{Value, json};

fn user(scene: &Scene, who: &Actor) -> Value {
    json!({ "format": "iss_sub", "iss": scene.house().app.settings.issuer(), "sub": person_id(who) })
}

async fn certified(house: &House, name: &str) -> Actor {
    let who = house.person(name).await;
    house.certify(&who, "alpha").await;
    house.ask(&who, "reader").await.unwrap();
    house.ask(&who, "either").await.unwrap();
    house.advance("PT1S");
    who
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_a_session_is_told_with_who_did_it() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    let app = &scene.house().app;
    let (ana, eve) = (scene.house().person("Ana").await, scene.house().person("Eve").await);
    scene.tick();
    sign_out(app, &ana).await.unwrap();
    let taken = own.take(&stream, 1).await;
    let (name, body) = event(&taken[0]);
    assert_eq!(name, "session-revoked");
    let session = json!({ "format": "opaque", "id": ana.signed().unwrap().session });
    assert_eq!(taken[0]["sub_id"], json!({ "format": "complex", "user": user(&scene, &ana), "session": session }));
    assert_eq!(body["initiating_entity"], "user");
    assert_eq!(body["event_timestamp"], app.now().seconds());
    assert_eq!(body["reason_admin"], json!({ "en": "The person signed out." }));
    assert!(taken[0]["txn"].as_str().unwrap().starts_with("evt_"), "{}", taken[0]);

    scene.tick();
    let admin = scene.house().admin.clone();
    end_session(app, &admin, person_id(&eve), eve.signed().unwrap().session).await.unwrap();
    let taken = own.take(&stream, 1).await;
    assert_eq!(event(&taken[0]).1["initiating_entity"], "admin");
    assert_eq!(event(&taken[0]).1["reason_user"]["en"], "The session was ended.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reasons_are_told_in_the_persons_language() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    let app = &scene.house().app;
    let (ana, _) = scene.house().joined("Ana", &[]).await;
    let id = person_id(&ana);
    app.db
        .write(app.now(), move |w| {
            habilis::db::sql("UPDATE persons SET language = 'fr' WHERE id = ?").bind(&id).run(w)?;
            Ok(())
        })
        .await
        .unwrap();
    sign_out(app, &ana).await.unwrap();
    let body = event(&own.take(&stream, 1).await[0]).1;
    assert_eq!(body["reason_user"], json!({ "en": "The person signed out.", "fr": "La personne s’est déconnectée." }));
    assert_eq!(body["reason_admin"], json!({ "en": "The person signed out." }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_told_of_when_it_is_shut_opened_and_erased() {
    let scene = Scene::set().await;
    let own = scene.own();
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let ana = certified(house, "Ana").await;
    let stream = own.subscribe().await;
    disable_person(app, admin, person_id(&ana), "left".into()).await.unwrap();
    let taken = own.take(&stream, 3).await;
    // One event says that everything has ended, in place of one for each session.
    assert_eq!(names(&taken), ["account-disabled", "session-revoked", "token-claims-change"]);
    assert!(taken.iter().all(|claims| claims["sub_id"] == user(&scene, &ana)), "{taken:#?}");
    assert_eq!(event(&taken[1]).1["initiating_entity"], "admin");
    assert_eq!(event(&taken[2]).1["claims"], json!({ "roles": [] }));
    assert_eq!(taken[0]["txn"], taken[1]["txn"], "they come from one change");
    assert!(!json!(taken).to_string().contains("Ana"), "nothing but ids");
    scene.tick();
    enable_person(app, admin, person_id(&ana)).await.unwrap();
    assert_eq!(names(&own.take(&stream, 1).await), ["account-enabled"]);
    scene.tick();
    disable_person(app, admin, person_id(&ana), "left".into()).await.unwrap();
    assert_eq!(names(&own.take(&stream, 2).await), ["account-disabled", "session-revoked"]);
    erase_person(app, admin, person_id(&ana), "ana@example.com".into(), "asked for it".into()).await.unwrap();
    assert_eq!(names(&own.take(&stream, 1).await), ["account-purged"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_are_told_whole_whenever_they_change() {
    let scene = Scene::set().await;
    let (own, lake) = (scene.own(), scene.and("lake", Some("lake")).await);
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let ana = certified(house, "Ana").await;
    let (stream, lakes) = (own.subscribe().await, lake.subscribe().await);
    let roles = |claims: &Value| event(claims).1["claims"]["roles"].clone();

    // A grant that is revoked.
    let grants = app.db.read(app.now(), {
        let id = person_id(&ana);
        move |r| Ok(habilis::access::rows::live_grants(r, id, None)?)
    });
    let grants = grants.await.unwrap();
    let either = grants.iter().find(|grant| grant.role_id.as_str() == "either").unwrap();
    revoke_grant::revoke_grant(app, admin, either.id, "no need".into()).await.unwrap();
    let taken = own.take(&stream, 1).await;
    assert_eq!((names(&taken)[0], roles(&taken[0])), ("token-claims-change", json!(["reader"])));
    assert_eq!(taken[0]["sub_id"], user(&scene, &ana));
    assert_eq!(roles(&lake.take(&lakes, 1).await[0]), json!(["reader"]));

    // A lock on a role, and its end; on a warehouse that a receiver has nothing to do with, it hears nothing.
    scene.tick();
    let lock = place_lock(app, admin, LockKind::Role, "reader".into(), "leak".into()).await.unwrap();
    assert_eq!(roles(&own.take(&stream, 1).await[0]), json!([]));
    assert_eq!(roles(&lake.take(&lakes, 1).await[0]), json!([]));
    scene.tick();
    lift_lock(app, admin, lock).await.unwrap();
    assert_eq!(roles(&own.take(&stream, 1).await[0]), json!(["reader"]));
    assert_eq!(roles(&lake.take(&lakes, 1).await[0]), json!(["reader"]));
    scene.tick();
    let lock = place_lock(app, admin, LockKind::Warehouse, "attic".into(), "leak".into()).await.unwrap();
    scene.tick();
    lift_lock(app, admin, lock).await.unwrap();

    // A lock on the person ends everything.
    scene.tick();
    let id = person_id(&ana).to_string();
    let lock = place_lock(app, admin, LockKind::Person, id, "stolen laptop".into()).await.unwrap();
    for taken in [own.take(&stream, 2).await, lake.take(&lakes, 2).await] {
        assert_eq!(names(&taken), ["session-revoked", "token-claims-change"]);
        assert_eq!((&taken[0]["sub_id"], roles(&taken[1])), (&user(&scene, &ana), json!([])));
        assert_eq!(event(&taken[0]).1["reason_admin"]["en"], "An admin has stopped all access.");
        assert!(!taken[0].to_string().contains("laptop"), "what an admin wrote stays in the house");
    }
    scene.tick();
    lift_lock(app, admin, lock).await.unwrap();
    assert_eq!(roles(&own.take(&stream, 1).await[0]), json!(["reader"]));

    // A certificate that is revoked takes the role away with it.
    scene.tick();
    let who = person_id(&ana);
    let held =
        app.db.read(app.now(), move |r| Ok(habilis::certification::rows::certificates_of(r, who)?)).await.unwrap();
    revoke_certificate::revoke_certificate(app, admin, held[0].id, "cheated".into()).await.unwrap();
    assert_eq!(roles(&own.take(&stream, 1).await[0]), json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_that_runs_out_is_told_of_by_the_sweep() {
    let scene = Scene::set().await;
    let own = scene.own();
    let house = scene.house();
    certified(house, "Ana").await;
    let stream = own.subscribe().await;
    house.advance("P61D");
    habilis::actions::sweep::sweep(&house.app).await.unwrap();
    let taken = own.take(&stream, 1).await;
    let body = event(&taken[0]).1;
    assert_eq!(body["claims"]["roles"], json!(["either"]), "the reader's sixty days are over");
    assert_eq!(body["initiating_entity"], "policy");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_that_loses_what_it_held_is_named() {
    let oauth = oauth::scene::Scene::set().await;
    let (web, native) = (oauth.web.clone(), oauth.native.clone());
    oauth.connect(&web, &[]).await;
    oauth.connect(&native, &[]).await;
    let ana = oauth.ana.clone();
    let oauth::scene::Scene { served, .. } = oauth;
    let (id, token) = super::scene::receiver(&served.house, super::scene::AUDIENCE, None).await;
    let scene = Scene { served, id, token };
    let (own, attic) = (scene.own(), scene.and("attic", Some("attic")).await);
    let (stream, attics) = (own.subscribe().await, attic.subscribe().await);
    let app = &scene.house().app;
    scene.tick();
    disconnect_client(app, &ana, web.id.clone()).await.unwrap();
    let taken = own.take(&stream, 1).await;
    assert_eq!(names(&taken), ["session-revoked"]);
    assert_eq!(taken[0]["sub_id"]["application"], json!({ "format": "opaque", "id": web.id }));
    assert_eq!(taken[0]["sub_id"]["user"], user(&scene, &ana));
    assert_eq!(taken[0]["sub_id"]["session"]["id"], json!(ana.signed().unwrap().session));
    assert_eq!(event(&taken[0]).1["initiating_entity"], "user");
    // The session that stands behind the other tool ends: one event says it all.
    scene.tick();
    sign_out(app, &ana).await.unwrap();
    let taken = own.take(&stream, 1).await;
    assert!(taken[0]["sub_id"].get("application").is_none(), "{}", taken[0]);
    // Who has to do with another warehouse hears of the session, and not of the tool.
    let taken = attic.take(&attics, 1).await;
    assert_eq!((names(&taken)[0], taken[0]["sub_id"].get("application")), ("session-revoked", None));
}

/// Whoever exchanged a token holds one with a `client_id` of its own: what the first one loses, it loses, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn machines_that_lose_what_they_held_are_named() {
    let oauth = oauth::scene::Scene::set().await;
    let ana = oauth.ana.clone();
    let machine = account(oauth.house(), &ana, &["reader"]).await;
    let server = exchanger(oauth.house(), &[&machine.id, &oauth.web.id], None).await.unwrap();
    let token = oauth.service_token(&machine, &[]).await;
    oauth.service_token(&machine, &[]).await;
    oauth.exchanged(&server, &token, &[]).await;
    let connected = oauth.connect(&oauth.web, &[]).await;
    oauth.exchanged(&server, connected["access_token"].as_str().unwrap(), &[]).await;
    let web = oauth.web.clone();
    let oauth::scene::Scene { served, .. } = oauth;
    let (id, token) = super::scene::receiver(&served.house, super::scene::AUDIENCE, Some("lake")).await;
    let scene = Scene { served, id, token };
    let (own, attic) = (scene.own(), scene.and("attic", Some("attic")).await);
    let (stream, attics) = (own.subscribe().await, attic.subscribe().await);
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let named = |taken: &[Value], of: &str| {
        let mut clients: Vec<String> = taken
            .iter()
            .map(|set| {
                assert_eq!(
                    (names(&taken[..1])[0], &set["sub_id"]["user"]["sub"]),
                    ("session-revoked", &json!(of)),
                    "{set}"
                );
                set["sub_id"]["application"]["id"].as_str().unwrap().to_owned()
            })
            .collect();
        clients.sort();
        clients
    };
    let both = |one: &str| {
        let mut both = vec![one.to_owned(), server.id.clone()];
        both.sort();
        both
    };
    // The owner takes their consent back: once, however many tokens lived.
    scene.tick();
    decline_client(app, &ana, machine.id.clone()).await.unwrap();
    assert_eq!(named(&own.take(&stream, 2).await, &machine.id), both(&machine.id));
    // A tool of a person.
    scene.tick();
    disconnect_client(app, &ana, web.id.clone()).await.unwrap();
    assert_eq!(named(&own.take(&stream, 2).await, &person_id(&ana).to_string()), both(&web.id));
    // An account that holds nothing any more loses nothing.
    scene.tick();
    remove_client(app, admin, machine.id.clone()).await.unwrap();
    scene.tick();
    sign_out(app, &ana).await.unwrap();
    let taken = own.take(&stream, 1).await;
    assert!(taken[0]["sub_id"].get("application").is_none(), "{}", taken[0]);
    let taken = attic.take(&attics, 1).await;
    assert!(taken[0]["sub_id"].get("application").is_none(), "another warehouse's: {}", taken[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_got_by_exchange_is_named_when_it_is_taken_from_it() {
    let oauth = oauth::scene::Scene::set().await;
    let ana = oauth.ana.clone();
    let machine = account(oauth.house(), &ana, &["reader"]).await;
    let server = exchanger(oauth.house(), &[&machine.id, &oauth.web.id], None).await.unwrap();
    let held = [oauth.service_token(&machine, &[]).await, oauth.service_token(&machine, &[]).await];
    oauth.exchanged(&server, &held[0], &[]).await;
    let connected = oauth.connect(&oauth.web, &[]).await;
    oauth.exchanged(&server, connected["access_token"].as_str().unwrap(), &[]).await;
    let oauth::scene::Scene { served, .. } = oauth;
    let (id, token) = super::scene::receiver(&served.house, super::scene::AUDIENCE, Some("lake")).await;
    let scene = Scene { served, id, token };
    let own = scene.own();
    let stream = own.subscribe().await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let told = async || {
        let taken = own.take(&stream, 1).await;
        let subject = &taken[0]["sub_id"];
        (names(&taken)[0].to_owned(), subject["user"]["sub"].clone(), subject["application"]["id"].clone())
    };
    // One tool, and then the other, is taken from the server.
    for (left, of) in [(machine.id.as_str(), person_id(&ana).to_string()), ("habilis-cli", machine.id.clone())] {
        scene.tick();
        let changes = Changes { exchanges: Some(vec![left.to_owned()]), ..Changes::default() };
        change_client(app, admin, server.id.clone(), changes).await.unwrap();
        assert_eq!(told().await, ("session-revoked".to_owned(), json!(of), json!(server.id)));
    }
    // An account that gives one of two tokens back still has the other.
    let give_back = async |token: &str| {
        scene.tick();
        let call = scene.served.call(reqwest::Method::POST, "/revoke").basic_auth(&machine.id, machine.secret.as_ref());
        assert_eq!(call.form(&[("token", token)]).send().await.unwrap().status(), 200);
    };
    give_back(&held[0]).await;
    scene.tick();
    assert_eq!(own.poll(&stream, json!({ "returnImmediately": true })).await.body["sets"], json!({}));
    give_back(&held[1]).await;
    assert_eq!(told().await, ("session-revoked".to_owned(), json!(machine.id), json!(machine.id)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_was_asked_for_is_told_and_nothing_from_before() {
    let scene = Scene::set().await;
    let own = scene.own();
    let house = scene.house();
    let eve = house.person("Eve").await;
    sign_out(&house.app, &eve).await.unwrap();
    scene.tick();
    let wanted = json!({ "events_requested": [habilis::signals::event::Event::AccountDisabled.word()] });
    let stream = own.subscribe_to(wanted).await;
    let ana = house.person("Ana").await;
    sign_out(&house.app, &ana).await.unwrap();
    scene.tick();
    disable_person(&house.app, &house.admin, person_id(&ana), "left".into()).await.unwrap();
    assert_eq!(names(&own.take(&stream, 1).await), ["account-disabled"]);
    let rest = own.poll(&stream, json!({ "returnImmediately": true })).await;
    assert_eq!(rest.body["sets"], json!({}));
}

/// What is rolled back was never told, and where nobody listens nothing is noted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_did_not_happen_is_not_told() {
    let scene = Scene::set().await;
    let house = scene.house();
    let app = &house.app;
    let count = async || {
        let all = app.db.read(app.now(), |r| Ok(habilis::db::sql("SELECT COUNT(*) AS n FROM signals").one::<i64>(r)?));
        all.await.unwrap()
    };
    let end = async |who: &Actor, fails: bool| {
        let (person, session) = (person_id(who), who.signed().unwrap().session);
        let ended = app.db.write(app.now(), move |w| {
            habilis::identity::rows::end_session(w, session, person)?;
            if fails { Err(habilis::base::refusal::Broken::defect("the cable").into()) } else { Ok(()) }
        });
        assert_eq!(ended.await.is_err(), fails);
    };
    let (ana, eve) = (house.person("Ana").await, house.person("Eve").await);
    end(&eve, false).await;
    assert_eq!(count().await, 0, "nobody listens");
    let own = scene.own();
    let stream = own.subscribe().await;
    end(&ana, true).await;
    assert_eq!(count().await, 0);
    let none = own.poll(&stream, json!({ "returnImmediately": true })).await;
    assert_eq!(none.body["sets"], json!({}));
    end(&ana, false).await;
    assert_eq!(names(&own.take(&stream, 1).await), ["session-revoked"]);
}
