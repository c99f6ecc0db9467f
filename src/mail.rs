//! Mail: invitations and links for a new password, sent after the commit that made them; a mail that fails undoes nothing.

use crate::{
    actions::invite_person::PersonalLink,
    app::App,
    base::{refusal::Broken, text::Language},
    identity::rows::Purpose,
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
    let until = crate::base::clock::Time::from_micros(expires_at.seconds() * 1_000_000)
        .timestamp()
        .to_zoned(jiff::tz::TimeZone::get(&person.zone).unwrap_or(jiff::tz::TimeZone::UTC))
        .strftime("%Y-%m-%d %H:%M %Z")
        .to_string();
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
