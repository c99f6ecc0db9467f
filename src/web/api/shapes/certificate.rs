//! Certificates on the wire: one's own with their evidence, anybody's as public facts.

use super::{AttemptId, CertificateId};
use crate::{
    actions::{
        prove::{self, Proof},
        request_role::certification_title,
        verify_badge::{Check, Outcome, Verdict},
    },
    app::{App, Content},
    base::{
        clock::Time,
        text::{Language, Slug},
    },
    certification::certificate::{Certificate, State},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A certificate of the caller, or of somebody whose file they may read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Certificate)]
pub(in crate::web::api) struct CertificateBody {
    id: CertificateId,
    certification: Slug,
    /// The certification's name.
    title: String,
    course: Slug,
    course_version: i64,
    state: State,
    /// Whether it counts now, or did at the moment asked about.
    counts: bool,
    issued_at: Time,
    valid_from: Time,
    /// Fixed when it was issued.
    expires_at: Time,
    /// Until when it counts: `expires_at`, or sooner.
    ends_at: Time,
    ended_reason: Option<String>,
    evidence: EvidenceBody,
    /// The public page.
    url: String,
}

/// What a certificate rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub(in crate::web::api) struct EvidenceBody {
    /// The content hash of the course.
    content: String,
    /// Every module, and when it was read.
    modules: BTreeMap<String, Time>,
    exams: Vec<ExamBody>,
    /// The certificate that this one renews.
    renews: Option<CertificateId>,
}

/// An exam that was passed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ExamEvidence)]
pub(in crate::web::api) struct ExamBody {
    quiz: Slug,
    attempt: AttemptId,
    /// The result in hundredths of a percent.
    basis_points: i64,
    at: Time,
}

fn address(app: &App, id: CertificateId) -> String {
    format!("{}/certificates/{id}", app.settings.issuer())
}

impl CertificateBody {
    pub(in crate::web::api) fn of(app: &App, content: &Content, language: Language, found: Certificate) -> Self {
        Self::of_at(app, content, language, found, app.now())
    }

    /// As it stood at a moment, given that what was written of it later is left out already.
    pub(in crate::web::api) fn of_at(
        app: &App,
        content: &Content,
        language: Language,
        found: Certificate,
        at: Time,
    ) -> Self {
        Self {
            title: certification_title(content, &found.certification_id, language),
            state: found.standing_at(at),
            counts: found.counts_at(at),
            url: address(app, found.id),
            id: found.id,
            certification: found.certification_id,
            course: found.course_id,
            course_version: found.course_version,
            issued_at: found.issued_at,
            valid_from: found.valid_from,
            expires_at: found.expires_at,
            ends_at: found.ends_at,
            ended_reason: found.ended_reason,
            evidence: EvidenceBody {
                content: found.evidence.content,
                modules: found.evidence.modules.into_iter().map(|(module, at)| (module.to_string(), at)).collect(),
                exams: found
                    .evidence
                    .exams
                    .into_iter()
                    .map(|exam| ExamBody {
                        quiz: exam.quiz,
                        attempt: exam.attempt,
                        basis_points: exam.basis_points,
                        at: exam.at,
                    })
                    .collect(),
                renews: found.evidence.renews,
            },
        }
    }
}

/// A certificate as an Open Badges 3.0 credential, and where its other forms are.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct BadgeBody {
    certificate: CertificateId,
    /// The credential as a compact JWT; `Accept: application/vc+jwt` answers with nothing but this.
    jwt: String,
    /// The badge with the credential baked into it, as SVG.
    svg: String,
    /// The same, as PNG.
    png: String,
    /// The certificate on paper.
    pdf: String,
    /// The status list in which a revocation would stand.
    status_list: String,
    /// Where anybody can check it.
    url: String,
}

impl BadgeBody {
    pub(in crate::web::api) fn of(app: &App, proof: &Proof, jwt: String) -> Self {
        let id = proof.certificate.id;
        let url = address(app, id);
        Self {
            certificate: id,
            jwt,
            svg: format!("{url}/badge.svg"),
            png: format!("{url}/badge.png"),
            pdf: format!("{url}.pdf"),
            status_list: prove::places(app).list(proof.badge.list),
            url,
        }
    }
}

/// What everybody may know of a certificate whose id they were given.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct PublicCertificate {
    id: CertificateId,
    /// The name of who earned it.
    person: String,
    certification: Slug,
    title: String,
    /// What a holder has shown; null where the course has left the catalogue.
    criteria: Option<String>,
    course: Slug,
    course_title: Option<String>,
    course_version: i64,
    state: State,
    /// Whether it counts at `checked_at`.
    counts: bool,
    issued_at: Time,
    expires_at: Time,
    /// Until when it counts: `expires_at`, or sooner.
    ends_at: Time,
    checked_at: Time,
    url: String,
}

impl PublicCertificate {
    pub(in crate::web::api) fn of(
        app: &App,
        content: &Content,
        language: Language,
        found: &Certificate,
        person: String,
    ) -> Self {
        let now = app.now();
        let course = content.curriculum.courses.get(&found.course_id);
        let certification = course
            .and_then(|course| course.certification.as_ref())
            .filter(|certification| certification.id == found.certification_id);
        Self {
            id: found.id,
            person,
            certification: found.certification_id.clone(),
            title: certification_title(content, &found.certification_id, language),
            criteria: certification.map(|certification| certification.criteria.get(language).to_owned()),
            course: found.course_id.clone(),
            course_title: course.map(|course| course.title.get(language).to_owned()),
            course_version: found.course_version,
            state: found.standing_at(now),
            counts: found.counts_at(now),
            issued_at: found.issued_at,
            expires_at: found.expires_at,
            ends_at: found.ends_at,
            checked_at: now,
            url: address(app, found.id),
        }
    }
}

/// A badge that somebody showed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ShownBadge, example = json!({"badge": "eyJhbGciOiJFUzI1NiIs…"}))]
pub(in crate::web::api) struct ShownBadge {
    /// A compact JWT, or the text of an SVG.
    pub(in crate::web::api) badge: String,
}

/// What was found of a badge, check by check.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BadgeVerdict)]
pub(in crate::web::api) struct BadgeVerdict {
    /// Whether every check passed.
    holds: bool,
    checks: Vec<BadgeCheck>,
    /// Who says that they issued it: to be believed only where the signature passed.
    issuer: Option<String>,
    /// The certificate, where the signature is good.
    certificate: Option<PublicCertificate>,
    at: Time,
}

/// One check.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = BadgeCheck)]
pub(in crate::web::api) struct BadgeCheck {
    /// `form`, `issuer`, `key`, `signature`, `content`, `time`, `status` or `standing`.
    check: &'static str,
    /// `passed`, `failed`, or `skipped` where what it stands on failed.
    outcome: &'static str,
}

impl BadgeVerdict {
    pub(in crate::web::api) fn of(app: &App, content: &Content, language: Language, found: Verdict) -> Self {
        let line = |(check, outcome): &(Check, Outcome)| BadgeCheck { check: check.word(), outcome: outcome.word() };
        Self {
            holds: found.holds(),
            checks: found.checks.iter().map(line).collect(),
            issuer: found.issuer,
            certificate: found
                .certificate
                .map(|(certificate, person, _)| PublicCertificate::of(app, content, language, &certificate, person)),
            at: found.at,
        }
    }
}
