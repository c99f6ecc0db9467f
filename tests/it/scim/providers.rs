//! The sequences that Entra ID and Okta send, as their makers document them.

use super::scene::{ENTERPRISE, GROUP, Scene, USER};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entra_id_provisions_changes_and_disables() {
    let scene = Scene::set().await;
    // "Test connection": somebody who is not there.
    let nobody = scene.find("/Users", "userName eq \"7f3c0e0e-5f3c-4b2e-9a63-0b8c1d2e3f40\"").await.is(200);
    assert_eq!((&nobody.body["totalResults"], &nobody.body["Resources"]), (&json!(0), &json!([])));
    // A new user, after looking for them.
    assert_eq!(scene.find("/Users", "externalId eq \"ana.verano\"").await.body["totalResults"], 0);
    let made = json!({
        "schemas": [USER, ENTERPRISE], "externalId": "ana.verano", "userName": "ana.verano@contoso.example", "active": true,
        "addresses": null, "displayName": "Ana Verano", "emails": [{ "primary": true, "type": "work", "value": "ana.v@contoso.example" }],
        "meta": { "resourceType": "User" }, "name": { "formatted": "Ana Verano", "familyName": "Verano", "givenName": "Ana" },
        "phoneNumbers": null, "preferredLanguage": "es", "title": null, "roles": [],
        ENTERPRISE: { "department": null, "manager": null },
    });
    let id = scene.post("/Users", &made).await.is(201).id();
    let path = format!("/Users/{id}");
    // A change of several attributes.
    let changed = json!([
        { "op": "Add", "path": "nickName", "value": "Ani" },
        { "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "ana@contoso.example" },
        { "op": "Replace", "path": "name.familyName", "value": "Gil" },
        { "op": "Add", "path": format!("{ENTERPRISE}:department"), "value": "Data" },
    ]);
    let after = scene.patch(&path, changed).await.is(200);
    assert_eq!(
        (&after.body["emails"][0]["value"], &after.body["name"]["familyName"]),
        (&json!("ana@contoso.example"), &json!("Gil"))
    );
    // Without a path, names with dots in the value.
    let flat = json!([{ "op": "Replace", "value": { "displayName": "Ana Gil", "name.givenName": "Ana M.", "userName": "ana.gil@contoso.example",
        format!("{ENTERPRISE}:employeeNumber"): "7" } }]);
    let after = scene.patch(&path, flat).await.is(200);
    assert_eq!(
        (&after.body["displayName"], &after.body["userName"]),
        (&json!("Ana Gil"), &json!("ana.gil@contoso.example"))
    );
    assert_eq!(after.body["name"]["givenName"], "Ana M.");
    // Taken out of scope: a word for a truth value.
    let off = json!([{ "op": "Replace", "path": "active", "value": "False" }]);
    assert_eq!(scene.patch(&path, off).await.is(200).body["active"], false);
    let found = scene.find("/Users", "userName eq \"ana.gil@contoso.example\"").await;
    assert_eq!(found.body["Resources"][0]["active"], false, "who is disabled is still there to be found");
    let on = json!([{ "op": "Replace", "path": "active", "value": "True" }]);
    assert_eq!(scene.patch(&path, on).await.is(200).body["active"], true);

    // A group: looked for without its members, made empty, filled by patches.
    let looked = "/Groups?excludedAttributes=members&filter=displayName%20eq%20%22Data%20Team%22";
    assert_eq!(scene.get(looked).await.is(200).body["totalResults"], 0);
    let group = json!({ "schemas": [GROUP, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
        "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159", "displayName": "Data Team", "meta": { "resourceType": "Group" } });
    let group = scene.post("/Groups", &group).await.is(201).id();
    let path = format!("/Groups/{group}");
    scene
        .patch(&path, json!([{ "op": "Add", "path": "members", "value": [{ "$ref": null, "value": id }] }]))
        .await
        .is(204);
    let read = scene.get(&format!("{path}?excludedAttributes=members")).await.is(200);
    assert_eq!((read.body.get("members"), &read.body["displayName"]), (None, &json!("Data Team")));
    scene.patch(&path, json!([{ "op": "Replace", "path": "displayName", "value": "Data Team II" }])).await.is(204);
    let member = format!("members.value eq \"{id}\" and id eq \"{group}\"");
    assert_eq!(scene.find("/Groups", &member).await.body["totalResults"], 1);
    scene
        .patch(&path, json!([{ "op": "Remove", "path": "members", "value": [{ "$ref": null, "value": id }] }]))
        .await
        .is(204);
    assert_eq!(scene.find("/Groups", &member).await.body["totalResults"], 0);
    scene.delete(&path).await.is(204);
    // Thirty days later.
    scene.delete(&format!("/Users/{id}")).await.is(204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn okta_provisions_pushes_groups_and_deactivates() {
    let scene = Scene::set().await;
    // The connector's first looks.
    scene.get("/Users?startIndex=1&count=2").await.is(200);
    scene.get("/Groups?startIndex=1&count=100").await.is(200);
    let nobody =
        scene.get("/Users?filter=userName%20eq%20%22test.user%40okta.example%22&startIndex=1&count=100").await.is(200);
    assert_eq!((&nobody.body["totalResults"], &nobody.body["startIndex"]), (&json!(0), &json!(1)));
    let mut user = json!({
        "schemas": [USER], "userName": "test.user@okta.example", "name": { "givenName": "Test", "familyName": "User" },
        "emails": [{ "primary": true, "value": "test.user@okta.example", "type": "work" }], "displayName": "Test User",
        "locale": "en-US", "externalId": "00ujl29u0le5T6Aj10h7", "groups": [], "password": "1mz050nq", "active": true,
    });
    let made = scene.post("/Users", &user).await.is(201);
    assert_eq!(made.body.get("password"), None);
    let (id, path) = (made.id(), format!("/Users/{}", made.id()));
    scene.post("/Users", &user).await.is_error(409, "uniqueness");
    scene.get("/Users/00000000").await.is_error(404, "");
    // A profile push replaces the whole, after reading it.
    let read = scene.get(&path).await.is(200);
    user = read.body;
    user["name"]["familyName"] = json!("Changed");
    user["displayName"] = json!("Test Changed");
    let put = scene.put(&path, &user).await.is(200);
    assert_eq!((&put.body["name"]["familyName"], &put.body["active"]), (&json!("Changed"), &json!(true)));
    // Group push.
    let group = json!({ "schemas": [GROUP], "displayName": "Test SCIMv2", "members": [] });
    let group = scene.post("/Groups", &group).await.is(201).id();
    let place = format!("/Groups/{group}");
    let renamed = json!([{ "op": "replace", "value": { "id": group, "displayName": "Test SCIMv2 renamed" } }]);
    scene.patch(&place, renamed).await.is(204);
    let added =
        json!([{ "op": "add", "path": "members", "value": [{ "value": id, "display": "test.user@okta.example" }] }]);
    scene.patch(&place, added).await.is(204);
    let replaced = json!([{ "op": "replace", "path": "members", "value": [{ "value": id, "display": "x" }] }]);
    scene.patch(&place, replaced).await.is(204);
    assert_eq!(scene.get(&place).await.body["members"].as_array().unwrap().len(), 1);
    let removed = json!([{ "op": "remove", "path": format!("members[value eq \"{id}\"]") }]);
    scene.patch(&place, removed).await.is(204);
    assert_eq!(scene.get(&place).await.body.get("members"), None);
    scene.delete(&place).await.is(204);
    // Deactivated, and active again.
    for active in [false, true] {
        let patched = scene.patch(&path, json!([{ "op": "replace", "value": { "active": active } }])).await.is(200);
        assert_eq!(patched.body["active"], active);
    }
    user["active"] = json!(false);
    assert_eq!(scene.put(&path, &user).await.is(200).body["active"], false);
    // A push without a word on it does not let anybody in.
    user.as_object_mut().unwrap().remove("active");
    assert_eq!(scene.put(&path, &user).await.is(200).body["active"], false);
    assert_eq!(user["schemas"], Value::Array(vec![json!(USER)]));
}
