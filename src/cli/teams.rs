//! `habilis teams`: list, show, assign, end, and who leads.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    academy::assignment::Standing,
    actions::{
        assign_course::{self, Assigning},
        change_team,
        read_teams::{self, Board, Overdue, Team},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        text::Slug,
    },
};
use clap::Subcommand;
use serde_json::{Value, json};

/// Teams, and what is assigned to them
#[derive(Debug, Subcommand)]
pub(super) enum Teams {
    /// List the teams, with how they stand
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Show a team: everybody's progress with each assignment
    Show {
        team: String,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// List what is overdue
    Overdue {
        /// Only this team
        #[arg(long)]
        team: Option<String>,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Assign a course to a team
    Assign {
        team: String,
        course: Slug,
        /// When it is due: 2026-11-30T22:59:59Z, or a date, which means its midnight in UTC
        #[arg(long, value_parser = Time::parse)]
        due: Time,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// End an assignment
    End {
        assignment: Id<ids::Assignment>,
        #[arg(long)]
        reason: String,
    },
    /// Put a person into a team
    Add {
        team: String,
        /// E-mail address or id
        person: String,
    },
    /// Let a person lead a team, or no longer
    Lead {
        team: String,
        /// E-mail address or id
        person: String,
        /// They lead it no longer
        #[arg(long)]
        not: bool,
    },
}

fn figures(boards: &[Board]) -> [usize; 4] {
    [Standing::Done, Standing::OnTheWay, Standing::NotBegun, Standing::Overdue]
        .map(|standing| boards.iter().map(|board| board.count(standing)).sum())
}

fn json_of(team: &Team) -> Value {
    let lines = team.boards.iter().flat_map(|board| {
        board.lines.iter().map(|line| {
            json!({
                "assignment": board.assignment.id, "course": board.assignment.course_id, "person": line.person,
                "name": line.name, "email": line.email, "due_at": line.due_at, "state": line.standing,
                "percent": line.doing.percent, "done_at": line.done_at(), "was_done_at": line.lost_at().map(|(from, _)| from),
                "lost_at": line.lost_at().map(|(_, until)| until),
            })
        })
    });
    json!({
        "team": team.id, "members": team.size, "leads": team.leads.iter().map(|lead| &lead.email).collect::<Vec<_>>(),
        "assignments": team.boards.iter().map(|board| &board.assignment).collect::<Vec<_>>(),
        "progress": lines.collect::<Vec<_>>(),
    })
}

impl Teams {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let teams = desk.run(read_teams::read_teams(app, actor))?;
                let mut table =
                    Table::new(&["team", "people", "leads", "assigned", "done", "going", "waiting", "overdue"]);
                for team in &teams {
                    let leads: Vec<&str> = team.leads.iter().map(|lead| lead.email.as_str()).collect();
                    let start =
                        [team.id.clone(), team.size.to_string(), leads.join(" "), team.boards.len().to_string()];
                    table.row(start.into_iter().chain(figures(&team.boards).map(|n| n.to_string())));
                }
                print::list(format, &teams.iter().map(json_of).collect::<Vec<_>>(), &table)?;
            }
            Self::Show { team, format } => {
                let team = desk.run(read_teams::read_team(app, actor, team))?;
                let mut table = Table::new(&["course", "person", "state", "percent", "due", "done", "assignment"]);
                for board in &team.boards {
                    for line in &board.lines {
                        table.row([
                            board.assignment.course_id.to_string(),
                            line.email.clone(),
                            line.standing.word().to_owned(),
                            line.doing.percent.to_string(),
                            print::moment(line.due_at),
                            line.done_at().map(print::moment).unwrap_or_default(),
                            board.assignment.id.to_string(),
                        ]);
                    }
                }
                print::list(format, &[json_of(&team)], &table)?;
            }
            Self::Overdue { team, format } => {
                let late = desk.run(read_teams::read_overdue(app, actor, team, None))?;
                let mut table = Table::new(&["team", "course", "person", "due", "percent"]);
                let mut things = Vec::new();
                for one in &late {
                    let (assignment, line) = (&one.assignment, &one.line);
                    table.row([
                        assignment.team_id.clone(),
                        assignment.course_id.to_string(),
                        line.email.clone(),
                        print::moment(line.due_at),
                        line.doing.percent.to_string(),
                    ]);
                    things.push(json!({
                        "team": assignment.team_id, "course": assignment.course_id, "person": line.person,
                        "email": line.email, "due_at": line.due_at, "percent": line.doing.percent,
                    }));
                }
                print::list_or_export(format, &things, &table, || {
                    let mut export = Table::new(&Overdue::HEAD);
                    late.iter().cloned().for_each(|one| export.row(one.cells()));
                    export
                })?;
            }
            Self::Assign { team, course, due, note } => {
                let assigning = Assigning { team: team.clone(), course: course.clone(), due_at: due, note };
                let id = desk.run(assign_course::assign_course(app, actor, assigning, None))?;
                print::say(&format!("{course} is assigned to {team}, due {}: {id}", print::moment(due)));
            }
            Self::End { assignment, reason } => {
                desk.run(assign_course::end_assignment(app, actor, assignment, reason))?;
                print::say(&format!("{assignment} has ended"));
            }
            Self::Add { team, person } => {
                desk.run(change_team::add_member(app, actor, team.clone(), person.clone()))?;
                print::say(&format!("{person} is in {team}"));
            }
            Self::Lead { team, person, not } => {
                desk.run(change_team::set_lead(app, actor, team.clone(), person.clone(), !not))?;
                print::say(&format!("{person} leads {team}{}", if not { " no longer" } else { "" }));
            }
        }
        Ok(Next::Done)
    }
}
