//! A request for a role, its decisions, and why asking or deciding is refused.

use super::grant::Cause;
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Missing, Refusal},
        text::Slug,
    },
    db::sql::word_column,
};
use std::collections::{BTreeMap, BTreeSet};

/// The most characters of a reason, and of what an approver says.
pub const LONGEST_REASON: usize = 2_000;
/// The most comments of one person on one request: nobody leaves the others no room.
pub const MOST_COMMENTS: i64 = 50;
/// The most comments on one request: fewer than are shown.
pub const MOST_COMMENTS_IN_ALL: i64 = 400;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    Submitted,
    /// A certification is missing; it goes on by itself once that is earned.
    Blocked,
    InReview,
    Approved,
    Rejected,
    Withdrawn,
    Lapsed,
    /// Sent back with a question.
    Returned,
}
word_column!(State {
    Draft => "draft",
    Submitted => "submitted",
    Blocked => "blocked",
    InReview => "in_review",
    Approved => "approved",
    Rejected => "rejected",
    Withdrawn => "withdrawn",
    Lapsed => "lapsed",
    Returned => "returned",
});

impl State {
    /// Whether it may still lead to a grant.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted | Self::Blocked | Self::InReview | Self::Returned)
    }
}

/// A person asks for a role.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Request {
    pub id: Id<ids::Request>,
    pub person_id: Id<ids::Person>,
    pub role_id: Slug,
    pub policy_id: String,
    pub state: State,
    pub reason: String,
    pub wanted_micros: i64,
    pub submitted_at: Time,
    pub lapses_at: Time,
    pub closed_at: Option<Time>,
    /// From when on it is asked for; none means from the decision on.
    pub starts_at: Option<Time>,
}

impl Request {
    /// How it stands at an instant: an undecided one is over when its time is, whether or not a sweep came by.
    #[must_use]
    pub fn standing_at(&self, now: Time) -> State {
        if self.state.is_open() && now >= self.lapses_at { State::Lapsed } else { self.state }
    }
}

/// What an approver says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Approve,
    Reject,
    Return,
}
word_column!(Verdict { Approve => "approve", Reject => "reject", Return => "return" });

impl Verdict {
    /// The word of a state for what was said.
    #[must_use]
    pub fn state_word(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Reject => "rejected",
            Self::Return => "returned",
        }
    }
}

/// What one approver said.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Decision {
    pub id: Id<ids::Decision>,
    pub person_id: Id<ids::Person>,
    pub person_name: String,
    /// In whose place, where it was another's.
    pub on_behalf_of: Option<Id<ids::Person>>,
    pub on_behalf_name: Option<String>,
    pub decision: Verdict,
    pub comment: String,
    /// The longest grant this approver allows.
    pub cap_micros: Option<i64>,
    pub at: Time,
    /// Which round of asking it belongs to.
    pub round: i64,
}

impl Decision {
    /// On whose place among the approvers it counts.
    #[must_use]
    pub fn place(&self) -> Id<ids::Person> {
        self.on_behalf_of.unwrap_or(self.person_id)
    }
}

/// Whether every clause has its approvals, where each approver counts for one place only.
///
/// `clauses` are (who may approve, how many); a matching of approvers to places is searched by augmenting paths.
#[must_use]
pub fn approved(clauses: &[(BTreeSet<Id<ids::Person>>, u32)], approvers: &BTreeSet<Id<ids::Person>>) -> bool {
    progress(clauses, approvers).iter().zip(clauses).all(|(have, (_, need))| have >= need)
}

/// How many approvals each clause has, when every approver is used once and as many places as possible are filled.
#[must_use]
pub fn progress(clauses: &[(BTreeSet<Id<ids::Person>>, u32)], approvers: &BTreeSet<Id<ids::Person>>) -> Vec<u32> {
    let places: Vec<usize> = clauses
        .iter()
        .enumerate()
        .flat_map(|(index, (_, count))| std::iter::repeat_n(index, usize::try_from(*count).unwrap_or(0)))
        .collect();
    let mut holder: Vec<Option<Id<ids::Person>>> = vec![None; places.len()];
    for approver in approvers {
        let mut tried = BTreeSet::new();
        seat(*approver, clauses, &places, &mut holder, &mut tried);
    }
    let mut filled = vec![0; clauses.len()];
    for (place, held) in places.iter().zip(&holder) {
        if let (Some(count), true) = (filled.get_mut(*place), held.is_some()) {
            *count += 1;
        }
    }
    filled
}

fn seat(
    approver: Id<ids::Person>,
    clauses: &[(BTreeSet<Id<ids::Person>>, u32)],
    places: &[usize],
    holder: &mut [Option<Id<ids::Person>>],
    tried: &mut BTreeSet<usize>,
) -> bool {
    for (index, clause) in places.iter().enumerate() {
        let may = clauses.get(*clause).is_some_and(|(of, _)| of.contains(&approver));
        if !may || !tried.insert(index) {
            continue;
        }
        let sitting = holder.get(index).copied().flatten();
        if sitting.is_none_or(|other| seat(other, clauses, places, holder, tried)) {
            if let Some(place) = holder.get_mut(index) {
                *place = Some(approver);
            }
            return true;
        }
    }
    false
}

