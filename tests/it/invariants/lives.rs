//! Random histories of requests and grants against a small model of their lives, written a second time and differently: hours,
//! claims, delegation, grants held back, break-glass, a start in the time to come, and roles that change or leave meanwhile, on two
//! replicas that take turns and race. `HABILIS_TEST_HISTORIES` says how many are told.

use super::walk::{COURSES, DAY, ModelGrant, ROLES, TICK};
use crate::support::{House, code, content, person_id, slug};
use habilis::{
    access::{
        request::{State, Verdict},
        rows,
    },
    actions::{
        break_glass::{self, Taking},
        claim_grant,
        decide_request::{self, Say},
        delegate::{self, Delegating},
        hold_grant, load_content, mint_token, request_role, sweep,
    },
    app::App,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
    },
    curriculum::source::Source,
    db::sql,
    identity::actor::Actor,
};
use jiff::tz::TimeZone;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use std::collections::BTreeMap;

/// How long a grant of `either` may wait to be claimed, in days.
const CLAIM_DAYS: i64 = 3;

#[derive(Clone, Debug)]
enum Step {
    Advance(i64),
    Certify(usize, usize),
    Ask(usize, usize, i64),
    OwnerDecides(usize),
    DelegateDecides(usize),
    Race(usize),
    Delegate(i64, i64),
    Return,
    Hold(usize, usize),
    LetGo(usize, usize),
    Claim(usize, usize),
    Break(usize),
    Load(bool),
    Withdraw(usize),
    Mint(usize, usize),
    Sweep,
}

fn step() -> impl Strategy<Value = Step> {
    let (p, r) = (0..2_usize, 0..3_usize);
    prop_oneof![
        4 => (60..9 * DAY).prop_map(Step::Advance),
        2 => (600..20 * 3_600_i64).prop_map(Step::Advance),
        5 => (p.clone(), 0..2_usize).prop_map(|(p, c)| Step::Certify(p, c)),
        6 => (p.clone(), r.clone(), -2..4_i64).prop_map(|(p, r, d)| Step::Ask(p, r, d)),
        2 => p.clone().prop_map(Step::OwnerDecides),
        3 => p.clone().prop_map(Step::DelegateDecides),
        2 => p.clone().prop_map(Step::Race),
        2 => (0..3_i64, 1..12_i64).prop_map(|(from, days)| Step::Delegate(from, days)),
        1 => Just(Step::Return),
        1 => (p.clone(), r.clone()).prop_map(|(p, r)| Step::Hold(p, r)),
        2 => (p.clone(), r.clone()).prop_map(|(p, r)| Step::LetGo(p, r)),
        1 => (p.clone(), r.clone()).prop_map(|(p, r)| Step::Claim(p, r)),
        2 => r.clone().prop_map(Step::Break),
        1 => any::<bool>().prop_map(Step::Load),
        1 => r.clone().prop_map(Step::Withdraw),
        9 => (p, r).prop_map(|(p, r)| Step::Mint(p, r)),
        1 => Just(Step::Sweep),
    ]
}

/// The small academy where `reader` has hours or none, `either` is to be claimed, and the first of two is on call.
fn academy(hours: bool) -> Source {
    let mut files = content::files();
    let mut text = String::from_utf8(files["access.yaml"].clone()).unwrap();
    if hours {
        let with = "token_lifetime: 15m, hours: {days: mon-fri, from: '08:00', until: '19:00', zone: Europe/Paris}";
        text = text.replacen("token_lifetime: 15m", with, 1);
    }
    text = text.replacen("token_lifetime: 60m", &format!("token_lifetime: 60m, claim_by: P{CLAIM_DAYS}D"), 1);
    text.push_str("break_glass: {of: ['team:oncall'], at_most: PT4H}\n");
    files.insert("access.yaml".to_owned(), text.into_bytes());
    Source::from_files(files)
}

/// The same without a role.
fn academy_without(hours: bool, role: &str) -> Source {
    let mut files = academy(hours).files().clone();
    let text = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let mark = format!("  - {{id: {role},");
    let kept: String = text.lines().filter(|line| !line.starts_with(&mark)).map(|line| format!("{line}\n")).collect();
    files.insert("access.yaml".to_owned(), kept.into_bytes());
    Source::from_files(files)
}

