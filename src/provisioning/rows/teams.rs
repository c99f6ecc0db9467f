//! Teams as the directory knows them, in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{
        Reading, Writing, sql,
        sql::{Statement, row},
    },
    provisioning::team::KnownTeam,
};
use std::collections::{BTreeMap, BTreeSet};

row! {
    struct Raw {
        id: String,
        title: String,
        created_at: Option<Time>,
        changed_at: Option<Time>,
        external_id: Option<String>,
    }
}

impl From<Raw> for KnownTeam {
    fn from(raw: Raw) -> Self {
        Self {
            id: raw.id,
            title: raw.title,
            created_at: raw.created_at,
            changed_at: raw.changed_at,
            external_id: raw.external_id,
        }
    }
}

const TEAM: &str = "SELECT t.id, t.title, t.created_at, t.changed_at, g.external_id";
const FROM: &str = " FROM teams t LEFT JOIN provisioned_teams g ON g.team_id = t.id WHERE g.removed_at IS NULL";

/// A team by its name in the house.
///
/// # Errors
/// The database is away.
pub fn known_team(r: &mut Reading<'_>, id: &str) -> Result<Option<KnownTeam>, Broken> {
    if id.parse::<Slug>().is_err() {
        return Ok(None);
    }
    Ok(sql(format!("{TEAM}{FROM} AND t.id = ?")).bind(&id).maybe::<Raw>(r)?.map(KnownTeam::from))
}

/// Every team in the order of their names in the house, or those that a person is in.
///
/// # Errors
/// The database is away.
pub fn known_teams(r: &mut Reading<'_>, of: Option<Id<ids::Person>>) -> Result<Vec<KnownTeam>, Broken> {
    let statement = sql(format!("{TEAM}{FROM}"));
    let statement = match of {
        None => statement,
        Some(person) => {
            statement.push(" AND t.id IN (SELECT team_id FROM team_members WHERE person_id = ?)").bind(&person)
        }
    };
    let rows: Vec<Raw> = statement.push(" ORDER BY t.id").all(r)?;
    Ok(rows.into_iter().map(KnownTeam::from).collect())
}

/// Teams that the directory let go.
///
/// # Errors
/// The database is away.
pub fn teams_let_go(r: &mut Reading<'_>) -> Result<Vec<KnownTeam>, Broken> {
    let rows: Vec<Raw> = sql(format!(
        "{TEAM} FROM teams t JOIN provisioned_teams g ON g.team_id = t.id WHERE g.removed_at IS NOT NULL ORDER BY t.id"
    ))
    .all(r)?;
    Ok(rows.into_iter().map(KnownTeam::from).collect())
}

/// Who is in these teams, in the order of their ids; only people whom the directory sees.
///
/// # Errors
/// The database is away.
pub fn known_members(r: &mut Reading<'_>, teams: &[String]) -> Result<BTreeMap<String, Vec<Id<ids::Person>>>, Broken> {
    row! { struct Line { team_id: String, id: Id<ids::Person> } }
    let mut found: BTreeMap<String, Vec<Id<ids::Person>>> = BTreeMap::new();
    for some in teams.chunks(500) {
        let places = vec!["?"; some.len()].join(", ");
        let statement = sql(format!(
            "SELECT m.team_id, p.id FROM team_members m JOIN persons p ON p.id = m.person_id \
             LEFT JOIN provisioned_people d ON d.person_id = p.id \
             WHERE p.erased_at IS NULL AND d.removed_at IS NULL AND m.team_id IN ({places}) ORDER BY m.team_id, p.id"
        ));
        for line in some.iter().fold(statement, Statement::bind).all::<Line>(r)? {
            found.entry(line.team_id).or_default().push(line.id);
        }
    }
    Ok(found)
}

/// Those of these ids that are people whom the directory sees.
///
/// # Errors
/// The database is away.
pub fn seen_people(r: &mut Reading<'_>, ids: &BTreeSet<Id<ids::Person>>) -> Result<BTreeSet<Id<ids::Person>>, Broken> {
    row! { struct Line { id: Id<ids::Person> } }
    let all: Vec<_> = ids.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for some in all.chunks(500) {
        let places = vec!["?"; some.len()].join(", ");
        let statement = sql(format!(
            "SELECT p.id FROM persons p LEFT JOIN provisioned_people d ON d.person_id = p.id \
             WHERE p.erased_at IS NULL AND d.removed_at IS NULL AND p.id IN ({places})"
        ));
        let lines: Vec<Line> = some.iter().fold(statement, Statement::bind).all(r)?;
        seen.extend(lines.into_iter().map(|line| line.id));
    }
    Ok(seen)
}

/// Whether the directory calls another team so.
///
/// # Errors
/// The database is away.
pub fn is_team_called(r: &mut Reading<'_>, external_id: Option<&str>, but: &str) -> Result<bool, Broken> {
    Ok(sql("SELECT COUNT(*) AS n FROM provisioned_teams WHERE external_id = ? AND team_id <> ?")
        .bind(&external_id)
        .bind(&but)
        .one::<i64>(r)?
        > 0)
}

/// Keeps what the directory said of a team: its title, and what it calls it.
///
/// # Errors
/// The database is away.
pub fn keep_team(w: &mut Writing<'_>, team: &str, title: &str, external_id: Option<&str>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE teams SET title = ?, changed_at = ? WHERE id = ?").bind(&title).bind(&now).bind(&team).run(w)?;
    sql("INSERT INTO provisioned_teams (team_id, external_id) VALUES (?, ?) \
         ON CONFLICT (team_id) DO UPDATE SET external_id = excluded.external_id, removed_at = NULL")
    .bind(&team)
    .bind(&external_id)
    .run(w)?;
    Ok(())
}

/// Lets a team go: the directory knows it no longer.
///
/// # Errors
/// The database is away.
pub fn let_team_go(w: &mut Writing<'_>, team: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO provisioned_teams (team_id, external_id, removed_at) VALUES (?, NULL, ?) \
         ON CONFLICT (team_id) DO UPDATE SET external_id = NULL, removed_at = excluded.removed_at")
    .bind(&team)
    .bind(&now)
    .run(w)?;
    Ok(())
}
