//! The sandbox: one statement against a copy of a data set in memory, within bounds, with nothing else in reach.
//!
//! Each run has a database of its own, opened over SQLite's `memdb`, which knows no files: not even a statement that
//! got past every other guard could name the service's database. What holds a statement back, from the outside in: its
//! length, its words ([`super::tokens::survey`]), the limits of the parser, an authorizer that knows SELECT, READ of the
//! data set's own tables and a list of functions, a read-only image, and a count of steps.

use super::{
    table::{Cell, Row, Table},
    tokens,
    trouble::{Spot, Trouble},
};
use rusqlite::{
    Connection, ErrorCode, OpenFlags,
    config::DbConfig,
    hooks::{AuthAction, AuthContext, Authorization},
    limits::Limit,
    types::ValueRef,
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The bounds of a run.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Steps of the engine.
    pub steps: u64,
    /// Time on the clock; what decides is the count of steps, this is for a machine that stands still.
    pub time: Duration,
    /// Rows of the result.
    pub rows: usize,
    /// Bytes of all cells of the result.
    pub bytes: usize,
    /// By how many bytes the process may grow while the statement runs.
    pub memory: u64,
}

/// The bounds of a learner's run.
pub const BOUNDS: Bounds =
    Bounds { steps: 2_000_000, time: Duration::from_secs(2), rows: 5_000, bytes: 1_000_000, memory: 160 * 1024 * 1024 };
/// The bounds of a run that decides something: the same, but for the clock, so that a machine that is busy decides nothing.
pub const STEADY: Bounds = Bounds { time: Duration::from_secs(8), ..BOUNDS };
/// The longest statement, in bytes.
pub const LONGEST_STATEMENT: usize = 10_000;
/// The longest value and the longest row, in bytes.
pub const LONGEST_VALUE: i32 = 8_000;
/// How often the count is looked at, in steps.
const EVERY: u64 = 1_000;
/// How often the memory is looked at, in steps.
const MEMORY_EVERY: u64 = 25_000;

/// The functions that a lab knows. What makes large values out of nothing, tells the time or a random number, or looks
/// behind the tables is not here; what makes values longer stays within the longest value.
pub const FUNCTIONS: [&str; 72] = [
    "abs",
    "avg",
    "ceil",
    "ceiling",
    "char",
    "coalesce",
    "concat",
    "concat_ws",
    "count",
    "cume_dist",
    "date",
    "datetime",
    "dense_rank",
    "exp",
    "first_value",
    "floor",
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
    "ln",
    "log",
    "log10",
    "log2",
    "lower",
    "ltrim",
    "max",
    "min",
    "mod",
    "nth_value",
    "ntile",
    "nullif",
    "octet_length",
    "percent_rank",
    "pow",
    "power",
    "printf",
    "quote",
    "rank",
    "replace",
    "round",
    "row_number",
    "rtrim",
    "sign",
    "sqrt",
    "strftime",
    "string_agg",
    "substr",
    "substring",
    "sum",
    "time",
    "timediff",
    "total",
    "trim",
    "trunc",
    "typeof",
    "unhex",
    "unicode",
    "unixepoch",
    "upper",
    "median",
    "unistr",
];

/// A data set as an image that runs open, and the names of its tables.
#[derive(Clone, Debug)]
pub struct Image {
    bytes: Arc<[u8]>,
    tables: Arc<BTreeSet<String>>,
}

/// A table of a data set, as the schema browser shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<ColumnInfo>,
    /// How many rows the visible data has.
    pub rows: i64,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Its name.
    pub name: String,
    /// Its type, as declared.
    pub kind: String,
    /// Whether it is part of the primary key.
    pub key: bool,
    /// Whether it may hold NULL.
    pub nullable: bool,
    /// The column that it refers to: `table.column`.
    pub refers: Option<String>,
}

/// What is wrong with a text of a data set: which statement, and where it begins in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadData {
    /// Where the statement begins, in bytes.
    pub at: usize,
    /// What the engine says.
    pub message: String,
}

