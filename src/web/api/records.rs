//! A person's own records: accommodations, transcripts, everything that is held about somebody, and erasing it.

use super::{
    kit::{Answer, Asked, Body, Group, Query, Unfit, created, csv, get, nothing, post, shown, told},
    shapes::{
        PersonId, Why,
        records::{AccommodationBody, ErasureBody, ExportBody, FileBody, NewAccommodation, TranscriptBody},
        teams::Made,
    },
};
use crate::{
    academy::accommodation::AccommodationRefusal,
    actions::{
        accommodate::{self, Granting},
        erase_person, export_records,
        note_export::{self, Whose},
        read_transcript,
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::person::IdentityRefusal,
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    let (admins, unknown) = (&["capability-missing"], &["no-such-person"]);
    Group {
        name: "Records",
        about: "What is granted to a person, their transcript, everything that is held about them, and erasing it.",
        endpoints: vec![
            get("/me/export", export)
                .says(
                    "Take everything that is held about me",
                    "One JSON document (GDPR, Art. 15 and 20). That it was taken stands in the log.",
                )
                .answers::<ExportBody>(200, "The document; its sections stand at its top level."),
            get("/me/transcript", my_transcript)
                .says("Show my transcript", "Courses, exams and certificates. With `Accept: text/csv` or `format=csv` as CSV.")
                .asks::<Wanted>()
                .answers::<TranscriptBody>(200, "The transcript.")
                .or_csv(),
            get("/people/{id}/transcript", transcript)
                .says("Show a person's transcript", "For admins and auditors. As CSV it leaves an event in the log.")
                .asks::<Wanted>()
                .answers::<TranscriptBody>(200, "The transcript.")
                .or_csv()
                .refuses(403, admins)
                .refuses(404, unknown),
            get("/people/{id}/records", records)
                .says(
                    "Take the whole file on a person",
                    "For admins and auditors: every section, uncut, or one of them, which also comes as CSV (`Accept: text/csv` or \
                     `format=csv`). That it was taken stands in the log. Accommodations are for admins alone; what was withheld is named.",
                )
                .asks::<RecordsWanted>()
                .answers::<FileBody>(200, "The document; its sections stand at its top level.")
                .or_csv()
                .refuses(403, admins)
                .refuses(404, unknown)
                .refuses(422, &["no-such-section"]),
            get("/me/accommodations", mine)
                .says("List what was granted to me", "The newest first.")
                .lists::<AccommodationBody>("What was granted."),
            get("/people/{id}/accommodations", list)
                .says("List what was granted to a person", "For admins, and for the person.")
                .lists::<AccommodationBody>("What was granted, the newest first.")
                .refuses(403, admins)
                .refuses(404, unknown),
            post("/people/{id}/accommodations", grant)
                .says(
                    "Grant more time or more attempts",
                    "An attempt that is open gets the time at once. The log says what was granted, never why.",
                )
                .takes::<NewAccommodation>()
                .once()
                .creates::<Made>("It is granted; the address lists all that was granted to the person.")
                .refuses(403, admins)
                .refuses(404, &["no-such-person", "no-such-content"])
                .refuses(409, &["person-erased"])
                .refuses(
                    422,
                    &[
                        "reason-needed",
                        "accommodation-factor",
                        "accommodation-extra",
                        "accommodation-nothing",
                        "accommodation-period",
                    ],
                ),
            post("/accommodations/{id}/ending", end)
                .says("End an accommodation", "Attempts that have begun keep their time.")
                .takes::<Why>()
                .done("It has ended.")
                .refuses(403, admins)
                .refuses(404, &["no-such-accommodation"])
                .refuses(409, &["accommodation-ended"])
                .refuses(422, &["reason-needed"]),
            post("/people/{id}/erasure", erase)
                .says(
                    "Erase a person",
                    "What names them, and what was written about them, is gone for good (GDPR, Art. 17); ids, instants, marks and \
                     decisions stay under a pseudonym. Only for people who are shut out.",
                )
                .takes::<ErasureBody>()
                .done("They are erased.")
                .refuses(403, admins)
                .refuses(404, unknown)
                .refuses(409, &["erasure-not-shut-out", "person-erased"])
                .refuses(422, &["reason-needed", "erasure-not-confirmed"]),
        ],
    }
}

/// In which form.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// `json` or `csv`; takes precedence over `Accept`.
    format: Option<String>,
}

/// Which part of the file, and in which form.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct RecordsWanted {
    /// One section, such as `tokens`, `events` or `grants`; all of them without it.
    section: Option<String>,
    /// `json` or `csv` (of one section); takes precedence over `Accept`.
    format: Option<String>,
}

fn parsed(id: &str) -> Result<PersonId, Failure> {
    id.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchPerson).into())
}

