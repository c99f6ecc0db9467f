//! The catalogue: warehouses, their roles, and what each role requires, as written in `access.yaml`.

pub mod compare;
mod found;
mod kind;
mod lint;
mod policy;
mod read;
mod rules;

pub use kind::{Looks, Profile, RoleClaim, WarehouseKind};
pub use policy::{Approval, Approver, Clause, MOST_CLAUSES, Policy, Requirement};
pub use rules::{BOUND, BreakGlass, SensitivityRule};

use crate::{
    access::hours::Hours,
    base::{
        span::Span,
        text::{Email, Slug, Words},
    },
    curriculum::{
        load::{Curriculum, utf8},
        report::{Place, Report},
        source::Source,
        yaml::{self, Value},
    },
    db::sql::word_column,
    identity::actor::Actor,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The file's name at the content root.
const FILE: &str = "access.yaml";

/// Every warehouse and role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// The warehouses by id.
    pub warehouses: BTreeMap<Slug, Warehouse>,
    /// The roles by id, as strict as their sensitivity asks.
    pub roles: BTreeMap<Slug, Role>,
    /// What sensitivities ask of roles.
    pub sensitivity_rules: BTreeMap<Sensitivity, SensitivityRule>,
    /// Who takes a role without approval in an emergency, and for how long.
    pub break_glass: BreakGlass,
}

impl Catalogue {
    /// The roles that ask for a certification, in one way or another.
    pub fn asking_for<'a>(&'a self, certification: &'a Slug) -> impl Iterator<Item = &'a Role> {
        self.roles.values().filter(move |role| role.requires.certifications().contains(certification))
    }

    /// Whether a person answers for a role, which may have left the catalogue: then nobody does.
    #[must_use]
    pub fn owns(&self, role: &Slug, email: &Email) -> bool {
        self.roles.get(role).is_some_and(|role| role.is_owned_by(email))
    }

    /// Whether whoever acts is signed in and answers for a role.
    #[must_use]
    pub fn is_owner(&self, caller: &Actor, role: &Slug) -> bool {
        caller.signed().is_ok_and(|signed| self.owns(role, &signed.person.email))
    }

    /// The roles that a person answers for.
    pub fn owned_by<'a>(&'a self, email: &'a Email) -> impl Iterator<Item = &'a Role> {
        self.roles.values().filter(move |role| role.is_owned_by(email))
    }
}

/// A place where data is queried, and how it recognises our tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warehouse {
    /// Unique among the warehouses.
    pub id: Slug,
    /// What it is.
    pub kind: WarehouseKind,
    /// For people.
    pub title: Words,
    /// The `aud` of its tokens (RFC 7519, section 4.1.3); no other warehouse has it.
    pub audience: String,
    /// The signature that it can verify.
    pub signing: Signing,
    /// The `typ` of its tokens.
    pub typ: TokenType,
    /// How it names people.
    pub login: LoginRule,
    /// Its host name, for connection examples.
    pub host: Option<String>,
    /// Its account, for connection examples.
    pub account: Option<String>,
    /// Its database (Trino: its catalog), for connection examples.
    pub database: Option<String>,
    /// Its schema, for connection examples.
    pub schema: Option<String>,
    /// What queries run on there, which Snowflake calls a warehouse, for connection examples.
    pub compute: Option<String>,
}

/// A signature algorithm of access tokens (RFC 7518, section 3.1; RFC 8037, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signing {
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits.
    RS256,
    /// Ed25519. Its key is made and published only where a warehouse asks for it: some verifiers stumble over a key set with
    /// a kind of key that they do not know.
    EdDSA,
}
word_column!(Signing { ES256 => "ES256", RS256 => "RS256", EdDSA => "EdDSA" });

impl Signing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::ES256, Self::RS256, Self::EdDSA];
}

/// The `typ` header of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenType {
    /// `at+jwt` (RFC 9068, section 2.1), the default.
    #[serde(rename = "at+jwt")]
    AtJwt,
    /// `JWT`, for warehouses that accept nothing else.
    #[serde(rename = "JWT")]
    Jwt,
}

impl TokenType {
    /// The header's value.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtJwt => "at+jwt",
            Self::Jwt => "JWT",
        }
    }
}

/// How a person's name in a warehouse is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoginRule {
    /// From what.
    pub from: LoginSource,
    /// In which case.
    pub case: LoginCase,
}

