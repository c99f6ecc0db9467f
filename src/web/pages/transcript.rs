//! A learner's transcript: one's own, and anybody's for those who may read everybody's records.

use super::scene::{self, basis_percent, count};
use crate::{
    actions::read_transcript,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
    },
    identity::person::IdentityRefusal,
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        views::transcript::{Certificate, Course, Exam, Transcript},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/transcript", get().to(own)).route("/people/{id}/transcript", get().to(theirs));
}

async fn own(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let own = caller.actor.signed()?.person.id;
    page(&caller, &desk, own).await
}

async fn theirs(caller: Caller, desk: Data<Desk>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id = id.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchPerson))?;
    page(&caller, &desk, id).await
}

async fn page(caller: &Caller, desk: &Desk, who: Id<ids::Person>) -> Result<HttpResponse, Failure> {
    let told = read_transcript::read_transcript(&desk.app, &caller.actor, Some(who)).await?;
    let content = desk.app.content()?;
    let (now, language) = (told.at, caller.language);
    let own = caller.signed().is_some_and(|signed| signed.person.id == who);
    let courses: Vec<Course> = told
        .courses
        .iter()
        .map(|taken| Course {
            title: taken.title.get(language).to_owned(),
            begun: taken.begun_at.map(Time::micros),
            done: taken.done_at.map(Time::micros),
            read: count(taken.read),
            modules: count(taken.modules),
            exams: taken
                .exams
                .iter()
                .map(|sat| Exam {
                    title: sat.quiz.get(language).to_owned(),
                    at: sat.attempt.started_at.micros(),
                    state: sat.word(now).to_owned(),
                    mark: sat.basis_points().map(basis_percent),
                })
                .collect(),
            certificates: taken
                .certificates
                .iter()
                .map(|(one, name)| Certificate {
                    title: name.get(language).to_owned(),
                    href: format!("/certificates/{}", one.id),
                    from: one.valid_from.micros(),
                    until: one.ends_at.micros(),
                    state: scene::certificate_state(&content, one, now).to_owned(),
                })
                .collect(),
        })
        .collect();
    let exams = || told.courses.iter().flat_map(|taken| &taken.exams);
    let earned = || told.courses.iter().flat_map(|taken| &taken.certificates);
    let api = if own { "/api/v1/me/transcript".to_owned() } else { format!("/api/v1/people/{who}/transcript") };
    let view = Transcript {
        name: told.person.name.clone(),
        own,
        file: (!own).then(|| format!("/people/{who}")),
        at: now.micros(),
        done: count(told.courses.iter().filter(|taken| taken.done_at.is_some()).count()),
        valid: count(earned().filter(|(one, _)| one.counts_at(now)).count()),
        passed: count(exams().filter(|sat| sat.word(now) == "passed").count()),
        courses,
        csv: format!("{api}?format=csv"),
        json: api,
    };
    desk.page(caller, view).await
}
