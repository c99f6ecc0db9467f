//! Managers as the directory gives and reads them (RFC 7643, section 4.3), through the one place that sets them.

use super::scene::{ENTERPRISE, Scene, USER, user};
use reqwest::Method;
use serde_json::{Value, json};

/// The path of a manager in patches.
fn place() -> String {
    format!("{ENTERPRISE}:manager")
}

/// A person as a directory describes them, with a manager.
fn managed(email: &str, manager: &Value) -> Value {
    let mut person = user(email);
    person["schemas"] = json!([USER, ENTERPRISE]);
    person[ENTERPRISE] = json!({ "manager": manager });
    person
}

/// Who the house says that a person's manager is, by name.
async fn known(scene: &Scene, id: &str) -> Value {
    let admin = scene.house().bearer(&scene.house().admin).await;
    let (_, file) = scene.served.api(&admin, Method::GET, &format!("/api/v1/people/{id}"), Value::Null).await;
    file["manager"]["name"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_is_given_read_changed_and_taken_away() {
    let scene = Scene::set().await;
    let (max, mia) = (scene.person("max@example.com").await, scene.person("mia@example.com").await);
    let made = scene.post("/Users", &managed("ana@example.com", &json!({ "value": max }))).await.is(201);
    let (id, path) = (made.id(), format!("/Users/{}", made.id()));
    assert_eq!(made.body["schemas"], json!([USER, ENTERPRISE]));
    let manager = &made.body[ENTERPRISE]["manager"];
    assert_eq!((&manager["value"], &manager["displayName"]), (&json!(max), &json!("max")));
    assert!(manager["$ref"].as_str().unwrap().ends_with(&format!("/scim/v2/Users/{max}")));
    assert_eq!(known(&scene, &id).await, "max");
    assert_eq!(scene.get(&path).await.is(200).body, made.body);
    // What was read is sent back, and nothing changes.
    let same = scene.put(&path, &made.body).await.is(200);
    assert_eq!((&same.body, same.header("etag")), (&made.body, made.header("etag")));

    // Entra ID: an object with the id, or the id alone.
    for (value, name) in [(json!({ "value": mia }), "mia"), (json!(max), "max"), (json!(mia), "mia")] {
        let after = scene.patch(&path, json!([{ "op": "Replace", "path": place(), "value": value }])).await.is(200);
        assert_eq!(after.body[ENTERPRISE]["manager"]["displayName"], name);
        assert_eq!(known(&scene, &id).await, name);
    }
    // Another change leaves them, and so does a whole resource that says nothing of them.
    let other = json!([{ "op": "replace", "path": "displayName", "value": "Ana" }]);
    assert_eq!(scene.patch(&path, other).await.is(200).body[ENTERPRISE]["manager"]["value"], json!(mia));
    scene.put(&path, &user("ana@example.com")).await.is(200);
    assert_eq!(known(&scene, &id).await, "mia");
    // Taken away, in a patch and in a whole resource.
    let removed = scene.patch(&path, json!([{ "op": "Remove", "path": place() }])).await.is(200);
    assert_eq!((removed.body.get(ENTERPRISE), &removed.body["schemas"]), (None, &json!([USER])));
    assert_eq!(known(&scene, &id).await, Value::Null);
    scene.patch(&path, json!([{ "op": "Add", "path": place(), "value": max }])).await.is(200);
    let none = scene.put(&path, &managed("ana@example.com", &Value::Null)).await.is(200);
    assert_eq!(none.body.get(ENTERPRISE), None);
    assert_eq!(known(&scene, &id).await, Value::Null);
    let lines = scene.actors("person.changed").await;
    assert!(lines.iter().all(|actor| actor.starts_with("directory:prv_")), "{lines:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn managers_are_found_and_chosen() {
    let scene = Scene::set().await;
    let max = scene.person("max@example.com").await;
    let ana = scene.post("/Users", &managed("ana@example.com", &json!({ "value": max }))).await.is(201).id();
    let found = scene.find("/Users", &format!("{}.value eq \"{max}\"", place())).await.is(200);
    assert_eq!((&found.body["totalResults"], &found.body["Resources"][0]["id"]), (&json!(1), &json!(ana)));
    assert_eq!(scene.find("/Users", &format!("{} pr", place())).await.is(200).body["totalResults"], 1);
    let one = scene.get(&format!("/Users/{ana}?attributes={}.displayName", place())).await.is(200);
    assert_eq!(one.body[ENTERPRISE], json!({ "manager": { "displayName": "max" } }));
    assert_eq!(one.body.get("userName"), None);
    let one = scene.get(&format!("/Users/{ana}?excludedAttributes={}", place())).await.is(200);
    assert_eq!(one.body.get(ENTERPRISE), None);
    // A manager whom the directory let go is no User any more; that is no reason to change anything.
    scene.delete(&format!("/Users/{max}")).await.is(204);
    let path = format!("/Users/{ana}");
    assert_eq!(scene.get(&path).await.is(200).body.get(ENTERPRISE), None);
    scene.patch(&path, json!([{ "op": "replace", "path": "displayName", "value": "Ana" }])).await.is(200);
    assert_eq!(known(&scene, &ana).await, "max");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn circles_and_strangers_are_refused_and_change_nothing() {
    let scene = Scene::set().await;
    let max = scene.person("max@example.com").await;
    let ana = scene.post("/Users", &managed("ana@example.com", &json!({ "value": max }))).await.is(201).id();
    let cem = scene.post("/Users", &managed("cem@example.com", &json!({ "value": ana }))).await.is(201).id();
    let nobody = "per_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f";
    let (max, ana, cem) = (max.as_str(), ana.as_str(), cem.as_str());
    for (person, manager) in [(max, cem), (max, max), (max, nobody), (max, "Max"), (ana, cem)] {
        let operations = json!([
            { "op": "replace", "path": "displayName", "value": "Changed" },
            { "op": "replace", "path": place(), "value": { "value": manager } },
        ]);
        let refused = scene.patch(&format!("/Users/{person}"), operations).await;
        refused.is_error(400, "invalidValue");
        let read = scene.get(&format!("/Users/{person}")).await.is(200);
        assert_ne!(read.body["displayName"], "Changed", "{manager}");
    }
    let circle = scene.patch(&format!("/Users/{max}"), json!([{ "op": "add", "path": place(), "value": cem }])).await;
    assert!(circle.body["detail"].as_str().unwrap().contains("answers to the other one already"), "{circle:?}");
    scene.post("/Users", &managed("dan@example.com", &json!({ "value": nobody }))).await.is_error(400, "invalidValue");
    scene.post("/Users", &managed("dan@example.com", &json!(7))).await.is_error(400, "invalidValue");
    assert_eq!(scene.find("/Users", "userName eq \"dan@example.com\"").await.body["totalResults"], 0);
    assert_eq!(known(&scene, max).await, Value::Null);
}
