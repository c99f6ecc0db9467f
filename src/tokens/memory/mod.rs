//! What a process remembers of tokens: that a token lives, until something that this rests on may have changed.
//!
//! Introspection and `/verify` are asked far more often than anything is revoked. So a *yes* of the database is remembered,
//! by the SHA-256 of the whole token, with what it rests on: the token, its family, session, client, person, grant, policy,
//! role, warehouse and key, and every token that it was exchanged for. A *no* is never remembered: it can only be wrong for somebody who is let in late. Whoever asks for an
//! introspection is remembered in the same way, by the SHA-256 of what they proved themselves with.
//!
//! **What is promised.** Once a change that ends a token has been committed, every replica says no within [`STALE`], and the
//! replica that committed it says no from the moment at which whoever asked for it is answered. Where that can't be kept,
//! nothing is answered but that it can't be known now.
//!
//! **Why it holds.**
//!
//! 1. *No change is missed.* Triggers write a line into `standing_changes` for every row that could turn a yes into a no, in
//!    the transaction of the change itself, whoever makes it: so a change is visible exactly when its line is.
//! 2. *Each look sees every line that is committed by then* ([`super::rows::changes`], [`super::rows::head`]). A look reads
//!    all lines from a position on, and its next position, in one snapshot. On SQLite lines become visible in the order of
//!    their numbers. On PostgreSQL they do not: there the position is the oldest transaction that was under way. A line that
//!    a snapshot did not see was written by a transaction that had not ended then, so by that one or a younger one: the next
//!    look reads it. What comes twice is known by its number.
//! 3. *A yes is believed only where no line about what it rests on came after it* ([`Memory::mark`]). Looks are numbered; a
//!    yes carries the number of the last look before its own reading began. A line that was seen by that look or an earlier
//!    one was visible to the reading, which began later. Any other line is seen by a later look, whose number is larger: the
//!    yes is not believed from then on.
//! 4. *A yes is believed only while looks are young* ([`Memory::recall`]). It takes a look that began at most [`STALE`] ago:
//!    every change that was committed before it began was seen. Otherwise somebody looks first.
//! 5. *One's own changes are seen at once.* [`crate::db::Db::touched`] moves after each commit of this process that changed
//!    such a row, and before its caller is answered. Memory is believed only where it has not moved since the last look
//!    began.
//! 6. *Time ends what no row ends.* A yes carries the first instant at which it may end by time: the token's end, the grant's,
//!    the next end of a certificate, a lock with a beginning that is still to come. It isn't believed from then on, nor
//!    before the instant that it was asked for.
//! 7. *Clocks of replicas differ.* A change carries the instant of whoever made it. A yes is asked for at an instant that is not
//!    before that of any change seen (as far as [`SKEW_SECONDS`]), so that what another replica has ended is over here, too.
//!
//! The position survives no restart, and need not: a process that has just begun remembers nothing. One that has not looked
//! for longer than lines are kept ([`FORGOTTEN`]), or meets a position behind its own (another database), forgets everything.

mod live;
#[cfg(test)]
mod tests;

pub use live::{Live, Opens, Rests};

use super::{client::Client, rows::Change};
use crate::{
    access::rows::VERIFIED_MICROS,
    base::{
        clock::Time,
        ids::{Grant, Id},
        kept::Kept,
    },
};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::{Duration, Instant},
};

/// How old the last look may be for memory to be believed.
pub const STALE: Duration = Duration::from_secs(1);
/// How often a process that remembers something looks by itself, so that nobody has to wait for a look.
pub const PERIOD: Duration = Duration::from_millis(250);
/// After how long without a look everything is forgotten. Lines are kept for longer.
pub const FORGOTTEN: Duration = Duration::from_secs(3_600);
/// For how long lines are kept, in seconds.
pub const KEPT_SECONDS: i64 = 86_400;
/// By how much the clocks of replicas are allowed for, in seconds.
pub const SKEW_SECONDS: i64 = 5;
/// The most lines that one look takes up one by one; where there are more, everything is forgotten.
pub const MOST_CHANGES: i64 = 10_000;
/// How long a look that failed is told of without trying again.
const AWAY: Duration = Duration::from_millis(500);
/// The most tokens that are remembered.
const MOST: usize = 65_536;
/// The most things whose last change is remembered.
const MOST_CHANGED: usize = 131_072;

