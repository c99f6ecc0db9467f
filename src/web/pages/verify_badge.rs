//! Verifying a badge that somebody was shown: pasted as text or uploaded as a picture, told claim by claim.

use super::scene;
use crate::{
    actions::verify_badge::{self, Check, Outcome, Verdict as Judged},
    base::refusal::{Broken, Fault, Refusal},
    certification::proof::bake,
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, multipart, sentence},
        views::{
            FieldError,
            verify_badge::{CheckLine, Found, Verdict, VerifyBadge},
        },
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Bytes, Data, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/verify-badge", get().to(ask)).route("/verify-badge", post().to(answer));
}

async fn ask(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    desk.page(&caller, VerifyBadge { text: String::new(), verdict: None, errors: Vec::new() }).await
}

async fn answer(caller: Caller, desk: Data<Desk>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let parts = multipart::parts(kind, &body).unwrap_or_default();
    let part = |name: &str| parts.iter().find(|part| part.name == name).map_or(&[][..], |part| part.bytes);
    let (pasted, file) = (part("jwt").trim_ascii(), part("file"));
    let (field, sent) = if pasted.is_empty() && !file.is_empty() { ("file", file) } else { ("jwt", pasted) };
    let sent = sent.to_vec();
    // Unpacking is work: it has no place on the thread that serves everybody.
    let taken = web::block(move || bake::take(&sent)).await.map_err(|error| Fault::from(Broken::defect(error)))?;
    let text: String = String::from_utf8_lossy(pasted).chars().take(4000).collect();
    match taken {
        Ok(token) => {
            let judged = verify_badge::verify_badge(&desk.app, &caller.actor, &token).await?;
            let view = VerifyBadge { text, verdict: Some(verdict(&desk, &caller, &judged)?), errors: Vec::new() };
            desk.page(&caller, view).await
        }
        Err(unbaked) => {
            let key = format!("refusal-{}", unbaked.code());
            let error = FieldError { field: field.to_owned(), text: sentence::plain(&desk, &caller, &key) };
            let view = VerifyBadge { text, verdict: None, errors: vec![error] };
            desk.page_with(&caller, StatusCode::UNPROCESSABLE_ENTITY, view, None).await
        }
    }
}

/// The checks as lines.
pub(super) fn checks(desk: &Desk, caller: &Caller, judged: &Judged) -> Vec<CheckLine> {
    let record = judged.certificate.as_ref().map(|(certificate, _, _)| certificate);
    judged
        .checks
        .iter()
        .map(|(check, outcome)| {
            let key = format!("check-{}-{}", check.word(), outcome.word());
            CheckLine {
                check: check.word().to_owned(),
                outcome: outcome.word().to_owned(),
                says: sentence::plain(desk, caller, &key),
                detail: match check {
                    Check::Issuer => judged.issuer.clone(),
                    Check::Key => judged.kid.clone(),
                    _ => None,
                },
                on: match check {
                    Check::Time => record.map(|certificate| certificate.expires_at.micros()),
                    Check::Status if *outcome == Outcome::Failed => {
                        record.map(|certificate| certificate.ends_at.micros())
                    }
                    _ => None,
                },
            }
        })
        .collect()
}

fn verdict(desk: &Desk, caller: &Caller, judged: &Judged) -> Result<Verdict, Failure> {
    let content = desk.app.content()?;
    let found = judged.certificate.as_ref().map(|(certificate, person, badge)| Found {
        id: certificate.id.to_string(),
        href: format!("/certificates/{}", certificate.id),
        person: person.clone(),
        name: badge.wording.name.get(caller.language).to_owned(),
        state: scene::certificate_state(&content, certificate, judged.at).to_owned(),
        issued: certificate.issued_at.micros(),
        until: certificate.ends_at.micros(),
    });
    let foreign = (judged.outcome(Check::Issuer) == Outcome::Failed).then(|| judged.issuer.clone()).flatten();
    Ok(Verdict { holds: judged.holds(), checks: checks(desk, caller, judged), foreign, found, at: judged.at.micros() })
}
