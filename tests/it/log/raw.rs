//! A copy of a house's database in the hands of an administrator: any statement, no trigger and no key in the way.

use crate::support::{House, SECRET_KEY, engine};
use std::{path::PathBuf, process::Command};

/// A copy of the database, to do anything to.
pub struct Copy {
    pub url: String,
    folder: tempfile::TempDir,
    server: Option<(String, String)>,
}

impl Copy {
    pub async fn of(house: &House) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if !house.engine.is_postgres() {
            let from = house.engine.folder.path().join("habilis.sqlite");
            let to = folder.path().join("copy.sqlite");
            let connection = rusqlite::Connection::open(from).unwrap();
            connection.execute("VACUUM INTO ?1", [to.to_str().unwrap()]).unwrap();
            return Self { url: format!("sqlite:{}", to.display()), folder, server: None };
        }
        let (server, name) = house.engine.server();
        let copy = format!("c{}", uuid::Uuid::new_v4().simple());
        // What is connected to it stands in the way of a copy; it connects again.
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        let stop = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        engine::run(server, &stop).await;
        engine::run(server, &end).await;
        engine::run(server, &format!("CREATE DATABASE {copy} TEMPLATE {name}")).await;
        engine::run(server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await;
        Self { url: format!("{server}/{copy}"), folder, server: Some((server.to_owned(), copy)) }
    }

    /// Runs statements with everything switched off that would refuse them.
    pub async fn run(&self, statements: &str) {
        match &self.server {
            None => {
                let connection = rusqlite::Connection::open(self.folder.path().join("copy.sqlite")).unwrap();
                let mut names = connection
                    .prepare(
                        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name <> 'events_wait_for_the_log'",
                    )
                    .unwrap();
                let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
                let drops: String = names.iter().map(|name| format!("DROP TRIGGER {name};")).collect();
                connection.execute_batch(&format!("PRAGMA foreign_keys = OFF; {drops} {statements}")).unwrap();
            }
            Some((server, name)) => {
                let (client, connection) =
                    tokio_postgres::connect(&format!("{server}/{name}"), tokio_postgres::NoTls).await.unwrap();
                let driver = tokio::spawn(connection);
                let all = format!("SET session_replication_role = replica; {statements}");
                client.batch_execute(&all).await.unwrap();
                drop(client);
                driver.await.unwrap().unwrap();
            }
        }
    }

    /// The program on this copy.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command.env("DATABASE_URL", &self.url).env("HABILIS_DATA_DIR", self.folder.path());
        command.env("HABILIS_SECRET_KEY", SECRET_KEY);
        command
    }

    /// The copy's log, exported.
    pub fn export(&self) -> PathBuf {
        let file = self.folder.path().join("log.jsonl");
        let done = self.command(&["audit", "export", "--overwrite", file.to_str().unwrap()]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        file
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Some((server, name)) = self.server.take() {
            let _ = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(engine::run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
            })
            .join();
        }
    }
}
