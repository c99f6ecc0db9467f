//! Teams: making them, who is in them and who leads them, what is assigned to them, and what is overdue.

use super::stage::{Player, Stage, items, text};
use serde_json::{Value, json};

const CREW: &str = "/teams/harbour-crew";

pub async fn tour(stage: &Stage) {
    let (admin, ana) = (&stage.admin, &stage.ana);
    let (lead, crew) = (stage.learner("Lena").await, stage.learner("Cem").await);
    let made = stage.ok(admin, "POST /teams", json!({ "team": " Harbour Crew" })).await;
    assert_eq!(made["team"], "harbour-crew", "as it is kept");
    for change in [
        format!("PUT {CREW}/members/{}", ana.id),
        format!("PUT {CREW}/members/{}", crew.id),
        format!("PUT {CREW}/leads/{}", lead.id),
    ] {
        stage.ok(admin, &change, Value::Null).await;
        let changes = stage.changes().await;
        stage.ok(admin, &change, Value::Null).await;
        assert_eq!(stage.changes().await, changes, "{change} once more changes nothing");
    }
    assignments(stage, &lead, &crew).await;
    stage.ok(admin, &format!("DELETE {CREW}/members/{}", crew.id), Value::Null).await;
    assert_eq!(items(&stage.get(admin, &format!("{CREW}/members")).await).len(), 1);
    stage.ok(admin, &format!("DELETE {CREW}/leads/{}", lead.id), Value::Null).await;
    assert!(items(&stage.get(&lead, "/teams").await).is_empty(), "who leads no longer sees nothing");
}

/// The lead assigns a course; each stands as they stand, and sees what they may see.
async fn assignments(stage: &Stage, lead: &Player, crew: &Player) {
    let ana = &stage.ana;
    let sent = json!({ "course": "gamma", "due_at": stage.after(60), "note": "before the fair" });
    let made = stage.call(&lead.bearer, &format!("POST {CREW}/assignments"), &sent, &[]).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let listed = stage.get(lead, made.header("location").strip_prefix("/api/v1").unwrap()).await;
    let line = &items(&listed)[0];
    assert_eq!((&line["id"], text(&line["note"]), &line["overdue"]), (&made.body["id"], "before the fair", &json!(0)));

    let whole = stage.get(lead, CREW).await;
    assert_eq!(
        (&whole["members"], &whole["whole"], &whole["leads"][0]["person"]),
        (&json!(2), &json!(true), &json!(lead.id))
    );
    assert_eq!((whole["people"].as_array().unwrap().len(), whole["progress"].as_array().unwrap().len()), (2, 2));
    let own = stage.get(ana, CREW).await;
    assert_eq!((&own["members"], &own["whole"]), (&json!(2), &json!(false)), "others' lines are nobody's business");
    assert_eq!((own["people"].as_array().unwrap().len(), text(&own["progress"][0]["person"])), (1, ana.id.as_str()));
    let people = stage.get(lead, &format!("{CREW}/members")).await;
    assert_eq!(items(&people).iter().map(|one| text(&one["name"])).collect::<Vec<_>>(), ["Ana", "Cem"]);
    assert_eq!(items(&stage.get(crew, "/teams").await)[0]["team"], "harbour-crew");

    let mine = stage.get(crew, "/me/assignments").await;
    assert_eq!((items(&mine).len(), text(&mine["items"][0]["state"])), (1, "not_started"));
    assert!(items(&stage.get(lead, "/overdue").await).is_empty());
    stage.house().advance("PT2M");
    let late = stage.get(lead, "/overdue?team=harbour-crew").await;
    assert_eq!(items(&late).iter().map(|line| text(&line["name"])).collect::<Vec<_>>(), ["Ana", "Cem"]);
    let his = stage.get(&stage.auditor, &format!("/overdue?person={}", crew.id)).await;
    assert_eq!((items(&his).len(), text(&his["items"][0]["state"])), (1, "overdue"));
    assert_eq!(stage.get(crew, "/me/assignments").await["items"][0]["state"], "overdue");

    let end = format!("POST /assignments/{}/ending", text(&line["id"]));
    stage.ok(lead, &end, json!({ "reason": "the fair is over" })).await;
    assert!(items(&stage.get(lead, &format!("{CREW}/assignments")).await).is_empty());
    assert!(items(&stage.get(crew, "/me/assignments").await).is_empty());
}
