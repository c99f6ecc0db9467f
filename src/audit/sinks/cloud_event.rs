//! Events as CloudEvents 1.0 (cloudevents.io), in the JSON format: what subscribers read, under a schema that only grows.

use super::super::{event::What, log::entry::Kept};
use serde_json::{Value, json};

/// Where the schema of `data` stands, under the service's address. The number changes where something is taken away or means
/// something else, and not where something is added.
pub const SCHEMA: &str = "/schemas/event-1.json";

/// What the types of events begin with.
const TYPE: &str = "habilis.";

/// An event at its place in the log. Addresses, and words that people wrote, are not in it: what left the house could not be
/// erased there. `issuer` is the service's address.
#[must_use]
pub fn cloud_event(issuer: &str, position: u64, kept: &Kept) -> Value {
    let data: Value = serde_json::from_str(&kept.data).unwrap_or_default();
    let subject = kept.subject.as_ref().or(kept.person.as_ref()).or(kept.role.as_ref());
    let mut event = json!({
        "specversion": "1.0",
        "id": kept.id,
        "source": format!("{issuer}/log"),
        "type": format!("{TYPE}{}", kept.kind),
        "time": format!("{:.6}", kept.at.timestamp()),
        "datacontenttype": "application/json",
        "dataschema": format!("{issuer}{SCHEMA}"),
        "data": {
            "position": position,
            "kind": kept.kind,
            "outcome": kept.outcome,
            "actor": kept.actor,
            "person": kept.person,
            "role": kept.role,
            "subject": kept.subject,
            "details": data,
        },
    });
    if let (Some(fields), Some(subject)) = (event.as_object_mut(), subject) {
        fields.insert("subject".to_owned(), json!(subject));
    }
    event
}

/// The JSON schema (draft 2020-12) of the `data` of an event.
#[must_use]
pub fn schema(issuer: &str) -> Value {
    let text = json!({ "type": "string" });
    let maybe = json!({ "type": ["string", "null"] });
    let kinds: Vec<&str> = What::ALL.iter().map(|what| what.word()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("{issuer}{SCHEMA}"),
        "title": "An event of Habilis",
        "description": "Members and kinds are added; none is taken away, and none changes its meaning.",
        "type": "object",
        "required": ["position", "kind", "outcome", "actor", "person", "role", "subject", "details"],
        "properties": {
            "position": { "type": "integer", "minimum": 0, "description": "Its place in the log, without gaps." },
            "kind": { "type": "string", "examples": kinds },
            "outcome": { "enum": ["done", "refused"] },
            "actor": text,
            "person": maybe,
            "role": maybe,
            "subject": maybe,
            "details": { "type": "object", "description": "Codes, ids, instants and figures, by kind." },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clock::Time;

    #[test]
    fn an_event_has_the_members_that_the_standard_asks_for() {
        let kept = Kept {
            id: "evt_1".to_owned(),
            at: Time::parse("2026-03-01T09:00:00Z").unwrap(),
            kind: "grant.ended".to_owned(),
            outcome: "done".to_owned(),
            actor: "system:sweep".to_owned(),
            person: Some("per_1".to_owned()),
            role: Some("analyst".to_owned()),
            subject: Some("gra_1".to_owned()),
            address: "10.0.0.1".to_owned(),
            data: "{\"reason\":\"expired\"}".to_owned(),
            address_commitment: Some("aa".to_owned()),
            texts_commitment: None,
        };
        let event = cloud_event("https://a.example.com", 7, &kept);
        for (name, value) in [
            ("specversion", "1.0"),
            ("id", "evt_1"),
            ("source", "https://a.example.com/log"),
            ("type", "habilis.grant.ended"),
            ("subject", "gra_1"),
            ("time", "2026-03-01T09:00:00.000000Z"),
            ("dataschema", "https://a.example.com/schemas/event-1.json"),
        ] {
            assert_eq!(event[name], value, "{name}");
        }
        assert_eq!((&event["data"]["position"], &event["data"]["details"]["reason"]), (&json!(7), &json!("expired")));
        assert!(!event.to_string().contains("10.0.0.1"), "no address leaves");
        let schema = schema("https://a.example.com");
        for member in schema["required"].as_array().unwrap() {
            assert!(event["data"].get(member.as_str().unwrap()).is_some(), "{member}");
        }
        assert_eq!(event["data"].as_object().unwrap().len(), schema["properties"].as_object().unwrap().len());
    }
}
