//! What is asked about things: what never was is refused, what was once is known, and the command line's columns are the API's.

use super::{page, said};
use crate::support::{House, content, slug, web::Served};
use habilis::{
    actions::{change_team, load_content, request_role},
    base::span::Span,
    curriculum::source::Source,
    identity::actor::Actor,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::process::Command;

/// A house where Ana holds `reader` for thirty days.
pub async fn held() -> (Served, String) {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = house.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    let duration: Span = "P30D".parse().unwrap();
    let ask =
        request_role::Ask { role: slug("reader"), reason: "a look".into(), duration: Some(duration), starts_at: None };
    request_role::request_role(&house.app, &ana, ask).await.unwrap();
    house.advance("PT1H");
    let admin = house.bearer(&house.admin).await;
    (served, admin)
}

pub fn after(house: &House, text: &str) -> String {
    house.clock.now().plus(&text.parse::<Span>().unwrap()).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_never_was_is_refused_and_what_has_left_is_known() {
    let (served, admin) = held().await;
    let house = &served.house;
    for (query, code, field) in [
        ("role=nosuch", "no-such-role", "role"),
        ("warehouse=nosuch", "no-such-warehouse", "warehouse"),
        ("team=nosuch", "no-such-team", "team"),
        ("person=nobody@example.com", "no-such-person", "person"),
    ] {
        let path = format!("/holders?{query}");
        let (status, told) = said(&served, &admin, Method::GET, &path, Value::Null).await;
        assert_eq!((status, &told["code"]), (StatusCode::NOT_FOUND, &json!(code)), "{told}");
        let html = page(&served, &admin, "en", &path).await;
        assert!(html.contains(&format!("id=\"{field}-error\"")) || html.contains("aria-invalid"), "{field}: {html}");
        assert!(!html.contains("Nobody held such an access"), "{field}");
    }
    // A role that was there once, and whom it was given to.
    let mut files = content::files();
    let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let kept: String =
        access.lines().filter(|line| !line.contains("{id: reader,")).map(|line| format!("{line}\n")).collect();
    files.insert("access.yaml".to_owned(), kept.into_bytes());
    load_content::load_content(&house.app, &Actor::operator("test"), Source::from_files(files)).await.unwrap();
    let (status, list) = said(&served, &admin, Method::GET, "/holders?role=reader&state=any", Value::Null).await;
    assert_eq!((status, list["items"].as_array().unwrap().len()), (StatusCode::OK, 1), "{list}");
    let html = page(&served, &admin, "en", "/holders?role=reader&state=any").await;
    assert!(html.contains("value=\"reader\" selected"), "{html}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_members_of_a_team_are_those_of_today_and_that_is_said() {
    let (served, _) = held().await;
    let house = &served.house;
    change_team::make_team(&house.app, &house.admin, "harbour".into()).await.unwrap();
    change_team::add_member(&house.app, &house.admin, "harbour".into(), "ana.verano@example.com".into()).await.unwrap();
    let past = after(house, "0");
    house.advance("P1D");
    let admin = house.bearer(&house.admin).await;
    let path = format!("/holders?team=harbour&as_of={past}");
    let (_, list) = said(&served, &admin, Method::GET, &format!("{path}&lang=fr"), Value::Null).await;
    assert_eq!(list["notes"][0]["code"], "team-today", "{list}");
    assert!(list["notes"][0]["text"].as_str().unwrap().contains("n’est pas consigné"), "{list}");
    let html = page(&served, &admin, "en", &format!("/holders?team=harbour&as_of={past}")).await;
    assert!(html.contains("who was in it at that moment is not recorded"), "{html}");
    let (_, now) = said(&served, &admin, Method::GET, "/holders?team=harbour", Value::Null).await;
    assert_eq!(now["notes"], json!([]));
    let document = served.call(Method::GET, "/api/openapi.json").send().await.unwrap().json::<Value>().await.unwrap();
    let told = document["paths"]["/api/v1/holders"]["get"]["parameters"].to_string();
    assert!(told.contains("is not recorded"), "the parameter says so, too: {told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_exports_the_columns_of_the_api() {
    let (served, admin) = held().await;
    let at = after(&served.house, "0");
    let head = |text: &str| text.lines().next().unwrap_or_default().trim().to_owned();
    let cli = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
        let engine = &served.house.engine;
        command.args(arguments).current_dir(engine.folder.path()).env("DATABASE_URL", &engine.url);
        command.env("HABILIS_DATA_DIR", engine.folder.path());
        command.env("HABILIS_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    for list in ["holders", "events"] {
        let when = if list == "holders" { format!("&as_of={at}") } else { String::new() };
        let request = served.call(Method::GET, &format!("/api/v1/{list}?format=csv{when}")).bearer_auth(&admin);
        let api = request.send().await.unwrap().text().await.unwrap();
        let when: &[&str] = if list == "holders" { &["--as-of", &at] } else { &[] };
        let (code, text, complaint) = cli(&[&[list, "--format", "csv"][..], when].concat());
        assert_eq!((code, head(&text)), (Some(0), head(&api)), "{list}: {complaint}");
        if list == "holders" {
            assert!(api.lines().count() == 2 && text.lines().count() == 2, "{api}\n{text}");
            assert_eq!(text.lines().nth(1), api.lines().nth(1).map(str::trim_end), "the same line, cell by cell");
        }
    }
    let api = served.call(Method::GET, "/api/v1/overdue?format=csv").bearer_auth(&admin).send().await.unwrap();
    assert_eq!(head(&cli(&["teams", "overdue", "--format", "csv"]).1), head(&api.text().await.unwrap()));
    let (code, _, complaint) = cli(&["holders", "--role", "nosuch"]);
    assert_eq!(code, Some(1), "{complaint}");
    assert!(complaint.contains("no-such-role"), "{complaint}");
    let (_, _, complaint) = cli(&["holders", "--as-of", "2127-01-01T00:00:00Z"]);
    assert!(complaint.contains("if nothing changes until then"), "{complaint}");
}
