//! The engine under test: SQLite in a temporary folder, or a fresh database on the PostgreSQL that `tests/run` started.

use super::{START, open};
use habilis::{
    actions::rotate_keys,
    base::clock::{Clock, Time},
    db::{Db, Location},
};
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
        static MIGRATED: OnceCell<Template> = OnceCell::const_new();
        MIGRATED.get_or_init(async || Template::of(Self::made_ready().await).await).await.copied().await
    }

    /// One in which keys were made just before clocks start: a copy of one, as making keys for RSA takes long.
    pub async fn keyed() -> Self {
        static KEYED: OnceCell<Template> = OnceCell::const_new();
        let make = async || {
            let database = Self::made_ready().await;
            let just_before = Clock::held(Time::parse(START).unwrap().plus_micros(-1_000));
            let app = open(&database, just_before).await;
            rotate_keys::ensure_keys(&app).await.unwrap();
            drop(app);
            Template::of(database).await
        };
        KEYED.get_or_init(make).await.copied().await
    }

    async fn made_ready() -> Self {
        let database = Self::fresh().await;
        let location = Location::parse(&database.url).unwrap();
        tokio::task::spawn_blocking(move || drop(Db::open(&location, 1).unwrap())).await.unwrap();
        database
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

fn sqlite(folder: &Path) -> String {
    format!("sqlite:{}", folder.join(FILE).display())
}

/// What databases are copied from: the bytes of a file, or a database that stays on its server for as long as that runs.
enum Template {
    File(Vec<u8>),
    OnServer(String),
}

impl Template {
    /// Takes a database that nobody has open any more, or not for long.
    async fn of(mut database: Database) -> Self {
        if let Some((server, name)) = database.postgres.take() {
            while is_in_use(&server, &name).await {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            return Self::OnServer(name);
        }
        // The last connection takes the log into the file as it closes.
        while database.folder.path().join(format!("{FILE}-wal")).exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Self::File(std::fs::read(database.folder.path().join(FILE)).unwrap())
    }

    async fn copied(&self) -> Database {
        let folder = tempfile::tempdir().unwrap();
        match self {
            Self::File(bytes) => {
                std::fs::write(folder.path().join(FILE), bytes).unwrap();
                Database { url: sqlite(folder.path()), folder, postgres: None }
            }
            Self::OnServer(name) => Database::on(std::env::var(VARIABLE).unwrap(), folder, Some(name)).await,
        }
    }
}

pub async fn run(server: &str, statement: &str) {
    let (client, connection) =
        tokio_postgres::connect(&format!("{server}/postgres"), tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute(statement).await.unwrap();
    drop(client);
    let _ = driver.await;
}

async fn is_in_use(server: &str, name: &str) -> bool {
    let (client, connection) =
        tokio_postgres::connect(&format!("{server}/postgres"), tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    let open = client.query_one("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = $1", &[&name]).await.unwrap();
    drop(client);
    let _ = driver.await;
    open.get::<_, i64>(0) > 0
}
