//! The addresses at which an academy publishes what verifiers of badges read, and what it is called there.

use super::badge::Wording;
use crate::base::{
    ids::{self, Id},
    text::Language,
};
use serde_json::{Value, json};

/// The addresses at which an academy publishes what verifiers read.
#[derive(Clone, Debug)]
pub struct Places {
    base: String,
    /// What the academy is called.
    name: String,
}

impl Places {
    /// Of the service with this address.
    #[must_use]
    pub fn of(base: impl Into<String>, academy: Option<&str>) -> Self {
        let base = base.into();
        let host = base.split_once("://").map_or(base.as_str(), |(_, host)| host);
        Self { name: academy.map_or_else(|| format!("Habilis, {host}"), str::to_owned), base }
    }
    /// What the academy is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The issuer's profile, which is its name in every credential.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("{}/issuer", self.base)
    }
    /// A public key as a bare JWK.
    #[must_use]
    pub fn key(&self, kid: &str) -> String {
        format!("{}/keys/{kid}", self.base)
    }
    /// The name of a key in its address.
    #[must_use]
    pub fn kid<'a>(&self, address: &'a str) -> Option<&'a str> {
        address.strip_prefix(self.base.as_str())?.strip_prefix("/keys/").filter(|kid| !kid.contains('/'))
    }
    /// A certificate's public page, which is the name of its credential.
    #[must_use]
    pub fn certificate(&self, id: Id<ids::Certificate>) -> String {
        format!("{}/certificates/{id}", self.base)
    }
    /// The certificate in the name of a credential.
    #[must_use]
    pub fn certificate_in(&self, address: &str) -> Option<Id<ids::Certificate>> {
        address.strip_prefix(self.base.as_str())?.strip_prefix("/certificates/")?.parse().ok()
    }
    /// What a certification stands for.
    #[must_use]
    pub fn achievement(&self, certification: &str) -> String {
        format!("{}/achievements/{certification}", self.base)
    }
    /// A status list.
    #[must_use]
    pub fn list(&self, no: i64) -> String {
        format!("{}/status/certificates/{no}", self.base)
    }

    /// The issuer's profile.
    #[must_use]
    pub fn profile(&self) -> Value {
        json!({
            "id": self.issuer(),
            "type": ["Profile"],
            "name": self.name,
            "url": self.base,
            "image": { "id": format!("{}/assets/mark.svg", self.base), "type": "Image" },
        })
    }

    /// What a certification stands for, in one language.
    #[must_use]
    pub fn achievement_of(&self, certification: &str, wording: &Wording, language: Language) -> Value {
        let name = wording.name.get(language);
        let criteria = Some(wording.criteria.get(language)).filter(|text| !text.is_empty()).unwrap_or(name);
        json!({
            "id": self.achievement(certification),
            "type": ["Achievement"],
            "achievementType": "Certification",
            "creator": self.profile(),
            "name": name,
            "description": criteria,
            "criteria": { "narrative": criteria },
            "inLanguage": language.tag(),
        })
    }
}
