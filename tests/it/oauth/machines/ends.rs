//! Whatever ends the owner's access ends what the account holds, on every replica, and it gets no more.

use super::{accept, account, registered};
use crate::{
    oauth::{
        scene::Scene,
        verify::{Two, lists},
    },
    support::{House, code, person_id, slug},
};
use habilis::{
    access::{self, rows::LockKind},
    actions::{
        break_glass::{self, Taking},
        check_token, disable_person, erase_person, hand_over_client, lock, mint_token, read_certificates,
        read_machines, register_client, revoke_certificate, revoke_grant,
    },
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::{Value, json};

/// Somebody who holds the role `reader`, and an account of theirs.
async fn owner(house: &House, name: &str) -> (Actor, crate::oauth::scene::Tool) {
    let who = house.person(name).await;
    house.certify(&who, "alpha").await;
    house.ask(&who, "reader").await.unwrap();
    let tool = account(house, &who, &["reader"]).await;
    (who, tool)
}

fn lacks(kinds: &[&str]) -> (String, String, Vec<String>) {
    let kinds = kinds.iter().map(|&kind| kind.to_owned()).collect();
    ("invalid_grant".into(), "oauth-owner-lacks".into(), kinds)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ends_the_owners_access_ends_the_accounts_tokens_on_every_replica() {
    let two = Two::set().await;
    let scene = &two.scene;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);

    let (lapsed, tool) = owner(house, "Certificate Revoked").await;
    let token = scene.service_token(&tool, &[]).await;
    two.lives(&token).await;
    let held = read_certificates::my_certificates(app, &lapsed).await.unwrap();
    revoke_certificate::revoke_certificate(app, admin, held[0].id, "cheated".into()).await.unwrap();
    two.ended(&token, "a certificate").await;
    assert_eq!(scene.service_error(&tool, &[]).await, lacks(&["certification"]));

    let (revoked, tool) = owner(house, "Grant Revoked").await;
    let token = scene.service_token(&tool, &[]).await;
    two.lives(&token).await;
    let who = person_id(&revoked);
    let read = app.db.read(app.now(), move |r| Ok(access::rows::effective(r, who, &slug("reader"))?)).await;
    revoke_grant::revoke_grant(app, admin, read.unwrap().unwrap().grant_id, "moved on".into()).await.unwrap();
    two.ended(&token, "a grant").await;
    assert_eq!(scene.service_error(&tool, &[]).await, lacks(&["grant"]));

    let (leaver, tool) = owner(house, "Person Disabled").await;
    let token = scene.service_token(&tool, &[]).await;
    two.lives(&token).await;
    let who = person_id(&leaver);
    disable_person::disable_person(app, admin, who, "left".into()).await.unwrap();
    two.ended(&token, "a person").await;
    assert_eq!(scene.service_error(&tool, &[]).await, lacks(&["account"]));
    // Erased, it is the same; and the log has it beside the pseudonym.
    scene.tick();
    erase_person::erase_person(app, admin, who, "person.disabled@example.com".into(), "asked".into()).await.unwrap();
    assert_eq!(scene.service_error(&tool, &[]).await, lacks(&["account"]));
    assert_eq!(scene.refusals().await.1, "oauth-owner-lacks");

    let (_, tool) = owner(house, "Account Removed").await;
    let token = scene.service_token(&tool, &[]).await;
    two.lives(&token).await;
    register_client::remove_client(app, admin, tool.id.clone()).await.unwrap();
    two.ended(&token, "an account that was removed").await;
    assert_eq!(scene.service_error(&tool, &[]).await.0, "invalid_client");

    // Nobody else's was touched.
    let other = account(house, &scene.ana, &["reader"]).await;
    two.lives(&scene.service_token(&other, &[]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_does_not_ride_on_broken_glass() {
    let scene = Scene::set().await;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    house.certify(admin, "alpha").await;
    let tool = account(house, admin, &["reader"]).await;
    let taking = Taking { person: None, role: slug("reader"), reason: "fire".into(), duration: None };
    break_glass::break_glass(app, admin, taking, None).await.unwrap();
    scene.tick();
    mint_token::mint_token(app, admin, slug("reader")).await.expect("it is for their own hands");
    assert_eq!(scene.service_error(&tool, &[]).await, lacks(&["grant"]));
    let until = async || read_machines::my_machines(app, admin).await.unwrap()[0].accesses[0].until;
    assert_eq!(until().await, None);
    // What was approved carries the account.
    house.ask(admin, "reader").await.unwrap();
    scene.tick();
    scene.service_token(&tool, &[]).await;
    assert!(until().await.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_stops_an_account_for_as_long_as_it_is_there() {
    let two = Two::set().await;
    let scene = &two.scene;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    let token = scene.service_token(&tool, &[]).await;
    let me = scene.person();
    for (kind, subject) in [(LockKind::Role, "reader"), (LockKind::Warehouse, "lake"), (LockKind::Person, me.as_str())]
    {
        two.lives(&token).await;
        let placed = lock::place_lock(app, admin, kind, subject.into(), "Ana is suspected".into()).await.unwrap();
        two.ended(&token, subject).await;
        let reply = scene.service(&tool, &[]).await;
        assert_eq!((reply.status, &reply.json()["missing"][0]["kind"]), (400, &json!("lock")), "{}", reply.text);
        assert!(!reply.text.contains("suspected"), "why it was placed is not for a program: {}", reply.text);
        scene.tick();
        lock::lift_lock(app, admin, placed).await.unwrap();
        scene.tick();
    }
    two.lives(&token).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_is_handed_over_rests_on_its_new_owner_at_once() {
    let two = Two::set().await;
    let scene = &two.scene;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let tool = account(house, &scene.ana, &["reader"]).await;
    let token = scene.service_token(&tool, &[]).await;
    two.lives(&token).await;
    let (eve, _) = house.joined("Eve Marin", &[]).await;
    for (to, refused) in [(scene.person(), "client-owned-already"), ("nobody@example.com".to_owned(), "no-such-person")]
    {
        let fault = hand_over_client::hand_over_client(app, admin, tool.id.clone(), to).await.unwrap_err();
        assert_eq!(code(&fault), refused);
    }
    let fault = hand_over_client::hand_over_client(app, admin, scene.web.id.clone(), scene.person()).await.unwrap_err();
    assert_eq!(code(&fault), "client-no-service");
    let fault = hand_over_client::hand_over_client(app, &eve, tool.id.clone(), scene.person()).await.unwrap_err();
    assert_eq!(code(&fault), "capability-missing");
    two.lives(&token).await;

    hand_over_client::hand_over_client(app, admin, tool.id.clone(), "eve.marin@example.com".into()).await.unwrap();
    two.ended(&token, "an account that was handed over").await;
    assert_eq!(house.events("client.owner_changed").await, 2, "one on each of the two");
    // What Ana may is nothing to it any more, nor what she agreed to.
    assert_eq!(scene.service_error(&tool, &[]).await, ("invalid_grant".into(), "oauth-grant".into(), vec![]));
    accept(house, &eve, &tool).await;
    assert_eq!(scene.service_error(&tool, &[]).await, lacks(&["certification", "grant"]));
    house.certify(&eve, "alpha").await;
    house.ask(&eve, "reader").await.unwrap();
    let token = scene.service_token(&tool, &[]).await;
    assert_eq!(crate::oauth::scene::claims(&token)["owner"], json!(person_id(&eve)));
    two.lives(&token).await;
    // Even where the old tokens had not been revoked by hand, they would not stand: the record names who owned it.
    let (id, ana) = (tool.id.clone(), scene.person());
    let back = app.db.write(app.now(), move |w| {
        let query = "UPDATE clients SET owner_id = ? WHERE id = ?";
        Ok::<_, habilis::base::refusal::Fault>(habilis::db::sql(query).bind(&ana).bind(&id).run(w)?)
    });
    assert_eq!(back.await.unwrap(), 1);
    two.ended(&token, "another owner").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_stops_when_the_owners_certificate_runs_out() {
    let scene = Scene::set().await;
    let house = scene.house();
    let owner = scene.person();
    let tool = registered(house, &owner, &["either"], &[]).await.unwrap();
    accept(house, &scene.ana, &tool).await;
    house.ask(&scene.ana, "either").await.unwrap();
    // Just before the hundredth day a token of sixty minutes ends with the certificate.
    house.advance("P99DT23H30M");
    let token = scene.service_token(&tool, &[]).await;
    let said = crate::oauth::scene::claims(&token);
    let lifetime = said["exp"].as_i64().unwrap() - said["iat"].as_i64().unwrap();
    assert!((1_700..=1_800).contains(&lifetime), "{lifetime}");
    assert!(scene.lives(&json!(token)).await);
    house.advance("PT30M");
    assert!(!scene.lives(&json!(token)).await);
    assert_eq!(scene.service_error(&tool, &[]).await, lacks(&["certification"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_list_tells_what_an_account_has_lost() {
    let scene = Scene::set().await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let (kept, handed) =
        (account(scene.house(), &scene.ana, &["reader"]).await, account(scene.house(), &scene.ana, &["reader"]).await);
    let (left, lost) = (scene.service_token(&kept, &[]).await, scene.service_token(&handed, &[]).await);
    let issuer = app.settings.issuer();
    let status = |token: &str| lists::read(&issuer, &scene.served.base, token)["status"].clone();
    assert_eq!((status(&left), status(&lost)), (json!(0), json!(0)));
    scene.house().joined("Eve Marin", &[]).await;
    hand_over_client::hand_over_client(app, admin, handed.id.clone(), "eve.marin@example.com".into()).await.unwrap();
    assert_eq!((status(&left), status(&lost)), (json!(0), json!(1)));
    scene.tick();
    disable_person::disable_person(app, admin, person_id(&scene.ana), "left".into()).await.unwrap();
    assert_eq!(status(&left), json!(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owners_file_says_of_each_token_what_introspection_says() {
    let scene = Scene::set().await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let reader = scene.house().bearer(admin).await;
    let me = scene.person();
    let shown = async || {
        let page = scene.get(&reader, &format!("/people/{me}")).await.text;
        let told = scene.served.api(&reader, Method::GET, &format!("/api/v1/people/{me}"), Value::Null).await.1;
        let live: Vec<bool> = told["tokens"].as_array().unwrap().iter().map(|one| one["live"] == true).collect();
        (page.matches("works now").count(), live)
    };
    let (kept, handed) =
        (account(scene.house(), &scene.ana, &["reader"]).await, account(scene.house(), &scene.ana, &["reader"]).await);
    let first = scene.service_token(&kept, &[]).await;
    scene.tick();
    let second = scene.service_token(&handed, &[]).await;
    assert_eq!(shown().await, (2, vec![true, true]), "the latest first");
    // One account goes to somebody else: its token is over, the other one works on.
    scene.house().joined("Eve Marin", &[]).await;
    hand_over_client::hand_over_client(app, admin, handed.id.clone(), "eve.marin@example.com".into()).await.unwrap();
    assert_eq!((scene.lives(&json!(first)).await, scene.lives(&json!(second)).await), (true, false));
    assert_eq!(shown().await, (1, vec![false, true]));
    // Shut out and let in again, her grants have ended, and the token with them.
    scene.tick();
    disable_person::disable_person(app, admin, person_id(&scene.ana), "left".into()).await.unwrap();
    scene.tick();
    disable_person::enable_person_because(app, admin, person_id(&scene.ana), "a mistake".into()).await.unwrap();
    scene.tick();
    assert!(!scene.lives(&json!(first)).await);
    assert_eq!(shown().await, (0, vec![false, false]));
    // And whoever checks one against its warehouse is told the same.
    let said = check_token::check_token(app, admin, slug("lake"), first).await.unwrap();
    assert!(!said.house.is_live(), "{}", said.house.word());
}