/// Why asking for a role, deciding, holding or using one is refused.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AccessRefusal {
    #[error("there is no such role: {id}")]
    NoSuchRole { id: String },
    #[error("there is no such warehouse: {id}")]
    NoSuchWarehouse { id: String },
    #[error("there is no such request")]
    NoSuchRequest,
    #[error("there is no such grant")]
    NoSuchGrant,
    #[error("there is no such lock")]
    NoSuchLock,
    #[error("a reason is needed")]
    ReasonNeeded,
    #[error("a reason has at most {most} characters")]
    ReasonTooLong { most: i64 },
    #[error("one person comments on a request at most {most} times, and all of them together {in_all} times")]
    TooManyComments { most: i64, in_all: i64 },
    #[error("the duration is more than the {most} seconds that this role allows, or not a length of time")]
    BadDuration { most: i64 },
    #[error("access begins in the time to come, within {days} days")]
    BadStart { days: i64 },
    #[error("a request for this role is open already")]
    RequestOpenAlready { request: String },
    #[error("this role is held already, until {until}; it can be renewed from {from}")]
    HeldAlready { until: Time, from: Time },
    #[error("nobody else may decide on this request")]
    NoApprover,
    #[error("an emergency lock is in place")]
    Locked { missing: Vec<Missing> },
    #[error("nobody decides on a request of their own")]
    OwnRequest,
    #[error("this request is for others to decide")]
    NotYours,
    #[error("nobody decides what is about the person in whose place they decide")]
    DelegatorsOwn,
    #[error("you have decided on this request already, or somebody has in that place")]
    DecidedAlready,
    #[error("this request is {state}")]
    RequestClosed { state: &'static str },
    #[error("this grant has ended already")]
    GrantEndedAlready,
    #[error("a lock is in place already")]
    LockedAlready,
    #[error("somebody has suspended this grant already")]
    SuspendedAlready,
    #[error("nobody has suspended this grant")]
    NotSuspended,
    #[error("nobody lets a grant of their own go on")]
    OwnGrant,
    #[error("this role is not held")]
    NotHeld { missing: Vec<Missing> },
    #[error("a certification is missing")]
    CertificationMissing { missing: Vec<Missing> },
    #[error("the grant is suspended: {}", cause.word())]
    GrantSuspended { cause: Cause },
    #[error("the grant begins at {from}")]
    NotYet { from: Time },
    #[error("this role may be used within its hours; they begin at {from}")]
    OutsideHours { from: Time },
    #[error("the account is not active")]
    AccountInactive,
    #[error(
        "a service account is named {login} in the warehouse {warehouse}, too: an admin has to name one of the two anew"
    )]
    NamedLikeMachine { login: String, warehouse: String },
}

impl AccessRefusal {
    /// Refuses a reason that is longer than is kept.
    ///
    /// # Errors
    /// It is.
    pub fn check_reason(reason: &str) -> Result<(), Self> {
        if reason.chars().count() > LONGEST_REASON {
            return Err(Self::ReasonTooLong { most: i64::try_from(LONGEST_REASON).unwrap_or(i64::MAX) });
        }
        Ok(())
    }

    /// Refuses another comment on a request that has `in_all` of them, of which `own` are by whoever makes it.
    ///
    /// # Errors
    /// They are as many as are kept.
    pub fn check_comments(own: i64, in_all: i64) -> Result<(), Self> {
        if own >= MOST_COMMENTS || in_all >= MOST_COMMENTS_IN_ALL {
            return Err(Self::TooManyComments { most: MOST_COMMENTS, in_all: MOST_COMMENTS_IN_ALL });
        }
        Ok(())
    }
}

/// So many seconds in days, or, where those are not whole, in hours or minutes.
fn in_units(seconds: i64) -> (i64, &'static str) {
    match seconds {
        days if days >= 86_400 && days % 86_400 == 0 => (days / 86_400, "days"),
        hours if hours >= 3_600 && hours % 3_600 == 0 => (hours / 3_600, "hours"),
        minutes => (minutes / 60, "minutes"),
    }
}

