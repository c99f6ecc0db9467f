//! A grant: the right to a role between two instants, and what its life asks for at an instant.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        text::Slug,
    },
    db::sql::word_column,
};

/// For how long before its end a grant can be renewed at the most.
pub const RENEWABLE_MICROS: i64 = 30 * 86_400 * 1_000_000;

/// What a suspension is for where a certification is missing, in the service's own words.
pub const CERTIFICATION_MISSING: &str = "certification missing";

/// Where a grant stands. What counts at an instant is `effective_access`, not this word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Scheduled,
    Active,
    /// A required certification is missing, or something else holds it back ([`Cause`]); it comes back in time, or ends.
    Suspended,
    Ended,
}
word_column!(State { Scheduled => "scheduled", Active => "active", Suspended => "suspended", Ended => "ended" });

/// Why a grant ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    Expired,
    Revoked,
    CertificateLost,
    Left,
    ReviewLapsed,
    /// A review said that it is not needed any more.
    ReviewRemoved,
    /// Nobody used it, and the role says that it ends then.
    Unused,
    /// Its role was withdrawn, as older versions of the service wrote it down.
    Superseded,
    /// Its role left the catalogue, or moved to another warehouse.
    Withdrawn,
    /// It was not claimed in time.
    Unclaimed,
    /// Its holder gave it back before its end.
    Returned,
}
word_column!(EndReason {
    Expired => "expired",
    Revoked => "revoked",
    CertificateLost => "certificate_lost",
    Left => "left",
    ReviewLapsed => "review_lapsed",
    ReviewRemoved => "review_removed",
    Unused => "unused",
    Superseded => "superseded",
    Withdrawn => "withdrawn",
    Unclaimed => "unclaimed",
    Returned => "given_back",
});

impl EndReason {
    /// Whether nobody decided that it ends: its time was over, or that of what it stood on.
    #[must_use]
    pub fn is_of_the_clock(self) -> bool {
        matches!(self, Self::Expired | Self::CertificateLost | Self::Unclaimed | Self::ReviewLapsed)
    }
}

/// What holds a grant back besides a missing certification, whatever its holder has earned.
///
/// It stands in `grant_suspensions`, which `effective_access` reads: a grant is stopped from the instant at which a row begins,
/// on every replica, live tokens included. Whoever places or lifts one goes through `actions::suspend_grant`, which writes the
/// row, the event and the grant's word in one transaction. Each cause is placed and lifted by itself: a grant goes on when none
/// is left and its requirement is met. What an admin holds back is the person's access to the role: it goes over to what comes after,
/// also where the clock has ended the grant meanwhile, until somebody lifts it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A review came to its due date, and nobody had said whether it is to be kept.
    Review,
    /// An admin.
    Admin,
}
word_column!(Cause { Review => "review", Admin => "admin" });

/// The right to a role between two instants.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Grant {
    pub id: Id<ids::Grant>,
    pub person_id: Id<ids::Person>,
    pub role_id: Slug,
    pub warehouse_id: Slug,
    pub request_id: Id<ids::Request>,
    pub policy_id: String,
    pub state: State,
    pub starts_at: Time,
    pub ends_at: Time,
    /// When it was ended before it began: `ends_at` lies no earlier than `starts_at`, and says then that it never ran.
    pub withdrawn_at: Option<Time>,
    pub granted_at: Time,
    /// How long after the loss of a certification it may still come back.
    pub grace_micros: i64,
    pub ended_reason: Option<EndReason>,
    /// Until when it is to be claimed, where it is, and when it was: by its first token, or by saying so.
    pub claim_by_at: Option<Time>,
    pub claimed_at: Option<Time>,
    /// Whether it was taken without approval.
    pub emergency: bool,
}

/// What should happen to a live grant at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Nothing,
    Activate,
    Suspend,
    Resume,
    End { at: Time, reason: EndReason },
}

impl Grant {
    /// From when on nothing comes of it any more: its end, or when it was withdrawn before it began.
    #[must_use]
    pub fn over_at(&self) -> Time {
        self.withdrawn_at.unwrap_or(self.ends_at)
    }

    /// Until when it may still be claimed; none where it need not be, or was.
    #[must_use]
    pub fn unclaimed_until(&self) -> Option<Time> {
        self.claim_by_at.filter(|_| self.claimed_at.is_none())
    }

