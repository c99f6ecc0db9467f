//! Whether two results say the same: typed, NULL-aware, with or without order.

use super::table::{Cell, Row, Table};
use crate::curriculum::question::{Comparison, Names, RowOrder};
use rust_decimal::prelude::ToPrimitive;
use std::{cmp::Ordering, collections::BTreeMap};

/// How many rows of each kind a difference shows.
const SHOWN: usize = 3;
/// How a learner's result differs from the solution's.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// Another number of columns.
    Width {
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Other names of columns.
    Names {
        /// Names that should be there.
        missing: Vec<String>,
        /// Names that should not.
        surplus: Vec<String>,
    },
    /// Other rows.
    Rows {
        /// Some of the rows that should be there.
        missing: Vec<Row>,
        /// How many are missing.
        missing_total: usize,
        /// Some of the rows that should not be there, or not so often.
        surplus: Vec<Row>,
        /// How many are too many.
        surplus_total: usize,
    },
    /// The right rows in the wrong order, from this row on (from 1).
    Order {
        /// The first row that stands wrong.
        row: usize,
    },
}

/// Compares a learner's result with the solution's. `ties` gives each of the solution's rows the number of its group:
/// rows of one group may stand in any order among themselves; none means that order does not count.
#[must_use]
pub fn differ(expected: &Table, found: &Table, how: &Comparison, ties: Option<&[usize]>) -> Option<Difference> {
    let arranged = match arrange(expected, found, how) {
        Ok(arranged) => arranged,
        Err(difference) => return Some(difference),
    };
    let tolerance = how.tolerance.to_f64().unwrap_or(0.0);
    let mut right: Vec<&Row> = expected.rows.iter().collect();
    let mut theirs: Vec<&Row> = arranged.iter().collect();
    if how.rows == RowOrder::Set {
        dedupe(&mut right, tolerance);
        dedupe(&mut theirs, tolerance);
    }
    let (missing, surplus) = unmatched(&right, &theirs, tolerance);
    if !missing.is_empty() || !surplus.is_empty() {
        let some = |rows: &[&Row]| rows.iter().take(SHOWN).map(|row| (*row).clone()).collect();
        return Some(Difference::Rows {
            missing: some(&missing),
            missing_total: missing.len(),
            surplus: some(&surplus),
            surplus_total: surplus.len(),
        });
    }
    let list: Vec<usize>;
    let groups = match (how.rows, ties) {
        (RowOrder::List, _) => {
            list = (0..expected.rows.len()).collect();
            &list
        }
        (RowOrder::Bag, Some(ties)) => ties,
        _ => return None,
    };
    order(&expected.rows, &arranged, groups, tolerance).map(|row| Difference::Order { row })
}

/// The learner's rows with their columns where the solution has them.
fn arrange(expected: &Table, found: &Table, how: &Comparison) -> Result<Vec<Row>, Difference> {
    let (wide, theirs) = (expected.columns.len(), found.columns.len());
    if !how.by_name && wide != theirs {
        return Err(Difference::Width { expected: wide, found: theirs });
    }
    let lower = |names: &[String]| names.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>();
    let (wanted, have) = (lower(&expected.columns), lower(&found.columns));
    if how.by_name || how.names == Names::Match {
        let missing: Vec<String> = wanted.iter().filter(|name| !have.contains(name)).cloned().collect();
        let surplus: Vec<String> = have.iter().filter(|name| !wanted.contains(name)).cloned().collect();
        if !missing.is_empty() || !surplus.is_empty() {
            return Err(Difference::Names { missing, surplus });
        }
        if wide != theirs {
            return Err(Difference::Width { expected: wide, found: theirs });
        }
    }
    if !how.by_name {
        if how.names == Names::Match && wanted != have {
            return Err(Difference::Names { missing: wanted, surplus: have });
        }
        return Ok(found.rows.clone());
    }
    // Columns of the same name keep their order among themselves.
    let mut free: Vec<Option<&String>> = have.iter().map(Some).collect();
    let mut places = Vec::with_capacity(wide);
    for name in &wanted {
        let place = free.iter().position(|free| *free == Some(name));
        let Some(place) = place else {
            return Err(Difference::Names { missing: vec![name.clone()], surplus: Vec::new() });
        };
        if let Some(slot) = free.get_mut(place) {
            *slot = None;
        }
        places.push(place);
    }
    let arranged = |row: &Row| places.iter().map(|place| row.get(*place).cloned().unwrap_or(Cell::Null)).collect();
    Ok(found.rows.iter().map(arranged).collect())
}

