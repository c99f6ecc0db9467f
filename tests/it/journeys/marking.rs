//! Prose in an exam: handed in, read by another person who does not see whose it is, marked once, and certified.

use crate::support::{House, keys, kinds, on_form, person_id, slug, web::Served};
use habilis::{
    actions::{change_person, read_certificates, save_answer, start_attempt, submit_attempt},
    base::ids::{self, Id},
    identity::{actor::Actor, person::Capabilities},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn author(served: &Served, name: &str) -> (Actor, String) {
    let (who, bearer) = served.person(name).await;
    let may = Capabilities { author: true, ..Capabilities::default() };
    change_person::change_capabilities(&served.house.app, &served.house.admin, person_id(&who), may).await.unwrap();
    (who, bearer)
}

/// Takes the exam with the key and hands it in; returns the attempt and the place of its prose.
async fn hand_in(house: &House, who: &Actor) -> (Id<ids::Attempt>, i64) {
    house.read_all(who, "kinds").await;
    let attempt = start_attempt::start_attempt(&house.app, who, slug("kinds"), slug("final")).await.unwrap();
    for (no, answer) in keys(&house.app, attempt).await {
        let save = save_answer::Save { no, revision: 0, answer, flagged: false };
        save_answer::save_answer(&house.app, who, attempt, save).await.unwrap();
    }
    submit_attempt::submit_attempt(&house.app, who, attempt, Vec::new()).await.unwrap();
    house.advance("1s");
    let no = on_form(&house.app, attempt).await["x-prose"].no;
    (attempt, no)
}

/// Posts a form as somebody who is signed in by cookie.
async fn post(served: &Served, secret: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
    let (_, page) = served.page(secret, "/account").await;
    let token = page.split_once("name=\"form_token\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let mut form = vec![("form_token", token.as_str())];
    form.extend_from_slice(fields);
    let request = served.call(Method::POST, path).header("cookie", format!("habilis={secret}")).form(&form);
    let answer = request.send().await.unwrap();
    let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    (answer.status().as_u16(), to, answer.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prose_is_marked_by_somebody_else_once_and_then_certified() {
    let served = Served::start(House::with(kinds::source()).await).await;
    let house = &served.house;
    let (ana, ana_bearer) = author(&served, "Ana Martin").await;
    let (_, ben_bearer) = author(&served, "Ben Novak").await;
    let (_, eve_bearer) = served.person("Eve Silva").await;
    let (attempt, no) = hand_in(house, &ana).await;

    // The owner waits; a second attempt does not begin meanwhile.
    let (_, page) = served.page(&ana_bearer, &format!("/attempts/{attempt}/result")).await;
    assert!(page.contains("With a person for marking"), "{page}");
    let path = format!("/api/v1/attempts/{attempt}");
    let (_, told) = served.api(&ana_bearer, Method::GET, &path, Value::Null).await;
    assert_eq!((told["state"].as_str(), &told["result"]), (Some("pending_review"), &Value::Null));
    let again = json!({"quiz": "kinds/final"});
    let (status, refused) = served.api(&ana_bearer, Method::POST, "/api/v1/attempts", again).await;
    assert_eq!((status, refused["code"].as_str()), (StatusCode::CONFLICT, Some("attempt-being-marked")), "{refused}");
    assert!(refused["detail"].as_str().unwrap().contains("still being marked"));
    assert_eq!(house.events("attempt.in_review").await, 1);

    // Who may not mark sees nothing; who wrote it neither; the other author sees it without a name.
    let list = "/api/v1/answers-to-mark";
    let (status, _) = served.api(&eve_bearer, Method::GET, list, Value::Null).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(served.page(&eve_bearer, "/authoring/answers").await.0, StatusCode::FORBIDDEN);
    let (_, own) = served.api(&ana_bearer, Method::GET, list, Value::Null).await;
    assert_eq!(own["items"], json!([]), "{own}");
    let (_, others) = served.api(&ben_bearer, Method::GET, list, Value::Null).await;
    let waiting = &others["items"][0];
    assert_eq!((waiting["attempt"].as_str(), waiting["question"].as_i64()), (Some(&*attempt.to_string()), Some(no)));
    assert_eq!(waiting["rubric"][0]["most"], json!(3.0));
    let (_, page) = served.page(&ben_bearer, "/authoring/answers").await;
    let address = format!("/authoring/answers/{attempt}/{no}");
    assert!(page.contains(&address) && page.contains("1 attempt waits to be marked"), "{page}");
    let (_, one) = served.page(&ben_bearer, &address).await;
    assert!(one.contains("SECRET-model") && one.contains("name=\"c.crit-cause\"") && one.contains("max=\"3"), "{one}");
    for text in [others.to_string(), page, one] {
        assert!(!text.contains("Ana") && !text.contains("ana.martin") && !text.contains(&person_id(&ana).to_string()));
    }
    let (status, page) = served.page(&ana_bearer, &address).await;
    assert!(status == StatusCode::FORBIDDEN && page.contains("Nobody marks their own answers"), "{status} {page}");

    // Points out of bounds, or none: told beside the field, and nothing is kept.
    let wrong = [("c.crit-cause", "4"), ("c.crit-clear", ""), ("comment", "Nearly.")];
    let (status, _, page) = post(&served, &ben_bearer, &address, &wrong).await;
    assert_eq!(status, 422);
    assert!(page.contains("From 0 to 3, please.") && page.contains("From 0 to 1, please.") && page.contains("Nearly."));
    assert!(page.contains("value=\"4\""));
    let marks = format!("/api/v1/attempts/{attempt}/marks/{no}");
    for (criteria, code) in [
        (json!({"crit-cause": 4, "crit-clear": 1}), "bad-mark"),
        (json!({"crit-cause": 3}), "bad-mark"),
        (json!({"crit-cause": 3, "crit-clear": 1, "crit-odd": 1}), "bad-mark"),
        (json!({"crit-cause": -0.5, "crit-clear": 1}), "bad-mark"),
    ] {
        let (status, refused) =
            served.api(&ben_bearer, Method::POST, &marks, json!({"criteria": criteria, "comment": ""})).await;
        assert_eq!((status, refused["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some(code)), "{refused}");
    }
    let right = json!({"criteria": {"crit-cause": 1.5, "crit-clear": 1}, "comment": "Half of it."});
    let (status, refused) = served.api(&ana_bearer, Method::POST, &marks, right.clone()).await;
    assert_eq!((status, refused["code"].as_str()), (StatusCode::FORBIDDEN, Some("own-answer")));
    let (status, refused) = served.api(&eve_bearer, Method::POST, &marks, right.clone()).await;
    assert_eq!((status, refused["code"].as_str()), (StatusCode::FORBIDDEN, Some("capability-missing")));
    assert!(read_certificates::my_certificates(&house.app, &ana).await.unwrap().is_empty());

    // By the page, with a comma as some write it; the list is empty then, and a second mark comes too late.
    house.advance("1h");
    let given = [("c.crit-cause", "1,5"), ("c.crit-clear", "1"), ("comment", "Half of it.")];
    let (status, to, page) = post(&served, &ben_bearer, &address, &given).await;
    assert_eq!((status, to.as_str()), (303, "/authoring/answers"), "{page}");
    let (status, _, page) = post(&served, &ben_bearer, &address, &given).await;
    assert!(status == 409 && page.contains("does not wait to be marked") && page.contains("Nothing waits"), "{page}");
    let (status, refused) = served.api(&ben_bearer, Method::POST, &marks, right).await;
    assert_eq!((status, refused["code"].as_str()), (StatusCode::CONFLICT, Some("nothing-to-mark")));
    assert_eq!(house.events("attempt.answer_marked").await, 1);

    // 9 points by rule, and 2.5 of 4 criteria points of 2 points: 10.25 of 11.
    let (_, told) = served.api(&ana_bearer, Method::GET, &path, Value::Null).await;
    let result = &told["result"];
    assert_eq!((result["points"].as_f64(), result["out_of"].as_f64()), (Some(10.25), Some(11.0)), "{told}");
    assert_eq!(result["review"], Value::Null, "an exam keeps its key");
    house.advance("1s");
    let certificates = read_certificates::my_certificates(&house.app, &ana).await.unwrap();
    assert_eq!(certificates.len(), 1);
    let (_, page) = served.page(&ana_bearer, &format!("/attempts/{attempt}/result")).await;
    assert!(page.contains("Passed") && page.contains("Your certificate is ready"), "{page}");
}
