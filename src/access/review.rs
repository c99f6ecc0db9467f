//! A review: a campaign in which those who answer for roles keep or remove each grant, and why taking part is refused.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Refusal},
        text::{Email, Slug},
    },
    db::sql::word_column,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::Sensitivity;

/// The most characters of a title.
pub const LONGEST_TITLE: usize = 200;

/// The most grants of a review that an admin begins: more are several reviews.
pub const MOST_LINES: usize = 5_000;
/// The most grants of a review that begins by a role's own rule; where there are more, the next part follows.
pub const MOST_BY_RULE: usize = 500;

/// Where a campaign stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Lines wait for an answer.
    Open,
    /// Every line has come to its end.
    Closed,
    /// An admin has called it off before its due date.
    Cancelled,
}
word_column!(State { Open => "open", Closed => "closed", Cancelled => "cancelled" });

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineState {
    /// It waits for its reviewer.
    Pending,
    /// On its way to another reviewer, within one transaction.
    Delegated,
    /// The grant stays.
    Kept,
    /// The grant was ended.
    Removed,
    /// Nobody answered in time: the grant is suspended until it is kept, and ends where nobody does.
    Overdue,
    /// Nobody answered afterwards, either: the grant has ended.
    Lapsed,
    /// The grant ended for another reason before anybody answered.
    Gone,
    /// The campaign was called off.
    Cancelled,
}
word_column!(LineState {
    Pending => "pending",
    Delegated => "delegated",
    Kept => "kept",
    Removed => "removed",
    Overdue => "overdue",
    Lapsed => "lapsed",
    Gone => "gone",
    Cancelled => "cancelled",
});

impl LineState {
    /// All that a line can be seen in.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::Overdue, Self::Kept, Self::Removed, Self::Lapsed, Self::Gone, Self::Cancelled];

    /// Whether it waits for an answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Delegated | Self::Overdue)
    }
}

/// Whether what happens at an instant, or is still to happen then, is too late for a due date.
#[must_use]
pub fn is_late(due_at: Time, at: Time) -> bool {
    at >= due_at
}

/// What a reviewer says of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stays.
    Keep,
    /// It ends now.
    Remove,
}
word_column!(Verdict { Keep => "keep", Remove => "remove" });

impl Verdict {
    /// The state that a line comes to by it.
    #[must_use]
    pub fn leads_to(self) -> LineState {
        match self {
            Self::Keep => LineState::Kept,
            Self::Remove => LineState::Removed,
        }
    }
}

/// What a review is about; every field narrows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// These roles; all where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Slug>,
    /// Those that this person answers for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Email>,
    /// Those that open data this delicate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<Sensitivity>,
}

/// A campaign.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    pub id: Id<ids::Review>,
    pub title: String,
    pub state: State,
    pub scope: Scope,
    /// The roles it came to, as they were in the catalogue.
    pub roles: Vec<Slug>,
    /// Whether the role's own rule (`review_every`) began it.
    pub by_cadence: bool,
    pub started_at: Time,
    pub started_by: String,
    pub remind_at: Time,
    pub reminded_at: Option<Time>,
    pub due_at: Time,
    /// When what is still unanswered ends for good.
    pub lapses_at: Time,
    pub closed_at: Option<Time>,
    pub closed_by: Option<String>,
    pub closed_reason: String,
}

/// What is known of a grant beside its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// When these were read.
    pub at: Time,
    /// When it was last used, as far as that is known.
    pub last_used_at: Option<Time>,
    /// Since when the person has held it.
    pub held_since: Time,
    pub ends_at: Time,
    /// The grant's own word.
    pub state: String,
    /// Whether it opened its warehouse then.
    pub effective: bool,
    /// What is required, clause by clause.
    pub certificates: Vec<Required>,
    /// How many people share a team with the holder, and how many of them hold the role.
    pub peers: i64,
    pub peers_holding: i64,
}

/// One clause of what a role requires, and until when it is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Required {
    pub any_of: BTreeSet<Slug>,
    /// None where it is not.
    pub met_until: Option<Time>,
}

impl Facts {
    /// How many of a hundred peers hold the role; none where there are no peers.
    #[must_use]
    pub fn share(&self) -> Option<i64> {
        (self.peers > 0).then(|| (self.peers_holding * 100 + self.peers / 2) / self.peers)
    }
}

/// One grant of a campaign.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: Id<ids::ReviewLine>,
    pub review_id: Id<ids::Review>,
    pub grant_id: Id<ids::Grant>,
    pub person_id: Id<ids::Person>,
    pub role_id: Slug,
    pub state: LineState,
    /// Who is asked; none where any admin is.
    pub reviewer_id: Option<Id<ids::Person>>,
    /// As they were at the start.
    pub facts: Facts,
    /// As they were when it was decided.
    pub decided_facts: Option<Facts>,
    pub decided_at: Option<Time>,
    pub decided_by: Option<Id<ids::Person>>,
    /// In whose place, where whoever was asked was away.
    pub on_behalf_of: Option<Id<ids::Person>>,
    /// What was said with the decision.
    pub comment: String,
    pub overdue_at: Option<Time>,
}

