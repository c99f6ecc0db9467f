//! Tools as admins have them on the command line and on their page: registered, given secrets, and removed.

use super::scene::{Scene, Tool};
use crate::support::{House, content, program::command};
use habilis::base::clock::Clock;
use reqwest::Method;
use serde_json::{Value, json};

/// What the program says on the scene's database; it has to succeed.
fn said(scene: &Scene, arguments: &[&str]) -> String {
    let output = command(scene.house(), arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn word<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

/// The house's own word for why a client is not believed, if it is not.
async fn proven(scene: &Scene, id: &str, secret: &str) -> bool {
    let tool = Tool { id: id.to_owned(), secret: Some(secret.to_owned()), back: "" };
    let reply = scene.call(&tool, "/token", &[("grant_type", "refresh_token"), ("refresh_token", "hrt_none")]).await;
    reply.json()["error"] != "invalid_client"
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tools_come_and_go_on_the_command_line() {
    // The program has the clock of the machine.
    let scene = Scene::on(House::on(content::small(), Clock::held(Clock::System.now())).await).await;
    let web = ["clients", "add", "Board", "--redirect", "https://board.example.com/back", "--role", "reader"];
    let made = said(&scene, &[&web[..], &["--after-logout", "https://board.example.com/bye"]].concat());
    let (id, first) = (word(&made, "client_id").unwrap().to_owned(), word(&made, "client_secret").unwrap().to_owned());
    assert!(proven(&scene, &id, &first).await);
    for (more, ways) in [
        (&["--public", "--redirect", "http://127.0.0.1/back"][..], json!(["authorization_code", "refresh_token"])),
        (&["--device", "--no-refresh"], json!(["urn:ietf:params:oauth:grant-type:device_code"])),
    ] {
        let made = said(&scene, &[&["clients", "add", "Another"], more].concat());
        let listed: Value = serde_json::from_str(&said(&scene, &["clients", "list", "--format", "json"])).unwrap();
        let id = word(&made, "client_id").unwrap();
        let one = listed.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
        assert_eq!((&one["grant_types"], word(&made, "client_secret").is_none()), (&ways, more[0] == "--public"));
    }
    // One secret after the other.
    let made = said(&scene, &["clients", "secret", &id]);
    let second = word(&made, "client_secret").unwrap();
    let listed: Value = serde_json::from_str(&said(&scene, &["clients", "list", "--format", "json"])).unwrap();
    let one = listed.as_array().unwrap().iter().find(|one| one["id"] == json!(id)).unwrap();
    let old = one["secrets"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap();
    assert!(proven(&scene, &id, &first).await && proven(&scene, &id, second).await);
    said(&scene, &["clients", "secret", &id, "--end", old]);
    scene.house().clock.set(Clock::System.now());
    assert!(!proven(&scene, &id, &first).await && proven(&scene, &id, second).await);
    said(&scene, &["clients", "remove", &id]);
    scene.house().clock.set(Clock::System.now());
    assert!(!proven(&scene, &id, second).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tools_come_and_go_on_their_page() {
    let scene = Scene::set().await;
    let admin = scene.house().bearer(&scene.house().admin).await;
    let form = [
        ("name", "Board"),
        ("kind", "confidential"),
        ("redirects", "https://board.example.com/back"),
        ("refreshes", "yes"),
    ];
    let shown = scene.post(&admin, "/clients", &form).await;
    assert_eq!(shown.status, 200, "{}", shown.text);
    let secret = |text: &str| {
        let from = text.find("value=\"hcs_").unwrap() + "value=\"".len();
        text[from..].split('"').next().unwrap().to_owned()
    };
    let first = secret(&shown.text);
    assert!(!scene.get(&admin, "/clients").await.text.contains("hcs_"), "it is shown once");
    let listed = scene.served.api(&admin, Method::GET, "/api/v1/clients", Value::Null).await.1;
    let one = listed["items"].as_array().unwrap().iter().find(|one| one["name"] == "Board").unwrap().clone();
    let id = one["id"].as_str().unwrap();
    let old = one["secrets"][0]["id"].as_str().unwrap();
    let second = secret(&scene.post(&admin, &format!("/clients/{id}/secrets"), &[]).await.text);
    assert_eq!(scene.post(&admin, &format!("/clients/{id}/secrets"), &[]).await.status, 409, "two at most");
    assert!(proven(&scene, id, &first).await && proven(&scene, id, &second).await);
    assert_eq!(scene.post(&admin, &format!("/clients/{id}/secrets/{old}/end"), &[]).await.status, 303);
    assert!(!proven(&scene, id, &first).await && proven(&scene, id, &second).await);
    // Nobody else ends anything, and an admin says it twice.
    for path in [format!("/clients/{id}/secrets"), format!("/clients/{id}/remove")] {
        assert_eq!(scene.post(&scene.cookie, &path, &[("confirm", "yes")]).await.status, 403, "{path}");
    }
    assert_eq!(scene.post(&admin, &format!("/clients/{id}/remove"), &[]).await.status, 422);
    assert_eq!(scene.post(&admin, &format!("/clients/{id}/remove"), &[("confirm", "yes")]).await.status, 303);
    assert!(!proven(&scene, id, &second).await);
    assert!(!scene.get(&admin, "/clients").await.text.contains("Board"));
}
