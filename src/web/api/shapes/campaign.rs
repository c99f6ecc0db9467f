//! Reviews of access on the wire: campaigns, their progress, and their lines with the facts beside each.

use super::{GrantId, PersonId, ReviewId, ReviewLineId, person::PersonRef};
use crate::{
    access::{
        catalogue::Sensitivity,
        review::{Delegation, Facts, LineState, Required, Review, Scope, State},
    },
    actions::reviews::{
        read::{Case, Figures, Mine, Overview, ReviewPage},
        start::Start,
    },
    base::{
        clock::Time,
        span::Span,
        text::{Email, Slug},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a review is about; every field narrows.
#[derive(Debug, Default, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ReviewScope)]
pub(in crate::web::api) struct ScopeBody {
    /// These roles; all where empty.
    roles: Vec<Slug>,
    /// Those that this person answers for.
    owner: Option<Email>,
    /// Those that open data this delicate.
    sensitivity: Option<Sensitivity>,
}

impl From<Scope> for ScopeBody {
    fn from(scope: Scope) -> Self {
        Self { roles: scope.roles, owner: scope.owner, sensitivity: scope.sensitivity }
    }
}

/// A review that is to begin.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewStart, example = json!({"title": "Personal data, spring", "scope": {"sensitivity": "personal"}, "due": "P14D"}))]
pub(in crate::web::api) struct StartBody {
    /// What it is called; at most 200 characters.
    #[serde(default)]
    title: String,
    #[serde(default)]
    scope: ScopeBody,
    /// How long reviewers have: 1 to 366 days, 14 unless said otherwise.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "P14D")]
    due: Option<Span>,
    /// How long what is unanswered by then stays suspended before it ends: at most 366 days, 14 unless said otherwise.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "P14D")]
    grace: Option<Span>,
}

impl From<StartBody> for Start {
    fn from(body: StartBody) -> Self {
        let ScopeBody { roles, owner, sensitivity } = body.scope;
        Self { title: body.title, scope: Scope { roles, owner, sensitivity }, due: body.due, grace: body.grace }
    }
}

/// Lines in figures, as the clock judges them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewFigures)]
pub(in crate::web::api) struct FiguresBody {
    /// Kept, removed, or at their end in another way.
    done: i64,
    pending: i64,
    overdue: i64,
    kept: i64,
    removed: i64,
    /// Ended because nobody answered.
    lapsed: i64,
    total: i64,
}

impl From<Figures> for FiguresBody {
    fn from(figures: Figures) -> Self {
        Self {
            done: figures.done,
            pending: figures.pending,
            overdue: figures.overdue,
            kept: figures.kept,
            removed: figures.removed,
            lapsed: figures.lapsed,
            total: figures.total(),
        }
    }
}

/// A review.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccessReview)]
pub(in crate::web::api) struct ReviewBody {
    id: ReviewId,
    /// May be empty.
    title: String,
    state: State,
    scope: ScopeBody,
    /// The roles that it came to.
    roles: Vec<Slug>,
    /// Whether the role's own rule (`review_every`) began it.
    cadence: bool,
    started_at: Time,
    started_by: String,
    due_at: Time,
    /// When what is still unanswered ends for good.
    lapses_at: Time,
    closed_at: Option<Time>,
    closed_by: Option<String>,
    /// Why it was called off; else empty.
    closed_reason: String,
    progress: FiguresBody,
    /// How many lines wait for the caller.
    waiting_for_me: i64,
    /// In whose place the caller answers some of these.
    in_place_of: Vec<PersonRef>,
}

impl ReviewBody {
    fn of(review: Review, figures: Figures, mine: &Mine) -> Self {
        Self {
            id: review.id,
            title: review.title,
            state: review.state,
            scope: review.scope.into(),
            roles: review.roles,
            cadence: review.by_cadence,
            started_at: review.started_at,
            started_by: review.started_by,
            due_at: review.due_at,
            lapses_at: review.lapses_at,
            closed_at: review.closed_at,
            closed_by: review.closed_by,
            closed_reason: review.closed_reason,
            progress: figures.into(),
            waiting_for_me: mine.lines,
            in_place_of: mine.in_place_of.iter().map(PersonRef::from).collect(),
        }
    }
}

impl From<Overview> for ReviewBody {
    fn from(one: Overview) -> Self {
        Self::of(one.review, one.figures, &one.mine)
    }
}

/// A review, with how far each reviewer and each role is.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ReviewDetail {
    review: ReviewBody,
    by_reviewer: Vec<ReviewerProgress>,
    by_role: Vec<RoleProgress>,
}

/// How far a reviewer is.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ReviewerProgress {
    /// Null stands for any admin.
    reviewer: Option<PersonId>,
    name: Option<String>,
    progress: FiguresBody,
}

/// How far a role is.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct RoleProgress {
    role: Slug,
    progress: FiguresBody,
}

impl From<ReviewPage> for ReviewDetail {
    fn from(page: ReviewPage) -> Self {
        let named = |id: &Option<PersonId>| id.and_then(|id| page.names.get(&id.to_string()).cloned());
        Self {
            by_reviewer: page
                .by_reviewer
                .iter()
                .map(|(who, figures)| ReviewerProgress {
                    reviewer: *who,
                    name: named(who),
                    progress: (*figures).into(),
                })
                .collect(),
            by_role: page
                .by_role
                .iter()
                .map(|(role, figures)| RoleProgress { role: role.clone(), progress: (*figures).into() })
                .collect(),
            review: ReviewBody::of(page.review, page.figures, &page.mine),
        }
    }
}

