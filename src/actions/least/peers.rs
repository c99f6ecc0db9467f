//! A person's access compared with that of the people in the same teams.

use crate::{
    access::rows,
    actions::{
        About, look,
        note_audit_read::{self, note_audit_read_once},
    },
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
                let is_held = held.contains(&role);
                share(role, is_held, (holding, peers), rare, common)
            })
            .collect();
        roles.sort_by(|a, b| b.holding.cmp(&a.holding).then_with(|| a.role.cmp(&b.role)));
        teams.push(TeamPeers { team, peers, roles });
    }
    Ok(teams)
}

/// Whether so many of so many peers are so many of a hundred at least: by the exact share, never by the rounded one that people read.
/// Nobody is no part of nobody.
pub(super) fn reaches(holding: i64, peers: i64, percent: u32) -> bool {
    peers > 0 && holding * 100 >= i64::from(percent) * peers
}

/// A role that so many of so many peers hold.
fn share(role: Slug, held: bool, (holding, peers): (i64, i64), rare: u32, common: u32) -> RoleShare {
    RoleShare {
        role,
        holding,
        percent: (holding * 100 + peers / 2).checked_div(peers).unwrap_or(0),
        held,
        unusual: held && peers > 0 && !reaches(holding, peers, rare),
        lacking: !held && reaches(holding, peers, common),
    }
}

/// As [`compare`], for auditors and admins. That it was read is noted before it is given out.
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
    let teams = look(app, actor, "compare_peers", About::person(person), move |r| {
        caller.as_auditor()?;
        identity::rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        Ok(compare(r, person, rare, common)?)
    })
    .await?;
    note_audit_read_once(
        app,
        actor,
        note_audit_read::Reading { person: Some(person), ..note_audit_read::Reading::of("peers") },
    )
    .await?;
    Ok(teams)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_half_and_not_what_is_rounded_to_it() {
        let role: Slug = "reader".parse().unwrap();
        let nearly = share(role.clone(), false, (50, 101), RARE, COMMON);
        assert_eq!((nearly.percent, nearly.lacking), (50, false));
        assert!(!reaches(50, 101, COMMON) && reaches(51, 101, COMMON) && reaches(1, 2, COMMON));
        assert!(!reaches(0, 0, COMMON) && !reaches(0, 3, COMMON));
        let held = share(role.clone(), true, (1, 6), RARE, COMMON);
        assert!(held.unusual && !held.lacking);
        assert!(!share(role, true, (1, 5), RARE, COMMON).unusual);
    }
}
