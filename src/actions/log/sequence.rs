//! Giving events their positions: each of them once, in one order for everybody, and signed within a second.
//!
//! Any replica may do it: whoever does holds the log's one row until its commit, and the next one goes on behind it. An event
//! that was committed late is not passed over, for what waits is noted with the event itself.

use super::grown::{Whose, is_lost, prove_signed};
use crate::{
    actions::{About, act},
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
        log::{
            entry,
            hash::{self, Hash},
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
/// The log is not what was signed last, the key of the log was sealed with another secret, or the database is away.
pub async fn sequence(app: &App) -> Result<u64, Fault> {
    let mut placed = 0;
    loop {
        let house = app.clone();
        let now = app.now();
        // No action and no event: an event about each event would never end.
        let some = app.db.write(now, move |w| Ok(batch(&house, w)?)).await;
        if let Err(Fault::Broken(Broken::Defect(why))) = &some {
            let why = format!("{why:#}");
            if app.witness.is_news(&why) {
                tracing::error!(error = why, "no event gets its place in the log, and nothing of it is signed");
            }
        }
        match some? {
            Batch::NoKey => make_key(app).await?,
            Batch::Placed(None) => return Ok(placed),
            Batch::Placed(Some(grown)) => {
                // Not before it is committed: what is rolled back was never signed.
                app.witness.remember(grown.size, grown.root);
                placed += grown.by;
            }
        }
    }
}

/// As [`sequence`], for whoever goes on with what is signed: a log of which nothing more is signed is complained of, and read.
/// Tells whether what waited has its position.
///
/// # Errors
/// The database is away.
pub(in crate::actions) async fn sequence_what_may_be(app: &App) -> Result<bool, Fault> {
    match sequence(app).await {
        Err(Fault::Broken(Broken::Defect(_))) => Ok(false),
        other => other.map(|_| true),
    }
}

enum Batch {
    /// The log has not begun.
    NoKey,
    /// What was placed; none where nothing waited.
    Placed(Option<Grown>),
}

/// What the log has grown to.
struct Grown {
    /// By how many events.
    by: u64,
    size: u64,
    root: Hash,
}

fn batch(app: &App, w: &mut Writing<'_>) -> Result<Batch, Broken> {
    // The key is read once nobody else signs: one that was renewed meanwhile signs no more.
    let Some(state) = rows::hold(w)? else { return Ok(Batch::NoKey) };
    let Some(key) = rows::signing_key(w)? else { return Ok(Batch::NoKey) };
    Ok(Batch::Placed(batch_with(app, w, state, &key, Whose::Ours)?))
}

/// Signs with a key what waits. Nothing is written before all is proved that can be.
fn batch_with(
    app: &App,
    w: &mut Writing<'_>,
    state: rows::State,
    key: &rows::Key,
    whose: Whose,
) -> Result<Option<Grown>, Broken> {
    let waiting = rows::pending(w, MOST)?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let sealed = key.sealed.as_ref().ok_or_else(|| Broken::defect("the key of the log has no private part"))?;
    let signer = Signer::new(&state.origin, &app.keyring.unseal(&key.id, sealed)?)?;
    let mut edge = rows::edge(w, state.size)?;
    prove_signed(app, w, &state, &edge, whose)?;
    let mut full = Vec::new();
    for (_, kept) in &waiting {
        full.extend(edge.push(hash::leaf(&entry::entry(kept)?)));
    }
    let places: Vec<i64> = waiting.iter().map(|(seq, _)| *seq).collect();
    rows::place(w, state.size, &places)?;
    rows::put_tiles(w, &full, &edge)?;
    let checkpoint = Checkpoint { origin: state.origin, size: edge.size(), root: edge.root() };
    rows::insert_checkpoint(w, checkpoint.size, &checkpoint.root, &signer.sign(&checkpoint))?;
    Ok(Some(Grown { by: places.len() as u64, size: checkpoint.size, root: checkpoint.root }))
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
/// The actor is no admin, the log is not what was signed last, or the database is away.
pub async fn renew_log_key(app: &App, actor: &Actor) -> Result<(), Fault> {
    sequence_what_may_be(app).await?;
    let (house, caller) = (app.clone(), actor.clone());
    let grown = act(app, actor, "renew_log_key", About::nothing().named("log"), move |w, by| {
        caller.as_admin()?;
        let state = rows::hold(w)?;
        let old = rows::signing_key(w)?;
        let lost = state.as_ref().map_or(Ok(false), |state| is_lost(&house, w, &state.origin))?;
        rows::retire_keys(w)?;
        fresh_key(&house, w, by)?;
        // The old key signs the event that names the new one, while it can.
        let Some(state) = state else { return Ok(None) };
        if let Some(old) = old {
            match batch_with(&house, w, state.clone(), &old, Whose::Ours) {
                Err(Broken::Unavailable(why)) => return Err(Broken::Unavailable(why).into()),
                Ok(grown) => return Ok(grown),
                // A log that was rewritten does not become what it was by another key.
                Err(broken) if !lost => return Err(broken.into()),
                Err(broken) => {
                    tracing::warn!(error = %broken, "the log's old key signs no more; the new one goes on alone");
                }
            }
        }
        if !lost {
            return Ok(None);
        }
        // What the old key signed last is believed by its public part alone, this once; the tree must be that of it all the same.
        let Some(new) = rows::signing_key(w)? else { return Ok(None) };
        Ok(batch_with(&house, w, state, &new, Whose::Named)?)
    })
    .await?;
    if let Some(Grown { size, root, .. }) = grown {
        app.witness.remember(size, root);
    }
    Ok(())
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
