//! What an admin grants to a person or ends, and erasing them: forms of the file on a person.

use super::person::{Person, done, id};
use crate::{
    academy::accommodation::AccommodationRefusal,
    actions::{
        accommodate::{self, Granting},
        erase_person,
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    web::{
        kit::{
            caller::Caller,
            desk::Desk,
            failure::Failure,
            forms::{BodyRefusal, Form},
            instants,
        },
        views::person::TypedGrant,
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/people/{id}/accommodations", post().to(grant))
        .route("/accommodations/{id}/end", post().to(end))
        .route("/people/{id}/erasure", post().to(erase));
}

fn granting(who: Person, form: &Form, zone: &str) -> Result<Granting, Fault> {
    let field = |field| Fault::from(BodyRefusal::Field { field });
    let number = |name: &'static str, empty: i64| match form.text(name) {
        "" => Ok(empty),
        text => text.parse().map_err(|_| field(name)),
    };
    // A choice of the list is a course, or a course and an exam of it.
    let (course, quiz) = match form.text("what").split_once('/') {
        None => (form.text("what"), ""),
        Some(parts) => parts,
    };
    let slug = |text: &str| -> Result<Option<Slug>, Fault> {
        (!text.is_empty()).then(|| text.parse().map_err(|_| field("what"))).transpose()
    };
    let day = |name: &'static str, hour: &str| {
        let text = form.text(name);
        let typed = if text.is_empty() { String::new() } else { format!("{text}T{hour}") };
        instants::typed(&typed, zone).map_err(|_| field(name))
    };
    Ok(Granting {
        person: who,
        course: slug(course)?,
        quiz: slug(quiz)?,
        time_factor_percent: number("factor", 100)?,
        extra_attempts: number("extra", 0)?,
        reason: form.text("reason").to_owned(),
        from: day("from", "00:00")?,
        until: day("until", "23:59:59")?,
    })
}

async fn grant(caller: Caller, desk: Data<Desk>, who: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let outcome = match granting(who, &form, &caller.zone) {
        Ok(granting) => accommodate::accommodate(&desk.app, &caller.actor, granting).await.map(drop),
        Err(fault) => Err(fault),
    };
    let field = match &outcome {
        Err(Fault::Refused(refused)) => match refused.code {
            "accommodation-factor" | "accommodation-nothing" => "factor",
            "accommodation-extra" => "extra",
            "accommodation-period" => "until",
            "no-such-content" => "what",
            "field-not-right" => "",
            _ => "grant-reason",
        },
        _ => "",
    };
    done(&desk, &caller, who, outcome, "#accommodations", "notice-accommodated", field, |view| {
        let text = |name| form.text(name).to_owned();
        view.typed.grant = TypedGrant {
            open: true,
            what: text("what"),
            factor: text("factor"),
            extra: text("extra"),
            from: text("from"),
            until: text("until"),
            reason: text("reason"),
        };
    })
    .await
}

async fn end(caller: Caller, desk: Data<Desk>, one: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let one: Id<ids::Accommodation> =
        one.parse().map_err(|_| Fault::from(AccommodationRefusal::NoSuchAccommodation))?;
    let who = accommodate::owner_of_accommodation(&desk.app, &caller.actor, one).await?;
    let reason = form.text("reason").to_owned();
    let outcome = accommodate::end_accommodation(&desk.app, &caller.actor, one, reason).await;
    let field = format!("ac-{one}");
    done(&desk, &caller, who, outcome, "#accommodations", "notice-accommodation-ended", &field, |_| {}).await
}

async fn erase(caller: Caller, desk: Data<Desk>, who: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let (confirm, reason) = (form.text("confirm").to_owned(), form.text("reason").to_owned());
    let outcome = erase_person::erase_person(&desk.app, &caller.actor, who, confirm, reason.clone()).await;
    let typed_wrong = matches!(&outcome, Err(Fault::Refused(refused)) if refused.code == "erasure-not-confirmed");
    let field = if typed_wrong { "erase-confirm" } else { "erase-reason" };
    done(&desk, &caller, who, outcome, "", "notice-person-erased", field, |view| view.typed.erase = reason).await
}
