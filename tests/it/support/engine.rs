//! The engine under test: SQLite in a temporary folder, or a fresh database on the PostgreSQL that `tests/run` started.

use tempfile::TempDir;

/// Says where the tests' PostgreSQL is; without it, the tests run on SQLite.
pub const VARIABLE: &str = "HABILIS_TEST_POSTGRES";

pub struct Database {
    pub url: String,
    pub folder: TempDir,
    postgres: Option<(String, String)>,
}

impl Database {
    pub async fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        match std::env::var(VARIABLE) {
            Err(_) => {
                let url = format!("sqlite:{}", folder.path().join("habilis.sqlite").display());
                Self { url, folder, postgres: None }
            }
            Ok(server) => {
                let name = format!("t{}", uuid::Uuid::new_v4().simple());
                run(&server, &format!("CREATE DATABASE {name}")).await;
                Self { url: format!("{server}/{name}"), folder, postgres: Some((server, name)) }
            }
        }
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

pub async fn run(server: &str, statement: &str) {
    let (client, connection) =
        tokio_postgres::connect(&format!("{server}/postgres"), tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute(statement).await.unwrap();
    drop(client);
    let _ = driver.await;
}
