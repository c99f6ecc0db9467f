//! `/access`: every role there is, with the reader's state before each.

use super::shown::{Shown, count, product, role_status, sensitivity};
use crate::{
    access::catalogue::Role,
    actions::overview::{self, Picture, RoleStanding, RoleStatus},
    base::text::{Language, folded},
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        views::access::{AccessCard, AccessCatalogue, AccessGroup},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Query, ServiceConfig, get},
};
use serde::Deserialize;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/access", get().to(catalogue));
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

async fn catalogue(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let (content, picture) = overview::my_picture(&desk.app, &caller.actor).await?;
    let shown = Shown {
        teller: crate::web::kit::teller::Teller::of(&desk, &caller)?,
        content,
        oversees: caller.actor.as_auditor().is_ok(),
    };
    let standings: Vec<RoleStanding> =
        shown.content.catalogue.roles.values().map(|role| picture.role(&shown.content, role)).collect();
    let how_many = |wanted: &[RoleStatus]| count(standings.iter().filter(|s| wanted.contains(&s.status)).count());
    let wanted = folded(&asked.q);
    let warehouses = shown
        .content
        .catalogue
        .warehouses
        .values()
        .map(|warehouse| AccessGroup {
            id: warehouse.id.to_string(),
            title: warehouse.title.get(caller.language).to_owned(),
            kind: product(warehouse.kind).to_owned(),
            roles: standings
                .iter()
                .filter(|standing| standing.role.warehouse == warehouse.id)
                .map(|standing| card(&shown, &picture, standing))
                .filter(|card| wanted.split_whitespace().all(|word| folded(&card.search).contains(word)))
                .collect(),
        })
        .filter(|group| !group.roles.is_empty())
        .collect();
    let view = AccessCatalogue {
        search: asked.q.trim().to_owned(),
        total: count(standings.len()),
        effective: how_many(&[RoleStatus::Effective]),
        requestable: how_many(&[RoleStatus::Requestable]),
        waiting: how_many(&[RoleStatus::Waiting, RoleStatus::Blocked, RoleStatus::Returned]),
        warehouses,
    };
    desk.page(&caller, view).await
}

/// The word of a standing, with "ends soon" for what can be renewed.
pub(super) fn status(shown: &Shown, picture: &Picture, standing: &RoleStanding) -> String {
    let soon = standing.status == RoleStatus::Effective
        && (standing.grant.as_ref().is_some_and(|grant| picture.at >= grant.renewable_from())
            || standing
                .clauses
                .iter()
                .filter_map(|clause| clause.met_by.as_ref())
                .any(|certificate| shown.is_expiring(certificate, picture.at)));
    if soon { "expiring".to_owned() } else { role_status(standing.status).to_owned() }
}

fn card(shown: &Shown, picture: &Picture, standing: &RoleStanding) -> AccessCard {
    let role = &standing.role;
    let language = shown.teller.language;
    let until = standing.until.or_else(|| standing.grant.as_ref().map(|grant| grant.ends_at));
    AccessCard {
        id: role.id.to_string(),
        name: role.name.clone(),
        title: role.title.get(language).to_owned(),
        description: role.description.get(language).to_owned(),
        sensitivity: sensitivity(role.sensitivity).to_owned(),
        owner: role.owner.team.clone(),
        freshness: role.freshness.as_ref().map_or(0, crate::base::span::Span::approximate_seconds),
        requirements: shown.requirements(&standing.clauses, &picture.certificates, Some(picture), picture.at),
        status: status(shown, picture, standing),
        from: standing.grant.as_ref().map(|grant| grant.starts_at.micros()),
        until: until.map(crate::base::clock::Time::micros),
        search: words(role),
    }
}

/// What a role is found by, in any language.
fn words(role: &Role) -> String {
    let mut words = vec![role.id.to_string(), role.name.clone(), role.owner.team.clone(), role.warehouse.to_string()];
    for language in Language::ALL {
        for text in [&role.title, &role.description] {
            if text.has(language) {
                words.push(text.get(language).to_owned());
            }
        }
    }
    words.extend(role.data.iter().map(|data| data.dataset.clone()));
    words.join(" ")
}
