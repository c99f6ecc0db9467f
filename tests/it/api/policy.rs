//! Delegations, policies, and the longer lives of requests and grants.

use super::stage::{Player, Stage, items, text};
use habilis::base::ids::{self, Id};
use serde_json::{Value, json};

/// What a learner asks of another to decide for them.
fn delegation(stage: &Stage, to: &str, seconds: i64) -> Value {
    json!({ "delegate": to, "until": stage.after(seconds), "note": "a secret reason" })
}

/// A delegation of somebody to Petra, for a while.
pub async fn delegated(stage: &Stage, who: &Player) -> Value {
    stage.ok(who, "POST /delegations", delegation(stage, "petra@example.com", 86_400)).await
}

pub async fn tour(stage: &Stage) {
    let (owner, lena) = (&stage.owner, stage.learner("Lena Long").await);
    let made =
        stage.call(&owner.bearer, "POST /delegations", &delegation(stage, "lena.long@example.com", 86_400), &[]).await;
    assert_eq!((made.status, &made.body["state"]), (201, &json!("active")), "{}", made.text);
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    assert_eq!(stage.get(&lena, &path).await, made.body);
    for (who, path) in [(owner, "/me/delegations"), (&lena, "/me/delegations"), (&stage.auditor, "/delegations")] {
        assert_eq!(items(&stage.get(who, path).await)[0]["id"], made.body["id"], "{path}");
    }
    let ana = stage.learner("Anna Ask").await;
    for course in ["alpha", "beta"] {
        stage.house().certify(&ana.actor, course).await;
    }
    let asked = stage.ask(&ana, "keeper").await;
    let waiting = stage.get(&lena, "/decisions").await;
    assert_eq!(text(&waiting["items"][0]["in_place_of"][0]["name"]), "Owner", "{waiting}");
    let say = json!({ "decision": "approve", "on_behalf_of": owner.id });
    let decided = stage.ok(&lena, &format!("POST /requests/{}/decisions", text(&asked["id"])), say).await;
    let said = &decided["decisions"][0];
    assert_eq!((text(&said["person_name"]), text(&said["on_behalf_name"])), ("Lena Long", "Owner"));
    assert_eq!(items(&stage.get(&lena, "/notices").await)[0]["delegator"], json!(owner.id));
    threads(stage, &lena, &decided).await;
    previews(stage).await;
    glass(stage).await;
    stage.ok(&lena, &format!("POST {path}/ending"), Value::Null).await;
    assert_eq!(stage.get(owner, &path).await["state"], "ended");

    held_back(stage, &ana, text(&decided["grant"]["id"])).await;
    let manager = format!("PUT /people/{}/manager", ana.id);
    stage.ok(&stage.admin, &manager, json!({ "manager": "lena.long@example.com" })).await;
    let file = stage.get(&stage.auditor, &format!("/people/{}", ana.id)).await;
    assert_eq!(text(&file["manager"]["name"]), "Lena Long");
    stage.ok(&stage.admin, &manager, json!({ "manager": null })).await;
}

/// The owner suspends a grant and lets it go on, and its holder claims it, where nobody asks for that, and gives it back.
async fn held_back(stage: &Stage, ana: &Player, grant: &str) {
    let call = |what: &str| format!("POST /grants/{grant}/{what}");
    let why = || json!({ "reason": "a secret reason" });
    stage.ok(&stage.owner, &call("suspension"), why()).await;
    stage.refused(&stage.owner, &call("suspension"), why(), 409, "grant-suspended-already").await;
    let token = stage.call(&ana.bearer, "POST /tokens", &json!({ "role": "keeper" }), &[]).await;
    stage.told(&token, "POST /tokens", 403, "grant-suspended");
    stage.ok(&stage.owner, &call("reactivation"), why()).await;
    stage.refused(&stage.owner, &call("reactivation"), why(), 409, "grant-not-suspended").await;
    stage.ok(ana, &call("claim"), Value::Null).await;
    stage.ok(ana, &call("return"), Value::Null).await;
    assert_eq!(items(&stage.get(ana, "/grants").await)[0]["ended_reason"], "given_back");
}

