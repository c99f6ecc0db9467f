//! One role: what it opens, who keeps it, what it demands, and the reader's way to it: a request, a grant, a token.

use serde::Serialize;
use std::collections::BTreeMap;

use super::parts::{Clause, Proof, Requirement, sample_id};
use super::policies::{FieldChange, sample_field};
use super::shared::Link;
use super::{FieldError, Sample, Title, View, sample_at};
use crate::access::catalogue::BOUND;

/// How a role is used.
#[derive(Debug, Clone, Serialize)]
pub struct RoleUsage {
    /// How many hold it effectively.
    pub held: u32,
    /// How many of them have not used it for so long.
    pub unused: u32,
    /// For how many days.
    pub days: i64,
    /// When a token was last made for it.
    pub last: Option<i64>,
}

/// `/access/{role}`
#[derive(Debug, Clone, Serialize)]
pub struct AccessRole {
    /// The slug.
    pub id: String,
    /// Its name inside the warehouse.
    pub name: String,
    /// Its title in the reader's language.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The warehouse's title.
    pub warehouse: String,
    /// The warehouse's product: `Snowflake`.
    pub kind: String,
    /// `public`, `internal`, `confidential` or `personal`.
    pub sensitivity: String,
    /// The data it opens.
    pub data: Vec<Dataset>,
    /// The owning team.
    pub owner: String,
    /// The people behind it.
    pub owners: Vec<String>,
    /// How old the data may be, in seconds.
    pub freshness: i64,
    /// Where incidents are talked about: `#data-sales`.
    pub channel: String,
    /// Whom to write to: an e-mail address.
    pub contact: String,
    /// What it demands, with the reader's state against each.
    pub requirements: Vec<Requirement>,
    /// Whether every requirement is met.
    pub all_met: bool,
    /// Who has to approve; none means that the policy grants it at once.
    pub approval: Vec<Clause>,
    /// The longest grant, in seconds.
    pub max_duration: i64,
    /// How long one token works, in seconds.
    pub token_lifetime: i64,
    /// When it may be used, one line a rule; none means at any time.
    pub hours: Vec<String>,
    /// How soon a grant is to be claimed, in seconds.
    pub claim_by: Option<i64>,
    /// How often grants are reviewed, in seconds.
    pub review_every: Option<i64>,
    /// After how long without use a grant ends, in seconds.
    pub end_unused_after: Option<i64>,
    /// Which of this comes from the rule for its sensitivity: `max_duration`, `approval`, …, each with whether it does.
    pub by_rule: BTreeMap<&'static str, bool>,
    /// How it is used; for its owners, admins and auditors.
    pub usage: Option<RoleUsage>,
    /// The reader's status, as in the catalogue.
    pub status: String,
    /// Why it is locked or suspended, where it is.
    pub halted: Option<String>,
    /// The reader's grant, running, scheduled or suspended.
    pub grant: Option<RoleGrant>,
    /// The grant after that one, already given.
    pub next_grant: Option<RoleGrant>,
    /// The reader's undecided request.
    pub request: Option<RoleRequest>,
    /// The form to ask, where it makes sense to show one.
    pub form: Option<RequestForm>,
    /// Tools whose request waits for this role: once it is held, the way back to each.
    pub tools: Vec<Link>,
    /// Whether the reader may see who holds it.
    pub may_read: bool,
    /// The policies that it has had, the newest first: for those who may see who holds it.
    pub versions: Vec<PolicyVersion>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A policy that the role has, or had.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyVersion {
    /// The first digits of its hash.
    pub id: String,
    /// From when.
    pub from: i64,
    /// Until when, where that is over.
    pub until: Option<i64>,
    /// What it changed of the one before.
    pub fields: Vec<FieldChange>,
}

/// A dataset that the role opens.
#[derive(Debug, Clone, Serialize)]
pub struct Dataset {
    /// `business.orders`
    pub name: String,
    /// Whether it is the house's reference for what it tells.
    pub golden: bool,
}

/// The reader's right to the role.
#[derive(Debug, Clone, Serialize)]
pub struct RoleGrant {
    /// `gra_…`
    pub id: String,
    /// `effective`, `expiring`, `scheduled`, `suspended`, `closed` or `locked`.
    pub state: String,
    /// From when.
    pub from: i64,
    /// Until when it opens anything: the grant's end, or an earlier one of a certificate that it rests on.
    pub until: i64,
    /// The certificate's end, where that is what ends it.
    pub certified_until: Option<i64>,
    /// From when it can be renewed.
    pub renew_from: Option<i64>,
    /// Until when it is to be claimed, where it still is.
    pub claim_by: Option<i64>,
    /// The reader's login in the warehouse.
    pub login: String,
    /// Whether a token can be had now.
    pub usable: bool,
    /// The reader's latest tokens under it.
    pub tokens: u32,
    /// How many of them the reader's service accounts took.
    pub machine_tokens: u32,
    /// When the latest one was minted.
    pub last_token: Option<i64>,
}

/// The reader's undecided request.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRequest {
    /// `req_…`
    pub id: String,
    /// `blocked`, `in_review`, `returned` or `submitted`.
    pub state: String,
    /// When it was sent.
    pub since: i64,
    /// When it lapses undecided.
    pub lapses: i64,
    /// Its reason.
    pub reason: String,
    /// For how long, in seconds.
    pub duration: i64,
    /// Approvals given and asked.
    pub clauses: Vec<Clause>,
    /// What an approver said when returning it.
    pub comment: Option<String>,
}

