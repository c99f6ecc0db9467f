//! A person as the directory gives and reads them (RFC 7643, sections 4.1 and 4.3).

use super::{
    document::{self, Document, one_primary},
    refusal::{Fault, ScimRefusal},
    schema::{ENTERPRISE, MANAGER, PERSON},
};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        text::{Email, Language},
    },
    identity::{
        person::{Capabilities, State},
        secret::Secret,
    },
};
use serde_json::{Value, json};

/// The attributes that are kept as the directory said them.
const SAID: [&str; 5] = ["name", "displayName", "emails", "preferredLanguage", "timezone"];
/// The longest name that the directory may give to a person, in characters.
const LONGEST_ID: usize = 255;

/// A person with what the directory said of them.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: Id<ids::Person>,
    pub email: Email,
    pub name: String,
    pub language: Option<Language>,
    pub zone: String,
    pub capabilities: Capabilities,
    pub state: State,
    pub created_at: Time,
    pub changed_at: Option<Time>,
    pub external_id: Option<String>,
    /// None for those of whom it never said anything.
    pub said: Option<Document>,
    pub shut_at: Option<Time>,
    /// Whoever set them, where the directory sees them.
    pub manager: Option<Manager>,
}

/// A person's manager.
#[derive(Clone, Debug)]
pub struct Manager {
    pub id: Id<ids::Person>,
    pub name: String,
}

/// A team that a person is in.
#[derive(Clone, Debug)]
pub struct Belongs {
    pub team: String,
    pub title: String,
}

/// What the directory wants a person to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub email: Email,
    pub external_id: Option<String>,
    /// None where it says nothing of it: then it stays as it is.
    pub active: Option<bool>,
    /// What people read.
    pub name: String,
    pub language: Option<String>,
    pub zone: Option<String>,
    pub manager: Option<Id<ids::Person>>,
    pub said: Document,
}

impl Wanted {
    /// Reads a whole resource.
    ///
    /// # Errors
    /// A value is missing or makes no sense.
    pub fn read(document: &Document) -> Result<Self, ScimRefusal> {
        let text =
            |name: &str| document.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let user_name = text("userName").ok_or_else(|| ScimRefusal::value("userName", "it is missing"))?;
        let email: Email = user_name.parse().map_err(|_| ScimRefusal::value("userName", "it is no e-mail address"))?;
        let external_id = text("externalId");
        if external_id.is_some_and(|id| id.chars().count() > LONGEST_ID) {
            return Err(ScimRefusal::value("externalId", "it has at most 255 characters"));
        }
        one_primary(document, "emails")?;
        for address in document.get("emails").and_then(Value::as_array).into_iter().flatten() {
            let value = address.get("value").and_then(Value::as_str).unwrap_or_default();
            value.parse::<Email>().map_err(|_| ScimRefusal::value("emails", "a value is no e-mail address"))?;
        }
        let zone = text("timezone");
        if zone.is_some_and(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
            return Err(ScimRefusal::value("timezone", "it is no time zone"));
        }
        let named = |part: &str| document.get(MANAGER).and_then(|manager| manager.get(part)).and_then(Value::as_str);
        let manager = named("value").or_else(|| named("$ref").map(|place| place.rsplit('/').next().unwrap_or(place)));
        let manager = manager.map(str::trim).filter(|id| !id.is_empty()).map(str::parse::<Id<ids::Person>>);
        let said: Document =
            SAID.iter().filter_map(|name| Some(((*name).to_owned(), document.get(*name)?.clone()))).collect();
        Ok(Self {
            name: name(&said, &email)?,
            email,
            external_id: external_id.map(str::to_owned),
            active: document.get("active").and_then(Value::as_bool),
            language: text("preferredLanguage").map(str::to_owned),
            zone: zone.map(str::to_owned),
            manager: manager.transpose().map_err(|_| unknown_manager())?,
            said,
        })
    }
}

/// A manager whom the directory does not see.
#[must_use]
pub fn unknown_manager() -> ScimRefusal {
    ScimRefusal::value(MANAGER, "its value is the id of no User")
}

/// The name that people read: the one to display, the whole one, the parts, or else the address.
fn name(said: &Document, email: &Email) -> Result<String, ScimRefusal> {
    let part =
        |name: &str| said.get("name").and_then(|parts| parts.get(name)).and_then(Value::as_str).unwrap_or_default();
    let parts = format!("{} {}", part("givenName"), part("familyName"));
    let display = said.get("displayName").and_then(Value::as_str).unwrap_or_default();
    let named = [display, part("formatted"), &parts, email.local_part()]
        .into_iter()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    if named.chars().count() > 100 {
        return Err(ScimRefusal::value("displayName", "it has at most 100 characters"));
    }
    Ok(named)
}

