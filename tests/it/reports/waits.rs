//! Reports 7, 11 and 12: how long people waited, by when what a leaver left is gone, and roles that left the catalogue.

use super::plant::{Ground, Planted, about, column, columns, day, noon, tick};
use crate::support::{content, person_id};
use habilis::{
    actions::{disable_person, load_content, mint_token},
    curriculum::source::Source,
    db::sql,
    identity::actor::Actor,
    reports::asked::Ask,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_ends_when_access_begins_and_a_renewal_without_a_gap_is_none() {
    let ground = Ground::new().await;
    let t = noon();
    let mut who = BTreeMap::new();
    for name in ["At once", "Scheduled", "Outside", "Never began", "Renews", "Gap", "Other role", "Emergency"] {
        let id = ground.someone(name).await;
        who.insert(id.to_string(), name);
        let (role, given, starts, ends) = match name {
            "At once" => ("reader", t.plus_seconds(1), t.plus_seconds(1), day(20)),
            "Scheduled" => ("reader", day(-5), day(1), day(20)),
            "Outside" => ("reader", day(1), day(3), day(20)),
            "Never began" => ("reader", day(0), day(1), day(1)),
            _ => ("reader", day(1), day(2), day(20)),
        };
        match name {
            "Renews" => drop(ground.grant(id, role, day(-20), day(2)).await),
            "Gap" => drop(ground.grant(id, role, day(-20), tick(day(2), -1)).await),
            "Other role" => drop(ground.grant(id, "either", day(-20), day(2)).await),
            "Emergency" => drop(ground.emergency(id, role, (day(-1), day(2)), day(5), None).await),
            _ => {}
        }
        ground.grant_by(id, role, given, starts, ends, &[]).await;
    }
    let period = Ask { from: Some(t), until: Some(day(3)), ..Ask::default() };
    let waits = async |ask: Ask| -> Vec<String> {
        let lines = ground.ask("durations", ask).await;
        let told = |line: &super::plant::Object| {
            format!("{} {}", who[line["person"].as_str().unwrap()], line["took_seconds"].as_f64().unwrap())
        };
        let mut told: Vec<String> = lines.iter().filter(|line| line["case"] == "request").map(told).collect();
        told.sort();
        told
    };
    let expected =
        ["At once 0", "Emergency 86400", "Gap 86400", "Other role 86400", "Scheduled 518400"].map(str::to_owned);
    assert_eq!(waits(period.clone()).await, expected);
    assert_eq!(ground.figure("durations", period.clone(), "access_cases").await, json!(5));
    assert_eq!(ground.figure("durations", period.clone(), "access_median").await, json!(86_400.0));
    // What has not begun at the moment is not counted; at the instant at which it begins it is.
    let then = |at| Ask { at: Some(at), ..period.clone() };
    assert_eq!(waits(then(tick(day(1), -1))).await, ["At once 0"]);
    assert_eq!(waits(then(day(1))).await, ["At once 0", "Scheduled 518400"]);
    // A period goes by when access began, and not by when it was given.
    let given = Ask { from: Some(day(-6)), until: Some(t), ..Ask::default() };
    assert_eq!(waits(given).await, ["Emergency 0"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_remains_of_a_leaver_says_by_when_it_is_gone_and_does_not_count_as_gone() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let ana = house.person("Ana").await;
    let id = person_id(&ana);
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("PT1H");
    mint_token::mint_token(&house.app, &ana, crate::support::slug("reader")).await.unwrap();
    house.advance("PT1M");
    disable_person::disable_person(&house.app, &house.admin, id, "gone".into()).await.unwrap();
    house.advance("PT1S");
    let ask = || about(Some(id), None, None);
    let figures = async || -> BTreeMap<&'static str, Value> {
        let opened = ground.opened("leaver", ask()).await;
        opened.figures.iter().map(|figure| (figure.name, figure.value())).collect()
    };
    let lines = ground.ask("leaver", ask()).await;
    let token = lines.iter().find(|line| line["kind"] == "token").unwrap();
    assert_eq!((&token["is_gone"], &token["gone"]), (&json!(false), &Value::Null), "{token:?}");
    assert!(token["gone_by"].is_string(), "{token:?}");
    // Of what is gone it is told when it was, and nothing is said twice.
    let gone = lines.iter().filter(|line| line["is_gone"] == json!(true));
    assert!(gone.clone().count() > 2 && gone.clone().all(|line| line["gone_by"].is_null()), "{lines:?}");
    let told = figures().await;
    assert_eq!(told.get("will_be_gone_by"), Some(&token["gone_by"]), "{told:?}");
    assert_eq!((told.get("all_gone"), told.get("gone_by")), (Some(&json!(false)), None), "{told:?}");
    house.advance("PT20M");
    let told = figures().await;
    assert!(told.contains_key("gone_by") && !told.contains_key("will_be_gone_by"), "{told:?}");
    // A service account ends by nothing of itself: nobody knows by when everything is gone.
    let client = sql(
        "INSERT INTO clients (id, name, kind, redirect_uris, post_logout_uris, grant_types, owner_id, state, \
                      created_at, created_by) VALUES ('cli_planted', 'Nightly', 'confidential', '[]', '[]', '[]', ?, 'active', \
                      ?, 'system:test')",
    );
    ground.run(vec![client.bind(&id).bind(&noon())]).await;
    let lines = ground.ask("leaver", ask()).await;
    let service = lines.iter().find(|line| line["kind"] == "service").unwrap();
    assert_eq!((&service["is_gone"], &service["gone_by"]), (&json!(false), &Value::Null));
    assert_eq!(figures().await.get("will_be_gone_by"), None);
}

async fn load(ground: &Ground, without: &[&str]) {
    let mut files = content::files();
    let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let stays = |line: &&str| !without.iter().any(|role| line.contains(&format!("{{id: {role},")));
    let kept: String = access.lines().filter(stays).map(|line| format!("{line}\n")).collect();
    files.insert("access.yaml".to_owned(), kept.into_bytes());
    let (app, operator) = (&ground.house.app, Actor::operator("test"));
    load_content::load_content(app, &operator, Source::from_files(files)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_a_role_was_withdrawn_is_a_change_of_what_applied_to_it() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let start = house.app.now();
    house.advance("P1D");
    load(&ground, &["reader"]).await;
    house.advance("P1D");
    let ask = |at| about(None, Some("reader"), Some(at));
    let asked_now = house.app.now();
    let lines = ground.ask("policy-then", ask(start)).await;
    assert_eq!(columns(&lines, &["applied", "changed"]), ["then []", "since [\"withdrawn\"]"]);
    let withdrawn = lines[1].clone();
    assert_eq!((&withdrawn["since"], &withdrawn["until"]), (&lines[0]["until"], &Value::Null));
    assert_eq!((&withdrawn["policy"], &withdrawn["max_seconds"]), (&Value::Null, &Value::Null));
    assert_eq!(ground.figure("policy-then", ask(start), "changes").await, json!(1));
    assert_eq!(ground.figure("policy-then", ask(start), "withdrawn").await, withdrawn["since"]);
    // Asked about a moment after that, there is something to show all the same.
    let now = ground.ask("policy-then", ask(asked_now)).await;
    assert_eq!(columns(&now, &["applied", "changed", "policy"]), ["then [\"withdrawn\"] null"]);
    assert_eq!(now[0]["since"], withdrawn["since"]);
    assert_eq!(ground.figure("policy-then", ask(asked_now), "changes").await, json!(0));
    // To the microsecond.
    let moment = habilis::base::clock::Time::parse(withdrawn["since"].as_str().unwrap()).unwrap();
    assert_eq!(column(&ground.ask("policy-then", ask(moment)).await, "changed"), ["[\"withdrawn\"]"]);
    let before = ground.ask("policy-then", ask(tick(moment, -1))).await;
    assert_eq!(columns(&before, &["applied", "changed"]), ["then []", "since [\"withdrawn\"]"]);
    // And that it came back.
    house.advance("P1D");
    load(&ground, &[]).await;
    house.advance("P1D");
    let lines = ground.ask("policy-then", ask(start)).await;
    assert_eq!(column(&lines, "changed"), ["[]", "[\"withdrawn\"]", "[\"returned\"]"]);
    assert_eq!(lines[1]["until"], lines[2]["since"]);
    let opened = ground.opened("policy-then", ask(start)).await;
    assert!(opened.figures.iter().all(|figure| figure.name != "withdrawn"), "it is there again");
    let then = ground.ask("policy-then", ask(asked_now)).await;
    assert_eq!(columns(&then, &["applied", "changed"]), ["then [\"withdrawn\"]", "since [\"returned\"]"]);
    // A role that stayed was never withdrawn.
    let other = ground.ask("policy-then", about(None, Some("either"), Some(start))).await;
    assert_eq!(columns(&other, &["applied", "changed"]), ["then []"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_machine_took_is_told_as_the_machines_and_a_tool_is_found_by_its_name() {
    let ground = Ground::new().await;
    let ana = ground.someone("Ana").await;
    let client = sql(
        "INSERT INTO clients (id, name, kind, redirect_uris, post_logout_uris, grant_types, owner_id, state, \
                      created_at, created_by) VALUES ('cli_planted', 'Nightly', 'confidential', '[]', '[]', '[]', ?, 'active', \
                      ?, 'system:test')",
    );
    ground.run(vec![client.bind(&ana).bind(&noon())]).await;
    ground.certificate(ana, "alpha", day(-50), day(90)).await;
    let held: Planted = ground.grant(ana, "reader", day(0), day(60)).await;
    ground.token(ana, &held, "habilis-cli", "203.0.113.5", day(1)).await;
    let machine = ground.token(ana, &held, "cli_planted", "203.0.113.6", day(2)).await;
    ground.run(vec![sql("UPDATE tokens SET service = TRUE WHERE id = ?").bind(&machine)]).await;

    let chain = ground.ask("why-held", about(Some(ana), Some("reader"), None)).await;
    let tokens: Vec<_> = chain.into_iter().filter(|line| line["step"] == "token").collect();
    assert_eq!(
        columns(&tokens, &["by", "by_name", "what"]),
        [format!("{ana} Ana Habilis command line"), "cli_planted Nightly Nightly".to_owned()]
    );
    let used = ground.ask("certified-when-used", about(Some(ana), None, None)).await;
    assert_eq!(
        columns(&used, &["use", "tool", "client"]),
        ["given null null", "token Habilis command line habilis-cli", "token Nightly cli_planted"]
    );
    let from = |client: &str| Ask { client: Some(client.into()), from: Some(day(-1)), ..Ask::default() };
    for (client, tokens) in [("Nightly", 1), ("cli_planted", 1), ("Habilis command line", 1), ("habilis", 0)] {
        assert_eq!(ground.figure("tokens", from(client), "tokens").await, json!(tokens), "{client}");
    }
    for unknown in ["Night", "nothing", ""] {
        let fault = ground.refused(&ground.house.admin, "tokens", from(unknown)).await;
        assert_eq!(crate::support::code(&fault), "no-such-client", "{unknown}");
    }
}