    /// The next thing its life asks for, given when its requirement was lost (none: it is met), and whether something holds
    /// it back besides ([`Cause`]).
    #[must_use]
    pub fn due(&self, lost_at: Option<Time>, held_back: bool, now: Time) -> Due {
        if self.state == State::Ended {
            return Due::Nothing;
        }
        let unclaimed = self.unclaimed_until().filter(|until| now >= *until && *until < self.ends_at);
        if let Some(lost) = lost_at {
            let last_chance = lost.plus_micros(self.grace_micros);
            if now >= last_chance && last_chance < self.ends_at && unclaimed.is_none_or(|until| last_chance <= until) {
                return Due::End { at: last_chance.max(self.starts_at), reason: EndReason::CertificateLost };
            }
        }
        if let Some(until) = unclaimed {
            return Due::End { at: until.max(self.starts_at), reason: EndReason::Unclaimed };
        }
        if now >= self.ends_at {
            return Due::End { at: self.ends_at, reason: EndReason::Expired };
        }
        match (self.state, lost_at) {
            (State::Scheduled, _) if now >= self.starts_at => Due::Activate,
            (State::Active, lost) if lost.is_some() || held_back => Due::Suspend,
            (State::Suspended, None) if !held_back => Due::Resume,
            _ => Due::Nothing,
        }
    }

    /// From when on it can be renewed: in its last quarter, but not more than 30 days before its end.
    #[must_use]
    pub fn renewable_from(&self) -> Time {
        let quarter = self.ends_at.micros_since(self.starts_at) / 4;
        self.ends_at.plus_micros(-quarter.min(RENEWABLE_MICROS))
    }
}

/// When a grant ends: the shortest of what was asked for, what approvers allow, and what the role allows.
#[must_use]
pub fn end(starts_at: Time, wanted_micros: i64, caps: impl IntoIterator<Item = i64>, role_most_micros: i64) -> Time {
    let shortest = caps.into_iter().fold(wanted_micros.min(role_most_micros), i64::min);
    starts_at.plus_micros(shortest.max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(state: State) -> Grant {
        let day = |n: i64| Time::from_micros(n * 86_400_000_000);
        Grant {
            id: Id::new(day(1)),
            person_id: Id::new(day(1)),
            role_id: "analyst".parse().unwrap(),
            warehouse_id: "marketplace".parse().unwrap(),
            request_id: Id::new(day(1)),
            policy_id: String::new(),
            state,
            starts_at: day(10),
            ends_at: day(100),
            withdrawn_at: None,
            granted_at: day(10),
            grace_micros: 5 * 86_400_000_000,
            ended_reason: None,
            claim_by_at: None,
            claimed_at: None,
            emergency: false,
        }
    }

    #[test]
    fn a_loss_suspends_then_ends_after_its_grace() {
        let day = |n: i64| Time::from_micros(n * 86_400_000_000);
        let active = grant(State::Active);
        assert_eq!(active.due(None, false, day(20)), Due::Nothing);
        assert_eq!(active.due(Some(day(30)), false, day(31)), Due::Suspend);
        assert_eq!(
            grant(State::Suspended).due(Some(day(30)), false, day(36)),
            Due::End { at: day(35), reason: EndReason::CertificateLost }
        );
        assert_eq!(grant(State::Suspended).due(None, false, day(33)), Due::Resume);
        assert_eq!(active.due(None, false, day(100)), Due::End { at: day(100), reason: EndReason::Expired });
        assert_eq!(active.due(None, true, day(20)), Due::Suspend);
        assert_eq!(grant(State::Suspended).due(None, true, day(33)), Due::Nothing, "held back although all is met");
        assert_eq!(grant(State::Ended).due(Some(day(30)), false, day(200)), Due::Nothing);
    }

    #[test]
    fn what_is_held_back_waits_and_what_is_not_claimed_ends() {
        let day = |n: i64| Time::from_micros(n * 86_400_000_000);
        assert_eq!(grant(State::Active).due(None, true, day(20)), Due::Suspend);
        assert_eq!(grant(State::Suspended).due(None, true, day(20)), Due::Nothing);
        let unclaimed = Grant { claim_by_at: Some(day(24)), ..grant(State::Active) };
        assert_eq!(unclaimed.due(None, false, day(23)), Due::Nothing);
        assert_eq!(unclaimed.due(None, false, day(24)), Due::End { at: day(24), reason: EndReason::Unclaimed });
        // Whatever ended it first is why it ended.
        let lost = unclaimed.due(Some(day(15)), false, day(50));
        assert_eq!(lost, Due::End { at: day(20), reason: EndReason::CertificateLost });
        let lost = unclaimed.due(Some(day(22)), false, day(50));
        assert_eq!(lost, Due::End { at: day(24), reason: EndReason::Unclaimed });
        let claimed = Grant { claimed_at: Some(day(12)), ..unclaimed };
        assert_eq!(claimed.due(None, false, day(50)), Due::Nothing);
    }

    #[test]
    fn the_shortest_bound_wins() {
        let start = Time::from_micros(1_000_000);
        assert_eq!(end(start, 50, [40, 60], 45), start.plus_micros(40));
        assert_eq!(end(start, 50, [], 45), start.plus_micros(45));
    }
}
