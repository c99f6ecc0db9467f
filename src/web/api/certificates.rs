//! Certificates: one's own, anybody's by its id, and taking one back.

use super::{
    kit::{Answer, Body, Group, get, nothing, post, shown, told},
    shapes::{
        CertificateId, Why,
        certificate::{BadgeBody, BadgeVerdict, CertificateBody, PublicCertificate, ShownBadge},
    },
};
use crate::{
    actions::{prove, read_certificates, revoke_certificate, verify_badge},
    base::refusal::{Broken, Fault},
    certification::{certificate::CertificateRefusal, proof::bake},
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path, block},
};

pub(super) fn group() -> Group {
    Group {
        name: "Certificates",
        about: "What was earned, and whether it counts.",
        endpoints: vec![
            get("/certificates", list)
                .says("List my certificates", "The newest first, each with its evidence.")
                .lists::<CertificateBody>("The caller's certificates."),
            get("/certificates/{id}", read)
                .says("Verify a certificate", "The public facts, for whoever was given its id.")
                .public()
                .answers::<PublicCertificate>(200, "The certificate.")
                .refuses(404, &["no-such-certificate"]),
            get("/certificates/{id}/badge", badge)
                .says(
                    "Take a certificate along",
                    "The certificate as an Open Badges 3.0 credential (a W3C verifiable credential as JWT), with the \
                     addresses of its SVG, PNG and PDF. `Accept: application/vc+jwt` answers with the JWT alone.",
                )
                .public()
                .answers::<BadgeBody>(200, "The badge.")
                .refuses(404, &["no-such-certificate"]),
            post("/badge-verifications", verify)
                .says(
                    "Verify a badge",
                    "The text of a badge that somebody showed: its JWT, or an SVG with one baked in. Told check by check.",
                )
                .public()
                .takes::<ShownBadge>()
                .answers::<BadgeVerdict>(200, "What was found.")
                .refuses(422, &["no-badge", "badge-too-large", "badge-bare", "badge-damaged"]),
            post("/certificates/{id}/revocation", revoke)
                .says(
                    "Revoke a certificate",
                    "For admins: from this instant it counts for nothing, and what stood on it is suspended.",
                )
                .takes::<Why>()
                .done("It is revoked.")
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-certificate"])
                .refuses(409, &["certificate-ended-already"])
                .refuses(422, &["reason-needed"]),
        ],
    }
}

fn parsed(id: &str) -> Result<CertificateId, Failure> {
    id.parse().map_err(|_| Fault::from(CertificateRefusal::NoSuchCertificate).into())
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let held = read_certificates::my_certificates(&desk.app, &caller.actor).await?;
    let content = desk.app.content()?;
    told(held.into_iter().map(|found| CertificateBody::of(&desk.app, &content, caller.language, found)))
}

async fn read(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let (found, person) = read_certificates::read_certificate(&desk.app, &caller.actor, parsed(&id)?).await?;
    let content = desk.app.content()?;
    shown(&PublicCertificate::of(&desk.app, &content, caller.language, &found, person))
}

async fn badge(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>) -> Answer {
    let proof = prove::prove(&desk.app, &caller.actor, parsed(&id)?).await?;
    let token = proof.token_apart(&desk.app).await?;
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("application/vc+jwt") || accept.contains("application/jwt") {
        return Ok(HttpResponse::Ok().content_type(prove::Form::Jwt.media()).body(token));
    }
    shown(&BadgeBody::of(&desk.app, &proof, token))
}

async fn verify(desk: Data<Desk>, caller: Caller, Body(sent): Body<ShownBadge>) -> Answer {
    // Unpacking is work: it has no place on the thread that serves everybody.
    let taken = block(move || bake::take(sent.badge.trim().as_bytes()));
    let token = taken.await.map_err(|error| Fault::from(Broken::defect(error)))?.map_err(Fault::from)?;
    let verdict = verify_badge::verify_badge(&desk.app, &caller.actor, &token).await?;
    let content = desk.app.content()?;
    shown(&BadgeVerdict::of(&desk.app, &content, caller.language, verdict))
}

async fn revoke(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    revoke_certificate::revoke_certificate(&desk.app, &caller.actor, parsed(&id)?, sent.reason).await?;
    nothing()
}
