//! `Idempotency-Key`: one key, one effect, however often and however fast it is asked for.

use super::stage::{Player, Stage, text};
use crate::support::on_form;
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};

/// A creation as it is described and as it is called, with a body, the same in another order of its fields, and another one;
/// the id in its answer.
struct Creation {
    told: &'static str,
    call: &'static str,
    body: Value,
    same: String,
    other: Value,
    id: &'static str,
}

/// Makes ready what each needs, and gives all of them.
async fn creations(stage: &Stage) -> [Creation; 11] {
    let (admin, app) = (&stage.admin, &stage.house().app);
    stage.ok(admin, "POST /teams", json!({ "team": "harbour" })).await;
    let due = stage.after(86_400);
    // Whose access is looked at.
    let rita = stage.learner("Rita").await;
    stage.house().certify(&rita.actor, "alpha").await;
    stage.ask(&rita, "reader").await;
    let attempt = stage.house().take(&stage.ana.actor, "alpha", "final", false).await.unwrap();
    let question = on_form(app, attempt).await.into_keys().next().unwrap();
    let mut correction = json!({ "course": "alpha", "question": question, "treatment": "full_marks" });
    let shown = stage.ok(admin, "POST /regrades/preview", correction.clone()).await;
    let fingerprint = text(&shown["fingerprint"]);
    correction["fingerprint"] = json!(fingerprint);
    correction["reason"] = json!("nobody could know");
    let mut other_correction = correction.clone();
    other_correction["reason"] = json!("another");
    [
        Creation {
            told: "POST /attempts",
            call: "POST /attempts",
            body: json!({ "quiz": "gamma/check-first" }),
            same: r#" {"quiz" : "gamma\/check-first"} "#.to_owned(),
            other: json!({ "quiz": "alpha/final" }),
            id: "/id",
        },
        Creation {
            told: "POST /requests",
            call: "POST /requests",
            body: json!({ "role": "reader", "reason": "a report", "duration": "P1D" }),
            same: r#"{"duration": "P1D", "role": "reader", "reason": "a report"}"#.to_owned(),
            other: json!({ "role": "reader", "reason": "another", "duration": "P1D" }),
            id: "/id",
        },
        Creation {
            told: "POST /regrades",
            call: "POST /regrades",
            same: format!(
                r#"{{"reason": "nobody could know", "fingerprint": "{fingerprint}", "take_back": false,
                "treatment": "full_marks", "question": "{question}", "course": "alpha"}}"#
            ),
            body: correction,
            other: other_correction,
            id: "/id",
        },
        Creation {
            told: "POST /teams/{id}/assignments",
            call: "POST /teams/harbour/assignments",
            body: json!({ "course": "gamma", "due_at": due, "note": "soon" }),
            same: format!(r#"{{"note": "soon", "due_at": "{due}", "course": "gamma"}}"#),
            other: json!({ "course": "gamma", "due_at": due, "note": "sooner" }),
            id: "/id",
        },
        Creation {
            told: "POST /people/{id}/accommodations",
            call: Box::leak(format!("POST /people/{}/accommodations", stage.ana.id).into_boxed_str()),
            body: json!({ "time_factor_percent": 150, "reason": "dyslexia" }),
            same: r#"{"reason": "dyslexia", "time_factor_percent": 150}"#.to_owned(),
            other: json!({ "time_factor_percent": 125, "reason": "dyslexia" }),
            id: "/id",
        },
        Creation {
            told: "POST /people",
            call: "POST /people",
            body: json!({ "email": "kim@example.com", "name": "Kim" }),
            same: r#"{"name": "Kim", "email": "kim@example.com", "teams": []}"#.to_owned(),
            other: json!({ "email": "kim@example.com", "name": "Kim Other" }),
            id: "/person/id",
        },
        Creation {
            told: "POST /clients",
            call: "POST /clients",
            body: json!({ "name": "Lantern BI", "kind": "confidential", "redirect_uris": ["https://tool.example.com/back"] }),
            same:
                r#"{"kind": "confidential", "redirect_uris": ["https://tool.example.com/back"], "name": "Lantern BI"}"#
                    .to_owned(),
            other: json!({ "name": "Other", "kind": "confidential", "redirect_uris": ["https://tool.example.com/back"] }),
            id: "/id",
        },
        Creation {
            told: "POST /reviews",
            call: "POST /reviews",
            body: json!({ "title": "Spring", "scope": { "roles": ["reader"] }, "due": "P7D" }),
            same: r#"{"due": "P7D", "scope": {"roles": ["reader"]}, "title": "Spring"}"#.to_owned(),
            other: json!({ "title": "Autumn", "scope": { "roles": ["reader"] }, "due": "P7D" }),
            id: "/review/id",
        },
        Creation {
            told: "POST /break-glass",
            call: "POST /break-glass",
            body: json!({ "role": "either", "reason": "a fire" }),
            same: r#"{"reason": "a fire", "role": "either"}"#.to_owned(),
            other: json!({ "role": "reader", "reason": "a fire" }),
            id: "/id",
        },
        Creation {
            told: "POST /delegations",
            call: "POST /delegations",
            body: json!({ "delegate": "petra@example.com", "until": due }),
            same: format!(r#"{{"until": "{due}", "note": "", "delegate": "petra@example.com"}}"#),
            other: json!({ "delegate": "ana@example.com", "until": due }),
            id: "/id",
        },
        Creation {
            told: "POST /locks",
            call: "POST /locks",
            body: json!({ "kind": "role", "subject": "either", "reason": "a leak" }),
            same: r#"{"reason": "a leak", "subject": "either", "kind": "role"}"#.to_owned(),
            other: json!({ "kind": "role", "subject": "keeper", "reason": "a leak" }),
            id: "/id",
        },
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_key_gives_the_same_answer_and_changes_nothing() {
    let stage = Stage::set().await;
    let takes = |told: &Value| told["parameters"].to_string().contains("\"Idempotency-Key\"");
    let documented: BTreeSet<String> =
        stage.operations().into_iter().filter(|(_, told)| takes(told)).map(|(call, _)| call).collect();
    let creations = creations(&stage).await;
    let tested: BTreeSet<String> = creations.iter().map(|creation| creation.told.to_owned()).collect();
    assert_eq!(documented, tested, "every creation that takes a key");

    stage.house().certify(&stage.admin.actor, "alpha").await;
    for Creation { call, body, same, other, id, .. } in creations {
        let key = [("idempotency-key", call)];
        let admin = &stage.admin.bearer;
        let first = stage.call(admin, call, &body, &key).await;
        assert_eq!(first.status, 201, "{call}: {}", first.text);
        let (made, changes) = (first.body.pointer(id).unwrap().clone(), stage.changes().await);
        for _ in 0..2 {
            let again = stage.call(admin, call, &body, &key).await;
            assert_eq!((again.status, again.body.pointer(id)), (201, Some(&made)), "{call}: {}", again.text);
            assert_eq!(again.header("location"), first.header("location"));
            // The only thing that is shown once: a secret link.
            if call != "POST /people" {
                assert_eq!(again.body["state"], first.body["state"]);
            } else {
                assert_eq!(again.body["link"], Value::Null);
            }
        }
        let spelt = stage.served.call(reqwest::Method::POST, &format!("/api/v1{}", &call[5..])).bearer_auth(admin);
        let spelt = spelt.header("content-type", "application/json").header("idempotency-key", call).body(same);
        let spelt = spelt.send().await.unwrap();
        assert_eq!(spelt.status(), 201, "{call}: the order of the fields makes no difference");
        assert_eq!(spelt.json::<Value>().await.unwrap().pointer(id), Some(&made));
        let reused = stage.call(admin, call, &other, &key).await;
        stage.told(&reused, call, 409, "idempotency-key-reused");
        assert_eq!(stage.changes().await, changes, "{call}");
        // Keys belong to their person: another one's is another key.
        let bobs = stage.call(&stage.bob.bearer, call, &body, &key).await;
        assert_ne!(bobs.body.pointer(id), Some(&made), "{call}: {}", bobs.text);
        for odd in ["", &"x".repeat(201)] {
            let reply = stage.call(admin, call, &body, &[("idempotency-key", odd)]).await;
            stage.told(&reply, call, 422, "body-unreadable");
            assert_eq!(reply.body["field"], "Idempotency-Key");
        }
    }
    // A refused creation leaves its key free.
    let key = [("idempotency-key", "again")];
    let ask = |reason: &str| json!({ "role": "guardian", "reason": reason });
    let refused = stage.call(&stage.bob.bearer, "POST /requests", &ask(""), &key).await;
    stage.told(&refused, "POST /requests", 422, "reason-needed");
    let made = stage.call(&stage.bob.bearer, "POST /requests", &ask("a report"), &key).await;
    assert_eq!(made.status, 201, "{}", made.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_under_one_key_have_one_effect() {
    let stage = Arc::new(Stage::set().await);
    stage.house().certify(&stage.admin.actor, "alpha").await;
    let events = [
        "attempt.started",
        "request.submitted",
        "regrade.applied",
        "course.assigned",
        "accommodation.granted",
        "person.invited",
        "client.registered",
        "review.started",
        "emergency.taken",
        "delegation.made",
        "lock.placed",
    ];
    for (creation, event) in creations(&stage).await.into_iter().zip(events) {
        let before = stage.house().events(event).await;
        let Player { bearer, .. } = &stage.admin;
        let (call, id) = (creation.call, creation.id);
        let racers: Vec<_> = (0..8)
            .map(|_| {
                let (stage, bearer, body) = (Arc::clone(&stage), bearer.clone(), creation.body.clone());
                tokio::spawn(async move { stage.call(&bearer, call, &body, &[("idempotency-key", call)]).await })
            })
            .collect();
        let mut made = Vec::new();
        for racer in racers {
            let reply = racer.await.unwrap();
            assert_eq!(reply.status, 201, "{call}: {}", reply.text);
            made.push(text(reply.body.pointer(id).unwrap()).to_owned());
        }
        made.dedup();
        assert_eq!(made.len(), 1, "{call}: {made:?}");
        assert_eq!(stage.house().events(event).await, before + 1, "{call}");
    }
}
