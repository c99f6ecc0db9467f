//! Policies over time, and previews, on the wire.

use super::{audit::PolicyBody, operations::FindingBody, person::PersonRef};
use crate::{
    access::catalogue::compare::FieldChange,
    actions::preview_policy::{Effect, Fate, Preview, RoleChange, Touched, Version},
    base::{clock::Time, text::Slug},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An access catalogue as it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"catalogue": "warehouses: […]\nroles: […]\n"}))]
pub(in crate::web::api) struct CatalogueText {
    /// The text of `access.yaml`.
    pub(in crate::web::api) catalogue: String,
}

/// One thing that differs between two versions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldChange, example = json!({"field": "max_duration", "before": "P180D", "after": "P90D"}))]
pub(in crate::web::api) struct FieldBody {
    /// As the file names it.
    field: &'static str,
    /// Empty where there was none.
    before: String,
    /// Empty where there is none any more.
    after: String,
}

impl From<FieldChange> for FieldBody {
    fn from(change: FieldChange) -> Self {
        Self { field: change.field, before: change.before, after: change.after }
    }
}

/// A policy of a role, and when it was in force.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct PolicyVersionBody {
    /// The policy's hash.
    id: String,
    from: Time,
    /// Null while it is in force.
    until: Option<Time>,
    policy: PolicyBody,
    /// Against the one before it.
    changes: Vec<FieldBody>,
}

impl From<Version> for PolicyVersionBody {
    fn from(found: Version) -> Self {
        Self {
            id: found.version.id,
            from: found.version.from,
            until: found.version.until,
            policy: found.version.policy.as_ref().clone().into(),
            changes: found.changes.into_iter().map(FieldBody::from).collect(),
        }
    }
}

/// What would change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PolicyPreview)]
pub(in crate::web::api) struct PreviewBody {
    /// Whether the file would be taken; where not, the findings say why, and nothing would change.
    valid: bool,
    findings: Vec<FindingBody>,
    /// What differs beside the roles: `break_glass`, and the warehouses, each value with the id of its warehouse.
    catalogue: Vec<FieldBody>,
    roles: Vec<RoleChangeBody>,
}

/// What becomes of one role.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoleChange)]
pub(in crate::web::api) struct RoleChangeBody {
    role: Slug,
    name: String,
    /// `added`, `gone`, `moved` or `changed`.
    fate: &'static str,
    fields: Vec<FieldBody>,
    /// The hashes of its policies; the same where nobody's request or grant is touched.
    policy_before: Option<String>,
    policy_after: Option<String>,
    /// Open requests, at most 200 of them.
    requests: Vec<TouchedBody>,
    requests_total: usize,
    /// Grants that have not ended, at most 200 of them.
    grants: Vec<TouchedBody>,
    grants_total: usize,
    /// How many people would newly lack what the role requires.
    blocked: usize,
}

/// A request or a grant that is touched.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Touched)]
pub(in crate::web::api) struct TouchedBody {
    /// `req_…` or `gra_…`
    id: String,
    person: PersonRef,
    /// `lapses`, `ends`, `keeps` (the policy that was frozen with it) or `blocked` (it keeps that, too, but its person lacks what
    /// the next request would ask for).
    effect: &'static str,
}

impl From<&Touched> for TouchedBody {
    fn from(one: &Touched) -> Self {
        let effect = match one.effect {
            Effect::Lapses => "lapses",
            Effect::Ends => "ends",
            Effect::Keeps => "keeps",
            Effect::Blocked => "blocked",
        };
        Self { id: one.id.clone(), person: PersonRef::from(&one.person), effect }
    }
}

/// The word for what becomes of a role.
pub(in crate::web) fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Gone => "gone",
        Fate::Moved => "moved",
        Fate::Changed => "changed",
    }
}

impl From<RoleChange> for RoleChangeBody {
    fn from(change: RoleChange) -> Self {
        Self {
            role: change.role,
            name: change.name,
            fate: fate(change.fate),
            fields: change.fields.into_iter().map(FieldBody::from).collect(),
            policy_before: change.policy_before,
            policy_after: change.policy_after,
            requests: change.requests.iter().map(TouchedBody::from).collect(),
            requests_total: change.requests_total,
            grants: change.grants.iter().map(TouchedBody::from).collect(),
            grants_total: change.grants_total,
            blocked: change.blocked,
        }
    }
}

impl From<Preview> for PreviewBody {
    fn from(preview: Preview) -> Self {
        Self {
            valid: !preview.report.has_errors(),
            findings: FindingBody::all(&preview.report),
            catalogue: preview.catalogue.into_iter().map(FieldBody::from).collect(),
            roles: preview.roles.into_iter().map(RoleChangeBody::from).collect(),
        }
    }
}
