//! Signing out on both sides: the provider tells that its session has ended, and whoever signs out here is led there.

use super::scene::{Browser, Reply, Scene};
use habilis::{
    base::ids::Id,
    identity::actor::Who,
    tokens::rows::{self as token_rows, AuthorizationRow},
};
use serde_json::{Value, json};

async fn told(scene: &Scene, token: &str) -> (u16, Value) {
    let client = reqwest::Client::new();
    let at = format!("{}/sign-in/with/staff/logout", scene.served.base);
    let answer = client.post(at).form(&[("logout_token", token)]).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default())
}

/// Somebody who signed in through a session of the provider's.
async fn signed_in(scene: &Scene, sid: &str) -> Browser {
    scene.idp.conduct().sid = sid.to_owned();
    scene.tick();
    let browser = Browser::open(scene);
    assert_eq!(browser.sign_in("").await.status, 303);
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_logout_token_ends_the_sessions_that_it_names_and_what_hangs_on_them() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let (one, two) = (signed_in(&scene, "s-1").await, signed_in(&scene, "s-2").await);
    // A tool that holds something through the first.
    let session = "SELECT s.session_id AS word FROM provider_sessions s WHERE s.sid = 's-1'";
    let session: Id<habilis::base::ids::Session> = scene.read(session).await.parse().unwrap();
    let app = &scene.house().app;
    let family: Id<habilis::base::ids::Authorization> = Id::new(app.now());
    app.db
        .write(app.now(), move |w| {
            let person = habilis::identity::rows::person_by_email(w, &"ana.verano@example.com".parse().unwrap())?;
            let row = AuthorizationRow {
                id: family,
                client_id: "habilis-cli".into(),
                person_id: person.unwrap().id,
                session_id: Some(session),
                scope: "openid".into(),
                role_id: None,
                resource: None,
                auth_at: w.now(),
                nonce: None,
                ended_at: None,
            };
            Ok::<_, habilis::base::refusal::Fault>(token_rows::insert_authorization(w, &row)?)
        })
        .await
        .unwrap();
    scene.tick();
    let token = scene.idp.logout_token(&json!({ "sid": "s-1" }), "logout+jwt");
    assert_eq!(told(&scene, &token).await.0, 200);
    assert_eq!((one.who().await.as_str(), two.who().await.as_str()), ("", "ana.verano@example.com"));
    let ended = app.db.read(app.now(), move |r| Ok(token_rows::family(r, family)?)).await.unwrap().unwrap();
    assert!(ended.ended_at.is_some(), "the tool's family has ended, too");
    let line = "SELECT data AS word FROM events WHERE kind = 'session.ended' ORDER BY seq DESC LIMIT 1";
    let line: Value = serde_json::from_str(&scene.read(line).await).unwrap();
    assert_eq!((&line["by"], &line["provider"]), (&json!("back_channel"), &json!("staff")));
    // Once: it was used.
    let (status, answer) = told(&scene, &token).await;
    assert_eq!((status, &answer["error"]), (400, &json!("invalid_request")), "{answer}");
    // All of the subject's, where no session is named; also in a token without a type of its own.
    let three = signed_in(&scene, "s-3").await;
    let token = scene.idp.logout_token(&json!({ "sid": null }), "JWT");
    assert_eq!(told(&scene, &token).await.0, 200);
    assert_eq!((two.who().await, three.who().await), (String::new(), String::new()));
    // A session that nobody knows is no error (section 2.7).
    let token = scene.idp.logout_token(&json!({ "sid": "s-9" }), "logout+jwt");
    assert_eq!(told(&scene, &token).await.0, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_no_sound_logout_token_ends_nothing() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let browser = signed_in(&scene, "s-1").await;
    let now = scene.house().clock.now().seconds();
    let mut tokens: Vec<String> = [
        json!({ "nonce": "n" }),
        json!({ "events": {} }),
        json!({ "events": { "http://schemas.openid.net/event/backchannel-logout": "x" } }),
        json!({ "events": null }),
        json!({ "aud": "other" }),
        json!({ "iss": "https://other.example.com" }),
        json!({ "exp": now - 61 }),
        json!({ "exp": null }),
        json!({ "iat": now - 3_600 }),
        json!({ "iat": now + 3_600 }),
        json!({ "jti": null }),
        json!({ "sub": null, "sid": null }),
    ]
    .iter()
    .map(|other| scene.idp.logout_token(other, "logout+jwt"))
    .collect();
    tokens.push(scene.idp.logout_token(&json!({}), "at+jwt"));
    let good = scene.idp.logout_token(&json!({}), "logout+jwt");
    let (signed, _) = good.rsplit_once('.').unwrap();
    tokens.push(format!("{signed}.AAAA"));
    tokens.extend(["", "x", "a.b.c"].map(str::to_owned));
    for token in &tokens {
        let (status, answer) = told(&scene, token).await;
        assert_eq!(status, 400, "{token}: {answer}");
        assert_eq!(browser.who().await, "ana.verano@example.com", "{token}");
    }
    // Somebody else's session under this subject, and this session under another subject.
    let other = scene.idp.logout_token(&json!({ "sub": "bob-1" }), "logout+jwt");
    assert_eq!(told(&scene, &other).await.0, 200);
    assert_eq!(browser.who().await, "ana.verano@example.com");
    let at = format!("{}/sign-in/with/nobody/logout", scene.served.base);
    let answer = reqwest::Client::new().post(at).form(&[("logout_token", &good)]).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 404);
    assert_eq!(told(&scene, &good).await.0, 200);
    assert_eq!(browser.who().await, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_of_the_provider_s_ends_the_session_that_it_names() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let (one, two) = (signed_in(&scene, "s-1").await, signed_in(&scene, "s-2").await);
    let frame = async |iss: &str, sid: &str| -> Reply {
        let at = format!("/sign-in/with/staff/logout?iss={iss}&sid={sid}");
        Browser::open(&scene).go(&at).await
    };
    let issuer = scene.idp.base.clone();
    for (iss, sid) in [("https://other.example.com", "s-1"), ("", "s-1"), (issuer.as_str(), "")] {
        assert_eq!(frame(iss, sid).await.status, 400, "{iss} {sid}");
    }
    assert_eq!(frame(&issuer, "s-9").await.status, 200);
    assert_eq!(one.who().await, "ana.verano@example.com");
    let reply = frame(&issuer, "s-1").await;
    assert_eq!((reply.status, reply.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    assert_eq!((one.who().await.as_str(), two.who().await.as_str()), ("", "ana.verano@example.com"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_signs_out_here_is_led_to_sign_out_there() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let browser = signed_in(&scene, "s-1").await;
    let reply = browser.post("/sign-out", &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let refresh = reply.headers["refresh"].to_str().unwrap();
    let there = refresh.strip_prefix("0;url=").unwrap();
    assert!(
        there.starts_with(&format!("{}/bye?client_id=habilis&post_logout_redirect_uri=", scene.idp.base)),
        "{there}"
    );
    let hint = super::scene::field(there, "id_token_hint");
    assert_eq!(hint.matches('.').count(), 2);
    assert_eq!(super::scene::field(there, "post_logout_redirect_uri"), format!("{}/sign-in", scene.served.base));
    assert!(reply.text.contains("You are signed out here") && !reply.text.contains("Ana Verano"), "{}", reply.text);
    assert_eq!(browser.who().await, "");
    // The token stands sealed in the database, and goes when the session is over.
    let hint_bytes = hint.into_bytes();
    let kept = scene
        .house()
        .app
        .db
        .read(scene.house().app.now(), |r| {
            let session = habilis::db::sql("SELECT session_id AS word FROM provider_sessions").one::<String>(r)?;
            let session = session.parse().map_err(habilis::base::refusal::Broken::defect)?;
            Ok(habilis::identity::rows::provider_session(r, session)?)
        })
        .await
        .unwrap()
        .unwrap();
    let sealed = kept.hint.unwrap();
    assert!(!sealed.windows(20).any(|part| part == &hint_bytes[..20]));
    habilis::actions::sweep::sweep(&scene.house().app).await.unwrap();
    assert_eq!(scene.count("SELECT COUNT(*) AS n FROM provider_sessions").await, 0);

    // A provider that has no such place, or does not answer, keeps nobody in.
    let browser = signed_in(&scene, "s-2").await;
    scene.house().advance("PT61M");
    scene.idp.conduct().document.insert("end_session_endpoint".into(), Value::Null);
    let reply = browser.post("/sign-out", &[]).await;
    assert_eq!((reply.status, reply.to().as_str(), browser.who().await.as_str()), (303, "/sign-in", ""));
    let browser = signed_in(&scene, "s-3").await;
    scene.house().advance("PT61M");
    scene.idp.conduct().ways.insert("document", super::provider::Way::Broken);
    let reply = browser.post("/sign-out", &[]).await;
    assert_eq!((reply.status, browser.who().await.as_str()), (303, ""));
    // With a password, nobody is led anywhere.
    let browser = Browser::open(&scene);
    assert_eq!(browser.password("ana.verano@example.com").await.status, 303);
    let reply = browser.post("/sign-out", &[]).await;
    assert_eq!((reply.status, reply.to().as_str()), (303, "/sign-in"));
    assert!(matches!(scene.house().admin.who, Who::Person(_)));
}
