//! By what a solution sorts: which of its rows are ties, so that a learner's rows may stand in any order among them.

use super::{
    image::Image,
    table::{Cell, Table},
    tokens::{Token, tokens},
};

/// The sort of a statement's outermost selection.
#[derive(Debug)]
struct Sort<'a> {
    /// Each key without its direction.
    keys: Vec<Vec<Token<'a>>>,
    /// Where the outermost FROM of the last selection begins, in bytes; none without one.
    from: Option<usize>,
    /// Whether columns cannot be added: a compound, or a DISTINCT.
    closed: bool,
}

/// Whether the outermost selection has an ORDER BY, and whether it has a LIMIT.
#[must_use]
pub fn ends(sql: &str) -> (bool, bool) {
    let all = tokens(sql);
    let limit = outermost(&all).any(|(_, token)| token.is("limit"));
    (sort(&all).is_some(), limit)
}

/// The group of ties of each of the solution's rows; none where it does not sort.
///
/// A key that is a number or the name of a column of the result is read off the result. Any other key is added to the
/// statement as a further column and read off there. Where that cannot be done, no two rows are ties.
#[must_use]
pub fn ties(sql: &str, result: &Table, image: &Image) -> Option<Vec<usize>> {
    let all = tokens(sql);
    let sort = sort(&all)?;
    let own: Vec<Option<usize>> = sort.keys.iter().map(|key| column(key, &result.columns)).collect();
    let mut columns: Vec<usize> = own.iter().flatten().copied().collect();
    if own.iter().all(Option::is_some) {
        return Some(groups(result, &columns));
    }
    match wider(sql, &sort, &own, result, image) {
        Some(wide) => {
            columns.extend(result.columns.len()..wide.columns.len());
            Some(groups(&wide, &columns))
        }
        None => Some((0..result.rows.len()).collect()),
    }
}

fn outermost<'a, 'b>(all: &'b [Token<'a>]) -> impl Iterator<Item = (usize, &'b Token<'a>)> {
    let mut depth = 0_usize;
    all.iter().enumerate().filter(move |(_, token)| {
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth = depth.saturating_sub(1);
        }
        depth == 0
    })
}

fn sort<'a>(all: &[Token<'a>]) -> Option<Sort<'a>> {
    let order = outermost(all).filter(|(_, token)| token.is("order")).last()?.0;
    if !all.get(order + 1)?.is("by") {
        return None;
    }
    let select = outermost(all).filter(|(at, token)| *at < order && token.is("select")).last()?.0;
    let from = outermost(all).find(|(at, token)| *at > select && *at < order && token.is("from")).map(|(_, t)| t.at);
    let mut closed = all.get(select + 1)?.is("distinct");
    closed |= outermost(all).any(|(_, token)| ["union", "intersect", "except"].iter().any(|word| token.is(word)));
    let mut keys = vec![Vec::new()];
    let mut depth = 0_usize;
    for token in all.get(order + 2..)? {
        if depth == 0 && (token.is("limit") || token.is(";")) {
            break;
        }
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 && token.is(",") {
            keys.push(Vec::new());
        } else if let Some(key) = keys.last_mut() {
            key.push(*token);
        }
    }
    for key in &mut keys {
        let last = |key: &[Token<'_>], back: usize, word: &str| {
            key.len().checked_sub(back).and_then(|at| key.get(at)).is_some_and(|token| token.is(word))
        };
        if last(key, 2, "nulls") {
            key.truncate(key.len() - 2);
        }
        if last(key, 1, "asc") || last(key, 1, "desc") {
            key.pop();
        }
    }
    Some(Sort { keys, from, closed })
}

/// The column of the result that a key is, if it is one.
fn column(key: &[Token<'_>], columns: &[String]) -> Option<usize> {
    let [token] = key else { return None };
    if let Ok(number) = token.text.parse::<usize>() {
        return number.checked_sub(1).filter(|at| *at < columns.len());
    }
    let name = token.name()?;
    columns.iter().position(|column| column.to_lowercase() == name)
}

/// The same statement with the keys that are no columns of the result as further columns.
fn wider(sql: &str, sort: &Sort<'_>, own: &[Option<usize>], result: &Table, image: &Image) -> Option<Table> {
    if sort.closed {
        return None;
    }
    let from = sort.from?;
    let mut text = sql.get(..from)?.trim_end().to_owned();
    let mut added = 0;
    for (key, _) in sort.keys.iter().zip(own).filter(|(_, own)| own.is_none()) {
        let (first, last) = (key.first()?, key.last()?);
        text.push_str(", ");
        text.push_str(sql.get(first.at..last.at + last.text.len())?);
        added += 1;
    }
    text.push(' ');
    text.push_str(sql.get(from..)?);
    let wide = image.run(&text).ok()?;
    let same = wide.rows.len() == result.rows.len()
        && wide.columns.len() == result.columns.len() + added
        && wide.rows.iter().zip(&result.rows).all(|(wide, row)| wide.starts_with(row));
    same.then_some(wide)
}

/// Consecutive rows whose values in these columns are the same.
fn groups(table: &Table, columns: &[usize]) -> Vec<usize> {
    let mut group = 0;
    let mut before: Option<Vec<&Cell>> = None;
    table
        .rows
        .iter()
        .map(|row| {
            let now: Vec<&Cell> = columns.iter().filter_map(|at| row.get(*at)).collect();
            if before.as_ref().is_some_and(|before| *before != now) {
                group += 1;
            }
            before = Some(now);
            group
        })
        .collect()
}
