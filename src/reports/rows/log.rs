//! Report 13: whether the log is complete and unaltered, as far as this house can tell by itself: a stranger checks an export.
//!
//! However long the log is, the end of the period is held against the tree here; the whole of it by the daily walks
//! (`walk` among the actions of the log), and what the last of them came to stands beside that.

use super::{Page, Part};
use crate::{
    audit::{
        log::{
            hash,
            note::{self, VerifierKey},
            tree::{Place, range},
        },
        rows::log as rows,
    },
    base::{clock::Time, refusal::Broken},
    db::{Reading, sql, sql::row},
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};
use std::ops::Range;

/// The most events that are looked at one by one; the last ones of the period.
const MOST: u64 = 10_000;
/// After so long an event has its position.
const SECONDS: i64 = 10;

/// What a check found.
struct Check {
    name: &'static str,
    /// Whether it found nothing wrong; none where there was nothing to look at.
    good: Option<bool>,
    /// How many things were looked at.
    looked_at: i64,
    /// How many were wrong.
    wrong: i64,
    /// The first of these, or what else is worth knowing.
    first: String,
}

impl Check {
    fn of(name: &'static str, looked_at: i64, wrong: Vec<String>) -> Self {
        let count = i64::try_from(wrong.len()).unwrap_or(i64::MAX);
        let first = wrong.into_iter().next().unwrap_or_default();
        Self { name, good: (looked_at > 0).then_some(count == 0), looked_at, wrong: count, first }
    }

    fn line(self) -> Line {
        vec![
            Cell::word(self.name),
            self.good.map_or(Cell::None, Cell::Flag),
            Cell::Number(self.looked_at),
            Cell::Number(self.wrong),
            Cell::text(self.first),
        ]
    }
}

/// What was looked at, and what is no fault by itself.
struct Looked {
    checks: Vec<Check>,
    /// How many events have words or an address that nothing proves.
    unproved: i64,
    /// How many events are dated before others that stand before them, and the first of these.
    late: (i64, Option<u64>),
    /// Whether every event was held against the tree: here, or by a walk not long ago.
    all: bool,
}

fn checks(r: &mut Reading<'_>, asked: &Asked, signed: Option<&rows::Signed>) -> Result<Looked, Broken> {
    let mut checks = vec![waiting(r, asked.at)?, guarded(r)?, outside(r)?];
    let Some(signed) = signed else {
        checks.push(Check::of("signature", 0, Vec::new()));
        return Ok(Looked { checks, unproved: 0, late: (0, None), all: true });
    };
    let mut tiles = rows::Tiles::default();
    // A key may be younger than the moment: what names it stands in the log as it is now.
    let last = rows::last_checkpoint(r)?.map_or(signed.size, |last| last.size);
    let (named, keys) = keys(r, last, &mut tiles)?;
    checks.push(named);
    checks.push(signature(r, signed, &keys, &mut tiles)?);
    let stretch = stretch(r, asked, signed.size)?;
    let found = match &stretch {
        Some(stretch) => {
            checks.push(listed(r, stretch)?);
            rows::Walker::new(r, signed.size, None)?.walk(r, stretch.positions.start, stretch.positions.end)?
        }
        None => rows::Found::default(),
    };
    checks.push(Check::of("positions", found.looked_at, found.empty));
    checks.push(Check::of("events", found.looked_at, found.altered));
    checks.push(Check::of("beside", found.beside, found.forged));
    let walks = rows::walks(r, asked.at)?;
    let vouched = walks.vouch(asked.at);
    checks.push(whole(&walks, vouched));
    Ok(Looked {
        checks,
        unproved: found.unproved,
        late: late(walks.whole.as_ref(), &found.late),
        all: vouched.is_some() || stretch.is_some_and(|stretch| stretch.positions == (0..signed.size)),
    })
}

/// What the walks through the whole log have come to.
fn whole(walks: &rows::Walks, vouched: Option<bool>) -> Check {
    let (wrong, first) = walks.wrong();
    let looked_at = walks.whole.as_ref().or(walks.under_way.as_ref()).map_or(0, |walk| walk.size);
    Check {
        name: "whole",
        good: vouched,
        looked_at: i64::try_from(looked_at).unwrap_or(i64::MAX),
        wrong,
        first: first.unwrap_or_default().to_owned(),
    }
}

