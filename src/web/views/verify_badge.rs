//! Verifying a badge that somebody was shown: what was sent, and how each claim came out.

use serde::Serialize;

use super::{FieldError, Sample, Title, View, sample_at};

/// `/verify-badge`, public.
#[derive(Debug, Clone, Serialize)]
pub struct VerifyBadge {
    /// The text that was pasted.
    pub text: String,
    /// What was found, once something was sent.
    pub verdict: Option<Verdict>,
    /// What is wrong with what was sent: fields `jwt` and `file`.
    pub errors: Vec<FieldError>,
}

/// What was found about a badge.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Whether every check has passed.
    pub holds: bool,
    /// Every check, in order.
    pub checks: Vec<CheckLine>,
    /// Who says that they issued it, where that is not this academy.
    pub foreign: Option<String>,
    /// The certificate, where the signature is good.
    pub found: Option<Found>,
    /// When this was looked at.
    pub at: i64,
}

/// One check.
#[derive(Debug, Clone, Serialize)]
pub struct CheckLine {
    /// `form`, `issuer`, `key`, `signature`, `content`, `time`, `status` or `standing`.
    pub check: String,
    /// `passed`, `failed` or `skipped`.
    pub outcome: String,
    /// How it came out, in the reader's language.
    pub says: String,
    /// A name or an address that goes with it.
    pub detail: Option<String>,
    /// A day that goes with it.
    pub on: Option<i64>,
}

/// The certificate behind a badge.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// `crt_…`
    pub id: String,
    /// Its public page.
    pub href: String,
    /// Who earned it.
    pub person: String,
    /// The certification's name.
    pub name: String,
    /// `valid`, `expiring`, `superseded`, `expired` or `revoked`.
    pub state: String,
    /// When it was issued.
    pub issued: i64,
    /// Until when it counts.
    pub until: i64,
}

impl View for VerifyBadge {
    const TEMPLATE: &'static str = "certificates/verify";
    const NAV: &'static str = "certificates";

    fn title(&self) -> Title {
        Title::of("verify-badge-title")
    }
}

/// Every check as on a badge that holds.
#[must_use]
pub fn sample_checks() -> Vec<CheckLine> {
    let line = |check: &str, text: &str, detail: Option<&str>, day: Option<i64>| CheckLine {
        check: check.into(),
        outcome: "passed".into(),
        says: text.into(),
        detail: detail.map(Into::into),
        on: day,
    };
    vec![
        line("form", "This is an Open Badges 3.0 credential.", None, None),
        line("issuer", "It was issued by this academy.", Some("https://academy.example.com/issuer"), None),
        line(
            "key",
            "It names a key that this academy publishes.",
            Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
            None,
        ),
        line("signature", "The signature is good: not one letter was changed.", None, None),
        line("content", "It says exactly what the academy’s own record says.", None, None),
        line("time", "Its time is not over. It ends on", None, Some(sample_at(363 * 24))),
        line("status", "The status list does not revoke it.", None, None),
        line("standing", "The certificate counts at this moment.", None, None),
    ]
}

/// A badge that holds.
#[must_use]
pub fn sample() -> VerifyBadge {
    VerifyBadge {
        text: String::new(),
        verdict: Some(Verdict {
            holds: true,
            checks: sample_checks(),
            foreign: None,
            found: Some(Found {
                id: "crt_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f".into(),
                href: "/certificates/crt_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f".into(),
                person: "Ana Ruiz".into(),
                name: "Personal data handler".into(),
                state: "valid".into(),
                issued: sample_at(-48),
                until: sample_at(363 * 24),
            }),
            at: sample_at(0),
        }),
        errors: vec![],
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let empty = VerifyBadge { text: String::new(), verdict: None, errors: vec![] };
    let mut foreign = sample();
    if let Some(verdict) = &mut foreign.verdict {
        verdict.holds = false;
        verdict.foreign = Some("https://elsewhere.example.org/issuer".into());
        verdict.found = None;
        for (no, line) in verdict.checks.iter_mut().enumerate().skip(1) {
            line.outcome = if no == 1 { "failed" } else { "skipped" }.into();
            line.says = if no == 1 {
                "Another issuer says that it issued this."
            } else {
                "Not looked at: what it stands on failed."
            }
            .into();
            line.on = None;
        }
    }
    let mut revoked = sample();
    if let Some(verdict) = &mut revoked.verdict {
        verdict.holds = false;
        for line in verdict.checks.iter_mut().skip(6) {
            line.outcome = "failed".into();
            line.says = "The status list revokes it.".into();
        }
        if let Some(found) = &mut verdict.found {
            found.state = "revoked".into();
        }
    }
    let wrong = VerifyBadge {
        text: "hello".into(),
        errors: vec![FieldError { field: "jwt".into(), text: "This is neither a badge nor its text.".into() }],
        ..empty.clone()
    };
    vec![
        Sample::of("verify-badge", &sample()).signed_out(),
        Sample::of("verify-badge-empty", &empty).signed_out(),
        Sample::of("verify-badge-foreign", &foreign).signed_out(),
        Sample::of("verify-badge-revoked", &revoked).signed_out(),
        Sample::of("verify-badge-wrong", &wrong),
    ]
}
