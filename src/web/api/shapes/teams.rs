//! Teams, assignments, accommodations and transcripts on the wire.

use super::{AccommodationId, AssignmentId, AttemptId, CertificateId, PersonId};
use crate::{
    academy::{
        accommodation::Accommodation,
        assignment::{Assignment, Standing},
    },
    actions::{
        read_teams::{Board, Line, Mine, Overdue, Team},
        read_transcript::{Sat, Taken, Transcript},
    },
    base::{
        clock::Time,
        text::{Language, Slug},
    },
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
    done_at: Option<Time>,
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
    done_at: Option<Time>,
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
    /// The head of the list as CSV.
    pub(in crate::web::api) const HEAD: [&'static str; 8] =
        ["team", "course", "person_id", "name", "email", "due_at", "state", "percent"];

    fn of(assignment: &Assignment, line: Line) -> Self {
        Self {
            assignment: assignment.id,
            team: assignment.team_id.clone(),
            course: assignment.course_id.clone(),
            person: line.person,
            name: line.name,
            email: line.email,
            due_at: line.due_at,
            state: line.standing,
            percent: line.doing.percent,
            done_at: line.doing.done_at,
        }
    }

    pub(in crate::web::api) fn overdue(one: Overdue) -> Self {
        Self::of(&one.assignment, one.line)
    }

    /// The line's cells.
    pub(in crate::web::api) fn cells(self) -> [String; 8] {
        [
            self.team,
            self.course.to_string(),
            self.person.to_string(),
            self.name,
            self.email,
            self.due_at.to_string(),
            self.state.word().to_owned(),
            self.percent.to_string(),
        ]
    }
}

impl From<Mine> for MineLine {
    fn from(one: Mine) -> Self {
        Self {
            assignment: one.assignment.id,
            team: one.assignment.team_id,
            course: one.assignment.course_id,
            note: one.assignment.note,
            due_at: one.due_at,
            state: one.standing,
            percent: one.doing.percent,
            done_at: one.doing.done_at,
        }
    }
}

/// What is to be granted to a person beyond the rules.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAccommodation, example = json!({"time_factor_percent": 150, "extra_attempts": 1, "reason": "Agreed on 3 March."}))]
pub(in crate::web::api) struct NewAccommodation {
    /// One course; every course without it.
    #[serde(default)]
    pub(in crate::web::api) course: Option<Slug>,
    /// One exam of the course; every exam without it.
    #[serde(default)]
    pub(in crate::web::api) quiz: Option<Slug>,
    /// The limit is multiplied by this, in percent: 100 to 400.
    #[serde(default = "hundred")]
    #[schema(minimum = 100, maximum = 400)]
    pub(in crate::web::api) time_factor_percent: i64,
    /// 0 to 10.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10)]
    pub(in crate::web::api) extra_attempts: i64,
    /// Kept for admins and the person alone; never in the log.
    pub(in crate::web::api) reason: String,
    /// From now on without it.
    #[serde(default)]
    pub(in crate::web::api) from: Option<Time>,
    /// Until it is ended without it.
    #[serde(default)]
    pub(in crate::web::api) until: Option<Time>,
}

fn hundred() -> i64 {
    100
}

/// What was granted to a person beyond the rules.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Accommodation)]
pub(in crate::web::api) struct AccommodationBody {
    id: AccommodationId,
    person: PersonId,
    course: Option<Slug>,
    quiz: Option<Slug>,
    time_factor_percent: i64,
    extra_attempts: i64,
    reason: String,
    from: Time,
    until: Option<Time>,
    granted_at: Time,
    granted_by: String,
    ended_at: Option<Time>,
    ended_reason: Option<String>,
    /// `scheduled`, `active` or `ended`.
    state: String,
}

impl AccommodationBody {
    pub(in crate::web::api) fn of(one: Accommodation, now: Time) -> Self {
        Self {
            state: one.state_at(now).to_owned(),
            id: one.id,
            person: one.person_id,
            course: one.course_id,
            quiz: one.quiz_id,
            time_factor_percent: one.time_factor_percent,
            extra_attempts: one.extra_attempts,
            reason: one.reason,
            from: one.from_at,
            until: one.until_at,
            granted_at: one.granted_at,
            granted_by: one.granted_by,
            ended_at: one.ended_at,
            ended_reason: one.ended_reason,
        }
    }
}

/// The id of what was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MadeId)]
pub(in crate::web::api) struct Made {
    pub(in crate::web::api) id: String,
}

/// A learner's transcript.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Transcript)]
pub(in crate::web::api) struct TranscriptBody {
    person: PersonId,
    name: String,
    /// The moment that it tells of.
    at: Time,
    courses: Vec<TakenBody>,
}

/// A course that was begun.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TranscriptCourse)]
pub(in crate::web::api) struct TakenBody {
    course: Slug,
    title: String,
    begun_at: Option<Time>,
    modules_read: usize,
    modules: usize,
    /// When the last of everything was done.
    done_at: Option<Time>,
    exams: Vec<SatBody>,
    certificates: Vec<EarnedBody>,
}

/// An exam that was sat.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TranscriptExam)]
pub(in crate::web::api) struct SatBody {
    attempt: AttemptId,
    title: String,
    started_at: Time,
    finished_at: Option<Time>,
    state: String,
    /// The mark in hundredths of a percent, where it counts.
    basis_points: Option<i64>,
}

/// A certificate that was earned.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TranscriptCertificate)]
pub(in crate::web::api) struct EarnedBody {
    certificate: CertificateId,
    title: String,
    issued_at: Time,
    ends_at: Time,
    state: String,
}

impl TranscriptBody {
    /// The head of the list as CSV: a line an exam and a line a certificate.
    pub(in crate::web::api) const HEAD: [&'static str; 8] =
        ["course", "title", "kind", "id", "from", "until", "state", "mark_percent"];

    pub(in crate::web::api) fn of(told: &Transcript, language: Language) -> Self {
        let sat = |sat: &Sat| SatBody {
            attempt: sat.attempt.id,
            title: sat.quiz.get(language).to_owned(),
            started_at: sat.attempt.started_at,
            finished_at: sat.attempt.finished_at,
            state: sat.word(told.at).to_owned(),
            basis_points: sat.basis_points(),
        };
        let taken = |taken: &Taken| TakenBody {
            course: taken.course.clone(),
            title: taken.title.get(language).to_owned(),
            begun_at: taken.begun_at,
            modules_read: taken.read,
            modules: taken.modules,
            done_at: taken.done_at,
            exams: taken.exams.iter().map(sat).collect(),
            certificates: taken
                .certificates
                .iter()
                .map(|(one, name)| EarnedBody {
                    certificate: one.id,
                    title: name.get(language).to_owned(),
                    issued_at: one.issued_at,
                    ends_at: one.ends_at,
                    state: one.standing_at(told.at).word().to_owned(),
                })
                .collect(),
        };
        Self {
            person: told.person.id,
            name: told.person.name.clone(),
            at: told.at,
            courses: told.courses.iter().map(taken).collect(),
        }
    }

    /// The lines' cells.
    pub(in crate::web::api) fn cells(self) -> Vec<[String; 8]> {
        let at = |time: Option<Time>| time.map(|time| time.to_string()).unwrap_or_default();
        let mut lines = Vec::new();
        for course in self.courses {
            let state = if course.done_at.is_some() { "done" } else { "in_progress" };
            let id = course.course.to_string();
            let line = |kind: &str, of: String, title: &str, from, until, state: &str, mark: String| {
                [id.clone(), title.to_owned(), kind.to_owned(), of, at(from), at(until), state.to_owned(), mark]
            };
            lines.push(line(
                "course",
                id.clone(),
                &course.title,
                course.begun_at,
                course.done_at,
                state,
                String::new(),
            ));
            for sat in course.exams {
                let mark = sat.basis_points.map(|points| format!("{}.{:02}", points / 100, points % 100));
                let (from, until) = (Some(sat.started_at), sat.finished_at);
                let of = sat.attempt.to_string();
                lines.push(line("exam", of, &sat.title, from, until, &sat.state, mark.unwrap_or_default()));
            }
            for one in course.certificates {
                let (from, until) = (Some(one.issued_at), Some(one.ends_at));
                let of = one.certificate.to_string();
                lines.push(line("certificate", of, &one.title, from, until, &one.state, String::new()));
            }
        }
        lines
    }
}

/// The address once more, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Erasure, example = json!({"email": "ana@example.com", "reason": "Asked for on 3 March."}))]
pub(in crate::web::api) struct ErasureBody {
    /// The person's e-mail address, to confirm.
    pub(in crate::web::api) email: String,
    pub(in crate::web::api) reason: String,
}

/// Everything that is held about the caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OwnRecords)]
pub(in crate::web::api) struct ExportBody {
    /// `habilis-person-1`.
    format: String,
    at: Time,
    /// Sections that hold more lines than the document gives.
    cut: Vec<String>,
    /// The account.
    #[schema(value_type = Object)]
    person: serde_json::Value,
    /// Each section is a list of objects: `sessions`, `teams`, `enrolments`, `modules_read`, `attempts` with their answers,
    /// `certificates`, `requests`, `decisions_received`, `grants`, `tokens`, `accommodations`, `assignments`, `events`, …
    #[schema(value_type = Object)]
    sections: serde_json::Value,
}
