//! Teams as groups: made, renamed, joined, left, let go.

use super::scene::{GROUP, Scene};
use crate::support::person_id;
use habilis::actions::{change_team, invite_person};
use reqwest::Method;
use serde_json::{Value, json};

fn members(body: &Value) -> Vec<&str> {
    let mut ids: Vec<&str> =
        body["members"].as_array().into_iter().flatten().map(|one| one["value"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_is_a_team_of_the_house() {
    let scene = Scene::set().await;
    let (ana, bob) = (scene.person("ana@example.com").await, scene.person("bob@example.com").await);
    let id = scene.team("Équipe Données", &[&ana]).await;
    assert_eq!(id, "equipe-donnees");
    let path = format!("/Groups/{id}");
    let read = scene.get(&path).await.is(200);
    assert_eq!((&read.body["displayName"], members(&read.body)), (&json!("Équipe Données"), vec![ana.as_str()]));
    assert_eq!(read.body["members"][0]["type"], "User");
    let of_ana = scene.get(&format!("/Users/{ana}")).await;
    assert_eq!(of_ana.body["groups"][0]["display"], "Équipe Données");
    let admin = scene.house().bearer(&scene.house().admin).await;
    let (_, team) = scene.served.api(&admin, Method::GET, &format!("/api/v1/teams/{id}"), Value::Null).await;
    assert!(team.to_string().contains(&ana), "{team}");

    scene.patch(&path, json!([{ "op": "Add", "path": "members", "value": [{ "value": bob }] }])).await.is(204);
    scene.patch(&path, json!([{ "op": "Replace", "path": "displayName", "value": "Data" }])).await.is(204);
    let read = scene.get(&path).await;
    assert_eq!((&read.body["displayName"], members(&read.body).len()), (&json!("Data"), 2));
    scene.patch(&path, json!([{ "op": "Remove", "path": format!("members[value eq \"{ana}\"]") }])).await.is(204);
    assert_eq!(members(&scene.get(&path).await.body), [bob.as_str()]);
    // To take out whom it has no longer changes nothing.
    scene.patch(&path, json!([{ "op": "Remove", "path": format!("members[value eq \"{ana}\"]") }])).await.is(204);
    let whole = json!({ "schemas": [GROUP], "displayName": "Data", "externalId": "g-1", "members": [{ "value": ana, "type": "User" }] });
    let put = scene.put(&path, &whole).await.is(200);
    assert_eq!((members(&put.body), &put.body["externalId"]), (vec![ana.as_str()], &json!("g-1")));

    for (body, status, word) in [
        (json!({ "schemas": [GROUP], "displayName": "dATA" }), 409, "uniqueness"),
        (json!({ "schemas": [GROUP], "displayName": "New", "externalId": "g-1" }), 409, "uniqueness"),
        (json!({ "schemas": [GROUP] }), 400, "invalidValue"),
        (json!({ "schemas": [GROUP], "displayName": "New", "members": [{ "value": "per_x" }] }), 400, "invalidValue"),
        (
            json!({ "schemas": [GROUP], "displayName": "New", "members": [{ "value": "data", "type": "Group" }] }),
            400,
            "invalidValue",
        ),
        (json!({ "schemas": [GROUP], "displayName": "x".repeat(201) }), 400, "invalidValue"),
    ] {
        scene.post("/Groups", &body).await.is_error(status, word);
    }
    let fixed = json!([{ "op": "replace", "path": format!("members[value eq \"{ana}\"].value"), "value": bob }]);
    scene.patch(&path, fixed).await.is_error(400, "mutability");

    scene.delete(&path).await.is(204);
    scene.get(&path).await.is_error(404, "");
    assert_eq!(scene.get(&format!("/Users/{ana}")).await.body.get("groups"), None);
    let back = scene.post("/Groups", &json!({ "schemas": [GROUP], "displayName": "data" })).await.is(201);
    assert_eq!((back.id(), members(&back.body).len()), (id, 0), "the same team, with nobody in it");
    assert!(scene.actors("team.released").await[0].starts_with("directory:prv_"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn teams_and_changes_of_the_house_are_seen() {
    let scene = Scene::set().await;
    let house = scene.house();
    change_team::make_team(&house.app, &house.admin, "after-sales".to_owned()).await.unwrap();
    let found = scene.find("/Groups", "displayName eq \"After-Sales\"").await;
    assert_eq!(found.body["Resources"][0]["id"], "after-sales");
    // "After Sales" is the same name in the house.
    let same = json!({ "schemas": [GROUP], "displayName": "After Sales" });
    scene.post("/Groups", &same).await.is_error(409, "uniqueness");
    let before = scene.get("/Groups/after-sales").await.is(200);
    let ana = scene.person("ana@example.com").await;
    change_team::add_member(&house.app, &house.admin, "after-sales".to_owned(), ana.clone()).await.unwrap();
    let after = scene.get("/Groups/after-sales").await.is(200);
    assert_ne!(before.header("etag"), after.header("etag"), "whoever changes it");
    assert_eq!(members(&after.body), [ana.as_str()]);
    // Two names that only signs tell apart are two teams.
    let plain = scene.team("C", &[]).await;
    let plus = scene.team("C++", &[]).await;
    assert_eq!((plain.as_str(), plus.as_str()), ("c", "c-2"));
    // Somebody whom the directory let go is in no team, also where an admin had put them.
    scene.delete(&format!("/Users/{ana}")).await.is(204);
    assert_eq!(members(&scene.get("/Groups/after-sales").await.body).len(), 0);
    let gone = json!([{ "op": "add", "path": "members", "value": [{ "value": ana }] }]);
    scene.patch("/Groups/after-sales", gone).await.is_error(400, "invalidValue");
    let invitation = invite_person::Invitation {
        email: "eve@example.com".to_owned(),
        name: "Eve".to_owned(),
        teams: vec!["c".to_owned()],
        ..invite_person::Invitation::default()
    };
    let eve = invite_person::invite_person(&house.app, &house.admin, invitation).await.unwrap().person.id;
    assert_eq!(members(&scene.get("/Groups/c").await.body), [eve.to_string()]);
    assert_ne!(person_id(&house.admin), eve);
}
