//! Thousands of people and as many grants as one likes: for seeing how lists, searches and the clock bear it.

use super::folder::Folder;
use crate::{
    academy::{
        attempt::{Attempt, State as AttemptState},
        form::Form,
        grading::Outcome,
        mark::Mark,
    },
    access::{
        self,
        catalogue::{Approval, Role},
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
    curriculum::{course::Course, quiz::QuizKind, source::Source},
    identity::{
        actor::Actor,
        person::{Capabilities, Person, State},
        rows as identity_rows,
    },
    settings::Settings,
};
use indicatif::{ProgressBar, ProgressStyle};
use rand::{RngExt, SeedableRng};
use std::{collections::BTreeMap, fmt::Write, fs, sync::Arc};

const DAY: i64 = 86_400_000_000;
/// How far back the grants go, in days.
const PAST: i64 = 240;
/// How many grants one transaction writes.
const BATCH: usize = 10_000;
/// The approver of generated roles that ask for one.
const APPROVER: &str = "camille.roux@example.com";
/// What everybody has learnt, and where in the past.
const LEARNT: [(&str, i64); 3] = [("data-foundations", 40), ("warehouse-analyst", 30), ("warehouse-costs", 20)];

const TOPICS: [&str; 20] = [
    "orders",
    "baskets",
    "returns",
    "deliveries",
    "stock",
    "prices",
    "campaigns",
    "reviews",
    "payments",
    "suppliers",
    "claims",
    "searches",
    "coupons",
    "loyalty",
    "contacts",
    "invoices",
    "forecasts",
    "assortments",
    "carriers",
    "depots",
];
const MARKETS: [&str; 10] =
    ["france", "spain", "italy", "portugal", "belgium", "germany", "austria", "netherlands", "poland", "ireland"];
const FIRST: [&str; 24] = [
    "Adrien", "Agnès", "Albert", "Alice", "Arnau", "Bruno", "Carla", "Céline", "David", "Elsa", "Ferran", "Gaëlle",
    "Irene", "Jeanne", "Laura", "Louis", "Maria", "Mathieu", "Mireia", "Noémie", "Pol", "Rémi", "Roser", "Xavier",
];
const LAST: [&str; 24] = [
    "Arnal", "Barbier", "Bosch", "Brun", "Camps", "Colin", "Duval", "Esteve", "Faure", "Garcia", "Giraud", "Guillot",
    "Lopez", "Marchand", "Marin", "Masson", "Navarro", "Noël", "Ortiz", "Perrin", "Prat", "Renard", "Sala", "Vives",
];

/// Writes the content with two hundred more roles into the demo's folder, where every reload finds them.
pub(super) fn content(settings: &mut Settings, folder: &Folder) -> Result<(), Failed> {
    let root = folder.content();
    if !root.is_dir() {
        let source = load_content::source(settings)?;
        let failed = |error: std::io::Error| Failed::words(format!("{}: {error}", root.display()));
        for (path, body) in more_roles(&source).files() {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&root)).map_err(failed)?;
            fs::write(file, body).map_err(failed)?;
        }
    }
    settings.content = Some(root);
    Ok(())
}

fn more_roles(source: &Source) -> Source {
    let mut files = source.files().clone();
    let mut roles = String::from("\n");
    for (number, (topic, market)) in TOPICS.iter().flat_map(|t| MARKETS.iter().map(move |m| (t, m))).enumerate() {
        let warehouse = if number % 2 == 0 { "marketplace" } else { "pricing" };
        let requires = match number % 3 {
            0 => "data-foundations",
            1 => "{all: [data-foundations, warehouse-costs]}",
            _ => "{all: [warehouse-analyst, warehouse-costs]}",
        };
        let approval = if number % 4 == 0 { format!("[{{of: [{APPROVER}], count: 1}}]") } else { "auto".to_owned() };
        let name = format!("{topic}_{market}").to_uppercase();
        // Writing into a String does not fail.
        let _ = write!(
            roles,
            "  - id: {topic}-{market}\n    warehouse: {warehouse}\n    name: {name}\n    \
             title: {{en: \"The {topic} of {market}\", fr: \"{topic}, {market}\"}}\n    \
             description: {{en: \"Everything about {topic} in {market}.\", fr: \"Tout sur {topic}, {market}.\"}}\n    \
             data: [{{dataset: {topic}.{market}}}]\n    \
             owner: {{team: Data platform, people: [{APPROVER}]}}\n    incidents: {{channel: \"#data-platform\"}}\n    \
             sensitivity: internal\n    requires: {requires}\n    approval: {approval}\n    max_duration: P180D\n    \
             token_lifetime: 15m\n    reason: required\n    grace_after_lapse: P7D\n",
        );
    }
    if let Some(body) = files.get_mut("access.yaml") {
        body.extend_from_slice(roles.as_bytes());
    }
    Source::from_files(files)
}

/// What stays the same for everybody who is made.
struct Mould {
    now: Time,
    courses: Vec<(Arc<Course>, i64, String)>,
    roles: Vec<(Role, String)>,
    approver: (Id<ids::Person>, String),
    hash: Option<String>,
    serial: Serial,
    first: usize,
}

/// Adds people and grants.
pub(super) fn fill(settings: &Settings, people: usize, grants: usize) -> Result<(), Failed> {
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
    let (approver, hash, first) = app
        .db
        .read(app.now(), |r| {
            let email: Email = APPROVER.parse().map_err(Broken::defect)?;
            let approver = identity_rows::person_by_email(r, &email)?;
            let approver = approver.ok_or_else(|| Broken::defect(format!("{APPROVER} is not there")))?;
            let hash = identity_rows::password_hash(r, approver.id)?;
            Ok(((approver.id, approver.name), hash, access::rows::count_people(r)?))
        })
        .await?;
    let mut courses = Vec::new();
    for (id, days) in LEARNT {
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
        serial: Serial { run: rng.random(), next: 0 },
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
        let lines = 2 * bulk.certificates.len() + 4 * bulk.grants.len();
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
            self.certificate(id, &course, at, form, 7_500 + i64::try_from(number % 26).unwrap_or(0) * 100, bulk)?;
        }
        Ok(id)
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
        };
        if matches!(role.approval, Approval::Clauses(_)) {
            let decision = Decision {
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
