//! The token endpoint, each grant; introspection; and the same from the peer, in the same run.

use super::{
    CALLERS, TIME, Work,
    company::{Caller, Company},
    gather,
    http::{Client, Proof},
    machines,
    peer::Peer,
    program::Program,
    table::Table,
};
use habilis::{identity::secret::Secret, tokens::pkce};
use serde_json::Value;
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

/// The lines of this file.
pub const LINES: [&str; 3] = [GRANTS, DEVICES, machines::EXCHANGED];
/// Those that the peer gives, too.
const GRANTS: &str = "POST /token:";
const DEVICES: &str = "POST /token: device code";

/// How many codes each caller redeems.
const CODES: usize = 40;
/// How many devices of one network may wait at once is bounded; so many rounds of them are measured.
const ROUNDS: usize = 4;
const BACK: &str = "https://load.example.com/back";
const VERIFIER: &str = "a-verifier-of-the-load-run-that-is-long-enough-to-be-one";

/// A token endpoint and whoever asks there.
#[derive(Clone, Copy)]
pub struct Endpoint {
    pub address: SocketAddr,
    pub token: &'static str,
    introspect: &'static str,
    tool: &'static Tool,
}

/// A tool with a secret.
pub struct Tool {
    pub id: String,
    pub secret: String,
}

impl Endpoint {
    pub fn proof(&self) -> Proof {
        Proof::basic(&self.tool.id, &self.tool.secret)
    }
}

/// Every caller redeems codes, and then goes on with refresh tokens; both algorithms; then the peer does the same.
pub async fn run(program: &Program, company: &Company, table: &mut Table) {
    if !table.wants_any(&LINES) {
        return;
    }
    let ours = Endpoint {
        address: program.address,
        token: "/token",
        introspect: "/introspect",
        tool: Box::leak(Box::new(registered(program, company).await)),
    };
    let peer = Peer::start();
    if peer.is_none() {
        table.note("peer", "npm oidc-provider could not be had: its lines are left out".to_owned());
    }
    for (algorithm, role) in [("ES256", "fast"), ("RS256", "slow")] {
        let theirs = match &peer {
            Some(peer) => Some(of_peer(peer, algorithm).await),
            None => None,
        };
        let lots = codes(program, company, ours.tool, role).await;
        let mine = all_three(ours, lots, None, || program.processor()).await;
        for (n, what) in ["a code", "a refresh token", "introspection of what it gave"].into_iter().enumerate() {
            let name = format!("{GRANTS} {what}, {algorithm}");
            let beside = theirs.as_ref().map(|theirs| {
                table.row(&format!("oidc-provider, {what}, {algorithm}"), &theirs[n], None);
                ("oidc-provider, one Node process", theirs[n].rate())
            });
            table.row(&name, &mine[n], beside);
        }
    }
    devices(program, company, table).await;
    machines(program, company, peer.as_ref(), table).await;
}

/// Service accounts, beside the peer's; and what is exchanged for their tokens.
async fn machines(program: &Program, company: &Company, peer: Option<&Peer>, table: &mut Table) {
    let (account, server) = machines::registered(program, company).await;
    let (account, server): (&'static Tool, &'static Tool) = (Box::leak(Box::new(account)), Box::leak(Box::new(server)));
    let ours = Endpoint { address: program.address, token: "/token", introspect: "/introspect", tool: account };
    for (algorithm, role) in [("ES256", "fast"), ("RS256", "slow")] {
        let beside = match peer {
            Some(peer) => {
                let resource = format!("https%3A%2F%2F{}.example.com", algorithm.to_lowercase());
                let asked = format!("grant_type=client_credentials&scope=role%3Afast&resource={resource}");
                let theirs = machines::credentials(at_peer(peer), asked, || peer.processor()).await;
                table.row(&format!("oidc-provider, client credentials, {algorithm}"), &theirs, None);
                Some(("oidc-provider, one Node process", theirs.rate()))
            }
            None => None,
        };
        let asked = format!("grant_type=client_credentials&scope=role%3A{role}");
        let mine = machines::credentials(ours, asked, || program.processor()).await;
        table.row(&format!("{GRANTS} client credentials, {algorithm}"), &mine, beside);
        let exchanged = machines::exchange(program, account, server, role).await;
        table.row(&format!("{}, {algorithm}", machines::EXCHANGED), &exchanged, None);
    }
}

