//! Explaining: may this person use this role at that moment, and the whole chain behind the answer.

use super::{
    About,
    list_holders::{find_person, may_read},
    look_at, note_audit_read, read_decisions,
};
use crate::{
    academy::{self, attempt::Attempt},
    access::{
        catalogue::Policy,
        grant::{Due, Grant, State as GrantState},
        hours,
        request::{AccessRefusal, Decision, Request, State as RequestState},
        rows::{self, Lock, Suspension},
    },
    app::App,
    base::{
        clock::{Tense, Time},
        ids::{self, Id},
        paging::Paging,
        refusal::{Broken, Fault},
        text::Slug,
    },
    certification::{
        self,
        certificate::{Certificate, State as CertificateState},
        requirement::{self, ClauseStanding},
    },
    db::{
        Reading,
        history::{self, Change},
        known,
    },
    identity::{
        self,
        actor::Actor,
        person::{IdentityRefusal, Person},
    },
    tokens::{
        client::Client,
        rows::{Minting, TokenRow},
        scope,
    },
};
use std::collections::BTreeMap;

/// The answer, and everything it rests on.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub person: Person,
    pub role: Slug,
    pub at: Time,
    /// Where that moment stood when the question was asked.
    pub tense: Tense,
    /// What the one view says.
    pub effective: bool,
    /// The grant that decides at that moment: the one in force, or else the nearest.
    pub grant: Option<Grant>,
    pub within: bool,
    pub clauses: Vec<ClauseStanding>,
    pub disabled: bool,
    pub locks: Vec<Lock>,
    /// What held the grant back besides a missing certification.
    pub suspensions: Vec<Suspension>,
    /// Every time in which the grant was held back so until then, the oldest first.
    pub held_back: Vec<Suspension>,
    /// Whether the moment lies within the hours of the policy, and where it does not, when they begin next.
    pub open: bool,
    pub opens: Option<Time>,
    pub request: Option<Request>,
    pub policy: Option<Policy>,
    pub decisions: Vec<Decision>,
    /// The attempts that the certificates rest on.
    pub attempts: Vec<Attempt>,
    /// The latest tokens under the grant.
    pub tokens: Vec<TokenRow>,
    /// How many tokens the grant gave until then, and when.
    pub minting: Minting,
    /// Service accounts that could use the role and rested on the person's access at the moment asked about, as they could then.
    pub machines: Vec<Client>,
    /// Every certificate that the person had earned by then.
    pub certificates: Vec<Certificate>,
    /// What the grant and its request went through by then, the oldest first.
    pub history: Vec<(ChainPart, Change)>,
    /// Locks that stood at any moment between the grant's start and the moment asked about.
    pub locks_since: Vec<Lock>,
    /// Since when, and why, the person was shut out.
    pub shut_out: Option<(Time, String)>,
    /// Who did that, in the log's words.
    pub shut_out_by: Option<String>,
    /// Names of the people behind the locks and the history.
    pub names: BTreeMap<String, String>,
}

/// Whose life a step of the chain belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainPart {
    Request,
    Grant,
}

/// Explains a person's access to a role at a moment (now, if none is given). People may ask about themselves.
///
/// # Errors
/// The actor may not read that person's records, person or role are unknown, or the database is away.
pub async fn explain_access(
    app: &App,
    actor: &Actor,
    person: Option<String>,
    role: Slug,
    at: Option<Time>,
) -> Result<Explanation, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let (asked, now) = (at, app.now());
    let (at, tense) = (at.unwrap_or(now), Tense::of(at, now));
    let told = look_at(app, actor, "explain_access", About::nothing().role(&role), at, move |r| {
        let own = caller.signed().map(|signed| signed.person.id).ok();
        let wanted = match person.filter(|text| !text.trim().is_empty()) {
            None => own.ok_or(IdentityRefusal::SignInFirst)?,
            Some(text) => match own {
                Some(own) if text.trim() == own.to_string() => own,
                _ => {
                    caller.as_auditor()?;
                    find_person(r, &text)?
                }
            },
        };
        let known = content.catalogue.roles.get(&role).map(|role| role.requires.clauses());
        let grants = rows::grants_of_role(r, wanted, &role)?;
        if known.is_none() && grants.is_empty() {
            return Err(AccessRefusal::NoSuchRole { id: role.to_string() }.into());
        }
        let deciding = grants
            .iter()
            .find(|grant| grant.starts_at <= at && at < grant.ends_at)
            .or_else(|| grants.iter().filter(|grant| grant.granted_at <= at).max_by_key(|grant| grant.over_at()))
            .cloned();
        explain(r, tense, wanted, role, deciding, known.unwrap_or_default())
    })
    .await?;
    noted(app, actor, told, asked).await
}

