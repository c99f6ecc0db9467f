//! Courses, attempts and certificates.

use super::stage::{Player, Stage, items, text};
use crate::support::keys;
use serde_json::{Value, json};

pub async fn tour(stage: &Stage) {
    let ana = &stage.ana;
    let courses = stage.get(ana, "/courses").await;
    assert_eq!(
        items(&courses).iter().map(|course| text(&course["id"])).collect::<Vec<_>>(),
        ["alpha", "beta", "gamma"]
    );
    stage.ok(ana, "POST /courses/alpha/enrolment", Value::Null).await;
    let module = stage.get(ana, "/courses/gamma/modules/first?lang=fr").await;
    assert_eq!((&module["next"], text(&module["language"])), (&json!("second"), "en"));
    assert!(text(&module["html"]).contains("SELECT 1"));
    let found = stage.get(ana, "/search?q=MORE&lang=en").await;
    let hit = &items(&found)[0];
    assert_eq!((text(&hit["id"]), text(&hit["href"])), ("module:alpha/first", "/courses/alpha/first#more"), "{hit}");
    let found = stage.get(ana, "/search?q=certifie%20alph&lang=fr").await;
    assert_eq!(
        items(&found).iter().map(|hit| text(&hit["id"])).collect::<Vec<_>>(),
        ["certification:alpha"],
        "accents do not matter, and every word is the beginning of one"
    );
    let read = stage.ok(ana, "POST /courses/alpha/modules/first/completion", Value::Null).await;
    assert_eq!(read["certificate"], Value::Null, "the exam is still missing");

    let certificate = pass(stage, ana, "alpha").await;
    let course = stage.get(ana, "/courses/alpha").await;
    assert_eq!((&course["progress_percent"], &course["quizzes"][0]["passed"]), (&json!(100), &json!(true)), "{course}");
    assert_eq!(course["certification"]["reminders"], json!(["P30D", "P7D", "P1D"]), "{course}");
    let mine = stage.get(ana, "/certificates").await;
    assert_eq!((text(&mine["items"][0]["id"]), &mine["items"][0]["counts"]), (certificate.as_str(), &json!(true)));
    // Whoever was given the id may verify it, and learns nothing else.
    let shown = stage.call("", &format!("GET /certificates/{certificate}"), &Value::Null, &[]).await;
    assert_eq!((&shown.body["person"], &shown.body["counts"]), (&json!("Ana"), &json!(true)));
    assert!(!shown.text.contains("@") && !shown.text.contains(&ana.id), "{}", shown.text);

    let path = format!("GET /certificates/{certificate}/badge");
    let badge = stage.call("", &path, &Value::Null, &[]).await;
    assert!(badge.status == 200 && !badge.text.contains("@example.com"), "{}", badge.text);
    let token = stage.call("", &path, &Value::Null, &[("accept", "application/vc+jwt")]).await;
    assert_eq!((token.header("content-type"), token.text.split('.').count()), ("application/vc+jwt", 3));

    // Whoever was shown a badge has it checked, and a bent one is found out.
    let verify = |badge: &str| json!({ "badge": badge });
    let told = stage.call("", "POST /badge-verifications", &verify(&token.text), &[]).await;
    assert_eq!((told.status, &told.body["holds"]), (200, &json!(true)), "{}", told.text);
    assert_eq!(
        (text(&told.body["certificate"]["id"]), &told.body["checks"][7]["outcome"]),
        (certificate.as_str(), &json!("passed"))
    );
    let (head, signature) = token.text.rsplit_once('.').unwrap();
    let bent = format!("{head}.{}", signature.chars().rev().collect::<String>());
    let told = stage.call("", "POST /badge-verifications", &verify(&bent), &[]).await;
    assert_eq!((&told.body["holds"], &told.body["certificate"]), (&json!(false), &Value::Null), "{}", told.text);

    let notice = stage.tell(ana).await;
    assert_eq!(text(&stage.get(ana, "/notices").await["items"][0]["id"]), notice);
    let seen = format!("POST /notices/{notice}/seen");
    stage.ok(ana, &seen, Value::Null).await;
    stage.ok(ana, &seen, Value::Null).await;
    assert!(items(&stage.get(ana, "/notices").await).is_empty());

    // Practice shows everything afterwards; an admin may void it.
    let begun = stage.ok(ana, "POST /attempts", json!({ "quiz": "gamma/check-first" })).await;
    let path = format!("/attempts/{}", text(&begun["id"]));
    stage.ok(ana, &format!("POST {path}/submission"), Value::Null).await;
    let marked = stage.get(ana, &path).await;
    assert_eq!(marked["result"]["review"].as_array().unwrap().len(), 2);
    stage.ok(&stage.admin, &format!("POST {path}/voiding"), json!({ "reason": "a rehearsal" })).await;
    assert_eq!(stage.get(ana, &path).await["state"], "voided");
    assert_eq!(items(&stage.get(ana, "/attempts").await).len(), 2);

    // A certificate that is taken back counts for nothing at once.
    let carol = stage.learner("Carol").await;
    stage.ok(&carol, "POST /courses/beta/modules/first/completion", Value::Null).await;
    let certificate = pass(stage, &carol, "beta").await;
    let revoke = format!("POST /certificates/{certificate}/revocation");
    stage.ok(&stage.admin, &revoke, json!({ "reason": "somebody else sat the exam" })).await;
    let shown = stage.call("", &format!("GET /certificates/{certificate}"), &Value::Null, &[]).await;
    assert_eq!((&shown.body["state"], &shown.body["counts"]), (&json!("revoked"), &json!(false)));
}

/// Takes and passes the final exam of a course; gives the certificate.
async fn pass(stage: &Stage, who: &Player, course: &str) -> String {
    let begun = stage.ok(who, "POST /attempts", json!({ "quiz": format!("{course}/final") })).await;
    let path = format!("/attempts/{}", text(&begun["id"]));
    assert_eq!(stage.get(who, &path).await["open"], true);
    for (no, answer) in keys(&stage.house().app, text(&begun["id"]).parse().unwrap()).await {
        let call = format!("PUT {path}/answers/{no}");
        let saved = stage.ok(who, &call, json!({ "revision": 0, "answer": answer, "flagged": no == 1 })).await;
        assert_eq!(saved["revision"], 1);
    }
    let marked = stage.ok(who, &format!("POST {path}/submission"), json!({})).await;
    assert_eq!(marked["result"]["passed"], true, "{marked}");
    assert_eq!(stage.ok(who, &format!("POST {path}/submission"), json!({})).await["result"], marked["result"]);
    text(&marked["result"]["certificate"]).to_owned()
}
