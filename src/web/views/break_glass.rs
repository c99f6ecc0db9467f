//! Break-glass: the form to take a role at once, and every use with what somebody else says of it.

use super::{Choice, FieldError, Sample, Title, View, parts::RoleRef, parts::sample_id, sample_at};
use serde::Serialize;

/// `/break-glass`
#[derive(Debug, Clone, Serialize)]
pub struct BreakGlass {
    /// The uses that the reader may see, those that nobody has judged first.
    pub uses: Vec<Use>,
    /// How many wait to be judged.
    pub open: u32,
    /// How many of them are overdue.
    pub overdue: u32,
    /// The form, for those who may break the glass.
    pub form: Option<GlassForm>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// The form.
#[derive(Debug, Clone, Serialize)]
pub struct GlassForm {
    /// Roles to choose from.
    pub roles: Vec<Choice>,
    /// The chosen one.
    pub role: String,
    /// What was typed.
    pub reason: String,
    /// For how long at the most, in seconds.
    pub most: i64,
}

/// A role that was taken.
#[derive(Debug, Clone, Serialize)]
pub struct Use {
    /// `emg_…`
    pub id: String,
    /// Who.
    pub person: String,
    /// Which role.
    pub role: RoleRef,
    /// The grant, where it is the reader's own and still runs: they may give it back.
    pub own: Option<String>,
    /// Where the grant is shown, for those who may open it.
    pub href: String,
    /// Why.
    pub reason: String,
    /// When.
    pub taken: i64,
    /// When it ends, or ended.
    pub ends: i64,
    /// Whether it still runs.
    pub running: bool,
    /// How many tokens were taken under it.
    pub tokens: u32,
    /// `taken`, `justified` or `unjustified`.
    pub state: String,
    /// The badge: `waiting`, `overdue`, `approved` or `rejected`.
    pub badge: String,
    /// When it is to be judged at the latest.
    pub review_by: i64,
    /// What somebody else said of it, who, and when.
    pub comment: String,
    /// Who judged it.
    pub by: String,
    /// When.
    pub reviewed: Option<i64>,
    /// Whether the reader may judge it.
    pub may_review: bool,
}

impl View for BreakGlass {
    const TEMPLATE: &'static str = "break_glass/list";
    const NAV: &'static str = "break-glass";

    fn title(&self) -> Title {
        Title::of("glass-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let one = |n: u8, person: &str, role: &str, state: &str, badge: &str, hours: i64| Use {
        id: sample_id("emg", n),
        person: person.into(),
        role: RoleRef::sample(role),
        own: (n == 1).then(|| sample_id("gra", n)),
        href: format!("/holders/{}", sample_id("gra", n)),
        reason: "The payouts of last night are wrong, and merchants are calling.".into(),
        taken: sample_at(hours),
        ends: sample_at(hours + 4),
        running: hours > -4,
        tokens: 3,
        state: state.into(),
        badge: badge.into(),
        review_by: sample_at(hours + 72),
        comment: String::new(),
        by: String::new(),
        reviewed: None,
        may_review: state == "taken" && n != 1,
    };
    let some = BreakGlass {
        uses: vec![
            one(1, "Hugo Lambert", "merchant-finance", "taken", "waiting", -1),
            one(2, "Marta Soler", "customer-care", "taken", "overdue", -24 * 5),
            Use {
                comment: "The outage was real, and the queries fit it.".into(),
                by: "Ana Ruiz".into(),
                reviewed: Some(sample_at(-24 * 20)),
                ..one(3, "Joan Serra", "analyst", "justified", "approved", -24 * 21)
            },
            Use {
                comment: "A request would have been decided within the hour.".into(),
                by: "Núria Vidal".into(),
                reviewed: Some(sample_at(-24 * 50)),
                ..one(4, "Hugo Lambert", "customer-care", "unjustified", "rejected", -24 * 51)
            },
        ],
        open: 2,
        overdue: 1,
        form: Some(GlassForm {
            roles: vec![Choice { value: "analyst".into(), label: "ANALYST".into() }],
            role: "analyst".into(),
            reason: String::new(),
            most: 4 * 3_600,
        }),
        errors: vec![FieldError { field: "reason".into(), text: "Say why: everybody who oversees reads it.".into() }],
    };
    let none = BreakGlass { uses: vec![], open: 0, overdue: 0, form: None, errors: vec![] };
    vec![Sample::of("break-glass", &some), Sample::of("break-glass-none", &none)]
}
