//! A house for a test: a database of its own on the engine under test, a held clock, a small academy, and people.

pub mod browser;
pub mod content;
pub mod engine;
pub mod kinds;
pub mod program;
pub mod samples;
pub mod web;

use habilis::{
    academy::{self, answer::Answer, grading},
    access::request::{State as RequestState, Verdict},
    actions::{
        complete_module, decide_request, invite_person, load_content, log, open_link, request_role, rotate_keys,
        save_answer, set_up, sign_in, start_attempt, submit_attempt,
    },
    app::App,
    base::{
        clock::{Clock, Time},
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    curriculum::{question::Body, source::Source},
    identity::{actor::Actor, secret::Secret},
    settings::{Hidden, Settings},
};
use std::collections::BTreeMap;

/// The moment at which every held clock starts.
pub const START: &str = "2026-03-02T08:00:00Z";

/// The password of everybody in a test's house.
pub const PASSWORD: &str = "copper lathe under seven moons";

/// The key that seals what a test's house keeps.
pub const SECRET_KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

pub struct House {
    pub app: App,
    pub clock: Clock,
    pub admin: Actor,
    pub engine: engine::Database,
}

pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

impl House {
    /// A house with the small academy of [`content::small`].
    pub async fn new() -> Self {
        Self::with(content::small()).await
    }

    /// A house with other content. All of these share their keys, which take longer to make than all else.
    pub async fn with(source: Source) -> Self {
        let engine = engine::Database::keyed().await;
        let settings = settings(&engine);
        Self::begun(engine, settings, source, Clock::held(Time::parse(START).unwrap())).await
    }

    /// A house that has its keys for itself, as every one has in earnest: for tests with more than one.
    pub async fn apart() -> Self {
        Self::on(content::small(), Clock::held(Time::parse(START).unwrap())).await
    }

    /// A house with other content and another clock.
    pub async fn on(source: Source, clock: Clock) -> Self {
        Self::set(source, clock, |_| {}).await
    }

    /// A house with other content, another clock and other settings.
    pub async fn set(source: Source, clock: Clock, change: impl FnOnce(&mut Settings)) -> Self {
        let engine = engine::Database::migrated().await;
        let mut settings = settings(&engine);
        change(&mut settings);
        Self::begun(engine, settings, source, clock).await
    }

    async fn begun(engine: engine::Database, settings: Settings, source: Source, clock: Clock) -> Self {
        let app = open_with(settings, clock.clone()).await;
        rotate_keys::ensure_keys(&app).await.unwrap();
        load_content::load_content(&app, &Actor::operator("test"), source).await.unwrap();
        let link = set_up::set_up_link(&app).await.unwrap().unwrap();
        let secret = Secret::presented(link.rsplit('/').next().unwrap());
        let nobody = Actor::anonymous("192.0.2.1");
        let begun = set_up::set_up(&app, &nobody, secret, "admin@example.com", "Alix Admin", PASSWORD.into(), "test")
            .await
            .unwrap();
        let admin = actor(&app, &begun.secret).await;
        // The log has begun, so that no event of its own comes in between what a test counts.
        log::sequence(&app).await.unwrap();
        Self { app, clock, admin, engine }
    }

    /// Another replica on the same database and clock.
    pub async fn replica(&self) -> App {
        let app = open_with(self.app.settings.clone(), self.clock.clone()).await;
        rotate_keys::ensure_keys(&app).await.unwrap();
        load_content::follow(&app).await.unwrap();
        app
    }

    /// A person who has chosen a password and is signed in.
    pub async fn person(&self, name: &str) -> Actor {
        self.person_in(name, &[]).await
    }

    /// The same, in teams.
    pub async fn person_in(&self, name: &str, teams: &[&str]) -> Actor {
        self.joined(name, teams).await.0
    }

    /// The same with the session's secret, which serves as Bearer token.
    pub async fn joined(&self, name: &str, teams: &[&str]) -> (Actor, String) {
        let invitation = invite_person::Invitation {
            email: format!("{}@example.com", name.to_lowercase().replace(' ', ".")),
            name: name.to_owned(),
            teams: teams.iter().map(|&team| team.to_owned()).collect(),
            ..invite_person::Invitation::default()
        };
        let link = invite_person::invite_person(&self.app, &self.admin, invitation).await.unwrap();
        let secret = Secret::presented(link.url.rsplit('/').next().unwrap());
        let nobody = Actor::anonymous("192.0.2.1");
        let begun = open_link::open_link(&self.app, &nobody, secret, PASSWORD.into(), "test").await.unwrap();
        (actor(&self.app, &begun.secret).await, begun.secret.reveal().to_owned())
    }

    /// A Bearer token of somebody in this house.
    pub async fn bearer(&self, who: &Actor) -> String {
        let email = who.signed().unwrap().person.email.to_string();
        let nobody = Actor::anonymous("192.0.2.1");
        let begun = sign_in::sign_in(&self.app, &nobody, &email, PASSWORD.into(), "test").await.unwrap();
        begun.secret.reveal().to_owned()
    }

    pub fn advance(&self, text: &str) {
        let span: habilis::base::span::Span = text.parse().unwrap();
        // Actions at one held instant follow each other by single microseconds: step past them.
        self.clock.set(self.clock.now().plus(&span).plus_micros(1_000));
    }

    /// Reads every module of a course.
    pub async fn read_all(&self, who: &Actor, course: &str) {
        let content = self.app.content().unwrap();
        for module in &content.curriculum.courses[&slug(course)].modules {
            complete_module::complete_module(&self.app, who, slug(course), module.id.clone()).await.unwrap();
        }
    }

    /// Takes an exam, giving the key (or nothing) to every question; returns the attempt.
    pub async fn take(&self, who: &Actor, course: &str, quiz: &str, right: bool) -> Result<Id<ids::Attempt>, Fault> {
        let attempt = start_attempt::start_attempt(&self.app, who, slug(course), slug(quiz)).await?;
        self.hand_in(who, attempt, right).await?;
        Ok(attempt)
    }

    /// Gives the key (or nothing) to every question of an open attempt and hands it in.
    pub async fn hand_in(&self, who: &Actor, attempt: Id<ids::Attempt>, right: bool) -> Result<(), Fault> {
        for (no, answer) in keys(&self.app, attempt).await {
            let answer = if right { answer } else { serde_json::Value::Null };
            let save = save_answer::Save { no, revision: 0, answer, flagged: false };
            save_answer::save_answer(&self.app, who, attempt, save).await?;
        }
        submit_attempt::submit_attempt(&self.app, who, attempt, Vec::new()).await?;
        // Actions at one held instant follow each other by single microseconds: step past them.
        self.clock.set(self.clock.now().plus_micros(1_000));
        Ok(())
    }

    /// Reads and passes a course.
    pub async fn certify(&self, who: &Actor, course: &str) {
        self.read_all(who, course).await;
        self.take(who, course, "final", true).await.unwrap();
    }

    pub async fn ask(&self, who: &Actor, role: &str) -> Result<(Id<ids::Request>, RequestState), Fault> {
        let ask =
            request_role::Ask { role: slug(role), reason: "the weekly report".into(), duration: None, starts_at: None };
        request_role::request_role(&self.app, who, ask).await
    }

    pub async fn approve(&self, who: &Actor, request: Id<ids::Request>) -> Result<RequestState, Fault> {
        let say = decide_request::Say::new(Verdict::Approve, "");
        decide_request::decide_request(&self.app, who, request, say).await
    }

    /// How often somebody was told that a request waits for them: what is news to them still, and what ever was.
    pub async fn told_to_decide(&self, who: &Actor) -> (i64, i64) {
        let who = person_id(who);
        self.app
            .db
            .read(self.app.now(), move |r| {
                let count = "SELECT COUNT(*) AS n FROM notices WHERE person_id = ? AND kind = 'request_waits'";
                let news = habilis::db::sql(format!("{count} AND seen_at IS NULL")).bind(&who).one::<i64>(r)?;
                Ok((news, habilis::db::sql(count).bind(&who).one::<i64>(r)?))
            })
            .await
            .unwrap()
    }

    /// How many events there are of a kind.
    pub async fn events(&self, kind: &str) -> i64 {
        let kind = kind.to_owned();
        self.app
            .db
            .read(self.app.now(), move |r| {
                Ok(habilis::db::sql("SELECT COUNT(*) AS n FROM events WHERE kind = ?").bind(&kind).one::<i64>(r)?)
            })
            .await
            .unwrap()
    }
}

/// Whether this is the run on PostgreSQL, and what a test looks at is the same on every engine and takes long: pages without a
/// database, a keyboard in a browser, files that are read.
pub fn seen_on_sqlite() -> bool {
    std::env::var_os(engine::VARIABLE).is_some()
}

/// Work that takes the whole machine (a storm, a browser) is done one at a time.
pub async fn alone() -> tokio::sync::MutexGuard<'static, ()> {
    static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    ONE.lock().await
}

