//! One report on every face: page, API, CSV and command line say the same, each reading is noted, and only who may reads.

use super::plant::{Ground, about, day};
use crate::support::{House, code, person_id, program, slug, web::Served};
use habilis::{
    actions::{change_person, request_role},
    db::sql,
    identity::person::Capabilities,
    reports::{asked::Ask, report::Report},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::process::Command;

/// A house where Ana holds `reader`, with an auditor and the owner.
async fn held() -> (Served, String, String, String) {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = house.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    let ask = request_role::Ask { role: slug("reader"), reason: "a look".into(), duration: None, starts_at: None };
    request_role::request_role(&house.app, &ana, ask).await.unwrap();
    house.advance("PT1H");
    let (auditor, bearer) = house.joined("Odile", &[]).await;
    let may = Capabilities { auditor: true, ..Capabilities::default() };
    change_person::change_capabilities(&house.app, &house.admin, person_id(&auditor), may).await.unwrap();
    let (_, owner) = house.joined("Owner", &[]).await;
    let ana = house.bearer(&ana).await;
    (served, bearer, owner, ana)
}

async fn read(house: &House) -> i64 {
    house.events("audit.read").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_face_says_the_same_and_notes_the_reading() {
    let (served, auditor, owner, ana) = held().await;
    let house = &served.house;
    let (_, list) = served.api(&auditor, Method::GET, "/api/v1/reports", Value::Null).await;
    assert_eq!(list["items"].as_array().unwrap().len(), Report::ALL.len());
    assert_eq!(read(house).await, 0, "what the reports are is no secret");

    let (status, told) =
        served.api(&auditor, Method::GET, "/api/v1/reports/holders-now?role=reader&lang=fr", Value::Null).await;
    assert_eq!((status, &told["number"], &told["title"]), (StatusCode::OK, &json!(1), &json!("Titulaires actuels")));
    let line = &told["items"][0];
    assert_eq!((&line["person_email"], &line["effective"]), (&json!("ana.verano@example.com"), &json!(true)), "{told}");
    assert_eq!(read(house).await, 1);
    // The log tells who read what, narrowed by what; the words stand beside it.
    let (_, log) = served.api(&auditor, Method::GET, "/api/v1/events?kind=audit.read", Value::Null).await;
    let event =
        log["items"].as_array().unwrap().iter().find(|event| event["subject"] == "reports/holders-now").unwrap();
    assert_eq!((&event["role"], &event["actor_name"]), (&json!("reader"), &json!("Odile")), "{event}");
    assert_eq!(event["data"]["asked"], json!({ "format": "json", "role": "reader" }));

    // By number, as CSV, on the page, and on the command line.
    let request = served.call(Method::GET, "/api/v1/reports/1?format=csv").bearer_auth(&auditor);
    let answer = request.send().await.unwrap();
    assert!(answer.headers()["content-disposition"].to_str().unwrap().contains("holders-now-2026"));
    let csv = answer.text().await.unwrap();
    assert_eq!(csv.lines().next().unwrap().trim(), Report::HoldersNow.head().join(","));
    assert!(csv.lines().count() == 2 && csv.contains(line["grant"].as_str().unwrap()), "{csv}");
    let before = read(house).await;
    let (status, page) = served.page(&auditor, "/reports/holders-now?role=reader").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("ana.verano<wbr>@example.com") && page.contains("/api/v1/reports/holders-now?role&#x3D;reader"),
        "{page}"
    );
    assert_eq!(read(house).await, before + 1);
    // A page that still has to be told something reads nothing.
    let (_, page) = served.page(&auditor, "/reports/why-held").await;
    assert!(page.contains("name=\"person\"") && !page.contains("report-command"), "{page}");
    let (_, page) = served.page(&auditor, "/reports/why-held?person=nobody@example.com&role=reader").await;
    assert!(page.contains("id=\"person-error\""), "{page}");
    assert_eq!(read(house).await, before + 1);
    let (_, page) = served.page(&auditor, "/reports").await;
    assert!(page.contains("/reports/certified-when-used"), "{page}");

    let engine = &house.engine;
    let cli = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
        command.args(arguments).current_dir(engine.folder.path()).env("DATABASE_URL", &engine.url);
        command.env("HABILIS_DATA_DIR", engine.folder.path()).env("HABILIS_SECRET_KEY", crate::support::SECRET_KEY);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let at = house.app.now().to_string();
    let (done, text, complaint) = cli(&["reports", "show", "holders-at", "--at", &at, "--format", "csv"]);
    assert_eq!(done, Some(0), "{complaint}");
    assert_eq!(text.lines().map(str::trim_end).collect::<Vec<_>>(), csv.lines().map(str::trim_end).collect::<Vec<_>>());
    let (_, text, _) = cli(&["reports", "show", "2", "--at", &at, "--format", "json"]);
    let shown: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(shown["items"], told["items"]);
    let (_, text, _) = cli(&["reports", "list"]);
    assert!(text.contains("certified-when-used") && text.contains("[--role]"), "{text}");
    let (done, _, complaint) = cli(&["reports", "show", "why-held", "--person", "ana.verano@example.com"]);
    assert!(done == Some(1) && complaint.contains("report-needs"), "{complaint}");

    // Who may: an owner about the own roles, nobody about the own access.
    let asked = |path: &str, bearer: &str| {
        let (path, bearer) = (format!("/api/v1/reports/{path}"), bearer.to_owned());
        let served = &served;
        async move { served.api(&bearer, Method::GET, &path, Value::Null).await }
    };
    assert_eq!(asked("holders-now?role=reader", &owner).await.0, StatusCode::OK);
    for (path, bearer) in [("holders-now", &owner), ("holders-now?role=reader", &ana), ("approvals", &owner)] {
        let (status, problem) = asked(path, bearer).await;
        assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("capability-missing")), "{path}");
    }
    assert_eq!(served.page(&owner, "/reports/holders-now?role=reader").await.0, StatusCode::OK);
    assert_eq!(served.page(&ana, "/reports").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_reads_the_list_of_holders_is_noted_on_every_face() {
    let (served, auditor, owner, ana) = held().await;
    let house = &served.house;
    let noted = async |subject: &str| {
        let (_, log) =
            served.api(&auditor, Method::GET, "/api/v1/events?kind=audit.read&limit=1000", Value::Null).await;
        log["items"].as_array().unwrap().iter().filter(|event| event["subject"] == subject).count()
    };
    let (status, told) = served.api(&auditor, Method::GET, "/api/v1/holders?role=reader", Value::Null).await;
    assert_eq!((status, told["items"].as_array().unwrap().len()), (StatusCode::OK, 1));
    assert_eq!(noted("holders").await, 1);
    // The same question of the same reader is the same reading, its next pages and its other face, too.
    served.api(&auditor, Method::GET, "/api/v1/holders?role=reader&limit=1", Value::Null).await;
    served.page(&auditor, "/holders?role=reader").await;
    assert_eq!(noted("holders").await, 1);
    let at = house.app.now();
    served.api(&auditor, Method::GET, &format!("/api/v1/holders?as_of={at}"), Value::Null).await;
    served.page(&owner, "/holders?role=reader").await;
    assert_eq!(noted("holders").await, 3);
    // A file is noted as what it is; whoever may not read reads nothing.
    let file = served.call(Method::GET, "/api/v1/holders?format=csv").bearer_auth(&auditor).send().await.unwrap();
    assert!(file.text().await.unwrap().contains("ana.verano@example.com"));
    assert_eq!(served.api(&ana, Method::GET, "/api/v1/holders", Value::Null).await.0, StatusCode::FORBIDDEN);
    assert_eq!((noted("holders").await, house.events("records.exported").await), (3, 1));
    let done = program::command(house, &["holders", "--format", "csv"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(noted("holders").await, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_shown_where_the_reading_can_not_be_noted() {
    let (served, auditor, ..) = held().await;
    let house = &served.house;
    let refuse: &[&str] = if house.engine.is_postgres() {
        &["ALTER TABLE events ADD CONSTRAINT no_reading CHECK (kind <> 'audit.read')"]
    } else {
        &["CREATE TRIGGER no_reading BEFORE INSERT ON events WHEN NEW.kind = 'audit.read' \
           BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"]
    };
    for statement in refuse {
        let app = &house.app;
        app.db.write(app.now(), |w| Ok(sql(*statement).run(w)?)).await.unwrap();
    }
    for path in [
        "/api/v1/reports/holders-now",
        "/api/v1/reports/holders-now?format=csv",
        "/reports/holders-now",
        "/api/v1/holders/map?rows=people",
        "/api/v1/holders/map?rows=people&format=csv",
        "/holders/map?rows=people",
    ] {
        let request = served.call(Method::GET, path).bearer_auth(&auditor);
        let request = request.header("cookie", format!("habilis={auditor}"));
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_server_error(), "{path}: {}", answer.status());
        let text = answer.text().await.unwrap();
        assert!(!text.contains("gra_") && !text.to_lowercase().contains("verano"), "{path}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_told_what_it_needs_and_nothing_else() {
    let ground = Ground::new().await;
    let ana = ground.someone("Ana").await;
    let admin = ground.house.admin.clone();
    let refused = |report: &'static str, ask: Ask| {
        let (ground, admin) = (&ground, &admin);
        async move { code(&ground.refused(admin, report, ask).await) }
    };
    assert_eq!(refused("holders-at", about(None, None, None)).await, "report-needs");
    assert_eq!(refused("why-held", about(Some(ana), None, None)).await, "report-needs");
    assert_eq!(refused("holders-now", about(None, None, Some(day(0)))).await, "report-takes-not");
    assert_eq!(
        refused("why-held", Ask { from: Some(day(0)), ..about(Some(ana), Some("reader"), None) }).await,
        "report-takes-not"
    );
    assert_eq!(refused("holders-now", about(None, Some("nothing"), None)).await, "no-such-role");
    let nobody = Ask { person: Some("nobody@example.com".into()), ..Ask::default() };
    assert_eq!(refused("holders-now", nobody).await, "no-such-person");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_reads_somebody_elses_file_is_noted_once() {
    let (served, auditor, _, ana) = held().await;
    let house = &served.house;
    let (_, me) = served.api(&ana, Method::GET, "/api/v1/me", Value::Null).await;
    let id = me["person"]["id"].as_str().unwrap_or_else(|| panic!("{me}")).to_owned();
    let file = format!("/api/v1/people/{id}");
    let (before, seen) = (read(house).await, format!("/people/{id}"));
    // Her own is hers.
    assert_eq!(served.api(&ana, Method::GET, &file, Value::Null).await.0, StatusCode::OK);
    assert_eq!(read(house).await, before);
    // By the API or on the page, and again: one reading.
    assert_eq!(served.api(&auditor, Method::GET, &file, Value::Null).await.0, StatusCode::OK);
    assert_eq!(read(house).await, before + 1);
    for _ in 0..2 {
        assert_eq!(served.page(&auditor, &seen).await.0, StatusCode::OK);
    }
    assert_eq!(read(house).await, before + 1);
    house.advance("PT11M");
    assert_eq!(served.page(&auditor, &seen).await.0, StatusCode::OK);
    assert_eq!(read(house).await, before + 2, "later it is another reading");
    let (_, log) = served.api(&auditor, Method::GET, "/api/v1/events?kind=audit.read", Value::Null).await;
    let line = log["items"].as_array().unwrap().iter().find(|event| event["subject"] == "person");
    let line = line.unwrap_or_else(|| panic!("{log}"));
    assert_eq!((&line["person"], &line["actor_name"]), (&json!(id), &json!("Odile")), "{line}");
    // What else is read about somebody is noted, too.
    for (part, times) in [("transcript", 1), ("peers", 1), ("losses", 1)] {
        let before = read(house).await;
        for _ in 0..2 {
            assert_eq!(
                served.api(&auditor, Method::GET, &format!("{file}/{part}"), Value::Null).await.0,
                StatusCode::OK
            );
        }
        assert_eq!(read(house).await, before + times, "{part}");
    }
    assert_eq!(served.api(&ana, Method::GET, "/api/v1/me/transcript", Value::Null).await.0, StatusCode::OK);
    let (_, log) = served.api(&auditor, Method::GET, "/api/v1/events?kind=audit.read", Value::Null).await;
    for part in ["transcript", "peers", "losses"] {
        let told = log["items"].as_array().unwrap().iter().filter(|event| event["subject"] == part);
        assert_eq!(told.map(|event| &event["person"]).collect::<Vec<_>>(), [&json!(id)], "{part}");
    }
}