/// Explains one grant at a moment (now, if none is given): the chain behind a line of the holders' list. What approvers said is
/// left out for whoever may not read the request.
///
/// # Errors
/// The actor may not read everybody's records nor owns the role, there is no such grant, or the database is away.
pub async fn explain_grant(
    app: &App,
    actor: &Actor,
    grant: Id<ids::Grant>,
    at: Option<Time>,
) -> Result<Explanation, Fault> {
    let (caller, kept, content) = (actor.clone(), app.clone(), app.content()?);
    let (asked, now) = (at, app.now());
    let (at, tense) = (at.unwrap_or(now), Tense::of(at, now));
    let told = look_at(app, actor, "explain_grant", About::nothing().subject(grant), at, move |r| {
        let found = rows::grant(r, grant)?;
        let own = caller.signed().map(|signed| signed.person.id).ok();
        if found.is_none() || found.as_ref().map(|grant| grant.person_id) != own {
            may_read(&kept, &caller, found.as_ref().map(|grant| &grant.role_id))?;
        }
        let found = found.ok_or(AccessRefusal::NoSuchGrant)?;
        let mut told = explain(r, tense, found.person_id, found.role_id.clone(), Some(found), Vec::new())?;
        let reads = match &told.request {
            Some(request) => read_decisions::reads_words(r, &content, request, &caller)?,
            None => true,
        };
        if !reads {
            without_words(&mut told);
        }
        Ok(told)
    })
    .await?;
    noted(app, actor, told, asked).await
}

/// Gives an explanation out once its reading is in the log; whoever looks into their own access is no auditor.
async fn noted(app: &App, actor: &Actor, told: Explanation, asked: Option<Time>) -> Result<Explanation, Fault> {
    if actor.signed().is_ok_and(|signed| signed.person.id == told.person.id) {
        return Ok(told);
    }
    let reading = note_audit_read::Reading {
        person: Some(told.person.id),
        role: Some(told.role.clone()),
        ..note_audit_read::Reading::of("explain").asked(serde_json::json!({ "at": asked }))
    };
    note_audit_read::note_audit_read(app, actor, reading).await?;
    Ok(told)
}

fn explain(
    r: &mut Reading<'_>,
    tense: Tense,
    person: Id<ids::Person>,
    role: Slug,
    mut grant: Option<Grant>,
    role_clauses: Vec<std::collections::BTreeSet<Slug>>,
) -> Result<Explanation, Fault> {
    let at = r.at();
    let person = identity::rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
    let policy = match &grant {
        Some(grant) => Some(rows::policy(r, &grant.policy_id)?.as_ref().clone()),
        None => None,
    };
    let clauses = policy.as_ref().map_or(role_clauses, |policy| policy.requires.clone());
    let certificates = earned_by_then(r, person.id)?;
    let standings = requirement::judge(&clauses, &certificates, at);
    let effective = match &grant {
        Some(grant) => rows::is_effective(r, grant.id)?,
        None => false,
    };
    let (mut request, decisions, mut locks, tokens) = match &grant {
        Some(grant) => (
            rows::request(r, grant.request_id)?,
            // What was said later was not said then.
            rows::decisions(r, grant.request_id)?.into_iter().filter(|decision| decision.at <= at).collect(),
            rows::locks_on(r, person.id, &role, &grant.warehouse_id)?,
            crate::tokens::rows::tokens_of_grant(r, grant.id, &Paging::first(20))?.items,
        ),
        None => (None, Vec::new(), Vec::new(), Vec::new()),
    };
    let windows = policy.as_ref().map_or(&[][..], |policy| &policy.hours);
    let open = hours::open_until(windows, at).is_some();
    let opens = hours::opens_after(windows, at).filter(|_| !open);
    let attempts = attempts_behind(r, &standings)?;
    let (mut chain, mut locks_since, mut minting) = (Vec::new(), Vec::new(), Minting::default());
    let (mut suspensions, mut held_back) = (Vec::new(), Vec::new());
    if let Some(grant) = &mut grant {
        let steps = history::history(r, &grant.request_id.to_string())?;
        if let (Some(request), Some(last)) = (&mut request, steps.last()) {
            as_it_stood(request, last, at);
        }
        chain.extend(steps.into_iter().map(|step| (ChainPart::Request, step)));
        let steps = history::history(r, &grant.id.to_string())?;
        let end = known::end(r, &grant.id.to_string(), grant.ends_at, at)?;
        grant_as_it_stood(grant, steps.last(), end, at);
        if tense == Tense::Ahead {
            grant_as_foreseen(grant, requirement::lost_at(&clauses, &certificates, grant.starts_at, at), at);
        }
        chain.extend(steps.into_iter().map(|step| (ChainPart::Grant, step)));
        locks_since = rows::locks_since(r, person.id, &role, &grant.warehouse_id, grant.starts_at)?;
        suspensions = rows::suspensions_of(r, grant.id)?;
        held_back = rows::suspension_history(r, grant.id)?;
        minting = crate::tokens::rows::minting_of_grant(r, grant.id)?;
    }
    lifted_by_then(locks.iter_mut().chain(&mut locks_since), &mut suspensions, at);
    let mut machines = crate::tokens::rows::accounts_then(r, person.id)?;
    machines.retain(|client| scope::allowed(client.roles.as_ref(), &role));
    let shut_out = identity::rows::shut_out(r, person.id)?;
    let shut_out_by = match &shut_out {
        Some((since, _)) => identity::rows::shut_out_by(r, person.id, *since)?,
        None => None,
    };
    let actors: Vec<String> = locks_since
        .iter()
        .flat_map(|lock| [Some(lock.placed_by.clone()), lock.lifted_by.clone()])
        .flatten()
        .chain(chain.iter().map(|(_, step)| step.actor.clone()))
        .chain(held_back.iter().flat_map(|one| [Some(one.placed_by.clone()), one.lifted_by.clone()]).flatten())
        .chain(shut_out_by.clone())
        .collect();
    Ok(Explanation {
        tense,
        names: identity::rows::names_of(r, actors.iter().map(String::as_str))?,
        shut_out,
        shut_out_by,
        history: chain,
        locks_since,
        minting,
        machines,
        certificates,
        disabled: rows::is_disabled(r, person.id)?,
        within: grant.as_ref().is_some_and(|grant| {
            let claimed =
                grant.claim_by_at.is_none_or(|by| at < by) || grant.claimed_at.is_some_and(|claimed| claimed <= at);
            grant.starts_at <= at && at < grant.ends_at && claimed
        }),
        open,
        opens,
        person,
        role,
        at,
        effective,
        grant,
        clauses: standings,
        locks,
        suspensions,
        held_back,
        request,
        policy,
        decisions,
        attempts,
        tokens,
    })
}

