//! How teams stand with what is assigned to them: everybody's lines for admins, auditors and leads, one's own for others.

use super::{About, list_holders::find_person, look};
use crate::{
    academy::assignment::{Assignment, Doing, Standing, TeamRefusal},
    access::rows::{self, Of},
    app::{App, Content},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::Reading,
    identity::{
        self,
        actor::Actor,
        rows::{LeadRow, MemberRow},
    },
};
use std::collections::BTreeMap;

/// One person's line of one assignment.
#[derive(Clone, Debug)]
pub struct Line {
    pub person: Id<ids::Person>,
    pub name: String,
    pub email: String,
    pub due_at: Time,
    pub doing: Doing,
    pub standing: Standing,
    /// The instant of all this.
    pub at: Time,
}

impl Line {
    /// Since when it is done; none where it is not, or no longer.
    #[must_use]
    pub fn done_at(&self) -> Option<Time> {
        self.doing.done_at(self.at)
    }

    /// Where it was done and no longer is: since when it was, and when that ended.
    #[must_use]
    pub fn lost_at(&self) -> Option<(Time, Time)> {
        self.doing.lost_at(self.at)
    }
}

/// An assignment with everybody's lines that the reader may see.
#[derive(Clone, Debug)]
pub struct Board {
    pub assignment: Assignment,
    pub lines: Vec<Line>,
}

impl Board {
    /// How many lines stand so.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.lines.iter().filter(|line| line.standing == standing).count()
    }
}

/// A team.
#[derive(Clone, Debug)]
pub struct Team {
    pub id: String,
    pub leads: Vec<LeadRow>,
    /// Those who are not shut out; only the reader where they may not see the others.
    pub members: Vec<MemberRow>,
    /// How many are in it.
    pub size: usize,
    pub boards: Vec<Board>,
    /// Whether the reader sees everybody's lines.
    pub sees_all: bool,
    /// Whether the reader may assign.
    pub may_assign: bool,
    /// Whether the reader may change who is in it and who leads it.
    pub may_change: bool,
    /// Names behind actors' words.
    pub names: BTreeMap<String, String>,
}

/// Something assigned to one person.
#[derive(Clone, Debug)]
pub struct Mine {
    pub assignment: Assignment,
    pub due_at: Time,
    pub doing: Doing,
    pub standing: Standing,
    /// The instant of all this.
    pub at: Time,
}

impl Mine {
    /// Since when it is done; none where it is not, or no longer.
    #[must_use]
    pub fn done_at(&self) -> Option<Time> {
        self.doing.done_at(self.at)
    }

    /// Where it was done and no longer is: since when it was, and when that ended.
    #[must_use]
    pub fn lost_at(&self) -> Option<(Time, Time)> {
        self.doing.lost_at(self.at)
    }
}

/// A line of the list of what is overdue.
#[derive(Clone, Debug)]
pub struct Overdue {
    pub assignment: Assignment,
    pub line: Line,
}

impl Overdue {
    /// The columns of the list as CSV, the same from the API and the command line.
    pub const HEAD: [&'static str; 8] = ["team", "course", "person_id", "name", "email", "due_at", "state", "percent"];

    /// The line's cells in these columns.
    #[must_use]
    pub fn cells(self) -> [String; 8] {
        [
            self.assignment.team_id,
            self.assignment.course_id.to_string(),
            self.line.person.to_string(),
            self.line.name,
            self.line.email,
            self.line.due_at.to_string(),
            self.line.standing.word().to_owned(),
            self.line.doing.percent.to_string(),
        ]
    }
}

/// The teams that the reader may see: all for admins and auditors, else those they lead or are in.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn read_teams(app: &App, actor: &Actor) -> Result<Vec<Team>, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "read_teams", About::nothing(), move |r| {
        let all = caller.as_auditor().is_ok();
        let names = if all {
            identity::rows::all_teams(r)?
        } else {
            let own = caller.signed()?.person.id;
            let mut names = identity::rows::teams_of(r, own)?;
            names.extend(identity::rows::led_by(r, own)?);
            names.sort();
            names.dedup();
            names
        };
        names.into_iter().map(|name| team(r, &content, &caller, &name)).collect()
    })
    .await
}

/// One team.
///
/// # Errors
/// There is no such team, the reader neither is in it nor leads it nor may read everybody's records, or the database is
/// away.
pub async fn read_team(app: &App, actor: &Actor, name: String) -> Result<Team, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "read_team", About::nothing().named(name.clone()), move |r| team(r, &content, &caller, &name))
        .await
}

