//! What an account can't do: use another's secret, another role or warehouse, or pass for a person.

use super::{accept, account, registered};
use crate::{
    oauth::{
        scene::{Scene, Tool, claims},
        verify::ask,
    },
    support::{code, person_id},
};
use habilis::{
    actions::{change_person, hand_over_client, mint_token, register_client},
    base::refusal::Fault,
    db::sql,
    tokens::rows,
};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_accounts_secret_opens_nothing() {
    let scene = Scene::set().await;
    let (eve, _) = scene.house().joined("Eve Marin", &[]).await;
    let (hers, other) =
        (account(scene.house(), &scene.ana, &["reader"]).await, account(scene.house(), &eve, &["reader"]).await);
    for secret in [other.secret.clone(), scene.web.secret.clone(), None] {
        let borrowed = Tool { secret, ..hers.clone() };
        assert_eq!(scene.service_error(&borrowed, &[]).await.0, "invalid_client");
    }
    // Its own secret gives it no other owner, whatever it says.
    let named = scene.service(&other, &[("client_id", &hers.id)]).await;
    assert_eq!(named.json()["error"], "invalid_request", "{}", named.text);
    assert_eq!(scene.service_error(&other, &[("owner", &scene.person())]).await.0, "invalid_grant");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_is_not_on_the_list_is_refused_even_where_the_owner_holds_it() {
    let scene = Scene::set().await;
    scene.house().ask(&scene.ana, "either").await.unwrap();
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    assert_eq!(scene.service_error(&tool, &[("scope", "role:either")]).await.0, "invalid_scope");
    let attic = ("resource", "https://attic.example.com");
    assert_eq!(scene.service_error(&tool, &[("scope", "session:role:READER"), attic]).await.0, "invalid_target");
    assert_eq!(scene.service_error(&tool, &[("scope", "role:either"), attic]).await.0, "invalid_scope");
    // And what it has for one warehouse is nothing in the other.
    let token = scene.service_token(&tool, &[]).await;
    for query in ["?warehouse=attic", "?warehouse=lake&role=keeper", "?audience=https://attic.example.com"] {
        assert_eq!(ask(&scene, &scene.served.base, query, &token).await.status, 403, "{query}");
    }
    assert_eq!(claims(&token)["aud"], "https://lake.example.com");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_of_an_account_is_nobodys_sign_in() {
    let scene = Scene::set().await;
    let tool = account(scene.house(), &scene.ana, &["reader"]).await;
    let token = scene.service_token(&tool, &[]).await;
    // Who somebody is: it is nobody.
    let reply = scene.send(scene.served.call(Method::GET, "/userinfo").bearer_auth(&token)).await;
    assert_eq!((reply.status, &reply.json()["error"]), (401, &json!("invalid_token")));
    // The API of people.
    let reply = scene.send(scene.served.call(Method::GET, "/api/v1/me").bearer_auth(&token)).await;
    assert_eq!(reply.status, 401, "{}", reply.text);
    // It is sent back nowhere, and no code is made for it.
    for back in ["https://tool.example.com/back", ""] {
        let sent = Tool { id: tool.id.clone(), secret: None, back: "https://tool.example.com/back" };
        let query = scene.request(&sent, &[("redirect_uri", back), ("id_token_hint", &token)]);
        let reply = scene.get(&scene.cookie, &format!("/authorize?{query}")).await;
        assert!(reply.status >= 400 && reply.header("location").is_empty(), "{}", reply.status);
    }
    let reply = scene.call(&tool, "/device_authorization", &[("scope", "role:reader")]).await;
    assert_eq!(reply.json()["error"], "unauthorized_client", "{}", reply.text);
    // It is no refresh token, of its own account or of a tool, and no code.
    for (who, error) in [(&tool, "unauthorized_client"), (&scene.web, "invalid_grant")] {
        assert_eq!(scene.refresh(who, &json!(token), &[]).await.json()["error"], error);
    }
    assert_eq!(scene.redeem(&tool, &token, &[]).await.status, 400);
    // A person's token is refused where a machine's is told apart by its subject.
    let person = crate::oauth::verify::minted(&scene, &scene.ana, "reader").await;
    assert!(claims(&person)["sub"].as_str().unwrap().starts_with("per_") && claims(&person).get("owner").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_taken_for_somebody_else_by_a_name_in_a_warehouse() {
    let scene = Scene::set().await;
    let (house, owner) = (scene.house(), scene.person());
    let (app, admin) = (&house.app, &house.admin);
    change_person::change_login(app, admin, person_id(&scene.ana), "attic".parse().unwrap(), "anna".into())
        .await
        .unwrap();
    let kept = async || {
        let clients = app.db.read(app.now(), |r| Ok(sql("SELECT COUNT(*) AS n FROM clients").one::<i64>(r)?));
        (clients.await.unwrap(), house.events("notice.told").await)
    };
    let before = kept().await;
    // By the rule of the warehouse, by hand, and in whichever case.
    for (warehouse, login) in
        [("lake", "ANA.VERANO"), ("lake", "ana.verano"), ("attic", "ana.verano@example.com"), ("attic", "ANNA")]
    {
        let refused = registered(house, &owner, &["reader"], &[(warehouse, login)]).await.err().unwrap();
        assert_eq!(code(&refused), "client-login-taken", "{login}");
    }
    assert_eq!(kept().await, before, "what is refused is not there, and nobody is asked to agree to it");
    let tool = registered(house, &owner, &["reader"], &[("lake", "SVC_A"), ("attic", "ana.verano")]).await.unwrap();
    accept(house, &scene.ana, &tool).await;
    let other = registered(house, &owner, &["reader"], &[("lake", "SVC_C")]).await.unwrap();
    let before = kept().await;
    let refused = registered(house, &owner, &["reader"], &[("lake", "svc_a")]).await.err().unwrap();
    assert_eq!(code(&refused), "client-login-taken");
    assert_eq!(kept().await, before);
    // Whoever is refused another's name keeps their own.
    let lake = || "lake".parse().unwrap();
    let taken = hand_over_client::name_client(app, admin, other.id.clone(), lake(), "svc_a".to_owned()).await;
    assert_eq!(code(&taken.unwrap_err()), "client-login-taken");
    let named = app.db.read(app.now(), move |r| Ok(rows::client_login(r, &other.id, &lake())?)).await.unwrap();
    assert_eq!(named.as_deref(), Some("SVC_C"));
    let refused =
        change_person::change_login(app, admin, person_id(&scene.ana), "lake".parse().unwrap(), "Svc_A".into());
    assert_eq!(code(&refused.await.unwrap_err()), "client-login-taken");
    // A new name ends what was made with the old one.
    let token = scene.service_token(&tool, &[]).await;
    assert_eq!(claims(&token)["preferred_username"], "SVC_A");
    let name = |login: &str| {
        hand_over_client::name_client(app, admin, tool.id.clone(), "lake".parse().unwrap(), login.to_owned())
    };
    for (login, refused) in [("Ana.Verano", "client-login-taken"), ("a\nb", "client-login")] {
        assert_eq!(code(&name(login).await.unwrap_err()), refused);
    }
    assert!(scene.lives(&json!(token)).await);
    name("SVC_B").await.unwrap();
    assert!(!scene.lives(&json!(token)).await);
    assert_eq!(claims(&scene.service_token(&tool, &[]).await)["preferred_username"], "SVC_B");
    name(" ").await.unwrap();
    assert_eq!(claims(&scene.service_token(&tool, &[]).await)["preferred_username"], json!(tool.id.to_uppercase()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_who_comes_to_be_named_like_an_account_gets_no_token_under_that_name() {
    let scene = Scene::set().await;
    let (house, owner) = (scene.house(), scene.person());
    let (app, admin) = (&house.app, &house.admin);
    let logins = [("lake", "Eve.Marin"), ("attic", "eve.marin@example.com")];
    let tool = registered(house, &owner, &["reader"], &logins).await.unwrap();
    accept(house, &scene.ana, &tool).await;
    let (eve, _) = house.joined("Eve Marin", &[]).await;
    house.certify(&eve, "alpha").await;
    house.ask(&eve, "reader").await.unwrap();
    let mint = || mint_token::mint_token(app, &eve, "reader".parse().unwrap());
    let refused = mint().await.err().unwrap();
    assert_eq!(code(&refused), "named-like-machine");
    let Fault::Refused(told) = refused else { panic!("refused") };
    assert!(told.sentence.contains("lake") && told.sentence.to_lowercase().contains("eve.marin"), "{}", told.sentence);
    // The account is what it was; and either of the two may be named anew.
    assert_eq!(claims(&scene.service_token(&tool, &[]).await)["preferred_username"], "Eve.Marin");
    let lake = || "lake".parse().unwrap();
    change_person::change_login(app, admin, person_id(&eve), lake(), "EVE_M".into()).await.unwrap();
    assert_eq!(claims(&mint().await.unwrap().token)["preferred_username"], "EVE_M");
    change_person::change_login(app, admin, person_id(&eve), lake(), String::new()).await.unwrap();
    assert_eq!(code(&mint().await.err().unwrap()), "named-like-machine");
    hand_over_client::name_client(app, admin, tool.id.clone(), lake(), "SVC_EVE".into()).await.unwrap();
    let named = claims(&mint().await.unwrap().token)["preferred_username"].clone();
    assert_eq!(named.as_str().unwrap().to_lowercase(), "eve.marin");
    // The name of an account that was removed is nobody's.
    let gone = registered(house, &owner, &["reader"], &[("lake", "eve_m")]).await.unwrap();
    let taken = change_person::change_login(app, admin, person_id(&eve), lake(), "EVE_M".into());
    assert_eq!(code(&taken.await.unwrap_err()), "client-login-taken");
    register_client::remove_client(app, admin, gone.id).await.unwrap();
    change_person::change_login(app, admin, person_id(&eve), lake(), "EVE_M".into()).await.unwrap();
    assert_eq!(claims(&mint().await.unwrap().token)["preferred_username"], "EVE_M");
}
