//! Mail: invitations, links for a new password, and notices, sent after the commit that made them; a mail that fails undoes nothing.

use crate::{
    actions::{invite_person::PersonalLink, notify},
    app::App,
    base::{
        clock::Time,
        refusal::{Broken, Fault},
        text::Language,
    },
    certification::notice::{Notice, NoticeKind},
    identity::{person::Person, rows::Purpose},
};
use lettre::{
    Message, SmtpTransport, Transport,
    message::{Mailbox, header::ContentType},
};
use std::time::Duration;

/// How long the mail server may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mailed {
    /// No mail server is set: the link is only shown.
    NotSetUp,
    /// The mail server took it.
    Sent,
    /// It did not, and why, in one line for the admin.
    Failed(String),
}

/// Mails a link to the person it is for, in their language. Call it after the commit; its outcome is for the admin to see.
pub async fn send_link(app: &App, link: &PersonalLink) -> Mailed {
    let (Some(url), Some(from)) = (app.settings.smtp_url.clone(), app.settings.mail_from.clone()) else {
        return Mailed::NotSetUp;
    };
    let (to, person) = (link.person.email.clone(), link.person.id);
    let (subject, body) = words(link);
    let sending = tokio::task::spawn_blocking(move || send(url.reveal(), &from, to.as_str(), subject, body)).await;
    match sending.unwrap_or_else(|error| Err(Broken::defect(error))) {
        Ok(()) => Mailed::Sent,
        Err(error) => {
            tracing::warn!(person.id = %person, purpose = link.purpose.word(), error = %error, "a mail was not sent");
            Mailed::Failed(error.to_string())
        }
    }
}

/// Sends the notices whose mail is due, one after the other. Each is tried again later where the mail server is away.
///
/// # Errors
/// The database is away.
pub async fn send_notices(app: &App) -> Result<(), Fault> {
    let (Some(url), Some(from)) = (app.settings.smtp_url.clone(), app.settings.mail_from.clone()) else {
        return Ok(());
    };
    for (notice, person) in notify::take_mail(app).await? {
        let content = app.content()?;
        let certification = content.curriculum.certification(&notice.about.certification);
        let language = person.language.unwrap_or_default();
        let name = certification.iter().find_map(|course| course.certification.as_ref()).map_or_else(
            || notice.about.certification.to_string(),
            |certification| certification.name.get(language).to_owned(),
        );
        let place = format!("{}/courses/{}", app.settings.issuer(), notice.about.course);
        let (subject, body) = notice_words(&notice, &person, &name, &place);
        let (url, from, to) = (url.clone(), from.clone(), person.email.clone());
        let sending = tokio::task::spawn_blocking(move || send(url.reveal(), &from, to.as_str(), subject, body)).await;
        let sent = sending.unwrap_or_else(|error| Err(Broken::defect(error)));
        if let Err(error) = &sent {
            tracing::warn!(person.id = %person.id, notice.id = %notice.id, error = %error, "a notice was not mailed");
        }
        notify::mailed(app, notice.id, sent.is_ok()).await?;
    }
    Ok(())
}

fn notice_words(notice: &Notice, person: &Person, certification: &str, place: &str) -> (&'static str, String) {
    let until = day(notice.about.until, &person.zone);
    let name = &person.name;
    match (person.language.unwrap_or_default(), notice.kind) {
        (Language::Fr, NoticeKind::CertificateLapses) => (
            "Habilis : votre certificat arrive à échéance",
            format!(
                "Bonjour {name},\n\nvotre certificat « {certification} » compte jusqu'au {until}. Les accès qui en \
                 dépendent s'arrêtent avec lui. Pour le renouveler sans perdre un jour :\n\n{place}\n"
            ),
        ),
        (Language::Fr, NoticeKind::CertificateSuperseded) => (
            "Habilis : une nouvelle version remplace votre certificat",
            format!(
                "Bonjour {name},\n\nle cours a changé : votre certificat « {certification} » compte encore jusqu'au \
                 {until}. Ce qui a changé, et comment le renouveler :\n\n{place}\n"
            ),
        ),
        (Language::Es, NoticeKind::CertificateLapses) => (
            "Habilis: tu certificado está a punto de caducar",
            format!(
                "Hola, {name}:\n\ntu certificado «{certification}» cuenta hasta el {until}. Los accesos que dependen de él \
                 terminan con él. Para renovarlo sin perder un día:\n\n{place}\n"
            ),
        ),
        (Language::Es, NoticeKind::CertificateSuperseded) => (
            "Habilis: una versión nueva sustituye tu certificado",
            format!(
                "Hola, {name}:\n\nel curso ha cambiado: tu certificado «{certification}» todavía cuenta hasta el {until}. \
                 Qué ha cambiado y cómo renovarlo:\n\n{place}\n"
            ),
        ),
        (Language::En, NoticeKind::CertificateLapses) => (
            "Habilis: your certificate is about to lapse",
            format!(
                "Hello {name},\n\nyour certificate “{certification}” counts until {until}. The access that rests on it \
                 ends with it. To renew it without losing a day:\n\n{place}\n"
            ),
        ),
        (Language::En, NoticeKind::CertificateSuperseded) => (
            "Habilis: a new version replaces your certificate",
            format!(
                "Hello {name},\n\nthe course has changed: your certificate “{certification}” still counts until {until}. \
                 What changed, and how to renew it:\n\n{place}\n"
            ),
        ),
    }
}

