//! What a person would lose with some of their roles, or with a team: which data they could not read any more, and what remains.

use super::peers;
use crate::{
    academy::assignment::TeamRefusal,
    access::{request::AccessRefusal, rows},
    actions::{
        About, look,
        note_audit_read::{Reading, note_audit_read_once},
    },
    app::{App, Content},
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    identity::{
        self,
        actor::Actor,
        person::{IdentityRefusal, Person},
    },
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A dataset of a warehouse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Data {
    pub warehouse: Slug,
    pub dataset: String,
}

/// What would be lost, and what would remain.
#[derive(Clone, Debug)]
pub struct Losses {
    pub person: Person,
    /// The roles that they hold effectively.
    pub held: BTreeSet<Slug>,
    /// Those of them that would go.
    pub dropped: BTreeSet<Slug>,
    /// Roles that were asked about and are not held.
    pub not_held: BTreeSet<Slug>,
    /// What could not be read any more, with the roles that open it now.
    pub lost: BTreeMap<Data, BTreeSet<Slug>>,
    /// What could still be read, with the roles that would open it.
    pub kept: BTreeMap<Data, BTreeSet<Slug>>,
    /// Warehouses that nothing would open any more.
    pub warehouses: BTreeSet<Slug>,
}

/// What each role opens.
fn opened(content: &Content, roles: &BTreeSet<Slug>) -> BTreeMap<Data, BTreeSet<Slug>> {
    let mut opened: BTreeMap<Data, BTreeSet<Slug>> = BTreeMap::new();
    for role in roles.iter().filter_map(|id| content.catalogue.roles.get(id)) {
        for data in &role.data {
            let data = Data { warehouse: role.warehouse.clone(), dataset: data.dataset.clone() };
            opened.entry(data).or_default().insert(role.id.clone());
        }
    }
    opened
}

fn warehouses(content: &Content, roles: &BTreeSet<Slug>) -> BTreeSet<Slug> {
    roles.iter().filter_map(|id| content.catalogue.roles.get(id)).map(|role| role.warehouse.clone()).collect()
}

/// What somebody would lose without these roles, and without those that come with a team: the ones that at least half of the
/// others in it hold, and not as many in any other team of theirs. Nothing is changed. That it was asked is noted before it is
/// given out.
///
/// # Errors
/// The actor may not read everybody's records, person, role or team are unknown, or the database is away.
pub async fn losses(
    app: &App,
    actor: &Actor,
    person: Id<ids::Person>,
    roles: BTreeSet<Slug>,
    team: Option<String>,
) -> Result<Losses, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let asked = json!({ "roles": &roles, "team": &team });
    let told = look(app, actor, "what_would_be_lost", About::person(person), move |r| {
        caller.as_auditor()?;
        let found = identity::rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        for role in &roles {
            if !rows::knows_role(r, role)? {
                return Err(AccessRefusal::NoSuchRole { id: role.to_string() }.into());
            }
        }
        let held: BTreeSet<Slug> = rows::effective_of(r, person)?.into_iter().map(|one| one.role_id).collect();
        let mut dropped: BTreeSet<Slug> = roles.intersection(&held).cloned().collect();
        if let Some(team) = &team {
            if !identity::rows::is_team(r, team)? {
                return Err(TeamRefusal::NoSuchTeam { id: team.clone() }.into());
            }
            let teams = peers::compare(r, person, peers::RARE, peers::COMMON)?;
            let usual = |name: &dyn Fn(&str) -> bool| -> BTreeSet<Slug> {
                let those = teams.iter().filter(|one| name(&one.team));
                let shares = those.flat_map(|team| team.roles.iter().map(|share| (share, team.peers)));
                let common = shares.filter(|(share, peers)| peers::reaches(share.holding, *peers, peers::COMMON));
                common.map(|(share, _)| share.role.clone()).collect()
            };
            let elsewhere = usual(&|name| name != team);
            dropped.extend(
                usual(&|name| name == team).into_iter().filter(|role| !elsewhere.contains(role) && held.contains(role)),
            );
        }
        let left: BTreeSet<Slug> = held.difference(&dropped).cloned().collect();
        let kept = opened(&content, &left);
        let mut lost = opened(&content, &dropped);
        lost.retain(|data, _| !kept.contains_key(data));
        let open = warehouses(&content, &left);
        Ok(Losses {
            person: found,
            not_held: roles.difference(&held).cloned().collect(),
            warehouses: warehouses(&content, &dropped).difference(&open).cloned().collect(),
            held,
            dropped,
            lost,
            kept,
        })
    })
    .await?;
    note_audit_read_once(app, actor, Reading { person: Some(person), ..Reading::of("losses").asked(asked) }).await?;
    Ok(told)
}
