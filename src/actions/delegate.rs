//! Delegating: while somebody is away, another decides in their place; shown to both, and over when it is over.

use super::{
    About, act, look, notify,
    once::{Once, act_once},
    reviews, tell_seats,
};
use crate::{
    access::{
        delegation::{Delegation, DelegationRefusal, LONGEST_DAYS, State},
        request::AccessRefusal,
        rows,
    },
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    certification::{
        self,
        notice::{About as Subject, NoticeKind},
    },
    db::{
        Reading, Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::{
        self,
        actor::{Actor, Who},
        person::{IdentityRefusal, Person, State as PersonState},
    },
};
use serde_json::json;
use std::collections::BTreeSet;

/// How many delegations the list of all of them shows.
const MOST: i64 = 500;
/// Why one ends that nobody ended.
const OVER: &str = "its time is over";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Delegating {
    /// Who is away: none means the one who asks. Only the operator names another, for somebody who fell ill.
    pub delegator: Option<Id<ids::Person>>,
    /// Who decides meanwhile: an e-mail address or an id.
    pub delegate: String,
    /// None means at once.
    pub from: Option<Time>,
    pub until: Time,
    /// May be empty.
    pub note: String,
}

/// Lets somebody decide in another's place for a while.
///
/// # Errors
/// The delegate is not known, can't act or is the delegator, the time is not right or taken, or the database is away.
pub async fn delegate(
    app: &App,
    actor: &Actor,
    wanted: Delegating,
    key: Option<Once>,
) -> Result<Id<ids::Delegation>, Fault> {
    let delegator = match (&actor.who, wanted.delegator) {
        (Who::Operator(_), Some(person)) => person,
        _ => actor.signed()?.person.id,
    };
    let content = app.content()?;
    let about = About::person(delegator).told(wanted.delegate.clone());
    let made = act_once(app, actor, "delegate", about, key, move |w, by| {
        let delegate = named(w, wanted.delegate.trim())?.ok_or(IdentityRefusal::NoSuchPerson)?.id;
        let (away, stands_in) = hold_both(w, delegator, delegate)?;
        if delegate == delegator {
            return Err(DelegationRefusal::ToOneself.into());
        }
        if stands_in.state != PersonState::Active || away.state != PersonState::Active {
            return Err(DelegationRefusal::CannotAct.into());
        }
        let now = w.now();
        let from = wanted.from.unwrap_or(now).max(now);
        let longest = from.plus_seconds(LONGEST_DAYS * 86_400);
        if wanted.until <= from || wanted.until > longest {
            return Err(DelegationRefusal::BadPeriod { most: LONGEST_DAYS }.into());
        }
        AccessRefusal::check_reason(&wanted.note)?;
        if let Some(other) = rows::overlapping(w, delegator, from, wanted.until)? {
            return Err(DelegationRefusal::Overlaps { from: other.from_at, until: other.ends_at }.into());
        }
        let state = if from > now { State::Scheduled } else { State::Active };
        let made = Delegation {
            id: Id::new(now),
            delegator_id: delegator,
            delegator_name: away.name,
            delegate_id: delegate,
            delegate_name: stands_in.name,
            state,
            from_at: from,
            until_at: wanted.until,
            ends_at: wanted.until,
            note: wanted.note.trim().to_owned(),
            made_at: now,
            made_by: by.actor.clone(),
            ended_by: None,
        };
        rows::insert_delegation(w, &made)?;
        lifecycle::begin(w, Entity::Delegation, &made.id.to_string(), state.word(), &by.actor, "made")?;
        let entry = Entry::new(What::DelegationMade).person(delegator).subject(made.id);
        let data = json!({ "delegate": delegate, "from": from, "until": wanted.until });
        audit::rows::append(w, by, entry.data(data).texts(json!({ "note": made.note })))?;
        if state == State::Active {
            begins(w, by, &content, &made)?;
        }
        Ok((made.id, ()))
    })
    .await?;
    Ok(made.0)
}

/// Holds both, so that neither is shut out meanwhile, and reads them as they are then: always in the order of their ids, so that
/// two who delegate to each other do not wait for each other.
fn hold_both(
    w: &mut Writing<'_>,
    delegator: Id<ids::Person>,
    delegate: Id<ids::Person>,
) -> Result<(Person, Person), Fault> {
    for one in BTreeSet::from([delegator, delegate]) {
        identity::rows::hold(w, one, one == delegator)?;
    }
    let away = identity::rows::person(w, delegator)?.ok_or(IdentityRefusal::NoSuchPerson)?;
    let stands_in = identity::rows::person(w, delegate)?.ok_or(IdentityRefusal::NoSuchPerson)?;
    Ok((away, stands_in))
}

/// The person with this address or id: whoever delegates knows a colleague's address, and need not search among people.
pub(super) fn named(r: &mut Reading<'_>, text: &str) -> Result<Option<Person>, Broken> {
    match (text.parse(), text.parse()) {
        (Ok(id), _) => identity::rows::person(r, id),
        (_, Ok(email)) => identity::rows::person_by_email(r, &email),
        _ => Ok(None),
    }
}

/// Tells the delegate that they decide in somebody's place from now on, and what waits for them there.
fn begins(w: &mut Writing<'_>, by: &By, content: &Content, made: &Delegation) -> Result<(), Broken> {
    let about = Subject::Delegation { delegation: made.id, delegator: made.delegator_id, until: made.ends_at };
    let (kind, once) = (NoticeKind::DelegationBegins, format!("delegation:{}", made.id));
    notify::tell(w, by, made.delegate_id, kind, &once, &about)?;
    reviews::told::stands_in(w, by, made)?;
    tell_seats::sits_elsewhere(w, by, &content.catalogue, made.delegate_id)
}

/// Ends a delegation now: by the delegator, by the delegate, who need not go on, or by an admin.
///
/// # Errors
/// It is another's, has ended, or the database is away.
pub async fn end_delegation(app: &App, actor: &Actor, id: Id<ids::Delegation>) -> Result<(), Fault> {
    let (content, caller) = (app.content()?, actor.clone());
    act(app, actor, "end_delegation", About::nothing().subject(id), move |w, by| {
        let found = own_or_admin(w, &caller, id)?;
        identity::rows::hold(w, found.delegator_id, true)?;
        let found = rows::delegation(w, id)?.ok_or(DelegationRefusal::NoSuchDelegation)?;
        if found.standing_at(w.now()) == State::Ended || !end(w, by, &found, "ended")? {
            return Err(DelegationRefusal::EndedAlready.into());
        }
        Ok(tell_seats::sits_elsewhere(w, by, &content.catalogue, found.delegate_id)?)
    })
    .await
}

fn own_or_admin(r: &mut Reading<'_>, caller: &Actor, id: Id<ids::Delegation>) -> Result<Delegation, Fault> {
    let me = caller.signed().map(|signed| signed.person.id).ok();
    let found = rows::delegation(r, id)?;
    if let Some(own) = found.clone().filter(|d| me == Some(d.delegator_id) || me == Some(d.delegate_id)) {
        return Ok(own);
    }
    match (caller.as_admin(), found) {
        (Ok(_), Some(found)) => Ok(found),
        (Err(refusal @ IdentityRefusal::SignInFirst), _) => Err(refusal.into()),
        _ => Err(DelegationRefusal::NoSuchDelegation.into()),
    }
}

/// Takes the step by which a delegation ends, from where it stood when it was read.
fn step_to_end(w: &mut Writing<'_>, by: &By, found: &Delegation, reason: &str) -> Result<bool, Broken> {
    let step = Step { from: found.state.word(), to: State::Ended.word(), actor: &by.actor, reason };
    lifecycle::advance(w, Entity::Delegation, &found.id.to_string(), step)
}

/// Ends a delegation in the running transaction; tells whether it had not ended.
fn end(w: &mut Writing<'_>, by: &By, found: &Delegation, reason: &str) -> Result<bool, Broken> {
    if !step_to_end(w, by, found, reason)? {
        // Who writes down that it has begun holds nobody: it may have done so since this was read.
        let present = rows::delegation(w, found.id)?.filter(|present| present.state != State::Ended);
        let Some(present) = present else { return Ok(false) };
        if !step_to_end(w, by, &present, reason)? {
            return Ok(false);
        }
    }
    rows::end_delegation(w, found.id, &by.actor)?;
    certification::rows::put_aside(w, &format!("delegation:{}", found.id))?;
    let entry = Entry::new(What::DelegationEnded).person(found.delegator_id).subject(found.id);
    let data = json!({ "delegate": found.delegate_id, "reason": reason });
    audit::rows::append(w, by, entry.data(data))?;
    Ok(true)
}

/// Ends every delegation that a person gave or was given: they can't act any more. Tells who stood in for them.
///
/// # Errors
/// The database is away.
pub(super) fn end_all(
    w: &mut Writing<'_>,
    by: &By,
    person: Id<ids::Person>,
) -> Result<BTreeSet<Id<ids::Person>>, Broken> {
    let mut stood_in = BTreeSet::new();
    for found in rows::open_delegations_of(w, person)? {
        end(w, by, &found, "the person was shut out")?;
        stood_in.extend(Some(found.delegate_id).filter(|delegate| *delegate != person));
    }
    Ok(stood_in)
}

/// Writes down which delegations have begun and which are over.
///
/// # Errors
/// The database is away.
pub(super) fn settle(w: &mut Writing<'_>, by: &By, content: &Content, most: i64) -> Result<(), Broken> {
    let now = w.now();
    for found in rows::due_delegations(w, most)? {
        if found.ends_at <= now {
            end(w, by, &found, OVER)?;
            tell_seats::sits_elsewhere(w, by, &content.catalogue, found.delegate_id)?;
            continue;
        }
        let step = Step { from: found.state.word(), to: State::Active.word(), actor: &by.actor, reason: "begun" };
        if lifecycle::advance(w, Entity::Delegation, &found.id.to_string(), step)? {
            let entry = Entry::new(What::DelegationBegun).person(found.delegator_id).subject(found.id);
            audit::rows::append(w, by, entry.data(json!({ "delegate": found.delegate_id })))?;
            begins(w, by, content, &found)?;
        }
    }
    Ok(())
}

/// The delegations that the signed-in person gave and was given, the latest first.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_delegations(app: &App, actor: &Actor) -> Result<Vec<Delegation>, Fault> {
    let me = actor.signed()?.person.id;
    look(app, actor, "my_delegations", About::person(me), move |r| Ok(rows::delegations_of(r, me)?)).await
}

