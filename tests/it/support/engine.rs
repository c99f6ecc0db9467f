//! The engine under test: SQLite in a temporary folder, or a fresh database on the PostgreSQL that `tests/run` started.

use habilis::db::{Db, Location};
use std::{path::Path, time::Duration};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Says where the tests' PostgreSQL is; without it, the tests run on SQLite.
pub const VARIABLE: &str = "HABILIS_TEST_POSTGRES";

pub struct Database {
    pub url: String,
    pub folder: TempDir,
    postgres: Option<(String, String)>,
}

impl Database {
    /// An empty one, or none yet.
    pub async fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        match std::env::var(VARIABLE) {
            Err(_) => Self { url: sqlite(folder.path()), folder, postgres: None },
            Ok(server) => Self::on(server, folder, None).await,
        }
    }

    /// One that has been migrated: a copy of one, so that a run of many tests migrates once.
    pub async fn migrated() -> Self {
        let folder = tempfile::tempdir().unwrap();
        match std::env::var(VARIABLE) {
            Err(_) => {
                let bytes = MIGRATED_FILE.get_or_init(migrated_file).await;
                std::fs::write(folder.path().join(FILE), bytes).unwrap();
                Self { url: sqlite(folder.path()), folder, postgres: None }
            }
            Ok(server) => {
                let template = MIGRATED_DATABASE.get_or_init(migrated_database).await;
                Self::on(server, folder, Some(template)).await
            }
        }
    }

    async fn on(server: String, folder: TempDir, template: Option<&str>) -> Self {
        let name = format!("t{}", uuid::Uuid::new_v4().simple());
        let template = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
        run(&server, &format!("CREATE DATABASE {name}{template}")).await;
        Self { url: format!("{server}/{name}"), folder, postgres: Some((server, name)) }
    }

    pub fn is_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    /// The PostgreSQL server and the name of this database on it.
    pub fn server(&self) -> (&str, &str) {
        let (server, name) = self.postgres.as_ref().expect("a database on PostgreSQL");
        (server, name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = self.postgres.take() {
            // A thread of its own: this may run inside of a runtime that is going down.
            let _ = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
            })
            .join();
        }
    }
}

const FILE: &str = "habilis.sqlite";

static MIGRATED_FILE: OnceCell<Vec<u8>> = OnceCell::const_new();

static MIGRATED_DATABASE: OnceCell<String> = OnceCell::const_new();

fn sqlite(folder: &Path) -> String {
    format!("sqlite:{}", folder.join(FILE).display())
}

async fn migrated_file() -> Vec<u8> {
    let database = Database::fresh().await;
    migrate(&database.url).await;
    // The last connection takes the log into the file as it closes.
    while database.folder.path().join(format!("{FILE}-wal")).exists() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    std::fs::read(database.folder.path().join(FILE)).unwrap()
}

/// The name of a database that stays on the server for as long as it runs.
async fn migrated_database() -> String {
    let mut database = Database::fresh().await;
    migrate(&database.url).await;
    database.postgres.take().unwrap().1
}

async fn migrate(url: &str) {
    let location = Location::parse(url).unwrap();
    tokio::task::spawn_blocking(move || drop(Db::open(&location, 1).unwrap())).await.unwrap();
}

pub async fn run(server: &str, statement: &str) {
    let (client, connection) =
        tokio_postgres::connect(&format!("{server}/postgres"), tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute(statement).await.unwrap();
    drop(client);
    let _ = driver.await;
}
