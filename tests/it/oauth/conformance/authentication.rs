//! When and how a person is asked to sign in: `prompt`, `max_age`, hints (Core, section 3.1.2.1).

use crate::oauth::scene::{Reply, Scene, claims};
use serde_json::{Value, json};

impl Scene {
    /// Asks with a session.
    async fn ask(&self, cookie: &str, other: &[(&str, &str)]) -> Reply {
        self.get(cookie, &format!("/authorize?{}", self.request(&self.web, other))).await
    }

    /// The ID token of a request that is answered at once.
    async fn silently(&self, cookie: &str, other: &[(&str, &str)]) -> Value {
        let reply = self.ask(cookie, other).await;
        let code = reply.answer().1["code"].clone();
        let tokens = self.redeem(&self.web, &code, &[]).await.json();
        claims(tokens["id_token"].as_str().unwrap())
    }

    /// Where the sign-in page leads when the person has signed in.
    fn after(reply: &Reply) -> String {
        assert_eq!(reply.status, 303, "{}", reply.text);
        let form = url::Url::parse(&format!("http://x{}", reply.header("location"))).unwrap();
        assert_eq!(form.path(), "/sign-in", "{form}");
        form.query_pairs().find(|(name, _)| name == "next").unwrap().1.into_owned()
    }
}

/// `oidcc-prompt-login`: the person signs in anew, and the ID token says when.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prompt_login_signs_in_anew() {
    let scene = Scene::set().await;
    scene.connect(&scene.web, &[]).await;
    let first = scene.silently(&scene.cookie, &[]).await;
    scene.house().advance("PT2S");
    let next = Scene::after(&scene.ask(&scene.cookie, &[("prompt", "login")]).await);
    let newer = scene.house().bearer(&scene.ana).await;
    let reply = scene.get(&newer, &next).await;
    let tokens = scene.redeem(&scene.web, &reply.answer().1["code"], &[]).await.json();
    let second = claims(tokens["id_token"].as_str().unwrap());
    assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64(), "{first} {second}");
    assert_eq!(first["sub"], second["sub"]);
    assert_ne!(first["sid"], second["sid"]);
}

/// `oidcc-prompt-none-not-logged-in`: nothing is shown.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prompt_none_without_a_session_is_login_required() {
    let scene = Scene::set().await;
    let reply = scene.ask("", &[("prompt", "none")]).await;
    assert_eq!(reply.error(), "login_required");
    assert_eq!(reply.answer().1["state"], "a state & more");
}

/// `oidcc-prompt-none-logged-in`: the same person, as they signed in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prompt_none_with_a_session_goes_through() {
    let scene = Scene::set().await;
    let first = claims(scene.connect(&scene.web, &[]).await["id_token"].as_str().unwrap());
    scene.house().advance("PT5S");
    let second = scene.silently(&scene.cookie, &[("prompt", "none")]).await;
    assert_eq!((&first["sub"], &first["auth_time"]), (&second["sub"], &second["auth_time"]));
    assert_ne!(first["iat"], second["iat"]);
}

/// `oidcc-max-age-1`: one second later the person signs in again, and `auth_time` shows it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn max_age_1_signs_in_again_after_a_second() {
    let scene = Scene::set().await;
    scene.connect(&scene.web, &[]).await;
    let first = scene.silently(&scene.cookie, &[]).await;
    scene.house().advance("PT2S");
    let next = Scene::after(&scene.ask(&scene.cookie, &[("max_age", "1")]).await);
    // The old session does not do, however often it is shown.
    assert_eq!(Scene::after(&scene.get(&scene.cookie, &next).await).split('&').next(), next.split('&').next());
    let newer = scene.house().bearer(&scene.ana).await;
    let code = scene.get(&newer, &next).await.answer().1["code"].clone();
    let tokens = scene.redeem(&scene.web, &code, &[]).await.json();
    let second = claims(tokens["id_token"].as_str().unwrap());
    assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64());
    assert_eq!(scene.ask(&scene.cookie, &[("max_age", "1"), ("prompt", "none")]).await.error(), "login_required");
}