/// Whether the actor decides in somebody's place at this instant: then nothing that is about that person is theirs to decide.
///
/// # Errors
/// The database is away.
pub async fn stands_in_for(app: &App, actor: &Actor, away: Id<ids::Person>) -> Result<bool, Fault> {
    let Ok(me) = actor.signed().map(|signed| signed.person.id) else { return Ok(false) };
    app.db.read(app.now(), move |r| Ok(rows::delegators_of(r, me)?.contains(&away))).await
}

/// Everybody's delegations, for admins and auditors, those that end last first.
///
/// # Errors
/// The actor may not read them, or the database is away.
pub async fn all_delegations(app: &App, actor: &Actor) -> Result<Vec<Delegation>, Fault> {
    let caller = actor.clone();
    look(app, actor, "all_delegations", About::nothing(), move |r| {
        caller.as_auditor()?;
        Ok(rows::all_delegations(r, MOST)?)
    })
    .await
}

/// One delegation, for the two whom it is between, and for auditors.
///
/// # Errors
/// There is none, or none that the actor may see, or the database is away.
pub async fn read_delegation(app: &App, actor: &Actor, id: Id<ids::Delegation>) -> Result<Delegation, Fault> {
    let caller = actor.clone();
    look(app, actor, "read_delegation", About::nothing().subject(id), move |r| {
        let me = caller.signed().map(|signed| signed.person.id).ok();
        let found = rows::delegation(r, id)?;
        let own = found.as_ref().is_some_and(|d| me == Some(d.delegator_id) || me == Some(d.delegate_id));
        if !own && let Err(refusal) = caller.as_auditor() {
            return Err(match refusal {
                IdentityRefusal::SignInFirst => refusal.into(),
                _ => DelegationRefusal::NoSuchDelegation.into(),
            });
        }
        Ok(found.ok_or(DelegationRefusal::NoSuchDelegation)?)
    })
    .await
}
