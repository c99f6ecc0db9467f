//! What is given to a person of what is held about them: every table, and nothing that they may not see.

use crate::support::{House, person_id, slug, web::Served};
use habilis::{
    actions::{
        accommodate::{self, Granting},
        export_me, mint_token, start_attempt,
    },
    records::held::{BESIDE, COLUMNS, Given},
};
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_that_names_a_person_is_given_or_excepted() {
    let house = House::new().await;
    if house.engine.url.starts_with("postgres") {
        return;
    }
    let keys: Vec<String> = house
        .app
        .db
        .read(house.app.now(), |r| {
            let query = "SELECT m.name || '.' || c.name AS word FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                         WHERE m.type = 'table' AND (c.name LIKE '%person%' OR c.name = 'actor' OR c.name LIKE '%\\_by' ESCAPE '\\' \
                         OR c.name LIKE '%email%' OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f \
                         WHERE f.\"table\" = 'persons' AND f.\"from\" = c.name))";
            Ok(habilis::db::sql(query).all::<String>(r)?)
        })
        .await
        .unwrap();
    let known: BTreeSet<String> = COLUMNS.iter().map(|(table, column, _)| format!("{table}.{column}")).collect();
    let found: BTreeSet<String> = keys.into_iter().filter(|key| key != "persons.email").collect();
    let mut expected = known.clone();
    expected.remove("persons.id");
    assert_eq!(found, expected, "say in records/held.rs what a person is given of a new column that names people");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_given_everything_and_no_key() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (ana, bearer) = served.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    let granting = Granting {
        person: person_id(&ana),
        course: None,
        quiz: None,
        time_factor_percent: 125,
        extra_attempts: 0,
        reason: "a broken wrist".into(),
        from: None,
        until: None,
    };
    accommodate::accommodate(&house.app, &house.admin, granting).await.unwrap();
    house.read_all(&ana, "beta").await;
    start_attempt::start_attempt(&house.app, &ana, slug("beta"), slug("final")).await.unwrap();
    let (status, document) = served.api(&bearer, Method::GET, "/api/v1/me/export", Value::Null).await;
    assert_eq!(status, 200);
    assert_eq!(document["format"], export_me::FORMAT);
    let sections = COLUMNS.iter().map(|row| row.2).chain(BESIDE.iter().map(|row| row.1));
    for section in sections.filter_map(|given| match given {
        Given::Section(section) => Some(section),
        Given::Not(_) => None,
    }) {
        assert!(document.get(section).is_some(), "{section}");
    }
    for full in [
        "sessions",
        "modules_read",
        "attempts",
        "certificates",
        "requests",
        "grants",
        "tokens",
        "accommodations",
        "events",
    ] {
        assert!(!document[full].as_array().unwrap().is_empty(), "{full}");
    }
    assert_eq!(document["accommodations"][0]["reason"], "a broken wrist");
    assert_eq!(document["attempts"][1]["answers"].as_array().unwrap().len(), 4);
    let text = document.to_string();
    for secret in ["WHY-", "secret_hash", "password", "correct", "question_hash"] {
        assert!(!text.contains(secret), "{secret}");
    }
    // An exam that shows only its mark: no question's words, no points by question.
    let sat = document["attempts"].as_array().unwrap().iter().find(|one| one["state"] == "graded").unwrap();
    assert!(
        sat["answers"].as_array().unwrap().iter().all(|line| line["points"].is_null() && line["question"].is_null())
    );
    assert_eq!(house.events("records.exported").await, 1);
    let (status, _) = served.api(&bearer, Method::GET, "/api/v1/me/transcript", Value::Null).await;
    assert_eq!(status, 200);
}
