//! `habilis login`: signs in to a Habilis by a code that is typed in a browser, on this machine or on any other.

use super::{
    super::{Failed, Next, print},
    HERE, Resource, Server,
    keep::{Connection, Keep},
    named,
    provider::{Codes, Provider, Tokens, Trouble},
    scope, sign_in_command,
};
use crate::base::clock::Clock;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::Args;
use serde_json::Value;
use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Sign in to a Habilis, here or elsewhere, so that `habilis token` can fetch tokens
///
/// A code is shown, which is typed in a browser on this machine or any other. What comes of it is kept in a file that only
/// you can read, in the habilis folder of $XDG_CONFIG_HOME or ~/.config. Each role is allowed on its own.
#[derive(Debug, Args)]
pub(in crate::cli) struct Login {
    #[command(flatten)]
    server: Server,
    /// The role that tokens are wanted for, as analyst; without it, only who you are is asked for
    #[arg(long)]
    role: Option<String>,
    #[command(flatten)]
    resource: Resource,
    /// Open no browser, only say where to go
    #[arg(long)]
    no_browser: bool,
}

impl Login {
    pub(in crate::cli) fn run(self) -> Result<Next, Failed> {
        let role = self.role.as_deref().map(scope).transpose()?;
        let resource = self.resource.resource;
        let before = Keep::open()?.kept.server;
        let server = self.server.url.or(before).unwrap_or_else(|| HERE.to_owned());
        let provider = Provider::discover(&server)?;
        let wanted = match &role {
            Some(role) => format!("openid email offline_access {role}"),
            None => "openid profile email offline_access".to_owned(),
        };
        let codes = provider.begin(&wanted, resource.as_deref())?;
        print::say(&format!("Open {} and type the code {}", codes.verification_uri, codes.user_code));
        let complete = codes.verification_uri_complete.as_deref().unwrap_or(&codes.verification_uri);
        print::say(&format!("(or open {complete} and compare the code)"));
        if !self.no_browser && browse(complete) {
            print::say("Your browser is being opened.");
        }
        let tokens = wait(&provider, &codes, &sign_in_command(&server, role.as_deref(), resource.as_deref()))?;
        let who = tokens.id_token.as_deref().and_then(email);
        let replaced = keep(&provider, role.clone(), resource, tokens)?;
        // What is replaced is given back: a connection that nobody knows of any more would live on for days.
        if let Some(Err(_)) = replaced.and_then(|old| old.refresh_token).map(|token| provider.revoke(&token)) {
            print::complain("what was connected before could not be given back; it ends by itself when it is not used");
        }
        let who = who.map(|who| format!(" as {who}")).unwrap_or_default();
        print::say(&format!("Signed in to {}{who}.", provider.issuer));
        match &role {
            Some(role) => print::say(&format!("`habilis token {}` prints a token.", named(role))),
            None => print::say("For tokens, sign in for a role: `habilis login --role ROLE`."),
        }
        Ok(Next::Done)
    }
}

/// Asks until the person has answered, as often as the server wants it (RFC 8628, section 3.5).
fn wait(provider: &Provider, codes: &Codes, again: &str) -> Result<Tokens, Failed> {
    let end = Instant::now() + Duration::from_secs(codes.expires_in.min(86_400));
    let mut interval = first_interval(codes);
    let too_late = || Failed::words(format!("nobody answered in time. Start anew with `{again}`"));
    loop {
        std::thread::sleep(interval);
        match provider.poll(&codes.device_code) {
            Ok(tokens) => return Ok(tokens),
            Err(Trouble::Refused(refusal)) => match refusal.error.as_str() {
                "authorization_pending" => {}
                "slow_down" => interval = slower(interval),
                "access_denied" => return Err(Failed::words("it was not allowed, and nothing was kept")),
                "expired_token" => return Err(too_late()),
                _ => return Err(Trouble::Refused(refusal).into()),
            },
            // A network that is away for a moment is asked less often, and not given up.
            Err(Trouble::Away(why)) => {
                print::complain(&format!("{why}; trying again"));
                interval = seldom(interval);
            }
        }
        if Instant::now() >= end {
            return Err(too_late());
        }
    }
}

/// How long to wait before the first question: what the server named, or five seconds.
fn first_interval(codes: &Codes) -> Duration {
    Duration::from_secs(codes.interval.clamp(1, 300))
}

/// Five seconds more, for good.
fn slower(interval: Duration) -> Duration {
    interval + Duration::from_secs(5)
}

/// Twice as long, up to a minute: nobody answers at all.
fn seldom(interval: Duration) -> Duration {
    (interval * 2).min(Duration::from_secs(60)).max(interval)
}

/// Keeps what was given; gives back what stood in its place.
fn keep(
    provider: &Provider,
    scope: Option<String>,
    resource: Option<String>,
    tokens: Tokens,
) -> Result<Option<Connection>, Failed> {
    let mut keep = Keep::open()?;
    let place = keep.kept.place(&provider.issuer, scope.as_deref(), resource.as_deref());
    let replaced = place.map(|place| keep.kept.connections.remove(place));
    let now = Clock::System.now().seconds();
    // Without a role, the access token opens nothing that this program asks for.
    let access_token = scope.is_some().then_some(tokens.access_token);
    keep.kept.connections.push(Connection {
        server: provider.issuer.clone(),
        scope,
        resource,
        refresh_token: tokens.refresh_token,
        access_token,
        from: now,
        until: now.saturating_add(tokens.expires_in),
    });
    keep.kept.server = Some(provider.issuer.clone());
    keep.save()?;
    Ok(replaced)
}

/// The address in an ID token that came straight from its server (OpenID Connect Core, section 3.1.3.7): to be shown, and
/// nothing else.
fn email(id_token: &str) -> Option<String> {
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1)?).ok()?).ok()?;
    let email = claims.get("email")?.as_str()?;
    Some(email.chars().filter(|c| !c.is_control()).collect())
}

/// Opens the browser, where there is one.
fn browse(url: &str) -> bool {
    let screen =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if !(screen || cfg!(target_os = "macos")) || !url.starts_with("http") {
        return false;
    }
    let begun = Command::new(program).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    begun.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn codes(interval: Option<u64>) -> Codes {
        let mut told =
            json!({ "device_code": "d", "user_code": "u", "verification_uri": "https://a", "expires_in": 600 });
        if let Some(interval) = interval {
            told["interval"] = json!(interval);
        }
        serde_json::from_value(told).unwrap()
    }

    #[test]
    fn a_server_is_asked_as_often_as_it_wants_and_less_often_where_nobody_answers() {
        assert_eq!(first_interval(&codes(None)), Duration::from_secs(5));
        assert_eq!(first_interval(&codes(Some(7))), Duration::from_secs(7));
        assert_eq!(first_interval(&codes(Some(0))), Duration::from_secs(1), "never in a loop");
        assert_eq!(slower(Duration::from_secs(5)), Duration::from_secs(10));
        let (mut interval, mut all) = (Duration::from_secs(5), Vec::new());
        for _ in 0..5 {
            interval = seldom(interval);
            all.push(interval.as_secs());
        }
        assert_eq!(all, [10, 20, 40, 60, 60]);
        assert_eq!(seldom(Duration::from_secs(300)).as_secs(), 300, "and never more often than was wanted");
    }
}
