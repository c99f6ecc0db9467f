//! The main story in a real browser, with its scripts; and a verifier that is not ours.

mod axe;
mod keyboard;
mod statements;

use crate::support::{House, browser::Browser, keys, person_id, web::Served};
use fantoccini::Locator;
use habilis::{
    academy,
    actions::{change_person, read_certificates},
    base::ids::{self, Id},
    identity::{actor::Actor, person::Capabilities},
};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::{process::Command, time::Duration};

/// PyJWT fetches the key set by itself and verifies signature, audience and issuer.
const VERIFIER: &str = "
import json, sys, jwt
base, token, audience, issuer = sys.argv[1:5]
key = jwt.PyJWKClient(base + '/jwks.json').get_signing_key_from_jwt(token)
# The service's clock is held by the test, so that only times are left out here.
claims = jwt.decode(token, key.key, algorithms=['ES256', 'RS256'], audience=audience, issuer=issuer,
                    options={'verify_exp': False, 'verify_nbf': False, 'verify_iat': False})
print(json.dumps(claims))
";

fn verify(base: &str, token: &str, audience: &str, issuer: &str) -> Option<serde_json::Value> {
    let python = std::env::var("HABILIS_TEST_PYTHON").unwrap_or_else(|_| "target/tests-python/bin/python".to_owned());
    let told = Command::new(python)
        .args(["-c", VERIFIER, base, token, audience, issuer])
        .output()
        .expect("python with PyJWT: run tests/run, which installs it");
    told.status.success().then(|| serde_json::from_slice(&told.stdout).unwrap())
}

