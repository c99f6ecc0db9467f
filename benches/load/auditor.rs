//! The auditor's questions on a large company: holders by every filter, first and last pages, a person's file, the log.

use super::{
    Work,
    http::{Client, Proof},
    limits,
    program::Program,
    table::Table,
};
use std::time::{Duration, Instant};

/// How often each question is asked, at most.
const TIMES: usize = 300;
/// How long each question is asked, at most.
const TIME: Duration = Duration::from_secs(6);

/// The lines of the table.
pub const QUESTIONS: [&str; 38] = [
    "holders of a role, first page",
    "holders of a role, last page",
    "holders of a role as of yesterday",
    "effective holders of a role",
    "suspended holders of a role",
    "all holders, first page",
    "all holders as of yesterday",
    "all effective holders",
    "all suspended holders",
    "all locked holders",
    "all disabled holders",
    "all scheduled holders",
    "all ended holders",
    "holders of a warehouse",
    "suspended holders of a warehouse",
    "holders of a team",
    "suspended holders of a team",
    "one person's holdings",
    "one person's whole file",
    "one person's log",
    "page: holders of a role",
    "report: holders of a role now",
    "report: holders of a role, 200 days ago",
    "report: all holders, 200 days ago",
    "report: why a person holds a role",
    "report: approvals of a week, 200 days ago",
    "report: certified when used",
    "report: without a certificate",
    "report: without a certificate, 200 days ago",
    "report: durations of a week, 200 days ago",
    "report: unused, of a role",
    "report: tokens of a person",
    "report: a leaver",
    "report: the policy of a role",
    "report: is the log sound",
    "report: lapses of a week",
    "map: teams by warehouses",
    "page: explain, with its timeline",
];

