//! Holders, explanations and the log on the wire.

use super::{
    EventId, GrantId, LockId, PersonId, RequestId, SessionId, TokenId,
    access::{ClauseBody, GrantBody, HoursBody},
    attempt::AttemptLine,
    certificate::CertificateBody,
    person::PersonRef,
    reports::TimelineBody,
    request::{DecisionBody, RequestLine},
};
use crate::{
    access::{
        catalogue::{Approval, Policy},
        grant::{Cause, EndReason},
        rows::{Holder, Lock, LockKind, Standing, Suspension},
    },
    actions::explain_access::Explanation,
    app::App,
    audit::event::{Line, What},
    base::{
        clock::{Tense, Time},
        refusal::Fault,
        text::{Email, Language, Slug},
    },
    reports::timeline::Timeline,
    tokens::rows::TokenRow,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// One line of the holders' list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Holder, example = json!({
    "grant": "gra_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f",
    "person": {"id": "per_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f", "name": "Ana Moreau", "email": "ana@example.com",
        "office": "Bordeaux"},
    "role": "analyst", "warehouse": "marketplace", "from": "2026-10-01T08:00:00Z", "until": "2027-04-01T08:00:00Z",
    "state": "effective", "effective": true, "via": "req_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f", "ended_reason": null,
    "held_back": null, "last_used_at": "2026-11-24T09:15:00Z",
}))]
pub(in crate::web::api) struct HolderBody {
    grant: GrantId,
    person: HolderPerson,
    role: Slug,
    warehouse: Slug,
    from: Time,
    until: Time,
    state: Standing,
    /// What the one view says.
    effective: bool,
    /// The request that it came from.
    via: RequestId,
    ended_reason: Option<EndReason>,
    /// What holds it back besides a missing certification: `review` or `admin`.
    held_back: Option<Cause>,
    /// When a token was last made under it or verified, as far as that is asked here; null where it was never used. Verified
    /// is kept to the hour; as of a moment, what was minted by then counts.
    last_used_at: Option<Time>,
}

/// One page of the holders' list, with what to know of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Holders)]
pub(in crate::web::api) struct HoldersBody {
    /// The lines, in the order in which the grants were given.
    pub(in crate::web::api) items: Vec<HolderBody>,
    /// The cursor of the next page; null on the last one.
    pub(in crate::web::api) next: Option<String>,
    /// The moment asked about is to come: the lines tell what will be if nothing changes until then.
    pub(in crate::web::api) forecast: bool,
    /// What to know of the lines, in the caller's language; empty for most questions.
    pub(in crate::web::api) notes: Vec<NoteBody>,
}

/// Something to know of a list.
#[derive(Serialize, ToSchema)]
#[schema(as = Note, example = json!({"code": "team-today", "text": "The team is taken as it is today: …"}))]
pub(in crate::web::api) struct NoteBody {
    /// `forecast`, or `team-today`: who was in the team at that moment is not recorded.
    pub(in crate::web::api) code: &'static str,
    pub(in crate::web::api) text: String,
}

/// The person of a line.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct HolderPerson {
    id: PersonId,
    name: String,
    email: Email,
    office: String,
}

impl From<Holder> for HolderBody {
    fn from(line: Holder) -> Self {
        let person = line.person;
        Self {
            grant: line.grant,
            person: HolderPerson { id: person.id, name: person.name, email: person.email, office: person.office },
            role: line.role,
            warehouse: line.warehouse,
            from: line.from,
            until: line.until,
            state: line.state,
            effective: line.effective,
            via: line.via,
            ended_reason: line.ended_reason,
            held_back: line.held_back,
            last_used_at: line.last_used_at,
        }
    }
}

/// One line of the log.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(in crate::web::api) struct EventBody {
    /// Its number in this list; its place in the log, which proofs speak of, is another.
    seq: i64,
    id: EventId,
    at: Time,
    kind: What,
    /// `done` or `refused`.
    outcome: String,
    /// Who did it: a person's id, `system:…`, `operator:…`, `directory:…`, `receiver:…` or `anonymous`.
    actor: String,
    actor_name: Option<String>,
    /// Whom it concerns.
    person: Option<PersonId>,
    person_name: Option<String>,
    role: Option<String>,
    /// The thing that it concerns.
    subject: Option<String>,
    address: String,
    /// What else was kept.
    #[schema(value_type = Object)]
    data: Value,
    /// Whether something of it was erased since, on a person's right (GDPR, Art. 17).
    erased: bool,
    /// Whether its words or its address are proved by nothing: they are not what the line has committed to. So are words that lost
    /// what named somebody who was erased.
    unproved: bool,
}

