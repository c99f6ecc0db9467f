//! A team as the directory gives and reads it (RFC 7643, section 4.2).

use super::{
    document::{self, Document},
    person::with_meta,
    refusal::ScimRefusal,
    schema::TEAM,
};
use crate::base::{
    clock::Time,
    ids::{self, Id},
    text::folded,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A team with what the directory said of it.
#[derive(Clone, Debug)]
pub struct KnownTeam {
    /// Its name in the house, which never changes: a slug.
    pub id: String,
    pub title: String,
    pub created_at: Option<Time>,
    pub changed_at: Option<Time>,
    pub external_id: Option<String>,
}

/// What the directory wants a team to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedTeam {
    pub title: String,
    pub external_id: Option<String>,
    pub members: BTreeSet<Id<ids::Person>>,
}

impl WantedTeam {
    /// Reads a whole resource.
    ///
    /// # Errors
    /// A value is missing or makes no sense.
    pub fn read(document: &Document) -> Result<Self, ScimRefusal> {
        let text =
            |name: &str| document.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let title = text("displayName").ok_or_else(|| ScimRefusal::value("displayName", "it is missing"))?;
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.chars().count() > 200 {
            return Err(ScimRefusal::value("displayName", "it has at most 200 characters"));
        }
        let external_id = text("externalId").map(str::to_owned);
        if external_id.as_ref().is_some_and(|id| id.chars().count() > 255) {
            return Err(ScimRefusal::value("externalId", "it has at most 255 characters"));
        }
        let mut members = BTreeSet::new();
        for member in document.get("members").and_then(Value::as_array).into_iter().flatten() {
            let person =
                member.get("type").and_then(Value::as_str).is_none_or(|kind| kind.eq_ignore_ascii_case("User"));
            let id = member.get("value").and_then(Value::as_str).unwrap_or_default();
            let id = id.parse().ok().filter(|_| person);
            members.insert(id.ok_or_else(|| ScimRefusal::value("members", "a value is the id of no User"))?);
        }
        Ok(Self { title, external_id, members })
    }
}

impl KnownTeam {
    /// The whole resource, with its members where they are asked for.
    #[must_use]
    pub fn told(&self, members_told: Option<&[Id<ids::Person>]>, base: &str) -> Document {
        let mut document = Document::from_iter([
            ("schemas".to_owned(), json!([TEAM.urn])),
            ("id".to_owned(), json!(self.id)),
            ("displayName".to_owned(), json!(self.title)),
        ]);
        if let Some(id) = &self.external_id {
            document.insert("externalId".to_owned(), json!(id));
        }
        if let Some(members) = members_told.filter(|members| !members.is_empty()) {
            let members =
                members.iter().map(|id| json!({ "value": id, "type": "User", "$ref": format!("{base}/Users/{id}") }));
            document.insert("members".to_owned(), Value::Array(members.collect()));
        }
        let location = format!("{base}/Groups/{}", self.id);
        let changed = self.changed_at.or(self.created_at);
        let mut told = with_meta(document, TEAM.name, &location, self.created_at, changed);
        // A version is one of the whole: without the members there is none to tell.
        if let (None, Some(Value::Object(meta))) = (members_told, told.get_mut("meta")) {
            meta.remove("version");
        }
        told
    }
}

/// Reads a body as a team.
///
/// # Errors
/// It is none.
pub fn body(fields: &Document) -> Result<Document, ScimRefusal> {
    document::follows(fields, TEAM.urn)?;
    document::read(&TEAM, fields)
}

/// The attributes of a whole resource that the directory may write, and its id, which a patch may name as it is.
#[must_use]
pub fn body_of(whole: &Document) -> Document {
    let writable = ["id", "displayName", "externalId", "members"];
    whole.iter().filter(|(name, _)| writable.contains(&name.as_str())).map(|(n, v)| (n.clone(), v.clone())).collect()
}

/// What two names of teams have in common where they name the same: case and white space make no difference, and neither does
/// a hyphen in its place, because that is how the house writes them.
#[must_use]
pub fn key(title: &str) -> String {
    title
        .to_lowercase()
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The name of a team in the house, made of its name in the directory: a slug, with a number where it is taken.
#[must_use]
pub fn slug(title: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let letters = folded(title);
    let parts = letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let bare: String = parts.collect::<Vec<_>>().join("-").chars().take(56).collect();
    let bare = Some(bare.trim_end_matches('-')).filter(|bare| !bare.is_empty()).unwrap_or("team").to_owned();
    if !taken(&bare) {
        return bare;
    }
    (2_u32..).map(|n| format!("{bare}-{n}")).find(|name| !taken(name)).unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_of_the_directory_has_a_name_in_the_house() {
        let none = |_: &str| false;
        assert_eq!(slug("Équipe Données (EU)", &none), "equipe-donnees-eu");
        assert_eq!(slug("数据", &none), "team");
        assert_eq!(slug("C++", &|name| name == "c"), "c-2");
        assert!(slug(&"x".repeat(300), &none).parse::<crate::base::text::Slug>().is_ok());
        assert_eq!(key("After  Sales"), key("after-sales"));
        assert_ne!(key("C++"), key("C"));
    }
}
