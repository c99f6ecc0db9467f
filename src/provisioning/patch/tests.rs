//! Patches as Entra ID and Okta send them, and as RFC 7644, section 3.5.2, describes them.

use super::*;
use crate::provisioning::schema::{ENTERPRISE, MANAGER, PERSON, TEAM};
use serde_json::json;

fn object(value: Value) -> Document {
    let Value::Object(fields) = value else { panic!("{value}") };
    fields
}

fn ana() -> Document {
    object(json!({
        "userName": "ana@example.com", "active": true, "displayName": "Ana",
        "name": { "givenName": "Ana", "familyName": "Verano" },
        "emails": [{ "type": "work", "value": "ana@example.com", "primary": true }],
    }))
}

fn patched(schema: &Schema, before: Document, operations: Value) -> Result<Value, ScimRefusal> {
    let body = object(json!({ "schemas": [PATCH], "Operations": operations }));
    Ok(Value::Object(Patch::read(schema, &body)?.apply(schema, before)?))
}

#[track_caller]
fn person(operations: Value) -> Value {
    patched(&PERSON, ana(), operations).unwrap()
}

fn fault(operations: Value) -> Fault {
    match patched(&PERSON, ana(), operations) {
        Err(ScimRefusal::Request { fault, .. }) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn entra_is_understood() {
    assert_eq!(person(json!([{ "op": "Replace", "path": "active", "value": "False" }]))["active"], false);
    let after = person(
        json!([{ "op": "Replace", "value": { "active": "False", "name.familyName": "Gil", "displayName": "A. Gil",
        "emails[type eq \"work\"].value": "gil@example.com",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Data",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Data" } } }]),
    );
    assert_eq!(after["name"], json!({ "givenName": "Ana", "familyName": "Gil" }));
    assert_eq!((&after["active"], &after["displayName"]), (&json!(false), &json!("A. Gil")));
    assert_eq!(after["emails"], json!([{ "type": "work", "value": "gil@example.com", "primary": true }]));
    let after = person(json!([
        { "op": "Add", "path": "emails[type eq \"home\"].value", "value": "ana@example.org" },
        { "op": "Add", "path": "addresses[type eq \"work\"].formatted", "value": "ignored" },
        { "op": "Add", "path": "title", "value": "ignored" },
        { "op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": { "value": "1" } },
    ]));
    assert_eq!(after["emails"][1], json!({ "type": "home", "value": "ana@example.org" }));
    assert_eq!(after[MANAGER], json!({ "value": "1" }));
    assert!(after.get("title").is_none() && after.get("addresses").is_none());
    // A member is taken out by a list in the value, the others stay.
    let team =
        || object(json!({ "displayName": "T", "members": [{ "value": "a" }, { "value": "b" }, { "value": "c" }] }));
    let after =
        patched(&TEAM, team(), json!([{ "op": "Remove", "path": "members", "value": [{ "value": "b" }] }])).unwrap();
    assert_eq!(after["members"], json!([{ "value": "a" }, { "value": "c" }]));
    let after = patched(&TEAM, team(), json!([{ "op": "Remove", "path": "members[value eq \"a\"]" }])).unwrap();
    assert_eq!(after["members"], json!([{ "value": "b" }, { "value": "c" }]));
    let after = patched(
        &TEAM,
        team(),
        json!([{ "op": "Add", "path": "members", "value": [{ "value": "a" }, { "value": "d" }] }]),
    );
    assert_eq!(after.unwrap()["members"].as_array().unwrap().len(), 4);
    let after = patched(&TEAM, team(), json!([{ "op": "Remove", "path": "members" }])).unwrap();
    assert!(after.get("members").is_none());
}

#[test]
fn a_manager_is_named_and_taken_away_in_every_spelling() {
    for operation in [
        json!({ "op": "Add", "path": MANAGER, "value": { "value": "1" } }),
        json!({ "op": "Add", "path": MANAGER, "value": "1" }),
        json!({ "op": "replace", "path": MANAGER.to_lowercase(), "value": { "value": "1", "displayName": "Max" } }),
        json!({ "op": "replace", "path": format!("{MANAGER}.value"), "value": "1" }),
        json!({ "op": "replace", "path": ENTERPRISE, "value": { "manager": "1", "department": "Data" } }),
        json!({ "op": "add", "value": { MANAGER: { "value": "1" } } }),
        json!({ "op": "add", "value": { ENTERPRISE: { "manager": { "value": "1" }, "department": "Data" } } }),
    ] {
        assert_eq!(person(json!([operation.clone()]))[MANAGER], json!({ "value": "1" }), "{operation}");
    }
    let mut managed = ana();
    managed.insert(MANAGER.to_owned(), json!({ "value": "1" }));
    for operation in [
        json!({ "op": "Remove", "path": MANAGER }),
        json!({ "op": "remove", "path": format!("{MANAGER}.value") }),
        json!({ "op": "remove", "path": ENTERPRISE }),
        json!({ "op": "replace", "path": MANAGER, "value": null }),
    ] {
        let after = patched(&PERSON, managed.clone(), json!([operation.clone()])).unwrap();
        assert_eq!(after.get(MANAGER), None, "{operation}");
    }
    // Its bare name is no attribute of a person's, and its name is not the directory's to write.
    assert_eq!(person(json!([{ "op": "add", "path": "manager", "value": "1" }])), Value::Object(ana()));
    for (path, value, expected) in [
        (MANAGER.to_owned(), json!(1), Fault::Value),
        (ENTERPRISE.to_owned(), json!("1"), Fault::Value),
        (format!("{MANAGER}.displayName"), json!("Max"), Fault::Mutability),
    ] {
        assert_eq!(fault(json!([{ "op": "replace", "path": path, "value": value }])), expected, "{path}");
    }
}

#[test]
fn okta_is_understood() {
    assert_eq!(person(json!([{ "op": "replace", "value": { "active": false } }]))["active"], false);
    let team = object(json!({ "displayName": "T" }));
    let renamed = json!([{ "op": "replace", "value": { "id": "t", "displayName": "U" } }]);
    let refused = patched(&TEAM, team.clone(), renamed);
    // The id is the service's; the caller of this function stands for what is stored, without one.
    assert!(matches!(refused, Err(ScimRefusal::Request { fault: Fault::Mutability, .. })), "{refused:?}");
    let with_id = object(json!({ "id": "t", "displayName": "T" }));
    let renamed = json!([{ "op": "replace", "value": { "id": "t", "displayName": "U" } }]);
    assert_eq!(patched(&TEAM, with_id, renamed).unwrap()["displayName"], "U");
    let all = json!([{ "op": "replace", "path": "members", "value": [{ "value": "x", "display": "X" }] }]);
    assert_eq!(patched(&TEAM, team, all).unwrap()["members"], json!([{ "value": "x" }]));
}

#[test]
fn a_patch_follows_the_standard() {
    let after = person(json!([{ "op": "add", "path": "name", "value": { "middleName": "B." } }]));
    assert_eq!(after["name"], json!({ "givenName": "Ana", "familyName": "Verano", "middleName": "B." }));
    let after =
        person(json!([{ "op": "remove", "path": "name.givenName" }, { "op": "remove", "path": "DISPLAYNAME" }]));
    assert_eq!((&after["name"], after.get("displayName")), (&json!({ "familyName": "Verano" }), None));
    let after =
        person(json!([{ "op": "add", "value": { "emails": [{ "value": "x@example.com", "primary": true }] } }]));
    assert_eq!(
        after["emails"],
        json!([{ "type": "work", "value": "ana@example.com" }, { "value": "x@example.com", "primary": true }])
    );
    let after =
        person(json!([{ "op": "replace", "path": "emails[type eq \"work\"]", "value": { "value": "y@example.com" } }]));
    assert_eq!(after["emails"], json!([{ "value": "y@example.com" }]));
    let after = person(
        json!([{ "op": "remove", "path": "emails[type eq \"work\"]" }, { "op": "remove", "path": "emails[type eq \"x\"]" }]),
    );
    assert_eq!(after.get("emails"), None);
    let after = person(json!([{ "op": "replace", "path": "displayName", "value": null }]));
    assert_eq!(after.get("displayName"), None);
    // What is there already stays once.
    let same = json!({ "type": "work", "value": "ana@example.com", "primary": true });
    assert_eq!(
        person(json!([{ "op": "add", "path": "emails", "value": [same] }]))["emails"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn what_is_no_patch_is_refused() {
    for (operations, expected) in [
        (json!([{ "op": "move", "path": "active", "value": true }]), Fault::Syntax),
        (json!([{ "path": "active", "value": true }]), Fault::Syntax),
        (json!([1]), Fault::Syntax),
        (json!([{ "op": "add", "path": "active" }]), Fault::Value),
        (json!([{ "op": "add", "value": "x" }]), Fault::Value),
        (json!([{ "op": "add", "path": "active", "value": "perhaps" }]), Fault::Value),
        (json!([{ "op": "add", "path": "displayName", "value": 7 }]), Fault::Value),
        (json!([{ "op": "add", "path": "emails", "value": "x@example.com" }]), Fault::Value),
        (json!([{ "op": "remove" }]), Fault::NoTarget),
        (
            json!([{ "op": "replace", "path": "emails[type eq \"x\"].value", "value": "x@example.com" }]),
            Fault::NoTarget,
        ),
        (
            json!([{ "op": "add", "path": "emails[type pr].display", "value": "x" }, { "op": "add", "path": "emails[not (type pr)].value", "value": "x" }]),
            Fault::NoTarget,
        ),
        (json!([{ "op": "replace", "path": "id", "value": "x" }]), Fault::Mutability),
        (json!([{ "op": "replace", "path": "groups", "value": [] }]), Fault::Mutability),
        (json!([{ "op": "replace", "path": "meta.version", "value": "x" }]), Fault::Mutability),
        (json!([{ "op": "remove", "path": "userName" }]), Fault::Mutability),
        (json!([{ "op": "remove", "path": "active" }]), Fault::Mutability),
        (json!([{ "op": "replace", "path": "active", "value": null }]), Fault::Mutability),
        (json!([{ "op": "remove", "path": "emails[" }]), Fault::Path),
        (json!([{ "op": "remove", "path": 5 }]), Fault::Path),
        (json!([{ "op": "add", "path": "name[givenName eq \"Ana\"]", "value": {} }]), Fault::Path),
        (Value::Array(vec![json!({ "op": "remove", "path": "title" }); 1_001]), Fault::Large),
    ] {
        assert_eq!(fault(operations.clone()), expected, "{operations}");
    }
    let without = object(json!({ "Operations": [] }));
    assert!(Patch::read(&PERSON, &without).is_err(), "it does not say that it is a patch");
}
