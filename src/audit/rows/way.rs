//! By what a page of the log is found: by the order of its lines, or by their time.

use super::Filter;
use crate::{
    base::{clock::Time, paging::Paging, refusal::Broken},
    db::{Reading, sql, sql::Statement},
};

/// How many lines are few enough to be read in vain, or to be put in order once they are found.
const FEW: i64 = 1_000;

/// By what a page of lines is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By whatever leads to them: there are few lines in the time that is asked about, or it has no beginning or no end.
    Any,
    /// By their order, from the newest on, or from where the last page ended: there are many in the time, and few that would be
    /// passed by before the first of them.
    Order,
    /// By their time: there are many in it, and many after it.
    Time,
}

impl Way {
    /// How their instant is written: `e.at + 0` keeps both engines from finding the lines by it.
    pub(super) fn at(self) -> &'static str {
        if self == Self::Order { "e.at + 0" } else { "e.at" }
    }

    /// How a column of text is written: with `|| ''` neither engine finds the lines by it, where their time is to lead.
    pub(super) fn text(self, column: &str) -> String {
        if self == Self::Time { format!("{column} || ''") } else { column.to_owned() }
    }
}

/// By what the lines of a page are found. All of a long time would be read and sorted for a page of it; in their order, all that
/// came after it would be read before the first of them.
///
/// # Errors
/// The database is away.
pub fn way_of(r: &mut Reading<'_>, filter: &Filter, paging: &Paging) -> Result<Way, Broken> {
    let (Some(from), Some(until)) = (&filter.from, &filter.until) else { return Ok(Way::Any) };
    if !are_many(r, lines("at >= ? AND at < ? ORDER BY at").bind(from).bind(until))? {
        return Ok(Way::Any);
    }
    let in_order =
        goes_on(r, paging, until)? || !are_many(r, lines("at >= ? ORDER BY at").bind(until))? || is_rare(r, filter)?;
    Ok(if in_order { Way::Order } else { Way::Time })
}

/// Counts lines, no more of them than matters.
fn lines(condition: &str) -> Statement {
    sql(format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM events WHERE {condition} LIMIT ?) AS there"))
}

fn are_many(r: &mut Reading<'_>, counted: Statement) -> Result<bool, Broken> {
    Ok(counted.bind(&FEW).one::<i64>(r)? >= FEW)
}

/// Whether the last page ended inside the time, so that nothing after it is left to pass by.
fn goes_on(r: &mut Reading<'_>, paging: &Paging, until: &Time) -> Result<bool, Broken> {
    let Some(last) = paging.after.as_deref().and_then(|key| key.parse::<i64>().ok()) else { return Ok(false) };
    let n: i64 = sql("SELECT COUNT(*) AS n FROM events WHERE seq = ? AND at < ?").bind(&last).bind(until).one(r)?;
    Ok(n > 0)
}

/// Whether something that is asked for has few lines in all: its own index leads to them, in their order.
fn is_rare(r: &mut Reading<'_>, filter: &Filter) -> Result<bool, Broken> {
    let kind = filter.kind.map(|kind| kind.word().to_owned());
    let asked = [("kind", kind.as_ref()), ("role_id", filter.role.as_ref()), ("subject_id", filter.subject.as_ref())];
    for (column, value) in asked {
        if let Some(value) = value
            && !are_many(r, lines(&format!("{column} = ?")).bind(value))?
        {
            return Ok(true);
        }
    }
    Ok(false)
}
