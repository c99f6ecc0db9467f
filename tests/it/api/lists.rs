//! Long lists: page by page each line comes once, a cursor belongs to its list, and CSV says what JSON says.

use super::stage::{Player, Stage, items, text};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use habilis::actions::invite_person::{Invitation, invite_person};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// People and grants enough for several pages, some of whose names a spreadsheet would run.
async fn full() -> Stage {
    let stage = Stage::set().await;
    let long = "Ж".repeat(100);
    for (n, name) in
        ["=1+cmd|' /C calc'!A0", "+33", "-2", "@SUM(A1)", "Anne \"Quote\", of Paris", &long].iter().enumerate()
    {
        let invitation = Invitation {
            email: format!("odd{n}@example.com"),
            name: (*name).to_owned(),
            office: "=cmd".to_owned(),
            ..Invitation::default()
        };
        invite_person(&stage.house().app, &stage.admin.actor, invitation).await.unwrap();
    }
    for who in [&stage.ana, &stage.bob, &stage.owner] {
        for course in ["alpha", "beta"] {
            stage.house().certify(&who.actor, course).await;
        }
        for role in ["reader", "either"] {
            let asked = stage.ask(who, role).await;
            let end = format!("POST /grants/{}/revocation", text(&asked["grant"]["id"]));
            stage.ok(&stage.admin, &end, json!({ "reason": "=cmd" })).await;
            stage.ask(who, role).await;
        }
    }
    stage
}

