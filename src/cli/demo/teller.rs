//! Tells the script through the actions, on a clock that moves from the first day to now, so that every history is true.

use super::{
    people::{self, ADMIN, Made, May, Office},
    script::{self, Step, When},
};
use crate::{
    access,
    actions::{
        accommodate::{self, Granting},
        assign_course::{self, Assigning},
        change_person, change_team, complete_module, decide_request, disable_person, invite_person, list_holders,
        load_content, lock, mint_token, open_link, request_role, revoke_certificate, revoke_grant, rotate_keys, set_up,
        sign_in, sweep, void_attempt, withdraw_request,
    },
    app::App,
    base::{
        clock::{Clock, Time},
        ids::{self, Id},
        refusal::{Broken, Fault},
        span::Span,
        text::{Language, Slug},
    },
    cli::Failed,
    identity::{
        actor::Actor,
        person::{Capabilities, Person},
        secret::Secret,
    },
    settings::Settings,
};
use std::collections::BTreeMap;

/// How long people work in one session, in microseconds.
const VISIT: i64 = 8 * 3_600_000_000;
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// What was told.
pub(super) struct Told {
    pub(super) people: usize,
    pub(super) steps: usize,
}

pub(super) struct Teller {
    pub(super) app: App,
    pub(super) clock: Clock,
    password: String,
    hash: String,
    now: Time,
    known: BTreeMap<&'static str, Person>,
    visits: BTreeMap<&'static str, Actor>,
}

/// Fills an empty database with the company.
pub(super) fn tell(settings: Settings, password: &str) -> Result<Told, Failed> {
    let now = Clock::System.now();
    let mut steps: Vec<(Time, Step)> =
        script::script().into_iter().map(|(when, step)| (instant(when, now), step)).collect();
    steps.sort_by_key(|(at, _)| *at);
    let clock = Clock::held(steps.first().map_or(now, |(at, _)| at.plus_seconds(-60)));
    let app = App::open(settings, clock.clone())?;
    let runtime = crate::cli::open::runtime()?;
    runtime.block_on(async {
        let nobody = empty(&app).await?;
        if !nobody {
            return Err(Failed::words(
                "this database has people already; a demo fills only an empty one. Unset DATABASE_URL, or name an empty \
                 database",
            ));
        }
        rotate_keys::ensure_keys(&app).await?;
        let hash = app.passwords.hash(password.to_owned()).await?;
        let mut teller = Teller {
            app,
            clock,
            password: password.to_owned(),
            hash,
            now,
            known: BTreeMap::new(),
            visits: BTreeMap::new(),
        };
        let count = steps.len();
        for (at, step) in steps {
            teller.until(at).await?;
            let told = format!("{step:?}");
            teller.step(step).await.map_err(|fault| Broken::defect(format!("the demo's script, {told}: {fault}")))?;
        }
        teller.until(now).await?;
        sweep::sweep(&teller.app).await?;
        Ok(Told { people: teller.known.len(), steps: count })
    })
}

/// Whether nobody has an account.
async fn empty(app: &App) -> Result<bool, Fault> {
    let operator = Actor::operator("demo");
    let first = crate::base::paging::Paging::first(1);
    Ok(crate::actions::person_file::list_people(app, &operator, None, None, first).await?.items.is_empty())
}

fn instant(when: When, now: Time) -> Time {
    let day = 86_400_000_000;
    let midnight = now.micros() - now.micros().rem_euclid(day);
    match when {
        When::Day(days, hour, minute) => {
            // Never later than an hour ago, so that what should have happened today has.
            Time::from_micros(midnight - days * day + (hour * 60 + minute) * 60_000_000).min(now.plus_seconds(-9_000))
        }
        When::Minutes(minutes) => now.plus_seconds(-minutes * 60),
    }
}

impl Teller {
    /// Moves the clock on; on the way everything that is due is written down at its own time.
    async fn until(&mut self, at: Time) -> Result<(), Fault> {
        if self.app.content().is_ok() {
            while let Some(due) = sweep::next_due(&self.app).await?.filter(|due| *due < at) {
                self.clock.set(due.plus_seconds(2).min(at));
                sweep::sweep(&self.app).await?;
                self.answer_reviews().await?;
            }
        }
        if at > self.clock.now() {
            self.clock.set(at);
        }
        Ok(())
    }

    /// Lets time pass, never beyond the present.
    pub(super) fn pass(&self, seconds: i64) {
        let later = self.clock.now().plus_seconds(seconds);
        if later < self.now {
            self.clock.set(later);
        }
    }