async fn export(desk: Data<Desk>, caller: Caller) -> Answer {
    let document = export_records::export_me(&desk.app, &caller.actor).await?;
    let name = "attachment; filename=\"habilis-records.json\"";
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_DISPOSITION, name)).json(document))
}

async fn records(
    desk: Data<Desk>,
    caller: Caller,
    request: HttpRequest,
    id: Path<String>,
    Query(wanted): Query<RecordsWanted>,
) -> Answer {
    let as_csv = csv::wanted(&request, wanted.format.as_deref())?;
    if as_csv && wanted.section.is_none() {
        return Err(Fault::from(Unfit::field("section", "tokens | events | grants | …")).into());
    }
    let who = parsed(&id)?;
    let name = wanted.section.clone().unwrap_or_else(|| "file".to_owned());
    let document = export_records::export_file(&desk.app, &caller.actor, who, wanted.section).await?;
    if as_csv {
        let lines = document.get(&name).and_then(serde_json::Value::as_array).map_or(&[][..], Vec::as_slice);
        let text = csv::text(csv::table(lines))?;
        let (response, pen) = csv::download(&format!("{name}-{who}.csv"));
        actix_web::rt::spawn(async move { pen.write(Ok(text)).await });
        return Ok(response);
    }
    let name = format!("attachment; filename=\"{name}-{who}.json\"");
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_DISPOSITION, name)).json(document))
}

async fn my_transcript(desk: Data<Desk>, caller: Caller, request: HttpRequest, Query(wanted): Query<Wanted>) -> Answer {
    caller.actor.signed()?;
    told_transcript(&desk, &caller, &request, &wanted, None).await
}

async fn transcript(
    desk: Data<Desk>,
    caller: Caller,
    request: HttpRequest,
    id: Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let id = parsed(&id)?;
    told_transcript(&desk, &caller, &request, &wanted, Some(id)).await
}

async fn told_transcript(
    desk: &Desk,
    caller: &Caller,
    request: &HttpRequest,
    wanted: &Wanted,
    who: Option<PersonId>,
) -> Answer {
    let found = read_transcript::read_transcript(&desk.app, &caller.actor, who).await?;
    let body = TranscriptBody::of(&found, caller.language);
    if !csv::wanted(request, wanted.format.as_deref())? {
        return shown(&body);
    }
    let own = caller.signed().is_some_and(|signed| signed.person.id == found.person.id);
    if !own {
        let filter = json!({ "person": found.person.id });
        note_export::note_export(&desk.app, &caller.actor, "transcript", Whose::Everybody, filter).await?;
    }
    let lines = std::iter::once(TranscriptBody::HEAD.map(str::to_owned)).chain(body.cells());
    let text = csv::text(lines)?;
    let (response, pen) = csv::download("transcript.csv");
    actix_web::rt::spawn(async move { pen.write(Ok(text)).await });
    Ok(response)
}

async fn mine(desk: Data<Desk>, caller: Caller) -> Answer {
    let own = caller.actor.signed()?.person.id;
    granted(&desk, &caller, own).await
}

async fn list(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let id = parsed(&id)?;
    granted(&desk, &caller, id).await
}

async fn granted(desk: &Desk, caller: &Caller, who: PersonId) -> Answer {
    let now = desk.app.now();
    let all = accommodate::accommodations(&desk.app, &caller.actor, who).await?;
    told(all.into_iter().map(|one| AccommodationBody::of(one, now)))
}

async fn grant(
    desk: Data<Desk>,
    caller: Caller,
    id: Path<String>,
    asked: Asked,
    Body(sent): Body<NewAccommodation>,
) -> Answer {
    let once = asked.once(&sent)?;
    let granting = Granting {
        person: parsed(&id)?,
        course: sent.course,
        quiz: sent.quiz,
        time_factor_percent: sent.time_factor_percent,
        extra_attempts: sent.extra_attempts,
        reason: sent.reason,
        from: sent.from,
        until: sent.until,
    };
    let place = format!("/api/v1/people/{}/accommodations", granting.person);
    let made = accommodate::accommodate_once(&desk.app, &caller.actor, granting, once).await?;
    created(&place, &Made { id: made.to_string() })
}

async fn end(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    let id: Id<ids::Accommodation> = id.parse().map_err(|_| Fault::from(AccommodationRefusal::NoSuchAccommodation))?;
    accommodate::end_accommodation(&desk.app, &caller.actor, id, sent.reason).await?;
    nothing()
}

async fn erase(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<ErasureBody>) -> Answer {
    erase_person::erase_person(&desk.app, &caller.actor, parsed(&id)?, sent.email, sent.reason).await?;
    nothing()
}
