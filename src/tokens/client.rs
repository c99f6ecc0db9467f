//! Clients: the tools that fetch tokens for people, service accounts, and what an admin may register.

use super::redirect;
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Refusal},
        text::Slug,
    },
    db::sql::word_column,
};
use std::collections::BTreeMap;

/// The house's own command line.
pub const COMMAND_LINE: &str = "habilis-cli";
/// The most live secrets of a client: one in use, one to rotate to.
pub const MOST_SECRETS: usize = 2;
/// The most addresses of one kind.
const MOST_URIS: usize = 20;

/// Whether a client can keep a secret (RFC 6749, section 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientKind {
    /// It can not: an app on a person's machine or in a browser.
    Public,
    /// It can: a server.
    Confidential,
}
word_column!(ClientKind { Public => "public", Confidential => "confidential" });

/// How a client gets tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GrantType {
    /// By a code that a person's browser brings.
    AuthorizationCode,
    /// By the token that came along with the last one.
    RefreshToken,
    /// By a code that a person types somewhere else (RFC 8628).
    DeviceCode,
    /// By its own secret, on what its owner may (RFC 6749, section 4.4).
    ClientCredentials,
    /// By a token that another client was given (RFC 8693).
    TokenExchange,
}
word_column!(GrantType {
    AuthorizationCode => "authorization_code",
    RefreshToken => "refresh_token",
    DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
    ClientCredentials => "client_credentials",
    TokenExchange => "urn:ietf:params:oauth:grant-type:token-exchange",
});

/// Whether a client is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientState {
    Active,
    Removed,
}
word_column!(ClientState { Active => "active", Removed => "removed" });

/// A tool.
#[derive(Clone, Debug)]
pub struct Client {
    /// `cli_…`, or the name of one of the house's own.
    pub id: String,
    pub name: String,
    pub kind: ClientKind,
    pub redirect_uris: Vec<String>,
    pub post_logout_uris: Vec<String>,
    pub grant_types: Vec<GrantType>,
    /// None means every role.
    pub roles: Option<Vec<Slug>>,
    pub first_party: bool,
    /// Who answers for a service account; none for a tool that acts for whoever uses it.
    pub owner: Option<Id<ids::Person>>,
    /// Since when the owner of a service account agrees to it; none while they do not.
    pub accepted_at: Option<Time>,
    /// The clients whose tokens it may exchange.
    pub exchanges: Vec<String>,
    pub state: ClientState,
    pub created_at: Time,
    pub created_by: String,
    pub removed_at: Option<Time>,
}

impl Client {
    /// Whether it may get tokens this way.
    #[must_use]
    pub fn may(&self, grant: GrantType) -> bool {
        self.grant_types.contains(&grant)
    }

    /// Whether a browser may be sent to this address with an answer for it.
    #[must_use]
    pub fn redirects_to(&self, uri: &str) -> bool {
        self.redirect_uris.iter().any(|known| redirect::matches(known, uri))
    }

    /// Whether a browser may be sent to this address after signing out.
    #[must_use]
    pub fn returns_to(&self, uri: &str) -> bool {
        self.post_logout_uris.iter().any(|known| redirect::matches(known, uri))
    }
}

/// A tool as an admin describes it.
#[derive(Clone, Debug)]
pub struct Registration {
    pub name: String,
    pub kind: ClientKind,
    pub redirect_uris: Vec<String>,
    pub post_logout_uris: Vec<String>,
    pub grant_types: Vec<GrantType>,
    /// None means every role.
    pub roles: Option<Vec<Slug>>,
}

/// Why a tool is not registered, or not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientRefusal {
    #[error("a tool has a name of 1 to 80 characters on one line: people read it when they are asked to agree")]
    Name,
    #[error("the address {uri} can not be registered: {why}")]
    Redirect { uri: String, what: &'static str, why: String },
    #[error("two secrets live already: end one first")]
    SecretsFull,
    #[error("a public tool can not keep a secret, and has none")]
    NoSecrets,
    #[error("there is no such secret of this tool")]
    NoSuchSecret,
    #[error("this tool is a part of the house")]
    FirstParty,
    #[error("a service account can not be like that: {why}")]
    Service { what: &'static str, why: &'static str },
    #[error("a service account is owned by somebody with an active account")]
    OwnerInactive,
    #[error("this person owns the account already")]
    OwnedAlready,
    #[error("the account was changed meanwhile: look at what it is to use now")]
    Changed,
    #[error("this tool is no service account, and has no owner")]
    NotAService,
    #[error("tokens can not be exchanged like that: {why}")]
    Exchange { what: &'static str, why: &'static str },
    #[error("a name in a warehouse has 1 to 200 characters on one line")]
    Login,
    #[error("somebody in this warehouse has that name already")]
    LoginTaken,
}

