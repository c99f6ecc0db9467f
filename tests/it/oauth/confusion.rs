//! Two warehouses that call a role the same: what is agreed, issued or allowed for one is nothing for the other.

use super::scene::{BACK, Scene, Tool, claims, register};
use crate::support::{House, content};
use habilis::{curriculum::source::Source, tokens::client::ClientKind};
use serde_json::{Value, json};

const LAKE: (&str, &str) = ("resource", "https://lake.example.com");
const POND: (&str, &str) = ("resource", "https://pond.example.com");
const SCOPE: (&str, &str) = ("scope", "openid session:role:READER");

/// The small academy with a second Snowflake that has a READER, too, for personal data.
fn twins() -> Source {
    let mut files = content::files();
    let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let (warehouses, roles) = access.split_once("roles:\n").unwrap();
    let lines: Vec<&str> = roles.lines().collect();
    let own = |line: &str| {
        line.replace("id: lake", "id: pond")
            .replace("lake.example.com", "pond.example.com")
            .replace("warehouse: lake", "warehouse: pond")
            .replace("id: reader", "id: pond-reader")
            .replace("sensitivity: internal", "sensitivity: personal")
            .replace("d.one", "d.people")
    };
    let lake = warehouses.lines().find(|line| line.contains("id: lake")).unwrap();
    let reader = lines.iter().find(|line| line.contains("id: reader")).unwrap();
    let text = format!("{warehouses}{}\nroles:\n{roles}{}\n", own(lake), own(reader));
    files.insert("access.yaml".to_owned(), text.into_bytes());
    Source::from_files(files)
}

async fn scene() -> Scene {
    Scene::on(House::with(twins()).await).await
}

fn audience(tokens: &Value) -> Value {
    let said = claims(tokens["access_token"].as_str().unwrap());
    json!([said["aud"], said["role"]])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn which_warehouse_is_said_and_never_guessed() {
    let scene = scene().await;
    assert_eq!(scene.agree(&scene.web, &[SCOPE]).await.error(), "invalid_target");
    assert_eq!(audience(&scene.connect(&scene.web, &[SCOPE, LAKE]).await), json!([LAKE.1, "reader"]));
    // The role of the pond is another one, and she lacks it.
    let silent = [SCOPE, POND, ("prompt", "none")];
    assert_eq!(scene.agree(&scene.web, &silent).await.error(), "invalid_scope");
    scene.house().ask(&scene.ana, "pond-reader").await.unwrap();
    assert_eq!(audience(&scene.connect(&scene.web, &[SCOPE, POND]).await), json!([POND.1, "pond-reader"]));
}

/// Who agreed that a tool reads the lake has not agreed that it reads the pond.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn consent_for_one_is_no_consent_for_the_other() {
    let scene = scene().await;
    scene.house().ask(&scene.ana, "pond-reader").await.unwrap();
    scene.connect(&scene.web, &[SCOPE, LAKE]).await;
    let asked = scene.get(&scene.cookie, &format!("/authorize?{}", scene.request(&scene.web, &[SCOPE, POND]))).await;
    assert!(asked.status == 200 && asked.text.contains("d.people"), "{} {}", asked.status, asked.text);
    let silent = scene.request(&scene.web, &[SCOPE, POND, ("prompt", "none")]);
    assert_eq!(scene.get(&scene.cookie, &format!("/authorize?{silent}")).await.error(), "consent_required");
    // The lake's is remembered, by either of its names.
    for scope in [SCOPE, ("scope", "openid role:reader")] {
        let query = scene.request(&scene.web, &[scope, LAKE, ("prompt", "none")]);
        assert!(scene.get(&scene.cookie, &format!("/authorize?{query}")).await.answer().1.contains_key("code"));
    }
}

/// RFC 8707, section 2.2: neither the code nor the refresh token becomes one for another warehouse.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_or_refresh_token_stays_with_its_warehouse() {
    let scene = scene().await;
    scene.house().ask(&scene.ana, "pond-reader").await.unwrap();
    let code = scene.code(&scene.web, &[SCOPE, LAKE]).await;
    for other in [POND, ("resource", "https://attic.example.com"), ("resource", "nowhere")] {
        assert_eq!(scene.redeem(&scene.web, &code, &[other]).await.json()["error"], "invalid_target", "{other:?}");
    }
    let reply = scene.redeem(&scene.web, &code, &[LAKE]).await;
    assert_eq!(reply.status, 200, "none of it used the code up: {}", reply.text);
    let tokens = reply.json();
    assert_eq!(audience(&tokens), json!([LAKE.1, "reader"]));
    assert_eq!(scene.refresh(&scene.web, &tokens["refresh_token"], &[POND]).await.json()["error"], "invalid_target");
    let pond = [SCOPE, POND];
    assert_eq!(scene.refresh(&scene.web, &tokens["refresh_token"], &pond).await.json()["error"], "invalid_target");
    let next = scene.refresh(&scene.web, &tokens["refresh_token"], &[]).await.json();
    assert_eq!(audience(&next), json!([LAKE.1, "reader"]));
}

/// A tool that may use the lake's role may not use the pond's, and a warehouse takes no token of the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_or_a_warehouse_takes_only_its_own() {
    let scene = scene().await;
    scene.house().ask(&scene.ana, "pond-reader").await.unwrap();
    let narrow = register(&scene.served, "Narrow", ClientKind::Confidential, &[BACK], Some(&["reader"])).await;
    let narrow = Tool { back: BACK, ..narrow };
    assert_eq!(scene.agree(&narrow, &[SCOPE, POND]).await.error(), "invalid_scope");
    let tokens = scene.connect(&narrow, &[SCOPE, LAKE]).await;
    let admin = scene.house().bearer(&scene.house().admin).await;
    for (warehouse, verdict) in [("lake", "accepted"), ("pond", "refused"), ("attic", "refused")] {
        let body = json!({ "token": tokens["access_token"] });
        let path = format!("/api/v1/warehouses/{warehouse}/check");
        let (status, told) = scene.served.api(&admin, reqwest::Method::POST, &path, body).await;
        assert_eq!((status.as_u16(), &told["verdict"]), (200, &json!(verdict)), "{warehouse}: {told}");
    }
}
