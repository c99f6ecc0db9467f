//! Thousands of people and as many grants as one likes: for seeing how lists, searches and the clock bear it.

use super::{
    papers::{End, Paper, paper},
    roles::{MARKETS, TOPICS},
    uses::Uses,
};
use crate::{
    academy::{
        attempt::{Attempt, State as AttemptState},
        form::Form,
        grading::Outcome,
        mark::Mark,
    },
    access::{
        self,
        catalogue::{Approval, Role, Signing},
        grant::{EndReason, Grant, State as GrantState},
        request::{Decision, Request, State as RequestState, Verdict},
        rows::{Bulk, Serial},
    },
    actions::{fill, load_content},
    app::App,
    base::{
        clock::{Clock, Time},
        ids::{self, Id},
        refusal::Broken,
        text::{Email, Language, Slug},
    },
    certification::certificate::{Certificate, Evidence, ExamEvidence, State as CertificateState},
    cli::{Failed, open},
    curriculum::{course::Course, quiz::QuizKind},
    identity::{
        actor::Actor,
        person::{Capabilities, Person, State},
        rows as identity_rows,
    },
    settings::Settings,
    tokens::rows::{Purpose, active_kid},
};
use indicatif::{ProgressBar, ProgressStyle};
use rand::{RngExt, SeedableRng};
use std::{collections::BTreeMap, sync::Arc};

const DAY: i64 = 86_400_000_000;
/// How far back the grants go, in days.
const PAST: i64 = 240;
/// How many grants one transaction writes.
const BATCH: usize = 10_000;
/// How many people have whole papers, with questions and answers; those after them only a mark.
const WITH_PAPERS: usize = 5_000;
/// A course that every third of them tries, and not everybody passes.
const TRIED: (&str, i64) = ("personal-data", 10);
/// The approver of generated roles that ask for one.
pub(super) const APPROVER: &str = "camille.roux@example.com";
/// What everybody has learnt, and where in the past.
const LEARNT: [(&str, i64); 3] = [("data-foundations", 40), ("warehouse-analyst", 30), ("warehouse-costs", 20)];

const FIRST: [&str; 24] = [
    "Adrien", "Agnès", "Albert", "Alice", "Arnau", "Bruno", "Carla", "Céline", "David", "Elsa", "Ferran", "Gaëlle",
    "Irene", "Jeanne", "Laura", "Louis", "Maria", "Mathieu", "Mireia", "Noémie", "Pol", "Rémi", "Roser", "Xavier",
];
const LAST: [&str; 24] = [
    "Arnal", "Barbier", "Bosch", "Brun", "Camps", "Colin", "Duval", "Esteve", "Faure", "Garcia", "Giraud", "Guillot",
    "Lopez", "Marchand", "Marin", "Masson", "Navarro", "Noël", "Ortiz", "Perrin", "Prat", "Renard", "Sala", "Vives",
];

/// What stays the same for everybody who is made.
struct Mould {
    now: Time,
    courses: Vec<(Arc<Course>, i64, String)>,
    roles: Vec<(Role, String)>,
    approver: (Id<ids::Person>, String),
    hash: Option<String>,
    /// The key under which tokens are recorded.
    kid: String,
    /// Draws forms and answers.
    rng: rand::rngs::StdRng,
    serial: Serial,
    first: usize,
}

/// Adds people, grants, and tokens of the grants.
pub(super) fn fill(settings: &Settings, people: usize, grants: usize, tokens: usize) -> Result<(), Failed> {
    let most = TOPICS.len() * MARKETS.len();
    if people == 0 || grants > people.saturating_mul(most) || grants > 20_000_000 || people > 1_000_000 {
        return Err(Failed::words(format!(
            "--grants may be at most {most} for each of --people: one for each generated role"
        )));
    }
    let app = App::open(settings.clone(), Clock::System)?;
    let runtime = open::runtime()?;
    runtime.block_on(async {
        let operator = Actor::operator(open::operator());
        let source = load_content::source(&app.settings)?;
        load_content::load_content(&app, &operator, source).await?;
        let mut mould = mould(&app).await?;
        let bar = ProgressBar::new(u64::try_from(grants).unwrap_or(0)).with_style(
            ProgressStyle::with_template("{msg} {bar:40} {human_pos}/{human_len} in {elapsed}, {eta} left")
                .map_err(Broken::defect)?,
        );
        bar.set_message("grants");
        let uses = Uses { tokens, grants, kid: mould.kid.clone(), now: mould.now };
        let mut made: Vec<Id<ids::Person>> = Vec::with_capacity(people);
        for start in (0..people).step_by(BATCH / 10) {
            let numbers = start..people.min(start + BATCH / 10);
            let mut bulk = Bulk::default();
            for number in numbers {
                made.push(mould.person(number, &mut bulk)?);
            }
            mould.lend(&mut bulk);
            fill::fill(&app, &operator, bulk).await?;
        }
        for start in (0..grants).step_by(BATCH) {
            let mut bulk = Bulk::default();
            for number in start..grants.min(start + BATCH) {
                let person = made.get(number % people).copied().ok_or_else(|| Broken::defect("nobody"))?;
                mould.grant(number, grants, people, person, &mut bulk)?;
            }
            bulk.tokens = uses.of(start, &bulk.grants, &mut mould.serial)?;
            bar.inc(u64::try_from(bulk.grants.len()).unwrap_or(0));
            mould.lend(&mut bulk);
            fill::fill(&app, &operator, bulk).await?;
        }
        bar.finish();
        Ok(())
    })
}