/// Asks them all, one after the other, as one caller.
pub async fn ask(program: &Program, table: &mut Table) {
    let bearer = program.sign_in_as("auditor").await;
    let mut client = Client::connect(program.address).await;
    let roles = client.json("GET", "/api/v1/roles", Some(&bearer), None).await;
    let listed = roles["items"].as_array().or(roles.as_array()).unwrap();
    let text = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap().to_owned();
    let roles: Vec<String> = listed.iter().rev().take(3).map(|role| text(role, "id")).collect();
    let warehouse = listed[listed.len() - 1]["warehouse"]
        .as_str()
        .map_or_else(|| listed[listed.len() - 1]["warehouse"]["id"].as_str().unwrap().to_owned(), str::to_owned);
    let role = &roles[0];
    let page = client.json("GET", &format!("/api/v1/holders?role={role}&limit=50"), Some(&bearer), None).await;
    let person = page["items"][0]["person"]["id"].as_str().unwrap().to_owned();
    let file = client.json("GET", &format!("/api/v1/people/{person}"), Some(&bearer), None).await;
    let team = file["teams"][0].as_str().map_or_else(|| "finance".to_owned(), str::to_owned);
    let last = last_page(&mut client, &bearer, role, &page).await;
    let at = |days: i64| jiff::Timestamp::from_second(now() - days * 86_400).unwrap();
    let (long_ago, week_later) = (at(200), at(193));
    let yesterday = jiff::Timestamp::from_second(now() - 86_400).unwrap();

    let read = limits::indexed_read(program).await;
    for name in QUESTIONS {
        let report = |name: &str, query: &str| format!("/api/v1/reports/{name}?{query}&limit=50");
        let holders = |query: String| format!("/api/v1/holders?{query}&limit=50");
        let path = match name {
            "holders of a role, first page" => holders(format!("role={role}")),
            "holders of a role, last page" => match &last {
                Some(last) => holders(format!("role={role}&cursor={last}")),
                None => continue,
            },
            "holders of a role as of yesterday" => holders(format!("role={}&as_of={yesterday}", roles[1])),
            "effective holders of a role" => holders(format!("role={}&state=effective", roles[2])),
            "suspended holders of a role" => holders(format!("role={}&state=suspended", roles[2])),
            "all holders, first page" => holders("as_of=".to_owned()).replace("as_of=&", ""),
            "all holders as of yesterday" => holders(format!("as_of={yesterday}")),
            "all effective holders" => holders("state=effective".to_owned()),
            "all suspended holders" => holders("state=suspended".to_owned()),
            "all locked holders" => holders("state=locked".to_owned()),
            "all disabled holders" => holders("state=disabled".to_owned()),
            "all scheduled holders" => holders("state=scheduled".to_owned()),
            "all ended holders" => holders("state=ended".to_owned()),
            "holders of a warehouse" => holders(format!("warehouse={warehouse}")),
            "suspended holders of a warehouse" => holders(format!("warehouse={warehouse}&state=suspended")),
            "holders of a team" => holders(format!("team={team}")),
            "suspended holders of a team" => holders(format!("team={team}&state=suspended")),
            "one person's holdings" => holders(format!("person={person}")),
            "one person's whole file" => format!("/api/v1/people/{person}"),
            "one person's log" => format!("/api/v1/events?person={person}&limit=50"),
            "page: holders of a role" => format!("/holders?role={role}"),
            "report: holders of a role now" => report("holders-now", &format!("role={}", roles[1])),
            "report: holders of a role, 200 days ago" => {
                report("holders-at", &format!("role={}&at={long_ago}", roles[1]))
            }
            "report: all holders, 200 days ago" => report("holders-at", &format!("at={long_ago}")),
            "report: why a person holds a role" => report("why-held", &format!("role={role}&person={person}")),
            "report: approvals of a week, 200 days ago" => {
                report("approvals", &format!("from={long_ago}&until={week_later}"))
            }
            "report: certified when used" => report("certified-when-used", &format!("person={person}&from={long_ago}")),
            "report: without a certificate" => report("without-certificate", &format!("role={role}")),
            "report: without a certificate, 200 days ago" => {
                report("without-certificate", &format!("role={role}&at={long_ago}"))
            }
            "report: durations of a week, 200 days ago" => {
                report("durations", &format!("from={long_ago}&until={week_later}"))
            }
            "report: unused, of a role" => report("unused", &format!("role={role}")),
            "report: tokens of a person" => report("tokens", &format!("person={person}&from={long_ago}")),
            "report: a leaver" => report("leaver", &format!("person={person}")),
            "report: the policy of a role" => report("policy-then", &format!("role={role}&at={long_ago}")),
            "report: is the log sound" => report("log-integrity", ""),
            "report: lapses of a week" => report("lapses", &format!("until={}", at(-7))),
            "map: teams by warehouses" => "/api/v1/holders/map?columns=warehouses".to_owned(),
            "page: explain, with its timeline" => format!("/explain?role={role}&person={person}"),
            other => panic!("no question for {other}"),
        };
        if table.wants(name) {
            let work = repeat(program, &mut client, &bearer, &path).await;
            table.row(name, &work, Some(("one authenticated indexed read, one caller", read)));
        }
    }
}

async fn repeat(program: &Program, client: &mut Client, bearer: &str, path: &str) -> Work {
    let by_page = !path.starts_with("/api/");
    let proof = if by_page { Proof::cookie(&format!("habilis={bearer}")) } else { Proof::bearer(bearer) };
    let (mut taken, started, before) = (Vec::new(), Instant::now(), program.processor());
    while taken.len() < TIMES && started.elapsed() < TIME {
        let one = Instant::now();
        let answer = client.ask("GET", path, &proof, None).await;
        taken.push(one.elapsed());
        assert!(answer.status == 200, "{path}: {} {}", answer.status, answer.body);
    }
    Work { taken, over: started.elapsed(), processor: program.processor() - before }
}

/// The cursor of the last page of a role's holders.
async fn last_page(client: &mut Client, bearer: &str, role: &str, first: &serde_json::Value) -> Option<String> {
    let mut cursor = first["next"].as_str().map(str::to_owned);
    let mut last = None;
    while let Some(next) = cursor {
        let path = format!("/api/v1/holders?role={role}&limit=1000&cursor={next}");
        let page = client.json("GET", &path, Some(bearer), None).await;
        last = Some(next);
        cursor = page["next"].as_str().map(str::to_owned);
    }
    last
}

#[expect(clippy::disallowed_methods, reason = "the bench asks about yesterday")]
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
