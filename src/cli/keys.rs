//! `habilis keys`: the keys that sign tokens.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::rotate_keys::{self, Haste},
    tokens::{keyring::Algorithm, rows::Purpose},
};
use clap::Subcommand;

/// Signing keys
#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// List keys, newest first
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Let the next keys sign, once they were published for six minutes; the old ones still verify for a day and an hour
    Rotate {
        /// Only this algorithm: ES256 or RS256
        #[arg(long, value_parser = algorithm)]
        algorithm: Option<Algorithm>,
        /// The key of badges; the old one stays published for as long as badges are shown
        #[arg(long)]
        badges: bool,
        /// At once, although verifiers may not have seen the next key yet: for a key that has leaked
        #[arg(long)]
        now: bool,
    },
    /// Take a retiring key out of use now: what it signed is refused from now on
    Retire {
        /// The key's id
        kid: String,
    },
}

fn algorithm(word: &str) -> Result<Algorithm, String> {
    Algorithm::from_word(word).ok_or_else(|| "one of: ES256, RS256".to_owned())
}

impl Keys {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::open(false)?;
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let keys = desk.run(rotate_keys::list_keys(app, actor))?;
                let mut table = Table::new(&["kid", "signs", "algorithm", "state", "made", "changed"]);
                let mut public = Vec::with_capacity(keys.len());
                for key in &keys {
                    table.row([
                        key.kid.clone(),
                        key.purpose.word().to_owned(),
                        key.algorithm.word().to_owned(),
                        key.state.word().to_owned(),
                        print::moment(key.created_at),
                        print::moment(key.changed_at),
                    ]);
                    public.push(serde_json::json!({
                        "kid": key.kid, "purpose": key.purpose, "algorithm": key.algorithm, "state": key.state,
                        "created_at": key.created_at, "changed_at": key.changed_at,
                    }));
                }
                print::list(format, &public, &table)?;
            }
            Self::Rotate { algorithm, badges, now } => {
                let haste = if now { Haste::Now } else { Haste::OncePublished };
                let purpose = if badges { Purpose::Badge } else { Purpose::Token };
                let active = desk.run(rotate_keys::rotate_keys(app, actor, purpose, algorithm, haste))?;
                active.iter().for_each(|kid| print::say(&format!("{kid} signs now")));
                print::say("running services follow within seconds");
            }
            Self::Retire { kid } => {
                desk.run(rotate_keys::retire_key(app, actor, kid.clone()))?;
                print::say(&format!("{kid} is gone: its private part is wiped and nobody verifies with it"));
            }
        }
        Ok(Next::Done)
    }
}
