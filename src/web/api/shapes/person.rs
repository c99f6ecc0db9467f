//! People, sessions and links on the wire.

use super::{PersonId, SessionId};
use crate::{
    base::{
        clock::Time,
        text::{Email, Language},
    },
    identity::{
        actor::Signed,
        person::{Capabilities, Person, State},
        rows::{Purpose, SessionRow},
    },
    mail::Mailed,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person may do beyond learning and asking.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"admin": false, "auditor": true, "author": false}))]
pub(in crate::web::api) struct May {
    /// Changes people, locks, keys and content.
    #[serde(default)]
    pub(in crate::web::api) admin: bool,
    /// Reads everything, changes nothing.
    #[serde(default)]
    pub(in crate::web::api) auditor: bool,
    /// Sees content reports.
    #[serde(default)]
    pub(in crate::web::api) author: bool,
}

impl From<Capabilities> for May {
    fn from(may: Capabilities) -> Self {
        Self { admin: may.admin, auditor: may.auditor, author: may.author }
    }
}
impl From<May> for Capabilities {
    fn from(may: May) -> Self {
        Self { admin: may.admin, auditor: may.auditor, author: may.author }
    }
}

/// A person with an account.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Person, example = json!({
    "id": "per_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f", "email": "ana@example.com", "name": "Ana Moreau", "office": "Bordeaux",
    "language": "fr", "zone": "Europe/Paris", "state": "active", "created_at": "2026-09-01T08:00:00Z",
    "capabilities": {"admin": false, "auditor": false, "author": false},
}))]
pub(in crate::web::api) struct PersonBody {
    id: PersonId,
    email: Email,
    name: String,
    /// May be empty.
    office: String,
    /// The language they chose; null means the browser's.
    language: Option<Language>,
    /// Their time zone (IANA name).
    zone: String,
    state: State,
    capabilities: May,
    created_at: Time,
}

impl PersonBody {
    /// The head of the list as CSV.
    pub(in crate::web::api) const HEAD: [&'static str; 9] =
        ["id", "email", "name", "office", "state", "admin", "auditor", "author", "created_at"];

    pub(in crate::web::api) fn cells(person: Person) -> [String; 9] {
        let may = person.capabilities;
        [
            person.id.to_string(),
            person.email.to_string(),
            person.name,
            person.office,
            person.state.word().to_owned(),
            may.admin.to_string(),
            may.auditor.to_string(),
            may.author.to_string(),
            person.created_at.to_string(),
        ]
    }
}

impl From<Person> for PersonBody {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            email: person.email,
            name: person.name,
            office: person.office,
            language: person.language,
            zone: person.zone,
            state: person.state,
            capabilities: person.capabilities.into(),
            created_at: person.created_at,
        }
    }
}

/// A person, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PersonRef)]
pub(in crate::web::api) struct PersonRef {
    pub(in crate::web::api) id: PersonId,
    pub(in crate::web::api) name: String,
    pub(in crate::web::api) email: Email,
}

impl From<&Person> for PersonRef {
    fn from(person: &Person) -> Self {
        Self { id: person.id, name: person.name.clone(), email: person.email.clone() }
    }
}

/// E-mail address and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@example.com", "password": "four unrelated words here"}))]
pub(in crate::web::api) struct Credentials {
    pub(in crate::web::api) email: String,
    #[schema(format = Password)]
    pub(in crate::web::api) password: String,
}

/// A session that has begun.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "token": "hs_5Wc0…", "expires_at": "2026-12-01T09:00:00Z",
    "person": {"id": "per_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f", "email": "ana@example.com", "name": "Ana Moreau",
        "office": "Bordeaux", "language": null, "zone": "Europe/Paris", "state": "active",
        "created_at": "2026-09-01T08:00:00Z", "capabilities": {"admin": false, "auditor": false, "author": false}},
}))]
pub(in crate::web::api) struct SessionBegun {
    /// Send it as `Authorization: Bearer …`.
    pub(in crate::web::api) token: String,
    /// It ends then at the latest, and sooner where it is not used.
    pub(in crate::web::api) expires_at: Time,
    pub(in crate::web::api) person: PersonBody,
}

/// The caller.
#[derive(Serialize, ToSchema)]
pub(in crate::web::api) struct Me {
    pub(in crate::web::api) person: PersonBody,
    pub(in crate::web::api) teams: Vec<String>,
    /// The language that answers to this caller are in.
    pub(in crate::web::api) language: Language,
    /// The languages that can be chosen.
    pub(in crate::web::api) languages: Vec<Language>,
    pub(in crate::web::api) may: May,
    /// Whether they have a say on any role.
    pub(in crate::web::api) decides: bool,
    /// How many requests wait for their decision.
    pub(in crate::web::api) waiting: u32,
    /// The session they act in, and since when.
    pub(in crate::web::api) session: SessionId,
    pub(in crate::web::api) since: Time,
}

