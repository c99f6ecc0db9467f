//! Breaking the glass: an admin, or somebody on call, takes a role for a few hours without approval. What the role requires is
//! required still (no valid certification, no access); nobody is asked, and its hours do not hold. Everybody who oversees hears of
//! it at once, and somebody else judges it afterwards.

use super::{
    About, act, look, notify,
    once::{Once, act_once},
    request_role, seats, settle_access, suspend_grant,
};
use crate::{
    access::{
        catalogue::{Approver, Policy, Role},
        emergency::{Emergency, EmergencyRefusal, LONGEST_SECONDS, REVIEW_SECONDS, State},
        grant::{Cause, EndReason, Grant, State as GrantState},
        request::{AccessRefusal, Request, State as RequestState},
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
        refusal::{Broken, Fault, Missing},
        span::Span,
        text::{Language, Slug},
    },
    certification::{
        self,
        notice::{About as Subject, NoticeKind},
        requirement,
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

/// How many uses the list shows.
const MOST: i64 = 500;

/// What is taken.
#[derive(Clone, Debug)]
pub struct Taking {
    /// By whom: none means the one who asks. Only the operator names another.
    pub person: Option<Id<ids::Person>>,
    pub role: Slug,
    pub reason: String,
    /// For how long; none means as long as is allowed.
    pub duration: Option<Span>,
}

/// Whether a person may break the glass: an active admin, or one of those whom the catalogue names.
///
/// # Errors
/// The database is away.
pub fn may_break(r: &mut Reading<'_>, content: &Content, person: &Person) -> Result<bool, Broken> {
    if person.state != PersonState::Active {
        return Ok(false);
    }
    if person.capabilities.admin {
        return Ok(true);
    }
    let teams = identity::rows::teams_of(r, person.id)?;
    Ok(content.catalogue.break_glass.of.iter().any(|approver| match approver {
        Approver::Person(email) => *email == person.email,
        Approver::Team(team) => teams.iter().any(|own| own == team.as_str()),
        Approver::Owners | Approver::Manager => false,
    }))
}

/// The policy of a role that is taken so: what it requires, for hours, and of nobody's approval.
fn policy_of(role: &Role, most: &Span) -> Policy {
    let own = role.policy();
    let shorter =
        if own.max_duration.approximate_seconds() < most.approximate_seconds() { &own.max_duration } else { most };
    let max_duration = shorter.clone();
    own.for_emergency(max_duration)
}

/// Takes a role at once.
///
/// # Errors
/// The person is not on call, lacks a certification, has it in effect already or taken and held back, is held back by an admin, is
/// locked out, gives no reason, or asks for too long; there is no such role, or the database is away.
pub async fn break_glass(
    app: &App,
    actor: &Actor,
    taking: Taking,
    key: Option<Once>,
) -> Result<Id<ids::Emergency>, Fault> {
    let content = app.content()?;
    let who = match (&actor.who, taking.person) {
        (Who::Operator(_), Some(person)) => person,
        _ => actor.signed()?.person.id,
    };
    let about = About::person(who).role(&taking.role);
    let taken = act_once(app, actor, "break_glass", about, key, move |w, by| {
        identity::rows::hold(w, who, true)?;
        let person = identity::rows::person(w, who)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        if !may_break(w, &content, &person)? {
            return Err(EmergencyRefusal::NotOnCall.into());
        }
        let found = content.catalogue.roles.get(&taking.role);
        let role = found.ok_or_else(|| AccessRefusal::NoSuchRole { id: taking.role.to_string() })?;
        let reason = taking.reason.trim();
        if reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        AccessRefusal::check_reason(reason)?;
        let policy = policy_of(role, &content.catalogue.break_glass.at_most);
        let most = policy.max_duration.approximate_micros().min(LONGEST_SECONDS * 1_000_000);
        let wanted = taking.duration.as_ref().map_or(most, Span::approximate_micros);
        if wanted < 60_000_000 || wanted > most {
            return Err(AccessRefusal::BadDuration { most: most / 1_000_000 }.into());
        }
        settle_access::settle(w, by, &content, who)?;
        // The catalogue of this process may be an older one than the one in force.
        if settle_access::taken_away(w, role)?.is_some() {
            return Err(AccessRefusal::NoSuchRole { id: taking.role.to_string() }.into());
        }
        let missing = request_role::locked(w, who, role)?;
        if !missing.is_empty() {
            return Err(AccessRefusal::Locked { missing }.into());
        }
        if let Some(effective) = rows::effective(w, who, &role.id)? {
            return Err(EmergencyRefusal::InEffect { until: effective.ends_at }.into());
        }
        taken_already(w, who, role)?;
        certified(w, &content, &policy, who)?;
        give(w, by, role, &person, &policy, (reason, wanted)).map(|id| (id, ()))
    })
    .await?;
    Ok(taken.0)
}

/// Refuses whoever has taken the role already, although it opens nothing, and whoever an admin holds back: what is held back is
/// not taken anew, and neither is what was until its time was over.
fn taken_already(w: &mut Writing<'_>, who: Id<ids::Person>, role: &Role) -> Result<(), Fault> {
    let mut live = rows::live_grants(w, who, Some(&role.id))?;
    let mut taken = None;
    // An admin's hold is on the access to the role, also where it is yet to begin.
    for held in &live {
        let suspensions = rows::suspensions_of(w, held.id)?;
        // What a review holds back of an ordinary grant nobody has said anything against.
        if let Some(one) = suspensions.iter().find(|one| held.emergency || one.cause == Cause::Admin) {
            return Err(AccessRefusal::GrantSuspended { cause: one.cause }.into());
        }
        if held.emergency {
            taken = Some(held.ends_at);
        }
    }
    live.retain(|held| !held.emergency);
    if let Some(open) = suspend_grant::hold_on(w, who, &role.id, &live)? {
        return Err(AccessRefusal::GrantSuspended { cause: open.cause }.into());
    }
    taken.map_or(Ok(()), |until| Err(EmergencyRefusal::InEffect { until }.into()))
}

/// Refuses whoever lacks a certification.
fn certified(w: &mut Writing<'_>, content: &Content, policy: &Policy, who: Id<ids::Person>) -> Result<(), Fault> {
    let held = certification::rows::certificates_of(w, who)?;
    let standings = requirement::judge(&policy.requires, &held, w.now());
    if requirement::met_until(&standings).is_some() {
        return Ok(());
    }
    let lacking = standings.into_iter().filter(|standing| standing.met_by.is_none());
    let missing = lacking
        .filter_map(|standing| standing.any_of.into_iter().next())
        .map(|id| Missing {
            kind: "certification",
            title: request_role::certification_title(content, &id, Language::En),
            href: content
                .curriculum
                .certification(&id)
                .first()
                .map_or_else(|| "/courses".to_owned(), |course| format!("/courses/{}", course.id)),
            id: id.to_string(),
        })
        .collect();
    Err(AccessRefusal::CertificationMissing { missing }.into())
}

fn give(
    w: &mut Writing<'_>,
    by: &By,
    role: &Role,
    person: &Person,
    policy: &Policy,
    (reason, wanted): (&str, i64),
) -> Result<Id<ids::Emergency>, Fault> {
    let now = w.now();
    let policy_id = rows::keep_policy(w, &role.id, policy)?;
    let asked = Request {
        id: Id::new(now),
        person_id: person.id,
        role_id: role.id.clone(),
        policy_id: policy_id.clone(),
        state: RequestState::Approved,
        reason: reason.to_owned(),
        wanted_micros: wanted,
        submitted_at: now,
        lapses_at: now,
        closed_at: None,
        starts_at: None,
    };
    if !rows::insert_request(w, &asked, "{}")? {
        return Err(Broken::defect("a request that is closed from the start was taken for an open one").into());
    }
    rows::close_request(w, asked.id)?;
    lifecycle::begin(w, Entity::Request, &asked.id.to_string(), "approved", &by.actor, "break-glass")?;
    let held = Grant {
        id: Id::new(now),
        person_id: person.id,
        role_id: role.id.clone(),
        warehouse_id: role.warehouse.clone(),
        request_id: asked.id,
        policy_id,
        state: GrantState::Active,
        starts_at: now,
        ends_at: now.plus_micros(wanted),
        withdrawn_at: None,
        granted_at: now,
        grace_micros: 0,
        ended_reason: None,
        claim_by_at: None,
        claimed_at: None,
        emergency: true,
    };
    if !rows::insert_grant(w, &held)? {
        return Err(Broken::defect(format!("{} has taken {} in an emergency already", person.id, role.id)).into());
    }
    lifecycle::begin(w, Entity::Grant, &held.id.to_string(), "active", &by.actor, "break-glass")?;
    let taken = Emergency {
        id: Id::new(now),
        grant_id: held.id,
        person_id: person.id,
        person_name: person.name.clone(),
        role_id: role.id.clone(),
        reason: reason.to_owned(),
        taken_at: now,
        ends_at: held.ends_at,
        review_by_at: now.plus_seconds(REVIEW_SECONDS),
        state: State::Taken,
        reviewed_by: None,
        reviewed_at: None,
        comment: String::new(),
        tokens: 0,
    };
    rows::insert_emergency(w, &taken)?;
    lifecycle::begin(w, Entity::Emergency, &taken.id.to_string(), "taken", &by.actor, "break-glass")?;
    let entry = |what| Entry::new(what).person(person.id).role(&role.id);
    let data = json!({
        "request": asked.id, "starts_at": held.starts_at, "ends_at": held.ends_at, "policy": held.policy_id, "emergency": taken.id,
    });
    audit::rows::append(w, by, entry(What::GrantGiven).subject(held.id).data(data))?;
    let data = json!({ "grant": held.id, "ends_at": held.ends_at, "review_by": taken.review_by_at });
    let line = entry(What::EmergencyTaken).subject(taken.id).data(data).texts(json!({ "reason": reason }));
    audit::rows::append(w, by, line)?;
    tell(w, by, Some(role), &taken, NoticeKind::EmergencyTaken)?;
    Ok(taken.id)
}

/// Tells the admins and the auditors, and the role's owners where it is in the catalogue still, but not the one who took it.
fn tell(w: &mut Writing<'_>, by: &By, role: Option<&Role>, taken: &Emergency, kind: NoticeKind) -> Result<(), Broken> {
    let mut people: BTreeSet<Id<ids::Person>> = identity::rows::overseers(w)?.into_iter().collect();
    for email in role.into_iter().flat_map(|role| &role.owner.people) {
        let owner = identity::rows::person_by_email(w, email)?;
        people.extend(owner.filter(|owner| owner.state == PersonState::Active).map(|owner| owner.id));
    }
    people.remove(&taken.person_id);
    let about = Subject::Emergency {
        emergency: taken.id,
        role: taken.role_id.clone(),
        taker: taken.person_id,
        until: if kind == NoticeKind::EmergencyTaken { taken.ends_at } else { taken.review_by_at },
    };
    for person in people {
        notify::tell(w, by, person, kind, &format!("{}:{}:{person}", kind.word(), taken.id), &about)?;
    }
    Ok(())
}

/// Tells of uses that nobody has judged in time, once.
///
/// # Errors
/// The database is away.
pub(super) fn remind(w: &mut Writing<'_>, by: &By, content: &Content, most: i64) -> Result<(), Broken> {
    for taken in rows::overdue_emergencies(w, most)? {
        tell(w, by, content.catalogue.roles.get(&taken.role_id), &taken, NoticeKind::EmergencyOverdue)?;
    }
    Ok(())
}

/// Judges a use: justified or not, with a comment. What is not justified ends at once where it still runs.
///
/// # Errors
/// The actor is neither admin nor owner of the role, took it themselves or stands in for whoever did, or says nothing; it was judged,
/// or the database is away.
pub async fn review_emergency(
    app: &App,
    actor: &Actor,
    id: Id<ids::Emergency>,
    justified: bool,
    comment: String,
) -> Result<(), Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "review_emergency", About::nothing().subject(id), move |w, by| {
        let found = seen(w, &content, &caller, id)?;
        let me = caller.signed().map(|signed| signed.person.id).ok();
        if me == Some(found.person_id) {
            return Err(EmergencyRefusal::OwnEmergency.into());
        }
        if !content.catalogue.is_owner(&caller, &found.role_id) {
            caller.as_admin()?;
        }
        identity::rows::hold(w, found.person_id, true)?;
        seats::not_of_delegators(w, &caller, found.person_id)?;
        let comment = comment.trim();
        if comment.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        AccessRefusal::check_reason(comment)?;
        let to = if justified { State::Justified } else { State::Unjustified };
        let step = Step { from: "taken", to: to.word(), actor: &by.actor, reason: "reviewed" };
        if !lifecycle::advance(w, Entity::Emergency, &id.to_string(), step)? {
            return Err(EmergencyRefusal::ReviewedAlready.into());
        }
        rows::review_emergency(w, id, &by.actor, comment)?;
        certification::rows::outdate_emergency(w, id)?;
        let entry = Entry::new(What::EmergencyReviewed).person(found.person_id).role(&found.role_id).subject(id);
        let data = json!({ "justified": justified, "grant": found.grant_id });
        audit::rows::append(w, by, entry.data(data).texts(json!({ "comment": comment })))?;
        if !justified && let Some(held) = rows::grant(w, found.grant_id)?.filter(|held| w.now() < held.ends_at) {
            settle_access::end_now(w, by, &held, EndReason::Revoked, comment)?;
        }
        Ok(())
    })
    .await
}

