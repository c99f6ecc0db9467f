//! `habilis doctor`: what is unsafe, or makes no sense, is said, each in a line of its own.

use crate::support::{House, program::command};

/// What the doctor says of a house, with other settings: whether all is well, and its lines.
fn said(house: &House, settings: &[(&str, &str)]) -> (bool, String) {
    let output = command(house, &["doctor"]).envs(settings.iter().copied()).output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_unsafe_is_said() {
    let house = House::new().await;
    let (well, plain) = said(&house, &[]);
    assert!(well, "{plain}");
    assert!(plain.contains("ok       the secret key opens the signing keys"), "{plain}");
    let other = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=";
    let mail = [("HABILIS_MAIL_FROM", "a@example.com")];
    for (name, value, level, words) in [
        ("HABILIS_SECRET_KEY", other, "error", "does not open the signing keys"),
        ("HABILIS_SMTP_URL", "smtp://user:secret@mail.example.com", "error", "its password in the clear"),
        (
            "HABILIS_SMTP_URL",
            "smtp://user:secret@mail.example.com?tls=opportunistic",
            "error",
            "its password in the clear",
        ),
        ("HABILIS_SMTP_URL", "smtp://mail.example.com", "warning", "mail travels in the clear"),
        ("HABILIS_SMTP_URL", "smtps://user:secret@mail.example.com", "ok", "mail is sent as"),
        ("HABILIS_SMTP_URL", "smtp://user:secret@127.0.0.1:1025", "ok", "mail is sent as"),
        ("HABILIS_TEMPLATES", "nowhere", "error", "which is no folder"),
        ("HABILIS_LINK_LIFETIME", "1s", "error", "nobody follows an invitation"),
        ("HABILIS_LINK_LIFETIME", "P900D", "warning", "whoever finds an old mail"),
        ("HABILIS_SESSION_ABSOLUTE", "1s", "error", "signed out all the time"),
        ("HABILIS_SESSION_ABSOLUTE", "P900D", "warning", "a session that was stolen"),
        ("HABILIS_SESSION_ABSOLUTE", "1h", "warning", "it never ends a session"),
        ("HABILIS_PASSWORD_WORKERS", "0", "error", "HABILIS_PASSWORD_WORKERS is 0"),
        ("HABILIS_PASSWORD_WORKERS", "10000", "warning", "a storm of sign-ins"),
        ("HABILIS_TRUSTED_PROXY", "[]", "warning", "is HABILIS_TRUSTED_PROXIES meant?"),
        ("DATABASE_URL", "postgres://a@0.0.0.0:1/x", "warning", "add sslmode=require"),
        ("DATABASE_URL", "postgres://a@0.0.0.0:1/x?sslmode=disable", "error", "in the clear"),
        ("DATABASE_URL", "postgres://a@0.0.0.0:1/x?sslmode=require", "ok", "guarded by TLS"),
    ] {
        let (well, text) = said(&house, &[&[(name, value)][..], &mail[..]].concat());
        let line = text.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{name}={value}: {text}"));
        assert!(line.starts_with(level), "{name}={value}: {line}");
        assert!(level != "error" || !well, "{name}={value}: {text}");
        assert!(!text.contains("user:secret") && !text.contains(other), "{text}");
        assert!(!plain.contains(words) || level == "ok", "it is said of a good house, too: {words}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_in_the_environment_has_commas_between_its_values() {
    let house = House::new().await;
    let set = [
        ("HABILIS_OUTBOUND_NETWORKS", "127.0.0.0/8"),
        ("HABILIS_TRUSTED_PROXIES", "10.0.0.2, 10.0.0.3"),
        ("HABILIS_BREAK_GLASS", "a@example.com,b@example.com"),
        ("HABILIS_PUBLIC_URL", "https://academy.example.com"),
    ];
    let (_, text) = said(&house, &set);
    assert!(text.contains("ok       the settings are read") && text.contains("ok       2 trusted proxies"), "{text}");
    let (_, text) = said(&house, &[("HABILIS_TRUSTED_PROXIES", "[\"10.0.0.2\"]"), set[3]]);
    assert!(text.contains("ok       1 trusted proxies"), "{text}");
    let (well, text) = said(&house, &[("HABILIS_TRUSTED_PROXIES", "10.0.0.2,nowhere")]);
    assert!(!well && text.contains("HABILIS_TRUSTED_PROXIES") && text.contains("commas"), "{text}");
}
