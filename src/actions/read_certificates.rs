//! Reading certificates: one's own, and any by its id, as the public page shows it.

use super::{About, look};
use crate::{
    academy,
    app::App,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
        text::Words,
    },
    certification::{
        certificate::{Certificate, CertificateRefusal},
        rows,
    },
    identity::{self, actor::Actor},
};
use rust_decimal::Decimal;

/// The signed-in person's certificates, newest first.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_certificates(app: &App, actor: &Actor) -> Result<Vec<Certificate>, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "my_certificates", About::person(who), move |r| Ok(rows::certificates_of(r, who)?)).await
}

/// A certificate and the name of who earned it: public, for whoever knows its id.
///
/// # Errors
/// There is none with this id, or the database is away.
pub async fn read_certificate(
    app: &App,
    actor: &Actor,
    certificate: Id<ids::Certificate>,
) -> Result<(Certificate, String), Fault> {
    look(app, actor, "read_certificate", About::nothing().subject(certificate), move |r| {
        let found = rows::certificate(r, certificate)?.ok_or(CertificateRefusal::NoSuchCertificate)?;
        let name = identity::rows::person(r, found.person_id)?.map_or_else(String::new, |person| person.name);
        Ok((found, name))
    })
    .await
}

/// A certificate with everything that its page tells.
#[derive(Clone, Debug)]
pub struct Shown {
    pub certificate: Certificate,
    /// The name of who earned it.
    pub person: String,
    /// The exams that it rests on, as they were then.
    pub exams: Vec<ShownExam>,
    /// The certificate that renewed it.
    pub renewed_by: Option<Id<ids::Certificate>>,
}

/// An exam that a certificate rests on, in the words and under the rules of its time.
#[derive(Clone, Debug)]
pub struct ShownExam {
    pub course_title: Words,
    pub title: Words,
    /// The share that passed, 0 to 1.
    pub pass: Decimal,
    pub basis_points: i64,
    pub at: Time,
}

/// A certificate for its page: public, for whoever knows its id.
///
/// # Errors
/// There is none with this id, or the database is away.
pub async fn show_certificate(app: &App, actor: &Actor, certificate: Id<ids::Certificate>) -> Result<Shown, Fault> {
    look(app, actor, "read_certificate", About::nothing().subject(certificate), move |r| {
        let found = rows::certificate(r, certificate)?.ok_or(CertificateRefusal::NoSuchCertificate)?;
        let person = identity::rows::person(r, found.person_id)?.map_or_else(String::new, |person| person.name);
        let mut exams = Vec::with_capacity(found.evidence.exams.len());
        for exam in &found.evidence.exams {
            let form = academy::rows::form(r, exam.attempt)?;
            exams.push(ShownExam {
                course_title: form.course_title.clone(),
                title: form.title.clone(),
                pass: form.pass,
                basis_points: exam.basis_points,
                at: exam.at,
            });
        }
        let renewed_by = rows::certificates_of(r, found.person_id)?
            .into_iter()
            .find(|other| other.evidence.renews == Some(found.id))
            .map(|other| other.id);
        Ok(Shown { certificate: found, person, exams, renewed_by })
    })
    .await
}
