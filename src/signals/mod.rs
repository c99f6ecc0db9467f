//! Shared Signals (OpenID Shared Signals Framework 1.0, CAEP 1.0, RISC 1.0; RFC 8417, 8935, 8936, 9493): whoever subscribes
//! hears within seconds that a session or an access has ended.
//!
//! **What a receiver can do with each event.** Tokens say `sub` (the person), `sid` (the session) and `roles`; events name the
//! same things, so that a warehouse finds what it let in without asking anybody.
//!
//! - `session-revoked` with `user` and `session`: end all work that began with a token of that `sid`. With `user` and
//!   `application` (and the session, where one stands behind it): a tool has lost what it held for that person, or a service
//!   account what it held itself (its `sub` is its `client_id`); end what came in through that `client_id`. With the person
//!   alone (`iss_sub`): a lock on them; end everything of theirs.
//! - `token-claims-change` with `roles`: what the person may use now, in full, whatever it was before. Work under a role that
//!   is not in the list ends; the rest goes on. It is state, not a difference: a receiver that missed one is right again with
//!   the next, and one that is told the same is not told again. A gain is told as well: a list that only shrank would be wrong.
//! - `account-disabled`, `account-enabled`, `account-purged`: shut the account there, open it, or forget it.
//!
//! A token of a service account says in `owner` whose access it rests on: what is told of that person is about it, too.
//!
//! A token whose time ran out is nothing to tell of: its `exp` said so when it was made, and no grant, certificate or session
//! is outlived by a token. The end of a grant or certificate by time is told once it is written down, ten seconds later at most,
//! for work that outlives its token.
//!
//! **Nothing is lost.** Triggers write a line into `signals` for each such change, in its transaction: whoever changes the row
//! can't forget it, and what is rolled back was never told (`migrations/*_signals`). One further transaction deletes the line and
//! writes a security event token for each stream (`signal_sets`): both happen, or neither. A token leaves the table only when
//! it is acknowledged, refused, or too old. A process that dies in between leaves either the line or the token.
//!
//! **Nothing is sent twice to a receiver that acknowledged.** Lines are taken by deleting them with a row count, so that two
//! replicas never both make the events of one; in PostgreSQL a line that commits late is not passed over, since nothing is
//! read by position. A push is made under a lease that outlives the longest call, renewed in the transaction that picks what is
//! sent, and each stream has one; the acknowledgement is one more. Who polls acknowledges in the transaction before the next ones are read. Where a
//! process dies between the receiver's answer and its own note of it, nobody can know whether the answer was given: the same
//! token comes again, with the same `jti`, by which a receiver knows it (RFC 8935, section 2; RFC 8417, section 2.2).
//!
//! **Order.** Events of a stream are numbered by the transaction that makes them, one at a time, and pushed one after the
//! other: one that is not taken holds up those behind it. Changes of one row follow each other, and so do their events.
//!
//! **An end to it.** What nobody took for [`KEPT_SECONDS`], or more than [`MOST_WAITING`] of it, is given up: the stream is
//! disabled, what waited goes, and one `stream-updated` is left that says so. A receiver that comes back enables its stream and
//! knows that it has missed something. A stream that is disabled holds nothing (SSF, section 8.1.2.1). What an admin has
//! stopped, only an admin resumes.
//!
//! **One thing in trouble is no trouble of the others.** A line that can't be told of stays, and those behind it are told. A
//! replica that can't push to one (its secret key does not open the header) notes that, as any failure, and leaves the next try
//! to another. A lock that concerns many becomes a line for each of them first: no transaction is longer for it.
//!
//! **A SET is nothing else.** It is signed by a key of badges, which no warehouse takes tokens from; its `typ` is
//! `secevent+jwt`, and it has neither `sub` nor `exp` (RFC 8417, section 4; SSF, section 4.1).

pub mod event;
pub mod refusal;
pub mod rows;
mod said;
pub mod stream;

pub use said::{Why, say};

/// The version of the framework.
pub const VERSION: &str = "1_0";
/// The `typ` of a security event token (RFC 8417, section 2.3).
pub const TYP: &str = "secevent+jwt";
/// For how long what nobody takes is kept, in seconds.
pub const KEPT_SECONDS: i64 = 7 * 86_400;
/// How much of it there may be for one stream.
pub const MOST_WAITING: i64 = 100_000;
/// How often a receiver may ask for a verification, in seconds between two.
pub const VERIFICATION_SECONDS: i64 = 30;
