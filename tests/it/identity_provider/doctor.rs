//! `habilis doctor` asks each provider, and says what is to be registered there; `habilis config` tells every field.

use super::provider::Idp;
use crate::support::{House, program::command};
use serde_json::{Value, json};

fn said(house: &House, settings: &[(&str, &str)]) -> (bool, String) {
    let output = command(house, &["doctor"]).envs(settings.iter().copied()).output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_asks_each_provider() {
    let house = House::new().await;
    let idp = Idp::start(house.clock.clone());
    let table = |other: &str| {
        format!(
            "[{{ id = \"staff\", name = \"Example staff\", issuer = \"{}\", client_id = \"habilis\", timeout_seconds = 1{other} }}]",
            idp.base
        )
    };
    let secret = ("HABILIS_PROVIDER_SECRETS", "{ staff = \"do not tell\" }");
    let line = |text: &str, words: &str| {
        text.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {text}")).to_owned()
    };
    let (well, text) = said(&house, &[("HABILIS_PROVIDER", &table("")), secret]);
    assert!(well, "{text}");
    for words in [
        &format!("provider staff answers at {}", idp.base),
        "to come back to: http://127.0.0.1:8080/sign-in/with/staff/back",
        "with a session): http://127.0.0.1:8080/sign-in/with/staff/logout",
        "to go to after logout: http://127.0.0.1:8080/sign-in",
    ] {
        assert!(line(&text, words).starts_with("ok"), "{text}");
    }
    assert!(!text.contains("do not tell") && !text.contains("public client"), "{text}");
    let (_, text) = said(&house, &[("HABILIS_PROVIDER", &table(", only = true, create = true"))]);
    assert!(line(&text, "HABILIS_BREAK_GLASS names nobody").starts_with("warning"));
    assert!(line(&text, "brings everybody an account").starts_with("warning"));
    assert!(line(&text, "without a secret").starts_with("ok"));
    for (name, value, level, words) in [
        (
            "code_challenge_methods_supported",
            json!(["plain"]),
            "warning",
            "does not say that it checks code challenges",
        ),
        ("backchannel_logout_supported", json!(false), "ok", "does not tell when its sessions end"),
        ("issuer", json!("https://id.example.com"), "error", "can not be used"),
        ("jwks_uri", Value::Null, "error", "has no jwks_uri"),
    ] {
        idp.conduct().document.insert(name.to_owned(), value);
        let (well, text) = said(&house, &[("HABILIS_PROVIDER", &table(""))]);
        assert!(line(&text, words).starts_with(level), "{name}: {text}");
        assert_eq!(well, level != "error", "{text}");
        idp.conduct().document.clear();
    }
    for (table, words) in [
        (table(", ca_file = \"nowhere.pem\""), "ca_file nowhere.pem"),
        (table(", scope = []"), "unknown field"),
        (
            "[{ id = \"staff\", name = \"X\", issuer = \"http://id.example.com\", client_id = \"h\" }]".to_owned(),
            "its issuer",
        ),
    ] {
        let (well, text) = said(&house, &[("HABILIS_PROVIDER", &table)]);
        assert!(!well && line(&text, words).starts_with("error"), "{text}");
    }
    let (well, text) = said(&house, &[("HABILIS_PROVIDER_SECRETS", "{ other = \"do not tell\" }")]);
    assert!(!well && line(&text, "no such provider").starts_with("error") && !text.contains("do not tell"), "{text}");
}
