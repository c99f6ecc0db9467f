//! Teams, and how people are named in warehouses, in the database.

use crate::{
    base::{
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};

/// The teams that a person is in.
///
/// # Errors
/// The database is away.
pub fn teams_of(r: &mut Reading<'_>, id: Id<ids::Person>) -> Result<Vec<String>, Broken> {
    sql("SELECT team_id AS word FROM team_members WHERE person_id = ? ORDER BY team_id").bind(&id).all(r)
}

/// Puts a person into exactly these teams, making teams that are new.
///
/// # Errors
/// The database is away.
pub fn set_teams(w: &mut Writing<'_>, id: Id<ids::Person>, teams: &[String]) -> Result<(), Broken> {
    sql("DELETE FROM team_members WHERE person_id = ?").bind(&id).run(w)?;
    for team in teams {
        sql("INSERT INTO teams (id, title) VALUES (?, ?) ON CONFLICT DO NOTHING").bind(team).bind(team).run(w)?;
        sql("INSERT INTO team_members (team_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(team)
            .bind(&id)
            .run(w)?;
    }
    Ok(())
}

/// The active people of a team.
///
/// # Errors
/// The database is away.
pub fn members(r: &mut Reading<'_>, team: &str) -> Result<Vec<Id<ids::Person>>, Broken> {
    row! { struct Member { id: Id<ids::Person> } }
    let rows: Vec<Member> = sql("SELECT p.id FROM team_members m JOIN persons p ON p.id = m.person_id \
                                 WHERE m.team_id = ? AND p.state = 'active'")
    .bind(&team)
    .all(r)?;
    Ok(rows.into_iter().map(|m| m.id).collect())
}

/// A person's login in a warehouse, where one was set by hand.
///
/// # Errors
/// The database is away.
pub fn warehouse_login(r: &mut Reading<'_>, id: Id<ids::Person>, warehouse: &str) -> Result<Option<String>, Broken> {
    sql("SELECT login AS word FROM warehouse_logins WHERE person_id = ? AND warehouse_id = ?")
        .bind(&id)
        .bind(&warehouse)
        .maybe(r)
}

row! {
    /// How a person is named in a warehouse.
    #[derive(Clone, Debug)]
    pub struct Login {
        pub warehouse_id: String,
        pub login: String,
    }
}

/// A person's logins that were set by hand, by warehouse.
///
/// # Errors
/// The database is away.
pub fn warehouse_logins(r: &mut Reading<'_>, id: Id<ids::Person>) -> Result<Vec<Login>, Broken> {
    sql("SELECT warehouse_id, login FROM warehouse_logins WHERE person_id = ? ORDER BY warehouse_id").bind(&id).all(r)
}

/// Sets or clears a person's login in a warehouse.
///
/// # Errors
/// The database is away.
pub fn set_warehouse_login(
    w: &mut Writing<'_>,
    id: Id<ids::Person>,
    warehouse: &str,
    login: Option<&str>,
) -> Result<(), Broken> {
    sql("DELETE FROM warehouse_logins WHERE person_id = ? AND warehouse_id = ?").bind(&id).bind(&warehouse).run(w)?;
    if let Some(login) = login {
        sql("INSERT INTO warehouse_logins (person_id, warehouse_id, login) VALUES (?, ?, ?)")
            .bind(&id)
            .bind(&warehouse)
            .bind(&login)
            .run(w)?;
    }
    Ok(())
}
