//! Every call of the API over HTTP: each with success, each refusal, other people's ids, forged bearers, keys, pages, CSV.

mod academy;
mod access;
mod administration;
mod audit;
mod bearers;
mod clients;
mod foreign_ids;
mod heads;
mod idempotency;
mod identities;
mod learning;
mod links;
mod lists;
mod log;
mod marking;
mod policy;
mod provisioning;
mod records;
mod refusals;
mod reviews;
mod schema;
mod session;
mod signals;
mod stage;
mod teams;
mod webhooks;

use stage::Stage;

/// One story through the whole house; an endpoint that it does not call with success fails it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_documented_call_succeeds() {
    let stage = Stage::set().await;
    session::tour(&stage).await;
    links::tour(&stage).await;
    learning::tour(&stage).await;
    access::tour(&stage).await;
    audit::tour(&stage).await;
    reviews::tour(&stage).await;
    log::tour(&stage).await;
    administration::tour(&stage).await;
    clients::tour(&stage).await;
    provisioning::tour(&stage).await;
    signals::tour(&stage).await;
    webhooks::tour(&stage).await;
    identities::tour(&stage).await;
    teams::tour(&stage).await;
    records::tour(&stage).await;
    marking::tour(&stage).await;
    policy::tour(&stage).await;
    let missing = stage.not_yet_called();
    assert!(missing.is_empty(), "documented, and never called with success: {missing:?}");
}
