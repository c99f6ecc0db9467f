//! Badges against a JSON Schema of what Open Badges 3.0 demands of an AchievementCredential.
//!
//! The schema beside this file is **ours**: no package of npm or PyPI that we know of carries the one that 1EdTech publishes,
//! and it may not be copied here. It says what the specification's data model says, class by class, and refuses besides
//! what the specification would let pass as an extension. The program that validates (`jsonschema`) is not ours.

use super::{certified, fetched, jwt_body, served};
use serde_json::{Value, json};
use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

/// For each credential, the places that are wrong.
fn validated(credentials: &[Value]) -> Vec<Vec<String>> {
    let python = std::env::var("HABILIS_TEST_PYTHON").unwrap_or_else(|_| "target/tests-python/bin/python".to_owned());
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/proof");
    let mut child = Command::new(python)
        .arg(here.join("schema.py"))
        .arg(here.join("achievement_credential.schema.json"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python with jsonschema: run tests/run, which installs it");
    child.stdin.take().unwrap().write_all(json!(credentials).to_string().as_bytes()).unwrap();
    let told = child.wait_with_output().unwrap();
    assert!(told.status.success());
    serde_json::from_slice(&told.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_are_what_open_badges_demands() {
    let (served, _, first) = served().await;
    let (_, second) = certified(&served, "Ben Okafor").await;
    let mut credentials = Vec::new();
    for certificate in [first, second] {
        let (_, _, token) = fetched(&served, &format!("/certificates/{certificate}/badge.jwt")).await;
        credentials.push(jwt_body(&String::from_utf8(token).unwrap()));
    }
    assert_eq!(validated(&credentials), [Vec::<String>::new(), Vec::new()], "{credentials:#?}");
}

/// A schema that takes everything would pass the test above, too: each of these is one thing made wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_credentials_are_refused() {
    let (served, _, certificate) = served().await;
    let (_, _, token) = fetched(&served, &format!("/certificates/{certificate}/badge.jwt")).await;
    let good = jwt_body(&String::from_utf8(token).unwrap());
    let mut broken: Vec<(String, Value)> = Vec::new();
    let required = [
        ("", "@context"),
        ("", "id"),
        ("", "type"),
        ("", "name"),
        ("", "issuer"),
        ("", "validFrom"),
        ("", "credentialSubject"),
        ("/issuer", "id"),
        ("/issuer", "type"),
        ("/credentialSubject", "type"),
        ("/credentialSubject", "achievement"),
        ("/credentialSubject/achievement", "id"),
        ("/credentialSubject/achievement", "type"),
        ("/credentialSubject/achievement", "name"),
        ("/credentialSubject/achievement", "description"),
        ("/credentialSubject/achievement", "criteria"),
        ("/credentialSubject/achievement/creator", "id"),
        ("/credentialSubject/identifier/0", "type"),
        ("/credentialSubject/identifier/0", "hashed"),
        ("/credentialSubject/identifier/0", "identityHash"),
        ("/credentialSubject/identifier/0", "identityType"),
        ("/credentialStatus", "id"),
        ("/credentialStatus", "type"),
        ("/credentialStatus", "statusListIndex"),
        ("/credentialSchema/0", "id"),
        ("/credentialSchema/0", "type"),
    ];
    for (place, key) in required {
        let mut one = good.clone();
        let gone = one.pointer_mut(place).and_then(Value::as_object_mut).and_then(|fields| fields.remove(key));
        assert!(gone.is_some(), "{place}/{key} is not in a badge");
        broken.push((format!("without {place}/{key}"), one));
    }
    let changed = [
        ("/@context", json!(["https://www.w3.org/ns/credentials/v2"])),
        ("/@context/0", json!("https://www.w3.org/2018/credentials/v1")),
        ("/id", json!("not a URI")),
        ("/type", json!(["VerifiableCredential"])),
        ("/type", json!("OpenBadgeCredential")),
        ("/name", json!("")),
        ("/issuer/type", json!(["Organization"])),
        ("/issuer/image", json!("https://example.com/mark.svg")),
        ("/validFrom", json!("2026-11-23")),
        ("/validFrom", json!("2026-13-01T00:00:00Z")),
        ("/validUntil", json!(1_800_000_000)),
        ("/credentialSubject/type", json!(["Person"])),
        ("/credentialSubject/achievement/type", json!([])),
        ("/credentialSubject/achievement/achievementType", json!("Certified")),
        ("/credentialSubject/achievement/criteria", json!({})),
        ("/credentialSubject/achievement/criteria/narrative", json!(" ")),
        ("/credentialSubject/achievement/version", json!(1)),
        ("/credentialSubject/identifier/0/hashed", json!("true")),
        ("/credentialSubject/identifier/0/identityHash", json!("ana.martin@example.com")),
        ("/credentialSubject/identifier/0/identityType", json!("phone")),
        ("/credentialStatus/statusListIndex", json!(7)),
        ("/credentialStatus/statusPurpose", json!("anything")),
        ("/credentialSchema/0/type", json!("JsonSchema")),
        ("/exp", json!("tomorrow")),
    ];
    for (place, value) in changed {
        let mut one = good.clone();
        *one.pointer_mut(place).unwrap_or_else(|| panic!("{place} is not in a badge")) = value.clone();
        broken.push((format!("{place} is {value}"), one));
    }
    for place in
        ["", "/issuer", "/credentialSubject", "/credentialSubject/achievement", "/credentialSubject/identifier/0"]
    {
        let mut one = good.clone();
        one.pointer_mut(place).unwrap()["descripton"] = json!("a key that is misspelt");
        broken.push((format!("an unknown key in {place}/"), one));
    }
    let mut nobody = good.clone();
    nobody["credentialSubject"].as_object_mut().unwrap().retain(|key, _| key != "id" && key != "identifier");
    broken.push(("neither id nor identifier".to_owned(), nobody));

    let told = validated(&broken.iter().map(|(_, one)| one.clone()).collect::<Vec<_>>());
    assert_eq!(told.len(), broken.len());
    let passed: Vec<&String> =
        broken.iter().zip(&told).filter(|(_, wrong)| wrong.is_empty()).map(|((what, _), _)| what).collect();
    assert!(passed.is_empty(), "these pass: {passed:#?}");
}
