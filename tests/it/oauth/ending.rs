//! What ends a tool's tokens: the person, the session, an admin, a lock, a certificate; and what waits for a role.

use super::scene::{Scene, Tool};
use crate::support::person_id;
use habilis::{
    access::rows::LockKind,
    actions::{disable_person, lock, read_certificates, register_client, revoke_certificate, sign_out},
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn disconnecting_a_tool_ends_all_that_it_holds() {
    let scene = Scene::set().await;
    let (web, native) = (scene.connect(&scene.web, &[]).await, scene.connect(&scene.native, &[]).await);
    let who = scene.connect(&scene.web, &[("scope", "openid profile")]).await;
    let page = scene.get(&scene.cookie, "/account").await;
    assert!(page.text.contains("Lantern BI") && page.text.contains("Notebook"), "{}", page.text);
    let path = format!("/account/tools/{}/disconnect", scene.web.id);
    // Not without the form's token.
    let forged = scene.served.call(reqwest::Method::POST, &path).header("cookie", format!("habilis={}", scene.cookie));
    assert_eq!(scene.send(forged.form(&[("form_token", "x")])).await.status, 403);
    assert_eq!(scene.post(&scene.cookie, &path, &[]).await.status, 303);
    for token in [&web["access_token"], &web["refresh_token"], &who["access_token"]] {
        assert!(!scene.lives(token).await, "{token}");
    }
    assert!(scene.lives(&native["access_token"]).await, "another tool keeps its own");
    let reply = scene.refresh(&scene.web, &web["refresh_token"], &[]).await;
    assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_grant")));
    // What was agreed to is forgotten: the person is asked again.
    let query = scene.request(&scene.web, &[("prompt", "none")]);
    assert_eq!(scene.get(&scene.cookie, &format!("/authorize?{query}")).await.error(), "consent_required");
    assert_eq!(scene.post(&scene.cookie, &path, &[]).await.status, 404);
    assert_eq!(scene.house().events("tool.ended").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_people_and_tools_end_what_hangs_on_them() {
    let scene = Scene::set().await;
    let app = &scene.house().app;
    let first = scene.connect(&scene.web, &[]).await;
    sign_out::sign_out(app, &scene.ana).await.unwrap();
    assert!(!scene.lives(&first["access_token"]).await);
    assert_eq!(scene.refresh(&scene.web, &first["refresh_token"], &[]).await.status, 400);

    let scene = Scene { cookie: scene.house().bearer(&scene.ana).await, ..scene };
    let app = &scene.house().app;
    let (web, native) = (scene.connect(&scene.web, &[]).await, scene.connect(&scene.native, &[]).await);
    register_client::remove_client(app, &scene.house().admin, scene.native.id.clone()).await.unwrap();
    assert!(!scene.lives(&native["access_token"]).await && scene.lives(&web["access_token"]).await);
    assert_eq!(scene.refresh(&scene.native, &native["refresh_token"], &[]).await.json()["error"], "invalid_client");
    let query = scene.request(&scene.native, &[]);
    assert_eq!(scene.get(&scene.cookie, &format!("/authorize?{query}")).await.status, 404);

    disable_person::disable_person(app, &scene.house().admin, person_id(&scene.ana), "left".into()).await.unwrap();
    assert!(!scene.lives(&web["access_token"]).await);
    let reply = scene.refresh(&scene.web, &web["refresh_token"], &[]).await;
    assert_eq!(reply.json()["error"], "invalid_grant");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_without_offline_access_stays_as_long_as_the_session() {
    let scene = Scene::set().await;
    let stays = scene.connect(&scene.web, &[]).await;
    let goes = scene.connect(&scene.web, &[("scope", "openid role:reader")]).await;
    scene.house().advance("P8D");
    let reply = scene.refresh(&scene.web, &goes["refresh_token"], &[]).await;
    assert_eq!(reply.json()["error"], "invalid_grant");
    assert_eq!(scene.refresh(&scene.web, &stays["refresh_token"], &[]).await.status, 200);
    // And not for ever.
    let kept = scene.connect_again().await;
    scene.house().advance("P15D");
    assert_eq!(scene.refresh(&scene.web, &kept, &[]).await.json()["error"], "invalid_grant");
}

impl Scene {
    /// The refresh token of a fresh session's sign-in.
    async fn connect_again(&self) -> serde_json::Value {
        let cookie = self.house().bearer(&self.ana).await;
        let query = self.request(&self.web, &[]);
        let reply = self.get(&cookie, &format!("/authorize?{query}")).await;
        let code = reply.answer().1["code"].clone();
        self.redeem(&self.web, &code, &[]).await.json()["refresh_token"].clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_or_a_lost_certificate_speaks_at_once() {
    let scene = Scene::set().await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let tokens = scene.connect(&scene.web, &[]).await;
    let placed = lock::place_lock(app, admin, LockKind::Role, "reader".into(), "a leak".into()).await.unwrap();
    assert!(!scene.lives(&tokens["access_token"]).await && !scene.lives(&tokens["refresh_token"]).await);
    let reply = scene.refresh(&scene.web, &tokens["refresh_token"], &[]).await.json();
    assert!(reply["error"] == "invalid_grant" && reply["error_description"].to_string().contains("lock"), "{reply}");
    lock::lift_lock(app, admin, placed).await.unwrap();
    scene.tick();
    assert!(scene.lives(&tokens["access_token"]).await, "a lock that is lifted was no end");
    // The refused refresh used nothing up.
    let tokens = scene.refresh(&scene.web, &tokens["refresh_token"], &[]).await.json();
    let held = read_certificates::my_certificates(app, &scene.ana).await.unwrap();
    revoke_certificate::revoke_certificate(app, admin, held[0].id, "cheated".into()).await.unwrap();
    assert!(!scene.lives(&tokens["access_token"]).await);
    let reply = scene.refresh(&scene.web, &tokens["refresh_token"], &[]).await.json();
    let why = reply["error_description"].as_str().unwrap();
    assert!(reply["error"] == "invalid_grant" && why.contains("certification alpha"), "{reply}");
    assert_eq!(scene.refusals().await.1, "certification-missing");
    // Who the person is does not hang on it.
    let less = scene.refresh(&scene.web, &tokens["refresh_token"], &[("scope", "openid")]).await;
    assert_eq!(less.status, 200, "{}", less.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_lacks_the_role_is_led_to_it_and_back_to_the_tool() {
    let scene = Scene::set().await;
    let (bob, cookie) = scene.house().joined("Bob Castell", &[]).await;
    let query = scene.request(&scene.web, &[]);
    let path = format!("/authorize?{query}");
    let page = scene.get(&cookie, &path).await;
    assert_eq!(page.status, 403, "{}", page.text);
    for word in ["Lantern BI", "/courses/alpha", "/access/reader", "error&#x3D;invalid_scope"] {
        assert!(page.text.contains(word), "{word}: {}", page.text);
    }
    assert_eq!(scene.refusals().await.1, "role-not-held");
    // A tool that may show nothing is told, with what is missing.
    let silent = scene.get(&cookie, &format!("/authorize?{}", scene.request(&scene.web, &[("prompt", "none")]))).await;
    assert_eq!(silent.error(), "invalid_scope");
    assert!(silent.answer().1["error_description"].contains("certification alpha"));
    assert!(scene.get(&cookie, "/access/reader").await.text.contains("Lantern BI"));
    // Earned, the role's page leads back into the request.
    scene.house().certify(&bob, "alpha").await;
    scene.house().ask(&bob, "reader").await.unwrap();
    let page = scene.get(&cookie, "/access/reader").await;
    let link = page.text.split("href=\"/authorize?").nth(1).expect("the way back").split('"').next().unwrap();
    let link = format!("/authorize?{}", link.replace("&amp;", "&").replace("&#x3D;", "="));
    assert!(link.contains("nonce") && !link.contains("login_hint"), "{link}");
    let page = scene.get(&cookie, &link).await;
    assert!(page.status == 200 && page.text.contains("READER"), "{} {}", page.status, page.text);
    let query = link.strip_prefix("/authorize?").unwrap();
    let reply = scene.post(&cookie, "/authorize/consent", &[("query", query), ("say", "yes")]).await;
    assert!(reply.answer().1.contains_key("code"));
    assert!(!scene.get(&cookie, "/access/reader").await.text.contains("Lantern BI"), "nothing waits any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_at_a_tools_request() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[]).await;
    let bye = "https://tool.example.com/bye";
    let ask = |more: &[(&str, &str)]| {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        more.iter().for_each(|(name, value)| {
            out.append_pair(name, value);
        });
        format!("/logout?{}", out.finish())
    };
    // Nobody registered that address: no redirect, whatever comes along.
    let hint = tokens["id_token"].as_str().unwrap();
    let foreign = ask(&[("id_token_hint", hint), ("post_logout_redirect_uri", "https://evil.example/bye")]);
    assert_eq!(scene.get(&scene.cookie, &foreign).await.status, 422);
    assert_eq!(scene.get(&scene.cookie, &ask(&[("post_logout_redirect_uri", bye)])).await.status, 422);
    assert_eq!(scene.get(&scene.cookie, &ask(&[("id_token_hint", "x.y.z")])).await.status, 422);
    // Without a proof the person is asked; the answer needs the form's token.
    let plain = ask(&[("client_id", &scene.web.id), ("post_logout_redirect_uri", bye), ("state", "s 1")]);
    let page = scene.get(&scene.cookie, &plain).await;
    assert!(page.status == 200 && page.text.contains("Lantern BI") && page.text.contains("/logout/confirm"));
    let stay = scene.post(&scene.cookie, "/logout/confirm", &[("query", &plain[8..]), ("say", "no")]).await;
    assert_eq!((stay.status, stay.header("location")), (303, "/"));
    assert!(scene.lives(&tokens["access_token"]).await);
    // With the ID token of this session it happens at once, also when its time is over.
    scene.house().advance("PT11M");
    let proven = ask(&[("id_token_hint", hint), ("post_logout_redirect_uri", bye), ("state", "s 1")]);
    let reply = scene.get(&scene.cookie, &proven).await;
    assert_eq!((reply.status, reply.header("location")), (303, "https://tool.example.com/bye?state=s%201"));
    assert!(!scene.lives(&tokens["access_token"]).await);
    assert_eq!(scene.get(&scene.cookie, "/account").await.status, 303, "signed out");
    // The ID token of another session proves nothing about this one.
    let other = scene.house().bearer(&scene.ana).await;
    let page = scene.get(&other, &proven).await;
    assert!(page.status == 200 && page.text.contains("/logout/confirm"), "{}", page.status);
    let gone = scene.post(&other, "/logout/confirm", &[("query", &proven[8..]), ("say", "yes")]).await;
    assert_eq!(gone.header("location"), "https://tool.example.com/bye?state=s%201");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_gives_tokens_back() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[]).await;
    let revoke = async |tool: &Tool, token: &str| {
        scene.call(tool, "/revoke", &[("token", token), ("token_type_hint", "odd")]).await
    };
    let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
    // Unknown ones, and those of others, are as good as given back; nothing happens to them.
    for (tool, token) in [
        (&scene.web, "nonsense"),
        (&scene.native, text("access_token").as_str()),
        (&scene.native, text("refresh_token").as_str()),
    ] {
        assert_eq!(revoke(tool, token).await.status, 200);
    }
    assert!(scene.lives(&tokens["access_token"]).await && scene.lives(&tokens["refresh_token"]).await);
    assert_eq!(revoke(&scene.web, &text("access_token")).await.status, 200);
    assert!(!scene.lives(&tokens["access_token"]).await);
    let next = scene.refresh(&scene.web, &tokens["refresh_token"], &[]).await.json();
    assert_eq!(revoke(&scene.web, next["refresh_token"].as_str().unwrap()).await.status, 200);
    assert!(!scene.lives(&next["access_token"]).await, "the family ends with its refresh token");
    assert_eq!(scene.refresh(&scene.web, &next["refresh_token"], &[]).await.json()["error"], "invalid_grant");
    assert_eq!((scene.house().events("token.revoked").await, scene.house().events("tool.ended").await), (1, 1));
    let reply = scene.call(&scene.web, "/revoke", &[]).await;
    assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_request")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_on_a_person_outranks_that_who_they_are_needs_no_role() {
    let scene = Scene::set().await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let who = [("scope", "openid profile offline_access")];
    let told = scene.connect(&scene.web, &who).await;
    let userinfo = async || {
        let call =
            scene.served.call(reqwest::Method::GET, "/userinfo").bearer_auth(told["access_token"].as_str().unwrap());
        scene.send(call).await.status
    };
    assert_eq!((scene.lives(&told["access_token"]).await, userinfo().await), (true, 200));
    let waiting = scene.code(&scene.web, &who).await;
    let me = person_id(&scene.ana).to_string();
    let placed = lock::place_lock(app, admin, LockKind::Person, me, "a theft".into()).await.unwrap();
    scene.tick();
    assert_eq!((scene.lives(&told["access_token"]).await, userinfo().await), (false, 401));
    for reply in
        [scene.refresh(&scene.web, &told["refresh_token"], &[]).await, scene.redeem(&scene.web, &waiting, &[]).await]
    {
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_grant")), "{}", reply.text);
    }
    let page = scene.agree(&scene.web, &who).await;
    assert!(page.status == 403 && page.header("location").is_empty(), "{} {}", page.status, page.text);
    lock::lift_lock(app, admin, placed).await.unwrap();
    scene.tick();
    assert_eq!((scene.lives(&told["access_token"]).await, userinfo().await), (true, 200));
}

/// What a code is worth is judged when it is redeemed, not when it was given.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_worth_what_its_person_may_at_that_moment() {
    let scene = Scene::set().await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let code = scene.code(&scene.web, &[]).await;
    let placed = lock::place_lock(app, admin, LockKind::Role, "reader".into(), "a leak".into()).await.unwrap();
    let reply = scene.redeem(&scene.web, &code, &[]).await;
    assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_grant")));
    lock::lift_lock(app, admin, placed).await.unwrap();
    scene.tick();
    let code = scene.code(&scene.web, &[]).await;
    let held = read_certificates::my_certificates(app, &scene.ana).await.unwrap();
    revoke_certificate::revoke_certificate(app, admin, held[0].id, "cheated".into()).await.unwrap();
    let reply = scene.redeem(&scene.web, &code, &[]).await;
    assert!(reply.status == 400 && reply.text.contains("certification alpha"), "{}", reply.text);
    assert_eq!(scene.house().events("token.minted").await, 0);
}
