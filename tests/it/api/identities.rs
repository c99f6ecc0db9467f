//! How people are known at identity providers.

use super::stage::{Player, Stage, items, text};
use habilis::base::ids::{self, Id};
use serde_json::{Value, json};

/// Links somebody with a provider; gives the identity.
pub async fn link(stage: &Stage, who: &Player, subject: &str) -> String {
    crate::identity_provider::link(stage.house(), who.id.parse().unwrap(), subject).await
}

pub async fn tour(stage: &Stage) {
    let (who, admin) = (stage.learner("Ines").await, &stage.admin);
    let id = link(stage, &who, "ines-1").await;
    let mine = stage.get(&who, "/me/identities").await;
    assert_eq!(
        (&items(&mine)[0]["id"], &items(&mine)[0]["provider"], &items(&mine)[0]["subject"]),
        (&json!(id), &json!("staff"), &json!("ines-1"))
    );
    let path = format!("/people/{}/identities", who.id);
    assert_eq!(stage.get(&stage.auditor, &path).await, mine);
    stage.ok(admin, &format!("POST {path}/{id}/unlinking"), json!({ "reason": "somebody else's" })).await;
    assert!(items(&stage.get(admin, &path).await).is_empty());
}

pub async fn codes(stage: &Stage) {
    let (who, admin) = (stage.learner("Ines").await, &stage.admin);
    let id = link(stage, &who, "ines-1").await;
    let unlink = |id: &str| format!("POST /people/{}/identities/{id}/unlinking", who.id);
    let why = json!({ "reason": "because" });
    let unknown: Id<ids::Identity> = Id::new(stage.house().app.now());
    stage.refused(admin, &unlink(&unknown.to_string()), why.clone(), 404, "no-such-identity").await;
    stage.refused(admin, &unlink(&id), json!({ "reason": " " }), 422, "reason-needed").await;
    stage.refused(&who, &unlink(&id), why, 403, "capability-missing").await;
    let theirs = format!("GET /people/{}/identities", stage.ana.id);
    stage.refused(&who, &theirs, Value::Null, 403, "capability-missing").await;
    assert_eq!(text(&items(&stage.get(&who, "/me/identities").await)[0]["id"]), id);
    // What people meet on their way to a provider and back.
    for code in crate::identity_provider::codes::provoke().await {
        stage.provoked(code);
    }
}
