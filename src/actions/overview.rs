//! Where a person stands: every role with what is missing and the shortest path to it, every course with its progress.

use super::{
    About, award, look,
    read_teams::{self, Mine},
    start_attempt,
};
use crate::{
    academy::{
        self,
        attempt::{Attempt, AttemptRefusal, State as AttemptState},
        progress::Progress,
    },
    access::{
        catalogue::Role,
        grant::{Cause, Grant},
        hours,
        request::{Request, State as RequestState},
        rows::{self, Lock, LockKind, Suspension},
    },
    app::{App, Content},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    certification::{
        self,
        certificate::Certificate,
        renewal,
        requirement::{self, ClauseStanding},
    },
    curriculum::course::Course,
    db::Reading,
    identity::actor::Actor,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Everything the database holds about one person's learning and access, at one instant.
#[derive(Clone, Debug)]
pub struct Picture {
    pub person: Id<ids::Person>,
    pub at: Time,
    pub certificates: Vec<Certificate>,
    pub progress: BTreeMap<Slug, Progress>,
    /// How far the attempts are that were not handed in.
    pub how_far: BTreeMap<Id<ids::Attempt>, academy::rows::HowFar>,
    pub requests: Vec<Request>,
    pub grants: Vec<Grant>,
    /// Grants that are effective, by role: read from the one view.
    pub effective: BTreeMap<Slug, (Id<ids::Grant>, Time)>,
    pub locks: Vec<Lock>,
    /// What holds their grants back besides missing certifications.
    pub held_back: Vec<Suspension>,
    /// Running grants that are outside of their hours, and when those begin.
    pub shut: BTreeMap<Id<ids::Grant>, Time>,
    /// What is assigned to the teams they are in.
    pub assigned: Vec<Mine>,
}

/// How a role stands for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleStatus {
    /// It opens the warehouse now.
    Effective,
    /// A lock is in force.
    Locked,
    /// Held, but a certification is missing.
    Suspended,
    /// Held, but not at this hour.
    Closed,
    /// Given, and begins later.
    Scheduled,
    /// Sent back with a question.
    Returned,
    /// Waits for a decision.
    Waiting,
    /// Asked for, and waits for a certification.
    Blocked,
    /// Everything required is there: ask.
    Requestable,
    /// Something is to be learnt first.
    Missing,
}

/// Which of these running grants are outside of their hours, and when those begin.
fn shut(r: &mut Reading<'_>, grants: &[Grant]) -> Result<BTreeMap<Id<ids::Grant>, Time>, Broken> {
    let (at, mut shut) = (r.at(), BTreeMap::new());
    for grant in grants.iter().filter(|grant| grant.starts_at <= at && at < grant.ends_at) {
        let policy = rows::policy(r, &grant.policy_id)?;
        if hours::open_until(&policy.hours, at).is_none() {
            shut.extend(hours::opens_after(&policy.hours, at).map(|from| (grant.id, from)));
        }
    }
    Ok(shut)
}

/// One thing to do on the way to a role.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Todo {
    pub course: Slug,
    /// Modules that are still to be read.
    pub modules: Vec<Slug>,
    /// Exams that are still to be passed.
    pub exams: Vec<Slug>,
}

/// A role, and how it stands for a person.
#[derive(Clone, Debug)]
pub struct RoleStanding {
    pub role: Role,
    pub status: RoleStatus,
    pub grant: Option<Grant>,
    pub request: Option<Request>,
    pub clauses: Vec<ClauseStanding>,
    pub locks: Vec<Lock>,
    /// What holds the grant back besides a missing certification.
    pub held_back: Option<Cause>,
    /// The shortest path: courses in the order to take them.
    pub path: Vec<Todo>,
    /// When the access ends by itself: the grant's end or the first certificate's, whichever comes first.
    pub until: Option<Time>,
}

/// A course, and how far a person is in it.
#[derive(Clone, Debug)]
pub struct CourseStanding {
    pub course: Arc<Course>,
    pub progress: Progress,
    /// The certificate of it that counts for the longest, or else the latest one.
    pub certificate: Option<Certificate>,
    /// Exams, each with whether it may be started now or why not.
    pub exams: Vec<(Slug, Result<(), AttemptRefusal>)>,
    pub modules_left: Vec<Slug>,
    pub exams_left: Vec<Slug>,
}

