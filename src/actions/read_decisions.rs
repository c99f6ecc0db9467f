//! Requests that wait for a person's decision, each with everything needed to decide.

use super::{About, look, seats};
use crate::{
    access::{
        catalogue::{Approval, Approver, Policy},
        grant::Grant,
        request::{AccessRefusal, Decision, Request, State},
        rows,
    },
    app::{App, Content},
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::{Email, Slug},
    },
    certification::{
        self,
        certificate::Certificate,
        requirement::{self, ClauseStanding},
    },
    db::{
        Reading,
        history::{self, Change},
    },
    identity::{
        self,
        actor::Actor,
        person::{IdentityRefusal, Person},
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// A request, and everything needed to decide on it.
#[derive(Clone, Debug)]
pub struct Case {
    pub request: Request,
    pub person: Person,
    pub teams: Vec<String>,
    pub policy: Arc<Policy>,
    pub clauses: Vec<ClauseStanding>,
    pub certificates: Vec<Certificate>,
    pub decisions: Vec<Decision>,
    /// For each approval clause: how many approvals it has, and how many it needs.
    pub progress: Vec<(u32, u32)>,
    /// The person's earlier grants of this role, newest first.
    pub earlier: Vec<Grant>,
    /// The grant that came of it.
    pub grant: Option<Grant>,
    /// Whether the one who looks may decide now.
    pub may_decide: bool,
    /// Whether they may on a place of their own, and in whose place besides.
    pub on_own_place: bool,
    pub in_place_of: Vec<Person>,
    /// Names of the people whom the approval clauses name.
    pub names: BTreeMap<Email, String>,
    /// Every step of the request's life, the oldest first.
    pub history: Vec<Change>,
    /// What was said about it beside deciding, the oldest first.
    pub comments: Vec<rows::Comment>,
}

/// A page of what waits for a person.
#[derive(Clone, Debug)]
pub struct DecisionsPage {
    /// How many wait in all.
    pub total: usize,
    /// Those of this page, the oldest first.
    pub waiting: Vec<Case>,
    /// Whether more follow.
    pub more: bool,
    /// Those on which they decided lately, the newest first.
    pub decided: Vec<Case>,
    /// The roles on which they have a say.
    pub roles: Vec<Slug>,
}

/// Everybody on whose place a person decides, whether they have a say on any role, and the requests that wait for them.
fn waiting_for(
    r: &mut Reading<'_>,
    content: &Content,
    person: &Person,
    teams: &[String],
) -> Result<(Vec<Slug>, bool, Vec<Request>), Broken> {
    let sitters = seats::sitters(r, person, teams)?;
    let roles = seats::roles_of(&content.catalogue, &sitters);
    let owns = content.catalogue.owned_by(&person.email).next().is_some();
    // Whoever is signed in is active: having a place under the policy of a request is all it takes.
    let waiting = seats::waiting_for(r, &content.catalogue, &sitters)?;
    let decides = owns || !roles.is_empty() || !waiting.is_empty();
    Ok((roles, decides, waiting))
}

/// What waits for a person, as every page's frame says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnDesk {
    /// Whether they have a say on any role.
    pub decides: bool,
    /// Requests that wait for their decision.
    pub waiting: u32,
    /// Accesses that they are asked about in reviews.
    pub to_review: u32,
    /// Notices that they did not put aside yet.
    pub notices: u32,
    /// Attempts whose prose waits for somebody like them; none for those who may not mark.
    pub to_mark: u32,
    /// Roles that others took without approval and that nobody has judged; none for those who do not oversee.
    pub emergencies: u32,
}

/// What lies on an active person's desk, in a running transaction.
///
/// # Errors
/// The database is away.
pub fn on_desk(r: &mut Reading<'_>, content: &Content, person: &Person) -> Result<OnDesk, Broken> {
    let marks = person.capabilities.author || person.capabilities.admin;
    let oversees = person.capabilities.admin || person.capabilities.auditor;
    let desk = rows::desk(r, person.id, marks, person.capabilities.admin, oversees)?;
    let (_, decides, waiting) = waiting_for(r, content, person, &desk.teams)?;
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(OnDesk {
        decides,
        waiting: u32::try_from(waiting.len()).unwrap_or(u32::MAX),
        to_review: count(desk.to_review),
        notices: count(desk.notices),
        to_mark: count(desk.to_mark),
        emergencies: count(desk.emergencies),
    })
}

/// What lies on the signed-in person's desk.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn waiting(app: &App, actor: &Actor) -> Result<OnDesk, Fault> {
    let content = app.content()?;
    let person = actor.signed()?.person.clone();
    app.db.read(app.now(), move |r| Ok(on_desk(r, &content, &person)?)).await
}

/// The cases that wait for the signed-in person, oldest first, and those on which they decided lately.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn list_decisions(app: &App, actor: &Actor) -> Result<(Vec<Case>, Vec<Case>), Fault> {
    let content = app.content()?;
    let person = actor.signed()?.person.clone();
    look(app, actor, "list_decisions", About::person(person.id), move |r| {
        let teams = identity::rows::teams_of(r, person.id)?;
        let (_, _, waiting) = waiting_for(r, &content, &person, &teams)?;
        let mut cases = Vec::with_capacity(waiting.len());
        for asked in waiting {
            cases.push(case(r, &content, asked, Some(person.id))?);
        }
        let mut decided = Vec::new();
        for asked in rows::decided_by(r, person.id)? {
            decided.push(case(r, &content, asked, Some(person.id))?);
        }
        Ok((cases, decided))
    })
    .await
}

