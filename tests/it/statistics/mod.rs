//! What people's answers say of questions: time per question, and a new key judged by old answers, on every face.

use crate::{
    regrading::{crowd::crowd, load, right_key, wanted, wrong_key},
    support::{House, keys, slug, web::Served},
};
use habilis::{
    academy::{self, regrade::Treatment},
    actions::{regrade, save_answer, start_attempt, submit_attempt},
};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_per_question_is_up_to_the_first_save_whatever_is_saved_later() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    let attempt = start_attempt::start_attempt(&house.app, &ana, slug("alpha"), slug("final")).await.unwrap();
    let answers = keys(&house.app, attempt).await;
    for (no, key) in answers.clone() {
        house.advance("40s");
        let save = save_answer::Save { no, revision: 0, answer: key, flagged: false };
        save_answer::save_answer(&house.app, &ana, attempt, save).await.unwrap();
    }
    house.advance("2m");
    let (no, answer) = answers.into_iter().next().unwrap();
    let save = save_answer::Save { no, revision: 1, answer, flagged: true };
    save_answer::save_answer(&house.app, &ana, attempt, save).await.unwrap();
    submit_attempt::submit_attempt(&house.app, &ana, attempt, Vec::new()).await.unwrap();
    let content = house.app.content().unwrap();
    let read = house.app.db.read(house.app.now(), move |r| {
        let versions = academy::rows::question_versions(r, &content.curriculum.courses[&slug("alpha")])?;
        Ok(academy::rows::sittings(r, &slug("alpha"), &versions, &BTreeMap::new())?)
    });
    let sittings = read.await.unwrap();
    let seconds: Vec<f64> = sittings[0].placed.iter().filter_map(|placed| placed.seconds).collect();
    assert_eq!(seconds.len(), sittings[0].placed.len());
    assert!(seconds.iter().all(|seconds| (40.0..41.0).contains(seconds)), "{seconds:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_is_judged_by_old_answers_and_an_exam_keeps_its_basis() {
    let served = Served::start(House::with(wrong_key()).await).await;
    let house = &served.house;
    house.advance("P1D");
    crowd(house, 60).await;
    let admin = house.bearer(&house.admin).await;
    let get = async |path: &str| served.api(&admin, Method::GET, path, Value::Null).await.1;
    let before = get("/api/v1/courses/alpha/statistics").await;
    let flags = |version: &Value| -> Vec<String> {
        version["flags"].as_array().unwrap().iter().map(|flag| flag["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(flags(&before["questions"][0]["versions"][0]).contains(&"distractor-beats-key".to_owned()), "{before}");
    assert!(
        before["questions"][0]["versions"][0]["by_new_key"].is_null() && before["exams"][0]["corrected_mean"].is_null()
    );

    load(house, right_key()).await;
    let after = get("/api/v1/courses/alpha/statistics").await;
    let versions = &after["questions"][0]["versions"];
    assert_eq!((&versions[0]["in_force"], &versions[0]["answers"]), (&Value::from(true), &Value::from(0)));
    let (old, again) = (&versions[1], &versions[1]["by_new_key"]);
    assert_eq!(again["answers"], 60);
    assert!(flags(old).contains(&"distractor-beats-key".to_owned()), "what the old key did stays told");
    assert!(!flags(again).contains(&"distractor-beats-key".to_owned()), "{again}");
    let number = |value: &Value| value.as_f64().unwrap();
    let discrimination = |told: &Value| number(&told["figures"]["discrimination"]);
    assert!(discrimination(again) > discrimination(old), "{old}");
    assert!((number(&old["figures"]["facility"]) - number(&again["figures"]["facility"])).abs() > 0.1);
    // Questions whose key did not change have nothing to add.
    assert!(after["questions"][1]["versions"].as_array().unwrap().iter().all(|v| v["by_new_key"].is_null()));
    let table = get("/api/v1/courses/alpha/questions/q-one/statistics?format=csv").await;
    let lines: Vec<&str> = table.as_str().unwrap().lines().collect();
    assert_eq!((lines.len(), lines.iter().filter(|line| line.ends_with(",true")).count()), (4, 1), "{table}");
    for path in ["/authoring/courses/alpha/statistics", "/authoring/courses/alpha/questions/q-one"] {
        let (status, html) = served.page(&admin, path).await;
        assert!(status == StatusCode::OK && html.contains("older answers, by the new key"), "{path}: {html}");
        assert!(!html.contains("Too few answers yet") || path.ends_with("statistics"), "{path}");
    }

    // The correction moves what counts, and not what was given.
    let plan = regrade::preview_regrade(&house.app, &house.admin, wanted(Treatment::NewKey, false)).await.unwrap();
    let (wanted, print) = (wanted(Treatment::NewKey, false), plan.fingerprint.clone());
    regrade::apply_regrade(&house.app, &house.admin, wanted, "Wrong key.".into(), print, None).await.unwrap();
    let corrected = get("/api/v1/courses/alpha/statistics").await;
    let exam = |told: &Value| told["exams"][0].clone();
    for figure in ["mean", "spread", "passed", "alpha"] {
        assert_eq!(exam(&corrected)[figure], exam(&before)[figure], "{figure}");
    }
    let passed = number(&exam(&before)["passed"]) * 60.0;
    let turned = i32::try_from(plan.tally.now_passed).unwrap() - i32::try_from(plan.tally.now_failed).unwrap();
    let counts = number(&exam(&corrected)["corrected_passed"]) * 60.0;
    assert!((counts - passed - f64::from(turned)).abs() < 1e-9, "{passed} passed, {turned} turned, {counts} count");
    let (_, html) = served.page(&admin, "/authoring/courses/alpha/statistics").await;
    assert!(html.contains("By corrected marks"), "{html}");
}
