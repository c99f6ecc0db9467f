//! Proofs: badges that somebody else's program verifies, before and after they are revoked; and the pages that check them.

mod schema;

use crate::support::{House, START, content, web::Served};
use habilis::{
    actions::{load_content, prove, read_certificates, revoke_certificate, rotate_keys, verify_badge},
    base::{
        clock::{Clock, Time},
        ids::{self, Id},
    },
    certification::{badge, proof::bake},
    curriculum::source::Source,
    identity::actor::Actor,
    tokens::rows::Purpose,
};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::{collections::BTreeSet, path::Path, process::Command};

/// Foreign verifiers look at the clock on the wall, so this house does, too.
async fn served() -> (Served, Actor, Id<ids::Certificate>) {
    // Verifiers that are not ours look at the real clock.
    served_by(Clock::System).await
}

async fn served_by(clock: Clock) -> (Served, Actor, Id<ids::Certificate>) {
    let served = Served::start(House::on(content::small(), clock).await).await;
    let (ana, certificate) = certified(&served, "Ana Martin").await;
    (served, ana, certificate)
}

async fn certified(served: &Served, name: &str) -> (Actor, Id<ids::Certificate>) {
    let who = served.house.person(name).await;
    served.house.certify(&who, "alpha").await;
    let certificate = read_certificates::my_certificates(&served.house.app, &who).await.unwrap().remove(0).id;
    (who, certificate)
}

async fn fetched(served: &Served, path: &str) -> (StatusCode, String, Vec<u8>) {
    let answer = served.call(Method::GET, path).send().await.unwrap();
    let kind = answer.headers().get("content-type").map_or("", |v| v.to_str().unwrap()).to_owned();
    (answer.status(), kind, answer.bytes().await.unwrap().to_vec())
}

