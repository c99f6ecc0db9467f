//! Report 13: whether the log is complete and unaltered, as far as this house can tell by itself: a stranger checks an export.

mod beside;

use super::{Page, Part};
use crate::{
    audit::{
        log::{
            entry,
            hash::{self, Hash},
            note::{self, VerifierKey},
            tree::{Place, WIDTH, is_full, range},
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
use beside::{Erasures, Worth, worth};
use std::collections::HashSet;

/// The most events whose bytes are held against their hash; the last ones of the period.
const MOST: u64 = 50_000;
/// So many at a time.
const SOME: u64 = 1_000;
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

/// The checkpoint that was signed last by the moment.
fn checkpoint(r: &mut Reading<'_>, at: Time) -> Result<Option<rows::Signed>, Broken> {
    row! { struct Size { size: Option<i64> } }
    let last: Size = sql("SELECT MAX(size) AS size FROM log_checkpoints WHERE at <= ?").bind(&at).one(r)?;
    match last.size.and_then(|size| u64::try_from(size).ok()) {
        Some(size) => rows::checkpoint(r, size),
        None => Ok(None),
    }
}

/// What was looked at, and what is no fault by itself.
struct Looked {
    checks: Vec<Check>,
    /// How many events have words or an address that nothing proves.
    unproved: i64,
    /// How many events are dated before others that stand before them, and the first of these.
    late: (i64, Option<u64>),
}

fn checks(r: &mut Reading<'_>, asked: &Asked, signed: Option<&rows::Signed>) -> Result<Looked, Broken> {
    let mut checks = vec![waiting(r, asked.at)?, listed(r, asked.at)?, guarded(r)?, outside(r)?];
    let Some(signed) = signed else {
        checks.push(Check::of("signature", 0, Vec::new()));
        return Ok(Looked { checks, unproved: 0, late: (0, None) });
    };
    let mut tiles = rows::Tiles::default();
    // A key may be younger than the moment: what names it stands in the log as it is now.
    let last = rows::last_checkpoint(r)?.map_or(signed.size, |last| last.size);
    let (named, keys) = keys(r, last, &mut tiles)?;
    checks.push(named);
    checks.push(signature(r, signed, &keys, &mut tiles)?);
    checks.push(positions(r, signed.size)?);
    let (bytes, unproved) = bytes(r, asked, signed.size, &mut tiles)?;
    checks.extend(bytes);
    Ok(Looked { checks, unproved, late: rows::out_of_time(r, signed.size)? })
}

/// Events that should have had their position by the moment, and have none.
fn waiting(r: &mut Reading<'_>, at: Time) -> Result<Check, Broken> {
    let late: Vec<String> =
        sql("SELECT e.id AS word FROM log_pending p JOIN events e ON e.seq = p.seq WHERE e.at <= ? \
                                 ORDER BY p.seq LIMIT 1000")
        .bind(&at.plus_seconds(-SECONDS))
        .all(r)?;
    let all: i64 = sql("SELECT COUNT(*) AS n FROM log_pending").one(r)?;
    Ok(Check { good: Some(late.is_empty()), ..Check::of("waiting", all.max(1), late) })
}

/// Events that the log has passed by: they have no position, and do not wait for one.
fn listed(r: &mut Reading<'_>, at: Time) -> Result<Check, Broken> {
    let passed: Vec<String> = sql("SELECT e.id AS word FROM events e WHERE e.at <= ? \
                                   AND NOT EXISTS (SELECT 1 FROM log_leaves l WHERE l.event_seq = e.seq) \
                                   AND NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.seq = e.seq) \
                                   ORDER BY e.seq LIMIT 1000")
    .bind(&at)
    .all(r)?;
    let all: i64 = sql("SELECT COUNT(*) AS n FROM events WHERE at <= ?").bind(&at).one(r)?;
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

/// Every position is taken, by an event that is there.
fn positions(r: &mut Reading<'_>, size: u64) -> Result<Check, Broken> {
    row! { struct Counts { leaves: i64, events: i64 } }
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let counts: Counts = sql("SELECT COUNT(*) AS leaves, COUNT(e.seq) AS events FROM log_leaves l \
                              LEFT JOIN events e ON e.seq = l.event_seq WHERE l.position < ?")
    .bind(&size)
    .one(r)?;
    let lost = (size - counts.leaves) + (counts.leaves - counts.events);
    Ok(Check { wrong: lost, good: Some(lost == 0), ..Check::of("positions", size, Vec::new()) })
}

/// The full tiles over a leaf that do not come to what the tile above keeps of them. The signature is of the highest tiles alone:
/// what lies below is what was signed only where each tile comes to its hash in the next.
fn untied(
    r: &mut Reading<'_>,
    position: u64,
    size: u64,
    tiles: &mut rows::Tiles,
    tied: &mut HashSet<Place>,
) -> Result<Vec<String>, Broken> {
    let (mut wrong, mut place) = (Vec::new(), (0, position / WIDTH));
    while is_full(place, size) && tied.insert(place) {
        let (level, index) = place;
        let above = (level + 1, index / WIDTH);
        let kept = hash_at(&tiles.get(r, above)?, index);
        if kept != Some(hash::root(&tiles.get(r, place)?)) {
            wrong.push(format!("tile {level}/{index}"));
        }
        place = above;
    }
    Ok(wrong)
}

/// The hash of a tile that belongs to a leaf, or to a tile below.
fn hash_at(tile: &[Hash], index: u64) -> Option<Hash> {
    usize::try_from(index % WIDTH).ok().and_then(|place| tile.get(place).copied())
}

/// The events of the period, byte by byte; what stands beside them and was not erased; and of how many of them nothing proves that.
fn bytes(r: &mut Reading<'_>, asked: &Asked, size: u64, tiles: &mut rows::Tiles) -> Result<([Check; 2], i64), Broken> {
    row! { struct Ends { first: Option<i64>, last: Option<i64> } }
    let ends: Ends = sql("SELECT (SELECT MIN(l.position) FROM log_leaves l JOIN events e ON e.seq = l.event_seq \
                          WHERE e.seq >= (SELECT MIN(seq) FROM events WHERE at >= ?)) AS first, \
                          (SELECT MAX(l.position) FROM log_leaves l JOIN events e ON e.seq = l.event_seq \
                          WHERE e.seq <= (SELECT MAX(seq) FROM events WHERE at < ?)) AS last")
    .bind(&asked.from)
    .bind(&asked.until)
    .one(r)?;
    let at = |position: Option<i64>| position.and_then(|position| u64::try_from(position).ok());
    let (Some(first), Some(last)) = (at(ends.first), at(ends.last)) else {
        return Ok(([Check::of("events", 0, Vec::new()), Check::of("beside", 0, Vec::new())], 0));
    };
    let (erasures, begun) = (Erasures::read(r)?, rows::begun_at(r)?);
    let until = (last + 1).min(size);
    let mut from = first.max(until.saturating_sub(MOST));
    let mut tied = HashSet::new();
    let (mut altered, mut forged) = (Vec::new(), Vec::new());
    let (mut looked, mut beside, mut unproved) = (0_i64, 0_i64, 0_i64);
    while from < until {
        let next = (from + SOME).min(until);
        let leaves = rows::leaves(r, from, next)?;
        for position in from..next {
            looked += 1;
            altered.extend(untied(r, position, size, tiles, &mut tied)?);
            let Some(leaf) = leaves.get(&position) else {
                altered.push(format!("{position}"));
                continue;
            };
            let kept = hash_at(&tiles.get(r, (0, position / WIDTH))?, position);
            if kept != Some(hash::leaf(&entry::entry(&leaf.kept)?)) {
                altered.push(leaf.kept.id.clone());
            }
            let worth = worth(leaf, &erasures, begun.is_none_or(|begun| position < begun));
            beside += i64::from(worth.iter().any(|worth| *worth != Worth::Nothing));
            if worth.contains(&Worth::Wrong) {
                forged.push(leaf.kept.id.clone());
            } else if worth.contains(&Worth::Unproved) {
                unproved += 1;
            }
        }
        from = next;
    }
    Ok(([Check::of("events", looked, altered), Check::of("beside", beside, forged)], unproved))
}

/// The checks, and what they come to: looked at once for both.
pub(super) fn answer(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<(Page, Vec<Figure>), Broken> {
    let signed = checkpoint(r, asked.at)?;
    let Looked { checks, unproved, late: (late, first) } = checks(r, asked, signed.as_ref())?;
    let wrong = checks.iter().any(|check| check.good == Some(false));
    // Where nothing was signed yet there is nothing to vouch for: that is neither good nor bad.
    let sound = (wrong || signed.is_some()).then_some(!wrong);
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
