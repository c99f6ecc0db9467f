//! Teams: who is in them, who leads them, what is assigned to them, and what is overdue.

use super::{
    kit::{Answer, Asked, Body, Group, Query, created, csv, delete, get, nothing, post, put, shown, told},
    shapes::{
        PersonId, Why,
        teams::{
            AssignmentLine, Made, Member, MineLine, NewAssignment, NewTeam, ProgressLine, TeamDetail, TeamLine, members,
        },
    },
};
use crate::{
    academy::assignment::TeamRefusal,
    actions::{
        assign_course::{self, Assigning},
        change_team,
        note_export::{self, Whose},
        read_teams::{self, Overdue},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::person::IdentityRefusal,
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    let (admins, unknown, leads) = (&["capability-missing"], &["no-such-team"], &["not-a-lead"]);
    Group {
        name: "Teams",
        about: "Teams and what is assigned to them. Admins and auditors see all of them, leads their own, others their own lines.",
        endpoints: vec![
            get("/teams", list)
                .says("List the teams", "Those that the caller may see, with what is assigned and how many stand how.")
                .lists::<TeamLine>("The teams, by name."),
            post("/teams", make)
                .says("Make a team", "Putting somebody into a new team makes it as well.")
                .takes::<NewTeam>()
                .creates::<NewTeam>("The team, by its name as it is kept.")
                .refuses(403, admins)
                .refuses(409, &["team-taken"])
                .refuses(422, &["bad-field"]),
            get("/teams/{id}", one)
                .says("Show a team", "Its people, and how each stands with each assignment.")
                .answers::<TeamDetail>(200, "The team.")
                .refuses(404, unknown),
            get("/teams/{id}/members", people)
                .says("List the people of a team", "")
                .lists::<Member>("By name; only the caller where they may not see the others.")
                .refuses(404, unknown),
            put("/teams/{id}/members/{person}", join)
                .says("Put a person into a team", "Doing it again changes nothing.")
                .done("They are in it.")
                .refuses(403, admins)
                .refuses(404, &["no-such-team", "no-such-person"])
                .refuses(409, &["already-so"]),
            delete("/teams/{id}/members/{person}", leave)
                .says("Take a person out of a team", "")
                .done("They are out of it.")
                .refuses(403, admins)
                .refuses(404, &["no-such-team", "no-such-person", "not-a-member"]),
            put("/teams/{id}/leads/{person}", lead)
                .says("Make a person lead a team", "A lead sees everybody's progress and assigns courses.")
                .done("They lead it.")
                .refuses(403, admins)
                .refuses(404, &["no-such-team", "no-such-person"])
                .refuses(409, &["already-so"]),
            delete("/teams/{id}/leads/{person}", unlead)
                .says("Let a person no longer lead a team", "")
                .done("They lead it no longer.")
                .refuses(403, admins)
                .refuses(404, &["no-such-team", "no-such-person"]),
            get("/teams/{id}/assignments", assigned)
                .says("List what is assigned to a team", "The next due first.")
                .lists::<AssignmentLine>("What is assigned now.")
                .refuses(404, unknown),
            post("/teams/{id}/assignments", assign)
                .says("Assign a course to a team", "For admins and those who lead the team.")
                .takes::<NewAssignment>()
                .once()
                .creates::<Made>("It is assigned; the address lists all that is assigned to the team.")
                .refuses(403, leads)
                .refuses(404, &["no-such-team", "no-such-content"])
                .refuses(409, &["assigned-already"])
                .refuses(422, &["assignment-due-past", "assignment-note"]),
            post("/assignments/{id}/ending", end)
                .says("End an assignment", "For admins and those who lead the team.")
                .takes::<Why>()
                .done("It has ended.")
                .refuses(403, leads)
                .refuses(404, &["no-such-assignment"])
                .refuses(409, &["assignment-ended"])
                .refuses(422, &["reason-needed"]),
            get("/me/assignments", mine)
                .says("List what is assigned to me", "The next due first.")
                .lists::<MineLine>("What is assigned to the caller's teams."),
            get("/overdue", overdue)
                .says(
                    "List what is overdue",
                    "In the teams that the caller leads; for admins and auditors in all. With `Accept: text/csv` or `format=csv` \
                     as CSV; that leaves an event in the log.",
                )
                .asks::<OverdueWanted>()
                .lists::<ProgressLine>("The longest overdue first.")
                .or_csv()
                .refuses(403, &["not-a-lead", "capability-missing"])
                .refuses(404, &["no-such-team", "no-such-person", "several-people"]),
        ],
    }
}

/// What is overdue where.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct OverdueWanted {
    /// Only this team.
    team: Option<String>,
    /// Only this person: an id or an e-mail address; for auditors and admins.
    person: Option<String>,
    /// `json` or `csv`; takes precedence over `Accept`.
    format: Option<String>,
}