/// An instant on a person's own clock.
fn day(at: Time, zone: &str) -> String {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

fn send(url: &str, from: &str, to: &str, subject: &str, body: String) -> Result<(), Broken> {
    let sender: Mailbox =
        from.parse().map_err(|error| Broken::defect(format!("HABILIS_MAIL_FROM is no sender: {error}")))?;
    let message = Message::builder()
        .from(sender)
        .to(to.parse().map_err(Broken::defect)?)
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(Broken::defect)?;
    let away = |error: lettre::transport::smtp::Error| Broken::Unavailable(format!("the mail server: {error}"));
    let server = SmtpTransport::from_url(url).map_err(away)?.timeout(Some(PATIENCE)).build();
    server.send(&message).map_err(away)?;
    Ok(())
}

/// The subject and the text.
fn words(link: &PersonalLink) -> (&'static str, String) {
    let PersonalLink { person, purpose, url, expires_at } = link;
    let until = day(Time::from_micros(expires_at.seconds() * 1_000_000), &person.zone);
    let name = &person.name;
    match (person.language.unwrap_or_default(), purpose) {
        (Language::Fr, Purpose::Reset) => (
            "Habilis : choisir un nouveau mot de passe",
            format!(
                "Bonjour {name},\n\nce lien permet de choisir un nouveau mot de passe :\n\n{url}\n\nIl fonctionne une \
                 seule fois, jusqu'au {until}, et met fin à vos autres sessions.\n\nVous ne l'attendiez pas ? \
                 Signalez-le à votre administrateur.\n"
            ),
        ),
        (Language::Fr, _) => (
            "Habilis : votre invitation",
            format!(
                "Bonjour {name},\n\nun compte vous attend dans Habilis. Choisissez un mot de passe et entrez :\n\n{url}\n\nCe \
                 lien fonctionne une seule fois, jusqu'au {until}.\n"
            ),
        ),
        (Language::Es, Purpose::Reset) => (
            "Habilis: elegir una contraseña nueva",
            format!(
                "Hola, {name}:\n\neste enlace permite elegir una contraseña nueva:\n\n{url}\n\nFunciona una sola vez, hasta \
                 el {until}, y cierra tus otras sesiones.\n\n¿No lo esperabas? Avisa a quien administra Habilis.\n"
            ),
        ),
        (Language::Es, _) => (
            "Habilis: tu invitación",
            format!(
                "Hola, {name}:\n\ntienes una cuenta en Habilis. Elige una contraseña y entra:\n\n{url}\n\nEl enlace \
                 funciona una sola vez, hasta el {until}.\n"
            ),
        ),
        (Language::En, Purpose::Reset) => (
            "Habilis: choose a new password",
            format!(
                "Hello {name},\n\nthis link lets you choose a new password:\n\n{url}\n\nIt works once, until {until}, \
                 and ends your other sessions.\n\nYou did not expect it? Tell your administrator.\n"
            ),
        ),
        (Language::En, _) => (
            "Habilis: your invitation",
            format!(
                "Hello {name},\n\nyou are invited to Habilis. Choose a password and come in:\n\n{url}\n\nThis link works \
                 once, until {until}.\n"
            ),
        ),
    }
}

/// Whether the mail server's address and the sender make sense; nothing is sent.
///
/// # Errors
/// One of them does not.
pub fn check(url: &str, from: &str) -> Result<(), Broken> {
    from.parse::<Mailbox>().map_err(|error| Broken::defect(format!("HABILIS_MAIL_FROM is no sender: {error}")))?;
    SmtpTransport::from_url(url)
        .map_err(|error| Broken::defect(format!("HABILIS_SMTP_URL is no mail server: {error}")))?;
    Ok(())
}
