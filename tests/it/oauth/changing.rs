//! A tool that is changed by an admin: what it may no longer use ends at that moment, the rest goes on.

use super::{
    machines::{account, exchange::exchanger, registered},
    scene::{Reply, Scene, Tool},
    verify::Two,
};
use crate::support::{code, person_id};
use habilis::{
    actions::{
        accept_client::{Shown, accept_client},
        change_client::{Changes, change_client},
        notify, register_client,
    },
    certification::notice::NoticeKind,
    tokens::client::Client,
};
use serde_json::Value;

fn roles(names: &[&str]) -> Changes {
    Changes { roles: Some(Some(names.iter().map(|name| name.parse().unwrap()).collect())), ..Changes::default() }
}

impl Scene {
    async fn change(&self, tool: &Tool, changes: Changes) {
        self.tick();
        change_client(&self.house().app, &self.house().admin, tool.id.clone(), changes).await.unwrap();
        self.tick();
    }

    async fn refused_change(&self, client: &str, changes: Changes) -> &'static str {
        code(&change_client(&self.house().app, &self.house().admin, client.to_owned(), changes).await.unwrap_err())
    }

    async fn client(&self, tool: &Tool) -> Client {
        let (app, admin) = (&self.house().app, &self.house().admin);
        register_client::read_client(app, admin, tool.id.clone()).await.unwrap().client
    }
}

fn access(told: &Value) -> &str {
    told["access_token"].as_str().unwrap()
}

