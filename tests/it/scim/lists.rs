//! Pages and filters over many people.

use super::scene::{GROUP, Scene, sent, user};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

fn ids(body: &Value) -> Vec<String> {
    let found = body["Resources"].as_array().unwrap().iter();
    found.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_cover_everybody_once() {
    let scene = Scene::set().await;
    for n in 0..7 {
        scene.person(&format!("p{n}@example.com")).await;
    }
    // And the admin of the house.
    for filter in ["", "&filter=userName%20pr"] {
        let mut seen = Vec::new();
        for start in [1, 4, 7] {
            let page = scene.get(&format!("/Users?startIndex={start}&count=3{filter}")).await.is(200);
            assert_eq!((&page.body["totalResults"], &page.body["startIndex"]), (&json!(8), &json!(start)));
            assert_eq!(page.body["itemsPerPage"], json!(ids(&page.body).len()));
            seen.extend(ids(&page.body));
        }
        assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (8, 8));
        for (query, start, length) in [
            ("count=0", 1, 0),
            ("count=-5", 1, 0),
            ("startIndex=0&count=2", 1, 2),
            ("startIndex=-9&count=2", 1, 2),
            ("startIndex=9", 9, 0),
            ("startIndex=9223372036854775807", 9_223_372_036_854_775_807_i64, 0),
            ("count=9999", 1, 8),
            ("", 1, 8),
        ] {
            let page = scene.get(&format!("/Users?{query}{filter}")).await.is(200);
            assert_eq!((&page.body["totalResults"], &page.body["startIndex"]), (&json!(8), &json!(start)), "{query}");
            assert_eq!(ids(&page.body).len(), length, "{query}");
        }
        scene.get(&format!("/Users?count=x{filter}")).await.is_error(400, "invalidValue");
    }
    // The same by a body (RFC 7644, section 3.4.3).
    let body = json!({ "schemas": [SEARCH], "filter": "userName sw \"p\"", "startIndex": 2, "count": 3, "attributes": ["userName"] });
    let page = scene.post("/Users/.search", &body).await.is(200);
    assert_eq!((&page.body["totalResults"], ids(&page.body).len()), (&json!(7), 3));
    assert_eq!(page.body["Resources"][0].get("emails"), None);
    for (body, word) in [
        (json!({ "filter": "userName pr" }), "invalidSyntax"),
        (json!({ "schemas": [SEARCH], "filter": 5 }), "invalidFilter"),
        (json!({ "schemas": [SEARCH], "count": "3" }), "invalidValue"),
        (json!({ "schemas": [SEARCH], "attributes": "userName" }), "invalidValue"),
    ] {
        scene.post("/Users/.search", &body).await.is_error(400, word);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_find_people_and_teams() {
    let scene = Scene::set().await;
    let mut ana = user("ana@example.com");
    ana["emails"] =
        json!([{ "value": "Ana.V@corp.example", "type": "work" }, { "value": "ana@home.example", "type": "home" }]);
    let ana = scene.post("/Users", &ana).await.is(201).id();
    let bob = scene.person("bob@example.com").await;
    scene.patch(&format!("/Users/{bob}"), json!([{ "op": "replace", "path": "active", "value": false }])).await.is(200);
    let team = scene.team("Data & Friends", &[&ana]).await;
    scene.team("Empty", &[]).await;
    for (filter, wanted) in [
        ("emails[type eq \"work\" and value co \"corp\"]".to_owned(), vec![&ana]),
        ("emails[type eq \"work\"].value eq \"ana.v@corp.example\"".to_owned(), vec![&ana]),
        ("emails.value ew \"home.example\"".to_owned(), vec![&ana]),
        ("active eq false".to_owned(), vec![&bob]),
        ("userName sw \"b\" and not (active eq true)".to_owned(), vec![&bob]),
        ("name.familyName eq \"VERANO\"".to_owned(), vec![&ana, &bob]),
        (format!("id eq \"{ana}\""), vec![&ana]),
        (format!("groups.value eq \"{team}\""), vec![&ana]),
        ("groups[display eq \"data & friends\"]".to_owned(), vec![&ana]),
        ("externalId eq \"ext-bob\" and active eq true".to_owned(), vec![]),
        ("userName eq \"0b0f6b3e-no-such-user\"".to_owned(), vec![]),
        ("userName eq \"x' OR '1'='1\"".to_owned(), vec![]),
    ] {
        let found = scene.find("/Users", &filter).await.is(200);
        assert_eq!(ids(&found.body).iter().collect::<Vec<_>>(), wanted, "{filter}");
        assert_eq!(found.body["totalResults"], json!(wanted.len()), "{filter}");
    }
    for (filter, count) in [
        ("displayName eq \"DATA & friends\"".to_owned(), 1),
        (format!("members.value eq \"{ana}\""), 1),
        (format!("members[value eq \"{ana}\"]"), 1),
        (format!("members eq \"{ana}\" and displayName sw \"x\""), 0),
        (format!("not (members.value eq \"{ana}\")"), 1),
        ("members pr".to_owned(), 1),
        ("members.value eq \"nobody\"".to_owned(), 0),
        ("meta.created ge \"2020-01-01T00:00:00Z\"".to_owned(), 2),
    ] {
        let found = scene.find("/Groups", &filter).await.is(200);
        assert_eq!(found.body["totalResults"], json!(count), "{filter}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_are_not_looked_through() {
    let scene = Scene::set().await;
    let app = &scene.house().app;
    app.db
        .write(app.now(), |w| {
            let text = w.engine_sql("printf('%032x', n)", "LPAD(TO_HEX(n), 32, '0')");
            habilis::db::sql(format!(
                "WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 50001) \
                 INSERT INTO persons (id, email, name, folded, state, created_at) \
                 SELECT 'per_' || {text}, 'n' || n || '@example.com', 'N', 'n', 'invited', 0 FROM many"
            ))
            .run(w)?;
            Ok(())
        })
        .await
        .unwrap();
    scene.find("/Users", "name.familyName eq \"x\"").await.is_error(400, "tooMany");
    // What an index finds is found, and pages are told.
    assert_eq!(scene.find("/Users", "userName eq \"n50001@example.com\"").await.body["totalResults"], 1);
    let page = scene.get("/Users?startIndex=50002&count=10").await.is(200);
    assert_eq!((&page.body["totalResults"], ids(&page.body).len()), (&json!(50_002), 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_team_is_read_and_changed() {
    let scene = Scene::set().await;
    let app = &scene.house().app;
    app.db
        .write(app.now(), |w| {
            let text = w.engine_sql("printf('%032x', n)", "LPAD(TO_HEX(n), 32, '0')");
            habilis::db::sql(format!(
                "WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 3000) \
                 INSERT INTO persons (id, email, name, folded, state, created_at) \
                 SELECT 'per_' || {text}, 'n' || n || '@example.com', 'N', 'n', 'invited', 0 FROM many"
            ))
            .run(w)?;
            Ok(())
        })
        .await
        .unwrap();
    let all: Vec<Value> = (1..=3_000).map(|n| json!({ "value": format!("per_{n:032x}") })).collect();
    let body = json!({ "schemas": [GROUP], "displayName": "Everybody", "members": all });
    let made = scene.post("/Groups", &body).await.is(201);
    assert_eq!(made.body["members"].as_array().unwrap().len(), 3_000);
    let path = format!("/Groups/{}", made.id());
    let some: Vec<Value> =
        (1..=1_000).map(|n| json!({ "op": "remove", "path": format!("members[value eq \"per_{n:032x}\"]") })).collect();
    scene.patch(&path, Value::Array(some)).await.is(204);
    let left = sent(scene.request(Method::GET, &path)).await.is(200);
    assert_eq!(left.body["members"].as_array().unwrap().len(), 2_000);
    assert_eq!(scene.actors("person.changed").await.len(), 4_000, "each step stands in the log");
}
