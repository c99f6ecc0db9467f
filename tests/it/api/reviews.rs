//! Reviews of access: begun, read, answered, handed over, called off, taken away; and each refusal.

use super::{
    refusals::again,
    stage::{Player, Stage, items, text},
};
use crate::support::{code, slug};
use habilis::{
    access::review::Scope,
    actions::reviews::start::{self, Start},
};
use serde_json::{Value, json};

/// Somebody who holds `reader`.
async fn holder(stage: &Stage, name: &str) -> Player {
    let who = stage.learner(name).await;
    stage.house().certify(&who.actor, "alpha").await;
    stage.ask(&who, "reader").await;
    who
}

fn wanted(title: &str) -> Value {
    json!({ "title": title, "scope": { "roles": ["reader"], "owner": "owner@example.com", "sensitivity": "internal" },
        "due": "P2D", "grace": "P1D" })
}

/// The line of a review about somebody.
async fn line_of(stage: &Stage, review: &str, who: &Player) -> String {
    let admin = again(stage, &stage.admin).await;
    let lines = stage.get(&admin, &format!("/reviews/{review}/lines?limit=1000")).await;
    let line = items(&lines).iter().find(|line| line["person"]["id"] == json!(who.id)).unwrap();
    text(&line["id"]).to_owned()
}

pub async fn tour(stage: &Stage) {
    let (admin, owner, petra) = (&stage.admin, &stage.owner, &stage.petra);
    let (rita, rob, ruth) = (holder(stage, "Rita").await, holder(stage, "Rob").await, holder(stage, "Ruth").await);
    let begun = stage.ok(admin, "POST /reviews", wanted("A tour")).await;
    let id = text(&begun["review"]["id"]).to_owned();
    assert_eq!((&begun["review"]["state"], &begun["by_role"][0]["role"]), (&json!("open"), &json!("reader")));
    let listed = stage.get(owner, "/reviews").await;
    assert_eq!(
        (&items(&listed)[0]["id"], &items(&listed)[0]["waiting_for_me"]),
        (&json!(id), &begun["review"]["progress"]["total"])
    );
    assert_eq!(stage.get(owner, &format!("/reviews/{id}")).await["review"]["title"], "A tour");
    let line = line_of(stage, &id, &rita).await;
    stage.ok(owner, &format!("POST /reviews/{id}/lines/{line}/answer"), json!({ "decision": "keep" })).await;
    let other = line_of(stage, &id, &rob).await;
    let to = json!({ "to": "petra@example.com", "comment": "theirs" });
    stage.ok(owner, &format!("POST /reviews/{id}/lines/{other}/delegation"), to).await;
    let sent = json!({ "lines": [other], "decision": "remove", "comment": "gone elsewhere" });
    assert_eq!(stage.ok(petra, &format!("POST /reviews/{id}/answers"), sent).await["answered"], 1);
    let lines = stage.get(&stage.auditor, &format!("/reviews/{id}/lines?state=removed")).await;
    let line = &items(&lines)[0];
    assert_eq!((&line["comment"], &line["decided_by"]), (&json!("gone elsewhere"), &json!(petra.id)));
    assert_eq!(line["delegations"][0]["to"], json!(petra.id));
    assert_eq!(
        items(&stage.get(petra, &format!("/reviews/{id}/lines")).await).len(),
        1,
        "a delegate sees the own line"
    );
    let csv =
        stage.call(&stage.auditor.bearer, &format!("GET /reviews/{id}/lines?format=csv"), &Value::Null, &[]).await;
    assert!(csv.text.starts_with("line,grant,person_id,") && csv.text.contains("gone elsewhere"), "{}", csv.text);
    in_place(stage, &id, &ruth).await;
    let told = stage.get(&stage.auditor, &format!("/reviews/{id}/evidence")).await;
    assert_eq!(told["manifest"]["format"], "habilis-review-evidence-2");
    stage.ok(admin, &format!("POST /reviews/{id}/cancellation"), json!({ "reason": "enough of it" })).await;
    // Least privilege.
    let told = stage.get(&stage.auditor, &format!("/people/{}/losses?roles=reader", rita.id)).await;
    assert_eq!((&told["dropped"], &told["lost"][0]["dataset"]), (&json!(["reader"]), &json!("d.one")));
    let told = stage.get(&stage.auditor, &format!("/people/{}/peers", petra.id)).await;
    assert_eq!((&told["teams"][0]["team"], &told["teams"][0]["peers"]), (&json!("privacy"), &json!(0)));
}

