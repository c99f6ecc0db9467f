//! `habilis keys`: the keys that sign tokens.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    access::catalogue::Signing,
    actions::{
        reseal::{self, Resealed},
        rotate_keys::{self, Haste},
    },
    tokens::rows::Purpose,
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
        /// Only this algorithm: ES256, RS256 or EdDSA
        #[arg(long, value_parser = algorithm)]
        algorithm: Option<Signing>,
        /// The key of badges; the old one stays published for as long as badges are shown
        #[arg(long)]
        badges: bool,
        /// At once, although verifiers may not have seen the next key yet: for a key that has leaked
        #[arg(long)]
        now: bool,
    },
    /// Seal everything anew that an older secret key has sealed; running services do so, too, within ten minutes
    Reseal,
    /// Put a fresh secret key in front of the old one in the key file, and seal everything anew with it
    NewSecret {
        /// Let the old ones go instead, once nothing is sealed by them any more
        #[arg(long)]
        drop_old: bool,
    },
    /// Take a retiring key out of use now: what it signed is refused from now on
    Retire {
        /// The key's id
        // One in 64 begins with a hyphen.
        #[arg(allow_hyphen_values = true)]
        kid: String,
    },
}

fn algorithm(word: &str) -> Result<Signing, String> {
    Signing::from_word(word).ok_or_else(|| "one of: ES256, RS256, EdDSA".to_owned())
}

fn say_resealed(done: Resealed) {
    print::say(&match done.anew {
        0 => format!("all of the {} sealed things are sealed with the first secret key already", done.all),
        anew => format!("{anew} of {} sealed things were sealed anew", done.all),
    });
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
            Self::Reseal => say_resealed(desk.run(reseal::reseal(app, actor))?),
            Self::NewSecret { drop_old: false } => {
                say_resealed(desk.run(reseal::renew_secret(app, actor))?);
                print::say(
                    "running services follow within seconds; after a minute the old key can go: habilis keys new-secret --drop-old",
                );
            }
            Self::NewSecret { drop_old: true } => {
                let went = desk.run(reseal::drop_old_secrets(app, actor))?;
                print::say(&match went {
                    0 => "there was no old secret key".to_owned(),
                    1 => "the old secret key is gone; backups of the database from before need it still: keep it with them".to_owned(),
                    went => format!("{went} old secret keys are gone; backups of the database from before need them still: keep them with those"),
                });
            }
            Self::Retire { kid } => {
                desk.run(rotate_keys::retire_key(app, actor, kid.clone()))?;
                print::say(&format!("{kid} is gone: its private part is wiped and nobody verifies with it"));
            }
        }
        Ok(Next::Done)
    }
}