/// As [`list_decisions`], a page of it: `most` of those that wait after the first `skip`, and the last six decided.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn read_decisions(app: &App, actor: &Actor, skip: usize, most: usize) -> Result<DecisionsPage, Fault> {
    let content = app.content()?;
    let person = actor.signed()?.person.clone();
    look(app, actor, "list_decisions", About::person(person.id), move |r| {
        let teams = identity::rows::teams_of(r, person.id)?;
        let (roles, _, asked) = waiting_for(r, &content, &person, &teams)?;
        let total = asked.len();
        let mut waiting = Vec::new();
        for one in asked.into_iter().skip(skip).take(most) {
            waiting.push(case(r, &content, one, Some(person.id))?);
        }
        let mut decided = Vec::new();
        for one in rows::decided_by(r, person.id)?.into_iter().take(6) {
            decided.push(case(r, &content, one, Some(person.id))?);
        }
        Ok(DecisionsPage { total, more: total > skip + waiting.len(), waiting, decided, roles })
    })
    .await
}

/// Names of the people whom an approval names.
pub(super) fn approver_names(r: &mut Reading<'_>, approval: &Approval) -> Result<BTreeMap<Email, String>, Broken> {
    let Approval::Clauses(clauses) = approval else { return Ok(BTreeMap::new()) };
    let emails = clauses.iter().flat_map(|clause| &clause.of).filter_map(|approver| match approver {
        Approver::Person(email) => Some(email),
        Approver::Team(_) | Approver::Owners | Approver::Manager => None,
    });
    identity::rows::names_by_email(r, emails)
}

/// One case: for its requester, for those who may decide, and for auditors.
///
/// # Errors
/// There is no such request, or none that this person may see, or the database is away.
pub async fn read_request(app: &App, actor: &Actor, request: Id<ids::Request>) -> Result<Case, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "read_request", About::nothing().subject(request), move |r| {
        let own = caller.signed().map(|signed| signed.person.id).ok();
        let found = rows::request(r, request)?.ok_or(AccessRefusal::NoSuchRequest)?;
        let case = case(r, &content, found, own)?;
        if reads_words(r, &content, &case.request, &caller)? {
            return Ok(case);
        }
        Err(match caller.as_auditor() {
            Err(refusal @ IdentityRefusal::SignInFirst) => refusal.into(),
            _ => AccessRefusal::NoSuchRequest.into(),
        })
    })
    .await
}

/// Whether an actor reads what was said of a request: whoever [may read it](may_read), and who reads everything. An owner without
/// a place among the approvers sees who holds their role, and what for, but not what approvers said of it.
///
/// # Errors
/// The database is away.
pub(super) fn reads_words(
    r: &mut Reading<'_>,
    content: &Content,
    asked: &Request,
    caller: &Actor,
) -> Result<bool, Broken> {
    let own = caller.signed().map(|signed| signed.person.id).ok();
    Ok(caller.as_auditor().is_ok() || may_read(r, content, asked, own)?)
}

/// Whether somebody is the one who asked, has decided, or has a place among the approvers, their own or another's.
///
/// # Errors
/// The database is away.
pub(super) fn may_read(
    r: &mut Reading<'_>,
    content: &Content,
    asked: &Request,
    who: Option<Id<ids::Person>>,
) -> Result<bool, Broken> {
    let Some(who) = who else { return Ok(false) };
    let decisions = rows::decisions(r, asked.id)?;
    if who == asked.person_id || decisions.iter().any(|decision| decision.person_id == who) {
        return Ok(true);
    }
    let policy = rows::policy(r, &asked.policy_id)?;
    let clauses = seats::approvers(r, &content.catalogue, &policy, asked)?;
    let places = seats::places(r, &clauses, asked, &decisions, who)?;
    Ok(!matches!(places, Err(AccessRefusal::NotYours)))
}

fn case(r: &mut Reading<'_>, content: &Content, asked: Request, who: Option<Id<ids::Person>>) -> Result<Case, Broken> {
    let now = r.at();
    let person = identity::rows::person(r, asked.person_id)?
        .ok_or_else(|| Broken::defect(format!("the person of {} is gone", asked.id)))?;
    let policy = rows::policy(r, &asked.policy_id)?;
    let certificates = certification::rows::certificates_of(r, asked.person_id)?;
    let decisions = rows::decisions(r, asked.id)?;
    let approvers = seats::approvers(r, &content.catalogue, &policy, &asked)?;
    let places = match who {
        Some(who) if asked.standing_at(now) == State::InReview => {
            seats::places(r, &approvers, &asked, &decisions, who)?.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let mut in_place_of = Vec::new();
    for away in places.iter().flatten() {
        in_place_of.extend(identity::rows::person(r, *away)?);
    }
    let held = rows::grants_of_role(r, asked.person_id, &asked.role_id)?;
    Ok(Case {
        teams: identity::rows::teams_of(r, asked.person_id)?,
        clauses: requirement::judge(&policy.requires, &certificates, now),
        certificates: certificates.into_iter().filter(|c| c.counts_at(now)).collect(),
        earlier: held.into_iter().filter(|grant| grant.request_id != asked.id).collect(),
        grant: rows::grant_of_request(r, asked.id)?,
        names: approver_names(r, &policy.approval)?,
        history: history::history(r, &asked.id.to_string())?,
        comments: rows::comments(r, asked.id)?,
        progress: seats::progress(&approvers, &decisions),
        decisions,
        person,
        policy,
        may_decide: !places.is_empty(),
        on_own_place: places.contains(&None),
        in_place_of,
        request: asked,
    })
}
