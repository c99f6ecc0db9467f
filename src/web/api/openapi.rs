//! The description of the API (OpenAPI 3.1), made from the same values as its routes.

use super::{
    kit::{Answer, Group},
    shapes::Problem,
};
use crate::web::api::groups;
use actix_web::{HttpResponse, http::header};
use std::{collections::BTreeMap, sync::LazyLock};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, Info, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Server, Tag,
        path::{PathItem, PathItemBuilder},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
        tag::TagBuilder,
    },
};

/// Where every path begins.
pub(crate) const BASE: &str = "/api/v1";

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document(&groups()).to_json().unwrap_or_default());

/// The description as JSON.
#[must_use]
pub fn json() -> &'static str {
    &DOCUMENT
}

pub(super) async fn show() -> Answer {
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(json()))
}

fn info() -> Info {
    let license = LicenseBuilder::new().name(env!("CARGO_PKG_LICENSE")).build();
    InfoBuilder::new()
        .title("Habilis")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Everything that a page can do, a program can do here: sign in with `POST /api/v1/session` and send the token as \
             `Authorization: Bearer …`, or use the cookie of a page.\n\n\
             Lists are `{items, next}`; `next` goes into `cursor`. Instants are RFC 3339 in UTC, lengths of time are seconds \
             or ISO 8601. A refusal is a problem document (RFC 9457): rely on its `code`, show its `detail`. Creations take an \
             `Idempotency-Key`. `lang` chooses the language of texts.",
        ))
        .license(Some(license))
        .build()
}

fn document(groups: &[Group]) -> OpenApi {
    let mut items: BTreeMap<&str, PathItemBuilder> = BTreeMap::new();
    let mut components = ComponentsBuilder::new().schema("Problem", Problem::schema());
    let mut parts = Vec::new();
    Problem::schemas(&mut parts);
    for group in groups {
        for endpoint in &group.endpoints {
            let item = items.remove(endpoint.path).unwrap_or_default();
            items.insert(endpoint.path, item.operation(endpoint.verb.http(), endpoint.operation(group.name)));
            parts.extend(endpoint.doc.schemas.iter().cloned());
        }
    }
    for (name, schema) in parts {
        components = components.schema(name, schema);
    }
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The `token` of `POST /api/v1/session`."))
        .build();
    let cookie = ApiKeyValue::with_description(
        "habilis",
        "The session of a page; over https its name is `__Host-habilis`. Calls that change something must come from a page of \
         this service, or send JSON.",
    );
    let components = components
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    let paths = items.into_iter().fold(PathsBuilder::new(), |paths, (path, item)| {
        let item: PathItem = item.build();
        paths.path(format!("{BASE}{path}"), item)
    });
    let tags: Vec<Tag> =
        groups.iter().map(|group| TagBuilder::new().name(group.name).description(Some(group.about)).build()).collect();
    OpenApiBuilder::new()
        .info(info())
        .servers(Some([Server::new("/")]))
        .paths(paths.build())
        .components(Some(components.build()))
        .tags(Some(tags))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn described() -> Value {
        serde_json::from_str(json()).unwrap()
    }

    #[test]
    fn what_is_served_is_described_and_nothing_else() {
        let served: Vec<(String, String)> = groups()
            .iter()
            .flat_map(|group| group.endpoints.iter())
            .map(|endpoint| (format!("{BASE}{}", endpoint.path), endpoint.verb.word().to_lowercase()))
            .collect();
        let told: BTreeSet<(String, String)> = described()["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, item)| {
                item.as_object().unwrap().keys().map(|verb| (path.clone(), verb.clone())).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(served.len(), served.iter().collect::<BTreeSet<_>>().len(), "an endpoint is there twice");
        assert_eq!(served.into_iter().collect::<BTreeSet<_>>(), told);
    }

    #[test]
    fn every_call_is_described_in_full() {
        for group in groups() {
            for endpoint in &group.endpoints {
                assert!(endpoint.doc.is_whole(), "{} {}", endpoint.verb.word(), endpoint.path);
            }
        }
        let document = described();
        assert_eq!(document["openapi"], "3.1.0");
        let mut ids = BTreeSet::new();
        for item in document["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values() {
                assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()));
                let answers = operation["responses"].as_object().unwrap();
                assert!(answers.keys().any(|status| status.starts_with('2')));
                assert!(answers.contains_key("500") && answers.contains_key("503"));
            }
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn walk(value: &Value, found: &mut BTreeSet<String>) {
            match value {
                Value::Object(fields) => {
                    found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
                    fields.values().for_each(|value| walk(value, found));
                }
                Value::Array(items) => items.iter().for_each(|value| walk(value, found)),
                _ => {}
            }
        }
        let document = described();
        let mut found = BTreeSet::new();
        walk(&document, &mut found);
        assert!(found.len() > 30);
        for reference in found {
            let place = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(place).is_some(), "{reference}");
        }
    }
}
