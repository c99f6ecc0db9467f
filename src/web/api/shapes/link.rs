//! One-time links on the wire, as whoever holds one sends and sees them.

use crate::{
    actions::open_link::Opened,
    base::{clock::Time, text::Email},
    identity::rows::Purpose,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A link to look at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"link": "hl_5Wc0…"}))]
pub(in crate::web::api) struct LinkToSee {
    /// The link, or only its last part.
    pub(in crate::web::api) link: String,
}

/// A link to use, with the password that it is for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"link": "hl_5Wc0…", "password": "copper lathe under seven moons"}))]
pub(in crate::web::api) struct LinkToUse {
    /// The link, or only its last part.
    pub(in crate::web::api) link: String,
    pub(in crate::web::api) password: String,
}

/// The first admin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "link": "hl_5Wc0…", "email": "alix@example.com", "name": "Alix Renaud", "password": "copper lathe under seven moons",
}))]
pub(in crate::web::api) struct FirstAdmin {
    /// The set-up link, or only its last part.
    pub(in crate::web::api) link: String,
    pub(in crate::web::api) email: String,
    pub(in crate::web::api) name: String,
    pub(in crate::web::api) password: String,
}

/// What a link is for.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "purpose": "invitation", "email": "ana@example.com", "name": "Ana Moreau", "expires_at": "2026-12-01T09:00:00Z",
}))]
pub(in crate::web::api) struct LinkSeen {
    purpose: Purpose,
    /// Whom it is for; null for the set-up link.
    email: Option<Email>,
    /// Their name; null for the set-up link.
    name: Option<String>,
    /// Until when it works.
    expires_at: Time,
}

impl From<Opened> for LinkSeen {
    fn from(opened: Opened) -> Self {
        let (email, name) = opened.person.map(|person| (person.email, person.name)).unzip();
        Self { purpose: opened.purpose, email, name, expires_at: opened.expires_at }
    }
}
