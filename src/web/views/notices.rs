//! What the reader should know, until they put it aside.

use super::{Sample, Title, View, sample_at, shared::Link};
use serde::Serialize;

/// `/notices`
#[derive(Debug, Clone, Serialize)]
pub struct Notices {
    /// The newest first.
    pub notices: Vec<Notice>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// `ntc_…`; the form goes to `/notices/{id}/seen`.
    pub id: String,
    /// `certificate_lapses` or `certificate_superseded`.
    pub kind: String,
    /// The certification's name, and its certificate.
    pub certificate: Link,
    /// Where it can be renewed.
    pub course: Link,
    /// Until when the certificate counts.
    pub until: i64,
    /// Whether that is over.
    pub over: bool,
    /// When it was told.
    pub at: i64,
}

impl View for Notices {
    const TEMPLATE: &'static str = "notices";
    const NAV: &'static str = "notices";

    fn title(&self) -> Title {
        Title::of("notices-title")
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let notice = |id: &str, kind: &str, hours: i64| Notice {
        id: id.into(),
        kind: kind.into(),
        certificate: Link::new("Personal data handler", "/certificates/crt_1"),
        course: Link::new("Handling personal data", "/courses/personal-data"),
        until: sample_at(hours),
        over: hours < 0,
        at: sample_at(-30),
    };
    let some = Notices {
        notices: vec![
            notice("ntc_1", "certificate_lapses", 7 * 24),
            notice("ntc_2", "certificate_superseded", 20 * 24),
            notice("ntc_3", "certificate_lapses", -24),
        ],
    };
    vec![Sample::of("notices", &some), Sample::of("notices-none", &Notices { notices: vec![] })]
}