async fn mould(app: &App) -> Result<Mould, Failed> {
    let content = app.content()?;
    let (approver, hash, kid, first) = app
        .db
        .read(app.now(), |r| {
            let email: Email = APPROVER.parse().map_err(Broken::defect)?;
            let approver = identity_rows::person_by_email(r, &email)?;
            let approver = approver.ok_or_else(|| Broken::defect(format!("{APPROVER} is not there")))?;
            let hash = identity_rows::password_hash(r, approver.id)?;
            let kid = active_kid(r, Purpose::Token, Signing::ES256)?;
            Ok(((approver.id, approver.name), hash, kid, access::rows::count_people(r)?))
        })
        .await?;
    let mut courses = Vec::new();
    for (id, days) in LEARNT.into_iter().chain([TRIED]) {
        let slug: Slug = id.parse().map_err(Broken::defect)?;
        let course = content.curriculum.courses.get(&slug).ok_or_else(|| Broken::defect(format!("no course {id}")))?;
        let exam = course.exams().next().ok_or_else(|| Broken::defect(format!("{id} has no exam")))?;
        let form = Form {
            course_title: course.title.clone(),
            title: exam.title.clone(),
            pass: exam.pass,
            per_objective_min: BTreeMap::new(),
            review: exam.review,
            objectives: BTreeMap::new(),
            sections: Vec::new(),
        };
        courses.push((Arc::clone(course), days, serde_json::to_string(&form).map_err(Broken::defect)?));
    }
    let mut roles = Vec::new();
    for id in TOPICS.iter().flat_map(|topic| MARKETS.iter().map(move |market| format!("{topic}-{market}"))) {
        let slug: Slug = id.parse().map_err(Broken::defect)?;
        let role = content.catalogue.roles.get(&slug).ok_or_else(|| Broken::defect(format!("no role {id}")))?;
        roles.push((role.clone(), role.policy().hash()));
    }
    let mut rng = rand::rngs::StdRng::try_from_rng(&mut rand::rngs::SysRng).map_err(Broken::defect)?;
    Ok(Mould {
        now: app.now(),
        courses,
        roles,
        approver,
        hash,
        kid,
        serial: Serial { run: rng.random(), next: 0 },
        rng,
        first: usize::try_from(first).unwrap_or(0),
    })
}

impl Mould {
    fn days_ago(&self, days: i64) -> Time {
        self.now.plus_micros(-days * DAY)
    }

    /// Hands the ids that are not used yet to a batch, enough for its history.
    fn lend(&mut self, bulk: &mut Bulk) {
        bulk.serial = self.serial;
        let lines = 2 * bulk.certificates.len() + 4 * bulk.grants.len() + bulk.tokens.len();
        self.serial.next = self.serial.next.wrapping_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }

