//! Notices: told once each with an event of their own, read and put aside by the person they are for, and handed to the mail.

use super::{About, act};
use crate::{
    access,
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    certification::{
        self,
        notice::{self, NoSuchNotice, Notice, NoticeKind},
    },
    db::Writing,
    identity::{self, actor::Actor, person::Person},
};
use serde_json::json;
use std::sync::Arc;

/// How many mails one round takes.
const MOST: i64 = 10;

/// Tells a person something in the running transaction, unless they were told it before under this key: writes the notice, and
/// the event by which webhooks and publishers hear of it. Tells whether it did. Nobody is told anything in another way.
///
/// # Errors
/// The database is away.
pub fn tell(
    w: &mut Writing<'_>,
    by: &By,
    person: Id<ids::Person>,
    kind: NoticeKind,
    once: &str,
    about: &notice::About,
) -> Result<bool, Broken> {
    let Some(id) = certification::rows::insert_notice(w, person, kind, once, about)? else { return Ok(false) };
    let mut entry = Entry::new(What::NoticeTold).person(person).subject(id);
    if let Some(role) = about.role() {
        entry = entry.role(role);
    }
    let gone = match about.page_of() {
        Some(role) => !access::rows::offers_role(w, role)?,
        None => false,
    };
    let data = json!({ "kind": kind, "about": about.in_ids(), "path": about.path(gone) });
    // From where it was caused stands beside the event of what caused it, and need not stand beside each of these.
    let by = By { actor: by.actor.clone(), address: String::new() };
    audit::rows::append(w, &by, entry.data(data))?;
    Ok(true)
}

/// Tells the owner of a service account that it waits for them to agree.
///
/// # Errors
/// The database is away.
pub(super) fn ask_owner(
    w: &mut Writing<'_>,
    by: &By,
    owner: Id<ids::Person>,
    client: &str,
    name: &str,
) -> Result<(), Broken> {
    let once = format!("{}{owner}:{}", certification::rows::asks_key(client), w.now().micros());
    let about = notice::About::Account { client: client.to_owned(), name: name.to_owned() };
    tell(w, by, owner, NoticeKind::ServiceAsks, &once, &about)?;
    Ok(())
}

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
