//! Refusals of people who mark, of the lab, and of corrections.

use super::unknown;
use crate::api::{
    marking::essay,
    stage::{Player, Stage, text},
};
use crate::support::on_form;
use habilis::base::ids;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

pub async fn provoke(stage: &Stage) {
    prose(stage).await;
    lab(stage).await;
    corrections(stage).await;
}

async fn prose(stage: &Stage) {
    let (admin, paula) = (&stage.admin, &stage.learner("Paula").await);
    stage.ok(admin, &format!("PUT /people/{}/capabilities", paula.id), json!({ "author": true })).await;
    stage.house().certify(&paula.actor, "alpha").await;
    let path = essay(stage, paula).await;
    let again = json!({ "quiz": "gamma/essay" });
    stage.refused(paula, "POST /attempts", again, 409, "attempt-being-marked").await;
    let marks = |cause: f64| json!({ "criteria": { "cause": cause, "clear": 1 } });
    let mark = |no: i64| format!("POST {path}/marks/{no}");
    stage.refused(&stage.bob, &mark(1), marks(1.0), 403, "capability-missing").await;
    stage.refused(&stage.bob, "GET /answers-to-mark", Value::Null, 403, "capability-missing").await;
    stage.refused(paula, &mark(1), marks(3.0), 403, "own-answer").await;
    stage.refused(admin, &mark(1), marks(3.5), 422, "bad-mark").await;
    stage.refused(admin, &mark(1), json!({ "criteria": { "cause": 1 } }), 422, "bad-mark").await;
    stage.refused(admin, &mark(2), marks(1.0), 409, "nothing-to-mark").await;
    let mut wordy = marks(1.0);
    wordy["comment"] = json!("x".repeat(2_001));
    stage.refused(admin, &mark(1), wordy, 422, "bad-answer").await;
    let none = format!("POST /attempts/{}/marks/1", unknown::<ids::Attempt>(stage));
    stage.refused(admin, &none, marks(1.0), 404, "no-such-attempt").await;
    stage.ok(admin, &mark(1), marks(3.0)).await;
    stage.refused(admin, &mark(1), marks(0.0), 409, "nothing-to-mark").await;
}

const PLAY: &str = "POST /courses/gamma/datasets/shop/runs";

async fn lab(stage: &Stage) {
    let (vera, walt) = (&stage.learner("Vera").await, &stage.learner("Walt").await);
    let sql = || json!({ "sql": "SELECT 1" });
    let none = "/courses/gamma/datasets/none";
    stage.refused(vera, &format!("GET {none}"), Value::Null, 404, "no-such-content").await;
    stage.refused(vera, &format!("POST {none}/runs"), sql(), 404, "no-such-content").await;
    let begun = stage.ok(vera, "POST /attempts", json!({ "quiz": "gamma/check-first" })).await;
    let path = format!("/attempts/{}", text(&begun["id"]));
    let run = |question: i64| json!({ "question": question, "sql": "SELECT 1" });
    stage.refused(vera, &format!("POST {path}/runs"), run(1), 422, "no-lab").await;
    stage.refused(vera, &format!("POST {path}/runs"), run(9), 404, "no-such-question").await;
    stage.ok(vera, &format!("POST {path}/submission"), Value::Null).await;
    stage.refused(vera, &format!("POST {path}/runs"), run(1), 409, "attempt-closed").await;

    // One statement of a person at a time.
    let lab = &stage.house().app.lab;
    let seat = lab.sit(vera.id.parse().unwrap()).unwrap();
    stage.refused(vera, PLAY, sql(), 409, "lab-running").await;
    drop(seat);
    stage.ok(vera, PLAY, sql()).await;
    full(stage, walt).await;
    // And not too many in a row: what is saved up comes back by and by, so the last one may come just in time.
    let walks_in = walt.id.parse().unwrap();
    let mut codes = Vec::new();
    while codes.last().is_none_or(|code| code != "lab-too-often") && codes.len() < 50 {
        while lab.sit(walks_in).is_ok() {}
        let before = stage.house().events("refused").await;
        let reply = stage.call(&walt.bearer, PLAY, &sql(), &[]).await;
        codes.push(reply.body["code"].as_str().unwrap_or_default().to_owned());
        if reply.status == 429 {
            stage.told(&reply, PLAY, 429, "lab-too-often");
            assert_eq!(reply.header("retry-after"), "1");
            assert_eq!(stage.house().events("refused").await, before + 1);
        }
    }
    assert_eq!(codes.last().unwrap(), "lab-too-often");
}

