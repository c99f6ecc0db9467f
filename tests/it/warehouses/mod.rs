//! Warehouses: their set-up on page, API and command line; and the house's own tokens, checked as every kind would.

use crate::support::{House, content, slug, web::Served};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use habilis::{
    access::catalogue::WarehouseKind,
    actions::{
        check_token, mint_token, prove, read_certificates, revoke_grant,
        rotate_keys::{self, Haste},
        warehouse_setup,
    },
    curriculum::source::Source,
    identity::actor::Actor,
    tokens::{inspect::Verdict, rows::Purpose},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::{
    io::Write,
    process::{Command, Stdio},
};

/// The small academy with a warehouse of every kind and a role in each.
fn every_kind() -> Source {
    let mut files = content::files();
    let mut text = String::from("warehouses:\n");
    for (word, _) in WarehouseKind::ALL {
        text += &format!(
            "  - {{id: {word}, kind: {word}, title: {{en: The {word}, fr: Le {word}}}, audience: 'https://{word}.example.com'}}\n"
        );
    }
    text += "roles:\n";
    for (word, _) in WarehouseKind::ALL {
        text += &format!(
            "  - {{id: {word}-reader, warehouse: {word}, name: READER, title: {{en: Reader, fr: Lecteur}}, description: {{en: \
             Reads., fr: Lit.}}, data: [{{dataset: d.one}}], owner: {{team: Data, people: [owner@example.com]}}, sensitivity: \
             internal, requires: alpha, approval: auto, max_duration: P60D, token_lifetime: 15m, reason: optional, \
             grace_after_lapse: P14D}}\n"
        );
    }
    files.insert("access.yaml".to_owned(), text.into_bytes());
    Source::from_files(files)
}

/// A house with every kind, and Ana, who holds a role in each warehouse.
async fn stand() -> (House, Actor) {
    let house = House::with(every_kind()).await;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    for (word, _) in WarehouseKind::ALL {
        house.ask(&ana, &format!("{word}-reader")).await.unwrap();
        house.advance("1s");
    }
    (house, ana)
}

async fn minted(house: &House, who: &Actor, role: &str) -> String {
    mint_token::mint_token(&house.app, who, slug(role)).await.unwrap().token
}

async fn checked(house: &House, who: &Actor, warehouse: &str, token: &str) -> check_token::Checked {
    check_token::check_token(&house.app, who, slug(warehouse), token.to_owned()).await.unwrap()
}

fn refused(found: &check_token::Checked) -> Vec<(&'static str, &'static str)> {
    let refused = found.inspection.lines.iter().filter(|line| line.verdict == Verdict::Refused);
    refused.map(|line| (line.part, line.code)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_house_mints_every_kind_takes() {
    let (house, ana) = stand().await;
    for (word, _) in WarehouseKind::ALL {
        let token = minted(&house, &ana, &format!("{word}-reader")).await;
        let found = checked(&house, &ana, word, &token).await;
        assert_eq!(refused(&found), Vec::new(), "{word}");
        assert_eq!((found.house.word(), found.house.is_live()), ("live", true), "{word}");
        // One warehouse's token is worth nothing in any other.
        for (other, _) in WarehouseKind::ALL.iter().filter(|(other, _)| *other != word) {
            let found = checked(&house, &ana, other, &token).await;
            assert!(refused(&found).contains(&("aud", "aud-wrong")), "{word} in {other}");
        }
        // With another role in it, or a longer life, the signature does not fit.
        let (header, rest) = token.split_once('.').unwrap();
        let (claims, signature) = rest.split_once('.').unwrap();
        let mut claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        claims["exp"] = json!(claims["exp"].as_i64().unwrap() + 86_400);
        let forged = format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let found = checked(&house, &ana, word, &forged).await;
        assert_eq!(
            (refused(&found), found.house.word()),
            (vec![("signature", "signature-wrong")], "foreign"),
            "{word}"
        );
        house.advance("1s");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_house_says_what_no_warehouse_can_see() {
    let (house, ana) = stand().await;
    let token = minted(&house, &ana, "trino-reader").await;
    let bob = house.person("Bob").await;
    // Another person learns nothing of it; whoever may read everything does.
    assert_eq!(checked(&house, &bob, "trino", &token).await.house.word(), "another");
    assert_eq!(checked(&house, &house.admin, "trino", &token).await.house.word(), "live");
    // The warehouse goes on where the house would stop.
    let found = checked(&house, &ana, "trino", &token).await;
    let check_token::House::Record(record) = found.house else { panic!("no record") };
    revoke_grant::revoke_grant(&house.app, &house.admin, record.token.grant_id, "over".into()).await.unwrap();
    house.advance("1s");
    let found = checked(&house, &ana, "trino", &token).await;
    assert_eq!((refused(&found), found.house.word()), (Vec::new(), "stopped"));
    let check_token::House::Record(record) = found.house else { panic!("no record") };
    assert_eq!(record.refused.as_ref().unwrap().code, "role-not-held");
    // Keys that rotate keep it alive, and one that is taken out of use ends it.
    let signed = minted(&house, &ana, "snowflake-reader").await;
    let keys = rotate_keys::rotate_keys(&house.app, &house.admin, Purpose::Token, None, Haste::Now).await.unwrap();
    assert!(!keys.is_empty());
    assert_eq!(refused(&checked(&house, &ana, "snowflake", &signed).await), Vec::new());
    let retiring = record.token.kid.clone();
    rotate_keys::retire_key(&house.app, &house.admin, retiring).await.unwrap();
    let found = checked(&house, &ana, "snowflake", &signed).await;
    assert_eq!((refused(&found), found.house.word()), (vec![("kid", "kid-gone")], "ended"));
    // Time passes.
    house.advance("20m");
    let found = checked(&house, &ana, "snowflake", &signed).await;
    assert_eq!((refused(&found).contains(&("exp", "exp-over")), found.house.word()), (true, "over"));
    // A badge is no token.
    let certificate = read_certificates::my_certificates(&house.app, &ana).await.unwrap()[0].id;
    let proof = prove::prove(&house.app, &ana, certificate).await.unwrap();
    let badge = proof.form(&house.app, prove::Form::Jwt, habilis::base::text::Language::En).unwrap();
    let found = checked(&house, &ana, "postgrest", &String::from_utf8(badge).unwrap()).await;
    assert!(refused(&found).iter().any(|(part, _)| *part == "kid"), "{found:#?}");
    assert_eq!(found.house.word(), "foreign");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_look() {
    let (house, ana) = stand().await;
    let (app, nobody) = (&house.app, Actor::anonymous("192.0.2.1"));
    let code = |fault| crate::support::code(&fault);
    assert_eq!(
        code(warehouse_setup::warehouse_setup(app, &ana, slug("trino")).await.err().unwrap()),
        "capability-missing"
    );
    assert_eq!(
        code(warehouse_setup::warehouse_setup(app, &nobody, slug("trino")).await.err().unwrap()),
        "sign-in-first"
    );
    assert_eq!(
        code(warehouse_setup::warehouse_setup(app, &house.admin, slug("nothing")).await.err().unwrap()),
        "no-such-warehouse"
    );
    for (who, id, expected) in [(&nobody, "trino", "sign-in-first"), (&ana, "nothing", "no-such-warehouse")] {
        let fault = check_token::check_token(app, who, slug(id), "a.b.c".into()).await.err().unwrap();
        assert_eq!(code(fault), expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_show_set_up_and_verdicts_and_keep_no_token() {
    let (house, ana) = stand().await;
    let served = Served::start(house).await;
    let house = &served.house;
    let (admin, learner) = (house.bearer(&house.admin).await, house.bearer(&ana).await);
    for (word, kind) in WarehouseKind::ALL {
        for language in ["en", "fr", "es"] {
            let asked = served
                .call(Method::GET, &format!("/warehouses/{word}"))
                .header("cookie", format!("habilis={admin}"))
                .header("accept-language", language);
            let answer = asked.send().await.unwrap();
            let (status, html) = (answer.status(), answer.text().await.unwrap());
            assert!(html.contains(&format!("<html lang=\"{language}\"")), "{word} {language}");
            assert_eq!(status, StatusCode::OK, "{word} {language}: {html}");
            for statement in
                warehouse_setup::warehouse_setup(&house.app, &house.admin, slug(word)).await.unwrap().statements
            {
                let key = format!("setup-{}", statement.what);
                assert!(!html.contains(&key), "{language}: no words for {key}");
            }
            assert!(html.contains(kind.profile().page) && html.len() < 50_000, "{word}");
        }
        assert_eq!(served.page(&learner, &format!("/warehouses/{word}")).await.0, StatusCode::FORBIDDEN);
        assert_eq!(served.page(&learner, &format!("/warehouses/{word}/check")).await.0, StatusCode::OK);
    }
    assert_eq!(served.page(&admin, "/warehouses/nothing").await.0, StatusCode::NOT_FOUND);
    assert_eq!(served.page(&learner, "/warehouses/nothing/check").await.0, StatusCode::NOT_FOUND);
    assert_eq!(served.page("", "/warehouses/trino/check").await.0, StatusCode::SEE_OTHER);

    let token = minted(house, &ana, "trino-reader").await;
    let signature = token.rsplit('.').next().unwrap();
    let (_, asked) = served.page(&learner, "/warehouses/trino/check").await;
    let form_token = asked.split_once("name=\"form_token\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    for (sent, verdict) in [(token.clone(), "Trino would take this token"), (format!("{token}x"), "Trino would refuse")]
    {
        let answer = served
            .call(Method::POST, "/warehouses/trino/check")
            .header("cookie", format!("habilis={learner}"))
            .form(&[("form_token", form_token.as_str()), ("token", &sent)])
            .send()
            .await
            .unwrap();
        assert!(answer.headers()["cache-control"].to_str().unwrap().contains("no-store"));
        let html = answer.text().await.unwrap();
        assert!(html.contains(verdict) && !html.contains(signature), "{html}");
    }
    // Hostile values come back as text.
    let evil = URL_SAFE_NO_PAD.encode("{\"alg\":\"<script>alert(1)</script>\",\"kid\":\"\\\"><img src=x>\"}");
    let answer = served
        .call(Method::POST, "/warehouses/trino/check")
        .header("cookie", format!("habilis={learner}"))
        .form(&[("form_token", form_token.as_str()), ("token", &format!("{evil}.e30.x"))])
        .send()
        .await
        .unwrap();
    let html = answer.text().await.unwrap();
    assert!(
        !html.contains("<script>alert") && !html.contains("<img src=x") && html.contains("&lt;script&gt;"),
        "{html}"
    );
    // The database, with the log in it, has nothing of the token.
    let events = served.api(&admin, Method::GET, "/api/v1/events?limit=1000", Value::Null).await.1.to_string();
    assert!(!events.contains(signature) && events.len() > 1_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_says_the_same_in_every_language() {
    let (house, ana) = stand().await;
    let served = Served::start(house).await;
    let (admin, learner) = (served.house.bearer(&served.house.admin).await, served.house.bearer(&ana).await);
    for (word, _) in WarehouseKind::ALL {
        let token = minted(&served.house, &ana, &format!("{word}-reader")).await;
        for language in ["en", "fr", "es"] {
            let path = format!("/api/v1/warehouses/{word}/setup?lang={language}");
            let (status, setup) = served.api(&admin, Method::GET, &path, Value::Null).await;
            assert_eq!((status, &setup["audience"]), (StatusCode::OK, &json!(format!("https://{word}.example.com"))));
            for part in ["statements", "caveats"] {
                for one in setup[part].as_array().unwrap() {
                    let said = one["label"].as_str().or(one["text"].as_str()).unwrap();
                    assert!(!said.starts_with("setup-") && !said.starts_with("caveat-"), "{language}: {said}");
                }
            }
            let path = format!("/api/v1/warehouses/{word}/check?lang={language}");
            let (status, check) = served.api(&learner, Method::POST, &path, json!({ "token": token })).await;
            assert_eq!((status, &check["verdict"]), (StatusCode::OK, &json!("accepted")), "{check}");
            assert_eq!(check["house"]["state"], "live");
            let unsaid = |line: &&Value| line["why"].as_str().unwrap().starts_with("check-");
            assert!(!check["lines"].as_array().unwrap().iter().any(|line| unsaid(&line)), "{language}: {check}");
        }
        let path = format!("/api/v1/warehouses/{word}/check");
        for garbage in ["", "e30.e30.", "a.b", &"x".repeat(100_000)] {
            let (status, check) = served.api(&learner, Method::POST, &path, json!({ "token": garbage })).await;
            assert_eq!((status, &check["verdict"]), (StatusCode::OK, &json!("refused")), "{check}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_says_it_too() {
    let (house, ana) = stand().await;
    let token = minted(&house, &ana, "starrocks-reader").await;
    let run = |arguments: &[&str], input: &str| {
        let folder = house.engine.folder.path();
        let mut child = Command::new(env!("CARGO_BIN_EXE_habilis"))
            .args(arguments)
            .current_dir(folder)
            .env("DATABASE_URL", &house.engine.url)
            .env("HABILIS_DATA_DIR", folder)
            .env("HABILIS_PUBLIC_URL", house.app.settings.issuer())
            .env("HABILIS_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
            .env("HABILIS_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.success(), text(output.stdout), text(output.stderr))
    };
    let (good, said, wrong) = run(&["warehouse", "setup", "starrocks"], "");
    assert!(good && said.contains("CREATE SECURITY INTEGRATION") && said.contains("Not looked at:"), "{said}{wrong}");
    let (_, said, wrong) = run(&["warehouse", "setup", "postgrest", "--format", "json"], "");
    let setup: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{wrong}"));
    assert_eq!((&setup["kind"], &setup["statements"][0]["what"]), (&json!("postgrest"), &json!("postgrest")));
    // The clock of the house is held in the past: by the program's own, the token is long over.
    let (good, said, wrong) = run(&["warehouse", "check", "starrocks", "--format", "json"], &token);
    let check: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{wrong}"));
    let line =
        |part: &str| check["lines"].as_array().unwrap().iter().find(|line| line["part"] == part).unwrap().clone();
    assert!(!good, "a token that is refused is no success");
    assert_eq!((&line("exp")["code"], &line("signature")["code"]), (&json!("exp-over"), &json!("signature-ok")));
    assert_eq!(check["house"]["state"], "over");
    let (good, said, _) = run(&["warehouse", "check", "starrocks"], "nonsense");
    assert!(!good && said.contains("StarRocks would refuse this token"), "{said}");
    let (good, _, wrong) = run(&["warehouse", "setup", "nothing"], "");
    assert!(!good && wrong.contains("no-such-warehouse"), "{wrong}");
}
