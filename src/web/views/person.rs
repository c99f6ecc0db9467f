//! The whole file on one person: who they are, what they have shown, what they hold, what they did.

use serde::Serialize;

use super::events::EventLine;
use super::granted::{self, Granted};
use super::machines::{self, Machine};
use super::parts::{PersonRef, RoleRef, sample_id};
use super::people::{FreshLink, Tick, capabilities};
use super::person_lines::{
    FileAttempt, FileCertificate, FileCourse, FileGrant, FileLock, FileLogin, FileRequest, FileSession, FileToken,
};
use super::provider::{Identity, sample_identities};
use super::{Choice, FieldError, Sample, Title, View, events, sample_at};

/// `/people/{id}`
#[derive(Debug, Clone, Serialize)]
pub struct PersonFile {
    /// Who.
    pub person: PersonRef,
    /// Their office; may be empty.
    pub office: String,
    /// Their language, as its own name; empty where the browser decides.
    pub language: String,
    /// Their time zone.
    pub zone: String,
    /// `invited`, `active` or `disabled`.
    pub state: String,
    /// Why they were shut out, where they are.
    pub disabled_why: Option<String>,
    /// Since when.
    pub disabled_at: Option<i64>,
    /// Since when they have an account.
    pub since: i64,
    /// When they were last seen.
    pub seen: Option<i64>,
    /// The lock that stands on them.
    pub lock: Option<FileLock>,
    /// Whether the reader may change anything: an admin, not an auditor.
    pub may_change: bool,
    /// Whether the reader may take the whole file away: an admin or an auditor.
    pub may_take: bool,
    /// Whether this is the reader's own file.
    pub own: bool,
    /// What they may do.
    pub capabilities: Vec<Tick>,
    /// Whether they are in any team.
    pub in_team: bool,
    /// Every team, those they are in ticked.
    pub teams: Vec<Tick>,
    /// Who decides where a role asks the person's manager.
    pub manager: Option<PersonRef>,
    /// Their address, or what was typed instead.
    pub manager_typed: String,
    /// How they are named in each warehouse.
    pub logins: Vec<FileLogin>,
    /// Service accounts that use their access.
    pub machines: Vec<Machine>,
    /// Their certificates, the newest first.
    pub certificates: Vec<FileCertificate>,
    /// Their attempts, the newest first.
    pub attempts: Vec<FileAttempt>,
    /// Courses begun.
    pub courses: Vec<FileCourse>,
    /// Their requests, the newest first.
    pub requests: Vec<FileRequest>,
    /// Their grants, the newest first.
    pub grants: Vec<FileGrant>,
    /// Whether the reader may ask about that.
    pub compares: bool,
    /// The latest tokens.
    pub tokens: Vec<FileToken>,
    /// How many tokens there were in all.
    pub tokens_total: u64,
    /// How they are known at identity providers.
    pub identities: Vec<Identity>,
    /// Sessions, the newest first.
    pub sessions: Vec<FileSession>,
    /// The latest lines of the log.
    pub events: Vec<EventLine>,
    /// What was granted to them beyond the rules; for admins and themselves.
    pub granted: Vec<Granted>,
    /// What an accommodation can be for.
    pub grant_for: Vec<Choice>,
    /// Since when they are only a pseudonym.
    pub erased: Option<i64>,
    /// A link that was just made, shown this once.
    pub link: Option<FreshLink>,
    /// What was typed into a form that was refused.
    pub typed: Typed,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// What was typed into the forms of a file, to be put back.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Typed {
    /// Another team.
    pub new_team: String,
    /// Why the account is to be disabled.
    pub disable: String,
    /// Why the person is to be erased.
    pub erase: String,
    /// What is to be granted.
    pub grant: TypedGrant,
}

/// What was typed into the form that grants more time or attempts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypedGrant {
    /// Whether to show it opened, because something in it is wrong.
    pub open: bool,
    /// Everything, a course, or an exam.
    pub what: String,
    /// In percent.
    pub factor: String,
    /// Extra attempts.
    pub extra: String,
    /// From which day on.
    pub from: String,
    /// Until which day.
    pub until: String,
    /// Why.
    pub reason: String,
}

impl View for PersonFile {
    const TEMPLATE: &'static str = "people/file";
    const NAV: &'static str = "people";

