//! What is granted to a person, their transcript, everything that is held about them, and erasing it.

use super::stage::{Stage, items, text};
use serde_json::{Value, json};

/// Ana holds alpha's certificate, at least, when this begins.
pub async fn tour(stage: &Stage) {
    let (admin, ana) = (&stage.admin, &stage.ana);
    let path = format!("/people/{}", ana.id);
    let sent =
        json!({ "course": "beta", "quiz": "final", "time_factor_percent": 150, "reason": "agreed with the doctor" });
    let made = stage.call(&admin.bearer, &format!("POST {path}/accommodations"), &sent, &[]).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let listed = stage.get(admin, made.header("location").strip_prefix("/api/v1").unwrap()).await;
    let one = &items(&listed)[0];
    assert_eq!((&one["id"], text(&one["state"]), &one["extra_attempts"]), (&made.body["id"], "active", &json!(0)));
    let mine = stage.get(ana, "/me/accommodations").await;
    assert_eq!(items(&mine)[0]["reason"], "agreed with the doctor");
    let end = format!("POST /accommodations/{}/ending", text(&one["id"]));
    stage.ok(admin, &end, json!({ "reason": "no longer needed" })).await;
    assert_eq!(stage.get(ana, &format!("{path}/accommodations")).await["items"][0]["state"], "ended");

    let own = stage.get(ana, "/me/transcript").await;
    let courses = own["courses"].as_array().unwrap();
    let alpha = courses.iter().find(|course| course["course"] == "alpha").unwrap();
    assert_eq!((text(&alpha["exams"][0]["state"]), &alpha["exams"][0]["basis_points"]), ("passed", &json!(10_000)));
    assert_eq!(text(&alpha["certificates"][0]["state"]), "valid");
    let told = stage.get(&stage.auditor, &format!("{path}/transcript")).await;
    assert_eq!((&told["person"], &told["courses"]), (&json!(ana.id), &own["courses"]));

    let taken = stage.house().events("records.exported").await;
    let held = stage.get(ana, "/me/export").await;
    assert_eq!((text(&held["format"]), text(&held["person"]["email"])), ("habilis-person-1", "ana@example.com"));
    assert_eq!(held["accommodations"][0]["reason"], "agreed with the doctor");
    assert!(!held["attempts"].as_array().unwrap().is_empty());
    assert_eq!(stage.house().events("records.exported").await, taken + 1);

    // An auditor takes the whole file: the same sections, but for what only admins and the person read.
    let records = format!("{path}/records");
    let file = stage.get(&stage.auditor, &records).await;
    assert_eq!((&file["withheld"], &file["accommodations"]), (&json!(["accommodations"]), &Value::Null));
    for section in ["attempts", "certificates", "grants", "tokens", "decisions_received"] {
        assert_eq!((section, &file[section]), (section, &held[section]));
    }
    assert_eq!(stage.get(admin, &records).await["accommodations"], held["accommodations"]);
    let tokens = stage.get(&stage.auditor, &format!("{records}?section=tokens")).await;
    assert_eq!((&tokens["tokens"], &tokens["grants"]), (&held["tokens"], &Value::Null));
    let (head, lines) = super::lists::csv(stage, &format!("{records}?section=tokens&format=csv"), &[]).await;
    assert_eq!(lines.len(), held["tokens"].as_array().unwrap().len());
    let id = head.iter().position(|name| name == "id").unwrap();
    assert_eq!(lines[0][id], text(&held["tokens"][0]["id"]));
    assert_eq!(stage.house().events("records.exported").await, taken + 5);
    let refuse = |query: &str| format!("GET {records}{query}");
    stage.refused(ana, &refuse(""), Value::Null, 403, "capability-missing").await;
    stage.refused(&stage.auditor, &refuse("?section=secrets"), Value::Null, 422, "no-such-section").await;
    for query in ["?format=csv", "?format=xml"] {
        stage.bounced(&stage.auditor.bearer, &refuse(query), Value::Null, 422, "body-unreadable").await;
    }

    let gone = stage.learner("Verena Gone").await;
    let path = format!("/people/{}", gone.id);
    stage.ok(admin, &format!("POST {path}/disabling"), json!({ "reason": "left" })).await;
    let erase = json!({ "email": "Verena.Gone@example.com", "reason": "asked for" });
    stage.ok(admin, &format!("POST {path}/erasure"), erase).await;
    let file = stage.get(admin, &path).await.to_string();
    assert!(file.contains("Erased person") && !file.to_lowercase().contains("verena"), "{file}");
    assert!(items(&stage.get(admin, "/people?search=verena").await).is_empty());
    stage.bounced(&gone.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
}