/// The SHA-256 of a whole token.
pub type Digest = [u8; 32];

/// The most clients that are remembered.
const MOST_CLIENTS: usize = 4_096;

/// What memory says of a token, or of what a client presented.
#[derive(Debug)]
pub enum Recalled<T = Live> {
    /// It lives, or is proven.
    Live(Arc<T>),
    /// The database is to be asked.
    Unknown,
    /// Memory can't be believed before somebody has looked.
    Stale,
}

/// What a look has read, in one snapshot.
#[derive(Debug, Default)]
pub struct Seen {
    /// The position from which the next look reads.
    pub head: i64,
    pub changes: Vec<Change>,
}

/// When a look began, by every clock there is.
#[derive(Clone, Copy, Debug)]
pub struct Began {
    pub instant: Instant,
    pub at: Time,
    /// [`crate::db::Db::touched`] at that moment.
    pub touched: u64,
}

#[derive(Default)]
struct State {
    began: Option<Began>,
    failed: Option<Instant>,
    position: Option<i64>,
    /// The numbers of the lines of the last look: on PostgreSQL they may come again.
    window: HashSet<i64>,
    /// How many looks there were.
    looks: u64,
    /// The last look that saw something change.
    changes: u64,
    /// Nothing is believed that is older than this look.
    floor: u64,
    /// The look that saw the last change of a thing.
    changed: HashMap<String, u64>,
    /// The latest instant of any change seen.
    latest: Option<Time>,
    live: HashMap<Digest, (u64, Arc<Live>)>,
    /// Clients that proved themselves, by what they presented.
    clients: HashMap<Digest, (u64, Arc<Client>)>,
}

impl State {
    fn forget(&mut self) {
        (self.floor, self.changes) = (self.looks, self.looks);
        self.changed.clear();
        self.live.clear();
        self.clients.clear();
    }

    /// Whether the last look is young enough, and nothing of this process came after it.
    fn believed(&self, now: Began) -> bool {
        self.began.is_some_and(|began| young(began, now, STALE) && began.touched == now.touched)
    }

    fn unchanged(&self, thing: &str, mark: u64) -> bool {
        self.changed.get(thing).is_none_or(|changed| *changed <= mark)
    }

    fn stands(&self, mark: u64, live: &Live) -> bool {
        mark >= self.floor && live.rests.iter().all(|thing| self.unchanged(thing, mark))
    }

    fn proven(&self, mark: u64, client: &Client) -> bool {
        mark >= self.floor && self.unchanged(&format!("client:{}", client.id), mark)
    }
}

/// What this process remembers.
pub struct Memory {
    state: RwLock<State>,
    turn: tokio::sync::Mutex<()>,
    /// Status lists as they were signed, under what they were made from.
    pub lists: Kept<String>,
    /// Grants whose tokens were verified here, and when: waiting to be written down.
    used: Mutex<HashMap<Id<Grant>, Time>>,
    /// Refusals that stand in the log already: of which token, and why.
    pub noted: Kept<()>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            state: RwLock::default(),
            turn: tokio::sync::Mutex::default(),
            used: Mutex::default(),
            lists: Kept::new(256),
            noted: Kept::new(16_384),
        }
    }
}

impl Memory {
    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a token was verified. Uses within [`VERIFIED_MICROS`] are one.
    pub fn used(&self, live: &Live, now: Time) {
        if let Some(opens) = &live.opens
            && live.uses(now, VERIFIED_MICROS)
        {
            let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            used.insert(opens.grant, now);
        }
    }

