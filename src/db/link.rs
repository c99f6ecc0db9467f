//! One connection to either engine, and the two ways to hold it: reading, or writing.

use super::{
    errors::broken,
    sql::{Built, FromRow, Statement},
    touch,
};
use crate::base::{clock::Time, refusal::Broken};
use diesel::{Connection, RunQueryDsl, SqliteConnection, connection::SimpleConnection};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::runtime::{EnterGuard, Runtime};

#[diesel::declare_sql_function]
extern "SQL" {
    /// The instant that the transaction asks about, in microseconds.
    fn habilis_at() -> diesel::sql_types::BigInt;
}

/// A connection to SQLite or to PostgreSQL.
pub(super) enum Link {
    Sqlite { connection: SqliteConnection, at: Arc<AtomicI64>, file: PathBuf, identity: u64 },
    Postgres { connection: Box<AsyncPgConnection>, driver: Driver },
}

/// Moves the packets of one PostgreSQL connection, in the thread that waits for them: no other thread is to be woken.
pub(super) struct Driver(Option<Runtime>);

impl Driver {
    pub(super) fn new() -> Result<Self, Broken> {
        Self::of(&mut tokio::runtime::Builder::new_current_thread())
    }

    /// One with a thread of its own: for migrations, which wait in their own way.
    pub(super) fn with_thread() -> Result<Self, Broken> {
        Self::of(tokio::runtime::Builder::new_multi_thread().worker_threads(1))
    }

    fn of(builder: &mut tokio::runtime::Builder) -> Result<Self, Broken> {
        builder.enable_all().build().map(|own| Self(Some(own))).map_err(Broken::defect)
    }

    /// Makes this the place where the thread's waiting is done, until the guard is gone.
    pub(super) fn enter(&self) -> Option<EnterGuard<'_>> {
        self.0.as_ref().map(Runtime::enter)
    }

    pub(super) fn wait<T>(&self, work: impl Future<Output = Result<T, Broken>>) -> Result<T, Broken> {
        match &self.0 {
            Some(own) => own.block_on(work),
            None => Err(Broken::defect("a connection was used after its end")),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A connection may end inside of an async task, where a runtime must not be waited for.
        if let Some(own) = self.0.take() {
            own.shutdown_background();
        }
    }
}

impl Link {
    /// Opens the SQLite database, creating the file where `create` allows it.
    pub(super) fn sqlite(file: &Path, create: bool) -> Result<Self, Broken> {
        if !create && !file.exists() {
            return Err(gone(file));
        }
        Self::sqlite_as(
            file,
            create,
            "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;",
        )
    }

    /// Opens a SQLite file that is there to look at it: nothing is written, not even what kind of journal it has.
    pub(super) fn sqlite_to_look(file: &Path) -> Result<Self, Broken> {
        if !file.is_file() {
            return Err(Broken::Unavailable(format!("there is no database file {}", file.display())));
        }
        Self::sqlite_as(file, false, "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;")
    }

    fn sqlite_as(file: &Path, create: bool, settings: &str) -> Result<Self, Broken> {
        let before = identity(file);
        let url = address(file, create)?;
        let mut connection = SqliteConnection::establish(&url)
            .map_err(|error| Broken::Unavailable(format!("{}: {error}", file.display())))?;
        connection.batch_execute(settings).map_err(broken)?;
        let at = Arc::new(AtomicI64::new(0));
        let hand = Arc::clone(&at);
        habilis_at_utils::register_impl(&connection, move || hand.load(Ordering::Relaxed)).map_err(broken)?;
        // Taken away or exchanged while it was being opened: nobody knows which of the files this would be.
        let identity = identity(file).filter(|after| before.is_none_or(|before| before == *after));
        let identity = identity.ok_or_else(|| gone(file))?;
        Ok(Self::Sqlite { connection, at, file: file.to_owned(), identity })
    }

    /// Opens the connection that writes: it remembers more pages, and moves the write-ahead log into the file less often.
    pub(super) fn sqlite_writer(file: &Path) -> Result<Self, Broken> {
        let mut link = Self::sqlite(file, false)?;
        link.batch("PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000")?;
        Ok(link)
    }

    /// Whether the file behind this connection is still the one at its path (PostgreSQL: always).
    pub(super) fn still_there(&self) -> bool {
        match self {
            Self::Sqlite { file, identity: opened, .. } => identity(file) == Some(*opened),
            Self::Postgres { .. } => true,
        }
    }

    pub(super) fn batch(&mut self, text: &str) -> Result<(), Broken> {
        match self {
            Self::Sqlite { connection, .. } => connection.batch_execute(text).map_err(broken),
            Self::Postgres { connection, driver } => {
                driver.wait(async { connection.batch_execute(text).await.map_err(broken) })
            }
        }
    }

    /// Begins a transaction that reads one state of the database and asks about the instant `at`.
    pub(super) fn begin_reading(&mut self, at: Time) -> Result<(), Broken> {
        match self {
            Self::Sqlite { at: hand, .. } => {
                hand.store(at.micros(), Ordering::Relaxed);
                self.batch("BEGIN")
            }
            Self::Postgres { .. } => self.batch(&format!(
                "BEGIN READ ONLY ISOLATION LEVEL REPEATABLE READ; SET LOCAL habilis.at = '{}'",
                at.micros()
            )),
        }
    }

