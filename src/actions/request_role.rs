//! Asking for a role: with everything in hand it is granted or goes to its owner; with something missing it waits for it.

use super::{
    About,
    once::{Once, act_once, told},
    seats,
    settle_access::{self, BLOCKED_DAYS},
    tell_access,
};
use crate::{
    access::{
        catalogue::{Approval, Role},
        request::{AccessRefusal, Request, State},
        rows,
    },
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault, Missing},
        span::Span,
        text::{Language, Slug},
    },
    db::{
        Reading, Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::{self, actor::Actor},
};
use serde_json::json;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Ask {
    pub role: Slug,
    pub reason: String,
    /// For how long; none means as long as the role allows.
    pub duration: Option<Span>,
    /// From when on; none means from the decision on.
    pub starts_at: Option<Time>,
}

/// How far ahead access can be asked for, in days.
pub const FARTHEST_DAYS: i64 = 365;

/// The locks that stop a person at a role, as things that are missing; empty where there are none.
///
/// # Errors
/// The database is away.
pub fn locked(r: &mut Reading<'_>, person: Id<ids::Person>, role: &Role) -> Result<Vec<Missing>, Broken> {
    Ok(rows::locks_on(r, person, &role.id, &role.warehouse)?
        .into_iter()
        .map(|lock| Missing {
            kind: "lock",
            id: lock.id.to_string(),
            title: lock.reason,
            href: format!("/access/{}", role.id),
        })
        .collect())
}

/// Asks for a role for the signed-in person. Returns the request and where it stands now.
///
/// # Errors
/// There is no such role, it is locked, held or asked for already, nobody could approve, the reason or the duration is
/// not right, or the database is away.
pub async fn request_role(app: &App, actor: &Actor, ask: Ask) -> Result<(Id<ids::Request>, State), Fault> {
    let (id, state) = request_role_once(app, actor, ask, None).await?;
    Ok((id, told(state)?))
}

/// As [`request_role`]; under a key that was used before, the request that it made, without where it stood.
///
/// # Errors
/// As [`request_role`], or the key was used for something else.
pub async fn request_role_once(
    app: &App,
    actor: &Actor,
    ask: Ask,
    key: Option<Once>,
) -> Result<(Id<ids::Request>, Option<State>), Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    let about = About::person(who).role(&ask.role);
    act_once(app, actor, "request_role", about, key, move |w, by| {
        let found = content.catalogue.roles.get(&ask.role);
        let role = found.ok_or_else(|| AccessRefusal::NoSuchRole { id: ask.role.to_string() })?;
        let reason = ask.reason.trim();
        if role.reason_required && reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        AccessRefusal::check_reason(reason)?;
        let most = role.max_duration.approximate_micros();
        let wanted = ask.duration.as_ref().map_or(most, Span::approximate_micros);
        if wanted < 60_000_000 || wanted > most {
            return Err(AccessRefusal::BadDuration { most: most / 1_000_000 }.into());
        }
        let farthest = w.now().plus_seconds(FARTHEST_DAYS * 86_400);
        if ask.starts_at.is_some_and(|at| at <= w.now() || at > farthest) {
            return Err(AccessRefusal::BadStart { days: FARTHEST_DAYS }.into());
        }
        identity::rows::hold(w, who, true)?;
        settle_access::settle(w, by, &content, who)?;
        let missing = locked(w, who, role)?;
        if !missing.is_empty() {
            return Err(AccessRefusal::Locked { missing }.into());
        }
        if let Some(open) = rows::open_request(w, who, &role.id)? {
            if open.state == State::Returned {
                return resubmit(w, by, &content, &open, (reason, wanted, ask.starts_at));
            }
            return Err(AccessRefusal::RequestOpenAlready { request: open.id.to_string() }.into());
        }
        let now = w.now();
        let mut live = rows::live_grants(w, who, Some(&role.id))?;
        live.retain(|held| !held.emergency);
        if let Some(held) = live.iter().max_by_key(|held| held.ends_at) {
            let from = held.renewable_from();
            if live.len() > 1 || now < from {
                return Err(AccessRefusal::HeldAlready { until: held.ends_at, from }.into());
            }
        }
        somebody_may_approve(w, &content, role, who)?;
        let policy = role.policy();
        // What is in force was published by a program that may have read its policies in another way.
        let asked = Request {
            id: Id::new(now),
            person_id: who,
            role_id: role.id.clone(),
            policy_id: rows::keep_policy(w, &role.id, &policy)?,
            state: State::Submitted,
            reason: reason.to_owned(),
            wanted_micros: wanted,
            submitted_at: now,
            lapses_at: now.plus_seconds(BLOCKED_DAYS * 86_400),
            closed_at: None,
            starts_at: ask.starts_at,
        };
        let versions: std::collections::BTreeMap<_, _> =
            content.curriculum.courses.values().map(|course| (course.id.as_str(), course.version)).collect();
        let courses = serde_json::to_string(&versions).map_err(Broken::defect)?;
        if !rows::insert_request(w, &asked, &courses)? {
            return Err(AccessRefusal::RequestOpenAlready { request: String::new() }.into());
        }
        lifecycle::begin(w, Entity::Request, &asked.id.to_string(), "submitted", &by.actor, "asked")?;
        let entry = Entry::new(What::RequestSubmitted).person(who).role(&role.id).subject(asked.id);
        audit::rows::append(
            w,
            by,
            entry
                .data(json!({ "seconds": wanted / 1_000_000, "starts_at": ask.starts_at, "policy": asked.policy_id }))
                .texts(json!({ "reason": reason })),
        )?;
        let state = settle_access::consider(w, by, &content, &asked, &policy)?;
        Ok((asked.id, state))
    })
    .await
}

