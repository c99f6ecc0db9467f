//! `Desk`: the app and what draws its pages, given to every handler; and the way from a view to an answer.

use super::{
    caller::Caller,
    failure::Failure,
    render::Render,
    texts::Texts,
    words::{Words, variable},
};
use crate::{
    actions::{invite_person::PersonalLink, read_decisions},
    app::App,
    base::refusal::{Broken, Fault},
    mail::{self, Mailed},
    web::views::{Me, Notice, NoticeKind, Page, View},
};
use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite},
    http::{StatusCode, header},
};
use fluent_bundle::FluentArgs;
use std::sync::Arc;

/// The cookie that carries a notice over one redirect.
pub const NOTICE: &str = "habilis_notice";

/// The app, its pages, and whether it shows made-up people.
pub struct Desk {
    pub app: App,
    pub render: Render,
    pub demo: Option<DemoAccounts>,
    pub texts: Texts,
}

/// What the sign-in page of a demo tells: who can sign in, and with which password.
#[derive(Clone, Debug)]
pub struct DemoAccounts {
    /// E-mail address, name, and who it is: the message `demo-who-…`.
    pub accounts: Vec<(String, String, String)>,
    pub password: String,
}

impl Desk {
    /// The messages.
    ///
    /// # Errors
    /// A message file was broken while the service runs.
    pub fn words(&self) -> Result<Arc<Words>, Failure> {
        self.render.words().map_err(|error| Fault::from(Broken::defect(error)).into())
    }

    /// Draws a page for the caller.
    ///
    /// # Errors
    /// The database is away, or the view does not fit its template.
    pub async fn page<V: View>(&self, caller: &Caller, view: V) -> Result<HttpResponse, Failure> {
        self.page_with(caller, StatusCode::OK, view, None).await
    }

    /// Draws a page with a status and, where given, a notice of its own.
    ///
    /// # Errors
    /// As [`Desk::page`].
    pub async fn page_with<V: View>(
        &self,
        caller: &Caller,
        status: StatusCode,
        view: V,
        notice: Option<Notice>,
    ) -> Result<HttpResponse, Failure> {
        let me = match caller.signed() {
            None => None,
            Some(signed) => {
                let desk = match caller.desk {
                    Some(read) => read,
                    None => read_decisions::waiting(&self.app, &caller.actor).await?,
                };
                let person = &signed.person;
                Some(Me {
                    id: person.id.to_string(),
                    name: person.name.clone(),
                    email: person.email.to_string(),
                    initials: person.initials(),
                    is_admin: person.capabilities.admin,
                    is_auditor: person.capabilities.auditor,
                    is_author: person.capabilities.author,
                    decides: desk.decides,
                    waiting: desk.waiting,
                    to_review: desk.to_review,
                    notices: desk.notices,
                    to_mark: desk.to_mark,
                    emergencies: desk.emergencies,
                })
            }
        };
        let carried = notice.is_none().then(|| self.carried_notice(caller)).flatten();
        let had_cookie = caller.notice.is_some();
        self.draw(caller, status, view, me, notice.or(carried), had_cookie)
    }

    /// Draws a page without touching the database: for errors while it is away.
    ///
    /// # Errors
    /// The view does not fit its template.
    pub fn bare_page<V: View>(&self, caller: &Caller, status: StatusCode, view: V) -> Result<HttpResponse, Failure> {
        let me = caller.signed().map(|signed| Me {
            id: signed.person.id.to_string(),
            name: signed.person.name.clone(),
            email: signed.person.email.to_string(),
            initials: signed.person.initials(),
            is_admin: signed.person.capabilities.admin,
            is_auditor: signed.person.capabilities.auditor,
            is_author: signed.person.capabilities.author,
            decides: false,
            waiting: 0,
            to_review: 0,
            notices: 0,
            to_mark: 0,
            emergencies: 0,
        });
        self.draw(caller, status, view, me, None, false)
    }

    fn draw<V: View>(
        &self,
        caller: &Caller,
        status: StatusCode,
        view: V,
        me: Option<Me>,
        notice: Option<Notice>,
        clear_notice: bool,
    ) -> Result<HttpResponse, Failure> {
        let page = Page {
            lang: caller.language.tag().to_owned(),
            now: self.app.now().micros(),
            zone: caller.zone.clone(),
            path: caller.path.clone(),
            form_token: caller.form_token(),
            me,
            notice,
            demo: self.demo.is_some(),
            view,
        };
        let html = self.render.page(&page).map_err(|error| Fault::from(Broken::defect(error)))?;
        let mut response = HttpResponse::build(status);
        response.insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"));
        response.insert_header((header::CONTENT_LANGUAGE, caller.language.tag()));
        if clear_notice {
            let mut gone = Cookie::build(NOTICE, "").path("/").finish();
            gone.make_removal();
            response.cookie(gone);
        }
        Ok(response.body(html))
    }

    /// The notice that the page before left: a message key that begins with `notice-`, and nothing else.
    fn carried_notice(&self, caller: &Caller) -> Option<Notice> {
        let key = caller.notice.as_deref()?;
        let words = self.render.words().ok()?;
        let known = key.starts_with("notice-") && words.has(key);
        known.then(|| Notice { kind: NoticeKind::Ok, text: words.plain(caller.language.tag(), key) })
    }

    /// Mails a link to the person it is for, where a mail server is set, and tells the admin what became of it.
    pub async fn post(&self, caller: &Caller, link: &PersonalLink) -> Option<Notice> {
        let (kind, key) = match mail::send_link(&self.app, link).await {
            Mailed::NotSetUp => return None,
            Mailed::Sent => (NoticeKind::Ok, "notice-mail-sent"),
            Mailed::Failed(_) => (NoticeKind::Warn, "notice-mail-failed"),
        };
        Some(Notice { kind, text: super::sentence::plain(self, caller, key) })
    }

    /// Says a message to the caller.
    ///
    /// # Errors
    /// There is no such message, or a variable is missing.
    pub fn say(&self, caller: &Caller, key: &str, variables: &[(&str, serde_json::Value)]) -> Result<String, Failure> {
        let mut args = FluentArgs::new();
        for (name, value) in variables {
            args.set((*name).to_owned(), variable(value));
        }
        self.words()?.say(caller.language.tag(), key, &args).map_err(|error| Fault::from(Broken::defect(error)).into())
    }
}

/// Sends the browser on after a form, with a GET (RFC 9110, section 15.4.4).
#[must_use]
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}

/// The same, with a notice that the next page says once; `key` is a message key that begins with `notice-`.
#[must_use]
pub fn see_other_with(path: &str, key: &'static str) -> HttpResponse {
    let cookie = Cookie::build(NOTICE, key).path("/").http_only(true).same_site(SameSite::Lax).finish();
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).cookie(cookie).finish()
}
