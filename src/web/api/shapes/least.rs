//! Least privilege on the wire.

use crate::{
    actions::least::{
        losses::{Data, Losses},
        peers::{RoleShare, TeamPeers},
    },
    base::text::Slug,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// A person's access beside that of their teams.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Peers)]
pub(in crate::web::api) struct PeersBody {
    teams: Vec<TeamBody>,
}

/// A team of the person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PeerTeam)]
pub(in crate::web::api) struct TeamBody {
    team: String,
    /// Active people in it beside the person.
    peers: i64,
    /// The roles that the person or any of them holds effectively, the most common first.
    roles: Vec<ShareBody>,
}

/// A role in a team.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PeerRole)]
pub(in crate::web::api) struct ShareBody {
    role: Slug,
    /// How many of the peers hold it.
    holding: i64,
    /// Of a hundred, rounded.
    percent: i64,
    /// Whether the person holds it.
    held: bool,
    /// The person holds it, and few peers do.
    unusual: bool,
    /// The person lacks it, and many peers have it.
    lacking: bool,
}

impl From<RoleShare> for ShareBody {
    fn from(one: RoleShare) -> Self {
        let RoleShare { role, holding, percent, held, unusual, lacking } = one;
        Self { role, holding, percent, held, unusual, lacking }
    }
}

impl From<Vec<TeamPeers>> for PeersBody {
    fn from(teams: Vec<TeamPeers>) -> Self {
        let team = |one: TeamPeers| TeamBody {
            team: one.team,
            peers: one.peers,
            roles: one.roles.into_iter().map(ShareBody::from).collect(),
        };
        Self { teams: teams.into_iter().map(team).collect() }
    }
}

/// What would be lost, and what would remain.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Losses)]
pub(in crate::web::api) struct LossesBody {
    /// The roles that they hold effectively.
    held: BTreeSet<Slug>,
    /// Those of them that would go.
    dropped: BTreeSet<Slug>,
    /// Roles that were asked about and are not held.
    not_held: BTreeSet<Slug>,
    /// What could not be read any more.
    lost: Vec<OpenedBody>,
    /// What could still be read.
    kept: Vec<OpenedBody>,
    /// Warehouses that nothing would open any more.
    warehouses: BTreeSet<Slug>,
}

/// A dataset, and the roles that open it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenedData)]
pub(in crate::web::api) struct OpenedBody {
    warehouse: Slug,
    dataset: String,
    roles: BTreeSet<Slug>,
}

fn opened(data: BTreeMap<Data, BTreeSet<Slug>>) -> Vec<OpenedBody> {
    let one = |(data, roles): (Data, _)| OpenedBody { warehouse: data.warehouse, dataset: data.dataset, roles };
    data.into_iter().map(one).collect()
}

impl From<Losses> for LossesBody {
    fn from(found: Losses) -> Self {
        Self {
            held: found.held,
            dropped: found.dropped,
            not_held: found.not_held,
            lost: opened(found.lost),
            kept: opened(found.kept),
            warehouses: found.warehouses,
        }
    }
}
