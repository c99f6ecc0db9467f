//! Values that are read and taken, and are unsafe or make no sense all the same.

use super::Findings;
use crate::{
    base::{clock::Time, refusal::Broken, span::Span},
    db::{
        Location,
        checkup::{self, Guard},
    },
    mail::{self, Way},
    settings::{self, Settings},
    tokens::{rows, seal::SealKey},
};

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;
/// How many sealed things are read at once.
const PAGE: i64 = 500;

/// Variables that nothing reads.
pub(super) fn variables(found: &mut Findings) {
    for (name, meant) in settings::unknown_variables() {
        match meant {
            Some(meant) => found.warning(&format!("nothing reads the variable {name}; is {meant} meant?")),
            None => {
                found
                    .warning(&format!("nothing reads the variable {name}; `habilis config` lists those that are read"));
            }
        }
    }
}

/// How mail would be sent.
pub(super) fn mail(settings: &Settings, found: &mut Findings) {
    match (&settings.smtp_url, &settings.mail_from) {
        (None, None) => found.ok("no mail server: links are shown to the admin only"),
        (Some(_), None) => {
            found.warning("HABILIS_SMTP_URL is set, HABILIS_MAIL_FROM is not: no mail is sent; set both");
        }
        (None, Some(_)) => {
            found.warning("HABILIS_MAIL_FROM is set, HABILIS_SMTP_URL is not: no mail is sent; set both");
        }
        (Some(url), Some(from)) => match mail::check(url.reveal(), from) {
            Ok(Way::Open { .. }) => found.warning(
                "mail travels in the clear to its server, and with it links that set a password; write smtps://…, or \
                 smtp://…?tls=required, in HABILIS_SMTP_URL",
            ),
            Ok(Way::Guarded | Way::Loopback) => found.ok(&format!("mail is sent as {from}")),
            Err(error) => found.error(&format!("mail can not be sent: {error}")),
        },
    }
}

/// The folder of templates.
pub(super) fn templates(settings: &Settings, found: &mut Findings) {
    match &settings.templates {
        Some(folder) if !folder.is_dir() => found.error(&format!(
            "HABILIS_TEMPLATES is {}, which is no folder: the embedded templates would be used; name the folder, or unset it",
            folder.display()
        )),
        Some(folder) => found.ok(&format!("templates in {} take the place of the embedded ones", folder.display())),
        None => {}
    }
}

/// How long sessions and links last.
pub(super) fn lifetimes(settings: &Settings, found: &mut Findings) {
    let seconds = Span::approximate_seconds;
    let mut within = |name: &str, span: &Span, least: i64, most: i64, why: (&str, &str)| {
        let lasts = seconds(span);
        if lasts < least {
            found.error(&format!("{name} is {span}: {}", why.0));
        } else if lasts > most {
            found.warning(&format!("{name} is {span}: {}", why.1));
        } else {
            found.ok(&format!("{name} is {span}"));
        }
    };
    within(
        "HABILIS_LINK_LIFETIME",
        &settings.link_lifetime,
        5 * MINUTE,
        30 * DAY,
        (
            "nobody follows an invitation that fast; give people some days",
            "whoever finds an old mail can set a password",
        ),
    );
    within(
        "HABILIS_SESSION_ABSOLUTE",
        &settings.session_absolute,
        5 * MINUTE,
        90 * DAY,
        ("people would be signed out all the time", "a session that was stolen lasts as long"),
    );
    within(
        "HABILIS_SESSION_IDLE",
        &settings.session_idle,
        MINUTE,
        30 * DAY,
        ("people would be signed out while they read", "whoever finds an open browser is signed in"),
    );
    if seconds(&settings.session_idle) > seconds(&settings.session_absolute) {
        found.warning("HABILIS_SESSION_IDLE is longer than HABILIS_SESSION_ABSOLUTE: it never ends a session");
    }
}

/// How many passwords are checked at once.
pub(super) fn workers(settings: &Settings, found: &mut Findings) {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    match settings.password_workers {
        0 => found.error("HABILIS_PASSWORD_WORKERS is 0: nobody could sign in, so that 1 is taken; say how many there are"),
        most if most > 4 * cores => found.warning(&format!(
            "HABILIS_PASSWORD_WORKERS is {most} on {cores} cores: a storm of sign-ins takes the machine from everything \
             else, and {} MiB",
            most * 19
        )),
        most => found.ok(&format!("{most} passwords are checked at once")),
    }
}

/// How the way to the database is guarded.
pub(super) fn way_to(location: &Location, found: &mut Findings) {
    let Location::Postgres(url) = location else { return };
    match checkup::guard(url) {
        Err(error) => found.error(&error.to_string()),
        Ok(Guard::Local) => found.ok("the database is on this machine"),
        Ok(Guard::Required) => found.ok("the way to the database is guarded by TLS"),
        Ok(Guard::Offered) => found.warning(
            "the way to the database is guarded only where the server offers it, so that somebody in between can take TLS \
             away; add sslmode=require to DATABASE_URL",
        ),
        Ok(Guard::None) => found.error(
            "the database's password and everything else travels in the clear; write sslmode=require in DATABASE_URL",
        ),
    }
}

/// Whether the secret key is the one that sealed what this database keeps sealed, and whether an older one is still needed:
/// everything is opened, and nothing is written.
pub(super) fn opens(key: &SealKey, location: &Location, now: Time, found: &mut Findings) {
    let looked = checkup::look(location, now, |r| {
        let (mut all, mut old, mut shut) = (0, 0, 0);
        for place in rows::SEALED {
            let mut after = String::new();
            loop {
                let page = rows::sealed(r, place, &after, PAGE)?;
                let Some(last) = page.last() else { break };
                after.clone_from(&last.name);
                all += page.len();
                let not_current = page.iter().filter(|thing| !key.is_current(&thing.name, &thing.bytes));
                for thing in not_current {
                    match key.open(&thing.name, &thing.bytes) {
                        Ok(_) => old += 1,
                        Err(_) => shut += 1,
                    }
                }
            }
        }
        Ok::<_, Broken>((all, old, shut))
    });
    match looked {
        Err(error) => found.error(&format!("the signing keys can not be read: {error}")),
        Ok((0, ..)) => found.ok("there are no signing keys yet"),
        Ok((.., 1..)) => found.error(
            "the secret key does not open the signing keys of this database: it is another's, or they were changed; bring \
             the right one back",
        ),
        Ok((all, 1.., 0)) if key.count() > 1 => found.warning(&format!(
            "not all of the {all} sealed things are sealed with the first secret key; running services do that within ten \
             minutes, and `habilis keys reseal` does it now"
        )),
        Ok(_) if key.count() > 1 => found.warning(
            "nothing needs the old secret keys any more: take them away (`habilis keys new-secret --drop-old` where they \
             stand in the key file)",
        ),
        Ok(_) => found.ok("the secret key opens the signing keys"),
    }
}
