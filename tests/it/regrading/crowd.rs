//! A whole company and one wrong key: how long looking and correcting take, and which events they leave.
//! `HABILIS_TEST_PEOPLE` says how many people (60 unless said otherwise).

use super::{right_key, wanted, wrong_key};
use crate::support::{House, slug};
use habilis::{
    academy::{
        answer::Answer,
        attempt::{Attempt, State},
        form, grading,
        key::{right_answer, wrong_answer},
        regrade::Treatment,
        statistics::LEAST,
    },
    access::{
        grant::{Grant, State as GrantState},
        request::{Request, State as RequestState},
        rows::{Bulk, Serial},
    },
    actions::{fill, load_content, read_statistics, regrade},
    base::{clock::Time, ids::Id},
    certification::certificate::{Certificate, Evidence, ExamEvidence, State as CertificateState},
    curriculum::{question::Question, quiz::QuizKind},
    identity::{
        actor::Actor,
        person::{Capabilities, Person, State as PersonState},
    },
};
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use std::{collections::BTreeMap, sync::Arc, time::Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_company_is_corrected_in_one_step() {
    let people: usize = std::env::var("HABILIS_TEST_PEOPLE").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let house = House::with(wrong_key()).await;
    house.advance("P1D");
    crowd(&house, people).await;
    let begun = Instant::now();
    let statistics = read_statistics::course_statistics(&house.app, &house.admin, slug("alpha"), LEAST).await.unwrap();
    let reckoned = begun.elapsed();
    let version = statistics.question(&slug("q-one")).unwrap().present().unwrap();
    assert_eq!(version.item.answers, people);
    let codes: Vec<&str> = version.flags.iter().map(habilis::academy::statistics::Flag::code).collect();
    assert!(codes.contains(&"distractor-beats-key"), "the wrong key is found by its figures: {codes:?}");
    let seconds = version.item.figures.as_ref().unwrap().seconds.expect("a time where answers were saved one by one");
    assert!((42.0..=102.0).contains(&seconds), "{seconds}");

    house.advance("1h");
    load_content::load_content(&house.app, &Actor::operator("test"), right_key()).await.unwrap();
    let begun = Instant::now();
    let plan = regrade::preview_regrade(&house.app, &house.admin, wanted(Treatment::NewKey, true)).await.unwrap();
    let looked = begun.elapsed();
    assert_eq!((plan.attempts, plan.people), (people, people));
    assert!(plan.tally.now_passed > 0 && plan.tally.now_failed > 0);
    // Everybody who passes now has read the module and holds nothing yet.
    assert_eq!(plan.effects.issued.len(), plan.tally.now_passed);
    assert_eq!(plan.effects.wakes.len(), plan.tally.now_passed);
    assert_eq!(plan.effects.resting.len(), plan.tally.now_failed);
    assert_eq!(plan.effects.suspends.len(), plan.tally.now_failed);
    let before: BTreeMap<&str, i64> = counted(&house).await.into_iter().collect();
    assert_eq!((before["regrade.applied"], before["attempt.regraded"]), (0, 0));

    let begun = Instant::now();
    let (wanted, print) = (wanted(Treatment::NewKey, true), plan.fingerprint.clone());
    let applied = regrade::apply_regrade(&house.app, &house.admin, wanted, "Wrong key.".into(), print, None).await;
    let corrected = begun.elapsed();
    assert_eq!(applied.unwrap().row.changed as usize, plan.tally.changed);
    let left: BTreeMap<&str, i64> =
        counted(&house).await.into_iter().map(|(kind, n)| (kind, n - before[kind])).collect();
    let of = |n: usize| i64::try_from(n).unwrap();
    assert_eq!(left["regrade.applied"], 1);
    assert_eq!(left["attempt.regraded"], of(plan.tally.changed));
    assert_eq!(left["certificate.issued"], of(plan.effects.issued.len()));
    assert_eq!(left["certificate.revoked"], of(plan.effects.resting.len()));
    assert_eq!(left["request.approved"], of(plan.effects.wakes.len()));
    assert_eq!(left["grant.given"], of(plan.effects.wakes.len()));
    assert_eq!(left["grant.suspended"], of(plan.effects.suspends.len()));
    println!(
        "{people} people: statistics {reckoned:.0?}, preview {looked:.0?}, correction {corrected:.0?}; {} marks changed, \
         {} pass now, {} fail now; events {left:?}",
        plan.tally.changed, plan.tally.now_passed, plan.tally.now_failed
    );
}

/// How many events there are of the kinds that a correction leaves.
async fn counted(house: &House) -> Vec<(&'static str, i64)> {
    let kinds = [
        "regrade.applied",
        "attempt.regraded",
        "certificate.issued",
        "certificate.revoked",
        "request.approved",
        "grant.given",
        "grant.suspended",
    ];
    let mut counts = Vec::new();
    for kind in kinds {
        counts.push((kind, house.events(kind).await));
    }
    counts
}

/// People who took alpha's exam once: who passed is certified and reads, who failed waits for the role.
pub async fn crowd(house: &House, people: usize) {
    let content = house.app.content().unwrap();
    let course = &content.curriculum.courses[&slug("alpha")];
    let exam = course.exams().next().unwrap();
    let role = &content.catalogue.roles[&slug("reader")];
    let policy = role.policy().hash();
    let mut rng = StdRng::seed_from_u64(5_000);
    let mut serial = Serial { run: 1, next: 0 };
    let now = house.app.now();
    for start in (0..people).step_by(500) {
        let mut bulk = Bulk::default();
        for n in start..people.min(start + 500) {
            let at = now.plus_seconds(-60_000 + i64::try_from(n % 50_000).unwrap());
            let person = person(n, at, &mut serial);
            let id = person.id;
            bulk.people.push((person, None));
            let (form, questions) = form::draw(course, exam, &Vec::new(), &mut rng);
            let by_hash: BTreeMap<String, Arc<Question>> =
                questions.iter().map(|question| (question.hash(), Arc::clone(question))).collect();
            let strength: f64 = rng.random();
            let attempt_id = serial.id(at).unwrap();
            let mut answers = BTreeMap::new();
            for on_form in form.questions() {
                let question = &by_hash[&on_form.hash];
                let knows = rng.random::<f64>() < 0.25 + 0.75 * strength;
                let value = if question.id == slug("q-one") {
                    // Who knows chooses a, which is right; the bank says c.
                    let option = if knows { "a" } else { ["b", "c"].choose(&mut rng).unwrap() };
                    on_form.options.iter().find(|o| o.option.as_str() == option).unwrap().token.clone().into()
                } else if knows {
                    right_answer(question, on_form)
                } else {
                    wrong_answer(question, on_form)
                };
                answers.insert(on_form.no, Answer::restore(&value, on_form, question));
                // Half a minute for each, and twelve seconds more for every place further on.
                let saved = (1..=on_form.no).map(|no| 30 + 12 * no).sum();
                bulk.answers.push((attempt_id, on_form.no, value.to_string(), at.plus_seconds(saved)));
            }
            if start == n {
                bulk.questions.extend(questions.into_iter().map(|question| (course.id.clone(), question)));
            }
            let outcome = grading::grade(&form, QuizKind::Exam, &by_hash, &answers, &BTreeMap::new());
            let basis_points = outcome.points.basis_points(outcome.out_of);
            let attempt = Attempt {
                id: attempt_id,
                person_id: id,
                course_id: course.id.clone(),
                quiz_id: exam.id.clone(),
                kind: QuizKind::Exam,
                course_version: course.version,
                state: State::Graded,
                started_at: at,
                deadline_at: None,
                finished_at: Some(at.plus_seconds(600)),
                graded_at: Some(at.plus_seconds(600)),
                passed: Some(outcome.passed),
                basis_points: Some(basis_points),
                time_factor_percent: 100,
            };
            let read = course.modules.iter().map(|m| (id, course.id.clone(), m.id.clone(), course.version, at));
            bulk.completions.extend(read);
            let wants = role.max_duration.approximate_micros();
            let request = Request {
                starts_at: None,
                id: serial.id(at).unwrap(),
                person_id: id,
                role_id: role.id.clone(),
                policy_id: policy.clone(),
                state: if outcome.passed { RequestState::Approved } else { RequestState::Blocked },
                reason: "work".into(),
                wanted_micros: wants,
                submitted_at: at.plus_seconds(700),
                lapses_at: at.plus_seconds(80 * 86_400),
                closed_at: outcome.passed.then(|| at.plus_seconds(700)),
            };
            if outcome.passed {
                let from = at.plus_seconds(600);
                let expires_at = from.plus(&course.certification.as_ref().unwrap().validity);
                let evidence = Evidence {
                    course: course.id.clone(),
                    version: course.version,
                    content: course.hash.clone(),
                    modules: BTreeMap::new(),
                    exams: vec![ExamEvidence { quiz: exam.id.clone(), attempt: attempt_id, basis_points, at: from }],
                    renews: None,
                };
                let certificate = Certificate {
                    id: serial.id(from).unwrap(),
                    person_id: id,
                    certification_id: course.id.clone(),
                    course_id: course.id.clone(),
                    course_version: course.version,
                    state: CertificateState::Valid,
                    issued_at: from,
                    valid_from: from,
                    expires_at,
                    ends_at: expires_at,
                    ended_reason: None,
                    evidence,
                };
                bulk.certificates.push((certificate, attempt_id));
                bulk.grants.push(Grant {
                    withdrawn_at: None,
                    claim_by_at: None,
                    claimed_at: None,
                    emergency: false,
                    id: serial.id(from).unwrap(),
                    person_id: id,
                    role_id: role.id.clone(),
                    warehouse_id: role.warehouse.clone(),
                    request_id: request.id,
                    policy_id: policy.clone(),
                    state: GrantState::Active,
                    starts_at: at.plus_seconds(700),
                    ends_at: at.plus_seconds(700).plus_micros(wants),
                    granted_at: at.plus_seconds(700),
                    grace_micros: role.grace_after_lapse.approximate_micros(),
                    ended_reason: None,
                });
            }
            bulk.requests.push(request);
            let form = serde_json::to_string(&form).unwrap();
            bulk.attempts.push((attempt, form, serde_json::to_string(&outcome).unwrap()));
        }
        bulk.serial = serial;
        let lines = 2 * bulk.certificates.len() + 4 * bulk.grants.len();
        serial.next += u32::try_from(lines).unwrap();
        fill::fill(&house.app, &Actor::operator("test"), bulk).await.unwrap();
    }
}

fn person(n: usize, at: Time, serial: &mut Serial) -> Person {
    Person {
        id: serial.id(at).unwrap_or_else(|_| Id::new(at)),
        email: format!("crowd.{n:05}@example.com").parse().unwrap(),
        name: format!("Crowd {n:05}"),
        office: "Paris".into(),
        language: None,
        zone: "Europe/Paris".into(),
        capabilities: Capabilities::default(),
        state: PersonState::Active,
        created_at: at,
    }
}
