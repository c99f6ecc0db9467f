//! Reading certificates: one's own, and any by its id, as the public page shows it.

use super::{About, look};
use crate::{
    app::App,
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::{
        certificate::{Certificate, CertificateRefusal},
        rows,
    },
    identity::{self, actor::Actor},
};

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
