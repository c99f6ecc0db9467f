//! Refusals around teams and what is assigned to them.

use super::unknown;
use crate::api::stage::{Stage, text};
use habilis::base::ids;
use serde_json::{Value, json};

pub async fn provoke(stage: &Stage) {
    let admin = &stage.admin;
    let (kim, dora) = (&stage.learner("Kim").await, &stage.learner("Dora").await);
    stage.ok(admin, "POST /teams", json!({ "team": "crew" })).await;
    stage.refused(admin, "POST /teams", json!({ "team": "CREW " }), 409, "team-taken").await;
    stage.refused(admin, "POST /teams", json!({ "team": "crew!" }), 422, "bad-field").await;
    stage.refused(kim, "POST /teams", json!({ "team": "mine" }), 403, "capability-missing").await;
    let put = |team: &str, who: &str| format!("PUT /teams/{team}/members/{who}");
    stage.ok(admin, &put("crew", &kim.id), Value::Null).await;
    stage.refused(admin, &put("ashore", &kim.id), Value::Null, 404, "no-such-team").await;
    let nobody = unknown::<ids::Person>(stage).to_string();
    for call in
        [put("crew", &nobody), format!("PUT /teams/crew/leads/{nobody}"), format!("DELETE /teams/crew/leads/{nobody}")]
    {
        stage.refused(admin, &call, Value::Null, 404, "no-such-person").await;
    }
    let gone = &stage.learner("Gone").await;
    stage.ok(admin, &format!("POST /people/{}/disabling", gone.id), json!({ "reason": "left" })).await;
    stage.refused(admin, &put("crew", &gone.id), Value::Null, 409, "already-so").await;
    let out = format!("DELETE /teams/crew/members/{}", dora.id);
    stage.refused(admin, &out, Value::Null, 404, "not-a-member").await;
    stage.refused(dora, "GET /teams/crew", Value::Null, 404, "no-such-team").await;

    let assign = "POST /teams/crew/assignments";
    let sent = |course: &str, seconds: i64, note: &str| json!({ "course": course, "due_at": stage.after(seconds), "note": note });
    stage.refused(kim, assign, sent("beta", 60, ""), 403, "not-a-lead").await;
    stage.refused(kim, "GET /overdue?team=crew", Value::Null, 403, "not-a-lead").await;
    let person = format!("GET /overdue?person={}", dora.id);
    stage.refused(kim, &person, Value::Null, 403, "capability-missing").await;
    stage.refused(admin, assign, sent("omega", 60, ""), 404, "no-such-content").await;
    stage.refused(admin, "POST /teams/ashore/assignments", sent("beta", 60, ""), 404, "no-such-team").await;
    stage.refused(admin, assign, sent("beta", -60, ""), 422, "assignment-due-past").await;
    stage.refused(admin, assign, sent("beta", 60, &"é".repeat(501)), 422, "assignment-note").await;
    let made = stage.ok(admin, assign, sent("beta", 60, &"é".repeat(500))).await;
    stage.refused(admin, assign, sent("beta", 90, ""), 409, "assigned-already").await;
    let end = |id: &str| format!("POST /assignments/{id}/ending");
    let why = || json!({ "reason": "over" });
    stage.refused(admin, &end(&unknown::<ids::Assignment>(stage).to_string()), why(), 404, "no-such-assignment").await;
    stage.refused(kim, &end(text(&made["id"])), why(), 403, "not-a-lead").await;
    stage.refused(admin, &end(text(&made["id"])), json!({ "reason": " " }), 422, "reason-needed").await;
    stage.ok(admin, &end(text(&made["id"])), why()).await;
    stage.refused(admin, &end(text(&made["id"])), why(), 409, "assignment-ended").await;
}
