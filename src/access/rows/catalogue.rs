//! The database's copy of the access catalogue: what requests, grants and the view refer to.

use super::{
    hours::{insert_hours, keep_zone},
    policies::{begin_policy, end_policy},
};
use crate::{
    access::catalogue::{Catalogue, Policy},
    base::{kept::Kept, refusal::Broken, text::Slug},
    db::{Reading, Writing, sql, sql::row},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Policies that were asked for last.
static POLICIES: Kept<Policy> = Kept::new(2_048);

/// What a new catalogue takes from people who hold its roles or asked for them.
#[derive(Clone, Debug, Default)]
pub struct Leaving {
    /// Roles that are gone.
    pub gone: Vec<Slug>,
    /// Roles that are in another warehouse.
    pub moved: Vec<Slug>,
}

row! {
    /// A role as the copy has it.
    struct Copied { id: Slug, warehouse_id: Slug, name: String, policy_id: String, retired: bool }
}

fn copied(r: &mut Reading<'_>) -> Result<Vec<Copied>, Broken> {
    sql("SELECT id, warehouse_id, name, policy_id, retired FROM roles ORDER BY id").all(r)
}

/// The roles that a new catalogue does not have where they are by the one that is in force.
///
/// # Errors
/// The database is away.
pub fn leaving(r: &mut Reading<'_>, catalogue: &Catalogue) -> Result<Leaving, Broken> {
    let mut leaving = Leaving::default();
    for was in copied(r)? {
        match catalogue.roles.get(&was.id) {
            None if !was.retired => leaving.gone.push(was.id),
            Some(role) if role.warehouse != was.warehouse_id => leaving.moved.push(was.id),
            _ => {}
        }
    }
    Ok(leaving)
}

/// In which warehouse a role is by the catalogue in force, whichever one this process has followed; none where it has left. It
/// stays so to the end of the transaction (PostgreSQL; SQLite has one writer): [`publish`] waits. The caller holds the person whom
/// it is given to, as whoever mints does: always the person first.
///
/// # Errors
/// The database is away.
pub fn hold_place(w: &mut Writing<'_>, role: &Slug) -> Result<Option<Slug>, Broken> {
    row! { struct Placed { warehouse_id: Slug } }
    let share = w.engine_sql("", " FOR SHARE");
    let placed: Option<Placed> =
        sql(format!("SELECT warehouse_id FROM roles WHERE id = ? AND NOT retired{share}")).bind(role).maybe(w)?;
    Ok(placed.map(|placed| placed.warehouse_id))
}

/// Brings the copy to the catalogue that is in force now. Whoever is given one of the roles that change keeps this waiting, and has
/// it when this goes on.
///
/// # Errors
/// The database is away.
pub fn publish(w: &mut Writing<'_>, catalogue: &Catalogue) -> Result<(), Broken> {
    for warehouse in catalogue.warehouses.values() {
        sql("INSERT INTO warehouses (id, kind) VALUES (?, ?) \
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, retired = FALSE")
        .bind(&warehouse.id)
        .bind(&warehouse.kind.as_str())
        .run(w)?;
    }
    let zones: BTreeSet<&str> =
        catalogue.roles.values().flat_map(|role| &role.hours).map(|hours| hours.zone.as_str()).collect();
    for zone in zones {
        keep_zone(w, zone)?;
    }
    let known: BTreeMap<Slug, Copied> = copied(w)?.into_iter().map(|was| (was.id.clone(), was)).collect();
    for role in catalogue.roles.values() {
        let id = keep_policy(w, &role.id, &role.policy())?;
        let same = |was: &Copied| {
            !was.retired && was.warehouse_id == role.warehouse && was.name == role.name && was.policy_id == id
        };
        // What stays as it is keeps nobody waiting who is given it, nor waits for them.
        if !known.get(&role.id).is_some_and(same) {
            sql("INSERT INTO roles (id, warehouse_id, name, policy_id) VALUES (?, ?, ?, ?) \
                 ON CONFLICT (id) DO UPDATE SET warehouse_id = excluded.warehouse_id, name = excluded.name, \
                 policy_id = excluded.policy_id, retired = FALSE")
            .bind(&role.id)
            .bind(&role.warehouse)
            .bind(&role.name)
            .bind(&id)
            .run(w)?;
        }
        begin_policy(w, &role.id, &id)?;
    }
    for role in known.values().filter(|was| !was.retired && !catalogue.roles.contains_key(&was.id)) {
        sql("UPDATE roles SET retired = TRUE WHERE id = ?").bind(&role.id).run(w)?;
        end_policy(w, &role.id)?;
    }
    row! { struct Known { id: Slug } }
    let known: Vec<Known> = sql("SELECT id FROM warehouses WHERE NOT retired").all(w)?;
    for warehouse in known.into_iter().map(|k| k.id).filter(|id| !catalogue.warehouses.contains_key(id)) {
        sql("UPDATE warehouses SET retired = TRUE WHERE id = ?").bind(&warehouse).run(w)?;
    }
    Ok(())
}

/// Stores a policy unless it is known; returns its hash.
///
/// # Errors
/// The database is away.
pub fn keep_policy(w: &mut Writing<'_>, role: &Slug, policy: &Policy) -> Result<String, Broken> {
    let (now, id) = (w.now(), policy.hash());
    let body = serde_json::to_string(policy).map_err(Broken::defect)?;
    let fresh = sql("INSERT INTO policies (id, role_id, body, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&id)
        .bind(role)
        .bind(&body)
        .bind(&now)
        .run(w)?;
    if fresh == 1 {
        insert_hours(w, &id, &policy.hours)?;
        for (clause, any_of) in (0_i64..).zip(&policy.requires) {
            // A clause that nothing fulfils stands as one that asks for a certification without a name.
            let never = BTreeSet::from([None]);
            let any_of = if any_of.is_empty() { never } else { any_of.iter().map(Some).collect() };
            for certification in any_of {
                sql("INSERT INTO policy_clauses (policy_id, clause, certification_id) VALUES (?, ?, ?)")
                    .bind(&id)
                    .bind(&clause)
                    .bind(&certification.map_or("", Slug::as_str))
                    .run(w)?;
            }
        }
    }
    Ok(id)
}

/// Whether a role is in the catalogue, or was.
///
/// # Errors
/// The database is away.
pub fn knows_role(r: &mut Reading<'_>, role: &Slug) -> Result<bool, Broken> {
    Ok(sql("SELECT id AS word FROM roles WHERE id = ?").bind(role).maybe::<String>(r)?.is_some())
}

/// Whether a role is in the catalogue.
///
/// # Errors
/// The database is away.
pub fn offers_role(r: &mut Reading<'_>, role: &Slug) -> Result<bool, Broken> {
    Ok(sql("SELECT id AS word FROM roles WHERE id = ? AND NOT retired").bind(role).maybe::<String>(r)?.is_some())
}

/// The roles that have left the catalogue and that somebody was given before.
///
/// # Errors
/// The database is away.
pub fn withdrawn_roles(r: &mut Reading<'_>) -> Result<Vec<Slug>, Broken> {
    row! { struct Gone { id: Slug } }
    let gone: Vec<Gone> =
        sql("SELECT o.id FROM roles o WHERE o.retired AND EXISTS (SELECT 1 FROM grants g WHERE g.role_id = o.id) \
             ORDER BY o.id LIMIT 1000")
        .all(r)?;
    Ok(gone.into_iter().map(|role| role.id).collect())
}

/// Whether a warehouse is in the catalogue, or was.
///
/// # Errors
/// The database is away.
pub fn knows_warehouse(r: &mut Reading<'_>, warehouse: &Slug) -> Result<bool, Broken> {
    Ok(sql("SELECT id AS word FROM warehouses WHERE id = ?").bind(warehouse).maybe::<String>(r)?.is_some())
}

/// A policy by its hash: read once, for a hash stands for one text.
///
/// # Errors
/// The database is away, or the policy does not read back.
pub fn policy(r: &mut Reading<'_>, id: &str) -> Result<Arc<Policy>, Broken> {
    POLICIES.or_make(id, || {
        let body: String = sql("SELECT body AS word FROM policies WHERE id = ?").bind(&id).one(r)?;
        read_policy(id, &body)
    })
}

fn read_policy(id: &str, body: &str) -> Result<Policy, Broken> {
    serde_json::from_str(body).map_err(|error| Broken::defect(format!("the policy {id}: {error}")))
}
