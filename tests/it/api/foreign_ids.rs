//! Somebody else's ids: whoever calls with another person's learns nothing and changes nothing.

use super::{
    identities::link,
    stage::{Player, Stage, items, text},
};
use habilis::base::ids::{self, Id, Kind};
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
    stage.ok(&stage.admin, "POST /teams", json!({ "team": "harbour" })).await;
    for place in ["members", "leads"] {
        stage.ok(&stage.admin, &format!("PUT /teams/harbour/{place}/{}", ana.id), Value::Null).await;
    }
    let assigned = json!({ "course": "gamma", "due_at": stage.after(86_400), "note": "a secret reason" });
    let assigned = stage.ok(ana, "POST /teams/harbour/assignments", assigned).await;
    let more = json!({ "extra_attempts": 1, "reason": "a secret reason" });
    let more = stage.ok(&stage.admin, &format!("POST /people/{}/accommodations", ana.id), more).await;
    let id = |thing: &Value| text(&thing["id"]).to_owned();
    let tool = json!({ "name": "Ana", "kind": "confidential", "redirect_uris": ["https://tool.example.com/back"] });
    let tool = stage.ok(&stage.admin, "POST /clients", tool).await;
    super::clients::connect(stage, ana, text(&tool["id"])).await;
    let machine = json!({
        "name": "Night", "kind": "confidential", "grant_types": ["client_credentials"], "roles": ["reader"],
        "owner": "ana@example.com",
    });
    let machine = stage.ok(&stage.admin, "POST /clients", machine).await;
    let credential = stage.ok(&stage.admin, "POST /provisioning", json!({ "name": "Ana" })).await;
    let receiver = json!({ "name": "Ana", "audience": "ana" });
    let receiver = stage.ok(&stage.admin, "POST /signals", receiver).await;
    let webhook = json!({ "name": "Ana", "url": "https://hooks.example.com/a-secret" });
    let webhook = stage.ok(&stage.admin, "POST /webhooks", webhook).await;
    let identity = link(stage, ana, "a secret reason").await;
    let review = json!({ "title": "a secret reason", "scope": { "roles": ["reader"] } });
    let review = stage.ok(&stage.admin, "POST /reviews", review).await["review"].clone();
    let lines = stage.get(&stage.admin, &format!("/reviews/{}/lines", text(&review["id"]))).await;
    BTreeMap::from([
        ("delegations", id(&super::policy::delegated(stage, ana).await)),
        ("reviews", id(&review)),
        ("lines", id(&items(&lines)[0])),
        ("break-glass", id(&super::policy::broken(stage).await)),
        ("provisioning", id(&credential)),
        ("signals", id(&receiver)),
        ("webhooks", id(&webhook)),
        ("credentials", text(&receiver["credential"]).to_owned()),
        ("identities", identity),
        ("clients", id(&tool)),
        ("tools", id(&tool)),
        ("services", id(&machine)),
        ("secrets", text(&tool["client"]["secrets"][0]["id"]).to_owned()),
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
        ("marks", "1".to_owned()),
        ("teams", "harbour".to_owned()),
        ("members", ana.id.clone()),
        ("leads", ana.id.clone()),
        ("assignments", id(&assigned)),
        ("accommodations", id(&more)),
        ("logins", "lake".to_owned()),
        ("warehouses", "lake".to_owned()),
        ("reports", "holders-now".to_owned()),
    ])
}

