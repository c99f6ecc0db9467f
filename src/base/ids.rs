//! Prefixed, time-ordered identifiers: `per_` and 32 hex digits of a UUIDv7 (RFC 9562).

use super::clock::Time;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, marker::PhantomData, str::FromStr};
use uuid::{ContextV7, Timestamp, Uuid};

/// What an id names; gives the id its prefix.
pub trait Kind: 'static {
    /// Three letters, without the underscore.
    const PREFIX: &'static str;
}

/// An identifier of one kind of thing, so that a person's id never stands where a grant's is meant.
pub struct Id<K> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

/// A text that is not an id of the expected kind.
#[derive(Debug, thiserror::Error)]
#[error("not an id: expected {expected}_ followed by 32 hexadecimal digits")]
pub struct NotAnId {
    expected: &'static str,
}

impl<K: Kind> Id<K> {
    /// A fresh id, ordered by `now`: later ids sort after earlier ones, within a process strictly.
    pub fn new(now: Time) -> Self {
        static CONTEXT: std::sync::Mutex<ContextV7> = std::sync::Mutex::new(ContextV7::new());
        let micros = now.micros().max(0).unsigned_abs();
        let nanos = u32::try_from((micros % 1_000_000) * 1_000).unwrap_or(0);
        let context = CONTEXT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let stamp = Timestamp::from_unix(&*context, micros / 1_000_000, nanos);
        Self { uuid: Uuid::new_v7(stamp), kind: PhantomData }
    }
}

impl<K: Kind> FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = NotAnId { expected: K::PREFIX };
        let digits = text.strip_prefix(K::PREFIX).and_then(|rest| rest.strip_prefix('_'));
        let Some(digits) = digits.filter(|d| d.len() == 32 && !d.bytes().any(|b| b.is_ascii_uppercase())) else {
            return Err(wrong);
        };
        Uuid::try_parse(digits).map(|uuid| Self { uuid, kind: PhantomData }).map_err(|_| wrong)
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", K::PREFIX, self.uuid.simple())
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Someone with an account.
pub enum Person {}
/// One person's run at one quiz.
pub enum Attempt {}
/// The record that a person earned a certification.
pub enum Certificate {}
/// A person asking for a role.
pub enum Request {}
/// A campaign in which grants are kept or removed.
pub enum Review {}
/// One grant of such a campaign.
pub enum ReviewLine {}
/// A time in which a grant was held back.
pub enum Suspension {}
/// What one approver said of a request.
pub enum Decision {}
/// The right to a role between two instants.
pub enum Grant {}
/// A token that was minted.
pub enum Token {}
/// A signed-in browser or script.
pub enum Session {}
/// A one-time link.
pub enum Link {}
/// An emergency stop.
pub enum Lock {}
/// A role that was taken without approval.
pub enum Emergency {}
/// What somebody said about a request.
pub enum Comment {}
/// Somebody deciding in another's place for a while.
pub enum Delegation {}
/// One line of the audit log.
pub enum Event {}
/// Who gets the log's events as they come.
pub enum Sink {}
/// Something that a person should know.
pub enum Notice {}
/// A step of a lifecycle.
pub enum Change {}
/// A correction of marks.
pub enum Regrade {}
/// A failed sign-in.
pub enum Failure {}
/// More time or more attempts for a person.
pub enum Accommodation {}
/// A course that a team is to do by a day.
pub enum Assignment {}
/// A tool that fetches tokens for people.
pub enum Client {}
/// A secret of such a tool.
pub enum ClientSecret {}
/// One sign-in of a person to a tool.
pub enum Authorization {}
/// How a person is known at an identity provider.
pub enum Identity {}
/// A tool's request that waits for its person.
pub enum KeptRequest {}
/// What a tool on a device asks for.
pub enum Device {}
/// What the company's directory proves itself with.
pub enum Provisioning {}
/// A service that is told of what ends.
pub enum Receiver {}
/// What such a service proves itself with.
pub enum ReceiverCredential {}
/// What such a service has subscribed to.
pub enum Stream {}
/// A security event token.
pub enum SecurityEvent {}

impl Kind for Person {
    const PREFIX: &'static str = "per";
}
impl Kind for Attempt {
    const PREFIX: &'static str = "att";
}
impl Kind for Certificate {
    const PREFIX: &'static str = "crt";
}
impl Kind for Request {
    const PREFIX: &'static str = "req";
}
impl Kind for Review {
    const PREFIX: &'static str = "rev";
}
impl Kind for ReviewLine {
    const PREFIX: &'static str = "rvl";
}
impl Kind for Suspension {
    const PREFIX: &'static str = "sus";
}
impl Kind for Decision {
    const PREFIX: &'static str = "dec";
}
impl Kind for Grant {
    const PREFIX: &'static str = "gra";
}
impl Kind for Token {
    const PREFIX: &'static str = "tok";
}
impl Kind for Session {
    const PREFIX: &'static str = "ses";
}
impl Kind for Link {
    const PREFIX: &'static str = "lnk";
}
impl Kind for Lock {
    const PREFIX: &'static str = "lck";
}
impl Kind for Comment {
    const PREFIX: &'static str = "cmt";
}
impl Kind for Emergency {
    const PREFIX: &'static str = "emg";
}
impl Kind for Delegation {
    const PREFIX: &'static str = "dlg";
}
impl Kind for Event {
    const PREFIX: &'static str = "evt";
}
impl Kind for Notice {
    const PREFIX: &'static str = "ntc";
}
impl Kind for Change {
    const PREFIX: &'static str = "chg";
}
impl Kind for Regrade {
    const PREFIX: &'static str = "rgr";
}
impl Kind for Failure {
    const PREFIX: &'static str = "fai";
}
impl Kind for Accommodation {
    const PREFIX: &'static str = "acc";
}
impl Kind for Assignment {
    const PREFIX: &'static str = "asg";
}
impl Kind for Client {
    const PREFIX: &'static str = "cli";
}
impl Kind for ClientSecret {
    const PREFIX: &'static str = "sec";
}
impl Kind for Authorization {
    const PREFIX: &'static str = "aut";
}
impl Kind for Identity {
    const PREFIX: &'static str = "idn";
}
impl Kind for KeptRequest {
    const PREFIX: &'static str = "kpt";
}
impl Kind for Device {
    const PREFIX: &'static str = "dev";
}
impl Kind for Provisioning {
    const PREFIX: &'static str = "prv";
}
impl Kind for Receiver {
    const PREFIX: &'static str = "rcv";
}
impl Kind for ReceiverCredential {
    const PREFIX: &'static str = "rcc";
}
impl Kind for Stream {
    const PREFIX: &'static str = "str";
}
impl Kind for Sink {
    const PREFIX: &'static str = "snk";
}
impl Kind for SecurityEvent {
    const PREFIX: &'static str = "set";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_sorts_by_time() {
        let early = Id::<Person>::new(Time::from_micros(1_000_000));
        let late = Id::<Person>::new(Time::from_micros(1_770_000_000_000_000));
        assert!(early.to_string() < late.to_string());
        assert_eq!(late.to_string().parse::<Id<Person>>().ok(), Some(late));
    }

    #[test]
    fn another_kind_is_refused() {
        let id = Id::<Grant>::new(Time::from_micros(1));
        assert!(id.to_string().parse::<Id<Person>>().is_err());
        assert!("per_".parse::<Id<Person>>().is_err());
        assert!("per_0198C6000000700080000000000000AA".parse::<Id<Person>>().is_err());
    }
}
