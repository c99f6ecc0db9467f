//! Leaving: readiness is red for as long as it is set, and until then nobody is turned away.

use crate::support::{House, alone, program::Program};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_leaves_is_red_for_as_long_as_is_set_and_still_answers() {
    let _alone = alone().await;
    let program = Program::serve_with(&House::new().await, "HABILIS_LEAVING_SECONDS", "4").await;
    let client = reqwest::Client::new();
    let told = Instant::now();
    program.tell_to_stop();
    let mut red = 0;
    while told.elapsed() < Duration::from_secs(3) {
        let ready = client.get(program.url("/health/ready")).send().await.unwrap();
        red += usize::from(ready.status() == 503);
        assert_eq!(client.get(program.url("/sign-in")).send().await.unwrap().status(), 200);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(red > 10, "{red}");
    assert!(program.ended());
    assert!((4..10).contains(&told.elapsed().as_secs()), "{:?}", told.elapsed());
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