/// A line that was handed to somebody else.
#[derive(Clone, Debug, Serialize)]
pub struct Delegation {
    pub line_id: Id<ids::ReviewLine>,
    pub from_id: Option<Id<ids::Person>>,
    /// None: the admins, because whoever was asked has left.
    pub to_id: Option<Id<ids::Person>>,
    pub delegated_by: String,
    pub at: Time,
    pub comment: String,
}

/// Gives each line to one of those who answer for its role, never to its holder: to whoever has the fewest so far, in the
/// order in which the catalogue names them. None: nobody of them can, and the admins are asked.
#[derive(Debug, Default)]
pub struct Dealer {
    dealt: BTreeMap<Id<ids::Person>, usize>,
}

impl Dealer {
    /// Who gets the next line.
    pub fn deal(&mut self, owners: &[Id<ids::Person>], holder: Id<ids::Person>) -> Option<Id<ids::Person>> {
        let able = owners.iter().copied().filter(|owner| *owner != holder);
        let chosen = able.min_by_key(|owner| self.dealt.get(owner).copied().unwrap_or(0))?;
        *self.dealt.entry(chosen).or_default() += 1;
        Some(chosen)
    }
}

/// Why a review is not begun, read, answered or called off.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReviewRefusal {
    #[error("there is no such review")]
    NoSuchReview,
    #[error("there is no such line")]
    NoSuchLine,
    #[error("nobody holds anything that this review would be about")]
    Empty,
    #[error("a review has at most {most} grants, and this one would have more")]
    TooLarge { most: i64 },
    #[error("a review is due in 1 to 366 days, and ends what is unanswered at most 366 days later")]
    BadDue,
    #[error("a title has at most {most} characters")]
    TitleTooLong { most: i64 },
    #[error("nobody reviews their own access")]
    OwnGrant,
    #[error("nobody reviews the access of somebody in whose place they decide")]
    DelegatorsOwn,
    #[error("this line is for somebody else to answer")]
    NotYours,
    #[error("this line is {state} already")]
    Answered { state: &'static str },
    #[error("this review is {state}")]
    NotOpen { state: &'static str },
    #[error("its due date has gone by: what is overdue is to be answered")]
    Due,
    #[error("this person can not answer it")]
    UnfitDelegate,
}

impl Refusal for ReviewRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchReview | Self::NoSuchLine => Kind::NotFound,
            Self::Empty | Self::Answered { .. } | Self::NotOpen { .. } | Self::Due | Self::UnfitDelegate => {
                Kind::Conflict
            }
            Self::TooLarge { .. } | Self::BadDue | Self::TitleTooLong { .. } => Kind::Invalid,
            Self::OwnGrant | Self::DelegatorsOwn | Self::NotYours => Kind::Forbidden,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchReview => "no-such-review",
            Self::NoSuchLine => "no-such-review-line",
            Self::Empty => "review-empty",
            Self::TooLarge { .. } => "review-too-large",
            Self::BadDue => "review-bad-due",
            Self::TitleTooLong { .. } => "review-title-too-long",
            Self::OwnGrant => "review-own-grant",
            Self::DelegatorsOwn => "review-delegators-own",
            Self::NotYours => "review-not-yours",
            Self::Answered { .. } => "review-line-answered",
            Self::NotOpen { .. } => "review-not-open",
            Self::Due => "review-due",
            Self::UnfitDelegate => "review-unfit-delegate",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::TooLarge { most } | Self::TitleTooLong { most } => BTreeMap::from([("most", Fact::from(*most))]),
            Self::Answered { state } | Self::NotOpen { state } => BTreeMap::from([("state", Fact::from(*state))]),
            _ => BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_dealt_evenly_and_never_to_their_holder() {
        let id = |n: i64| Id::<ids::Person>::new(Time::from_micros(n * 1_000_000));
        let (ana, bob, eve) = (id(1), id(2), id(3));
        let mut dealer = Dealer::default();
        let owners = [ana, bob];
        let dealt: Vec<_> = [eve, eve, eve, ana, ana, bob].map(|holder| dealer.deal(&owners, holder)).to_vec();
        assert_eq!(dealt, [ana, bob, ana, bob, bob, ana].map(Some));
        assert_eq!(dealer.deal(&[ana], ana), None, "the admins");
        assert_eq!(dealer.deal(&[], eve), None);
    }

    #[test]
    fn a_share_is_rounded_and_needs_peers() {
        let facts = |peers, peers_holding| Facts {
            at: Time::from_micros(0),
            last_used_at: None,
            held_since: Time::from_micros(0),
            ends_at: Time::from_micros(0),
            state: "active".into(),
            effective: true,
            certificates: Vec::new(),
            peers,
            peers_holding,
        };
        assert_eq!((facts(0, 0).share(), facts(3, 1).share(), facts(8, 1).share()), (None, Some(33), Some(13)));
    }
}
