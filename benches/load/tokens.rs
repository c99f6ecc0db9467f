//! Asking whether a token lives, again and again: as proxies do (`/verify`), and as tools do (`/introspect`).

use super::{
    TIME, Work,
    company::Company,
    each_caller,
    grants::{Tool, registered},
    http::{Client, Proof},
    program::Program,
    table::Table,
};
use std::time::Instant;

pub const VERIFY_ES256: &str = "GET /verify, ES256";
pub const VERIFY_RS256: &str = "GET /verify, RS256";
pub const INTROSPECT: &str = "POST /introspect";

/// Every caller has a token of their own; `empty` is how many empty answers a second the program gives.
pub async fn run(program: &Program, company: &Company, empty: f64, table: &mut Table) {
    for (name, role, warehouse) in [(VERIFY_ES256, "fast", "es"), (VERIFY_RS256, "slow", "rs")] {
        if table.wants(name) {
            let work = verify(program, company, role, warehouse).await;
            table.row(name, &work, Some(("empty answer", empty)));
        }
    }
    if table.wants(INTROSPECT) {
        // It lives as long as the run does.
        let tool: &'static Tool = Box::leak(Box::new(registered(program, company).await));
        let work = introspect(program, company, tool).await;
        table.row(INTROSPECT, &work, Some(("empty answer", empty)));
    }
}

async fn minted(client: &mut Client, bearer: &str, role: &str) -> String {
    let body = format!("{{\"role\":\"{role}\"}}");
    let made = client.json("POST", "/api/v1/tokens", Some(bearer), Some(&body)).await;
    made["access_token"].as_str().expect("a token").to_owned()
}

async fn verify(program: &Program, company: &Company, role: &'static str, warehouse: &'static str) -> Work {
    each_caller(&[program], company, move |mut client, caller| async move {
        let proof = Proof::bearer(&minted(&mut client, &caller.bearer, role).await);
        let path = format!("/verify?warehouse={warehouse}&role={role}");
        let (mut taken, end) = (Vec::new(), Instant::now() + TIME);
        while Instant::now() < end {
            let started = Instant::now();
            let answer = client.ask("GET", &path, &proof, None).await;
            taken.push(started.elapsed());
            assert!(answer.status == 204, "verify: {} {}", answer.status, answer.body);
        }
        taken
    })
    .await
}

async fn introspect(program: &Program, company: &Company, tool: &'static Tool) -> Work {
    each_caller(&[program], company, move |mut client, caller| async move {
        let token = minted(&mut client, &caller.bearer, "fast").await;
        let (proof, body) = (Proof::basic(&tool.id, &tool.secret), format!("token={token}"));
        let (mut taken, end) = (Vec::new(), Instant::now() + TIME);
        while Instant::now() < end {
            let started = Instant::now();
            let answer = client.form_as("/introspect", &proof, &body).await;
            taken.push(started.elapsed());
            assert!(answer.status == 200 && answer.body.contains("\"active\":true"), "introspect: {}", answer.body);
        }
        taken
    })
    .await
}
