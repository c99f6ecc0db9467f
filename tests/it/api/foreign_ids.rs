//! Somebody else's ids: whoever calls with another person's learns nothing and changes nothing.

use super::stage::{Player, Stage, items, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Calls whose ids name what everybody may know: content, roles, and the certificate that a link shows; and the one that looks
/// at what the caller sends.
const OPEN: &[&str] = &["/courses/", "/roles/", "GET /certificates/{id}", "POST /warehouses/{id}/check"];

/// Ana's things, by the word after which their id stands in an address.
async fn things_of_ana(stage: &Stage) -> BTreeMap<&'static str, String> {
    let ana = &stage.ana;
    for course in ["alpha", "beta"] {
        stage.house().certify(&ana.actor, course).await;
    }
    let attempt = stage.ok(ana, "POST /attempts", json!({ "quiz": "gamma/check-first" })).await;
    let granted = stage.ask(ana, "reader").await;
    let waiting = stage.ask(ana, "guardian").await;
    let lock = json!({ "kind": "role", "subject": "either", "reason": "a secret reason" });
    let lock = stage.ok(&stage.admin, "POST /locks", lock).await;
    let keys = stage.get(&stage.admin, "/keys").await;
    let id = |thing: &Value| text(&thing["id"]).to_owned();
    BTreeMap::from([
        ("attempts", id(&attempt)),
        ("certificates", id(&items(&stage.get(ana, "/certificates").await)[0])),
        ("notices", stage.tell(ana).await),
        ("requests", id(&waiting)),
        ("grants", id(&granted["grant"])),
        ("people", ana.id.clone()),
        ("sessions", text(&stage.get(ana, "/me").await["session"]).to_owned()),
        ("locks", id(&lock)),
        ("keys", text(&items(&keys)[0]["kid"]).to_owned()),
        ("answers", "1".to_owned()),
        ("logins", "lake".to_owned()),
        ("warehouses", "lake".to_owned()),
    ])
}

/// A body that the call would take from the right person.
fn body(call: &str) -> Value {
    match call.rsplit('/').next().unwrap() {
        "decisions" => json!({ "decision": "approve" }),
        "voiding" | "revocation" | "disabling" => json!({ "reason": "because" }),
        "{question}" => json!({ "revision": 0, "answer": null, "flagged": true }),
        "capabilities" => json!({ "admin": true }),
        "teams" => json!({ "teams": ["privacy"] }),
        "{warehouse}" => json!({ "login": "EVIL" }),
        _ => Value::Null,
    }
}

/// The call with Ana's ids in it.
fn aimed(call: &str, things: &BTreeMap<&str, String>) -> String {
    let mut before = "";
    let parts = call.split('/').map(|part| {
        let named = std::mem::replace(&mut before, part);
        match part.starts_with('{') {
            true => things.get(named).unwrap_or_else(|| panic!("{call}: whose {named} is meant?")).as_str(),
            false => part,
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gets_far_with_ids_of_others() {
    let stage = Stage::set().await;
    let things = things_of_ana(&stage).await;
    let calls: Vec<String> = stage.operations().into_iter().map(|(call, _)| call).filter(|c| c.contains('{')).collect();
    let (mut learners, mut auditors) = (0, 0);
    let toured = |call: &&String| !super::elsewhere::CALLS.contains(&call.as_str());
    for call in calls.iter().filter(toured).filter(|call| !OPEN.iter().any(|open| call.contains(open))) {
        let (aimed, body) = (aimed(call, &things), body(call));
        learners += 1;
        shut_out(&stage, &stage.bob, &aimed, &body).await;
        if !call.starts_with("GET") {
            auditors += 1;
            shut_out(&stage, &stage.auditor, &aimed, &body).await;
        }
    }
    assert!(learners > 18 && auditors > 14, "{learners} and {auditors} calls are too few to prove anything");
    // The public face of a certificate and of a role does not change with who asks, and no change is open to a learner.
    for call in calls.iter().filter(|call| OPEN.iter().any(|open| call.contains(open)) && !call.starts_with("GET")) {
        let looks = call.ends_with("/check");
        assert!(call.contains("/courses/") || looks, "{call} changes something that belongs to everybody");
    }
}

/// 404, or 403, in a problem document without a word of Ana; and the log tells of no change.
async fn shut_out(stage: &Stage, who: &Player, call: &str, body: &Value) {
    let before = stage.changes().await;
    let reply = stage.call(&who.bearer, call, body, &[]).await;
    assert!(matches!(reply.status, 403 | 404), "{call}: {} {}", reply.status, reply.text);
    for word in ["Ana", "ana@", stage.ana.id.as_str(), "secret reason"] {
        assert!(!reply.text.contains(word), "{call} tells {word}: {}", reply.text);
    }
    assert_eq!(stage.changes().await, before, "{call} by {} changed something", who.id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_to_one_role_stays_with_its_approvers() {
    let stage = Stage::set().await;
    let ana = &stage.ana;
    stage.house().certify(&ana.actor, "beta").await;
    let asked = stage.ask(ana, "guardian").await;
    let path = format!("/requests/{}", text(&asked["id"]));
    // Privacy has a say on `guardian` and on nothing else; the owner alone is not enough.
    let petra = &stage.petra;
    stage.house().certify(&ana.actor, "alpha").await;
    let other = stage.ask(ana, "keeper").await;
    let other = format!("/requests/{}", text(&other["id"]));
    let yes = json!({ "decision": "approve" });
    stage.refused(petra, &format!("GET {other}"), Value::Null, 404, "no-such-request").await;
    stage.refused(petra, &format!("POST {other}/decisions"), yes.clone(), 403, "not-yours-to-decide").await;
    // An admin may administer, not decide; an auditor may look, not decide.
    stage.refused(&stage.admin, &format!("POST {path}/decisions"), yes.clone(), 403, "not-yours-to-decide").await;
    stage.refused(&stage.auditor, &format!("POST {path}/decisions"), yes.clone(), 403, "not-yours-to-decide").await;
    stage.get(&stage.auditor, &path).await;
    assert_eq!(stage.ok(&stage.owner, &format!("POST {path}/decisions"), yes.clone()).await["state"], "in_review");
    assert_eq!(stage.ok(petra, &format!("POST {path}/decisions"), yes).await["state"], "approved");
    // Holders of a role are its owner's to read; those of all roles, or of one without a name, are not.
    stage.get(&stage.owner, "/holders?role=guardian").await;
    for path in
        ["/holders", "/holders?role=nothing", "/events", "/people", "/explain?role=reader&person=ana@example.com"]
    {
        stage.refused(petra, &format!("GET {path}"), Value::Null, 403, "capability-missing").await;
    }
}