impl From<Line> for EventBody {
    fn from(line: Line) -> Self {
        Self {
            seq: line.seq,
            id: line.id,
            at: line.at,
            kind: line.kind,
            outcome: line.outcome,
            actor: line.actor,
            actor_name: line.actor_name,
            person: line.person_id,
            person_name: line.person_name,
            role: line.role_id,
            subject: line.subject_id,
            address: line.address,
            data: line.data,
            erased: line.erased,
            unproved: line.unproved,
        }
    }
}

/// Whether somebody may use a role at a moment, and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Explanation)]
pub(in crate::web::api) struct ExplanationBody {
    person: PersonRef,
    role: Slug,
    at: Time,
    /// The moment is to come: the answer is what will be if nothing changes until then.
    forecast: bool,
    /// What the one view says of that moment.
    effective: bool,
    /// The answer in one sentence, in the caller's language.
    sentence: String,
    chain: Chain,
    /// What stood and happened around that moment.
    timeline: TimelineBody,
}

/// Everything that an answer rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Chain {
    /// Whether the moment lies between the grant's start and end.
    within: bool,
    /// Whether the person was shut out.
    disabled: bool,
    /// The locks in force.
    locks: Vec<LockBody>,
    /// What held the grant back besides a missing certification.
    suspensions: Vec<SuspensionBody>,
    /// The requirement that decided, clause by clause.
    requires: Vec<ClauseBody>,
    /// The certificates that fulfil it, with their evidence.
    certificates: Vec<CertificateBody>,
    /// The attempts that these rest on.
    attempts: Vec<AttemptLine>,
    request: Option<RequestLine>,
    decisions: Vec<DecisionBody>,
    policy: Option<PolicyBody>,
    /// The grant in force at that moment, or else the nearest.
    grant: Option<GrantBody>,
    /// The latest tokens under it.
    tokens: Vec<TokenRecord>,
    /// Service accounts that could use the role and rested on the person's access at that moment.
    services: Vec<ServiceRef>,
}

/// A time in which a grant was held back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suspension)]
pub(in crate::web::api) struct SuspensionBody {
    grant: GrantId,
    /// `review`: a review came to its due date without an answer; `admin`: an admin.
    cause: Cause,
    from: Time,
    /// Null while it lasts.
    until: Option<Time>,
    /// An admin's words; may be empty.
    reason: String,
    placed_by: String,
    lifted_by: Option<String>,
}

impl From<Suspension> for SuspensionBody {
    fn from(one: Suspension) -> Self {
        Self {
            grant: one.grant_id,
            cause: one.cause,
            from: one.from_at,
            until: one.until_at,
            reason: one.reason,
            placed_by: one.placed_by,
            lifted_by: one.lifted_by,
        }
    }
}

/// A service account.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ServiceRef {
    client: String,
    name: String,
}

/// The rules that were frozen with the request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Policy)]
pub(in crate::web::api) struct PolicyBody {
    /// One certification of every list.
    requires: Vec<Vec<Slug>>,
    /// Empty where no person had to agree.
    approval: Vec<ApprovalBody>,
    max_seconds: i64,
    token_seconds: i64,
    grace_seconds: i64,
    /// When it may be used: within every one of these; at any time where there is none.
    hours: Vec<HoursBody>,
    /// How soon a grant is to be claimed.
    claim_seconds: Option<i64>,
}

/// So many of these must agree.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalClause, example = json!({"of": ["team:privacy", "ana@example.com"], "count": 1}))]
pub(in crate::web::api) struct ApprovalBody {
    of: Vec<String>,
    count: u32,
}

