//! People as the directory knows them, in the database. Whoever is erased, or whom the directory let go, it does not see.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::{Email, Language},
    },
    db::{
        Reading, Writing, sql,
        sql::{Statement, row},
    },
    identity::person::{Capabilities, State},
    provisioning::person::{Belongs, Known, Manager},
};
use serde_json::Value;
use std::collections::BTreeMap;

row! {
    struct Raw {
        id: Id<ids::Person>,
        email: Email,
        name: String,
        language: Option<Language>,
        zone: String,
        is_admin: bool,
        is_auditor: bool,
        is_author: bool,
        state: State,
        created_at: Time,
        changed_at: Option<Time>,
        external_id: Option<String>,
        said: Option<String>,
        shut_at: Option<Time>,
        manager_id: Option<Id<ids::Person>>,
        manager_name: Option<String>,
    }
}

impl Raw {
    fn read(self) -> Result<Known, Broken> {
        let said = self.said.map(|said| serde_json::from_str(&said)).transpose().map_err(Broken::defect)?;
        Ok(Known {
            id: self.id,
            email: self.email,
            name: self.name,
            language: self.language,
            zone: self.zone,
            capabilities: Capabilities { admin: self.is_admin, auditor: self.is_auditor, author: self.is_author },
            state: self.state,
            created_at: self.created_at,
            changed_at: self.changed_at,
            external_id: self.external_id,
            said,
            shut_at: self.shut_at,
            manager: self.manager_id.zip(self.manager_name).map(|(id, name)| Manager { id, name }),
        })
    }
}

const PERSON: &str = "SELECT p.id, p.email, p.name, p.language, p.zone, p.is_admin, p.is_auditor, p.is_author, p.state, \
                      p.created_at, p.changed_at, d.external_id, d.said, d.shut_at, c.id AS manager_id, \
                      c.name AS manager_name";
/// The manager of `p`, where the directory sees them.
const MANAGED: &str = " LEFT JOIN managers m ON m.person_id = p.id AND m.until_at IS NULL \
                       LEFT JOIN persons c ON c.id = m.manager_id AND c.erased_at IS NULL AND NOT EXISTS (SELECT 1 \
                       FROM provisioned_people g WHERE g.person_id = c.id AND g.removed_at IS NOT NULL)";
const FROM: &str = " FROM persons p LEFT JOIN provisioned_people d ON d.person_id = p.id";
const SEEN: &str = " WHERE p.erased_at IS NULL AND d.removed_at IS NULL";

