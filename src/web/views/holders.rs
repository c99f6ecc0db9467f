//! Who holds which access, now or at any moment, as lines that each lead to their evidence.

use serde::Serialize;

use super::parts::{PersonRef, RoleRef, sample_id};
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/holders`
#[derive(Debug, Clone, Serialize)]
pub struct Holders {
    /// The filters as they were asked for.
    pub filter: HolderFilter,
    /// Roles to choose from, the empty choice first.
    pub roles: Vec<Choice>,
    /// Warehouses to choose from.
    pub warehouses: Vec<Choice>,
    /// Teams to choose from.
    pub teams: Vec<Choice>,
    /// States to choose from.
    pub states: Vec<Choice>,
    /// The moment asked about, where it is not now.
    pub as_of: Option<i64>,
    /// The same to the microsecond, in UTC; else empty.
    pub exact: String,
    /// What a line's evidence is asked for: `?at=…` where the list is of another moment than now, else empty.
    pub at: String,
    /// Whether that moment is to come.
    pub ahead: bool,
    /// Whether people of a team were asked for as of a moment: its members of today are taken.
    pub team_today: bool,
    /// The lines.
    pub lines: Vec<HolderLine>,
    /// The next page's address.
    pub next: Option<String>,
    /// The list without any filter that the reader may leave out.
    pub start: String,
    /// The first page's address, where this is a later one.
    pub first: Option<String>,
    /// The same lines as CSV.
    pub csv: String,
    /// The same lines as JSON.
    pub json: String,
    /// Whether any filter is set.
    pub filtered: bool,
    /// What is wrong with the filters.
    pub errors: Vec<FieldError>,
}

/// The filters; each may be empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HolderFilter {
    /// A role's slug.
    pub role: String,
    /// A person's e-mail address, name or id.
    pub person: String,
    /// A warehouse's slug.
    pub warehouse: String,
    /// A team's slug.
    pub team: String,
    /// A grant's state.
    pub state: String,
    /// For how many days it was not used.
    pub unused: String,
    /// The moment, as `2027-03-01T09:00` in the reader's zone.
    pub as_of: String,
}

/// One right of one person.
#[derive(Debug, Clone, Serialize)]
pub struct HolderLine {
    /// `gra_…`
    pub grant: String,
    /// Who.
    pub person: PersonRef,
    /// Which role.
    pub role: RoleRef,
    /// From when.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// The grant's own state: `scheduled`, `active`, `suspended` or `ended`.
    pub state: String,
    /// Whether it opened anything at the moment asked about.
    pub effective: bool,
    /// Why not, where it did not: `certificate`, `review`, `admin`, `locked`, `disabled`, `suspended`, `ended`, `scheduled`; else empty.
    pub why_not: String,
    /// `policy` or `decision`.
    pub via: String,
    /// The approvers' names where somebody decided: `Núria Vidal, Claire Petit`.
    pub approvers: String,
    /// The request: `req_…`.
    pub request: String,
    /// When it was last used, as far as that is known.
    pub used: Option<i64>,
}

impl View for Holders {
    const TEMPLATE: &'static str = "holders/list";
    const NAV: &'static str = "holders";

    fn title(&self) -> Title {
        Title::of("holders-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("holders", &sample()),
        Sample::of("holders-past", &sample_past()),
        Sample::of("holders-ahead", &sample_ahead()),
        Sample::of("holders-empty", &sample_empty()),
    ]
}

/// Choices from pairs, for samples.
#[must_use]
pub fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, label)| Choice { value: (*value).into(), label: (*label).into() }).collect()
}

/// Who holds what now.
#[must_use]
pub fn sample() -> Holders {
    let line =
        |n, name: &str, role: &str, from: i64, until: i64, state: &str, why_not: &str, approvers: &str| HolderLine {
            grant: sample_id("gra", n),
            person: PersonRef::sample(n, name),
            role: RoleRef::sample(role),
            from: sample_at(24 * from),
            until: sample_at(24 * until),
            state: state.into(),
            effective: why_not.is_empty(),
            why_not: why_not.into(),
            via: if approvers.is_empty() { "policy" } else { "decision" }.into(),
            approvers: approvers.into(),
            request: sample_id("req", n),
            used: (n % 4 != 1).then(|| sample_at(-24 * 3 * i64::from(n))),
        };
    Holders {
        filter: HolderFilter::default(),
        roles: choices(&[
            ("", "Any role"),
            ("analyst", "ANALYST"),
            ("customer-care", "CUSTOMER_CARE"),
            ("price-watcher", "price_watcher"),
        ]),
        warehouses: choices(&[
            ("", "Any warehouse"),
            ("marketplace", "Marketplace warehouse"),
            ("pricing", "Price intelligence lake"),
        ]),
        teams: choices(&[("", "Any team"), ("customer-data", "Customer data"), ("pricing", "Pricing")]),
        states: choices(&[("", "Any state"), ("active", "Active"), ("suspended", "Suspended"), ("ended", "Ended")]),
        as_of: None,
        exact: String::new(),
        at: String::new(),
        ahead: false,
        team_today: false,
        lines: vec![
            line(1, "Ana Ruiz", "analyst", -140, 40, "active", "", ""),
            line(4, "Claire Petit", "customer-care", -20, 70, "active", "", "Núria Vidal, Bastien Moreau"),
            line(5, "Hugo Lambert", "returns-desk", -60, 60, "active", "locked", "Marc Delmas"),
            line(6, "Inès Ferrer", "analyst", -75, 19, "active", "", ""),
            line(9, "Marta Soler", "customer-care", -100, 20, "suspended", "certificate", "Núria Vidal, Claire Petit"),
            line(10, "Nadia Benali", "price-watcher", 2, 180, "scheduled", "scheduled", ""),
        ],
        next: Some("/holders?cursor=g8".into()),
        start: "/holders".into(),
        first: None,
        csv: "/api/v1/holders?format=csv".into(),
        json: "/api/v1/holders".into(),
        filtered: false,
        errors: vec![],
    }
}

/// Who could read personal data on the first of March.
#[must_use]
pub fn sample_past() -> Holders {
    let now = sample();
    Holders {
        filter: HolderFilter {
            role: "customer-care".into(),
            as_of: "2027-03-01T09:00".into(),
            ..HolderFilter::default()
        },
        as_of: Some(sample_at(-24 * 12)),
        exact: "2027-03-01T08:30:00Z".into(),
        at: "?at=2027-03-01T08%3A00%3A00Z".into(),
        lines: now.lines.iter().filter(|l| l.role.id == "customer-care").cloned().collect(),
        next: None,
        first: Some("/holders?role=customer-care&as_of=2027-03-01T09:00".into()),
        csv: "/api/v1/holders?role=customer-care&as_of=2027-03-01T09:00&format=csv".into(),
        json: "/api/v1/holders?role=customer-care&as_of=2027-03-01T09:00".into(),
        filtered: true,
        ..now
    }
}

/// Who will hold what in three weeks, of a team, with a role that never was.
#[must_use]
pub fn sample_ahead() -> Holders {
    let past = sample_past();
    Holders {
        filter: HolderFilter { role: "nosuch".into(), team: "customer-data".into(), ..past.filter },
        as_of: Some(sample_at(24 * 21)),
        exact: "2027-04-03T08:30:00Z".into(),
        ahead: true,
        team_today: true,
        errors: vec![FieldError { field: "role".into(), text: "There is no such role: nosuch.".into() }],
        ..past
    }
}

/// Nobody.
#[must_use]
pub fn sample_empty() -> Holders {
    Holders {
        lines: vec![],
        next: None,
        filtered: true,
        filter: HolderFilter { person: "zoe@example.com".into(), ..HolderFilter::default() },
        ..sample()
    }
}