/// The rows of each side that have no partner on the other.
fn unmatched<'a>(right: &[&'a Row], theirs: &[&'a Row], tolerance: f64) -> (Vec<&'a Row>, Vec<&'a Row>) {
    // What is exactly the same cancels first; only what remains is compared with the tolerance.
    let mut count: BTreeMap<Vec<Key<'a>>, Vec<&'a Row>> = BTreeMap::new();
    for row in right.iter().rev() {
        count.entry(keys(row)).or_default().push(row);
    }
    let mut surplus = Vec::new();
    for row in theirs {
        match count.get_mut(&keys(row)) {
            Some(held) if !held.is_empty() => drop(held.pop()),
            _ => surplus.push(*row),
        }
    }
    let mut left: BTreeMap<*const Row, usize> = BTreeMap::new();
    for row in count.values().flatten() {
        *left.entry(std::ptr::from_ref(*row)).or_default() += 1;
    }
    let mut missing: Vec<&Row> = Vec::new();
    for row in right {
        if let Some(held) = left.get_mut(&std::ptr::from_ref(*row)).filter(|held| **held > 0) {
            *held -= 1;
            missing.push(*row);
        }
    }
    surplus.retain(|row| {
        let partner = missing.iter().position(|wanted| same_row(wanted, row, tolerance));
        partner.map(|at| missing.remove(at)).is_none()
    });
    (missing, surplus)
}

fn dedupe(rows: &mut Vec<&Row>, tolerance: f64) {
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|row| seen.insert(keys(row)));
    // What differs by less than the tolerance is one row, too.
    if rows.iter().any(|row| row.iter().any(|cell| matches!(cell, Cell::Real(_)))) && rows.len() <= 1_000 {
        let mut kept: Vec<&Row> = Vec::new();
        for row in rows.iter() {
            if !kept.iter().any(|other| same_row(other, row, tolerance)) {
                kept.push(row);
            }
        }
        *rows = kept;
    }
}

/// The first row, from 1, that does not belong to the group that stands there in the solution.
fn order(right: &[Row], theirs: &[Row], groups: &[usize], tolerance: f64) -> Option<usize> {
    let mut from = 0;
    while from < right.len() {
        let group = groups.get(from);
        let to = (from..right.len()).find(|at| groups.get(*at) != group).unwrap_or(right.len());
        let block: Vec<&Row> = right.get(from..to).unwrap_or_default().iter().collect();
        let there: Vec<&Row> = theirs.get(from..to).unwrap_or_default().iter().collect();
        let (_, strange) = unmatched(&block, &there, tolerance);
        if let Some(first) = strange.first() {
            let at = there.iter().position(|row| std::ptr::eq(*row, *first)).unwrap_or(0);
            return Some(from + at + 1);
        }
        from = to;
    }
    None
}

/// Whether two rows are the same.
#[must_use]
pub fn same_row(one: &[Cell], other: &[Cell], tolerance: f64) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other, tolerance))
}

/// Whether two values are the same: NULL is NULL, numbers within the tolerance, texts and blobs exactly.
#[must_use]
pub fn same(one: &Cell, other: &Cell, tolerance: f64) -> bool {
    match (one, other) {
        (Cell::Integer(one), Cell::Integer(other)) => one == other,
        (Cell::Integer(_) | Cell::Real(_), Cell::Integer(_) | Cell::Real(_)) => {
            let (one, other) = (number(one), number(other));
            one.total_cmp(&other) == Ordering::Equal
                || (one - other).abs() <= tolerance * one.abs().max(other.abs()).max(1.0)
        }
        (one, other) => one == other,
    }
}

fn number(cell: &Cell) -> f64 {
    match cell {
        #[expect(clippy::cast_precision_loss, reason = "compared within a tolerance")]
        Cell::Integer(number) => *number as f64,
        Cell::Real(number) => *number,
        _ => f64::NAN,
    }
}

/// A value by which exactly equal values meet, an integer and the real of the same value among them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Null,
    Integer(i64),
    Real(u64),
    Text(&'a str),
    Blob(&'a [u8]),
}

fn keys(row: &Row) -> Vec<Key<'_>> {
    row.iter()
        .map(|cell| match cell {
            Cell::Null => Key::Null,
            Cell::Integer(number) => Key::Integer(*number),
            #[expect(clippy::cast_possible_truncation, reason = "whole and far within the range")]
            Cell::Real(number) if number.fract() == 0.0 && number.abs() < 9e15 => Key::Integer(*number as i64),
            Cell::Real(number) => Key::Real(number.to_bits()),
            Cell::Text(text) => Key::Text(text),
            Cell::Blob(bytes) => Key::Blob(bytes),
        })
        .collect()
}
