//! The company's identity providers: Habilis as a relying party of OpenID Connect.
//!
//! What is believed, and why (OpenID Connect Core 1.0; RFC 9700; RFC 9207):
//!
//! 1. **Who somebody is** is `(issuer, subject)`. An address that changes at the provider changes nothing here, and an address
//!    that was given to somebody else there opens no account that is linked with the one who had it before.
//! 2. **An address links once**, at the first sign-in, where nothing is linked yet: it has to be verified, or in one of the
//!    provider's own domains. Where a provider has domains, it speaks for addresses in them and for no others.
//! 3. **Responsibility is not inherited by an address.** The account of an admin, auditor or author is linked by hand, by
//!    somebody who is signed in to it and types its password; but where the provider is their only way in, whoever runs the
//!    service has said that it vouches for them.
//! 4. **Groups** only add to teams, and take away what they added: a membership that a person gave stays.

mod claims;
mod document;
mod known;
mod line;
mod refusal;
mod words;

pub use claims::{LogoutClaims, Proof, Wanted};
pub use document::Document;
pub use known::{Answered, Known, Providers};
pub use refusal::{ProviderRefusal, Unsound};
pub use words::EXAMPLE;

use crate::base::{
    hidden::Hidden,
    text::{Email, Slug},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// How far the clocks of a provider and of this service may be apart, in seconds.
pub const SKEW_SECONDS: i64 = 60;
/// How long somebody may take to sign in at the provider, in seconds.
pub const UNDER_WAY_SECONDS: i64 = 600;

/// An identity provider, as the settings name it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name in addresses and in the log.
    pub id: Slug,
    /// What stands on its button.
    pub name: String,
    /// Its issuer, byte for byte.
    pub issuer: String,
    /// The name under which it knows this service.
    pub client_id: String,
    /// The secret that it gave to this service; without one, the code challenge alone proves who redeems a code.
    #[serde(default)]
    pub secret: Option<Hidden>,
    /// What is asked of it; `openid` always is.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// The domains of the addresses that it speaks for.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Whether somebody who has no account gets one.
    #[serde(default)]
    pub create: bool,
    /// Whether it is the only way in for the people whom it knows, and for addresses in its domains.
    #[serde(default)]
    pub only: bool,
    /// The claim that names a person's groups.
    #[serde(default = "usual_groups")]
    pub groups_claim: String,
    /// The team of each group.
    #[serde(default)]
    pub teams: BTreeMap<String, Slug>,
    /// A file of certificates (PEM) that its own is held against, in place of those that browsers trust.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// How long a call may take, in seconds.
    #[serde(default = "usual_timeout")]
    pub timeout_seconds: u64,
}

fn usual_scopes() -> Vec<String> {
    ["openid", "profile", "email"].map(str::to_owned).to_vec()
}
fn usual_groups() -> String {
    "groups".to_owned()
}
fn usual_timeout() -> u64 {
    10
}

impl Provider {
    /// Whether an address is in one of the domains that it speaks for.
    #[must_use]
    pub fn has_domain_of(&self, email: &Email) -> bool {
        let domain = email.as_str().rsplit_once('@').map_or("", |(_, domain)| domain);
        self.domains.iter().any(|own| own.eq_ignore_ascii_case(domain))
    }

    /// Where the browser comes back to: a path for each provider, so that none can pass for another (RFC 9700, section 4.4.2).
    #[must_use]
    pub fn redirect_uri(&self, public_url: &str) -> String {
        format!("{public_url}/sign-in/with/{}/back", self.id)
    }

    /// Where it tells that a session has ended there, with a token or in the browser.
    #[must_use]
    pub fn logout_uri(&self, public_url: &str) -> String {
        format!("{public_url}/sign-in/with/{}/logout", self.id)
    }

    /// Every team that it manages.
    #[must_use]
    pub fn managed(&self) -> BTreeSet<&Slug> {
        self.teams.values().collect()
    }

    /// The teams of these groups.
    #[must_use]
    pub fn teams_of(&self, groups: &[String]) -> BTreeSet<&Slug> {
        groups.iter().filter_map(|group| self.teams.get(group)).collect()
    }

    fn check(&self) -> Result<(), String> {
        let said = |what: &str| Err(format!("provider {}: {what}", self.id));
        if !is_guarded(&self.issuer) || self.issuer.contains(['?', '#', ' ']) {
            return said(
                "its issuer is an address that begins with https:// (http:// only on this machine), without ? and #",
            );
        }
        if self.name.trim().is_empty() || self.name.chars().count() > 60 || self.name.chars().any(char::is_control) {
            return said("its name has 1 to 60 characters");
        }
        if self.client_id.is_empty() {
            return said("its client_id is empty");
        }
        if !self.scopes.iter().any(|scope| scope == "openid") {
            return said("its scopes must hold openid");
        }
        if self.domains.iter().any(|domain| domain.is_empty() || domain.contains(['@', ' ', '*'])) {
            return said("a domain is written like example.com");
        }
        if !(1..=60).contains(&self.timeout_seconds) {
            return said("its timeout_seconds are 1 to 60");
        }
        Ok(())
    }
}

