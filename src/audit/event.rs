//! The closed list of what can stand in the log, and a line that is to be written.

use super::facts;
pub use super::line::Line;
use crate::{
    base::{
        ids::{Id, Kind as IdKind, Person},
        refusal::Refused,
        text::Slug,
    },
    db::sql::word_column,
};
use serde_json::{Value, json};

/// What happened. The words are stable: reports and subscribers rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    PersonInvited,
    PersonActivated,
    PersonChanged,
    PersonDisabled,
    PersonEnabled,
    PasswordChanged,
    LinkMade,
    SignedIn,
    SignedOut,
    SessionEnded,
    ContentLoaded,
    ContentRefused,
    CourseEnrolled,
    ModuleCompleted,
    AttemptStarted,
    AnswerSaved,
    AttemptSubmitted,
    AttemptExpired,
    AttemptInReview,
    AnswerMarked,
    AttemptGraded,
    AttemptVoided,
    AttemptRegraded,
    RegradeApplied,
    CertificateIssued,
    CertificateExpired,
    CertificateSuperseded,
    CertificateRevoked,
    CertificateReminded,
    RequestSubmitted,
    RequestBlocked,
    RequestInReview,
    RequestDecided,
    RequestApproved,
    RequestRejected,
    RequestReturned,
    RequestCommented,
    RequestWithdrawn,
    RequestLapsed,
    GrantGiven,
    GrantClaimed,
    GrantActivated,
    GrantSuspended,
    GrantResumed,
    GrantSuspensionLifted,
    GrantUnusedWarned,
    GrantEnded,
    ReviewStarted,
    ReviewReminded,
    ReviewClosed,
    ReviewCancelled,
    ReviewLineAnswered,
    ReviewLineDelegated,
    ReviewLineOverdue,
    ReviewLineLapsed,
    ReviewLineGone,
    ReviewLineCancelled,
    LockPlaced,
    LockLifted,
    DelegationMade,
    DelegationBegun,
    DelegationEnded,
    EmergencyTaken,
    EmergencyReviewed,
    TokenMinted,
    KeyMade,
    KeyActivated,
    KeyRetiring,
    KeyGone,
    SecretRenewed,
    SecretResealed,
    SecretDropped,
    RecordsExported,
    AuditRead,
    AttemptExtended,
    AccommodationGranted,
    AccommodationEnded,
    CourseAssigned,
    AssignmentEnded,
    TeamMade,
    TeamLeadsChanged,
    PersonErased,
    ClientRegistered,
    ClientChanged,
    ClientRemoved,
    ClientSecretMade,
    ClientSecretEnded,
    ClientOwnerChanged,
    ClientNamed,
    ClientAccepted,
    ClientDeclined,
    ClientAccessEnding,
    ClientAccessEnded,
    ToolConnected,
    ToolEnded,
    TokenRevoked,
    DirectoryCredentialMade,
    DirectoryCredentialEnded,
    PersonProvisioned,
    PersonReleased,
    TeamRenamed,
    TeamReleased,
    IdentityLinked,
    IdentityUnlinked,
    SignalReceiverMade,
    SignalReceiverRemoved,
    SignalCredentialMade,
    SignalCredentialEnded,
    SignalStreamChanged,
    LogKeyMade,
    WebhookMade,
    WebhookChanged,
    WebhookSecretMade,
    WebhookRemoved,
    Refused,
}