/// How many events are dated back: those that the last walk has met, and those after it.
fn late(walked: Option<&rows::Walk>, here: &[u64]) -> (i64, Option<u64>) {
    let (before, first, size) = walked.map_or((0, None, 0), |walk| (walk.late, walk.first_late, walk.size));
    let mut after = here.iter().copied().filter(|position| *position >= size);
    let next = after.next();
    let more = i64::try_from(after.count()).unwrap_or(i64::MAX) + i64::from(next.is_some());
    (before.saturating_add(more), first.or(next))
}

/// Events that should have had their position by the moment, and have none. The sum keeps SQLite from looking through all events by
/// their time, where few wait.
fn waiting(r: &mut Reading<'_>, at: Time) -> Result<Check, Broken> {
    let late: Vec<String> =
        sql("SELECT e.id AS word FROM log_pending p JOIN events e ON e.seq = p.seq WHERE e.at + 0 <= ? \
                                 ORDER BY p.seq LIMIT 1000")
        .bind(&at.plus_seconds(-SECONDS))
        .all(r)?;
    let all: i64 = sql("SELECT COUNT(*) AS n FROM log_pending").one(r)?;
    Ok(Check { good: Some(late.is_empty()), ..Check::of("waiting", all.max(1), late) })
}

/// Events that the log has passed by: they have no position, and do not wait for one.
fn listed(r: &mut Reading<'_>, stretch: &Stretch) -> Result<Check, Broken> {
    let passed = rows::passed_by(r, stretch.after, stretch.last)?;
    let all: i64 = sql("SELECT COUNT(*) AS n FROM events WHERE seq > ? AND seq <= ?")
        .bind(&stretch.after)
        .bind(&stretch.last)
        .one(r)?;
    Ok(Check::of("listed", all, passed))
}

/// What the database itself refuses: changing and deleting events, and passing one by.
fn guarded(r: &mut Reading<'_>) -> Result<Check, Broken> {
    let (needed, missing) = rows::unguarded(r)?;
    Ok(Check::of("guarded", i64::try_from(needed).unwrap_or_default(), missing))
}

/// Every key that is kept is one that the log names; and which of them do check notes.
fn keys(r: &mut Reading<'_>, size: u64, tiles: &mut rows::Tiles) -> Result<(Check, Vec<VerifierKey>), Broken> {
    let all = rows::keys(r)?;
    let (mut wrong, mut named) = (Vec::new(), Vec::new());
    for key in &all {
        if rows::is_named(r, key, size, tiles)? {
            named.extend(key.verifier.parse::<VerifierKey>());
        } else {
            wrong.push(key.id.clone());
        }
    }
    Ok((Check::of("keys", i64::try_from(all.len()).unwrap_or(i64::MAX), wrong), named))
}

/// No place outside is said to have more than the log has: it would be sent nothing more.
fn outside(r: &mut Reading<'_>) -> Result<Check, Broken> {
    let last = rows::last_checkpoint(r)?.map_or(0, |last| last.size);
    let (all, more) = rows::claims(r, last)?;
    Ok(Check::of("outside", all, more))
}

/// The last checkpoint is signed by a key of this log, and speaks of the tree that is kept; and no event has a position that no
/// checkpoint is of.
fn signature(
    r: &mut Reading<'_>,
    signed: &rows::Signed,
    keys: &[VerifierKey],
    tiles: &mut rows::Tiles,
) -> Result<Check, Broken> {
    let beyond: Option<i64> = sql("SELECT s.size AS n FROM log_state s WHERE s.size <> \
                                   (SELECT COALESCE(MAX(c.size), 0) FROM log_checkpoints c)")
    .maybe(r)?;
    let mut wrong: Vec<String> = beyond.map(|size| format!("size {size}")).into_iter().collect();
    match note::open(&signed.note, keys) {
        Err(refusal) => wrong.push(refusal.to_string()),
        Ok(said) => {
            let mut tile = |place| tiles.get(r, place);
            let missing = |(level, index): Place| Broken::defect(format!("tile {level}/{index}"));
            match range(0, signed.size, &mut tile, &missing) {
                Ok(root) if said.size == signed.size && said.root == root => {}
                Ok(root) => wrong.push(hash::written(&root)),
                Err(Broken::Defect(words)) => wrong.push(words.to_string()),
                Err(broken) => return Err(broken),
            }
        }
    }
    Ok(Check::of("signature", 1, wrong))
}

/// A part of the log: positions, and where their events stand in the table: after one place, up to another.
struct Stretch {
    positions: Range<u64>,
    after: i64,
    last: i64,
}

row! {
    /// An event that stands at an end of a period.
    struct At { seq: i64, position: Option<i64> }
}

