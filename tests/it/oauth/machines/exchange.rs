//! Token exchange: what a tool may do with a token that another tool was given; never more, never longer, and it dies with it.

use super::{accept, account, wanted};
use crate::{
    oauth::{
        scene::{Reply, Scene, Tool, claims},
        verify::{Two, ask, lists},
    },
    support::{House, code, person_id, slug},
};
use habilis::{
    access,
    actions::{
        accept_client, disable_person, hand_over_client, introspect_token, prove_client, read_certificates,
        register_client, revoke_certificate, revoke_grant, rotate_keys, sign_out,
    },
    base::refusal::Fault,
    tokens::{
        client::{ClientKind, GrantType, Registration},
        rows::Purpose,
        service::{More, Service},
    },
};
use reqwest::Method;
use serde_json::{Value, json};

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS: &str = "urn:ietf:params:oauth:token-type:access_token";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

async fn registered(house: &House, new: Registration, more: More) -> Result<Tool, Fault> {
    let made = register_client::register(&house.app, &house.admin, new, more, None).await?;
    Ok(Tool { id: made.0.to_string(), secret: made.1.map(|fresh| fresh.secret.reveal().to_owned()), back: "" })
}

/// A tool that may exchange the tokens of others.
pub async fn exchanger(house: &House, of: &[&str], roles: Option<&[&str]>) -> Result<Tool, Fault> {
    let new = Registration {
        name: "Report server".into(),
        kind: ClientKind::Confidential,
        redirect_uris: Vec::new(),
        post_logout_uris: Vec::new(),
        grant_types: vec![GrantType::TokenExchange],
        roles: roles.map(|roles| roles.iter().map(|role| role.parse().unwrap()).collect()),
    };
    registered(house, new, More { service: None, exchanges: of.iter().map(|&id| id.to_owned()).collect() }).await
}

impl Scene {
    async fn exchange(&self, tool: &Tool, token: &str, other: &[(&str, &str)]) -> Reply {
        let plain = [("grant_type", EXCHANGE), ("subject_token", token), ("subject_token_type", ACCESS)];
        let kept = plain.iter().filter(|(name, _)| !other.iter().any(|(named, _)| named == name));
        let fields: Vec<(&str, &str)> = kept.chain(other).copied().filter(|(_, value)| !value.is_empty()).collect();
        self.call(tool, "/token", &fields).await
    }

    pub async fn exchanged(&self, tool: &Tool, token: &str, other: &[(&str, &str)]) -> String {
        let reply = self.exchange(tool, token, other).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()["access_token"].as_str().unwrap().to_owned()
    }

    async fn exchange_error(&self, tool: &Tool, token: &str, other: &[(&str, &str)]) -> String {
        let before = self.refusals().await.0;
        let reply = self.exchange(tool, token, other).await;
        assert_eq!(reply.status, 400, "{}", reply.text);
        assert_eq!(self.refusals().await.0, before + 1, "it leaves its line");
        reply.json()["error"].as_str().unwrap().to_owned()
    }

