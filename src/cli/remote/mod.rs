//! The command line as a tool of any Habilis, here or elsewhere: it signs in by a device code, keeps what it was given, and
//! hands out tokens to the programs that use a warehouse.

mod http;
mod keep;
mod login;
mod logout;
mod provider;
mod token;

pub(super) use login::Login;
pub(super) use logout::Logout;
pub(super) use token::Token;

use super::Failed;
use crate::base::text::Slug;
use clap::Args;

/// Where to sign in when nobody says where: what `habilis demo` and `habilis serve` listen on unless told otherwise.
const HERE: &str = "http://127.0.0.1:8080";

/// Which Habilis is meant.
#[derive(Debug, Args)]
struct Server {
    /// The address of the Habilis, as https://academy.example.com; without it, the one that you signed in to last
    #[arg(long = "server", value_name = "URL", env = "HABILIS_SERVER")]
    url: Option<String>,
}

/// Where the same role's name stands in two warehouses.
#[derive(Debug, Args)]
struct Resource {
    /// The warehouse's audience, where two warehouses have a role of that name
    #[arg(long, visible_alias = "warehouse", value_name = "URI")]
    resource: Option<String>,
}

/// A role as a scope: by its name here (`analyst`), or by a scope as the warehouse spells it (`session:role:ANALYST`).
fn scope(role: &str) -> Result<String, Failed> {
    if role.contains(':') {
        return Ok(role.to_owned());
    }
    match role.parse::<Slug>() {
        Ok(slug) => Ok(format!("role:{slug}")),
        Err(_) => Err(Failed::words(format!(
            "{role} is no role's name: write it as its page's address does, such as analyst, or write the scope, such as \
             session:role:ANALYST"
        ))),
    }
}

/// The name by which people are told of a scope's role again.
fn named(scope: &str) -> &str {
    scope.strip_prefix("role:").unwrap_or(scope)
}

/// The command that signs in for a role, for whoever has to.
fn sign_in_command(server: &str, role: Option<&str>, resource: Option<&str>) -> String {
    let role = role.map(|role| format!(" --role {}", named(role))).unwrap_or_default();
    let resource = resource.map(|resource| format!(" --resource {resource}")).unwrap_or_default();
    format!("habilis login --server {server}{role}{resource}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_named_in_two_ways() {
        assert_eq!(scope("analyst").unwrap(), "role:analyst");
        assert_eq!(scope("session:role:ANALYST").unwrap(), "session:role:ANALYST");
        assert!(scope("ANALYST").is_err() && scope("").is_err());
        assert_eq!((named("role:analyst"), named("session:role:A")), ("analyst", "session:role:A"));
        let command = sign_in_command("https://a.example.com", Some("role:analyst"), None);
        assert_eq!(command, "habilis login --server https://a.example.com --role analyst");
    }
}
