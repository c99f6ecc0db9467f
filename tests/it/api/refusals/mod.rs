//! Every refusal that the sources know, provoked at the edge: its status, its code, its headers, and its event (I4).

mod marking;
mod records;
mod teams;

use super::stage::{Player, Stage, items, text};
use crate::support::{PASSWORD, code, engine::Database, open, slug};
use habilis::{
    actions::{disable_person, invite_person, mint_token, set_up},
    base::{
        clock::Clock,
        ids::{self, Id, Kind},
    },
    identity::{actor::Actor, secret::Secret},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::Path};

/// Every code that stands in a `code()` of the sources.
fn codes_of_the_sources() -> BTreeSet<String> {
    fn walk(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap_or_default();
            for refusal in source.split("Refusal for ").skip(1) {
                let refusal = refusal.split("\n}\n").next().unwrap();
                for body in refusal.split("fn code(&self) -> &'static str {").skip(1) {
                    let body = body.split("fn ").next().unwrap();
                    found.extend(body.split('"').skip(1).step_by(2).map(str::to_owned));
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_code_is_provoked_at_least_once() {
    let stage = Stage::set().await;
    edge(&stage).await;
    identity(&stage).await;
    super::identities::codes(&stage).await;
    teams::provoke(&stage).await;
    super::policy::codes(&stage).await;
    records::provoke(&stage).await;
    marking::provoke(&stage).await;
    learning(&stage).await;
    access(&stage).await;
    using(&stage).await;
    operations(&stage).await;
    pages(&stage).await;
    crowd(&stage).await;
    below_the_edge(&stage).await;
    super::clients::codes(&stage).await;
    super::provisioning::codes(&stage).await;
    super::signals::codes(&stage).await;
    super::reviews::codes(&stage).await;
    super::webhooks::codes(&stage).await;
    super::log::codes(&stage).await;
    let known = codes_of_the_sources();
    assert!(known.len() > 55, "the codes are written in another way now: {known:?}");
    let missing: Vec<_> = known.difference(&stage.codes()).cloned().collect();
    assert!(missing.is_empty(), "codes that no test provokes: {missing:?}");
    // And the description names no code that nothing gives; a database that is away, and a defect, are tested elsewhere.
    for (call, told) in stage.operations() {
        for answer in told["responses"].as_object().unwrap().values() {
            let words = text(&answer["description"]).split_once("Codes: ").map_or("", |(_, codes)| codes);
            for code in words.split('`').skip(1).step_by(2) {
                let known = known.contains(code) || ["unavailable", "internal"].contains(&code);
                assert!(known, "{call} is said to refuse with {code}");
            }
        }
    }
}

/// An id of the right form that nothing has.
fn unknown<K: Kind>(stage: &Stage) -> Id<K> {
    Id::new(stage.house().app.now())
}

async fn edge(stage: &Stage) {
    let (ana, none) = (&stage.ana.bearer, Value::Null);
    stage.bounced("", "GET /me", none.clone(), 401, "sign-in-first").await;
    stage.bounced(ana, "GET /nothing", none.clone(), 404, "no-such-page").await;
    let reply = stage.bounced(ana, "PATCH /me", none.clone(), 405, "no-such-method").await;
    assert_eq!(reply.header("allow"), "GET, HEAD");
    let reply = stage.bounced(ana, "DELETE /people", none.clone(), 405, "no-such-method").await;
    assert_eq!(reply.header("allow"), "GET, HEAD, POST");
    // What does not read names the field.
    for (call, body, field) in [
        ("POST /requests", json!({ "role": "Not A Slug" }), json!("role")),
        ("POST /requests", json!({}), json!("role")),
        ("POST /requests", json!({ "role": "reader", "roles": 1 }), json!("roles")),
        ("POST /requests", json!([1]), Value::Null),
        ("POST /keys/rotation", json!({ "algorithm": "HS256" }), json!("algorithm")),
        ("GET /events?kind=odd", none.clone(), json!("kind")),
        ("GET /events?outcome=odd", none.clone(), json!("outcome")),
        ("GET /events?format=xml", none.clone(), json!("format")),
        ("GET /holders?state=odd", none.clone(), json!("state")),
        ("GET /holders/map?format=xml", none.clone(), json!("format")),
        ("GET /holders/map?rows=roles", none.clone(), json!("rows")),
        ("GET /holders/map?columns=teams", none.clone(), json!("columns")),
        ("GET /holders/map?order=odd", none.clone(), json!("order")),
        ("GET /holders?as_of=soon", none.clone(), json!("as_of")),
        ("GET /holders?limit=0", none.clone(), json!("limit")),
        ("GET /people?limit=1001", none.clone(), json!("limit")),
        ("GET /explain", none.clone(), json!("role")),
        ("GET /search", none.clone(), json!("q")),
        ("GET /search?q=a1+b2+c3+d4+e5+f6+g7+h8+i9", none.clone(), json!("q")),
    ] {
        let reply = stage.bounced(&stage.admin.bearer, call, body, 422, "body-unreadable").await;
        assert_eq!(reply.body["field"], field, "{call}: {}", reply.text);
    }
    let text = [("content-type", "text/plain")];
    let reply = stage.call(ana, "POST /requests", &json!({ "role": "reader" }), &text).await;
    stage.told(&reply, "POST /requests as text", 422, "body-unreadable");
    let long = json!({ "role": "reader", "reason": "x".repeat(600 * 1024) });
    stage.bounced(ana, "POST /requests", long, 413, "body-too-large").await;
    let form = stage.served.call(reqwest::Method::POST, "/sign-in").form(&[("email", "x".repeat(600 * 1024))]);
    assert_eq!(form.send().await.unwrap().status().as_u16(), 413, "a page says so, too");
    let cursor = "GET /events?cursor=bm9ib2R5";
    stage.bounced(&stage.auditor.bearer, cursor, none, 422, "cursor-foreign").await;
    // A browser's cookie with a form from elsewhere.
    let cookie = format!("habilis={ana}");
    let elsewhere = [("cookie", cookie.as_str()), ("origin", "https://evil.example.com")];
    let reply = stage.call("", "POST /requests", &json!({ "role": "reader" }), &elsewhere).await;
    stage.told(&reply, "POST /requests from elsewhere", 403, "forged-form");
    assert_eq!(stage.last_refused().await, "forged-form");
}

async fn identity(stage: &Stage) {
    let (admin, ana) = (&stage.admin, &stage.ana);
    let nobody = Player { actor: Actor::anonymous(""), bearer: String::new(), id: String::new() };
    let wrong = json!({ "email": "zoe@example.com", "password": "wrong" });
    for _ in 0..5 {
        stage.refused(&nobody, "POST /session", wrong.clone(), 401, "bad-credentials").await;
    }
    stage.refused(&nobody, "POST /session", wrong, 429, "sign-in-throttled").await;
    let change = "PUT /me/password";
    let new = |new: &str| json!({ "current": PASSWORD, "new": new });
    stage.refused(ana, change, json!({ "current": "x", "new": PASSWORD }), 403, "wrong-password").await;
    stage.refused(ana, change, new("short"), 422, "password-too-short").await;
    stage.refused(ana, change, new(&"a long one ".repeat(30)), 422, "password-too-long").await;
    stage.refused(ana, change, new("password1234"), 422, "password-common").await;
    stage.refused(ana, "PUT /me/preferences", json!({ "zone": "Mars/Base" }), 422, "bad-field").await;
    stage.refused(ana, "GET /people", Value::Null, 403, "capability-missing").await;
    stage.refused(ana, "POST /content/reload", Value::Null, 403, "capability-missing").await;
    let twice = json!({ "email": "ANA@example.com", "name": "Ana" });
    stage.refused(admin, "POST /people", twice, 409, "email-taken").await;
    stage
        .refused(admin, &format!("GET /people/{}", unknown::<ids::Person>(stage)), Value::Null, 404, "no-such-person")
        .await;
    // A piece of an address that everybody has.
    stage.refused(admin, "GET /holders?person=example", Value::Null, 404, "several-people").await;
    let session = format!("DELETE /people/{}/sessions/{}", ana.id, unknown::<ids::Session>(stage));
    stage.refused(admin, &session, Value::Null, 404, "no-such-session").await;
    let own = format!("/people/{}", admin.id);
    stage.refused(admin, &format!("PUT {own}/capabilities"), json!({}), 409, "last-admin").await;
    stage.refused(admin, &format!("POST {own}/disabling"), json!({ "reason": "tired" }), 409, "last-admin").await;
    stage.refused(admin, &format!("POST {own}/disabling"), json!({ "reason": " " }), 422, "reason-needed").await;
    stage.refused(admin, &format!("POST {own}/enabling"), Value::Null, 409, "already-so").await;
    let login = format!("PUT /people/{}/logins/cellar", ana.id);
    stage.refused(admin, &login, json!({ "login": "A" }), 404, "no-such-warehouse").await;
}

async fn learning(stage: &Stage) {
    let (ana, bob) = (&stage.ana, &stage.bob);
    let start = |quiz: &str| json!({ "quiz": quiz });
    let begin = "POST /attempts";
    stage.refused(bob, begin, start("alpha/nothing"), 404, "no-such-content").await;
    stage.refused(bob, begin, start("gamma/final"), 403, "prerequisite-missing").await;
    stage.refused(bob, begin, start("beta/short"), 403, "exam-for-holders").await;
    let second = "POST /courses/gamma/modules/second/completion";
    let reply = stage.refused(bob, second, Value::Null, 403, "module-missing").await;
    assert_eq!(reply.body["missing"][0]["kind"], "module");
    stage
        .refused(ana, &format!("GET /attempts/{}", unknown::<ids::Attempt>(stage)), Value::Null, 404, "no-such-attempt")
        .await;

    passed_and_waiting(stage).await;

    let attempt = stage.ok(bob, begin, start("alpha/final")).await;
    let path = format!("/attempts/{}", text(&attempt["id"]));
    let answers = format!("PUT {path}/answers");
    let save = |revision: i64, answer: Value| json!({ "revision": revision, "answer": answer });
    stage.refused(bob, &format!("{answers}/1"), save(0, json!({ "odd": 1 })), 422, "bad-answer").await;
    stage.refused(bob, &format!("{answers}/99"), save(0, Value::Null), 404, "no-such-question").await;
    stage.ok(bob, &format!("{answers}/1"), save(0, Value::Null)).await;
    stage.ok(bob, &format!("{answers}/1"), save(0, Value::Null)).await;
    let other = json!({ "revision": 0, "answer": null, "flagged": true });
    let reply = stage.refused(bob, &format!("{answers}/1"), other, 409, "answer-stale").await;
    assert_eq!((&reply.body["revision"], &reply.body["answer"]), (&json!(1), &Value::Null), "{}", reply.text);
    stage.ok(bob, &format!("POST {path}/submission"), Value::Null).await;
    stage.refused(bob, &format!("{answers}/1"), save(1, Value::Null), 409, "attempt-closed").await;

    // The second run after a pause, the third after a longer one, and no fourth.
    let reply = stage.refused(bob, begin, start("alpha/final"), 429, "attempt-cooldown").await;
    // To programs the instant is exact; people read the first minute that is not before it.
    let next: jiff::Timestamp = text(&reply.body["next"]).parse().unwrap();
    assert_ne!(next.as_microsecond() % 60_000_000, 0, "{next} would prove nothing");
    let minute = jiff::Timestamp::from_second((next.as_second() / 60 + 1) * 60).unwrap();
    let minute = minute.to_zoned(jiff::tz::TimeZone::get("Europe/Paris").unwrap()).strftime("%H:%M").to_string();
    assert!(text(&reply.body["detail"]).contains(&minute), "{}: {minute}", reply.text);
    stage.house().advance("PT15M");
    stage.house().take(&bob.actor, "alpha", "final", false).await.unwrap();
    stage.house().advance("PT24H");
    let bob = &again(stage, bob).await;
    stage.house().take(&bob.actor, "alpha", "final", false).await.unwrap();
    stage.refused(bob, begin, start("alpha/final"), 429, "attempt-limit-reached").await;

    let (ana, admin) = (&again(stage, &stage.ana).await, &again(stage, &stage.admin).await);
    stage.house().certify(&ana.actor, "alpha").await;
    stage.refused(ana, begin, start("alpha/final"), 409, "exam-passed-already").await;
    let voiding = format!("POST {path}/voiding");
    stage.ok(admin, &voiding, json!({ "reason": "a fire alarm" })).await;
    stage.refused(admin, &voiding, json!({ "reason": "again" }), 409, "attempt-voided-already").await;
    let certificate = &stage.get(ana, "/certificates").await["items"][0]["id"];
    let none = format!("GET /certificates/{}", unknown::<ids::Certificate>(stage));
    stage.refused(ana, &none, Value::Null, 404, "no-such-certificate").await;
    let notice = format!("POST /notices/{}/seen", unknown::<ids::Notice>(stage));
    stage.refused(ana, &notice, Value::Null, 404, "no-such-notice").await;
    let revoke = format!("POST /certificates/{}/revocation", text(certificate));
    stage.ok(admin, &revoke, json!({ "reason": "a rehearsal" })).await;
    stage.refused(admin, &revoke, json!({ "reason": "again" }), 409, "certificate-ended-already").await;
}

/// A pass with unread modules closes the exam, and no moment opens it again: what is missing is told, and no instant.
async fn passed_and_waiting(stage: &Stage) {
    let fay = &stage.learner("Fay").await;
    stage.house().take(&fay.actor, "alpha", "final", true).await.unwrap();
    let reply =
        stage.refused(fay, "POST /attempts?lang=en", json!({ "quiz": "alpha/final" }), 409, "exam-passed").await;
    let missing = json!([{ "kind": "module", "id": "first", "title": "First module", "href": "/courses/alpha/first" }]);
    assert_eq!(reply.body["missing"], missing);
    assert_eq!((&reply.body["next"], &reply.body["waits"]), (&Value::Null, &json!("certificate")), "{}", reply.text);
    let course = stage.get(fay, "/courses/alpha?lang=en").await;
    let told = &course["quizzes"][0]["refusal"];
    assert_eq!((&told["code"], &told["next"], &told["missing"]), (&json!("exam-passed"), &Value::Null, &missing));
    assert_eq!(told["detail"], "You have passed this exam. The certificate waits for the rest of the course.");
}

/// The same person in a new session: the clock moved on.
pub async fn again(stage: &Stage, who: &Player) -> Player {
    let bearer = stage.house().bearer(&who.actor).await;
    Player { actor: who.actor.clone(), bearer, id: who.id.clone() }
}

async fn access(stage: &Stage) {
    let (admin, owner) = (&again(stage, &stage.admin).await, &again(stage, &stage.owner).await);
    let (eve, dan) = (&stage.learner("Eve").await, &stage.learner("Dan").await);
    for course in ["alpha", "beta"] {
        stage.house().certify(&eve.actor, course).await;
    }
    let ask = |role: &str| json!({ "role": role, "reason": "the weekly report" });
    let asking = "POST /requests";
    stage.refused(eve, asking, ask("nothing"), 404, "no-such-role").await;
    stage.refused(eve, asking, json!({ "role": "reader" }), 422, "reason-needed").await;
    let long = json!({ "role": "reader", "reason": "x", "duration": "P900D" });
    stage.refused(eve, asking, long, 422, "bad-duration").await;
    let wordy = json!({ "role": "reader", "reason": "x".repeat(2_001) });
    stage.refused(eve, asking, wordy, 422, "reason-too-long").await;
    stage.refused(owner, asking, ask("keeper"), 409, "no-approver").await;
    stage
        .refused(eve, &format!("GET /requests/{}", unknown::<ids::Request>(stage)), Value::Null, 404, "no-such-request")
        .await;

    let asked = stage.ask(eve, "guardian").await;
    let path = format!("/requests/{}", text(&asked["id"]));
    stage.refused(eve, asking, ask("guardian"), 409, "request-open-already").await;
    let yes = json!({ "decision": "approve" });
    let decide = format!("POST {path}/decisions");
    stage.refused(eve, &decide, yes.clone(), 403, "own-request").await;
    stage.refused(dan, &decide, yes.clone(), 403, "not-yours-to-decide").await;
    stage.refused(owner, &decide, json!({ "decision": "reject" }), 422, "reason-needed").await;
    let wordy = json!({ "decision": "reject", "comment": "x".repeat(2_001) });
    stage.refused(owner, &decide, wordy, 422, "reason-too-long").await;
    let capped = json!({ "decision": "approve", "cap": "P900D" });
    stage.refused(owner, &decide, capped, 422, "bad-duration").await;
    stage.ok(owner, &decide, yes.clone()).await;
    stage.refused(owner, &decide, yes, 409, "decided-already").await;
    stage.ok(eve, &format!("POST {path}/withdrawal"), Value::Null).await;
    stage.refused(eve, &format!("POST {path}/withdrawal"), Value::Null, 409, "request-closed").await;

    let lock = json!({ "kind": "role", "subject": "reader", "reason": "a leak" });
    let placed = stage.ok(admin, "POST /locks", lock.clone()).await;
    stage.refused(admin, "POST /locks", lock, 409, "locked-already").await;
    let reply = stage.refused(eve, asking, ask("reader"), 403, "locked").await;
    assert_eq!(reply.body["missing"][0]["kind"], "lock");
    let lift = format!("DELETE /locks/{}", text(&placed["id"]));
    stage.ok(admin, &lift, Value::Null).await;
    stage.refused(admin, &lift, Value::Null, 404, "no-such-lock").await;
}

/// What stands between a person and a token.
async fn using(stage: &Stage) {
    let admin = &again(stage, &stage.admin).await;
    let gus = &stage.learner("Gus").await;
    stage.house().certify(&gus.actor, "alpha").await;
    let mint = || json!({ "role": "reader" });
    stage.refused(gus, "POST /tokens", mint(), 403, "role-not-held").await;
    let short = json!({ "role": "reader", "reason": "a look", "duration": "PT4M" });
    let first = stage.ok(gus, "POST /requests", short.clone()).await;
    stage.refused(gus, "POST /requests", short.clone(), 409, "role-held-already").await;
    // What continues an access that is revoked ends with it.
    stage.house().advance("PT3M30S");
    let second = stage.ok(gus, "POST /requests", short).await;
    let revoke = |request: &Value| format!("POST /grants/{}/revocation", text(&request["grant"]["id"]));
    let why = || json!({ "reason": "no longer needed" });
    stage.refused(admin, &revoke(&first), json!({ "reason": "" }), 422, "reason-needed").await;
    stage.ok(admin, &revoke(&first), why()).await;
    stage.refused(admin, &revoke(&first), why(), 409, "grant-ended-already").await;
    stage.refused(admin, &revoke(&second), why(), 409, "grant-ended-already").await;
    let later = json!({ "role": "reader", "reason": "tomorrow", "starts_at": stage.after(86_400) });
    let second = stage.ok(gus, "POST /requests", later).await;
    stage.refused(gus, "POST /tokens", mint(), 403, "grant-not-yet").await;
    let none = format!("POST /grants/{}/revocation", unknown::<ids::Grant>(stage));
    stage.refused(admin, &none, why(), 404, "no-such-grant").await;
    stage.ok(admin, &revoke(&second), why()).await;

    let third = stage.ask(gus, "reader").await;
    let held = text(&third["grant"]["id"]).parse().unwrap();
    let app = &stage.house().app;
    let cause = habilis::access::grant::Cause::Admin;
    let suspend = move |w: &mut habilis::db::Writing<'_>| {
        Ok(habilis::access::rows::insert_suspension(w, held, cause, w.now(), "operator:test", "")?)
    };
    assert!(app.db.write(app.now(), suspend).await.unwrap());
    stage.refused(gus, "POST /tokens", mint(), 403, "grant-suspended").await;
    let lift = move |w: &mut habilis::db::Writing<'_>| {
        Ok(habilis::access::rows::end_suspension(w, held, cause, "operator:test")?)
    };
    assert!(app.db.write(app.now(), lift).await.unwrap());
    let certificates = stage.get(gus, "/certificates").await;
    let taken = format!("POST /certificates/{}/revocation", text(&items(&certificates)[0]["id"]));
    stage.ok(admin, &taken, why()).await;
    let reply = stage.refused(gus, "POST /tokens", mint(), 403, "certification-missing").await;
    assert_eq!(
        (&reply.body["missing"][0]["id"], &reply.body["missing"][0]["href"]),
        (&json!("alpha"), &json!("/courses/alpha"))
    );
}

async fn operations(stage: &Stage) {
    let admin = &again(stage, &stage.admin).await;
    stage.bounced(&admin.bearer, "GET /reports/99", Value::Null, 404, "no-such-report").await;
    stage.refused(admin, "GET /reports/why-held?role=reader", Value::Null, 422, "report-needs").await;
    stage.refused(admin, "GET /reports/holders-now?at=2026-01-01", Value::Null, 422, "report-takes-not").await;
    stage.refused(admin, "POST /keys/nothing/retirement", Value::Null, 404, "no-such-key").await;
    let keys = stage.get(admin, "/keys").await;
    let active = items(&keys).iter().find(|key| key["state"] == "active").unwrap();
    let retire = format!("POST /keys/{}/retirement", text(&active["kid"]));
    stage.refused(admin, &retire, Value::Null, 409, "key-not-retiring").await;
    // No warehouse asks for keys of Ed25519.
    stage.refused(admin, "POST /keys/rotation", json!({ "algorithm": "EdDSA" }), 404, "no-such-key").await;
    // Verifiers that keep the published keys for five minutes have not seen what is next after a rotation.
    for purpose in ["token", "badge"] {
        let (rotate, sent) = ("POST /keys/rotation", json!({ "purpose": purpose }));
        stage.ok(admin, rotate, sent.clone()).await;
        let reply = stage.refused(admin, rotate, sent.clone(), 409, "next-key-too-young").await;
        assert!(text(&reply.body["until"]) > stage.after(350).as_str(), "{}", reply.text);
        stage.ok(admin, rotate, json!({ "purpose": purpose, "now": true })).await;
        stage.house().advance("PT5M59S");
        stage.refused(admin, rotate, sent.clone(), 409, "next-key-too-young").await;
        stage.house().advance("PT2S");
        stage.ok(admin, rotate, sent).await;
    }

    let course = stage.house().engine.folder.path().join("courses/beta/course.yaml");
    let whole = fs::read_to_string(&course).unwrap();
    fs::write(&course, whole.replace("owner: ", "keeper: ")).unwrap();
    stage.refused(admin, "POST /content/reload", Value::Null, 422, "content-has-errors").await;
    let failed = &stage.get(admin, "/content").await["failed"];
    assert!(failed["findings"].to_string().contains("beta/course.yaml"), "{failed}");
    fs::write(&course, whole).unwrap();
    // What can't be read at all is told just so.
    let (courses, away) = (course.ancestors().nth(2).unwrap(), course.ancestors().nth(3).unwrap().join("away"));
    fs::rename(courses, &away).unwrap();
    stage.refused(admin, "POST /content/reload", Value::Null, 422, "content-has-errors").await;
    let failed = &stage.get(admin, "/content").await["failed"];
    assert_eq!(failed["findings"][0]["code"], "content-unreadable", "{failed}");
    assert!(failed["findings"][0]["message"].as_str().unwrap().contains("courses cannot be read"), "{failed}");
    fs::rename(&away, courses).unwrap();

    let lock = |reason: &str| json!({ "kind": "role", "subject": "either", "reason": reason });
    let key = [("idempotency-key", "one")];
    assert_eq!(stage.call(&admin.bearer, "POST /locks", &lock("a"), &key).await.status, 201);
    let reply = stage.call(&admin.bearer, "POST /locks", &lock("b"), &key).await;
    stage.told(&reply, "POST /locks", 409, "idempotency-key-reused");
    assert_eq!(stage.last_refused().await, "idempotency-key-reused");
}

/// Refusals that only a page gives.
async fn pages(stage: &Stage) {
    let admin = again(stage, &stage.admin).await;
    let (status, _) = stage.served.page("", "/welcome/hl_nothing").await;
    assert_eq!((status.as_u16(), stage.last_refused().await.as_str()), (410, "link-dead"));
    stage.provoked("link-dead");
    for (path, code) in [
        ("/achievements/nothing", "no-such-certification"),
        ("/status/certificates/99", "no-such-status-list"),
        ("/keys/nothing", "no-such-key"),
    ] {
        let before = stage.house().events("refused").await;
        let (status, _) = stage.served.page("", path).await;
        assert_eq!((status.as_u16(), stage.last_refused().await.as_str()), (404, code), "{path}");
        assert_eq!(stage.house().events("refused").await, before + 1, "{path}");
        stage.provoked(code);
    }
    let (_, page) = stage.served.page(&admin.bearer, "/locks").await;
    let token = page.split_once("name=\"form_token\" value=\"").unwrap().1.split('"').next().unwrap();
    let cookie = format!("habilis={}", admin.bearer);
    // A form that was made for another session, or for none.
    for wrong in ["", "made up", &token.chars().rev().collect::<String>()] {
        let before = stage.house().events("refused").await;
        let form = [("form_token", wrong), ("kind", "role"), ("subject", "reader"), ("reason", "x")];
        let asked = stage.served.call(reqwest::Method::POST, "/locks").header("cookie", &cookie).form(&form);
        assert_eq!(asked.send().await.unwrap().status(), 403, "{wrong}");
        assert_eq!(stage.last_refused().await, "forged-form");
        assert_eq!(stage.house().events("refused").await, before + 1, "{wrong}");
    }
    let form = [("form_token", token), ("kind", "odd"), ("subject", "reader"), ("reason", "x")];
    let asked = stage.served.call(reqwest::Method::POST, "/locks").header("cookie", cookie).form(&form);
    let answer = asked.send().await.unwrap();
    let (status, page) = (answer.status().as_u16(), answer.text().await.unwrap());
    assert!(status == 422 && page.contains("role=\"alert\""), "{status} {page}");
    stage.provoked("field-not-right");
}

/// More people sign in at once than may wait.
async fn crowd(stage: &Stage) {
    let passwords = stage.house().app.passwords.clone();
    let waiting: Vec<_> = (0..100)
        .map(|_| {
            let passwords = passwords.clone();
            tokio::spawn(async move {
                loop {
                    // Whoever is turned away stands at the end of the queue again at once.
                    let _ = passwords.verify("a wrong one".into(), None).await;
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for n in 0..20 {
        let sent = json!({ "email": format!("yves{n}@example.com"), "password": "wrong" });
        let reply = stage.call("", "POST /session", &sent, &[]).await;
        if reply.status == 503 {
            stage.told(&reply, "POST /session", 503, "sign-in-crowded");
            break;
        }
    }
    waiting.iter().for_each(tokio::task::JoinHandle::abort);
}

/// What no call can reach: the code is the action's, and so is the event.
async fn below_the_edge(stage: &Stage) {
    // A disabled person has no session any more; the action refuses them even if the gate did not.
    let (app, iva) = (&stage.house().app, stage.learner("Iva").await);
    let id = iva.id.parse().unwrap();
    disable_person::disable_person(app, &stage.admin.actor, id, "left".into()).await.unwrap();
    let fault = mint_token::mint_token(app, &iva.actor, slug("reader")).await.err().unwrap();
    assert_eq!((code(&fault), stage.last_refused().await.as_str()), ("account-inactive", "account-inactive"));
    stage.provoked("account-inactive");

    // Somebody was invited by the operator before the set-up link was opened.
    let engine = Database::migrated().await;
    let app = open(&engine, Clock::System).await;
    let link = set_up::set_up_link(&app).await.unwrap().unwrap();
    let first = invite_person::Invitation { email: "a@example.com".into(), name: "A".into(), ..Default::default() };
    invite_person::invite_person(&app, &Actor::operator("test"), first).await.unwrap();
    let secret = Secret::presented(link.rsplit('/').next().unwrap());
    let nobody = Actor::anonymous("192.0.2.1");
    let fault =
        set_up::set_up(&app, &nobody, secret, "b@example.com", "B", PASSWORD.into(), "test").await.err().unwrap();
    assert_eq!(code(&fault), "set-up-done");
    stage.provoked("set-up-done");
}
