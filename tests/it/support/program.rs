//! The program itself as a child process, to be killed without warning.

use super::{House, SECRET_KEY, content};
use std::{
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The program's command line on the house's database.
pub fn command(house: &House, arguments: &[&str]) -> Command {
    let folder = house.engine.folder.path();
    let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
    command.args(arguments).current_dir(folder).env_clear();
    command
        .env("DATABASE_URL", &house.engine.url)
        .env("HABILIS_DATA_DIR", folder)
        .env("HABILIS_SECRET_KEY", SECRET_KEY);
    command
}

pub struct Program {
    child: Child,
    pub address: SocketAddr,
}

impl Program {
    /// Starts `habilis serve` on the house's database and waits until it is ready.
    pub async fn serve(house: &House) -> Self {
        Self::start(house, Command::new(env!("CARGO_BIN_EXE_habilis"))).await
    }

    /// The same with another setting.
    pub async fn serve_with(house: &House, name: &str, value: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
        command.env(name, value);
        Self::start(house, command).await
    }

    /// The same with no file of it larger than so many blocks of 512 bytes: what a full disk is to its writes.
    pub async fn serve_within(house: &House, blocks: u64) -> Self {
        let mut shell = Command::new("sh");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_habilis")]);
        Self::start(house, shell).await
    }

    async fn start(house: &House, mut command: Command) -> Self {
        let folder = house.engine.folder.path();
        let courses = folder.join("courses");
        content::write(&content::files(), &courses);
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = command
            .arg("serve")
            .current_dir(folder)
            .env("DATABASE_URL", &house.engine.url)
            .env("HABILIS_DATA_DIR", folder)
            .env("HABILIS_CONTENT", &courses)
            .env("HABILIS_LISTEN", address.to_string())
            .env("HABILIS_SECRET_KEY", SECRET_KEY)
            .env("HABILIS_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut program = Self { child, address };
        program.wait_until_ready().await;
        program
    }

    async fn wait_until_ready(&mut self) {
        let client = reqwest::Client::new();
        for _ in 0..600 {
            assert!(self.child.try_wait().unwrap().is_none(), "the program ended before it was ready");
            let asked = client.get(self.url("/health/ready")).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the program did not become ready");
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and no more.
    pub fn tell_to_stop(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// SIGTERM, as a supervisor stops it; returns whether it ended with success.
    pub fn stop(self) -> bool {
        self.tell_to_stop();
        self.ended()
    }

    /// Waits for its end; returns whether it ended with success.
    pub fn ended(mut self) -> bool {
        self.child.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