/// A comment, what waits, and several decisions at once.
async fn threads(stage: &Stage, lena: &Player, decided: &Value) {
    let request = text(&decided["id"]);
    let thread = format!("/requests/{request}/comments");
    let said = stage.ok(lena, &format!("POST {thread}"), json!({ "text": "well done" })).await;
    assert_eq!(items(&stage.get(&stage.auditor, &thread).await)[0], said);
    let waits = stage.learner("Wanda Waits").await;
    stage.house().certify(&waits.actor, "beta").await;
    let asked = stage.ask(&waits, "guardian").await;
    let listed = stage.get(&stage.auditor, "/waiting").await;
    let line = items(&listed).iter().find(|line| line["request"] == asked["id"]).unwrap();
    assert_eq!((&line["waits_for"], &line["until"]), (&json!("decision"), &asked["lapses_at"]));
    let many = json!({ "items": [
        { "request": asked["id"], "decision": "approve" },
        { "request": request, "decision": "approve" },
    ] });
    let outcomes = stage.ok(&stage.petra, "POST /decisions", many).await;
    let outcomes = items(&outcomes);
    assert_eq!((&outcomes[0]["state"], &outcomes[0]["code"]), (&json!("in_review"), &Value::Null));
    assert_eq!((&outcomes[1]["state"], &outcomes[1]["code"]), (&Value::Null, &json!("not-yours-to-decide")));
}

/// The admin takes a role, and the owner judges it.
async fn glass(stage: &Stage) {
    stage.house().certify(&stage.admin.actor, "beta").await;
    let sent = json!({ "role": "guardian", "reason": "a secret reason", "duration": "1h" });
    let taken = stage.call(&stage.admin.bearer, "POST /break-glass", &sent, &[]).await;
    assert_eq!((taken.status, &taken.body["running"]), (201, &json!(true)), "{}", taken.text);
    let path = taken.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    assert_eq!(stage.get(&stage.owner, &path).await["id"], taken.body["id"]);
    assert_eq!(items(&stage.get(&stage.auditor, "/break-glass").await)[0]["id"], taken.body["id"]);
    assert_eq!(items(&stage.get(&stage.auditor, "/notices").await)[0]["emergency"], taken.body["id"]);
    let review = json!({ "justified": false, "comment": "no" });
    let judged = stage.ok(&stage.owner, &format!("POST {path}/review"), review).await;
    assert_eq!((&judged["state"], &judged["running"]), (&json!("unjustified"), &json!(false)));
}

/// A use of break-glass by the admin, on a role of the owner's.
pub async fn broken(stage: &Stage) -> Value {
    stage.house().certify(&stage.admin.actor, "beta").await;
    stage.ok(&stage.admin, "POST /break-glass", json!({ "role": "guardian", "reason": "a secret reason" })).await
}

/// What would change, and what applied.
async fn previews(stage: &Stage) {
    let file = stage.house().engine.folder.path().join("courses/access.yaml");
    let catalogue = std::fs::read_to_string(file).unwrap();
    let sent = json!({ "catalogue": catalogue.replacen("max_duration: P60D", "max_duration: P50D", 1) });
    let told = stage.ok(&stage.auditor, "POST /policies/preview", sent).await;
    assert_eq!((&told["valid"], &told["roles"][0]["fate"]), (&json!(true), &json!("changed")), "{told}");
    let field = &told["roles"][0]["fields"][0];
    assert_eq!((text(&field["before"]), text(&field["after"])), ("P60D", "P50D"));
    let wrong = stage.ok(&stage.auditor, "POST /policies/preview", json!({ "catalogue": "roles: 1" })).await;
    assert_eq!((&wrong["valid"], wrong["findings"].as_array().unwrap().is_empty()), (&json!(false), false));
    let versions = stage.get(&stage.auditor, "/roles/reader/policies").await;
    assert_eq!((items(&versions).len(), &versions["items"][0]["until"]), (1, &Value::Null));
}

