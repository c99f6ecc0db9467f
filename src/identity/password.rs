//! Passwords: argon2id in a bounded pool of its own, and rules after OWASP ASVS 5.0, chapter 6.

use super::person::IdentityRefusal;
use crate::base::refusal::{Broken, Fault};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordVerifier, Version,
    password_hash::{PasswordHasher, phc},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::Semaphore;

/// The fewest characters of a password.
pub const LEAST: usize = 12;
/// The most characters of a password; all of them count.
pub const MOST: usize = 256;
/// How many sign-ins may wait for a worker before the next is told to come back.
const WAITING: usize = 64;
/// As many of them may be suspects: whoever guesses a lot finds the queue full sooner than everybody else.
const SUSPECTS: usize = 8;
/// The strength (0 to 4, after zxcvbn) from which a password is taken.
const STRENGTH: u8 = 3;

/// Hashes and verifies passwords, never more at once than the workers allow.
#[derive(Clone)]
pub struct Passwords {
    workers: Arc<Semaphore>,
    size: usize,
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
    turned_away: Arc<AtomicU64>,
}

/// How the pool stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// How many wait for a worker.
    pub waiting: usize,
    /// How many workers are at it.
    pub busy: usize,
    /// How many were turned away since the start.
    pub turned_away: u64,
}

