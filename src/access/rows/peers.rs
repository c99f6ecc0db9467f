//! What the people of a team hold effectively, role by role, at the instant of the transaction.

use crate::{
    base::{
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{
        Reading, sql,
        sql::{Statement, row},
    },
};
use std::collections::BTreeMap;

row! {
    /// A role, and how many of a team hold it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Shared {
        pub role_id: Slug,
        pub n: i64,
    }
}

/// How many active people are in a team beside this one.
///
/// # Errors
/// The database is away.
pub fn peers_in(r: &mut Reading<'_>, team: &str, beside: Id<ids::Person>) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM team_members m JOIN persons p ON p.id = m.person_id \
         WHERE m.team_id = ? AND m.person_id <> ? AND p.state = 'active'")
    .bind(&team)
    .bind(&beside)
    .one(r)
}

/// The roles that active people of a team hold effectively, beside this one, each with how many of them do.
///
/// # Errors
/// The database is away.
pub fn shared_in(r: &mut Reading<'_>, team: &str, beside: Id<ids::Person>) -> Result<Vec<Shared>, Broken> {
    sql("SELECT e.role_id, COUNT(DISTINCT e.person_id) AS n FROM team_members m JOIN persons p ON p.id = m.person_id \
         JOIN effective_access e ON e.person_id = m.person_id \
         WHERE m.team_id = ? AND m.person_id <> ? AND p.state = 'active' GROUP BY e.role_id ORDER BY n DESC, e.role_id")
    .bind(&team)
    .bind(&beside)
    .all(r)
}

/// For each of these people: how many active people share a team with them, and how many of those hold a role effectively.
///
/// # Errors
/// The database is away.
pub fn peers_holding(
    r: &mut Reading<'_>,
    role: &Slug,
    people: &[Id<ids::Person>],
) -> Result<BTreeMap<Id<ids::Person>, (i64, i64)>, Broken> {
    row! { struct Counted { person_id: Id<ids::Person>, peers: i64, holding: i64 } }
    let mut found = BTreeMap::new();
    for some in people.chunks(500) {
        let places = vec!["?"; some.len()].join(", ");
        let text = format!(
            "WITH holding AS MATERIALIZED (SELECT DISTINCT person_id FROM effective_access WHERE role_id = ?) \
             SELECT m.person_id, COUNT(DISTINCT o.person_id) AS peers, COUNT(DISTINCT h.person_id) AS holding \
             FROM team_members m JOIN team_members o ON o.team_id = m.team_id AND o.person_id <> m.person_id \
             JOIN persons p ON p.id = o.person_id AND p.state = 'active' \
             LEFT JOIN holding h ON h.person_id = o.person_id WHERE m.person_id IN ({places}) GROUP BY m.person_id"
        );
        let statement = some.iter().fold(sql(text).bind(role), Statement::bind);
        let rows: Vec<Counted> = statement.all(r)?;
        found.extend(rows.into_iter().map(|row| (row.person_id, (row.peers, row.holding))));
    }
    Ok(found)
}