/// Every refusal of these calls.
pub async fn codes(stage: &Stage) {
    let (mia, noa) = (&stage.learner("Mia").await, &stage.learner("Noa").await);
    let make = "POST /delegations";
    stage.refused(mia, make, delegation(stage, "mia@example.com", 60), 422, "delegate-oneself").await;
    stage.refused(mia, make, delegation(stage, "noa@example.com", -60), 422, "bad-period").await;
    stage.refused(mia, make, delegation(stage, "nobody@example.com", 60), 404, "no-such-person").await;
    let gone = stage.learner("Gone Again").await;
    stage.ok(&stage.admin, &format!("POST /people/{}/disabling", gone.id), json!({ "reason": "left" })).await;
    stage.refused(mia, make, delegation(stage, "gone.again@example.com", 60), 409, "delegate-inactive").await;
    let made = stage.ok(mia, make, delegation(stage, "noa@example.com", 86_400)).await;
    stage.refused(mia, make, delegation(stage, "noa@example.com", 60), 409, "delegation-overlaps").await;
    let end = format!("POST /delegations/{}/ending", text(&made["id"]));
    stage.refused(&stage.bob, &end, Value::Null, 404, "no-such-delegation").await;
    stage.refused(&stage.bob, "GET /delegations", Value::Null, 403, "capability-missing").await;
    stage.ok(noa, &end, Value::Null).await;
    stage.refused(noa, &end, Value::Null, 409, "delegation-ended-already").await;

    let manager = |who: &Player| format!("PUT /people/{}/manager", who.id);
    stage.ok(&stage.admin, &manager(mia), json!({ "manager": "noa@example.com" })).await;
    stage.refused(&stage.admin, &manager(noa), json!({ "manager": "mia@example.com" }), 409, "manager-loop").await;
    stage.refused(&stage.admin, &manager(noa), json!({ "manager": "nobody@example.com" }), 404, "no-such-person").await;
    let nobody = Id::<ids::Person>::new(stage.house().app.now());
    let unknown = format!("PUT /people/{nobody}/manager");
    stage.refused(&stage.admin, &unknown, json!({ "manager": null }), 404, "no-such-person").await;
    stage.refused(mia, &manager(noa), json!({ "manager": null }), 403, "capability-missing").await;

    let early = json!({ "role": "reader", "reason": "soon", "starts_at": stage.after(-60) });
    stage.refused(mia, "POST /requests", early, 422, "bad-start").await;
    let take = |role: &str, reason: &str, span: &str| json!({ "role": role, "reason": reason, "duration": span });
    stage.refused(mia, "POST /break-glass", take("guardian", "fire", "1h"), 403, "not-on-call").await;
    stage.refused(&stage.admin, "POST /break-glass", take("nothing", "fire", "1h"), 404, "no-such-role").await;
    stage.refused(&stage.admin, "POST /break-glass", take("guardian", "", "1h"), 422, "reason-needed").await;
    stage.refused(&stage.admin, "POST /break-glass", take("guardian", "fire", "5h"), 422, "bad-duration").await;
    stage
        .refused(&stage.admin, "POST /break-glass", take("guardian", "fire", "1h"), 403, "certification-missing")
        .await;
    let taken = broken(stage).await;
    stage.refused(&stage.admin, "POST /break-glass", take("guardian", "fire", "1h"), 409, "access-in-effect").await;
    let review = format!("POST /break-glass/{}/review", text(&taken["id"]));
    let judged = || json!({ "justified": true, "comment": "fine" });
    stage.refused(&stage.admin, &review, judged(), 403, "own-emergency").await;
    stage.refused(mia, &review, judged(), 404, "no-such-emergency").await;
    // Who decides in place of the admin does not on what the admin took.
    let away = stage.ok(&stage.admin, make, delegation(stage, "owner@example.com", 86_400)).await;
    stage.refused(&stage.owner, &review, judged(), 403, "delegators-own-request").await;
    stage.ok(&stage.admin, &format!("POST /delegations/{}/ending", text(&away["id"])), Value::Null).await;
    stage.ok(&stage.owner, &review, judged()).await;
    stage.refused(&stage.owner, &review, judged(), 409, "emergency-reviewed-already").await;
    stage.refused(mia, "POST /decisions", json!({ "items": [] }), 422, "too-many-at-once").await;
    // A grant is held back, and used outside of its hours.
    stage.house().certify(&mia.actor, "alpha").await;
    let held = stage.ask(mia, "either").await;
    let grant = text(&held["grant"]["id"]).to_owned();
    let call = |what: &str| format!("POST /grants/{grant}/{what}");
    let why = || json!({ "reason": "a look" });
    stage.refused(mia, &call("suspension"), why(), 403, "capability-missing").await;
    // Somebody has said all that one person may say of a request.
    let (request, me) = (text(&held["id"]).parse::<Id<ids::Request>>().unwrap(), mia.id.parse().unwrap());
    let fill = move |w: &mut habilis::db::Writing<'_>| {
        for number in 0..habilis::access::request::MOST_COMMENTS {
            let id = Id::new(w.now().plus_micros(number));
            habilis::access::rows::insert_comment(w, id, request, me, "a look")?;
        }
        Ok(())
    };
    let app = &stage.house().app;
    app.db.write(app.now(), fill).await.unwrap();
    let thread = format!("POST /requests/{request}/comments");
    stage.refused(mia, &thread, json!({ "text": "a look" }), 409, "too-many-comments").await;
    stage.ok(&stage.owner, &call("suspension"), why()).await;
    stage.refused(&stage.owner, &call("suspension"), why(), 409, "grant-suspended-already").await;
    let away = stage.ok(mia, make, delegation(stage, "owner@example.com", 86_400)).await;
    stage.refused(&stage.owner, &call("reactivation"), why(), 403, "delegators-own-request").await;
    stage.ok(mia, &format!("POST /delegations/{}/ending", text(&away["id"])), Value::Null).await;
    stage.ok(&stage.owner, &call("reactivation"), why()).await;
    stage.refused(&stage.owner, &call("reactivation"), why(), 409, "grant-not-suspended").await;
    stage.ok(mia, &format!("POST /grants/{grant}/claim"), Value::Null).await;
    stage.refused(&stage.owner, &call("return"), Value::Null, 404, "no-such-grant").await;
    stage.ok(&stage.owner, &call("revocation"), why()).await;
    stage.refused(mia, &call("claim"), Value::Null, 409, "grant-ended-already").await;
    stage.refused(mia, &call("return"), Value::Null, 409, "grant-ended-already").await;
    // The owner's own was held back: somebody else lets it go on.
    for course in ["alpha", "beta"] {
        stage.house().certify(&stage.owner.actor, course).await;
    }
    let own = stage.ask(&stage.owner, "either").await;
    let own = |what: &str| format!("POST /grants/{}/{what}", text(&own["grant"]["id"]));
    stage.ok(&stage.admin, &own("suspension"), why()).await;
    stage.refused(&stage.owner, &own("reactivation"), why(), 403, "own-grant").await;
    stage.refused(&stage.owner, &own("return"), Value::Null, 403, "grant-suspended").await;
    stage.refused(&stage.owner, &own("revocation"), why(), 403, "grant-suspended").await;
    stage.ok(&stage.admin, &own("reactivation"), why()).await;
    stage.ok(&stage.admin, &own("revocation"), why()).await;
    let file = stage.house().engine.folder.path().join("courses/access.yaml");
    let before = std::fs::read_to_string(&file).unwrap();
    let hours = "token_lifetime: 60m, hours: {days: sun, from: '00:00', until: '00:01', zone: UTC}";
    std::fs::write(&file, before.replace("token_lifetime: 60m", hours)).unwrap();
    stage.ok(&stage.admin, "POST /content/reload", Value::Null).await;
    stage.ask(mia, "either").await;
    stage.refused(mia, "POST /tokens", json!({ "role": "either" }), 403, "outside-hours").await;
    std::fs::write(&file, before).unwrap();
    stage.ok(&stage.admin, "POST /content/reload", Value::Null).await;
    // Who decides in place of the owner does not on what the owner asks for.
    stage.ok(&stage.admin, &format!("PUT /people/{}/teams", mia.id), json!({ "teams": ["privacy"] })).await;
    stage.ok(&stage.petra, make, delegation(stage, "noa@example.com", 86_400)).await;
    stage.ok(&stage.owner, make, delegation(stage, "noa@example.com", 86_400)).await;
    let asked = stage.ask(&stage.owner, "guardian").await;
    let decide = format!("POST /requests/{}/decisions", text(&asked["id"]));
    stage.refused(noa, &decide, json!({ "decision": "approve" }), 403, "delegators-own-request").await;
}
