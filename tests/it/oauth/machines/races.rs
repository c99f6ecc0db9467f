//! Two at once: whoever mints and whoever ends follow one another, on every replica.

use super::account;
use crate::{oauth::scene::Scene, support::person_id};
use habilis::{
    actions::{
        accept_client, disable_person, hand_over_client,
        prove_client::{self, Credentials},
        service_token,
    },
    app::App,
    base::refusal::Fault,
    identity::actor::Actor,
    tokens::rows,
};
use std::collections::BTreeMap;

async fn mint(app: &App, tool: &crate::oauth::scene::Tool) -> Result<String, Fault> {
    let nobody = Actor::anonymous("192.0.2.1");
    let shown = Credentials { client_id: tool.id.clone(), secrets: tool.secret.clone().into_iter().collect() };
    let client = prove_client::prove_client(app, &nobody, shown).await?;
    Ok(service_token::service_token(app, &nobody, client, None, None).await?.access_token)
}

/// Mints from two replicas while something ends; returns what was minted, and how the others were refused.
async fn storm(
    scene: &Scene,
    tool: &crate::oauth::scene::Tool,
    end: impl Future<Output = Result<(), Fault>>,
) -> (Vec<String>, BTreeMap<&'static str, usize>) {
    let replica = scene.house().replica().await;
    let mints = (0..16).map(|n| {
        let app = if n % 2 == 0 { scene.house().app.clone() } else { replica.clone() };
        let tool = tool.clone();
        tokio::spawn(async move { mint(&app, &tool).await })
    });
    let mints = mints.collect::<Vec<_>>();
    end.await.unwrap();
    let (mut tokens, mut refused) = (Vec::new(), BTreeMap::new());
    for mint in mints {
        match mint.await.unwrap() {
            Ok(token) => tokens.push(token),
            Err(fault) => *refused.entry(crate::support::code(&fault)).or_insert(0) += 1,
        }
    }
    (tokens, refused)
}

/// Where the lines of a kind stand in the log.
async fn places(scene: &Scene, kind: &'static str) -> Vec<i64> {
    let app = &scene.house().app;
    let read = app.db.read(app.now(), move |r| {
        Ok(habilis::db::sql("SELECT seq AS n FROM events WHERE kind = ? ORDER BY seq").bind(&kind).all::<i64>(r)?)
    });
    read.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn mints_while_the_owner_is_shut_out_leave_nothing_that_lives() {
    let scene = Scene::set().await;
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    let (app, admin, ana) = (&scene.house().app, &scene.house().admin, person_id(&scene.ana));
    let end = disable_person::disable_person(app, admin, ana, "left".into());
    let (tokens, refused) = storm(&scene, &tool, end).await;
    assert!(refused.keys().all(|code| *code == "oauth-owner-lacks"), "{refused:?}");
    assert_eq!(tokens.len() + refused.values().sum::<usize>(), 16);
    let end = places(&scene, "person.disabled").await[0];
    assert!(places(&scene, "token.minted").await.iter().all(|mint| *mint < end), "minted after the end");
    for token in &tokens {
        assert!(!scene.lives(&serde_json::json!(token)).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn mints_while_an_account_is_handed_over_rest_on_one_owner_each() {
    let scene = Scene::set().await;
    let (eve, _) = scene.house().joined("Eve Marin", &[]).await;
    scene.house().certify(&eve, "alpha").await;
    scene.house().ask(&eve, "reader").await.unwrap();
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let end = async {
        hand_over_client::hand_over_client(app, admin, tool.id.clone(), person_id(&eve).to_string()).await?;
        accept_client::accept_client(app, &eve, tool.id.clone(), accept_client::Shown::default()).await
    };
    let (tokens, refused) = storm(&scene, &tool, end).await;
    assert!(refused.keys().all(|code| *code == "oauth-grant"), "{refused:?}");
    let eves = serde_json::json!(person_id(&eve));
    for token in &tokens {
        let said = crate::oauth::scene::claims(token);
        assert_eq!(scene.lives(&serde_json::json!(token)).await, said["owner"] == eves, "{said}");
    }
    let id = tool.id.clone();
    let held = app.db.read(app.now(), move |r| Ok(rows::client(r, &id)?)).await.unwrap().unwrap();
    assert_eq!(held.owner, Some(person_id(&eve)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn mints_while_an_account_is_named_anew_leave_no_old_name_that_lives() {
    let scene = Scene::set().await;
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    for round in 0..6 {
        let name = format!("SVC_{round}");
        let end = hand_over_client::name_client(app, admin, tool.id.clone(), "lake".parse().unwrap(), name.clone());
        let (tokens, refused) = storm(&scene, &tool, end).await;
        assert!(refused.is_empty(), "{refused:?}");
        for token in &tokens {
            let said = crate::oauth::scene::claims(token);
            let new = said["preferred_username"] == serde_json::json!(name);
            assert_eq!(scene.lives(&serde_json::json!(token)).await, new, "{said}");
        }
        scene.tick();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn mints_while_the_owner_takes_back_that_they_agree_leave_nothing_that_lives() {
    let scene = Scene::set().await;
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    let end = accept_client::decline_client(&scene.house().app, &scene.ana, tool.id.clone());
    let (tokens, refused) = storm(&scene, &tool, end).await;
    assert!(refused.keys().all(|code| *code == "oauth-grant"), "{refused:?}");
    let end = places(&scene, "client.declined").await[0];
    assert!(places(&scene, "token.minted").await.iter().all(|mint| *mint < end), "minted after the end");
    for token in &tokens {
        assert!(!scene.lives(&serde_json::json!(token)).await);
    }
}