/// What is known of a grant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewFacts)]
pub(in crate::web::api) struct FactsBody {
    /// When these were read.
    at: Time,
    last_used_at: Option<Time>,
    held_since: Time,
    ends_at: Time,
    /// Whether it opened its warehouse then.
    effective: bool,
    certificates: Vec<RequiredBody>,
    /// How many people share a team with the holder.
    peers: i64,
    /// How many of them hold the role.
    peers_holding: i64,
}

/// One clause of what a role requires.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewRequired)]
pub(in crate::web::api) struct RequiredBody {
    any_of: Vec<Slug>,
    /// Null where it is not met.
    met_until: Option<Time>,
}

impl From<Facts> for FactsBody {
    fn from(facts: Facts) -> Self {
        let required =
            |one: Required| RequiredBody { any_of: one.any_of.into_iter().collect(), met_until: one.met_until };
        Self {
            at: facts.at,
            last_used_at: facts.last_used_at,
            held_since: facts.held_since,
            ends_at: facts.ends_at,
            effective: facts.effective,
            certificates: facts.certificates.into_iter().map(required).collect(),
            peers: facts.peers,
            peers_holding: facts.peers_holding,
        }
    }
}

/// One grant of a review.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewLine)]
pub(in crate::web::api) struct LineBody {
    id: ReviewLineId,
    grant: GrantId,
    person: PersonRef,
    role: Slug,
    state: LineState,
    /// Who is asked; null stands for any admin.
    reviewer: Option<PersonId>,
    /// Why the person asked for the role; may be empty.
    reason: String,
    /// As they were when the review began.
    facts_at_start: FactsBody,
    /// As they are now, while it waits for an answer; else as they were when it was decided.
    facts: FactsBody,
    decided_by: Option<PersonId>,
    /// In whose place, where whoever was asked was away.
    on_behalf_of: Option<PersonId>,
    decided_at: Option<Time>,
    comment: String,
    overdue_at: Option<Time>,
    delegations: Vec<DelegationBody>,
    may_answer: bool,
    /// In whose place the caller may answer; null where it is their own to answer, or not theirs.
    in_place_of: Option<PersonId>,
}

/// A line that was handed to somebody else.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewDelegation)]
pub(in crate::web::api) struct DelegationBody {
    from: Option<PersonId>,
    /// `null`: the admins, because whoever was asked has left.
    to: Option<PersonId>,
    by: String,
    at: Time,
    comment: String,
}

impl From<Delegation> for DelegationBody {
    fn from(one: Delegation) -> Self {
        Self { from: one.from_id, to: one.to_id, by: one.delegated_by, at: one.at, comment: one.comment }
    }
}

impl From<Case> for LineBody {
    fn from(case: Case) -> Self {
        let line = case.line;
        Self {
            id: line.id,
            grant: line.grant_id,
            person: PersonRef::from(&case.person),
            role: line.role_id,
            state: case.standing,
            reviewer: line.reviewer_id,
            reason: case.reason,
            facts_at_start: line.facts.into(),
            facts: case.facts.into(),
            decided_by: line.decided_by,
            on_behalf_of: line.on_behalf_of,
            decided_at: line.decided_at,
            comment: line.comment,
            overdue_at: line.overdue_at,
            delegations: case.delegations.into_iter().map(DelegationBody::from).collect(),
            may_answer: case.may_answer,
            in_place_of: case.in_place_of,
        }
    }
}

/// The columns of the lines as CSV.
pub(in crate::web::api) const LINE_HEAD: [&str; 18] = [
    "line",
    "grant",
    "person_id",
    "person_name",
    "person_email",
    "role",
    "state",
    "reviewer",
    "last_used_at",
    "held_since",
    "ends_at",
    "certified",
    "peers",
    "peers_holding",
    "decided_by",
    "on_behalf_of",
    "decided_at",
    "comment",
];

/// A line's cells in these columns.
pub(in crate::web::api) fn line_cells(case: Case) -> [String; 18] {
    let (line, facts) = (case.line, case.facts);
    let time = |at: Option<Time>| at.map(|at| at.to_string()).unwrap_or_default();
    let id = |id: Option<PersonId>| id.map(|id| id.to_string()).unwrap_or_default();
    [
        line.id.to_string(),
        line.grant_id.to_string(),
        line.person_id.to_string(),
        case.person.name,
        case.person.email.to_string(),
        line.role_id.to_string(),
        case.standing.word().to_owned(),
        id(line.reviewer_id),
        time(facts.last_used_at),
        facts.held_since.to_string(),
        facts.ends_at.to_string(),
        facts.certificates.iter().all(|one| one.met_until.is_some()).to_string(),
        facts.peers.to_string(),
        facts.peers_holding.to_string(),
        id(line.decided_by),
        id(line.on_behalf_of),
        time(line.decided_at),
        line.comment,
    ]
}

/// The evidence of a review.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewEvidence)]
pub(in crate::web::api) struct EvidenceBody {
    /// Its table of contents: the SHA-256 and the length of each part.
    #[schema(value_type = Object)]
    pub(in crate::web::api) manifest: serde_json::Value,
    /// Each part as the text that its digest is of.
    #[schema(value_type = Object)]
    pub(in crate::web::api) parts: serde_json::Value,
}
