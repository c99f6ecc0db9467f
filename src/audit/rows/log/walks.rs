//! The walks through the whole log: how far the one under way is, and what those before it came to.

use super::{signed, unsigned};
use crate::{
    base::{clock::Time, refusal::Broken},
    db::{Reading, Writing, sql, sql::row},
};

/// A walk from the first event to the one that was the last when it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// When it began: its name.
    pub begun_at: Time,
    /// How many events it goes through.
    pub size: u64,
    /// The place in their table up to which it looks for events that were passed by.
    pub last_seq: i64,
    /// The next position to look at.
    pub position: u64,
    /// The place in the table up to which it has looked.
    pub seq: i64,
    /// The latest date so far.
    pub latest: Option<Time>,
    /// How much was wrong.
    pub wrong: i64,
    /// The first of that.
    pub first_wrong: Option<String>,
    /// How many events were dated back.
    pub late: i64,
    /// The position of the first of these.
    pub first_late: Option<u64>,
    /// When it had gone through all; none while it is under way.
    pub ended_at: Option<Time>,
}

row! {
    struct Raw {
        begun_at: Time,
        size: i64,
        last_seq: i64,
        position: i64,
        seq: i64,
        latest: Option<Time>,
        wrong: i64,
        first_wrong: Option<String>,
        late: i64,
        first_late: Option<i64>,
        ended_at: Option<Time>,
    }
}

impl From<Raw> for Walk {
    fn from(raw: Raw) -> Self {
        Self {
            begun_at: raw.begun_at,
            size: unsigned(raw.size),
            last_seq: raw.last_seq,
            position: unsigned(raw.position),
            seq: raw.seq,
            latest: raw.latest,
            wrong: raw.wrong,
            first_wrong: raw.first_wrong,
            late: raw.late,
            first_late: raw.first_late.map(unsigned),
            ended_at: raw.ended_at,
        }
    }
}

const COLUMNS: &str = "begun_at, size, last_seq, position, seq, latest, wrong, first_wrong, late, first_late, ended_at";

/// The walk that began last by now: one that a wrong clock dated ahead is none yet.
///
/// # Errors
/// The database is away.
pub fn last_walk(r: &mut Reading<'_>, now: Time) -> Result<Option<Walk>, Broken> {
    let raw: Option<Raw> =
        sql(format!("SELECT {COLUMNS} FROM log_walks WHERE begun_at <= ? ORDER BY begun_at DESC LIMIT 1"))
            .bind(&now)
            .maybe(r)?;
    Ok(raw.map(Walk::from))
}

/// The walk that had gone through all by a moment, the last of those.
///
/// # Errors
/// The database is away.
pub fn walked(r: &mut Reading<'_>, by: Time) -> Result<Option<Walk>, Broken> {
    let raw: Option<Raw> =
        sql(format!("SELECT {COLUMNS} FROM log_walks WHERE ended_at <= ? ORDER BY ended_at DESC LIMIT 1"))
            .bind(&by)
            .maybe(r)?;
    Ok(raw.map(Walk::from))
}

/// What the walks have come to by a moment: the one that had gone through all, and what the one under way has found wrong so far.
#[derive(Clone, Debug, Default)]
pub struct Walks {
    /// The last that had gone through all.
    pub whole: Option<Walk>,
    /// The one under way, where it has found something.
    pub under_way: Option<Walk>,
}

/// A walk begins each day: so many seconds after the beginning of the last whole one, it vouches for nothing any more.
const STALE_SECONDS: i64 = 3 * 86_400;

impl Walks {
    /// How much is known to be wrong, and the first of that.
    #[must_use]
    pub fn wrong(&self) -> (i64, Option<&str>) {
        let found = [&self.under_way, &self.whole].into_iter().flatten().find(|walk| walk.wrong > 0);
        found.map_or((0, None), |walk| (walk.wrong, walk.first_wrong.as_deref()))
    }

    /// Whether the walks vouch for the whole log at a moment; none where none has gone through it lately.
    #[must_use]
    pub fn vouch(&self, at: Time) -> Option<bool> {
        if self.wrong().0 > 0 {
            return Some(false);
        }
        let fresh = |walk: &&Walk| at.micros_since(walk.begun_at) <= STALE_SECONDS * 1_000_000;
        self.whole.as_ref().filter(fresh).map(|_| true)
    }
}

/// What the walks have come to by a moment.
///
/// # Errors
/// The database is away.
pub fn walks(r: &mut Reading<'_>, by: Time) -> Result<Walks, Broken> {
    let under_way = |walk: &Walk| walk.wrong > 0 && walk.ended_at.is_none_or(|ended| ended > by);
    Ok(Walks { whole: walked(r, by)?, under_way: last_walk(r, by)?.filter(under_way) })
}

/// Before every event's place in the table, whatever somebody has put there.
const BEFORE_ALL: i64 = i64::MIN;

/// Begins a walk through the first `size` events; none where there are none, or one began at this very instant.
///
/// # Errors
/// The database is away.
pub fn begin_walk(w: &mut Writing<'_>, size: u64) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO log_walks (begun_at, size, last_seq, position, seq, wrong, late) \
         SELECT ?, l.position + 1, l.event_seq, 0, ?, 0, 0 FROM log_leaves l WHERE l.position = ? ON CONFLICT DO NOTHING")
    .bind(&now)
    .bind(&BEFORE_ALL)
    .bind(&(signed(size)? - 1))
    .run(w)?;
    Ok(())
}

/// Keeps how far a walk has come, unless somebody else has gone on with it from where it was; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn keep_walk(w: &mut Writing<'_>, was: &Walk, is: &Walk) -> Result<bool, Broken> {
    let first_late = is.first_late.map(signed).transpose()?;
    let kept = sql("UPDATE log_walks SET position = ?, seq = ?, latest = ?, wrong = ?, first_wrong = ?, late = ?, first_late = ?, ended_at = ? \
         WHERE begun_at = ? AND position = ? AND seq = ? AND ended_at IS NULL")
    .bind(&signed(is.position)?)
    .bind(&is.seq)
    .bind(&is.latest)
    .bind(&is.wrong)
    .bind(&is.first_wrong)
    .bind(&is.late)
    .bind(&first_late)
    .bind(&is.ended_at)
    .bind(&was.begun_at)
    .bind(&signed(was.position)?)
    .bind(&was.seq)
    .run(w)?;
    Ok(kept == 1)
}
