//! Credentials of the company's directory, and every refusal that the directory gets.

use super::stage::{Stage, items, text};
use habilis::base::ids::{self, Id};
use reqwest::Method;
use serde_json::{Value, json};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";

pub async fn tour(stage: &Stage) {
    let made = stage.ok(&stage.admin, "POST /provisioning", json!({ "name": "Entra ID" })).await;
    assert!(text(&made["token"]).starts_with("hpv_"));
    let listed = stage.get(&stage.auditor, "/provisioning").await;
    assert_eq!((&items(&listed)[0]["id"], &items(&listed)[0]["name"]), (&made["id"], &json!("Entra ID")));
    assert!(!listed.to_string().contains(text(&made["token"])));
    stage.ok(&stage.admin, &format!("DELETE /provisioning/{}", text(&made["id"])), Value::Null).await;
    assert!(items(&stage.get(&stage.admin, "/provisioning").await).is_empty());
}

/// Provokes every code of the directory, each with its event where somebody was refused something.
pub async fn codes(stage: &Stage) {
    let admin = &super::refusals::again(stage, &stage.admin).await;
    let made = stage.ok(admin, "POST /provisioning", json!({ "name": "Entra ID" })).await;
    stage.ok(admin, "POST /provisioning", json!({ "name": "Okta" })).await;
    stage.refused(admin, "POST /provisioning", json!({ "name": "Third" }), 409, "provisioning-full").await;
    stage.refused(admin, "POST /provisioning", json!({ "name": " " }), 422, "bad-field").await;
    let gone = Id::<ids::Provisioning>::new(stage.house().app.now());
    let code = "no-such-provisioning-credential";
    stage.refused(admin, &format!("DELETE /provisioning/{gone}"), Value::Null, 404, code).await;

    let call = async |method: Method, path: &str, body: Value, code: &str| {
        let request = stage.served.call(method, &format!("/scim/v2{path}")).bearer_auth(text(&made["token"]));
        let answer = request.header("if-match", "\"old\"").json(&body).send().await.unwrap();
        assert!(answer.status().is_client_error(), "{path}: {code}");
        assert_eq!(stage.last_refused().await, code);
        stage.provoked(code);
    };
    let user = |email: &str| json!({ "schemas": [USER], "userName": email });
    call(Method::POST, "/Users", user("nobody"), "scim-request").await;
    call(Method::POST, "/Users", user("admin@example.com"), "scim-taken").await;
    let admin = format!("/Users/{}", admin.id);
    call(Method::DELETE, &admin, Value::Null, "scim-stale").await;
    let request = stage.served.call(Method::PUT, &format!("/scim/v2{admin}")).bearer_auth(text(&made["token"]));
    let answer = request.json(&user("other@example.com")).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), stage.last_refused().await.as_str()), (403, "scim-may-not"));
    stage.provoked("scim-may-not");
}
