//! What is given to a person of what is held about them: every table, and nothing that they may not see.

use crate::support::{House, PASSWORD, actor, content, keys, kinds, on_form, person_id, slug, web::Served};
use habilis::{
    academy::regrade::Treatment,
    access::rows::LockKind,
    actions::{
        accommodate::{self, Granting},
        assign_course,
        authorize::{self, Say, Turn},
        break_glass, change_person, change_team, comment_request, delegate, disable_person, export_records, lock,
        mark_answer::{self, Given as Marks},
        mint_token, register_client,
        regrade::{self, Wanted},
        save_answer, sign_in, start_attempt, submit_attempt,
    },
    base::ids::{self, Id},
    curriculum::source::Source,
    identity::{actor::Actor, person::Capabilities},
    records::held::{BESIDE, COLUMNS, Given},
    tokens::{
        client::{ClientKind, GrantType, Registration},
        pkce,
        request::Params,
    },
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_that_names_a_person_is_given_or_excepted() {
    let house = House::new().await;
    if house.engine.url.starts_with("postgres") {
        return;
    }
    let keys: Vec<String> = house
        .app
        .db
        .read(house.app.now(), |r| {
            let query = "SELECT m.name || '.' || c.name AS word FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                         WHERE m.type = 'table' AND (c.name LIKE '%person%' OR c.name = 'actor' OR c.name LIKE '%\\_by' ESCAPE '\\' \
                         OR c.name LIKE '%email%' OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f \
                         WHERE f.\"table\" = 'persons' AND f.\"from\" = c.name))";
            Ok(habilis::db::sql(query).all::<String>(r)?)
        })
        .await
        .unwrap();
    let known: BTreeSet<String> = COLUMNS.iter().map(|(table, column, _)| format!("{table}.{column}")).collect();
    let found: BTreeSet<String> = keys.into_iter().filter(|key| key != "persons.email").collect();
    let mut expected = known.clone();
    expected.remove("persons.id");
    assert_eq!(found, expected, "say in records/held.rs what a person is given of a new column that names people");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_given_everything_and_no_key() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (ana, bearer) = served.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    let granting = Granting {
        person: person_id(&ana),
        course: None,
        quiz: None,
        time_factor_percent: 125,
        extra_attempts: 0,
        reason: "a broken wrist".into(),
        from: None,
        until: None,
    };
    accommodate::accommodate(&house.app, &house.admin, granting).await.unwrap();
    house.read_all(&ana, "beta").await;
    start_attempt::start_attempt(&house.app, &ana, slug("beta"), slug("final")).await.unwrap();
    let (status, document) = served.api(&bearer, Method::GET, "/api/v1/me/export", Value::Null).await;
    assert_eq!(status, 200);
    assert_eq!(document["format"], export_records::FORMAT);
    let sections = COLUMNS.iter().map(|row| row.2).chain(BESIDE.iter().map(|row| row.1));
    for section in sections.filter_map(|given| match given {
        Given::Section(section) => Some(section),
        Given::Not(_) => None,
    }) {
        assert!(document.get(section).is_some(), "{section}");
    }
    for full in [
        "sessions",
        "modules_read",
        "attempts",
        "certificates",
        "requests",
        "grants",
        "tokens",
        "accommodations",
        "events",
    ] {
        assert!(!document[full].as_array().unwrap().is_empty(), "{full}");
    }
    assert_eq!(document["accommodations"][0]["reason"], "a broken wrist");
    assert_eq!(document["attempts"][1]["answers"].as_array().unwrap().len(), 4);
    let text = document.to_string();
    for secret in ["WHY-", "secret_hash", "password", "correct", "question_hash"] {
        assert!(!text.contains(secret), "{secret}");
    }
    // An exam that shows only its mark: no question's words, no points by question.
    let sat = document["attempts"].as_array().unwrap().iter().find(|one| one["state"] == "graded").unwrap();
    assert!(
        sat["answers"].as_array().unwrap().iter().all(|line| line["points"].is_null() && line["question"].is_null())
    );
    assert_eq!(house.events("records.exported").await, 1);
    let (status, _) = served.api(&bearer, Method::GET, "/api/v1/me/transcript", Value::Null).await;
    assert_eq!(status, 200);
}

async fn sit(house: &House, who: &Actor, course: &str, answer: impl Fn(Value) -> Value) -> Id<ids::Attempt> {
    let attempt = start_attempt::start_attempt(&house.app, who, slug(course), slug("final")).await.unwrap();
    for (no, key) in keys(&house.app, attempt).await {
        let save = save_answer::Save { no, revision: 0, answer: answer(key), flagged: false };
        save_answer::save_answer(&house.app, who, attempt, save).await.unwrap();
    }
    submit_attempt::submit_attempt(&house.app, who, attempt, Vec::new()).await.unwrap();
    house.advance("1s");
    attempt
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_exam_withholds_is_not_given_by_another_way() {
    // Statements: whether each was right is the lab's own note, and no comment of a person.
    let mut files = Source::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")).unwrap().files().clone();
    let path = "analyst-lab/course.yaml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    files.insert(path.into(), text.replace("prerequisites: [warehouse-analyst]\n", "").into_bytes());
    let house = House::with(Source::from_files(files)).await;
    let ana = house.person("Ana").await;
    sit(&house, &ana, "analyst-lab", |_| json!("SELECT 1 AS one")).await;
    super::super::labs::graded(&house, 1).await;
    let document = export_records::export_me(&house.app, &ana).await.unwrap();
    let answers = document["attempts"][0]["answers"].as_array().unwrap();
    assert!(answers.iter().all(|line| line["answer"] == "SELECT 1 AS one" && line["comment"].is_null()), "{answers:?}");

    // Prose: the comment is theirs to read, the share of the question is not.
    let house = House::with(kinds::source()).await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "kinds").await;
    let attempt = sit(&house, &ana, "kinds", |key| key).await;
    let no = on_form(&house.app, attempt).await["x-prose"].no;
    let criteria = [(slug("crit-cause"), 1.into()), (slug("crit-clear"), 1.into())].into();
    let given = Marks { criteria, comment: "Half of it.".into() };
    mark_answer::mark_answer(&house.app, &house.admin, attempt, no, given).await.unwrap();
    house.advance("1s");
    let marked = |document: &Value| {
        let events = document["events"].as_array().unwrap().clone();
        events.into_iter().find(|event| event["kind"] == "attempt.answer_marked").unwrap()
    };
    let document = export_records::export_me(&house.app, &ana).await.unwrap();
    let told = marked(&document);
    assert_eq!((&told["data"]["question"], &told["data"]["share"]), (&json!(no), &Value::Null), "{told}");
    let line = document["attempts"][0]["answers"].as_array().unwrap().iter().find(|line| line["no"] == no).unwrap();
    assert_eq!((&line["comment"], &line["points"]), (&json!("Half of it."), &Value::Null));
    // Who gave the mark knows it.
    let document = export_records::export_me(&house.app, &house.admin).await.unwrap();
    assert!(marked(&document)["data"]["share"].is_string());
}

/// Ana with something of every kind: a learner who was shut out once, leads a team, marks, decides, and holds an office.
async fn full_life(house: &House) -> Actor {
    let (app, admin) = (&house.app, &house.admin);
    let owner = house.person("Owner").await;
    let id = person_id(&house.person_in("Ana", &["sales", "privacy"]).await);
    disable_person::disable_person(app, admin, id, "a long leave".into()).await.unwrap();
    disable_person::enable_person(app, admin, id).await.unwrap();
    let may = Capabilities { admin: true, author: true, ..Capabilities::default() };
    change_person::change_capabilities(app, admin, id, may).await.unwrap();
    house.advance("1s");
    let nobody = Actor::anonymous("192.0.2.1");
    let begun = sign_in::sign_in(app, &nobody, "ana@example.com", PASSWORD.into(), "test").await.unwrap();
    let ana = actor(app, &begun.secret).await;
    change_person::change_login(app, admin, id, slug("lake"), "ana_lake".into()).await.unwrap();
    change_team::set_lead(app, admin, "sales".into(), id.to_string(), true).await.unwrap();
    let due_at = house.app.now().plus_seconds(86_400 * 30);
    let assigning =
        assign_course::Assigning { team: "sales".into(), course: slug("beta"), due_at, note: "before spring".into() };
    assign_course::assign_course(app, &ana, assigning.clone(), None).await.unwrap();
    let other = assign_course::Assigning { course: slug("alpha"), ..assigning };
    let ended = assign_course::assign_course(app, &ana, other, None).await.unwrap();
    assign_course::end_assignment(app, &ana, ended, "too soon".into()).await.unwrap();
    for (who, kind, subject) in
        [(&ana, LockKind::Warehouse, "attic".to_owned()), (admin, LockKind::Person, id.to_string())]
    {
        let placed = lock::place_lock(app, who, kind, subject, "a suspicion".into()).await.unwrap();
        lock::lift_lock(app, who, placed).await.unwrap();
    }
    let granting = Granting {
        person: id,
        course: None,
        quiz: None,
        time_factor_percent: 125,
        extra_attempts: 0,
        reason: "a broken wrist".into(),
        from: None,
        until: None,
    };
    accommodate::accommodate(app, admin, granting).await.unwrap();

    // Four of six are right: a correction turns it, and a notice tells her.
    house.read_all(&ana, "alpha").await;
    let sat = start_attempt::start_attempt(app, &ana, slug("alpha"), slug("final")).await.unwrap();
    let form = on_form(app, sat).await;
    for (no, answer) in keys(app, sat).await {
        let wrong = ["q-one", "q-two"].iter().any(|id| form[*id].no == no);
        let save =
            save_answer::Save { no, revision: 0, answer: if wrong { Value::Null } else { answer }, flagged: false };
        save_answer::save_answer(app, &ana, sat, save).await.unwrap();
    }
    submit_attempt::submit_attempt(app, &ana, sat, Vec::new()).await.unwrap();
    house.advance("1s");
    let (course, question) = (slug("alpha"), slug("q-one"));
    let wanted = Wanted { course, question, from: None, treatment: Treatment::FullMarks, take_back: false };
    let plan = regrade::preview_regrade(app, admin, wanted.clone()).await.unwrap();
    regrade::apply_regrade(app, admin, wanted, "two were right".into(), plan.fingerprint, None).await.unwrap();
    house.advance("1s");

    // Prose: hers is marked by the admin, Bob's by her; and she decides on his request.
    let bob = house.person("Bob").await;
    for (who, marker) in [(&ana, admin), (&bob, &ana)] {
        house.read_all(who, "kinds").await;
        let attempt = sit(house, who, "kinds", |key| key).await;
        let no = on_form(app, attempt).await["x-prose"].no;
        let criteria = [(slug("crit-cause"), 3.into()), (slug("crit-clear"), 1.into())].into();
        let given = Marks { criteria, comment: "Well put.".into() };
        mark_answer::mark_answer(app, marker, attempt, no, given).await.unwrap();
        house.certify(who, "beta").await;
        house.advance("1s");
    }
    let (request, _) = house.ask(&bob, "guardian").await.unwrap();
    house.approve(&ana, request).await.unwrap();
    offices(house, &ana, &owner, &bob).await;
    let (request, _) = house.ask(&ana, "keeper").await.unwrap();
    house.approve(&owner, request).await.unwrap();
    house.advance("1s");
    let held = mint_token::mint_token(app, &ana, slug("keeper")).await.unwrap().grant;
    hold_back(house, held, id.to_string()).await;
    reviewed(house, &ana, &owner).await;
    connect(house, &ana).await;
    super::told_by_the_directory(house, &ana, "ana@home.example").await;
    crate::identity_provider::link(house, id, "ana-1").await;
    ana
}

/// Ana's access is reviewed by the owner, who gives that to her colleague; and she answers for somebody else's, handed on once, and
/// Dan for another's in her place.
async fn reviewed(house: &House, ana: &Actor, owner: &Actor) {
    use habilis::actions::reviews::{answer, delegate, start};
    let (app, who) = (&house.app, person_id(ana));
    let (dag, edo) = (house.person("Dag").await, house.person("Edo").await);
    for holder in [&dag, &edo] {
        house.certify(holder, "beta").await;
        house.ask(holder, "either").await.unwrap();
    }
    let review = start::start_review(app, &house.admin, start::Start::default(), None).await.unwrap();
    let lines = app
        .db
        .read(app.now(), move |r| {
            let filter = habilis::access::rows::LineFilter::default();
            Ok(habilis::access::rows::review_lines(r, review, &filter, &habilis::base::paging::Paging::first(10))?
                .items)
        })
        .await
        .unwrap();
    assert!(lines.iter().any(|line| line.person_id == who));
    let line = |of: &Actor| lines.iter().find(|line| line.person_id == person_id(of)).unwrap().id;
    let (line, other) = (line(&dag), line(&edo));
    for (by, to) in [(owner, "ana@example.com"), (ana, "owner@example.com"), (owner, "ana@example.com")] {
        delegate::delegate_line(app, by, review, line, to.into(), "you know him".into()).await.unwrap();
    }
    let keep = answer::Answer { verdict: habilis::access::review::Verdict::Keep, comment: "every day".into() };
    answer::answer_lines(app, ana, review, [line].into(), keep.clone()).await.unwrap();
    delegate::delegate_line(app, owner, review, other, "ana@example.com".into(), "him too".into()).await.unwrap();
    let nobody = Actor::anonymous("192.0.2.1");
    let begun = sign_in::sign_in(app, &nobody, "dan@example.com", PASSWORD.into(), "test").await.unwrap();
    let dan = actor(app, &begun.secret).await;
    answer::answer_lines(app, &dan, review, [other].into(), keep).await.unwrap();
}

/// Holds a grant back, and lets it go on.
async fn hold_back(house: &House, grant: Id<ids::Grant>, by: String) {
    let held = house.app.db.write(house.app.now(), move |w| {
        let cause = habilis::access::grant::Cause::Admin;
        habilis::access::rows::insert_suspension(w, grant, cause, w.now(), &by, "a look at it")?;
        Ok(habilis::access::rows::end_suspension(w, grant, cause, &by)?)
    });
    assert!(held.await.unwrap());
}

/// Ana has a manager and is one, decides for the owner, and Dan for her.
async fn offices(house: &House, ana: &Actor, owner: &Actor, bob: &Actor) {
    let (app, admin, dan, cem) = (&house.app, &house.admin, house.person("Dan").await, house.person("Cem").await);
    for (who, manager) in [(ana, "owner@example.com"), (bob, "ana@example.com")] {
        change_person::change_manager(app, admin, person_id(who), manager.into()).await.unwrap();
    }
    for (who, delegate) in [(owner, "ana@example.com"), (ana, "dan@example.com")] {
        let until = house.app.now().plus_seconds(86_400);
        let wanted = delegate::Delegating {
            delegator: None,
            delegate: delegate.into(),
            from: None,
            until,
            note: "the fair".into(),
        };
        delegate::delegate(app, who, wanted, None).await.unwrap();
    }
    house.certify(&cem, "beta").await;
    let (request, _) = house.ask(&cem, "guardian").await.unwrap();
    house.approve(&dan, request).await.unwrap();
    comment_request::comment_request(app, ana, request, "a word".into()).await.unwrap();
    let taking = break_glass::Taking {
        person: None,
        role: crate::support::slug("guardian"),
        reason: "a fire".into(),
        duration: None,
    };
    break_glass::break_glass(app, ana, taking, None).await.unwrap();
}

/// Agrees to a tool, which is remembered.
async fn connect(house: &House, who: &Actor) {
    const BACK: &str = "https://tool.example.com/back";
    let wanted = Registration {
        name: "Lantern BI".into(),
        kind: ClientKind::Confidential,
        redirect_uris: vec![BACK.into()],
        post_logout_uris: vec![],
        grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
        roles: None,
    };
    let (id, _) = register_client::register_client(&house.app, &house.admin, wanted, None).await.unwrap();
    let (tool, challenge) = (id.to_string(), pkce::challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    let params = [
        ("response_type", "code"),
        ("client_id", tool.as_str()),
        ("redirect_uri", BACK),
        ("scope", "openid offline_access"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let params = Params(params.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    let turn = authorize::authorize(&house.app, who, &params, Some(Say::Yes)).await.unwrap();
    assert!(matches!(turn, Turn::Code { .. }));
    crate::oauth::machines::account(house, who, &["keeper"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_section_holds_what_its_table_holds() {
    let mut files = kinds::files();
    files.extend(content::files());
    let exam = String::from_utf8(files["alpha/exams/final.quiz.yaml"].clone()).unwrap();
    files.insert("alpha/exams/final.quiz.yaml".into(), exam.replace("count: 4", "count: 6").into_bytes());
    let house = House::with(Source::from_files(files)).await;
    let ana = full_life(&house).await;
    let document = export_records::export_me(&house.app, &ana).await.unwrap();
    let who = person_id(&ana).to_string();
    for (table, column, given) in COLUMNS {
        let Given::Section(section) = given else { continue };
        if *table == "persons" {
            assert_eq!(document["person"]["id"], json!(who));
            continue;
        }
        let (who, statement) = (who.clone(), format!("SELECT COUNT(*) AS n FROM {table} WHERE {column} = ?"));
        let asked = move |r: &mut habilis::db::Reading<'_>| Ok(habilis::db::sql(statement).bind(&who).one::<i64>(r)?);
        let held = house.app.db.read(house.app.now(), asked).await.unwrap();
        assert!(held > 0, "the test fills {table}.{column}");
        let told = document[section].as_array().map_or(0, Vec::len);
        assert!(told >= usize::try_from(held).unwrap(), "{table}.{column}: {held} rows, {told} in `{section}`");
    }
    // What stands beside those tables.
    let attempts = document["attempts"].as_array().unwrap();
    let anew = attempts.iter().find_map(|one| one["marked_anew"].get(0)).expect("the correction");
    assert_eq!(
        (&anew["reason"], &anew["old"]["passed"], &anew["new"]["passed"]),
        (&json!("two were right"), &json!(false), &json!(true))
    );
    let answers = || attempts.iter().flat_map(|one| one["answers"].as_array().unwrap());
    assert!(answers().any(|line| line["comment"] == "Well put.") && answers().any(|line| !line["answer"].is_null()));
    for certificate in document["certificates"].as_array().unwrap() {
        assert!(certificate["badge_salt"].is_string() && certificate["badge_wording"].is_string(), "{certificate}");
    }
    assert!(document["events"].as_array().unwrap().iter().any(|event| event["data"]["reason"] == "a long leave"));
    assert_eq!(document["assignments"][0]["note"], "before spring");
    assert_eq!(document["locks"][0]["reason"], "a suspicion");
    assert_eq!(document["decisions_received"][0]["decided_by"], "Owner");
}