/// A body that the call would take from the right person.
fn body(call: &str) -> Value {
    match call.rsplit('/').next().unwrap() {
        "decisions" => json!({ "decision": "approve" }),
        "answers" => json!({ "lines": [], "decision": "keep" }),
        "answer" => json!({ "decision": "keep" }),
        "delegation" => json!({ "to": "petra@example.com" }),
        "cancellation" => json!({ "reason": "because" }),
        "comments" => json!({ "text": "evil" }),
        "review" => json!({ "justified": true, "comment": "evil" }),
        "voiding" | "suspension" | "reactivation" | "revocation" | "disabling" | "ending" | "unlinking" => {
            json!({ "reason": "because" })
        }
        "{question}" if call.contains("/marks/") => json!({ "criteria": {} }),
        "runs" if call.contains("/attempts/") => json!({ "question": 1, "sql": "SELECT 1" }),
        "runs" => json!({ "sql": "SELECT 1" }),
        "assignments" => json!({ "course": "beta", "due_at": "2100-01-01T00:00:00Z" }),
        "accommodations" => json!({ "extra_attempts": 1, "reason": "because" }),
        "check" => json!({ "token": "a.b.c" }),
        "erasure" => json!({ "email": "ana@example.com", "reason": "because" }),
        "{question}" => json!({ "revision": 0, "answer": null, "flagged": true }),
        "capabilities" => json!({ "admin": true }),
        "paused" => json!({ "paused": true }),
        "replay" => json!({ "position": 0 }),
        "status" => json!({ "status": "paused" }),
        "teams" => json!({ "teams": ["privacy"] }),
        "{warehouse}" => json!({ "login": "EVIL" }),
        "{id}" if call.starts_with("PUT /clients/") => {
            json!({ "name": "Evil", "grant_types": ["authorization_code"], "redirect_uris": ["https://e.example/"],
                "roles": null })
        }
        "owner" => json!({ "owner": "bob@example.com" }),
        "manager" => json!({ "manager": "bob@example.com" }),
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
    for call in calls.iter().filter(|call| !OPEN.iter().any(|open| call.contains(open))) {
        let (aimed, body) = (aimed(call, &things), body(call));
        learners += 1;
        shut_out(&stage, &stage.bob, &aimed, &body).await;
        // Auditors may say something about a request; it decides nothing.
        if !call.starts_with("GET") && !call.ends_with("/comments") {
            auditors += 1;
            shut_out(&stage, &stage.auditor, &aimed, &body).await;
        }
    }
    assert!(learners > 30 && auditors > 24, "{learners} and {auditors} calls are too few to prove anything");
    // The public face of a certificate and of a role does not change with who asks, and no change is open to a learner.
    for call in calls.iter().filter(|call| OPEN.iter().any(|open| call.contains(open)) && !call.starts_with("GET")) {
        let looks = call.ends_with("/check");
        assert!(call.contains("/courses/") || looks, "{call} changes something that belongs to everybody");
    }
}

/// The call with ids that nothing has; in the form of each kind's ids, or in none.
fn nowhere(stage: &Stage, call: &str, formed: bool) -> String {
    fn none<K: Kind>(stage: &Stage) -> String {
        Id::<K>::new(stage.house().app.now()).to_string()
    }
    let mut before = "";
    let parts = call.split('/').map(|part| {
        let named = std::mem::replace(&mut before, part);
        match (part.starts_with('{'), named) {
            (false, _) => part.to_owned(),
            (true, "answers" | "marks") => "99".to_owned(),
            _ if !formed => "No%20Such%20Thing%C3%A9".to_owned(),
            (true, "attempts") => none::<ids::Attempt>(stage),
            (true, "certificates") => none::<ids::Certificate>(stage),
            (true, "notices") => none::<ids::Notice>(stage),
            (true, "requests") => none::<ids::Request>(stage),
            (true, "grants") => none::<ids::Grant>(stage),
            (true, "people" | "members" | "leads") => none::<ids::Person>(stage),
            (true, "sessions") => none::<ids::Session>(stage),
            (true, "identities") => none::<ids::Identity>(stage),
            (true, "locks") => none::<ids::Lock>(stage),
            (true, "delegations") => none::<ids::Delegation>(stage),
            (true, "break-glass") => none::<ids::Emergency>(stage),
            (true, "assignments") => none::<ids::Assignment>(stage),
            (true, "accommodations") => none::<ids::Accommodation>(stage),
            (true, "reviews") => none::<ids::Review>(stage),
            (true, "lines") => none::<ids::ReviewLine>(stage),
            (true, "clients" | "tools" | "services") => none::<ids::Client>(stage),
            (true, "provisioning") => none::<ids::Provisioning>(stage),
            (true, "signals") => none::<ids::Receiver>(stage),
            (true, "webhooks") => none::<ids::Sink>(stage),
            (true, "credentials") => none::<ids::ReceiverCredential>(stage),
            (true, "secrets") => none::<ids::ClientSecret>(stage),
            (true, "reports") => "nothing".to_owned(),
            (true, "courses" | "modules" | "datasets" | "questions") => "nothing".to_owned(),
            (true, "roles" | "keys" | "teams" | "logins" | "warehouses") => "nothing".to_owned(),
            (true, other) => panic!("{call}: what is a {other}?"),
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_that_nothing_has_is_told_so_to_whoever_may_do_everything() {
    let stage = Stage::set().await;
    for (call, _) in stage.operations().into_iter().filter(|(call, _)| call.contains('{')) {
        for formed in [true, false] {
            let (aimed, changes) = (nowhere(&stage, &call, formed), stage.changes().await);
            let reply = stage.call(&stage.admin.bearer, &aimed, &body(&call), &[]).await;
            assert_eq!(reply.status, 404, "{aimed}: {}", reply.text);
            assert_eq!(stage.changes().await, changes, "{aimed} changed something");
        }
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
    // What answers say of questions is for those who write them, and which they are nobody else's business.
    for path in ["/courses/alpha/statistics", "/courses/alpha/questions/q-one/statistics"] {
        stage.get(&stage.auditor, path).await;
        stage.refused(petra, &format!("GET {path}"), Value::Null, 403, "capability-missing").await;
    }
    // Holders of a role are its owner's to read; those of all roles, or of one without a name, are not.
    stage.get(&stage.owner, "/holders?role=guardian").await;
    for path in
        ["/holders", "/holders?role=nothing", "/events", "/people", "/explain?role=reader&person=ana@example.com"]
    {
        stage.refused(petra, &format!("GET {path}"), Value::Null, 403, "capability-missing").await;
    }
}
