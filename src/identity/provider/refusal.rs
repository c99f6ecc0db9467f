//! Why somebody does not come in through an identity provider.

use crate::base::refusal::{Fact, Kind, Refusal};
use std::collections::BTreeMap;

/// What is wrong with what a provider, or somebody in its name, sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    #[error("it can not be read")]
    Form,
    #[error("it is signed in a way that is not taken")]
    Algorithm,
    #[error("no key of the provider's has its name")]
    Key,
    #[error("its signature is not the provider's")]
    Signature,
    #[error("it is another issuer's")]
    Issuer,
    #[error("it is for another audience")]
    Audience,
    #[error("it has expired")]
    Expired,
    #[error("it was issued at another time")]
    IssuedAt,
    #[error("it belongs to another sign-in")]
    Nonce,
    #[error("it names nobody")]
    Subject,
    #[error("it does not belong to the access token beside it")]
    AccessToken,
    #[error("it says nothing of a fresh sign-in, which was asked for")]
    NotFresh,
    #[error("it is no logout token")]
    Event,
    #[error("it was used before")]
    Replayed,
}

impl Unsound {
    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Expired => "expired",
            Self::IssuedAt => "issued-at",
            Self::Nonce => "nonce",
            Self::Subject => "subject",
            Self::AccessToken => "access-token",
            Self::NotFresh => "not-fresh",
            Self::Event => "event",
            Self::Replayed => "replayed",
        }
    }
}

/// Why it does not work. Fields of the name `provider` hold what stands on its button.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderRefusal {
    #[error("there is no identity provider {id}")]
    NoSuchProvider { id: String },
    /// The way back has no beginning: over, used before, or begun in another browser.
    #[error("this sign-in is over, was used before, or was begun in another browser")]
    Over,
    /// The provider said no. What it said goes no further than the page of whoever began.
    #[error("{provider} answered {error}: {said}")]
    Denied { provider: String, error: String, said: String },
    #[error("{provider} does not answer as it should: {why}")]
    Away { provider: String, why: String },
    #[error("the answer of {provider} is not sound: {why}")]
    Unsound { provider: String, why: Unsound },
    #[error("{provider} names no address that it has verified")]
    Unverified { provider: String },
    #[error("{provider} does not speak for the address that it names")]
    ForeignAddress { provider: String },
    #[error("nobody here is known to {provider}, and it brings no new people")]
    NoAccount { provider: String },
    #[error("an account with responsibilities is linked with {provider} by hand first")]
    LinkFirst { provider: String },
    #[error("this account, or this identity at {provider}, is linked already with another one")]
    OtherIdentity { provider: String },
    #[error("the way in is {provider}")]
    Only { provider: String },
    #[error("this account is not active")]
    Inactive { provider: String },
    #[error("there is no such link with an identity provider")]
    NoSuchIdentity,
}

impl Refusal for ProviderRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchProvider { .. } | Self::NoSuchIdentity => Kind::NotFound,
            Self::Over => Kind::Gone,
            Self::Away { .. } => Kind::Unavailable,
            Self::OtherIdentity { .. } => Kind::Conflict,
            Self::Denied { .. }
            | Self::Unsound { .. }
            | Self::Unverified { .. }
            | Self::ForeignAddress { .. }
            | Self::NoAccount { .. }
            | Self::LinkFirst { .. }
            | Self::Only { .. }
            | Self::Inactive { .. } => Kind::Forbidden,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchProvider { .. } => "no-such-provider",
            Self::Over => "provider-sign-in-over",
            Self::Denied { .. } => "provider-denied",
            Self::Away { .. } => "provider-away",
            Self::Unsound { .. } => "provider-unsound",
            Self::Unverified { .. } => "provider-address-unverified",
            Self::ForeignAddress { .. } => "provider-address-foreign",
            Self::NoAccount { .. } => "provider-no-account",
            Self::LinkFirst { .. } => "provider-link-first",
            Self::OtherIdentity { .. } => "provider-other-identity",
            Self::Only { .. } => "provider-only",
            Self::Inactive { .. } => "provider-account-inactive",
            Self::NoSuchIdentity => "no-such-identity",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::NoSuchProvider { id } => BTreeMap::from([("id", Fact::from(id.as_str()))]),
            Self::Unsound { provider, why } => {
                BTreeMap::from([("provider", Fact::from(provider.as_str())), ("why", Fact::from(why.code()))])
            }
            Self::Denied { provider, error, said } => BTreeMap::from([
                ("provider", Fact::from(provider.as_str())),
                ("error", Fact::from(error.as_str())),
                ("said", Fact::from(said.as_str())),
            ]),
            Self::Away { provider, .. }
            | Self::Unverified { provider }
            | Self::ForeignAddress { provider }
            | Self::NoAccount { provider }
            | Self::LinkFirst { provider }
            | Self::OtherIdentity { provider }
            | Self::Only { provider }
            | Self::Inactive { provider } => BTreeMap::from([("provider", Fact::from(provider.as_str()))]),
            Self::Over | Self::NoSuchIdentity => BTreeMap::new(),
        }
    }
}