impl Refusal for AccessRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchRole { .. }
            | Self::NoSuchWarehouse { .. }
            | Self::NoSuchRequest
            | Self::NoSuchGrant
            | Self::NoSuchLock => Kind::NotFound,
            Self::ReasonNeeded | Self::ReasonTooLong { .. } | Self::BadDuration { .. } | Self::BadStart { .. } => {
                Kind::Invalid
            }
            Self::RequestOpenAlready { .. }
            | Self::HeldAlready { .. }
            | Self::NoApprover
            | Self::DecidedAlready
            | Self::RequestClosed { .. }
            | Self::TooManyComments { .. }
            | Self::GrantEndedAlready
            | Self::LockedAlready
            | Self::SuspendedAlready
            | Self::NotSuspended
            | Self::NamedLikeMachine { .. } => Kind::Conflict,
            Self::Locked { .. }
            | Self::OwnRequest
            | Self::OwnGrant
            | Self::DelegatorsOwn
            | Self::NotYours
            | Self::NotHeld { .. }
            | Self::CertificationMissing { .. }
            | Self::GrantSuspended { .. }
            | Self::NotYet { .. }
            | Self::OutsideHours { .. }
            | Self::AccountInactive => Kind::Forbidden,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchRole { .. } => "no-such-role",
            Self::NoSuchWarehouse { .. } => "no-such-warehouse",
            Self::NoSuchRequest => "no-such-request",
            Self::NoSuchGrant => "no-such-grant",
            Self::NoSuchLock => "no-such-lock",
            Self::ReasonNeeded => "reason-needed",
            Self::ReasonTooLong { .. } => "reason-too-long",
            Self::TooManyComments { .. } => "too-many-comments",
            Self::BadDuration { .. } => "bad-duration",
            Self::BadStart { .. } => "bad-start",
            Self::RequestOpenAlready { .. } => "request-open-already",
            Self::HeldAlready { .. } => "role-held-already",
            Self::NoApprover => "no-approver",
            Self::Locked { .. } => "locked",
            Self::OwnRequest => "own-request",
            Self::DelegatorsOwn => "delegators-own-request",
            Self::NotYours => "not-yours-to-decide",
            Self::DecidedAlready => "decided-already",
            Self::RequestClosed { .. } => "request-closed",
            Self::GrantEndedAlready => "grant-ended-already",
            Self::LockedAlready => "locked-already",
            Self::SuspendedAlready => "grant-suspended-already",
            Self::NotSuspended => "grant-not-suspended",
            Self::OwnGrant => "own-grant",
            Self::NotHeld { .. } => "role-not-held",
            Self::CertificationMissing { .. } => "certification-missing",
            Self::GrantSuspended { .. } => "grant-suspended",
            Self::NotYet { .. } => "grant-not-yet",
            Self::OutsideHours { .. } => "outside-hours",
            Self::AccountInactive => "account-inactive",
            Self::NamedLikeMachine { .. } => "named-like-machine",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::NoSuchRole { id } | Self::NoSuchWarehouse { id } => BTreeMap::from([("id", Fact::from(id.as_str()))]),
            Self::ReasonTooLong { most } => BTreeMap::from([("most", Fact::from(*most))]),
            Self::TooManyComments { most, in_all } => {
                BTreeMap::from([("most", Fact::from(*most)), ("in_all", Fact::from(*in_all))])
            }
            Self::BadDuration { most } => {
                let (most, unit) = in_units(*most);
                BTreeMap::from([("most", Fact::from(most)), ("unit", Fact::from(unit))])
            }
            Self::RequestOpenAlready { request } => BTreeMap::from([("request", Fact::from(request.as_str()))]),
            Self::HeldAlready { until, from } => {
                BTreeMap::from([("until", Fact::from(*until)), ("from", Fact::NotBefore(*from))])
            }
            Self::RequestClosed { state } => BTreeMap::from([("state", Fact::from(*state))]),
            Self::GrantSuspended { cause } => BTreeMap::from([("cause", Fact::from(cause.word()))]),
            Self::BadStart { days } => BTreeMap::from([("days", Fact::from(*days))]),
            Self::OutsideHours { from } => BTreeMap::from([("from", Fact::NotBefore(*from))]),
            Self::NotYet { from } => BTreeMap::from([("from", Fact::NotBefore(*from))]),
            Self::NamedLikeMachine { login, warehouse } => {
                BTreeMap::from([("login", Fact::from(login.as_str())), ("warehouse", Fact::from(warehouse.as_str()))])
            }
            _ => BTreeMap::new(),
        }
    }

    fn missing(&self) -> Vec<Missing> {
        match self {
            Self::Locked { missing } | Self::NotHeld { missing } | Self::CertificationMissing { missing } => {
                missing.clone()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shorter_than_a_day_is_told_in_hours() {
        for (seconds, told) in [
            (30 * 86_400, (30, "days")),
            (86_400, (1, "days")),
            (36 * 3_600, (36, "hours")),
            (2 * 3_600, (2, "hours")),
            (5_400, (90, "minutes")),
        ] {
            assert_eq!(in_units(seconds), told);
        }
    }

    #[test]
    fn one_person_fills_one_place_only() {
        let id = |n: i64| Id::<ids::Person>::new(Time::from_micros(n * 1_000_000));
        let (a, b, c) = (id(1), id(2), id(3));
        let clauses = [(BTreeSet::from([a, b]), 1), (BTreeSet::from([a, c]), 1)];
        assert!(!approved(&clauses, &BTreeSet::from([a])));
        assert!(approved(&clauses, &BTreeSet::from([a, b])));
        assert!(approved(&clauses, &BTreeSet::from([a, c])));
        assert!(approved(&clauses, &BTreeSet::from([b, c])));
        assert!(!approved(&clauses, &BTreeSet::from([b])));
        assert!(approved(&[], &BTreeSet::new()));
    }
}
