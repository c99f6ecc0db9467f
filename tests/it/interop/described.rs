//! Schemathesis makes calls of its own from the description of the API, sound ones and unsound ones: none breaks the service, and
//! none is answered in a way that is not described.

use super::{
    foreign::{file, python},
    stage::Stage,
};
use crate::support::{PASSWORD, content, seen_on_sqlite};
use std::process::Command;

/// Asks the service everything, as somebody. `examples` are those of the description; `coverage` tries each body and parameter at
/// its edges and beyond them; `fuzzing` makes values up; `stateful` calls on with what earlier calls answered.
async fn asked_as(email: &str, phases: &str) {
    let stage = Stage::set().await;
    content::write(&content::files(), &stage.house().engine.folder.path().join("courses"));
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(python().with_file_name("schemathesis"));
    command
        .args([
            "run",
            &format!("{}/api/openapi.json", stage.base()),
            "--no-color",
            "--continue-on-failure",
            "--phases",
            phases,
        ])
        .args(["--seed", "1", "--max-examples", "5", "--generation-deterministic"])
        // A text that has the right form is refused for what it says, too: it names nobody, or lapsed long ago.
        .args(["--checks", "all", "--exclude-checks", "positive_data_acceptance"])
        // Signing in and out is what the hooks do.
        .args(["--exclude-path", "/api/v1/session"])
        .env("HABILIS_BASE", stage.base())
        .env("HABILIS_EMAIL", email)
        .env("HABILIS_PASSWORD", PASSWORD)
        .env("SCHEMATHESIS_HOOKS", file("described.py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(folder.path());
    let told = tokio::task::spawn_blocking(move || command.output().expect("schemathesis: run tests/run"));
    let told = told.await.unwrap();
    let text = String::from_utf8_lossy(&told.stdout);
    assert!(told.status.success(), "{text}{}", String::from_utf8_lossy(&told.stderr));
    // `1234 generated, 1234 passed, 12 skipped`.
    let line = text.lines().find(|line| line.contains(" generated, ")).unwrap_or_else(|| panic!("{text}"));
    let made: u32 = line.split_whitespace().next().unwrap().parse().unwrap();
    assert!(made > 1_500 && line.contains(&format!(" {made} passed")), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_is_answered_as_it_is_described() {
    // What an engine takes amiss stands at the edges of what is asked.
    let phases = if seen_on_sqlite() { "examples,coverage" } else { "examples,coverage,fuzzing,stateful" };
    asked_as("admin@example.com", phases).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learner_is_answered_as_it_is_described() {
    if seen_on_sqlite() {
        return;
    }
    asked_as("ana.verano@example.com", "examples,coverage").await;
}
