//! Random walks: whatever happens in whatever order, a token is minted exactly when an independent model says so (I1, I5),
//! never outlives what it stands on (I2), leaves its record and event (I3), a refusal leaves its event (I4), and the past
//! stays askable.

use crate::support::{House, person_id, slug};
use habilis::{
    access::rows::{self, Holder, HolderFilter, LockKind, Standing},
    actions::{
        disable_person, explain_access, lock, mint_token, read_certificates, read_decisions, revoke_certificate,
        revoke_grant, sweep,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        paging::Paging,
        refusal::Fault,
    },
    identity::actor::Actor,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use std::collections::BTreeMap;

/// A role, its warehouse, its clauses, its token lifetime in seconds, its grace in days.
pub(super) type ModelRole = (&'static str, &'static str, &'static [&'static [&'static str]], i64, i64);
pub(super) const ROLES: [ModelRole; 3] = [
    ("reader", "lake", &[&["alpha"]], 900, 14),
    ("either", "attic", &[&["alpha", "beta"]], 3_600, 0),
    ("keeper", "lake", &[&["alpha"], &["beta"]], 900, 5),
];
pub(super) const COURSES: [&str; 2] = ["alpha", "beta"];
pub(super) const DAY: i64 = 86_400;
/// Between steps, in microseconds: actions at one held instant follow each other by single microseconds.
pub(super) const TICK: i64 = 1_000;

#[derive(Clone, Debug)]
enum Step {
    Advance(i64),
    Certify(usize, usize),
    RevokeCertificate(usize, usize),
    Ask(usize, usize),
    Approve,
    RevokeGrant(usize, usize),
    Lock(usize),
    Lift(usize),
    Disable(usize),
    Enable(usize),
    Mint(usize, usize),
    Sweep,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (60..40 * DAY).prop_map(Step::Advance),
        6 => (0..2_usize, 0..2_usize).prop_map(|(p, c)| Step::Certify(p, c)),
        2 => (0..2_usize, 0..2_usize).prop_map(|(p, c)| Step::RevokeCertificate(p, c)),
        6 => (0..2_usize, 0..3_usize).prop_map(|(p, r)| Step::Ask(p, r)),
        3 => Just(Step::Approve),
        1 => (0..2_usize, 0..3_usize).prop_map(|(p, r)| Step::RevokeGrant(p, r)),
        1 => (0..4_usize).prop_map(Step::Lock),
        2 => (0..4_usize).prop_map(Step::Lift),
        1 => (0..2_usize).prop_map(Step::Disable),
        2 => (0..2_usize).prop_map(Step::Enable),
        8 => (0..2_usize, 0..3_usize).prop_map(|(p, r)| Step::Mint(p, r)),
        1 => Just(Step::Sweep),
    ]
}

/// What the walk knows by itself: facts it caused, judged by rules written a second time and differently.
#[derive(Default)]
struct Model {
    /// (person, certification) → intervals that count, ends as they are known now.
    certificates: BTreeMap<(usize, usize), Vec<(Time, Time)>>,
    grants: BTreeMap<Id<ids::Grant>, ModelGrant>,
    locks: BTreeMap<usize, Id<ids::Lock>>,
    disabled: [bool; 2],
}

pub(super) struct ModelGrant {
    pub(super) person: usize,
    pub(super) role: usize,
    pub(super) from: Time,
    pub(super) until: Time,
}

impl Model {
    fn met(&self, person: usize, role: usize, at: Time) -> bool {
        ROLES[role].2.iter().all(|clause| {
            clause.iter().any(|name| {
                let course = COURSES.iter().position(|c| c == name).unwrap();
                self.certificates.get(&(person, course)).is_some_and(|all| all.iter().any(|(f, u)| *f <= at && at < *u))
            })
        })
    }

    /// Whether the requirement was unmet for the whole grace at some time between the grant's start and `at`.
    fn lost_for_good(&self, grant: &ModelGrant, at: Time) -> bool {
        let grace = ROLES[grant.role].4 * DAY * 1_000_000;
        let mut marks: Vec<Time> = self
            .certificates
            .iter()
            .filter(|((person, _), _)| *person == grant.person)
            .flat_map(|(_, all)| all.iter().flat_map(|(f, u)| [*f, *u]))
            .filter(|mark| grant.from < *mark && *mark <= at)
            .collect();
        marks.extend([grant.from, at]);
        marks.sort_unstable();
        let mut unmet_since: Option<Time> = None;
        for mark in marks {
            if let Some(since) = unmet_since
                && mark.micros_since(since) >= grace
                && mark > since
            {
                return true;
            }
            if self.met(grant.person, grant.role, mark) {
                unmet_since = None;
            } else {
                unmet_since.get_or_insert(mark);
            }
        }
        false
    }

    fn effective(&self, person: usize, role: usize, at: Time) -> bool {
        let stopped = self.locks.keys().any(|lock| match lock {
            0 | 1 => *lock == person,
            2 => ROLES[role].0 == "reader",
            _ => ROLES[role].1 == "lake",
        });
        let held = self.grants.values().any(|grant| {
            grant.person == person
                && grant.role == role
                && grant.from <= at
                && at < grant.until
                && !self.lost_for_good(grant, at)
        });
        held && self.met(person, role, at) && !stopped && !self.disabled[person]
    }

    fn certificate_end(&self, person: usize, role: usize, at: Time) -> Time {
        ROLES[role]
            .2
            .iter()
            .map(|clause| {
                clause
                    .iter()
                    .filter_map(|name| {
                        let course = COURSES.iter().position(|c| c == name).unwrap();
                        let all = self.certificates.get(&(person, course))?;
                        all.iter().filter(|(f, u)| *f <= at && at < *u).map(|(_, u)| *u).max()
                    })
                    .max()
                    .unwrap()
            })
            .min()
            .unwrap()
    }
}

struct Walk<'h> {
    house: &'h House,
    people: [Actor; 2],
    owner: Actor,
    model: Model,
    /// What was true when: asked again at the end.
    memories: Vec<(Time, usize, usize, bool)>,
}

impl Walk<'_> {
    async fn take(&mut self, step: &Step) {
        let (house, app) = (self.house, &self.house.app);
        let now = app.now();
        match *step {
            Step::Advance(seconds) => house.clock.advance(seconds),
            Step::Certify(p, c) => {
                house.read_all(&self.people[p], COURSES[c]).await;
                if house.take(&self.people[p], COURSES[c], "final", true).await.is_ok() {
                    let all = self.model.certificates.entry((p, c)).or_default();
                    let running = all.iter().filter(|(f, u)| *f <= now && now < *u).map(|(_, u)| *u).max();
                    let until = running.unwrap_or(now).plus_seconds(100 * DAY);
                    all.push((now, until));
                }
            }
            Step::RevokeCertificate(p, c) => {
                let mine = read_certificates::my_certificates(app, &self.people[p]).await.unwrap();
                let counting = mine.iter().find(|k| k.certification_id.as_str() == COURSES[c] && k.counts_at(now));
                if let Some(found) = counting {
                    revoke_certificate::revoke_certificate(app, &house.admin, found.id, "walk".into()).await.unwrap();
                    let all = self.model.certificates.get_mut(&(p, c)).unwrap();
                    let entry = all.iter_mut().find(|(f, _)| found.valid_from.micros_since(*f).abs() < TICK).unwrap();
                    entry.1 = now;
                }
            }
            Step::Ask(p, r) => {
                let _: Result<_, Fault> = house.ask(&self.people[p], ROLES[r].0).await;
            }
            Step::Approve => {
                let (waiting, _) = read_decisions::list_decisions(app, &self.owner).await.unwrap();
                for case in waiting {
                    house.approve(&self.owner, case.request.id).await.unwrap();
                }
            }
            Step::RevokeGrant(p, r) => {
                let found = self.model.grants.iter().find(|(_, g)| g.person == p && g.role == r && now < g.until);
                if let Some((id, from)) = found.map(|(id, grant)| (*id, grant.from))
                    && revoke_grant::revoke_grant(app, &house.admin, id, "walk".into()).await.is_ok()
                {
                    // What was to follow it ends with it.
                    let all = self.model.grants.values_mut();
                    for grant in all.filter(|g| g.person == p && g.role == r && from <= g.from && now < g.until) {
                        grant.until = now.max(grant.from);
                    }
                }
            }
            Step::Lock(which) => {
                let (kind, subject) = match which {
                    0 | 1 => (LockKind::Person, person_id(&self.people[which]).to_string()),
                    2 => (LockKind::Role, "reader".to_owned()),
                    _ => (LockKind::Warehouse, "lake".to_owned()),
                };
                if let Ok(id) = lock::place_lock(app, &house.admin, kind, subject, "walk".into()).await {
                    assert!(self.model.locks.insert(which, id).is_none());
                }
            }
            Step::Lift(which) => {
                if let Some(id) = self.model.locks.remove(&which) {
                    lock::lift_lock(app, &house.admin, id).await.unwrap();
                }
            }
            Step::Disable(p) => {
                let who = person_id(&self.people[p]);
                if disable_person::disable_person(app, &house.admin, who, "walk".into()).await.is_ok() {
                    self.model.disabled[p] = true;
                    for grant in self.model.grants.values_mut().filter(|g| g.person == p && now < g.until) {
                        grant.until = now.max(grant.from);
                    }
                }
            }
            Step::Enable(p) => {
                let who = person_id(&self.people[p]);
                if disable_person::enable_person(app, &house.admin, who).await.is_ok() {
                    self.model.disabled[p] = false;
                }
            }
            Step::Mint(p, r) => self.mint(p, r).await,
            Step::Sweep => sweep::sweep(app).await.unwrap(),
        }
        self.learn_grants().await;
        self.tick();
        let at = app.now();
        for p in 0..2 {
            for r in 0..ROLES.len() {
                self.memories.push((at, p, r, self.model.effective(p, r, at)));
            }
        }
        self.tick();
    }

    fn tick(&self) {
        self.house.clock.set(self.house.app.now().plus_micros(TICK));
    }

    async fn mint(&self, p: usize, r: usize) {
        let (house, app) = (self.house, &self.house.app);
        let (minted_before, refused_before) = (house.events("token.minted").await, house.events("refused").await);
        let outcome = mint_token::mint_token(app, &self.people[p], slug(ROLES[r].0)).await;
        let now = app.now();
        let expected = self.model.effective(p, r, now);
        assert_eq!(outcome.is_ok(), expected, "minting {} for person {p}: {:?}", ROLES[r].0, outcome.err());
        let (minted, refused) = (house.events("token.minted").await, house.events("refused").await);
        assert_eq!((minted - minted_before, refused - refused_before), if expected { (1, 0) } else { (0, 1) });
        if let Ok(token) = outcome {
            let grant = &self.model.grants[&token.grant];
            let bound = now
                .plus_seconds(ROLES[r].3)
                .min(grant.until)
                .min(self.model.certificate_end(p, r, now))
                .plus_micros(TICK);
            assert!(token.expires_at <= bound && token.claims.exp <= bound.seconds(), "I2");
            assert!(token.expires_at > now);
        }
    }

    /// Takes over the grants that came into being, as they were given.
    async fn learn_grants(&mut self) {
        for p in 0..2 {
            let who = person_id(&self.people[p]);
            let held = self
                .house
                .app
                .db
                .read(self.house.app.now(), move |r| Ok(rows::grants_of(r, who, None, 1_000)?))
                .await
                .unwrap();
            for grant in held {
                let role = ROLES.iter().position(|(name, ..)| *name == grant.role_id.as_str()).unwrap();
                let (from, until) = (grant.starts_at, grant.ends_at);
                self.model.grants.entry(grant.id).or_insert(ModelGrant { person: p, role, from, until });
            }
        }
    }

    async fn remember(&self) {
        for (at, p, r, expected) in self.memories.iter().rev().step_by(7) {
            let who = Some(person_id(&self.people[*p]).to_string());
            let told =
                explain_access::explain_access(&self.house.app, &self.house.admin, who, slug(ROLES[*r].0), Some(*at))
                    .await
                    .unwrap();
            assert_eq!(told.effective, *expected, "as of {at}, {} for person {p}", ROLES[*r].0);
        }
    }

    /// The list of holders by any filter is the part of the whole list that it asks for, now and in the past.
    async fn lists_agree(&self) {
        let whole = Paging { limit: 5_000, after: None };
        for (at, ..) in self.memories.iter().rev().step_by(61) {
            let whole = whole.clone();
            let read = self.house.app.db.read(*at, move |r| {
                let all = HolderFilter { all: true, ..HolderFilter::default() };
                let lines = rows::holders(r, &all, &whole)?.items;
                let roles = std::iter::once(None).chain(ROLES.iter().map(|(name, ..)| Some(slug(name))));
                let warehouses = [None, lines.first().map(|line| line.warehouse.clone())];
                for (role, warehouse) in roles.flat_map(|role| warehouses.clone().map(|w| (role.clone(), w))) {
                    for state in STANDINGS {
                        let filter = HolderFilter {
                            role: role.clone(),
                            warehouse: warehouse.clone(),
                            state,
                            ..HolderFilter::default()
                        };
                        let asked = |line: &&Holder| {
                            role.as_ref().is_none_or(|role| line.role == *role)
                                && warehouse.as_ref().is_none_or(|warehouse| line.warehouse == *warehouse)
                                && state.map_or(line.state != Standing::Ended, |state| line.state == state)
                        };
                        let expected: Vec<_> = lines.iter().filter(asked).map(|line| line.grant).collect();
                        let found: Vec<_> =
                            rows::holders(r, &filter, &whole)?.items.into_iter().map(|line| line.grant).collect();
                        assert_eq!(found, expected, "as of {:?}: {filter:?}", r.at());
                    }
                }
                Ok(())
            });
            read.await.unwrap();
        }
    }
}

