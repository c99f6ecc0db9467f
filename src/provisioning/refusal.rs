//! Why the directory is refused, in the words of RFC 7644, section 3.12.

use crate::base::refusal::{Fact, Kind, Refusal};
use std::collections::BTreeMap;

/// What is wrong with a request: the protocol's own word, where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Filter,
    TooMany,
    Syntax,
    Path,
    NoTarget,
    Value,
    Mutability,
    Version,
    /// The body is of another media type.
    Media,
    /// The body is larger than is taken.
    Large,
    /// There is nothing at this address.
    Nowhere,
    /// The address does not take this method.
    Method,
    /// What RFC 7644 leaves open and this service does not do.
    Unsupported,
}

impl Fault {
    /// The word, and `scimType` where the protocol has one (RFC 7644, table 9).
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Filter => "invalidFilter",
            Self::TooMany => "tooMany",
            Self::Syntax => "invalidSyntax",
            Self::Path => "invalidPath",
            Self::NoTarget => "noTarget",
            Self::Value => "invalidValue",
            Self::Mutability => "mutability",
            Self::Version => "invalidVers",
            Self::Media => "media",
            Self::Large => "large",
            Self::Nowhere => "nowhere",
            Self::Method => "method",
            Self::Unsupported => "unsupported",
        }
    }
}

/// What the directory may not do, whatever it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MayNot {
    #[error("this person was shut out by an admin of Habilis, who alone lets them in again")]
    LetIn,
    #[error(
        "this person has a role in Habilis itself (admin, auditor or author): an admin takes it away before their address changes"
    )]
    Readdress,
    #[error("what this service tells of itself is not filtered (RFC 7644, section 4)")]
    FilterThese,
}

impl MayNot {
    /// A stable word, by which the catalogue says it in every language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::LetIn => "let-in",
            Self::Readdress => "readdress",
            Self::FilterThese => "filter-these",
        }
    }
}

/// Why the directory is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScimRefusal {
    #[error("{why}")]
    Request { fault: Fault, why: String },
    #[error("another {thing} has this {field} already")]
    Taken { thing: &'static str, field: &'static str },
    #[error("it has changed since the version that If-Match names")]
    Stale,
    #[error("{0}")]
    MayNot(MayNot),
    #[error("two provisioning credentials live already: end one first")]
    Full,
    #[error("there is no such provisioning credential")]
    NoSuchCredential,
}

impl ScimRefusal {
    /// A request that is not right.
    #[must_use]
    pub fn of(fault: Fault, why: impl Into<String>) -> Self {
        Self::Request { fault, why: why.into() }
    }

    /// A value that an attribute does not take.
    #[must_use]
    pub fn value(attribute: &str, why: &str) -> Self {
        Self::of(Fault::Value, format!("{attribute}: {why}"))
    }
}

impl Refusal for ScimRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::Request { fault: Fault::Large, .. } => Kind::TooLarge,
            Self::Request { fault: Fault::Nowhere, .. } | Self::NoSuchCredential => Kind::NotFound,
            Self::Request { .. } => Kind::Invalid,
            Self::Taken { .. } | Self::Stale | Self::Full => Kind::Conflict,
            Self::MayNot(_) => Kind::Forbidden,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Request { .. } => "scim-request",
            Self::Taken { .. } => "scim-taken",
            Self::Stale => "scim-stale",
            Self::MayNot(_) => "scim-may-not",
            Self::Full => "provisioning-full",
            Self::NoSuchCredential => "no-such-provisioning-credential",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::Request { fault, why } => {
                BTreeMap::from([("what", Fact::from(fault.word())), ("why", Fact::from(why.as_str()))])
            }
            Self::Taken { thing, field } => {
                BTreeMap::from([("thing", Fact::from(*thing)), ("field", Fact::from(*field))])
            }
            Self::MayNot(why) => BTreeMap::from([("what", Fact::from(why.word()))]),
            Self::Stale | Self::Full | Self::NoSuchCredential => BTreeMap::new(),
        }
    }
}
