//! A data set as an image: built once from its texts, opened for each run over a store that knows no files.

use super::{
    clock::{self, Denial},
    sandbox::{self, FUNCTIONS, STEADY},
    tokens,
    trouble::Trouble,
};
use rusqlite::{
    Connection, OpenFlags,
    config::DbConfig,
    hooks::{AuthAction, AuthContext, Authorization},
    limits::Limit,
};
use std::{collections::BTreeSet, sync::Arc};

/// How many steps it may take to load a data set.
const MOST_LOADING: u64 = 5_000_000;

/// A data set as an image that runs open, and the names of its tables.
#[derive(Clone, Debug)]
pub struct Image {
    bytes: Arc<[u8]>,
    /// The names of its tables, in lower case.
    pub(super) tables: Arc<BTreeSet<String>>,
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

/// An empty database in memory, which knows no files.
pub(super) fn open() -> Result<Connection, rusqlite::Error> {
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
        let broken =
            |text: usize| move |error: rusqlite::Error| (text, BadData { at: 0, message: sandbox::plain(&error) });
        let fresh = open().map_err(broken(0))?;
        sandbox::watch(&fresh, STEADY, MOST_LOADING).map_err(broken(0))?;
        // Data that the clock makes would be others on every day.
        clock::stop(&fresh, &Denial::default()).map_err(broken(0))?;
        fresh.authorizer(Some(builder)).map_err(broken(0))?;
        fresh.execute_batch("BEGIN").map_err(broken(0))?;
        for (no, text) in texts.iter().enumerate() {
            for (at, statement) in statements(text) {
                let ran = fresh.execute_batch(statement);
                ran.map_err(|error| {
                    let at = at + sandbox::offset(&error).unwrap_or(0);
                    (no, BadData { at, message: sandbox::plain(&error) })
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
        let open = self.copy().map_err(|error| sandbox::told(&error, "", None))?;
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
        read().map_err(|error| sandbox::told(&error, "", None))
    }

    /// A database of its own that holds this image and cannot be written.
    pub(super) fn copy(&self) -> Result<Connection, rusqlite::Error> {
        let mut fresh = open()?;
        fresh.deserialize_read_exact("main", &*self.bytes, self.bytes.len(), true)?;
        Ok(fresh)
    }
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
