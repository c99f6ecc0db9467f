//! Giving events their positions: each of them once, in one order for everybody, and signed within a second.
//!
//! Any replica may do it: whoever does holds the log's one row until its commit, and the next one goes on behind it. An event
//! that was committed late is not passed over, for what waits is noted with the event itself.

use crate::{
    actions::{About, act},
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
        log::{
            entry, hash,
            note::{Checkpoint, Signer, VerifierKey},
        },
        rows::log as rows,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::Writing,
    identity::actor::Actor,
};
use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    signature::{Ed25519KeyPair, KeyPair},
};

/// How many events get their positions in one transaction.
const MOST: i64 = 4_096;

/// As [`sequence`], where a look says that something waits.
///
/// # Errors
/// As [`sequence`].
pub async fn sequence_where_due(app: &App) -> Result<(), Fault> {
    if app.db.look_up(app.now(), |r| Ok(rows::is_waiting(r)?)).await? {
        sequence(app).await?;
    }
    Ok(())
}

/// Gives every event that waits its position, and signs how long the log is then; returns how many there were.
///
/// # Errors
/// The database is away, or the key of the log was sealed with another secret.
pub async fn sequence(app: &App) -> Result<u64, Fault> {
    let mut placed = 0;
    loop {
        let house = app.clone();
        let now = app.now();
        // No action and no event: an event about each event would never end.
        let some = app.db.write(now, move |w| Ok(batch(&house, w)?)).await?;
        match some {
            Batch::NoKey => make_key(app).await?,
            Batch::Placed(0) => return Ok(placed),
            Batch::Placed(some) => placed += some,
        }
    }
}

enum Batch {
    /// The log has not begun.
    NoKey,
    Placed(u64),
}

fn batch(app: &App, w: &mut Writing<'_>) -> Result<Batch, Broken> {
    // The key is read once nobody else signs: one that was renewed meanwhile signs no more.
    let Some(state) = rows::hold(w)? else { return Ok(Batch::NoKey) };
    let Some(key) = rows::signing_key(w)? else { return Ok(Batch::NoKey) };
    batch_with(app, w, state, &key)
}

fn batch_with(app: &App, w: &mut Writing<'_>, state: rows::State, key: &rows::Key) -> Result<Batch, Broken> {
    let waiting = rows::pending(w, MOST)?;
    if waiting.is_empty() {
        return Ok(Batch::Placed(0));
    }
    let sealed = key.sealed.as_ref().ok_or_else(|| Broken::defect("the key of the log has no private part"))?;
    let signer = Signer::new(&state.origin, &app.keyring.unseal(&key.id, sealed)?)?;
    let mut edge = rows::edge(w, state.size)?;
    let mut full = Vec::new();
    for (_, kept) in &waiting {
        full.extend(edge.push(hash::leaf(&entry::entry(kept)?)));
    }
    let places: Vec<i64> = waiting.iter().map(|(seq, _)| *seq).collect();
    rows::place(w, state.size, &places)?;
    rows::put_tiles(w, &full, &edge)?;
    let checkpoint = Checkpoint { origin: state.origin, size: edge.size(), root: edge.root() };
    rows::insert_checkpoint(w, checkpoint.size, &checkpoint.root, &signer.sign(&checkpoint))?;
    Ok(Batch::Placed(places.len() as u64))
}

/// The log's name: the service's address without its scheme (c2sp.org/tlog-checkpoint).
fn origin(app: &App) -> String {
    let issuer = app.settings.issuer();
    let bare = issuer.split_once("://").map_or(issuer.as_str(), |(_, rest)| rest);
    let plain: String = bare.trim_end_matches('/').chars().filter(|c| !c.is_whitespace() && *c != '+').collect();
    format!("{plain}/log")
}

/// Begins the log: its name, and its key.
async fn make_key(app: &App) -> Result<(), Fault> {
    let house = app.clone();
    act(app, &Actor::system("log"), "begin_log", About::nothing().named("log"), move |w, by| {
        rows::begin(w, &origin(&house))?;
        Ok(fresh_key(&house, w, by)?)
    })
    .await
}

/// Makes a new key for the log: it signs from now on, and its name stands in what the old one signed last. Where the old one
/// does not open any more (its secret key is lost), the new one goes on alone, and the log says so.
///
/// # Errors
/// The actor is no admin, or the database is away.
pub async fn renew_log_key(app: &App, actor: &Actor) -> Result<(), Fault> {
    sequence_what_opens(app).await?;
    let (house, caller) = (app.clone(), actor.clone());
    act(app, actor, "renew_log_key", About::nothing().named("log"), move |w, by| {
        caller.as_admin()?;
        let state = rows::hold(w)?;
        let old = rows::signing_key(w)?;
        rows::retire_keys(w)?;
        fresh_key(&house, w, by)?;
        // The old key signs the event that names the new one, while it can.
        if let (Some(state), Some(old)) = (state, old) {
            match batch_with(&house, w, state, &old) {
                Err(Broken::Unavailable(why)) => return Err(Broken::Unavailable(why).into()),
                Ok(_) => {}
                Err(broken) => {
                    tracing::warn!(error = %broken, "the log's old key signs no more; the new one goes on alone");
                }
            }
        }
        Ok(())
    })
    .await
}

/// Gives events their positions, unless the key does not open: then the new one will.
async fn sequence_what_opens(app: &App) -> Result<(), Fault> {
    match sequence(app).await {
        Err(Fault::Broken(Broken::Defect(_))) => Ok(()),
        other => other.map(drop),
    }
}

fn fresh_key(house: &App, w: &mut Writing<'_>, by: &By) -> Result<(), Broken> {
    let state = rows::hold(w)?.ok_or_else(|| Broken::defect("the log has no name"))?;
    let failed = |_| Broken::defect("making the key of the log failed");
    let pair = Ed25519KeyPair::generate().map_err(failed)?;
    let private = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(failed)?;
    let public = pair.public_key().as_ref().try_into().map_err(Broken::defect)?;
    let verifier = VerifierKey::new(&state.origin, public).map_err(Broken::defect)?.to_string();
    let id = name(w.now());
    if rows::insert_key(w, &id, &verifier, &house.keyring.seal(&id, private.as_ref())?)? {
        let entry = Entry::new(What::LogKeyMade).about(id).data(serde_json::json!({ "verifier": verifier }));
        audit::rows::append(w, by, entry)?;
    }
    Ok(())
}

/// A name for a key, under which its private part is sealed.
fn name(now: Time) -> String {
    format!("log-{}", Id::<ids::Event>::new(now))
}
