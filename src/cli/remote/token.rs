//! `habilis token`: prints a token for a role, from what is kept or renewed; nothing else goes to standard output.
//!
//! A kept token is handed out until shortly before its end without asking the server, so that a script may call this as often
//! as it likes. What was revoked meanwhile ends where it always does: at the next renewal, and at introspection.

use super::{
    super::{Failed, Next, print},
    HERE, Resource, Server,
    keep::Keep,
    named,
    provider::{Provider, Refusal, Tokens, Trouble},
    scope, sign_in_command,
};
use crate::base::clock::{Clock, Time};
use clap::{Args, ValueEnum};
use serde_json::json;

/// Print a token for a role that you signed in for with `habilis login`
///
/// As in PGPASSWORD="$(habilis token analyst)" psql …; it is renewed by itself. A kept token is printed until shortly before
/// its end without asking the server; one that was revoked ends at the next renewal and wherever tokens are introspected.
#[derive(Debug, Args)]
pub(in crate::cli) struct Token {
    /// The role, as analyst
    role: String,
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    resource: Resource,
    /// How it is printed
    #[arg(long, value_enum, default_value = "jwt")]
    format: Format,
}

/// How a token is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The token itself.
    Jwt,
    /// A line for a shell that sets `HABILIS_TOKEN`.
    Env,
    /// With its end, for programs.
    Json,
    /// For kubectl and what speaks its protocol.
    ExecCredential,
}

impl Token {
    pub(in crate::cli) fn run(self) -> Result<Next, Failed> {
        let (scope, resource) = (scope(&self.role)?, self.resource.resource);
        // Held to the end: nobody else renews meanwhile.
        let mut keep = Keep::open()?;
        let server = self.server.url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
        let server = server.or_else(|| keep.kept.server.clone()).unwrap_or_else(|| HERE.to_owned());
        let command = sign_in_command(&server, Some(&scope), resource.as_deref());
        let place = keep.kept.place(&server, Some(&scope), resource.as_deref());
        let Some(known) = place.and_then(|place| keep.kept.connections.get_mut(place)) else {
            return Err(Failed::words(format!(
                "you are not signed in to {server} for {}. Run `{command}`",
                named(&scope)
            )));
        };
        let now = Clock::System.now().seconds();
        if let Some(token) = known.fresh(now) {
            print(self.format, token, known.until, &server, &scope)?;
            return Ok(Next::Done);
        }
        let renewed = match &known.refresh_token {
            Some(token) => Provider::discover(&server)?.refresh(token),
            None => Err(Trouble::Refused(Refusal { code: ENDED.into(), ..Refusal::default() })),
        };
        match renewed {
            Ok(Tokens { access_token, expires_in, refresh_token, .. }) => {
                known.refresh_token = refresh_token.or(known.refresh_token.take());
                (known.from, known.until) = (now, now.saturating_add(expires_in));
                known.access_token = Some(access_token.clone());
                let until = known.until;
                // Kept before it is printed: the next renewal needs what came along.
                keep.save()?;
                print(self.format, &access_token, until, &server, &scope)?;
                Ok(Next::Done)
            }
            Err(Trouble::Refused(refusal)) if is_over(&refusal) => {
                keep.kept.connections.retain(|one| {
                    !(one.server == server && one.scope.as_ref() == Some(&scope) && one.resource == resource)
                });
                keep.save()?;
                let why = if refusal.error_description.is_empty() {
                    "it can not be renewed".to_owned()
                } else {
                    refusal.error_description
                };
                Err(Failed::words(format!("your sign-in for {} has ended: {why}. Run `{command}`", named(&scope))))
            }
            Err(Trouble::Refused(refusal)) => Err(refused(&server, &scope, &refusal)),
            Err(away) => Err(away.into()),
        }
    }
}

/// The code of a refusal that says the connection itself is over, and not that something is missing for now.
const ENDED: &str = "oauth-grant";

fn is_over(refusal: &Refusal) -> bool {
    // A server that says no more than the standard does has nothing that could come back.
    refusal.code == ENDED || (refusal.error == "invalid_grant" && refusal.code.is_empty())
}

/// What is missing, and the pages that lead there. The connection stays: once it is there, tokens come again.
fn refused(server: &str, scope: &str, refusal: &Refusal) -> Failed {
    let mut words = format!("no token for {}: {} ({})", named(scope), refusal.error_description, refusal.error);
    for missing in &refusal.missing {
        words.push_str(&format!("\n  missing {} {}: {server}{}", missing.kind, missing.title, missing.href));
    }
    if let Some(role) = scope.strip_prefix("role:") {
        words.push_str(&format!("\n  {server}/access/{role} says what leads there"));
    }
    Failed::words(words)
}

fn print(format: Format, token: &str, until: i64, server: &str, scope: &str) -> Result<(), Failed> {
    let end = Time::from_micros(until.saturating_mul(1_000_000)).to_string();
    match format {
        Format::Jwt => print::say(token),
        Format::Env => print::say(&format!("export HABILIS_TOKEN='{}'", token.replace('\'', ""))),
        Format::Json => print::json(&json!({
            "access_token": token, "token_type": "Bearer", "expires_at": end, "scope": scope, "server": server,
        }))?,
        // Kubernetes, client.authentication.k8s.io/v1.
        Format::ExecCredential => print::json(&json!({
            "apiVersion": "client.authentication.k8s.io/v1",
            "kind": "ExecCredential",
            "status": { "token": token, "expirationTimestamp": end },
        }))?,
    }
    Ok(())
}