/// Codes, refresh tokens and introspection at one endpoint; what is asked about is what the codes gave, or something else.
async fn all_three(
    at: Endpoint,
    lots: Vec<Vec<String>>,
    asked: Option<Vec<Value>>,
    processor: impl Fn() -> Duration,
) -> [Work; 3] {
    let before = processor();
    let redeemed = redeem(at, lots).await;
    let redeemed_for = processor() - before;
    let families: Vec<Value> = redeemed.iter().map(|(_, last)| last.clone()).collect();
    let over = redeemed.iter().map(|(taken, _)| taken.iter().sum::<Duration>()).max().unwrap_or_default();
    let taken = redeemed.into_iter().flat_map(|(taken, _)| taken).collect();
    let codes = Work { taken, over, processor: redeemed_for };
    let before = processor();
    let refreshed = refresh(at, families.clone()).await;
    let refreshed = Work { processor: processor() - before, ..refreshed };
    let before = processor();
    let told = introspect(at, asked.unwrap_or(families)).await;
    [codes, refreshed, Work { processor: processor() - before, ..told }]
}

/// Every caller redeems its codes one after the other, all callers at once: how long each took, and the last answer.
async fn redeem(at: Endpoint, lots: Vec<Vec<String>>) -> Vec<(Vec<Duration>, Value)> {
    let tasks: Vec<_> = lots
        .into_iter()
        .map(|lot| {
            tokio::spawn(async move {
                let (mut client, proof) = (Client::connect(at.address).await, at.proof());
                let (mut taken, mut last) = (Vec::new(), Value::Null);
                for body in lot {
                    let started = Instant::now();
                    let answer = client.form_as(at.token, &proof, &body).await;
                    taken.push(started.elapsed());
                    assert!(answer.status == 200, "a code: {} {}", answer.status, answer.body);
                    last = serde_json::from_str(&answer.body).unwrap();
                }
                (taken, last)
            })
        })
        .collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    done
}

/// Every caller goes from one refresh token to the next.
async fn refresh(at: Endpoint, families: Vec<Value>) -> Work {
    gather(families.len(), |n| {
        let mut family = families[n].clone();
        async move {
            let (mut client, proof) = (Client::connect(at.address).await, at.proof());
            let (mut taken, end) = (Vec::new(), Instant::now() + TIME);
            while Instant::now() < end {
                let token = family["refresh_token"].as_str().expect("a refresh token");
                let body = format!("grant_type=refresh_token&refresh_token={token}");
                let started = Instant::now();
                let answer = client.form_as(at.token, &proof, &body).await;
                taken.push(started.elapsed());
                assert!(answer.status == 200, "refresh: {} {}", answer.status, answer.body);
                family = serde_json::from_str(&answer.body).unwrap();
            }
            taken
        }
    })
    .await
}

/// Every caller asks about its access token. The peer keeps no JWT, so it is asked about opaque ones.
async fn introspect(at: Endpoint, families: Vec<Value>) -> Work {
    gather(families.len(), |n| {
        let family = families[n].clone();
        async move {
            let (mut client, proof) = (Client::connect(at.address).await, at.proof());
            let body = format!("token={}", family["access_token"].as_str().expect("a token"));
            let (mut taken, end) = (Vec::new(), Instant::now() + TIME);
            while Instant::now() < end {
                let started = Instant::now();
                let answer = client.form_as(at.introspect, &proof, &body).await;
                taken.push(started.elapsed());
                assert!(answer.body.contains("\"active\":true"), "introspection: {} {}", answer.status, answer.body);
            }
            taken
        }
    })
    .await
}

fn at_peer(peer: &Peer) -> Endpoint {
    let tool = Tool { id: "load".to_owned(), secret: "load-secret-of-the-run".to_owned() };
    Endpoint {
        address: peer.address,
        token: "/token",
        introspect: "/token/introspection",
        tool: Box::leak(Box::new(tool)),
    }
}

async fn of_peer(peer: &Peer, algorithm: &str) -> [Work; 3] {
    let at = at_peer(peer);
    let mut client = Client::connect(peer.address).await;
    let mut made = async |query: String| -> Vec<String> {
        let answer = client.send("GET", &format!("/codes?{query}"), None, None).await;
        assert!(answer.status == 200, "codes: {}", answer.body);
        let codes: Vec<Value> = serde_json::from_str(&answer.body).unwrap();
        let text = |code: &Value, name: &str| code[name].as_str().unwrap().to_owned();
        codes.iter().map(|code| body(&text(code, "code"), &text(code, "verifier"))).collect()
    };
    let bodies = made(format!("n={}&alg={algorithm}", CALLERS * CODES)).await;
    let lots = bodies.chunks(CODES).map(<[String]>::to_vec).collect();
    // Opaque tokens to ask about: it keeps no others.
    let opaque = made(format!("n={CALLERS}")).await.into_iter().map(|body| vec![body]).collect();
    let opaque = redeem(at, opaque).await.into_iter().map(|(_, last)| last).collect();
    all_three(at, lots, Some(opaque), || peer.processor()).await
}

