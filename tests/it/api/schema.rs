//! Whether an answer has the shape that the description promises: nothing missing, nothing that is not described.

use serde_json::Value;
use std::collections::BTreeMap;

/// Follows `$ref`.
fn resolved<'d>(document: &'d Value, mut schema: &'d Value) -> &'d Value {
    while let Some(reference) = schema["$ref"].as_str() {
        schema = document.pointer(&reference[1..]).unwrap_or_else(|| panic!("{reference} leads nowhere"));
    }
    schema
}

/// The fields of an object, and whether each must be there.
fn fields<'d>(document: &'d Value, schema: &'d Value) -> BTreeMap<&'d str, (&'d Value, bool)> {
    let schema = resolved(document, schema);
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let mut all: BTreeMap<_, _> = parts.flat_map(|part| fields(document, part)).collect();
    let needed: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(|name| name.as_str()).collect();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        all.insert(name, (field, needed.contains(&name.as_str())));
    }
    all
}

/// What fields of other names hold, where there may be such.
fn others<'d>(document: &'d Value, schema: &'d Value) -> Option<&'d Value> {
    let schema = resolved(document, schema);
    let own = Some(&schema["additionalProperties"]).filter(|more| more.is_object());
    own.or_else(|| schema["allOf"].as_array().into_iter().flatten().find_map(|part| others(document, part)))
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("no such type: {other}"),
    }
}

/// Holds a value against a schema of the document.
#[track_caller]
pub fn check(document: &Value, schema: &Value, value: &Value, place: &str) {
    let schema = resolved(document, schema);
    if let Some(ways) = schema["oneOf"].as_array() {
        let ways: Vec<&Value> = ways.iter().map(|way| resolved(document, way)).collect();
        let nothing = |way: &&Value| way["type"] == "null";
        match ways.iter().find(|way| value.is_null() == nothing(way)) {
            Some(way) if !value.is_null() => check(document, way, value, place),
            Some(_) => {}
            None => panic!("{place}: {value} fits none of {ways:?}"),
        }
        return;
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    assert!(kinds.is_empty() || kinds.iter().any(|kind| is_of(kind, value)), "{place}: {value} is no {kinds:?}");
    if let (Some(words), false) = (schema["enum"].as_array(), value.is_null()) {
        assert!(words.contains(value), "{place}: {value} is none of {words:?}");
    }
    if let Some(items) = value.as_array() {
        for item in items {
            check(document, &schema["items"], item, &format!("{place}[]"));
        }
    }
    let fields = fields(document, schema);
    if let (Some(object), false) = (value.as_object(), fields.is_empty()) {
        for (name, value) in object.iter().filter(|(name, _)| !fields.contains_key(name.as_str())) {
            let more = others(document, schema);
            let more = more.unwrap_or_else(|| panic!("{place}: the field {name} is not described"));
            check(document, more, value, &format!("{place}.{name}"));
        }
        for (name, (field, needed)) in fields {
            match object.get(name) {
                Some(value) => check(document, field, value, &format!("{place}.{name}")),
                None => assert!(!needed, "{place}: {name} is missing"),
            }
        }
    }
}