    /// Begins a transaction that writes (PostgreSQL).
    pub(super) fn begin_writing(&mut self, at: Time) -> Result<(), Broken> {
        self.batch(&format!("BEGIN; SET LOCAL habilis.at = '{}'", at.micros()))
    }

    /// Sets the instant that the next action of a shared transaction asks about (SQLite).
    pub(super) fn set_instant(&mut self, at: Time) {
        if let Self::Sqlite { at: hand, .. } = self {
            hand.store(at.micros(), Ordering::Relaxed);
        }
    }

    fn move_instant(&mut self, at: Time) -> Result<(), Broken> {
        match self {
            Self::Sqlite { .. } => {
                self.set_instant(at);
                Ok(())
            }
            Self::Postgres { .. } => self.batch(&format!("SET LOCAL habilis.at = '{}'", at.micros())),
        }
    }

    fn load<T: FromRow>(&mut self, statement: Statement) -> Result<Vec<T>, Broken> {
        let rows: Vec<Built<T>> = match self {
            Self::Sqlite { connection, .. } => statement.load(connection).map_err(broken),
            Self::Postgres { connection, driver } => driver
                .wait(async { diesel_async::RunQueryDsl::load(statement, connection.as_mut()).await.map_err(broken) }),
        }?;
        Ok(rows.into_iter().map(|built| built.0).collect())
    }

    fn execute(&mut self, statement: Statement) -> Result<usize, Broken> {
        match self {
            Self::Sqlite { connection, .. } => statement.execute(connection).map_err(broken),
            Self::Postgres { connection, driver } => driver.wait(async {
                diesel_async::RunQueryDsl::execute(statement, connection.as_mut()).await.map_err(broken)
            }),
        }
    }
}

fn gone(file: &Path) -> Broken {
    Broken::Unavailable(format!("the database file {} is gone", file.display()))
}

/// The file as SQLite's own kind of address (sqlite.org/uri.html), which alone can say that nothing is to be created: a file
/// that is taken away at this moment must not come back empty.
fn address(file: &Path, create: bool) -> Result<String, Broken> {
    let whole = std::path::absolute(file).map_err(Broken::defect)?;
    let mut url = url::Url::from_file_path(&whole)
        .map_err(|()| Broken::defect(format!("{} is no path of a file", whole.display())))?;
    url.set_query(Some(if create { "mode=rwc" } else { "mode=rw" }));
    Ok(url.into())
}

/// The inode of a file, where there is one.
fn identity(file: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(file).ok().map(|metadata| metadata.ino())
}

/// A transaction that reads.
pub struct Reading<'c> {
    pub(super) link: &'c mut Link,
    pub(super) at: Time,
}

impl Reading<'_> {
    /// The instant that this transaction asks about.
    #[must_use]
    pub fn at(&self) -> Time {
        self.at
    }

    /// The SQL of whichever engine this is, for the few places where they differ.
    #[must_use]
    pub fn engine_sql(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self.link {
            Link::Sqlite { .. } => sqlite,
            Link::Postgres { .. } => postgres,
        }
    }

    pub(super) fn load<T: FromRow>(&mut self, statement: Statement) -> Result<Vec<T>, Broken> {
        self.link.load(statement)
    }
}

/// A transaction that writes; it can also read.
pub struct Writing<'c> {
    pub(super) reading: Reading<'c>,
    /// Whether a row was changed that verdicts on tokens rest on.
    pub(super) touched: bool,
}

impl Writing<'_> {
    /// The instant of this transaction.
    #[must_use]
    pub fn now(&self) -> Time {
        self.reading.at
    }

    /// Moves this transaction's instant forward to `earliest` if it lies before: what another replica, or an action that
    /// waited less, has already done is never judged from a moment before it.
    ///
    /// # Errors
    /// The database is away.
    pub fn not_before(&mut self, earliest: Time) -> Result<(), Broken> {
        if earliest > self.reading.at {
            self.reading.link.move_instant(earliest)?;
            self.reading.at = earliest;
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, statement: Statement) -> Result<usize, Broken> {
        self.touched |= touch::touches(statement.text());
        self.reading.link.execute(statement)
    }
}

impl<'c> std::ops::Deref for Writing<'c> {
    type Target = Reading<'c>;
    fn deref(&self) -> &Self::Target {
        &self.reading
    }
}
impl std::ops::DerefMut for Writing<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_created_only_where_that_is_asked_for_whatever_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a b%20?#é.sqlite");
        assert!(Link::sqlite_as(&file, false, "").is_err());
        assert!(!file.exists(), "what is not there is not made");
        assert!(Link::sqlite(&file, true).unwrap().still_there());
        assert!(file.is_file());
        let opened = Link::sqlite(&file, false).unwrap();
        std::fs::rename(&file, folder.path().join("away")).unwrap();
        assert!(!opened.still_there());
        assert!(Link::sqlite(&file, false).is_err());
    }
}
