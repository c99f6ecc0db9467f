//! One certificate, as anybody may see it who has its address.

use serde::Serialize;

use super::{FieldError, Sample, Title, View, sample_at};
use super::{
    shared::Link,
    verify_badge::{CheckLine, sample_checks},
};

/// `/certificates/{id}`, public.
#[derive(Debug, Clone, Serialize)]
pub struct Certificate {
    /// `crt_…`
    pub id: String,
    /// Who earned it.
    pub person: String,
    /// The certification's name.
    pub name: String,
    /// What a holder has shown.
    pub criteria: String,
    /// Who issued it: the academy's name or host.
    pub issuer: String,
    /// The public address of this page.
    pub url: String,
    /// When it was issued.
    pub issued: i64,
    /// Until when it counts.
    pub until: i64,
    /// `valid`, `expiring`, `superseded`, `expired` or `revoked`.
    pub state: String,
    /// The colour that goes with it: `ok`, `warn` or `bad`.
    pub tone: String,
    /// Whether it counts at this moment.
    pub counts: bool,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// Why it no longer counts, in the reader's language; may be shown to strangers.
    pub why_not: Option<String>,
    /// The certificate that took its place.
    pub replaced_by: Option<Link>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// When this page looked: now.
    pub checked_at: i64,
    /// Whether it is the reader's own.
    pub mine: bool,
    /// Where to renew it, where that is possible and the reader's own.
    pub renew: Option<Link>,
    /// The paths of its rosette, as SVG.
    pub rosette: String,
    /// Whether the badge verifies in every point.
    pub holds: bool,
    /// How each check of the badge came out, just now.
    pub checks: Vec<CheckLine>,
    /// Where its proofs are, each with a name to save it by.
    pub badge: String,
    /// The address that adds it to a LinkedIn profile: for its holder.
    pub linkedin: Option<String>,
    /// Whether the reader may revoke it.
    pub may_revoke: bool,
    /// What an admin typed as the reason.
    pub reason: String,
    /// What is wrong with the form: field `reason`.
    pub errors: Vec<FieldError>,
}

/// One thing that a certificate rests on.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// The course's title.
    pub course: String,
    /// Its version then.
    pub version: u32,
    /// The exam's title.
    pub exam: String,
    /// The mark in percent: for its holder and those who may read everything.
    pub mark: Option<f64>,
    /// The mark to reach, in percent.
    pub pass: f64,
    /// When.
    pub at: i64,
}

impl View for Certificate {
    const TEMPLATE: &'static str = "certificates/certificate";
    const NAV: &'static str = "certificates";

    fn title(&self) -> Title {
        Title::of("certificate-title").with("name", &self.name).with("person", &self.person)
    }
}

/// A valid one.
#[must_use]
pub fn sample() -> Certificate {
    Certificate {
        id: "crt_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f".into(),
        person: "Ana Ruiz".into(),
        name: "Personal data handler".into(),
        criteria: "Has shown that they can recognise personal data, choose the least of it, and stop when the purpose has ended.".into(),
        issuer: "The data academy, academy.example.com".into(),
        url: "https://academy.example.com/certificates/crt_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f".into(),
        issued: sample_at(-48),
        until: sample_at(363 * 24),
        state: "valid".into(),
        tone: "ok".into(),
        counts: true,
        revoked_at: None,
        why_not: None,
        replaced_by: None,
        evidence: vec![Evidence {
            course: "Handling personal data".into(),
            version: 3,
            exam: "Final exam".into(),
            mark: Some(92.9),
            pass: 75.0,
            at: sample_at(-48),
        }],
        checked_at: sample_at(0),
        mine: true,
        renew: None,
        rosette: concat!(
            "<path class=\"r-main\" d=\"M0 -480c265 0 480 215 480 480s-215 480-480 480-480-215-480-480 215-480 480-480z\"/>",
            "<path class=\"r-second\" d=\"M0 -300c166 0 300 134 300 300s-134 300-300 300-300-134-300-300 134-300 300-300z\"/>"
        )
        .into(),
        holds: true,
        checks: sample_checks(),
        badge: "personal-data-2026-11-21".into(),
        linkedin: Some("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME".into()),
        may_revoke: true,
        reason: String::new(),
        errors: vec![],
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut stranger = sample();
    stranger.mine = false;
    stranger.may_revoke = false;
    stranger.linkedin = None;
    stranger.evidence.iter_mut().for_each(|evidence| evidence.mark = None);
    let mut failed = sample_checks();
    for line in failed.iter_mut().skip(6) {
        line.outcome = "failed".into();
        line.says = "The status list revokes it.".into();
    }
    let revoked = Certificate {
        holds: false,
        checks: failed,
        linkedin: None,
        state: "revoked".into(),
        tone: "bad".into(),
        counts: false,
        revoked_at: Some(sample_at(-20)),
        why_not: Some("The attempt that it rests on was voided.".into()),
        may_revoke: false,
        mine: false,
        ..sample()
    };
    let expired = Certificate {
        state: "expired".into(),
        tone: "bad".into(),
        counts: false,
        issued: sample_at(-400 * 24),
        until: sample_at(-35 * 24),
        why_not: Some("Its twelve months are over.".into()),
        renew: Some(Link::new("Final exam", "/quizzes/personal-data/final")),
        may_revoke: false,
        ..sample()
    };
    let superseded = Certificate {
        state: "superseded".into(),
        tone: "warn".into(),
        until: sample_at(12 * 24),
        why_not: Some("Version 4 of the course replaced it; it counts until the grace period ends.".into()),
        renew: Some(Link::new("What changed in version 4", "/quizzes/personal-data/delta")),
        may_revoke: false,
        ..sample()
    };
    let mut wrong = sample();
    wrong.mine = false;
    wrong.errors = vec![FieldError { field: "reason".into(), text: "Say why: the reason stays in the log.".into() }];
    vec![
        Sample::of("certificate", &sample()),
        Sample::of("certificate-public", &stranger).signed_out(),
        Sample::of("certificate-revoked", &revoked).signed_out(),
        Sample::of("certificate-expired", &expired),
        Sample::of("certificate-superseded", &superseded),
        Sample::of("certificate-wrong", &wrong),
    ]
}
