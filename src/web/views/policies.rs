//! What would change if another access catalogue were loaded.

use super::{Sample, Title, View, authoring::Finding, parts::PersonRef, parts::sample_id};
use serde::Serialize;

/// `/policies`
#[derive(Debug, Clone, Serialize)]
pub struct Policies {
    /// The text of the catalogue: what was sent, or what is in force.
    pub text: String,
    /// What would change, once asked.
    pub preview: Option<Preview>,
}

/// What would change.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// Whether the file would be taken.
    pub valid: bool,
    /// What the linter says.
    pub findings: Vec<Finding>,
    /// What differs beside the roles.
    pub catalogue: Vec<FieldChange>,
    /// Role by role; none where nothing would change.
    pub roles: Vec<RoleChange>,
}

/// What becomes of a role.
#[derive(Debug, Clone, Serialize)]
pub struct RoleChange {
    /// The slug.
    pub id: String,
    /// Its name in the warehouse.
    pub name: String,
    /// `added`, `gone`, `moved` or `changed`.
    pub fate: String,
    /// What differs.
    pub fields: Vec<FieldChange>,
    /// Whether its policy does, and not only what stands beside that.
    pub policy: bool,
    /// Whether the rule differs by which grants end that nobody uses, those that are held already among them.
    pub unused: bool,
    /// Open requests.
    pub requests: Vec<Touched>,
    /// How many there are in all.
    pub requests_total: u32,
    /// Grants that have not ended.
    pub grants: Vec<Touched>,
    /// How many there are in all.
    pub grants_total: u32,
    /// How many people would newly lack what it requires.
    pub blocked: u32,
}

/// One thing that differs.
#[derive(Debug, Clone, Serialize)]
pub struct FieldChange {
    /// As the file names it.
    pub field: String,
    /// Empty where there was none.
    pub before: String,
    /// Empty where there is none any more.
    pub after: String,
}

/// A request or a grant that is touched.
#[derive(Debug, Clone, Serialize)]
pub struct Touched {
    /// Where it is shown.
    pub href: String,
    /// Whose it is.
    pub person: PersonRef,
    /// `lapses`, `ends`, `keeps` or `blocked`.
    pub effect: String,
}

impl View for Policies {
    const TEMPLATE: &'static str = "policies/preview";
    const NAV: &'static str = "policies";

    fn title(&self) -> Title {
        Title::of("policies-title")
    }
}

/// A change for samples.
#[must_use]
pub fn sample_field(field: &str, before: &str, after: &str) -> FieldChange {
    FieldChange { field: field.into(), before: before.into(), after: after.into() }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let touched = |n: u8, name: &str, kind: &str, effect: &str| Touched {
        href: format!("/{}/{}", if kind == "req" { "decisions" } else { "holders" }, sample_id(kind, n)),
        person: PersonRef::sample(n, name),
        effect: effect.into(),
    };
    let role = |id: &str, name: &str, fate: &str| RoleChange {
        id: id.into(),
        name: name.into(),
        fate: fate.into(),
        fields: vec![],
        policy: true,
        unused: false,
        requests: vec![],
        requests_total: 0,
        grants: vec![],
        grants_total: 0,
        blocked: 0,
    };
    let text =
        "warehouses:\n  - id: marketplace\n    kind: snowflake\nroles:\n  - id: analyst\n    max_duration: P90D\n";
    let asked = Policies {
        text: text.into(),
        preview: Some(Preview {
            valid: true,
            findings: vec![],
            catalogue: vec![sample_field("break_glass", "team:oncall ≤ PT4H", "team:oncall ≤ PT2H")],
            roles: vec![
                RoleChange {
                    fields: vec![
                        sample_field(
                            "requires",
                            "warehouse-analyst & warehouse-costs",
                            "privacy & warehouse-analyst & warehouse-costs",
                        ),
                        sample_field("max_duration", "P180D", "P90D"),
                        sample_field("claim_by", "", "P14D"),
                    ],
                    requests: vec![touched(31, "Marta Soler", "req", "keeps")],
                    requests_total: 1,
                    grants: vec![
                        touched(32, "Hugo Lambert", "gra", "blocked"),
                        touched(33, "Inès Ferrer", "gra", "keeps"),
                    ],
                    grants_total: 214,
                    blocked: 61,
                    ..role("analyst", "ANALYST", "changed")
                },
                RoleChange {
                    grants: vec![touched(34, "Paul Marchand", "gra", "ends")],
                    grants_total: 1,
                    requests: vec![touched(35, "Joan Serra", "req", "lapses")],
                    requests_total: 1,
                    ..role("returns-desk", "RETURNS_DESK", "gone")
                },
                role("payout-desk", "PAYOUT_DESK", "added"),
                RoleChange {
                    policy: false,
                    fields: vec![sample_field(
                        "owner",
                        "Pricing: joan.serra@example.com",
                        "Pricing: lea.fontaine@example.com",
                    )],
                    ..role("price-watcher", "price_watcher", "changed")
                },
                RoleChange {
                    policy: false,
                    unused: true,
                    fields: vec![
                        sample_field("end_unused_after", "", "P90D"),
                        sample_field("end_unused_notice", "", "P14D"),
                    ],
                    ..role("night-desk", "NIGHT_DESK", "changed")
                },
            ],
        }),
    };
    let wrong = Policies {
        text: text.into(),
        preview: Some(Preview {
            valid: false,
            findings: vec![Finding {
                place: "access.yaml:12:15".into(),
                message: "there is no warehouse `marketplac`.".into(),
                suggestion: "marketplace".into(),
                code: "unknown-warehouse".into(),
            }],
            catalogue: vec![],
            roles: vec![],
        }),
    };
    vec![
        Sample::of("policies", &Policies { text: text.into(), preview: None }),
        Sample::of("policies-preview", &asked),
        Sample::of("policies-wrong", &wrong),
    ]
}
