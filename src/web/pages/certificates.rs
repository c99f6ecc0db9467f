//! The reader's certificates; one certificate as anybody may see it; and revoking one.

use super::{
    home::resting,
    named,
    scene::{self, Scene, basis_percent, share_percent},
    verify_badge::checks,
    welcome::field_error,
};
use crate::{
    actions::{
        prove::{self, Proof},
        read_certificates::{self, Shown},
        revoke_certificate, verify_badge,
    },
    base::{
        ids::{self, Id},
        refusal::{Fault, Kind},
    },
    certification::{
        certificate::{Certificate as Record, State},
        proof::rosette,
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::{self, Failure},
            forms::Form,
            sentence,
        },
        views::{
            certificate::{Certificate, Evidence},
            certificates::{CertificateCard, Certificates},
            shared::Link,
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};
use serde_json::json;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/certificates", get().to(list))
        .route("/certificates/{certificate}", get().to(one))
        .route("/certificates/{certificate}/revocation", post().to(revoke));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let scene = Scene::read(&desk, &caller).await?;
    let (current, past): (Vec<&Record>, Vec<&Record>) = scene
        .picture
        .certificates
        .iter()
        .partition(|certificate| certificate.counts_at(scene.now()) && !scene.outlived(certificate));
    let current = current.into_iter().map(|certificate| card(&scene, certificate, false)).collect::<Result<_, _>>()?;
    let past = past.into_iter().map(|certificate| card(&scene, certificate, true)).collect::<Result<_, _>>()?;
    desk.page(&caller, Certificates { current, past }).await
}

fn card(scene: &Scene<'_>, certificate: &Record, past: bool) -> Result<CertificateCard, Failure> {
    let mut state = scene::certificate_state(&scene.content, certificate, scene.now());
    let mut tone = scene::certificate_tone(state);
    let mut why = why(scene.desk, scene.caller, certificate, true)?;
    if past && certificate.counts_at(scene.now()) {
        (state, tone, why) = ("ended", "mute", Some(scene.plain("why-renewed")));
    }
    let course = scene.content.curriculum.courses.get(&certificate.course_id);
    Ok(CertificateCard {
        href: format!("/certificates/{}", certificate.id),
        name: scene.certificate_name(certificate),
        course: course.map_or_else(|| certificate.course_id.to_string(), |course| scene.words(&course.title)),
        state: state.to_owned(),
        tone: tone.to_owned(),
        issued: certificate.issued_at.micros(),
        until: certificate.ends_at.micros(),
        renew_from: scene::renew_from(&scene.content, certificate).micros(),
        renew: scene.renew(certificate).filter(|_| matches!(state, "expiring" | "superseded")),
        roles: resting(scene, certificate)
            .into_iter()
            .map(|role| Link::new(scene.words(&role.title), format!("/access/{}", role.id)))
            .collect(),
        why,
    })
}

/// Why a certificate does not count, or not for long; the reason of a revocation is for its holder and for those who may
/// read everything.
fn why(desk: &Desk, caller: &Caller, certificate: &Record, insider: bool) -> Result<Option<String>, Failure> {
    let counts = certificate.counts_at(desk.app.now());
    let plain = |key| sentence::plain(desk, caller, key);
    Ok(match (certificate.state, counts) {
        (State::Revoked, _) => Some(match certificate.ended_reason.as_deref().filter(|_| insider) {
            Some(reason) => desk.say(caller, "why-revoked-because", &[("reason", json!(reason))])?,
            None => plain("why-revoked"),
        }),
        (State::Superseded, true) => Some(plain("why-superseded")),
        (State::Superseded, false) => Some(plain("why-superseded-over")),
        (_, false) => Some(plain("why-expired")),
        (_, true) => None,
    })
}

async fn one(caller: Caller, desk: Data<Desk>, path: Path<String>) -> Result<HttpResponse, Failure> {
    let shown = read_certificates::show_certificate(&desk.app, &caller.actor, named(&path)?).await?;
    let view = view(&desk, &caller, &shown).await?;
    desk.page(&caller, view).await
}

