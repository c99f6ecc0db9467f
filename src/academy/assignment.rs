//! Assignments: a course that everybody in a team is to have done by a day, when it is due for one of them, and how it stands.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Refusal},
        text::Slug,
    },
    db::sql::word_column,
};
use std::collections::BTreeMap;

/// Who joins a team after a course was assigned to it has at least so many days.
pub const LATER_DAYS: i64 = 30;

/// A course that a team is to do.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Assignment {
    pub id: Id<ids::Assignment>,
    pub team_id: String,
    pub course_id: Slug,
    pub due_at: Time,
    pub note: String,
    /// In the log's words.
    pub assigned_by: String,
    pub at: Time,
    pub ended_at: Option<Time>,
    pub ended_by: Option<String>,
    pub ended_reason: Option<String>,
}

impl Assignment {
    /// When it is due for somebody who joined the team then: on its day; for those who joined after it was assigned,
    /// [`LATER_DAYS`] days after they joined, where that is later.
    #[must_use]
    pub fn due_for(&self, joined: Option<Time>) -> Time {
        match joined {
            Some(joined) if joined > self.at => self.due_at.max(joined.plus_seconds(LATER_DAYS * 86_400)),
            _ => self.due_at,
        }
    }
}

/// How an assigned course stands for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Done.
    Done,
    /// Begun, and not yet due.
    OnTheWay,
    /// Not begun, and not yet due.
    NotBegun,
    /// Due, and not done.
    Overdue,
}
word_column!(Standing { Done => "done", OnTheWay => "in_progress", NotBegun => "not_started", Overdue => "overdue" });

/// A stretch of time in which a course counted as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: Time,
    /// From then on it did not count, or will not; none where it has no end.
    pub until: Option<Time>,
}

impl Stretch {
    fn covers(&self, at: Time) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// What a person has done of an assigned course: it is done while it counts, and no longer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doing {
    /// When it counted as done, the first first; no two of them touch.
    pub stretches: Vec<Stretch>,
    /// Modules read and exams passed that still count towards it, in percent of all; 100 while it is done.
    pub percent: u32,
    /// Whether anything was begun.
    pub begun: bool,
}

impl Doing {
    /// From what counted when, in any order, and what is left of the parts at an instant.
    #[must_use]
    pub fn new(mut counted: Vec<Stretch>, percent: u32, begun: bool, now: Time) -> Self {
        counted.sort_by_key(|stretch| stretch.from);
        let mut stretches: Vec<Stretch> = Vec::new();
        for next in counted.into_iter().filter(|stretch| stretch.until.is_none_or(|until| stretch.from < until)) {
            match stretches.last_mut() {
                // Renewed in time: one stretch.
                Some(last) if last.until.is_none_or(|until| next.from <= until) => {
                    last.until = last.until.and_then(|until| next.until.map(|later| until.max(later)));
                }
                _ => stretches.push(next),
            }
        }
        let done = stretches.iter().any(|stretch| stretch.covers(now));
        let begun = begun || !stretches.is_empty();
        Self { percent: if done { 100 } else { percent.min(100) }, begun, stretches }
    }

    /// Since when it is done at an instant; none where it is not, or no longer.
    #[must_use]
    pub fn done_at(&self, now: Time) -> Option<Time> {
        self.stretches.iter().find(|stretch| stretch.covers(now)).map(|stretch| stretch.from)
    }

    /// Where it is not done at an instant and was before: since when it was, and when that ended.
    #[must_use]
    pub fn lost_at(&self, now: Time) -> Option<(Time, Time)> {
        let mut over = self.stretches.iter().filter_map(|stretch| Some((stretch.from, stretch.until?)));
        let last = over.rfind(|(_, until)| *until <= now);
        last.filter(|_| self.done_at(now).is_none())
    }

    /// How it stands at an instant.
    #[must_use]
    pub fn standing(&self, due: Time, now: Time) -> Standing {
        if self.done_at(now).is_some() {
            Standing::Done
        } else if due <= now {
            Standing::Overdue
        } else if self.begun {
            Standing::OnTheWay
        } else {
            Standing::NotBegun
        }
    }
}