/// Who a person's manager is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"manager": "lea@example.com"}))]
pub(in crate::web::api) struct ManagerBody {
    /// An e-mail address, or the id of a person; null where they have none.
    #[serde(deserialize_with = "told")]
    #[schema(required = true)]
    pub(in crate::web::api) manager: Option<String>,
}

/// A field that may be null, and may not be left out.
fn told<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer)
}

/// Language and time zone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"language": "fr", "zone": "Europe/Paris"}))]
pub(in crate::web::api) struct Preferences {
    /// Null means the browser's; absent leaves it as it is.
    #[serde(default, deserialize_with = "there")]
    pub(in crate::web::api) language: Option<Option<Language>>,
    /// An IANA name; absent leaves it as it is.
    pub(in crate::web::api) zone: Option<String>,
}

/// Tells a null from a field that is not there.
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
fn there<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// The current password and a new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"current": "four unrelated words here", "new": "and four quite different ones"}))]
pub(in crate::web::api) struct NewPassword {
    #[schema(format = Password)]
    pub(in crate::web::api) current: String,
    #[schema(format = Password)]
    pub(in crate::web::api) new: String,
}

/// An open session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub(in crate::web::api) struct SessionBody {
    id: SessionId,
    created_at: Time,
    /// Last used, to the minute.
    seen_at: Time,
    expires_at: Time,
    /// The browser or program.
    agent: String,
    address: String,
    /// Whether it is the one of this call.
    current: bool,
}

impl SessionBody {
    pub(in crate::web::api) fn of(row: SessionRow, signed: Option<&Signed>) -> Self {
        Self {
            current: signed.is_some_and(|signed| signed.session == row.id),
            id: row.id,
            created_at: row.created_at,
            seen_at: row.seen_at,
            expires_at: row.expires_at,
            agent: row.agent,
            address: row.address,
        }
    }
}

/// Who is invited.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "email": "ana@example.com", "name": "Ana Moreau", "office": "Bordeaux", "language": "fr", "teams": ["sales"],
    "capabilities": {"auditor": true},
}))]
pub(in crate::web::api) struct InvitationBody {
    pub(in crate::web::api) email: String,
    pub(in crate::web::api) name: String,
    #[serde(default)]
    pub(in crate::web::api) office: String,
    #[serde(default)]
    pub(in crate::web::api) language: Option<Language>,
    #[serde(default)]
    pub(in crate::web::api) teams: Vec<String>,
    #[serde(default)]
    pub(in crate::web::api) capabilities: May,
}

/// A person who was invited, with the link to hand over.
#[derive(Serialize, ToSchema)]
pub(in crate::web::api) struct Invited {
    pub(in crate::web::api) person: PersonBody,
    /// Shown once: null where the same `Idempotency-Key` asks again.
    pub(in crate::web::api) link: Option<LinkBody>,
    /// What became of the mail with the link: null where the same `Idempotency-Key` asks again.
    pub(in crate::web::api) mailed: Option<MailedBody>,
}

/// What became of a mail.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Mailed)]
pub(in crate::web::api) enum MailedBody {
    /// The mail server took it.
    Sent,
    /// It did not, or not in time: hand the link over in another way.
    Failed,
    /// No mail server is set.
    NotSetUp,
}

impl From<&Mailed> for MailedBody {
    fn from(mailed: &Mailed) -> Self {
        match mailed {
            Mailed::Sent => Self::Sent,
            Mailed::Failed(_) => Self::Failed,
            Mailed::NotSetUp => Self::NotSetUp,
        }
    }
}

/// A one-time link.
#[derive(Serialize, ToSchema)]
#[schema(as = Link, example = json!({
    "purpose": "invitation", "url": "https://academy.example.com/welcome/hl_…", "expires_at": "2026-12-01T09:00:00Z",
    "mailed": "sent",
}))]
pub(in crate::web::api) struct LinkBody {
    pub(in crate::web::api) purpose: Purpose,
    /// Shown once.
    pub(in crate::web::api) url: String,
    /// Absent where it is the sign-in page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::web::api) expires_at: Option<Time>,
    /// The provider that lets them in, where it is their only way: the address is then the sign-in page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::web::api) provider: Option<String>,
    /// What became of the mail with it.
    pub(in crate::web::api) mailed: MailedBody,
}

/// Exactly these teams.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"teams": ["sales", "privacy"]}))]
pub(in crate::web::api) struct Teams {
    pub(in crate::web::api) teams: Vec<String>,
}

/// A name in a warehouse.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "AMOREAU"}))]
pub(in crate::web::api) struct Login {
    /// Empty goes back to the catalogue's rule.
    pub(in crate::web::api) login: String,
}
