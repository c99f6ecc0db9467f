//! A call of the directory: who it is, what it sent, and what it asks to be told.

use super::answer::{self, MEDIA};
use crate::{
    actions::provision::{self, Asked},
    base::refusal::Fault,
    identity::{actor::Actor, person::IdentityRefusal},
    provisioning::{
        document::{self, Document},
        filter::Filter,
        refusal::{self, ScimRefusal},
        schema::{SEARCH, Schema},
        select::Selection,
    },
    web::kit::{bearer::bearer, caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Bytes, Query},
};
use serde_json::Value;

/// The most resources on a page; a filter's `maxResults`.
pub const MOST_RESULTS: usize = 200;
/// How many there are on a page where the caller does not say.
const RESULTS: usize = 100;

/// A body, or why there is none.
pub type Body = Result<Bytes, actix_web::Error>;

/// The answer, or the fault as an answer.
pub fn within(answer: Result<HttpResponse, Fault>) -> HttpResponse {
    answer.unwrap_or_else(answer::told)
}

/// The directory, by the credential in the `Authorization` header (RFC 6750, section 2.1): nothing else counts, no cookie and
/// no other kind of token.
///
/// # Errors
/// There is no credential, or none that lives.
pub async fn called(desk: &Desk, caller: &Caller, request: &HttpRequest) -> Result<Actor, Fault> {
    let secret = bearer(request).ok_or(IdentityRefusal::SignInFirst)?;
    let known = provision::authenticate(&desk.app, &secret, &caller.actor.address).await?;
    Ok(known.ok_or(IdentityRefusal::SignInFirst)?)
}

/// Reads a body: a JSON object of one of two media types. What stands in each other more than 128 deep is refused.
///
/// # Errors
/// It is something else, or too large.
pub fn object(request: &HttpRequest, body: Body) -> Result<Document, ScimRefusal> {
    let body = body.map_err(|error| match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => ScimRefusal::of(refusal::Fault::Large, "the body is larger than 2 MiB"),
        _ => ScimRefusal::of(refusal::Fault::Syntax, "the body can not be read"),
    })?;
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if ![MEDIA, "application/json"].iter().any(|known| known.eq_ignore_ascii_case(media)) {
        return Err(ScimRefusal::of(refusal::Fault::Media, "send application/scim+json"));
    }
    match serde_json::from_slice(&body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(ScimRefusal::of(refusal::Fault::Syntax, "the body is no object")),
        Err(error) => Err(ScimRefusal::of(refusal::Fault::Syntax, format!("the body is no JSON: {error}"))),
    }
}

/// The version that a change is for.
#[must_use]
pub fn if_match(request: &HttpRequest) -> Option<String> {
    request.headers().get(header::IF_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// What a caller asks to be told.
#[derive(Debug)]
pub struct Wish {
    pub asked: Asked,
    pub selection: Selection,
}

impl Wish {
    /// Reads the query of an address (RFC 7644, table 3).
    ///
    /// # Errors
    /// A value does not read.
    pub fn of_query(schema: &Schema, query: &str) -> Result<Self, ScimRefusal> {
        let pairs = Query::<Vec<(String, String)>>::from_query(query);
        let pairs =
            pairs.map_err(|_| ScimRefusal::of(refusal::Fault::Syntax, "the query can not be read"))?.into_inner();
        let text =
            |name: &str| pairs.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, text)| text.clone());
        let number = |name: &str| text(name).map(|text| whole(name, text.trim().parse().ok())).transpose();
        Self::new(
            schema,
            text("filter").as_deref(),
            number("startIndex")?,
            number("count")?,
            text("attributes").as_deref(),
            text("excludedAttributes").as_deref(),
        )
    }

    /// Reads a query in a body (RFC 7644, section 3.4.3).
    ///
    /// # Errors
    /// A value does not read.
    pub fn of_body(schema: &Schema, body: &Document) -> Result<Self, ScimRefusal> {
        document::follows(body, SEARCH)?;
        let value =
            |name: &str| body.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let number = |name: &str| value(name).map(|value| whole(name, value.as_i64())).transpose();
        let list = |name: &str| match value(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(names)) => Ok(Some(names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","))),
            Some(_) => Err(ScimRefusal::value(name, "a list is expected")),
        };
        let filter = match value("filter") {
            None | Some(Value::Null) => None,
            Some(Value::String(filter)) => Some(filter.as_str()),
            Some(_) => return Err(ScimRefusal::of(refusal::Fault::Filter, "the filter is no text")),
        };
        let (only, but) = (list("attributes")?, list("excludedAttributes")?);
        Self::new(schema, filter, number("startIndex")?, number("count")?, only.as_deref(), but.as_deref())
    }

    fn new(
        schema: &Schema,
        filter: Option<&str>,
        start: Option<i64>,
        count: Option<i64>,
        only: Option<&str>,
        but: Option<&str>,
    ) -> Result<Self, ScimRefusal> {
        let selection = Selection::parse(schema, only, but)?;
        // Less than one means one, less than none means none (RFC 7644, section 3.4.2.4).
        let start = usize::try_from(start.unwrap_or(1)).unwrap_or(1).max(1);
        let count = count.map_or(RESULTS, |count| usize::try_from(count).unwrap_or(0)).min(MOST_RESULTS);
        let filter = filter.map(|text| Filter::parse(text, schema)).transpose()?;
        let members = selection.wants("members");
        Ok(Self { asked: Asked { filter, start, count, members }, selection })
    }
}

fn whole(name: &str, number: Option<i64>) -> Result<i64, ScimRefusal> {
    number.ok_or_else(|| ScimRefusal::value(name, "a whole number is expected"))
}