/// A request that was sent back is asked anew, in a new round.
fn resubmit(
    w: &mut Writing<'_>,
    by: &audit::event::By,
    content: &crate::app::Content,
    open: &Request,
    (reason, wanted, starts_at): (&str, i64, Option<Time>),
) -> Result<(Id<ids::Request>, State), Fault> {
    rows::rewrite_request(w, open.id, reason, wanted, starts_at)?;
    let step = Step { from: "returned", to: "submitted", actor: &by.actor, reason: "asked again" };
    if !lifecycle::advance(w, Entity::Request, &open.id.to_string(), step)? {
        return Err(AccessRefusal::RequestClosed { state: open.state.word() }.into());
    }
    let entry = Entry::new(What::RequestSubmitted).person(open.person_id).role(&open.role_id).subject(open.id);
    audit::rows::append(
        w,
        by,
        entry.data(json!({ "seconds": wanted / 1_000_000, "again": true })).texts(json!({ "reason": reason })),
    )?;
    tell_access::answered(w, open)?;
    let policy = rows::policy(w, &open.policy_id)?;
    let again = Request {
        state: State::Submitted,
        reason: reason.to_owned(),
        wanted_micros: wanted,
        starts_at,
        ..open.clone()
    };
    let state = settle_access::consider(w, by, content, &again, &policy)?;
    Ok((open.id, state))
}

/// Refuses a request that nobody but the person themselves could approve.
fn somebody_may_approve(
    w: &mut Writing<'_>,
    content: &crate::app::Content,
    role: &Role,
    who: Id<ids::Person>,
) -> Result<(), Fault> {
    if matches!(role.approval, Approval::Auto) {
        return Ok(());
    }
    let clauses = seats::approvers_for(w, &content.catalogue, &role.policy(), &role.id, who)?;
    let everybody = clauses.iter().flat_map(|(people, _)| people.iter().copied()).collect();
    if crate::access::request::approved(&clauses, &everybody) { Ok(()) } else { Err(AccessRefusal::NoApprover.into()) }
}

/// The name of a certification, for people.
#[must_use]
pub fn certification_title(content: &crate::app::Content, id: &Slug, language: Language) -> String {
    content
        .curriculum
        .certification(id)
        .first()
        .and_then(|course| course.certification.as_ref())
        .map_or_else(|| id.to_string(), |certification| certification.name.get(language).to_owned())
}

/// When a role asked for at `now` would end at the latest.
#[must_use]
pub fn latest_end(role: &Role, now: Time) -> Time {
    now.plus_micros(role.max_duration.approximate_micros())
}