/// What a login is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginSource {
    /// What stands before the `@`; the default.
    EmailLocalPart,
    /// The whole address.
    Email,
}

/// The case of a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginCase {
    /// Upper case.
    Upper,
    /// Lower case.
    Lower,
    /// As it is; the default.
    Keep,
}

impl LoginRule {
    /// The login of a person with this address.
    #[must_use]
    pub fn login(self, email: &Email) -> String {
        let from = match self.from {
            LoginSource::EmailLocalPart => email.local_part(),
            LoginSource::Email => email.as_str(),
        };
        match self.case {
            LoginCase::Upper => from.to_uppercase(),
            LoginCase::Lower => from.to_lowercase(),
            LoginCase::Keep => from.to_owned(),
        }
    }
}

/// A role of a warehouse, and under which conditions a person gets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Unique among the roles.
    pub id: Slug,
    /// Where it gives access.
    pub warehouse: Slug,
    /// Its name there; unique in its warehouse.
    pub name: String,
    /// For people.
    pub title: Words,
    /// For people.
    pub description: Words,
    /// What it lets read.
    pub data: Vec<DataSet>,
    /// Who answers for it.
    pub owner: Owner,
    /// How old the data may be.
    pub freshness: Option<Span>,
    /// Where to say that something is wrong.
    pub incidents: Incidents,
    /// How delicate the data is.
    pub sensitivity: Sensitivity,
    /// The certifications that a person must hold.
    pub requires: Requirement,
    /// Who must agree.
    pub approval: Approval,
    /// How long access lasts before it must be asked for again.
    pub max_duration: Span,
    /// How long one token lasts: a minute to a day, 15 minutes unless the file says otherwise.
    pub token_lifetime: Span,
    /// Whether a person must say what for.
    pub reason_required: bool,
    /// How often the owner confirms who has it.
    pub review_every: Option<Span>,
    /// After how long without use a grant ends; never unless the file says so. It holds for grants that are there already, too.
    pub end_unused_after: Option<Span>,
    /// How long before that the holder is told; two weeks unless the file says otherwise.
    pub end_unused_notice: Span,
    /// How long access lasts after a certificate has lapsed; not at all unless the file says otherwise.
    pub grace_after_lapse: Span,
    /// How long a request waits for a decision; a week unless the file says otherwise.
    pub undecided_for: Span,
    /// When it may be used: within every one of these, at any time where there is none.
    pub hours: Vec<Hours>,
    /// How soon a grant is to be claimed; it need not be unless the file says so.
    pub claim_by: Option<Span>,
    /// What of this is as the rule for its sensitivity asks and not as the role itself says, as the file names it ([`BOUND`]).
    pub by_rule: BTreeSet<&'static str>,
}

impl Role {
    /// The part that decides about access, in canonical form.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy::of(self)
    }

    /// Whether a person answers for it.
    #[must_use]
    pub fn is_owned_by(&self, email: &Email) -> bool {
        self.owner.people.contains(email)
    }
}

/// A dataset that a role lets read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSet {
    /// Its name in the warehouse.
    pub dataset: String,
    /// Whether it is the agreed source for what it holds.
    pub golden: bool,
}

/// Who answers for a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The team's name.
    pub team: String,
    /// Its people.
    pub people: Vec<Email>,
}

/// Where to say that something is wrong with the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incidents {
    /// A chat channel.
    pub channel: Option<String>,
    /// An address.
    pub contact: Option<Email>,
}

/// How delicate data is, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// For everybody.
    Public,
    /// For the company.
    Internal,
    /// For a few.
    Confidential,
    /// About people (GDPR, article 4).
    Personal,
}

/// Reads `access.yaml`. Everything wrong goes to the report, all at once; what comes back may be used only when the report
/// has no error. Without the file the catalogue is empty.
pub fn load(source: &Source, curriculum: &Curriculum, report: &mut Report) -> Catalogue {
    let Some(body) = source.get(FILE) else {
        report.warning(&Place::start(FILE), "missing-file", "without this file there is no warehouse and no role");
        return Catalogue::default();
    };
    let Some(text) = utf8(FILE, body, report) else { return Catalogue::default() };
    let Some(node) = yaml::parse(FILE, text, 1, report) else { return Catalogue::default() };
    let (catalogue, places) = read::read(Value::top(FILE, &node), report);
    lint::check(&catalogue, &places, curriculum, report);
    catalogue
}

#[cfg(test)]
mod tests;
