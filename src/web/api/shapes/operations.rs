//! Locks, keys, content and the whole file on a person, on the wire.

use super::{
    access::UsedGrantBody,
    audit::{EventBody, TokenRecord},
    certificate::CertificateBody,
    clients::ServiceAccountBody,
    person::{PersonBody, PersonRef, SessionBody},
    request::RequestLine,
};
use crate::{
    access::{catalogue::Signing, rows::LockKind},
    actions::{person_file::File, read_content::ContentState},
    app::{App, FailedLoad},
    base::{
        clock::Time,
        refusal::Fault,
        text::{Language, Slug},
    },
    curriculum::{
        report::{Finding, Report, Severity},
        rows::ContentVersion,
    },
    tokens::rows::{KeyRow, KeyState, Purpose},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// What is to be locked, and why.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "role", "subject": "analyst", "reason": "Leak under examination"}))]
pub(in crate::web::api) struct LockWanted {
    pub(in crate::web::api) kind: Stopped,
    /// A person's id, or the slug of a role or a warehouse.
    pub(in crate::web::api) subject: String,
    pub(in crate::web::api) reason: String,
}

/// What a lock stops.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::web::api) enum Stopped {
    Person,
    Role,
    Warehouse,
}

impl From<Stopped> for LockKind {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Person => Self::Person,
            Stopped::Role => Self::Role,
            Stopped::Warehouse => Self::Warehouse,
        }
    }
}

/// A signing key, without its private part.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Key)]
pub(in crate::web::api) struct KeyBody {
    /// Its name (RFC 7638 thumbprint).
    kid: String,
    /// What it signs.
    purpose: Purpose,
    algorithm: Signing,
    state: KeyState,
    /// The public key (RFC 7517).
    #[schema(value_type = Object)]
    public_jwk: Value,
    created_at: Time,
    /// Since when it is in its state.
    changed_at: Time,
}

impl From<KeyRow> for KeyBody {
    fn from(row: KeyRow) -> Self {
        Self {
            public_jwk: serde_json::from_str(&row.public_jwk).unwrap_or(Value::Null),
            kid: row.kid,
            purpose: row.purpose,
            algorithm: row.algorithm,
            state: row.state,
            created_at: row.created_at,
            changed_at: row.changed_at,
        }
    }
}

/// Which keys to rotate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"algorithm": "ES256"}))]
pub(in crate::web::api) struct Rotation {
    /// What they sign: tokens, unless it says badges.
    #[serde(default)]
    pub(in crate::web::api) purpose: Signed,
    /// Absent means those of every algorithm.
    #[serde(default)]
    pub(in crate::web::api) algorithm: Option<Signature>,
    /// At once, although verifiers may not have seen the next key yet: for a key that has leaked.
    #[serde(default)]
    pub(in crate::web::api) now: bool,
}

/// What a key signs.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::web::api) enum Signed {
    #[default]
    Token,
    Badge,
}

impl From<Signed> for Purpose {
    fn from(signed: Signed) -> Self {
        match signed {
            Signed::Token => Self::Token,
            Signed::Badge => Self::Badge,
        }
    }
}

/// A signature algorithm.
#[derive(Clone, Copy, Deserialize, ToSchema)]
pub(in crate::web::api) enum Signature {
    #[serde(rename = "ES256")]
    Es256,
    #[serde(rename = "RS256")]
    Rs256,
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl From<Signature> for Signing {
    fn from(signature: Signature) -> Self {
        match signature {
            Signature::Es256 => Self::ES256,
            Signature::Rs256 => Self::RS256,
            Signature::EdDsa => Self::EdDSA,
        }
    }
}

/// The content in force, and what led there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Content)]
pub(in crate::web::api) struct ContentBody {
    version: VersionBody,
    courses: usize,
    roles: usize,
    /// Warnings of the version in force.
    warnings: Vec<FindingBody>,
    /// The last reload that failed since then.
    failed: Option<FailedBody>,
    /// The latest versions, newest first.
    history: Vec<VersionBody>,
}

/// A version of the content.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContentVersion)]
pub(in crate::web::api) struct VersionBody {
    seq: i64,
    hash: String,
    loaded_at: Time,
    loaded_by: String,
    /// The folder that its files were read from; `embedded` for the sample that is built in, none where nobody has written it
    /// down.
    folder: Option<String>,
}

impl From<ContentVersion> for VersionBody {
    fn from(version: ContentVersion) -> Self {
        Self {
            seq: version.seq,
            hash: version.hash,
            loaded_at: version.loaded_at,
            loaded_by: version.loaded_by,
            folder: version.folder,
        }
    }
}

/// A reload that failed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FailedLoad)]
pub(in crate::web::api) struct FailedBody {
    at: Time,
    by: String,
    errors: usize,
    findings: Vec<FindingBody>,
}

/// One thing to repair or to improve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Finding, example = json!({
    "severity": "warning", "code": "missing-why", "file": "data-foundations/banks/kpis.bank.yaml", "line": 12, "column": 5,
    "message": "no option says why it is wrong", "suggestion": null,
}))]
pub(in crate::web::api) struct FindingBody {
    /// `error` or `warning`.
    severity: &'static str,
    code: &'static str,
    file: String,
    line: usize,
    column: usize,
    message: String,
    suggestion: Option<String>,
}