/// Walks a list by pages of `limit`.
async fn walk(stage: &Stage, who: &Player, path: &str, limit: usize, field: &str) -> Vec<Value> {
    let (mut lines, mut cursor) = (Vec::new(), String::new());
    let join = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = stage.get(who, &format!("{path}{join}limit={limit}&cursor={cursor}")).await;
        let found = page[field].as_array().unwrap();
        assert!(found.len() <= limit, "{path}");
        lines.extend(found.iter().cloned());
        match page["next"].as_str() {
            None => return lines,
            Some(next) => {
                assert_eq!(found.len(), limit, "{path}: only the last page may be short");
                cursor = next.to_owned();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_hold_each_line_once_and_in_order() {
    let stage = full().await;
    let (auditor, ana) = (&stage.auditor, &stage.ana);
    let file = format!("/people/{}", ana.id);
    // Reviews that were called off: what stands in them moves no more.
    let mut reviewed = String::new();
    for _ in 0..4 {
        let begun = stage.ok(&stage.admin, "POST /reviews", json!({})).await;
        reviewed = format!("/reviews/{}", text(&begun["review"]["id"]));
        stage.ok(&stage.admin, &format!("POST {reviewed}/cancellation"), json!({ "reason": "no more" })).await;
    }
    let reviewed = format!("{reviewed}/lines");
    let lists = [
        ("GET /events", "/events".to_owned(), auditor, "items", 60),
        ("GET /grants", "/grants".to_owned(), ana, "items", 4),
        ("GET /holders", "/holders?state=any".to_owned(), auditor, "items", 12),
        ("GET /people", "/people".to_owned(), auditor, "items", 11),
        ("GET /people/{id}", file, auditor, "grants", 4),
        ("GET /reports/{name}", "/reports/approvals".to_owned(), auditor, "items", 11),
        ("GET /reviews", "/reviews".to_owned(), auditor, "items", 4),
        ("GET /reviews/{id}/lines", reviewed, auditor, "items", 6),
        ("GET /search", "/search?q=ba".to_owned(), ana, "items", 5),
    ];
    let paged = |told: &Value| told["parameters"].to_string().contains("\"cursor\"");
    let documented: Vec<String> =
        stage.operations().into_iter().filter(|(_, told)| paged(told)).map(|(call, _)| call).collect();
    assert_eq!(documented, lists.iter().map(|list| list.0).collect::<Vec<_>>(), "every list in pages");

    let mut cursors = Vec::new();
    for (name, path, who, field, least) in &lists {
        let whole = walk(&stage, who, path, 1_000, field).await;
        assert!(whole.len() >= *least, "{name}: {} lines are too few to prove anything", whole.len());
        for limit in [1, 3] {
            assert_eq!(walk(&stage, who, path, limit, field).await, whole, "{name} by {limit}");
        }
        let identity = |line: &Value| line.get("id").or(line.get("grant")).unwrap().to_string();
        assert_eq!(whole.iter().map(identity).collect::<BTreeSet<_>>().len(), whole.len(), "{name}: a line came twice");
        let join = if path.contains('?') { '&' } else { '?' };
        let first = stage.get(who, &format!("{path}{join}limit=1")).await;
        cursors.push((text(&first["next"]).to_owned(), path, join, who));
        // Neither what is no cursor, nor what is one in form only.
        let long = "A".repeat(900);
        for bad in ["%21%21", "a", &long, &URL_SAFE_NO_PAD.encode("' OR 1=1 --"), &URL_SAFE_NO_PAD.encode([0xff, 0xfe])]
        {
            let call = format!("GET {path}{join}cursor={bad}");
            stage.bounced(&who.bearer, &call, Value::Null, 422, "cursor-foreign").await;
        }
    }
    // A cursor of one list is none of another's; grants are grants wherever they are listed.
    for (list, (_, path, join, who)) in cursors.iter().enumerate() {
        for (other, (cursor, ..)) in cursors.iter().enumerate() {
            let both_grants = [list, other].iter().all(|n| {
                lists[*n].0.ends_with("/grants") || lists[*n].0.ends_with("/holders") || lists[*n].3 == "grants"
            });
            if list != other && !both_grants {
                let call = format!("GET {path}{join}cursor={cursor}");
                stage.bounced(&who.bearer, &call, Value::Null, 422, "cursor-foreign").await;
            }
        }
    }
    // What is new while somebody pages comes neither twice nor out of order.
    let page = stage.get(auditor, "/events?limit=5").await;
    stage.learner("Late").await;
    let next = stage.get(auditor, &format!("/events?limit=5&cursor={}", text(&page["next"]))).await;
    let seqs: Vec<i64> = items(&page).iter().chain(items(&next)).map(|line| line["seq"].as_i64().unwrap()).collect();
    assert!(seqs.windows(2).all(|pair| pair[0] == pair[1] + 1), "{seqs:?}");
}

/// A list as CSV: its head and its lines.
pub async fn csv(stage: &Stage, path: &str, headers: &[(&str, &str)]) -> (Vec<String>, Vec<Vec<String>>) {
    let reply = stage.call(&stage.auditor.bearer, &format!("GET {path}"), &Value::Null, headers).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8; header=present"));
    assert!(
        reply.header("content-disposition").starts_with("attachment; filename=\""),
        "{}",
        reply.header("content-disposition")
    );
    let mut reader = csv::ReaderBuilder::new().from_reader(reply.text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let head = cells(reader.headers().unwrap());
    (head, reader.records().map(|record| cells(&record.unwrap())).collect())
}

/// A cell as JSON has it: with the apostrophe in front of what a spreadsheet would run.
fn cell(value: &Value) -> String {
    let plain = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if plain.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{plain}") } else { plain }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn csv_says_what_json_says_and_runs_nothing() {
    let stage = full().await;
    let (auditor, admin) = (&stage.auditor, &stage.admin);
    let odd = stage.get(auditor, "/people?search=odd0").await;
    let odd = text(&items(&odd)[0]["id"]).to_owned();
    let named = json!({ "login": "=cmd" });
    stage.ok(admin, &format!("PUT /people/{odd}/logins/lake"), named).await;

    let lines = walk(&stage, auditor, "/holders?state=any", 1_000, "items").await;
    let (head, rows) = csv(&stage, "/holders?state=any&limit=1", &[("accept", "text/csv")]).await;
    assert_eq!(rows.len(), lines.len(), "every line, whatever the limit");
    for (line, row) in lines.iter().zip(&rows) {
        for (name, written) in head.iter().zip(row) {
            let value = match name.split_once('_') {
                Some(("person", part)) => &line["person"][part],
                _ if name == "office" => &line["person"]["office"],
                _ => &line[name.as_str()],
            };
            assert_eq!(*written, cell(value), "{name} of {line}");
        }
    }
    let lines = walk(&stage, auditor, "/events", 1_000, "items").await;
    let (head, rows) = csv(&stage, "/events?format=csv", &[]).await;
    // The export of the holders above is in neither; its own comes after its lines.
    assert_eq!(rows.len(), lines.len());
    for (line, row) in lines.iter().zip(&rows) {
        for (name, written) in head.iter().zip(row) {
            let value = &line[name.strip_suffix("_id").unwrap_or(name)];
            if name == "data" {
                assert_eq!(serde_json::from_str::<Value>(written).unwrap(), *value);
            } else {
                assert_eq!(*written, cell(value), "{name} of {line}");
            }
        }
    }
    let runs = |text: &String| text.starts_with(['=', '+', '-', '@']);
    assert!(rows.iter().flatten().all(|text| !runs(text)));
    assert!(rows.iter().flatten().any(|text| text.starts_with("'=1+cmd")), "the name of somebody odd is in the log");

    // `format` outranks `Accept`; an export leaves its event, and who may not read may not export.
    let reply = stage.call(&auditor.bearer, "GET /events?format=json", &Value::Null, &[("accept", "text/csv")]).await;
    assert!(reply.body["items"].is_array());
    let noted = stage.get(auditor, "/events?kind=records.exported").await;
    let told: Vec<&Value> = items(&noted).iter().map(|line| &line["data"]).collect();
    assert_eq!(told.len(), 2, "{noted}");
    assert_eq!(
        (&told[0]["list"], &told[1]["list"], &told[1]["filter"]["state"]),
        (&json!("events"), &json!("holders"), &json!("any"))
    );
    stage.refused(&stage.ana, "GET /holders?format=csv", Value::Null, 403, "capability-missing").await;
    stage.refused(&stage.ana, "GET /events?format=csv", Value::Null, 403, "capability-missing").await;
    let lines = walk(&stage, auditor, "/people", 1_000, "items").await;
    let (head, rows) = csv(&stage, "/people?format=csv&limit=1", &[]).await;
    assert_eq!(rows.len(), lines.len());
    for (line, row) in lines.iter().zip(&rows) {
        for (name, written) in head.iter().zip(row) {
            let value = line.get(name).unwrap_or_else(|| &line["capabilities"][name]);
            assert_eq!(*written, cell(value), "{name} of {line}");
        }
    }
    stage.refused(&stage.ana, "GET /people?format=csv", Value::Null, 403, "capability-missing").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_late_sat_and_answered_is_the_same_as_csv() {
    let stage = Stage::set().await;
    let (auditor, admin, ana) = (&stage.auditor, &stage.admin, &stage.ana);
    let odd = Invitation { email: "odd@example.com".to_owned(), name: "=1+cmd".to_owned(), ..Invitation::default() };
    let odd = invite_person(&stage.house().app, &admin.actor, odd).await.unwrap().person.id.to_string();
    stage.ok(admin, "POST /teams", json!({ "team": "harbour" })).await;
    for id in [&ana.id, &odd] {
        stage.ok(admin, &format!("PUT /teams/harbour/members/{id}"), Value::Null).await;
    }
    let sent = json!({ "course": "gamma", "due_at": stage.after(60) });
    stage.ok(admin, "POST /teams/harbour/assignments", sent).await;
    stage.house().certify(&ana.actor, "alpha").await;
    stage.house().advance("PT2M");

    let late = stage.get(auditor, "/overdue").await;
    let (head, rows) = csv(&stage, "/overdue", &[("accept", "text/csv")]).await;
    assert_eq!((items(&late).len(), rows.len()), (2, 2));
    for (line, row) in items(&late).iter().zip(&rows) {
        for (name, written) in head.iter().zip(row) {
            assert_eq!(*written, cell(&line[name.strip_suffix("_id").unwrap_or(name)]), "{name} of {line}");
        }
    }
    assert!(rows.iter().any(|row| row[3] == "'=1+cmd"), "{rows:?}");

    let path = format!("/people/{}/transcript", ana.id);
    let course = &stage.get(auditor, &path).await["courses"][0];
    let (head, rows) = csv(&stage, &format!("{path}?format=csv"), &[]).await;
    assert_eq!(head[2..4], ["kind", "id"]);
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (row[2].as_str(), row[3].as_str())).collect();
    let (exam, certificate) = (&course["exams"][0], &course["certificates"][0]);
    assert_eq!(
        told,
        [("course", "alpha"), ("exam", text(&exam["attempt"])), ("certificate", text(&certificate["certificate"]))]
    );
    assert_eq!((rows[1][4].as_str(), rows[1][7].as_str()), (text(&exam["started_at"]), "100.00"));

    let told = stage.get(auditor, "/courses/alpha/statistics").await;
    let (head, rows) = csv(&stage, "/courses/alpha/statistics?format=csv", &[]).await;
    let versions =
        told["questions"].as_array().unwrap().iter().flat_map(|question| {
            question["versions"].as_array().unwrap().iter().map(move |version| (question, version))
        });
    assert_eq!(rows.len(), versions.clone().count());
    for ((question, version), row) in versions.zip(&rows) {
        for (name, written) in
            head.iter().zip(row).filter(|(name, _)| !["flags", "by_new_key"].contains(&name.as_str()))
        {
            let of_question = matches!(name.as_str(), "question" | "file" | "line");
            let value = if of_question { &question[name.as_str()] } else { &version[name.as_str()] };
            assert_eq!(*written, cell(value), "{name} of {version}");
        }
    }
    let (_, one) = csv(&stage, "/courses/alpha/questions/q-one/statistics?format=csv", &[]).await;
    assert_eq!(one, rows.iter().filter(|row| row[0] == "q-one").cloned().collect::<Vec<_>>());

    // What was taken out of the house about people stands in the log; one's own transcript is one's own business.
    let mine = stage.call(&ana.bearer, "GET /me/transcript?format=csv", &Value::Null, &[]).await;
    assert_eq!((mine.status, mine.text.lines().count()), (200, 4));
    let noted = stage.get(auditor, "/events?kind=records.exported").await;
    let noted: Vec<&str> = items(&noted).iter().map(|line| text(&line["data"]["list"])).collect();
    assert_eq!(noted, ["transcript", "overdue"]);
    for path in ["/overdue", "/me/transcript", &path, "/courses/alpha/statistics"] {
        let call = format!("GET {path}?format=xml");
        stage.bounced(&auditor.bearer, &call, Value::Null, 422, "body-unreadable").await;
    }
    let others = "GET /overdue?team=harbour&format=csv";
    stage.refused(&stage.bob, others, Value::Null, 404, "no-such-team").await;
}