    fn title(&self) -> Title {
        Title::of("file-title").with("person", &self.person.name)
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("person", &sample()),
        Sample::of("person-new", &sample_empty()),
        Sample::of("person-disabled", &sample_disabled()),
        Sample::of("person-erasing", &sample_erasing()),
        Sample::of("person-erased", &sample_erased()),
    ]
}

/// A full file, for an admin.
#[must_use]
pub fn sample() -> PersonFile {
    let team = |value: &str, label: &str, on| Tick { value: value.into(), label: label.into(), on };
    let certificate = |n, name: &str, state: &str, from: i64, until: i64, why: &str| FileCertificate {
        id: sample_id("crt", n),
        name: name.into(),
        state: state.into(),
        from: sample_at(24 * from),
        until: sample_at(24 * until),
        version: "3".into(),
        why: why.into(),
        may_revoke: matches!(state, "valid" | "expiring" | "superseded"),
    };
    let attempt = |n, title: &str, kind: &str, state: &str, days: i64, percent| FileAttempt {
        id: sample_id("att", n),
        title: title.into(),
        kind: kind.into(),
        state: state.into(),
        at: sample_at(24 * days),
        percent,
        may_void: state != "voided" && kind == "exam",
    };
    let grant = |n, role: &str, state: &str, from: i64, until: i64, ended: &str| FileGrant {
        id: sample_id("gra", n),
        role: RoleRef::sample(role),
        state: state.into(),
        from: sample_at(24 * from),
        until: sample_at(24 * until),
        ended: ended.into(),
        used: (n != 3).then(|| sample_at(-24 * i64::from(n))),
        may_revoke: state != "ended",
    };
    let token = |n, role: &str, client: &str, minutes: i64, live| FileToken {
        id: sample_id("tok", n),
        role: role.into(),
        client: client.into(),
        address: "10.4.17.8".into(),
        at: sample_at(0) - minutes * 60_000_000,
        until: sample_at(0) + (15 - minutes) * 60_000_000,
        live,
    };
    PersonFile {
        person: PersonRef::sample(6, "Inès Ferrer"),
        office: "Barcelona".into(),
        language: "Français".into(),
        zone: "Europe/Madrid".into(),
        state: "active".into(),
        disabled_why: None,
        disabled_at: None,
        since: sample_at(-24 * 700),
        seen: Some(sample_at(-1)),
        lock: None,
        may_change: true,
        may_take: true,
        own: false,
        capabilities: capabilities(false, false, true),
        in_team: true,
        manager: Some(PersonRef::sample(8, "Léa Fontaine")),
        manager_typed: "lea.fontaine@example.com".into(),
        teams: vec![
            team("after-sales", "After-sales", false),
            team("customer-data", "Customer data", false),
            team("finance-data", "Finance data", true),
            team("pricing", "Pricing", false),
            team("privacy", "Privacy", false),
        ],
        logins: vec![
            FileLogin {
                warehouse: "marketplace".into(),
                title: "Marketplace warehouse".into(),
                login: "INES".into(),
                by_hand: false,
            },
            FileLogin {
                warehouse: "pricing".into(),
                title: "Price intelligence lake".into(),
                login: "ines.f".into(),
                by_hand: true,
            },
        ],
        machines: vec![machines::sample()],
        certificates: vec![
            certificate(1, "Warehouse analyst", "valid", -75, 290, ""),
            certificate(2, "Warehouse costs", "expiring", -346, 19, ""),
            certificate(3, "Personal data", "revoked", -200, -40, "Exam voided: the answers were shared."),
        ],
        attempts: vec![
            attempt(1, "Personal data · Final exam", "exam", "in_progress", 0, None),
            attempt(2, "Warehouse analyst · Final exam", "exam", "passed", -75, Some(86.6)),
            attempt(3, "Warehouse analyst · Final exam", "exam", "failed", -76, Some(61.0)),
            attempt(4, "Personal data · Final exam", "exam", "voided", -200, Some(98.0)),
        ],
        courses: vec![
            FileCourse {
                id: "personal-data".into(),
                title: "Personal data".into(),
                at: sample_at(-24 * 210),
                done: 3,
                total: 5,
                percent: 60,
            },
            FileCourse {
                id: "warehouse-analyst".into(),
                title: "Warehouse analyst".into(),
                at: sample_at(-24 * 90),
                done: 4,
                total: 4,
                percent: 100,
            },
        ],
        requests: vec![
            FileRequest {
                id: sample_id("req", 33),
                role: RoleRef::sample("customer-care"),
                state: "blocked".into(),
                at: sample_at(-3),
                reason: "Quarterly audit of deletion requests.".into(),
            },
            FileRequest {
                id: sample_id("req", 30),
                role: RoleRef::sample("analyst"),
                state: "approved".into(),
                at: sample_at(-24 * 75),
                reason: "Monthly revenue report.".into(),
            },
        ],
        grants: vec![
            grant(1, "analyst", "effective", -75, 19, ""),
            grant(2, "customer-care", "ended", -180, -40, "certificate_lost"),
        ],
        compares: true,
        tokens: vec![
            token(1, "ANALYST", "habilis-cli", 4, true),
            token(2, "ANALYST", "page", 180, false),
            token(3, "ANALYST", "metabase", 1500, false),
        ],
        tokens_total: 1_284,
        identities: sample_identities(),
        sessions: vec![
            FileSession {
                id: sample_id("ses", 1),
                agent: "Firefox 148 on Linux".into(),
                address: "10.4.17.8".into(),
                at: sample_at(-20),
                seen: sample_at(-1),
                open: true,
            },
            FileSession {
                id: sample_id("ses", 2),
                agent: "habilis 1.4".into(),
                address: "10.4.17.8".into(),
                at: sample_at(-24 * 12),
                seen: sample_at(-24 * 2),
                open: false,
            },
        ],
        events: events::sample().events.into_iter().take(4).collect(),
        granted: granted::sample(),
        grant_for: vec![Choice { value: String::new(), label: "Everything".into() }],
        erased: None,
        link: Some(FreshLink {
            purpose: "reset".into(),
            name: "Inès Ferrer".into(),
            url: "https://academy.example.com/welcome/Zx81mQw7rT4vN1nB6cJ3dF9hL5pS0aGk".into(),
            expires: Some(sample_at(24)),
            provider: String::new(),
        }),
        typed: Typed::default(),
        errors: vec![],
    }
}

