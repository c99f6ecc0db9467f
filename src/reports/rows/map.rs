//! Who holds what at the moment asked about, as a map is drawn from: one line a person and role.

use super::{Lead, living};
use crate::{
    access::rows::as_of::EFFECTIVE,
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

/// The most lines that a map is drawn from.
pub const MOST: usize = 300_000;

row! {
    /// A right of a person at the moment.
    #[derive(Clone, Debug)]
    pub struct Held {
        pub person_id: Id<ids::Person>,
        pub role_id: Slug,
        pub warehouse_id: Slug,
        pub grant_id: Id<ids::Grant>,
        /// What the one view says.
        pub effective: bool,
    }
}

row! {
    /// A person in a team, as the teams are today.
    #[derive(Clone, Debug)]
    pub struct Member {
        pub person_id: Id<ids::Person>,
        pub team_id: String,
    }
}

row! {
    /// A person's name.
    #[derive(Clone, Debug)]
    pub struct Named {
        pub id: Id<ids::Person>,
        pub name: String,
    }
}

/// What a map is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Narrow {
    pub warehouse: Option<Slug>,
    /// These roles only; none means all.
    pub roles: Option<Vec<Slug>>,
    pub team: Option<String>,
}

/// The rights that ran at the instant of the transaction, so many at the most, and whether there are more.
///
/// # Errors
/// The database is away.
pub fn held(r: &mut Reading<'_>, narrow: &Narrow, most: usize) -> Result<(Vec<Held>, bool), Broken> {
    let found = sql(format!(
        "SELECT g.person_id, g.role_id, g.warehouse_id, g.id AS grant_id, {EFFECTIVE} AS effective FROM grants g WHERE TRUE"
    ));
    let mut found = living(r, found, |statement, lead| narrowed(statement, narrow, lead))?;
    if let Some(team) = &narrow.team {
        found = found
            .push(" AND EXISTS (SELECT 1 FROM team_members m WHERE m.person_id = g.person_id AND m.team_id = ?)")
            .bind(team);
    }
    let probe = i64::try_from(most).map_err(Broken::defect)?.saturating_add(1);
    let mut held: Vec<Held> = found.push(" ORDER BY g.starts_at, g.id LIMIT ?").bind(&probe).all(r)?;
    let more = held.len() > most;
    held.truncate(most);
    Ok((held, more))
}

/// Narrowed to the warehouse and the roles.
fn narrowed(mut statement: Statement, narrow: &Narrow, lead: Lead) -> Statement {
    if let Some(warehouse) = &narrow.warehouse {
        statement = statement.push(&lead.is("g.warehouse_id")).bind(warehouse);
    }
    if let Some(roles) = &narrow.roles {
        let places = if roles.is_empty() { "NULL".to_owned() } else { vec!["?"; roles.len()].join(", ") };
        statement = statement.push(&format!(" AND {} IN ({places})", lead.of("g.role_id")));
        statement = roles.iter().fold(statement, Statement::bind);
    }
    statement
}

/// Who is in which team.
///
/// # Errors
/// The database is away.
pub fn members(r: &mut Reading<'_>, team: Option<&String>) -> Result<Vec<Member>, Broken> {
    match team {
        Some(team) => {
            sql("SELECT person_id, team_id FROM team_members WHERE team_id = ? ORDER BY person_id").bind(team).all(r)
        }
        None => sql("SELECT person_id, team_id FROM team_members ORDER BY team_id, person_id").all(r),
    }
}

/// The names of the people of a team, or of everybody who is in none.
///
/// # Errors
/// The database is away.
pub fn people(r: &mut Reading<'_>, ids: &[Id<ids::Person>]) -> Result<Vec<Named>, Broken> {
    let mut found = Vec::new();
    for some in ids.chunks(500) {
        let places = vec!["?"; some.len()].join(", ");
        let statement = sql(format!("SELECT id, name FROM persons WHERE id IN ({places})"));
        found.extend(some.iter().fold(statement, Statement::bind).all::<Named>(r)?);
    }
    Ok(found)
}
