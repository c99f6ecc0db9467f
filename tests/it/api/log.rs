//! The log that proves itself, over the API.

use super::stage::{Stage, items, text};
use habilis::{
    actions::log,
    base::ids::{self, Id},
};
use serde_json::Value;

pub async fn tour(stage: &Stage) {
    let auditor = &stage.auditor;
    log::sequence(&stage.house().app).await.unwrap();
    let signed = stage.get(auditor, "/log/checkpoint").await;
    let size = signed["size"].as_u64().unwrap();
    assert!(text(&signed["note"]).contains(&format!("\n{size}\n")));
    let events = stage.get(auditor, "/events?limit=1&until=2100-01-01&kind=person.invited").await;
    let event = text(&items(&events)[0]["id"]);
    let proof = stage.get(auditor, &format!("/log/inclusion?event={event}&size={size}")).await;
    assert_eq!(proof["checkpoint"], signed["note"]);
    let grown = stage.get(auditor, &format!("/log/consistency?from=1&to={size}")).await;
    assert_eq!(grown["to_root"], proof["root"]);
    let lines = stage.call(&auditor.bearer, "GET /log/export?kind=person.invited", &Value::Null, &[]).await;
    assert!(lines.status == 200 && lines.text.lines().count() > 1, "{}", lines.text);
}

/// Provokes the codes of the log.
pub async fn codes(stage: &Stage) {
    let auditor = &super::refusals::again(stage, &stage.auditor).await;
    let none = Value::Null;
    let app = &stage.house().app;
    log::sequence(app).await.unwrap();
    let unknown = format!("GET /log/inclusion?event={}", Id::<ids::Event>::new(app.now()));
    stage.refused(auditor, &unknown, none.clone(), 404, "no-such-event").await;
    stage.refused(auditor, "GET /log/consistency?from=0", none.clone(), 422, "no-such-log-size").await;
    let tile = stage.served.call(reqwest::Method::GET, "/log/tile/0/x").send().await.unwrap();
    assert_eq!(tile.status(), 404);
    stage.provoked("no-such-tile");
    // Where nobody gives places any more, the newest event has none.
    stage.house().app.stop();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let newest = items(&stage.get(auditor, "/events?limit=1").await)[0].clone();
    let early = format!("GET /log/inclusion?event={}", text(&newest["id"]));
    stage.refused(auditor, &early, none, 409, "event-not-placed-yet").await;
}