/// A use that the caller may see: their own, one of a role of theirs, or any, for those who read everything.
fn seen(r: &mut Reading<'_>, content: &Content, caller: &Actor, id: Id<ids::Emergency>) -> Result<Emergency, Fault> {
    let found = rows::emergency(r, id)?;
    let me = caller.signed().map(|signed| signed.person.id).ok();
    let own =
        found.as_ref().is_some_and(|one| me == Some(one.person_id) || content.catalogue.is_owner(caller, &one.role_id));
    if !own && let Err(refusal) = caller.as_auditor() {
        return Err(match refusal {
            IdentityRefusal::SignInFirst => refusal.into(),
            _ => EmergencyRefusal::NoSuchEmergency.into(),
        });
    }
    Ok(found.ok_or(EmergencyRefusal::NoSuchEmergency)?)
}

/// One use.
///
/// # Errors
/// There is none that the actor may see, or the database is away.
pub async fn read_emergency(app: &App, actor: &Actor, id: Id<ids::Emergency>) -> Result<Emergency, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "read_emergency", About::nothing().subject(id), move |r| seen(r, &content, &caller, id)).await
}

/// What the page of break-glass shows.
#[derive(Clone, Debug)]
pub struct Glass {
    /// The uses that the caller may see, those that nobody has judged first.
    pub uses: Vec<Emergency>,
    /// Whether the caller may break the glass.
    pub may_break: bool,
    /// For how long at the most.
    pub most: Span,
    /// In whose place the caller decides: they judge none of theirs.
    pub away: Vec<Id<ids::Person>>,
    pub at: Time,
}