fn open() -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = Connection::open_in_memory_with_flags_and_vfs(flags, c"memdb")?;
    open.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    open.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    open.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    open.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    open.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false)?;
    open.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    open.set_limit(Limit::SQLITE_LIMIT_WORKER_THREADS, 0)?;
    Ok(open)
}

impl Image {
    /// Builds an image from texts of SQL that create and fill tables; each error names the text and the place in it.
    ///
    /// # Errors
    /// The first statement that fails.
    pub fn build(texts: &[&str]) -> Result<Self, (usize, BadData)> {
        let broken = |text: usize| move |error: rusqlite::Error| (text, BadData { at: 0, message: plain(&error) });
        let fresh = open().map_err(broken(0))?;
        watch(&fresh, STEADY, MOST_LOADING).map_err(broken(0))?;
        fresh.authorizer(Some(builder)).map_err(broken(0))?;
        fresh.execute_batch("BEGIN").map_err(broken(0))?;
        for (no, text) in texts.iter().enumerate() {
            for (at, statement) in statements(text) {
                let ran = fresh.execute_batch(statement);
                ran.map_err(|error| {
                    let at = at + offset(&error).unwrap_or(0);
                    (no, BadData { at, message: plain(&error) })
                })?;
            }
        }
        fresh.execute_batch("COMMIT").map_err(broken(texts.len().saturating_sub(1)))?;
        fresh.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).map_err(broken(0))?;
        let mut tables = BTreeSet::new();
        for name in names(&fresh).map_err(broken(0))? {
            tables.insert(name.to_lowercase());
        }
        let bytes = fresh.serialize("main").map_err(broken(0))?.to_vec();
        Ok(Self { bytes: bytes.into(), tables: Arc::new(tables) })
    }

    /// How large the image is.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The tables with their columns, for the schema browser.
    ///
    /// # Errors
    /// The image cannot be read, which building it would have told.
    pub fn tables(&self) -> Result<Vec<TableInfo>, Trouble> {
        let open = self.copy().map_err(|error| told(&error, "", None))?;
        let read = || -> Result<Vec<TableInfo>, rusqlite::Error> {
            let mut tables = Vec::new();
            for name in names(&open)? {
                let mut refers = std::collections::BTreeMap::new();
                let mut keys = open.prepare("SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?)")?;
                let mut found = keys.query([&name])?;
                while let Some(row) = found.next()? {
                    let (from, table, to): (String, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    refers.insert(from, to.map_or_else(|| table.clone(), |to| format!("{table}.{to}")));
                }
                let mut info = open.prepare("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)")?;
                let columns = info
                    .query_map([&name], |row| {
                        let column: String = row.get(0)?;
                        let key = row.get::<_, i64>(3)? > 0;
                        let nullable = row.get::<_, i64>(2)? == 0 && !key;
                        Ok(ColumnInfo {
                            refers: refers.get(&column).cloned(),
                            name: column,
                            kind: row.get(1)?,
                            key,
                            nullable,
                        })
                    })?
                    .collect::<Result<Vec<_>, _>>()?;
                let count = format!("SELECT COUNT(*) FROM \"{}\"", name.replace('"', "\"\""));
                let rows = open.query_row(&count, [], |row| row.get(0))?;
                tables.push(TableInfo { name, columns, rows });
            }
            Ok(tables)
        };
        read().map_err(|error| told(&error, "", None))
    }

    /// A database of its own that holds this image and cannot be written.
    fn copy(&self) -> Result<Connection, rusqlite::Error> {
        let mut fresh = open()?;
        fresh.deserialize_read_exact("main", &*self.bytes, self.bytes.len(), true)?;
        Ok(fresh)
    }

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
        let denied = Arc::new(Mutex::new(None));
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
    fn guard(
        &self,
        open: &Connection,
        bounds: Bounds,
        denied: &Arc<Mutex<Option<String>>>,
    ) -> Result<Arc<Mutex<Spent>>, rusqlite::Error> {
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
        let tables = Arc::clone(&self.tables);
        let denied = Arc::clone(denied);
        open.authorizer(Some(move |asked: AuthContext<'_>| {
            let what = match asked.action {
                AuthAction::Select | AuthAction::Recursive => return Authorization::Allow,
                AuthAction::Function { function_name } => {
                    if FUNCTIONS.iter().any(|known| known.eq_ignore_ascii_case(function_name)) {
                        return Authorization::Allow;
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
            denied.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(what);
            Authorization::Deny
        }))?;
        Ok(spent)
    }
}

/// How many steps it may take to load a data set.
const MOST_LOADING: u64 = 5_000_000;

/// What a run has spent, and what stopped it.
#[derive(Debug, Default)]
struct Spent {
    steps: u64,
    stopped: Option<Trouble>,
}

/// Counts the steps of a database, and stops it at its bounds.
fn watch(open: &Connection, bounds: Bounds, steps: u64) -> Result<Arc<Mutex<Spent>>, rusqlite::Error> {
    let spent = Arc::new(Mutex::new(Spent::default()));
    let count = Arc::clone(&spent);
    let since = Instant::now();
    let mut held = None;
    open.progress_handler(
        i32::try_from(EVERY).unwrap_or(1_000),
        Some(move || {
            let mut spent = count.lock().unwrap_or_else(PoisonError::into_inner);
            spent.steps += EVERY;
            if spent.steps > steps {
                spent.stopped = Some(Trouble::Steps);
            } else if since.elapsed() > bounds.time {
                spent.stopped = Some(Trouble::Time);
            } else if spent.steps.is_multiple_of(MEMORY_EVERY) || spent.steps == EVERY {
                // A statement that is done within the first look never pays for this.
                let now = resident();
                match held {
                    None => held = now,
                    Some(before) if now.is_some_and(|now| now.saturating_sub(before) > bounds.memory) => {
                        spent.stopped = Some(Trouble::Memory);
                    }
                    Some(_) => {}
                }
            }
            spent.stopped.is_some()
        }),
    )?;
    Ok(spent)
}

/// The memory that this process holds, where the system tells.
fn resident() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = told.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4_096)
}

