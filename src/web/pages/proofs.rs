//! Proofs to take away: the badge as JWT, SVG and PNG, the certificate on paper, and its rosette.

use super::named;
use crate::{
    actions::{
        prove::{self, Form},
        read_certificates,
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Language,
    },
    certification::proof::rosette,
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        server::NoSuchPage,
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, Path, ServiceConfig, get},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/certificates/{certificate}.pdf", get().to(paper))
        .route("/certificates/{certificate}/badge.{form}", get().to(badge))
        .route("/certificates/{certificate}/rosette.svg", get().to(drawn));
}

async fn paper(
    caller: Caller,
    desk: Data<Desk>,
    request: HttpRequest,
    path: Path<String>,
) -> Result<HttpResponse, Failure> {
    given(&caller, &desk, &request, named(&path)?, Form::Pdf).await
}

async fn badge(
    caller: Caller,
    desk: Data<Desk>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (certificate, form) = path.into_inner();
    let form = Form::from_word(&form).filter(|form| *form != Form::Pdf).ok_or(NoSuchPage)?;
    given(&caller, &desk, &request, named(&certificate)?, form).await
}

/// Makes a proof. The paper speaks the language that the address asks for, or else the badge's own.
async fn given(
    caller: &Caller,
    desk: &Data<Desk>,
    request: &HttpRequest,
    id: Id<ids::Certificate>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let proof = prove::prove(&desk.app, &caller.actor, id).await?;
    let asked = request.query_string().split('&').find_map(|pair| pair.strip_prefix("lang="));
    let language = asked.and_then(Language::from_tag).unwrap_or(proof.badge.language);
    let name = format!(
        "{}-{}.{}",
        proof.certificate.certification_id,
        proof.certificate.issued_at.timestamp().strftime("%Y-%m-%d"),
        form.word()
    );
    let app = desk.app.clone();
    let made = web::block(move || proof.form(&app, form, language)).await;
    let bytes = made.map_err(|error| Fault::from(Broken::defect(error)))?.map_err(Fault::from)?;
    Ok(HttpResponse::Ok()
        .content_type(form.media())
        .insert_header((header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(bytes))
}

async fn drawn(caller: Caller, desk: Data<Desk>, path: Path<String>) -> Result<HttpResponse, Failure> {
    let id: Id<ids::Certificate> = named(&path)?;
    read_certificates::read_certificate(&desk.app, &caller.actor, id).await?;
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(rosette::svg(&id.to_string())))
}
