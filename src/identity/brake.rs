//! The brake on guessing passwords, and the whole rule of it.
//!
//! After NIST SP 800-63B, section 5.2.2, and OWASP ASVS 5.0, 6.1.1 and 6.3.1: guessing is slowed down, and nobody can keep
//! the owner of an account out by it. A guess is judged after it was checked, one after the other (`rows::hold_guesses`), so
//! that many at once are worth no more than the same in a row. Wrong ones of the last quarter of an hour count:
//!
//! 1. **An account from a network** ([`network`]): after [`OF_PAIR`] it has to wait there. A right one forgets those before.
//! 2. **A network, whatever the accounts**: after [`OF_NETWORK`], only somebody who signed in from there lately
//!    ([`HOME_SECONDS`]) still gets in. Everybody else has to wait, and so does every wrong guess.
//! 3. **An account, whatever the networks**: after [`OF_ACCOUNT`], guesses take turns, one every [`PACE_SECONDS`], and wait
//!    for their answers; who would wait longer than [`PATIENCE_SECONDS`] has to come back. A right one from a network where
//!    the owner signed in lately waits for nobody.
//!
//! Rules 2 and 3 look at a right guess only where somebody is at home. A wrong one is answered with the same words after
//! the same work whether there is such an account or not, and whoever is at home in that network or not.

use super::{network::network, person::IdentityRefusal, rows};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::{Reading, Writing},
};

/// How far back wrong guesses count, in seconds.
pub const WINDOW_SECONDS: i64 = 900;
/// Wrong guesses at one account from one network before it has to wait there.
pub const OF_PAIR: i64 = 5;
/// Wrong guesses from one network before only those who are at home there get in.
pub const OF_NETWORK: i64 = 50;
/// Wrong guesses at one account from all networks before they take turns.
pub const OF_ACCOUNT: i64 = 20;
/// The time between two turns, in seconds.
pub const PACE_SECONDS: i64 = 5;
/// The longest that an answer waits for its turn, in seconds.
pub const PATIENCE_SECONDS: i64 = 10;
/// A network is home for so long after a session began there, in seconds: 90 days.
pub const HOME_SECONDS: i64 = 90 * 86_400;

/// Where a guess comes from, and at which account it is.
#[derive(Clone, Debug)]
pub struct Guess {
    account: String,
    network: String,
}

/// How a guess turned out, before the brake has its say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The password is not the account's, or there is no such account.
    Wrong,
    /// It is.
    Right {
        /// Whether the owner signed in from this network lately.
        at_home: bool,
    },
}

impl Guess {
    /// A guess at the account that was typed, from an address.
    #[must_use]
    pub fn new(email: &str, address: &str) -> Self {
        Self { account: rows::account_key(email), network: network(address) }
    }

    /// The account, as a hash of what was typed.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// Whether somebody began a session in this network lately.
    ///
    /// # Errors
    /// The database is away.
    pub fn at_home(&self, r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<bool, Broken> {
        let since = r.at().plus_seconds(-HOME_SECONDS);
        Ok(rows::addresses_of(r, person, since)?.iter().any(|address| network(address) == self.network))
    }

    /// Looks before a password is checked: refuses what the first rule refuses, and tells whether the others may.
    ///
    /// # Errors
    /// There were too many wrong ones from there, or the database is away.
    pub fn before(&self, r: &mut Reading<'_>) -> Result<bool, Fault> {
        let since = r.at().plus_seconds(-WINDOW_SECONDS);
        self.of_pair(r, since)?;
        let of_network = rows::failures_of_network(r, &self.network, since, OF_NETWORK)?;
        let of_account = rows::failures_of_account(r, &self.account, since)?;
        Ok(of_network.n >= OF_NETWORK || of_account.n >= OF_ACCOUNT)
    }

    /// Judges a guess that was checked, and notes it: tells from when on it may be answered.
    ///
    /// # Errors
    /// There were too many wrong ones, or the database is away.
    pub fn after(&self, w: &mut Writing<'_>, outcome: Outcome) -> Result<Time, Fault> {
        rows::hold_guesses(w, &self.account, &self.network)?;
        let now = w.now();
        let since = now.plus_seconds(-WINDOW_SECONDS);
        self.of_pair(w, since)?;
        let at_home = outcome == Outcome::Right { at_home: true };
        let turn = if at_home { Ok(now) } else { self.turn(w, now, since)? };
        match (outcome, turn) {
            (Outcome::Right { .. }, Ok(_)) => rows::forget_failures(w, &self.account, &self.network)?,
            // A right one that is refused counts as well: what follows must not tell that it was right.
            (Outcome::Wrong, Ok(at)) => rows::note_failure(w, &self.account, &self.network, at)?,
            (_, Err(_)) => rows::note_failure(w, &self.account, &self.network, now)?,
        }
        turn.map_err(|until| IdentityRefusal::Throttled { until }.into())
    }

    fn of_pair(&self, r: &mut Reading<'_>, since: Time) -> Result<(), Fault> {
        let failures = rows::failures_of_pair(r, &self.account, &self.network, since)?;
        match failures.latest {
            Some(latest) if failures.n >= OF_PAIR => {
                Err(IdentityRefusal::Throttled { until: latest.plus_seconds(WINDOW_SECONDS) }.into())
            }
            _ => Ok(()),
        }
    }

    /// When a guess by somebody who is not at home is answered; or, where that is too far away, from when on to come back.
    fn turn(&self, r: &mut Reading<'_>, now: Time, since: Time) -> Result<Result<Time, Time>, Broken> {
        let of_network = rows::failures_of_network(r, &self.network, since, OF_NETWORK)?;
        if let Some(latest) = of_network.latest.filter(|_| of_network.n >= OF_NETWORK) {
            return Ok(Err(latest.plus_seconds(WINDOW_SECONDS)));
        }
        let of_account = rows::failures_of_account(r, &self.account, since)?;
        let turn = match of_account.latest {
            Some(latest) if of_account.n >= OF_ACCOUNT => latest.plus_seconds(PACE_SECONDS).max(now),
            _ => now,
        };
        Ok(if turn <= now.plus_seconds(PATIENCE_SECONDS) {
            Ok(turn)
        } else {
            Err(turn.plus_seconds(-PATIENCE_SECONDS))
        })
    }
}
