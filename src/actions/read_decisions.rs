//! Requests that wait for a person's decision, each with everything needed to decide.

use super::{About, look, settle_access};
use crate::{
    access::{
        catalogue::{Approval, Approver, Policy},
        grant::Grant,
        request::{self, AccessRefusal, Decision, Request, State, Verdict},
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
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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
    /// Names of the people whom the approval clauses name.
    pub names: BTreeMap<Email, String>,
    /// Every step of the request's life, the oldest first.
    pub history: Vec<Change>,
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

/// Whether a person is among those who may approve.
fn sits(approval: &Approval, person: &Person, teams: &[String]) -> bool {
    match approval {
        Approval::Auto => false,
        Approval::Clauses(clauses) => clauses.iter().flat_map(|clause| &clause.of).any(|approver| match approver {
            Approver::Person(email) => *email == person.email,
            Approver::Team(team) => teams.iter().any(|own| own == team.as_str()),
        }),
    }
}

/// The roles on which a person may have a say.
fn roles_of(content: &Content, person: &Person, teams: &[String]) -> Vec<Slug> {
    let roles = content.catalogue.roles.values().filter(|role| sits(&role.approval, person, teams));
    roles.map(|role| role.id.clone()).collect()
}

fn waiting_for(r: &mut Reading<'_>, content: &Content, person: &Person) -> Result<(bool, Vec<Request>), Broken> {
    let teams = identity::rows::teams_of(r, person.id)?;
    waiting_for_one_of(r, content, person, &teams)
}

fn waiting_for_one_of(
    r: &mut Reading<'_>,
    content: &Content,
    person: &Person,
    teams: &[String],
) -> Result<(bool, Vec<Request>), Broken> {
    let roles = roles_of(content, person, teams);
    let owns = content.catalogue.roles.values().any(|role| role.owner.people.contains(&person.email));
    // Whoever is signed in is active: sitting on a clause of the policy is all it takes.
    let open = rows::undecided_by(r, person.id, &roles)?;
    let waiting = open.into_iter().filter(|(_, policy)| sits(&policy.approval, person, teams)).map(|(asked, _)| asked);
    Ok((owns || !roles.is_empty(), waiting.collect()))
}

/// What waits for a person, as every page's frame says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnDesk {
    /// Whether they have a say on any role.
    pub decides: bool,
    /// Requests that wait for their decision.
    pub waiting: u32,
    /// Notices that they did not put aside yet.
    pub notices: u32,
    /// Attempts whose prose waits for somebody like them; none for those who may not mark.
    pub to_mark: u32,
}

/// What lies on an active person's desk, in a running transaction.
///
/// # Errors
/// The database is away.
pub fn on_desk(r: &mut Reading<'_>, content: &Content, person: &Person) -> Result<OnDesk, Broken> {
    let marks = person.capabilities.author || person.capabilities.admin;
    let desk = rows::desk(r, person.id, marks)?;
    let (decides, waiting) = waiting_for_one_of(r, content, person, &desk.teams)?;
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(OnDesk {
        decides,
        waiting: u32::try_from(waiting.len()).unwrap_or(u32::MAX),
        notices: count(desk.notices),
        to_mark: count(desk.to_mark),
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
        let (_, waiting) = waiting_for(r, &content, &person)?;
        let mut cases = Vec::with_capacity(waiting.len());
        for asked in waiting {
            cases.push(case(r, asked, Some(person.id))?);
        }
        let mut decided = Vec::new();
        for asked in rows::decided_by(r, person.id)? {
            decided.push(case(r, asked, Some(person.id))?);
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
        let (_, asked) = waiting_for(r, &content, &person)?;
        let total = asked.len();
        let mut waiting = Vec::new();
        for one in asked.into_iter().skip(skip).take(most) {
            waiting.push(case(r, one, Some(person.id))?);
        }
        let mut decided = Vec::new();
        for one in rows::decided_by(r, person.id)?.into_iter().take(6) {
            decided.push(case(r, one, Some(person.id))?);
        }
        let teams = identity::rows::teams_of(r, person.id)?;
        let roles = roles_of(&content, &person, &teams);
        Ok(DecisionsPage { total, more: total > skip + waiting.len(), waiting, decided, roles })
    })
    .await
}

/// Names of the people whom an approval names.
pub(super) fn approver_names(r: &mut Reading<'_>, approval: &Approval) -> Result<BTreeMap<Email, String>, Broken> {
    let Approval::Clauses(clauses) = approval else { return Ok(BTreeMap::new()) };
    let emails = clauses.iter().flat_map(|clause| &clause.of).filter_map(|approver| match approver {
        Approver::Person(email) => Some(email),
        Approver::Team(_) => None,
    });
    identity::rows::names_by_email(r, emails)
}

/// For each clause of a policy: how many approvals a request has in its present round, and how many it needs.
pub(super) fn clause_progress(
    r: &mut Reading<'_>,
    policy: &Policy,
    beneficiary: Id<ids::Person>,
    decisions: &[Decision],
) -> Result<Vec<(u32, u32)>, Broken> {
    let approvers = settle_access::approvers(r, policy, beneficiary)?;
    let round = settle_access::present_round(decisions);
    let yes: BTreeSet<_> =
        decisions.iter().filter(|d| d.round == round && d.decision == Verdict::Approve).map(|d| d.person_id).collect();
    let filled = request::progress(&approvers, &yes);
    Ok(filled.into_iter().zip(approvers.iter().map(|(_, need)| *need)).collect())
}

/// One case: for its requester, for those who may decide, and for auditors.
///
/// # Errors
/// There is no such request, or none that this person may see, or the database is away.
pub async fn read_request(app: &App, actor: &Actor, request: Id<ids::Request>) -> Result<Case, Fault> {
    let caller = actor.clone();
    look(app, actor, "read_request", About::nothing().subject(request), move |r| {
        let own = caller.signed().map(|signed| signed.person.id).ok();
        let found = rows::request(r, request)?.ok_or(AccessRefusal::NoSuchRequest)?;
        let beneficiary = found.person_id;
        let case = case(r, found, own)?;
        let involved = own == Some(beneficiary)
            || case.may_decide
            || case.decisions.iter().any(|decision| Some(decision.person_id) == own)
            || sits_on(r, &case, own)?;
        if !involved {
            caller.as_auditor().map_err(|refusal| match refusal {
                IdentityRefusal::SignInFirst => Fault::from(refusal),
                _ => AccessRefusal::NoSuchRequest.into(),
            })?;
        }
        Ok(case)
    })
    .await
}

fn sits_on(r: &mut Reading<'_>, case: &Case, who: Option<Id<ids::Person>>) -> Result<bool, Broken> {
    let clauses = settle_access::approvers(r, &case.policy, case.request.person_id)?;
    Ok(who.is_some_and(|who| clauses.iter().any(|(people, _)| people.contains(&who))))
}

fn case(r: &mut Reading<'_>, asked: Request, who: Option<Id<ids::Person>>) -> Result<Case, Broken> {
    let now = r.at();
    let person = identity::rows::person(r, asked.person_id)?
        .ok_or_else(|| Broken::defect(format!("the person of {} is gone", asked.id)))?;
    let policy = rows::policy(r, &asked.policy_id)?;
    let certificates = certification::rows::certificates_of(r, asked.person_id)?;
    let decisions = rows::decisions(r, asked.id)?;
    let approvers = settle_access::approvers(r, &policy, asked.person_id)?;
    let round = settle_access::present_round(&decisions);
    let present: Vec<&Decision> = decisions.iter().filter(|d| d.round == round).collect();
    let yes: BTreeSet<_> = present.iter().filter(|d| d.decision == Verdict::Approve).map(|d| d.person_id).collect();
    let filled = request::progress(&approvers, &yes);
    let progress = filled.into_iter().zip(approvers.iter().map(|(_, need)| *need)).collect();
    let may_decide = asked.standing_at(now) == State::InReview
        && who.is_some_and(|who| {
            who != asked.person_id
                && approvers.iter().any(|(people, _)| people.contains(&who))
                && present.iter().all(|d| d.person_id != who)
        });
    let held = rows::grants_of_role(r, asked.person_id, &asked.role_id)?;
    Ok(Case {
        teams: identity::rows::teams_of(r, asked.person_id)?,
        clauses: requirement::judge(&policy.requires, &certificates, now),
        certificates: certificates.into_iter().filter(|c| c.counts_at(now)).collect(),
        earlier: held.into_iter().filter(|grant| grant.request_id != asked.id).collect(),
        grant: rows::grant_of_request(r, asked.id)?,
        names: approver_names(r, &policy.approval)?,
        history: history::history(r, &asked.id.to_string())?,
        decisions,
        progress,
        person,
        policy,
        may_decide,
        request: asked,
    })
}