/// Every way to ask for a state; none asks for everything that has not ended.
const STANDINGS: [Option<Standing>; 8] = [
    None,
    Some(Standing::Effective),
    Some(Standing::Suspended),
    Some(Standing::Closed),
    Some(Standing::Locked),
    Some(Standing::Disabled),
    Some(Standing::Scheduled),
    Some(Standing::Ended),
];

#[test]
fn a_token_is_minted_exactly_when_it_may_be() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (house, owner) = runtime.block_on(async {
        let house = House::new().await;
        let owner = house.person("Owner").await;
        (house, owner)
    });
    let walks = std::cell::Cell::new(0);
    let mut runner =
        TestRunner::new(Config { cases: 16, failure_persistence: None, max_shrink_iters: 40, ..Config::default() });
    runner
        .run(&prop::collection::vec(step(), 20..45), |steps| {
            walks.set(walks.get() + 1);
            runtime.block_on(async {
                let one = house.person(&format!("One {}", walks.get())).await;
                let two = house.person(&format!("Two {}", walks.get())).await;
                let mut walk = Walk {
                    house: &house,
                    people: [one, two],
                    owner: owner.clone(),
                    model: Model::default(),
                    memories: Vec::new(),
                };
                for step in &steps {
                    walk.take(step).await;
                }
                walk.remember().await;
                walk.lists_agree().await;
                for lock in walk.model.locks.values() {
                    lock::lift_lock(&house.app, &house.admin, *lock).await.unwrap();
                }
            });
            Ok(())
        })
        .unwrap();
}
