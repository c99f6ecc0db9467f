//! Noting that the audit was read: who looked at which part of it, narrowed by what.

use super::{About, act, list_holders::may_read};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    identity::actor::Actor,
};
use serde_json::{Value, json};

/// What was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The part: `events`, `export`, `reports/holders-at`; a name that looks like one of a thing.
    pub part: String,
    /// The person it was asked about, where it was one.
    pub person: Option<Id<ids::Person>>,
    /// The role it was asked about, where it was one: its owner may read it, too.
    pub role: Option<Slug>,
    /// The roles, where it was asked about several: whoever owns each of them may read it, too.
    pub roles: Vec<Slug>,
    /// What else it was narrowed by. It may name people, and is kept beside the line, where it can be erased.
    pub asked: Value,
}

impl Reading {
    /// A part of the audit, narrowed by nothing.
    #[must_use]
    pub fn of(part: impl Into<String>) -> Self {
        Self { part: part.into(), person: None, role: None, roles: Vec::new(), asked: Value::Null }
    }

    /// The same, narrowed by what was asked.
    #[must_use]
    pub fn asked(mut self, asked: Value) -> Self {
        self.asked = asked;
        self
    }
}

/// Writes the event of a reading before anything of it is shown.
///
/// # Errors
/// The actor may not read the audit (everybody's, or the one role's as its owner), or the database is away: then nothing may
/// be shown.
pub async fn note_audit_read(app: &App, actor: &Actor, reading: Reading) -> Result<(), Fault> {
    let (house, caller) = (app.clone(), actor.clone());
    act(app, actor, "note_audit_read", About::nothing().named(reading.part.clone()), move |w, by| {
        if reading.role.is_some() || reading.roles.is_empty() {
            may_read(&house, &caller, reading.role.as_ref())?;
        }
        for role in &reading.roles {
            may_read(&house, &caller, Some(role))?;
        }
        let mut entry = Entry::new(What::AuditRead).about(reading.part.clone());
        if let Some(person) = reading.person {
            entry = entry.person(person);
        }
        if let Some(role) = &reading.role {
            entry = entry.role(role);
        }
        Ok(audit::rows::append(w, by, entry.texts(json!({ "asked": reading.asked })))?)
    })
    .await
}

/// As [`note_audit_read`], once for the same question of the same reader in some time: a log that is looked at live would tell
/// of nothing but those who look.
///
/// # Errors
/// As [`note_audit_read`].
pub async fn note_audit_read_once(app: &App, actor: &Actor, reading: Reading) -> Result<(), Fault> {
    let (reader, now) = (actor.by().actor, app.now());
    let question = json!([reading.part, reading.person, reading.role, reading.asked]).to_string();
    if app.readings.is_new(&reader, &question, now) {
        note_audit_read(app, actor, reading).await?;
        app.readings.remember(&reader, &question, now);
    }
    Ok(())
}
