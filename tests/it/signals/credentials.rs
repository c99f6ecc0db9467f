//! Receivers on the page, by the API's other side, on the command line and for the doctor.

use super::scene::Scene;
use crate::support::{House, program::command};
use habilis::actions::signals;
use reqwest::Method;
use serde_json::{Value, json};
use std::process::Output;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_sees_to_receivers_on_their_pages() {
    let scene = Scene::set().await;
    let served = &scene.served;
    let house = scene.house();
    let admin = house.bearer(&house.admin).await;
    let (_, bob) = served.person("Bob").await;
    for path in ["/signals".to_owned(), format!("/signals/{}", scene.id)] {
        assert_eq!(served.page(&bob, &path).await.0.as_u16(), 403, "{path}");
    }
    assert_eq!(served.page(&admin, "/signals/rcv_00000000000000000000000000000000").await.0.as_u16(), 404);
    let form_token = habilis::identity::secret::Secret::presented(&admin).form_token();
    let post = async |path: &str, fields: &[(&str, &str)]| {
        let mut form = vec![("form_token", form_token.as_str())];
        form.extend(fields);
        let call = served.call(Method::POST, path).header("cookie", format!("habilis={admin}")).form(&form);
        let answer = call.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    for (fields, status) in [
        ([("name", ""), ("audience", "attic"), ("warehouse", "")], 422),
        ([("name", "Attic"), ("audience", "two words"), ("warehouse", "")], 422),
        ([("name", "Attic"), ("audience", super::scene::AUDIENCE), ("warehouse", "")], 409),
        ([("name", "Attic"), ("audience", "attic"), ("warehouse", "cellar")], 404),
    ] {
        let (told, page) = post("/signals", &fields).await;
        assert_eq!(told, status, "{fields:?} {page}");
        assert!(page.contains("notice-error"), "{fields:?}");
    }
    let (status, shown) = post("/signals", &[("name", "Attic"), ("audience", "attic"), ("warehouse", "attic")]).await;
    assert_eq!(status, 200, "{shown}");
    let token = shown.split("value=\"hsr_").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let id = shown.split("action=\"/signals/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let page = format!("/signals/{id}");
    assert!(!served.page(&admin, &page).await.1.contains(&token), "shown once");
    let call = served.call(Method::POST, "/ssf/streams").bearer_auth(format!("hsr_{token}"));
    assert_eq!(post(&format!("{page}/verification"), &[]).await.0, 409, "it has not subscribed");
    let made: Value = call.json(&json!({})).send().await.unwrap().json().await.unwrap();
    assert_eq!(made["aud"], "attic");
    assert_eq!(post(&format!("{page}/verification"), &[]).await.0, 303);
    assert_eq!(post(&format!("{page}/status"), &[("status", "paused")]).await.0, 303);
    assert_eq!(post(&format!("{page}/status"), &[("status", "on")]).await.0, 422);
    let (_, text) = served.page(&admin, &page).await;
    assert!(
        text.contains("2 events wait") && text.contains("Paused") && text.contains("token-claims-change"),
        "{text}"
    );
    assert!(served.page(&admin, "/signals").await.1.contains("2 events wait"));
    assert_eq!(post(&format!("{page}/status"), &[("status", "enabled")]).await.0, 303);
    let (status, second) = post(&format!("{page}/credentials"), &[]).await;
    assert!(status == 200 && second.contains("hsr_"), "{second}");
    assert_eq!(post(&format!("{page}/credentials"), &[]).await.0, 409);
    let credential = second.split("/credentials/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let end = format!("{page}/credentials/{credential}/end");
    assert_eq!(post(&end, &[]).await.0, 422, "without the tick");
    assert_eq!(post(&end, &[("confirm", "yes")]).await.0, 303);
    assert_eq!(post(&end, &[("confirm", "yes")]).await.0, 404);
    assert_eq!(post(&format!("{page}/remove"), &[]).await.0, 422);
    assert_eq!(post(&format!("{page}/remove"), &[("confirm", "yes")]).await.0, 303);
    assert_eq!(served.page(&admin, &page).await.0.as_u16(), 404);
    let (_, log) = served.page(&admin, "/events").await;
    assert!(log.contains("removed a receiver of signals") && log.contains("A receiver of signals"), "{log}");
}

fn habilis(house: &House, args: &[&str]) -> Output {
    command(house, args).env("HABILIS_PUBLIC_URL", "https://academy.example.com").output().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_sees_to_receivers_and_the_doctor_looks_at_them() {
    let scene = Scene::set().await;
    let said = |args: &[&str]| {
        let output = habilis(scene.house(), args);
        assert!(output.status.success(), "{args:?} {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let word = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{text}"));
        line.split_whitespace().nth(1).unwrap().to_owned()
    };
    let made = said(&["signals", "add", "Attic", "attic", "--warehouse", "attic"]);
    assert_eq!(word(&made, "configuration"), "https://academy.example.com/.well-known/ssf-configuration");
    let (id, token) = (word(&made, "receiver"), word(&made, "token"));
    let wrong = habilis(scene.house(), &["signals", "add", "Attic", "attic"]);
    assert!(
        wrong.status.code() == Some(1) && String::from_utf8_lossy(&wrong.stderr).contains("receiver-audience-taken")
    );
    let call = |path: &str, body: Value| scene.served.call(Method::POST, path).bearer_auth(&token).json(&body).send();
    let stream: Value = call("/ssf/streams", json!({})).await.unwrap().json().await.unwrap();
    let long_ago = call("/ssf/verify", json!({ "stream_id": stream["stream_id"] })).await.unwrap();
    assert_eq!(long_ago.status(), 204);
    said(&["signals", "verify", &id]);
    said(&["signals", "pause", &id]);
    let shown: Value = serde_json::from_str(&said(&["signals", "show", &id])).unwrap();
    assert_eq!((&shown["stream"]["id"], &shown["stream"]["waiting"]), (&stream["stream_id"], &json!(3)));
    assert_eq!((&shown["stream"]["status"], &shown["warehouse"]), (&json!("paused"), &json!("attic")));
    let listed: Value = serde_json::from_str(&said(&["signals", "list", "--format", "json"])).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let table = said(&["signals", "list"]);
    assert!(table.contains("poll paused") && !table.contains(&token), "{table}");
    said(&["signals", "resume", &id]);
    let next = said(&["signals", "credential", &id]);
    let credentials = shown["credentials"].as_array().unwrap();
    said(&["signals", "end-credential", &id, credentials[0]["id"].as_str().unwrap()]);
    assert_eq!(call("/ssf/status", json!({})).await.unwrap().status(), 401);
    let other = scene.served.call(Method::GET, "/ssf/streams").bearer_auth(word(&next, "token")).send().await.unwrap();
    assert_eq!(other.status(), 200);

    // What waits since a held instant long ago was never fetched.
    let doctor = String::from_utf8(habilis(scene.house(), &["doctor"]).stdout).unwrap();
    let line =
        doctor.lines().find(|line| line.contains("the receiver Attic (attic)")).unwrap_or_else(|| panic!("{doctor}"));
    assert!(line.starts_with("warning") && line.contains(&format!("habilis signals show {id}")), "{line}");
    said(&["signals", "remove", &id]);
    let doctor = String::from_utf8(habilis(scene.house(), &["doctor"]).stdout).unwrap();
    assert!(doctor.contains("1 receivers of signals, none of them failing"), "{doctor}");
    assert!(!doctor.contains("were not told"), "{doctor}");
    let app = &scene.house().app;
    let unheard = "INSERT INTO signals (kind, subject_id, at) VALUES ('unheard-of', 'x', 1)";
    app.db.write(app.now(), move |w| Ok(habilis::db::sql(unheard).run(w).map(|_| ())?)).await.unwrap();
    let doctor = String::from_utf8(habilis(scene.house(), &["doctor"]).stdout).unwrap();
    let line = doctor.lines().find(|line| line.contains("were not told")).unwrap_or_else(|| panic!("{doctor}"));
    assert!(line.starts_with("warning") && line.contains("1970-01-01"), "{line}");
    assert_eq!(signals::list_receivers(&scene.house().app, &scene.house().admin).await.unwrap().len(), 1);
}