    /// Takes the grants whose tokens were verified since this was last asked, with when.
    #[must_use]
    pub fn take_used(&self) -> HashMap<Id<Grant>, Time> {
        std::mem::take(&mut self.used.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts back what could not be written down.
    pub fn put_back_used(&self, taken: HashMap<Id<Grant>, Time>) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for (grant, at) in taken {
            used.entry(grant).and_modify(|later| *later = (*later).max(at)).or_insert(at);
        }
    }

    /// What is remembered of a token at this instant. `now.touched` tells whether this process has changed something since.
    #[must_use]
    pub fn recall(&self, token: &Digest, now: Began) -> Recalled {
        let state = self.read();
        if !state.believed(now) {
            return Recalled::Stale;
        }
        match state.live.get(token) {
            Some((mark, live)) if live.lives_at(now.at) && state.stands(*mark, live) => {
                Recalled::Live(Arc::clone(live))
            }
            _ => Recalled::Unknown,
        }
    }

    /// The client that has proven itself with this before.
    #[must_use]
    pub fn recall_client(&self, shown: &Digest, now: Began) -> Recalled<Client> {
        let state = self.read();
        if !state.believed(now) {
            return Recalled::Stale;
        }
        match state.clients.get(shown) {
            Some((mark, client)) if state.proven(*mark, client) => Recalled::Live(Arc::clone(client)),
            _ => Recalled::Unknown,
        }
    }

    /// Remembers a client that has proven itself, read after `mark` was taken.
    pub fn keep_client(&self, shown: Digest, mark: u64, client: Arc<Client>) {
        let mut state = self.write();
        if state.clients.len() >= MOST_CLIENTS {
            state.clients.clear();
        }
        state.clients.insert(shown, (mark, client));
    }

    /// The number of the last look: to be taken before a reading begins whose yes is to be kept.
    #[must_use]
    pub fn mark(&self) -> u64 {
        self.read().looks
    }

    /// The number of the last look that saw something change: what was read after it holds while this number does.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.read().changes
    }

    /// The instant at which the database is to be asked.
    #[must_use]
    pub fn instant(&self, now: Time) -> Time {
        let latest = self.read().latest;
        latest.map_or(now, |latest| now.max(latest.min(now.plus_seconds(SKEW_SECONDS))))
    }

    /// Remembers a yes that was read after `mark` was taken.
    pub fn keep(&self, token: Digest, mark: u64, live: Arc<Live>) {
        let mut state = self.write();
        if state.live.len() >= MOST {
            let kept = std::mem::take(&mut state.live);
            let kept: HashMap<_, _> =
                kept.into_iter().filter(|(_, (mark, old))| old.until > live.from && state.stands(*mark, old)).collect();
            if kept.len() < MOST {
                state.live = kept;
            }
        }
        state.live.insert(token, (mark, live));
    }

    /// Whether anything is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.read().live.is_empty()
    }

    /// Waits until nobody else looks.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// What is known to whoever wanted to look at `wanted`, and has waited for their turn: that somebody has looked since
    /// (`Some(true)`), or has failed since or just before (`Some(false)`); nothing where it is theirs to look.
    #[must_use]
    pub fn looked_since(&self, wanted: Began) -> Option<bool> {
        let state = self.read();
        if state.began.is_some_and(|began| began.instant >= wanted.instant) {
            return Some(true);
        }
        let away = state.failed.is_some_and(|failed| failed >= wanted.instant || failed.elapsed() < AWAY);
        away.then_some(false)
    }

    /// From which position a look that begins now has to read; nothing where it only has to find its position, because
    /// everything is forgotten.
    #[must_use]
    pub fn position(&self, now: Began) -> Option<i64> {
        let state = self.read();
        let fresh = state.began.is_some_and(|began| young(began, now, FORGOTTEN));
        state.position.filter(|_| fresh)
    }

    /// Takes up what a look has read from `position` on.
    pub fn take_up(&self, began: Began, position: Option<i64>, seen: Seen) {
        let mut state = self.write();
        state.looks += 1;
        let look = state.looks;
        let most = usize::try_from(MOST_CHANGES).unwrap_or(usize::MAX);
        if position.is_none_or(|position| seen.head < position) || seen.changes.len() > most {
            state.forget();
        }
        let mut window = HashSet::with_capacity(seen.changes.len());
        for change in seen.changes {
            window.insert(change.seq);
            if !state.window.contains(&change.seq) {
                state.latest = state.latest.max(Some(change.at));
                state.changed.insert(change.subject, look);
                state.changes = look;
            }
        }
        if state.changed.len() > MOST_CHANGED {
            state.forget();
        }
        state.window = window;
        state.position = Some(seen.head);
        state.began = Some(began);
        state.failed = None;
    }

    /// Notes that a look has failed.
    pub fn failed(&self) {
        self.write().failed = Some(Instant::now());
    }
}

/// Whether something began at most so long ago, by every clock: the machine's own stands still while the machine sleeps, and
/// the other one may be set.
fn young(began: Began, now: Began, most: Duration) -> bool {
    let micros = i64::try_from(most.as_micros()).unwrap_or(i64::MAX);
    now.instant.saturating_duration_since(began.instant) <= most
        && (0..=micros).contains(&now.at.micros_since(began.at))
}
