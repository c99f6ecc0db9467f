//! Requests and decisions on the wire.

use super::{
    DecisionId, RequestId,
    access::{ClauseBody, GrantBody},
    person::PersonRef,
    seconds,
};
use crate::{
    access::request::{Decision, Request, State, Verdict},
    actions::{decide_request::Say, read_decisions::Case, request_role::Ask},
    app::Content,
    base::{
        clock::Time,
        span::Span,
        text::{Language, Slug},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is asked for.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"role": "analyst", "reason": "Quarterly report on sellers", "duration": "30d"}))]
pub(in crate::web::api) struct AskBody {
    pub(in crate::web::api) role: Slug,
    /// Whoever decides reads it, and so does the auditor.
    #[serde(default)]
    pub(in crate::web::api) reason: String,
    /// For how long; absent means as long as the role allows.
    #[serde(default)]
    pub(in crate::web::api) duration: Option<Span>,
    /// From when on, in the time to come; absent means from the decision on.
    #[serde(default)]
    pub(in crate::web::api) starts_at: Option<Time>,
}

impl From<AskBody> for Ask {
    fn from(ask: AskBody) -> Self {
        Self { role: ask.role, reason: ask.reason, duration: ask.duration, starts_at: ask.starts_at }
    }
}

/// What an approver says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"decision": "approve", "comment": "Fine for the quarter", "cap": "90d"}))]
pub(in crate::web::api) struct SayBody {
    pub(in crate::web::api) decision: Decided,
    /// Needed to reject and to send back.
    #[serde(default)]
    pub(in crate::web::api) comment: String,
    /// The longest grant that this approver allows.
    #[serde(default)]
    pub(in crate::web::api) cap: Option<Span>,
    /// In whose place, where the caller decides for somebody who is away; absent means the caller's own place, or else that of
    /// whoever is away.
    #[serde(default)]
    pub(in crate::web::api) on_behalf_of: Option<super::PersonId>,
}

/// What an approver says.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::web::api) enum Decided {
    Approve,
    Reject,
    Return,
}

impl From<SayBody> for Say {
    fn from(said: SayBody) -> Self {
        let verdict = match said.decision {
            Decided::Approve => Verdict::Approve,
            Decided::Reject => Verdict::Reject,
            Decided::Return => Verdict::Return,
        };
        Self { verdict, comment: said.comment, cap: said.cap, on_behalf_of: said.on_behalf_of }
    }
}

/// A request.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct RequestLine {
    id: RequestId,
    role: Slug,
    state: State,
    reason: String,
    /// For how long it was asked.
    wanted_seconds: i64,
    /// From when on it was asked for; null means from the decision on.
    starts_at: Option<Time>,
    submitted_at: Time,
    /// When it is over if nobody decides.
    lapses_at: Time,
    closed_at: Option<Time>,
    /// The hash of the policy that was frozen with it.
    policy: String,
}

impl RequestLine {
    pub(in crate::web::api) fn of(asked: Request, now: Time) -> Self {
        Self {
            state: asked.standing_at(now),
            id: asked.id,
            role: asked.role_id,
            reason: asked.reason,
            wanted_seconds: seconds(asked.wanted_micros),
            starts_at: asked.starts_at,
            submitted_at: asked.submitted_at,
            lapses_at: asked.lapses_at,
            closed_at: asked.closed_at,
            policy: asked.policy_id,
        }
    }
}

/// A request, and everything needed to decide on it.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct RequestDetail {
    #[serde(flatten)]
    request: RequestLine,
    person: PersonRef,
    teams: Vec<String>,
    requires: Vec<ClauseBody>,
    decisions: Vec<DecisionBody>,
    /// For each approval clause: how many approvals it has, and how many it needs.
    progress: Vec<ProgressBody>,
    /// Whether the caller may decide now.
    may_decide: bool,
    /// In whose place the caller may decide, besides their own.
    in_place_of: Vec<PersonRef>,
    /// The longest grant that the role allows.
    max_seconds: i64,
    /// The grant that came of it.
    grant: Option<GrantBody>,
    /// The person's earlier grants of this role, newest first.
    earlier: Vec<GrantBody>,
}

/// How far an approval clause is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalProgress, example = json!({"has": 1, "needs": 2}))]
pub(in crate::web::api) struct ProgressBody {
    has: u32,
    needs: u32,
}

/// What one approver said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Decision)]
pub(in crate::web::api) struct DecisionBody {
    id: DecisionId,
    person: super::PersonId,
    person_name: String,
    /// In whose place, where it was another's.
    on_behalf_of: Option<super::PersonId>,
    on_behalf_name: Option<String>,
    decision: Verdict,
    /// Empty as well for whoever sees the grant as an owner of the role and may not read the request.
    comment: String,
    /// The longest grant that this approver allows.
    cap_seconds: Option<i64>,
    at: Time,
    /// Which round of asking it belongs to.
    round: i64,
}

impl From<Decision> for DecisionBody {
    fn from(said: Decision) -> Self {
        Self {
            id: said.id,
            person: said.person_id,
            person_name: said.person_name,
            on_behalf_of: said.on_behalf_of,
            on_behalf_name: said.on_behalf_name,
            decision: said.decision,
            comment: said.comment,
            cap_seconds: said.cap_micros.map(seconds),
            at: said.at,
            round: said.round,
        }
    }
}

impl RequestDetail {
    pub(in crate::web::api) fn of(case: Case, content: &Content, language: Language, now: Time) -> Self {
        let shown = |grant: &crate::access::grant::Grant| GrantBody::of(grant.clone(), None, now);
        Self {
            person: PersonRef::from(&case.person),
            requires: ClauseBody::all(&case.clauses, content, language),
            progress: case.progress.iter().map(|(has, needs)| ProgressBody { has: *has, needs: *needs }).collect(),
            may_decide: case.may_decide,
            in_place_of: case.in_place_of.iter().map(PersonRef::from).collect(),
            max_seconds: case.policy.max_duration.approximate_seconds(),
            grant: case.grant.as_ref().map(shown),
            earlier: case.earlier.iter().map(shown).collect(),
            teams: case.teams,
            decisions: case.decisions.into_iter().map(DecisionBody::from).collect(),
            request: RequestLine::of(case.request, now),
        }
    }
}

/// The requests that wait for the caller, and those on which they decided lately.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Decisions {
    /// Waiting, the oldest first.
    pub(in crate::web::api) items: Vec<RequestDetail>,
    /// Always null: the list is whole.
    pub(in crate::web::api) next: Option<String>,
    /// Decided lately.
    pub(in crate::web::api) decided: Vec<RequestDetail>,
}