/// The form that asks for the role.
#[derive(Debug, Clone, Serialize)]
pub struct RequestForm {
    /// `new`, `renew` (a grant is running) or `again` (the request was returned).
    pub kind: String,
    /// Whether it may be sent at all.
    pub open: bool,
    /// Why not, in the reader's language, with where to go.
    pub closed_why: Option<String>,
    /// Where that leads.
    pub closed_link: Option<Link>,
    /// Whether a reason is demanded.
    pub reason_required: bool,
    /// The reason so far.
    pub reason: String,
    /// Durations to choose from, the role's longest last.
    pub durations: Vec<Duration>,
    /// From when on, as `datetime-local` has it; empty means from the decision on.
    pub starts: String,
}

/// A length of time to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Duration {
    /// ISO 8601: `P30D`.
    pub value: String,
    /// The same in seconds.
    pub seconds: i64,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl View for AccessRole {
    const TEMPLATE: &'static str = "access/role";
    const NAV: &'static str = "access";

    fn title(&self) -> Title {
        Title::of("role-title").with("role", &self.title)
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("role", &sample()),
        Sample::of("role-missing", &sample_missing()),
        Sample::of("role-returned", &sample_returned()),
        Sample::of("role-locked", &sample_locked()),
    ]
}

/// Durations of so many days, for samples; the last one is chosen.
#[must_use]
pub fn sample_durations(days: &[i64]) -> Vec<Duration> {
    let last = days.last().copied();
    days.iter().map(|d| Duration { value: format!("P{d}D"), seconds: d * 86_400, chosen: Some(*d) == last }).collect()
}

fn sample_by_rule(fields: &[&str]) -> BTreeMap<&'static str, bool> {
    BOUND.into_iter().map(|field| (field, fields.contains(&field))).collect()
}

/// A role that is held.
#[must_use]
pub fn sample() -> AccessRole {
    let data = |name: &str, golden| Dataset { name: name.into(), golden };
    AccessRole {
        id: "analyst".into(),
        name: "ANALYST".into(),
        title: "Marketplace analyst".into(),
        description:
            "Orders, order lines, returns and sessions at their finest grain, with customers behind pseudonymous keys."
                .into(),
        warehouse: "Marketplace warehouse".into(),
        kind: "Snowflake".into(),
        sensitivity: "internal".into(),
        data: vec![
            data("business.orders", true),
            data("business.order_lines", true),
            data("business.returns", false),
            data("business.sessions", false),
            data("business.merchants", true),
        ],
        owner: "Sales data".into(),
        owners: vec!["Léa Fontaine".into()],
        freshness: 7200,
        channel: "#data-sales".into(),
        contact: "sales-data@example.com".into(),
        requirements: vec![
            Proof::sample("Warehouse analyst", "warehouse-analyst", "valid", Some(sample_at(24 * 290))).alone(),
            Proof::sample("Warehouse costs", "warehouse-costs", "expiring", Some(sample_at(24 * 19))).alone(),
        ],
        all_met: true,
        approval: vec![],
        max_duration: 180 * 86_400,
        token_lifetime: 900,
        hours: vec!["Mon–Fri, 07:00–20:00 (Europe/Paris)".into()],
        claim_by: Some(14 * 86_400),
        review_every: Some(90 * 86_400),
        end_unused_after: Some(90 * 86_400),
        by_rule: sample_by_rule(&["hours", "token_lifetime"]),
        usage: Some(RoleUsage { held: 26, unused: 3, days: 90, last: Some(sample_at(-2)) }),
        status: "effective".into(),
        halted: None,
        grant: Some(RoleGrant {
            id: sample_id("gra", 7),
            state: "effective".into(),
            from: sample_at(-24 * 140),
            until: sample_at(24 * 19),
            certified_until: Some(sample_at(24 * 19)),
            claim_by: Some(sample_at(24 * 9)),
            renew_from: Some(sample_at(-24)),
            login: "ANA".into(),
            usable: true,
            tokens: 214,
            machine_tokens: 12,
            last_token: Some(sample_at(-2)),
        }),
        next_grant: None,
        request: None,
        form: Some(RequestForm {
            kind: "renew".into(),
            open: true,
            closed_why: None,
            closed_link: None,
            reason_required: true,
            reason: String::new(),
            durations: sample_durations(&[30, 60, 90, 180]),
            starts: String::new(),
        }),
        tools: vec![Link::new("Lantern BI", "/authorize?client_id=cli_1")],
        may_read: true,
        versions: vec![
            PolicyVersion {
                id: "9f2c61d07ab3".into(),
                from: sample_at(-24 * 40),
                until: None,
                fields: vec![sample_field("max_duration", "P365D", "P180D"), sample_field("claim_by", "", "P14D")],
            },
            PolicyVersion {
                id: "41bb0e7c5d12".into(),
                from: sample_at(-24 * 300),
                until: Some(sample_at(-24 * 40)),
                fields: vec![],
            },
        ],
        errors: vec![],
    }
}

