//! What RFC 7643 and 7644 ask of every service: discovery, resources, versions, selections, errors.

use super::scene::{ENTERPRISE, GROUP, Scene, USER, sent, user};
use crate::support::person_id;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discovery_tells_what_works_and_no_more() {
    let scene = Scene::set().await;
    let config = scene.get("/ServiceProviderConfig").await.is(200);
    assert_eq!(config.header("content-type"), "application/scim+json");
    for (feature, works) in
        [("patch", true), ("bulk", false), ("filter", true), ("changePassword", false), ("sort", false), ("etag", true)]
    {
        assert_eq!(config.body[feature]["supported"], works, "{feature}");
    }
    assert_eq!(config.body["authenticationSchemes"][0]["type"], "oauthbearertoken");
    let types = scene.get("/ResourceTypes").await.is(200);
    assert_eq!((&types.body["totalResults"], &types.body["Resources"][1]["endpoint"]), (&json!(2), &json!("/Groups")));
    let one = scene.get("/ResourceTypes/User").await.is(200);
    assert_eq!(one.body["schema"], USER);
    let schema = scene.get(&format!("/Schemas/{GROUP}")).await.is(200);
    assert_eq!(schema.body["attributes"][0]["name"], "displayName");
    assert_eq!(scene.get("/Schemas").await.is(200).body["totalResults"], 3);
    assert_eq!(one.body["schemaExtensions"], json!([{ "schema": ENTERPRISE, "required": false }]));
    let extension = scene.get(&format!("/Schemas/{ENTERPRISE}")).await.is(200);
    assert_eq!(extension.body["attributes"][0]["name"], "manager");
    assert_eq!(extension.body["attributes"][0]["subAttributes"][2]["mutability"], "readOnly");
    scene.get("/Schemas/urn:nothing").await.is_error(404, "");
    scene.find("/Schemas", "id pr").await.is_error(403, "");
    // What it says it does not do, it does not.
    for path in ["/Bulk", "/Me", "/.search"] {
        scene.post(path, &json!({})).await.is_error(501, "");
    }
    scene.get("/Nothing").await.is_error(404, "");
    sent(scene.served.call(Method::GET, "/scim/v1/Users").bearer_auth(&scene.token)).await.is_error(400, "invalidVers");
    let refused = scene.delete("/Users").await;
    refused.is_error(405, "");
    assert_eq!(refused.header("allow"), "GET, HEAD, POST");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_made_read_replaced_and_let_go() {
    let scene = Scene::set().await;
    let mut ana = user("Ana@Example.com");
    ana["title"] = json!("Analyst");
    ana["password"] = json!("secret words that nobody keeps");
    ana["roles"] = json!([{ "value": "admin" }]);
    ana["groups"] = json!([{ "value": "privacy" }]);
    ana["preferredLanguage"] = json!("fr-FR");
    ana["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] = json!({ "department": "Data" });
    let made = scene.post("/Users", &ana).await.is(201);
    let (id, tag) = (made.id(), made.header("etag").to_owned());
    assert_eq!(made.header("location"), made.body["meta"]["location"].as_str().unwrap());
    assert!(made.header("location").ends_with(&format!("/scim/v2/Users/{id}")));
    assert_eq!((&made.body["userName"], &made.body["active"]), (&json!("ana@example.com"), &json!(true)));
    assert_eq!((&made.body["meta"]["version"], &made.body["meta"]["resourceType"]), (&json!(tag), &json!("User")));
    for ignored in
        ["title", "password", "roles", "groups", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
    {
        assert!(made.body.get(ignored).is_none(), "{ignored}");
    }
    let path = format!("/Users/{id}");
    let read = scene.get(&path).await.is(200);
    assert_eq!((&read.body, read.header("etag")), (&made.body, tag.as_str()));
    // The house has the person, invited, with nothing but an account.
    let admin = scene.house().bearer(&scene.house().admin).await;
    let (_, known) = scene.served.api(&admin, Method::GET, &format!("/api/v1/people/{id}"), Value::Null).await;
    let person = &known["person"];
    assert_eq!((&person["email"], &person["state"]), (&json!("ana@example.com"), &json!("invited")), "{known}");
    assert_eq!(person["capabilities"], json!({ "admin": false, "auditor": false, "author": false }));
    assert_eq!(person["language"], "fr");
    assert_eq!(scene.actors("person.provisioned").await.len(), 1);
    assert!(scene.actors("person.provisioned").await[0].starts_with("directory:prv_"));

    let mut other = user("ana.gil@example.com");
    other["externalId"] = json!("e-2");
    other["name"] = json!({ "formatted": "Ana Gil" });
    other.as_object_mut().unwrap().remove("active");
    let replaced = scene.put(&path, &other).await.is(200);
    assert_ne!(replaced.header("etag"), tag);
    assert_eq!(
        (&replaced.body["userName"], &replaced.body["externalId"]),
        (&json!("ana.gil@example.com"), &json!("e-2"))
    );
    assert_eq!((&replaced.body["name"], &replaced.body["active"]), (&json!({ "formatted": "Ana Gil" }), &json!(true)));
    assert_eq!(replaced.body.get("preferredLanguage"), None);
    // Nothing changes by saying the same again.
    let again = scene.put(&path, &other).await.is(200);
    assert_eq!(again.body, replaced.body);

    assert_eq!(scene.delete(&path).await.is(204).body, "");
    for reply in [scene.get(&path).await, scene.put(&path, &other).await, scene.delete(&path).await] {
        reply.is_error(404, "");
    }
    scene.patch(&path, json!([{ "op": "replace", "path": "active", "value": true }])).await.is_error(404, "");
    assert_eq!(scene.find("/Users", "userName eq \"ana.gil@example.com\"").await.body["totalResults"], 0);
    // Nobody is deleted: the records stay, and the same person comes back under the same id (RFC 7644, section 3.6).
    let back = scene.post("/Users", &other).await.is(201);
    assert_eq!((back.id(), &back.body["active"]), (id, &json!(true)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions_keep_two_writers_apart() {
    let scene = Scene::set().await;
    let path = format!("/Users/{}", scene.person("ana@example.com").await);
    let team = format!("/Groups/{}", scene.team("Sales", &[]).await);
    for (path, schema, field) in [(&path, USER, "displayName"), (&team, GROUP, "displayName")] {
        let read = scene.get(path).await.is(200);
        let tag = read.header("etag").to_owned();
        let unchanged = sent(scene.request(Method::GET, path).header("if-none-match", &tag)).await;
        assert_eq!((unchanged.status, unchanged.header("etag")), (304, tag.as_str()));
        let mut body = read.body.clone();
        body[field] = json!("Other");
        assert_eq!(body["schemas"][0], schema);
        let write = |method: Method, tag: &str| {
            let request =
                scene.request(method, path).header("if-match", tag).header("content-type", "application/json");
            request.body(body.to_string())
        };
        sent(write(Method::PUT, "W/\"stale\"")).await.is_error(412, "");
        sent(write(Method::DELETE, "W/\"stale\"")).await.is_error(412, "");
        sent(write(Method::PUT, &tag)).await.is(200);
        sent(write(Method::PUT, &tag)).await.is_error(412, "");
        sent(write(Method::PUT, "*")).await.is(200);
        let changed = sent(scene.request(Method::GET, path).header("if-none-match", &tag)).await.is(200);
        assert_eq!(changed.body[field], "Other");
        let several = format!("\"other\", {}", changed.header("etag"));
        sent(write(Method::DELETE, &several)).await.is(204);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_carry_what_is_asked_for() {
    let scene = Scene::set().await;
    let id = scene.person("ana@example.com").await;
    let names = |body: &Value| body.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let one = scene.get(&format!("/Users/{id}?attributes=USERNAME,name.familyName,nothing")).await.is(200);
    assert_eq!(names(&one.body), ["id", "name", "schemas", "userName"]);
    assert_eq!(one.body["name"], json!({ "familyName": "Verano" }));
    let one = scene.get(&format!("/Users/{id}?excludedAttributes=emails,id,name.givenName,{USER}:displayName")).await;
    assert_eq!(one.body["id"], json!(id), "what is always returned stays");
    assert_eq!((one.body.get("emails"), one.body.get("displayName")), (None, None));
    assert_eq!(one.body["name"], json!({ "familyName": "Verano" }));
    let listed = scene.get("/Users?attributes=userName&filter=userName%20sw%20%22ana%22").await;
    assert_eq!(names(&listed.body["Resources"][0]), ["id", "schemas", "userName"]);
    let team = scene.team("Sales", &[&id]).await;
    let without = scene.get(&format!("/Groups/{team}?excludedAttributes=members")).await.is(200);
    assert_eq!((without.body.get("members"), without.header("etag")), (None, ""));
    let patched = json!({ "schemas": [super::scene::PATCH], "Operations": [{ "op": "remove", "path": "members" }] });
    let shown = scene.send(Method::PATCH, &format!("/Groups/{team}?attributes=displayName"), &patched).await.is(200);
    assert_eq!(names(&shown.body), ["displayName", "id", "schemas"]);
    scene.get("/Users?attributes=a..b").await.is_error(400, "invalidPath");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_told_in_the_standards_words() {
    let scene = Scene::set().await;
    let id = scene.person("ana@example.com").await;
    scene.person("bob@example.com").await;
    let path = format!("/Users/{id}");
    let with = |name: &str, value: Value| {
        let mut body = user("carl@example.com");
        body[name] = value;
        body
    };
    for (body, word) in [
        (with("active", json!("perhaps")), "invalidValue"),
        (with("active", json!(1)), "invalidValue"),
        (with("userName", json!(7)), "invalidValue"),
        (with("userName", json!("carl")), "invalidValue"),
        (with("userName", json!("")), "invalidValue"),
        (with("userName", Value::Null), "invalidValue"),
        (with("name", json!("Carl")), "invalidValue"),
        (with("emails", json!("carl@example.com")), "invalidValue"),
        (with("emails", json!(["carl@example.com"])), "invalidValue"),
        (with("emails", json!([{ "value": "carl" }])), "invalidValue"),
        (
            with("emails", json!([{ "value": "a@b.c", "primary": true }, { "value": "b@b.c", "primary": true }])),
            "invalidValue",
        ),
        (with("timezone", json!("Mars/Olympus")), "invalidValue"),
        (with("displayName", json!("x".repeat(101))), "invalidValue"),
        (with("displayName", json!("nul\u{0}")), "invalidValue"),
        (with("USERNAME", json!("carl@example.com")), "invalidSyntax"),
        (with("schemas", json!([GROUP])), "invalidSyntax"),
        (with("schemas", Value::Null), "invalidSyntax"),
        (json!([]), "invalidSyntax"),
    ] {
        scene.post("/Users", &body).await.is_error(400, word);
    }
    scene.post("/Users", &with("userName", json!("ANA@example.com"))).await.is_error(409, "uniqueness");
    scene.post("/Users", &with("externalId", json!("ext-ana"))).await.is_error(409, "uniqueness");
    assert_eq!(scene.post("/Users", &with("externalId", json!("EXT-ANA"))).await.status, 201, "its case matters");
    for (field, value) in [("userName", "bob@example.com"), ("externalId", "ext-bob")] {
        scene
            .patch(&path, json!([{ "op": "replace", "path": field, "value": value }]))
            .await
            .is_error(409, "uniqueness");
    }
    for (filter, word) in
        [("userName", "invalidFilter"), ("active gt true", "invalidFilter"), ("name eq \"x\"", "invalidFilter")]
    {
        scene.find("/Users", filter).await.is_error(400, word);
    }
    for (operation, word) in [
        (json!({ "op": "replace", "path": "emails[type eq", "value": "x" }), "invalidPath"),
        (json!({ "op": "replace", "path": "emails[type eq \"x\"].value", "value": "x@x.x" }), "noTarget"),
        (json!({ "op": "remove" }), "noTarget"),
        (json!({ "op": "replace", "path": "id", "value": "per_x" }), "mutability"),
        (json!({ "op": "remove", "path": "userName" }), "mutability"),
        (json!({ "op": "replace", "path": "userName", "value": "x" }), "invalidValue"),
        (json!({ "op": "swap", "path": "userName" }), "invalidSyntax"),
    ] {
        scene.patch(&path, json!([operation])).await.is_error(400, word);
    }
    let raw = |kind: &str, body: &'static str| {
        scene.request(Method::POST, "/Users").header("content-type", kind.to_owned()).body(body)
    };
    sent(raw("application/scim+json", "{")).await.is_error(400, "invalidSyntax");
    sent(raw("text/plain", "{}")).await.is_error(415, "");
    sent(raw("application/json; charset=utf-8", "{}")).await.is_error(400, "invalidSyntax");
    scene.get("/Users/per_0").await.is_error(404, "");
    scene.get("/Groups/nothing").await.is_error(404, "");
    // Nothing of all that changed anybody, and what was tried stands in the log.
    assert_eq!(scene.get(&path).await.body["userName"], "ana@example.com");
    assert!(scene.actors("refused").await.iter().all(|actor| actor.starts_with("directory:")));
    assert!(scene.actors("refused").await.len() > 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_of_the_house_is_known_to_the_directory() {
    let scene = Scene::set().await;
    let (ana, _) = scene.served.person("Ana Verano").await;
    let found = scene.find("/Users", "userName eq \"ANA.verano@example.com\"").await.is(200);
    assert_eq!(found.body["totalResults"], 1);
    let one = &found.body["Resources"][0];
    assert_eq!((&one["id"], &one["displayName"]), (&json!(person_id(&ana)), &json!("Ana Verano")));
    assert_eq!(one["emails"], json!([{ "type": "work", "value": "ana.verano@example.com", "primary": true }]));
    let path = format!("/Users/{}", person_id(&ana));
    let named = json!([{ "op": "Add", "path": "externalId", "value": "e-9" }, { "op": "Add", "path": "name.givenName", "value": "Ana" }]);
    let after = scene.patch(&path, named).await.is(200);
    assert_eq!((&after.body["externalId"], &after.body["displayName"]), (&json!("e-9"), &json!("Ana Verano")));
    assert_eq!(scene.find("/Users", "externalId eq \"e-9\"").await.body["totalResults"], 1);
    assert_eq!(scene.find("/Users", "externalId eq \"E-9\"").await.body["totalResults"], 0);
}
