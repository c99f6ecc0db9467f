//! A small company for the load run: callers who hold two roles, made through the pages and the API like any other.

use super::{
    http::{Client, Proof},
    program::Program,
};
use std::path::Path;

pub struct Company {
    pub callers: Vec<Caller>,
    /// The administrator's session.
    pub admin: String,
}

#[derive(Clone)]
pub struct Caller {
    pub bearer: String,
    pub cookie: String,
}

impl Caller {
    pub fn by_bearer(&self) -> Proof {
        Proof::bearer(&self.bearer)
    }
    pub fn by_cookie(&self) -> Proof {
        Proof::cookie(&self.cookie)
    }
}

const PASSWORD: &str = "copper lathe under seven moons";
const ADMIN: &str = "admin@example.com";

/// A course whose every statement is true, and two roles that it opens.
pub fn write_content(folder: &Path) {
    let bank: String = (1..=40)
        .map(|n| format!("  - {{id: q{n}, type: true_false, objective: basics, ask: 'Statement {n} holds.', answer: true, why: It does.}}\n"))
        .collect();
    let quiz = |id: &str, kind: &str, extra: &str| {
        format!(
            "id: {id}\nkind: {kind}\ntitle: {id}\npass: 75%\n{extra}sections:\n  - {{title: All, draw: {{from: basics, count: 12}}}}\n"
        )
    };
    let role = |id: &str, warehouse: &str| {
        format!(
            "  - {{id: {id}, warehouse: {warehouse}, name: {id}, title: {id}, description: {id}., data: [{{dataset: d.{id}}}], \
             owner: {{team: Data, people: [{ADMIN}]}}, sensitivity: internal, requires: bench, approval: auto, max_duration: P60D, \
             token_lifetime: 15m, reason: optional}}\n"
        )
    };
    let text = "A paragraph about tables, grain and keys, long enough to be read. ".repeat(40);
    let files = [
        ("bench/course.yaml", "id: bench\ntitle: Bench\nsummary: A course for the load run.\nversion: 1\nowner: a@example.com\nobjectives: {basics: Basics}\ncertification: {id: bench, name: Bench, criteria: Knows it., validity: P12M, renewal_window: P30D}\n".to_owned()),
        ("bench/modules/01-first/index.md", format!("---\nid: first\ntitle: First\nobjectives: [basics]\n---\n\n{text}\n\n## More\n\n```sql\nSELECT merchant_id, COUNT(*) FROM business.orders GROUP BY merchant_id;\n```\n\n{text}\n")),
        ("bench/exams/final.quiz.yaml", quiz("final", "exam", "time_limit: 30m\n")),
        ("bench/exams/drill.quiz.yaml", quiz("drill", "practice", "")),
        ("bench/banks/basics.bank.yaml", format!("id: basics\nquestions:\n{bank}")),
        ("access.yaml", format!("warehouses:\n  - {{id: es, kind: snowflake, title: ES, audience: 'https://es.example.com'}}\n  - {{id: rs, kind: trino, title: RS, audience: 'https://rs.example.com', signing: RS256}}\nroles:\n{}{}", role("fast", "es"), role("slow", "rs"))),
    ];
    for (path, body) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, body).unwrap();
    }
    super::labs::write_content(folder);
}

pub async fn build(program: &Program, callers: usize) -> Company {
    let mut client = Client::connect(program.address).await;
    let set_up =
        client.form(&program.link(), &[("email", ADMIN), ("name", "Alix Admin"), ("password", PASSWORD)]).await;
    assert!(set_up.status == 303, "set-up: {} {}", set_up.status, set_up.body);
    let admin = sign_in(&mut client, ADMIN).await.bearer;
    let mut made = Vec::new();
    for n in 0..callers {
        let email = format!("caller{n}@example.com");
        let body = serde_json::json!({ "email": email, "name": format!("Caller {n}") }).to_string();
        let invited = client.json("POST", "/api/v1/people", Some(&admin), Some(&body)).await;
        let link =
            invited["link"]["url"].as_str().or(invited["link"].as_str()).or(invited["url"].as_str()).expect("a link");
        let path = &link[link.find("/welcome/").unwrap()..];
        let welcomed = client.form(path, &[("password", PASSWORD)]).await;
        assert!(welcomed.status == 303, "welcome: {} {}", welcomed.status, welcomed.body);
        let caller = sign_in(&mut client, &email).await;
        certify(&mut client, &caller.bearer).await;
        made.push(caller);
    }
    Company { callers: made, admin }
}

pub async fn sign_in(client: &mut Client, email: &str) -> Caller {
    let body = serde_json::json!({ "email": email, "password": PASSWORD }).to_string();
    let answer = client.send("POST", "/api/v1/session", None, Some(&body)).await;
    assert!(answer.status == 200, "sign-in: {} {}", answer.status, answer.body);
    let session: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    Caller { bearer: session["token"].as_str().unwrap().to_owned(), cookie: answer.cookie().expect("a session cookie") }
}

async fn certify(client: &mut Client, bearer: &str) {
    client.json("POST", "/api/v1/courses/bench/modules/first/completion", Some(bearer), Some("{}")).await;
    let attempt = client.start(bearer, "bench/final").await;
    for no in 1..=12 {
        let path = format!("/api/v1/attempts/{attempt}/answers/{no}");
        client.json("PUT", &path, Some(bearer), Some("{\"revision\":0,\"answer\":true}")).await;
    }
    client.submit(bearer, &attempt).await;
    for role in ["fast", "slow"] {
        let body = format!("{{\"role\":\"{role}\",\"reason\":\"load\"}}");
        client.json("POST", "/api/v1/requests", Some(bearer), Some(&body)).await;
    }
}