/// The answers that earn every point of an attempt, by place.
pub async fn keys(app: &App, attempt: Id<ids::Attempt>) -> BTreeMap<i64, serde_json::Value> {
    app.db
        .read(app.now(), move |r| {
            let form = academy::rows::form(r, attempt)?;
            let questions = academy::rows::questions(r, &form)?;
            let mut keys = BTreeMap::new();
            for on_form in form.questions() {
                let question = &questions[&on_form.hash];
                let key = academy::key::right_answer(question, on_form);
                let answer = Answer::parse(&key, on_form, question)?;
                // Statements and prose are marked elsewhere.
                if !matches!(question.body, Body::Sql(_) | Body::FreeText { .. }) {
                    assert_eq!(grading::share(question, on_form, &answer), academy::mark::Mark::ONE, "{}", question.id);
                }
                keys.insert(on_form.no, key);
            }
            Ok(keys)
        })
        .await
        .unwrap()
}

/// How the parts of an attempt's questions are called in it: the form, by the question's id.
pub async fn on_form(app: &App, attempt: Id<ids::Attempt>) -> BTreeMap<String, academy::form::FormQuestion> {
    let form = app.db.read(app.now(), move |r| Ok(academy::rows::form(r, attempt)?)).await.unwrap();
    form.questions().map(|question| (question.question.to_string(), question.clone())).collect()
}

