//! Service accounts: confidential clients that get tokens for themselves, on what their owner may (RFC 6749, section 4.4);
//! and whose tokens a client may exchange (RFC 8693).
//!
//! There are no anonymous machines: an account has an owner, a definite list of roles, and nothing else. It is sent back
//! nowhere, gets no refresh token (section 4.4.3), and stays nothing that a person could sign in to.

use super::client::{ClientKind, ClientRefusal, GrantType, Registration, one_line};
use crate::{
    access::catalogue::{LoginCase, Warehouse},
    base::text::Slug,
};

/// What a client is beyond a tool that acts for whoever uses it.
#[derive(Clone, Debug, Default)]
pub struct More {
    /// Makes it a service account.
    pub service: Option<Service>,
    /// The clients whose tokens it may exchange.
    pub exchanges: Vec<String>,
}

/// What makes a client a service account.
#[derive(Clone, Debug)]
pub struct Service {
    /// Who answers for it: an id, an e-mail address, or a name that only one has.
    pub owner: String,
    /// How it is named in warehouses, where not by its id.
    pub logins: Vec<(Slug, String)>,
}

impl Registration {
    /// The registration of a service account in its kept form.
    ///
    /// # Errors
    /// It is public, gets tokens in another way, too, is sent back somewhere, or may use roles that are not named.
    pub fn checked_service(mut self) -> Result<Self, ClientRefusal> {
        let wrong = |what, why| Err(ClientRefusal::Service { what, why });
        self.name = one_line(&self.name)?;
        if self.kind != ClientKind::Confidential {
            return wrong("public", "it has to keep a secret");
        }
        let own = |way: &GrantType| matches!(way, GrantType::ClientCredentials | GrantType::TokenExchange);
        if !self.grant_types.iter().all(own) || !self.grant_types.contains(&GrantType::ClientCredentials) {
            return wrong("ways", "it gets tokens by client_credentials, and by nothing that a person signs in for");
        }
        if self.redirect_uris.iter().chain(&self.post_logout_uris).any(|uri| !uri.trim().is_empty()) {
            return wrong("redirects", "no browser is sent back to it");
        }
        let mut roles = self.roles.take().unwrap_or_default();
        roles.sort_unstable();
        roles.dedup();
        if roles.is_empty() {
            return wrong("roles", "the roles that it may use have to be named");
        }
        self.roles = Some(roles);
        (self.redirect_uris, self.post_logout_uris) = (Vec::new(), Vec::new());
        self.grant_types.sort_unstable();
        self.grant_types.dedup();
        Ok(self)
    }

    /// The clients whose tokens it may exchange, in their kept form. They are named one by one: a client that may exchange
    /// whatever comes its way is worth as much to a thief as all of those that send it something.
    ///
    /// # Errors
    /// It is public, names none, or names some and may not exchange.
    pub fn checked_exchanges(&self, mut exchanges: Vec<String>) -> Result<Vec<String>, ClientRefusal> {
        let wrong = |what, why| Err(ClientRefusal::Exchange { what, why });
        exchanges.iter_mut().for_each(|client| *client = client.trim().to_owned());
        exchanges.retain(|client| !client.is_empty());
        exchanges.sort_unstable();
        exchanges.dedup();
        match (self.grant_types.contains(&GrantType::TokenExchange), exchanges.is_empty()) {
            (false, true) => {}
            (true, _) if self.kind == ClientKind::Public => {
                return wrong("public", "who exchanges has to keep a secret");
            }
            (true, true) => return wrong("none", "the tools whose tokens it may exchange have to be named"),
            (false, false) => return wrong("ways", "it is not to be registered for token exchange"),
            (true, false) => {}
        }
        Ok(exchanges)
    }
}

/// A name in a warehouse in its kept form.
///
/// # Errors
/// It is empty, longer than 200 characters, or goes over several lines.
pub fn login(text: &str) -> Result<String, ClientRefusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 200 || text.chars().any(char::is_control) {
        return Err(ClientRefusal::Login);
    }
    Ok(text.to_owned())
}

