//! Mail: invitations, links for a new password, and notices, sent after the commit that made them; a mail that fails undoes nothing.

mod post;

use crate::{
    actions::{
        invite_person::{PersonalLink, WayIn},
        notify,
    },
    app::{App, Content},
    base::{
        clock::Time,
        refusal::{Broken, Fault},
        text::{Language, Slug},
        words::Words,
    },
    certification::notice::{About, Notice},
    identity::{person::Person, rows::Purpose},
};
use fluent_bundle::FluentArgs;
use post::{AT_ONCE, IN_TURN, Letter, Post};
use std::borrow::Cow;

pub use post::{Way, check};

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

impl Mailed {
    /// `not_set_up`, `sent` or `failed`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotSetUp => "not_set_up",
            Self::Sent => "sent",
            Self::Failed(_) => "failed",
        }
    }
}

/// Mails a link to the person it is for, in their language. Call it after the commit; its outcome is for the admin to see,
/// who waits for it four seconds at the longest.
pub async fn send_link(app: &App, link: &PersonalLink) -> Mailed {
    let Some(post) = Post::of(app) else { return Mailed::NotSetUp };
    let (to, person) = (link.person.email.to_string(), link.person.id);
    let sent = match messages(app).and_then(|words| link_words(&words, link)) {
        Err(error) => Err(error),
        Ok((subject, body)) => post.send(Letter { to, subject, body, name: None }, app.now(), AT_ONCE).await,
    };
    match sent {
        Ok(()) => Mailed::Sent,
        Err(error) => {
            tracing::warn!(person.id = %person, purpose = link.purpose.word(), error = %error, "a mail was not sent");
            Mailed::Failed(error.to_string())
        }
    }
}

/// Sends the notices whose mail is due, one after the other, for as long as it is this process that should (`goes_on`). Each
/// is tried again later where the mail server is away.
///
/// # Errors
/// The database is away.
pub async fn send_notices<F>(app: &App, goes_on: impl Fn() -> F) -> Result<(), Fault>
where
    F: Future<Output = Result<bool, Fault>>,
{
    let Some(post) = Post::of(app) else { return Ok(()) };
    let taken = notify::take_mail(app).await?;
    if taken.is_empty() {
        return Ok(());
    }
    let words = messages(app)?;
    for (notice, person) in taken {
        if !goes_on().await? {
            break;
        }
        let content = app.content()?;
        let about = subject(&content, &app.settings.issuer(), &notice, person.language.unwrap_or_default());
        let (subject, body) = notice_words(&words, &notice, &person, &about)?;
        let letter = Letter { to: person.email.to_string(), subject, body, name: Some(notice.id.to_string()) };
        let sent = post.send(letter, app.now(), IN_TURN).await;
        if let Err(error) = &sent {
            tracing::warn!(person.id = %person.id, notice.id = %notice.id, error = %error, "a notice was not mailed");
        }
        notify::mailed(app, notice.id, sent.is_ok()).await?;
    }
    Ok(())
}

/// What a notice is about, in a language.
struct Subject {
    name: String,
    /// The address where it goes on.
    place: String,
    /// The role, of a service account.
    role: String,
}

/// What a notice is about, by its name in a language, and the address where it goes on.
fn subject(content: &Content, issuer: &str, notice: &Notice, language: Language) -> Subject {
    let titled = |role: &Slug| {
        let known = content.catalogue.roles.get(role);
        known.map_or(role.as_str(), |known| known.title.get(language)).to_owned()
    };
    let (name, role) = match &notice.about {
        About::Certificate { certification, .. } => {
            let known = content.curriculum.certification(certification);
            let known = known.iter().find_map(|course| course.certification.as_ref());
            let name = known.map_or(certification.as_str(), |known| known.name.get(language));
            (name.to_owned(), String::new())
        }
        About::Mark { course, quiz, .. } => {
            let known = content.curriculum.courses.get(course).and_then(|course| course.quiz(quiz));
            let name = known.map_or(quiz.as_str(), |known| known.title.get(language));
            (name.to_owned(), String::new())
        }
        About::Service { name, role, .. } => (name.clone(), titled(role)),
        About::Account { name, .. } => (name.clone(), String::new()),
        About::Emergency { role, .. } | About::Request { role, .. } | About::Access { role, .. } => {
            (titled(role), titled(role))
        }
        About::Delegation { .. } => (notice.owner.clone().unwrap_or_default(), String::new()),
        About::Review { title, roles, .. } => {
            let names = || {
                let known = |role| {
                    content.catalogue.roles.get(role).map_or_else(|| role.to_string(), |known| known.name.clone())
                };
                roles.iter().take(5).map(known).collect::<Vec<_>>().join(", ")
            };
            let name = if title.is_empty() { names() } else { title.clone() };
            (name, String::new())
        }
    };
    let gone = notice.about.page_of().is_some_and(|role| !content.catalogue.roles.contains_key(role));
    Subject { name, place: format!("{issuer}{}", notice.about.path(gone)), role }
}