/// A way to people by an index.
#[derive(Clone, Debug)]
pub enum PersonBy<'k> {
    Id(Id<ids::Person>),
    Email(&'k Email),
    ExternalId(&'k str),
}

/// The person at the end of a way.
///
/// # Errors
/// The database is away.
pub fn known_person(r: &mut Reading<'_>, by: &PersonBy<'_>) -> Result<Option<Known>, Broken> {
    let statement = sql(format!("{PERSON}{FROM}{MANAGED}{SEEN} AND "));
    let statement = match by {
        PersonBy::Id(id) => statement.push("p.id = ?").bind(id),
        PersonBy::Email(email) => statement.push("p.email = ?").bind(*email),
        PersonBy::ExternalId(id) => statement.push("d.external_id = ?").bind(id),
    };
    statement.maybe::<Raw>(r)?.map(Raw::read).transpose()
}

/// How many people the directory sees.
///
/// # Errors
/// The database is away.
pub fn count_people(r: &mut Reading<'_>) -> Result<i64, Broken> {
    sql(format!("SELECT COUNT(*) AS n{FROM}{SEEN}")).one(r)
}

/// A stretch of all people in the order of their ids.
///
/// # Errors
/// The database is away.
pub fn known_people(r: &mut Reading<'_>, skip: i64, most: i64) -> Result<Vec<Known>, Broken> {
    let rows: Vec<Raw> =
        sql(format!("{PERSON}{FROM}{MANAGED}{SEEN} ORDER BY p.id LIMIT ? OFFSET ?")).bind(&most).bind(&skip).all(r)?;
    rows.into_iter().map(Raw::read).collect()
}

/// The people that come after an id, in the order of their ids.
///
/// # Errors
/// The database is away.
pub fn people_after(r: &mut Reading<'_>, after: Option<Id<ids::Person>>, most: i64) -> Result<Vec<Known>, Broken> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows: Vec<Raw> = sql(format!("{PERSON}{FROM}{MANAGED}{SEEN} AND p.id > ? ORDER BY p.id LIMIT ?"))
        .bind(&after)
        .bind(&most)
        .all(r)?;
    rows.into_iter().map(Raw::read).collect()
}

/// The teams of many people, by title.
///
/// # Errors
/// The database is away.
pub fn belongings(
    r: &mut Reading<'_>,
    people: &[Id<ids::Person>],
) -> Result<BTreeMap<Id<ids::Person>, Vec<Belongs>>, Broken> {
    row! { struct Line { person_id: Id<ids::Person>, team_id: String, title: String } }
    let mut found: BTreeMap<_, Vec<Belongs>> = BTreeMap::new();
    for some in people.chunks(500) {
        let places = vec!["?"; some.len()].join(", ");
        let statement = sql(format!(
            "SELECT m.person_id, m.team_id, t.title FROM team_members m JOIN teams t ON t.id = m.team_id \
             LEFT JOIN provisioned_teams g ON g.team_id = t.id WHERE g.removed_at IS NULL AND m.person_id IN ({places}) \
             ORDER BY m.team_id"
        ));
        for line in some.iter().fold(statement, Statement::bind).all::<Line>(r)? {
            found.entry(line.person_id).or_default().push(Belongs { team: line.team_id, title: line.title });
        }
    }
    Ok(found)
}

/// The person of an address whom the directory let go, if they are that.
///
/// # Errors
/// The database is away.
pub fn let_go(r: &mut Reading<'_>, email: &Email) -> Result<Option<Known>, Broken> {
    let found: Option<Raw> = sql(format!(
        "{PERSON} FROM persons p JOIN provisioned_people d ON d.person_id = p.id{MANAGED} \
         WHERE p.erased_at IS NULL AND d.removed_at IS NOT NULL AND p.email = ?"
    ))
    .bind(email)
    .maybe(r)?;
    found.map(Raw::read).transpose()
}

/// Whether an address is somebody else's, whoever sees them.
///
/// # Errors
/// The database is away.
pub fn is_address_taken(r: &mut Reading<'_>, email: &Email, but: Id<ids::Person>) -> Result<bool, Broken> {
    Ok(sql("SELECT COUNT(*) AS n FROM persons WHERE email = ? AND id <> ?").bind(email).bind(&but).one::<i64>(r)? > 0)
}

/// Whether the directory calls somebody else so.
///
/// # Errors
/// The database is away.
pub fn is_person_called(
    r: &mut Reading<'_>,
    external_id: Option<&str>,
    but: Option<Id<ids::Person>>,
) -> Result<bool, Broken> {
    let but = but.map(|id| id.to_string()).unwrap_or_default();
    Ok(sql("SELECT COUNT(*) AS n FROM provisioned_people WHERE external_id = ? AND person_id <> ?")
        .bind(&external_id)
        .bind(&but)
        .one::<i64>(r)?
        > 0)
}

/// Gives a person another address; tells whether it was free.
///
/// # Errors
/// The database is away.
pub fn set_address(w: &mut Writing<'_>, person: Id<ids::Person>, email: &Email) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE persons SET email = ?, changed_at = ? WHERE id = ? \
            AND NOT EXISTS (SELECT 1 FROM persons o WHERE o.email = ? AND o.id <> ?)")
    .bind(email)
    .bind(&now)
    .bind(&person)
    .bind(email)
    .bind(&person)
    .run(w)?
        == 1)
}

/// Keeps what the directory said of a person.
///
/// # Errors
/// The database is away.
pub fn keep_said(
    w: &mut Writing<'_>,
    person: Id<ids::Person>,
    external_id: Option<&str>,
    said: &serde_json::Map<String, Value>,
    shut_at: Option<Time>,
) -> Result<(), Broken> {
    let now = w.now();
    let said = serde_json::to_string(said).map_err(Broken::defect)?;
    sql("INSERT INTO provisioned_people (person_id, external_id, said, shut_at) VALUES (?, ?, ?, ?) \
         ON CONFLICT (person_id) DO UPDATE SET external_id = excluded.external_id, said = excluded.said, \
         shut_at = excluded.shut_at, removed_at = NULL")
    .bind(&person)
    .bind(&external_id)
    .bind(&said)
    .bind(&shut_at)
    .run(w)?;
    sql("UPDATE persons SET changed_at = ? WHERE id = ?").bind(&now).bind(&person).run(w)?;
    Ok(())
}

/// Lets a person go: the directory knows them no longer, and what it said of them is forgotten.
///
/// # Errors
/// The database is away.
pub fn let_person_go(w: &mut Writing<'_>, person: Id<ids::Person>, shut_at: Option<Time>) -> Result<(), Broken> {
    keep_said(w, person, None, &serde_json::Map::new(), shut_at)?;
    let now = w.now();
    sql("UPDATE provisioned_people SET removed_at = ? WHERE person_id = ?").bind(&now).bind(&person).run(w)?;
    Ok(())
}
