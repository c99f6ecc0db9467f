//! Teams, and how people are named in warehouses, in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
    identity::person::State,
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
    for left in teams_of(w, id)?.into_iter().filter(|team| !teams.contains(team)) {
        leave_team(w, id, &left)?;
    }
    for team in teams {
        join_team(w, id, team)?;
    }
    Ok(())
}

/// Puts a person into a team, making it where it is new; tells whether they were not in it.
///
/// # Errors
/// The database is away.
pub fn join_team(w: &mut Writing<'_>, id: Id<ids::Person>, team: &str) -> Result<bool, Broken> {
    let now = w.now();
    make_team(w, team)?;
    let joined =
        sql("INSERT INTO team_members (team_id, person_id, joined_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(&team)
            .bind(&id)
            .bind(&now)
            .run(w)?;
    touch_team(w, team, joined == 1)?;
    Ok(joined == 1)
}

/// Notes that a team changed, where it did.
fn touch_team(w: &mut Writing<'_>, team: &str, changed: bool) -> Result<(), Broken> {
    let now = w.now();
    if changed {
        sql("UPDATE teams SET changed_at = ? WHERE id = ?").bind(&now).bind(&team).run(w)?;
    }
    Ok(())
}

/// Takes a person out of a team; tells whether they were in it.
///
/// # Errors
/// The database is away.
pub fn leave_team(w: &mut Writing<'_>, id: Id<ids::Person>, team: &str) -> Result<bool, Broken> {
    let left = sql("DELETE FROM team_members WHERE person_id = ? AND team_id = ?").bind(&id).bind(&team).run(w)? == 1;
    touch_team(w, team, left)?;
    Ok(left)
}

/// Makes a team; tells whether it is new.
///
/// # Errors
/// The database is away.
pub fn make_team(w: &mut Writing<'_>, team: &str) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("INSERT INTO teams (id, title, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&team)
        .bind(&team)
        .bind(&now)
        .run(w)?
        == 1)
}

/// Whether there is such a team.
///
/// # Errors
/// The database is away.
pub fn is_team(r: &mut Reading<'_>, team: &str) -> Result<bool, Broken> {
    Ok(sql("SELECT id AS word FROM teams WHERE id = ?").bind(&team).maybe::<String>(r)?.is_some())
}

row! {
    /// Somebody in a team.
    #[derive(Clone, Debug)]
    pub struct MemberRow {
        pub id: Id<ids::Person>,
        pub name: String,
        pub email: String,
        pub state: State,
        pub joined_at: Option<Time>,
        /// When they got their account.
        pub created_at: Time,
    }
}

/// Everybody in a team who is not shut out, by name.
///
/// # Errors
/// The database is away.
pub fn team_members(r: &mut Reading<'_>, team: &str) -> Result<Vec<MemberRow>, Broken> {
    sql("SELECT p.id, p.name, p.email, p.state, m.joined_at, p.created_at FROM team_members m \
         JOIN persons p ON p.id = m.person_id WHERE m.team_id = ? AND p.state <> 'disabled' \
         ORDER BY p.name, p.id LIMIT 2000")
    .bind(&team)
    .all(r)
}

/// Since when a person is in a team, where they are and that was kept.
///
/// # Errors
/// The database is away.
pub fn joined_at(r: &mut Reading<'_>, team: &str, id: Id<ids::Person>) -> Result<Option<Time>, Broken> {
    row! { struct Joined { at: Option<Time> } }
    let row: Option<Joined> = sql("SELECT joined_at AS at FROM team_members WHERE team_id = ? AND person_id = ?")
        .bind(&team)
        .bind(&id)
        .maybe(r)?;
    Ok(row.and_then(|row| row.at))
}

row! {
    /// Somebody who leads a team.
    #[derive(Clone, Debug)]
    pub struct LeadRow {
        pub id: Id<ids::Person>,
        pub name: String,
        pub email: String,
    }
}

/// Who leads a team, by name; people who are shut out lead nothing.
///
/// # Errors
/// The database is away.
pub fn leads(r: &mut Reading<'_>, team: &str) -> Result<Vec<LeadRow>, Broken> {
    sql("SELECT p.id, p.name, p.email FROM team_leads l JOIN persons p ON p.id = l.person_id \
         WHERE l.team_id = ? AND p.state <> 'disabled' ORDER BY p.name, p.id LIMIT 100")
    .bind(&team)
    .all(r)
}

/// The teams that a person leads.
///
/// # Errors
/// The database is away.
pub fn led_by(r: &mut Reading<'_>, id: Id<ids::Person>) -> Result<Vec<String>, Broken> {
    sql("SELECT team_id AS word FROM team_leads WHERE person_id = ? ORDER BY team_id").bind(&id).all(r)
}

/// Makes a person lead a team, or no longer; tells whether that changed anything.
///
/// # Errors
/// The database is away.
pub fn set_lead(w: &mut Writing<'_>, team: &str, id: Id<ids::Person>, leads: bool) -> Result<bool, Broken> {
    let now = w.now();
    let changed = if leads {
        sql("INSERT INTO team_leads (team_id, person_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(&team)
            .bind(&id)
            .bind(&now)
            .run(w)?
    } else {
        sql("DELETE FROM team_leads WHERE team_id = ? AND person_id = ?").bind(&team).bind(&id).run(w)?
    };
    Ok(changed == 1)
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
