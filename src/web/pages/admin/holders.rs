//! `/holders`: who holds which access, now or as of a moment.

use super::{
    role_choices::role_choices,
    shown::{Shown, address, correctable, initials, team_label, wrong},
};
use crate::{
    access::{
        grant::Cause,
        rows::{Holder, HolderFilter as Narrow, Standing},
    },
    actions::list_holders::{self, HoldersPage, Note},
    base::{
        clock::Time,
        paging::{Listing, Paging},
        refusal::Fault,
        text::Slug,
    },
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, forms::BodyRefusal, instants},
        views::{
            Choice, FieldError,
            holders::{HolderFilter, HolderLine, Holders},
            parts::PersonRef,
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Query, ServiceConfig, get},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Lines on a page.
const PAGE: usize = 25;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/holders", get().to(list));
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Asked {
    role: String,
    person: String,
    warehouse: String,
    team: String,
    state: String,
    unused: String,
    #[serde(alias = "at")]
    as_of: String,
    cursor: String,
}

async fn list(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    if let Some(onward) = instants::settled(&caller, &instants::AT) {
        return Ok(onward);
    }
    let asked = asked.into_inner();
    let shown = Shown::of(&desk, &caller)?;
    match read(&desk, &caller, &asked).await {
        Ok((page, as_of)) => {
            let roles = role_choices(&shown, &desk, &caller, &asked.role).await?;
            desk.page(&caller, view(&shown, &caller, roles, &asked, page, as_of, Vec::new())).await
        }
        Err((fault, field)) => {
            let (_, said, status) = correctable(&desk, &caller, fault)?;
            // Whoever may not read this at all is told so, and not that a filter is wrong.
            list_holders::may_ask(&desk.app, &caller.actor, "list_holders", "holders".to_owned(), true).await?;
            let roles = role_choices(&shown, &desk, &caller, &asked.role).await?;
            let nothing = HoldersPage {
                lines: Listing { items: Vec::new(), next: None },
                approvers: BTreeMap::new(),
                teams: Vec::new(),
            };
            let status = if status == StatusCode::NOT_FOUND { StatusCode::OK } else { status };
            let view = view(&shown, &caller, roles, &asked, nothing, None, wrong(field, said));
            desk.page_with(&caller, status, view, None).await
        }
    }
}

/// Reads the page; with a fault comes the filter that it is about.
async fn read(
    desk: &Desk,
    caller: &Caller,
    asked: &Asked,
) -> Result<(HoldersPage, Option<Time>), (Fault, &'static str)> {
    let bad = |field: &'static str| move || (Fault::from(BodyRefusal::Field { field }), field);
    let as_of = instants::typed(&asked.as_of, &caller.zone).map_err(|_| bad("as_of")())?;
    let paging = Paging::parse(Some(PAGE), Some(&asked.cursor)).map_err(|_| bad("cursor")())?;
    let slug = |text: &str, field| match text {
        "" => Ok(None),
        text => text.parse::<Slug>().map(Some).map_err(|_| bad(field)()),
    };
    let filter = Narrow {
        person: None,
        role: slug(&asked.role, "role")?,
        warehouse: slug(&asked.warehouse, "warehouse")?,
        team: Some(asked.team.clone()).filter(|team| !team.is_empty()),
        state: match asked.state.as_str() {
            "" | "any" => None,
            word => Some(Standing::from_word(word).ok_or_else(bad("state"))?),
        },
        unused_days: match asked.unused.as_str() {
            "" => None,
            days => {
                Some(days.parse::<i64>().ok().filter(|days| (1..=36_500).contains(days)).ok_or_else(bad("unused"))?)
            }
        },
        all: asked.state == "any",
    };
    let person = Some(asked.person.clone()).filter(|text| !text.trim().is_empty());
    let page = list_holders::read_holders(&desk.app, &caller.actor, filter, person, as_of, paging).await;
    page.map(|page| (page, as_of)).map_err(|fault| {
        let field = match &fault {
            Fault::Refused(refused) if refused.code == "no-such-role" => "role",
            Fault::Refused(refused) if refused.code == "no-such-warehouse" => "warehouse",
            Fault::Refused(refused) if refused.code == "no-such-team" => "team",
            _ => "person",
        };
        (fault, field)
    })
}

