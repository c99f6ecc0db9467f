//! Whether an access token lives, asked by whoever may ask: from memory where that can be believed, or of the database, where
//! the one view is read at that moment. Introspection and `/verify` ask here, and nowhere else.

use crate::{
    app::App,
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::Reading,
    tokens::{
        keyring::LONGEST,
        memory::{Began, Digest, Live, MOST_CHANGES, Recalled, Rests, Seen},
        rows,
    },
};
use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Map, Value, json};
use std::{sync::Arc, time::Instant};

/// An access token of ours whose signature is good.
pub(super) struct AccessToken {
    pub(super) id: Id<ids::Token>,
    /// The name of the key that has signed it.
    pub(super) kid: String,
    pub(super) claims: Map<String, Value>,
}

/// Reads an access token of ours.
pub(super) fn access_token(app: &App, token: &str) -> Option<AccessToken> {
    let read = app.keyring.read(token)?;
    let Value::Object(claims) = read.claims else { return None };
    let ours = claims.get("iss") == Some(&json!(app.settings.issuer()));
    // ID tokens have no id of their own, and no record.
    let id = claims.get("jti").and_then(Value::as_str).filter(|_| ours)?.parse().ok()?;
    Some(AccessToken { id, kid: read.kid, claims })
}

/// Whether a token stands at the instant of the transaction: record, key, family, session, person, and the grant by the one
/// view; and the same of whatever it was exchanged for.
pub(super) fn lives(r: &mut Reading<'_>, token: &AccessToken) -> Result<Option<Rests>, Fault> {
    let now = r.at();
    let found = rows::token_standing(r, token.id)?
        // Signed by the key that its record names: another one of ours may have leaked, and be about to go.
        .filter(|standing| standing.stands && standing.kid == token.kid && now < standing.says_until());
    let Some(standing) = found else { return Ok(None) };
    let mut subjects = Vec::new();
    if standing.exchanged {
        for subject in rows::subjects_of(r, standing.id)? {
            let other = standing.grant_id != Some(subject.grant_id);
            let access = if other { rows::still_effective(r, subject.grant_id)? } else { None };
            if other && access.is_none() {
                return Ok(None);
            }
            subjects.push((subject, access));
        }
    }
    Ok(match standing.grant_id {
        Some(grant) => rows::still_effective(r, grant)?.map(|effective| (standing, Some(effective), subjects)),
        None => Some((standing, None, subjects)),
    })
}

/// What a token is worth.
pub enum Weighed {
    /// It lives.
    Live(Arc<Live>),
    /// It is an access token of ours, and is over or was ended.
    Dead { token: Id<ids::Token>, claims: Map<String, Value> },
    /// It is no access token of ours.
    NotOurs,
}

impl Weighed {
    /// The token that lives.
    #[must_use]
    pub fn live(self) -> Option<Arc<Live>> {
        match self {
            Self::Live(live) => Some(live),
            Self::Dead { .. } | Self::NotOurs => None,
        }
    }
}

/// Weighs a token.
///
/// # Errors
/// It can't be known now: the database is away.
pub async fn weigh(app: &App, token: &str) -> Result<Weighed, Fault> {
    if token.len() > LONGEST {
        return Ok(Weighed::NotOurs);
    }
    let name = named(token)?;
    let mut recalled = app.memory.recall(&name, now(app));
    if matches!(recalled, Recalled::Stale) {
        look(app).await?;
        recalled = app.memory.recall(&name, now(app));
    }
    if let Recalled::Live(live) = recalled {
        return Ok(Weighed::Live(live));
    }
    // Unknown; or something has changed again meanwhile. What the database says is right either way.
    let Some(read) = access_token(app, token) else { return Ok(Weighed::NotOurs) };
    let mark = app.memory.mark();
    let asked_at = app.now();
    let (rests, read) = app.db.read(app.memory.instant(asked_at), move |r| Ok((lives(r, &read)?, read))).await?;
    let Some(rests) = rests else { return Ok(Weighed::Dead { token: read.id, claims: read.claims }) };
    let live = Arc::new(Live::new(read.claims, rests, asked_at));
    app.memory.keep(name, mark, Arc::clone(&live));
    Ok(Weighed::Live(live))
}

/// Makes sure that memory can be believed at this moment.
///
/// # Errors
/// It can't: the database is away.
pub async fn fresh(app: &App) -> Result<(), Fault> {
    match app.memory.recall(&Digest::default(), now(app)) {
        Recalled::Stale => look(app).await,
        Recalled::Live(_) | Recalled::Unknown => Ok(()),
    }
}

/// Looks at what has changed of what tokens rest on. Who comes while somebody looks waits, and where that look began before
/// they came, looks once more for all who wait.
///
/// # Errors
/// The database is away.
pub async fn look(app: &App) -> Result<(), Fault> {
    let wanted = now(app);
    let turn = app.memory.turn().await;
    match app.memory.looked_since(wanted) {
        Some(true) => return Ok(()),
        Some(false) => return Err(Broken::Unavailable("what ends tokens can not be followed".to_owned()).into()),
        None => {}
    }
    let began = now(app);
    let position = app.memory.position(began);
    let keys = app.clone();
    let seen = app
        .db
        .read(began.at, move |r| {
            let changes = match position {
                Some(from) => rows::changes(r, from, MOST_CHANGES.saturating_add(1))?,
                None => Vec::new(),
            };
            // Keys that this process does not know yet sign elsewhere already.
            if position.is_none() || changes.iter().any(|change| change.subject.starts_with("key:")) {
                keys.keyring.refresh(r)?;
            }
            Ok(Seen { head: rows::head(r)?, changes })
        })
        .await;
    let outcome = match seen {
        Ok(seen) => {
            app.memory.take_up(began, position, seen);
            Ok(())
        }
        Err(fault) => {
            app.memory.failed();
            Err(fault)
        }
    };
    drop(turn);
    outcome
}

pub(super) fn now(app: &App) -> Began {
    // The count first: a change that is counted later is looked for later.
    let touched = app.db.touched();
    Began { instant: Instant::now(), at: app.now(), touched }
}

/// What memory calls a token, or what a client presented.
pub(super) fn named(presented: &str) -> Result<Digest, Broken> {
    digest(&SHA256, presented.as_bytes()).as_ref().try_into().map_err(Broken::defect)
}