/// The subject and the text of a notice.
fn notice_words(words: &Words, notice: &Notice, person: &Person, about: &Subject) -> Result<(String, String), Broken> {
    let mut args = FluentArgs::new();
    args.set("title", about.name.clone());
    args.set("place", about.place.clone());
    args.set("role", about.role.clone());
    args.set("owner", notice.owner.clone().unwrap_or_default());
    let instead = matches!(notice.about, About::Review { delegator: Some(_), .. });
    args.set("instead", if instead { "yes" } else { "no" });
    let key = match &notice.about {
        About::Certificate { until, .. }
        | About::Service { until, .. }
        | About::Delegation { until, .. }
        | About::Access { until, .. }
        | About::Emergency { until, .. }
        | About::Request { until, .. }
        | About::Review { due: until, .. } => {
            args.set("until", day(*until, &person.zone));
            notice.kind.word().to_owned()
        }
        About::Account { .. } => notice.kind.word().to_owned(),
        About::Mark { passed, .. } => format!("{}-{}", notice.kind.word(), if *passed { "passed" } else { "failed" }),
    };
    told(words, person, &key, args)
}

/// The messages of mails: those of a folder of templates, where one is set and has them, else those of the program.
fn messages(app: &App) -> Result<Words, Broken> {
    let text = |language: &'static str, own: &'static str| {
        let folder = app.settings.templates.as_ref();
        let file = folder.map(|folder| folder.join("words").join(language).join("mail.ftl"));
        let written = file.and_then(|file| std::fs::read_to_string(file).ok());
        (language, written.map_or(Cow::Borrowed(own), Cow::Owned))
    };
    Words::read([
        text("en", include_str!("../templates/words/en/mail.ftl")),
        text("es", include_str!("../templates/words/es/mail.ftl")),
        text("fr", include_str!("../templates/words/fr/mail.ftl")),
    ])
    .map_err(Broken::defect)
}

/// A mail's subject and text, in a person's language.
fn told(words: &Words, person: &Person, key: &str, mut args: FluentArgs<'_>) -> Result<(String, String), Broken> {
    args.set("name", person.name.clone());
    let tag = person.language.unwrap_or_default().tag();
    let say = |part: &str| words.say(tag, &format!("mail-{key}-{part}"), &args).map_err(Broken::defect);
    Ok((say("subject")?, say("text")? + "\n"))
}

