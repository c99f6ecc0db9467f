//! What somebody who left was given and had not begun: there while they were, and gone at the instant at which it was ended.

use super::plant::{Ground, about};
use crate::support::{person_id, slug};
use habilis::{
    actions::{disable_person, request_role},
    base::clock::Time,
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_had_not_begun_is_gone_with_whom_it_was_given_to() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let ana = house.person("Ana").await;
    let id = person_id(&ana);
    house.certify(&ana, "alpha").await;
    let begins = house.app.now().plus_seconds(4 * 86_400);
    let ask =
        request_role::Ask { role: slug("reader"), reason: "the fair".into(), duration: None, starts_at: Some(begins) };
    request_role::request_role(&house.app, &ana, ask).await.unwrap();
    house.advance("PT1H");
    let before = house.app.now();
    let grants = async |at| -> Vec<Value> {
        let lines = ground.ask("leaver", about(Some(id), None, at)).await;
        lines.into_iter().filter(|line| line["kind"] == "grant").map(Value::Object).collect()
    };
    let there = grants(Some(before)).await;
    assert_eq!((there.len(), &there[0]["is_gone"]), (1, &json!(false)), "{there:?}");
    house.advance("PT1H");
    let left = house.app.now();
    disable_person::disable_person(&house.app, &house.admin, id, "gone".into()).await.unwrap();
    house.advance("PT1M");
    // At once, and once it would have begun, and after: it was over when they left.
    for span in ["PT1M", "P4D", "P5D"] {
        let gone = grants(None).await;
        assert_eq!((gone.len(), &gone[0]["is_gone"]), (1, &json!(true)), "{gone:?}");
        assert!(gone[0]["after_seconds"].as_f64().unwrap() < 1.0, "{gone:?}");
        let by = ground.figure("leaver", about(Some(id), None, None), "gone_by").await;
        let by = Time::parse(by.as_str().unwrap()).unwrap();
        assert!(left <= by && by < begins, "{by}");
        house.advance(span);
    }
    assert_eq!(grants(Some(before)).await, there, "the past stays as it was");
}
