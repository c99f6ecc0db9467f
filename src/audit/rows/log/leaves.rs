//! Events at their places in the log, and giving them those.

use super::{super::Filter, signed, unsigned};
use crate::{
    audit::log::{
        entry::Kept,
        file::{Beside, Salted},
    },
    base::{
        clock::Time,
        ids::{Event, Id},
        refusal::Broken,
    },
    db::{
        Cells, FromRow, Reading, Writing, sql,
        sql::{Statement, row},
    },
};
use std::collections::BTreeMap;

row! {
    struct RawKept {
        seq: i64,
        id: String,
        at: Time,
        kind: String,
        outcome: String,
        actor: String,
        person_id: Option<String>,
        role_id: Option<String>,
        subject_id: Option<String>,
        address: String,
        data: String,
        address_commitment: Option<String>,
        texts_commitment: Option<String>,
    }
}

impl From<RawKept> for Kept {
    fn from(raw: RawKept) -> Self {
        Self {
            id: raw.id,
            at: raw.at,
            kind: raw.kind,
            outcome: raw.outcome,
            actor: raw.actor,
            person: raw.person_id,
            role: raw.role_id,
            subject: raw.subject_id,
            address: raw.address,
            data: raw.data,
            address_commitment: raw.address_commitment,
            texts_commitment: raw.texts_commitment,
        }
    }
}

const KEPT: &str = "e.seq, e.id, e.at, e.kind, e.outcome, e.actor, e.person_id, e.role_id, e.subject_id, e.address, e.data, \
                    e.address_commitment, e.texts_commitment";

/// Events that wait for their position, with their place in the table, in its order.
///
/// # Errors
/// The database is away.
pub fn pending(r: &mut Reading<'_>, most: i64) -> Result<Vec<(i64, Kept)>, Broken> {
    let raws: Vec<RawKept> =
        sql(format!("SELECT {KEPT} FROM log_pending p JOIN events e ON e.seq = p.seq ORDER BY p.seq LIMIT ?"))
            .bind(&most)
            .all(r)?;
    Ok(raws.into_iter().map(|raw| (raw.seq, raw.into())).collect())
}

/// How many rows go into one statement: few lengths, so that few statements are prepared.
const CHUNKS: [usize; 4] = [512, 64, 8, 1];

/// Gives events their positions, one after the other from `first` on, and takes them off those that wait.
///
/// # Errors
/// One has a position already, or the database is away.
pub fn place(w: &mut Writing<'_>, first: u64, events: &[i64]) -> Result<(), Broken> {
    let (mut position, mut rest) = (signed(first)?, events);
    for chunk in CHUNKS {
        while let Some((now, later)) = rest.split_at_checked(chunk) {
            let places = vec!["(?, ?)"; chunk].join(", ");
            let mut statement = sql(format!("INSERT INTO log_leaves (position, event_seq) VALUES {places}"));
            for seq in now {
                statement = statement.bind(&position).bind(seq);
                position += 1;
            }
            statement.run(w)?;
            rest = later;
        }
    }
    sql("DELETE FROM log_pending WHERE seq IN (SELECT event_seq FROM log_leaves WHERE position >= ? AND position < ?)")
        .bind(&signed(first)?)
        .bind(&position)
        .run(w)?;
    sql("UPDATE log_state SET size = ? WHERE id = 1").bind(&position).run(w)?;
    Ok(())
}

/// An event at its position, with what stands beside it.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its place in the log.
    pub position: u64,
    /// The event.
    pub kept: Kept,
    /// Address and words that can be proved, where they are still there.
    pub beside: Option<Beside>,
    /// All that stands beside it, proved or not.
    pub private: Private,
}

row! {
    /// What stands beside an event, as the table has it.
    #[derive(Clone, Debug, Default)]
    pub struct Private {
        /// From where.
        pub address_beside: Option<String>,
        /// The salt of its commitment.
        pub address_salt: Option<String>,
        /// The words, as JSON.
        pub texts: Option<String>,
        /// The salt of their commitment; gone where they lost what named a person.
        pub texts_salt: Option<String>,
        /// When something of it was erased last.
        pub erased_at: Option<Time>,
    }
}

row! {
    struct RawPlace { position: i64 }
}

impl FromRow for Leaf {
    fn from_row(cells: &dyn Cells) -> diesel::deserialize::Result<Self> {
        let (place, kept) = (RawPlace::from_row(cells)?, RawKept::from_row(cells)?);
        let private = Private::from_row(cells)?;
        let salted =
            |text: &Option<String>, salt: &Option<String>| Some(Salted { text: text.clone()?, salt: salt.clone()? });
        let beside = Beside {
            address: salted(&private.address_beside, &private.address_salt),
            texts: salted(&private.texts, &private.texts_salt),
        };
        Ok(Self {
            position: unsigned(place.position),
            kept: kept.into(),
            beside: Some(beside).filter(|beside| *beside != Beside::default()),
            private,
        })
    }
}

