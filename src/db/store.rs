//! `Db`: read at an instant, write at an instant; each call is one transaction.

use super::{
    errors::worth_retrying,
    link::{Reading, Writing},
    migrate,
    pool::{self, Opener, Pooled},
    privileges,
    touch::Touched,
    writer::Writer,
};
use crate::base::{
    clock::Time,
    refusal::{Broken, Fault},
};
use std::{fmt, path::PathBuf, sync::Arc};

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// The address of a PostgreSQL server; it may hold a password.
    Postgres(String),
}

impl Location {
    /// Reads a `DATABASE_URL`: `postgres://…` or `postgresql://…`, `sqlite://path`, `sqlite:path`, or a bare path.
    ///
    /// # Errors
    /// The scheme is another one.
    pub fn parse(url: &str) -> Result<Self, Broken> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return pool::parse(url).map(|_| Self::Postgres(url.to_owned()));
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        if path.is_empty() || path.contains("://") {
            return Err(Broken::defect(
                "DATABASE_URL names no engine this service knows: use sqlite:PATH or postgres://USER@HOST/NAME",
            ));
        }
        Ok(Self::Sqlite(path.into()))
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres"),
        }
    }
}

/// The database. Clones share its connections.
#[derive(Clone)]
pub struct Db {
    shared: Arc<Shared>,
}

struct Shared {
    location: Location,
    readers: r2d2::Pool<Opener>,
    writer: Option<Writer>,
    touched: Touched,
}

/// Connections of this process to the database.
#[derive(Clone, Copy, Debug, Default)]
pub struct Connections {
    /// In use at this moment.
    pub in_use: u32,
    /// Open and waiting.
    pub idle: u32,
    /// How many there may be.
    pub most: u32,
}

impl Db {
    /// Opens the database, migrating it under a lock; creates the SQLite file and its folder where missing.
    ///
    /// Blocks: call it outside of an async task, or on the blocking pool.
    ///
    /// # Errors
    /// The database can not be reached, or a migration fails.
    pub fn open(location: &Location, connections: u32) -> Result<Self, Broken> {
        Self::open_owned(location, None, connections)
    }

