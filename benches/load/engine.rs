//! The database of a run: a file in the program's own folder, or a new database on the PostgreSQL that is named.

use std::sync::Arc;

/// Says on which PostgreSQL server the run makes its databases; without it, SQLite.
const POSTGRES: &str = "HABILIS_LOAD_POSTGRES";

/// A database on PostgreSQL; gone when the last who uses it is.
pub struct Database {
    server: String,
    name: String,
}

impl Database {
    /// A new one, where PostgreSQL is named.
    pub async fn fresh() -> Option<Arc<Self>> {
        let server = std::env::var(POSTGRES).ok()?.trim_end_matches('/').to_owned();
        let name = format!("load{}", uuid::Uuid::new_v4().simple());
        run(&server, &format!("CREATE DATABASE {name}")).await;
        Some(Arc::new(Self { server, name }))
    }

    pub fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, statement) = (self.server.clone(), format!("DROP DATABASE {} WITH (FORCE)", self.name));
        // A thread of its own: this runs inside of a runtime.
        let gone = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(run(&server, &statement));
        });
        let _ = gone.join();
    }
}

async fn run(server: &str, statement: &str) {
    let server = format!("{server}/postgres");
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute(statement).await.unwrap();
    drop(client);
    let _ = driver.await;
}
