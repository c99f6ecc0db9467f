//! Webhooks over the API.

use super::stage::{Stage, items, text};
use habilis::base::ids::{self, Id};
use serde_json::{Value, json};

pub async fn tour(stage: &Stage) {
    let (admin, auditor) = (&stage.admin, &stage.auditor);
    let wanted =
        json!({ "name": "Ticketing", "url": "https://hooks.example.com/in", "kinds": ["grant.ended"], "batch": 10 });
    let made = stage.ok(admin, "POST /webhooks", wanted).await;
    let id = text(&made["id"]);
    assert!(text(&made["secret"]).starts_with("whsec_"));
    habilis::actions::log::sequence(&stage.house().app).await.unwrap();
    let old = json!({ "name": "Archive", "url": "https://hooks.example.com/all", "position": 0 });
    let old = stage.ok(admin, "POST /webhooks", old).await;
    assert!(old["behind"].as_u64().unwrap() > 0, "the log has events before: {old}");
    stage.ok(admin, &format!("DELETE /webhooks/{}", text(&old["id"])), Value::Null).await;
    let paused = stage.ok(admin, &format!("PUT /webhooks/{id}/paused"), json!({ "paused": true })).await;
    assert_eq!(paused["state"], "paused");
    let back = stage.ok(admin, &format!("POST /webhooks/{id}/replay"), json!({ "position": 0 })).await;
    assert_eq!(back["position"], 0);
    let secret = stage.ok(admin, &format!("POST /webhooks/{id}/secrets"), Value::Null).await;
    assert_ne!(secret["secret"], made["secret"]);
    let listed = stage.get(auditor, "/webhooks").await;
    assert_eq!((items(&listed).len(), &items(&listed)[0]["kinds"]), (1, &json!(["grant.ended"])));
    assert!(!listed.to_string().contains("whsec_"));
    // Where exactly it is called is nothing for an auditor: the path may hold a secret.
    let one = format!("/webhooks/{id}");
    for url in [&stage.get(auditor, &one).await["url"], &items(&listed)[0]["url"]] {
        assert_eq!(url, "https://hooks.example.com");
    }
    let (whole, listed) = (stage.get(admin, &one).await, stage.get(admin, "/webhooks").await);
    for url in [&whole["url"], &items(&listed)[0]["url"]] {
        assert_eq!(url, "https://hooks.example.com/in");
    }
    stage.ok(admin, &format!("DELETE /webhooks/{id}"), Value::Null).await;
    assert!(items(&stage.get(auditor, "/webhooks").await).is_empty());
}

/// Provokes the codes of webhooks.
pub async fn codes(stage: &Stage) {
    let admin = &super::refusals::again(stage, &stage.admin).await;
    let wanted = |more: Value| {
        let mut wanted = json!({ "name": "x", "url": "https://hooks.example.com/in" });
        wanted.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        wanted
    };
    for (more, code) in [
        (json!({ "url": "https://127.0.0.1/" }), "webhook-address"),
        (json!({ "kinds": ["grant.gone"] }), "no-such-event-kind"),
        (json!({ "batch": 501 }), "webhook-batch"),
        (json!({ "position": 1_000_000 }), "webhook-position"),
    ] {
        stage.refused(admin, "POST /webhooks", wanted(more), 422, code).await;
    }
    let gone = format!("DELETE /webhooks/{}", Id::<ids::Sink>::new(stage.house().app.now()));
    stage.refused(admin, &gone, Value::Null, 404, "no-such-webhook").await;
}