/// Leaves out what approvers said; that they decided, and how, stays.
fn without_words(told: &mut Explanation) {
    for decision in &mut told.decisions {
        decision.comment.clear();
    }
    // Whoever rejects or sends back says why: the history has it, too.
    for (part, step) in &mut told.history {
        let said = step.to_state == RequestState::Rejected.word() || step.to_state == RequestState::Returned.word();
        if said && *part == ChainPart::Request {
            step.reason.clear();
        }
    }
}

/// Takes a request back to how it stood after its last step by a moment.
fn as_it_stood(request: &mut Request, last: &Change, at: Time) {
    request.state = RequestState::from_word(&last.to_state).unwrap_or(request.state);
    request.closed_at = request.closed_at.filter(|closed| *closed <= at);
}

/// Takes a grant back to how it stood after its last step by a moment, with the end that was known then: what ended it later is not.
fn grant_as_it_stood(grant: &mut Grant, last: Option<&Change>, end: Time, at: Time) {
    grant.withdrawn_at = grant.withdrawn_at.filter(|withdrawn| *withdrawn <= at);
    grant.claimed_at = grant.claimed_at.filter(|claimed| *claimed <= at);
    grant.ended_reason = grant.ended_reason.filter(|_| grant.over_at() <= at);
    grant.state = match last {
        Some(last) => GrantState::from_word(&last.to_state).unwrap_or(grant.state),
        // It was not given yet.
        None if at < grant.granted_at => GrantState::Scheduled,
        None => grant.state,
    };
    grant.ends_at = end;
}

/// Brings a grant to where it will have come by a moment ahead, if nobody does anything: what its requirement is lost for longer than
/// its grace ends it before its own end.
fn grant_as_foreseen(grant: &mut Grant, lost_at: Option<Time>, at: Time) {
    if let Due::End { at: end, reason } = grant.due(lost_at, false, at) {
        grant.state = GrantState::Ended;
        grant.ends_at = end.min(grant.ends_at);
        grant.ended_reason = Some(reason);
    }
}

/// The certificates that a person had earned by the instant of the transaction, as they stood then.
fn earned_by_then(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Certificate>, Broken> {
    let at = r.at();
    let mut earned = certification::rows::certificates_then(r, person)?;
    // One that is valid has never been anything else.
    for certificate in earned.iter_mut().filter(|found| found.state != CertificateState::Valid) {
        let steps = history::history(r, &certificate.id.to_string())?;
        let then = steps.last().and_then(|last| CertificateState::from_word(&last.to_state));
        let then = then.unwrap_or(certificate.state);
        if then != certificate.state && at < certificate.ends_at {
            certificate.ended_reason = None;
        }
        certificate.state = then;
    }
    Ok(earned)
}

/// Leaves out of locks and suspensions that they were lifted after a moment, by whom and when.
fn lifted_by_then<'l>(locks: impl Iterator<Item = &'l mut Lock>, suspensions: &mut [Suspension], at: Time) {
    for lock in locks.filter(|lock| lock.lifted_at.is_some_and(|lifted| at < lifted)) {
        (lock.lifted_at, lock.lifted_by) = (None, None);
    }
    for one in suspensions.iter_mut().filter(|one| one.until_at.is_some_and(|until| at < until)) {
        (one.until_at, one.lifted_by) = (None, None);
    }
}

fn attempts_behind(r: &mut Reading<'_>, standings: &[ClauseStanding]) -> Result<Vec<Attempt>, Broken> {
    let mut attempts = Vec::new();
    for certificate in standings.iter().filter_map(|standing| standing.met_by.as_ref()) {
        for exam in &certificate.evidence.exams {
            if attempts.iter().all(|known: &Attempt| known.id != exam.attempt) {
                attempts.extend(academy::rows::attempt(r, exam.attempt)?);
            }
        }
    }
    attempts.sort_by_key(|attempt| attempt.started_at);
    Ok(attempts)
}
