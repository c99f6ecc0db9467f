//! The faces of statistics and corrections: pages, API and who may use them.

use super::{load, right_key, sit, wrong_key};
use crate::support::{House, person_id, web::Served};
use habilis::{actions::change_person, identity::person::Capabilities};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authors_look_admins_apply_and_learners_read_why() {
    let served = Served::start(House::with(wrong_key()).await).await;
    let house = &served.house;
    let (ana, learner) = served.person("Ana").await;
    let (eve, author) = served.person("Eve").await;
    let may = Capabilities { author: true, ..Capabilities::default() };
    change_person::change_capabilities(&house.app, &house.admin, person_id(&eve), may).await.unwrap();
    let admin = house.bearer(&house.admin).await;
    house.read_all(&ana, "alpha").await;
    let attempt = sit(house, &ana, "a", 4).await;
    let result = format!("/attempts/{attempt}/result");
    assert!(!served.page(&learner, &result).await.1.contains("Because:"));
    load(house, right_key()).await;

    let list = "/authoring/courses/alpha/statistics";
    let one = "/authoring/courses/alpha/questions/q-one";
    let regrade = format!("{one}/regrade");
    for path in [list, one, &regrade] {
        assert_eq!(served.page(&learner, path).await.0, StatusCode::FORBIDDEN, "{path}");
        for who in [&author, &admin] {
            let (status, html) = served.page(who, path).await;
            assert_eq!(status, StatusCode::OK, "{path}: {html}");
        }
    }
    // One answer is too few for any figure; names and the button are for admins.
    assert!(served.page(&author, one).await.1.contains("1 first attempt so far"));
    let (theirs, ours) = (served.page(&author, &regrade).await.1, served.page(&admin, &regrade).await.1);
    assert!(!theirs.contains("Ana") && theirs.contains("An admin applies it"), "{theirs}");
    assert!(ours.contains(">Ana<") && ours.contains("Correct 1 mark"), "{ours}");
    assert_eq!(served.page(&author, "/authoring/courses/none/statistics").await.0, StatusCode::NOT_FOUND);
    assert_eq!(served.page(&author, "/authoring/courses/alpha/questions/none").await.0, StatusCode::NOT_FOUND);

    let wanted = json!({ "course": "alpha", "question": "q-one", "treatment": "new_key" });
    let preview = "/api/v1/regrades/preview";
    assert_eq!(served.api(&learner, Method::POST, preview, wanted.clone()).await.0, StatusCode::FORBIDDEN);
    let (status, seen) = served.api(&author, Method::POST, preview, wanted.clone()).await;
    assert_eq!((status, &seen["attempts_changed"], &seen["now_passed"]), (StatusCode::OK, &Value::Null, &json!(1)));
    let (_, named) = served.api(&admin, Method::POST, preview, wanted.clone()).await;
    assert_eq!(named["attempts_changed"][0]["person"], json!(person_id(&ana)));
    let mut asked = wanted.clone();
    asked["reason"] = json!("The key was wrong.");
    asked["fingerprint"] = seen["fingerprint"].clone();
    assert_eq!(served.api(&author, Method::POST, "/api/v1/regrades", asked.clone()).await.0, StatusCode::FORBIDDEN);
    let stale =
        json!({ "course": "alpha", "question": "q-one", "treatment": "new_key", "reason": "x", "fingerprint": "0" });
    let (status, told) = served.api(&admin, Method::POST, "/api/v1/regrades", stale).await;
    assert_eq!((status, told["code"].as_str()), (StatusCode::CONFLICT, Some("regrade-changed")));
    let (status, applied) = served.api(&admin, Method::POST, "/api/v1/regrades", asked.clone()).await;
    assert_eq!((status, &applied["changed"]), (StatusCode::CREATED, &json!(1)), "{applied}");
    let (status, told) = served.api(&admin, Method::POST, "/api/v1/regrades", asked).await;
    assert_eq!((status, told["code"].as_str()), (StatusCode::CONFLICT, Some("regrade-changed")));
    let (_, all) = served.api(&author, Method::GET, "/api/v1/regrades?course=alpha", Value::Null).await;
    assert_eq!((all["items"].as_array().unwrap().len(), &all["items"][0]["id"]), (1, &applied["id"]));

    let (_, html) = served.page(&learner, &result).await;
    for words in ["66.6% to 83.3%", "Because: The key was wrong.", "passed now"] {
        assert!(html.contains(words), "no `{words}` in {html}");
    }
    let (_, told) = served.api(&learner, Method::GET, &format!("/api/v1/attempts/{attempt}"), Value::Null).await;
    let corrections = &told["result"]["corrections"];
    assert_eq!(
        (&corrections[0]["reason"], &corrections[0]["old"]["passed"]),
        (&json!("The key was wrong."), &json!(false))
    );
    assert_eq!((&corrections[0]["new"]["basis_points"], &corrections[1]), (&json!(8333), &Value::Null), "{told}");
    let (_, notices) = served.api(&learner, Method::GET, "/api/v1/notices", Value::Null).await;
    assert_eq!((&notices["items"][0]["attempt"], &notices["items"][0]["passed"]), (&json!(attempt), &json!(true)));
    let (_, html) = served.page(&learner, "/notices").await;
    assert!(html.contains("you pass it now") && html.contains(&result), "{html}");

    let (_, html) = served.page(&admin, &regrade).await;
    assert!(html.contains("The key was wrong.") && html.contains("Corrections so far"));

    let (status, statistics) = served.api(&author, Method::GET, "/api/v1/courses/alpha/statistics", Value::Null).await;
    assert_eq!((status, &statistics["least"]), (StatusCode::OK, &json!(20)));
    let first = &statistics["questions"][0];
    assert_eq!((&first["question"], &first["file"]), (&json!("q-one"), &json!("alpha/banks/basics.bank.yaml")));
    assert!(first["versions"].as_array().unwrap().iter().all(|version| version["figures"].is_null()));
    let path = "/api/v1/courses/alpha/questions/q-one/statistics?format=csv";
    let (status, table) = served.api(&author, Method::GET, path, Value::Null).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(table.as_str().unwrap().lines().count(), 3, "a head and two versions: {table}");
    assert_eq!(served.api(&learner, Method::GET, path, Value::Null).await.0, StatusCode::FORBIDDEN);
}
