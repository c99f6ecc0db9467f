//! People, locks, keys and content.

use super::{
    session::sign_in,
    stage::{Stage, items, text},
};
use crate::support::PASSWORD;
use serde_json::{Value, json};

pub async fn tour(stage: &Stage) {
    people(stage).await;
    locks(stage).await;
    keys(stage).await;
    content(stage).await;
}

async fn people(stage: &Stage) {
    let admin = &stage.admin;
    let sent =
        json!({ "email": "Nora@Example.com", "name": " Nora  Vidal ", "teams": ["Sales Team"], "language": "fr" });
    let invited = stage.ok(admin, "POST /people", sent).await;
    let (id, person) = (text(&invited["person"]["id"]), &invited["person"]);
    assert_eq!(
        (text(&person["name"]), text(&person["email"]), text(&person["state"])),
        ("Nora Vidal", "nora@example.com", "invited")
    );
    assert!(text(&invited["link"]["url"]).contains("/welcome/hl_"));
    assert_eq!(invited["mailed"], "not_set_up");
    let path = format!("/people/{id}");
    let link = stage.ok(admin, &format!("POST {path}/link"), Value::Null).await;
    assert_ne!(link["url"], invited["link"]["url"]);
    assert_eq!(link["mailed"], "not_set_up");
    stage.ok(admin, &format!("PUT {path}/teams"), json!({ "teams": ["privacy"] })).await;
    stage.ok(admin, &format!("PUT {path}/capabilities"), json!({ "author": true })).await;
    stage.ok(admin, &format!("PUT {path}/logins/lake"), json!({ "login": "NV01" })).await;
    let file = stage.get(&stage.auditor, &path).await;
    assert_eq!(
        (&file["teams"], &file["logins"]),
        (&json!(["privacy"]), &json!([{ "warehouse": "lake", "login": "NV01" }]))
    );
    assert_eq!(file["person"]["capabilities"], json!({ "admin": false, "auditor": false, "author": true }));
    let found = stage.get(&stage.auditor, "/people?search=vidal&state=invited&limit=10").await;
    assert_eq!((items(&found).len(), text(&found["items"][0]["id"])), (1, id));

    // Shut out, nobody gets in; let in again, what ended stays ended.
    let dora = stage.learner("Dora").await;
    let second = sign_in(stage, &dora, PASSWORD).await;
    let session = text(&stage.get(&second, "/me").await["session"]).to_owned();
    let path = format!("/people/{}", dora.id);
    stage.ok(admin, &format!("DELETE {path}/sessions/{session}"), Value::Null).await;
    stage.bounced(&second.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
    stage.get(&dora, "/me").await;
    stage.ok(admin, &format!("POST {path}/disabling"), json!({ "reason": "left the company" })).await;
    stage.bounced(&dora.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
    stage.ok(admin, &format!("POST {path}/enabling"), Value::Null).await;
    stage.bounced(&dora.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
    sign_in(stage, &dora, PASSWORD).await;
}

async fn locks(stage: &Stage) {
    let (admin, ana) = (&stage.admin, &stage.ana);
    let sent = json!({ "kind": "warehouse", "subject": "lake", "reason": "a leak under examination" });
    let lock = stage.ok(admin, "POST /locks", sent).await;
    let role = stage.get(ana, "/roles/reader").await;
    assert_eq!((&role["locks"][0]["id"], &role["status"]), (&lock["id"], &json!("locked")));
    assert_eq!(stage.get(&stage.auditor, "/locks").await["items"][0], lock);
    let warehouses = stage.get(&stage.auditor, "/warehouses?lang=fr").await;
    let lake = items(&warehouses).iter().find(|warehouse| warehouse["id"] == "lake").unwrap();
    assert_eq!(
        (text(&lake["title"]), text(&lake["kind"]), text(&lake["locked"])),
        ("Lac", "snowflake", "a leak under examination")
    );
    assert_eq!(lake["roles"], json!(["guardian", "keeper", "reader"]));
    stage.refused(ana, "GET /warehouses", Value::Null, 403, "capability-missing").await;
    stage.ok(admin, &format!("DELETE /locks/{}", text(&lock["id"])), Value::Null).await;
    assert_eq!(stage.get(ana, "/roles/reader").await["status"], "effective");
    let lifted = &stage.get(&stage.auditor, "/locks").await["items"][0];
    assert!(lifted["lifted_at"].is_string() && text(&lifted["lifted_by"]).contains(&admin.id), "{lifted}");
}

async fn keys(stage: &Stage) {
    let admin = &stage.admin;
    let kid = |list: &Value, state: &str| {
        let fits = |key: &&Value| key["algorithm"] == "ES256" && key["state"] == state;
        items(list).iter().find(fits).map(|key| text(&key["kid"]).to_owned())
    };
    let before = stage.get(&stage.auditor, "/keys").await;
    let after = stage.ok(admin, "POST /keys/rotation", json!({ "algorithm": "ES256", "now": true })).await;
    assert_eq!((kid(&after, "active"), kid(&after, "retiring")), (kid(&before, "next"), kid(&before, "active")));
    assert!(
        after.to_string().contains("\"x\"") && !after.to_string().contains("\"d\""),
        "no private part leaves the house"
    );
    let retiring = kid(&after, "retiring").unwrap();
    stage.ok(admin, &format!("POST /keys/{retiring}/retirement"), Value::Null).await;
    assert_eq!(kid(&stage.get(admin, "/keys").await, "retiring"), None);
    let published = stage.served.call(reqwest::Method::GET, "/jwks.json").send().await.unwrap().text().await.unwrap();
    assert!(!published.contains(&retiring) && published.contains(&kid(&after, "active").unwrap()));
}

async fn content(stage: &Stage) {
    let before = stage.get(&stage.admin, "/content").await;
    assert_eq!((&before["courses"], &before["roles"], &before["failed"]), (&json!(3), &json!(4), &Value::Null));
    let file = stage.house().engine.folder.path().join("courses/access.yaml");
    std::fs::write(&file, std::fs::read_to_string(&file).unwrap().replace("en: Reader", "en: Patient reader")).unwrap();
    let after = stage.ok(&stage.admin, "POST /content/reload", Value::Null).await;
    assert_ne!(after["version"]["hash"], before["version"]["hash"]);
    assert_eq!(stage.get(&stage.ana, "/roles/reader?lang=en").await["title"], "Patient reader");
}
