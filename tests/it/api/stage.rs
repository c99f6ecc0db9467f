//! A served house with people in every part, and a client that holds each answer against the description of the API.

use super::{academy, schema};
use crate::support::{House, content, person_id, web::Served};
use habilis::{
    actions::{change_person, notify},
    base::clock::{Clock, Time},
    certification::{
        self,
        notice::{self, NoticeKind},
    },
    curriculum::source::Source,
    db::sql,
    identity::{actor::Actor, person::Capabilities},
};
use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Mutex};

/// Where every call begins.
pub const BASE: &str = "/api/v1";

/// Somebody with an account and a session.
pub struct Player {
    pub actor: Actor,
    pub bearer: String,
    pub id: String,
}

pub struct Stage {
    pub served: Served,
    pub admin: Player,
    pub auditor: Player,
    /// Owns every role and decides on `keeper` and, with the team `privacy`, on `guardian`.
    pub owner: Player,
    /// Of the team `privacy`, which has a say on `guardian`.
    pub petra: Player,
    /// Learners; only Ana has her tours and trials.
    pub ana: Player,
    pub bob: Player,
    pub document: Value,
    called: Mutex<BTreeSet<String>>,
    codes: Mutex<BTreeSet<String>>,
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Stage {
    pub async fn set() -> Self {
        let files = academy::files();
        let clock = Clock::held(Time::parse(crate::support::START).unwrap());
        let house = House::on(Source::from_files(files.clone()), clock).await;
        content::write(&files, &house.engine.folder.path().join("courses"));
        let served = Served::start(house).await;
        let admin = served.house.admin.clone();
        let bearer = served.house.bearer(&admin).await;
        let admin = Player { id: person_id(&admin).to_string(), actor: admin, bearer };
        let auditor = player(&served, "Odile", &[]).await;
        let may = Capabilities { auditor: true, ..Capabilities::default() };
        let change = change_person::change_capabilities;
        change(&served.house.app, &served.house.admin, person_id(&auditor.actor), may).await.unwrap();
        let (owner, ana, bob) =
            (player(&served, "Owner", &[]).await, player(&served, "Ana", &[]).await, player(&served, "Bob", &[]).await);
        let petra = player(&served, "Petra", &["privacy"]).await;
        let document = served.call(Method::GET, "/api/openapi.json").send().await.unwrap().json().await.unwrap();
        let (called, codes) = Default::default();
        Self { served, admin, auditor, owner, petra, ana, bob, document, called, codes }
    }

    pub fn house(&self) -> &House {
        &self.served.house
    }

    /// An instant so many seconds from now, in words.
    pub fn after(&self, seconds: i64) -> String {
        self.house().clock.now().plus_seconds(seconds).to_string()
    }

    /// Changes the questions of a course, and puts them in force as its next version.
    pub async fn rewrite(&self, who: &Player, course: &str, change: impl Fn(String) -> String) {
        let folder = self.house().engine.folder.path().join("courses").join(course);
        let edit = |path: &str, change: &dyn Fn(String) -> String| {
            let file = folder.join(path);
            std::fs::write(&file, change(std::fs::read_to_string(&file).unwrap())).unwrap();
        };
        edit("banks/basics.bank.yaml", &change);
        edit("course.yaml", &|text| {
            let (before, rest) = text.split_once("\nversion: ").unwrap();
            let (version, after) = rest.split_once('\n').unwrap();
            format!("{before}\nversion: {}\n{after}", version.parse::<i64>().unwrap() + 1)
        });
        self.ok(who, "POST /content/reload", Value::Null).await;
    }

    /// Another learner.
    pub async fn learner(&self, name: &str) -> Player {
        player(&self.served, name, &[]).await
    }

    /// Every documented call, as `GET /people/{id}`, with its description.
    pub fn operations(&self) -> Vec<(String, Value)> {
        let paths = self.document["paths"].as_object().unwrap().iter();
        paths
            .flat_map(|(path, item)| {
                let path = path.strip_prefix(BASE).unwrap().to_owned();
                let verbs = item.as_object().unwrap().iter();
                verbs.map(move |(verb, told)| (format!("{} {path}", verb.to_uppercase()), told.clone()))
            })
            .collect()
    }

    /// The documented call that this one is, if any.
    fn operation(&self, call: &str) -> Option<(String, Value)> {
        let parts = |text: &str| text.split(['/', ' ']).map(str::to_owned).collect::<Vec<_>>();
        let asked = parts(call.split('?').next().unwrap());
        let fits = |told: &str| {
            let told = parts(told);
            told.len() == asked.len() && told.iter().zip(&asked).all(|(a, b)| a == b || a.starts_with('{'))
        };
        self.operations().into_iter().filter(|(told, _)| fits(told)).min_by_key(|(told, _)| told.matches('{').count())
    }

    pub fn not_yet_called(&self) -> Vec<String> {
        let called = self.called.lock().unwrap();
        self.operations().into_iter().map(|(call, _)| call).filter(|call| !called.contains(call)).collect()
    }

    /// The codes of every refusal that was provoked.
    pub fn codes(&self) -> BTreeSet<String> {
        self.codes.lock().unwrap().clone()
    }

    /// Notes a code that was provoked elsewhere than by [`Stage::refused`].
    pub fn provoked(&self, code: &str) {
        self.codes.lock().unwrap().insert(code.to_owned());
    }

    /// Makes a call, with further headers; `bearer` may be empty and `body` null. Holds the answer against the description.
    pub async fn call(&self, bearer: &str, call: &str, body: &Value, headers: &[(&str, &str)]) -> Reply {
        let (method, path) = call.split_once(' ').unwrap();
        // What follows at one held instant is told apart by single microseconds: step past them.
        self.house().clock.set(self.house().clock.now().plus_micros(1_000));
        let mut request = self.served.call(method.parse().unwrap(), &format!("{BASE}{path}"));
        if !bearer.is_empty() {
            request = request.bearer_auth(bearer);
        }
        if !body.is_null() {
            let named = headers.iter().any(|(name, _)| *name == "content-type");
            request = if named { request.body(body.to_string()) } else { request.json(body) };
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        let reply = Reply { status, headers, text, body };
        self.judge(call, &reply);
        reply
    }

    #[track_caller]
    pub fn judge(&self, call: &str, reply: &Reply) {
        let Reply { status, text, body, .. } = reply;
        if *status >= 400 && !call.starts_with("HEAD") {
            assert_eq!(reply.header("content-type"), "application/problem+json", "{call}: {text}");
            assert_eq!(body["status"], *status, "{call}: {text}");
            assert!(body["detail"].as_str().is_some_and(|words| words.len() > 5), "{call} says nothing: {text}");
        }
        let Some((name, told)) = self.operation(call) else { return };
        let answer = &told["responses"][status.to_string()];
        assert!(answer.is_object(), "{call}: {status} is not described: {text}");
        if *status >= 400 {
            let code = format!("`{}`", body["code"].as_str().unwrap());
            assert!(
                answer["description"].as_str().unwrap().contains(&code),
                "{call}: {status} {code} is not described"
            );
            return;
        }
        if reply.header("content-type").starts_with("application/json") {
            schema::check(&self.document, &answer["content"]["application/json"]["schema"], body, &name);
        }
        let (place, told) = (reply.header("location"), answer["headers"]["Location"].is_object());
        assert_eq!(
            *status == 201 && told,
            !place.is_empty(),
            "{call}: an address is given and not described, or not given"
        );
        if let Some(there) = place.strip_prefix(BASE) {
            let known = ["GET", "DELETE"].iter().any(|verb| self.operation(&format!("{verb} {there}")).is_some());
            assert!(known, "{call}: there is nothing at {place}");
        }
        self.called.lock().unwrap().insert(name);
    }

    /// A call that must succeed; gives the body.
    pub async fn ok(&self, who: &Player, call: &str, body: Value) -> Value {
        let reply = self.call(&who.bearer, call, &body, &[]).await;
        assert!((200..300).contains(&reply.status), "{call}: {} {}", reply.status, reply.text);
        reply.body
    }

    /// The same without a body.
    pub async fn get(&self, who: &Player, path: &str) -> Value {
        self.ok(who, &format!("GET {path}"), Value::Null).await
    }

    /// A call that must be refused with this status and code, and of which the log must tell (I4).
    pub async fn refused(&self, who: &Player, call: &str, body: Value, status: u16, code: &str) -> Reply {
        let before = self.house().events("refused").await;
        let reply = self.call(&who.bearer, call, &body, &[]).await;
        self.told(&reply, call, status, code);
        assert_eq!(self.house().events("refused").await, before + 1, "{call}: {code} left no event, or more than one");
        assert_eq!(self.last_refused().await, code, "{call}");
        reply
    }

    /// A call that is refused at the edge, before any action begins: the log does not tell of it.
    pub async fn bounced(&self, bearer: &str, call: &str, body: Value, status: u16, code: &str) -> Reply {
        let before = self.house().events("refused").await;
        let reply = self.call(bearer, call, &body, &[]).await;
        self.told(&reply, call, status, code);
        assert_eq!(self.house().events("refused").await, before, "{call}: {code}");
        reply
    }

    #[track_caller]
    pub fn told(&self, reply: &Reply, call: &str, status: u16, code: &str) {
        assert_eq!((reply.status, reply.body["code"].as_str()), (status, Some(code)), "{call}: {}", reply.text);
        match status {
            401 => assert!(reply.header("www-authenticate").starts_with("Bearer"), "{call}"),
            405 => assert!(!reply.header("allow").is_empty(), "{call}"),
            429 | 503 => assert!(!reply.header("retry-after").is_empty(), "{call}"),
            _ => {}
        }
        self.provoked(code);
    }

    /// The code of the latest refusal in the log.
    pub async fn last_refused(&self) -> String {
        let data: String =
            self.one("SELECT data AS word FROM events WHERE kind = 'refused' ORDER BY seq DESC LIMIT 1").await;
        let data: Value = serde_json::from_str(&data).unwrap();
        data["code"].as_str().unwrap().to_owned()
    }

    /// How many changes the log tells of.
    pub async fn changes(&self) -> i64 {
        self.one("SELECT COUNT(*) AS n FROM events WHERE outcome = 'done'").await
    }

    async fn one<T>(&self, text: &'static str) -> T
    where
        T: habilis::db::FromRow + Send + 'static,
    {
        let app = &self.house().app;
        app.db.read(app.now(), move |r| Ok(sql(text).one::<T>(r)?)).await.unwrap()
    }

    /// Tells somebody that a certificate lapses soon; returns the notice's id.
    pub async fn tell(&self, who: &Player) -> String {
        let certificate = text(&items(&self.get(who, "/certificates").await)[0]["id"]).parse().unwrap();
        let person = who.id.parse().unwrap();
        let app = &self.house().app;
        let (certification, course) = ("alpha".parse().unwrap(), "alpha".parse().unwrap());
        let about = notice::About::Certificate { certificate, certification, course, until: app.now() };
        let told = app
            .db
            .write(app.now(), move |w| {
                let (by, once) = (Actor::system("test").by(), certificate.to_string());
                notify::tell(w, &by, person, NoticeKind::CertificateLapses, &once, &about)?;
                Ok(certification::rows::unseen(w, person)?)
            })
            .await
            .unwrap();
        told[0].id.to_string()
    }

    /// Asks for a role with a reason; gives the request.
    pub async fn ask(&self, who: &Player, role: &str) -> Value {
        self.ok(who, "POST /requests", json!({ "role": role, "reason": "the weekly report" })).await
    }
}

async fn player(served: &Served, name: &str, teams: &[&str]) -> Player {
    let (actor, bearer) = served.house.joined(name, teams).await;
    Player { id: person_id(&actor).to_string(), actor, bearer }
}

/// A text of an answer.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// The lines of a list.
#[track_caller]
pub fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap_or_else(|| panic!("{list} is no list"))
}
