//! Requests and their decisions: what waits for me, and one request with everything needed to decide it.

use serde::Serialize;

use super::parts::{Clause, PersonRef, Proof, Requirement, RoleRef, sample_id};
use super::role::{Duration, sample_durations};
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/decisions`
#[derive(Debug, Clone, Serialize)]
pub struct Decisions {
    /// How many requests wait for the reader in all.
    pub total: u32,
    /// Those shown on this page, the oldest first: at most six, so that the page stays small.
    pub waiting: Vec<Case>,
    /// The next page's address.
    pub next: Option<String>,
    /// The first page's address, where this is a later one.
    pub first: Option<String>,
    /// Decided lately by the reader or beside them, the newest first.
    pub decided: Vec<Decided>,
    /// The roles whose requests come to the reader.
    pub roles: Vec<RoleRef>,
    /// What became of those that were decided at once just now.
    pub outcomes: Vec<Outcome>,
    /// Open requests that wait for others: for admins, auditors and owners.
    pub others: Vec<WaitingLine>,
}

/// What became of one of several decisions.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// `req_…`
    pub id: String,
    /// Whether it was decided.
    pub done: bool,
    /// Where it stands, or why it was refused.
    pub said: String,
}

/// An open request, and whose word is missing.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingLine {
    /// `req_…`
    pub id: String,
    /// Who asks.
    pub person: PersonRef,
    /// For which role.
    pub role: RoleRef,
    /// `decision`, `answer` or `certification`.
    pub on: String,
    /// Whose word, or which certification.
    pub whom: String,
    /// Since when.
    pub since: i64,
    /// When it lapses.
    pub until: i64,
}

/// What somebody said about a request.
#[derive(Debug, Clone, Serialize)]
pub struct Comment {
    /// Who.
    pub by: String,
    /// What; empty where it was erased.
    pub said: String,
    /// When.
    pub at: i64,
}

/// `/decisions/{request}`: for those who decide it, for the one who asked, for auditors.
#[derive(Debug, Clone, Serialize)]
pub struct RequestPage {
    /// The request.
    pub case: Case,
    /// Its life so far, the oldest first.
    pub history: Vec<Turn>,
    /// Whether the reader is the one who asked.
    pub mine: bool,
    /// Whether the reader can withdraw it.
    pub may_withdraw: bool,
    /// The grant it led to.
    pub grant: Option<String>,
    /// What was said about it beside deciding, the oldest first.
    pub comments: Vec<Comment>,
    /// The comment so far.
    pub comment: String,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A request with everything needed to decide it.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// `req_…`
    pub id: String,
    /// `submitted`, `blocked`, `in_review`, `returned`, `approved`, `rejected`, `withdrawn` or `lapsed`.
    pub state: String,
    /// Who asks.
    pub person: PersonRef,
    /// Their office; may be empty.
    pub office: String,
    /// Their teams.
    pub teams: Vec<String>,
    /// For which role.
    pub role: RoleRef,
    /// `public`, `internal`, `confidential` or `personal`.
    pub sensitivity: String,
    /// Why, in their words; may be empty.
    pub reason: String,
    /// For how long, in seconds.
    pub duration: i64,
    /// From when on, where that was asked for; else from the approval on.
    pub starts: Option<i64>,
    /// The role's requirements with their state.
    pub requirements: Vec<Requirement>,
    /// Their other certificates that are valid.
    pub certificates: Vec<Proof>,
    /// Grants of the same role that they had before, the newest first.
    pub earlier: Vec<EarlierGrant>,
    /// Approvals given and asked; none means that the policy decides.
    pub clauses: Vec<Clause>,
    /// Approvals given in all, and asked in all.
    pub given: u32,
    /// How many approvals are asked in all.
    pub asked: u32,
    /// When it was sent.
    pub since: i64,
    /// When it lapses undecided.
    pub lapses: i64,
    /// Whether the reader can decide it now.
    pub may_decide: bool,
    /// On whose places the reader may decide, where another's is among them: to choose from where there are several.
    pub places: Vec<Choice>,
    /// Shorter durations that the reader may grant instead.
    pub caps: Vec<Duration>,
}

/// A grant of the past.
#[derive(Debug, Clone, Serialize)]
pub struct EarlierGrant {
    /// `gra_…`
    pub id: String,
    /// From when.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// Why it ended: `expired`, `revoked`, `certificate_lost`, `left`, `withdrawn`, …; or `running`.
    pub ended: String,
}

/// A request that was decided.
#[derive(Debug, Clone, Serialize)]
pub struct Decided {
    /// `req_…`
    pub id: String,
    /// Who asked.
    pub person: PersonRef,
    /// For which role.
    pub role: RoleRef,
    /// How it ended: `approved`, `rejected`, `returned`, `withdrawn` or `lapsed`; `in_review` where others still have to agree.
    pub state: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: i64,
    /// What was said; may be empty.
    pub comment: String,
}

/// A turn in a request's life.
#[derive(Debug, Clone, Serialize)]
pub struct Turn {
    /// `submitted`, `blocked`, `in_review`, `approve`, `reject`, `return`, `approved`, `rejected`, `returned`, `withdrawn`, `lapsed` or `granted`.
    pub kind: String,
    /// When.
    pub at: i64,
    /// Who; empty where it went by itself.
    pub by: String,
    /// In whose place, where it was another's.
    pub instead_of: Option<String>,
    /// What was said; may be empty.
    pub comment: String,
    /// A shorter duration that was set, in seconds.
    pub cap: Option<i64>,
}

impl View for Decisions {
    const TEMPLATE: &'static str = "decisions/list";
    const NAV: &'static str = "decisions";

    fn title(&self) -> Title {
        Title::of("decisions-title")
    }
}

impl View for RequestPage {
    const TEMPLATE: &'static str = "decisions/request";
    const NAV: &'static str = "decisions";

    fn title(&self) -> Title {
        Title::of("request-title").with("person", &self.case.person.name).with("role", &self.case.role.name)
    }
}

/// The pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("decisions", &sample()),
        Sample::of("decisions-empty", &sample_empty()),
        Sample::of("request", &sample_request()),
        Sample::of("request-mine", &sample_mine()),
    ]
}

fn case(n: u8, name: &str, office: &str, team: &str, role: &str) -> Case {
    Case {
        id: sample_id("req", n),
        state: "in_review".into(),
        person: PersonRef::sample(n, name),
        office: office.into(),
        teams: vec![team.into()],
        role: RoleRef::sample(role),
        sensitivity: "personal".into(),
        reason: String::new(),
        duration: 90 * 86_400,
        starts: None,
        requirements: vec![
            Proof::sample("Personal data", "personal-data", "valid", Some(sample_at(24 * 340))).alone(),
            Requirement {
                met: true,
                any_of: vec![
                    Proof::sample("Warehouse analyst", "warehouse-analyst", "missing", None),
                    Proof::sample("Data foundations", "data-foundations", "expiring", Some(sample_at(24 * 12))),
                ],
            },
        ],
        certificates: vec![Proof::sample("Warehouse costs", "warehouse-costs", "valid", Some(sample_at(24 * 100)))],
        earlier: vec![],
        clauses: vec![
            Clause::sample(1, 1, &["Núria Vidal", "the Customer data team"]),
            Clause::sample(1, 0, &["the Privacy team"]),
        ],
        given: 1,
        asked: 2,
        since: sample_at(-50),
        lapses: sample_at(24 * 5),
        may_decide: true,
        places: vec![],
        caps: sample_durations(&[30, 60]).into_iter().map(|cap| Duration { chosen: false, ..cap }).collect(),
    }
}

/// Three requests that wait.
#[must_use]
pub fn sample() -> Decisions {
    let decided = |n, name: &str, role: &str, state: &str, hours, comment: &str| Decided {
        id: sample_id("req", n),
        person: PersonRef::sample(n, name),
        role: RoleRef::sample(role),
        state: state.into(),
        by: "Ana Ruiz".into(),
        at: sample_at(hours),
        comment: comment.into(),
    };
    Decisions {
        total: 3,
        next: None,
        first: None,
        waiting: vec![
            Case {
                lapses: sample_at(20),
                since: sample_at(-24 * 6),
                reason: "I lead the Barcelona escalation desk. We call customers back, and pseudonymous keys don't have a phone number."
                    .into(),
                earlier: vec![
                    EarlierGrant { id: sample_id("gra", 21), from: sample_at(-24 * 300), until: sample_at(-24 * 210), ended: "expired".into() },
                    EarlierGrant { id: sample_id("gra", 20), from: sample_at(-24 * 420), until: sample_at(-24 * 390), ended: "revoked".into() },
                ],
                ..case(31, "Marta Soler", "Barcelona", "Customer care", "customer-care")
            },
            Case {
                sensitivity: "confidential".into(),
                reason: "Settling the February returns with merchants in the south-west.".into(),
                duration: 30 * 86_400,
                starts: Some(sample_at(24 * 12)),
                clauses: vec![Clause::sample(1, 0, &["Marc Delmas", "the After-sales team"])],
                given: 0,
                asked: 1,
                caps: vec![],
                places: vec![
                    Choice { value: String::new(), label: "on your own place".into() },
                    Choice { value: sample_id("per", 8), label: "in place of Marc Delmas".into() },
                ],
                ..case(32, "Hugo Lambert", "Bordeaux", "After-sales", "returns-desk")
            },
            Case {
                reason: "Quarterly audit of deletion requests: I compare the customer table with the privacy register.".into(),
                since: sample_at(-3),
                lapses: sample_at(24 * 7 - 3),
                certificates: vec![],
                places: vec![Choice { value: sample_id("per", 9), label: "in place of Núria Vidal".into() }],
                ..case(33, "Inès Ferrer", "Paris", "Finance data", "customer-care")
            },
        ],
        decided: vec![
            decided(34, "Paul Marchand", "customer-care", "approved", -26, "Until the migration ends."),
            decided(35, "Joan Serra", "customer-care", "returned", -49, "Which countries, please?"),
            decided(36, "Nadia Benali", "returns-desk", "rejected", -24 * 4, "The golden KPI table answers this without names."),
        ],
        roles: vec![RoleRef::sample("customer-care"), RoleRef::sample("returns-desk")],
        outcomes: vec![
            Outcome { id: sample_id("req", 37), done: true, said: "Approved".into() },
            Outcome { id: sample_id("req", 38), done: false, said: "This request is for others to decide.".into() },
        ],
        others: vec![
            WaitingLine {
                id: sample_id("req", 39),
                person: PersonRef::sample(39, "Paul Marchand"),
                role: RoleRef::sample("analyst"),
                on: "decision".into(),
                whom: "Léa Fontaine or Marc Delmas".into(),
                since: sample_at(-30),
                until: sample_at(24 * 4),
            },
            WaitingLine {
                id: sample_id("req", 40),
                person: PersonRef::sample(40, "Joan Serra"),
                role: RoleRef::sample("customer-care"),
                on: "certification".into(),
                whom: "Personal data".into(),
                since: sample_at(-300),
                until: sample_at(24 * 40),
            },
        ],
    }
}

/// Nothing waits.
#[must_use]
pub fn sample_empty() -> Decisions {
    Decisions {
        total: 0,
        waiting: vec![],
        next: None,
        first: None,
        decided: vec![],
        outcomes: vec![],
        others: vec![],
        roles: vec![RoleRef::sample("customer-care")],
    }
}

/// One request, for somebody who decides.
#[must_use]
pub fn sample_request() -> RequestPage {
    let turn = |kind: &str, hours, by: &str, comment: &str| Turn {
        kind: kind.into(),
        at: sample_at(hours),
        by: by.into(),
        instead_of: None,
        comment: comment.into(),
        cap: None,
    };
    RequestPage {
        case: sample().waiting.swap_remove(0),
        history: vec![
            turn("submitted", -24 * 6, "Marta Soler", ""),
            turn("blocked", -24 * 6, "", "Personal data"),
            turn("in_review", -24 * 4, "", ""),
            Turn {
                instead_of: Some("Núria Vidal".into()),
                ..turn("return", -24 * 3, "Marc Delmas", "Which desk is this for?")
            },
            turn("submitted", -24 * 3 + 4, "Marta Soler", ""),
            Turn {
                cap: Some(60 * 86_400),
                ..turn("approve", -24 * 2, "Núria Vidal", "Sixty days are enough for the campaign.")
            },
        ],
        mine: false,
        may_withdraw: false,
        grant: None,
        comments: vec![
            Comment {
                by: "Núria Vidal".into(),
                said: "The escalation desk has its own team mailbox: would that do?".into(),
                at: sample_at(-70),
            },
            Comment {
                by: "Marta Soler".into(),
                said: "Only half of the customers read their mail in time.".into(),
                at: sample_at(-60),
            },
        ],
        comment: String::new(),
        errors: vec![FieldError {
            field: "comment".into(),
            text: "Say why: the person reads it, and so will the auditor.".into(),
        }],
    }
}

/// A request that was approved, for the one who asked.
#[must_use]
pub fn sample_mine() -> RequestPage {
    let mut page = sample_request();
    let turn = |kind: &str, hours, by: &str| Turn {
        kind: kind.into(),
        at: sample_at(hours),
        by: by.into(),
        instead_of: None,
        comment: String::new(),
        cap: None,
    };
    page.history.push(turn("approve", -5, "Claire Petit"));
    page.history.push(turn("approved", -5, ""));
    page.history.push(turn("granted", -5, ""));
    page.case.state = "approved".into();
    page.case.given = 2;
    page.case.may_decide = false;
    for clause in &mut page.case.clauses {
        clause.given = clause.count;
    }
    page.mine = true;
    page.grant = Some(sample_id("gra", 44));
    page.errors.clear();
    page
}