/// What the foreign verifier says of a file.
fn foreign(served: &Served, file: &Path) -> Value {
    let python = std::env::var("HABILIS_TEST_PYTHON").unwrap_or_else(|_| "target/tests-python/bin/python".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/proof/verifier.py");
    let issuer = served.house.app.settings.issuer();
    let told = Command::new(python)
        .arg(script)
        .args([&issuer, &served.base])
        .arg(file)
        .output()
        .expect("python with openbadgeslib: run tests/run, which installs it");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

/// A program that is not ours (poppler) reads the paper and draws it: one page that says whose it is, and is neither empty
/// nor full. `HABILIS_TEST_PICTURES` names a folder to keep the picture in.
fn drawn(paper: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.pdf");
    std::fs::write(&file, paper).unwrap();
    let poppler = |program: &str, arguments: &[&str]| {
        let told = Command::new(program).args(arguments).current_dir(folder.path()).output();
        let told = told.unwrap_or_else(|error| panic!("{program}: {error}: run tests/run, which installs it"));
        assert!(told.status.success() && told.stderr.is_empty(), "{}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8(told.stdout).unwrap()
    };
    let text = poppler("pdftotext", &["-enc", "UTF-8", "certificate.pdf", "-"]);
    assert!(text.contains("Ana Martin") && text.contains("alpha"), "{text}");
    assert_eq!(text.matches('\u{c}').count(), 1, "one page");
    poppler("pdftoppm", &["-r", "72", "-singlefile", "certificate.pdf", "picture"]);
    let picture = std::fs::read(folder.path().join("picture.ppm")).unwrap();
    // A4, lying, at a pixel a point: `P6`, its size, the greatest value, and three bytes a pixel.
    let head = b"P6\n842 596\n255\n";
    let pixels = picture.strip_prefix(head).unwrap_or_else(|| panic!("{:?}", &picture[..head.len()]));
    assert_eq!(pixels.len(), 842 * 596 * 3);
    let inked = pixels.chunks(3).filter(|pixel| pixel.iter().any(|part| *part < 200)).count();
    assert!((8_000..250_000).contains(&inked), "{inked} pixels are inked");
    if let Ok(kept) = std::env::var("HABILIS_TEST_PICTURES") {
        std::fs::create_dir_all(&kept).unwrap();
        poppler("pdftoppm", &["-r", "110", "-png", "-singlefile", "certificate.pdf", "paper"]);
        std::fs::copy(folder.path().join("paper.png"), Path::new(&kept).join("certificate-paper.png")).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_program_verifies_badges_until_they_are_revoked() {
    let (served, _, certificate) = served().await;
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (form, media) in [("jwt", "application/vc+jwt"), ("svg", "image/svg+xml"), ("png", "image/png")] {
        let (status, kind, bytes) = fetched(&served, &format!("/certificates/{certificate}/badge.{form}")).await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, media));
        let file = folder.path().join(format!("badge.{form}"));
        std::fs::write(&file, bytes).unwrap();
        files.push(file);
    }
    for file in &files {
        let told = foreign(&served, file);
        assert_eq!(told["valid"], true, "{} {told}", file.display());
        assert_eq!(told["achievement"], "Certified in alpha");
    }
    let house = &served.house;
    revoke_certificate::revoke_certificate(&house.app, &house.admin, certificate, "a mistake".into()).await.unwrap();
    for file in &files {
        let told = foreign(&served, file);
        assert_eq!(told["valid"], false, "{} {told}", file.display());
        assert!(told["reason"].as_str().unwrap().contains("revocation"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_of_badges_and_of_tokens_are_apart_and_old_badges_outlive_a_rotation() {
    let (served, _, certificate) = served().await;
    let app = &served.house.app;
    let admin = &served.house.admin;
    let token = prove::prove(app, admin, certificate).await.unwrap().token(app).unwrap();
    let keys = rotate_keys::list_keys(app, admin).await.unwrap();
    let (_, _, jwks) = fetched(&served, "/jwks.json").await;
    let jwks: Value = serde_json::from_slice(&jwks).unwrap();
    let published: BTreeSet<&str> =
        jwks["keys"].as_array().unwrap().iter().map(|k| k["kid"].as_str().unwrap()).collect();
    for key in &keys {
        let (status, _, jwk) = fetched(&served, &format!("/keys/{}", key.kid)).await;
        let badge = key.purpose == Purpose::Badge;
        assert_eq!(published.contains(key.kid.as_str()), !badge);
        assert_eq!(status, if badge { StatusCode::OK } else { StatusCode::NOT_FOUND });
        if badge {
            let jwk: Value = serde_json::from_slice(&jwk).unwrap();
            assert_eq!((jwk["kty"].as_str(), jwk["kid"].as_str()), (Some("RSA"), Some(key.kid.as_str())));
            assert!(jwk.get("keys").is_none() && jwk.get("d").is_none(), "bare, and public");
        }
    }
    rotate_keys::rotate_keys(app, admin, Purpose::Badge, None, rotate_keys::Haste::Now).await.unwrap();
    let after = rotate_keys::list_keys(app, admin).await.unwrap();
    let retired = after.iter().find(|key| key.purpose == Purpose::Badge && key.state.word() == "retiring").unwrap();
    assert!(retired.sealed.is_none(), "what signs no more has no private part");
    assert!(verify_badge::verify_badge(app, admin, &token).await.unwrap().holds(), "an old badge stays good");
    let fresh = prove::prove(app, admin, certificate).await.unwrap().token(app).unwrap();
    assert_ne!(fresh, token);
    assert!(verify_badge::verify_badge(app, admin, &fresh).await.unwrap().holds());
    assert_eq!(fresh.split('.').nth(1), token.split('.').nth(1), "the same content, whoever signs it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_list_tells_only_who_was_revoked() {
    let (served, _, first) = served_by(Clock::held(Time::parse(START).unwrap())).await;
    let app = &served.house.app;
    let (_, second) = certified(&served, "Ben Okafor").await;
    let (one, two) = (
        prove::prove(app, &served.house.admin, first).await.unwrap(),
        prove::prove(app, &served.house.admin, second).await.unwrap(),
    );
    assert_ne!(one.badge.place, two.badge.place);
    // One that says the same is not signed again while it is fresh; a revocation shows at once.
    let list = async || prove::status_list(app, &served.house.admin, 1).await.unwrap().token.clone();
    let fresh = list().await;
    served.house.advance("1s");
    assert_eq!(list().await, fresh);
    served.house.advance("10s");
    let later = list().await;
    assert_ne!(later, fresh);
    revoke_certificate::revoke_certificate(app, &served.house.admin, first, "a mistake".into()).await.unwrap();
    assert_ne!(list().await, later);
    let answer =
        served.call(Method::GET, "/status/certificates/1").header("accept", "application/json").send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    let list: Value = answer.json().await.unwrap();
    let bits = list["credentialSubject"]["encodedList"].as_str().unwrap();
    let set: Vec<i64> =
        (0..i64::from(badge::PLACES)).filter(|n| badge::is_set(bits, *n) == Some(true)).take(3).collect();
    assert_eq!(set, [one.badge.place]);
    let (status, kind, _) = fetched(&served, "/status/certificates/1").await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/vc+jwt"));
    for path in ["/status/certificates/2", "/status/certificates/x", "/keys/none", "/achievements/none"] {
        assert_eq!(fetched(&served, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/issuer", "/achievements/alpha"] {
        let (status, kind, body) = fetched(&served, path).await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/ld+json"));
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["id"], format!("{}{path}", app.settings.issuer()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_badge_of_a_version_that_was_broken_is_revoked_once_its_grace_is_over() {
    let house = House::new().await;
    let who = house.person("Ana Martin").await;
    house.certify(&who, "alpha").await;
    let certificate = read_certificates::my_certificates(&house.app, &who).await.unwrap().remove(0).id;
    let proof = prove::prove(&house.app, &who, certificate).await.unwrap();
    let token = proof.token(&house.app).unwrap();
    let mut files = content::files();
    content::put_course(&mut files, "alpha", 2, 2);
    house.advance("1h");
    load_content::load_content(&house.app, &Actor::operator("test"), Source::from_files(files)).await.unwrap();
    for (later, over) in [("P9D", false), ("P2D", true)] {
        house.advance(later);
        let list = prove::status_list(&house.app, &who, proof.badge.list).await.unwrap();
        let bits = list.claims["credentialSubject"]["encodedList"].as_str().unwrap();
        assert_eq!(badge::is_set(bits, proof.badge.place), Some(over), "after {later} more");
        let verdict = verify_badge::verify_badge(&house.app, &who, &token).await.unwrap();
        let failed = verdict.outcome(verify_badge::Check::Status) == verify_badge::Outcome::Failed;
        assert_eq!((failed, verdict.holds()), (over, !over), "after {later} more");
    }
}

async fn sent(served: &Served, field: &str, bytes: Vec<u8>) -> (StatusCode, String) {
    let mut body =
        format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"f\"\r\n\r\n").into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let answer = served
        .call(Method::POST, "/verify-badge")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body)
        .send()
        .await
        .unwrap();
    (answer.status(), answer.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_check_a_badge_and_learn_no_more_than_they_should() {
    let (served, _, certificate) = served().await;
    let page =
        served.call(Method::GET, &format!("/certificates/{certificate}")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Ana Martin") && page.contains("This certificate counts."));
    assert!(page.contains("all 8 checks passed"));
    for secret in ["ana.martin@example.com", "to pass", "linkedin.com", "per_"] {
        assert!(!page.contains(secret), "a stranger reads {secret}");
    }
    let (_, _, paper) = fetched(&served, &format!("/certificates/{certificate}.pdf?lang=fr")).await;
    assert!(paper.starts_with(b"%PDF-"));
    drawn(&paper);

    let (_, _, svg) = fetched(&served, &format!("/certificates/{certificate}/badge.svg")).await;
    let (_, _, png) = fetched(&served, &format!("/certificates/{certificate}/badge.png")).await;
    let token = bake::take(&svg).unwrap();
    assert!(!format!("{:?}", jwt_body(&token)).contains("@example.com"));
    for (field, bytes) in [("file", svg.clone()), ("file", png), ("jwt", token.clone().into_bytes())] {
        let (status, html) = sent(&served, field, bytes).await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.contains("This badge is genuine") && html.contains("Ana Martin"));
    }
    // One letter of the claims, one of the signature, another issuer, no badge at all.
    let (head, rest) = token.split_once('.').unwrap();
    let bent = |text: &str, at: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    let (claims, signature) = rest.split_once('.').unwrap();
    for forged in [
        format!("{head}.{claims}.{}", bent(signature, 20)),
        format!("{head}.{}.{signature}", bent(claims, claims.len() - 30)),
        format!("{}.{claims}.{signature}", encoded(&serde_json::json!({"alg": "none", "typ": "JWT"}))),
        format!(
            "{head}.{}.{signature}",
            encoded(&serde_json::json!({"type": ["OpenBadgeCredential"], "iss": "https://elsewhere.example"}))
        ),
        format!("{head}.{}.{signature}", encoded(&serde_json::json!([1]))),
    ] {
        let (status, html) = sent(&served, "jwt", forged.into_bytes()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.contains("This badge does not hold.") && !html.contains("Ana Martin"), "a forgery passed");
    }
    for hostile in [
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>".to_vec(),
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff".to_vec(),
        vec![],
    ] {
        assert_eq!(sent(&served, "file", hostile).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (status, _) = sent(&served, "file", vec![b'a'; 600 * 1024]).await;
    assert!(status.is_client_error());

    let house = &served.house;
    revoke_certificate::revoke_certificate(&house.app, &house.admin, certificate, "a private reason".into())
        .await
        .unwrap();
    let (_, html) = sent(&served, "jwt", token.clone().into_bytes()).await;
    assert!(html.contains("The status list revokes it") && !html.contains("a private reason"));
    let page =
        served.call(Method::GET, &format!("/certificates/{certificate}")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("This certificate does not count.") && !page.contains("a private reason"));
    let missing = Id::<ids::Certificate>::new(house.app.now());
    assert_eq!(fetched(&served, &format!("/certificates/{missing}/badge.jwt")).await.0, StatusCode::NOT_FOUND);
}

fn jwt_body(token: &str) -> Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

fn encoded(value: &Value) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(value.to_string())
}
