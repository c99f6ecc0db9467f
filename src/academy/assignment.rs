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

/// What a person has done of an assigned course.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doing {
    /// Since when it is done.
    pub done_at: Option<Time>,
    /// Modules read and exams passed, in percent of all.
    pub percent: u32,
    /// Whether anything was begun.
    pub begun: bool,
}

impl Doing {
    /// How it stands at an instant.
    #[must_use]
    pub fn standing(&self, due: Time, now: Time) -> Standing {
        if self.done_at.is_some_and(|done| done <= now) {
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
        let doing = Doing { done_at: Some(day(12)), percent: 100, begun: true };
        assert_eq!(doing.standing(day(10), day(11)), Standing::Overdue);
        assert_eq!(doing.standing(day(10), day(12)), Standing::Done);
        assert_eq!(Doing::default().standing(day(10), day(9)), Standing::NotBegun);
    }
}
