//! Roles, grants and tokens on the wire, with what stands between the caller and each of them.

use super::{CertificateId, GrantId, LockId, RequestId, request::RequestLine};
use crate::{
    access::{
        catalogue::{Approval, Role, Sensitivity, WarehouseKind},
        grant::{Cause, EndReason, Grant, State},
        hours::Hours,
        rows::{Lock, LockKind},
    },
    actions::{
        overview::{RoleStanding, RoleStatus, Todo, steps},
        request_role::certification_title,
    },
    app::Content,
    base::{
        clock::Time,
        span::Span,
        text::{Email, Language, Slug},
    },
    certification::requirement::ClauseStanding,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role, and how it stands for the caller.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Role)]
pub(in crate::web::api) struct RoleBody {
    id: Slug,
    title: String,
    description: String,
    warehouse: WarehouseBody,
    /// Its name in the warehouse.
    name: String,
    sensitivity: Sensitivity,
    /// What it lets read.
    data: Vec<DataBody>,
    /// The team that answers for it.
    owner: OwnerBody,
    /// How old the data may be, in seconds.
    freshness_seconds: Option<i64>,
    /// Where to say that something is wrong.
    incidents: IncidentsBody,
    /// `auto` or `people`.
    approval: &'static str,
    reason_required: bool,
    /// How long access lasts at the most.
    max_seconds: i64,
    /// How long one token lasts.
    token_seconds: i64,
    /// When it may be used: within every one of these; at any time where there is none.
    hours: Vec<HoursBody>,
    /// How soon a grant is to be claimed.
    claim_seconds: Option<i64>,
    /// What of this is as the rule for its sensitivity asks, and not as the role itself says: `max_duration`, `approval`, ….
    by_rule: Vec<&'static str>,
    status: RoleStatus,
    /// When the access ends by itself, where it is effective.
    until: Option<Time>,
    requires: Vec<ClauseBody>,
    /// The shortest path: courses in the order to take them.
    path: Vec<TodoBody>,
    /// How many modules and exams the path has.
    steps: usize,
    grant: Option<GrantBody>,
    /// The caller's open request.
    request: Option<RequestLine>,
    locks: Vec<LockShort>,
    /// What holds the grant back besides a missing certification: `review` or `admin`.
    held_back: Option<Cause>,
}

/// A warehouse, in short.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Warehouse)]
pub(in crate::web::api) struct WarehouseBody {
    id: Slug,
    title: String,
    kind: Option<WarehouseKind>,
}

/// Business hours.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hours, example = json!({"days": ["mon", "tue", "wed", "thu", "fri"], "from": "08:00", "until": "19:00", "zone": "Europe/Paris"}))]
pub(in crate::web::api) struct HoursBody {
    days: Vec<&'static str>,
    from: String,
    until: String,
    zone: String,
}

impl From<&Hours> for HoursBody {
    fn from(hours: &Hours) -> Self {
        Self {
            days: hours.days.iter().map(|day| day.word()).collect(),
            from: hours.from.to_string(),
            until: hours.until.to_string(),
            zone: hours.zone.clone(),
        }
    }
}

/// A dataset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DataSet)]
pub(in crate::web::api) struct DataBody {
    dataset: String,
    /// Whether it is the agreed source for what it holds.
    golden: bool,
}

/// Who answers for a role.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Owner)]
pub(in crate::web::api) struct OwnerBody {
    team: String,
    people: Vec<Email>,
}

/// Where to say that something is wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Incidents)]
pub(in crate::web::api) struct IncidentsBody {
    channel: Option<String>,
    contact: Option<Email>,
}

/// One clause of a requirement: any of its certifications fulfils it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Clause)]
pub(in crate::web::api) struct ClauseBody {
    any_of: Vec<CertificationRef>,
    met: bool,
    /// The certificate that fulfils it for the longest.
    met_by: Option<MetBy>,
}

/// A certification, in short.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct CertificationRef {
    id: Slug,
    title: String,
    /// The courses that earn it.
    courses: Vec<Slug>,
}

/// The certificate that fulfils a clause.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct MetBy {
    certificate: CertificateId,
    certification: Slug,
    course_version: i64,
    from: Time,
    until: Time,
}

impl ClauseBody {
    pub(in crate::web::api) fn all(clauses: &[ClauseStanding], content: &Content, language: Language) -> Vec<Self> {
        let one = |clause: &ClauseStanding| Self {
            any_of: clause
                .any_of
                .iter()
                .map(|id| CertificationRef {
                    id: id.clone(),
                    title: certification_title(content, id, language),
                    courses: content.curriculum.certification(id).iter().map(|course| course.id.clone()).collect(),
                })
                .collect(),
            met: clause.met_by.is_some(),
            met_by: clause.met_by.as_ref().map(|held| MetBy {
                certificate: held.id,
                certification: held.certification_id.clone(),
                course_version: held.course_version,
                from: held.valid_from,
                until: held.ends_at,
            }),
        };
        clauses.iter().map(one).collect()
    }
}

/// One course on the way to a role.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Todo)]
pub(in crate::web::api) struct TodoBody {
    course: Slug,
    title: String,
    /// Modules that are still to be read.
    modules: Vec<Slug>,
    /// Exams that are still to be passed.
    exams: Vec<Slug>,
}

impl TodoBody {
    fn of(todo: Todo, content: &Content, language: Language) -> Self {
        let title = content.curriculum.courses.get(&todo.course).map(|course| course.title.get(language).to_owned());
        Self {
            title: title.unwrap_or_else(|| todo.course.to_string()),
            course: todo.course,
            modules: todo.modules,
            exams: todo.exams,
        }
    }
}