/// `oidcc-max-age-10000`: a recent sign-in is recent enough, and `auth_time` is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn max_age_10000_takes_the_session_that_is_there() {
    let scene = Scene::set().await;
    let first = claims(scene.connect(&scene.web, &[]).await["id_token"].as_str().unwrap());
    scene.house().advance("PT60S");
    let second = scene.silently(&scene.cookie, &[("max_age", "10000")]).await;
    assert_eq!(
        (first["auth_time"].as_i64().unwrap(), &first["sub"]),
        (second["auth_time"].as_i64().unwrap(), &second["sub"])
    );
}

/// `oidcc-id-token-hint`: the person of the hint is the one who is signed in; also when the hint's time is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_token_hint_is_about_the_person_who_is_there() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[]).await;
    let hint = tokens["id_token"].as_str().unwrap();
    let hinted = [("id_token_hint", hint), ("prompt", "none")];
    assert_eq!(scene.silently(&scene.cookie, &hinted).await["sub"], scene.person());
    scene.house().advance("PT15M");
    assert_eq!(scene.silently(&scene.cookie, &hinted).await["sub"], scene.person());
    // Somebody else is asked to sign in as the one who is meant.
    let (_, eve) = scene.house().joined("Eve Marin", &[]).await;
    let other = [("id_token_hint", hint), ("scope", "openid")];
    assert!(scene.ask(&eve, &other).await.header("location").contains("again=1"));
    // An access token is no ID token, though this service signed it.
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(scene.ask(&scene.cookie, &[("id_token_hint", access)]).await.error(), "invalid_request");
}

/// `oidcc-login-hint`: it stands in the form, and what is no address of anybody does no harm.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_hint_is_filled_in() {
    let scene = Scene::set().await;
    for hint in ["ana.verano@example.com", "\"><script>alert(1)</script>"] {
        let reply = scene.ask("", &[("login_hint", hint)]).await;
        let form = scene.get("", reply.header("location")).await;
        assert_eq!(form.status, 200);
        assert_eq!(form.text.contains("value=\"ana.verano@example.com\""), hint.starts_with("ana"));
        assert!(!form.text.contains("<script>alert"), "{}", form.text);
    }
    // With a session there is nothing to fill in.
    scene.connect(&scene.web, &[]).await;
    assert_eq!(scene.silently(&scene.cookie, &[("login_hint", "eve@example.com")]).await["sub"], scene.person());
}

/// `oidcc-ui-locales`, `oidcc-claims-locales`: the first that there is; none of them is never an error.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn locales_are_wishes() {
    let scene = Scene::set().await;
    for (wish, lang) in [("se", "en"), ("fr-CA fr en", "fr"), ("de es", "es"), ("x-klingon", "en")] {
        let page = scene.ask(&scene.cookie, &[("ui_locales", wish), ("claims_locales", wish)]).await;
        assert!(page.status == 200 && page.text.contains(&format!("<html lang=\"{lang}\"")), "{wish}: {}", page.status);
    }
}

/// `oidcc-ensure-request-with-acr-values-succeeds`, `oidcc-display-page`, `oidcc-display-popup`,
/// `oidcc-ensure-request-with-unknown-parameter-succeeds`, `oidcc-claims-essential`: what is not known here is passed over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_known_is_passed_over() {
    let scene = Scene::set().await;
    let essential = json!({ "userinfo": { "name": { "essential": true } } }).to_string();
    for other in [
        ("acr_values", "1 2"),
        ("display", "page"),
        ("display", "popup"),
        ("extra", "foobar"),
        ("claims", essential.as_str()),
    ] {
        let tokens = scene.connect(&scene.web, &[other, ("prompt", "consent")]).await;
        let said = claims(tokens["id_token"].as_str().unwrap());
        assert_eq!(said["sub"], scene.person(), "{other:?}");
        assert!(said.get("acr").is_none(), "no level is claimed that was not reached");
    }
}

/// Anonymous people, and people of another session, are asked to sign in before anything else (Core, section 3.1.2.3).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_signed_in_is_asked_to() {
    let scene = Scene::set().await;
    for cookie in ["", "hs_nothing", "x"] {
        assert!(Scene::after(&scene.ask(cookie, &[]).await).starts_with("/authorize?"), "{cookie}");
    }
}