/// Reads the picture in a running transaction.
///
/// # Errors
/// The database is away.
pub fn picture(r: &mut Reading<'_>, content: &Content, person: Id<ids::Person>) -> Result<Picture, Broken> {
    let enrolled: BTreeMap<Slug, Time> =
        academy::rows::enrolments(r, person)?.into_iter().map(|e| (e.course_id, e.at)).collect();
    let mut completions = academy::rows::completions(r, person)?;
    let mut attempts: BTreeMap<Slug, Vec<Attempt>> = BTreeMap::new();
    for attempt in academy::rows::attempts(r, person, None)? {
        attempts.entry(attempt.course_id.clone()).or_default().push(attempt);
    }
    let accommodations = academy::rows::accommodations_of(r, person)?;
    let progress = content
        .curriculum
        .courses
        .values()
        .map(|course| {
            let read = completions.remove(&course.id).unwrap_or_default();
            let tried = attempts.remove(&course.id).unwrap_or_default();
            (
                course.id.clone(),
                Progress::new(course, enrolled.get(&course.id).copied(), read, tried, accommodations.clone()),
            )
        })
        .collect();
    let grants = rows::live_grants(r, person, None)?;
    Ok(Picture {
        shut: shut(r, &grants)?,
        person,
        at: r.at(),
        certificates: certification::rows::certificates_of(r, person)?,
        progress,
        how_far: academy::rows::how_far(r, person)?,
        requests: rows::requests_of(r, person)?,
        grants,
        effective: rows::effective_of(r, person)?
            .into_iter()
            .map(|effective| (effective.role_id, (effective.grant_id, effective.ends_at)))
            .collect(),
        held_back: rows::suspensions_of_person(r, person)?,
        assigned: read_teams::assigned_to(r, content, person)?,
        locks: rows::locks(r)?.into_iter().filter(|lock| lock.lifted_at.is_none()).collect(),
    })
}

/// The signed-in person's picture.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_picture(app: &App, actor: &Actor) -> Result<(Arc<Content>, Picture), Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    let kept = Arc::clone(&content);
    let picture = look(app, actor, "overview", About::person(who), move |r| Ok(picture(r, &kept, who)?)).await?;
    Ok((content, picture))
}

impl Picture {
    /// How a course stands.
    #[must_use]
    pub fn course(&self, content: &Content, course: &Arc<Course>) -> CourseStanding {
        let progress = self.progress.get(&course.id).cloned().unwrap_or_default();
        let spent = self.spent_now(course, &progress);
        let delta = renewal::opens_delta(course, &self.certificates, self.at).and_then(|_| course.delta());
        let exams = course
            .exams()
            .chain(delta)
            .map(|quiz| {
                let may = start_attempt::may_start(content, course, quiz, &self.progress, &self.certificates, self.at);
                (quiz.id.clone(), may)
            })
            .collect();
        let certificate = self
            .certificates
            .iter()
            .filter(|c| c.course_id == course.id)
            .max_by_key(|c| (c.counts_at(self.at), c.ends_at, c.issued_at))
            .cloned();
        let left = renewal::left(course, &progress, &self.certificates, &spent, self.at);
        CourseStanding {
            modules_left: left.modules,
            exams_left: left.exams,
            course: Arc::clone(course),
            progress,
            certificate,
            exams,
        }
    }

    /// Passes that earn nothing any more: evidence of certificates that no longer count. While one counts, its exams are done.
    fn spent_now(&self, course: &Course, progress: &Progress) -> BTreeSet<String> {
        let counting = self.certificates.iter().any(|c| {
            c.course_id == course.id && c.counts_at(self.at) && academy::progress::counts(course, c.course_version)
        });
        if counting { BTreeSet::new() } else { award::spent(progress, &self.certificates, course) }
    }

