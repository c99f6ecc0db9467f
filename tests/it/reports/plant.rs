//! Planting: rows with instants to the microsecond, so that answers and near-misses stand side by side.

use crate::support::{House, person_id, slug};
use habilis::{
    actions::read_report::{self, Opened},
    base::{
        clock::Time,
        ids::{self, Id, Kind},
        paging::Paging,
        refusal::Fault,
    },
    db::{sql, sql::Statement},
    identity::actor::Actor,
    reports::{asked::Ask, cell::object, report::Report},
};
use serde_json::{Map, Value};

/// The moment that everything is planted around.
pub const NOON: &str = "2026-02-01T12:00:00Z";

pub fn noon() -> Time {
    Time::parse(NOON).unwrap()
}

/// So many days from noon.
pub fn day(days: i64) -> Time {
    noon().plus_seconds(days * 86_400)
}

/// So many microseconds after an instant.
pub fn tick(at: Time, micros: i64) -> Time {
    at.plus_micros(micros)
}

/// A line of a report, by the names of its columns.
pub type Object = Map<String, Value>;

pub struct Ground {
    pub house: House,
}

impl Ground {
    pub async fn new() -> Self {
        Self { house: House::new().await }
    }

    pub async fn run(&self, statements: Vec<Statement>) {
        let app = &self.house.app;
        app.db
            .write(app.now(), move |w| {
                for statement in &statements {
                    statement.clone().run(w)?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }

    pub async fn someone(&self, name: &str) -> Id<ids::Person> {
        person_id(&self.house.person(name).await)
    }

    fn id<K: Kind>(&self) -> Id<K> {
        Id::new(self.house.app.now())
    }

    /// A certificate of the course of that name; its end and why it came.
    pub async fn certificate(
        &self,
        who: Id<ids::Person>,
        course: &str,
        from: Time,
        ends: Time,
    ) -> Id<ids::Certificate> {
        self.certificate_of(who, course, 1, from, from, ends).await
    }

    /// The same, of a version of the course, issued at another instant than it counts from.
    pub async fn certificate_of(
        &self,
        who: Id<ids::Person>,
        course: &str,
        version: i64,
        issued: Time,
        from: Time,
        ends: Time,
    ) -> Id<ids::Certificate> {
        let id: Id<ids::Certificate> = self.id();
        let evidence = serde_json::json!({ "course": course, "version": version, "content": "x", "modules": {},
            "exams": [], "renews": null });
        let change = self.change("certificate", id, "", "valid", issued);
        self.run(vec![
            sql("INSERT INTO certificates (id, person_id, certification_id, course_id, course_version, state, issued_at, \
                 valid_from, expires_at, ends_at, evidence, award_key) VALUES (?, ?, ?, ?, ?, 'valid', ?, ?, ?, ?, ?, ?)")
            .bind(&id)
            .bind(&who)
            .bind(&slug(course))
            .bind(&slug(course))
            .bind(&version)
            .bind(&issued)
            .bind(&from)
            .bind(&ends)
            .bind(&ends)
            .bind(&evidence.to_string())
            .bind(&id.to_string()),
            change,
        ])
        .await;
        id
    }

    fn change<K: Kind>(&self, entity: &str, id: Id<K>, from: &str, to: &str, at: Time) -> Statement {
        let change: Id<ids::Change> = self.id();
        sql("INSERT INTO state_changes (id, entity, subject_id, from_state, to_state, at, actor, reason) \
             VALUES (?, ?, ?, ?, ?, ?, 'system:test', '')")
        .bind(&change)
        .bind(&entity.to_owned())
        .bind(&id)
        .bind(&from.to_owned())
        .bind(&to.to_owned())
        .bind(&at)
    }

    /// A request that was approved, and the grant that came of it.
    pub async fn grant(&self, who: Id<ids::Person>, role: &str, from: Time, ends: Time) -> Planted {
        self.grant_by(who, role, from, from, ends, &[]).await
    }

    /// The same, given at another instant than it begins, by decisions of others.
    pub async fn grant_by(
        &self,
        who: Id<ids::Person>,
        role: &str,
        given: Time,
        from: Time,
        ends: Time,
        by: &[Id<ids::Person>],
    ) -> Planted {
        let request = self.request(who, role, given).await;
        for approver in by {
            self.decide(request, *approver, "approve", given).await;
        }
        let grant: Id<ids::Grant> = self.id();
        let state = if from > given { "scheduled" } else { "active" };
        let insert = sql(
            "INSERT INTO grants (id, person_id, role_id, warehouse_id, request_id, policy_id, state, starts_at, ends_at, \
             granted_at, grace_micros) SELECT ?, ?, id, warehouse_id, ?, policy_id, ?, ?, ?, ?, 0 FROM roles WHERE id = ?",
        )
        .bind(&grant)
        .bind(&who)
        .bind(&request)
        .bind(&state.to_owned())
        .bind(&from)
        .bind(&ends)
        .bind(&given)
        .bind(&slug(role));
        let mut statements = vec![insert, self.change("grant", grant, "", state, given)];
        // One live grant a person and role: what is over has ended.
        if ends <= self.house.app.now() {
            if state == "scheduled" {
                statements.push(self.change("grant", grant, "scheduled", "active", from));
                statements.push(sql("UPDATE grants SET state = 'active' WHERE id = ?").bind(&grant));
            }
            statements
                .push(sql("UPDATE grants SET state = 'ended', ended_reason = 'expired' WHERE id = ?").bind(&grant));
            statements.push(self.change("grant", grant, "active", "ended", ends));
        }
        self.run(statements).await;
        Planted { request, grant }
    }

    pub async fn request(&self, who: Id<ids::Person>, role: &str, at: Time) -> Id<ids::Request> {
        let id: Id<ids::Request> = self.id();
        self.run(vec![
            sql("INSERT INTO requests (id, person_id, role_id, policy_id, state, reason, wanted_micros, courses, submitted_at, \
                 lapses_at, closed_at) SELECT ?, ?, id, policy_id, 'submitted', 'for the planting', 86400000000, '{}', ?, ?, ? \
                 FROM roles WHERE id = ?")
            .bind(&id)
            .bind(&who)
            .bind(&at)
            .bind(&at.plus_seconds(7 * 86_400))
            .bind(&at)
            .bind(&slug(role)),
            sql("UPDATE requests SET state = 'approved' WHERE id = ?").bind(&id),
            self.change("request", id, "", "submitted", at),
            self.change("request", id, "submitted", "approved", at),
        ])
        .await;
        id
    }

    pub async fn decide(
        &self,
        request: Id<ids::Request>,
        by: Id<ids::Person>,
        word: &str,
        at: Time,
    ) -> Id<ids::Decision> {
        let id: Id<ids::Decision> = self.id();
        self.run(vec![
            sql("INSERT INTO decisions (id, request_id, person_id, decision, comment, at, round) VALUES (?, ?, ?, ?, '', ?, 1)")
                .bind(&id)
                .bind(&request)
                .bind(&by)
                .bind(&word.to_owned())
                .bind(&at),
        ])
        .await;
        id
    }

    /// A role taken in an emergency from one instant until another, to be judged by a third; and who judged it, when, and how.
    pub async fn emergency(
        &self,
        who: Id<ids::Person>,
        role: &str,
        (taken, ends): (Time, Time),
        review_by: Time,
        judged: Option<(&str, Time, &str)>,
    ) -> Id<ids::Emergency> {
        let grant = self.grant(who, role, taken, ends).await.grant;
        let id: Id<ids::Emergency> = self.id();
        let mut steps = vec![
            sql("UPDATE grants SET emergency = TRUE WHERE id = ?").bind(&grant),
            sql("INSERT INTO emergencies (id, grant_id, person_id, role_id, reason, taken_at, review_by_at, state) \
                 VALUES (?, ?, ?, ?, 'a fire', ?, ?, 'taken')")
            .bind(&id)
            .bind(&grant)
            .bind(&who)
            .bind(&slug(role))
            .bind(&taken)
            .bind(&review_by),
            self.change("emergency", id, "", "taken", taken),
        ];
        if let Some((by, at, verdict)) = judged {
            let judge = sql("UPDATE emergencies SET state = ?, reviewed_by = ?, reviewed_at = ? WHERE id = ?");
            steps.push(judge.bind(&verdict.to_owned()).bind(&by.to_owned()).bind(&at).bind(&id));
            steps.push(self.change("emergency", id, "taken", verdict, at));
        }
        self.run(steps).await;
        id
    }

    /// A token under a grant.
    pub async fn token(
        &self,
        who: Id<ids::Person>,
        of: &Planted,
        client: &str,
        address: &str,
        at: Time,
    ) -> Id<ids::Token> {
        let id: Id<ids::Token> = self.id();
        self.run(vec![
            sql(
                "INSERT INTO tokens (id, grant_id, person_id, role_id, client_id, kid, issued_at, expires_at, address) \
                 SELECT ?, g.id, g.person_id, g.role_id, ?, (SELECT MIN(kid) FROM keys), ?, ?, ? FROM grants g \
                 WHERE g.id = ? AND g.person_id = ?",
            )
            .bind(&id)
            .bind(&client.to_owned())
            .bind(&at)
            .bind(&at.plus_seconds(900))
            .bind(&address.to_owned())
            .bind(&of.grant)
            .bind(&who),
        ])
        .await;
        id
    }

    pub async fn lock(&self, kind: &str, subject: &str, placed: Time, lifted: Option<Time>) -> Id<ids::Lock> {
        let id: Id<ids::Lock> = self.id();
        // Placed first, and lifted then: the database takes no other beginning.
        let mut steps = vec![
            sql("INSERT INTO locks (id, kind, subject_id, reason, placed_at, placed_by) \
                 VALUES (?, ?, ?, 'a leak', ?, 'system:test')")
            .bind(&id)
            .bind(&kind.to_owned())
            .bind(&subject.to_owned())
            .bind(&placed),
        ];
        if let Some(lifted) = lifted {
            let lift = sql("UPDATE locks SET lifted_at = ?, lifted_by = 'system:test' WHERE id = ?");
            steps.push(lift.bind(&lifted).bind(&id));
        }
        self.run(steps).await;
        id
    }

    pub async fn shut_out(&self, who: Id<ids::Person>, from: Time, until: Option<Time>) {
        self.run(vec![
            sql("INSERT INTO disabled_periods (person_id, from_at, until_at, reason) VALUES (?, ?, ?, 'away')")
                .bind(&who)
                .bind(&from)
                .bind(&until),
        ])
        .await;
    }

    /// The answer of a report, whole.
    pub async fn opened(&self, report: &str, ask: Ask) -> Opened {
        let report = Report::from_word(report).unwrap();
        let paging = Paging::first(1_000);
        read_report::open_report(&self.house.app, &self.house.admin, report, ask, paging, "test").await.unwrap()
    }

    /// The lines of a report, and the same walked page by page.
    pub async fn ask(&self, report: &str, ask: Ask) -> Vec<Object> {
        let opened = self.opened(report, ask.clone()).await;
        let columns = opened.asked.report.columns();
        let lines: Vec<Object> = opened.lines.items.into_iter().map(|line| object(columns, line)).collect();
        for most in [1, 2, 3] {
            assert_eq!(self.walked(report, &ask, most).await, lines, "{report} by {most}");
        }
        lines
    }

    async fn walked(&self, report: &str, ask: &Ask, most: usize) -> Vec<Object> {
        let report = Report::from_word(report).unwrap();
        let (app, admin) = (&self.house.app, &self.house.admin);
        let first = Paging::first(most);
        let opened = read_report::open_report(app, admin, report, ask.clone(), first, "test").await.unwrap();
        let mut lines = opened.lines.items.clone();
        let mut next = opened.lines.next.clone();
        while let Some(cursor) = next {
            let paging = Paging::parse(Some(most), Some(&cursor)).unwrap();
            let page = read_report::go_on(app, admin, &opened, paging).await.unwrap();
            lines.extend(page.items);
            next = page.next;
        }
        lines.into_iter().map(|line| object(report.columns(), line)).collect()
    }

    /// What a report's figure comes to.
    pub async fn figure(&self, report: &str, ask: Ask, name: &str) -> Value {
        let opened = self.opened(report, ask).await;
        let found = opened.figures.iter().find(|figure| figure.name == name);
        found.unwrap_or_else(|| panic!("{report} has no figure {name}")).value()
    }

    pub async fn refused(&self, actor: &Actor, report: &str, ask: Ask) -> Fault {
        let report = Report::from_word(report).unwrap();
        let paging = Paging::first(10);
        read_report::open_report(&self.house.app, actor, report, ask, paging, "test").await.unwrap_err()
    }
}

/// What was planted together.
#[derive(Clone, Copy, Debug)]
pub struct Planted {
    pub request: Id<ids::Request>,
    pub grant: Id<ids::Grant>,
}

/// The values of one column.
pub fn column(lines: &[Object], name: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    lines.iter().map(|line| text(line.get(name).unwrap_or_else(|| panic!("no column {name}: {line:?}")))).collect()
}

/// The values of several columns, a line each.
pub fn columns(lines: &[Object], names: &[&str]) -> Vec<String> {
    let all: Vec<Vec<String>> = names.iter().map(|name| column(lines, name)).collect();
    (0..lines.len()).map(|line| all.iter().map(|column| column[line].clone()).collect::<Vec<_>>().join(" ")).collect()
}

/// An ask about a person and a role as of a moment.
pub fn about(person: Option<Id<ids::Person>>, role: Option<&str>, at: Option<Time>) -> Ask {
    Ask { person: person.map(|id| id.to_string()), role: role.map(slug), at, ..Ask::default() }
}
