//! The part of a role that decides about access: requirement, approval and lengths of time, in canonical form.

use super::Role;
use crate::{
    access::hours::Hours,
    base::{
        span::Span,
        text::{Email, Slug},
    },
    curriculum::source::hex,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// The most clauses that a requirement may come to.
pub const MOST_CLAUSES: usize = 64;
/// The most clauses on the way there.
const MOST_ON_THE_WAY: usize = 1_024;

/// Certifications, joined by "all" and "any".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// This certification.
    One(Slug),
    /// Every one of these.
    All(Vec<Requirement>),
    /// At least one of these.
    Any(Vec<Requirement>),
}

impl Requirement {
    /// The requirement in conjunctive normal form: of every clause one certification must be held. Sorted, without clauses
    /// that follow from others. A requirement that asks for nothing, or for more than 64 clauses, comes back as one empty
    /// clause, which nobody meets: no valid certification, no access. Both are errors when the catalogue is read.
    #[must_use]
    pub fn clauses(&self) -> Vec<BTreeSet<Slug>> {
        match self.normal_form() {
            Some(clauses) if !clauses.is_empty() => clauses,
            _ => vec![BTreeSet::new()],
        }
    }

    /// The clauses, or nothing when they are too many; none at all when nothing is required.
    pub(super) fn normal_form(&self) -> Option<Vec<BTreeSet<Slug>>> {
        let clauses = self.expand()?;
        (clauses.len() <= MOST_CLAUSES).then_some(clauses)
    }

    fn expand(&self) -> Option<Vec<BTreeSet<Slug>>> {
        match self {
            Self::One(certification) => Some(vec![BTreeSet::from([certification.clone()])]),
            Self::All(parts) => {
                let mut clauses = Vec::new();
                for part in parts {
                    clauses = absorbed(clauses.into_iter().chain(part.expand()?).collect())?;
                }
                Some(clauses)
            }
            Self::Any(parts) => {
                let mut clauses = vec![BTreeSet::new()];
                for part in parts {
                    let other = part.expand()?;
                    if clauses.len().saturating_mul(other.len()) > MOST_ON_THE_WAY {
                        return None;
                    }
                    let joined = |one: &BTreeSet<Slug>| other.iter().map(|two| one | two).collect::<Vec<_>>();
                    clauses = absorbed(clauses.iter().flat_map(joined).collect())?;
                }
                Some(clauses)
            }
        }
    }

    /// Every certification that is named.
    #[must_use]
    pub fn certifications(&self) -> BTreeSet<&Slug> {
        match self {
            Self::One(certification) => BTreeSet::from([certification]),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::certifications).collect(),
        }
    }
}

/// Sorted and without the clauses that hold a smaller one: whoever meets the smaller meets the larger.
fn absorbed(mut clauses: Vec<BTreeSet<Slug>>) -> Option<Vec<BTreeSet<Slug>>> {
    if clauses.len() > MOST_ON_THE_WAY {
        return None;
    }
    clauses.sort_by_key(BTreeSet::len);
    let mut kept: Vec<BTreeSet<Slug>> = Vec::new();
    for clause in clauses {
        if !kept.iter().any(|smaller| smaller.is_subset(&clause)) {
            kept.push(clause);
        }
    }
    kept.sort();
    Some(kept)
}

/// Who must agree before access is granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Nobody: the certifications are enough.
    Auto,
    /// Enough people of every clause.
    Clauses(Vec<Clause>),
}

impl Approval {
    /// Whoever may agree, by any clause.
    pub fn approvers(&self) -> impl Iterator<Item = &Approver> {
        let clauses = match self {
            Self::Auto => &[][..],
            Self::Clauses(clauses) => clauses.as_slice(),
        };
        clauses.iter().flat_map(|clause| &clause.of)
    }
}

/// So many of these must agree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Clause {
    /// Sorted, each once.
    pub of: Vec<Approver>,
    /// At least one.
    pub count: u32,
}

/// Someone who may agree: written `ana@example.com`, `team:privacy`, `role:owners` or `manager`. Who is in a team, owns the role
/// or is somebody's manager is asked when it is decided, so that a request does not wait for people who have moved on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Approver {
    /// A person.
    Person(Email),
    /// Anybody in a team.
    Team(Slug),
    /// Anybody who is named as an owner of the role.
    Owners,
    /// The manager of whoever is to get the role.
    Manager,
}

impl fmt::Display for Approver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(email) => fmt::Display::fmt(email, f),
            Self::Team(team) => write!(f, "team:{team}"),
            Self::Owners => f.write_str("role:owners"),
            Self::Manager => f.write_str("manager"),
        }
    }
}

/// A text that names no approver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither an e-mail address, nor a team like `team:privacy`, nor `role:owners`, nor `manager`")]
pub struct NotAnApprover;

impl FromStr for Approver {
    type Err = NotAnApprover;
    fn from_str(text: &str) -> Result<Self, NotAnApprover> {
        match (text, text.strip_prefix("team:")) {
            ("role:owners", _) => Ok(Self::Owners),
            ("manager", _) => Ok(Self::Manager),
            (_, Some(team)) => team.trim().parse().map(Self::Team).map_err(|_| NotAnApprover),
            (_, None) => text.parse().map(Self::Person).map_err(|_| NotAnApprover),
        }
    }
}
impl Serialize for Approver {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Approver {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What decides about access to a role. Two roles with the same rules have equal policies, however they were written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// The requirement's clauses.
    pub requires: Vec<BTreeSet<Slug>>,
    /// Clauses sorted.
    pub approval: Approval,
    /// How long access lasts.
    pub max_duration: Span,
    /// How long one token lasts.
    pub token_lifetime: Span,
    /// Whether a person must say what for.
    pub reason_required: bool,
    /// How long access outlasts a certificate.
    pub grace_after_lapse: Span,
    /// How long a request waits.
    pub undecided_for: Span,
    /// When it may be used: within every one of these. Policies of before have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// How soon a grant is to be claimed, by its first token or by saying so; it ends where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_by: Option<Span>,
}

impl Policy {
    pub(super) fn of(role: &Role) -> Self {
        let approval = match &role.approval {
            Approval::Auto => Approval::Auto,
            Approval::Clauses(clauses) => {
                let mut clauses: Vec<Clause> = clauses
                    .iter()
                    .map(|clause| {
                        let of: BTreeSet<Approver> = clause.of.iter().cloned().collect();
                        Clause { of: of.into_iter().collect(), count: clause.count }
                    })
                    .collect();
                // Two that are equal ask for two people: nobody sits on both.
                clauses.sort();
                Approval::Clauses(clauses)
            }
        };
        Self {
            requires: role.requires.clauses(),
            approval,
            max_duration: role.max_duration.clone(),
            token_lifetime: role.token_lifetime.clone(),
            reason_required: role.reason_required,
            grace_after_lapse: role.grace_after_lapse.clone(),
            undecided_for: role.undecided_for.clone(),
            hours: role.hours.clone(),
            claim_by: role.claim_by.clone(),
        }
    }

    /// The same requirement for whoever takes the role in an emergency: of nobody's approval, at any hour, for so long.
    #[must_use]
    pub fn for_emergency(self, max_duration: Span) -> Self {
        Self {
            approval: Approval::Auto,
            max_duration,
            reason_required: true,
            grace_after_lapse: Span::seconds(0),
            hours: Vec::new(),
            claim_by: None,
            ..self
        }
    }

    /// SHA-256 over the canonical JSON, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        // Serialising plain data to memory cannot fail; an empty text would still be a stable hash.
        hex(&Sha256::digest(serde_json::to_vec(self).unwrap_or_default()))
    }
}