/// Asks for events at their places, with what stands beside them.
fn leaf() -> Statement {
    sql(format!(
        "SELECT l.position, x.address AS address_beside, x.address_salt, x.texts, x.texts_salt, x.erased_at, {KEPT} \
         FROM log_leaves l JOIN events e ON e.seq = l.event_seq LEFT JOIN event_private x ON x.event_id = e.id"
    ))
}

/// Events by position, from one on and before another; those that the database has no more are left out.
///
/// # Errors
/// The database is away.
pub fn leaves(r: &mut Reading<'_>, from: u64, until: u64) -> Result<BTreeMap<u64, Leaf>, Broken> {
    let found: Vec<Leaf> =
        leaf().push(" WHERE l.position >= ? AND l.position < ?").bind(&signed(from)?).bind(&signed(until)?).all(r)?;
    Ok(found.into_iter().map(|leaf| (leaf.position, leaf)).collect())
}

/// The places of the events of a selection among the first `size`, after one place, in their order.
///
/// # Errors
/// The database is away.
pub fn selected(
    r: &mut Reading<'_>,
    filter: &Filter,
    size: u64,
    after: Option<u64>,
    most: i64,
) -> Result<Vec<u64>, Broken> {
    row! { struct At { position: i64 } }
    let mut statement =
        sql("SELECT l.position FROM log_leaves l JOIN events e ON e.seq = l.event_seq WHERE l.position < ?")
            .bind(&signed(size)?);
    if let Some(after) = after {
        statement = statement.push(" AND l.position > ?").bind(&signed(after)?);
    }
    if let Some(person) = &filter.person {
        statement = statement.push(" AND (e.person_id = ? OR e.actor = ?)").bind(person).bind(person);
    }
    let rows: Vec<At> =
        super::super::narrow(statement, filter).push(" ORDER BY l.position LIMIT ?").bind(&most).all(r)?;
    Ok(rows.into_iter().map(|row| unsigned(row.position)).collect())
}

/// The events at these places, which are in their order.
///
/// # Errors
/// The database is away.
pub fn leaves_at(r: &mut Reading<'_>, positions: &[u64]) -> Result<Vec<Leaf>, Broken> {
    let (Some(first), Some(last)) = (positions.first(), positions.last()) else { return Ok(Vec::new()) };
    if last - first + 1 == positions.len() as u64 {
        return Ok(leaves(r, *first, last + 1)?.into_values().collect());
    }
    let (mut found, mut rest) = (Vec::with_capacity(positions.len()), positions);
    for chunk in CHUNKS {
        while let Some((now, later)) = rest.split_at_checked(chunk) {
            let places = vec!["?"; chunk].join(", ");
            let mut statement = leaf().push(&format!(" WHERE l.position IN ({places}) ORDER BY l.position"));
            for position in now {
                statement = statement.bind(&signed(*position)?);
            }
            found.extend(statement.all::<Leaf>(r)?);
            rest = later;
        }
    }
    Ok(found)
}

/// Where events stand in the log, by their place in the table; those that wait for their position are left out.
///
/// # Errors
/// The database is away.
pub fn places(r: &mut Reading<'_>, events: &[i64]) -> Result<BTreeMap<i64, u64>, Broken> {
    row! { struct Placed { event_seq: i64, position: i64 } }
    let (mut found, mut rest) = (BTreeMap::new(), events);
    for chunk in CHUNKS {
        while let Some((now, later)) = rest.split_at_checked(chunk) {
            let asked = vec!["?"; chunk].join(", ");
            let statement = sql(format!("SELECT event_seq, position FROM log_leaves WHERE event_seq IN ({asked})"));
            let placed: Vec<Placed> = now.iter().fold(statement, Statement::bind).all(r)?;
            found.extend(placed.into_iter().map(|one| (one.event_seq, unsigned(one.position))));
            rest = later;
        }
    }
    Ok(found)
}

/// Where an event stands in the log; none where it waits for its position, or there is none.
///
/// # Errors
/// The database is away.
pub fn position(r: &mut Reading<'_>, event: Id<Event>) -> Result<Option<u64>, Broken> {
    let n: Option<i64> =
        sql("SELECT l.position AS n FROM log_leaves l JOIN events e ON e.seq = l.event_seq WHERE e.id = ?")
            .bind(&event)
            .maybe(r)?;
    Ok(n.map(unsigned))
}
