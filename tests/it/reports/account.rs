//! Who shut an account out is told wherever it is told that somebody did, and what is over is told as over.

use crate::support::{House, person_id, program, web::Served};
use habilis::actions::disable_person;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_shut_an_account_out_is_named() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = house.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("PT1H");
    let (who, boss) = (person_id(&ana), house.admin.signed().unwrap().person.name.clone());
    let admin = house.bearer(&house.admin).await;
    let ask = async |path: &str| {
        let (status, told) = served.api(&admin, Method::GET, &format!("/api/v1{path}"), Value::Null).await;
        assert_eq!(status, StatusCode::OK, "{path}: {told}");
        told
    };
    let left = "/reports/leaver?person=ana.verano@example.com";
    assert_eq!(ask(left).await["figures"][0]["name"], "not_shut_out");
    disable_person::disable_person(&house.app, &house.admin, who, "left the company".into()).await.unwrap();
    house.advance("PT1M");
    assert_eq!(ask(left).await["figures"][0]["name"], "left");

    let (_, page) = served.page(&admin, "/explain?person=ana.verano@example.com&role=reader").await;
    let step = page.split_once("disabled the account").unwrap_or_else(|| panic!("{page}")).0;
    assert!(step.trim_end().ends_with(&boss), "{page}");
    let explain = |at: &str| {
        let arguments = ["explain", "ana.verano@example.com", "reader", "--at", at];
        let done = program::command(house, &arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let text = explain("2126-01-01T00:00:00Z");
    assert!(text.contains(&format!("the account is disabled by {boss} since ")), "{text}");
    assert!(text.contains("left the company") && !text.contains("can act"), "{text}");
    let text = explain("2020-01-01T00:00:00Z");
    assert!(text.contains("had no access to reader") && text.contains("the account could act"), "{text}");

    disable_person::enable_person(&house.app, &house.admin, who).await.unwrap();
    house.advance("PT1M");
    // The programs above went by their own clock, and nobody's instants go back.
    let held = ask("/reports/why-held?person=ana.verano@example.com&role=reader&at=2126-01-01T00:00:00Z").await;
    let steps: Vec<(Value, Value)> = held["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["step"] == "account")
        .map(|step| (step["state"].clone(), step["by_name"].clone()))
        .collect();
    assert_eq!(steps, [(json!("disabled"), json!(boss)), (json!("active"), json!(boss))], "{held}");
}
