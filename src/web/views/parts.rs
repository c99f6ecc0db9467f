//! Pieces that several pages show: a person or a role in short, requirements against a person, approvals, plain facts.

use serde::Serialize;

/// A person, in short.
#[derive(Debug, Clone, Serialize)]
pub struct PersonRef {
    /// `per_…`
    pub id: String,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Up to two letters for the seal.
    pub initials: String,
}

/// A role, in short.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRef {
    /// The slug in addresses.
    pub id: String,
    /// Its name inside the warehouse: `ANALYST`.
    pub name: String,
    /// Its title in the reader's language.
    pub title: String,
    /// The warehouse's title in the reader's language.
    pub warehouse: String,
}

/// One thing that a role demands: any one of some certifications.
#[derive(Debug, Clone, Serialize)]
pub struct Requirement {
    /// Whether one of them is valid.
    pub met: bool,
    /// The certifications; one is enough.
    pub any_of: Vec<Proof>,
}

/// A certification as a person stands to it.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    /// Its name in the reader's language.
    pub name: String,
    /// The course that awards it, as a slug.
    pub course: String,
    /// `valid`, `expiring`, `expired`, `revoked`, `in_progress` or `missing`.
    pub state: String,
    /// Until when it is, or was, valid.
    pub until: Option<i64>,
    /// Modules still to be done; only told while it is missing.
    pub modules_left: u32,
    /// Exams still to be passed.
    pub exams_left: u32,
}

/// One clause of an approval: so many of these people.
#[derive(Debug, Clone, Serialize)]
pub struct Clause {
    /// How many have to approve.
    pub count: u32,
    /// How many have.
    pub given: u32,
    /// Names of people and of teams, as they are read.
    pub people: Vec<String>,
    /// The same as one text: `A, B or C`, in the reader's language.
    pub listed: String,
}

/// A name and a value.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

impl PersonRef {
    /// A made-up person, for samples.
    #[must_use]
    pub fn sample(n: u8, name: &str) -> Self {
        let initials = name.split(' ').filter_map(|word| word.chars().next()).take(2).collect();
        let first = name.split(' ').next().unwrap_or(name).to_lowercase().replace(['é', 'è'], "e").replace('í', "i");
        Self { id: sample_id("per", n), name: name.into(), email: format!("{first}@example.com"), initials }
    }
}

impl RoleRef {
    /// A role of the sample catalogue: `analyst`, `customer-care`, `returns-desk` or `price-watcher`.
    #[must_use]
    pub fn sample(id: &str) -> Self {
        let (name, title, warehouse) = match id {
            "customer-care" => ("CUSTOMER_CARE", "Customer care", "Marketplace warehouse"),
            "returns-desk" => ("RETURNS_DESK", "Returns desk", "Marketplace warehouse"),
            "price-watcher" => ("price_watcher", "Price watcher", "Price intelligence lake"),
            _ => ("ANALYST", "Marketplace analyst", "Marketplace warehouse"),
        };
        Self { id: id.into(), name: name.into(), title: title.into(), warehouse: warehouse.into() }
    }
}

impl Proof {
    /// A certification with nothing left to do, for samples.
    #[must_use]
    pub fn sample(name: &str, course: &str, state: &str, until: Option<i64>) -> Self {
        Self { name: name.into(), course: course.into(), state: state.into(), until, modules_left: 0, exams_left: 0 }
    }

    /// The same with work left.
    #[must_use]
    pub fn left(mut self, modules: u32, exams: u32) -> Self {
        self.modules_left = modules;
        self.exams_left = exams;
        self
    }

    /// As a requirement of its own.
    #[must_use]
    pub fn alone(self) -> Requirement {
        Requirement { met: matches!(self.state.as_str(), "valid" | "expiring"), any_of: vec![self] }
    }
}

impl Clause {
    /// A clause, for samples.
    #[must_use]
    pub fn sample(count: u32, given: u32, people: &[&str]) -> Self {
        let people: Vec<String> = people.iter().map(|p| (*p).to_owned()).collect();
        Self { count, given, listed: people.join(", "), people }
    }
}

impl Fact {
    /// A name and a value.
    #[must_use]
    pub fn of(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// An id that looks like a real one, for samples.
#[must_use]
pub fn sample_id(prefix: &str, n: u8) -> String {
    format!("{prefix}_0195c2f0a1b27c3d8e4f5a6b7c8d{n:04x}")
}