/// What the texts of a data set may do: make tables, indexes and views, and fill them.
fn builder(asked: AuthContext<'_>) -> Authorization {
    match asked.action {
        AuthAction::Attach { .. }
        | AuthAction::Detach { .. }
        | AuthAction::Pragma { .. }
        | AuthAction::CreateVtable { .. }
        | AuthAction::CreateTrigger { .. }
        | AuthAction::CreateTempTrigger { .. }
        | AuthAction::CreateTempTable { .. }
        | AuthAction::CreateTempView { .. }
        | AuthAction::Unknown { .. } => Authorization::Deny,
        AuthAction::Function { function_name } => {
            let known = FUNCTIONS.iter().any(|known| known.eq_ignore_ascii_case(function_name));
            if known { Authorization::Allow } else { Authorization::Deny }
        }
        _ => Authorization::Allow,
    }
}

/// Names of what looks behind the tables.
fn behind(table: &str) -> bool {
    let table = table.to_ascii_lowercase();
    ["sqlite_", "pragma_", "json_", "jsonb_", "fts3", "fts4", "fts5", "rtree", "dbstat", "bytecode", "tables_used"]
        .iter()
        .any(|prefix| table.starts_with(prefix))
}

fn names(open: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut statement = open.prepare(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
    )?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// The statements of a text, each with where it begins; split at semicolons outside of quotes and comments.
fn statements(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = None;
    for token in tokens::tokens(text) {
        if token.is(";") {
            if let Some(begin) = from.take() {
                found.push((begin, text.get(begin..token.at).unwrap_or("")));
            }
        } else {
            from.get_or_insert(token.at);
        }
    }
    if let Some(begin) = from {
        found.push((begin, text.get(begin..).unwrap_or("")));
    }
    found
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
fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

fn offset(error: &rusqlite::Error) -> Option<usize> {
    match error {
        rusqlite::Error::SqlInputError { offset, .. } => usize::try_from(*offset).ok(),
        _ => None,
    }
}

/// The engine's error in the words of the lab.
fn told(error: &rusqlite::Error, sql: &str, denied: Option<String>) -> Trouble {
    let message = plain(error);
    if let Some(what) = denied {
        return Trouble::Denied { what };
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
