//! The `Idempotency-Key` header of creations, with a fingerprint of what is asked for.

use super::Unfit;
use crate::{
    actions::once::Once,
    base::refusal::{Broken, Fault},
    identity::secret::Secret,
    web::kit::failure::Failure,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::Serialize;
use std::future::{Ready, ready};

/// The header's name.
pub(in crate::web::api) const HEADER: &str = "idempotency-key";

/// A creation as it was asked for: its key, if one came along, and where.
pub(in crate::web::api) struct Asked {
    key: Option<String>,
    place: String,
}

impl FromRequest for Asked {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let place = format!("{} {}", request.method(), request.path());
        let asked = match request.headers().get(HEADER) {
            None => Ok(Self { key: None, place }),
            Some(value) => match value.to_str().map(str::trim) {
                Ok(key) if (1..=200).contains(&key.len()) => Ok(Self { key: Some(key.to_owned()), place }),
                _ => Err(Fault::from(Unfit::field("Idempotency-Key", "[ -~]{1,200}")).into()),
            },
        };
        ready(asked)
    }
}

impl Asked {
    /// The key with the fingerprint of a body that was read: spaces and the order of fields make no difference.
    ///
    /// # Errors
    /// The body can't be written as JSON.
    pub(in crate::web::api) fn once<T: Serialize>(self, body: &T) -> Result<Option<Once>, Failure> {
        let Some(key) = self.key else { return Ok(None) };
        let body = serde_json::to_string(body).map_err(|error| Fault::from(Broken::defect(error)))?;
        let fingerprint = Secret::presented(&format!("{}\n{body}", self.place)).hash();
        Ok(Some(Once { key, fingerprint }))
    }
}
