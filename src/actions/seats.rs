//! Who may decide on a request, and in whose place: people, teams, the role's owners, the person's manager, and delegates.
//!
//! A place among the approvers is somebody's. Whoever sits on it decides: the one whose it is, or, while that one is away, the
//! delegate. A place counts once, and so does everybody who decides. What was delegated is not delegated on.

use crate::{
    access::{
        catalogue::{Approval, Approver, Catalogue, Policy},
        request::{self, AccessRefusal, Decision, Request, Verdict},
        rows,
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::{Email, Slug},
    },
    db::Reading,
    identity::{
        self,
        actor::Actor,
        person::{Person, State},
    },
};
use std::collections::BTreeSet;

/// The most requests that are told to wait for somebody, and how many are looked through at once.
const MOST: usize = 500;

/// One clause of an approval: whose places there are, and how many must agree.
pub type Seats = (BTreeSet<Id<ids::Person>>, u32);

/// A place on which somebody decides: their own (none), or that of somebody who is away.
pub type Place = Option<Id<ids::Person>>;

/// The owners of a role, as the catalogue names them.
fn owners<'a>(catalogue: &'a Catalogue, role: &Slug) -> &'a [Email] {
    catalogue.roles.get(role).map_or(&[], |role| &role.owner.people)
}

/// Whose places there are, clause by clause, at the instant of the transaction; the person who benefits is left out.
///
/// # Errors
/// The database is away.
pub fn approvers(
    r: &mut Reading<'_>,
    catalogue: &Catalogue,
    policy: &Policy,
    asked: &Request,
) -> Result<Vec<Seats>, Broken> {
    approvers_for(r, catalogue, policy, &asked.role_id, asked.person_id)
}

/// As [`approvers`], of a request that is not made yet.
///
/// # Errors
/// The database is away.
pub fn approvers_for(
    r: &mut Reading<'_>,
    catalogue: &Catalogue,
    policy: &Policy,
    role: &Slug,
    beneficiary: Id<ids::Person>,
) -> Result<Vec<Seats>, Broken> {
    let Approval::Clauses(clauses) = &policy.approval else { return Ok(Vec::new()) };
    let active = |found: Option<Person>| found.filter(|person| person.state == State::Active).map(|person| person.id);
    let mut resolved = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let mut people = BTreeSet::new();
        for approver in &clause.of {
            match approver {
                Approver::Person(email) => people.extend(active(identity::rows::person_by_email(r, email)?)),
                Approver::Team(team) => people.extend(identity::rows::members(r, team.as_str())?),
                Approver::Owners => {
                    for email in owners(catalogue, role) {
                        people.extend(active(identity::rows::person_by_email(r, email)?));
                    }
                }
                Approver::Manager => {
                    if let Some(manager) = identity::rows::manager_of(r, beneficiary)? {
                        people.extend(active(identity::rows::person(r, manager)?));
                    }
                }
            }
        }
        people.remove(&beneficiary);
        resolved.push((people, clause.count));
    }
    Ok(resolved)
}

/// Which round of asking a request is in: rounds end when it is sent back.
#[must_use]
pub fn present_round(decisions: &[Decision]) -> i64 {
    1 + i64::try_from(decisions.iter().filter(|d| d.decision == Verdict::Return).count()).unwrap_or(0)
}

/// For each clause: how many approvals a request has in its present round, and how many it needs.
#[must_use]
pub fn progress(seats: &[Seats], decisions: &[Decision]) -> Vec<(u32, u32)> {
    let filled = request::progress(seats, &agreeing(decisions));
    filled.into_iter().zip(seats.iter().map(|(_, need)| *need)).collect()
}

/// In whose places a request was agreed to in its present round.
fn agreeing(decisions: &[Decision]) -> BTreeSet<Id<ids::Person>> {
    let round = present_round(decisions);
    decisions.iter().filter(|d| d.round == round && d.decision == Verdict::Approve).map(Decision::place).collect()
}

/// Whether what was said of a request in its present round is enough, by the places that there are now.
///
/// # Errors
/// The database is away.
pub(super) fn is_agreed(
    r: &mut Reading<'_>,
    catalogue: &Catalogue,
    policy: &Policy,
    asked: &Request,
) -> Result<bool, Broken> {
    let seats = approvers(r, catalogue, policy, asked)?;
    Ok(request::approved(&seats, &agreeing(&rows::decisions(r, asked.id)?)))
}