/// The uses of break-glass that the caller may see: all of them for admins and auditors, those of their roles for owners, and
/// their own.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn read_glass(app: &App, actor: &Actor) -> Result<Glass, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    if caller.as_auditor().is_err() {
        caller.signed()?;
    }
    look(app, actor, "read_emergencies", About::nothing(), move |r| {
        let me = caller.signed().map(|signed| signed.person.clone()).ok();
        let owned: Vec<Slug> =
            me.iter().flat_map(|me| content.catalogue.owned_by(&me.email)).map(|role| role.id.clone()).collect();
        let only = me.as_ref().filter(|_| caller.as_auditor().is_err()).map(|me| (me.id, owned.as_slice()));
        let uses = rows::emergencies(r, only, MOST)?;
        let (may_break, away) = match &me {
            Some(me) => (may_break(r, &content, me)?, rows::delegators_of(r, me.id)?),
            None => (false, Vec::new()),
        };
        Ok(Glass { uses, may_break, most: content.catalogue.break_glass.at_most.clone(), away, at: r.at() })
    })
    .await
}

/// Names of those who judged these uses, by the log's words for them.
///
/// # Errors
/// The database is away.
pub async fn reviewers(app: &App, uses: &[Emergency]) -> Result<std::collections::BTreeMap<String, String>, Fault> {
    let words: Vec<String> = uses.iter().filter_map(|one| one.reviewed_by.clone()).collect();
    app.db.read(app.now(), move |r| Ok(identity::rows::names_of(r, words.iter().map(String::as_str))?)).await
}