impl From<Policy> for PolicyBody {
    fn from(policy: Policy) -> Self {
        let approval = match policy.approval {
            Approval::Auto => Vec::new(),
            Approval::Clauses(clauses) => clauses
                .into_iter()
                .map(|clause| ApprovalBody {
                    of: clause.of.iter().map(ToString::to_string).collect(),
                    count: clause.count,
                })
                .collect(),
        };
        Self {
            requires: policy.requires.into_iter().map(|clause| clause.into_iter().collect()).collect(),
            approval,
            max_seconds: policy.max_duration.approximate_seconds(),
            token_seconds: policy.token_lifetime.approximate_seconds(),
            grace_seconds: policy.grace_after_lapse.approximate_seconds(),
            hours: policy.hours.iter().map(HoursBody::from).collect(),
            claim_seconds: policy.claim_by.as_ref().map(crate::base::span::Span::approximate_seconds),
        }
    }
}

/// The record of a token; the token itself is kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct TokenRecord {
    id: TokenId,
    grant: GrantId,
    role: String,
    /// The client that it was made for.
    client: String,
    /// Whether it was made for a service account itself, on the person's access.
    service: bool,
    /// Who acts, where it was exchanged for another token (RFC 8693, section 4.1).
    #[schema(value_type = Option<Object>)]
    act: Option<serde_json::Value>,
    session: Option<SessionId>,
    /// The key that signed it.
    kid: String,
    issued_at: Time,
    expires_at: Time,
    address: String,
}

impl From<TokenRow> for TokenRecord {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            grant: row.grant_id,
            role: row.role_id,
            client: row.client_id,
            service: row.service,
            act: row.act.as_deref().and_then(|act| serde_json::from_str(act).ok()),
            session: row.session_id,
            kid: row.kid,
            issued_at: row.issued_at,
            expires_at: row.expires_at,
            address: row.address,
        }
    }
}

/// An emergency lock.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Lock, example = json!({
    "id": "lck_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f", "kind": "role", "subject": "analyst", "reason": "Leak under examination",
    "placed_at": "2026-11-24T09:15:00Z", "placed_by": "per_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f", "lifted_at": null,
    "lifted_by": null,
}))]
pub(in crate::web::api) struct LockBody {
    pub(in crate::web::api) id: LockId,
    kind: LockKind,
    /// A person's id, or the slug of a role or a warehouse.
    subject: String,
    reason: String,
    placed_at: Time,
    placed_by: String,
    lifted_at: Option<Time>,
    lifted_by: Option<String>,
}

impl From<Lock> for LockBody {
    fn from(lock: Lock) -> Self {
        Self {
            id: lock.id,
            kind: lock.kind,
            subject: lock.subject_id,
            reason: lock.reason,
            placed_at: lock.placed_at,
            placed_by: lock.placed_by,
            lifted_at: lock.lifted_at,
            lifted_by: lock.lifted_by,
        }
    }
}

impl ExplanationBody {
    /// # Errors
    /// No content is loaded.
    pub(in crate::web::api) fn of(
        app: &App,
        told: Explanation,
        language: Language,
        sentence: String,
        drawn: Timeline,
    ) -> Result<Self, Fault> {
        let content = app.content()?;
        let at = told.at;
        let certificates = told.clauses.iter().filter_map(|clause| clause.met_by.clone());
        Ok(Self {
            person: PersonRef::from(&told.person),
            role: told.role,
            at,
            forecast: told.tense == Tense::Ahead,
            effective: told.effective,
            sentence,
            timeline: TimelineBody::from(drawn),
            chain: Chain {
                within: told.within,
                disabled: told.disabled,
                requires: ClauseBody::all(&told.clauses, &content, language),
                certificates: certificates
                    .map(|held| CertificateBody::of_at(app, &content, language, held, at))
                    .collect(),
                locks: told.locks.into_iter().map(LockBody::from).collect(),
                suspensions: told.suspensions.into_iter().map(SuspensionBody::from).collect(),
                attempts: told.attempts.into_iter().map(|attempt| AttemptLine::of(attempt, at)).collect(),
                request: told.request.map(|asked| RequestLine::of(asked, at)),
                decisions: told.decisions.into_iter().map(DecisionBody::from).collect(),
                policy: told.policy.map(PolicyBody::from),
                grant: told.grant.map(|grant| GrantBody::of(grant, Some(told.effective), at)),
                tokens: told.tokens.into_iter().map(TokenRecord::from).collect(),
                services: told
                    .machines
                    .into_iter()
                    .map(|client| ServiceRef { client: client.id, name: client.name })
                    .collect(),
            },
        })
    }
}
