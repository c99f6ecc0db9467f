//! `habilis courses check` beside a database: it says what the service would refuse, and never makes one.

use crate::support::{House, content};
use serde_json::Value;
use std::{
    path::Path,
    process::{Command, Output},
};

fn check(folder: &Path, database: Option<&str>, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
    command.args(["courses", "check", "courses"]).args(more).current_dir(folder).env_remove("DATABASE_URL");
    command.env("HABILIS_DATA_DIR", folder.join("nowhere"));
    if let Some(database) = database {
        command.env("DATABASE_URL", database);
    }
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_service_would_refuse_does_not_check() {
    let house = House::new().await;
    let url = house.engine.url.as_str();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    content::write(&content::files(), &root.join("courses"));
    let same = check(root, Some(url), &[]);
    assert!(same.status.success() && said(&same).contains("compared with the versions that"), "{}", said(&same));

    let bank = root.join("courses/alpha/banks/basics.bank.yaml");
    let text = std::fs::read_to_string(&bank).unwrap();
    std::fs::write(&bank, text.replace("The sky is up.", "The sky is above.")).unwrap();
    // By the settings, and by name.
    for output in [check(root, Some(url), &[]), check(root, None, &["--against", url])] {
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("changed-under-same-version"), "{}", said(&output));
        assert!(said(&output).contains("did you mean `version: 2`?"), "{}", said(&output));
    }
    let told = check(root, None, &["--against", url, "--format", "json"]);
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((&told["errors"], &told["not_compared"]), (&1.into(), &Value::Null), "{told}");
    assert!(told["compared_with"].is_string());
    if let Some(file) = url.strip_prefix("sqlite:") {
        let data = Path::new(file.trim_start_matches("//")).parent().unwrap().to_str().unwrap();
        let named = check(root, None, &["--against", data]);
        assert_eq!(named.status.code(), Some(1), "{}", said(&named));
    }
    // With a version of its own it is good again.
    let course = root.join("courses/alpha/course.yaml");
    let text = std::fs::read_to_string(&course).unwrap();
    std::fs::write(&course, text.replace("version: 1", "version: 2")).unwrap();
    let next = check(root, Some(url), &[]);
    assert!(next.status.success(), "{}", said(&next));
}

#[test]
fn where_nothing_can_be_compared_that_is_said_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    content::write(&content::files(), &root.join("courses"));
    let alone = check(root, None, &[]);
    assert!(alone.status.success(), "{}", said(&alone));
    assert!(said(&alone).contains("not compared with what was served: there is no database at"), "{}", said(&alone));
    let told = check(root, None, &["--format", "json"]);
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert!(told["not_compared"].is_string() && told["compared_with"].is_null(), "{told}");
    // A database that is no service's, and one that is not there.
    std::fs::write(root.join("empty.sqlite"), "").unwrap();
    let empty = check(root, Some("sqlite:empty.sqlite"), &[]);
    assert!(empty.status.success() && said(&empty).contains("not compared"), "{}", said(&empty));
    assert_eq!(std::fs::metadata(root.join("empty.sqlite")).unwrap().len(), 0, "nothing is written into it");
    let named = check(root, None, &["--against", "sqlite:none.sqlite"]);
    assert_eq!(named.status.code(), Some(1), "who names a database wants it compared: {}", said(&named));
    let away = check(root, None, &["--against", "postgres://nobody@127.0.0.1:1/none"]);
    assert_eq!(away.status.code(), Some(1), "{}", said(&away));
    assert!(!root.join("nowhere").exists() && !root.join("none.sqlite").exists());
}
