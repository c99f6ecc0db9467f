//! Calls of the directory at the same time.

use super::scene::{GROUP, Scene, user};
use serde_json::{Value, json};
use std::sync::Arc;

async fn both(scene: &Arc<Scene>, path: &'static str, bodies: [Value; 2]) -> Vec<u16> {
    let calls = bodies.map(|body| {
        let scene = Arc::clone(scene);
        tokio::spawn(async move { scene.post(path, &body).await.status })
    });
    let mut statuses = Vec::new();
    for call in calls {
        statuses.push(call.await.unwrap());
    }
    statuses.sort_unstable();
    statuses
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_two_makes_it() {
    let scene = Arc::new(Scene::set().await);
    for n in 0..8 {
        let same = user(&format!("ana{n}@example.com"));
        let mut other = same.clone();
        other["externalId"] = json!(format!("other-{n}"));
        assert_eq!(both(&scene, "/Users", [same, other]).await, [201, 409], "one userName");
        let mut one = user(&format!("bob{n}@example.com"));
        let mut two = user(&format!("carl{n}@example.com"));
        one["externalId"] = json!(format!("shared-{n}"));
        two["externalId"] = json!(format!("shared-{n}"));
        assert_eq!(both(&scene, "/Users", [one, two]).await, [201, 409], "one externalId");
        let group = |name: String| json!({ "schemas": [GROUP], "displayName": name });
        let pair = [group(format!("Team {n}")), group(format!("TEAM  {n}"))];
        assert_eq!(both(&scene, "/Groups", pair).await, [201, 409], "one displayName");
    }
    assert_eq!(scene.get("/Users?count=0").await.body["totalResults"], 17, "who was refused left nobody behind");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_member_is_lost() {
    let scene = Arc::new(Scene::set().await);
    let team = scene.team("Crowd", &[]).await;
    let mut calls = Vec::new();
    for n in 0..12 {
        let id = scene.person(&format!("p{n}@example.com")).await;
        let (scene, path) = (Arc::clone(&scene), format!("/Groups/{team}"));
        calls.push(tokio::spawn(async move {
            scene.patch(&path, json!([{ "op": "Add", "path": "members", "value": [{ "value": id }] }])).await.status
        }));
    }
    for call in calls {
        assert_eq!(call.await.unwrap(), 204);
    }
    let read = scene.get(&format!("/Groups/{team}")).await;
    assert_eq!(read.body["members"].as_array().unwrap().len(), 12);
}