/// Whether an address keeps what is sent to it: https, or this machine.
#[must_use]
pub fn is_guarded(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else { return false };
    let here = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let plain = url.username().is_empty() && url.password().is_none();
    plain && url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && here))
}

/// Gives providers their secrets and looks at whether they make sense together.
///
/// # Errors
/// A value makes no sense; the text names the provider and the field.
pub fn complete(providers: &mut [Provider], secrets: &BTreeMap<String, Hidden>) -> Result<(), String> {
    for (id, secret) in secrets {
        match providers.iter_mut().find(|provider| provider.id.as_str() == id) {
            Some(provider) => provider.secret = Some(secret.clone()),
            None => return Err(format!("provider_secrets holds one for {id}, and there is no such provider")),
        }
    }
    let (mut ids, mut issuers) = (BTreeSet::new(), BTreeSet::new());
    for provider in providers {
        provider.check()?;
        if !ids.insert(&provider.id) {
            return Err(format!("two providers have the id {}", provider.id));
        }
        if !issuers.insert(&provider.issuer) {
            return Err(format!("two providers have the issuer {}", provider.issuer));
        }
    }
    Ok(())
}

/// The provider that is the only way in for somebody: one that is set so, and knows them (by these issuers) or speaks for
/// their address. Nobody is shut in whom the settings name as an exception.
#[must_use]
pub fn only_way<'a>(
    providers: &'a [Provider],
    break_glass: &[Email],
    email: &Email,
    issuers: &[String],
) -> Option<&'a Provider> {
    if break_glass.contains(email) {
        return None;
    }
    providers.iter().find(|one| one.only && (one.has_domain_of(email) || issuers.contains(&one.issuer)))
}

/// The provider that is the only way in for addresses of this domain, whoever is behind them: what anybody may be told.
#[must_use]
pub fn only_way_of_domain<'a>(providers: &'a [Provider], email: &Email) -> Option<&'a Provider> {
    providers.iter().find(|one| one.only && one.has_domain_of(email))
}

#[cfg(test)]
pub(crate) fn sample() -> Provider {
    Provider {
        id: "staff".parse().unwrap(),
        name: "Example staff".to_owned(),
        issuer: "https://id.example.com".to_owned(),
        client_id: "habilis".to_owned(),
        secret: None,
        scopes: usual_scopes(),
        domains: vec!["example.com".to_owned()],
        create: false,
        only: true,
        groups_claim: usual_groups(),
        teams: BTreeMap::from([("grp-data".to_owned(), "data".parse().unwrap())]),
        ca_file: None,
        timeout_seconds: 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_told_by_its_name() {
        let told = |change: fn(&mut Provider)| {
            let mut one = sample();
            change(&mut one);
            complete(&mut [one], &BTreeMap::new()).unwrap_err()
        };
        assert!(complete(&mut [sample()], &BTreeMap::new()).is_ok());
        for issuer in [
            "http://id.example.com",
            "https://id.example.com?x=1",
            "https://id.example.com#x",
            "https://user:pw@id.example.com",
            "id.example.com",
            "http://127.0.0.1.example.com",
        ] {
            let mut one = sample();
            issuer.clone_into(&mut one.issuer);
            assert!(complete(&mut [one], &BTreeMap::new()).unwrap_err().contains("issuer"), "{issuer}");
        }
        assert!(told(|one| one.name = " ".into()).contains("name"));
        assert!(told(|one| one.client_id.clear()).contains("client_id"));
        assert!(told(|one| one.scopes.clear()).contains("openid"));
        assert!(told(|one| one.domains.push("*.example.com".into())).contains("domain"));
        assert!(told(|one| one.timeout_seconds = 0).contains("timeout_seconds"));
        assert!(complete(&mut [sample(), sample()], &BTreeMap::new()).unwrap_err().contains("two providers"));
        let other = BTreeMap::from([("other".to_owned(), Hidden::new("x"))]);
        assert!(complete(&mut [sample()], &other).unwrap_err().contains("no such provider"));
        let mut ours = [sample()];
        complete(&mut ours, &BTreeMap::from([("staff".to_owned(), Hidden::new("x"))])).unwrap();
        assert_eq!(ours[0].secret.as_ref().unwrap().reveal(), "x");
    }

    #[test]
    fn the_only_way_in_has_one_exception() {
        let ways = [sample()];
        let email = |text: &str| text.parse::<Email>().unwrap();
        let (ana, out) = (email("ana@example.com"), email("ana@example.org"));
        assert!(only_way(&ways, &[], &ana, &[]).is_some());
        assert!(only_way(&ways, std::slice::from_ref(&ana), &ana, &[]).is_none());
        assert!(only_way(&ways, &[], &out, &[]).is_none());
        assert!(only_way(&ways, &[], &out, &["https://id.example.com".to_owned()]).is_some());
        // A domain is a whole one.
        assert!(only_way(&ways, &[], &email("ana@sub.example.com"), &[]).is_none());
        assert!(only_way(&ways, &[], &email("ana@badexample.com"), &[]).is_none());
        assert!(only_way_of_domain(&ways, &ana).is_some() && only_way_of_domain(&ways, &out).is_none());
    }
}
