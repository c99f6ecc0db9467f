//! Teams and assignments on the wire.

use super::{AssignmentId, PersonId};
use crate::{
    academy::assignment::{Assignment, Standing},
    actions::read_teams::{Board, Line, Mine, Overdue, Team},
    base::{clock::Time, text::Slug},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A new team.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTeam, example = json!({"team": "after-sales"}))]
pub(in crate::web::api) struct NewTeam {
    /// Kept in lower case, with hyphens for spaces.
    pub(in crate::web::api) team: String,
}

/// What is to be assigned.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAssignment, example = json!({"course": "data-foundations", "due_at": "2026-11-30T22:59:59Z", "note": "Before the fair."}))]
pub(in crate::web::api) struct NewAssignment {
    pub(in crate::web::api) course: Slug,
    /// From this instant on it is overdue.
    pub(in crate::web::api) due_at: Time,
    /// For those who are to do it.
    #[serde(default)]
    pub(in crate::web::api) note: String,
}

/// A team, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TeamLine)]
pub(in crate::web::api) struct TeamLine {
    team: String,
    members: usize,
    leads: Vec<Member>,
    /// What is assigned now, with how many stand how; of all members, or only of the caller where they may not see others.
    assignments: Vec<AssignmentLine>,
    /// Whether the figures are everybody's.
    whole: bool,
}

/// Somebody in a team, or who leads one.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TeamMember)]
pub(in crate::web::api) struct Member {
    person: PersonId,
    name: String,
    email: String,
    /// Since when, where that was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    joined_at: Option<Time>,
}

/// An assignment with its figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Assignment)]
pub(in crate::web::api) struct AssignmentLine {
    id: AssignmentId,
    team: String,
    course: Slug,
    due_at: Time,
    note: String,
    assigned_by: String,
    at: Time,
    done: usize,
    in_progress: usize,
    not_started: usize,
    overdue: usize,
}

/// A team with everybody's lines.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Team)]
pub(in crate::web::api) struct TeamDetail {
    #[serde(flatten)]
    team: TeamLine,
    people: Vec<Member>,
    progress: Vec<ProgressLine>,
}

/// How one person stands with one assignment.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AssignmentProgress)]
pub(in crate::web::api) struct ProgressLine {
    assignment: AssignmentId,
    team: String,
    course: Slug,
    person: PersonId,
    name: String,
    email: String,
    /// For this person: later than the assignment's own day where they joined the team after it was assigned.
    due_at: Time,
    /// `done`, `in_progress`, `not_started` or `overdue`.
    #[schema(value_type = String)]
    state: Standing,
    /// Modules read and exams passed, in percent.
    percent: u32,
    /// While it counts.
    done_at: Option<Time>,
    /// Where it was done and no longer counts: since when it was.
    was_done_at: Option<Time>,
    /// Where it was done and no longer counts: when that ended.
    lost_at: Option<Time>,
}

/// Something that is assigned to the caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MyAssignment)]
pub(in crate::web::api) struct MineLine {
    assignment: AssignmentId,
    team: String,
    course: Slug,
    note: String,
    due_at: Time,
    /// `done`, `in_progress`, `not_started` or `overdue`.
    #[schema(value_type = String)]
    state: Standing,
    percent: u32,
    /// While it counts.
    done_at: Option<Time>,
    /// Where it was done and no longer counts: since when it was.
    was_done_at: Option<Time>,
    /// Where it was done and no longer counts: when that ended.
    lost_at: Option<Time>,
}

impl AssignmentLine {
    fn of(board: &Board) -> Self {
        let Assignment { id, team_id, course_id, due_at, note, assigned_by, at, .. } = board.assignment.clone();
        Self {
            id,
            team: team_id,
            course: course_id,
            due_at,
            note,
            assigned_by,
            at,
            done: board.count(Standing::Done),
            in_progress: board.count(Standing::OnTheWay),
            not_started: board.count(Standing::NotBegun),
            overdue: board.count(Standing::Overdue),
        }
    }
}

impl TeamLine {
    pub(in crate::web::api) fn of(team: &Team) -> Self {
        let lead = |lead: &crate::identity::rows::LeadRow| Member {
            person: lead.id,
            name: lead.name.clone(),
            email: lead.email.clone(),
            joined_at: None,
        };
        Self {
            team: team.id.clone(),
            members: team.size,
            leads: team.leads.iter().map(lead).collect(),
            assignments: team.boards.iter().map(AssignmentLine::of).collect(),
            whole: team.sees_all,
        }
    }

    pub(in crate::web::api) fn into_assignments(self) -> Vec<AssignmentLine> {
        self.assignments
    }
}

impl TeamDetail {
    pub(in crate::web::api) fn of(team: &Team) -> Self {
        let lines = team
            .boards
            .iter()
            .flat_map(|board| board.lines.iter().map(|line| ProgressLine::of(&board.assignment, line.clone())));
        Self { team: TeamLine::of(team), people: members(team), progress: lines.collect() }
    }
}

/// Who is in a team.
pub(in crate::web::api) fn members(team: &Team) -> Vec<Member> {
    let member = |row: &crate::identity::rows::MemberRow| Member {
        person: row.id,
        name: row.name.clone(),
        email: row.email.clone(),
        joined_at: row.joined_at,
    };
    team.members.iter().map(member).collect()
}

impl ProgressLine {
    fn of(assignment: &Assignment, line: Line) -> Self {
        Self {
            assignment: assignment.id,
            team: assignment.team_id.clone(),
            course: assignment.course_id.clone(),
            person: line.person,
            due_at: line.due_at,
            state: line.standing,
            percent: line.doing.percent,
            done_at: line.done_at(),
            was_done_at: line.lost_at().map(|(from, _)| from),
            lost_at: line.lost_at().map(|(_, until)| until),
            name: line.name,
            email: line.email,
        }
    }

    pub(in crate::web::api) fn overdue(one: Overdue) -> Self {
        Self::of(&one.assignment, one.line)
    }
}

impl From<Mine> for MineLine {
    fn from(one: Mine) -> Self {
        Self {
            due_at: one.due_at,
            state: one.standing,
            percent: one.doing.percent,
            done_at: one.done_at(),
            was_done_at: one.lost_at().map(|(from, _)| from),
            lost_at: one.lost_at().map(|(_, until)| until),
            assignment: one.assignment.id,
            team: one.assignment.team_id,
            course: one.assignment.course_id,
            note: one.assignment.note,
        }
    }
}

/// The id of what was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MadeId)]
pub(in crate::web::api) struct Made {
    pub(in crate::web::api) id: String,
}
