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
use std::{collections::BTreeSet, sync::Arc};

/// Policies that were asked for last.
static POLICIES: Kept<Policy> = Kept::new(2_048);

/// What a new catalogue took from people who hold its roles or asked for them.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Roles that are gone.
    pub gone: Vec<Slug>,
    /// Roles that are in another warehouse now.
    pub moved: Vec<Slug>,
}

/// Brings the copy to the catalogue that is in force now; returns the roles that are not where they were.
///
/// # Errors
/// The database is away.
pub fn publish(w: &mut Writing<'_>, catalogue: &Catalogue) -> Result<Published, Broken> {
    row! { struct Placed { id: Slug, warehouse_id: Slug } }
    let placed: Vec<Placed> = sql("SELECT id, warehouse_id FROM roles ORDER BY id").all(w)?;
    let elsewhere = |was: &Placed| catalogue.roles.get(&was.id).is_some_and(|role| role.warehouse != was.warehouse_id);
    let moved = placed.into_iter().filter(elsewhere).map(|was| was.id).collect();
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
    for role in catalogue.roles.values() {
        let id = keep_policy(w, &role.id, &role.policy())?;
        sql("INSERT INTO roles (id, warehouse_id, name, policy_id) VALUES (?, ?, ?, ?) \
             ON CONFLICT (id) DO UPDATE SET warehouse_id = excluded.warehouse_id, name = excluded.name, \
             policy_id = excluded.policy_id, retired = FALSE")
        .bind(&role.id)
        .bind(&role.warehouse)
        .bind(&role.name)
        .bind(&id)
        .run(w)?;
        begin_policy(w, &role.id, &id)?;
    }
    row! { struct Known { id: Slug } }
    let known: Vec<Known> = sql("SELECT id FROM roles WHERE NOT retired").all(w)?;
    let gone: Vec<Slug> = known.into_iter().map(|k| k.id).filter(|id| !catalogue.roles.contains_key(id)).collect();
    for role in &gone {
        sql("UPDATE roles SET retired = TRUE WHERE id = ?").bind(role).run(w)?;
        end_policy(w, role)?;
    }
    let known: Vec<Known> = sql("SELECT id FROM warehouses WHERE NOT retired").all(w)?;
    for warehouse in known.into_iter().map(|k| k.id).filter(|id| !catalogue.warehouses.contains_key(id)) {
        sql("UPDATE warehouses SET retired = TRUE WHERE id = ?").bind(&warehouse).run(w)?;
    }
    Ok(Published { gone, moved })
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