/// Why a team is not changed, or a course not assigned.
#[derive(Clone, Debug, thiserror::Error)]
pub enum TeamRefusal {
    /// No such team.
    #[error("there is no such team: {id}")]
    NoSuchTeam { id: String },
    /// The day is past.
    #[error("the day it is due must lie ahead")]
    DuePast,
    /// Assigned already.
    #[error("this course is assigned to this team already")]
    AssignedAlready,
    /// No such assignment.
    #[error("there is no such assignment")]
    NoSuchAssignment,
    /// It has ended.
    #[error("this assignment has ended already")]
    EndedAlready,
    /// Neither an admin nor a lead of the team.
    #[error("this is for admins and those who lead this team")]
    NotALead,
    /// Not in the team.
    #[error("this person is not in this team")]
    NotAMember,
    /// The team is there already.
    #[error("there is a team of this name already")]
    TeamTaken,
    /// The note is too long.
    #[error("a note has at most 500 characters")]
    NoteTooLong,
}

impl Refusal for TeamRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchTeam { .. } | Self::NoSuchAssignment | Self::NotAMember => Kind::NotFound,
            Self::DuePast | Self::NoteTooLong => Kind::Invalid,
            Self::AssignedAlready | Self::EndedAlready | Self::TeamTaken => Kind::Conflict,
            Self::NotALead => Kind::Forbidden,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchTeam { .. } => "no-such-team",
            Self::DuePast => "assignment-due-past",
            Self::AssignedAlready => "assigned-already",
            Self::NoSuchAssignment => "no-such-assignment",
            Self::EndedAlready => "assignment-ended",
            Self::NotALead => "not-a-lead",
            Self::NotAMember => "not-a-member",
            Self::TeamTaken => "team-taken",
            Self::NoteTooLong => "assignment-note",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::NoSuchTeam { id } => BTreeMap::from([("id", Fact::from(id.as_str()))]),
            _ => BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_joins_later_has_thirty_days() {
        let at = Time::parse("2026-03-01").unwrap();
        let day = |n: i64| at.plus_seconds(n * 86_400);
        let one = Assignment {
            id: Id::new(at),
            team_id: "sales".into(),
            course_id: "alpha".parse().unwrap(),
            due_at: day(40),
            note: String::new(),
            assigned_by: String::new(),
            at,
            ended_at: None,
            ended_by: None,
            ended_reason: None,
        };
        assert_eq!(one.due_for(None), day(40));
        assert_eq!(one.due_for(Some(day(-5))), day(40));
        assert_eq!(one.due_for(Some(day(3))), day(40));
        assert_eq!(one.due_for(Some(day(20))), day(50));
        let doing = Doing::new(vec![Stretch { from: day(12), until: None }], 100, true, day(12));
        assert_eq!(doing.standing(day(10), day(11)), Standing::Overdue);
        assert_eq!(doing.standing(day(10), day(12)), Standing::Done);
        assert_eq!(Doing::default().standing(day(10), day(9)), Standing::NotBegun);
    }

    #[test]
    fn it_is_done_while_it_counts_and_no_longer() {
        let start = Time::parse("2026-03-01").unwrap();
        let day = |n: i64| start.plus_seconds(n * 86_400);
        let stretch = |from, until| Stretch { from: day(from), until: Some(day(until)) };
        // Renewed in time twice, lost, and earned once more; one was taken back before it counted.
        let counted = vec![stretch(50, 60), stretch(5, 20), stretch(8, 8), stretch(1, 10), stretch(20, 30)];
        let at = |n| Doing::new(counted.clone(), 40, false, day(n));
        assert_eq!(at(25).stretches, [stretch(1, 30), stretch(50, 60)]);
        assert_eq!((at(25).percent, at(25).done_at(day(25)), at(25).lost_at(day(25))), (100, Some(day(1)), None));
        assert_eq!((at(30).percent, at(30).done_at(day(30))), (40, None));
        assert_eq!(at(30).lost_at(day(30)), Some((day(1), day(30))));
        assert_eq!(at(30).standing(day(40), day(30)), Standing::OnTheWay, "there is time left to earn it again");
        assert_eq!(at(41).standing(day(40), day(41)), Standing::Overdue);
        assert_eq!((at(55).done_at(day(55)), at(55).lost_at(day(55))), (Some(day(50)), None));
        assert_eq!(at(60).lost_at(day(60)), Some((day(50), day(60))));
        // What has no end takes in what touches it.
        let never = Doing::new(vec![Stretch { from: day(1), until: None }, stretch(5, 9)], 0, true, day(99));
        assert_eq!((never.stretches.len(), never.done_at(day(99))), (1, Some(day(1))));
    }
}