/// Every worker is held, and as many statements wait as may.
async fn full(stage: &Stage, who: &Player) {
    let lab = &stage.house().app.lab;
    let gate = Arc::new(tokio::sync::Mutex::new(()));
    let shut = Arc::clone(&gate).lock_owned().await;
    let begun = Arc::new(AtomicUsize::new(0));
    let crowded = Arc::new(AtomicBool::new(false));
    let mut waiting: Vec<_> = (0..lab.workers())
        .map(|_| {
            let (lab, gate, begun) = (lab.clone(), Arc::clone(&gate), Arc::clone(&begun));
            tokio::spawn(async move {
                let held = move || {
                    begun.fetch_add(1, Ordering::SeqCst);
                    drop(gate.blocking_lock());
                };
                lab.run(held).await.unwrap();
            })
        })
        .collect();
    while begun.load(Ordering::SeqCst) < lab.workers() {
        tokio::task::yield_now().await;
    }
    while !crowded.load(Ordering::SeqCst) {
        let (lab, crowded) = (lab.clone(), Arc::clone(&crowded));
        waiting.push(tokio::spawn(async move {
            if lab.run(|| ()).await.is_err() {
                crowded.store(true, Ordering::SeqCst);
            }
        }));
        tokio::task::yield_now().await;
    }
    let reply = stage.refused(who, PLAY, json!({ "sql": "SELECT 1" }), 503, "lab-busy").await;
    assert_eq!(reply.header("retry-after"), "5");
    // Looking at the tables waits for nobody's statement.
    stage.get(who, "/courses/gamma/datasets/shop").await;
    drop(shut);
    for each in waiting {
        each.await.unwrap();
    }
    stage.ok(who, PLAY, json!({ "sql": "SELECT 1" })).await;
}

async fn corrections(stage: &Stage) {
    let (admin, rita) = (&stage.admin, &stage.learner("Rita").await);
    let attempt = stage.house().take(&rita.actor, "alpha", "final", true).await.unwrap();
    let question = on_form(&stage.house().app, attempt).await.into_keys().find(|name| name != "q-tf").unwrap();
    let wanted = |question: &str, treatment: &str| json!({ "course": "alpha", "question": question, "treatment": treatment, "reason": "r", "fingerprint": "f" });
    let preview = |question: &str, treatment: &str| {
        let mut wanted = wanted(question, treatment);
        for field in ["reason", "fingerprint"] {
            wanted.as_object_mut().unwrap().remove(field);
        }
        wanted
    };
    let (look, apply) = ("POST /regrades/preview", "POST /regrades");
    for call in [look, apply] {
        let sent = if call == look { preview(&question, "full_marks") } else { wanted(&question, "full_marks") };
        stage.refused(&stage.bob, call, sent, 403, "capability-missing").await;
    }
    stage.refused(&stage.bob, "GET /regrades", Value::Null, 403, "capability-missing").await;
    stage.refused(admin, look, preview("q-none", "set_aside"), 404, "regrade-nothing-holds").await;
    stage.refused(admin, look, preview(&question, "new_key"), 409, "regrade-same-version").await;
    stage.refused(admin, apply, wanted(&question, "full_marks"), 409, "regrade-changed").await;
    let shown = stage.ok(admin, look, preview(&question, "full_marks")).await;
    let mut same = wanted(&question, "full_marks");
    same["fingerprint"] = shown["fingerprint"].clone();
    stage.refused(admin, apply, same.clone(), 409, "regrade-changes-nothing").await;
    same["reason"] = json!(" ");
    stage.refused(admin, apply, same, 422, "reason-needed").await;

    // The question becomes another one, or leaves.
    let head = format!("  - {{id: {question},");
    let common = "objective: basics, ask: Is it so?, why: WHY";
    for (new, code) in [
        (format!("{head} type: true_false, answer: true, {common}}}"), "regrade-type-changed"),
        (format!("{head} type: free_text, rubric: [Says so], {common}}}"), "regrade-needs-judge"),
        (String::new(), "regrade-question-gone"),
    ] {
        let change = |text: String| {
            let lines = text.lines().map(|line| if line.starts_with(&head) { new.as_str() } else { line });
            lines.collect::<Vec<_>>().join("\n")
        };
        stage.rewrite(admin, "alpha", change).await;
        stage.refused(admin, look, preview(&question, "new_key"), 422, code).await;
        stage.refused(admin, apply, wanted(&question, "new_key"), 422, code).await;
    }
}
