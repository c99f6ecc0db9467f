//! A wrong key is set right: what turns, what follows, what is kept, and what is refused.

pub mod crowd;
mod killed;
mod pages;

use crate::support::{House, code, content, keys, person_id, slug};
use habilis::{
    academy::{
        self,
        regrade::Treatment,
        rows::{AttemptCorrection, Sheet},
    },
    actions::{
        list_events, load_content, mint_token, notify,
        regrade::{self, Plan, Wanted},
        save_answer, start_attempt, submit_attempt,
    },
    audit::rows::Filter,
    base::{
        ids::{self, Id},
        paging::Paging,
        refusal::Fault,
    },
    certification::{
        self,
        notice::{About, NoticeKind},
    },
    curriculum::source::Source,
    db::sql,
    identity::actor::Actor,
};
use serde_json::Value;

/// The small academy with `c` as the key of q-one in alpha, where `a` should be; all six questions on every form.
pub fn wrong_key() -> Source {
    edited(&[("KEY-right, correct: true", "KEY-right"), ("id: c, text: false", "id: c, text: false, correct: true")], 1)
}

/// The small academy as it should be, as version 2.
pub fn right_key() -> Source {
    edited(&[], 2)
}

/// The small academy with some texts of alpha's bank replaced.
pub fn edited(changes: &[(&str, &str)], version: i64) -> Source {
    let mut files = content::files();
    content::put_course(&mut files, "alpha", version, 0);
    let mut edit = |path: &str, from: &str, to: &str| {
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(from), "{path} does not hold {from}");
        files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    };
    edit("alpha/exams/final.quiz.yaml", "count: 4", "count: 6");
    for (from, to) in changes {
        edit("alpha/banks/basics.bank.yaml", &from.replace("KEY", "alpha"), &to.replace("KEY", "alpha"));
    }
    Source::from_files(files)
}

pub fn wanted(treatment: Treatment, take_back: bool) -> Wanted {
    Wanted { course: slug("alpha"), question: slug("q-one"), from: None, treatment, take_back }
}

/// Takes alpha's exam: `first` is the option of q-one, and so many of the others are right.
pub async fn sit(house: &House, who: &Actor, first: &str, right: usize) -> Id<ids::Attempt> {
    let attempt = begin(house, who, first, right).await;
    submit_attempt::submit_attempt(&house.app, who, attempt, Vec::new()).await.unwrap();
    step(house);
    attempt
}

/// The same, left open.
async fn begin(house: &House, who: &Actor, first: &str, right: usize) -> Id<ids::Attempt> {
    let attempt = start_attempt::start_attempt(&house.app, who, slug("alpha"), slug("final")).await.unwrap();
    let form = house.app.db.read(house.app.now(), move |r| Ok(academy::rows::form(r, attempt)?)).await.unwrap();
    let mut left = right;
    for (no, key) in keys(&house.app, attempt).await {
        let on_form = form.question(no).unwrap();
        let answer = if on_form.question == slug("q-one") {
            let option = on_form.options.iter().find(|option| option.option.as_str() == first).unwrap();
            Value::from(option.token.as_str())
        } else if left > 0 {
            left -= 1;
            key
        } else {
            Value::Null
        };
        let save = save_answer::Save { no, revision: 0, answer, flagged: false };
        save_answer::save_answer(&house.app, who, attempt, save).await.unwrap();
    }
    attempt
}

pub async fn load(house: &House, source: Source) {
    house.advance("1h");
    load_content::load_content(&house.app, &Actor::operator("test"), source).await.unwrap();
}

async fn preview(house: &House, wanted: Wanted) -> Plan {
    regrade::preview_regrade(&house.app, &house.admin, wanted).await.unwrap()
}

async fn apply(house: &House, wanted: Wanted, fingerprint: &str) -> Result<regrade::Applied, Fault> {
    let reason = "The key of q-one was wrong.".to_owned();
    let applied = regrade::apply_regrade(&house.app, &house.admin, wanted, reason, fingerprint.to_owned(), None).await;
    step(house);
    applied
}