/// A role with a certification to earn and two approvals to gather.
#[must_use]
pub fn sample_missing() -> AccessRole {
    AccessRole {
        id: "customer-care".into(),
        name: "CUSTOMER_CARE".into(),
        title: "Customer care".into(),
        description: "Customers in the clear, with names, addresses and orders. Every query is logged under your name."
            .into(),
        sensitivity: "personal".into(),
        owner: "Customer data".into(),
        owners: vec!["Núria Vidal".into()],
        requirements: vec![
            Proof::sample("Personal data", "personal-data", "in_progress", None).left(2, 1).alone(),
            Requirement {
                met: true,
                any_of: vec![
                    Proof::sample("Warehouse analyst", "warehouse-analyst", "missing", None).left(4, 1),
                    Proof::sample("Data foundations", "data-foundations", "valid", Some(sample_at(24 * 200))),
                ],
            },
        ],
        all_met: false,
        approval: vec![
            Clause::sample(1, 0, &["Núria Vidal", "the Customer data team"]),
            Clause::sample(1, 0, &["the Privacy team"]),
        ],
        max_duration: 90 * 86_400,
        token_lifetime: 600,
        hours: vec![],
        claim_by: None,
        review_every: Some(30 * 86_400),
        end_unused_after: None,
        by_rule: sample_by_rule(&["approval", "max_duration", "review_every"]),
        usage: None,
        status: "missing".into(),
        grant: None,
        form: Some(RequestForm {
            kind: "new".into(),
            open: true,
            closed_why: None,
            closed_link: None,
            reason_required: true,
            reason: "Answering escalations".into(),
            durations: sample_durations(&[30, 60, 90]),
            starts: String::new(),
        }),
        errors: vec![FieldError {
            field: "reason".into(),
            text: "Say in a sentence what you need the role for.".into(),
        }],
        ..sample()
    }
}

/// A role whose request came back for more.
#[must_use]
pub fn sample_returned() -> AccessRole {
    let missing = sample_missing();
    AccessRole {
        status: "returned".into(),
        request: Some(RoleRequest {
            id: sample_id("req", 3),
            state: "returned".into(),
            since: sample_at(-30),
            lapses: sample_at(24 * 5),
            reason: "Answering escalations of the Barcelona desk.".into(),
            duration: 90 * 86_400,
            clauses: vec![
                Clause::sample(1, 1, &["Núria Vidal", "the Customer data team"]),
                Clause::sample(1, 0, &["the Privacy team"]),
            ],
            comment: Some("Which countries? Please name them, and say why pseudonymous keys are not enough.".into()),
        }),
        form: missing.form.clone().map(|form| RequestForm {
            kind: "again".into(),
            reason: "Answering escalations of the Barcelona desk.".into(),
            ..form
        }),
        errors: vec![],
        ..missing
    }
}

/// A role behind a lock.
#[must_use]
pub fn sample_locked() -> AccessRole {
    let held = sample();
    AccessRole {
        status: "locked".into(),
        halted: Some("Leaked laptop in Bordeaux: all marketplace roles are stopped while we look.".into()),
        grant: held.grant.clone().map(|g| RoleGrant { state: "locked".into(), usable: false, renew_from: None, ..g }),
        form: Some(RequestForm {
            kind: "new".into(),
            open: false,
            closed_why: Some("While the lock stands, no request for this role can be sent.".into()),
            closed_link: Some(Link::new("Ask #data-sales", "mailto:sales-data@example.com")),
            reason_required: true,
            reason: String::new(),
            durations: sample_durations(&[30, 90, 180]),
            starts: String::new(),
        }),
        ..held
    }
}