impl FindingBody {
    pub(in crate::web::api) fn all(report: &Report) -> Vec<Self> {
        let one = |finding: &Finding| Self {
            severity: if finding.severity == Severity::Error { "error" } else { "warning" },
            code: finding.code,
            file: finding.file.clone(),
            line: finding.line,
            column: finding.column,
            message: finding.message.clone(),
            suggestion: finding.suggestion.clone(),
        };
        report.findings().iter().map(one).collect()
    }
}

impl From<ContentState> for ContentBody {
    fn from(state: ContentState) -> Self {
        let failed = |failed: FailedLoad| FailedBody {
            at: failed.at,
            by: failed.by,
            errors: failed.report.errors(),
            findings: FindingBody::all(&failed.report),
        };
        Self {
            version: state.content.version.clone().into(),
            courses: state.content.curriculum.courses.len(),
            roles: state.content.catalogue.roles.len(),
            warnings: FindingBody::all(&state.content.report),
            failed: state.failed.map(failed),
            history: state.history.into_iter().map(VersionBody::from).collect(),
        }
    }
}

/// The whole file on one person.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct PersonFile {
    person: PersonBody,
    teams: Vec<String>,
    /// Who decides where a role asks the person's manager.
    manager: Option<PersonRef>,
    /// Logins that were set by hand.
    logins: Vec<LoginBody>,
    courses: Vec<CourseProgress>,
    certificates: Vec<CertificateBody>,
    requests: Vec<RequestLine>,
    /// One page of them, newest first.
    grants: Vec<UsedGrantBody>,
    /// The cursor of the next page of grants.
    next: Option<String>,
    /// The latest 20.
    tokens: Vec<FileToken>,
    /// The service accounts that they own, which use their access.
    services: Vec<ServiceAccountBody>,
    sessions: Vec<SessionBody>,
    /// The latest 20.
    events: Vec<EventBody>,
}

/// The record of a token in a person's file.
#[derive(Debug, Serialize, ToSchema)]
struct FileToken {
    #[serde(flatten)]
    token: TokenRecord,
    /// Whether it works now: introspection would say so.
    live: bool,
}

/// A login that was set by hand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"warehouse": "marketplace", "login": "AMOREAU"}))]
pub(in crate::web::api) struct LoginBody {
    warehouse: String,
    login: String,
}

/// How far a person is in a course that they have begun.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct CourseProgress {
    course: Slug,
    title: String,
    enrolled_at: Option<Time>,
    progress_percent: u32,
    attempts: usize,
}

impl PersonFile {
    /// # Errors
    /// No content is loaded.
    pub(in crate::web::api) fn of(app: &App, file: File, language: Language) -> Result<Self, Fault> {
        let (content, now) = (app.content()?, app.now());
        let (picture, uses) = (file.picture, file.uses);
        let begun = content.curriculum.courses.values().filter_map(|course| {
            let progress = picture.progress.get(&course.id)?;
            let begun = progress.enrolled_at.is_some() || !progress.attempts.is_empty() || !progress.read.is_empty();
            begun.then(|| CourseProgress {
                course: course.id.clone(),
                title: course.title.get(language).to_owned(),
                enrolled_at: progress.enrolled_at,
                progress_percent: progress.percent(course),
                attempts: progress.attempts.len(),
            })
        });
        let effective = |grant: &crate::access::grant::Grant| {
            picture.effective.get(&grant.role_id).is_some_and(|(id, _)| *id == grant.id)
        };
        Ok(Self {
            courses: begun.collect(),
            grants: file
                .grants
                .items
                .into_iter()
                .map(|grant| {
                    let (opens, used) = (effective(&grant), uses.get(&grant.id).and_then(|used| used.last()));
                    UsedGrantBody::of(grant, opens, used, now)
                })
                .collect(),
            next: file.grants.next,
            certificates: picture
                .certificates
                .iter()
                .map(|held| CertificateBody::of(app, &content, language, held.clone()))
                .collect(),
            requests: picture.requests.iter().map(|asked| RequestLine::of(asked.clone(), now)).collect(),
            person: file.person.into(),
            teams: file.teams,
            manager: file.manager.as_ref().map(PersonRef::from),
            logins: file.logins.into_iter().map(|(warehouse, login)| LoginBody { warehouse, login }).collect(),
            tokens: file
                .tokens
                .into_iter()
                .map(|row| FileToken { live: file.working.contains(&row.id), token: TokenRecord::from(row) })
                .collect(),
            services: file.machines.into_iter().map(ServiceAccountBody::from).collect(),
            sessions: file.sessions.into_iter().map(|row| SessionBody::of(row, None)).collect(),
            events: file.events.into_iter().map(EventBody::from).collect(),
        })
    }
}