    /// What the script calls a person.
    pub(super) fn called(&self, id: Id<ids::Person>) -> Option<&'static str> {
        self.known.iter().find(|(_, person)| person.id == id).map(|(who, _)| *who)
    }

    /// The person whom the script calls so.
    pub(super) fn id_of(&self, who: &str) -> Option<Id<ids::Person>> {
        self.known.get(who).map(|person| person.id)
    }

    fn known(&self, who: &str) -> Result<&Person, Fault> {
        self.known.get(who).ok_or_else(|| Broken::defect(format!("{who} is not there yet")).into())
    }

    fn address(made: &Made) -> String {
        let host = made.name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 200;
        format!("{}.{}", made.office.network(), host + 20)
    }

    /// The person, signed in: in the visit that goes on, or a new one.
    pub(super) async fn visit(&mut self, who: &'static str) -> Result<Actor, Fault> {
        if let Some(actor) = self.visits.get(who)
            && actor.signed().is_ok_and(|signed| self.clock.now().micros_since(signed.since) < VISIT)
        {
            return Ok(actor.clone());
        }
        let made = people::person(who).ok_or_else(|| Broken::defect(who))?;
        let from = Actor::anonymous(Self::address(made));
        let begun = sign_in::sign_in(&self.app, &from, &people::email(who), self.password.clone(), AGENT).await?;
        self.pass(40);
        self.begun(who, &begun, from.address).await
    }

    async fn begun(&mut self, who: &'static str, begun: &sign_in::Begun, address: String) -> Result<Actor, Fault> {
        let actor = sign_in::authenticate(&self.app, &begun.secret, &address).await?;
        let actor = actor.ok_or_else(|| Broken::defect(format!("{who} could not sign in")))?;
        self.visits.insert(who, actor.clone());
        self.known.insert(who, begun.person.clone());
        Ok(actor)
    }

    async fn step(&mut self, step: Step) -> Result<(), Fault> {
        match step {
            Step::Open => self.open().await,
            Step::Content { first_edition } => self.content(first_edition).await,
            Step::Invite { who, comes } => self.invite(who, comes).await,
            Step::Read { who, course, modules } => self.read(who, course, modules).await,
            Step::Earn { who, course, slips } => {
                self.read(who, course, usize::MAX).await?;
                self.sit(who, course, super::exam::Aim::Pass { slips }).await
            }
            Step::Fail { who, course } => {
                self.read(who, course, usize::MAX).await?;
                self.sit(who, course, super::exam::Aim::Fail).await
            }
            Step::Begin { who, course, answers } => self.sit(who, course, super::exam::Aim::Leave { answers }).await,
            Step::Void { who, reason } => self.void(who, reason).await,
            Step::Accommodate { who, percent, reason } => {
                let (admin, person) = (self.visit(ADMIN).await?, self.known(who)?.id);
                let granting = Granting {
                    person,
                    course: None,
                    quiz: None,
                    time_factor_percent: percent,
                    extra_attempts: 0,
                    reason: reason.to_owned(),
                    from: None,
                    until: None,
                };
                accommodate::accommodate(&self.app, &admin, granting).await.map(drop)
            }
            Step::Assign { by, team, course, days, note } => {
                let actor = self.visit(by).await?;
                let due_at = self.clock.now().plus_seconds(days * 86_400);
                let (team, note) = (team.to_owned(), note.to_owned());
                let assigning = Assigning { team, course: slug(course)?, due_at, note };
                assign_course::assign_course(&self.app, &actor, assigning, None).await.map(drop)
            }
            Step::Lead { who, team } => {
                let admin = self.visit(ADMIN).await?;
                change_team::set_lead(&self.app, &admin, team.to_owned(), people::email(who), true).await
            }
            Step::Ask { who, role, reason } => {
                let actor = self.visit(who).await?;
                let ask =
                    request_role::Ask { role: slug(role)?, reason: reason.to_owned(), duration: None, starts_at: None };
                request_role::request_role(&self.app, &actor, ask).await.map(|_| ())
            }
            Step::Decide { who, on, role, verdict, comment, days } => {
                let request = self.open_request(on, role).await?;
                let actor = self.visit(who).await?;
                let say =
                    decide_request::Say { cap: days.map(Span::days), ..decide_request::Say::new(verdict, comment) };
                decide_request::decide_request(&self.app, &actor, request, say).await.map(|_| ())
            }
            Step::Withdraw { who, role } => {
                let request = self.open_request(who, role).await?;
                let actor = self.visit(who).await?;
                withdraw_request::withdraw_request(&self.app, &actor, request).await
            }
            Step::Mint { who, role } => {
                let actor = self.visit(who).await?;
                refusable(mint_token::mint_token(&self.app, &actor, slug(role)?).await)
            }
            Step::WrongPassword { who } => {
                let made = people::person(who).ok_or_else(|| Broken::defect(who))?;
                let from = Actor::anonymous(Self::address(made));
                let wrong = "not my password today".to_owned();
                refusable(sign_in::sign_in(&self.app, &from, &people::email(who), wrong, AGENT).await)
            }
            Step::RevokeCertificate { who, course, reason } => self.revoke_certificate(who, course, reason).await,
            Step::RevokeGrant { by, who, role, reason } => self.revoke_grant(by, who, role, reason).await,
            Step::Lock { who, reason } => {
                let (admin, person) = (self.visit(ADMIN).await?, self.known(who)?.id.to_string());
                let kind = access::rows::LockKind::Person;
                lock::place_lock(&self.app, &admin, kind, person, reason.to_owned()).await.map(|_| ())
            }
            Step::Lift { who } => {
                let (admin, person) = (self.visit(ADMIN).await?, self.known(who)?.id.to_string());
                let locks = lock::list_locks(&self.app, &admin).await?;
                for held in locks.iter().filter(|held| held.subject_id == person && held.lifted_at.is_none()) {
                    lock::lift_lock(&self.app, &admin, held.id).await?;
                }
                Ok(())
            }
            Step::Disable { who, reason } => {
                let (admin, person) = (self.visit(ADMIN).await?, self.known(who)?.id);
                self.visits.remove(who);
                disable_person::disable_person(&self.app, &admin, person, reason.to_owned()).await
            }
            Step::Sweep => sweep::sweep(&self.app).await,
            Step::RotateKeys => {
                let admin = self.visit(ADMIN).await?;
                let (what, haste) = (crate::tokens::rows::Purpose::Token, rotate_keys::Haste::OncePublished);
                rotate_keys::rotate_keys(&self.app, &admin, what, None, haste).await.map(|_| ())
            }
        }
    }

    async fn open(&mut self) -> Result<(), Fault> {
        let made = people::person(ADMIN).ok_or_else(|| Broken::defect(ADMIN))?;
        let link = set_up::set_up_link(&self.app).await?.ok_or_else(|| Broken::defect("somebody is here already"))?;
        self.pass(300);
        let from = Actor::anonymous(Self::address(made));
        let (secret, email) = (secret_of(&link), people::email(ADMIN));
        let password = self.password.clone();
        let begun = set_up::set_up(&self.app, &from, secret, &email, made.name, password, AGENT).await?;
        let admin = self.begun(ADMIN, &begun, from.address).await?;
        change_person::change_teams(&self.app, &admin, begun.person.id, vec![made.team.to_owned()]).await?;
        let zone = "Europe/Paris".to_owned();
        change_person::change_preferences(&self.app, &admin, Some(Language::Fr), zone).await
    }

    async fn content(&mut self, first_edition: bool) -> Result<(), Fault> {
        let mut source = load_content::source(&self.app.settings)?;
        if first_edition {
            source = super::exam::first_edition(&source);
        }
        let (curriculum, _, _) = load_content::check(&source);
        let all = script::COURSES.iter().all(|id| curriculum.courses.keys().any(|known| known.as_str() == *id));
        if !all {
            return Err(Broken::defect(
                "the demo needs the sample courses: unset HABILIS_CONTENT, or start it in a folder without `courses`",
            )
            .into());
        }
        load_content::load_content(&self.app, &Actor::operator("antoine"), source).await.map(|_| ())
    }

    async fn invite(&mut self, who: &'static str, comes: bool) -> Result<(), Fault> {
        let made = people::person(who).ok_or_else(|| Broken::defect(who))?;
        let admin = self.visit(ADMIN).await?;
        let invitation = invite_person::Invitation {
            email: people::email(who),
            name: made.name.to_owned(),
            office: made.office.name().to_owned(),
            language: Some(if made.office == Office::Barcelona { Language::Es } else { Language::Fr }),
            capabilities: Capabilities {
                admin: made.may == May::Admin,
                auditor: made.may == May::Audit,
                author: made.may == May::Write,
            },
            teams: vec![made.team.to_owned()],
        };
        let link = invite_person::invite_person(&self.app, &admin, invitation).await?;
        if comes {
            self.pass(900);
            let from = Actor::anonymous(Self::address(made));
            let (secret, hash) = (secret_of(&link.url), self.hash.clone());
            let begun = open_link::open_link_with(&self.app, &from, secret, hash, AGENT).await?;
            self.begun(who, &begun, from.address).await?;
        } else {
            self.known.insert(who, link.person);
        }
        Ok(())
    }

    /// Reads modules in their order: up to so many of the course in all.
    async fn read(&mut self, who: &'static str, course: &'static str, modules: usize) -> Result<(), Fault> {
        let actor = self.visit(who).await?;
        let content = self.app.content()?;
        let course = slug(course)?;
        let known = content.curriculum.courses.get(&course).ok_or_else(|| Broken::defect(&course))?;
        crate::actions::enrol::enrol(&self.app, &actor, course.clone()).await?;
        let person = self.known(who)?.id;
        let (seen, kept) = (known.clone(), person);
        let progress =
            self.app.db.read(self.clock.now(), move |r| Ok(crate::actions::award::progress(r, kept, &seen)?)).await?;
        for module in known.modules.iter().take(modules).filter(|module| !progress.read.contains_key(&module.id)) {
            self.pass(60 * (9 + i64::try_from(module.id.as_str().len()).unwrap_or(5) % 9));
            complete_module::complete_module(&self.app, &actor, course.clone(), module.id.clone()).await?;
        }
        Ok(())
    }

    async fn open_request(&self, who: &'static str, role: &str) -> Result<Id<ids::Request>, Fault> {
        let (person, role) = (self.known(who)?.id, slug(role)?);
        let found =
            self.app.db.read(self.clock.now(), move |r| Ok(access::rows::open_request(r, person, &role)?)).await?;
        Ok(found.ok_or_else(|| Broken::defect(format!("{who} has no open request")))?.id)
    }

    async fn void(&mut self, who: &'static str, reason: &'static str) -> Result<(), Fault> {
        let (admin, person) = (self.visit(ADMIN).await?, self.known(who)?.id);
        let attempts =
            self.app.db.read(self.clock.now(), move |r| Ok(crate::academy::rows::attempts(r, person, None)?)).await?;
        let failed = attempts.iter().rfind(|attempt| attempt.passed == Some(false));
        let failed = failed.ok_or_else(|| Broken::defect(format!("{who} has not failed")))?.id;
        void_attempt::void_attempt(&self.app, &admin, failed, reason.to_owned()).await
    }

    async fn revoke_certificate(&mut self, who: &'static str, course: &str, reason: &str) -> Result<(), Fault> {
        let (admin, person) = (self.visit(ADMIN).await?, self.known(who)?.id);
        let held = self
            .app
            .db
            .read(self.clock.now(), move |r| Ok(crate::certification::rows::certificates_of(r, person)?))
            .await?;
        let found = held.iter().find(|certificate| certificate.course_id.as_str() == course);
        let found = found.ok_or_else(|| Broken::defect(format!("{who} has no certificate of {course}")))?.id;
        revoke_certificate::revoke_certificate(&self.app, &admin, found, reason.to_owned()).await
    }

    async fn revoke_grant(
        &mut self,
        by: &'static str,
        who: &'static str,
        role: &str,
        reason: &str,
    ) -> Result<(), Fault> {
        let filter = access::rows::HolderFilter {
            person: Some(self.known(who)?.id),
            role: Some(slug(role)?),
            ..access::rows::HolderFilter::default()
        };
        let (operator, first) = (Actor::operator("demo"), crate::base::paging::Paging::first(1));
        let held = list_holders::holders_of_export(&self.app, &operator, filter, None, None, first).await?;
        let held = held.items.first().ok_or_else(|| Broken::defect(format!("{who} does not hold {role}")))?.grant;
        let owner = self.visit(by).await?;
        revoke_grant::revoke_grant(&self.app, &owner, held, reason.to_owned()).await.map(drop)
    }
}

/// A refusal is part of the story, too.
fn refusable<T>(outcome: Result<T, Fault>) -> Result<(), Fault> {
    match outcome {
        Ok(_) | Err(Fault::Refused(_)) => Ok(()),
        Err(broken) => Err(broken),
    }
}

fn secret_of(url: &str) -> Secret {
    Secret::presented(url.rsplit('/').next().unwrap_or_default())
}

pub(super) fn slug(text: &str) -> Result<Slug, Fault> {
    text.parse().map_err(|error| Broken::defect(format!("{text}: {error}")).into())
}
