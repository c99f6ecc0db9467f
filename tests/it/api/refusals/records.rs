//! Refusals around accommodations, transcripts and erasing.

use super::unknown;
use crate::api::stage::{Stage, text};
use habilis::base::ids;
use serde_json::{Value, json};

pub async fn provoke(stage: &Stage) {
    accommodations(stage).await;
    erasing(stage).await;
    badges(stage).await;
    let (ana, bob) = (&stage.ana, &stage.bob);
    let secrets = format!("GET /people/{}/records?section=secrets", ana.id);
    stage.refused(&stage.auditor, &secrets, Value::Null, 422, "no-such-section").await;
    for what in ["transcript", "accommodations", "records"] {
        let theirs = format!("GET /people/{}/{what}", ana.id);
        stage.refused(bob, &theirs, Value::Null, 403, "capability-missing").await;
        let nobody = format!("GET /people/{}/{what}", unknown::<ids::Person>(stage));
        stage.refused(&stage.admin, &nobody, Value::Null, 404, "no-such-person").await;
    }
}

/// What is no badge, or none that can be read; nobody has to sign in to be told so.
async fn badges(stage: &Stage) {
    let large = "a".repeat(500_000);
    for (badge, code) in [
        ("a picture of a badge", "no-badge"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "badge-bare"),
        ("<svg><g></svg>", "badge-damaged"),
        (large.as_str(), "badge-too-large"),
    ] {
        stage.bounced("", "POST /badge-verifications", json!({ "badge": badge }), 422, code).await;
    }
}

async fn accommodations(stage: &Stage) {
    let (admin, ana) = (&stage.admin, &stage.ana);
    let grant = format!("POST /people/{}/accommodations", ana.id);
    let with = |field: &str, value: Value| {
        let mut sent = json!({ "time_factor_percent": 150, "reason": "agreed" });
        sent[field] = value;
        sent
    };
    for (field, value, status, code) in [
        ("reason", json!(" "), 422, "reason-needed"),
        ("time_factor_percent", json!(401), 422, "accommodation-factor"),
        ("extra_attempts", json!(11), 422, "accommodation-extra"),
        ("time_factor_percent", json!(100), 422, "accommodation-nothing"),
        ("until", json!(stage.after(0)), 422, "accommodation-period"),
        ("course", json!("omega"), 404, "no-such-content"),
        ("quiz", json!("final"), 404, "no-such-content"),
    ] {
        stage.refused(admin, &grant, with(field, value), status, code).await;
    }
    stage.refused(ana, &grant, with("course", Value::Null), 403, "capability-missing").await;
    let made = stage.ok(admin, &grant, with("course", Value::Null)).await;
    let end = |id: &str| format!("POST /accommodations/{id}/ending");
    let (id, why) = (text(&made["id"]), || json!({ "reason": "over" }));
    let none = end(&unknown::<ids::Accommodation>(stage).to_string());
    stage.refused(admin, &none, why(), 404, "no-such-accommodation").await;
    stage.refused(admin, &end(id), json!({ "reason": "" }), 422, "reason-needed").await;
    stage.ok(admin, &end(id), why()).await;
    stage.refused(admin, &end(id), why(), 409, "accommodation-ended").await;
}

async fn erasing(stage: &Stage) {
    let (admin, una) = (&stage.admin, &stage.learner("Una").await);
    let path = format!("/people/{}", una.id);
    let erase = format!("POST {path}/erasure");
    let sent = |email: &str| json!({ "email": email, "reason": "asked for" });
    let right = || sent("una@example.com");
    stage.refused(una, &erase, right(), 403, "capability-missing").await;
    stage.refused(admin, &erase, right(), 409, "erasure-not-shut-out").await;
    stage.ok(admin, &format!("POST {path}/disabling"), json!({ "reason": "left" })).await;
    stage.refused(admin, &erase, sent("ana@example.com"), 422, "erasure-not-confirmed").await;
    stage.refused(admin, &erase, json!({ "email": "una@example.com", "reason": "" }), 422, "reason-needed").await;
    stage.ok(admin, &erase, right()).await;
    // From then on nothing gives the pseudonym a person's data again.
    for (call, body) in [
        (erase.clone(), right()),
        (format!("POST {path}/enabling"), Value::Null),
        (format!("PUT {path}/capabilities"), json!({ "author": true })),
        (format!("PUT {path}/logins/lake"), json!({ "login": "UNA" })),
        (format!("POST {path}/accommodations"), json!({ "extra_attempts": 1, "reason": "agreed" })),
    ] {
        stage.refused(admin, &call, body, 409, "person-erased").await;
    }
}
