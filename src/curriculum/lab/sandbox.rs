//! The sandbox: one statement against a copy of a data set in memory, within bounds, with nothing else in reach.
//!
//! Each run has a database of its own, opened over SQLite's `memdb`, which knows no files: not even a statement that
//! got past every other guard could name the service's database. What holds a statement back, from the outside in: its
//! length, its words ([`super::tokens::survey`]), the limits of the parser, an authorizer that knows SELECT, READ of the
//! data set's own tables and a list of functions, a read-only image, and a count of steps.

use super::{
    clock::{self, Denial},
    image::Image,
    table::{Cell, Row, Table},
    tokens,
    trouble::{Spot, Trouble},
};
use rusqlite::{
    Connection, ErrorCode,
    hooks::{AuthAction, AuthContext, Authorization},
    limits::Limit,
    types::ValueRef,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The bounds of a run.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Steps of the engine.
    pub steps: u64,
    /// Time; what decides is the count of steps, this is for a machine that stands still.
    pub time: Duration,
    /// Whether that is the time that the statement itself had a processor for, rather than time on the clock.
    pub own_time: bool,
    /// Rows of the result.
    pub rows: usize,
    /// Bytes of all cells of the result.
    pub bytes: usize,
    /// By how many bytes the process may grow while the statement runs, if the statement's own thread fetched as many.
    pub memory: u64,
}

/// The bounds of a learner's run.
pub const BOUNDS: Bounds = Bounds {
    steps: 2_000_000,
    time: Duration::from_secs(2),
    own_time: false,
    rows: 5_000,
    bytes: 1_000_000,
    memory: 160 * 1024 * 1024,
};
/// The bounds of a run that decides something: the same, but for the clock, so that a machine that is busy decides nothing.
pub const STEADY: Bounds = Bounds { time: Duration::from_secs(8), own_time: true, ..BOUNDS };
/// The longest statement, in bytes.
pub const LONGEST_STATEMENT: usize = 10_000;
/// The longest value and the longest row, in bytes.
pub const LONGEST_VALUE: i32 = 8_000;
/// How often the count is looked at, in steps.
const EVERY: u64 = 1_000;
/// How often the memory is looked at, in steps.
const MEMORY_EVERY: u64 = 25_000;
/// From how many times the memory on a statement is stopped whoever fetched it: the service comes first.
const MEMORY_AT_MOST: u64 = 4;

/// The functions that a lab knows: those that SQLite has built in, but for what makes large values out of nothing, tells a
/// random number, or looks behind the tables. What makes values longer stays within the longest value; what knows dates is
/// kept from the clock ([`super::clock`]).
pub const FUNCTIONS: [&str; 58] = [
    "abs",
    "avg",
    "char",
    "coalesce",
    "concat",
    "concat_ws",
    "count",
    "cume_dist",
    "date",
    "datetime",
    "dense_rank",
    "first_value",
    "format",
    "glob",
    "group_concat",
    "hex",
    "if",
    "ifnull",
    "iif",
    "instr",
    "julianday",
    "lag",
    "last_value",
    "lead",
    "length",
    "like",
    "lower",
    "ltrim",
    "max",
    "min",
    "nth_value",
    "ntile",
    "nullif",
    "octet_length",
    "percent_rank",
    "printf",
    "quote",
    "rank",
    "replace",
    "round",
    "row_number",
    "rtrim",
    "sign",
    "strftime",
    "string_agg",
    "substr",
    "substring",
    "sum",
    "time",
    "timediff",
    "total",
    "trim",
    "typeof",
    "unhex",
    "unicode",
    "unixepoch",
    "upper",
    "unistr",
];

impl Image {
    /// Runs one statement where its result decides something: in judging and in linting.
    ///
    /// # Errors
    /// Why there is no result.
    pub fn run(&self, sql: &str) -> Result<Table, Trouble> {
        self.run_within(sql, STEADY)
    }

