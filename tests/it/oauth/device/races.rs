//! Two at once: one token, one answer, one guess after the other; and every replica knows the same.

use super::{GRANT, SCOPE, command_line};
use crate::oauth::scene::Scene;
use habilis::{
    actions::{
        authorize::Say,
        confirm_device::{self, Turn},
        poll_device::{self, Polled},
        prove_client::{self, Credentials},
    },
    app::App,
    base::refusal::Fault,
    identity::{actor::Actor, secret::Secret},
    tokens::device::OF_PERSON,
};
use std::collections::BTreeMap;

async fn poll(app: &App, code: &str) -> Result<Polled, Fault> {
    let nobody = Actor::anonymous("192.0.2.1");
    let shown = Credentials { client_id: command_line().id, secrets: Vec::new() };
    let client = prove_client::prove_client(app, &nobody, shown).await?;
    poll_device::poll_device(app, &nobody, client, Secret::presented(code), None).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn polls_at_once_get_one_set_of_tokens() {
    let scene = Scene::set().await;
    let replica = scene.house().replica().await;
    let codes = scene.device(&command_line(), SCOPE).await;
    assert_eq!(scene.say(&scene.cookie, &codes.user, "yes").await.status, 200);
    let polls = (0..12).map(|n| {
        let app = if n % 2 == 0 { scene.house().app.clone() } else { replica.clone() };
        let code = codes.device.clone();
        tokio::spawn(async move {
            match poll(&app, &code).await {
                Ok(Polled::Issued(_)) => "issued",
                Ok(_) => "not yet",
                Err(fault) => crate::support::code(&fault),
            }
        })
    });
    let mut told = BTreeMap::new();
    for poll in polls.collect::<Vec<_>>() {
        *told.entry(poll.await.unwrap()).or_insert(0) += 1;
    }
    assert_eq!(told, BTreeMap::from([("issued", 1), ("oauth-grant", 11)]));
    assert_eq!(scene.house().events("token.minted").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn polls_at_once_before_an_answer_are_counted_one_by_one() {
    let scene = Scene::set().await;
    let codes = scene.device(&command_line(), SCOPE).await;
    let polls = (0..6).map(|_| {
        let (app, code) = (scene.house().app.clone(), codes.device.clone());
        tokio::spawn(async move { matches!(poll(&app, &code).await.unwrap(), Polled::SlowDown) })
    });
    let mut slow = 0;
    for poll in polls.collect::<Vec<_>>() {
        slow += usize::from(poll.await.unwrap());
    }
    assert_eq!(slow, 5, "the first one may ask, the others came too soon");
    // Five times five seconds more.
    scene.house().advance("PT29S");
    assert_eq!(scene.polled(&command_line(), &codes).await, "slow_down");
    scene.house().advance("PT35S");
    assert_eq!(scene.polled(&command_line(), &codes).await, "authorization_pending");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn yes_and_no_at_once_are_one_answer() {
    let scene = Scene::set().await;
    let replica = scene.house().replica().await;
    for _ in 0..5 {
        let codes = scene.device(&command_line(), SCOPE).await;
        let before = scene.house().events("tool.connected").await;
        let answers = (0..6).map(|n| {
            let app = if n % 2 == 0 { scene.house().app.clone() } else { replica.clone() };
            let (ana, code) = (scene.ana.clone(), codes.user.clone());
            let say = if n % 3 == 0 { Say::No } else { Say::Yes };
            tokio::spawn(async move {
                match confirm_device::confirm_device(&app, &ana, &code, say).await {
                    Ok(Turn::Allowed { .. }) => "yes",
                    Ok(Turn::Denied { .. }) => "no",
                    Ok(_) => "asked",
                    Err(fault) => crate::support::code(&fault),
                }
            })
        });
        let mut told = Vec::new();
        for answer in answers.collect::<Vec<_>>() {
            told.push(answer.await.unwrap());
        }
        told.sort_unstable();
        told.dedup();
        assert!(told == ["yes"] || told == ["no"], "{told:?}");
        let yes = told == ["yes"];
        assert_eq!(scene.house().events("tool.connected").await - before, i64::from(yes));
        scene.house().advance("PT6S");
        assert_eq!(scene.poll(&command_line(), &codes).await.status, if yes { 200 } else { 400 });
    }
}

/// An answer that comes at the end of its code's time counts before it, and not after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_counts_until_the_end_and_not_after_it() {
    let scene = Scene::set().await;
    let (early, late) = (scene.device(&command_line(), SCOPE).await, scene.device(&command_line(), SCOPE).await);
    scene.house().advance("PT9M59S");
    assert_eq!(scene.say(&scene.cookie, &early.user, "yes").await.status, 200);
    assert_eq!(scene.poll(&command_line(), &early).await.status, 200);
    scene.house().advance("PT2S");
    for say in ["yes", "no"] {
        assert_eq!(scene.say(&scene.cookie, &late.user, say).await.status, 404);
    }
    assert_eq!(scene.polled(&command_line(), &late).await, "expired_token");
    assert_eq!(scene.house().events("tool.connected").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_guesses_at_once_are_worth_no_more_than_in_a_row() {
    let scene = Scene::set().await;
    let replica = scene.house().replica().await;
    let guesses = (0..20).map(|n: usize| {
        let app = if n.is_multiple_of(2) { scene.house().app.clone() } else { replica.clone() };
        let (ana, letters) = (scene.ana.clone(), b"BCDFGHJKLMNPQRSTVWXZ");
        let code = format!("CCCCCCC{}", char::from(letters[n]));
        tokio::spawn(async move {
            let fault = confirm_device::look_at_device(&app, &ana, &code).await.err().unwrap();
            crate::support::code(&fault) == "device-code-unknown"
        })
    });
    let mut judged = 0;
    for guess in guesses.collect::<Vec<_>>() {
        judged += i64::from(guess.await.unwrap());
    }
    assert_eq!(judged, OF_PERSON);
}

/// All of it is in the database: begun on one replica, answered on another, fetched from the first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replicas_know_the_same_codes() {
    let scene = Scene::set().await;
    let replica = scene.house().replica().await;
    let codes = scene.device(&command_line(), SCOPE).await;
    assert!(matches!(poll(&replica, &codes.device).await.unwrap(), Polled::Pending));
    assert_eq!(scene.polled(&command_line(), &codes).await, "slow_down", "the other one was asked just now");
    let turn = confirm_device::confirm_device(&replica, &scene.ana, &codes.user, Say::Yes).await.unwrap();
    assert!(matches!(turn, Turn::Allowed { .. }));
    let reply = scene.call(&command_line(), "/token", &[("grant_type", GRANT), ("device_code", &codes.device)]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}
