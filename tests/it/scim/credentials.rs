//! Credentials: made on the page, by the API and the command line, rotated, ended; and who may.

use super::scene::{Scene, sent};
use crate::support::{House, program::command};
use reqwest::Method;
use serde_json::{Value, json};
use std::process::Output;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_credential_is_rotated_without_a_gap() {
    let scene = Scene::set().await;
    let served = &scene.served;
    let admin = scene.house().bearer(&scene.house().admin).await;
    let list = async || served.api(&admin, Method::GET, "/api/v1/provisioning", Value::Null).await.1["items"].clone();
    assert_eq!((&list().await[0]["name"], &list().await[0]["used_at"]), (&json!("Entra ID"), &Value::Null));
    scene.get("/Users").await.is(200);
    let used = list().await[0]["used_at"].clone();
    assert_eq!(used, json!(scene.house().app.now()));
    let make = json!({ "name": "Entra ID, next" });
    let (status, made) = served.api(&admin, Method::POST, "/api/v1/provisioning", make.clone()).await;
    assert_eq!(status, 201, "{made}");
    assert!(made["base_url"].as_str().unwrap().ends_with("/scim/v2"));
    let next = made["token"].as_str().unwrap();
    let (status, full) = served.api(&admin, Method::POST, "/api/v1/provisioning", make).await;
    assert_eq!((status.as_u16(), &full["code"]), (409, &json!("provisioning-full")));
    let with = |token: &str| served.call(Method::GET, "/scim/v2/Users").bearer_auth(token.to_owned());
    sent(with(next)).await.is(200);
    scene.get("/Users").await.is(200);
    let old = list().await[1]["id"].as_str().unwrap().to_owned();
    let (status, _) = served.api(&admin, Method::DELETE, &format!("/api/v1/provisioning/{old}"), Value::Null).await;
    assert_eq!(status, 204);
    scene.get("/Users").await.is_error(401, "");
    sent(with(next)).await.is(200);
    // Nothing of the secret is kept, in no table and in no line.
    let listed = list().await.to_string();
    assert!(!listed.contains(next) && listed.contains("Entra ID, next"));
    assert_eq!(scene.actors("directory.credential_ended").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_shows_it_once_to_admins() {
    let scene = Scene::set().await;
    let served = &scene.served;
    let house = scene.house();
    let admin = house.bearer(&house.admin).await;
    let (_, bob) = served.person("Bob").await;
    let (status, page) = served.page(&admin, "/provisioning").await;
    assert!(status.is_success() && page.contains("/scim/v2") && page.contains("Entra ID"), "{page}");
    assert_eq!(served.page(&bob, "/provisioning").await.0.as_u16(), 403);
    let form_token = habilis::identity::secret::Secret::presented(&admin).form_token();
    let post = async |path: &str, fields: &[(&str, &str)]| {
        let mut form = vec![("form_token", form_token.as_str())];
        form.extend(fields);
        let call = served.call(Method::POST, path).header("cookie", format!("habilis={admin}")).form(&form);
        let answer = call.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (status, wrong) = post("/provisioning", &[("name", " ")]).await;
    assert_eq!(status, 422, "{wrong}");
    let (status, shown) = post("/provisioning", &[("name", "Okta")]).await;
    let token = shown.split("value=\"hpv_").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(status, 200);
    sent(served.call(Method::GET, "/scim/v2/Users").bearer_auth(format!("hpv_{token}"))).await.is(200);
    assert!(!served.page(&admin, "/provisioning").await.1.contains(&token));
    let id = shown.split("/provisioning/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(post(&format!("/provisioning/{id}/end"), &[]).await.0, 422, "without the tick");
    assert_eq!(post(&format!("/provisioning/{id}/end"), &[("confirm", "yes")]).await.0, 303);
    sent(served.call(Method::GET, "/scim/v2/Users").bearer_auth(format!("hpv_{token}"))).await.is_error(401, "");
    let (_, log) = served.page(&admin, "/events").await;
    assert!(log.contains("ended a credential of the directory"), "{log}");
}

fn habilis(house: &House, args: &[&str]) -> Output {
    command(house, args).env("HABILIS_PUBLIC_URL", "https://academy.example.com").output().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_makes_lists_and_ends() {
    let scene = Scene::set().await;
    let said = |args: &[&str]| {
        let output = habilis(scene.house(), args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let made = said(&["provisioning", "add", "Okta"]);
    assert!(made.contains("https://academy.example.com/scim/v2"), "{made}");
    let token = made.split("hpv_").nth(1).unwrap().split_whitespace().next().unwrap();
    sent(scene.served.call(Method::GET, "/scim/v2/Users").bearer_auth(format!("hpv_{token}"))).await.is(200);
    let full = habilis(scene.house(), &["provisioning", "add", "Third"]);
    assert_eq!(full.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&full.stderr).contains("end one first"));
    let list: Value = serde_json::from_str(&said(&["provisioning", "list", "--format", "json"])).unwrap();
    assert_eq!((list.as_array().unwrap().len(), &list[0]["name"]), (2, &json!("Okta")));
    assert!(!list.to_string().contains(token));
    said(&["provisioning", "end", list[0]["id"].as_str().unwrap()]);
    sent(scene.served.call(Method::GET, "/scim/v2/Users").bearer_auth(format!("hpv_{token}"))).await.is_error(401, "");
}