impl At {
    fn position(&self) -> Option<u64> {
        self.position.and_then(|position| u64::try_from(position).ok())
    }
}

/// The event that is dated next to an instant: the first from it on, or the last before it.
fn beside(r: &mut Reading<'_>, at: Time, before: bool) -> Result<Option<At>, Broken> {
    let next = if before { "at < ? ORDER BY at DESC, seq DESC" } else { "at >= ? ORDER BY at, seq" };
    sql(format!(
        "SELECT e.seq, l.position FROM (SELECT seq FROM events WHERE {next} LIMIT 1) e \
         LEFT JOIN log_leaves l ON l.event_seq = e.seq"
    ))
    .bind(&at)
    .maybe(r)
}

/// The last [`MOST`] events of the period that the tree of `size` has; none where it has none of it. Dates prove nothing: where those
/// at an end of the period do not agree with the order of the log, the longer part is looked at.
fn stretch(r: &mut Reading<'_>, asked: &Asked, size: u64) -> Result<Option<Stretch>, Broken> {
    row! { struct Ends { first: Option<i64>, last: Option<i64> } }
    let (Some(first), Some(last)) = (beside(r, asked.from, false)?, beside(r, asked.until, true)?) else {
        return Ok(None);
    };
    let (earlier, later) = (beside(r, asked.from, true)?, beside(r, asked.until, false)?);
    let after = |at: &At| at.position().map(|position| position + 1);
    let from = earlier.as_ref().map_or(Some(0), after).into_iter().chain(first.position()).min().unwrap_or(0);
    let end = later.as_ref().map_or(Some(size), At::position);
    let until = after(&last).into_iter().chain(end).max().unwrap_or(size).min(size);
    let positions = from.max(until.saturating_sub(MOST))..until;
    if positions.is_empty() {
        return Ok(None);
    }
    let bound = |position: u64| i64::try_from(position).map_err(Broken::defect);
    // Added to, lest PostgreSQL looks for the least of all events along the index, from the oldest on.
    let ends: Ends = sql("SELECT MIN(event_seq + 0) AS first, MAX(event_seq + 0) AS last FROM log_leaves \
                          WHERE position >= ? AND position < ?")
    .bind(&bound(positions.start)?)
    .bind(&bound(positions.end)?)
    .one(r)?;
    let last = ends.last.unwrap_or(last.seq);
    let first = ends.first.unwrap_or(first.seq);
    let after = if positions.start == 0 { i64::MIN } else { first.saturating_sub(1) };
    // What came after the last of them, and before what is dated later, belongs to the period.
    let beyond = later.map_or(i64::MAX, |at| at.seq.saturating_sub(1));
    let last = beyond.clamp(last, last.saturating_add(bound(MOST)?));
    Ok(Some(Stretch { positions, after, last }))
}

/// The checks, and what they come to: looked at once for both.
pub(super) fn answer(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<(Page, Vec<Figure>), Broken> {
    let signed = rows::checkpoint_by(r, asked.at)?;
    let Looked { checks, unproved, late: (late, first), all } = checks(r, asked, signed.as_ref())?;
    let wrong = checks.iter().any(|check| check.good == Some(false));
    // Where nothing was signed yet, or not all of it was looked at, there is nothing to vouch for: that is neither good nor bad.
    let sound = (wrong || (signed.is_some() && all)).then_some(!wrong);
    let events = signed.as_ref().map_or(0, |signed| i64::try_from(signed.size).unwrap_or(i64::MAX));
    let mut figures = vec![
        Figure { name: "log_sound", cell: sound.map_or(Cell::None, Cell::Flag), good: sound },
        Figure::count("log_events", events),
    ];
    figures.push(match signed {
        Some(signed) => Figure { name: "log_signed", cell: Cell::Moment(signed.at), good: None },
        None => Figure::answer("nothing_signed_yet", true),
    });
    figures.push(Figure::count("log_unproved", unproved));
    figures.push(Figure::never("log_out_of_time", late));
    if let Some(first) = first {
        figures.push(Figure::count("log_first_out_of_time", i64::try_from(first).unwrap_or(i64::MAX)));
    }
    let mut lines: Vec<(String, Line)> =
        checks.into_iter().enumerate().map(|(place, check)| (format!("{place:02}"), check.line())).collect();
    lines.retain(|(key, _)| part.after.is_none_or(|after| key.as_str() > after));
    Ok((Page::cut(lines, part.most), figures))
}
