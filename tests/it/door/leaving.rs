//! Coming and leaving: nothing is made before there is an address to serve it at; readiness is red for as long as it is set,
//! and until then nobody is turned away.

use crate::support::{House, alone, program::Program};
use std::time::{Duration, Instant};

#[test]
fn where_the_port_is_taken_nothing_is_made() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();
    for command in [&["demo", "--port", &port][..], &["serve"]] {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_habilis"));
        program.args(command).current_dir(folder.path()).env_clear();
        program.env("HABILIS_LISTEN", format!("127.0.0.1:{port}"));
        let started = Instant::now();
        let output = program.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(&port) && said.contains("nothing was changed"), "{said}");
        let made: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert!(made.is_empty(), "{command:?}: {made:?}");
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_leaves_is_red_for_as_long_as_is_set_and_still_answers() {
    let _alone = alone().await;
    let program = Program::serve_with(&House::new().await, "HABILIS_LEAVING_SECONDS", "12").await;
    let client = reqwest::Client::new();
    let page = async || client.get(program.url("/sign-in")).send().await.unwrap().status();
    assert_eq!(page().await, 200);
    let told = Instant::now();
    program.tell_to_stop();
    let mut red = 0;
    while told.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let ready = client.get(program.url("/health/ready")).send().await.unwrap();
        red += usize::from(ready.status() == 503);
        assert_eq!(page().await, 200);
    }
    assert!(red > 0);
    assert!(program.ended());
    assert!(told.elapsed() >= Duration::from_secs(12), "{:?}", told.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_twice_it_leaves_at_once() {
    let _alone = alone().await;
    let program = Program::serve_with(&House::new().await, "HABILIS_LEAVING_SECONDS", "60").await;
    let told = Instant::now();
    program.tell_to_stop();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(program.stop());
    assert!(told.elapsed() < Duration::from_secs(30), "{:?}", told.elapsed());
}
