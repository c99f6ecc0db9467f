//! What is marked by people and by the lab, what the answers say of the questions, and a mark that is set right.

use super::stage::{Player, Stage, items, text};
use crate::support::on_form;
use serde_json::{Value, json};

pub async fn tour(stage: &Stage) {
    prose(stage).await;
    lab(stage).await;
    correction(stage).await;
}

/// Hands an essay in; gives its attempt.
pub async fn essay(stage: &Stage, who: &Player) -> String {
    let begun = stage.ok(who, "POST /attempts", json!({ "quiz": "gamma/essay" })).await;
    let path = format!("/attempts/{}", text(&begun["id"]));
    let answer = json!({ "revision": 0, "answer": "Because one wants to know." });
    stage.ok(who, &format!("PUT {path}/answers/1"), answer).await;
    let handed = stage.ok(who, &format!("POST {path}/submission"), Value::Null).await;
    assert_eq!((&handed["state"], &handed["result"]), (&json!("pending_review"), &Value::Null), "{handed}");
    path
}

async fn prose(stage: &Stage) {
    let (admin, ida) = (&stage.admin, &stage.learner("Ida").await);
    stage.house().certify(&ida.actor, "alpha").await;
    let path = essay(stage, ida).await;
    let waiting = stage.get(admin, "/answers-to-mark").await;
    let one = &items(&waiting)[0];
    assert_eq!(
        (format!("/attempts/{}", text(&one["attempt"])), &one["rubric"][0]["most"]),
        (path.clone(), &json!(3.0))
    );
    for word in ["Ida", "ida@", ida.id.as_str()] {
        assert!(!waiting.to_string().contains(word), "whose it is stays untold: {waiting}");
    }
    let marks = json!({ "criteria": { "cause": 1.5, "clear": 1 }, "comment": "Half of it." });
    let marked = stage.ok(admin, &format!("POST {path}/marks/1"), marks).await;
    assert_eq!(marked["state"], "graded");
    assert_eq!(stage.get(ida, &path).await["result"]["points"], 1.25);
    assert!(items(&stage.get(admin, "/answers-to-mark").await).is_empty());
}

async fn lab(stage: &Stage) {
    let who = &stage.learner("Sol").await;
    let shop = stage.get(who, "/courses/gamma/datasets/shop").await;
    assert_eq!((&shop["tables"][0]["rows"], &shop["tables"][0]["sample"][0]), (&json!(3), &json!([1, "Lyon"])));
    assert!(!shop.to_string().contains("Metz"), "hidden rows stay hidden");
    let all = json!({ "sql": "SELECT count(*) AS n FROM orders" });
    let ran = stage.ok(who, "POST /courses/gamma/datasets/shop/runs", all).await;
    assert_eq!((&ran["columns"], &ran["rows"], &ran["trouble"]), (&json!(["n"]), &json!([[3]]), &Value::Null));
    let begun = stage.ok(who, "POST /attempts", json!({ "quiz": "gamma/check-second" })).await;
    let runs = format!("POST /attempts/{}/runs", text(&begun["id"]));
    let half = json!({ "question": 1, "sql": "SELECT town, 1 FROM orders WHERE town = 'Nice'", "compare": true });
    let ran = stage.ok(who, &runs, half).await;
    assert_eq!((&ran["comparison"]["same"], &ran["comparison"]["missing"]), (&json!(false), &json!([["Lyon", 2]])));
    let ran = stage.ok(who, &runs, json!({ "question": 1, "sql": "SELECT\ntawn FROM orders" })).await;
    assert_eq!((&ran["trouble"]["code"], &ran["trouble"]["line"]), (&json!("error"), &json!(2)), "{ran}");
}

/// Statistics of questions, and one of them whose points everybody gets.
async fn correction(stage: &Stage) {
    let (admin, rosa) = (&stage.admin, &stage.learner("Rosa").await);
    let attempt = stage.house().take(&rosa.actor, "alpha", "final", false).await.unwrap();
    let question = on_form(&stage.house().app, attempt).await.into_keys().next().unwrap();
    let told = stage.get(admin, "/courses/alpha/statistics").await;
    assert_eq!(
        (&told["least"], &told["exams"][0]["exam"], &told["exams"][0]["mean"]),
        (&json!(20), &json!("final"), &Value::Null)
    );
    let one = stage.get(admin, &format!("/courses/alpha/questions/{question}/statistics")).await;
    let version = &one["versions"][0];
    assert_eq!(
        (&one["question"], &version["in_force"], &version["figures"]),
        (&json!(question), &json!(true), &Value::Null)
    );
    assert!(version["exposure"].as_i64().unwrap() >= 1, "{one}");

    let mut wanted = json!({ "course": "alpha", "question": question, "treatment": "full_marks" });
    let changes = stage.changes().await;
    let preview = stage.ok(admin, "POST /regrades/preview", wanted.clone()).await;
    assert_eq!((&preview["higher"], &preview["now_failed"]), (&preview["changed"], &json!(0)));
    let lines = preview["attempts_changed"].as_array().unwrap();
    assert!(
        lines.iter().any(|line| line["person"] == rosa.id.as_str() && line["new_basis_points"] == 2_500),
        "{preview}"
    );
    assert_eq!(stage.changes().await, changes, "looking changes nothing");
    wanted["fingerprint"] = preview["fingerprint"].clone();
    wanted["reason"] = json!("nobody could know");
    let made = stage.call(&admin.bearer, "POST /regrades", &wanted, &[]).await;
    assert_eq!((made.status, &made.body["changed"]), (201, &preview["changed"]), "{}", made.text);
    let listed = stage.get(admin, made.header("location").strip_prefix("/api/v1").unwrap()).await;
    assert_eq!((items(&listed).len(), &listed["items"][0]), (1, &made.body));
    assert_eq!(items(&stage.get(admin, "/regrades?course=beta").await).len(), 0);
    let mark = &stage.get(rosa, &format!("/attempts/{attempt}")).await["result"]["basis_points"];
    assert_eq!(mark, 2_500, "a quarter, as she sees it");
}