/// Actions at one held instant follow each other by single microseconds: step past them.
fn step(house: &House) {
    house.clock.set(house.clock.now().plus_micros(1_000));
}

async fn correct(house: &House, wanted: Wanted) -> regrade::Applied {
    let plan = preview(house, wanted.clone()).await;
    apply(house, wanted, &plan.fingerprint).await.unwrap()
}

async fn counting(house: &House, who: &Actor) -> usize {
    let person = person_id(who);
    house
        .app
        .db
        .read(house.app.now(), move |r| {
            let held = certification::rows::certificates_of(r, person)?;
            Ok(held.iter().filter(|certificate| certificate.counts_at(r.at())).count())
        })
        .await
        .unwrap()
}

async fn corrections(house: &House, attempt: Id<ids::Attempt>) -> Vec<AttemptCorrection> {
    house.app.db.read(house.app.now(), move |r| Ok(academy::rows::corrections(r, attempt)?)).await.unwrap()
}

/// Whether an attempt counts as passed, its mark, and its outcome as it counts.
async fn mark(house: &House, attempt: Id<ids::Attempt>) -> (bool, i64) {
    let (row, outcome, form) = house
        .app
        .db
        .read(house.app.now(), move |r| {
            let row = academy::rows::attempt(r, attempt)?.unwrap();
            Ok((row, academy::rows::outcome(r, attempt)?.unwrap(), academy::rows::form(r, attempt)?))
        })
        .await
        .unwrap();
    assert_eq!(row.passed, Some(outcome.passed), "the attempt's columns follow its latest correction");
    assert_eq!(row.basis_points, Some(outcome.points.basis_points(outcome.out_of)));
    assert_eq!(outcome.questions.len(), form.questions().count());
    assert_eq!(row.state, academy::attempt::State::Graded, "the lifecycle does not move");
    (outcome.passed, row.basis_points.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_right_all_along_passes_and_everything_follows() {
    let house = House::with(wrong_key()).await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    let (request, state) = house.ask(&ana, "reader").await.unwrap();
    assert_eq!(state.word(), "blocked");
    // Right on q-one (a) and on three of the others: 4/6 with the right key, 3/6 by the wrong one; the pass mark is 75 %.
    let low = sit(&house, &ana, "a", 3).await;
    assert_eq!(mark(&house, low).await, (false, 5_000));
    house.advance("16m");
    let attempt = sit(&house, &ana, "a", 4).await;
    assert_eq!(mark(&house, attempt).await, (false, 6_666));
    load(&house, right_key()).await;

    let plan = preview(&house, wanted(Treatment::NewKey, false)).await;
    assert_eq!((plan.attempts, plan.people, plan.open), (2, 1, 0));
    assert_eq!((plan.tally.changed, plan.tally.higher, plan.tally.now_passed, plan.tally.now_failed), (2, 2, 1, 0));
    assert_eq!(plan.difference.rekeyed, [slug("a"), slug("c")]);
    assert_eq!(plan.effects.issued, [person_id(&ana)]);
    assert_eq!(plan.effects.wakes.len(), 1);
    assert!(plan.effects.wakes[0].final_, "an automatic role is granted at once");
    // Looking changes nothing, and looking again shows the same.
    assert_eq!(mark(&house, attempt).await, (false, 6_666));
    assert_eq!(preview(&house, wanted(Treatment::NewKey, false)).await.fingerprint, plan.fingerprint);
    assert_eq!((house.events("regrade.applied").await, house.events("attempt.regraded").await), (0, 0));

    let applied = apply(&house, wanted(Treatment::NewKey, false), &plan.fingerprint).await.unwrap().row;
    assert_eq!((applied.changed, applied.now_passed, applied.certificates_issued), (2, 1, 1));
    assert_eq!(mark(&house, attempt).await, (true, 8_333));
    assert_eq!(mark(&house, low).await, (false, 6_666));
    assert_eq!(counting(&house, &ana).await, 1);
    let certificate = house
        .app
        .db
        .read(house.app.now(), {
            let person = person_id(&ana);
            move |r| Ok(certification::rows::certificates_of(r, person)?.remove(0))
        })
        .await
        .unwrap();
    assert_eq!(certificate.evidence.exams[0].attempt, attempt, "it rests on the attempt as it was corrected");
    assert_eq!(certificate.evidence.exams[0].basis_points, 8_333);
    // The request woke, the role was granted, and its token can be had.
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    let state = house.app.db.read(house.app.now(), move |r| Ok(habilis::access::rows::request(r, request)?)).await;
    assert_eq!(state.unwrap().unwrap().state.word(), "approved");

    // It is told to her, with the exam that turned and not with the one that failed either way; and that she has the role.
    let (_, mut told) = notify::my_notices(&house.app, &ana).await.unwrap();
    assert_eq!(told.iter().filter(|told| told.kind == NoticeKind::RequestApproved).count(), 1);
    told.retain(|told| told.kind != NoticeKind::RequestApproved);
    let turned = About::Mark { attempt, course: slug("alpha"), quiz: slug("final"), passed: true };
    assert_eq!(
        told.iter().map(|told| (told.kind, &told.about)).collect::<Vec<_>>(),
        [(NoticeKind::MarkCorrected, &turned)]
    );

    // What it was stands beside what it is.
    let told = corrections(&house, attempt).await;
    assert_eq!(told.len(), 1);
    assert!(!told[0].old.passed && told[0].new.passed && told[0].reason.contains("q-one"));
    let events = [
        ("regrade.applied", 1),
        ("attempt.regraded", 2),
        ("certificate.issued", 1),
        ("request.approved", 1),
        ("grant.given", 1),
    ];
    for (kind, n) in events {
        assert_eq!(house.events(kind).await, n, "{kind}");
    }
    let filter = Filter { subject: Some(applied.id.to_string()), ..Filter::default() };
    let lines = list_events::list_events(&house.app, &house.admin, filter, None, Paging::first(5)).await.unwrap();
    assert_eq!(lines.items[0].data["reason"], "The key of q-one was wrong.");

    // Once is once: the facts of that preview are gone, and with fresh ones there is nothing to do.
    let again = apply(&house, wanted(Treatment::NewKey, false), &plan.fingerprint).await.unwrap_err();
    assert_eq!(code(&again), "regrade-changed");
    let fresh = preview(&house, wanted(Treatment::NewKey, false)).await;
    assert_eq!(fresh.tally.changed, 0);
    let again = apply(&house, wanted(Treatment::NewKey, false), &fresh.fingerprint).await.unwrap_err();
    assert_eq!(code(&again), "regrade-changes-nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_earned_in_good_faith_is_kept_unless_it_is_taken_back() {
    for take_back in [false, true] {
        let house = House::with(wrong_key()).await;
        let ana = house.person("Ana").await;
        house.read_all(&ana, "alpha").await;
        // c was the key: 5/6 by it, 4/6 without.
        let attempt = sit(&house, &ana, "c", 4).await;
        assert_eq!(mark(&house, attempt).await, (true, 8_333));
        house.ask(&ana, "reader").await.unwrap();
        mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
        load(&house, right_key()).await;
        mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();

        let plan = preview(&house, wanted(Treatment::NewKey, take_back)).await;
        assert_eq!((plan.tally.now_passed, plan.tally.now_failed), (0, 1));
        assert_eq!(plan.effects.resting.len(), 1);
        assert_eq!((plan.effects.suspends.len(), plan.effects.tokens), (1, 1), "the token of an hour ago is dead");
        assert!(plan.effects.tokens_until.is_some() && plan.effects.issued.is_empty());

        let row = correct(&house, wanted(Treatment::NewKey, take_back)).await.row;
        assert_eq!(row.certificates_revoked, i64::from(take_back));
        assert_eq!(mark(&house, attempt).await, (false, 6_666));
        assert_eq!(counting(&house, &ana).await, usize::from(!take_back));
        let minted = mint_token::mint_token(&house.app, &ana, slug("reader")).await;
        assert_eq!(minted.is_err(), take_back);
        for (kind, n) in [("certificate.revoked", 1), ("grant.suspended", 1)] {
            assert_eq!(house.events(kind).await, if take_back { n } else { 0 }, "{kind}");
        }
        assert_eq!(house.events("attempt.regraded").await, 1);
        let (_, told) = notify::my_notices(&house.app, &ana).await.unwrap();
        let mut kinds: Vec<&str> = told.iter().map(|told| told.kind.word()).collect();
        kinds.sort_unstable();
        let all = ["access_held", "certificate_taken_back", "mark_corrected"];
        assert_eq!(kinds, if take_back { &all[..] } else { &all[2..] });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gains_a_second_certificate_by_an_attempt_before_the_first() {
    let house = House::with(wrong_key()).await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    let failed = sit(&house, &ana, "a", 4).await;
    house.advance("16m");
    let passed = sit(&house, &ana, "b", 5).await;
    assert_eq!((mark(&house, failed).await.0, mark(&house, passed).await.0), (false, true));
    load(&house, right_key()).await;
    let plan = preview(&house, wanted(Treatment::NewKey, false)).await;
    assert_eq!((plan.tally.now_passed, plan.effects.issued.len()), (1, 0));
    correct(&house, wanted(Treatment::NewKey, false)).await;
    assert!(mark(&house, failed).await.0);
    assert_eq!(house.events("certificate.issued").await, 1);
    // When the renewal window opens, the exam opens too: the old pass does not stand in its way.
    house.advance("P85D");
    let who = ana.clone();
    start_attempt::start_attempt(&house.app, &who, slug("alpha"), slug("final")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_open_is_corrected_as_soon_as_it_is_marked() {
    let house = House::with(wrong_key()).await;
    let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
    for who in [&ana, &ben] {
        house.read_all(who, "alpha").await;
    }
    sit(&house, &ben, "a", 3).await;
    let open = begin(&house, &ana, "a", 4).await;
    load_content::load_content(&house.app, &Actor::operator("test"), right_key()).await.unwrap();
    let plan = preview(&house, wanted(Treatment::NewKey, false)).await;
    assert_eq!((plan.attempts, plan.open), (1, 1));
    correct(&house, wanted(Treatment::NewKey, false)).await;
    submit_attempt::submit_attempt(&house.app, &ana, open, Vec::new()).await.unwrap();
    step(&house);
    assert_eq!(mark(&house, open).await, (true, 8_333));
    assert_eq!(counting(&house, &ana).await, 1);
    let told = corrections(&house, open).await;
    assert_eq!((told.len(), told[0].old.passed), (1, false), "first by the key on the form, then by the correction");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn treatments_and_refusals() {
    let house = House::with(wrong_key()).await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    let attempt = sit(&house, &ana, "b", 4).await;
    assert_eq!(mark(&house, attempt).await, (false, 6_666));
    let refused = async |wanted: Wanted| {
        let fault = regrade::preview_regrade(&house.app, &house.admin, wanted).await.unwrap_err();
        code(&fault)
    };
    assert_eq!(refused(wanted(Treatment::NewKey, false)).await, "regrade-same-version");
    let unknown = Wanted { question: slug("q-none"), ..wanted(Treatment::FullMarks, false) };
    assert_eq!(refused(unknown).await, "regrade-nothing-holds");
    // Only authors look, only admins apply, and never without a reason.
    let denied = regrade::preview_regrade(&house.app, &ana, wanted(Treatment::FullMarks, false)).await.unwrap_err();
    assert_eq!(code(&denied), "capability-missing");
    let plan = preview(&house, wanted(Treatment::FullMarks, false)).await;
    let say = |who: Actor, reason: &str| {
        let (app, fingerprint, reason) = (house.app.clone(), plan.fingerprint.clone(), reason.to_owned());
        async move {
            let wanted = wanted(Treatment::FullMarks, false);
            code(&regrade::apply_regrade(&app, &who, wanted, reason, fingerprint, None).await.unwrap_err())
        }
    };
    assert_eq!(say(ana.clone(), "because").await, "capability-missing");
    assert_eq!(say(house.admin.clone(), "  ").await, "reason-needed");

    // Everybody gets the points; then the question is set aside instead; then it is marked by the new key.
    correct(&house, wanted(Treatment::FullMarks, false)).await;
    assert_eq!(mark(&house, attempt).await, (true, 8_333));
    assert_eq!(counting(&house, &ana).await, 1);
    correct(&house, wanted(Treatment::SetAside, false)).await;
    assert_eq!(mark(&house, attempt).await, (true, 8_000));
    load(&house, right_key()).await;
    correct(&house, wanted(Treatment::NewKey, true)).await;
    assert_eq!(mark(&house, attempt).await, (false, 6_666));
    assert_eq!(counting(&house, &ana).await, 0);
    let told = corrections(&house, attempt).await;
    let marks: Vec<i64> = told.iter().map(|told| told.new.points.basis_points(told.new.out_of)).collect();
    assert_eq!(marks, [8_333, 8_000, 6_666], "every correction is kept");

    // A question that left the content has no new key; one of another type has none that fits.
    load(&house, edited(&[("q-one, type: single", "q-new, type: single")], 3)).await;
    assert_eq!(refused(wanted(Treatment::NewKey, false)).await, "regrade-question-gone");
    assert_eq!(preview(&house, wanted(Treatment::SetAside, false)).await.tally.changed, 1);
    let line = "{id: q-one, type: single, objective: basics, ask: Which one is right?, options: [{id: a, text: KEY-right, correct: true, why: WHY-a}, {id: b, text: wrong, why: WHY-b}, {id: c, text: false, why: WHY-c}]}";
    let statement =
        "{id: q-one, type: true_false, objective: basics, ask: Which one is right?, answer: true, why: WHY-a}";
    load(&house, edited(&[(line, statement)], 4)).await;
    assert_eq!(refused(wanted(Treatment::NewKey, false)).await, "regrade-type-changed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_itself_keeps_what_was_first_given() {
    let house = House::with(wrong_key()).await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    let attempt = sit(&house, &ana, "a", 4).await;
    load(&house, right_key()).await;
    correct(&house, wanted(Treatment::NewKey, false)).await;
    for statement in [
        "UPDATE regrades SET reason = 'another'",
        "DELETE FROM regrades",
        "UPDATE regrade_results SET new_result = old_result",
        "DELETE FROM regrade_results",
        "UPDATE attempts SET result = '{}'",
    ] {
        let tried = house.app.db.write(house.app.now(), move |w| Ok(sql(statement).run(w)?)).await;
        assert!(matches!(tried, Err(Fault::Broken(_))), "{statement}");
    }
    // Marking from scratch by the sheet gives what was first given, and the form is what it was.
    let (sheet, first, row) = house
        .app
        .db
        .read(house.app.now(), move |r| {
            let row = academy::rows::attempt(r, attempt)?.unwrap();
            let kept: String = sql("SELECT result AS word FROM attempts WHERE id = ?").bind(&attempt).one(r)?;
            Ok((Sheet::read(r, &row)?, kept, row))
        })
        .await
        .unwrap();
    assert_eq!(serde_json::to_string(&sheet.grade(&row)).unwrap(), first);
}
