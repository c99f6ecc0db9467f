//! Pooled connections: SQLite readers, or PostgreSQL sessions over TLS where the server offers it.

use super::{
    errors::broken,
    link::{Driver, Link},
};
use crate::base::refusal::Broken;
use diesel_async::AsyncPgConnection;
use std::{path::PathBuf, sync::Arc, time::Duration};

/// How a pool opens a connection.
pub(super) enum Opener {
    /// The SQLite file.
    Sqlite(PathBuf),
    /// The PostgreSQL address.
    Postgres(Box<tokio_postgres::Config>),
}

impl Opener {
    pub(super) fn open(&self) -> Result<Link, Broken> {
        match self {
            Self::Sqlite(file) => Link::sqlite(file, false),
            Self::Postgres(config) => postgres(config, Driver::new()?),
        }
    }

    /// Opens a connection to migrate by.
    pub(super) fn open_to_migrate(&self) -> Result<Link, Broken> {
        match self {
            Self::Sqlite(file) => Link::sqlite(file, true),
            Self::Postgres(config) => postgres(config, Driver::with_thread()?),
        }
    }
}

fn postgres(config: &tokio_postgres::Config, driver: Driver) -> Result<Link, Broken> {
    let connection = Box::new(driver.wait(connect(config))?);
    let mut link = Link::Postgres { connection, driver };
    link.batch("SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; SET TimeZone = 'UTC'")?;
    Ok(link)
}

async fn connect(config: &tokio_postgres::Config) -> Result<AsyncPgConnection, Broken> {
    let away = |error: &dyn std::fmt::Display| Broken::Unavailable(format!("PostgreSQL: {error}"));
    let mut roots = rustls::RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(Broken::defect)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let (client, connection) =
        config.connect(tokio_postgres_rustls::MakeRustlsConnect::new(tls)).await.map_err(|error| {
            let cause = std::error::Error::source(&error).map(|c| format!(": {c}")).unwrap_or_default();
            away(&format!("{error}{cause}"))
        })?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await.map_err(|error| away(&error))
}

impl r2d2::ManageConnection for Opener {
    type Connection = Pooled;
    type Error = Opening;

    fn connect(&self) -> Result<Pooled, Opening> {
        self.open().map(|link| Pooled { link, spoiled: false }).map_err(|broken| Opening(broken.to_string()))
    }
    fn is_valid(&self, _: &mut Pooled) -> Result<(), Opening> {
        Ok(())
    }
    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.spoiled
    }
}

/// A connection and whether it must not go back into the pool.
pub(super) struct Pooled {
    pub(super) link: Link,
    pub(super) spoiled: bool,
}

/// Why a connection could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Opening(String);

/// A pool of `size` connections that waits at most two seconds for one.
pub(super) fn pool(opener: Opener, size: u32) -> r2d2::Pool<Opener> {
    r2d2::Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(Duration::from_secs(2))
        .error_handler(Box::new(Quiet))
        .build_unchecked(opener)
}

/// Pool errors are reported by the call that met them; the pool's own retries stay out of the log.
#[derive(Debug)]
struct Quiet;
impl<E: std::fmt::Display> r2d2::HandleError<E> for Quiet {
    fn handle_error(&self, error: E) {
        tracing::debug!(error = %error, "a database connection could not be opened");
    }
}

/// Reads a PostgreSQL address.
pub(super) fn parse(url: &str) -> Result<Box<tokio_postgres::Config>, Broken> {
    let mut config: tokio_postgres::Config = url
        .parse()
        .map_err(|error| Broken::defect(format!("DATABASE_URL is not an address of PostgreSQL: {error}")))?;
    config.connect_timeout(Duration::from_secs(2)).application_name("habilis");
    Ok(Box::new(config))
}

/// Ends a transaction by rolling it back; a connection that cannot even do that is spoiled.
pub(super) fn abandon(pooled: &mut Pooled) {
    pooled.spoiled = pooled.link.batch("ROLLBACK").is_err();
}

pub(super) fn migration_error(error: Box<dyn std::error::Error + Send + Sync>) -> Broken {
    match error.downcast::<diesel::result::Error>() {
        Ok(diesel) => broken(*diesel),
        Err(other) => Broken::defect(other),
    }
}