/// The form by which a code is redeemed.
fn body(code: &str, verifier: &str) -> String {
    format!(
        "grant_type=authorization_code&code={code}&code_verifier={verifier}&redirect_uri=https%3A%2F%2Fload.example.com%2Fback"
    )
}

/// A tool that redeems codes of browsers and devices.
pub async fn registered(program: &Program, company: &Company) -> Tool {
    let grants = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];
    let body = serde_json::json!({
        "name": "Load", "kind": "confidential", "redirect_uris": [BACK], "grant_types": grants,
    });
    let mut client = Client::connect(program.address).await;
    let made = client.json("POST", "/api/v1/clients", Some(&company.admin), Some(&body.to_string())).await;
    let text = |value: &Value| value.as_str().expect("a client with a secret").to_owned();
    Tool { id: text(&made["id"]), secret: text(&made["client_secret"]) }
}

/// Codes for every caller, who has agreed once.
async fn codes(program: &Program, company: &Company, tool: &'static Tool, role: &str) -> Vec<Vec<String>> {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &tool.id)
        .append_pair("redirect_uri", BACK)
        .append_pair("scope", &format!("offline_access role:{role}"))
        .append_pair("code_challenge", &pkce::challenge(VERIFIER))
        .append_pair("code_challenge_method", "S256");
    let query = query.finish();
    let tasks: Vec<_> = (0..CALLERS)
        .map(|n| {
            let (caller, address) = (company.callers[n % company.callers.len()].clone(), program.address);
            let query = query.clone();
            tokio::spawn(async move {
                let mut client = Client::connect(address).await;
                let asked = format!("/authorize?{query}");
                let first = client.ask("GET", &asked, &caller.by_cookie(), None).await;
                if first.status == 200 {
                    said(&mut client, &caller, "/authorize/consent", &[("query", &query), ("say", "yes")]).await;
                }
                let mut lot = Vec::new();
                while lot.len() < CODES {
                    let answer = client.ask("GET", &asked, &caller.by_cookie(), None).await;
                    let location = answer.headers.iter().find(|(name, _)| name == "location");
                    let location = &location.unwrap_or_else(|| panic!("a code: {} {}", answer.status, answer.body)).1;
                    let parsed = url::Url::parse(location).unwrap();
                    let code = parsed.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
                    lot.push(body(&code, VERIFIER));
                }
                lot
            })
        })
        .collect();
    let mut lots = Vec::new();
    for task in tasks {
        lots.push(task.await.unwrap());
    }
    lots
}

/// A form of one of our own pages.
async fn said(client: &mut Client, caller: &Caller, path: &str, fields: &[(&str, &str)]) {
    let session = Secret::presented(caller.cookie.trim_start_matches("habilis="));
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("form_token", &session.form_token())
        .extend_pairs(fields)
        .finish();
    let answer = client.form_as(path, &caller.by_cookie(), &body).await;
    assert!(answer.status < 400, "{path}: {} {}", answer.status, answer.body);
}

/// Devices whose people have said yes fetch their tokens, all at once.
async fn devices(program: &Program, company: &Company, table: &mut Table) {
    if !table.wants(DEVICES) {
        return;
    }
    let tool = registered(program, company).await;
    let at = Endpoint { address: program.address, token: "/token", introspect: "", tool: Box::leak(Box::new(tool)) };
    let grant = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
    let (mut taken, mut over, mut processor) = (Vec::new(), Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        let mut lots = Vec::new();
        for n in 0..CALLERS {
            let caller = &company.callers[n % company.callers.len()];
            let (mut client, mut lot) = (Client::connect(at.address).await, Vec::new());
            for _ in 0..8 {
                let begun = client.form_as("/device_authorization", &at.proof(), "scope=role%3Afast").await;
                let begun: Value = serde_json::from_str(&begun.body).unwrap();
                let (code, device) = (begun["user_code"].as_str().unwrap(), begun["device_code"].as_str().unwrap());
                said(&mut client, caller, "/device/confirm", &[("user_code", code), ("say", "yes")]).await;
                lot.push(format!("grant_type={grant}&device_code={device}"));
            }
            lots.push(lot);
        }
        let before = program.processor();
        let done = redeem(at, lots).await;
        processor += program.processor() - before;
        over += done.iter().map(|(taken, _)| taken.iter().sum::<Duration>()).max().unwrap_or_default();
        taken.extend(done.into_iter().flat_map(|(taken, _)| taken));
    }
    table.row(&format!("{DEVICES}, ES256"), &Work { taken, over, processor }, None);
}
