//! A person's access compared with that of the people in the same teams.

use crate::{
    access::rows,
    actions::{About, look},
    app::App,
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    db::Reading,
    identity::{self, actor::Actor, person::IdentityRefusal},
};
use std::collections::{BTreeMap, BTreeSet};

/// A role that fewer of a hundred peers hold is unusual, unless asked otherwise.
pub const RARE: u32 = 20;
/// A role that so many of a hundred peers hold is common, unless asked otherwise.
pub const COMMON: u32 = 50;

/// A team of the person, and what the others in it hold effectively.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamPeers {
    pub team: String,
    /// Active people in it beside the person.
    pub peers: i64,
    /// The roles that the person or any of them holds, the most common first.
    pub roles: Vec<RoleShare>,
}

/// A role in a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleShare {
    pub role: Slug,
    /// How many of the peers hold it.
    pub holding: i64,
    /// Of a hundred, rounded.
    pub percent: i64,
    /// Whether the person does.
    pub held: bool,
    /// The person holds it, and few peers do.
    pub unusual: bool,
    /// The person lacks it, and many peers have it.
    pub lacking: bool,
}

/// Compares a person with each of their teams.
///
/// # Errors
/// The database is away.
pub fn compare(r: &mut Reading<'_>, person: Id<ids::Person>, rare: u32, common: u32) -> Result<Vec<TeamPeers>, Broken> {
    let held: BTreeSet<Slug> = rows::effective_of(r, person)?.into_iter().map(|one| one.role_id).collect();
    let mut teams = Vec::new();
    for team in identity::rows::teams_of(r, person)? {
        let peers = rows::peers_in(r, &team, person)?;
        let mut shares: BTreeMap<Slug, i64> = held.iter().map(|role| (role.clone(), 0)).collect();
        for shared in rows::shared_in(r, &team, person)? {
            shares.insert(shared.role_id, shared.n);
        }
        let mut roles: Vec<RoleShare> = shares
            .into_iter()
            .map(|(role, holding)| {
                let percent = (holding * 100 + peers / 2).checked_div(peers).unwrap_or(0);
                let is_held = held.contains(&role);
                RoleShare {
                    held: is_held,
                    unusual: is_held && peers > 0 && holding * 100 < i64::from(rare) * peers,
                    lacking: !is_held && peers > 0 && holding * 100 >= i64::from(common) * peers,
                    role,
                    holding,
                    percent,
                }
            })
            .collect();
        roles.sort_by(|a, b| b.holding.cmp(&a.holding).then_with(|| a.role.cmp(&b.role)));
        teams.push(TeamPeers { team, peers, roles });
    }
    Ok(teams)
}

/// As [`compare`], for auditors and admins.
///
/// # Errors
/// The actor may not read everybody's records, there is no such person, or the database is away.
pub async fn peers(
    app: &App,
    actor: &Actor,
    person: Id<ids::Person>,
    rare: u32,
    common: u32,
) -> Result<Vec<TeamPeers>, Fault> {
    let caller = actor.clone();
    look(app, actor, "compare_peers", About::person(person), move |r| {
        caller.as_auditor()?;
        identity::rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        Ok(compare(r, person, rare, common)?)
    })
    .await
}