impl Refusal for ClientRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::Name
            | Self::Redirect { .. }
            | Self::Service { .. }
            | Self::Exchange { .. }
            | Self::OwnerInactive
            | Self::Login => Kind::Invalid,
            Self::SecretsFull
            | Self::NoSecrets
            | Self::FirstParty
            | Self::OwnedAlready
            | Self::Changed
            | Self::NotAService
            | Self::LoginTaken => Kind::Conflict,
            Self::NoSuchSecret => Kind::NotFound,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Name => "client-name",
            Self::Redirect { .. } => "client-redirect",
            Self::SecretsFull => "client-secrets-full",
            Self::NoSecrets => "client-without-secrets",
            Self::NoSuchSecret => "no-such-client-secret",
            Self::FirstParty => "client-first-party",
            Self::Service { .. } => "client-service",
            Self::OwnerInactive => "client-owner-inactive",
            Self::Exchange { .. } => "client-exchange",
            Self::OwnedAlready => "client-owned-already",
            Self::Changed => "client-changed",
            Self::NotAService => "client-no-service",
            Self::Login => "client-login",
            Self::LoginTaken => "client-login-taken",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::Redirect { uri, what, why } => BTreeMap::from([
                ("uri", Fact::from(uri.as_str())),
                ("what", Fact::from(*what)),
                ("why", Fact::from(why.as_str())),
            ]),
            Self::Service { what, .. } | Self::Exchange { what, .. } => BTreeMap::from([("what", Fact::from(*what))]),
            _ => BTreeMap::new(),
        }
    }
}

impl Registration {
    /// The registration in its kept form: the name in one line, lists without repetition.
    ///
    /// # Errors
    /// The name or an address can not be.
    pub fn checked(mut self) -> Result<Self, ClientRefusal> {
        if self.grant_types.contains(&GrantType::ClientCredentials) {
            return Err(ClientRefusal::Service { what: "owner", why: "it needs an owner" });
        }
        self.name = one_line(&self.name)?;
        let refused = |uri: &str, what: &'static str, why: &str| ClientRefusal::Redirect {
            uri: uri.to_owned(),
            what,
            why: why.to_owned(),
        };
        for list in [&mut self.redirect_uris, &mut self.post_logout_uris] {
            for uri in list.iter_mut() {
                *uri = uri.trim().to_owned();
            }
            list.retain(|uri| !uri.is_empty());
            let mut seen = std::collections::BTreeSet::new();
            list.retain(|uri| seen.insert(uri.clone()));
            for uri in list.iter() {
                redirect::check(uri).map_err(|unfit| refused(uri, unfit.word(), &unfit.to_string()))?;
            }
            if let Some(one) = list.get(MOST_URIS) {
                return Err(refused(one, "too-many", "a tool has at most 20"));
            }
        }
        // Refresh tokens alone are no way to get any.
        let other = |way: &GrantType| matches!(way, GrantType::DeviceCode | GrantType::TokenExchange);
        let browser = self.grant_types.contains(&GrantType::AuthorizationCode);
        if self.redirect_uris.is_empty() && (browser || !self.grant_types.iter().any(other)) {
            return Err(refused("", "none", "at least one is needed"));
        }
        self.grant_types.sort_unstable();
        self.grant_types.dedup();
        Ok(self)
    }
}

/// A tool's name in one line.
///
/// # Errors
/// It is empty, or longer than 80 characters.
pub(super) fn one_line(name: &str) -> Result<String, ClientRefusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(ClientRefusal::Name);
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registration(name: &str, uris: &[&str]) -> Registration {
        Registration {
            name: name.to_owned(),
            kind: ClientKind::Public,
            redirect_uris: uris.iter().map(|&uri| uri.to_owned()).collect(),
            post_logout_uris: Vec::new(),
            grant_types: vec![GrantType::RefreshToken, GrantType::AuthorizationCode, GrantType::RefreshToken],
            roles: None,
        }
    }

    #[test]
    fn a_registration_is_tidied_and_checked() {
        let fit = registration(" Lantern \n BI ", &[" https://t.example/b ", "https://t.example/b", ""]).checked();
        let fit = fit.unwrap();
        assert_eq!((fit.name.as_str(), fit.redirect_uris.len(), fit.grant_types.len()), ("Lantern BI", 1, 2));
        assert_eq!(registration("", &["https://t.example/b"]).checked().unwrap_err(), ClientRefusal::Name);
        assert_eq!(registration("a\u{7}", &["https://t.example/b"]).checked().unwrap_err(), ClientRefusal::Name);
        for uris in [&[][..], &["http://t.example/b"], &["https://t.example/b", "javascript:alert(1)"]] {
            assert!(matches!(registration("T", uris).checked(), Err(ClientRefusal::Redirect { .. })), "{uris:?}");
        }
        let many: Vec<String> = (0..21).map(|n| format!("https://t.example/{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(registration("T", &many).checked().is_err());
    }
}
