//! A JSON body, read into a type that knows all its fields; what does not fit is refused with the name of the field.

use super::{Unfit, culprit};
use crate::{
    base::refusal::Fault,
    web::kit::{failure::Failure, forms::BodyRefusal},
};
use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::CONTENT_TYPE,
    web::{self, Bytes},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{future::Future, pin::Pin};

/// A JSON body (RFC 8259). An empty one reads as an object without fields.
pub(in crate::web::api) struct Body<T>(pub(in crate::web::api) T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let json = essence == "application/json" || essence.ends_with("+json");
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let refused = |unfit: Unfit| Failure::from(Fault::from(unfit));
            let bytes: Bytes = bytes.await.map_err(|error| Fault::from(BodyRefusal::of(&error)))?;
            if bytes.is_empty() {
                return read(b"{}").map(Self).map_err(refused);
            }
            if !json {
                let why = "send JSON, with Content-Type: application/json".to_owned();
                return Err(refused(Unfit::Unreadable { field: None, what: "not-json", why }));
            }
            read(&bytes).map(Self).map_err(refused)
        })
    }
}

/// Reads a body.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unfit> {
    // A list of the fields' values would read as well; what is described is an object.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(Unfit::read(None, "expected an object, found a list".to_owned()));
    }
    let error = match serde_json::from_slice::<T>(bytes) {
        Ok(read) => return Ok(read),
        Err(error) => error,
    };
    let Ok(Value::Object(fields)) = serde_json::from_slice::<Value>(bytes) else {
        return Err(Unfit::read(None, without_place(&error.to_string())));
    };
    // Read once more from the tree, so that the message does not depend on lines and columns.
    let again = |keep: &dyn Fn(&str) -> bool| {
        let kept = fields.iter().filter(|(name, _)| keep(name)).map(|(name, value)| (name.clone(), value.clone()));
        serde_json::from_value::<T>(Value::Object(kept.collect())).map(drop).map_err(|error| error.to_string())
    };
    let why = again(&|_| true).err().unwrap_or_else(|| without_place(&error.to_string()));
    let field = culprit(fields.keys().map(String::as_str), &why, again);
    Err(Unfit::read(field, why))
}

fn without_place(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Slug;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wanted {
        #[expect(dead_code, reason = "read, not looked at")]
        role: Slug,
        #[expect(dead_code, reason = "read, not looked at")]
        days: u32,
    }

    #[test]
    fn the_field_to_blame_is_named() {
        let blamed = |body: &str| match read::<Wanted>(body.as_bytes()) {
            Err(Unfit::Unreadable { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(blamed(r#"{"role": "analyst"}"#).as_deref(), Some("days"));
        assert_eq!(blamed(r#"{"role": "analyst", "days": 3, "day": 3}"#).as_deref(), Some("day"));
        assert_eq!(blamed(r#"{"role": "Not A Slug", "days": 3}"#).as_deref(), Some("role"));
        assert_eq!(blamed(r#"{"role": "analyst", "days": "many"}"#).as_deref(), Some("days"));
        assert_eq!(blamed(r#"{"role": "a", "role": "b", "days": 3}"#).as_deref(), Some("role"));
        assert_eq!((blamed("[1]"), blamed(" [\"analyst\", 3]")), (None, None));
        assert_eq!(blamed("{"), None);
    }
}
