//! What goes over the wire: the bodies of the API, and the schemas of the small types that they are made of.

pub(super) mod access;
pub(super) mod attempt;
pub(super) mod audit;
pub(super) mod campaign;
pub(super) mod campaign_answers;
pub(super) mod certificate;
pub(super) mod clients;
pub(super) mod course;
pub(super) mod delegation;
pub(super) mod emergency;
pub(super) mod identity;
pub(super) mod lab;
pub(super) mod least;
pub(super) mod link;
pub(super) mod log;
pub(super) mod marking;
pub(super) mod operations;
pub(super) mod person;
pub(super) mod policy;
pub(super) mod provisioning;
pub(super) mod records;
pub(super) mod regrade;
pub(super) mod reports;
pub(super) mod request;
pub(super) mod review;
pub(super) mod search;
pub(super) mod signals;
pub(super) mod statistics;
pub(super) mod teams;
pub(super) mod thread;
pub(super) mod warehouse;
pub(super) mod webhooks;

use crate::{
    academy::attempt::State as AttemptState,
    access::{
        catalogue::{Sensitivity, Signing, WarehouseKind},
        grant::{Cause, EndReason, State as GrantState},
        request::{State as RequestState, Verdict},
        review::{LineState, State as ReviewState},
        rows::{LockKind, Standing},
    },
    actions::overview::RoleStatus,
    audit::{
        event::What,
        sinks::{Kind as SinkKind, State as SinkState},
    },
    base::{
        clock::Time,
        ids::{self, Id, Kind},
        span::Span,
        text::{Email, Language, Slug},
    },
    certification::certificate::State as CertificateState,
    curriculum::quiz::{QuizKind, Review},
    identity::{person::State as PersonState, rows::Purpose},
    tokens::rows::{KeyState, Purpose as KeyPurpose},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

pub(super) type PersonId = Id<ids::Person>;
pub(super) type AttemptId = Id<ids::Attempt>;
pub(super) type CertificateId = Id<ids::Certificate>;
pub(super) type NoticeId = Id<ids::Notice>;
pub(super) type RequestId = Id<ids::Request>;
pub(super) type DecisionId = Id<ids::Decision>;
pub(super) type CommentId = Id<ids::Comment>;
pub(super) type EmergencyId = Id<ids::Emergency>;
pub(super) type DelegationId = Id<ids::Delegation>;
pub(super) type ReviewId = Id<ids::Review>;
pub(super) type ReviewLineId = Id<ids::ReviewLine>;
pub(super) type GrantId = Id<ids::Grant>;
pub(super) type TokenId = Id<ids::Token>;
pub(super) type SessionId = Id<ids::Session>;
pub(super) type LockId = Id<ids::Lock>;
pub(super) type AccommodationId = Id<ids::Accommodation>;
pub(super) type AssignmentId = Id<ids::Assignment>;
pub(super) type EventId = Id<ids::Event>;
pub(super) type SinkId = Id<ids::Sink>;
pub(super) type ClientId = Id<ids::Client>;
pub(super) type ClientSecretId = Id<ids::ClientSecret>;
pub(super) type ProvisioningId = Id<ids::Provisioning>;
pub(super) type ReceiverId = Id<ids::Receiver>;
pub(super) type ReceiverCredentialId = Id<ids::ReceiverCredential>;
pub(super) type StreamId = Id<ids::Stream>;
pub(super) type SecurityEventId = Id<ids::SecurityEvent>;
pub(super) type IdentityId = Id<ids::Identity>;
pub(super) type RegradeId = Id<ids::Regrade>;

fn text(about: &str, example: Value) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).description(Some(about)).examples([example])
}

macro_rules! texts {
    ($($type:ty, $name:literal => $schema:expr;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $schema.into()
            }
        }
        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    )*};
}

texts! {
    Time, "Time" => text("An instant in UTC (RFC 3339), to the microsecond.", json!("2027-03-01T09:00:00Z"));
    Slug, "Slug" => text("A name in files and addresses.", json!("data-foundations"))
        .pattern(Some("^[a-z0-9][a-z0-9-]{0,63}$"));
    Email, "Email" => text("An e-mail address, in lower case.", json!("ana@example.com"));
    Span, "Span" => text("A length of time: `30m`, `24h`, `30d`, or ISO 8601.", json!("P30D"));
    Language, "Language" => text("A language.", json!("en")).enum_values(Some(["en", "fr", "es"]));
}

impl<K: Kind> PartialSchema for Id<K> {
    fn schema() -> RefOr<Schema> {
        let example = format!("{}_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f", K::PREFIX);
        let about = "A prefix and 32 hexadecimal digits of a UUIDv7 (RFC 9562).";
        text(about, json!(example)).pattern(Some(format!("^{}_[0-9a-f]{{32}}$", K::PREFIX))).into()
    }
}
impl<K: Kind> ToSchema for Id<K> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Id_{}", K::PREFIX))
    }
}

macro_rules! words {
    ($($type:ty, $name:literal, $about:literal, [$($word:literal),* $(,)?];)*) => {
        $(
            impl PartialSchema for $type {
                fn schema() -> RefOr<Schema> {
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .description(Some($about))
                        .enum_values(Some([$($word),*]))
                        .into()
                }
            }
            impl ToSchema for $type {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed($name)
                }
            }
        )*
    };
}

