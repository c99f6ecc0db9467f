//! What is given to a person of what is held about them: every table, and nothing that they may not see.

use crate::support::{House, keys, kinds, on_form, person_id, slug, web::Served};
use habilis::{
    actions::{
        accommodate::{self, Granting},
        export_me,
        mark_answer::{self, Given as Marks},
        mint_token, save_answer, start_attempt, submit_attempt,
    },
    base::ids::{self, Id},
    curriculum::source::Source,
    identity::actor::Actor,
    records::held::{BESIDE, COLUMNS, Given},
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path};

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

async fn sit(house: &House, who: &Actor, course: &str, answer: impl Fn(Value) -> Value) -> Id<ids::Attempt> {
    let attempt = start_attempt::start_attempt(&house.app, who, slug(course), slug("final")).await.unwrap();
    for (no, key) in keys(&house.app, attempt).await {
        let save = save_answer::Save { no, revision: 0, answer: answer(key), flagged: false };
        save_answer::save_answer(&house.app, who, attempt, save).await.unwrap();
    }
    submit_attempt::submit_attempt(&house.app, who, attempt, Vec::new()).await.unwrap();
    house.advance("1s");
    attempt
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_exam_withholds_is_not_given_by_another_way() {
    // Statements: whether each was right is the lab's own note, and no comment of a person.
    let mut files = Source::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")).unwrap().files().clone();
    let path = "analyst-lab/course.yaml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    files.insert(path.into(), text.replace("prerequisites: [warehouse-analyst]\n", "").into_bytes());
    let house = House::with(Source::from_files(files)).await;
    let ana = house.person("Ana").await;
    sit(&house, &ana, "analyst-lab", |_| json!("SELECT 1 AS one")).await;
    super::super::labs::graded(&house, 1).await;
    let document = export_me::export_me(&house.app, &ana).await.unwrap();
    let answers = document["attempts"][0]["answers"].as_array().unwrap();
    assert!(answers.iter().all(|line| line["answer"] == "SELECT 1 AS one" && line["comment"].is_null()), "{answers:?}");

    // Prose: the comment is theirs to read, the share of the question is not.
    let house = House::with(kinds::source()).await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "kinds").await;
    let attempt = sit(&house, &ana, "kinds", |key| key).await;
    let no = on_form(&house.app, attempt).await["x-prose"].no;
    let criteria = [(slug("crit-cause"), 1.into()), (slug("crit-clear"), 1.into())].into();
    let given = Marks { criteria, comment: "Half of it.".into() };
    mark_answer::mark_answer(&house.app, &house.admin, attempt, no, given).await.unwrap();
    house.advance("1s");
    let marked = |document: &Value| {
        let events = document["events"].as_array().unwrap().clone();
        events.into_iter().find(|event| event["kind"] == "attempt.answer_marked").unwrap()
    };
    let document = export_me::export_me(&house.app, &ana).await.unwrap();
    let told = marked(&document);
    assert_eq!((&told["data"]["question"], &told["data"]["share"]), (&json!(no), &Value::Null), "{told}");
    let line = document["attempts"][0]["answers"].as_array().unwrap().iter().find(|line| line["no"] == no).unwrap();
    assert_eq!((&line["comment"], &line["points"]), (&json!("Half of it."), &Value::Null));
    // Who gave the mark knows it.
    let document = export_me::export_me(&house.app, &house.admin).await.unwrap();
    assert!(marked(&document)["data"]["share"].is_string());
}
