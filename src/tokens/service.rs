//! Service accounts: confidential clients that get tokens for themselves, on what their owner may (RFC 6749, section 4.4).
//!
//! There are no anonymous machines: an account has an owner, a definite list of roles, and nothing else. It is sent back
//! nowhere, gets no refresh token (section 4.4.3), and stays nothing that a person could sign in to.

use super::client::{ClientKind, ClientRefusal, GrantType, Registration, one_line};
use crate::{
    access::catalogue::{LoginCase, Warehouse},
    base::text::Slug,
};

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
        if self.grant_types.iter().any(|way| *way != GrantType::ClientCredentials) || self.grant_types.is_empty() {
            return wrong("ways", "client_credentials is the only way in which it gets tokens");
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
        self.grant_types = vec![GrantType::ClientCredentials];
        Ok(self)
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
    fn a_name_in_a_warehouse_is_one_line() {
        assert_eq!(login(" SVC_LOAD ").unwrap(), "SVC_LOAD");
        for bad in ["", "  ", "a\nb", &"x".repeat(201)] {
            assert_eq!(login(bad), Err(ClientRefusal::Login), "{bad:?}");
        }
    }
}