    /// Runs one statement within given bounds.
    ///
    /// # Errors
    /// Why there is no result.
    pub fn run_within(&self, sql: &str, bounds: Bounds) -> Result<Table, Trouble> {
        if sql.len() > LONGEST_STATEMENT {
            return Err(Trouble::TooLong);
        }
        tokens::survey(sql)?;
        let open = self.copy().map_err(|error| told(&error, sql, None))?;
        let denied = Denial::default();
        let spent = self.guard(&open, bounds, &denied).map_err(|error| told(&error, sql, None))?;
        let failed = |error: &rusqlite::Error| {
            let stopped = spent.lock().unwrap_or_else(PoisonError::into_inner).stopped.clone();
            let what = denied.lock().unwrap_or_else(PoisonError::into_inner).take();
            stopped.unwrap_or_else(|| told(error, sql, what))
        };
        let mut statement = open.prepare(sql).map_err(|error| failed(&error))?;
        if !statement.readonly() || statement.is_explain() != 0 || statement.column_count() == 0 {
            return Err(Trouble::NotAQuestion);
        }
        let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
        let width = columns.len();
        let mut table = Table { columns, ..Table::default() };
        let mut bytes = 0_usize;
        let mut rows = statement.raw_query();
        while let Some(found) = rows.next().map_err(|error| failed(&error))? {
            if table.rows.len() >= bounds.rows {
                return Err(Trouble::Rows);
            }
            let mut row: Row = Vec::with_capacity(width);
            for at in 0..width {
                let cell = cell(found.get_ref(at).map_err(|error| failed(&error))?);
                bytes += 16
                    + match &cell {
                        Cell::Text(text) => text.len(),
                        Cell::Blob(blob) => blob.len(),
                        _ => 0,
                    };
                row.push(cell);
            }
            if bytes > bounds.bytes {
                return Err(Trouble::Bytes);
            }
            table.rows.push(row);
        }
        table.steps = spent.lock().unwrap_or_else(PoisonError::into_inner).steps;
        Ok(table)
    }

    /// Puts every bound on an open copy.
    fn guard(&self, open: &Connection, bounds: Bounds, denied: &Denial) -> Result<Arc<Mutex<Spent>>, rusqlite::Error> {
        let spent = watch(open, bounds, bounds.steps)?;
        for (limit, most) in [
            (Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, i32::try_from(LONGEST_STATEMENT).unwrap_or(i32::MAX)),
            (Limit::SQLITE_LIMIT_COLUMN, 100),
            (Limit::SQLITE_LIMIT_EXPR_DEPTH, 60),
            (Limit::SQLITE_LIMIT_PARSER_DEPTH, 200),
            (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 40),
            (Limit::SQLITE_LIMIT_VDBE_OP, 20_000),
            (Limit::SQLITE_LIMIT_FUNCTION_ARG, 20),
            (Limit::SQLITE_LIMIT_ATTACHED, 0),
            (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
            (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 0),
            (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        ] {
            open.set_limit(limit, most)?;
        }
        clock::stop(open, denied)?;
        let tables = Arc::clone(&self.tables);
        let denied = Arc::clone(denied);
        open.authorizer(Some(move |asked: AuthContext<'_>| {
            let what = match asked.action {
                AuthAction::Select | AuthAction::Recursive => return Authorization::Allow,
                AuthAction::Function { function_name } => {
                    if FUNCTIONS.iter().any(|known| known.eq_ignore_ascii_case(function_name)) {
                        return Authorization::Allow;
                    }
                    if let Some(why) = clock::by_itself(function_name) {
                        clock::deny(&denied, why);
                    }
                    format!("{}()", function_name.to_lowercase())
                }
                AuthAction::Read { table_name, column_name } => {
                    // Without a column it may be a named part of the statement; those are read by nobody else.
                    let own = tables.contains(&table_name.to_lowercase());
                    if own || (column_name.is_empty() && !behind(table_name)) {
                        return Authorization::Allow;
                    }
                    table_name.to_owned()
                }
                AuthAction::Pragma { .. } => "PRAGMA".to_owned(),
                AuthAction::Attach { .. } | AuthAction::Detach { .. } => "ATTACH".to_owned(),
                _ => "writing".to_owned(),
            };
            clock::deny(&denied, Trouble::Denied { what });
            Authorization::Deny
        }))?;
        Ok(spent)
    }
}

/// What a run has spent, and what stopped it.
#[derive(Debug, Default)]
pub(super) struct Spent {
    steps: u64,
    stopped: Option<Trouble>,
}

/// Counts the steps of a database, and stops it at its bounds.
pub(super) fn watch(open: &Connection, bounds: Bounds, steps: u64) -> Result<Arc<Mutex<Spent>>, rusqlite::Error> {
    let spent = Arc::new(Mutex::new(Spent::default()));
    let count = Arc::clone(&spent);
    let (since, used_before) = (Instant::now(), processor_time());
    let mut held = None;
    open.progress_handler(
        i32::try_from(EVERY).unwrap_or(1_000),
        Some(move || {
            let mut spent = count.lock().unwrap_or_else(PoisonError::into_inner);
            spent.steps += EVERY;
            if spent.steps > steps {
                spent.stopped = Some(Trouble::Steps);
            } else if since.elapsed() > bounds.time && (!bounds.own_time || own_time(used_before) > bounds.time) {
                spent.stopped = Some(Trouble::Time);
            } else if spent.steps.is_multiple_of(MEMORY_EVERY) || spent.steps == EVERY {
                // A statement that is done within the first look never pays for this.
                match (held, Memory::now()) {
                    (None, now) => held = now,
                    (Some(before), Some(now)) if now.is_too_much(before, bounds.memory) => {
                        spent.stopped = Some(Trouble::Memory);
                    }
                    (Some(_), _) => {}
                }
            }
            spent.stopped.is_some()
        }),
    )?;
    Ok(spent)
}

/// The memory that this process holds, and what this thread fetched of it since it began, in bytes.
#[derive(Clone, Copy, Debug)]
struct Memory {
    process: u64,
    thread: u64,
}

impl Memory {
    /// As it is now, where the system tells.
    fn now() -> Option<Self> {
        let nth = |text: &str, n: usize| text.split_whitespace().nth(n)?.parse::<u64>().ok().map(|pages| pages * 4_096);
        let process = nth(&std::fs::read_to_string("/proc/self/statm").ok()?, 1)?;
        let stat = std::fs::read_to_string("/proc/thread-self/stat").ok()?;
        // The thread's name, in parentheses, may hold anything; the eighth word after it counts pages fetched.
        let (_, words) = stat.rsplit_once(')')?;
        Some(Self { process, thread: nth(words, 7)? })
    }

