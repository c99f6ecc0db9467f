//! The pages behind a one-time link: the first admin's set-up, an invitation, a new password.

use super::sign_in::entered;
use crate::{
    actions::{
        open_link::{self, Opened},
        set_up,
    },
    base::refusal::{Fact, Fault, Kind, Refused},
    identity::{password, rows::Purpose, secret::Secret},
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::{self, Failure},
            forms::Form,
            sentence,
        },
        views::{
            FieldError,
            welcome::{Welcome, WelcomeKind, WelcomeOver},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/welcome/{token}", get().to(page)).route("/welcome/{token}", post().to(come_in));
}

/// The fewest characters of a password.
pub(super) fn minimum() -> u32 {
    u32::try_from(password::LEAST).unwrap_or(u32::MAX)
}

fn view(token: &str, opened: &Opened) -> Welcome {
    let person = opened.person.as_ref();
    Welcome {
        kind: match opened.purpose {
            Purpose::Setup => WelcomeKind::First,
            Purpose::Invitation => WelcomeKind::Invited,
            Purpose::Reset => WelcomeKind::Reset,
        },
        action: format!("/welcome/{}", sentence::encoded(token)),
        email: person.map(|person| person.email.to_string()).unwrap_or_default(),
        name: person.map(|person| person.name.clone()).unwrap_or_default(),
        invited_by: None,
        expires: opened.expires_at.micros(),
        minimum: minimum(),
        errors: Vec::new(),
    }
}

/// A dead link gets a page of its own; anything else is a fault.
async fn over(desk: &Desk, caller: &Caller, fault: Fault) -> Result<HttpResponse, Failure> {
    match fault {
        Fault::Refused(refused) if refused.kind == Kind::Gone => {
            desk.page_with(caller, StatusCode::GONE, WelcomeOver { contact: None }, None).await
        }
        other => Err(other.into()),
    }
}

async fn page(caller: Caller, desk: Data<Desk>, token: Path<String>) -> Result<HttpResponse, Failure> {
    match open_link::look_at_link(&desk.app, &caller.actor, Secret::presented(&token)).await {
        Ok(opened) => desk.page(&caller, view(&token, &opened)).await,
        Err(fault) => over(&desk, &caller, fault).await,
    }
}

async fn come_in(caller: Caller, desk: Data<Desk>, token: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let secret = Secret::presented(&token);
    let opened = match open_link::look_at_link(&desk.app, &caller.actor, secret.clone()).await {
        Ok(opened) => opened,
        Err(fault) => return over(&desk, &caller, fault).await,
    };
    let (email, name) = (form.text("email"), form.text("name"));
    let password = form.raw("password").to_owned();
    let begun = if opened.purpose == Purpose::Setup {
        set_up::set_up(&desk.app, &caller.actor, secret, email, name, password, &caller.agent).await
    } else {
        open_link::open_link(&desk.app, &caller.actor, secret, password, &caller.agent).await
    };
    match begun {
        Ok(begun) => Ok(entered(&desk, &begun, see_other_with("/", "notice-welcome"))),
        Err(Fault::Refused(refused)) if refused.kind == Kind::Invalid => {
            let mut view = view(&token, &opened);
            if opened.purpose == Purpose::Setup {
                (view.email, view.name) = (email.to_owned(), name.to_owned());
            }
            view.errors = vec![field_error(&desk, &caller, &refused, "password")];
            let status = failure::status(&Fault::Refused(refused));
            desk.page_with(&caller, status, view, None).await
        }
        Err(fault) => over(&desk, &caller, fault).await,
    }
}

/// A refusal as what is wrong with a field: the one that it names, or else `usual`.
pub(super) fn field_error(desk: &Desk, caller: &Caller, refused: &Refused, usual: &str) -> FieldError {
    let named = match refused.facts.get("field") {
        Some(Fact::Text(field)) => Some(field.as_str()),
        _ => None,
    };
    let key = named.map(|field| format!("field-error-{field}"));
    let known = key.filter(|key| desk.words().is_ok_and(|words| words.has(key)));
    FieldError {
        field: named.unwrap_or(usual).to_owned(),
        text: known.map_or_else(|| sentence::refusal(desk, caller, refused), |key| sentence::plain(desk, caller, &key)),
    }
}
