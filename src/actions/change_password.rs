//! Changing one's own password: the current one is asked for; every other session and every link to set one end.

use super::{About, act, look, provider_only, sign_in::Turn};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::refusal::Fault,
    identity::{
        actor::Actor,
        brake::{Guess, Outcome},
        password::{Passwords, Verified},
        person::IdentityRefusal,
        rows,
    },
    tokens::{
        self,
        rows::{Ending, Whose},
    },
};
use serde_json::json;

/// Changes the signed-in person's password. Whoever guesses at the current one waits as at the door.
///
/// # Errors
/// The current one is wrong, too many were before, the new one is refused, or the database is away.
pub async fn change_password(app: &App, actor: &Actor, current: String, new: String) -> Result<(), Fault> {
    let signed = actor.signed()?;
    let (who, session) = (signed.person.id, signed.session);
    let about = About::person(who);
    prove_password(app, actor, "change_password", current).await?;
    if let Err(refusal) = Passwords::judge(&new, &[signed.person.email.as_str(), &signed.person.name]) {
        return Err(super::refuse(app, actor, "change_password", about, refusal.into()).await);
    }
    let hash = app.passwords.hash(new).await?;
    act(app, actor, "change_password", about, move |w, by| {
        rows::set_password(w, who, &hash)?;
        let ended = rows::end_sessions(w, who, Some(session))?;
        tokens::rows::end_families(w, Whose::Orphans(who), Ending::SessionEnded)?;
        // A link that somebody has in a mailbox must not undo this.
        let links = rows::end_links(w, who)?;
        let data = json!({ "sessions_ended": ended, "links_ended": links });
        Ok(audit::rows::append(w, by, Entry::new(What::PasswordChanged).person(who).data(data))?)
    })
    .await
}

/// Has the signed-in person type their password again, for `verb`. Whoever guesses at it waits as at the door.
///
/// # Errors
/// It is wrong, too many were before, a provider is this person's only way in, or the database is away.
pub(super) async fn prove_password(app: &App, actor: &Actor, verb: &'static str, current: String) -> Result<(), Fault> {
    let signed = actor.signed()?;
    let who = signed.person.id;
    let about = About::person(who);
    let (house, person) = (app.clone(), signed.person.clone());
    let guess = Guess::new(signed.person.email.as_str(), &actor.address);
    let early = guess.clone();
    let (suspect, hash) = look(app, actor, verb, about.clone(), move |r| {
        provider_only::password_opens(r, &house.settings, &person)?;
        Ok((early.before(r)?, rows::password_hash(r, who)?))
    })
    .await?;
    let verified = app.passwords.verify_as(suspect, current, hash).await?;
    let turn = Turn::default();
    let answered = turn.clone();
    // The brake has its say before anything tells whether this one was right. Whoever holds a session is at home.
    let judged = act(app, actor, verb, about, move |w, _| {
        let outcome = if verified == Verified::No { Outcome::Wrong } else { Outcome::Right { at_home: true } };
        answered.is(guess.after(w, outcome)?);
        if outcome == Outcome::Wrong { Err(IdentityRefusal::WrongPassword.into()) } else { Ok(()) }
    })
    .await;
    turn.wait(app.now()).await;
    judged
}
