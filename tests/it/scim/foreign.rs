//! A checker of SCIM services that is not ours (scim2-tester, by Yaal Coop) finds nothing wrong.

use super::scene::Scene;
use serde_json::Value;
use std::{path::Path, process::Command};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_checker_finds_nothing_wrong() {
    let scene = Scene::set().await;
    let python = std::env::var("HABILIS_TEST_PYTHON").unwrap_or_else(|_| "target/tests-python/bin/python".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/scim/foreign.py");
    let (base, token) = (format!("{}/scim/v2", scene.served.base), scene.token.clone());
    let told = tokio::task::spawn_blocking(move || {
        Command::new(python).arg(script).args([base, token]).output().expect("python with scim2-tester: run tests/run")
    });
    let told = told.await.unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let results: Vec<Value> = serde_json::from_slice(&told.stdout).unwrap();
    let with = |status: &str| results.iter().filter(|result| result["status"] == status).collect::<Vec<_>>();
    let passed = with("SUCCESS").len();
    // In two things the two differ. A person is active or not: to take `active` away is refused, which the checker does not
    // expect of what no schema calls required. And of a manager that was set it expects nothing but what it sent, although
    // the schema says that the service adds the name.
    let refuses = |result: &Value| {
        let said = |name: &str, text: &str| result[name].as_str().is_some_and(|value| value.contains(text));
        let name_added = |told: &str| {
            let (sent, returned) = told.split_once("Returned value").unwrap_or_default();
            sent.contains("display_name=None") && returned.contains("display_name='")
        };
        said("title", "check_remove_attribute") && said("reason", "'active'") && said("reason", "without a value")
            || said("reason", "extension:enterprise:2.0:User") && result["reason"].as_str().is_some_and(name_added)
    };
    let fine = |result: &Value| ["SUCCESS", "SKIPPED"].contains(&result["status"].as_str().unwrap()) || refuses(result);
    let wrong: Vec<_> = results.iter().filter(|result| !fine(result)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(passed > 60, "{passed} checks are too few to say anything: {results:#?}");
}
