//! Nobody's access is used by an account to which they have not agreed: not even by an admin who has the secret.

use super::{accept, account, registered};
use crate::{
    oauth::{
        scene::{Scene, Tool, claims},
        verify::{Two, lists},
    },
    support::{House, code, person_id},
};
use habilis::{
    actions::{
        accept_client::{Shown, accept_client, decline_client},
        hand_over_client::hand_over_client,
        notify, register_client,
    },
    certification::notice::{About, NoticeKind},
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::{Value, json};

/// The accounts that somebody is asked to agree to.
async fn asked(house: &House, who: &Actor) -> Vec<String> {
    let (_, notices) = notify::my_notices(&house.app, who).await.unwrap();
    let asks = notices.into_iter().filter(|notice| notice.kind == NoticeKind::ServiceAsks);
    let client = |about| match about {
        About::Account { client, .. } => client,
        other => panic!("{other:?}"),
    };
    asks.map(|notice| client(notice.about)).collect()
}

async fn waits(scene: &Scene, tool: &Tool) {
    let reply = scene.service(tool, &[]).await;
    let told = reply.json();
    assert_eq!((reply.status, &told["error"], &told["code"]), (400, &json!("invalid_grant"), &json!("oauth-grant")));
    assert!(told["error_description"].as_str().unwrap().contains("has not agreed"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_gets_no_token_before_its_owner_agrees_nor_after_they_take_it_back() {
    let two = Two::set().await;
    let scene = &two.scene;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let (eve, _) = house.joined("Eve Marin", &[]).await;
    // An admin names Ana, who may, and has the secret.
    let tool = registered(house, &scene.person(), &["reader"], &[]).await.unwrap();
    waits(scene, &tool).await;
    assert_eq!((asked(house, &scene.ana).await, asked(house, admin).await), (vec![tool.id.clone()], vec![]));
    let mails = notify::take_mail(app).await.unwrap();
    let to: Vec<_> =
        mails.iter().filter(|(one, _)| one.kind == NoticeKind::ServiceAsks).map(|(_, who)| who.id).collect();
    assert_eq!(to, [person_id(&scene.ana)]);
    // Nobody agrees for her.
    for other in [admin, &eve] {
        assert_eq!(
            code(&accept_client(app, other, tool.id.clone(), Shown::default()).await.unwrap_err()),
            "no-such-client"
        );
        assert_eq!(code(&decline_client(app, other, tool.id.clone()).await.unwrap_err()), "no-such-client");
    }
    assert_eq!(
        code(&accept_client(app, &scene.ana, scene.web.id.clone(), Shown::default()).await.unwrap_err()),
        "no-such-client"
    );
    waits(scene, &tool).await;
    for _ in 0..2 {
        accept(house, &scene.ana, &tool).await;
        assert_eq!(house.events("client.accepted").await, 1, "once");
    }
    assert!(asked(house, &scene.ana).await.is_empty());
    let token = scene.service_token(&tool, &[]).await;
    assert_eq!(claims(&token)["owner"], json!(scene.person()));
    two.lives(&token).await;
    let status = || lists::read(&app.settings.issuer(), &scene.served.base, &token)["status"].clone();
    assert_eq!(status(), json!(0));
    // Taken back: what it holds ends.
    for _ in 0..2 {
        decline_client(app, &scene.ana, tool.id.clone()).await.unwrap();
        assert_eq!(house.events("client.declined").await, 1, "once");
    }
    two.ended(&token, "what its owner agreed to").await;
    assert_eq!(status(), json!(1));
    waits(scene, &tool).await;
    accept(house, &scene.ana, &tool).await;
    two.lives(&scene.service_token(&tool, &[]).await).await;
    two.ended(&token, "it was ended before").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_owner_agreed_to_the_next_has_not() {
    let scene = Scene::set().await;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let (eve, _) = house.joined("Eve Marin", &[]).await;
    house.certify(&eve, "alpha").await;
    house.ask(&eve, "reader").await.unwrap();
    let tool = account(house, &scene.ana, &["reader"]).await;
    let hand = |to: &Actor| hand_over_client(app, admin, tool.id.clone(), person_id(to).to_string());
    hand(&eve).await.unwrap();
    waits(&scene, &tool).await;
    assert_eq!(
        code(&accept_client(app, &scene.ana, tool.id.clone(), Shown::default()).await.unwrap_err()),
        "no-such-client"
    );
    assert_eq!(asked(house, &eve).await, std::slice::from_ref(&tool.id));
    // She says no: it is in the log, and she is asked no more.
    decline_client(app, &eve, tool.id.clone()).await.unwrap();
    assert_eq!((asked(house, &eve).await, house.events("client.declined").await), (vec![], 1));
    waits(&scene, &tool).await;
    // Back with Ana, it is a question anew; which is none any more once it has gone on.
    scene.tick();
    hand(&scene.ana).await.unwrap();
    waits(&scene, &tool).await;
    assert_eq!(asked(house, &scene.ana).await, std::slice::from_ref(&tool.id));
    scene.tick();
    hand(&eve).await.unwrap();
    assert_eq!((asked(house, &scene.ana).await.len(), asked(house, &eve).await.len()), (0, 1));
    register_client::remove_client(app, admin, tool.id.clone()).await.unwrap();
    assert!(asked(house, &eve).await.is_empty());
    assert_eq!(code(&accept_client(app, &eve, tool.id.clone(), Shown::default()).await.unwrap_err()), "no-such-client");
    // Who registers an account for themselves, or takes one over, has agreed: what is missing is the access.
    let own = registered(house, &person_id(admin).to_string(), &["reader"], &[]).await.unwrap();
    assert_eq!(scene.service_error(&own, &[]).await.1, "oauth-owner-lacks");
    let taken = account(house, &scene.ana, &["reader"]).await;
    hand_over_client(app, admin, taken.id.clone(), person_id(admin).to_string()).await.unwrap();
    assert_eq!(scene.service_error(&taken, &[]).await.1, "oauth-owner-lacks");
    assert!(asked(house, admin).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_agrees_on_their_own_page() {
    let scene = Scene::set().await;
    let admin = scene.house().bearer(&scene.house().admin).await;
    let tool = registered(scene.house(), &scene.person(), &["reader"], &[]).await.unwrap();
    let (accept, decline) =
        (format!("/account/services/{}/accept", tool.id), format!("/account/services/{}/decline", tool.id));
    assert!(scene.get(&admin, "/clients").await.text.contains("Waits for its owner"));
    let told = scene.get(&scene.cookie, "/notices").await.text;
    assert!(told.contains("is to use your access") && told.contains("/account#services"), "{told}");
    let page = scene.get(&scene.cookie, "/account").await.text;
    assert!(page.contains(&accept) && page.contains(&decline) && page.contains("Waits for its owner"), "{page}");
    assert_eq!(scene.post(&admin, &accept, &[]).await.status, 404);
    waits(&scene, &tool).await;
    // What she agrees to is what her page showed.
    assert!(page.contains("<input type=\"hidden\" name=\"role\" value=\"reader\">"), "{page}");
    assert_eq!(scene.post(&scene.cookie, &accept, &[("role", "either")]).await.status, 409);
    waits(&scene, &tool).await;
    assert_eq!(scene.post(&scene.cookie, &accept, &[("role", "reader")]).await.status, 303);
    scene.service_token(&tool, &[]).await;
    let page = scene.get(&scene.cookie, "/account").await.text;
    assert!(!page.contains(&accept) && page.contains(&decline) && !page.contains("Waits for its owner"), "{page}");
    assert!(!scene.get(&admin, "/clients").await.text.contains("Waits for its owner"));
    let mine = scene.served.api(&scene.cookie, Method::GET, "/api/v1/me/services", Value::Null).await.1;
    assert!(mine["items"][0]["accepted_at"].is_string(), "{mine}");
    assert_eq!(scene.post(&scene.cookie, &decline, &[]).await.status, 303);
    waits(&scene, &tool).await;
    let log = scene.get(&admin, "/events?kind=client.declined").await.text;
    assert!(log.contains("did not agree to a service account"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_no_leaves_its_line_though_the_question_was_put_aside() {
    let scene = Scene::set().await;
    let (app, ana) = (&scene.house().app, &scene.ana);
    let tool = registered(scene.house(), &scene.person(), &["reader"], &[]).await.unwrap();
    notify::take_mail(app).await.unwrap();
    for notice in notify::my_notices(app, ana).await.unwrap().1 {
        notify::see_notice(app, ana, notice.id).await.unwrap();
    }
    for _ in 0..2 {
        decline_client(app, ana, tool.id.clone()).await.unwrap();
        assert_eq!(scene.house().events("client.declined").await, 1);
    }
    // Asked anew, a no is one anew.
    accept(scene.house(), ana, &tool).await;
    decline_client(app, ana, tool.id.clone()).await.unwrap();
    assert_eq!(scene.house().events("client.declined").await, 2);
}