words! {
    AttemptState, "AttemptState", "Where an attempt stands.",
        ["in_progress", "submitted", "expired", "pending_review", "graded", "voided"];
    GrantState, "GrantState", "Where a grant stands; what counts is `effective`.",
        ["scheduled", "active", "suspended", "ended"];
    EndReason, "EndReason", "Why a grant ended.",
        [
            "expired", "revoked", "certificate_lost", "left", "review_lapsed", "review_removed", "unused", "superseded",
            "withdrawn", "unclaimed", "given_back"
        ];
    Cause, "SuspensionCause", "What holds a grant back besides a missing certification.", ["review", "admin"];
    ReviewState, "ReviewState", "Where a review of access stands.", ["open", "closed", "cancelled"];
    LineState, "ReviewLineState", "Where a line of a review stands.",
        ["pending", "delegated", "kept", "removed", "overdue", "lapsed", "gone", "cancelled"];
    Standing, "HolderState", "How a grant stands at the instant that is asked about.",
        ["effective", "suspended", "locked", "disabled", "scheduled", "ended"];
    RequestState, "RequestState", "Where a request stands.",
        ["draft", "submitted", "blocked", "in_review", "approved", "rejected", "withdrawn", "lapsed", "returned"];
    Verdict, "Verdict", "What an approver says.", ["approve", "reject", "return"];
    LockKind, "LockKind", "What a lock stops.", ["person", "role", "warehouse"];
    CertificateState, "CertificateState", "Where a certificate stands.", ["valid", "expired", "superseded", "revoked"];
    PersonState, "PersonState", "Whether a person can act.", ["invited", "active", "disabled"];
    Purpose, "LinkPurpose", "What a one-time link is for.", ["setup", "invitation", "reset"];
    KeyState, "KeyState", "Where a key stands: `next` is published before it signs, `retiring` verifies still.",
        ["next", "active", "retiring", "gone"];
    SinkKind, "SinkKind", "What gets events.", ["webhook", "nats", "syslog"];
    SinkState, "SinkState", "Whether it gets them; `gone` is one that has answered 410, `unnamed` a publisher that the settings name no more.", ["enabled", "paused", "gone", "unnamed"];
    KeyPurpose, "KeyPurpose", "What a key signs.", ["token", "badge"];
    Signing, "Algorithm", "A signature algorithm (RFC 7518, section 3.1; RFC 8037, section 3.1).", ["ES256", "RS256", "EdDSA"];
    RoleStatus, "RoleStatus", "How a role stands for the caller.",
        ["effective", "locked", "suspended", "closed", "scheduled", "returned", "waiting", "blocked", "requestable", "missing"];
    WarehouseKind, "WarehouseKind", "The kind of a warehouse.",
        ["snowflake", "trino", "postgres", "postgrest", "databricks", "bigquery", "clickhouse", "starrocks", "generic"];
    Sensitivity, "Sensitivity", "How delicate data is.", ["public", "internal", "confidential", "personal"];
    QuizKind, "QuizKind", "What a quiz is for.", ["practice", "exam"];
    Review, "Review", "What is shown after handing in.", ["everything", "score_and_objectives"];
}

impl PartialSchema for What {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("What happened."))
            .enum_values(Some(Self::ALL.iter().map(|what| what.word())))
            .into()
    }
}
impl ToSchema for What {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("EventKind")
    }
}

/// A refusal or a failure (RFC 9457). Further members carry the facts that the sentence names.
#[derive(ToSchema)]
#[schema(example = json!({
    "type": "about:blank", "title": "Forbidden", "status": 403, "code": "role-not-held",
    "detail": "You do not hold this role.",
    "missing": [{"kind": "grant", "id": "analyst", "title": "Analyst", "href": "/access/analyst"}],
}))]
#[expect(dead_code, reason = "the shape of what `kit::failure` writes")]
pub(super) struct Problem {
    /// Always `about:blank`: the code says more.
    r#type: String,
    /// The status in words.
    title: String,
    /// The status.
    status: u16,
    /// A stable word to rely on.
    code: String,
    /// The sentence, in the caller's language.
    detail: String,
    /// What stands between the caller and what they asked for.
    missing: Option<Vec<MissingBody>>,
    /// What to quote where something is broken.
    reference: Option<String>,
}

/// One thing that is missing, and where to get it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MissingBody {
    /// `certification`, `course`, `module`, `exam`, `grant`, `lock` or `account`.
    kind: &'static str,
    id: String,
    /// Its name.
    title: String,
    /// The page that leads there.
    href: String,
}

impl From<crate::base::refusal::Missing> for MissingBody {
    fn from(missing: crate::base::refusal::Missing) -> Self {
        Self { kind: missing.kind, id: missing.id, title: missing.title, href: missing.href }
    }
}

/// Why something is done: kept with it.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Left the project"}))]
pub(super) struct Why {
    pub(super) reason: String,
}

/// Whole seconds of a length in microseconds.
pub(super) fn seconds(micros: i64) -> i64 {
    micros / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documented_words_are_the_words_in_use() {
        fn listed<T: PartialSchema>() -> Vec<String> {
            let schema = serde_json::to_value(T::schema()).unwrap();
            schema["enum"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
        }
        macro_rules! check {
            ($($type:ty),*) => {$(
                for word in listed::<$type>() {
                    assert!(<$type>::from_word(&word).is_some(), "{word}");
                }
            )*};
        }
        check!(
            AttemptState,
            GrantState,
            EndReason,
            Cause,
            ReviewState,
            LineState,
            Standing,
            RequestState,
            Verdict,
            LockKind,
            CertificateState,
            PersonState,
            Purpose,
            KeyState,
            KeyPurpose,
            Signing,
            What
        );
        for (word, _) in WarehouseKind::ALL {
            assert!(listed::<WarehouseKind>().contains(&word.to_owned()));
        }
    }
}