    /// How a role stands.
    #[must_use]
    pub fn role(&self, content: &Content, role: &Role) -> RoleStanding {
        let grant = self
            .grants
            .iter()
            .filter(|grant| grant.role_id == role.id && self.at < grant.over_at())
            .filter(|grant| grant.unclaimed_until().is_none_or(|until| self.at < until))
            .min_by_key(|grant| grant.starts_at)
            .cloned();
        let request = self
            .requests
            .iter()
            .find(|asked| asked.role_id == role.id && asked.standing_at(self.at).is_open())
            .cloned();
        let locks: Vec<Lock> = self.locks.iter().filter(|lock| self.stops(lock, role)).cloned().collect();
        let clauses = requirement::judge(&role.requires.clauses(), &self.certificates, self.at);
        let met_until = requirement::met_until(&clauses);
        let status = if self.effective.contains_key(&role.id) {
            RoleStatus::Effective
        } else if !locks.is_empty() {
            RoleStatus::Locked
        } else if let Some(grant) = &grant {
            let held_back = self.held_back.iter().any(|one| one.grant_id == grant.id);
            if self.at < grant.starts_at {
                RoleStatus::Scheduled
            } else if met_until.is_some() && !held_back && self.shut.contains_key(&grant.id) {
                RoleStatus::Closed
            } else {
                RoleStatus::Suspended
            }
        } else if let Some(request) = &request {
            match request.state {
                RequestState::Returned => RoleStatus::Returned,
                RequestState::Blocked => RoleStatus::Blocked,
                _ => RoleStatus::Waiting,
            }
        } else if met_until.is_some() {
            RoleStatus::Requestable
        } else {
            RoleStatus::Missing
        };
        let until = self.effective.get(&role.id).map(|(_, end)| met_until.map_or(*end, |met| met.min(*end)));
        let path = self.path(content, &clauses);
        let held_back = grant.as_ref().and_then(|grant| self.held_back.iter().find(|one| one.grant_id == grant.id));
        let held_back = held_back.map(|one| one.cause);
        RoleStanding { role: role.clone(), status, grant, request, clauses, locks, held_back, path, until }
    }

    fn stops(&self, lock: &Lock, role: &Role) -> bool {
        match lock.kind {
            LockKind::Person => lock.subject_id == self.person.to_string(),
            LockKind::Role => lock.subject_id == role.id.as_str(),
            LockKind::Warehouse => lock.subject_id == role.warehouse.as_str(),
        }
    }

    /// The fewest modules and exams that would meet every clause, courses that come first included.
    fn path(&self, content: &Content, clauses: &[ClauseStanding]) -> Vec<Todo> {
        let mut path: Vec<Todo> = Vec::new();
        for clause in clauses.iter().filter(|clause| clause.met_by.is_none()) {
            let ways = clause.any_of.iter().flat_map(|id| content.curriculum.certification(id)).map(|course| {
                let mut way = path.clone();
                self.add_course(content, course, &mut way, 0);
                way
            });
            if let Some(shortest) = ways.min_by_key(|way| steps(way)) {
                path = shortest;
            }
        }
        path
    }

    fn add_course(&self, content: &Content, course: &Course, path: &mut Vec<Todo>, depth: usize) {
        if depth > 16 || path.iter().any(|todo| todo.course == course.id) {
            return;
        }
        for needed in course.prerequisites.iter().filter_map(|id| content.curriculum.courses.get(id)) {
            if !start_attempt::is_done(needed, &self.progress, &self.certificates) {
                self.add_course(content, needed, path, depth + 1);
            }
        }
        let progress = self.progress.get(&course.id).cloned().unwrap_or_default();
        let spent = award::spent(&progress, &self.certificates, course);
        let left = renewal::left(course, &progress, &self.certificates, &spent, self.at);
        path.push(Todo { course: course.id.clone(), modules: left.modules, exams: left.exams });
    }

    /// Attempts that still take answers.
    #[must_use]
    pub fn open_attempts(&self) -> Vec<Attempt> {
        self.progress
            .values()
            .flat_map(|progress| progress.attempts.iter())
            .filter(|attempt| attempt.state == AttemptState::InProgress && attempt.is_open(self.at))
            .cloned()
            .collect()
    }
}

/// How many things a path asks for.
#[must_use]
pub fn steps(path: &[Todo]) -> usize {
    path.iter().map(|todo| todo.modules.len() + todo.exams.len()).sum()
}