impl Known {
    /// The attributes that the directory may write, as they are now, and the id, which a patch may name as it is.
    #[must_use]
    pub fn writable(&self) -> Document {
        let mut document = match &self.said {
            Some(said) => said.clone(),
            None => Document::from_iter([
                ("emails".to_owned(), json!([{ "value": self.email, "type": "work", "primary": true }])),
                ("timezone".to_owned(), json!(self.zone)),
            ]),
        };
        let said_name = self.said.as_ref().and_then(|said| name(said, &self.email).ok());
        if said_name.as_deref() != Some(self.name.as_str()) {
            document.insert("displayName".to_owned(), json!(self.name));
        }
        // The language and zone that a person chose since stand in the place of what the directory said.
        let spoken = document.get("preferredLanguage").and_then(Value::as_str).and_then(Language::from_tag);
        match self.language {
            Some(own) if spoken != Some(own) => {
                document.insert("preferredLanguage".to_owned(), json!(own.tag()));
            }
            None if spoken.is_some() => {
                document.remove("preferredLanguage");
            }
            _ => {}
        }
        if document.contains_key("timezone") {
            document.insert("timezone".to_owned(), json!(self.zone));
        }
        document.insert("id".to_owned(), json!(self.id));
        document.insert("userName".to_owned(), json!(self.email));
        document.insert("active".to_owned(), json!(self.state != State::Disabled));
        if let Some(id) = &self.external_id {
            document.insert("externalId".to_owned(), json!(id));
        }
        if let Some(manager) = &self.manager {
            document.insert(MANAGER.to_owned(), json!({ "value": manager.id }));
        }
        document
    }

    /// The whole resource; `base` is the address of the protocol's version.
    #[must_use]
    pub fn told(&self, teams: &[Belongs], base: &str) -> Document {
        let mut document = self.writable();
        let groups: Vec<Value> = teams
            .iter()
            .map(|team| {
                json!({ "value": team.team, "display": team.title, "type": "direct", "$ref": format!("{base}/Groups/{}", team.team) })
            })
            .collect();
        if !groups.is_empty() {
            document.insert("groups".to_owned(), Value::Array(groups));
        }
        document.insert("schemas".to_owned(), json!([PERSON.urn]));
        if let Some(Manager { id, name }) = &self.manager {
            let manager = json!({ "value": id, "displayName": name, "$ref": format!("{base}/Users/{id}") });
            document.insert(MANAGER.to_owned(), manager);
            document.insert("schemas".to_owned(), json!([PERSON.urn, ENTERPRISE]));
        }
        let changed = self.changed_at.unwrap_or(self.created_at).max(self.created_at);
        let location = format!("{base}/Users/{}", self.id);
        with_meta(document, PERSON.name, &location, Some(self.created_at), Some(changed))
    }
}

/// Adds what is told about a resource; its version is a digest of all the rest, so that no change escapes it.
#[must_use]
pub fn with_meta(
    mut document: Document,
    kind: &str,
    location: &str,
    created: Option<Time>,
    changed: Option<Time>,
) -> Document {
    let mut meta = json!({ "resourceType": kind, "location": location });
    if let Some(fields) = meta.as_object_mut() {
        fields.extend(created.map(|at| ("created".to_owned(), json!(at))));
        fields.extend(changed.map(|at| ("lastModified".to_owned(), json!(at))));
        document.insert("meta".to_owned(), Value::Object(fields.clone()));
        let digest: String =
            Secret::presented(&Value::Object(document.clone()).to_string()).hash().chars().take(24).collect();
        fields.insert("version".to_owned(), json!(format!("W/\"{digest}\"")));
    }
    document.insert("meta".to_owned(), meta);
    document
}

/// The version of a resource.
#[must_use]
pub fn version(document: &Document) -> &str {
    document.get("meta").and_then(|meta| meta.get("version")).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a list of entity tags names a version; `*` names every one (RFC 9110, section 13.1.1, compared weakly, as RFC 7644,
/// section 3.14, has weak ones).
#[must_use]
pub fn names_version(header: &str, version: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    header.split(',').any(|tag| tag.trim() == "*" || bare(tag) == bare(version))
}

/// Reads a body as a person.
///
/// # Errors
/// It is none.
pub fn body(fields: &Document) -> Result<Document, ScimRefusal> {
    document::follows(fields, PERSON.urn)?;
    document::read(&PERSON, fields)
}

/// An id in a path; what is none names nothing.
///
/// # Errors
/// It is none.
pub fn id(text: &str) -> Result<Id<ids::Person>, ScimRefusal> {
    text.parse().map_err(|_| ScimRefusal::of(Fault::Nowhere, "there is no such User"))
}