    /// Whether the process grew by more than `most`, and not for others' sake: other statements and the service itself live
    /// in the same process, and what they take is no fault of this one.
    fn is_too_much(self, before: Self, most: u64) -> bool {
        let grown = self.process.saturating_sub(before.process);
        let fetched = self.thread.saturating_sub(before.thread);
        grown > most && (fetched > most || grown > most.saturating_mul(MEMORY_AT_MOST))
    }
}

/// For how long this thread had a processor, where the system tells.
fn processor_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split_whitespace().next()?.parse().ok()?))
}

/// For how long it had one since; time without end where the system does not tell, so that the clock decides.
fn own_time(before: Option<Duration>) -> Duration {
    match (before, processor_time()) {
        (Some(before), Some(now)) => now.saturating_sub(before),
        _ => Duration::MAX,
    }
}

/// Names of what looks behind the tables.
fn behind(table: &str) -> bool {
    let table = table.to_ascii_lowercase();
    ["sqlite_", "pragma_", "json_", "jsonb_", "fts3", "fts4", "fts5", "rtree", "dbstat", "bytecode", "tables_used"]
        .iter()
        .any(|prefix| table.starts_with(prefix))
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(bytes) => Cell::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
    }
}

/// What the engine says, without its own quoting of the statement.
pub(super) fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

pub(super) fn offset(error: &rusqlite::Error) -> Option<usize> {
    match error {
        rusqlite::Error::SqlInputError { offset, .. } => usize::try_from(*offset).ok(),
        _ => None,
    }
}

/// The engine's error in the words of the lab.
pub(super) fn told(error: &rusqlite::Error, sql: &str, denied: Option<Trouble>) -> Trouble {
    let message = plain(error);
    if let Some(why) = denied {
        return why;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::TooBig) => return Trouble::Value,
        Some(ErrorCode::OutOfMemory | ErrorCode::DiskFull) => return Trouble::Complex,
        Some(ErrorCode::OperationInterrupted) => return Trouble::Steps,
        Some(ErrorCode::AuthorizationForStatementDenied) => return Trouble::Denied { what: message },
        Some(ErrorCode::ReadOnly) => return Trouble::NotAQuestion,
        _ => {}
    }
    let complex = [
        "too many",
        "too large",
        "overflow",
        "too deep",
        "too complex",
        "at most 64 tables",
        "Recursion limit",
        "parser stack",
    ];
    if complex.iter().any(|words| message.contains(words)) && !message.contains("integer overflow") {
        return if message.contains("string or blob too big") { Trouble::Value } else { Trouble::Complex };
    }
    let spot = offset(error).map(|at| Spot::of(sql, at));
    Trouble::Error { message, spot }
}
