//! Sweeping: writes down what the clock has done. No rule waits for it; lists and words become true sooner.

use super::{
    About, act, authorize, break_glass, delegate, least, mark_attempt, once, remind, reviews, rotate_keys,
    settle_access, signals, submit_attempt, tell_access, watch_machines,
};
use crate::{
    academy, access,
    app::{App, Content},
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        clock::Time,
        refusal::{Broken, Fault},
    },
    certification,
    db::lifecycle::{self, Entity, Step},
    identity::{self, actor::Actor},
    tokens,
};
use std::sync::Arc;

/// How many things of each kind one round tidies.
const MOST: i64 = 200;
/// How many times so many people one sweep settles; the next one goes on.
const MOST_PAGES: usize = 20;

/// Takes every step that is due.
///
/// # Errors
/// The database is away.
pub async fn sweep(app: &App) -> Result<(), Fault> {
    let content = app.content()?;
    let actor = Actor::system("sweep");

    let overdue = app.db.read(app.now(), |r| Ok(academy::rows::overdue(r, MOST)?)).await?;
    for attempt in overdue {
        go_on(submit_attempt::expire_if_due(app, attempt.id).await, &attempt.id.to_string())?;
    }
    // What a busy lab or a stopped process left behind.
    for attempt in app.db.read(app.now(), |r| Ok(academy::rows::unmarked(r, false, MOST)?)).await? {
        // One that cannot be marked now keeps neither the others nor the rest of the sweep waiting.
        if let Err(fault) = mark_attempt::mark_attempt(app, attempt.id).await {
            tracing::warn!(attempt.id = %attempt.id, error = %fault, "an attempt still waits to be marked");
        }
    }

    settle_everybody(app, &content).await?;
    reviews::due::sweep(app, &content).await?;
    least::unused::sweep(app, &content).await?;
    watch_machines::watch(app, &content).await?;
    tell_of_ends(app, &content).await?;
    let issuer = app.settings.issuer();
    act(app, &actor, "sweep", About::nothing(), move |w, by| {
        for asked in access::rows::overdue_requests(w, MOST)? {
            settle_access::lapse(w, by, &asked, settle_access::UNDECIDED)?;
        }
        delegate::settle(w, by, &content, MOST)?;
        break_glass::remind(w, by, &content, MOST)?;
        identity::rows::fold_names(w, MOST)?;
        identity::rows::sweep_failures(w, w.now().plus_seconds(-identity::brake::WINDOW_SECONDS))?;
        identity::rows::sweep_provider_sign_ins(w)?;
        crate::db::once::forget(w, w.now().plus_seconds(-once::REMEMBERED_SECONDS))?;
        tokens::rows::forget_changes(w, tokens::memory::KEPT_SECONDS)?;
        tokens::rows::forget_spent(w, w.now().plus_seconds(-authorize::KEPT_SECONDS))?;
        let (codes, guesses) = (tokens::device::REMEMBERED_SECONDS, tokens::device::WINDOW_SECONDS);
        tokens::rows::forget_devices(w, w.now().plus_seconds(-codes), w.now().plus_seconds(-guesses))?;
        remind::remind(w, by, &content, MOST)?;
        rotate_keys::retire_due(w, by)?;
        signals::tidy(w, by, &issuer)?;
        Ok::<(), Fault>(())
    })
    .await
}

/// Takes the steps that are due for people, in the order of their ids, each in a transaction of their own: grants first,
/// then certificates lose the word that led to them.
async fn settle_everybody(app: &App, content: &Arc<Content>) -> Result<(), Fault> {
    let actor = Actor::system("sweep");
    let mut after = None;
    for _ in 0..MOST_PAGES {
        let people = app.db.read(app.now(), move |r| Ok(access::rows::people_to_settle(r, after, MOST)?)).await?;
        after = people.last().copied();
        for person in people {
            let kept = Arc::clone(content);
            let settled = act(app, &actor, "sweep", About::person(person), move |w, by| {
                identity::rows::hold(w, person, true)?;
                settle_access::settle(w, by, &kept, person)?;
                for certificate in certification::rows::overdue(w, person)? {
                    let step = Step { from: "valid", to: "expired", actor: &by.actor, reason: "its time is over" };
                    if lifecycle::advance(w, Entity::Certificate, &certificate.id.to_string(), step)? {
                        let entry = Entry::new(What::CertificateExpired).person(person).subject(certificate.id);
                        audit::rows::append(w, by, entry)?;
                    }
                }
                Ok(())
            });
            go_on(settled.await, &person.to_string())?;
        }
        if after.is_none() {
            break;
        }
    }
    Ok(())
}

/// Tells of what ends soon, each in a transaction of its own that holds the person: what was asked for, decided or withdrawn
/// meanwhile is not told any more.
async fn tell_of_ends(app: &App, content: &Arc<Content>) -> Result<(), Fault> {
    let actor = Actor::system("sweep");
    for held in app.db.read(app.now(), |r| Ok(access::rows::ending_untold(r, None, MOST)?)).await? {
        let (grant, person) = (held.id, held.person_id);
        let told = act(app, &actor, "sweep", About::person(person), move |w, by| {
            identity::rows::hold(w, person, true)?;
            Ok(tell_access::ends_soon(w, by, grant)?)
        });
        go_on(told.await, &grant.to_string())?;
    }
    for asked in app.db.read(app.now(), |r| Ok(tell_access::lapsing(r, MOST)?)).await? {
        let (kept, request, person) = (Arc::clone(content), asked.id, asked.person_id);
        let told = act(app, &actor, "sweep", About::person(person), move |w, by| {
            identity::rows::hold(w, person, true)?;
            Ok(tell_access::lapses_soon(w, by, &kept, request)?)
        });
        go_on(told.await, &request.to_string())?;
    }
    Ok(())
}

/// One thing that is broken keeps neither the others nor the rest of the sweep waiting; a database that is away does.
pub(super) fn go_on(outcome: Result<(), Fault>, what: &str) -> Result<(), Fault> {
    match outcome {
        Err(fault) if !matches!(fault, Fault::Broken(Broken::Unavailable(_))) => {
            tracing::warn!(what, error = %fault, "the sweep goes on without this one");
            Ok(())
        }
        other => other,
    }
}

/// The next instant after now at which a sweep finds something to write down; the demo's history is told along these.
///
/// # Errors
/// The database is away.
pub async fn next_due(app: &App) -> Result<Option<Time>, Fault> {
    app.db.read(app.now(), |r| Ok(access::rows::next_due(r)?)).await
}

/// Whether this process may run what a lease is for: one replica holds it and renews it.
///
/// # Errors
/// The database is away.
pub async fn hold_lease(app: &App, lease: &'static str, holder: String, seconds: i64) -> Result<bool, Fault> {
    app.db
        .write(app.now(), move |w| {
            let held: Result<bool, Broken> = crate::db::lease::take_lease(w, lease, &holder, seconds);
            Ok(held?)
        })
        .await
}