/// A lock, as far as the one whom it stops may know.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct LockShort {
    id: LockId,
    kind: LockKind,
    reason: String,
    placed_at: Time,
}

impl From<Lock> for LockShort {
    fn from(lock: Lock) -> Self {
        Self { id: lock.id, kind: lock.kind, reason: lock.reason, placed_at: lock.placed_at }
    }
}

impl RoleBody {
    pub(in crate::web::api) fn of(standing: RoleStanding, content: &Content, language: Language, now: Time) -> Self {
        let RoleStanding { role, status, grant, request, clauses, locks, held_back, path, until } = standing;
        let effective = status == RoleStatus::Effective;
        let warehouse = content.catalogue.warehouses.get(&role.warehouse);
        let Role { id, name, title, description, data, owner, freshness, incidents, .. } = role;
        Self {
            id,
            title: title.get(language).to_owned(),
            description: description.get(language).to_owned(),
            warehouse: WarehouseBody {
                title: warehouse.map_or("", |warehouse| warehouse.title.get(language)).to_owned(),
                kind: warehouse.map(|warehouse| warehouse.kind),
                id: role.warehouse,
            },
            name,
            sensitivity: role.sensitivity,
            data: data.into_iter().map(|set| DataBody { dataset: set.dataset, golden: set.golden }).collect(),
            owner: OwnerBody { team: owner.team, people: owner.people },
            freshness_seconds: freshness.as_ref().map(Span::approximate_seconds),
            incidents: IncidentsBody { channel: incidents.channel, contact: incidents.contact },
            approval: if matches!(role.approval, Approval::Auto) { "auto" } else { "people" },
            reason_required: role.reason_required,
            max_seconds: role.max_duration.approximate_seconds(),
            token_seconds: role.token_lifetime.approximate_seconds(),
            hours: role.hours.iter().map(HoursBody::from).collect(),
            claim_seconds: role.claim_by.as_ref().map(Span::approximate_seconds),
            by_rule: role.by_rule.into_iter().collect(),
            status,
            until,
            requires: ClauseBody::all(&clauses, content, language),
            steps: steps(&path),
            path: path.into_iter().map(|todo| TodoBody::of(todo, content, language)).collect(),
            grant: grant.map(|grant| GrantBody::of(grant, Some(effective), now)),
            request: request.map(|asked| RequestLine::of(asked, now)),
            locks: locks.into_iter().map(LockShort::from).collect(),
            held_back,
        }
    }
}

/// The right to a role between two instants.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Grant)]
pub(in crate::web::api) struct GrantBody {
    id: GrantId,
    role: Slug,
    warehouse: Slug,
    state: State,
    /// Whether it opens the warehouse now, or did at the moment asked about; absent where this answer does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<bool>,
    starts_at: Time,
    ends_at: Time,
    granted_at: Time,
    /// Until when it is to be claimed, by a token or by saying so, or else it ends.
    claim_by: Option<Time>,
    claimed_at: Option<Time>,
    /// From when on it can be renewed.
    renewable_from: Time,
    /// The request that it came from.
    request: RequestId,
    /// The hash of the policy under which it was given.
    policy: String,
    ended_reason: Option<EndReason>,
}

impl GrantBody {
    /// As the clock judges it, whether or not a sweep came by.
    pub(in crate::web::api) fn of(grant: Grant, effective: Option<bool>, now: Time) -> Self {
        let state = match grant.state {
            _ if now >= grant.over_at() => State::Ended,
            State::Scheduled if now >= grant.starts_at => State::Active,
            other => other,
        };
        Self {
            renewable_from: grant.renewable_from(),
            id: grant.id,
            role: grant.role_id,
            warehouse: grant.warehouse_id,
            state,
            effective,
            starts_at: grant.starts_at,
            ends_at: grant.ends_at,
            granted_at: grant.granted_at,
            claim_by: grant.claim_by_at,
            claimed_at: grant.claimed_at,
            request: grant.request_id,
            policy: grant.policy_id,
            ended_reason: grant.ended_reason,
        }
    }
}

/// A grant, with when it was last used.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsedGrant)]
pub(in crate::web::api) struct UsedGrantBody {
    #[serde(flatten)]
    grant: GrantBody,
    /// When a token was last made under it or verified, as far as that is asked here; null where it was never used. Verified
    /// is kept to the hour.
    last_used_at: Option<Time>,
}

impl UsedGrantBody {
    /// As the clock judges it, with whether it opens the warehouse now.
    pub(in crate::web::api) fn of(grant: Grant, effective: bool, last_used_at: Option<Time>, now: Time) -> Self {
        Self { grant: GrantBody::of(grant, Some(effective), now), last_used_at }
    }
}

/// Which role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"role": "analyst"}))]
pub(in crate::web::api) struct TokenWanted {
    pub(in crate::web::api) role: Slug,
}

/// A token: shown once, kept nowhere.
#[derive(Serialize, ToSchema)]
#[schema(as = Token, example = json!({
    "access_token": "eyJhbGciOiJFUzI1NiIs…", "token_type": "Bearer", "expires_in": 900,
    "expires_at": "2026-11-24T09:30:00Z", "role": "analyst", "warehouse": "marketplace",
    "grant": "gra_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f",
}))]
pub(in crate::web::api) struct TokenBody {
    pub(in crate::web::api) access_token: String,
    /// Always `Bearer`.
    pub(in crate::web::api) token_type: &'static str,
    /// Seconds.
    pub(in crate::web::api) expires_in: i64,
    pub(in crate::web::api) expires_at: Time,
    pub(in crate::web::api) role: Slug,
    pub(in crate::web::api) warehouse: Slug,
    pub(in crate::web::api) grant: GrantId,
}