    /// A person who has learnt and been certified.
    fn person(&mut self, number: usize, bulk: &mut Bulk) -> Result<Id<ids::Person>, Failed> {
        let pick = |list: &[&'static str], at: usize| list.get(at % list.len()).copied().unwrap_or("Alice");
        let (first, last) = (pick(&FIRST, number), pick(&LAST, number / FIRST.len() + number));
        let office = pick(&["Paris", "Bordeaux", "Barcelona"], number / 5);
        let created_at = self.days_ago(PAST + 60).plus_micros(i64::try_from(number).unwrap_or(0) * 1_000_000);
        let local = crate::base::text::folded(&format!("{first}.{last}.{:04}", self.first + number));
        let id = self.serial.id(created_at)?;
        let person = Person {
            id,
            email: format!("{local}@example.com").parse().map_err(Broken::defect)?,
            name: format!("{first} {last}"),
            office: office.to_owned(),
            language: Some(if office == "Barcelona" { Language::Es } else { Language::Fr }),
            zone: if office == "Barcelona" { "Europe/Madrid" } else { "Europe/Paris" }.to_owned(),
            capabilities: Capabilities::default(),
            state: State::Active,
            created_at,
        };
        bulk.people.push((person, self.hash.clone()));
        for (course, days, form) in self.courses.clone() {
            let at = self.days_ago(PAST + days).plus_micros(i64::try_from(number % 40_000).unwrap_or(0) * 1_000_000);
            let with_paper = number < WITH_PAPERS;
            let tries = course.id.as_str() != TRIED.0 || (with_paper && number.is_multiple_of(3));
            if tries && with_paper {
                self.sit(id, &course, at, number, bulk)?;
            } else if tries {
                self.certificate(id, &course, at, form, 7_500 + i64::try_from(number % 26).unwrap_or(0) * 100, bulk)?;
            }
        }
        Ok(id)
    }

    /// A person's papers in one course: some fail first; what everybody has learnt is passed in the end.
    fn sit(
        &mut self,
        person: Id<ids::Person>,
        course: &Course,
        at: Time,
        number: usize,
        bulk: &mut Bulk,
    ) -> Result<(), Failed> {
        let Some(exam) = course.exams().next() else { return Ok(()) };
        // About normal: the sum of a few even draws.
        let strength = (0..4).map(|_| self.rng.random::<f64>()).sum::<f64>() - 2.0;
        let must = course.id.as_str() != TRIED.0;
        if must && number % 3 == 1 {
            let failed = paper(course, exam, 1.5 * strength - 0.5, End::Failed, &mut self.rng)?;
            self.hand_in(person, course, at.plus_micros(-DAY), &failed, bulk)?;
        }
        let end = if must { End::Passed } else { End::Either };
        let last = paper(course, exam, 1.5 * strength + 0.4, end, &mut self.rng)?;
        let form = serde_json::to_string(&last.form).map_err(Broken::defect)?;
        let basis_points = last.outcome.points.basis_points(last.outcome.out_of);
        if !last.outcome.passed {
            for module in &course.modules {
                let read = (person, course.id.clone(), module.id.clone(), course.version, at.plus_seconds(-3_600));
                bulk.completions.push(read);
            }
            return self.hand_in(person, course, at, &last, bulk);
        }
        self.certificate(person, course, at, form, basis_points, bulk)?;
        if let Some((attempt, _, result)) = bulk.attempts.last_mut() {
            *result = serde_json::to_string(&last.outcome).map_err(Broken::defect)?;
            let id = attempt.id;
            answer(id, course, at, &last, bulk);
        }
        Ok(())
    }

    /// A marked attempt that earns nothing.
    fn hand_in(
        &mut self,
        person_id: Id<ids::Person>,
        course: &Course,
        at: Time,
        handed: &Paper,
        bulk: &mut Bulk,
    ) -> Result<(), Failed> {
        let Some(exam) = course.exams().next() else { return Ok(()) };
        let attempt = Attempt {
            id: self.serial.id(at.plus_seconds(-900))?,
            person_id,
            course_id: course.id.clone(),
            quiz_id: exam.id.clone(),
            kind: QuizKind::Exam,
            course_version: course.version,
            state: AttemptState::Graded,
            started_at: at.plus_seconds(-900),
            deadline_at: exam.time_limit.as_ref().map(|limit| at.plus_seconds(-900).plus(limit)),
            finished_at: Some(at),
            graded_at: Some(at),
            passed: Some(handed.outcome.passed),
            basis_points: Some(handed.outcome.points.basis_points(handed.outcome.out_of)),
            time_factor_percent: 100,
        };
        let form = serde_json::to_string(&handed.form).map_err(Broken::defect)?;
        let result = serde_json::to_string(&handed.outcome).map_err(Broken::defect)?;
        answer(attempt.id, course, at, handed, bulk);
        bulk.attempts.push((attempt, form, result));
        Ok(())
    }

    fn certificate(
        &mut self,
        person_id: Id<ids::Person>,
        course: &Course,
        at: Time,
        form: String,
        basis_points: i64,
        bulk: &mut Bulk,
    ) -> Result<(), Failed> {
        let (Some(earned), Some(exam)) = (&course.certification, course.exams().next()) else { return Ok(()) };
        let mut modules = BTreeMap::new();
        for module in &course.modules {
            modules.insert(module.id.clone(), at.plus_seconds(-3_600));
            let read = (person_id, course.id.clone(), module.id.clone(), course.version, at.plus_seconds(-3_600));
            bulk.completions.push(read);
        }
        let attempt = Attempt {
            id: self.serial.id(at.plus_seconds(-900))?,
            person_id,
            course_id: course.id.clone(),
            quiz_id: exam.id.clone(),
            kind: QuizKind::Exam,
            course_version: course.version,
            state: AttemptState::Graded,
            started_at: at.plus_seconds(-900),
            deadline_at: exam.time_limit.as_ref().map(|limit| at.plus_seconds(-900).plus(limit)),
            finished_at: Some(at),
            graded_at: Some(at),
            passed: Some(true),
            basis_points: Some(basis_points),
            time_factor_percent: 100,
        };
        let points = Mark::share(basis_points, 10_000);
        let result = Outcome { points, out_of: Mark::ONE, passed: true, objectives: Vec::new(), questions: Vec::new() };
        let expires_at = at.plus(&earned.validity);
        let certificate = Certificate {
            id: self.serial.id(at)?,
            person_id,
            certification_id: earned.id.clone(),
            course_id: course.id.clone(),
            course_version: course.version,
            state: CertificateState::Valid,
            issued_at: at,
            valid_from: at,
            expires_at,
            ends_at: expires_at,
            ended_reason: None,
            evidence: Evidence {
                course: course.id.clone(),
                version: course.version,
                content: course.hash.clone(),
                modules,
                exams: vec![ExamEvidence { quiz: exam.id.clone(), attempt: attempt.id, basis_points, at }],
                renews: None,
            },
        };
        bulk.certificates.push((certificate, attempt.id));
        bulk.attempts.push((attempt, form, serde_json::to_string(&result).map_err(Broken::defect)?));
        Ok(())
    }

    /// One grant with the request it came from; the oldest of them have ended.
    fn grant(
        &mut self,
        number: usize,
        all: usize,
        people: usize,
        person_id: Id<ids::Person>,
        bulk: &mut Bulk,
    ) -> Result<(), Failed> {
        let span = (PAST * DAY - DAY) / i64::try_from(all.max(1)).unwrap_or(1);
        let at = self.days_ago(PAST).plus_micros(span * i64::try_from(number).unwrap_or(0));
        let which = (number % people).wrapping_mul(7) + number / people;
        let Some((role, policy)) = self.roles.get(which % self.roles.len()).cloned() else { return Ok(()) };
        let wanted = role.max_duration.approximate_micros();
        let approved_at = match role.approval {
            Approval::Auto => at,
            Approval::Clauses(_) => at.plus_seconds(5_400),
        };
        let request = Request {
            id: self.serial.id(at)?,
            person_id,
            role_id: role.id.clone(),
            policy_id: policy.clone(),
            state: RequestState::Approved,
            reason: "Generated".to_owned(),
            wanted_micros: wanted,
            submitted_at: at,
            lapses_at: at.plus(&role.undecided_for),
            closed_at: Some(approved_at),
            starts_at: None,
        };
        if matches!(role.approval, Approval::Clauses(_)) {
            let decision = Decision {
                on_behalf_of: None,
                on_behalf_name: None,
                id: self.serial.id(approved_at)?,
                person_id: self.approver.0,
                person_name: self.approver.1.clone(),
                decision: Verdict::Approve,
                comment: String::new(),
                cap_micros: None,
                at: approved_at,
                round: 1,
            };
            bulk.decisions.push((request.id, decision));
        }
        let ends_at = approved_at.plus_micros(wanted);
        let ended = ends_at <= self.now;
        bulk.grants.push(Grant {
            withdrawn_at: None,
            claim_by_at: None,
            claimed_at: None,
            emergency: false,
            id: self.serial.id(approved_at)?,
            person_id,
            role_id: role.id.clone(),
            warehouse_id: role.warehouse.clone(),
            request_id: request.id,
            policy_id: policy,
            state: if ended { GrantState::Ended } else { GrantState::Active },
            starts_at: approved_at,
            ends_at,
            granted_at: approved_at,
            grace_micros: role.grace_after_lapse.approximate_micros(),
            ended_reason: ended.then_some(EndReason::Expired),
        });
        bulk.requests.push(request);
        Ok(())
    }
}

/// Keeps a paper's answers and questions.
fn answer(attempt: Id<ids::Attempt>, course: &Course, at: Time, handed: &Paper, bulk: &mut Bulk) {
    // Begun a quarter of an hour before, and looked over for half a minute in the end.
    for (no, answer, seconds) in handed.saves(870.0) {
        bulk.answers.push((attempt, no, answer.to_owned(), at.plus_seconds(seconds - 900)));
    }
    for question in &handed.questions {
        if !bulk.questions.iter().any(|(_, known)| Arc::ptr_eq(known, question)) {
            bulk.questions.push((course.id.clone(), Arc::clone(question)));
        }
    }
}