/// Somebody who has only been invited.
#[must_use]
pub fn sample_empty() -> PersonFile {
    PersonFile {
        person: PersonRef::sample(8, "Nadia Benali"),
        office: String::new(),
        language: String::new(),
        state: "invited".into(),
        since: sample_at(-30),
        seen: None,
        capabilities: capabilities(false, false, false),
        manager: None,
        manager_typed: String::new(),
        in_team: false,
        teams: vec![],
        logins: vec![],
        machines: vec![],
        certificates: vec![],
        attempts: vec![],
        courses: vec![],
        requests: vec![],
        grants: vec![],
        compares: true,
        tokens: vec![],
        tokens_total: 0,
        identities: vec![],
        sessions: vec![],
        events: vec![],
        link: None,
        ..sample()
    }
}

/// Somebody who left, seen by an auditor.
#[must_use]
pub fn sample_disabled() -> PersonFile {
    PersonFile {
        state: "disabled".into(),
        disabled_why: Some("Left the company on 28 February.".into()),
        disabled_at: Some(sample_at(-24 * 13)),
        lock: Some(FileLock {
            id: sample_id("lck", 4),
            reason: "Laptop reported stolen.".into(),
            at: sample_at(-24 * 15),
            by: "Ana Ruiz".into(),
        }),
        granted: vec![],
        may_change: false,
        link: None,
        ..sample()
    }
}

/// The file of somebody who has left, whom an admin is about to erase.
#[must_use]
pub fn sample_erasing() -> PersonFile {
    PersonFile {
        may_change: true,
        lock: None,
        errors: vec![FieldError {
            field: "erase-confirm".into(),
            text: "This is not the address of this person. Nothing was erased.".into(),
        }],
        ..sample_disabled()
    }
}

/// What is left of somebody who was erased.
#[must_use]
pub fn sample_erased() -> PersonFile {
    let mut person = PersonRef::sample(6, "Erased person 0006");
    person.email = "erased-0195c2f0a1b27c3d8e4f5a6b7c8d0006@erased.invalid".into();
    let mut granted = granted::sample();
    for line in &mut granted {
        line.reason.clear();
    }
    PersonFile {
        person,
        office: String::new(),
        disabled_why: None,
        erased: Some(sample_at(-2)),
        granted,
        capabilities: capabilities(false, false, false),
        language: String::new(),
        zone: "UTC".into(),
        logins: vec![],
        may_change: false,
        lock: None,
        errors: vec![],
        ..sample_disabled()
    }
}