/// When the hours close that are open in Paris at an instant, told by the clock on the wall.
fn closes(at: Time) -> Option<Time> {
    let local = at.timestamp().to_zoned(TimeZone::get("Europe/Paris").unwrap());
    let working = local.weekday().to_monday_one_offset() <= 5 && (8..19).contains(&local.hour());
    let end = local.with().hour(19).minute(0).second(0).subsec_nanosecond(0).build().unwrap();
    working.then(|| Time::from_micros(end.timestamp().as_microsecond()))
}

/// What the model knows of a grant besides its time.
struct Life {
    hours: bool,
    claim_by: Option<Time>,
    claimed: bool,
    held_back: bool,
    emergency: bool,
    /// Whether it ended with its role, and not by the clock.
    withdrawn: bool,
}

#[derive(Default)]
struct Model {
    certificates: BTreeMap<(usize, usize), Vec<(Time, Time)>>,
    grants: BTreeMap<Id<ids::Grant>, (ModelGrant, Life)>,
    /// Whether a request was made while `reader` had hours.
    asked: BTreeMap<Id<ids::Request>, bool>,
    hours: bool,
    /// When somebody decides in the owner's place.
    away: Vec<(Id<ids::Delegation>, Time, Time)>,
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

    /// Whether the requirement was unmet for the whole grace at some time since the grant began.
    fn lost_for_good(&self, grant: &ModelGrant, grace: i64, at: Time) -> bool {
        let own = self.certificates.iter().filter(|((person, _), _)| *person == grant.person);
        let mut marks: Vec<Time> = own
            .flat_map(|(_, all)| all.iter().flat_map(|(f, u)| [*f, *u]))
            .filter(|mark| grant.from < *mark && *mark <= at)
            .collect();
        marks.extend([grant.from, at]);
        marks.sort_unstable();
        let mut unmet_since: Option<Time> = None;
        for mark in marks {
            if unmet_since.is_some_and(|since| mark.micros_since(since) >= grace && mark > since) {
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

    /// The grants that open a role at an instant, with the latest end of a token under each.
    fn open(&self, person: usize, role: usize, at: Time) -> BTreeMap<Id<ids::Grant>, Time> {
        let mut open = BTreeMap::new();
        for (id, (grant, life)) in &self.grants {
            let grace = if life.emergency { 0 } else { ROLES[role].4 * DAY * 1_000_000 };
            let runs = grant.person == person && grant.role == role && grant.from <= at && at < grant.until;
            let claimed = life.claimed || life.claim_by.is_none_or(|by| at < by);
            let until = if life.hours { closes(at) } else { Some(grant.until) };
            if let (true, true, false, Some(until)) = (runs, claimed, life.held_back, until)
                && self.met(person, role, at)
                && !self.lost_for_good(grant, grace, at)
            {
                open.insert(*id, until.min(grant.until).min(at.plus_seconds(ROLES[role].3)));
            }
        }
        open
    }

    fn stands_in(&self, at: Time) -> bool {
        self.away.iter().any(|(_, from, until)| *from <= at && at < *until)
    }
}

struct History<'h> {
    house: &'h House,
    replica: App,
    /// The first is on call; the second decides while the owner is away.
    people: [Actor; 2],
    owner: Actor,
    model: Model,
    turns: usize,
    memories: Vec<(Time, usize, usize, bool)>,
}

impl History<'_> {
    /// The replica whose turn it is.
    fn app(&self) -> App {
        if self.turns.is_multiple_of(2) { self.house.app.clone() } else { self.replica.clone() }
    }

    async fn take(&mut self, step: &Step) {
        self.turns += 1;
        let (house, app) = (self.house, self.app());
        let now = app.now();
        match *step {
            Step::Advance(seconds) => house.clock.advance(seconds),
            Step::Certify(p, c) => {
                house.read_all(&self.people[p], COURSES[c]).await;
                if house.take(&self.people[p], COURSES[c], "final", true).await.is_ok() {
                    let all = self.model.certificates.entry((p, c)).or_default();
                    let running = all.iter().filter(|(f, u)| *f <= now && now < *u).map(|(_, u)| *u).max();
                    all.push((now, running.unwrap_or(now).plus_seconds(100 * DAY)));
                }
            }
            Step::Ask(p, r, days) => {
                let starts_at = (days > 0).then(|| now.plus_seconds(days * DAY));
                let (role, reason) = (slug(ROLES[r].0), "a history".to_owned());
                let ask = request_role::Ask { role, reason, duration: None, starts_at };
                if let Ok((request, _)) = request_role::request_role(&app, &self.people[p], ask).await {
                    // One that is sent again keeps the policy that it was made under.
                    self.model.asked.entry(request).or_insert(self.model.hours && r == 0);
                }
            }
            Step::OwnerDecides(p) => {
                if let Some(request) = self.waiting(p).await {
                    let taken = self.taken(request).await;
                    let outcome = approve(&app, &self.owner, request).await;
                    assert_eq!(outcome.as_ref().map_err(code).err(), taken.then_some("decided-already"));
                }
            }
            Step::DelegateDecides(p) => {
                if let Some(request) = self.waiting(p).await {
                    let taken = self.taken(request).await;
                    let outcome = approve(&app, &self.people[1], request).await;
                    let expected = match (p, self.model.stands_in(now), taken) {
                        (1, ..) => Some("own-request"),
                        (_, false, _) => Some("not-yours-to-decide"),
                        (_, true, true) => Some("decided-already"),
                        (_, true, false) => None,
                    };
                    assert_eq!(outcome.as_ref().map_err(code).err(), expected, "{now}");
                }
            }
            Step::Race(p) => {
                if let Some(request) = self.waiting(p).await {
                    let (taken, away) = (self.taken(request).await, self.model.stands_in(now) && p == 0);
                    let (one, other) = tokio::join!(
                        approve(&house.app, &self.owner, request),
                        approve(&self.replica, &self.people[1], request)
                    );
                    let won = usize::from(one.is_ok()) + usize::from(other.is_ok());
                    assert_eq!(won, usize::from(!taken), "one place is taken once: {one:?} {other:?}");
                    assert!(away || other.is_err());
                }
            }
            Step::Delegate(from, days) => {
                let begins = (from > 0).then(|| now.plus_seconds(from * DAY));
                let until = begins.unwrap_or(now).plus_seconds(days * DAY);
                let delegate = self.people[1].signed().unwrap().person.email.to_string();
                let wanted = Delegating { delegator: None, delegate, from: begins, until, note: String::new() };
                let free = self.model.away.iter().all(|(_, f, u)| until <= *f || *u <= begins.unwrap_or(now) || f == u);
                match delegate::delegate(&app, &self.owner, wanted, None).await {
                    Ok(id) => {
                        assert!(free, "two at once");
                        self.model.away.push((id, begins.unwrap_or(now), until));
                    }
                    Err(fault) => assert_eq!((code(&fault), free), ("delegation-overlaps", false)),
                }
            }
            Step::Return => {
                if let Some((id, from, until)) = self.model.away.iter_mut().rev().find(|(_, _, until)| now < *until)
                    && delegate::end_delegation(&app, &self.owner, *id).await.is_ok()
                {
                    *until = now.max(*from);
                }
            }
            Step::Hold(p, r) => {
                if let Some((id, (_, life))) = self.running(p, r, now) {
                    let outcome = hold_grant::hold_grant(&app, &house.admin, id, "a history".into()).await;
                    assert_eq!(outcome.as_ref().map_err(code).err(), life.then_some("grant-suspended-already"));
                    self.hold(id, now, true);
                }
            }
            Step::LetGo(p, r) => {
                if let Some((id, (_, life))) = self.running(p, r, now) {
                    let outcome = hold_grant::let_grant_go_on(&app, &house.admin, id, "a history".into()).await;
                    assert_eq!(outcome.as_ref().map_err(code).err(), (!life).then_some("grant-not-suspended"));
                    self.hold(id, now, false);
                }
            }
            Step::Claim(p, r) => {
                if let Some((id, _)) = self.running(p, r, now) {
                    claim_grant::claim_grant(&app, &self.people[p], id).await.unwrap();
                    self.model.grants.get_mut(&id).unwrap().1.claimed = true;
                }
            }
            Step::Break(r) => self.break_glass(&app, r, now).await,
            Step::Load(hours) => {
                load_content::load_content(&house.app, &Actor::operator("test"), academy(hours)).await.unwrap();
                load_content::follow(&self.replica).await.unwrap();
                self.model.hours = hours;
            }
            Step::Withdraw(r) => self.withdraw(r, now).await,
            Step::Mint(p, r) => self.mint(&app, p, r).await,
            Step::Sweep => sweep::sweep(&app).await.unwrap(),
        }
        self.learn().await;
        self.tick();
        let at = app.now();
        for (p, r) in (0..2).flat_map(|p| (0..ROLES.len()).map(move |r| (p, r))) {
            self.memories.push((at, p, r, !self.model.open(p, r, at).is_empty()));
        }
        self.tick();
    }

    fn tick(&self) {
        self.house.clock.set(self.house.app.now().plus_micros(TICK));
    }

    /// The grants of a role that are not past their end, whether or not they have begun.
    fn live(&self, p: usize, r: usize, now: Time) -> impl Iterator<Item = (&Id<ids::Grant>, &(ModelGrant, Life))> {
        self.model.grants.iter().filter(move |(_, (grant, life))| {
            let grace = if life.emergency { 0 } else { ROLES[r].4 * DAY * 1_000_000 };
            let unclaimed = !life.claimed && life.claim_by.is_some_and(|by| by <= now);
            let over = unclaimed || self.model.lost_for_good(grant, grace, now);
            grant.person == p && grant.role == r && now < grant.until && (now < grant.from || !over)
        })
    }

    /// Those of them that run.
    fn runs(&self, p: usize, r: usize, now: Time) -> impl Iterator<Item = (&Id<ids::Grant>, &(ModelGrant, Life))> {
        self.live(p, r, now).filter(move |(_, (grant, _))| grant.from <= now)
    }

    /// Whether somebody is held back from before: by the last grant that they had, which the clock has ended.
    fn held_from_before(&self, p: usize, r: usize, now: Time) -> bool {
        let mut known =
            self.model.grants.values().filter(|(grant, life)| grant.person == p && grant.role == r && !life.emergency);
        let live = self.live(p, r, now).any(|(_, (_, life))| !life.emergency);
        !live && known.next_back().is_some_and(|(_, life)| life.held_back && !life.withdrawn)
    }

    /// What is done to a grant is done to the whole access that it is part of; what was taken in an emergency is by itself.
    fn hold(&mut self, id: Id<ids::Grant>, now: Time, back: bool) {
        let (p, r, alone) = {
            let (grant, life) = &self.model.grants[&id];
            (grant.person, grant.role, life.emergency)
        };
        let part = |one: &Id<ids::Grant>, life: &Life| if alone { *one == id } else { !life.emergency };
        let all: Vec<_> =
            self.live(p, r, now).filter(|&(one, (_, life))| part(one, life)).map(|(one, _)| *one).collect();
        for one in all {
            self.model.grants.get_mut(&one).unwrap().1.held_back = back;
        }
    }

    /// One of these, and whether somebody holds it back.
    fn running(&self, p: usize, r: usize, now: Time) -> Option<(Id<ids::Grant>, (Time, bool))> {
        self.runs(p, r, now).next().map(|(id, (grant, life))| (*id, (grant.until, life.held_back)))
    }

    /// The request for `keeper` of a person that waits for a decision.
    async fn waiting(&self, p: usize) -> Option<Id<ids::Request>> {
        let who = person_id(&self.people[p]);
        let read =
            self.house.app.db.read(self.house.app.now(), move |r| Ok(rows::open_request(r, who, &slug("keeper"))?));
        let found = read.await.unwrap()?;
        (found.standing_at(self.house.app.now()) == State::InReview).then_some(found.id)
    }

    /// Whether somebody has decided in the owner's place.
    async fn taken(&self, request: Id<ids::Request>) -> bool {
        let read = self.house.app.db.read(self.house.app.now(), move |r| Ok(rows::decisions(r, request)?));
        !read.await.unwrap().is_empty()
    }

    async fn break_glass(&mut self, app: &App, r: usize, now: Time) {
        let (role, reason) = (slug(ROLES[r].0), "a fire".to_owned());
        let taking = Taking { person: None, role, reason, duration: None };
        let outcome = break_glass::break_glass(app, &self.people[0], taking, None).await;
        // Who is held back is so also where it is yet to begin, and once its time is over.
        let lives: Vec<&Life> = self.live(0, r, now).map(|(_, (_, life))| life).collect();
        let expected = if !self.model.open(0, r, now).is_empty() {
            Some("access-in-effect")
        } else if lives.iter().any(|life| life.held_back) || self.held_from_before(0, r, now) {
            Some("grant-suspended")
        } else if lives.iter().any(|life| life.emergency) {
            Some("access-in-effect")
        } else if !self.model.met(0, r, now) {
            Some("certification-missing")
        } else {
            None
        };
        match (outcome.as_ref().map_err(code).err(), expected) {
            // Of one that is held back and whose certification is gone, either is a good reason.
            (Some("certification-missing"), Some("access-in-effect" | "grant-suspended"))
                if !self.model.met(0, r, now) => {}
            (found, expected) => assert_eq!(found, expected, "{now}"),
        }
    }

    /// A role leaves the catalogue and comes back: whatever ran, waited to begin or was held back has ended, and stays so.
    async fn withdraw(&mut self, r: usize, now: Time) {
        let (house, hours, operator) = (self.house, self.model.hours, Actor::operator("test"));
        let open: Vec<_> = (0..2).flat_map(|p| self.model.open(p, r, now).into_keys()).collect();
        let ended: Vec<_> = (0..2).flat_map(|p| self.live(p, r, now).map(|(id, _)| *id).collect::<Vec<_>>()).collect();
        load_content::load_content(&house.app, &operator, academy_without(hours, ROLES[r].0)).await.unwrap();
        for id in ended {
            self.model.grants.get_mut(&id).unwrap().1.withdrawn = true;
        }
        for (grant, _) in self.model.grants.values_mut().filter(|(grant, _)| grant.role == r) {
            grant.until = grant.until.min(now.max(grant.from));
        }
        self.tick();
        load_content::load_content(&house.app, &operator, academy(hours)).await.unwrap();
        load_content::follow(&self.replica).await.unwrap();
        for id in open {
            let told =
                "SELECT COUNT(*) AS n FROM grants WHERE id = ? AND state = 'ended' AND ended_reason = 'withdrawn'";
            let read = house.app.db.read(house.app.now(), move |r| Ok(sql(told).bind(&id).one::<i64>(r)?));
            assert_eq!(read.await.unwrap(), 1, "{id}: why it ended");
        }
    }

    async fn mint(&mut self, app: &App, p: usize, r: usize) {
        let outcome = mint_token::mint_token(app, &self.people[p], slug(ROLES[r].0)).await;
        let now = app.now();
        let open = self.model.open(p, r, now);
        assert_eq!(outcome.is_ok(), !open.is_empty(), "{} for person {p} at {now}: {:?}", ROLES[r].0, outcome.err());
        if let Ok(token) = outcome {
            let bound = open.get(&token.grant).unwrap_or_else(|| panic!("{} opens nothing", token.grant));
            assert!(token.expires_at <= bound.plus_micros(TICK) && token.expires_at > now, "I2");
            self.model.grants.get_mut(&token.grant).unwrap().1.claimed = true;
        }
    }

    /// Takes over the grants that came into being, as they were given.
    async fn learn(&mut self) {
        for p in 0..2 {
            let who = person_id(&self.people[p]);
            let read = self.house.app.db.read(self.house.app.now(), move |r| Ok(rows::grants_of(r, who, None, 1_000)?));
            for grant in read.await.unwrap() {
                if self.model.grants.contains_key(&grant.id) {
                    continue;
                }
                let role = ROLES.iter().position(|(name, ..)| *name == grant.role_id.as_str()).unwrap();
                // Whoever is held back is given what is held back, and so is whoever was until their time was over.
                let given = grant.granted_at;
                let held_back = !grant.emergency
                    && (self.live(p, role, given).any(|(_, (_, life))| !life.emergency && life.held_back)
                        || self.held_from_before(p, role, given));
                let life = Life {
                    hours: !grant.emergency && self.model.asked.get(&grant.request_id).copied().unwrap_or(false),
                    claim_by: grant.claim_by_at,
                    claimed: false,
                    held_back,
                    emergency: grant.emergency,
                    withdrawn: false,
                };
                let (from, until) = (grant.starts_at, grant.ends_at);
                if grant.emergency {
                    assert!(until.micros_since(from) <= 4 * 3_600 * 1_000_000);
                }
                let known = ModelGrant { person: p, role, from, until };
                self.model.grants.insert(grant.id, (known, life));
            }
        }
    }

    /// The past stays askable, and what the lives promise holds of everything that was written.
    async fn holds(&self) {
        for (at, p, r, expected) in self.memories.iter().rev().step_by(5) {
            let (who, role) = (person_id(&self.people[*p]), slug(ROLES[*r].0));
            let read = self.house.app.db.read(*at, move |r| Ok(rows::effective(r, who, &role)?));
            assert_eq!(read.await.unwrap().is_some(), *expected, "as of {at}, {} for person {p}", ROLES[*r].0);
        }
        for broken in [
            // A place is taken once a round, and nobody decides on their own.
            "SELECT COUNT(*) AS n FROM decisions d JOIN requests q ON q.id = d.request_id WHERE d.person_id = q.person_id \
             OR d.on_behalf_of = q.person_id",
            "SELECT COUNT(*) AS n FROM (SELECT 1 FROM decisions GROUP BY request_id, round, COALESCE(on_behalf_of, person_id) \
             HAVING COUNT(*) > 1) twice",
            // In another's place only while it was delegated.
            "SELECT COUNT(*) AS n FROM decisions d WHERE d.on_behalf_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM delegations g \
             WHERE g.delegator_id = d.on_behalf_of AND g.delegate_id = d.person_id AND g.from_at <= d.at AND d.at < g.until_at)",
            // One grant of a kind at a time, and each given by one event and ended by one.
            "SELECT COUNT(*) AS n FROM (SELECT 1 FROM grants WHERE state IN ('active', 'suspended') \
             GROUP BY person_id, role_id, emergency HAVING COUNT(*) > 1) twice",
            "SELECT COUNT(*) AS n FROM (SELECT 1 FROM events WHERE kind IN ('grant.given', 'grant.ended') \
             GROUP BY subject_id, kind HAVING COUNT(*) > 1) twice",
            "SELECT COUNT(*) AS n FROM grants g WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.subject_id = g.id \
             AND e.kind = 'grant.given')",
            // What was approved was given.
            "SELECT COUNT(*) AS n FROM requests q WHERE q.state = 'approved' AND NOT EXISTS (SELECT 1 FROM grants g \
             WHERE g.request_id = q.id)",
            // Nothing is told as replaced by another.
            "SELECT COUNT(*) AS n FROM grants g WHERE g.ended_reason = 'superseded'",
            // A state is what the history says last.
            "SELECT COUNT(*) AS n FROM grants g WHERE g.state <> (SELECT c.to_state FROM state_changes c WHERE c.subject_id = g.id \
             ORDER BY c.at DESC, c.id DESC LIMIT 1)",
        ] {
            let read = self.house.app.db.read(self.house.app.now(), move |r| Ok(sql(broken).one::<i64>(r)?));
            assert_eq!(read.await.unwrap(), 0, "{broken}");
        }
    }
}

async fn approve(app: &App, who: &Actor, request: Id<ids::Request>) -> Result<State, Fault> {
    decide_request::decide_request(app, who, request, Say::new(Verdict::Approve, "")).await
}

#[test]
fn lives_go_as_the_model_says() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (house, owner, replica) = runtime.block_on(async {
        let house = House::with(academy(true)).await;
        let owner = house.person("Owner").await;
        let replica = house.replica().await;
        (house, owner, replica)
    });
    let cases = std::env::var("HABILIS_TEST_HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let told = std::cell::Cell::new(0_usize);
    let mut runner =
        TestRunner::new(Config { cases, failure_persistence: None, max_shrink_iters: 60, ..Config::default() });
    let outcome = runner.run(&prop::collection::vec(step(), 20..45), |steps| {
        told.set(told.get() + 1);
        runtime.block_on(async {
            load_content::load_content(&house.app, &Actor::operator("test"), academy(true)).await.unwrap();
            load_content::follow(&replica).await.unwrap();
            let one = house.person_in(&format!("One {}", told.get()), &["oncall"]).await;
            let two = house.person(&format!("Two {}", told.get())).await;
            let mut history = History {
                house: &house,
                replica: replica.clone(),
                people: [one, two],
                owner: owner.clone(),
                model: Model { hours: true, ..Model::default() },
                turns: 0,
                memories: Vec::new(),
            };
            for step in &steps {
                history.take(step).await;
            }
            history.holds().await;
            // The next one begins with an owner who is there.
            for one in delegate::my_delegations(&house.app, &owner).await.unwrap() {
                let _: Result<(), Fault> = delegate::end_delegation(&house.app, &owner, one.id).await;
            }
        });
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
