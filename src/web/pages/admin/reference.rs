//! `/api`: the reference of the API, drawn from its OpenAPI document (OpenAPI 3.1).

use crate::web::{
    api::openapi,
    kit::{caller::Caller, desk::Desk, failure::Failure},
    views::reference::{ApiField, ApiGroup, ApiReference, ApiResponse, Operation},
};
use actix_web::{
    HttpResponse,
    web::{Data, Query, ServiceConfig, get},
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

/// The document, read once.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(openapi::json()).unwrap_or_default());

/// More operations than this are shown a group a page, so that a page stays small.
const WHOLE: usize = 12;
/// How deep the fields of objects inside objects are told.
const DEEP: usize = 3;
/// The methods, in the order in which they are shown.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/api", get().to(show));
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    group: String,
}

async fn show(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let view = reference(&DOCUMENT, desk.app.settings.issuer(), &asked.group);
    desk.page(&caller, view).await
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The document as a page; `group` says which group is opened where they do not fit on one.
fn reference(document: &Value, base: String, group: &str) -> ApiReference {
    let mut groups: Vec<ApiGroup> = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let Some(found) = item.get(method) else { continue };
            let name = found.pointer("/tags/0").and_then(Value::as_str).unwrap_or("other").to_owned();
            let id: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
            let operation = operation(document, path, method, item, found);
            match groups.iter_mut().find(|known| known.id == id) {
                Some(known) => known.operations.push(operation),
                None => {
                    groups.push(ApiGroup { href: String::new(), count: 0, operations: vec![operation], id, name });
                }
            }
        }
    }
    // Groups stand in the document's own order of tags, where it has one.
    let order: Vec<&str> = document
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|tag| tag.get("name")?.as_str())
        .collect();
    groups.sort_by_key(|group| order.iter().position(|name| *name == group.name).unwrap_or(usize::MAX));
    let many = groups.iter().map(|group| group.operations.len()).sum::<usize>() > WHOLE;
    let open = groups.iter().position(|known| known.id == group).unwrap_or(0);
    for (place, group) in groups.iter_mut().enumerate() {
        group.count = super::shown::count(group.operations.len());
        group.href = if many { format!("/api?group={}", group.id) } else { format!("#{}", group.id) };
        if many && place != open {
            group.operations.clear();
        }
    }
    ApiReference {
        version: document.pointer("/info/version").and_then(Value::as_str).unwrap_or("1").to_owned(),
        base,
        groups,
    }
}

fn operation(document: &Value, path: &str, method: &str, item: &Value, found: &Value) -> Operation {
    let shared = item.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let own = found.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let parameters = shared
        .chain(own)
        .map(|parameter| resolved(document, parameter))
        .map(|parameter| ApiField {
            name: text(parameter, "name"),
            place: text(parameter, "in"),
            kind: parameter.get("schema").map_or_else(|| "text".to_owned(), |schema| kind(document, schema)),
            required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
            description: text(parameter, "description"),
        })
        .collect();
    let body = found.get("requestBody").map(|body| resolved(document, body));
    let request_fields = body.and_then(schema_of).map(|schema| fields(document, schema)).unwrap_or_default();
    let responses = found
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(status, response)| {
            let response = resolved(document, response);
            let good = status.starts_with('2');
            ApiResponse {
                good,
                description: text(response, "description"),
                // Every refusal is the same problem document; it is told once, in the words above.
                fields: schema_of(response).filter(|_| good).map(|schema| fields(document, schema)).unwrap_or_default(),
                status: status.clone(),
            }
        })
        .collect();
    Operation {
        method: method.to_owned(),
        path: path.to_owned(),
        summary: text(found, "summary"),
        description: text(found, "description"),
        parameters,
        request_fields,
        responses,
    }
}

/// What a `$ref` inside the document points to.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| document.pointer(target)).unwrap_or(value)
}

/// The schema of a body or of an answer, by the first media type.
fn schema_of(value: &Value) -> Option<&Value> {
    value.get("content")?.as_object()?.values().next()?.get("schema")
}

fn fields(document: &Value, schema: &Value) -> Vec<ApiField> {
    let mut all = Vec::new();
    collect(document, schema, "", 0, &mut all);
    all
}

fn collect(document: &Value, schema: &Value, before: &str, depth: usize, all: &mut Vec<ApiField>) {
    let schema = resolved(document, schema);
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        collect(document, part, before, depth, all);
    }
    if let Some(items) = schema.get("items").filter(|_| schema.get("properties").is_none()) {
        collect(document, items, &format!("{before}[]"), depth, all);
        return;
    }
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let whole = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        let inner = resolved(document, property);
        let said = text(property, "description");
        all.push(ApiField {
            kind: kind(document, property),
            place: "body".to_owned(),
            required: required.contains(&name.as_str()),
            description: if said.is_empty() { text(inner, "description") } else { said },
            name: whole.clone(),
        });
        let nested = inner.get("properties").is_some()
            || inner.get("items").is_some_and(|items| resolved(document, items).get("properties").is_some());
        if nested && depth + 1 < DEEP {
            collect(document, inner, &whole, depth + 1, all);
        }
    }
}

/// A schema's type in a word or two.
fn kind(document: &Value, schema: &Value) -> String {
    let schema = resolved(document, schema);
    for several in ["oneOf", "anyOf"] {
        if let Some(parts) = schema.get(several).and_then(Value::as_array) {
            let mut words: Vec<String> =
                parts.iter().map(|part| kind(document, part)).filter(|word| word != "null").collect();
            words.dedup();
            return words.join(" or ");
        }
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words
            .iter()
            .map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(", ");
    }
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => {
            several.iter().filter_map(Value::as_str).filter(|word| *word != "null").collect()
        }
        _ => vec![],
    };
    match (types.first().copied(), schema.get("format").and_then(Value::as_str)) {
        (Some("string"), Some("date-time")) => "instant".to_owned(),
        (Some("string"), _) => "text".to_owned(),
        (Some("array"), _) => {
            let of = schema.get("items").map_or_else(|| "things".to_owned(), |items| kind(document, items));
            format!("list of {of}")
        }
        (Some(word), _) => word.to_owned(),
        (None, _) if schema.get("properties").is_some() || schema.get("allOf").is_some() => "object".to_owned(),
        (None, _) => "anything".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_document_becomes_groups_of_calls() {
        let document = json!({
            "info": {"version": "1"},
            "paths": {"/api/v1/tokens": {"post": {
                "tags": ["Tokens"], "summary": "Get a token",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ask"}}}},
                "responses": {"201": {"description": "Minted.", "content": {"application/json": {"schema": {
                    "type": "object", "required": ["parts"], "properties": {
                        "at": {"type": "string", "format": "date-time"},
                        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Ask"}}}}}}},
                    "403": {"description": "Refused."}}}}},
            "components": {"schemas": {"Ask": {"type": "object", "required": ["role"], "properties": {
                "role": {"type": "string", "description": "A slug."}}}}},
        });
        let page = reference(&document, "https://x".into(), "");
        let call = &page.groups[0].operations[0];
        assert_eq!((call.request_fields[0].name.as_str(), call.request_fields[0].required), ("role", true));
        let told: Vec<(&str, &str)> =
            call.responses[0].fields.iter().map(|field| (field.name.as_str(), field.kind.as_str())).collect();
        assert_eq!(told, [("at", "instant"), ("parts", "list of object"), ("parts[].role", "text")]);
        assert!(!call.responses[1].good);
    }
}
