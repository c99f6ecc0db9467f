//! Every call of the API over HTTP: each with success, each refusal, other people's ids, forged bearers, keys, pages, CSV.

mod access;
mod administration;
mod audit;
mod bearers;
mod clients;
mod elsewhere;
mod foreign_ids;
mod heads;
mod idempotency;
mod learning;
mod lists;
mod refusals;
mod schema;
mod session;
mod stage;

use stage::Stage;

/// One story through the whole house; an endpoint that it does not call with success fails it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_documented_call_succeeds() {
    let stage = Stage::set().await;
    session::tour(&stage).await;
    learning::tour(&stage).await;
    access::tour(&stage).await;
    audit::tour(&stage).await;
    administration::tour(&stage).await;
    clients::tour(&stage).await;
    let mut missing = stage.not_yet_called();
    missing.sort_unstable();
    assert_eq!(missing, elsewhere::CALLS, "documented, and never called with success here");
}