word_column!(What {
    PersonInvited => "person.invited",
    PersonActivated => "person.activated",
    PersonChanged => "person.changed",
    PersonDisabled => "person.disabled",
    PersonEnabled => "person.enabled",
    PasswordChanged => "password.changed",
    LinkMade => "link.made",
    SignedIn => "session.started",
    SignedOut => "session.signed_out",
    SessionEnded => "session.ended",
    ContentLoaded => "content.loaded",
    ContentRefused => "content.refused",
    CourseEnrolled => "course.enrolled",
    ModuleCompleted => "module.completed",
    AttemptStarted => "attempt.started",
    AnswerSaved => "attempt.answer_saved",
    AttemptSubmitted => "attempt.submitted",
    AttemptExpired => "attempt.expired",
    AttemptInReview => "attempt.in_review",
    AnswerMarked => "attempt.answer_marked",
    AttemptGraded => "attempt.graded",
    AttemptVoided => "attempt.voided",
    AttemptRegraded => "attempt.regraded",
    RegradeApplied => "regrade.applied",
    CertificateIssued => "certificate.issued",
    CertificateExpired => "certificate.expired",
    CertificateSuperseded => "certificate.superseded",
    CertificateRevoked => "certificate.revoked",
    CertificateReminded => "certificate.reminded",
    RequestSubmitted => "request.submitted",
    RequestBlocked => "request.blocked",
    RequestInReview => "request.in_review",
    RequestDecided => "request.decided",
    RequestApproved => "request.approved",
    RequestRejected => "request.rejected",
    RequestReturned => "request.returned",
    RequestCommented => "request.commented",
    RequestWithdrawn => "request.withdrawn",
    RequestLapsed => "request.lapsed",
    GrantGiven => "grant.given",
    GrantClaimed => "grant.claimed",
    GrantActivated => "grant.activated",
    GrantSuspended => "grant.suspended",
    GrantResumed => "grant.resumed",
    GrantSuspensionLifted => "grant.suspension_lifted",
    GrantUnusedWarned => "grant.unused_warned",
    GrantEnded => "grant.ended",
    ReviewStarted => "review.started",
    ReviewReminded => "review.reminded",
    ReviewClosed => "review.closed",
    ReviewCancelled => "review.cancelled",
    ReviewLineAnswered => "review.line_answered",
    ReviewLineDelegated => "review.line_delegated",
    ReviewLineOverdue => "review.line_overdue",
    ReviewLineLapsed => "review.line_lapsed",
    ReviewLineGone => "review.line_gone",
    ReviewLineCancelled => "review.line_cancelled",
    LockPlaced => "lock.placed",
    LockLifted => "lock.lifted",
    DelegationMade => "delegation.made",
    DelegationBegun => "delegation.begun",
    DelegationEnded => "delegation.ended",
    EmergencyTaken => "emergency.taken",
    EmergencyReviewed => "emergency.reviewed",
    TokenMinted => "token.minted",
    KeyMade => "key.made",
    KeyActivated => "key.activated",
    KeyRetiring => "key.retiring",
    KeyGone => "key.gone",
    SecretRenewed => "secret_key.renewed",
    SecretResealed => "secret_key.resealed",
    SecretDropped => "secret_key.old_dropped",
    RecordsExported => "records.exported",
    AuditRead => "audit.read",
    AttemptExtended => "attempt.extended",
    AccommodationGranted => "accommodation.granted",
    AccommodationEnded => "accommodation.ended",
    CourseAssigned => "course.assigned",
    AssignmentEnded => "assignment.ended",
    TeamMade => "team.made",
    TeamLeadsChanged => "team.leads_changed",
    PersonErased => "person.erased",
    ClientRegistered => "client.registered",
    ClientChanged => "client.changed",
    ClientRemoved => "client.removed",
    ClientSecretMade => "client.secret_made",
    ClientSecretEnded => "client.secret_ended",
    ClientOwnerChanged => "client.owner_changed",
    ClientNamed => "client.named",
    ClientAccepted => "client.accepted",
    ClientDeclined => "client.declined",
    ClientAccessEnding => "client.access_ending",
    ClientAccessEnded => "client.access_ended",
    ToolConnected => "tool.connected",
    ToolEnded => "tool.ended",
    TokenRevoked => "token.revoked",
    DirectoryCredentialMade => "directory.credential_made",
    DirectoryCredentialEnded => "directory.credential_ended",
    PersonProvisioned => "person.provisioned",
    PersonReleased => "person.released",
    TeamRenamed => "team.renamed",
    TeamReleased => "team.released",
    IdentityLinked => "identity.linked",
    IdentityUnlinked => "identity.unlinked",
    SignalReceiverMade => "signal.receiver_made",
    SignalReceiverRemoved => "signal.receiver_removed",
    SignalCredentialMade => "signal.credential_made",
    SignalCredentialEnded => "signal.credential_ended",
    SignalStreamChanged => "signal.stream_changed",
    LogKeyMade => "log.key_made",
    WebhookMade => "webhook.made",
    WebhookChanged => "webhook.changed",
    WebhookSecretMade => "webhook.secret_made",
    WebhookRemoved => "webhook.removed",
    Refused => "refused",
});

