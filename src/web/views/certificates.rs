//! My certificates, those that count and those that no longer do.

use serde::Serialize;

use super::shared::Link;
use super::{Sample, Title, View, sample_at};

/// `/certificates`
#[derive(Debug, Clone, Serialize)]
pub struct Certificates {
    /// Those that count.
    pub current: Vec<CertificateCard>,
    /// Those that no longer do.
    pub past: Vec<CertificateCard>,
}

/// One certificate as a card.
#[derive(Debug, Clone, Serialize)]
pub struct CertificateCard {
    /// `/certificates/{id}`
    pub href: String,
    /// The certification's name.
    pub name: String,
    /// The course's title.
    pub course: String,
    /// `valid`, `expiring`, `superseded`, `expired` or `revoked`.
    pub state: String,
    /// The colour that goes with it: `ok`, `warn`, `bad` or `mute`.
    pub tone: String,
    /// When it was issued.
    pub issued: i64,
    /// When it stops, or stopped, counting.
    pub until: i64,
    /// From when it can be renewed.
    pub renew_from: i64,
    /// Where to renew it, once that is possible.
    pub renew: Option<Link>,
    /// The roles that rest on it.
    pub roles: Vec<Link>,
    /// Why it no longer counts.
    pub why: Option<String>,
}

impl View for Certificates {
    const TEMPLATE: &'static str = "certificates/list";
    const NAV: &'static str = "certificates";

    fn title(&self) -> Title {
        Title::of("certificates-title")
    }
}

/// Certificates in every state.
#[must_use]
pub fn sample() -> Certificates {
    let day = 24;
    let card = |name: &str, state: &str, tone: &str, from: i64, until: i64| CertificateCard {
        href: "/certificates/crt_1".into(),
        name: name.into(),
        course: name.into(),
        state: state.into(),
        tone: tone.into(),
        issued: sample_at(from * day),
        until: sample_at(until * day),
        renew_from: sample_at((until - 60) * day),
        renew: None,
        roles: vec![],
        why: None,
    };
    Certificates {
        current: vec![
            CertificateCard {
                renew: Some(Link::new("Final exam", "/quizzes/warehouse-analyst/final")),
                roles: vec![Link::new("Marketplace analyst", "/access/analyst")],
                ..card("Warehouse analyst", "expiring", "warn", -345, 20)
            },
            CertificateCard {
                course: "Handling personal data".into(),
                roles: vec![
                    Link::new("Support desk, personal data", "/access/support_pii"),
                    Link::new("Customer insights", "/access/customer_insights"),
                ],
                ..card("Personal data handler", "valid", "ok", -2, 363)
            },
            CertificateCard {
                renew: Some(Link::new("What changed in version 4", "/quizzes/data-foundations/delta")),
                roles: vec![Link::new("Sandbox builder", "/access/sandbox")],
                ..card("Data foundations", "superseded", "warn", -200, 12)
            },
        ],
        past: vec![
            CertificateCard {
                why: Some("It ran its twelve months.".into()),
                ..card("Warehouse analyst", "expired", "mute", -730, -345)
            },
            CertificateCard {
                why: Some("The attempt behind it was voided.".into()),
                ..card("Cost steward", "revoked", "bad", -120, -90)
            },
        ],
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("certificates", &sample()),
        Sample::of("certificates-empty", &Certificates { current: vec![], past: vec![] }),
    ]
}
