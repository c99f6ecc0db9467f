//! Least privilege: a person's access beside that of the team, and what would be lost without some of it.

use super::{
    kit::{Answer, Group, Query, Unfit, get, shown},
    shapes::{
        PersonId,
        least::{LossesBody, PeersBody},
    },
};
use crate::{
    actions::least::{losses, peers},
    base::{refusal::Fault, text::Slug},
    identity::person::IdentityRefusal,
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::web::{Data, Path};
use serde::Deserialize;
use std::collections::BTreeSet;
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    let (admins, unknown) = (&["capability-missing"], &["no-such-person"]);
    Group {
        name: "Least privilege",
        about: "For auditors and admins: what somebody holds beside their team, and what they would lose. What nobody uses is \
                listed by `/holders?unused=90`.",
        endpoints: vec![
            get("/people/{id}/peers", compare)
                .says("Compare a person with their team", "For each team: the roles that the others hold effectively, and how many of them do.")
                .asks::<PeersWanted>()
                .answers::<PeersBody>(200, "The comparison.")
                .refuses(403, admins)
                .refuses(404, unknown),
            get("/people/{id}/losses", lose)
                .says(
                    "Ask what a person would lose",
                    "Without some roles, or with a team: which data they could not read any more, and what would remain. Nothing is changed.",
                )
                .asks::<LossesWanted>()
                .answers::<LossesBody>(200, "What would be lost, and what would remain.")
                .refuses(403, admins)
                .refuses(404, &["no-such-person", "no-such-role", "no-such-team"]),
        ],
    }
}

/// What counts as rare and as common.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct PeersWanted {
    /// A role that they hold is unusual where fewer of a hundred peers do: 0 to 100, 20 unless said otherwise.
    #[param(minimum = 0, maximum = 100, example = 20)]
    rare: Option<u32>,
    /// A role that they lack is worth a word where so many of a hundred peers hold it: 1 to 100, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 100, example = 50)]
    common: Option<u32>,
}

/// Which roles, or which team.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct LossesWanted {
    /// Roles to drop, with commas between.
    #[param(example = "analyst,customer-care")]
    roles: Option<String>,
    /// A team to leave: takes the roles along that at least half of the others in it hold, and not as many in their other teams.
    team: Option<String>,
}

fn person(id: &str) -> Result<PersonId, Failure> {
    id.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchPerson).into())
}

async fn compare(desk: Data<Desk>, caller: Caller, id: Path<String>, Query(wanted): Query<PeersWanted>) -> Answer {
    let id = person(&id)?;
    let (rare, common) = (wanted.rare.unwrap_or(peers::RARE), wanted.common.unwrap_or(peers::COMMON));
    for (field, value, least) in [("rare", rare, 0), ("common", common, 1)] {
        if !(least..=100).contains(&value) {
            return Err(Fault::from(Unfit::field(field, format!("{least}–100"))).into());
        }
    }
    shown(&PeersBody::from(peers::peers(&desk.app, &caller.actor, id, rare, common).await?))
}

async fn lose(desk: Data<Desk>, caller: Caller, id: Path<String>, Query(wanted): Query<LossesWanted>) -> Answer {
    let id = person(&id)?;
    let named = wanted.roles.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|text| !text.is_empty());
    let mut roles: BTreeSet<Slug> = BTreeSet::new();
    for name in named {
        roles.insert(name.parse().map_err(|_| Fault::from(Unfit::field("roles", "role,role")))?);
    }
    shown(&LossesBody::from(losses::losses(&desk.app, &caller.actor, id, roles, wanted.team).await?))
}