/// A hash of nobody's password, with the costs of [`hasher`]: an unknown person takes as long as a known one.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// argon2id with 19 MiB, two passes, one lane: OWASP's minimum.
fn hasher() -> Result<Argon2<'static>, Broken> {
    let params = Params::new(19_456, 2, 1, None).map_err(Broken::defect)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Passwords {
    /// A pool of `workers` threads at the most.
    #[must_use]
    pub fn new(workers: usize) -> Self {
        let size = workers.max(1);
        Self {
            workers: Arc::new(Semaphore::new(size)),
            size,
            waiting: Arc::new(AtomicUsize::new(0)),
            most_waiting: WAITING,
            turned_away: Arc::new(AtomicU64::new(0)),
        }
    }

    /// How the pool stands at this moment.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            waiting: self.waiting.load(Ordering::SeqCst),
            busy: self.size.saturating_sub(self.workers.available_permits()),
            turned_away: self.turned_away.load(Ordering::SeqCst),
        }
    }

    fn crowded(&self) -> Fault {
        self.turned_away.fetch_add(1, Ordering::SeqCst);
        IdentityRefusal::Crowded.into()
    }

    /// Refuses a password that is too short, too long, or easy to guess from common ones and from `about` the person.
    ///
    /// # Errors
    /// Which rule it breaks.
    pub fn judge(password: &str, about: &[&str]) -> Result<(), IdentityRefusal> {
        let length = password.chars().count();
        if length < LEAST {
            return Err(IdentityRefusal::PasswordTooShort { least: 12 });
        }
        if length > MOST {
            return Err(IdentityRefusal::PasswordTooLong { most: 256 });
        }
        // The whole of what is known of the person, and every word of it.
        let known = |text: &&str| text.chars().count() > 2;
        let words: Vec<&str> =
            about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).filter(known).collect();
        let inputs: Vec<&str> = about.iter().copied().chain(words.iter().copied()).collect();
        // What is left of it without those words must be long enough to mean something.
        let own = words.iter().fold(password.to_lowercase(), |rest, word| rest.replace(&word.to_lowercase(), ""));
        let strong = u8::from(zxcvbn::zxcvbn(password, &inputs).score()) >= STRENGTH;
        if !strong || own.chars().count() < LEAST / 2 {
            return Err(IdentityRefusal::PasswordCommon);
        }
        Ok(())
    }

    /// Hashes a password as a PHC string.
    ///
    /// # Errors
    /// All hands are full.
    pub async fn hash(&self, password: String) -> Result<String, Fault> {
        self.work(self.most_waiting, move || hash_now(&password)).await
    }

    /// Whether the password belongs to the hash; with no hash, does the same work and says no.
    ///
    /// # Errors
    /// All hands are full.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<Verified, Fault> {
        self.verify_as(false, password, hash).await
    }

    /// As [`Passwords::verify`], for somebody who may be guessing.
    ///
    /// # Errors
    /// All hands are full; for a suspect they are sooner.
    pub async fn verify_as(&self, suspect: bool, password: String, hash: Option<String>) -> Result<Verified, Fault> {
        let known = hash.is_some();
        let most = if suspect { SUSPECTS.min(self.most_waiting) } else { self.most_waiting };
        self.work(most, move || {
            let text = hash.as_deref().unwrap_or(DECOY);
            let parsed = PasswordHash::new(text).map_err(Broken::defect)?;
            let right =
                password.chars().count() <= MOST && hasher()?.verify_password(password.as_bytes(), &parsed).is_ok();
            if !(right && known) {
                return Ok(Verified::No);
            }
            Ok(if is_current(&parsed) { Verified::Yes } else { Verified::YesRehash(hash_now(&password)?) })
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        most: usize,
        job: impl FnOnce() -> Result<T, Broken> + Send + 'static,
    ) -> Result<T, Fault> {
        let place = Place::take(&self.waiting);
        if place.before >= most {
            return Err(self.crowded());
        }
        let permit = tokio::time::timeout(Duration::from_secs(10), Arc::clone(&self.workers).acquire_owned()).await;
        drop(place);
        let Ok(Ok(permit)) = permit else { return Err(self.crowded()) };
        let done = tokio::task::spawn_blocking(move || {
            let outcome = job();
            drop(permit);
            outcome
        })
        .await;
        Ok(done.map_err(Broken::defect)??)
    }
}

/// A place in the queue, given back when it is left: also by a caller who hangs up while they wait.
struct Place {
    waiting: Arc<AtomicUsize>,
    before: usize,
}

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Self {
        Self { before: waiting.fetch_add(1, Ordering::SeqCst), waiting: Arc::clone(waiting) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What verifying a password told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Wrong, or nobody.
    No,
    /// Right.
    Yes,
    /// Right, and hashed anew because the settings have grown since.
    YesRehash(String),
}

fn hash_now(password: &str) -> Result<String, Broken> {
    Ok(hasher()?.hash_password(password.as_bytes()).map_err(Broken::defect)?.to_string())
}

fn is_current(hash: &phc::PasswordHash) -> bool {
    Params::try_from(hash).is_ok_and(|params| params.m_cost() >= 19_456 && params.t_cost() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_passwords_are_refused() {
        for easy in ["password1234", "aaaaaaaaaaaaaaaa", "qwertyuiop123", "short"] {
            assert!(Passwords::judge(easy, &[]).is_err(), "{easy}");
        }
        assert!(Passwords::judge("ana.martin@example", &["ana.martin@example.com"]).is_err());
        assert!(Passwords::judge("copper lathe under seven moons", &[]).is_ok());
        let long = "copper lathe under seven moons, beside the harbour where nobody sells paint on a Tuesday";
        assert!(long.len() > 64 && Passwords::judge(long, &[]).is_ok());
        assert!(Passwords::judge(&"x".repeat(257), &[]).is_err());
    }

    #[tokio::test]
    async fn a_password_verifies_whole_and_only_for_its_hash() {
        let pool = Passwords::new(1);
        let long = "copper lathe under seven moons ".repeat(4);
        let hash = pool.hash(long.clone()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(pool.verify(long.clone(), Some(hash.clone())).await.unwrap(), Verified::Yes);
        let cut: String = long.chars().take(72).collect();
        assert_eq!(pool.verify(cut, Some(hash)).await.unwrap(), Verified::No);
        assert_eq!(pool.verify(long, None).await.unwrap(), Verified::No);
    }

    #[test]
    fn nobody_costs_as_much_as_somebody() {
        let (decoy, real) = (PasswordHash::new(DECOY).unwrap(), hash_now("copper lathe under seven moons").unwrap());
        let real = PasswordHash::new(&real).unwrap();
        assert_eq!(Params::try_from(&decoy).unwrap(), Params::try_from(&real).unwrap());
        assert_eq!((&decoy.algorithm, decoy.version), (&real.algorithm, real.version));
        assert!(decoy.hash.is_some() && decoy.salt.is_some());
    }

    #[tokio::test]
    async fn who_hangs_up_leaves_the_queue() {
        let pool = Passwords::new(1);
        let held = Arc::clone(&pool.workers).acquire_owned().await.unwrap();
        for _ in 0..2 {
            let waiting: Vec<_> = (0..WAITING)
                .map(|_| {
                    tokio::spawn({
                        let pool = pool.clone();
                        async move { pool.verify("some password".into(), None).await.is_ok() }
                    })
                })
                .collect();
            while pool.waiting.load(Ordering::SeqCst) < WAITING {
                tokio::task::yield_now().await;
            }
            assert!(pool.verify("one more".into(), None).await.is_err());
            for caller in waiting {
                caller.abort();
                assert!(caller.await.is_err());
            }
            assert_eq!(pool.waiting.load(Ordering::SeqCst), 0);
        }
        drop(held);
        assert!(pool.verify("the next".into(), None).await.is_ok());
    }
}