    /// A token of Ana's that the web tool was given.
    async fn hers(&self) -> String {
        self.connect(&self.web, &[]).await["access_token"].as_str().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_exchanged_for_one_about_the_same_that_says_who_acts() {
    let scene = Scene::set().await;
    let tool = exchanger(scene.house(), &[&scene.web.id], None).await.unwrap();
    let token = scene.hers().await;
    scene.house().advance("PT5M");
    let reply = scene.exchange(&tool, &token, &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!((reply.header("cache-control"), reply.header("pragma")), ("no-store", "no-cache"));
    let told = reply.json();
    let fields: Vec<&String> = told.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["access_token", "expires_in", "issued_token_type", "scope", "token_type"]);
    assert_eq!((&told["issued_token_type"], &told["token_type"]), (&json!(ACCESS), &json!("Bearer")));
    let (old, new) = (claims(&token), claims(told["access_token"].as_str().unwrap()));
    for same in ["iss", "sub", "aud", "scope", "role", "grant_id", "preferred_username", "email", "auth_time", "sid"] {
        assert_eq!(old[same], new[same], "{same}");
    }
    assert_eq!((&new["client_id"], &new["act"]), (&json!(tool.id), &json!({ "sub": tool.id })));
    assert_ne!(old["jti"], new["jti"]);
    assert_eq!(old["exp"], new["exp"], "fifteen minutes from now would be longer than what is left");
    let seconds = new["exp"].as_i64().unwrap() - new["iat"].as_i64().unwrap();
    assert!(told["expires_in"] == json!(seconds) && seconds <= 600, "{told}");
    // It lives, and says who acts.
    let known =
        scene.call(&scene.web, "/introspect", &[("token", told["access_token"].as_str().unwrap())]).await.json();
    assert_eq!((&known["active"], &known["sub"], &known["act"]["sub"]), (&json!(true), &old["sub"], &json!(tool.id)));
    // The person's file has it, with the tool that acts.
    let admin = scene.house().bearer(&scene.house().admin).await;
    let file =
        scene.served.api(&admin, Method::GET, &format!("/api/v1/people/{}", scene.person()), Value::Null).await.1;
    assert_eq!((&file["tokens"][0]["client"], &file["tokens"][0]["act"]["sub"]), (&json!(tool.id), &json!(tool.id)));
    let log = scene.get(&admin, "/events?kind=token.minted").await.text;
    assert!(log.contains("was exchanged by another tool"), "{log}");
    let discovery = scene.get("", "/.well-known/oauth-authorization-server").await.json();
    assert!(discovery["grant_types_supported"].as_array().unwrap().contains(&json!(EXCHANGE)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exchange_never_widens() {
    let scene = Scene::set().await;
    scene.house().ask(&scene.ana, "either").await.unwrap();
    let tool = exchanger(scene.house(), &[&scene.web.id], None).await.unwrap();
    let token = scene.hers().await;
    for same in [
        &[("scope", "session:role:READER")][..],
        &[("scope", "role:reader")],
        &[("resource", "https://lake.example.com")],
        &[("audience", "https://lake.example.com"), ("scope", "role:reader")],
        &[("subject_token_type", JWT)],
        &[("requested_token_type", ACCESS)],
    ] {
        assert_eq!(claims(&scene.exchanged(&tool, &token, same).await)["role"], "reader", "{same:?}");
    }
    for (other, error) in [
        (&[("scope", "role:either")][..], "invalid_scope"),
        (&[("scope", "role:nobody")], "invalid_scope"),
        (&[("scope", "openid")], "invalid_scope"),
        (&[("scope", "offline_access role:reader")], "invalid_scope"),
        (&[("scope", "role:reader role:either")], "invalid_scope"),
        (&[("resource", "https://attic.example.com")], "invalid_target"),
        (&[("audience", "https://attic.example.com")], "invalid_target"),
        (&[("resource", "https://lake.example.com"), ("audience", "lake")], "invalid_target"),
        (&[("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token")], "invalid_request"),
        (&[("subject_token_type", "")], "invalid_request"),
        (&[("subject_token", "")], "invalid_request"),
        (&[("actor_token", "x")], "invalid_request"),
        (&[("actor_token_type", ACCESS)], "invalid_request"),
    ] {
        assert_eq!(scene.exchange_error(&tool, &token, other).await, error, "{other:?}");
    }
    // A tool that may use other roles only does not get at this one through another tool's token.
    let other = exchanger(scene.house(), &[&scene.web.id], Some(&["either"])).await.unwrap();
    assert_eq!(scene.exchange_error(&other, &token, &[]).await, "invalid_scope");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_named_tools_tokens_that_live_are_exchanged() {
    let scene = Scene::set().await;
    let house = scene.house();
    let tool = exchanger(house, &[&scene.web.id], None).await.unwrap();
    let tokens = scene.connect(&scene.web, &[]).await;
    let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
    let own = crate::oauth::verify::minted(&scene, &scene.ana, "reader").await;
    let natives = scene.connect(&scene.native, &[]).await["access_token"].as_str().unwrap().to_owned();
    let identity = scene.connect(&scene.web, &[("scope", "openid")]).await["access_token"].as_str().unwrap().to_owned();
    let forged = format!("{}x", text("access_token"));
    for token in [&own, &natives, &identity, &text("refresh_token"), &text("id_token"), &forged, &"a.b.c".to_owned()] {
        assert_eq!(scene.exchange_error(&tool, token, &[]).await, "invalid_request", "{token}");
    }
    // What came of an exchange is a token of the tool that exchanged it: nobody named that one.
    let new = scene.exchanged(&tool, &text("access_token"), &[]).await;
    assert_eq!(scene.exchange_error(&tool, &new, &[]).await, "invalid_request");
    // Who is not registered for it.
    for who in [&scene.web, &scene.native] {
        assert_eq!(scene.exchange_error(who, &text("access_token"), &[]).await, "unauthorized_client");
    }
    let stolen = Tool { secret: scene.web.secret.clone(), ..tool.clone() };
    assert_eq!(scene.exchange(&stolen, &text("access_token"), &[]).await.status, 401);
    // The house's own pages show tokens under a name of their own, which can be named, too.
    let ours = exchanger(house, &["habilis"], None).await.unwrap();
    assert_eq!(claims(&scene.exchanged(&ours, &own, &[]).await)["act"]["sub"], json!(ours.id));
    // And what can not be registered.
    for (of, what) in [(&[][..], "client-exchange"), (&["cli_nobody"], "client-exchange")] {
        assert_eq!(code(&exchanger(house, of, None).await.err().unwrap()), what);
    }
    assert_eq!(scene.exchange(&tool, &text("access_token"), &[]).await.status, 200);
    scene.call(&scene.web, "/revoke", &[("token", &text("access_token"))]).await;
    assert_eq!(scene.exchange_error(&tool, &text("access_token"), &[]).await, "invalid_request");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_ends_the_subject_ends_what_came_of_it_on_every_replica() {
    let two = Two::set().await;
    let scene = &two.scene;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let first = exchanger(house, &[&scene.web.id, &scene.native.id], None).await.unwrap();
    let second = exchanger(house, &[&first.id], None).await.unwrap();
    let chain = async |tool: &Tool| {
        let token = scene.connect(tool, &[]).await["access_token"].as_str().unwrap().to_owned();
        let one = scene.exchanged(&first, &token, &[]).await;
        let other = scene.exchanged(&second, &one, &[]).await;
        two.lives(&other).await;
        (token, one, other)
    };
    // The token that stands at the beginning; nothing of another chain.
    let kept = chain(&scene.web).await.2;
    let (token, one, other) = chain(&scene.web).await;
    assert_eq!(claims(&other)["act"], json!({ "sub": second.id, "act": { "sub": first.id } }));
    assert_eq!(scene.call(&scene.web, "/revoke", &[("token", &token)]).await.status, 200);
    two.ended(&one, "its subject").await;
    two.ended(&other, "its subject's subject").await;
    two.lives(&kept).await;
    // One in the middle.
    let (token, one, other) = chain(&scene.web).await;
    assert_eq!(scene.call(&first, "/revoke", &[("token", &one)]).await.status, 200);
    two.ended(&other, "the one in the middle").await;
    two.lives(&token).await;
    // The tool that was given the first.
    let (_, _, other) = chain(&scene.native).await;
    register_client::remove_client(app, admin, scene.native.id.clone()).await.unwrap();
    two.ended(&other, "the first tool").await;
    two.lives(&kept).await;
    // The tool in the middle, and the session behind all of it.
    let (_, _, other) = chain(&scene.web).await;
    register_client::remove_client(app, admin, first.id.clone()).await.unwrap();
    two.ended(&other, "the tool in the middle").await;
    let last = exchanger(house, &[&scene.web.id], None).await.unwrap();
    let token = scene.hers().await;
    let new = scene.exchanged(&last, &token, &[]).await;
    two.lives(&new).await;
    let lists = |token: &str| lists::read(&app.settings.issuer(), &scene.served.base, token)["status"].clone();
    assert_eq!(lists(&new), json!(0));
    scene.call(&scene.web, "/revoke", &[("token", &token)]).await;
    assert_eq!(lists(&new), json!(1), "and for verifiers that ask nobody");
    let new = scene.exchanged(&last, &scene.hers().await, &[]).await;
    two.lives(&new).await;
    sign_out::sign_out(app, &scene.ana).await.unwrap();
    two.ended(&new, "a session").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_signed_the_subject_carries_what_came_of_it() {
    let two = Two::set().await;
    let scene = &two.scene;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let tool = exchanger(scene.house(), &[&scene.web.id], None).await.unwrap();
    let token = scene.hers().await;
    let old = crate::oauth::scene::head(&token)["kid"].as_str().unwrap().to_owned();
    rotate_keys::rotate_keys(app, admin, Purpose::Token, None, rotate_keys::Haste::Now).await.unwrap();
    let new = scene.exchanged(&tool, &token, &[]).await;
    assert_ne!(crate::oauth::scene::head(&new)["kid"], json!(old));
    two.lives(&new).await;
    rotate_keys::retire_key(app, admin, old).await.unwrap();
    two.ended(&new, "the key of its subject").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machines_token_is_exchanged_as_a_machines_and_an_actor_is_itself() {
    let two = Two::set().await;
    let scene = &two.scene;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let machine = account(house, &scene.ana, &["reader"]).await;
    let mut new = wanted(&["reader"]);
    new.grant_types.push(GrantType::TokenExchange);
    let service = Some(Service { owner: scene.person(), logins: Vec::new() });
    let both = registered(house, new, More { service, exchanges: vec![machine.id.clone()] }).await.unwrap();
    accept(house, &scene.ana, &both).await;
    let token = scene.service_token(&machine, &[]).await;
    let new = scene.exchanged(&both, &token, &[]).await;
    let said = claims(&new);
    assert_eq!((&said["sub"], &said["owner"]), (&json!(machine.id), &json!(scene.person())));
    assert_eq!((&said["client_id"], &said["act"]), (&json!(both.id), &json!({ "sub": both.id })));
    let passed = ask(scene, &scene.served.base, "?warehouse=lake", &new).await;
    assert_eq!((passed.status, passed.header("x-habilis-person")), (204, ""), "still a machine");
    assert_eq!(passed.header("x-habilis-owner"), scene.person());
    // An actor token is the client's own, or none.
    let actor = scene.service_token(&both, &[]).await;
    let with = |token: &'static str| [("actor_token", token), ("actor_token_type", ACCESS)];
    let acted = scene.exchanged(&both, &token, &[("actor_token", &actor), ("actor_token_type", JWT)]).await;
    for wrong in [&token, &new] {
        let other = [("actor_token", wrong.as_str()), ("actor_token_type", ACCESS)];
        assert_eq!(scene.exchange_error(&both, &token, &other).await, "invalid_request");
    }
    assert_eq!(scene.exchange_error(&both, &token, &with("nonsense")).await, "invalid_request");
    // What was made with it rests on it, too.
    two.lives(&acted).await;
    scene.call(&both, "/revoke", &[("token", &actor)]).await;
    two.ended(&acted, "its actor").await;
    two.lives(&new).await;
    // The account changes hands: what came of its token ends.
    house.joined("Eve Marin", &[]).await;
    hand_over_client::hand_over_client(app, admin, machine.id.clone(), "eve.marin@example.com".into()).await.unwrap();
    two.ended(&new, "the owner of its subject").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ends_the_access_of_the_actors_owner_ends_what_came_of_it_on_every_replica() {
    let two = Two::set().await;
    let scene = &two.scene;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let machine = account(house, &scene.ana, &["reader"]).await;
    // Somebody else's account acts for Ana's.
    let acted = async |name: &str| {
        let (owner, _) = house.joined(name, &[]).await;
        house.certify(&owner, "alpha").await;
        house.ask(&owner, "reader").await.unwrap();
        let mut new = wanted(&["reader"]);
        new.grant_types.push(GrantType::TokenExchange);
        let service = Some(Service { owner: person_id(&owner).to_string(), logins: Vec::new() });
        let both = registered(house, new, More { service, exchanges: vec![machine.id.clone()] }).await.unwrap();
        accept(house, &owner, &both).await;
        let (token, actor) = (scene.service_token(&machine, &[]).await, scene.service_token(&both, &[]).await);
        let with = [("actor_token", actor.as_str()), ("actor_token_type", ACCESS)];
        let new = scene.exchanged(&both, &token, &with).await;
        two.lives(&new).await;
        let status = lists::read(&app.settings.issuer(), &scene.served.base, &new)["status"].clone();
        assert_eq!(status, json!(0));
        (owner, new)
    };
    let ended = async |token: &str, what: &str| {
        two.ended(token, what).await;
        let status = lists::read(&app.settings.issuer(), &scene.served.base, token)["status"].clone();
        assert_eq!(status, json!(1), "{what}: for verifiers that ask nobody");
    };
    let (leaver, left) = acted("Person Disabled").await;
    let (lapsed, uncertified) = acted("Certificate Revoked").await;
    let (revoked, ungranted) = acted("Grant Revoked").await;
    let (_, kept) = acted("Eve Marin").await;
    disable_person::disable_person(app, admin, person_id(&leaver), "left".into()).await.unwrap();
    ended(&left, "the person of its actor").await;
    two.lives(&uncertified).await;
    let held = read_certificates::my_certificates(app, &lapsed).await.unwrap();
    revoke_certificate::revoke_certificate(app, admin, held[0].id, "cheated".into()).await.unwrap();
    ended(&uncertified, "the certificate of its actor").await;
    let who = person_id(&revoked);
    let read = app.db.read(app.now(), move |r| Ok(access::rows::effective(r, who, &slug("reader"))?)).await;
    two.lives(&ungranted).await;
    revoke_grant::revoke_grant(app, admin, read.unwrap().unwrap().grant_id, "moved on".into()).await.unwrap();
    ended(&ungranted, "the grant of its actor").await;
    two.lives(&kept).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_of_actors_has_an_end() {
    let scene = Scene::set().await;
    let mut token = scene.hers().await;
    let mut before = scene.web.id.clone();
    for n in 0..=habilis::actions::exchange_token::MOST_ACTORS {
        let next = exchanger(scene.house(), &[&before], None).await.unwrap();
        if n == habilis::actions::exchange_token::MOST_ACTORS {
            assert_eq!(scene.exchange_error(&next, &token, &[]).await, "invalid_request");
            return;
        }
        token = scene.exchanged(&next, &token, &[]).await;
        before = next.id;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn exchanges_while_the_subject_ends_leave_nothing_that_lives() {
    let scene = Scene::set().await;
    let tool = exchanger(scene.house(), &[&scene.web.id], None).await.unwrap();
    let (app, replica, token) = (scene.house().app.clone(), scene.house().replica().await, scene.hers().await);
    let nobody = habilis::identity::actor::Actor::anonymous("192.0.2.1");
    let proven = async |tool: &Tool| {
        let secrets = tool.secret.clone().into_iter().collect();
        let shown = prove_client::Credentials { client_id: tool.id.clone(), secrets };
        prove_client::prove_client(&app, &nobody, shown).await.unwrap()
    };
    let (web, client) = (proven(&scene.web).await, proven(&tool).await);
    let exchanges = (0..12).map(|n| {
        let app = if n % 2 == 0 { app.clone() } else { replica.clone() };
        let (client, nobody, token) = (client.clone(), nobody.clone(), token.clone());
        tokio::spawn(async move {
            let shown = habilis::actions::exchange_token::Presented {
                subject_token: token,
                subject_token_type: ACCESS.into(),
                actor_token: None,
                actor_token_type: None,
                requested_token_type: None,
                scope: None,
                resource: None,
                audience: None,
            };
            habilis::actions::exchange_token::exchange_token(&app, &nobody, client, shown).await
        })
    });
    let exchanges = exchanges.collect::<Vec<_>>();
    introspect_token::revoke_token(&app, &nobody, web, token.clone()).await.unwrap();
    for exchange in exchanges {
        match exchange.await.unwrap() {
            Ok(issued) => assert!(!scene.lives(&json!(issued.access_token)).await),
            Err(fault) => assert_eq!(code(&fault), "oauth-request"),
        }
    }
    scene.tick();
    let other = scene.exchanged(&tool, &scene.hers().await, &[]).await;
    disable_person::disable_person(&app, &scene.house().admin, person_id(&scene.ana), "left".into()).await.unwrap();
    assert!(!scene.lives(&json!(other)).await);
}

/// A service account that exchanges tokens does that on its owner's word, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_exchanges_nothing_before_its_owner_agrees_nor_after() {
    let two = Two::set().await;
    let scene = &two.scene;
    let hers = scene.hers().await;
    let mut new = wanted(&["reader"]);
    new.grant_types.push(GrantType::TokenExchange);
    let service = Service { owner: scene.person(), logins: Vec::new() };
    let more = More { service: Some(service), exchanges: vec![scene.web.id.clone()] };
    let tool = registered(scene.house(), new, more).await.unwrap();
    assert_eq!(scene.exchange_error(&tool, &hers, &[]).await, "invalid_grant");
    accept(scene.house(), &scene.ana, &tool).await;
    let got = scene.exchanged(&tool, &hers, &[]).await;
    two.lives(&got).await;
    accept_client::decline_client(&scene.house().app, &scene.ana, tool.id.clone()).await.unwrap();
    two.ended(&got, "what was exchanged on an owner's word").await;
    assert_eq!(scene.exchange_error(&tool, &hers, &[]).await, "invalid_grant");
    two.lives(&hers).await;
}
