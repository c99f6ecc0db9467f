//! Scopes: what a tool asks for, read strictly; at most one of them is a role of a warehouse.

use super::{claims, refusal::OauthRefusal};
use crate::{
    access::catalogue::{Catalogue, Role, Warehouse},
    base::text::Slug,
};
use std::collections::BTreeSet;

/// The scopes of OpenID Connect that mean something here (Core, sections 5.4 and 11).
pub const STANDARD: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// What a tool asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes {
    standard: BTreeSet<&'static str>,
    /// The role as it was written: `session:role:ANALYST` or `role:analyst`.
    pub role: Option<String>,
}

impl Scopes {
    /// Reads a scope (RFC 6749, section 3.3). What is not known is left out (OpenID Connect Core, section 3.1.2.1).
    ///
    /// # Errors
    /// It does not read, names two roles, or nothing of it is known.
    pub fn read(text: &str) -> Result<Self, OauthRefusal> {
        let wrong = |why| OauthRefusal::Scope { why };
        let printable = |b: u8| matches!(b, 0x21 | 0x23..=0x5B | 0x5D..=0x7E | b' ');
        if text.len() > 1_000 || !text.bytes().all(printable) {
            return Err(wrong("it holds what no scope can hold"));
        }
        let mut scopes = Self::default();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if let Some(known) = STANDARD.iter().find(|known| **known == word) {
                scopes.standard.insert(known);
            } else if word.starts_with("session:role") || word.starts_with("role:") {
                if scopes.role.as_deref().is_some_and(|role| role != word) {
                    return Err(wrong("one token is for one role: ask for each on its own"));
                }
                scopes.role = Some(word.to_owned());
            }
        }
        if !scopes.has("openid") && scopes.role.is_none() {
            return Err(wrong("ask for openid, or for the role of a warehouse"));
        }
        Ok(scopes)
    }

    /// Whether a standard scope is among them.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.standard.contains(word)
    }

    /// The scope as it is granted and remembered: always in the same order.
    #[must_use]
    pub fn text(&self) -> String {
        let standard = STANDARD.iter().filter(|word| self.standard.contains(**word)).copied();
        standard.chain(self.role.as_deref()).collect::<Vec<_>>().join(" ")
    }

    /// What a person agrees to, in one spelling however it was asked for: the role by the name that the catalogue has for it.
    /// Two warehouses may have roles that they call the same, and who agreed to one of them did not agree to the other.
    #[must_use]
    pub fn agreed(&self, role: Option<&Slug>) -> String {
        Self { role: role.map(|role| format!("role:{role}")), ..self.clone() }.text()
    }

    /// Whether every part of it is in `wider`: a refresh never widens (RFC 6749, section 6).
    #[must_use]
    pub fn within(&self, wider: &Self) -> bool {
        self.standard.is_subset(&wider.standard) && (self.role.is_none() || self.role == wider.role)
    }

    /// The role that is meant, by the catalogue and, where two warehouses have one of that name, the resource (RFC 8707).
    ///
    /// # Errors
    /// There is no such role, or it stands in two warehouses and nothing says which one.
    pub fn resolve<'c>(
        &self,
        catalogue: &'c Catalogue,
        issuer: &str,
        resource: Option<&str>,
    ) -> Result<Option<(&'c Role, &'c Warehouse)>, OauthRefusal> {
        let Some(word) = &self.role else {
            return match resource {
                Some(resource) if resource != issuer => {
                    Err(OauthRefusal::Target { why: "without a role the only resource is this service" })
                }
                _ => Ok(None),
            };
        };
        let spelt = |role: &Role, warehouse: &Warehouse| {
            claims::scope(warehouse, role) == *word || format!("role:{}", role.id) == *word
        };
        let named = catalogue.roles.values().filter_map(|role| {
            let warehouse = catalogue.warehouses.get(&role.warehouse)?;
            spelt(role, warehouse).then_some((role, warehouse))
        });
        let named: Vec<_> = named.collect();
        if named.is_empty() {
            return Err(OauthRefusal::Scope { why: "there is no such role" });
        }
        let fits = |warehouse: &Warehouse| resource.is_none_or(|resource| warehouse.audience == resource);
        let mut fitting = named.into_iter().filter(|(_, warehouse)| fits(warehouse));
        match (fitting.next(), fitting.next()) {
            (Some(found), None) => Ok(Some(found)),
            (Some(_), Some(_)) => {
                Err(OauthRefusal::Target { why: "this role stands in two warehouses: say which one as resource" })
            }
            (None, _) => Err(OauthRefusal::Target { why: "that warehouse has no such role" }),
        }
    }
}

/// Whether a tool that may use only some roles may use this one.
#[must_use]
pub fn allowed(roles: Option<&Vec<Slug>>, role: &Slug) -> bool {
    roles.is_none_or(|roles| roles.contains(role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_one_role_and_what_is_unknown_is_left_out() {
        let read = Scopes::read("email openid  address session:role:ANALYST openid").unwrap();
        assert_eq!(read.text(), "openid email session:role:ANALYST");
        assert!(read.has("openid") && !read.has("offline_access"));
        assert!(Scopes::read("role:analyst role:other").is_err());
        assert!(Scopes::read("role:analyst role:analyst").is_ok());
        for bad in ["", "   ", "address phone", "openid\u{e9}", "openid\n", "\"", &"a".repeat(1_001)] {
            assert!(Scopes::read(bad).is_err(), "{bad:?}");
        }
        assert_eq!(read.agreed(Some(&"lake-analyst".parse().unwrap())), "openid email role:lake-analyst");
        let wide = Scopes::read("openid email role:analyst").unwrap();
        assert!(Scopes::read("openid").unwrap().within(&wide));
        assert!(!Scopes::read("openid profile").unwrap().within(&wide));
        assert!(!Scopes::read("role:other").unwrap().within(&wide));
    }
}