fn person(text: &str) -> Result<PersonId, Failure> {
    text.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchPerson).into())
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let teams = read_teams::read_teams(&desk.app, &caller.actor).await?;
    told(teams.iter().map(TeamLine::of))
}

async fn make(desk: Data<Desk>, caller: Caller, Body(sent): Body<NewTeam>) -> Answer {
    let team = change_team::make_team(&desk.app, &caller.actor, sent.team).await?;
    created(&format!("/api/v1/teams/{team}"), &NewTeam { team: team.clone() })
}

async fn one(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    shown(&TeamDetail::of(&read_teams::read_team(&desk.app, &caller.actor, id.into_inner()).await?))
}

async fn people(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    told(members(&read_teams::read_team(&desk.app, &caller.actor, id.into_inner()).await?))
}

async fn join(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>) -> Answer {
    change_team::add_member(&desk.app, &caller.actor, place.0.clone(), person(&place.1)?.to_string()).await?;
    nothing()
}

async fn leave(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>) -> Answer {
    change_team::remove_member(&desk.app, &caller.actor, place.0.clone(), person(&place.1)?).await?;
    nothing()
}

async fn lead(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>) -> Answer {
    change_team::set_lead(&desk.app, &caller.actor, place.0.clone(), person(&place.1)?.to_string(), true).await?;
    nothing()
}

async fn unlead(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>) -> Answer {
    change_team::set_lead(&desk.app, &caller.actor, place.0.clone(), person(&place.1)?.to_string(), false).await?;
    nothing()
}

async fn assigned(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let team = read_teams::read_team(&desk.app, &caller.actor, id.into_inner()).await?;
    told(TeamLine::of(&team).into_assignments())
}

async fn assign(
    desk: Data<Desk>,
    caller: Caller,
    asked: Asked,
    team: Path<String>,
    Body(sent): Body<NewAssignment>,
) -> Answer {
    let once = asked.once(&sent)?;
    let team = team.into_inner();
    let place = format!("/api/v1/teams/{team}/assignments");
    let assigning = Assigning { team, course: sent.course, due_at: sent.due_at, note: sent.note };
    let id = assign_course::assign_course(&desk.app, &caller.actor, assigning, once).await?;
    created(&place, &Made { id: id.to_string() })
}

async fn end(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    let id: Id<ids::Assignment> = id.parse().map_err(|_| Fault::from(TeamRefusal::NoSuchAssignment))?;
    assign_course::end_assignment(&desk.app, &caller.actor, id, sent.reason).await?;
    nothing()
}

async fn mine(desk: Data<Desk>, caller: Caller) -> Answer {
    let mine = read_teams::my_assignments(&desk.app, &caller.actor).await?;
    told(mine.into_iter().map(MineLine::from))
}

async fn overdue(
    desk: Data<Desk>,
    caller: Caller,
    request: HttpRequest,
    Query(wanted): Query<OverdueWanted>,
) -> Answer {
    let (team, who) = (wanted.team.clone(), wanted.person.clone());
    let found = read_teams::read_overdue(&desk.app, &caller.actor, team, who).await?;
    if !csv::wanted(&request, wanted.format.as_deref())? {
        return told(found.into_iter().map(ProgressLine::overdue));
    }
    let filter = json!({ "team": wanted.team, "person": wanted.person });
    note_export::note_export(&desk.app, &caller.actor, "overdue", Whose::Team(wanted.team), filter).await?;
    let head = Overdue::HEAD.map(str::to_owned);
    let text = csv::text(std::iter::once(head).chain(found.into_iter().map(Overdue::cells)))?;
    let (response, pen) = csv::download("overdue.csv");
    actix_web::rt::spawn(async move { pen.write(Ok(text)).await });
    Ok(response)
}
