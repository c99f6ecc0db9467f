//! The release program as a child: started on a fresh database in a temporary folder, ended when dropped.

use super::{engine::Database, http::Client};
use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, mpsc::Receiver},
    time::{Duration, Instant},
};
use tempfile::TempDir;

pub struct Program {
    child: Child,
    pub address: SocketAddr,
    pub folder: TempDir,
    /// Where it keeps its own files.
    data: PathBuf,
    /// From start to readiness.
    pub ready: Duration,
    /// The lines it printed until then.
    pub printed: Vec<String>,
    /// On PostgreSQL.
    pub database: Option<Arc<Database>>,
}

impl Program {
    pub async fn serve() -> Self {
        Self::start(&["serve".to_owned()], None, Database::fresh().await, None).await
    }

    /// Another one on the same database, for the same issuer.
    pub async fn replica(&self) -> Self {
        Self::start(&["serve".to_owned()], None, self.database.clone(), Some(self.address)).await
    }

    /// A demo with a large company; one that is kept in `kept` is made once, and from then on only started.
    pub async fn demo(people: u64, grants: u64, tokens: u64, kept: Option<PathBuf>) -> Self {
        let mut arguments = vec!["demo".to_owned()];
        if !kept.as_ref().is_some_and(|folder| folder.join("demo/accounts.json").exists()) {
            let many = [("--people", people), ("--grants", grants), ("--tokens", tokens)];
            arguments.extend(many.into_iter().flat_map(|(name, many)| [name.to_owned(), many.to_string()]));
        }
        Self::start(&arguments, kept, Database::fresh().await, None).await
    }

    async fn start(
        arguments: &[String],
        kept: Option<PathBuf>,
        database: Option<Arc<Database>>,
        first: Option<SocketAddr>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = kept.unwrap_or_else(|| folder.path().join("data"));
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
        command.args(arguments);
        let demo = arguments.first().is_some_and(|a| a == "demo");
        if demo {
            command.arg("--port").arg(address.port().to_string());
        }
        command
            .current_dir(folder.path())
            .env_remove("DATABASE_URL")
            .env_remove("HABILIS_LOAD_POSTGRES")
            .env("HABILIS_LISTEN", address.to_string())
            .env("HABILIS_PUBLIC_URL", format!("http://{}", first.unwrap_or(address)))
            .env("HABILIS_DATA_DIR", &data)
            .env("HABILIS_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
            .env("HABILIS_LOG", "warn")
            .stdout(Stdio::piped());
        if !demo {
            super::company::write_content(&folder.path().join("courses"));
            command.env("HABILIS_CONTENT", folder.path().join("courses"));
        }
        if let Some(database) = &database {
            command.env("DATABASE_URL", database.url());
        }
        let started = Instant::now();
        let mut child = command.spawn().unwrap();
        let printed = Lines::of(child.stdout.take().unwrap());
        let ready = loop {
            assert!(child.try_wait().unwrap().is_none(), "the program ended: {:?}", printed.so_far());
            if tokio::net::TcpStream::connect(address).await.is_ok()
                && Client::connect(address).await.send("GET", "/health/ready", None, None).await.status == 200
            {
                break started.elapsed();
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        };
        tokio::time::sleep(Duration::from_millis(200)).await;
        Self { child, address, folder, data, ready, printed: printed.so_far(), database }
    }

    /// The set-up link that it printed.
    pub fn link(&self) -> String {
        let line = self.printed.iter().find(|line| line.contains("/welcome/")).expect("a set-up link");
        let from = line.find("/welcome/").unwrap();
        line[from..].split_whitespace().next().unwrap().to_owned()
    }

    pub fn memory_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }

    /// The processor time it has used so far: what other programs on the machine do is not in it.
    pub fn processor(&self) -> Duration {
        processor(self.child.id())
    }

    /// The content of a demo with a large company: files of its own.
    pub fn content(&self) -> PathBuf {
        self.data.join("demo/content")
    }

    /// Signs in as one of the demo's people.
    pub async fn sign_in_as(&self, who: &str) -> String {
        let path = self.data.join("demo/accounts.json");
        let accounts: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let account = accounts.as_array().unwrap().iter().find(|a| a["who"] == who).unwrap();
        let body = serde_json::json!({ "email": account["email"], "password": account["password"] }).to_string();
        let session = Client::connect(self.address).await.json("POST", "/api/v1/session", None, Some(&body)).await;
        session["token"].as_str().unwrap().to_owned()
    }
}

/// The processor time that a process has used so far.
pub fn processor(id: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    // Fields 14 and 15 (proc(5)), in hundredths of a second; the second field, in brackets, may hold spaces.
    let fields: Vec<&str> = stat[stat.rfind(')').unwrap()..].split_whitespace().collect();
    let hundredths = [fields[12], fields[13]].map(|text| text.parse::<u64>().unwrap()).iter().sum::<u64>();
    Duration::from_millis(hundredths * 10)
}

/// The lines that a child prints, read as they come so that it never waits for somebody to read them.
pub struct Lines(Receiver<String>);

impl Lines {
    pub fn of(output: ChildStdout) -> Self {
        let (lines, printed) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = lines.send(line);
            }
        });
        Self(printed)
    }

    pub fn so_far(&self) -> Vec<String> {
        self.0.try_iter().collect()
    }

    /// The next line with this in it.
    pub fn next_with(&self, text: &str) -> String {
        let within = Duration::from_secs(20);
        loop {
            let line = self.0.recv_timeout(within).unwrap_or_else(|_| panic!("no line with {text}"));
            if line.contains(text) {
                return line;
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
