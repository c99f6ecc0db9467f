//! The log as people read it: one sentence a line, newest first, with everything that was kept behind it.

use crate::audit::event::What;
use serde::Serialize;

use super::holders::choices;
use super::parts::{Fact, sample_id};
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/events`
#[derive(Debug, Clone, Serialize)]
pub struct Events {
    /// The filters as they were asked for.
    pub filter: EventFilter,
    /// Kinds to choose from, the empty choice first.
    pub kinds: Vec<Choice>,
    /// Roles to choose from.
    pub roles: Vec<Choice>,
    /// Outcomes to choose from.
    pub outcomes: Vec<Choice>,
    /// The lines, newest first.
    pub events: Vec<EventLine>,
    /// The next page's address: older lines.
    pub next: Option<String>,
    /// The first page's address, where this is a later one.
    pub first: Option<String>,
    /// The same lines as CSV.
    pub csv: String,
    /// The same lines as JSON.
    pub json: String,
    /// Whether any filter is set.
    pub filtered: bool,
    /// What is wrong with the filters.
    pub errors: Vec<FieldError>,
    /// Whether lines that come now would stand on this page.
    pub may_live: bool,
    /// What was signed of the log.
    pub proof: Proof,
}

/// What was signed of the log, and who keeps it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Proof {
    /// How many events.
    pub size: u64,
    /// When that was signed.
    pub at: i64,
    /// The root of the tree over them, in base64.
    pub root: String,
    /// The key that checks it.
    pub verifier: String,
    /// How many events wait for their place; none where there are none.
    pub waiting: Option<i64>,
    /// Places outside that keep what was signed.
    pub places: Vec<Place>,
    /// Where the lines of this page are taken away with their proofs.
    pub export: String,
}

/// A place outside that keeps what was signed.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// Its name, without what may be a secret.
    pub label: String,
    /// How many events the last checkpoint has that it got.
    pub size: Option<u64>,
    /// When it got it.
    pub at: i64,
    /// Why it can't be written to.
    pub error: Option<String>,
}

/// The filters; each may be empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EventFilter {
    /// A kind: `token.minted`.
    pub kind: String,
    /// A person's e-mail address or id.
    pub person: String,
    /// A role's slug.
    pub role: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// From when, as `2027-03-01T09:00` in the reader's zone.
    pub from: String,
    /// Before when, likewise.
    pub until: String,
}

/// A line of the log.
#[derive(Debug, Clone, Serialize)]
pub struct EventLine {
    /// Its place in the log, as text so that it is never grouped.
    pub seq: String,
    /// `evt_…`
    pub id: String,
    /// When.
    pub at: i64,
    /// What happened, as the log says it: `token.minted`.
    pub kind: String,
    /// The same with `_` for the dot, which chooses the sentence: see [`EventLine::says`].
    pub says: String,
    /// Whether it was refused.
    pub refused: bool,
    /// `person`, `system`, `operator` or `anonymous`.
    pub actor_kind: String,
    /// The actor's name: a person's, a job's, an operator's; empty for strangers.
    pub actor: String,
    /// Whom it concerns; the actor's own name where it is the same, empty where nobody.
    pub person: String,
    /// That person's id.
    pub person_id: Option<String>,
    /// Whether the actor acts for themselves.
    pub own: bool,
    /// The role's name in the warehouse; may be empty.
    pub role: String,
    /// The thing's id or name; may be empty.
    pub subject: String,
    /// Where the thing is shown.
    pub href: Option<String>,
    /// A refusal's sentence, a reason, a comment: what somebody would read next; may be empty.
    pub note: String,
    /// From which address; may be empty.
    pub address: String,
    /// What else was kept.
    pub data: Vec<Fact>,
}

impl EventLine {
    /// The key that chooses a kind's sentence.
    #[must_use]
    pub fn says(kind: &str) -> String {
        kind.replace('.', "_")
    }
}

impl View for Events {
    const TEMPLATE: &'static str = "events/list";
    const NAV: &'static str = "events";

    fn title(&self) -> Title {
        Title::of("events-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut samples = vec![Sample::of("events", &sample()), Sample::of("events-empty", &sample_empty())];
    samples.extend(samples_every());
    samples
}

fn line(n: u8, minutes: i64, kind: &str, actor: &str, person: &str, role: &str, note: &str) -> EventLine {
    EventLine {
        seq: (48_200 - u32::from(n)).to_string(),
        id: sample_id("evt", n),
        at: sample_at(0) - minutes * 60_000_000,
        kind: kind.into(),
        says: EventLine::says(kind),
        refused: kind == "refused",
        actor_kind: if actor == "sweep" { "system" } else { "person" }.into(),
        actor: actor.into(),
        person: person.into(),
        person_id: (!person.is_empty()).then(|| sample_id("per", n)),
        own: actor == person,
        role: role.into(),
        subject: String::new(),
        href: None,
        note: note.into(),
        address: if actor == "sweep" { String::new() } else { "10.4.17.8".into() },
        data: vec![],
    }
}

/// A morning of the log.
#[must_use]
pub fn sample() -> Events {
    let mut token = line(1, 4, "token.minted", "Inès Ferrer", "Inès Ferrer", "ANALYST", "");
    token.subject = sample_id("tok", 1);
    token.data = vec![
        Fact::of("client", "habilis-cli"),
        Fact::of("expires_at", "2027-03-13T08:41:00Z"),
        Fact::of("kid", "NzbDFQa2ZxV2hBd0xtZ3JZ"),
    ];
    let mut refused = line(
        2,
        9,
        "refused",
        "Marta Soler",
        "Marta Soler",
        "CUSTOMER_CARE",
        "The certificate “Personal data” expired on 6 March 2027.",
    );
    refused.data = vec![
        Fact::of("tried", "redeem_token"),
        Fact::of("code", "not_certified"),
        Fact::of("missing", "certification personal-data"),
    ];
    let mut grant = line(4, 42, "grant.given", "Bastien Moreau", "Claire Petit", "CUSTOMER_CARE", "");
    grant.subject = sample_id("gra", 4);
    grant.href = Some(format!("/holders/{}", grant.subject));
    Events {
        filter: EventFilter::default(),
        kinds: choices(&[("", "Any kind"), ("token.minted", "Token given out"), ("refused", "Refused")]),
        roles: choices(&[("", "Any role"), ("analyst", "ANALYST"), ("customer-care", "CUSTOMER_CARE")]),
        outcomes: choices(&[("", "Any"), ("done", "Done"), ("refused", "Refused")]),
        events: vec![
            token,
            refused,
            line(
                3,
                41,
                "request.decided",
                "Bastien Moreau",
                "Claire Petit",
                "CUSTOMER_CARE",
                "For the Paris desk only.",
            ),
            grant,
            line(5, 75, "certificate.issued", "sweep", "Claire Petit", "", ""),
            line(6, 76, "attempt.submitted", "Claire Petit", "Claire Petit", "", ""),
            line(7, 180, "lock.placed", "Ana Ruiz", "Hugo Lambert", "", "Laptop reported stolen."),
            line(8, 240, "content.loaded", "Camille Roux", "", "", ""),
            EventLine {
                actor_kind: "anonymous".into(),
                actor: String::new(),
                own: false,
                ..line(
                    9,
                    300,
                    "refused",
                    "",
                    "",
                    "",
                    "This e-mail address and password do not match an active account.",
                )
            },
            EventLine { actor_kind: "operator".into(), ..line(10, 1500, "key.activated", "root", "", "", "") },
        ],
        next: Some("/events?cursor=48190".into()),
        first: None,
        csv: "/api/v1/events?format=csv".into(),
        json: "/api/v1/events".into(),
        filtered: false,
        errors: vec![],
        may_live: true,
        proof: Proof {
            size: 48_199,
            at: sample_at(0),
            root: "X1IxU0dpY2tHcmVlblBldHJvbFBhcGVyQW5kSW5rMDE=".into(),
            verifier: "academy.example.com/log+1b2c3d4e+AXqXlZ0b2M4dG9Ub3BTZWNyZXRLZXlPZlRoZUxvZzA=".into(),
            waiting: Some(2),
            places: vec![
                Place {
                    label: "file:///mnt/outside/habilis.notes".into(),
                    size: Some(48_190),
                    at: sample_at(0) - 40_000_000,
                    error: None,
                },
                Place {
                    label: "https://archive.example.com".into(),
                    size: Some(47_002),
                    at: sample_at(0) - 7_200_000_000,
                    error: Some("it answers with status 503".into()),
                },
                Place { label: "s3://audit-archive/habilis".into(), size: None, at: 0, error: None },
            ],
            export: "/api/v1/log/export".into(),
        },
    }
}

/// One line of each kind, so that every sentence is drawn: as many pages as that takes.
fn samples_every() -> impl Iterator<Item = Sample> {
    let unknown = ["something.new"];
    let kinds: Vec<&str> = What::ALL.iter().map(|what| what.word()).chain(unknown).collect();
    let pages: Vec<Events> = kinds.chunks(ON_A_PAGE).map(every).collect();
    (1..).zip(pages).map(|(n, page)| Sample::of(&format!("events-every-{n}"), &page))
}

/// How many lines a page has.
const ON_A_PAGE: usize = 30;
fn every(kinds: &[&str]) -> Events {
    let mut n = 0;
    let lines = kinds.iter().map(|kind| {
        n += 1;
        line(n, i64::from(n), kind, "Ana Ruiz", if n % 3 == 0 { "Ana Ruiz" } else { "Hugo Lambert" }, "ANALYST", "")
    });
    Events { events: lines.collect(), filtered: true, first: Some("/events".into()), ..sample() }
}

/// Nothing fits the filters.
#[must_use]
pub fn sample_empty() -> Events {
    Events {
        events: vec![],
        next: None,
        proof: Proof { export: "/api/v1/log/export".into(), ..Proof::default() },
        filtered: true,
        filter: EventFilter { kind: "refused".into(), outcome: "done".into(), ..EventFilter::default() },
        ..sample()
    }
}