fn view(
    shown: &Shown,
    caller: &Caller,
    roles: Vec<Choice>,
    asked: &Asked,
    page: HoldersPage,
    as_of: Option<Time>,
    errors: Vec<FieldError>,
) -> Holders {
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    let any = |key: &str| choice("", shown.teller.plain(key));
    let catalogue = &shown.content.catalogue;
    // An owner asks about one of the own roles at a time.
    let roles = shown.oversees.then(|| any("any-role")).into_iter().chain(roles).collect();
    let start = if shown.oversees { "/holders".to_owned() } else { address("/holders", &[("role", &asked.role)]) };
    let warehouses = std::iter::once(any("any-warehouse"))
        .chain(catalogue.warehouses.keys().map(|id| choice(id.as_str(), shown.warehouse_title(id))))
        .collect();
    let teams =
        std::iter::once(any("any-team")).chain(page.teams.iter().map(|team| choice(team, team_label(team)))).collect();
    let states = std::iter::once(any("state-not-ended"))
        .chain(
            ["effective", "suspended", "locked", "disabled", "scheduled", "ended"]
                .map(|word| choice(word, shown.teller.plain(&format!("status-{word}")))),
        )
        .chain([choice("any", shown.teller.plain("state-all"))])
        .collect();
    let notes = list_holders::notes(!asked.team.is_empty(), as_of, shown.teller.now);
    let said = as_of.map(|at| at.to_string()).unwrap_or_default();
    let mut query = vec![
        ("role", asked.role.as_str()),
        ("person", asked.person.as_str()),
        ("warehouse", asked.warehouse.as_str()),
        ("team", asked.team.as_str()),
        ("state", asked.state.as_str()),
        ("unused", asked.unused.as_str()),
    ];
    let mut api = query.clone();
    api.push(("as_of", said.as_str()));
    query.push(("as_of", asked.as_of.as_str()));
    let json = address("/api/v1/holders", &api);
    api.push(("format", "csv"));
    let csv = address("/api/v1/holders", &api);
    let first = (!asked.cursor.is_empty()).then(|| address("/holders", &query));
    let filtered = query.iter().any(|(name, value)| !value.is_empty() && (shown.oversees || *name != "role"));
    let cursor = page.lines.next.clone().unwrap_or_default();
    query.push(("cursor", cursor.as_str()));
    Holders {
        filter: HolderFilter {
            role: asked.role.clone(),
            person: asked.person.clone(),
            warehouse: asked.warehouse.clone(),
            team: asked.team.clone(),
            state: asked.state.clone(),
            unused: asked.unused.clone(),
            as_of: as_of.map_or_else(|| asked.as_of.clone(), |at| instants::field(at, &caller.zone)),
        },
        roles,
        warehouses,
        teams,
        states,
        as_of: as_of.map(Time::micros),
        exact: said.clone(),
        at: address("", &[("at", &said)]),
        ahead: notes.contains(&Note::Forecast),
        team_today: notes.contains(&Note::TeamToday),
        next: page.lines.next.as_ref().map(|_| address("/holders", &query)),
        start,
        first,
        csv,
        json,
        filtered,
        lines: page.lines.items.iter().map(|holder| line(shown, holder, page.approvers.get(&holder.via))).collect(),
        errors,
    }
}

fn line(shown: &Shown, holder: &Holder, approvers: Option<&Vec<String>>) -> HolderLine {
    let (state, why_not) = match holder.state {
        Standing::Effective => ("active", ""),
        Standing::Suspended => match holder.held_back {
            Some(Cause::Review) => ("suspended", "review"),
            Some(Cause::Admin) => ("suspended", "admin"),
            None => ("suspended", "certificate"),
        },
        Standing::Closed => ("active", "closed"),
        Standing::Locked => ("active", "locked"),
        Standing::Disabled => ("active", "disabled"),
        Standing::Scheduled => ("scheduled", "scheduled"),
        Standing::Ended => ("ended", "ended"),
    };
    HolderLine {
        grant: holder.grant.to_string(),
        person: PersonRef {
            id: holder.person.id.to_string(),
            name: holder.person.name.clone(),
            email: holder.person.email.to_string(),
            initials: initials(&holder.person.name),
        },
        role: shown.role(&holder.role),
        from: holder.from.micros(),
        until: holder.until.micros(),
        state: state.to_owned(),
        effective: holder.effective,
        why_not: why_not.to_owned(),
        via: if approvers.is_none() { "policy" } else { "decision" }.to_owned(),
        approvers: approvers.map(|names| shown.teller.all_of(names)).unwrap_or_default(),
        request: holder.via.to_string(),
        used: holder.last_used_at.map(Time::micros),
    }
}