/// What an attempt calls a part of a question, by the part's id.
pub fn token(question: &academy::form::FormQuestion, id: &str) -> String {
    question.options.iter().find(|option| option.option.as_str() == id).unwrap().token.clone()
}

pub fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::Refused(refused) => refused.code,
        Fault::Broken(broken) => panic!("broken: {broken}"),
    }
}

pub async fn actor(app: &App, secret: &Secret) -> Actor {
    sign_in::authenticate(app, secret, "192.0.2.1").await.unwrap().expect("a live session")
}

pub fn person_id(actor: &Actor) -> Id<ids::Person> {
    actor.signed().unwrap().person.id
}

pub fn settings(engine: &engine::Database) -> Settings {
    Settings {
        database_url: Some(Hidden::new(engine.url.clone())),
        data_dir: engine.folder.path().to_owned(),
        content: Some(engine.folder.path().join("courses")),
        secret_key: Some(Hidden::new(SECRET_KEY)),
        listen: "127.0.0.1:0".parse().unwrap(),
        database_connections: 6,
        ..Settings::default()
    }
}

pub async fn open(engine: &engine::Database, clock: Clock) -> App {
    open_with(settings(engine), clock).await
}

async fn open_with(settings: Settings, clock: Clock) -> App {
    tokio::task::spawn_blocking(move || App::open(settings, clock)).await.unwrap().unwrap()
}
