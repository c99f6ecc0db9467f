//! The token endpoint for machines: service accounts, beside the peer in the same run, and servers that exchange tokens.

use super::{
    CALLERS, TIME, Work,
    company::Company,
    gather,
    grants::{Endpoint, Tool},
    http::{Client, Proof},
    program::Program,
};
use serde_json::{Value, json};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

/// The line of token exchange, which the peer does not do.
pub const EXCHANGED: &str = "POST /token: token exchange";

/// A service account of the first caller, who has agreed to it, and a server that may exchange its tokens.
pub async fn registered(program: &Program, company: &Company) -> (Tool, Tool) {
    let mut client = Client::connect(program.address).await;
    let mut made = async |body: Value| {
        let made = client.json("POST", "/api/v1/clients", Some(&company.admin), Some(&body.to_string())).await;
        let text = |value: &Value| value.as_str().expect("a client with a secret").to_owned();
        Tool { id: text(&made["id"]), secret: text(&made["client_secret"]) }
    };
    let account = made(json!({
        "name": "Nightly load", "kind": "confidential", "owner": "caller0@example.com", "roles": ["fast", "slow"],
    }))
    .await;
    let server = made(json!({
        "name": "Report server", "kind": "confidential", "exchanges": [account.id],
        "grant_types": ["urn:ietf:params:oauth:grant-type:token-exchange"],
    }))
    .await;
    let acceptance = format!("/api/v1/me/services/{}/acceptance", account.id);
    let answer = client.ask("POST", &acceptance, &company.callers[0].by_bearer(), None).await;
    assert!(answer.status == 204, "agreeing: {} {}", answer.status, answer.body);
    (account, server)
}

/// Every caller asks for tokens for the account itself.
pub async fn credentials(at: Endpoint, body: String, processor: impl Fn() -> Duration) -> Work {
    let before = processor();
    let work = again(at.address, at.token, at.proof(), body).await;
    Work { processor: processor() - before, ..work }
}

/// Every caller exchanges one token of the account.
pub async fn exchange(program: &Program, account: &Tool, server: &'static Tool, role: &str) -> Work {
    let mut client = Client::connect(program.address).await;
    let asked = format!("grant_type=client_credentials&scope=role%3A{role}");
    let given = client.form_as("/token", &Proof::basic(&account.id, &account.secret), &asked).await;
    let given: Value = serde_json::from_str(&given.body).unwrap();
    let body = format!(
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token={}\
         &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token",
        given["access_token"].as_str().expect("a token")
    );
    let before = program.processor();
    let work = again(program.address, "/token", Proof::basic(&server.id, &server.secret), body).await;
    Work { processor: program.processor() - before, ..work }
}

/// Every caller sends the same form again and again.
async fn again(address: SocketAddr, path: &'static str, proof: Proof, body: String) -> Work {
    gather(CALLERS, |_| {
        let (proof, body) = (proof.clone(), body.clone());
        async move {
            let mut client = Client::connect(address).await;
            let (mut taken, end) = (Vec::new(), Instant::now() + TIME);
            while Instant::now() < end {
                let started = Instant::now();
                let answer = client.form_as(path, &proof, &body).await;
                taken.push(started.elapsed());
                assert!(answer.status == 200, "{path}: {} {}", answer.status, answer.body);
            }
            taken
        }
    })
    .await
}
