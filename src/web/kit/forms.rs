//! Forms: the fields of a post, taken only with the token of the session they were made for.

use super::{caller::Caller, desk::Desk, failure::Failure};
use crate::{
    actions::{About, refuse},
    base::refusal::{Fault, Kind, Refusal},
    identity::{person::IdentityRefusal, secret},
};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::StatusCode, web};
use std::{collections::BTreeMap, future::Future, pin::Pin};

/// The most bytes that a form may have.
pub const MOST: usize = 512 * 1024;

/// Why a body is not taken.
#[derive(Clone, Debug, thiserror::Error)]
pub enum BodyRefusal {
    /// Not what the endpoint reads.
    #[error("the body can not be read: {why}")]
    Unreadable { why: String },
    /// More than is taken.
    #[error("the body is larger than {most} bytes")]
    TooLarge { most: usize },
    /// A field that is needed is not there, or not of its kind.
    #[error("the field {field} is missing or not right")]
    Field { field: &'static str },
}

impl BodyRefusal {
    /// What the framework said of a body, as one of ours.
    #[must_use]
    pub fn of(error: &actix_web::Error) -> Self {
        match error.as_response_error().status_code() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge { most: MOST },
            _ => Self::Unreadable { why: error.to_string() },
        }
    }
}

impl Refusal for BodyRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::TooLarge { .. } => Kind::TooLarge,
            Self::Unreadable { .. } | Self::Field { .. } => Kind::Invalid,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "body-unreadable",
            Self::TooLarge { .. } => "body-too-large",
            Self::Field { .. } => "field-not-right",
        }
    }
    fn facts(&self) -> BTreeMap<&'static str, crate::base::refusal::Fact> {
        match self {
            Self::Unreadable { why } => BTreeMap::from([("why", why.as_str().into()), ("what", "form".into())]),
            Self::TooLarge { most } => {
                BTreeMap::from([("most", i64::try_from(most / 1024).unwrap_or(i64::MAX).into())])
            }
            Self::Field { field } => BTreeMap::from([("field", (*field).into())]),
        }
    }
}

/// The fields of a form, in their order; its token was checked.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first value of a field, trimmed; empty where it is not there.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a field as it was typed: for passwords.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, value)| field == name && !value.is_empty() && value != "false")
    }

    /// Whether the field was sent at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// A field that must read as something.
    ///
    /// # Errors
    /// It is missing or does not.
    pub fn parse<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, BodyRefusal> {
        self.text(name).parse().map_err(|_| BodyRefusal::Field { field: name })
    }
}

impl FromRequest for Form {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Caller>().cloned();
        let desk = request.app_data::<web::Data<Desk>>().cloned();
        let body = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        Box::pin(async move {
            let fields = body.await.map_err(|error| Fault::from(BodyRefusal::of(&error)))?;
            let form = Self { fields: fields.into_inner() };
            // Without a session there is no token; the gate has checked where such a form came from.
            let Some((caller, expected)) = caller.and_then(|caller| caller.form_token().map(|token| (caller, token)))
            else {
                return Ok(form);
            };
            if secret::same(&expected, form.raw("form_token")) {
                return Ok(form);
            }
            let refusal = IdentityRefusal::ForgedForm;
            Err(match desk {
                Some(desk) => {
                    let about = About::nothing().named(caller.path);
                    refuse(&desk.app, &caller.actor, "forged_request", about, refusal.into()).await.into()
                }
                None => Fault::from(refusal).into(),
            })
        })
    }
}