impl What {
    /// Every word, for filters and for the documentation.
    pub const ALL: &'static [What] = &[
        Self::PersonInvited,
        Self::PersonActivated,
        Self::PersonChanged,
        Self::PersonDisabled,
        Self::PersonEnabled,
        Self::PasswordChanged,
        Self::LinkMade,
        Self::SignedIn,
        Self::SignedOut,
        Self::SessionEnded,
        Self::ContentLoaded,
        Self::ContentRefused,
        Self::CourseEnrolled,
        Self::ModuleCompleted,
        Self::AttemptStarted,
        Self::AnswerSaved,
        Self::AttemptSubmitted,
        Self::AttemptExpired,
        Self::AttemptInReview,
        Self::AnswerMarked,
        Self::AttemptGraded,
        Self::AttemptVoided,
        Self::AttemptRegraded,
        Self::RegradeApplied,
        Self::CertificateIssued,
        Self::CertificateExpired,
        Self::CertificateSuperseded,
        Self::CertificateRevoked,
        Self::CertificateReminded,
        Self::RequestSubmitted,
        Self::RequestBlocked,
        Self::RequestInReview,
        Self::RequestDecided,
        Self::RequestApproved,
        Self::RequestRejected,
        Self::RequestReturned,
        Self::RequestCommented,
        Self::RequestWithdrawn,
        Self::RequestLapsed,
        Self::GrantGiven,
        Self::GrantClaimed,
        Self::GrantActivated,
        Self::GrantSuspended,
        Self::GrantResumed,
        Self::GrantSuspensionLifted,
        Self::GrantUnusedWarned,
        Self::GrantEnded,
        Self::ReviewStarted,
        Self::ReviewReminded,
        Self::ReviewClosed,
        Self::ReviewCancelled,
        Self::ReviewLineAnswered,
        Self::ReviewLineDelegated,
        Self::ReviewLineOverdue,
        Self::ReviewLineLapsed,
        Self::ReviewLineGone,
        Self::ReviewLineCancelled,
        Self::LockPlaced,
        Self::LockLifted,
        Self::DelegationMade,
        Self::DelegationBegun,
        Self::DelegationEnded,
        Self::EmergencyTaken,
        Self::EmergencyReviewed,
        Self::TokenMinted,
        Self::KeyMade,
        Self::KeyActivated,
        Self::KeyRetiring,
        Self::KeyGone,
        Self::SecretRenewed,
        Self::SecretResealed,
        Self::SecretDropped,
        Self::RecordsExported,
        Self::AuditRead,
        Self::AttemptExtended,
        Self::AccommodationGranted,
        Self::AccommodationEnded,
        Self::CourseAssigned,
        Self::AssignmentEnded,
        Self::TeamMade,
        Self::TeamLeadsChanged,
        Self::PersonErased,
        Self::ClientRegistered,
        Self::ClientChanged,
        Self::ClientRemoved,
        Self::ClientSecretMade,
        Self::ClientSecretEnded,
        Self::ClientOwnerChanged,
        Self::ClientNamed,
        Self::ClientAccepted,
        Self::ClientDeclined,
        Self::ClientAccessEnding,
        Self::ClientAccessEnded,
        Self::ToolConnected,
        Self::ToolEnded,
        Self::TokenRevoked,
        Self::DirectoryCredentialMade,
        Self::DirectoryCredentialEnded,
        Self::PersonProvisioned,
        Self::PersonReleased,
        Self::TeamRenamed,
        Self::TeamReleased,
        Self::IdentityLinked,
        Self::IdentityUnlinked,
        Self::SignalReceiverMade,
        Self::SignalReceiverRemoved,
        Self::SignalCredentialMade,
        Self::SignalCredentialEnded,
        Self::SignalStreamChanged,
        Self::LogKeyMade,
        Self::WebhookMade,
        Self::WebhookChanged,
        Self::WebhookSecretMade,
        Self::WebhookRemoved,
        Self::Refused,
    ];
}

/// Who did it, in the log's words: a person's id, or `system:…`, `operator:…`, `directory:…`, `receiver:…`, `anonymous`; and
/// from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The word for the actor.
    pub actor: String,
    /// The network address it came from; empty inside the service.
    pub address: String,
}

/// A line that is to be written.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) what: What,
    pub(super) person: Option<Id<Person>>,
    pub(super) role: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) data: Value,
    pub(super) texts: serde_json::Map<String, Value>,
}

impl Entry {
    /// A line about nothing in particular yet.
    #[must_use]
    pub fn new(what: What) -> Self {
        Self { what, person: None, role: None, subject: None, data: json!({}), texts: serde_json::Map::new() }
    }

    /// The person whom it concerns (who need not be who did it).
    #[must_use]
    pub fn person(mut self, person: Id<Person>) -> Self {
        self.person = Some(person);
        self
    }

    /// The role that it concerns.
    #[must_use]
    pub fn role(mut self, role: &Slug) -> Self {
        self.role = Some(role.to_string());
        self
    }

    /// The thing that it concerns, by id.
    #[must_use]
    pub fn subject<K: IdKind>(mut self, id: Id<K>) -> Self {
        self.subject = Some(id.to_string());
        self
    }

    /// The thing that it concerns, by another name.
    #[must_use]
    pub fn about(mut self, name: impl Into<String>) -> Self {
        self.subject = Some(name.into());
        self
    }

    /// What else is worth keeping: codes, ids, instants and figures; never a secret, an answer, a key, or words about people.
    #[must_use]
    pub fn data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }

    /// Words that people wrote, and what names or describes a person: kept beside the log, where they can be erased, while
    /// the log keeps a commitment of them. They are read back among the data.
    #[must_use]
    pub fn texts(mut self, texts: Value) -> Self {
        if let Value::Object(texts) = texts {
            self.texts.extend(texts.into_iter().filter(|(_, text)| !text.is_null()));
        }
        self
    }

    /// The line of a refusal, with what was tried and why it was refused.
    #[must_use]
    pub fn refused(tried: &str, refused: &Refused) -> Self {
        let (known, told) = facts::keep(&refused.facts);
        let mut data = json!({
            "tried": tried,
            "code": refused.code,
            "missing": refused.missing.iter().map(|m| json!({"kind": m.kind, "id": m.id})).collect::<Vec<_>>(),
        });
        let mut texts = json!({ "sentence": refused.sentence });
        for (place, name, facts) in [(&mut data, facts::IN_LINE, known), (&mut texts, facts::BESIDE, told)] {
            if let (Some(place), false) = (place.as_object_mut(), facts.is_empty()) {
                place.insert(name.to_owned(), Value::Object(facts));
            }
        }
        Self::new(What::Refused).data(data).texts(texts)
    }
}
