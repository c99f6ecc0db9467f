//! Notices: read and put aside by the person they are for, and handed to the mail.

use super::{About, act};
use crate::{
    app::{App, Content},
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::{
        self,
        notice::{NoSuchNotice, Notice},
    },
    identity::{self, actor::Actor, person::Person},
};
use std::sync::Arc;

/// How many mails one round takes.
const MOST: i64 = 10;

/// The signed-in person's notices that were not put aside.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_notices(app: &App, actor: &Actor) -> Result<(Arc<Content>, Vec<Notice>), Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    let notices = app.db.read(app.now(), move |r| Ok::<_, Fault>(certification::rows::unseen(r, who)?)).await?;
    Ok((content, notices))
}

/// Puts the signed-in person's notice aside; doing it again changes nothing.
///
/// # Errors
/// Nobody is signed in, it is another's, or the database is away.
pub async fn see_notice(app: &App, actor: &Actor, id: Id<ids::Notice>) -> Result<(), Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "see_notice", About::person(who).subject(id), move |w, _| {
        if certification::rows::see(w, who, id)? { Ok(()) } else { Err(NoSuchNotice.into()) }
    })
    .await
}

/// The notices whose mail is due, each with the person it is for, as long as they can act. They are put off by an hour at
/// once, so that nobody else mails them meanwhile.
///
/// # Errors
/// The database is away.
pub async fn take_mail(app: &App) -> Result<Vec<(Notice, Person)>, Fault> {
    act(app, &Actor::system("mail"), "take_mail", About::nothing(), |w, _| {
        let mut taken = Vec::new();
        for notice in certification::rows::take_mail(w, MOST)? {
            match identity::rows::person(w, notice.person_id)? {
                Some(person) if person.state == identity::person::State::Active => taken.push((notice, person)),
                _ => certification::rows::mailed(w, notice.id, true)?,
            }
        }
        Ok(taken)
    })
    .await
}

/// Notes what became of a notice's mail.
///
/// # Errors
/// The database is away.
pub async fn mailed(app: &App, id: Id<ids::Notice>, sent: bool) -> Result<(), Fault> {
    act(app, &Actor::system("mail"), "mailed", About::nothing().subject(id), move |w, _| {
        Ok(certification::rows::mailed(w, id, sent)?)
    })
    .await
}
