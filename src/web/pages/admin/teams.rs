//! `/teams`: how teams stand with what is assigned to them, assigning, and who is in them.

use super::shown::{Shown, correctable, count, field_of, team_label, wrong};
use crate::{
    academy::assignment::{Standing, TeamRefusal},
    actions::{
        assign_course::{self, Assigning},
        change_team,
        read_teams::{self, Board as Told, Line as ToldLine},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    identity::person::IdentityRefusal,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
            instants,
        },
        views::{
            Choice, FieldError,
            parts::PersonRef,
            shared::Link,
            teams::{Assign, Board, Curve, Late, Line, Member, Tally, Team, TeamCard, Teams},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/teams", get().to(list))
        .route("/teams", post().to(make))
        .route("/teams/{team}", get().to(show))
        .route("/teams/{team}/assignments", post().to(assign))
        .route("/teams/{team}/assignments/{id}/end", post().to(end))
        .route("/teams/{team}/members", post().to(join))
        .route("/teams/{team}/members/{person}/remove", post().to(leave))
        .route("/teams/{team}/leads", post().to(lead))
        .route("/teams/{team}/leads/{person}/remove", post().to(unlead));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let view = overview(&desk, &caller, "", Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn overview(desk: &Desk, caller: &Caller, typed: &str, errors: Vec<FieldError>) -> Result<Teams, Failure> {
    let teams = read_teams::read_teams(&desk.app, &caller.actor).await?;
    let cards: Vec<TeamCard> = teams
        .iter()
        .map(|team| TeamCard {
            href: format!("/teams/{}", team.id),
            label: team_label(&team.id),
            size: count(team.size),
            leads: team.leads.iter().map(|lead| lead.name.clone()).collect(),
            assignments: count(team.boards.len()),
            tally: tally(&team.boards),
        })
        .collect();
    Ok(Teams {
        oversees: teams.iter().any(|team| team.sees_all),
        overdue: cards.iter().map(|card| card.tally.overdue).sum(),
        teams: cards,
        csv: "/api/v1/overdue?format=csv".to_owned(),
        may_change: caller.signed().is_some_and(|signed| signed.person.capabilities.admin),
        typed: typed.to_owned(),
        errors,
    })
}

async fn make(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    match change_team::make_team(&desk.app, &caller.actor, form.text("team").to_owned()).await {
        Ok(team) => Ok(see_other_with(&format!("/teams/{team}"), "notice-team-made")),
        Err(fault) => {
            let (_, said, status) = correctable(&desk, &caller, fault)?;
            let view = overview(&desk, &caller, form.text("team"), wrong("team", said)).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn show(caller: Caller, desk: Data<Desk>, team: Path<String>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, &team, |_| {}).await?;
    desk.page_with(&caller, StatusCode::OK, view, None).await
}

async fn assign(caller: Caller, desk: Data<Desk>, team: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let zone = &caller.zone;
    let field = |field| Fault::from(BodyRefusal::Field { field });
    // To the end of the chosen day, where the reader is.
    let day = instants::typed(&format!("{}T23:59:59", form.text("due")), zone).ok().flatten();
    let outcome = match (form.text("course").parse::<Slug>(), day) {
        (Err(_), _) => Err(field("course")),
        (_, None) => Err(field("due")),
        (Ok(course), Some(due_at)) => {
            let note = form.text("note").to_owned();
            let assigning = Assigning { team: team.clone(), course, due_at, note };
            assign_course::assign_course(&desk.app, &caller.actor, assigning, None).await.map(drop)
        }
    };
    done(&desk, &caller, &team, outcome, "notice-assigned", "course", |view| {
        if let Some(assign) = &mut view.assign {
            form.text("course").clone_into(&mut assign.course);
            form.text("due").clone_into(&mut assign.due);
            form.text("note").clone_into(&mut assign.note);
        }
    })
    .await
}

async fn end(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let (team, id) = path.into_inner();
    let id: Id<ids::Assignment> = id.parse().map_err(|_| Fault::from(TeamRefusal::NoSuchAssignment))?;
    let outcome = assign_course::end_assignment(&desk.app, &caller.actor, id, form.text("reason").to_owned()).await;
    let field = format!("end-{id}");
    done(&desk, &caller, &team, outcome.map(drop), "notice-assignment-ended", &field, |_| {}).await
}

async fn join(caller: Caller, desk: Data<Desk>, team: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = form.text("member").to_owned();
    let outcome = change_team::add_member(&desk.app, &caller.actor, team.clone(), who).await;
    done(&desk, &caller, &team, outcome, "notice-team-joined", "member", |_| {}).await
}

async fn lead(caller: Caller, desk: Data<Desk>, team: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = form.text("lead").to_owned();
    let outcome = change_team::set_lead(&desk.app, &caller.actor, team.clone(), who, true).await;
    done(&desk, &caller, &team, outcome, "notice-team-lead", "lead", |_| {}).await
}

async fn leave(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    _: Form,
) -> Result<HttpResponse, Failure> {
    let (team, who) = path.into_inner();
    let who = who.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchPerson))?;
    let outcome = change_team::remove_member(&desk.app, &caller.actor, team.clone(), who).await;
    done(&desk, &caller, &team, outcome, "notice-team-left", "member", |_| {}).await
}

async fn unlead(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    _: Form,
) -> Result<HttpResponse, Failure> {
    let (team, who) = path.into_inner();
    let outcome = change_team::set_lead(&desk.app, &caller.actor, team.clone(), who, false).await;
    done(&desk, &caller, &team, outcome, "notice-team-unlead", "lead", |_| {}).await
}

/// Goes back to the team with a notice; or draws it again with what was refused.
async fn done(
    desk: &Desk,
    caller: &Caller,
    team: &str,
    outcome: Result<(), Fault>,
    notice: &'static str,
    field: &str,
    put_back: impl FnOnce(&mut Team),
) -> Result<HttpResponse, Failure> {
    let fault = match outcome {
        Ok(()) => return Ok(see_other_with(&format!("/teams/{team}"), notice)),
        Err(fault) => fault,
    };
    let (refused, said, status) = correctable(desk, caller, fault)?;
    let at = match refused.code {
        "assignment-due-past" => "due",
        "assignment-note" => "note",
        _ => field_of(&refused, field),
    };
    let errors = wrong(at, said);
    let drawn = view(desk, caller, team, |view| {
        put_back(view);
        view.errors = errors;
    });
    let Ok(view) = drawn.await else { return Err(Fault::Refused(refused).into()) };
    desk.page_with(caller, status, view, None).await
}

fn tally<'b>(boards: impl IntoIterator<Item = &'b Told> + Clone) -> Tally {
    let n = |standing| count(boards.clone().into_iter().map(|board| board.count(standing)).sum());
    Tally::of(n(Standing::Done), n(Standing::OnTheWay), n(Standing::NotBegun), n(Standing::Overdue))
}

fn reference(id: Id<ids::Person>, name: &str, email: &str) -> PersonRef {
    let initials = name.split_whitespace().take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase);
    PersonRef { id: id.to_string(), name: name.to_owned(), email: email.to_owned(), initials: initials.collect() }
}

async fn view(desk: &Desk, caller: &Caller, team: &str, change: impl FnOnce(&mut Team)) -> Result<Team, Failure> {
    let told = read_teams::read_team(&desk.app, &caller.actor, team.to_owned()).await?;
    let shown = Shown::of(desk, caller)?;
    let (now, language) = (desk.app.now(), caller.language);
    let course = |id: &Slug| {
        let found = shown.content.curriculum.courses.get(id);
        let title = found.map_or_else(|| id.to_string(), |course| course.title.get(language).to_owned());
        Link::new(title, format!("/courses/{id}"))
    };
    let line = |board: &Told, line: &ToldLine| Line {
        person: reference(line.person, &line.name, &line.email),
        due: line.due_at.micros(),
        later: line.due_at > board.assignment.due_at,
        state: line.standing.word().to_owned(),
        percent: line.doing.percent,
        done: line.done_at().map(Time::micros),
        lost: line.lost_at().map(|(from, until)| (from.micros(), until.micros())),
    };
    let boards = told.boards.iter().map(|board| {
        let one = &board.assignment;
        let stretches = board.lines.iter().flat_map(|line| &line.doing.stretches);
        let done: Vec<_> = stretches.map(|s| (s.from.micros(), s.until.map(Time::micros))).collect();
        let (at, due) = (one.at.micros(), one.due_at.micros());
        Board {
            id: one.id.to_string(),
            course: course(&one.course_id),
            due,
            past: one.due_at <= now,
            note: one.note.clone(),
            by: shown.actor(&one.assigned_by, &told.names),
            at,
            tally: tally([board]),
            curve: told.sees_all.then(|| Curve::of(&done, count(board.lines.len()), at, due, now.micros())),
            lines: board.lines.iter().map(|own| line(board, own)).collect(),
        }
    });
    let boards: Vec<Board> = boards.collect();
    let late = boards.iter().flat_map(|board| {
        board.lines.iter().filter(|line| line.state == "overdue").map(|line| Late {
            person: line.person.clone(),
            course: board.course.clone(),
            since: line.due,
            percent: line.percent,
        })
    });
    let mut late: Vec<Late> = late.collect();
    late.sort_by_key(|line| line.since);
    let assigned: Vec<&Slug> = told.boards.iter().map(|board| &board.assignment.course_id).collect();
    let courses = shown.content.curriculum.courses.values().filter(|course| !assigned.contains(&&course.id));
    let courses =
        courses.map(|course| Choice { value: course.id.to_string(), label: course.title.get(language).to_owned() });
    let mut view = Team {
        id: told.id.clone(),
        label: team_label(&told.id),
        size: count(told.size),
        whole: told.sees_all,
        leads: told.leads.iter().map(|lead| reference(lead.id, &lead.name, &lead.email)).collect(),
        members: told
            .members
            .iter()
            .map(|member| Member {
                person: reference(member.id, &member.name, &member.email),
                joined: member.joined_at.map(Time::micros),
            })
            .collect(),
        tally: tally(&told.boards),
        boards,
        late: if told.sees_all { late } else { Vec::new() },
        csv: format!("/api/v1/overdue?team={}&format=csv", told.id),
        files: caller
            .signed()
            .is_some_and(|signed| signed.person.capabilities.admin || signed.person.capabilities.auditor),
        assign: told.may_assign.then(|| Assign { courses: courses.collect(), ..Assign::default() }),
        may_change: told.may_change,
        errors: Vec::new(),
    };
    change(&mut view);
    Ok(view)
}
