//! A program of others as a child process: each line that it prints is a wish in JSON, and one line answers it.

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// How long it may be silent before it counts as broken down.
const PATIENCE: Duration = Duration::from_secs(240);

pub struct Foreign {
    child: Child,
    wishes: UnboundedReceiver<String>,
    answers: ChildStdin,
    errors: Option<JoinHandle<String>>,
}

/// A file of this folder.
pub fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/interop").join(name)
}

fn named(variable: &str, usual: &str) -> PathBuf {
    let found = std::env::var_os(variable).map_or_else(|| PathBuf::from(usual), PathBuf::from);
    Path::new(env!("CARGO_MANIFEST_DIR")).join(found)
}

/// The Python that has what the scripts import.
pub fn python() -> PathBuf {
    named("HABILIS_TEST_PYTHON", "target/tests-python/bin/python")
}

impl Foreign {
    /// Starts a script of this folder on Node.js, with its settings. It imports from the folder of packages that `tests/run`
    /// fills, and so is handed over as text: a file would import from its own folder.
    pub fn node(script: &str, told: &Value) -> Self {
        let code = ["dialog.mjs", script].map(|name| std::fs::read_to_string(file(name)).unwrap()).concat();
        let mut command = Command::new("node");
        command.args(["--input-type=module", "--eval", &code]);
        command.current_dir(named("HABILIS_TEST_NODE", "target/tests-node"));
        Self::start(command, told)
    }

    /// The same on Python.
    pub fn python(script: &str, told: &Value) -> Self {
        let mut command = Command::new(python());
        command.arg("-B").arg(file(script));
        Self::start(command, told)
    }

    /// Starts any program that talks so.
    pub fn start(mut command: Command, told: &Value) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("run tests/run, which installs it: {error}"));
        let (lines, mut errors) = (BufReader::new(child.stdout.take().unwrap()), child.stderr.take().unwrap());
        let (said, wishes) = unbounded_channel();
        std::thread::spawn(move || lines.lines().map_while(Result::ok).all(|line| said.send(line).is_ok()));
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            let _ = errors.read_to_string(&mut text);
            text
        });
        let answers = child.stdin.take().unwrap();
        let mut foreign = Self { child, wishes, answers, errors: Some(errors) };
        foreign.answer(told);
        foreign
    }

    pub fn answer(&mut self, value: &Value) {
        // One that has ended hears nothing more, and its end is looked at with the next wish.
        let _ = writeln!(self.answers, "{value}").and_then(|()| self.answers.flush());
    }

    /// What it wishes next. It has to go on until it says that it is done.
    pub async fn wish(&mut self) -> Value {
        match tokio::time::timeout(PATIENCE, self.wishes.recv()).await {
            Ok(Some(line)) => serde_json::from_str(&line).unwrap_or_else(|_| panic!("no wish: {line}")),
            ended => {
                let _ = self.child.kill();
                let how = self.child.wait().unwrap();
                let errors = self.errors.take().map(|errors| errors.join().unwrap()).unwrap_or_default();
                panic!("it is not done ({how}, {}): {errors}", if ended.is_ok() { "ended" } else { "silent" });
            }
        }
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
