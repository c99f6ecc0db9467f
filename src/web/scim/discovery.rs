//! What this service does of SCIM, told to programs (RFC 7644, section 4), and the parts that it says it does not.

use super::{
    answer::{list, no_such_method, scim, unsupported},
    call::{MOST_RESULTS, called, within},
};
use crate::{
    actions::provision,
    base::refusal::Fault,
    provisioning::{
        refusal::{self, ScimRefusal},
        schema::{self, Schema},
    },
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse, Route,
    http::StatusCode,
    web::{self, Data, ServiceConfig},
};
use serde_json::{Value, json};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    let mut reads = |path: &str, route: Route| {
        config.service(web::resource(path).route(route).default_service(web::to(no_such_method)));
    };
    reads("/ServiceProviderConfig", web::get().to(configuration));
    reads("/ResourceTypes", web::get().to(resource_types));
    reads("/ResourceTypes/{name}", web::get().to(resource_types));
    reads("/Schemas", web::get().to(schemas));
    reads("/Schemas/{name}", web::get().to(schemas));
    for path in ["/Bulk", "/Me", "/.search"] {
        config.service(web::resource(path).default_service(web::to(unsupported)));
    }
}

async fn configuration(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    let told = called(&desk, &caller, &request).await;
    within(told.map(|_| scim(StatusCode::OK, &described(&provision::base(&desk.app)))))
}

/// The configuration (RFC 7643, section 5).
fn described(base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "documentationUri": "https://www.rfc-editor.org/rfc/rfc7644",
        "patch": { "supported": true },
        "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
        "filter": { "supported": true, "maxResults": MOST_RESULTS },
        "changePassword": { "supported": false },
        "sort": { "supported": false },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken", "name": "Provisioning credential", "primary": true,
            "description": "A credential that an admin of Habilis makes, as a Bearer token.",
            "specUri": "https://www.rfc-editor.org/rfc/rfc6750",
        }],
        "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{base}/ServiceProviderConfig") },
    })
}

async fn resource_types(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    let is = |schema: &Schema, name: &str| schema.name == name;
    within(told(&desk, &caller, &request, &schema::TYPES, is, Schema::resource_type).await)
}

async fn schemas(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    let is = |schema: &Schema, name: &str| schema.urn.eq_ignore_ascii_case(name);
    within(told(&desk, &caller, &request, &schema::ALL, is, Schema::told).await)
}

/// All of them, or the one that the address names. They are not filtered (RFC 7644, section 4).
async fn told(
    desk: &Desk,
    caller: &Caller,
    request: &HttpRequest,
    known: &[&Schema],
    is: fn(&Schema, &str) -> bool,
    tell: fn(&Schema, &str) -> Value,
) -> Result<HttpResponse, Fault> {
    called(desk, caller, request).await?;
    let base = provision::base(&desk.app);
    if request.query_string().split('&').any(|pair| pair.starts_with("filter=")) {
        return Err(ScimRefusal::MayNot(refusal::MayNot::FilterThese).into());
    }
    let Some(name) = request.match_info().get("name") else {
        let all: Vec<Value> = known.iter().map(|schema| tell(schema, &base)).collect();
        return Ok(list(all.len(), 1, &all));
    };
    match known.iter().find(|schema| is(schema, name)) {
        Some(schema) => Ok(scim(StatusCode::OK, &tell(schema, &base))),
        None => Err(ScimRefusal::of(refusal::Fault::Nowhere, "there is no such one").into()),
    }
}