    /// As [`Db::open`], where another login of PostgreSQL owns the tables: it migrates, and gives the service's own login what
    /// that needs and no more. SQLite has no logins.
    ///
    /// # Errors
    /// As [`Db::open`], or the owner may not give these rights.
    pub fn open_owned(location: &Location, owner: Option<&str>, connections: u32) -> Result<Self, Broken> {
        let opener = match location {
            Location::Sqlite(file) => {
                if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    std::fs::create_dir_all(folder)
                        .map_err(|error| Broken::Unavailable(format!("{}: {error}", folder.display())))?;
                }
                Opener::Sqlite(file.clone())
            }
            Location::Postgres(url) => Opener::Postgres(pool::parse(url)?),
        };
        match (owner, &opener) {
            (Some(owner), Opener::Postgres(own)) => {
                let owner = Opener::Postgres(pool::parse(owner)?);
                migrate::run(owner.open_to_migrate()?)?;
                let login = own.get_user().ok_or_else(|| Broken::defect("DATABASE_URL names no login"))?;
                privileges::grant(&mut owner.open_to_migrate()?, login)?;
            }
            _ => drop(migrate::run(opener.open_to_migrate()?)?),
        }
        let touched = Touched::default();
        let writer = match location {
            Location::Sqlite(file) => Some(Writer::start(file.clone(), touched.clone())?),
            Location::Postgres(_) => None,
        };
        let readers = pool::pool(opener, connections.max(1));
        Ok(Self { shared: Arc::new(Shared { location: location.clone(), readers, writer, touched }) })
    }

    /// Where this database is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.shared.location
    }

    /// How many commits of this process changed rows that verdicts on tokens rest on: counted after each such commit, and
    /// before whoever asked for it is answered.
    #[must_use]
    pub fn touched(&self) -> u64 {
        self.shared.touched.count()
    }

    /// How many connections are open, and how many of them in use. SQLite's one writer is not among them.
    #[must_use]
    pub fn connections(&self) -> Connections {
        let state = self.shared.readers.state();
        let (idle, most) = (state.idle_connections, self.shared.readers.max_size());
        Connections { in_use: state.connections.saturating_sub(idle), idle, most }
    }

    /// Runs `work` in one read-only transaction that asks about the instant `at`.
    ///
    /// # Errors
    /// What `work` says, or the database is away.
    pub async fn read<T, F>(&self, at: Time, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Reading<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        off_the_loop(move || {
            let mut pooled = checked_out(&shared.readers)?;
            // Spoiled until the transaction is over, so that a panic never hands an open one to the next caller.
            pooled.spoiled = true;
            pooled.link.begin_reading(at)?;
            let outcome = work(&mut Reading { link: &mut pooled.link, at });
            pool::abandon(&mut pooled);
            outcome
        })
        .await
    }

    /// Looks one thing up at the instant `at`: `work` is a single statement by a key, which sees one state of the database
    /// without a transaction around it, and which does not ask the view of effective access.
    ///
    /// On SQLite it runs at once where a connection is free: a look-up takes less time than waking another thread.
    ///
    /// # Errors
    /// What `work` says, or the database is away.
    pub async fn look_up<T, F>(&self, at: Time, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Reading<'_>) -> Result<T, Fault> + Send + 'static,
    {
        if self.shared.writer.is_some()
            && let Some(pooled) = self.shared.readers.try_get().filter(|pooled| Pooled::usable(pooled))
        {
            return looked_up(pooled, at, work);
        }
        let shared = Arc::clone(&self.shared);
        off_the_loop(move || looked_up(checked_out(&shared.readers)?, at, work)).await
    }

    /// Runs `work` in one transaction at the instant `at`; answers after the durable commit.
    ///
    /// A refusal commits what was written (its event); a broken action rolls back. `work` may run again where two
    /// transactions stood in each other's way.
    ///
    /// # Errors
    /// What `work` says, or the database is away.
    pub async fn write<T, F>(&self, at: Time, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Writing<'_>) -> Result<T, Fault> + Send + 'static,
    {
        if let Some(writer) = &self.shared.writer {
            return writer.write(at, work).await;
        }
        let shared = Arc::clone(&self.shared);
        off_the_loop(move || {
            let mut tries = 0;
            loop {
                tries += 1;
                let outcome = once(&shared, at, &work);
                match &outcome {
                    Err(Fault::Broken(broken)) if tries < 5 && worth_retrying(broken) => {}
                    _ => return outcome,
                }
            }
        })
        .await
    }

    /// Whether the database answers right now.
    ///
    /// # Errors
    /// It does not, and why.
    pub async fn ping(&self, at: Time) -> Result<(), Fault> {
        self.read(at, |reading| {
            super::sql("SELECT COUNT(*) AS n FROM transitions").one::<i64>(reading)?;
            Ok(())
        })
        .await
    }
}

fn looked_up<T>(
    mut pooled: r2d2::PooledConnection<Opener>,
    at: Time,
    work: impl FnOnce(&mut Reading<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    // Spoiled until it is over: a panic, or a connection that broke, never reaches the next caller.
    pooled.spoiled = true;
    pooled.link.set_instant(at);
    let outcome = work(&mut Reading { link: &mut pooled.link, at });
    pooled.spoiled = matches!(outcome, Err(Fault::Broken(_)));
    outcome
}

fn once<T>(shared: &Shared, at: Time, work: &impl Fn(&mut Writing<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let mut pooled = checked_out(&shared.readers)?;
    pooled.spoiled = true;
    pooled.link.begin_writing(at)?;
    let mut writing = Writing { reading: Reading { link: &mut pooled.link, at }, touched: false };
    let outcome = work(&mut writing);
    let touched = writing.touched;
    if let Err(Fault::Broken(_)) = outcome {
        pool::abandon(&mut pooled);
        return outcome;
    }
    let committed = pooled.link.batch("COMMIT");
    if touched {
        // Where the answer to the commit was lost, it may have happened all the same.
        shared.touched.note();
    }
    committed?;
    pooled.spoiled = false;
    outcome
}

fn checked_out(readers: &r2d2::Pool<Opener>) -> Result<r2d2::PooledConnection<Opener>, Broken> {
    loop {
        let mut pooled: r2d2::PooledConnection<Opener> =
            readers.get().map_err(|error| Broken::Unavailable(format!("no database connection: {error}")))?;
        if Pooled::usable(&pooled) {
            return Ok(pooled);
        }
        pooled.spoiled = true;
    }
}

impl Pooled {
    fn usable(&self) -> bool {
        self.link.still_there()
    }
}

async fn off_the_loop<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => Err(Broken::defect(format!("a database task ended early: {error}")).into()),
    }
}
