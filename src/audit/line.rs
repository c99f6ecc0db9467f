//! A line of the log, read back.

use super::event::What;
use crate::base::{
    clock::Time,
    ids::{Event, Id, Person},
};
use serde_json::Value;

/// A line that was read back.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    /// Its number in the table; its place in the log, which proofs speak of, is another.
    pub seq: i64,
    /// Its id.
    pub id: Id<Event>,
    /// When.
    pub at: Time,
    /// What happened.
    pub kind: What,
    /// `done` or `refused`.
    pub outcome: String,
    /// Who did it.
    pub actor: String,
    /// The actor's name, where it is a person.
    pub actor_name: Option<String>,
    /// Whom it concerns.
    pub person_id: Option<Id<Person>>,
    /// That person's name.
    pub person_name: Option<String>,
    /// The role it concerns.
    pub role_id: Option<String>,
    /// The thing it concerns.
    pub subject_id: Option<String>,
    /// From where.
    pub address: String,
    /// What else was kept, words included.
    pub data: Value,
    /// Whether something of it was erased since.
    pub erased: bool,
    /// Whether its words or its address are proved by nothing: they are not what the line has committed to. So are words that lost
    /// what named somebody who was erased.
    pub unproved: bool,
}

impl Line {
    /// The columns of the log as CSV, the same from the API and the command line.
    pub const HEAD: [&'static str; 14] = [
        "seq",
        "id",
        "at",
        "kind",
        "outcome",
        "actor",
        "actor_name",
        "person_id",
        "person_name",
        "role",
        "subject",
        "address",
        "data",
        "unproved",
    ];

    /// The line's cells in these columns.
    #[must_use]
    pub fn cells(self) -> [String; 14] {
        [
            self.seq.to_string(),
            self.id.to_string(),
            self.at.to_string(),
            self.kind.word().to_owned(),
            self.outcome,
            self.actor,
            self.actor_name.unwrap_or_default(),
            self.person_id.map(|id| id.to_string()).unwrap_or_default(),
            self.person_name.unwrap_or_default(),
            self.role_id.unwrap_or_default(),
            self.subject_id.unwrap_or_default(),
            self.address,
            self.data.to_string(),
            self.unproved.to_string(),
        ]
    }
}