/// An instant on a person's own clock.
fn day(at: Time, zone: &str) -> String {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// The subject and the text of a link.
fn link_words(words: &Words, link: &PersonalLink) -> Result<(String, String), Broken> {
    let mut args = FluentArgs::new();
    args.set("url", link.url.clone());
    let key = match &link.way {
        WayIn::Provider(name) => {
            args.set("provider", name.clone());
            "invitation_provider"
        }
        WayIn::Once(until) => {
            args.set("until", day(Time::from_micros(until.seconds() * 1_000_000), &link.person.zone));
            if link.purpose == Purpose::Reset { "reset" } else { "invitation" }
        }
    };
    told(words, &link.person, key, args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::ids::Id,
        certification::notice::NoticeKind,
        identity::person::{Capabilities, State},
    };

    #[test]
    fn every_mail_can_be_said_in_every_language() {
        let read = |language: &'static str, text: &'static str| (language, Cow::Borrowed(text));
        let words = Words::read([
            read("en", include_str!("../templates/words/en/mail.ftl")),
            read("es", include_str!("../templates/words/es/mail.ftl")),
            read("fr", include_str!("../templates/words/fr/mail.ftl")),
        ])
        .unwrap();
        let now = Time::from_micros(1_700_000_000_000_000);
        let slug = |text: &str| text.parse::<crate::base::text::Slug>().unwrap();
        let certificate = About::Certificate {
            certificate: Id::new(now),
            certification: slug("alpha"),
            course: slug("alpha"),
            until: now,
        };
        let emergency =
            || About::Emergency { emergency: Id::new(now), role: slug("reader"), taker: Id::new(now), until: now };
        let request =
            || About::Request { request: Id::new(now), role: slug("reader"), requester: Id::new(now), until: now };
        let mark = |passed| About::Mark { attempt: Id::new(now), course: slug("alpha"), quiz: slug("final"), passed };
        let service = About::Service {
            client: "cli_1".into(),
            name: "Alpha".into(),
            role: slug("reader"),
            owner: Id::new(now),
            until: now,
        };
        let access = About::Access { grant: Id::new(now), role: slug("reader"), until: now };
        let review = About::Review {
            review: Id::new(now),
            title: "Alpha".into(),
            roles: vec![slug("reader")],
            lines: 2,
            due: now,
            delegator: None,
        };
        let in_place = About::Review {
            review: Id::new(now),
            title: "Alpha".into(),
            roles: vec![slug("reader")],
            lines: 2,
            due: now,
            delegator: Some(Id::new(now)),
        };
        let notices = [
            (NoticeKind::ReviewAsks, review.clone()),
            (NoticeKind::ReviewDue, review.clone()),
            (NoticeKind::ReviewOverdue, review),
            (NoticeKind::ReviewAsks, in_place.clone()),
            (NoticeKind::ReviewDue, in_place.clone()),
            (NoticeKind::ReviewOverdue, in_place),
            (NoticeKind::AccessUnreviewed, access.clone()),
            (NoticeKind::AccessRemoved, access.clone()),
            (NoticeKind::AccessLapsed, access.clone()),
            (NoticeKind::AccessUnused, access.clone()),
            (NoticeKind::AccessEndedUnused, access.clone()),
            (NoticeKind::AccessEnds, access.clone()),
            (NoticeKind::AccessHeld, access.clone()),
            (NoticeKind::AccessEnded, access.clone()),
            (NoticeKind::AccessWithdrawn, access),
            (NoticeKind::RequestWaits, request()),
            (NoticeKind::RequestLapses, request()),
            (NoticeKind::RequestApproved, request()),
            (NoticeKind::RequestRejected, request()),
            (NoticeKind::RequestReturned, request()),
            (NoticeKind::RequestLapsed, request()),
            (NoticeKind::RequestCommented, request()),
            (NoticeKind::ServiceEnds, service.clone()),
            (NoticeKind::ServiceStopped, service),
            (NoticeKind::ServiceAsks, About::Account { client: "cli_1".into(), name: "Alpha".into() }),
            (
                NoticeKind::DelegationBegins,
                About::Delegation { delegation: Id::new(now), delegator: Id::new(now), until: now },
            ),
            (NoticeKind::EmergencyTaken, emergency()),
            (NoticeKind::EmergencyOverdue, emergency()),
            (NoticeKind::CertificateLapses, certificate.clone()),
            (NoticeKind::CertificateSuperseded, certificate.clone()),
            (NoticeKind::CertificateTakenBack, certificate),
            (NoticeKind::MarkCorrected, mark(true)),
            (NoticeKind::MarkCorrected, mark(false)),
        ];
        let mut subjects = std::collections::BTreeSet::new();
        for language in Language::ALL {
            let person = Person {
                id: Id::new(now),
                email: "ana@example.com".parse().unwrap(),
                name: "Ana".into(),
                office: String::new(),
                language: Some(language),
                zone: "UTC".into(),
                state: State::Active,
                capabilities: Capabilities::default(),
                created_at: now,
            };
            for (kind, about) in &notices {
                let (id, owner) = (Id::new(now), Some("Zoe".to_owned()));
                let notice = Notice { id, person_id: person.id, kind: *kind, about: about.clone(), at: now, owner };
                let told = Subject { name: "Alpha".into(), place: "https://x/y".into(), role: "Reader".into() };
                let (subject, text) = notice_words(&words, &notice, &person, &told).unwrap();
                assert!(text.contains("Ana") && text.contains("Alpha") && text.ends_with("https://x/y\n"), "{text}");
                if let About::Review { delegator, .. } = about {
                    assert_eq!(text.contains("Zoe"), delegator.is_some(), "{text}");
                }
                subjects.insert(subject);
            }
            for (purpose, way) in [
                (Purpose::Reset, WayIn::Once(now)),
                (Purpose::Invitation, WayIn::Once(now)),
                (Purpose::Invitation, WayIn::Provider("Example staff".into())),
            ] {
                let link = PersonalLink { person: person.clone(), purpose, url: "https://x/z".into(), way };
                let (subject, text) = link_words(&words, &link).unwrap();
                assert!(text.contains("\n\nhttps://x/z\n\n"), "{text}");
                assert_eq!(text.contains("Example staff"), link.provider().is_some(), "{text}");
                subjects.insert(subject);
            }
        }
        assert_eq!(subjects.len(), 3 * 33, "{subjects:?}");
    }
}