/// Answers every question with its key by clicking and typing, and waits until the page's script has saved it all.
async fn answer(browser: &Browser, house: &House, attempt: Id<ids::Attempt>) {
    let keys = keys(&house.app, attempt).await;
    for (no, key) in &keys {
        let choose = |value: &str| format!("input[name='a{no}'][value='{value}']");
        match key {
            serde_json::Value::Array(tokens) => {
                for token in tokens {
                    click(browser, &choose(token.as_str().unwrap())).await;
                }
            }
            serde_json::Value::Bool(truth) => click(browser, &choose(&truth.to_string())).await,
            serde_json::Value::String(text) => {
                let css = choose(text);
                if browser.client.find(Locator::Css(&css)).await.is_ok() {
                    click(browser, &css).await;
                } else {
                    browser.fill(&format!("a{no}"), text).await;
                }
            }
            other => panic!("an unexpected key: {other}"),
        }
    }
    // Leaving the last field saves it.
    browser.client.execute("document.activeElement && document.activeElement.blur()", vec![]).await.unwrap();
    for _ in 0..600 {
        let saved = house.app.db.read(house.app.now(), move |r| Ok(academy::rows::answers(r, attempt)?)).await.unwrap();
        if keys.iter().all(|(no, key)| saved.get(no).is_some_and(|row| sorted(&row.json()) == sorted(key))) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the page's script did not save every answer");
}

/// Options that were ticked count in any order.
fn sorted(answer: &serde_json::Value) -> Vec<String> {
    let mut parts: Vec<String> = match answer {
        serde_json::Value::Array(tokens) => tokens.iter().map(ToString::to_string).collect(),
        one => vec![one.to_string()],
    };
    parts.sort();
    parts
}

async fn click(browser: &Browser, css: &str) {
    let found = browser.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
    let script = "arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()";
    browser.client.execute(script, vec![serde_json::to_value(&found).unwrap()]).await.unwrap();
}

async fn attempt_of(browser: &Browser) -> Id<ids::Attempt> {
    let path = browser.path().await;
    path.strip_prefix("/attempts/").unwrap_or_else(|| panic!("{path} is no attempt")).parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_person_learns_fails_waits_passes_asks_and_gets_a_token_that_others_verify() {
    let _alone = crate::support::alone().await;
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana: Actor = house.person("Ana Martin").await;
    let browser = Browser::open(&served.base).await;

    browser.sign_in("ana.martin@example.com").await;
    assert_eq!(browser.path().await, "/");
    browser.pictures("home").await;
    browser.go("/courses/alpha/first").await;
    browser.press("/courses/alpha/first/read").await;

    // The first run is handed in empty, and fails.
    browser.go("/quizzes/alpha/final").await;
    browser.press("/quizzes/alpha/final").await;
    let first = attempt_of(&browser).await;
    browser.go(&format!("/attempts/{first}/submit")).await;
    browser.press(&format!("/attempts/{first}/submit")).await;
    assert_eq!(browser.path().await, format!("/attempts/{first}/result"));
    browser.pictures("result-failed").await;

    // The pause: the page says so and offers no button.
    browser.go("/quizzes/alpha/final").await;
    let start = Locator::Css("form[action='/quizzes/alpha/final'] button");
    assert!(browser.client.find(start).await.is_err(), "an exam in its pause can be started");
    house.advance("15m");

    browser.go("/quizzes/alpha/final").await;
    browser.press("/quizzes/alpha/final").await;
    let second = attempt_of(&browser).await;
    answer(&browser, house, second).await;
    browser.pictures("exam").await;
    browser.go(&format!("/attempts/{second}/submit")).await;
    browser.press(&format!("/attempts/{second}/submit")).await;
    house.advance("1s");
    browser.go(&format!("/attempts/{second}/result")).await;
    browser.pictures("result-passed").await;
    let certificate = read_certificates::my_certificates(&house.app, &ana).await.unwrap().remove(0);
    browser.go(&format!("/certificates/{}", certificate.id)).await;
    let text = browser.text().await;
    browser.says(&text, "Ana Martin");
    browser.says(&text, "Certified in alpha");
    browser.pictures("certificate").await;

    browser.go("/access/reader").await;
    browser.fill("reason", "the weekly report").await;
    browser.press("/access/reader/request").await;
    browser.go("/access/reader").await;
    browser.pictures("role").await;
    browser.press("/access/reader/token").await;
    let page = browser.text().await;
    let token = page.split_whitespace().find(|word| word.starts_with("eyJ") && word.matches('.').count() == 2);
    let token = token.expect("the page shows the token").to_owned();
    browser.pictures("token").await;

    // Somebody else's library accepts it, for its audience only, and refuses one that was bent.
    let issuer = house.app.settings.issuer();
    let claims = verify(&served.base, &token, "https://lake.example.com", &issuer).expect("PyJWT verifies the token");
    assert_eq!(claims["sub"], person_id(&ana).to_string());
    assert_eq!(claims["scope"], "session:role:READER");
    assert!(verify(&served.base, &token, "https://attic.example.com", &issuer).is_none());
    let (head, signature) = token.rsplit_once('.').unwrap();
    let bent: String = signature.chars().rev().collect();
    assert!(verify(&served.base, &format!("{head}.{bent}"), "https://lake.example.com", &issuer).is_none());

    // The certificate is revoked while the page with the button is open: the very next mint is refused, there and by the API.
    house.advance("1h");
    let before = house.app.now();
    house.advance("1h");
    browser.go("/access/reader").await;
    let (admin, own) = (house.bearer(&house.admin).await, house.bearer(&ana).await);
    let mint = (Method::POST, "/api/v1/tokens", json!({ "role": "reader" }));
    let (status, minted) = served.api(&own, mint.0.clone(), mint.1, mint.2.clone()).await;
    assert_eq!((status, &minted["role"]), (StatusCode::CREATED, &json!("reader")));
    let revocation = format!("/api/v1/certificates/{}/revocation", certificate.id);
    let (status, told) = served.api(&admin, Method::POST, &revocation, json!({ "reason": "copied answers" })).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{told}");
    browser.press("/access/reader/token").await;
    let page = browser.text().await;
    assert!(!page.contains("eyJ"), "a token was minted without a certificate:\n{page}");
    browser.says(&page, "certification-missing");
    browser.pictures("token-refused").await;
    let (status, refused) = served.api(&own, mint.0, mint.1, mint.2).await;
    assert_eq!((status, &refused["code"]), (StatusCode::FORBIDDEN, &json!("certification-missing")));
    assert_eq!(refused["missing"][0]["id"], "alpha");
    house.advance("1m");
    browser.go("/access/reader").await;
    browser.pictures("role-suspended").await;
    assert!(!browser.text().await.contains("eyJ"));

    // The auditor sees both: as of before, and now.
    let odile = house.person("Odile Roux").await;
    let may = Capabilities { auditor: true, ..Capabilities::default() };
    change_person::change_capabilities(&house.app, &house.admin, person_id(&odile), may).await.unwrap();
    browser.sign_out().await;
    browser.sign_in("odile.roux@example.com").await;
    let grants = "/holders?role=reader";
    browser.go(&format!("{grants}&as_of={before}")).await;
    let then = browser.text().await;
    browser.says(&then, "Ana Martin");
    browser.pictures("holders-before").await;
    browser.go(grants).await;
    let now = browser.text().await;
    browser.says(&now, "Ana Martin");
    browser.pictures("holders-after").await;
    // A line of the past opens into the evidence of that moment.
    browser.go(&format!("{grants}&as_of={before}")).await;
    click(&browser, ".holder-open a").await;
    let answer = browser.client.wait().for_element(Locator::Css(".answer")).await.unwrap();
    assert!(answer.attr("class").await.unwrap().unwrap().contains("answer-yes"), "{}", browser.text().await);
    browser.says(&browser.text().await, "Ana Martin");
    let in_effect = |text: &str| main_table(text).contains("In effect");
    assert!(in_effect(&then) && !in_effect(&now), "before:\n{}\nafter:\n{}", main_table(&then), main_table(&now));
    browser.go(&format!("/people/{}", person_id(&ana))).await;
    browser.pictures("person").await;
    browser.close().await;
}

/// The part of the holders' page below its filters, whose options name every state.
fn main_table(text: &str) -> &str {
    text.find("Ana Martin").map_or(text, |at| &text[at..])
}
