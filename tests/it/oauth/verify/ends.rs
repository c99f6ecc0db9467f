//! Each way in which a token ends before its time.

use super::{Two, ask, minted, remembers};
use crate::support::{House, person_id, slug};
use habilis::{
    access::{self, rows::LockKind},
    actions::{
        disable_person, lock, read_certificates, register_client, revoke_certificate, revoke_grant, rotate_keys,
        sign_out,
    },
    base::ids::{self, Id},
    identity::actor::Actor,
    tokens::rows::Purpose,
};

/// Somebody who holds the role `reader`.
async fn reader(house: &House, name: &str) -> Actor {
    let who = house.person(name).await;
    house.certify(&who, "alpha").await;
    house.ask(&who, "reader").await.unwrap();
    who
}

async fn grant(house: &House, who: &Actor) -> Id<ids::Grant> {
    let me = person_id(who);
    let read = house.app.db.read(house.app.now(), move |r| Ok(access::rows::effective(r, me, &slug("reader"))?)).await;
    read.unwrap().unwrap().grant_id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ends_an_access_ends_its_tokens_on_every_replica() {
    let two = Two::set().await;
    let house = two.scene.house();
    let (app, admin) = (&house.app, &house.admin);

    let revoked = reader(house, "Grant Revoked").await;
    let token = minted(&two.scene, &revoked, "reader").await;
    two.lives(&token).await;
    revoke_grant::revoke_grant(app, admin, grant(house, &revoked).await, "moved on".into()).await.unwrap();
    two.ended(&token, "a grant").await;

    let lapsed = reader(house, "Certificate Revoked").await;
    let token = minted(&two.scene, &lapsed, "reader").await;
    two.lives(&token).await;
    let held = read_certificates::my_certificates(app, &lapsed).await.unwrap();
    revoke_certificate::revoke_certificate(app, admin, held[0].id, "cheated".into()).await.unwrap();
    two.ended(&token, "a certificate").await;

    let leaver = reader(house, "Person Disabled").await;
    let token = minted(&two.scene, &leaver, "reader").await;
    two.lives(&token).await;
    disable_person::disable_person(app, admin, person_id(&leaver), "left".into()).await.unwrap();
    two.ended(&token, "a person").await;

    let signed_out = reader(house, "Session Ended").await;
    let token = minted(&two.scene, &signed_out, "reader").await;
    two.lives(&token).await;
    sign_out::sign_out(app, &signed_out).await.unwrap();
    two.ended(&token, "a session").await;

    // Nobody else's was touched.
    two.lives(&minted(&two.scene, &two.scene.ana, "reader").await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_stops_tokens_on_every_replica_for_as_long_as_it_is_there() {
    let two = Two::set().await;
    let (app, admin) = (&two.scene.house().app, &two.scene.house().admin);
    let token = minted(&two.scene, &two.scene.ana, "reader").await;
    let me = two.scene.person();
    for (kind, subject) in [(LockKind::Role, "reader"), (LockKind::Warehouse, "lake"), (LockKind::Person, me.as_str())]
    {
        two.lives(&token).await;
        let placed = lock::place_lock(app, admin, kind, subject.into(), "a leak".into()).await.unwrap();
        two.ended(&token, subject).await;
        two.scene.tick();
        lock::lift_lock(app, admin, placed).await.unwrap();
        two.scene.tick();
    }
    two.lives(&token).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ends_a_tool_ends_its_tokens_on_every_replica() {
    let two = Two::set().await;
    let scene = &two.scene;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let access = async |tool| scene.connect(tool, &[]).await["access_token"].as_str().unwrap().to_owned();

    let token = access(&scene.web).await;
    two.lives(&token).await;
    assert_eq!(scene.call(&scene.web, "/revoke", &[("token", &token)]).await.status, 200);
    two.ended(&token, "given back").await;

    let token = access(&scene.web).await;
    two.lives(&token).await;
    let path = format!("/account/tools/{}/disconnect", scene.web.id);
    assert_eq!(scene.post(&scene.cookie, &path, &[]).await.status, 303);
    two.ended(&token, "a tool that was disconnected").await;

    let token = access(&scene.native).await;
    two.lives(&token).await;
    register_client::remove_client(app, admin, scene.native.id.clone()).await.unwrap();
    two.ended(&token, "a client").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_is_retired_ends_what_it_has_signed() {
    let two = Two::set().await;
    let (app, admin) = (&two.scene.house().app, &two.scene.house().admin);
    let token = minted(&two.scene, &two.scene.ana, "reader").await;
    let kid = crate::oauth::scene::head(&token)["kid"].as_str().unwrap().to_owned();
    rotate_keys::rotate_keys(app, admin, Purpose::Token, None, rotate_keys::Haste::Now).await.unwrap();
    two.lives(&token).await;
    let next = minted(&two.scene, &two.scene.ana, "reader").await;
    two.lives(&next).await;
    rotate_keys::retire_key(app, admin, kid).await.unwrap();
    two.ended(&token, "a key").await;
    two.lives(&next).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_ends_a_token_in_memory_at_its_second() {
    let two = Two::set().await;
    let house = two.scene.house();
    let token = minted(&two.scene, &two.scene.ana, "reader").await;
    two.lives(&token).await;
    let ends = crate::oauth::scene::claims(&token)["exp"].as_i64().unwrap();
    let clock = &house.clock;
    clock.set(clock.now().plus_seconds(ends - clock.now().seconds() - 1));
    two.lives(&token).await;
    // In its last second it is remembered; at its end it is not.
    clock.set(habilis::base::clock::Time::from_micros(ends * 1_000_000));
    assert!(!remembers(&house.app, &token) && !remembers(&two.other, &token));
    two.ended(&token, "time").await;
    let reply = ask(&two.scene, &two.other_base, "", &token).await;
    assert!(reply.header("www-authenticate").contains("error=\"invalid_token\""), "{:?}", reply.headers);
}

/// Who introspects is remembered, too: by what they presented, until a secret is ended or the client removed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_that_was_ended_introspects_nothing_on_any_replica() {
    let two = Two::set().await;
    let (scene, web) = (&two.scene, &two.scene.web);
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let token = minted(scene, &scene.ana, "reader").await;
    let second = register_client::add_secret(app, admin, web.id.clone()).await.unwrap();
    let ask = async |base: &str, secret: &str| {
        let asked = scene.served.client.post(format!("{base}/introspect")).basic_auth(&web.id, Some(secret));
        scene.send(asked.form(&[("token", &token)])).await.status
    };
    let replicas = [scene.served.base.as_str(), two.other_base.as_str()];
    let (first, other) = (web.secret.clone().unwrap(), second.secret.reveal().to_owned());
    for base in replicas {
        for _ in 0..3 {
            assert_eq!((ask(base, &first).await, ask(base, &other).await), (200, 200));
            // What is remembered is the whole of it.
            assert_eq!((ask(base, &format!("{other}x")).await, ask(base, "").await), (401, 401));
        }
    }
    register_client::end_secret(app, admin, web.id.clone(), second.id).await.unwrap();
    assert_eq!(ask(replicas[0], &other).await, 401, "at once, where it was ended");
    for _ in 0..120 {
        if ask(replicas[1], &other).await == 401 {
            break;
        }
        tokio::time::sleep(habilis::tokens::memory::PERIOD).await;
    }
    for base in replicas {
        assert_eq!((ask(base, &other).await, ask(base, &first).await), (401, 200));
    }
    register_client::remove_client(app, admin, web.id.clone()).await.unwrap();
    assert_eq!(ask(replicas[0], &first).await, 401);
    for _ in 0..120 {
        if ask(replicas[1], &first).await == 401 {
            return;
        }
        tokio::time::sleep(habilis::tokens::memory::PERIOD).await;
    }
    panic!("a client that was removed still introspects");
}
