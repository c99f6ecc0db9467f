//! `/people/{id}/losses` and `/unused`: what somebody would lose with a role or a team, and access that nobody uses.

use super::{
    person::id,
    shown::{Shown, correctable, figure, team_label, wrong},
};
use crate::{
    actions::least::{
        losses::{self, Data as Dataset, Losses as Read},
        peers::{self, TeamPeers},
    },
    base::{refusal::Fault, text::Slug},
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        views::{
            Choice, FieldError,
            least::{Losses, LostData, PeerRole, PeerTeam, RoleTick},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path, Query, ServiceConfig, get},
};
use std::collections::{BTreeMap, BTreeSet};

/// After how many days without use access is shown as unused.
const UNUSED_DAYS: i64 = 90;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/people/{id}/losses", get().to(show)).route("/unused", get().to(unused));
}

/// The holders' list, narrowed.
async fn unused(caller: Caller) -> Result<HttpResponse, Failure> {
    caller.actor.signed()?;
    let place = format!("/holders?unused={UNUSED_DAYS}");
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish())
}

async fn show(
    caller: Caller,
    desk: Data<Desk>,
    who: Path<String>,
    asked: Query<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let roles: BTreeSet<Slug> =
        asked.iter().filter(|(field, _)| field == "role").filter_map(|(_, role)| role.parse().ok()).collect();
    let team = asked.iter().find(|(field, value)| field == "team" && !value.is_empty()).map(|(_, team)| team.clone());
    match losses::losses(&desk.app, &caller.actor, who, roles.clone(), team.clone()).await {
        Ok(found) => desk.page(&caller, view(&desk, &caller, &found, &roles, team, Vec::new()).await?).await,
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let Ok(found) = losses::losses(&desk.app, &caller.actor, who, BTreeSet::new(), None).await else {
                return Err(Fault::Refused(refused).into());
            };
            let errors = wrong("team", said);
            desk.page_with(&caller, status, view(&desk, &caller, &found, &roles, team, errors).await?, None).await
        }
    }
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    found: &Read,
    asked: &BTreeSet<Slug>,
    team: Option<String>,
    errors: Vec<FieldError>,
) -> Result<Losses, Failure> {
    let shown = Shown::of(desk, caller)?;
    let teams = peers::peers(&desk.app, &caller.actor, found.person.id, peers::RARE, peers::COMMON).await?;
    let data = |(data, roles): (&Dataset, &BTreeSet<Slug>)| LostData {
        dataset: data.dataset.clone(),
        warehouse: shown.warehouse_title(&data.warehouse),
        roles: shown.teller.all_of(&roles.iter().map(|role| shown.role(role).name).collect::<Vec<_>>()),
    };
    let all = |map: &BTreeMap<Dataset, BTreeSet<Slug>>| map.iter().map(data).collect();
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    Ok(Losses {
        person: super::shown::person(&found.person),
        roles: found.held.iter().map(|role| RoleTick { role: shown.role(role), on: asked.contains(role) }).collect(),
        teams: std::iter::once(choice("", shown.teller.plain("losses-no-team")))
            .chain(teams.iter().map(|one| choice(&one.team, team_label(&one.team))))
            .collect(),
        team: team.clone().unwrap_or_default(),
        asked: !asked.is_empty() || team.is_some(),
        dropped: found.dropped.iter().map(|role| shown.role(role)).collect(),
        lost: all(&found.lost),
        kept: all(&found.kept),
        peers: beside(&shown, &teams),
        warehouses: found.warehouses.iter().map(|id| shown.warehouse_title(id)).collect(),
        errors,
    })
}

/// A person's teams compared.
fn beside(shown: &Shown, teams: &[TeamPeers]) -> Vec<PeerTeam> {
    teams
        .iter()
        .map(|one| PeerTeam {
            team: team_label(&one.team),
            peers: figure(one.peers),
            roles: one
                .roles
                .iter()
                .map(|share| PeerRole {
                    role: shown.role(&share.role),
                    holding: figure(share.holding),
                    percent: figure(share.percent),
                    held: share.held,
                    unusual: share.unusual,
                    lacking: share.lacking,
                })
                .collect(),
        })
        .collect()
}
