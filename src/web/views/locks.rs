//! Emergency stops: those that stand, the form for one more, and those of the past.

use serde::Serialize;

use super::holders::choices;
use super::parts::sample_id;
use super::{Choice, FieldError, Pager, Sample, Title, View, sample_at};

/// `/locks`
#[derive(Debug, Clone, Serialize)]
pub struct Locks {
    /// Locks that stand, the newest first.
    pub open: Vec<Lock>,
    /// Locks that were lifted, the newest first.
    pub past: Vec<Lock>,
    /// Where one stands in the past ones.
    pub pager: Pager,
    /// The form, for admins.
    pub form: Option<LockForm>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A lock.
#[derive(Debug, Clone, Serialize)]
pub struct Lock {
    /// `lck_…`
    pub id: String,
    /// `person`, `role` or `warehouse`.
    pub kind: String,
    /// What it stands on, as it is read.
    pub subject: String,
    /// Where that is shown.
    pub href: Option<String>,
    /// Why.
    pub reason: String,
    /// When it was placed.
    pub at: i64,
    /// By whom.
    pub by: String,
    /// How many grants it stops, or stopped when it was placed.
    pub grants: u32,
    /// When it was lifted.
    pub lifted: Option<i64>,
    /// By whom; empty while it stands.
    pub lifted_by: String,
}

/// The form to place a lock.
#[derive(Debug, Clone, Serialize)]
pub struct LockForm {
    /// `person`, `role` or `warehouse`.
    pub kind: String,
    /// A person's e-mail address, a role's or a warehouse's slug.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// What can be typed as a subject: roles and warehouses by slug.
    pub subjects: Vec<Choice>,
}

impl View for Locks {
    const TEMPLATE: &'static str = "locks/list";
    const NAV: &'static str = "locks";

    fn title(&self) -> Title {
        Title::of("locks-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("locks", &sample()), Sample::of("locks-empty", &sample_empty())]
}

/// Two locks, and two of the past.
#[must_use]
pub fn sample() -> Locks {
    let lock = |n, kind: &str, subject: &str, href: &str, reason: &str, hours: i64, grants| Lock {
        id: sample_id("lck", n),
        kind: kind.into(),
        subject: subject.into(),
        href: Some(href.into()),
        reason: reason.into(),
        at: sample_at(hours),
        by: "Ana Ruiz".into(),
        grants,
        lifted: None,
        lifted_by: String::new(),
    };
    let lifted = |lock: Lock, hours| Lock { lifted: Some(sample_at(hours)), lifted_by: "Camille Roux".into(), ..lock };
    Locks {
        open: vec![
            lock(
                2,
                "person",
                "Hugo Lambert",
                "/people/per_0195c2f0a1b27c3d8e4f5a6b7c8d0005",
                "Laptop reported stolen.",
                -3,
                2,
            ),
            lock(
                3,
                "warehouse",
                "Price intelligence lake",
                "/warehouses#pricing",
                "Object store in maintenance until Monday.",
                -20,
                37,
            ),
        ],
        past: vec![
            lifted(
                lock(
                    1,
                    "role",
                    "CUSTOMER_CARE",
                    "/access/customer-care",
                    "Export with clear names found on a shared drive.",
                    -24 * 60,
                    18,
                ),
                -24 * 58,
            ),
            lifted(
                lock(
                    0,
                    "person",
                    "Joan Serra",
                    "/people/per_0195c2f0a1b27c3d8e4f5a6b7c8d0007",
                    "Unusual queries at night.",
                    -24 * 90,
                    3,
                ),
                -24 * 89,
            ),
        ],
        pager: Pager { previous: None, next: None, shown: 2, total: Some(2) },
        form: Some(LockForm {
            kind: "person".into(),
            subject: String::new(),
            reason: String::new(),
            subjects: choices(&[
                ("analyst", "ANALYST"),
                ("customer-care", "CUSTOMER_CARE"),
                ("marketplace", "Marketplace warehouse"),
                ("pricing", "Price intelligence lake"),
            ]),
        }),
        errors: vec![FieldError { field: "reason".into(), text: "Say why: whoever is stopped reads it.".into() }],
    }
}

/// No lock, ever.
#[must_use]
pub fn sample_empty() -> Locks {
    Locks {
        open: vec![],
        past: vec![],
        pager: Pager { previous: None, next: None, shown: 0, total: Some(0) },
        form: sample().form,
        errors: vec![],
    }
}
