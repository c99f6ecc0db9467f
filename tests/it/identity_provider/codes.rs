//! Every refusal on the way to a provider and back, provoked once: its page, its status, and its line.

use super::{
    provider::Way,
    scene::{Browser, Scene, serve},
};
use crate::support::{House, person_id};
use habilis::actions::disable_person;
use serde_json::{Value, json};

/// Provokes them; gives their codes.
pub async fn provoke() -> Vec<&'static str> {
    let scene = Scene::with(json!({ "domains": ["example.com"] })).await;
    let house = scene.house();
    let browser = Browser::open(&scene);
    let mut codes = Vec::new();
    let mut seen = async |code: &'static str, status: u16, reply: super::scene::Reply| {
        assert_eq!((reply.code().as_str(), reply.status), (code, status), "{}", reply.text);
        let line = "SELECT data AS word FROM events WHERE kind = 'refused' ORDER BY seq DESC LIMIT 1";
        let data: Value = serde_json::from_str(&scene.read(line).await).unwrap();
        assert_eq!(data["code"], code);
        codes.push(code);
    };
    let is = |sub: &str, email: &str, verified: bool| {
        scene.idp.is(json!({ "sub": sub, "email": email, "email_verified": verified, "name": "Ana" }));
    };
    seen("no-such-provider", 404, browser.go("/sign-in/with/nobody").await).await;
    seen("provider-sign-in-over", 410, browser.go("/sign-in/with/staff/back?state=x").await).await;
    seen("provider-no-account", 403, browser.sign_in("").await).await;
    is("x-1", "x@example.org", true);
    seen("provider-address-foreign", 403, browser.sign_in("").await).await;
    is("x-1", "x@example.com", false);
    seen("provider-address-unverified", 403, browser.sign_in("").await).await;
    is("x-1", "admin@example.com", true);
    seen("provider-link-first", 403, browser.sign_in("").await).await;
    scene.idp.conduct().refusal = Some(("access_denied", "no"));
    seen("provider-denied", 403, browser.sign_in("").await).await;
    scene.idp.conduct().refusal = None;
    scene.idp.says("nonce", json!("other"));
    seen("provider-unsound", 403, browser.sign_in("").await).await;
    scene.idp.conduct().twist = None;
    scene.idp.conduct().ways.insert("token", Way::Broken);
    seen("provider-away", 503, browser.sign_in("").await).await;
    scene.idp.conduct().ways.clear();
    let ana = house.person("Ana Verano").await;
    is("ana-1", "ana.verano@example.com", true);
    assert_eq!(Browser::open(&scene).sign_in("").await.status, 303);
    is("ana-2", "ana.verano@example.com", true);
    seen("provider-other-identity", 409, browser.sign_in("").await).await;
    scene.tick();
    disable_person::disable_person(&house.app, &house.admin, person_id(&ana), "has left".into()).await.unwrap();
    seen("provider-account-inactive", 403, browser.sign_in("").await).await;

    let own = super::scene::provider("staff", &scene.idp, json!({ "only": true, "domains": ["example.com"] }));
    let (only, _) = serve(House::new().await, |settings| settings.provider = vec![own]).await;
    let sent = json!({ "email": "ana.verano@example.com", "password": "wrong" });
    let (status, told) = only.api("", reqwest::Method::POST, "/api/v1/session", sent).await;
    assert_eq!((status.as_u16(), &told["code"]), (403, &json!("provider-only")));
    codes.push("provider-only");
    codes
}
