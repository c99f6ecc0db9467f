//! Why the authorization server says no to a tool or to a person who came from one.

use crate::base::refusal::{Fact, Kind, Missing, Refusal};
use std::collections::BTreeMap;

/// A refusal of the authorization server. Each is one error of the RFCs; the web face knows which.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OauthRefusal {
    /// No such tool, or one that was removed.
    #[error("there is no such tool")]
    NoSuchClient,
    /// Nobody registered this address for the tool: the browser must not be sent there.
    #[error("this redirect address is not registered for the tool")]
    RedirectForeign,
    /// `invalid_request`
    #[error("the request is not right: {why}")]
    Request { why: &'static str },
    /// `invalid_client`
    #[error("the client did not prove who it is")]
    ClientUnproven,
    /// `invalid_grant`
    #[error("what was presented is not good for a token: {why}")]
    Grant { why: &'static str },
    /// `unauthorized_client`
    #[error("this client may not do that: {why}")]
    ClientMayNot { why: &'static str },
    /// `unsupported_grant_type`
    #[error("this grant type is not known here")]
    GrantTypeUnknown,
    /// `unsupported_response_type`
    #[error("the only response type is code")]
    ResponseTypeUnknown,
    /// `invalid_scope`
    #[error("the scope is not right: {why}")]
    Scope { why: &'static str },
    /// `invalid_target` (RFC 8707)
    #[error("the resource is not right: {why}")]
    Target { why: &'static str },
    /// `login_required`
    #[error("the person has to sign in")]
    LoginRequired,
    /// `consent_required`
    #[error("the person has to agree")]
    ConsentRequired,
    /// `access_denied`
    #[error("the person said no")]
    Denied,
    /// `expired_token` (RFC 8628)
    #[error("the time of this device code is over")]
    DeviceExpired,
    /// `slow_down`, as a device is told that asks too often (RFC 8628)
    #[error("too many devices of this network wait for their person already")]
    TooManyDevices,
    /// `request_not_supported`
    #[error("request objects are not taken")]
    RequestObject,
    /// `request_uri_not_supported`
    #[error("request objects by reference are not taken")]
    RequestUri,
    /// `invalid_grant`: what the owner of a service account lacks.
    #[error("the owner of this service account has no such access now: {why}")]
    OwnerLacks { why: &'static str, missing: Vec<Missing> },
    /// `invalid_token` (RFC 6750)
    #[error("the access token is not good for this")]
    TokenDead,
    /// `insufficient_scope` (RFC 6750)
    #[error("the access token is for something else: {why}")]
    TokenElsewhere { why: &'static str },
}

impl Refusal for OauthRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchClient => Kind::NotFound,
            Self::ClientUnproven | Self::TokenDead | Self::LoginRequired => Kind::Unauthenticated,
            Self::ClientMayNot { .. }
            | Self::TokenElsewhere { .. }
            | Self::Denied
            | Self::ConsentRequired
            | Self::OwnerLacks { .. } => Kind::Forbidden,
            Self::TooManyDevices => Kind::TooMany,
            _ => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchClient => "no-such-client",
            Self::RedirectForeign => "oauth-redirect-foreign",
            Self::Request { .. } => "oauth-request",
            Self::ClientUnproven => "oauth-client-unproven",
            Self::Grant { .. } => "oauth-grant",
            Self::ClientMayNot { .. } => "oauth-client-may-not",
            Self::GrantTypeUnknown => "oauth-grant-type",
            Self::ResponseTypeUnknown => "oauth-response-type",
            Self::Scope { .. } => "oauth-scope",
            Self::Target { .. } => "oauth-target",
            Self::LoginRequired => "oauth-login-required",
            Self::ConsentRequired => "oauth-consent-required",
            Self::Denied => "oauth-denied",
            Self::DeviceExpired => "oauth-device-expired",
            Self::TooManyDevices => "oauth-devices-full",
            Self::RequestObject => "oauth-request-object",
            Self::RequestUri => "oauth-request-uri",
            Self::OwnerLacks { .. } => "oauth-owner-lacks",
            Self::TokenDead => "oauth-token-dead",
            Self::TokenElsewhere { .. } => "oauth-token-elsewhere",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::Request { why }
            | Self::Grant { why }
            | Self::ClientMayNot { why }
            | Self::Scope { why }
            | Self::OwnerLacks { why, .. }
            | Self::TokenElsewhere { why }
            | Self::Target { why } => BTreeMap::from([("why", Fact::from(*why))]),
            _ => BTreeMap::new(),
        }
    }

    fn missing(&self) -> Vec<Missing> {
        match self {
            Self::OwnerLacks { missing, .. } => missing.clone(),
            _ => Vec::new(),
        }
    }
}
