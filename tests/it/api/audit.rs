//! What auditors ask: who holds what, why, and what happened.

use super::{
    lists::csv,
    stage::{Stage, items, text},
};
use serde_json::{Value, json};

/// Ana holds `reader`, and `keeper` was revoked, when this begins.
pub async fn tour(stage: &Stage) {
    let (auditor, ana) = (&stage.auditor, &stage.ana);
    let held = stage.get(auditor, "/holders").await;
    assert_eq!(items(&held).len(), 1, "{held}");
    let line = &held["items"][0];
    assert_eq!(
        (&line["role"], &line["state"], &line["effective"]),
        (&json!("reader"), &json!("effective"), &json!(true))
    );
    assert_eq!(items(&stage.get(auditor, "/holders?state=any&person=ana@example.com").await).len(), 2);
    assert!(items(&stage.get(auditor, "/holders?as_of=2020-01-01").await).is_empty());
    assert_eq!(items(&stage.get(&stage.owner, "/holders?role=reader").await).len(), 1, "an owner reads their own role");

    // The list, the explanation and the chain say the same.
    let told = stage.get(auditor, "/explain?person=ana@example.com&role=reader").await;
    assert_eq!((&told["effective"], &told["chain"]["grant"]["id"]), (&json!(true), &line["grant"]));
    assert_eq!(told["chain"]["certificates"][0]["evidence"]["exams"][0]["attempt"], told["chain"]["attempts"][0]["id"]);
    let chain = stage.get(auditor, &format!("/grants/{}/chain", text(&line["grant"]))).await;
    assert_eq!(chain["chain"], told["chain"]);
    let own = stage.get(ana, "/explain?role=keeper&lang=fr").await;
    assert_eq!(own["effective"], false);
    assert_ne!(own["sentence"], stage.get(ana, "/explain?role=keeper&lang=en").await["sentence"]);
    let before = stage.get(ana, "/explain?role=reader&at=2026-03-01T00:00:00Z").await;
    assert_eq!((&before["effective"], &before["chain"]["within"]), (&json!(false), &json!(false)));

    let minted = stage.get(auditor, "/events?kind=token.minted&role=reader").await;
    assert_eq!((items(&minted).len(), &minted["items"][0]["person"]), (1, &json!(ana.id)));
    let refused = stage.get(auditor, "/events?outcome=refused&from=2020-01-01&until=2100-01-01").await;
    assert!(items(&refused).iter().all(|line| line["kind"] == "refused" && line["data"]["code"] != Value::Null));
    let done = stage.get(auditor, &format!("/events?limit=1000&person={}", ana.id)).await;
    assert!(items(&done).iter().all(|line| line["person"] == ana.id.as_str() || line["actor"] == ana.id.as_str()));

    // The reports, by name and by number; the owner asks about the own role.
    let reports = stage.get(auditor, "/reports").await;
    assert_eq!(reports["items"][0]["name"], "holders-now");
    let held = stage.get(&stage.owner, "/reports/1?role=reader").await;
    assert_eq!((&held["items"][0]["grant"], &held["at"].is_string()), (&line["grant"], &true));
    let used = stage.get(auditor, "/reports/certified-when-used?person=ana@example.com").await;
    assert_eq!(
        used["figures"][2],
        json!({ "name": "uncertified", "title": "Without a certificate", "value": 0, "good": true })
    );
    let map = stage.get(auditor, "/holders/map?columns=roles").await;
    assert_eq!((&map["columns"][0]["id"], &map["cells"][0]["effective"]), (&json!("reader"), &json!(1)), "{map}");
    let (head, rows) = csv(stage, "/holders/map?columns=roles", &[("accept", "text/csv")]).await;
    assert_eq!(head, ["row_id", "row_name", "row_people", "reader", "reader_held_back"]);
    // In no team: the sign of that is none of a formula.
    assert_eq!(rows, [["'-", "In no team", "1", "1", "0"]]);
}