/// The places on which a word would help a request along: nobody has decided on them in the present round, and an open clause
/// counts them.
fn open_places(seats: &[Seats], decisions: &[Decision]) -> BTreeSet<Id<ids::Person>> {
    let round = present_round(decisions);
    let taken: BTreeSet<_> = decisions.iter().filter(|decision| decision.round == round).map(Decision::place).collect();
    // A word may help that is of no open clause: who has agreed counts in another one then.
    let filled = |with: Option<Id<ids::Person>>| -> u32 {
        request::progress(seats, &taken.iter().copied().chain(with).collect()).into_iter().sum()
    };
    let now = filled(None);
    let places: BTreeSet<_> = seats.iter().flat_map(|(people, _)| people.iter().copied()).collect();
    places.difference(&taken).copied().filter(|place| filled(Some(*place)) > now).collect()
}

/// Whose word would help a request in review along: whose the places are on which nobody has decided, and who stands in for
/// them. Whoever has decided in the present round is not asked again, and neither is whoever stands in for the one who asks.
///
/// # Errors
/// The database is away.
pub(super) fn missing(
    r: &mut Reading<'_>,
    catalogue: &Catalogue,
    policy: &Policy,
    asked: &Request,
) -> Result<BTreeSet<Id<ids::Person>>, Broken> {
    let seats = approvers(r, catalogue, policy, asked)?;
    let decisions = rows::decisions(r, asked.id)?;
    let mut missing = BTreeSet::new();
    for place in open_places(&seats, &decisions) {
        missing.insert(place);
        let stand_in = rows::delegates_of(r, place)?.into_iter().map(|delegation| delegation.delegate_id);
        missing.extend(stand_in.filter(|delegate| *delegate != asked.person_id));
    }
    for stand_in in rows::delegates_of(r, asked.person_id)? {
        missing.remove(&stand_in.delegate_id);
    }
    let round = present_round(&decisions);
    let present = || decisions.iter().filter(|decision| decision.round == round);
    missing.retain(|who| present().all(|decision| decision.person_id != *who));
    Ok(missing)
}

/// The places on which somebody may decide now, their own first (none), then those of whom they stand in for.
///
/// # Errors
/// They may not decide (the refusal says why), or the database is away.
pub fn places(
    r: &mut Reading<'_>,
    seats: &[Seats],
    asked: &Request,
    decisions: &[Decision],
    who: Id<ids::Person>,
) -> Result<Result<Vec<Place>, AccessRefusal>, Broken> {
    if asked.person_id == who {
        return Ok(Err(AccessRefusal::OwnRequest));
    }
    let away = rows::delegators_of(r, who)?;
    let sits = |who: &Id<ids::Person>| seats.iter().any(|(people, _)| people.contains(who));
    let mut own: Vec<Place> = Some(None).filter(|_| sits(&who)).into_iter().collect();
    own.extend(away.iter().filter(|&&away| away != who && sits(&away)).copied().map(Some));
    if own.is_empty() {
        return Ok(Err(AccessRefusal::NotYours));
    }
    if away.contains(&asked.person_id) {
        return Ok(Err(AccessRefusal::DelegatorsOwn));
    }
    let round = present_round(decisions);
    let present = || decisions.iter().filter(|decision| decision.round == round);
    if present().any(|decision| decision.person_id == who) {
        return Ok(Err(AccessRefusal::DecidedAlready));
    }
    own.retain(|place| present().all(|decision| decision.place() != place.unwrap_or(who)));
    Ok(if own.is_empty() { Err(AccessRefusal::DecidedAlready) } else { Ok(own) })
}

/// Refuses what is about somebody in whose place the caller decides: nobody says anything of whom they stand in for.
///
/// # Errors
/// It is, or the database is away.
pub(super) fn not_of_delegators(r: &mut Reading<'_>, caller: &Actor, about: Id<ids::Person>) -> Result<(), Fault> {
    let Ok(signed) = caller.signed() else { return Ok(()) };
    if rows::delegators_of(r, signed.person.id)?.contains(&about) {
        return Err(AccessRefusal::DelegatorsOwn.into());
    }
    Ok(())
}

/// Somebody on whose place one decides: oneself, or who is away.
pub(super) struct Sitter {
    id: Id<ids::Person>,
    email: Email,
    teams: Vec<String>,
    /// Whose manager they are.
    reports: BTreeSet<Id<ids::Person>>,
}

impl Sitter {
    fn of(r: &mut Reading<'_>, person: &Person, teams: Vec<String>) -> Result<Self, Broken> {
        let reports = identity::rows::reports_of(r, person.id)?;
        Ok(Self { id: person.id, email: person.email.clone(), teams, reports })
    }

    /// Whether they have a place among the approvers, whoever asks.
    fn sits_always(&self, approval: &Approval, owners: &[Email]) -> bool {
        approval.approvers().any(|approver| match approver {
            Approver::Person(email) => *email == self.email,
            Approver::Team(team) => self.teams.iter().any(|own| own == team.as_str()),
            Approver::Owners => owners.contains(&self.email),
            Approver::Manager => false,
        })
    }

