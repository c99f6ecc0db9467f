//! Handing a mail to the server: in time, or with the reason why not.

use crate::{
    app::App,
    base::{clock::Time, refusal::Broken},
    identity::secret::Secret,
    settings::Hidden,
};
use lettre::{
    Message, SmtpTransport, Transport,
    message::{Mailbox, header::ContentType},
};
use std::time::{Duration, SystemTime};

/// How long somebody who waits for an answer waits for the mail server.
pub(super) const AT_ONCE: Duration = Duration::from_secs(4);
/// How long a notice, for which nobody waits, may take.
pub(super) const IN_TURN: Duration = Duration::from_secs(10);

/// What is to be sent.
pub(super) struct Letter {
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) body: String,
    /// What makes it one mail however often it is tried (RFC 5322, section 3.6.4); none makes a name of its own.
    pub(super) name: Option<String>,
}

/// The mail server that is set, and as whom it sends.
#[derive(Clone)]
pub(super) struct Post {
    url: Hidden,
    from: String,
}

impl Post {
    /// As the settings say; none where mail is not set up.
    pub(super) fn of(app: &App) -> Option<Self> {
        Some(Self { url: app.settings.smtp_url.clone()?, from: app.settings.mail_from.clone()? })
    }

    /// Sends, or says why not; after `patience` it is not waited for any longer.
    pub(super) async fn send(&self, letter: Letter, at: Time, patience: Duration) -> Result<(), Broken> {
        let post = self.clone();
        let sending = tokio::task::spawn_blocking(move || post.hand_over(letter, at, patience));
        match tokio::time::timeout(patience, sending).await {
            Ok(done) => done.unwrap_or_else(|error| Err(Broken::defect(error))),
            Err(_) => Err(Broken::Unavailable(format!(
                "the mail server: it did not take the mail within {} s",
                patience.as_secs()
            ))),
        }
    }

    fn hand_over(&self, letter: Letter, at: Time, patience: Duration) -> Result<(), Broken> {
        let message = message(&self.from, letter, at)?;
        check(self.url.reveal(), &self.from)?;
        let away = |error: lettre::transport::smtp::Error| Broken::Unavailable(format!("the mail server: {error}"));
        let server = SmtpTransport::from_url(self.url.reveal()).map_err(away)?.timeout(Some(patience)).build();
        server.send(&message).map_err(away)?;
        Ok(())
    }
}

/// A letter as it travels, with its date and its name.
fn message(from: &str, letter: Letter, at: Time) -> Result<Message, Broken> {
    let sender = sender(from)?;
    let name = match letter.name {
        Some(name) => name,
        None => Secret::new("mail")?.hash().chars().take(32).collect(),
    };
    let id = format!("<{name}@{}>", sender.email.domain());
    Message::builder()
        .date(SystemTime::UNIX_EPOCH + Duration::from_micros(at.micros().unsigned_abs()))
        .message_id(Some(id))
        .from(sender)
        .to(letter.to.parse().map_err(Broken::defect)?)
        .subject(letter.subject)
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body)
        .map_err(Broken::defect)
}

/// How mail travels to its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Within this machine.
    Loopback,
    /// Over TLS, or not at all.
    Guarded,
    /// In the clear, or where somebody in between wants it so.
    Open {
        /// Whether a password goes along.
        with_password: bool,
    },
}

/// How mail travels to the server that an address names.
///
/// # Errors
/// It names none.
pub fn way(url: &str) -> Result<Way, Broken> {
    let no_server =
        |error: &dyn std::fmt::Display| Broken::defect(format!("HABILIS_SMTP_URL is no mail server: {error}"));
    let parsed = url::Url::parse(url).map_err(|error| no_server(&error))?;
    SmtpTransport::from_url(url).map_err(|error| no_server(&error))?;
    let host = parsed.host_str().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
    let required = parsed.query_pairs().any(|(name, value)| name == "tls" && value == "required");
    Ok(if host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback()) {
        Way::Loopback
    } else if parsed.scheme() == "smtps" || required {
        Way::Guarded
    } else {
        Way::Open { with_password: parsed.password().is_some() }
    })
}

fn sender(from: &str) -> Result<Mailbox, Broken> {
    from.parse().map_err(|error| Broken::defect(format!("HABILIS_MAIL_FROM is no sender: {error}")))
}

/// Whether the mail server's address and the sender make sense, and how mail would travel; nothing is sent.
///
/// # Errors
/// One of them does not, or the password would travel in the clear.
pub fn check(url: &str, from: &str) -> Result<Way, Broken> {
    sender(from)?;
    match way(url)? {
        Way::Open { with_password: true } => Err(Broken::defect(
            "HABILIS_SMTP_URL would send its password in the clear; write smtps://…, or smtp://…?tls=required",
        )),
        way => Ok(way),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_travels_in_the_clear() {
        let sent = |url: &str| check(url, "academy@example.com").map_err(|error| error.to_string());
        for (url, expected) in [
            ("smtps://user:secret@mail.example.com", Way::Guarded),
            ("smtp://user:secret@mail.example.com:587?tls=required", Way::Guarded),
            ("smtp://user:secret@127.0.0.1:1025", Way::Loopback),
            ("smtp://user:secret@[::1]:1025", Way::Loopback),
            ("smtp://localhost:1025", Way::Loopback),
            ("smtp://mail.example.com", Way::Open { with_password: false }),
        ] {
            assert_eq!(sent(url), Ok(expected), "{url}");
        }
        for url in [
            "smtp://user:secret@mail.example.com",
            "smtp://user:secret@mail.example.com?tls=opportunistic",
            "smtp://user:secret@localhost.example.com",
            "http://mail.example.com",
            "mail.example.com",
        ] {
            assert!(sent(url).is_err_and(|words| !words.contains("secret")), "{url}");
        }
    }

    #[test]
    fn a_mail_has_a_date_and_a_name_of_its_own() {
        let told = |name: Option<&str>| {
            let letter = Letter {
                to: "ana@example.com".into(),
                subject: "Été".into(),
                body: "Text\n".into(),
                name: name.map(str::to_owned),
            };
            let at = Time::from_micros(1_700_000_000_000_000);
            let message = message("Habilis <academy@mail.example.com>", letter, at).unwrap();
            String::from_utf8(message.formatted()).unwrap()
        };
        let header = |text: &str, name: &str| {
            let found: Vec<_> = text.lines().filter_map(|line| line.strip_prefix(name)).map(str::to_owned).collect();
            assert_eq!(found.len(), 1, "{name} {text}");
            found.concat()
        };
        let text = told(Some("ntc_1"));
        assert_eq!(header(&text, "Date: "), "Tue, 14 Nov 2023 22:13:20 +0000");
        assert_eq!(header(&text, "Message-ID: "), "<ntc_1@mail.example.com>");
        let (one, two) = (header(&told(None), "Message-ID: "), header(&told(None), "Message-ID: "));
        assert!(one != two && one.ends_with("@mail.example.com>"), "{one} {two}");
    }
}