/// While the owner is away, somebody else answers in their place, and it is said so.
async fn in_place(stage: &Stage, review: &str, holder: &Player) {
    let (owner, lou) = (&stage.owner, stage.learner("Lou").await);
    let away = json!({ "delegate": "lou@example.com", "until": stage.after(86_400) });
    let made = stage.ok(owner, "POST /delegations", away).await;
    let waiting = stage.get(&lou, "/reviews").await;
    let waiting = &items(&waiting)[0];
    assert_eq!((text(&waiting["id"]), text(&waiting["in_place_of"][0]["name"])), (review, "Owner"));
    let notices = stage.get(&lou, "/notices").await;
    let told = items(&notices).iter().find(|told| told["kind"] == "review_asks").unwrap();
    assert_eq!((&told["lines"], &told["delegator"]), (&waiting["waiting_for_me"], &json!(owner.id)));
    let line = line_of(stage, review, holder).await;
    let lines = stage.get(&lou, &format!("/reviews/{review}/lines?state=open")).await;
    let asked = items(&lines).iter().find(|one| one["id"] == json!(line)).unwrap();
    assert_eq!((&asked["may_answer"], &asked["in_place_of"]), (&json!(true), &json!(owner.id)));
    stage.ok(&lou, &format!("POST /reviews/{review}/lines/{line}/answer"), json!({ "decision": "keep" })).await;
    let kept = stage.get(&stage.auditor, &format!("/reviews/{review}/lines?state=kept&limit=1000")).await;
    let kept = items(&kept).iter().find(|one| one["id"] == json!(line)).unwrap();
    assert_eq!((&kept["decided_by"], &kept["on_behalf_of"]), (&json!(lou.id), &json!(owner.id)));
    stage.ok(owner, &format!("POST /delegations/{}/ending", text(&made["id"])), Value::Null).await;
}

/// Every refusal of a review.
pub async fn codes(stage: &Stage) {
    let admin = &again(stage, &stage.admin).await;
    let owner = &again(stage, &stage.owner).await;
    let (rolf, nobody) = (holder(stage, "Rolf").await, Value::Null);
    stage.refused(owner, "POST /reviews", wanted("mine"), 403, "capability-missing").await;
    let none = json!({ "scope": { "roles": ["nothing"] } });
    stage.refused(admin, "POST /reviews", none, 404, "no-such-role").await;
    let none = json!({ "scope": { "owner": "petra@example.com" } });
    stage.refused(admin, "POST /reviews", none, 409, "review-empty").await;
    stage.refused(admin, "POST /reviews", json!({ "due": "PT1H" }), 422, "review-bad-due").await;
    stage.refused(admin, "POST /reviews", wanted(&"x".repeat(201)), 422, "review-title-too-long").await;
    let many = Start { scope: Scope { roles: vec![slug("reader")], ..Scope::default() }, ..Start::default() };
    let refused = start::start_at_most(&stage.house().app, &admin.actor, many, None, 0).await.unwrap_err();
    assert_eq!(code(&refused), "review-too-large");
    stage.provoked("review-too-large");
    // The admin holds the role, too: that line is nobody's but another admin's, or a delegate's.
    stage.house().certify(&admin.actor, "alpha").await;
    stage.ask(admin, "reader").await;
    let begun = stage.ok(admin, "POST /reviews", wanted("codes")).await;
    let id = text(&begun["review"]["id"]).to_owned();
    stage.refused(&rolf, &format!("GET /reviews/{id}"), nobody.clone(), 404, "no-such-review").await;
    let place = |line: &str, what: &str| format!("POST /reviews/{id}/lines/{line}/{what}");
    let keep = || json!({ "decision": "keep" });
    let (rolfs, own) = (line_of(stage, &id, &rolf).await, line_of(stage, &id, admin).await);
    let unknown = rolfs.replace("rvl_0", "rvl_f");
    stage.refused(owner, &place(&unknown, "answer"), keep(), 404, "no-such-review-line").await;
    stage.refused(admin, &place(&own, "answer"), keep(), 403, "review-own-grant").await;
    stage.refused(admin, &place(&rolfs, "answer"), keep(), 403, "review-not-yours").await;
    let away = json!({ "delegate": "owner@example.com", "until": stage.after(86_400) });
    let made = stage.ok(admin, "POST /delegations", away).await;
    stage.refused(owner, &place(&own, "answer"), keep(), 403, "review-delegators-own").await;
    stage.ok(admin, &format!("POST /delegations/{}/ending", text(&made["id"])), Value::Null).await;
    stage.refused(owner, &place(&rolfs, "answer"), json!({ "decision": "remove" }), 422, "reason-needed").await;
    let long = json!({ "decision": "keep", "comment": "x".repeat(2_001) });
    stage.refused(owner, &place(&rolfs, "answer"), long, 422, "reason-too-long").await;
    let to = |whom: &str| json!({ "to": whom });
    stage.refused(owner, &place(&rolfs, "delegation"), to("rolf@example.com"), 409, "review-unfit-delegate").await;
    stage.refused(owner, &place(&rolfs, "delegation"), to("zoe@example.com"), 404, "no-such-person").await;
    stage.ok(owner, &place(&rolfs, "answer"), keep()).await;
    stage.refused(owner, &place(&rolfs, "answer"), keep(), 409, "review-line-answered").await;
    let call_off = format!("POST /reviews/{id}/cancellation");
    let why = || json!({ "reason": "enough" });
    stage.refused(owner, &call_off, why(), 403, "capability-missing").await;
    stage.house().advance("P2D");
    let admin = &again(stage, admin).await;
    stage.refused(admin, &call_off, why(), 409, "review-due").await;
    // Another one, called off.
    let rosa = holder(stage, "Rosa").await;
    let begun = stage.ok(admin, "POST /reviews", wanted("codes")).await;
    let other = text(&begun["review"]["id"]).to_owned();
    line_of(stage, &other, &rosa).await;
    let call_off = format!("POST /reviews/{other}/cancellation");
    stage.ok(admin, &call_off, why()).await;
    stage.refused(admin, &call_off, why(), 409, "review-not-open").await;
}