    /// Whose requests they have a place on besides, as their manager.
    fn manages(&self, approval: &Approval) -> impl Iterator<Item = Id<ids::Person>> {
        let asked = approval.approvers().any(|approver| matches!(approver, Approver::Manager));
        self.reports.iter().copied().filter(move |_| asked)
    }

    /// Whether they have a place among the approvers of a person's request.
    fn sits(&self, approval: &Approval, owners: &[Email], of: Id<ids::Person>) -> bool {
        self.sits_always(approval, owners) || self.manages(approval).any(|report| report == of)
    }
}

/// Everybody on whose place a person decides at the instant of the transaction, themselves first.
///
/// # Errors
/// The database is away.
pub(super) fn sitters(r: &mut Reading<'_>, person: &Person, teams: &[String]) -> Result<Vec<Sitter>, Broken> {
    let mut sitters = vec![Sitter::of(r, person, teams.to_vec())?];
    for away in rows::delegators_of(r, person.id)? {
        if let Some(away) = identity::rows::person(r, away)? {
            let teams = identity::rows::teams_of(r, away.id)?;
            sitters.push(Sitter::of(r, &away, teams)?);
        }
    }
    Ok(sitters)
}

/// The roles on which they may have a say.
pub(super) fn roles_of(catalogue: &Catalogue, sitters: &[Sitter]) -> Vec<Slug> {
    let roles = catalogue.roles.values();
    let has = |role: &&crate::access::catalogue::Role| {
        sitters.iter().any(|sitter| {
            sitter.sits_always(&role.approval, &role.owner.people) || sitter.manages(&role.approval).next().is_some()
        })
    };
    roles.filter(has).map(|role| role.id.clone()).collect()
}

/// The requests that wait for somebody's decision, the oldest first and at most [`MOST`]: judged by the policy that each was made
/// under. Those of others do not stand in front of them, however many there are.
///
/// # Errors
/// The database is away.
pub(super) fn waiting_for(
    r: &mut Reading<'_>,
    catalogue: &Catalogue,
    sitters: &[Sitter],
) -> Result<Vec<Request>, Broken> {
    let Some((me, away)) = sitters.split_first() else { return Ok(Vec::new()) };
    let mut under = Vec::new();
    for (role, policy) in rows::in_review(r)? {
        let approval = &rows::policy(r, &policy)?.approval;
        let of = if sitters.iter().any(|sitter| sitter.sits_always(approval, owners(catalogue, &role))) {
            None
        } else {
            // Those of others are not even read: they may be many.
            Some(sitters.iter().flat_map(|sitter| sitter.manages(approval)).collect::<BTreeSet<_>>())
        };
        if of.as_ref().is_none_or(|of| !of.is_empty()) {
            under.push(rows::Under { role, policy, of });
        }
    }
    let mut waiting = Vec::new();
    let mut last: Option<Request> = None;
    loop {
        let page = rows::undecided_by(r, me.id, &under, last.as_ref(), MOST)?;
        let more = page.len() == MOST;
        last = page.last().map(|(asked, _)| asked.clone());
        for (asked, taken) in page {
            let approval = &rows::policy(r, &asked.policy_id)?.approval;
            let owners = owners(catalogue, &asked.role_id);
            let free = |sitter: &Sitter| {
                sitter.id != asked.person_id
                    && !taken.contains(&sitter.id)
                    && sitter.sits(approval, owners, asked.person_id)
            };
            let conflict = away.iter().any(|away| away.id == asked.person_id);
            if !conflict && sitters.iter().any(free) {
                waiting.push(asked);
            }
        }
        if !more || waiting.len() >= MOST {
            break;
        }
    }
    waiting.truncate(MOST);
    Ok(waiting)
}

/// Those of the requests that wait for somebody's decision which their word would help along.
///
/// # Errors
/// The database is away.
pub(super) fn asking(r: &mut Reading<'_>, catalogue: &Catalogue, sitters: &[Sitter]) -> Result<Vec<Request>, Broken> {
    let mut asking = Vec::new();
    for asked in waiting_for(r, catalogue, sitters)? {
        let policy = rows::policy(r, &asked.policy_id)?;
        let seats = approvers(r, catalogue, &policy, &asked)?;
        let open = open_places(&seats, &rows::decisions(r, asked.id)?);
        if sitters.iter().any(|sitter| open.contains(&sitter.id)) {
            asking.push(asked);
        }
    }
    Ok(asking)
}

/// Whether a request waits whose policy names such an approver: it is asked of the policies, and not of the requests.
///
/// # Errors
/// The database is away.
pub(super) fn is_named(r: &mut Reading<'_>, such: impl Fn(&Approver) -> bool) -> Result<bool, Broken> {
    for (_, policy) in rows::in_review(r)? {
        let policy = rows::policy(r, &policy)?;
        if policy.approval.approvers().any(&such) {
            return Ok(true);
        }
    }
    Ok(false)
}
