//! The caller: signing in and out, preferences, password and sessions.

use super::{
    kit::{Answer, Body, Group, delete, get, nothing, post, put, shown, told},
    shapes::{
        SessionId,
        person::{Credentials, Me, NewPassword, Preferences, SessionBegun, SessionBody},
    },
};
use crate::{
    actions::{change_password, change_person, my_records, read_decisions, sign_in, sign_out},
    base::{refusal::Fault, text::Language},
    identity::person::IdentityRefusal,
    web::kit::{caller, caller::Caller, desk::Desk},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

pub(super) fn group() -> Group {
    Group {
        name: "Session",
        about: "Signing in and out, and the caller's own account.",
        endpoints: vec![
            post("/session", begin)
                .says("Sign in", "Begins a session. Its token serves as Bearer token; a cookie is set as well.")
                .public()
                .takes::<Credentials>()
                .answers::<SessionBegun>(200, "A session has begun.")
                .refuses(401, &["bad-credentials"])
                .refuses(403, &["provider-only"])
                .refuses(429, &["sign-in-throttled"])
                .refuses(503, &["sign-in-crowded"]),
            delete("/session", end).says("Sign out", "Ends the session of this call.").done("It has ended."),
            get("/me", me)
                .says("Who am I", "The caller: their account, their teams, and what they may do.")
                .answers::<Me>(200, "The caller."),
            put("/me/preferences", prefer)
                .says("Choose language and time zone", "")
                .may_take::<Preferences>()
                .answers::<Me>(200, "The caller, as they are now.")
                .refuses(422, &["bad-field"]),
            put("/me/password", renew)
                .says("Change the password", "Every other session of the caller ends.")
                .takes::<NewPassword>()
                .done("It is changed.")
                .refuses(403, &["wrong-password", "provider-only"])
                .refuses(422, &["password-too-short", "password-too-long", "password-common"])
                .refuses(429, &["sign-in-throttled"])
                .refuses(503, &["sign-in-crowded"]),
            get("/me/sessions", sessions)
                .says("List my sessions", "Those that have not ended, the newest first.")
                .lists::<SessionBody>("The open sessions."),
            delete("/me/sessions/{id}", end_one)
                .says("End one of my sessions", "")
                .done("It has ended.")
                .refuses(404, &["no-such-session"]),
        ],
    }
}

async fn begin(desk: Data<Desk>, caller: Caller, Body(sent): Body<Credentials>) -> Answer {
    let begun = sign_in::sign_in(&desk.app, &caller.actor, &sent.email, sent.password, &caller.agent).await?;
    entered(&desk, begun)
}

/// A session that has begun: its token, and the cookie.
pub(super) fn entered(desk: &Desk, begun: sign_in::Begun) -> Answer {
    let app = &desk.app;
    let seconds = app.settings.session_absolute.approximate_seconds();
    let cookie = caller::session_cookie(app.settings.is_https(), &begun.secret, seconds);
    let body = SessionBegun {
        token: begun.secret.reveal().to_owned(),
        expires_at: begun.expires_at,
        person: begun.person.into(),
    };
    Ok(HttpResponse::Ok().cookie(cookie).json(body))
}

async fn end(desk: Data<Desk>, caller: Caller) -> Answer {
    sign_out::sign_out(&desk.app, &caller.actor).await?;
    let gone = caller::no_session_cookie(desk.app.settings.is_https());
    Ok(HttpResponse::NoContent().cookie(gone).finish())
}

async fn me(desk: Data<Desk>, caller: Caller) -> Answer {
    let signed = caller.actor.signed()?;
    let read_decisions::OnDesk { decides, waiting, .. } = read_decisions::waiting(&desk.app, &caller.actor).await?;
    shown(&Me {
        teams: my_records::my_teams(&desk.app, &caller.actor).await?,
        language: caller.language,
        languages: Language::ALL.to_vec(),
        may: signed.person.capabilities.into(),
        decides,
        waiting,
        session: signed.session,
        since: signed.since,
        person: signed.person.clone().into(),
    })
}

async fn prefer(desk: Data<Desk>, mut caller: Caller, Body(sent): Body<Preferences>) -> Answer {
    let person = caller.actor.signed()?.person.clone();
    let language = sent.language.unwrap_or(person.language);
    let zone = sent.zone.unwrap_or(person.zone);
    change_person::change_preferences(&desk.app, &caller.actor, language, zone.clone()).await?;
    if let crate::identity::actor::Who::Person(signed) = &mut caller.actor.who {
        signed.person.language = language;
        signed.person.zone = zone;
    }
    caller.language = language.unwrap_or(caller.language);
    me(desk, caller).await
}

async fn renew(desk: Data<Desk>, caller: Caller, Body(sent): Body<NewPassword>) -> Answer {
    change_password::change_password(&desk.app, &caller.actor, sent.current, sent.new).await?;
    nothing()
}

async fn sessions(desk: Data<Desk>, caller: Caller) -> Answer {
    let rows = sign_out::my_sessions(&desk.app, &caller.actor).await?;
    told(rows.into_iter().map(|row| SessionBody::of(row, caller.signed())))
}

async fn end_one(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let own = caller.actor.signed()?.person.id;
    let id: SessionId = id.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchSession))?;
    sign_out::end_session(&desk.app, &caller.actor, own, id).await?;
    nothing()
}