async fn revoke(caller: Caller, desk: Data<Desk>, path: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id: Id<ids::Certificate> = named(&path)?;
    let reason = form.text("reason");
    match revoke_certificate::revoke_certificate(&desk.app, &caller.actor, id, reason.to_owned()).await {
        Ok(()) => Ok(see_other_with(&format!("/certificates/{id}"), "notice-certificate-revoked")),
        Err(Fault::Refused(refused)) if refused.kind == Kind::Invalid => {
            let shown = read_certificates::show_certificate(&desk.app, &caller.actor, id).await?;
            let mut view = view(&desk, &caller, &shown).await?;
            view.errors = vec![field_error(&desk, &caller, &refused, "reason")];
            view.reason = reason.to_owned();
            desk.page_with(&caller, failure::status(&Fault::Refused(refused)), view, None).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn view(desk: &Desk, caller: &Caller, shown: &Shown) -> Result<Certificate, Failure> {
    let content = desk.app.content()?;
    let certificate = &shown.certificate;
    let now = desk.app.now();
    let reader = caller.signed().map(|signed| &signed.person);
    let mine = reader.is_some_and(|person| person.id == certificate.person_id);
    let may = reader.map(|person| person.capabilities).unwrap_or_default();
    let insider = mine || may.admin || may.auditor;
    // Not what the database says of itself, but what anybody would find who was handed the badge.
    let proof = prove::prove(&desk.app, &caller.actor, certificate.id).await?;
    let judged = verify_badge::verify_badge(&desk.app, &caller.actor, &proof.token_apart(&desk.app).await?).await?;
    let state = scene::certificate_state(&content, certificate, now);
    let counts = certificate.counts_at(now);
    let wording = &proof.badge.wording;
    let (name, criteria) =
        (wording.name.get(caller.language).to_owned(), wording.criteria.get(caller.language).to_owned());
    let renew = if mine && matches!(state, "expiring" | "superseded" | "expired") {
        Scene::read(desk, caller).await?.renew(certificate)
    } else {
        None
    };
    let (issuer, host) = (desk.app.settings.issuer(), desk.app.settings.host());
    let named = match &desk.app.settings.academy {
        Some(name) => format!("{name}, {host}"),
        None => desk.say(caller, "certificate-issuer", &[("host", json!(host))])?,
    };
    Ok(Certificate {
        id: certificate.id.to_string(),
        person: shown.person.clone(),
        issuer: named,
        url: format!("{issuer}/certificates/{}", certificate.id),
        issued: certificate.issued_at.micros(),
        until: certificate.ends_at.micros(),
        state: state.to_owned(),
        tone: scene::certificate_tone(state).to_owned(),
        counts,
        revoked_at: (certificate.state == State::Revoked).then(|| certificate.ends_at.micros()),
        why_not: why(desk, caller, certificate, insider)?,
        replaced_by: shown.renewed_by.map(|id| Link::new(name.clone(), format!("/certificates/{id}"))),
        name,
        criteria,
        evidence: shown
            .exams
            .iter()
            .map(|exam| Evidence {
                course: exam.course_title.get(caller.language).to_owned(),
                version: u32::try_from(certificate.course_version).unwrap_or(0),
                exam: exam.title.get(caller.language).to_owned(),
                mark: insider.then(|| basis_percent(exam.basis_points)),
                pass: share_percent(exam.pass),
                at: exam.at.micros(),
            })
            .collect(),
        checked_at: now.micros(),
        mine,
        renew,
        rosette: rosette::paths(&certificate.id.to_string()),
        holds: judged.holds(),
        checks: checks(desk, caller, &judged),
        badge: format!("{}-{}", certificate.certification_id, certificate.issued_at.timestamp().strftime("%Y-%m-%d")),
        linkedin: mine.then(|| linkedin(desk, &proof)),
        may_revoke: may.admin && counts,
        reason: String::new(),
        errors: Vec::new(),
    })
}

/// The address at which LinkedIn asks to add a certification to one's profile; everything in it is in the open.
fn linkedin(desk: &Desk, proof: &Proof) -> String {
    let certificate = &proof.certificate;
    let (from, until) = (certificate.issued_at.timestamp(), certificate.expires_at.timestamp());
    let enc = |text: &str| sentence::encoded(text).replace('/', "%2F");
    let places = prove::places(&desk.app);
    format!(
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name={}&organizationName={}&issueYear={}\
         &issueMonth={}&expirationYear={}&expirationMonth={}&certUrl={}&certId={}",
        enc(proof.badge.name()),
        enc(places.name()),
        from.strftime("%Y"),
        from.strftime("%-m"),
        until.strftime("%Y"),
        until.strftime("%-m"),
        enc(&places.certificate(certificate.id)),
        certificate.id,
    )
}
