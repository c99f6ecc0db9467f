//! `/people`: everybody with an account, and the invitation of one more.

use super::shown::{Shown, address, correctable, field_of, figure, person, team_label, wrong};
use crate::{
    actions::{
        invite_person::{self, Invitation, PersonalLink},
        read_people::{self, Glance},
    },
    base::{clock::Time, paging::Paging, refusal::Fault},
    identity::person::{Capabilities, State},
    web::{
        kit::{
            caller::Caller,
            desk::Desk,
            failure::Failure,
            forms::{BodyRefusal, Form},
        },
        views::{
            Choice, FieldError, Pager,
            people::{FreshLink, Invite, People, PersonLine, Tick, capabilities},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Query, ServiceConfig, get, post},
};
use serde::Deserialize;

/// Lines on a page.
const PAGE: usize = 30;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/people", get().to(list)).route("/people", post().to(invite));
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Asked {
    q: String,
    state: String,
    cursor: String,
}

async fn list(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, &asked, &Form::default(), None, Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn invite(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let invitation = Invitation {
        email: form.text("email").to_owned(),
        name: form.text("name").to_owned(),
        office: form.text("office").to_owned(),
        language: None,
        capabilities: ticked_capabilities(&form),
        teams: form.all("teams").into_iter().map(str::to_owned).collect(),
    };
    match invite_person::invite_person(&desk.app, &caller.actor, invitation).await {
        Ok(link) => {
            let view =
                view(&desk, &caller, &Asked::default(), &Form::default(), Some(fresh(&link)), Vec::new()).await?;
            let notice = desk.post(&caller, &link).await;
            desk.page_with(&caller, StatusCode::OK, view, notice).await
        }
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let at = if refused.code == "email-taken" { "email" } else { field_of(&refused, "") };
            let errors = wrong(at, said);
            let Ok(view) = view(&desk, &caller, &Asked::default(), &form, None, errors).await else {
                return Err(Fault::Refused(refused).into());
            };
            desk.page_with(&caller, status, view, None).await
        }
    }
}

/// The capabilities that are ticked in a form.
pub(super) fn ticked_capabilities(form: &Form) -> Capabilities {
    let ticked = form.all("capabilities");
    let has = |name: &str| ticked.contains(&name);
    Capabilities { admin: has("admin"), auditor: has("auditor"), author: has("author") }
}

/// A link that was just made, for the one page that shows it.
pub(super) fn fresh(link: &PersonalLink) -> FreshLink {
    FreshLink {
        purpose: link.provider().map_or(link.purpose.word(), |_| "provider").to_owned(),
        name: link.person.name.clone(),
        url: link.url.clone(),
        expires: link.expires_at().map(Time::micros),
        provider: link.provider().unwrap_or_default().to_owned(),
    }
}

/// Every team as a box, those in `on` ticked.
pub(super) fn team_ticks(teams: &[String], on: &[String]) -> Vec<Tick> {
    let tick = |team: &String| Tick { value: team.clone(), label: team_label(team), on: on.contains(team) };
    teams.iter().map(tick).collect()
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    asked: &Asked,
    typed: &Form,
    link: Option<FreshLink>,
    errors: Vec<FieldError>,
) -> Result<People, Failure> {
    let paging = Paging::parse(Some(PAGE), Some(&asked.cursor))
        .map_err(|_| Fault::from(BodyRefusal::Field { field: "cursor" }))?;
    let search = Some(asked.q.clone()).filter(|text| !text.trim().is_empty());
    let state = State::from_word(&asked.state);
    let page = read_people::read_people(&desk.app, &caller.actor, search, state, paging).await?;
    let shown = Shown::of(desk, caller)?;
    let states = ["", "active", "invited", "disabled"]
        .map(|word| Choice {
            value: word.to_owned(),
            label: match word {
                "" => shown.teller.plain("any-state"),
                word => shown.teller.say("person-state", &[("state", word.into())]),
            },
        })
        .to_vec();
    let cursor = page.lines.next.clone().unwrap_or_default();
    let query = [("q", asked.q.as_str()), ("state", asked.state.as_str()), ("cursor", cursor.as_str())];
    let total = match (&asked.q.trim().is_empty(), state) {
        (false, _) => None,
        (true, None) => Some(page.active + page.invited + page.disabled),
        (true, Some(State::Active)) => Some(page.active),
        (true, Some(State::Invited)) => Some(page.invited),
        (true, Some(State::Disabled)) => Some(page.disabled),
    };
    let back = (!asked.cursor.is_empty())
        .then(|| address("/people", &[("q", asked.q.as_str()), ("state", asked.state.as_str())]));
    let admin = caller.signed().is_some_and(|signed| signed.person.capabilities.admin);
    let may = ticked_capabilities(typed);
    let ticked: Vec<String> = typed.all("teams").into_iter().map(str::to_owned).collect();
    Ok(People {
        search: asked.q.trim().to_owned(),
        state: asked.state.clone(),
        states,
        csv: address("/api/v1/people", &[("search", asked.q.trim()), ("state", &asked.state), ("format", "csv")]),
        json: address("/api/v1/people", &[("search", asked.q.trim()), ("state", &asked.state)]),
        pager: Pager {
            previous: back,
            next: page.lines.next.as_ref().map(|_| address("/people", &query)),
            shown: super::shown::count(page.lines.items.len()),
            total: total.and_then(|total| u64::try_from(total).ok()),
        },
        people: page.lines.items.iter().map(line).collect(),
        active: figure(page.active),
        invited: figure(page.invited),
        disabled: figure(page.disabled),
        invite: admin.then(|| Invite {
            open: !errors.is_empty(),
            email: typed.text("email").to_owned(),
            name: typed.text("name").to_owned(),
            office: typed.text("office").to_owned(),
            capabilities: capabilities(may.admin, may.auditor, may.author),
            teams: team_ticks(&page.teams, &ticked),
        }),
        link,
        errors,
    })
}

fn line(glance: &Glance) -> PersonLine {
    let may = glance.person.capabilities;
    let has = [("admin", may.admin), ("auditor", may.auditor), ("author", may.author)];
    PersonLine {
        person: person(&glance.person),
        office: glance.person.office.clone(),
        teams: glance.teams.iter().map(|team| team_label(team)).collect(),
        capabilities: has.iter().filter(|(_, has)| *has).map(|(name, _)| (*name).to_owned()).collect(),
        state: glance.person.state.word().to_owned(),
        locked: glance.locked,
        certificates: figure(glance.certificates),
        grants: figure(glance.grants),
        seen: glance.seen.map(Time::micros),
    }
}