fn team(r: &mut Reading<'_>, content: &Content, caller: &Actor, name: &str) -> Result<Team, Fault> {
    let own = caller.signed().map(|signed| signed.person.id).ok();
    let leads = identity::rows::leads(r, name)?;
    let lead = leads.iter().any(|lead| Some(lead.id) == own);
    let sees_all = lead || caller.as_auditor().is_ok();
    let everybody = identity::rows::team_members(r, name)?;
    let size = everybody.len();
    let members: Vec<MemberRow> = everybody.into_iter().filter(|member| sees_all || Some(member.id) == own).collect();
    if !identity::rows::is_team(r, name)? || (!sees_all && members.is_empty()) {
        // Whoever is not in a team does not learn whether there is one of this name.
        caller.signed().map(drop).or_else(|refusal| caller.as_auditor().map(drop).map_err(|_| refusal))?;
        return Err(TeamRefusal::NoSuchTeam { id: name.to_owned() }.into());
    }
    let boards = rows::assignments_of_team(r, name, false)?
        .into_iter()
        .map(|assignment| board(r, content, assignment, &members))
        .collect::<Result<Vec<_>, Broken>>()?;
    let names = identity::rows::names_of(r, boards.iter().map(|board| board.assignment.assigned_by.as_str()))?;
    let may_change = caller.as_admin().is_ok();
    Ok(Team {
        id: name.to_owned(),
        leads,
        members,
        size,
        boards,
        sees_all,
        may_assign: lead || may_change,
        may_change,
        names,
    })
}

fn board(
    r: &mut Reading<'_>,
    content: &Content,
    assignment: Assignment,
    members: &[MemberRow],
) -> Result<Board, Broken> {
    let now = r.at();
    let mut done = match content.curriculum.courses.get(&assignment.course_id) {
        Some(course) => rows::doings(r, &Of::Team(&assignment.team_id), course, assignment.at)?,
        None => BTreeMap::new(),
    };
    let lines = members
        .iter()
        .map(|member| {
            let doing = done.remove(&member.id).unwrap_or_default();
            let due_at = assignment.due_for(member.joined_at);
            let standing = doing.standing(due_at, now);
            let (person, name, email) = (member.id, member.name.clone(), member.email.clone());
            Line { person, name, email, due_at, doing, standing, at: now }
        })
        .collect();
    Ok(Board { assignment, lines })
}

/// What is assigned to the signed-in person, the next due first; of two teams that assign the same course, the earlier day.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_assignments(app: &App, actor: &Actor) -> Result<Vec<Mine>, Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    look(app, actor, "my_assignments", About::person(who), move |r| Ok(assigned_to(r, &content, who)?)).await
}

/// What is assigned to a person, in a running transaction.
///
/// # Errors
/// The database is away.
pub fn assigned_to(r: &mut Reading<'_>, content: &Content, who: Id<ids::Person>) -> Result<Vec<Mine>, Broken> {
    let now = r.at();
    let mut mine: Vec<Mine> = Vec::new();
    for assignment in rows::assignments_of_person(r, who)? {
        let Some(course) = content.curriculum.courses.get(&assignment.course_id) else { continue };
        let joined = identity::rows::joined_at(r, &assignment.team_id, who)?;
        let doing = rows::doings(r, &Of::Person(who), course, assignment.at)?.remove(&who).unwrap_or_default();
        let due_at = assignment.due_for(joined);
        mine.push(Mine { due_at, standing: doing.standing(due_at, now), doing, at: now, assignment });
    }
    mine.sort_by_key(|one| (one.due_at, one.assignment.id));
    let mut seen = std::collections::BTreeSet::new();
    mine.retain(|one| seen.insert(one.assignment.course_id.clone()));
    Ok(mine)
}

/// What is overdue, the longest first: in every team that the reader sees whole, or in one; of one person where named.
///
/// # Errors
/// The reader may not, the team or person is unknown, or the database is away.
pub async fn read_overdue(
    app: &App,
    actor: &Actor,
    wanted: Option<String>,
    person: Option<String>,
) -> Result<Vec<Overdue>, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "read_overdue", About::nothing(), move |r| {
        let names = match wanted {
            Some(name) => vec![name],
            None if caller.as_auditor().is_ok() => identity::rows::all_teams(r)?,
            None => identity::rows::led_by(r, caller.signed()?.person.id)?,
        };
        let only = match person.filter(|text| !text.trim().is_empty()) {
            Some(text) => {
                caller.as_auditor()?;
                Some(find_person(r, &text)?)
            }
            None => None,
        };
        let mut overdue = Vec::new();
        for name in names {
            let found = team(r, &content, &caller, &name)?;
            if !found.sees_all {
                return Err(TeamRefusal::NotALead.into());
            }
            for board in found.boards {
                let late = board.lines.into_iter().filter(|line| line.standing == Standing::Overdue);
                let late = late.filter(|line| only.is_none_or(|only| only == line.person));
                overdue.extend(late.map(|line| Overdue { assignment: board.assignment.clone(), line }));
            }
        }
        overdue.sort_by(|a, b| (a.line.due_at, &a.line.name).cmp(&(b.line.due_at, &b.line.name)));
        Ok(overdue)
    })
    .await
}