fn error(reply: &Reply) -> String {
    assert_eq!(reply.status, 400, "{}", reply.text);
    reply.json()["error"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_is_taken_from_a_tool_ends_with_all_that_it_had_of_it() {
    let two = Two::set().await;
    let (scene, web) = (&two.scene, &two.scene.web);
    let told = scene.connect(web, &[]).await;
    two.lives(access(&told)).await;
    // What does not concern it leaves it alone, and what changes nothing leaves no line.
    let named = || Changes { name: Some(" Lantern \n Two ".into()), ..Changes::default() };
    for _ in 0..2 {
        scene.change(web, named()).await;
        assert_eq!(scene.house().events("client.changed").await, 1);
    }
    assert_eq!(scene.client(web).await.name, "Lantern Two");
    let told = scene.refresh(web, &told["refresh_token"], &[]).await.json();
    two.lives(access(&told)).await;
    let waiting = scene.code(web, &[]).await;
    let before = scene.client(web).await;
    scene.change(web, roles(&["either"])).await;
    two.ended(access(&told), "a role that was taken from its tool").await;
    assert_eq!(error(&scene.refresh(web, &told["refresh_token"], &[]).await), "invalid_grant");
    assert_eq!(error(&scene.redeem(web, &waiting, &[]).await), "invalid_grant");
    assert_eq!(scene.agree(web, &[]).await.error(), "invalid_scope");
    let after = scene.client(web).await;
    assert_eq!(
        (&after.redirect_uris, &after.post_logout_uris, &after.grant_types),
        (&before.redirect_uris, &before.post_logout_uris, &before.grant_types)
    );
    // Given back, it is what it was: for what is fetched from now on.
    scene.change(web, Changes { roles: Some(None), ..Changes::default() }).await;
    let again = scene.connect(web, &[]).await;
    two.lives(access(&again)).await;
    two.ended(access(&told), "what had ended, for good").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_is_sent_to_the_addresses_of_now() {
    let scene = Scene::set().await;
    let web = &scene.web;
    let moved = "https://elsewhere.example.com/back";
    let to = |uri: &str| Changes { redirect_uris: Some(vec![uri.to_owned()]), ..Changes::default() };
    scene.change(web, to(moved)).await;
    let reply = scene.agree(web, &[]).await;
    assert!(reply.status == 422 && reply.header("location").is_empty(), "{} {}", reply.status, reply.text);
    let reply = scene.agree(web, &[("redirect_uri", moved)]).await;
    assert!(reply.answer().0.starts_with(moved), "{:?}", reply.answer());
    // Who agreed to a tool that sent them elsewhere is asked anew.
    let silent = [("redirect_uri", "https://third.example.com/back"), ("prompt", "none")];
    scene.agree(web, &[("redirect_uri", moved)]).await;
    scene.change(web, to("https://third.example.com/back")).await;
    assert_eq!(scene.agree(web, &silent).await.error(), "consent_required");
    scene.change(web, to(moved)).await;
    for wrong in ["http://elsewhere.example.com/back", "javascript:alert(1)", "https://a@b.example/", ""] {
        assert_eq!(scene.refused_change(&web.id, to(wrong)).await, "client-redirect", "{wrong:?}");
    }
    assert_eq!(scene.client(web).await.redirect_uris, [moved]);
    // Whoever may not be changed like that is as it was.
    for (client, changes, refusal) in [
        (web.id.as_str(), roles(&["nosuch"]), "no-such-role"),
        (web.id.as_str(), Changes { name: Some(" ".into()), ..Changes::default() }, "client-name"),
        (web.id.as_str(), Changes { exchanges: Some(vec!["cli_no".into()]), ..Changes::default() }, "client-exchange"),
        ("habilis-cli", roles(&[]), "client-first-party"),
        ("cli_no", roles(&[]), "no-such-client"),
    ] {
        assert_eq!(scene.refused_change(client, changes).await, refusal);
    }
    let by_ana = change_client(&scene.house().app, &scene.ana, web.id.clone(), roles(&[])).await;
    assert_eq!(code(&by_ana.unwrap_err()), "capability-missing");
    assert_eq!(scene.house().events("client.changed").await, 3);
    // Ways that nobody spoke of stay as they are.
    let ways = scene.client(web).await.grant_types;
    scene.change(web, Changes { devices: Some(true), ..Changes::default() }).await;
    scene.change(web, Changes { devices: Some(false), name: Some("Web".into()), ..Changes::default() }).await;
    assert_eq!(scene.client(web).await.grant_types, ways);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_is_to_use_more_waits_for_its_owner() {
    let two = Two::set().await;
    let scene = &two.scene;
    let (house, ana) = (scene.house(), &scene.ana);
    let tool = account(house, ana, &["reader"]).await;
    let asked = async || {
        let (_, notices) = notify::my_notices(&house.app, ana).await.unwrap();
        notices.iter().filter(|notice| notice.kind == NoticeKind::ServiceAsks).count()
    };
    let token = scene.service_token(&tool, &[]).await;
    scene.change(&tool, roles(&["reader", "either"])).await;
    assert_eq!((asked().await, scene.client(&tool).await.accepted_at), (1, None));
    two.ended(&token, "an account that asks for more").await;
    assert_eq!(scene.service_error(&tool, &[("scope", "role:reader")]).await.0, "invalid_grant");
    // Nobody agrees to what they were not shown.
    let before = Shown { roles: Some(vec!["reader".parse().unwrap()]), exchanges: Some(Vec::new()) };
    let stale = accept_client(&house.app, ana, tool.id.clone(), before.clone()).await.unwrap_err();
    assert_eq!((code(&stale), scene.client(&tool).await.accepted_at), ("client-changed", None));
    let both = Shown { roles: Some(vec!["reader".parse().unwrap(), "either".parse().unwrap()]), ..before };
    accept_client(&house.app, ana, tool.id.clone(), both).await.unwrap();
    let token = scene.service_token(&tool, &[("scope", "role:reader")]).await;
    two.lives(&token).await;
    // Less is nothing to agree to.
    scene.change(&tool, roles(&["either"])).await;
    assert_eq!((asked().await, scene.client(&tool).await.accepted_at.is_some()), (0, true));
    two.ended(&token, "a role that was taken from its account").await;
    assert_eq!(scene.service_error(&tool, &[("scope", "role:reader")]).await.0, "invalid_scope");
    assert_eq!(scene.refused_change(&tool.id, roles(&[])).await, "client-service");
    let public = Changes { redirect_uris: Some(vec!["https://t.example/".into()]), ..Changes::default() };
    assert_eq!(scene.refused_change(&tool.id, public).await, "client-service");
    // Whoever owns it says so themselves.
    let own = registered(house, &person_id(&house.admin).to_string(), &["reader"], &[]).await.unwrap();
    scene.change(&own, roles(&["reader", "either"])).await;
    assert!(scene.client(&own).await.accepted_at.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_whose_tokens_may_no_longer_be_exchanged_takes_back_what_came_of_them() {
    let two = Two::set().await;
    let scene = &two.scene;
    let server = exchanger(scene.house(), &[&scene.web.id], None).await.unwrap();
    let hers = scene.connect(&scene.web, &[]).await;
    let got = scene.exchanged(&server, access(&hers), &[]).await;
    two.lives(&got).await;
    let of = |tool: &str| Changes { exchanges: Some(vec![tool.to_owned()]), ..Changes::default() };
    scene.change(&server, of("habilis-cli")).await;
    two.ended(&got, "what was exchanged for a tool's token").await;
    two.lives(access(&hers)).await;
    scene.change(&server, of(&scene.web.id)).await;
    let got = scene.exchanged(&server, access(&hers), &[]).await;
    scene.change(&server, roles(&[])).await;
    two.ended(&got, "what was exchanged for a role that was taken").await;
    two.lives(access(&hers)).await;
}

/// Whichever comes first, nothing lives for a role that the tool may not use.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_races_the_change_is_worth_nothing_after_it() {
    let scene = Scene::set().await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    for _ in 0..6 {
        scene.change(&scene.web, Changes { roles: Some(None), ..Changes::default() }).await;
        let code = scene.code(&scene.web, &[]).await;
        let change = change_client(app, admin, scene.web.id.clone(), roles(&[]));
        let (reply, changed) = tokio::join!(scene.redeem(&scene.web, &code, &[]), change);
        changed.unwrap();
        scene.tick();
        if reply.status == 200 {
            let token = reply.json();
            assert!(!scene.lives(&token["access_token"]).await, "it came before the change, and has ended");
            assert_eq!(error(&scene.refresh(&scene.web, &token["refresh_token"], &[]).await), "invalid_grant");
        } else {
            assert_eq!(error(&reply), "invalid_grant");
        }
    }
}