/// How an account is named in a warehouse where nobody has said: by its id, in the case that names have there. No name that
/// is made of an address looks like that.
#[must_use]
pub fn default_login(warehouse: &Warehouse, client: &str) -> String {
    match warehouse.login.case {
        LoginCase::Upper => client.to_uppercase(),
        LoginCase::Lower | LoginCase::Keep => client.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registration() -> Registration {
        Registration {
            name: " Nightly \n load ".to_owned(),
            kind: ClientKind::Confidential,
            redirect_uris: vec![" ".to_owned()],
            post_logout_uris: Vec::new(),
            grant_types: vec![GrantType::ClientCredentials, GrantType::ClientCredentials],
            roles: Some(["b", "a", "b"].map(|role| role.parse().unwrap()).to_vec()),
        }
    }

    fn refused(change: impl Fn(&mut Registration)) -> &'static str {
        let mut wanted = registration();
        change(&mut wanted);
        match wanted.checked_service() {
            Err(ClientRefusal::Service { what, .. }) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_service_account_has_an_owner_a_secret_and_roles_and_nothing_else() {
        let fit = registration().checked_service().unwrap();
        assert_eq!((fit.name.as_str(), fit.redirect_uris.len(), fit.grant_types.len()), ("Nightly load", 0, 1));
        assert_eq!(fit.roles.unwrap().iter().map(Slug::as_str).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(refused(|wanted| wanted.kind = ClientKind::Public), "public");
        assert_eq!(refused(|wanted| wanted.grant_types.push(GrantType::RefreshToken)), "ways");
        assert_eq!(refused(|wanted| wanted.grant_types.clear()), "ways");
        assert_eq!(refused(|wanted| wanted.redirect_uris.push("https://t.example/".to_owned())), "redirects");
        assert_eq!(refused(|wanted| wanted.post_logout_uris.push("https://t.example/".to_owned())), "redirects");
        assert_eq!(refused(|wanted| wanted.roles = None), "roles");
        assert_eq!(refused(|wanted| wanted.roles = Some(Vec::new())), "roles");
        // And a tool without an owner is none.
        let tool = Registration { redirect_uris: vec!["https://t.example/b".to_owned()], ..registration() };
        assert!(matches!(tool.checked(), Err(ClientRefusal::Service { what: "owner", .. })));
    }

    #[test]
    fn whose_tokens_are_exchanged_is_said_one_by_one() {
        let mut wanted = registration();
        let asked = |wanted: &Registration, names: &[&str]| {
            let kept = wanted.checked_exchanges(names.iter().map(|&name| name.to_owned()).collect());
            kept.map_err(|refusal| match refusal {
                ClientRefusal::Exchange { what, .. } => what,
                other => panic!("{other:?}"),
            })
        };
        assert_eq!(asked(&wanted, &[" "]), Ok(Vec::new()));
        assert_eq!(asked(&wanted, &["cli_1"]), Err("ways"));
        wanted.grant_types.push(GrantType::TokenExchange);
        assert_eq!(asked(&wanted, &[""]), Err("none"));
        assert_eq!(asked(&wanted, &["cli_2", " cli_1 ", "cli_2"]), Ok(vec!["cli_1".to_owned(), "cli_2".to_owned()]));
        assert_eq!(wanted.clone().checked_service().unwrap().grant_types.len(), 2);
        wanted.kind = ClientKind::Public;
        assert_eq!(asked(&wanted, &["cli_1"]), Err("public"));
    }

    #[test]
    fn a_name_in_a_warehouse_is_one_line() {
        assert_eq!(login(" SVC_LOAD ").unwrap(), "SVC_LOAD");
        for bad in ["", "  ", "a\nb", &"x".repeat(201)] {
            assert_eq!(login(bad), Err(ClientRefusal::Login), "{bad:?}");
        }
    }
}
