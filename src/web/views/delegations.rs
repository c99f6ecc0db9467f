//! Delegations: who decides for the reader, for whom the reader decides, and, for those who oversee, everybody's.

use super::{FieldError, Sample, Title, View, parts::sample_id, sample_at};
use serde::Serialize;

/// `/delegations`
#[derive(Debug, Clone, Serialize)]
pub struct Delegations {
    /// Those that the reader gave, the latest first.
    pub given: Vec<Delegation>,
    /// Those that the reader was given.
    pub had: Vec<Delegation>,
    /// Everybody's, for admins and auditors.
    pub all: Option<Vec<Delegation>>,
    /// What was typed.
    pub typed: TypedDelegation,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct Delegation {
    /// `dlg_…`
    pub id: String,
    /// Who is away.
    pub from: String,
    /// Who decides meanwhile.
    pub to: String,
    /// `scheduled`, `active` or `ended`.
    pub state: String,
    /// From when.
    pub begins: i64,
    /// Until when, or when it was ended.
    pub ends: i64,
    /// What the one who is away says; may be empty.
    pub note: String,
    /// Whether the reader may end it now.
    pub may_end: bool,
}

/// What was typed into the form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypedDelegation {
    /// An e-mail address.
    pub delegate: String,
    /// As `datetime-local` has it.
    pub from: String,
    /// As `datetime-local` has it.
    pub until: String,
    /// A word to them.
    pub note: String,
}

impl View for Delegations {
    const TEMPLATE: &'static str = "delegations/list";
    const NAV: &'static str = "decisions";

    fn title(&self) -> Title {
        Title::of("delegations-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let one = |n, from: &str, to: &str, state: &str, begins: i64, ends: i64| Delegation {
        id: sample_id("dlg", n),
        from: from.into(),
        to: to.into(),
        state: state.into(),
        begins: sample_at(begins),
        ends: sample_at(ends),
        note: String::new(),
        may_end: state != "ended",
    };
    let some = Delegations {
        given: vec![
            Delegation {
                note: "The finance requests come with a ticket; ask for it where it is missing.".into(),
                ..one(1, "Ana Ruiz", "Marc Delmas", "scheduled", 24 * 3, 24 * 17)
            },
            one(2, "Ana Ruiz", "Léa Fontaine", "ended", -24 * 200, -24 * 190),
        ],
        had: vec![one(3, "Núria Vidal", "Ana Ruiz", "active", -24 * 2, 24 * 5)],
        all: Some(vec![
            one(1, "Ana Ruiz", "Marc Delmas", "scheduled", 24 * 3, 24 * 17),
            one(3, "Núria Vidal", "Ana Ruiz", "active", -24 * 2, 24 * 5),
            one(2, "Ana Ruiz", "Léa Fontaine", "ended", -24 * 200, -24 * 190),
        ]),
        typed: TypedDelegation { delegate: "ana.ruiz@example.com".into(), ..TypedDelegation::default() },
        errors: vec![FieldError {
            field: "delegate".into(),
            text: "Name somebody else: nobody decides in their own place.".into(),
        }],
    };
    let none = Delegations { given: vec![], had: vec![], all: None, typed: TypedDelegation::default(), errors: vec![] };
    vec![Sample::of("delegations", &some), Sample::of("delegations-none", &none)]
}
