//! `habilis logout`: gives back what `habilis login` was given, and forgets it.

use super::{
    super::{Failed, Next, print},
    Server,
    keep::Keep,
    named,
    provider::{Provider, Trouble},
    scope,
};
use clap::Args;

/// Sign out of a Habilis: what this machine was given ends there, and is forgotten here
#[derive(Debug, Args)]
pub(in crate::cli) struct Logout {
    #[command(flatten)]
    server: Server,
    /// Only for this role
    #[arg(long)]
    role: Option<String>,
}

impl Logout {
    pub(in crate::cli) fn run(self) -> Result<Next, Failed> {
        let role = self.role.as_deref().map(scope).transpose()?;
        let mut keep = Keep::open()?;
        let server = self.server.url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
        let Some(server) = server.or_else(|| keep.kept.server.clone()) else {
            print::say("You are signed in nowhere.");
            return Ok(Next::Done);
        };
        let (gone, left) = std::mem::take(&mut keep.kept.connections)
            .into_iter()
            .partition(|one| one.server == server && (role.is_none() || one.scope == role));
        keep.kept.connections = left;
        if gone.is_empty() {
            print::say(&format!("You are not signed in to {server}."));
            return Ok(Next::Done);
        }
        let provider = Provider::discover(&server);
        let mut kept_there = Vec::new();
        for one in &gone {
            let Some(token) = &one.refresh_token else { continue };
            let revoked = match &provider {
                Ok(provider) => provider.revoke(token),
                Err(_) => Err(Trouble::Away(format!("{server} does not answer"))),
            };
            if let Err(trouble) = revoked {
                let words = match trouble {
                    Trouble::Away(words) => words,
                    Trouble::Refused(refusal) => refusal.error_description,
                };
                kept_there.push((one.scope.as_deref().map_or("who you are", named).to_owned(), words));
            }
        }
        if keep.kept.server.as_ref() == Some(&server) && !keep.kept.connections.iter().any(|one| one.server == server) {
            keep.kept.server = None;
        }
        keep.save()?;
        if kept_there.is_empty() {
            print::say(&format!("Signed out of {server}."));
            return Ok(Next::Done);
        }
        for (what, why) in kept_there {
            print::complain(&format!("forgotten here, but not ended there ({what}): {why}"));
        }
        print::complain(&format!("  {server}/account disconnects the command line; what is not used ends by itself"));
        Ok(Next::NotGood)
    }
}
