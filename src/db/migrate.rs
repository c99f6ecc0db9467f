//! The twin migrations, embedded in the program and run by one process at a time.

use super::{errors::broken, link::Link, pool::migration_error};
use crate::base::refusal::Broken;
use diesel_async::{AsyncMigrationHarness, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::fs::File;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The number under which every replica takes PostgreSQL's advisory lock to migrate.
const ADVISORY_LOCK: i64 = 0x4841_4249_4c49_5301;

/// Brings the database to this program's schema; returns the names of what was run.
pub(super) fn run(link: Link) -> Result<Vec<String>, Broken> {
    match link {
        Link::Sqlite { mut connection, file, .. } => {
            let lock = File::create(file.with_extension("migrating"))
                .and_then(|lock| lock.lock().map(|()| lock))
                .map_err(|error| Broken::Unavailable(format!("the migration lock: {error}")))?;
            let done = connection.run_pending_migrations(SQLITE).map_err(migration_error)?;
            let names = done.iter().map(ToString::to_string).collect();
            drop(lock);
            Ok(names)
        }
        Link::Postgres { mut connection, driver } => {
            let lock = format!("SELECT pg_advisory_lock({ADVISORY_LOCK})");
            driver.wait(async { connection.batch_execute(&lock).await.map_err(broken) })?;
            let _guard = driver.enter();
            let mut harness = AsyncMigrationHarness::new(*connection);
            let done = harness.run_pending_migrations(POSTGRES).map_err(migration_error)?;
            let names = done.iter().map(ToString::to_string).collect();
            drop(done);
            // The lock goes with the connection.
            drop(harness.into_inner());
            Ok(names)
        }
    }
}

/// The names of the migrations that were not run yet.
pub(super) fn pending(link: Link) -> Result<Vec<String>, Broken> {
    match link {
        Link::Sqlite { mut connection, .. } => {
            let pending = connection.pending_migrations(SQLITE).map_err(migration_error)?;
            Ok(pending.iter().map(|migration| migration.name().to_string()).collect())
        }
        Link::Postgres { connection, driver } => {
            let _guard = driver.enter();
            let mut harness = AsyncMigrationHarness::new(*connection);
            let pending = harness.pending_migrations(POSTGRES).map_err(migration_error)?;
            Ok(pending.iter().map(|migration| migration.name().to_string()).collect())
        }
    }
}
