//! Reports 1 to 5: the answer that was planted, and none of its near-misses.

use super::plant::{Ground, about, column, columns, day, noon, tick};
use crate::{
    policy::changed,
    support::{House, content, person_id, slug},
};
use habilis::{
    access::request::State as RequestState,
    actions::{break_glass, disable_person, erase_person, explain_access, load_content},
    base::{
        clock::Time,
        ids::{self, Id},
    },
    curriculum::source::Source,
    db::sql,
    identity::actor::Actor,
    reports::asked::Ask,
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_held_a_role_at_a_moment_is_told_to_the_microsecond() {
    let ground = Ground::new().await;
    let (t, far) = (noon(), day(20));
    let mut who = std::collections::BTreeMap::new();
    for name in [
        "Right",
        "First",
        "Last",
        "Late",
        "Early",
        "Other role",
        "Uncertified",
        "Too late",
        "Lapsing",
        "Superseded",
        "Locked",
        "Lifted",
        "Away",
        "Back",
        "Voided",
        "Announced",
    ] {
        let id = ground.someone(name).await;
        who.insert(id.to_string(), name);
        let (mut from, mut ends, mut role) = (day(-5), far, "reader");
        let (mut held, mut lapses) = (day(-50), day(40));
        match name {
            "First" => from = t,
            "Last" => ends = tick(t, 1),
            "Late" => from = tick(t, 1),
            "Early" => ends = t,
            "Other role" => role = "either",
            "Too late" => held = tick(t, 1),
            "Lapsing" => lapses = t,
            "Locked" => drop(ground.lock("person", &id.to_string(), t, None).await),
            "Lifted" => drop(ground.lock("person", &id.to_string(), day(-1), Some(t)).await),
            "Away" => ground.shut_out(id, day(-1), Some(tick(t, 1))).await,
            "Back" => ground.shut_out(id, day(-1), Some(t)).await,
            _ => {}
        }
        match name {
            "Uncertified" => {}
            // The certificate that counted then was replaced by one that came later.
            "Superseded" => {
                ground.certificate(id, "alpha", held, tick(t, 1)).await;
                ground.certificate(id, "alpha", tick(t, 1), lapses).await;
            }
            "Voided" => drop(ground.certificate(id, "beta", held, lapses).await),
            _ => drop(ground.certificate(id, "alpha", held, lapses).await),
        }
        let given = if name == "Announced" { day(-1) } else { from };
        let from = if name == "Announced" { tick(t, 1) } else { from };
        ground.grant_by(id, role, given, from, ends, &[]).await;
    }
    let at = |moment: Time| about(None, Some("reader"), Some(moment));
    let named = |lines: &[super::plant::Object], yes: bool| {
        let mut found: Vec<String> = lines
            .iter()
            .filter(|line| line["effective"] == json!(yes))
            .map(|line| format!("{} {}", who[line["person"].as_str().unwrap()], line["state"].as_str().unwrap()))
            .collect();
        found.sort();
        found
    };
    let lines = ground.ask("holders-at", at(t)).await;
    let effective = [
        "Back effective",
        "First effective",
        "Last effective",
        "Lifted effective",
        "Right effective",
        "Superseded effective",
    ];
    assert_eq!(named(&lines, true), effective);
    let not = [
        "Announced scheduled",
        "Away disabled",
        "Lapsing suspended",
        "Locked locked",
        "Too late suspended",
        "Uncertified suspended",
        "Voided suspended",
    ];
    assert_eq!(named(&lines, false), not);
    // A microsecond on, each of them has moved.
    let lines = ground.ask("2", at(tick(t, 1))).await;
    let effective = [
        "Announced effective",
        "Away effective",
        "Back effective",
        "First effective",
        "Late effective",
        "Lifted effective",
        "Right effective",
        "Superseded effective",
        "Too late effective",
    ];
    assert_eq!(named(&lines, true), effective);
    // Now, of one person, and nothing of what is over.
    let now = ground.ask("holders-now", about(None, Some("reader"), None)).await;
    assert!(now.is_empty(), "{now:?}");
    let right = who.iter().find(|(_, name)| **name == "Right").unwrap().0.parse().unwrap();
    let one = ground.ask("holders-at", about(Some(right), None, Some(t))).await;
    assert_eq!(columns(&one, &["role", "warehouse", "state"]), ["reader lake effective"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_and_roles_that_are_gone_are_answered_for() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let ana = ground.someone("Ana Verano").await;
    ground.certificate(ana, "alpha", day(-50), day(200)).await;
    let held = ground.grant(ana, "reader", day(-5), day(100)).await;
    ground.token(ana, &held, "habilis", "203.0.113.5", day(-1)).await;
    disable_person::disable_person(&house.app, &house.admin, ana, "gone".into()).await.unwrap();
    house.advance("PT1H");
    let erase =
        erase_person::erase_person(&house.app, &house.admin, ana, "ana.verano@example.com".into(), "asked".into());
    erase.await.unwrap();
    let mut files = content::files();
    let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let kept: Vec<&str> = access.lines().filter(|line| !line.contains("{id: reader,")).collect();
    files.insert("access.yaml".to_owned(), format!("{}\n", kept.join("\n")).into_bytes());
    load_content::load_content(&house.app, &Actor::operator("test"), Source::from_files(files)).await.unwrap();
    house.advance("PT1H");

    let then = ground.ask("holders-at", about(Some(ana), Some("reader"), Some(noon()))).await;
    assert_eq!(columns(&then, &["person", "role", "state"]), [format!("{ana} reader effective")]);
    assert!(!format!("{then:?}").contains("Verano"), "by a pseudonym: {then:?}");
    let chain = ground.ask("why-held", about(Some(ana), Some("reader"), None)).await;
    let steps = columns(&chain, &["step", "state"]);
    let expected = [
        "certificate valid",
        "request submitted",
        "request approved",
        "grant active",
        "token minted",
        "account disabled",
        "grant ended",
    ];
    for step in expected {
        assert!(steps.contains(&step.to_owned()), "{step}: {steps:?}");
    }
    assert_eq!(
        ground.figure("why-held", about(Some(ana), Some("reader"), Some(noon())), "effective").await,
        json!(true)
    );
    assert_eq!(ground.figure("why-held", about(Some(ana), Some("reader"), None), "effective").await, json!(false));
    let used = ground.ask("certified-when-used", about(Some(ana), None, None)).await;
    assert_eq!(columns(&used, &["use", "certified", "course_version"]), ["given true 1", "token true 1"]);
    let approved = ground.ask("approvals", about(Some(ana), None, None)).await;
    assert_eq!(columns(&approved, &["person", "decided_by", "own_case"]), [format!("{ana} policy false")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_chain_is_told_and_nothing_after_the_moment() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let (ana, owner) = (house.person("Ana").await, house.person("Owner").await);
    let bob = ground.someone("Bob").await;
    house.certify(&ana, "alpha").await;
    house.certify(&ana, "beta").await;
    // Another certification, which the role does not ask for, is no part of the chain; nor are others' grants and tokens.
    let id = crate::support::person_id(&ana);
    let (request, _) = house.ask(&ana, "keeper").await.unwrap();
    house.advance("PT1H");
    house.approve(&owner, request).await.unwrap();
    house.advance("PT1H");
    let before = house.app.now();
    house.advance("PT1M");
    habilis::actions::mint_token::mint_token(&house.app, &ana, slug("keeper")).await.unwrap();
    house.advance("PT1H");
    ground.certificate(bob, "alpha", day(0), day(100)).await;
    let other = ground.grant(bob, "reader", day(1), day(40)).await;
    ground.token(bob, &other, "habilis", "203.0.113.9", day(2)).await;
    ground.lock("role", "reader", day(1), None).await;
    ground.lock("warehouse", "lake", house.app.now(), None).await;
    house.advance("PT1H");
    let chain = ground.ask("why-held", about(Some(id), Some("keeper"), None)).await;
    let told = columns(&chain, &["step", "state"]);
    let expected = [
        "attempt graded",
        "certificate valid",
        "attempt graded",
        "certificate valid",
        "request submitted",
        "request in_review",
        "decision approved",
        "request approved",
        "grant active",
        "token minted",
        "lock locked",
    ];
    // Steps of one instant are told in the order of what leads to what.
    let mut sorted = told.clone();
    sorted.sort();
    let mut wanted: Vec<String> = expected.map(str::to_owned).to_vec();
    wanted.sort();
    assert_eq!(sorted, wanted, "{told:?}");
    assert_eq!(told.last().map(String::as_str), Some("lock locked"));
    assert!(column(&chain, "what").contains(&"alpha/final 1: 100.0%".to_owned()), "{chain:?}");
    let decision = chain.iter().find(|line| line["step"] == "decision").unwrap();
    assert_eq!(decision["by_name"], "Owner");
    assert_eq!(ground.figure("why-held", about(Some(id), Some("keeper"), None), "effective").await, json!(false));
    // As of the instant before the token, it is not there, and the access was in effect.
    let then = ground.ask("why-held", about(Some(id), Some("keeper"), Some(before))).await;
    assert!(!columns(&then, &["step"]).contains(&"token".to_owned()), "{then:?}");
    assert_eq!(then.len(), chain.len() - 2);
    assert_eq!(
        ground.figure("why-held", about(Some(id), Some("keeper"), Some(before)), "effective").await,
        json!(true)
    );
    // Of a role that was never asked for, there is nothing to tell.
    assert!(ground.ask("why-held", about(Some(id), Some("guardian"), None)).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emergency_is_told_as_one_with_its_reason_and_a_decision_with_whose_place_it_took() {
    let source = changed(|text| format!("{text}break_glass: {{of: ['team:oncall'], at_most: PT2H}}\n"));
    let ground = Ground { house: House::with(source).await };
    let house = &ground.house;
    let omar = house.person_in("Omar", &["oncall"]).await;
    house.certify(&omar, "beta").await;
    let reason = "the payouts are wrong".to_owned();
    let taking = break_glass::Taking { person: None, role: slug("guardian"), reason: reason.clone(), duration: None };
    break_glass::break_glass(&house.app, &omar, taking, None).await.unwrap();
    house.advance("PT1M");
    let chain = ground.ask("why-held", about(Some(person_id(&omar)), Some("guardian"), None)).await;
    let requests: Vec<_> = chain.iter().filter(|line| line["step"] == "request").collect();
    assert_eq!(requests.len(), 1, "{chain:?}");
    assert_eq!((&requests[0]["state"], &requests[0]["words"]), (&json!("emergency"), &json!(reason)));

    // Decided in another's place.
    let (ana, bob, eve) = (ground.someone("Ana").await, ground.someone("Bob").await, ground.someone("Eve").await);
    let held = ground.grant(ana, "keeper", noon(), day(50)).await;
    let decided = sql("INSERT INTO decisions (id, request_id, person_id, on_behalf_of, decision, comment, at, round) \
                       VALUES (?, ?, ?, ?, 'approve', '', ?, 1)")
    .bind(&Id::<ids::Decision>::new(house.app.now()))
    .bind(&held.request)
    .bind(&bob)
    .bind(&eve)
    .bind(&noon());
    ground.run(vec![decided]).await;
    let chain = ground.ask("why-held", about(Some(ana), Some("keeper"), None)).await;
    let decision = chain.iter().find(|line| line["step"] == "decision").unwrap();
    assert_eq!((&decision["by_name"], &decision["what"]), (&json!("Bob"), &json!("Eve")));
    let submitted = chain.iter().find(|line| line["state"] == "submitted").unwrap();
    assert_eq!(submitted["words"], "for the planting");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_decided_on_their_own_case_is_found() {
    let ground = Ground::new().await;
    let (ana, bob, eve) = (ground.someone("Ana").await, ground.someone("Bob").await, ground.someone("Eve").await);
    let t = noon();
    ground.grant_by(ana, "keeper", t, t, day(10), &[bob]).await;
    ground.grant_by(bob, "keeper", t, t, day(10), &[ana, eve]).await;
    // Planted: Eve approved for herself, and of a request that came to nothing, Bob rejected his own.
    let own = ground.grant_by(eve, "keeper", day(1), day(1), day(10), &[eve]).await;
    let rejected = ground.request(bob, "guardian", day(2)).await;
    ground.decide(rejected, bob, "reject", day(2)).await;
    // Near-misses: a policy alone, an undecided request, and decisions just outside of the period.
    ground.grant(eve, "reader", day(3), day(10)).await;
    ground.request(ana, "guardian", day(3)).await;
    let early = ground.request(ana, "either", tick(t, -1)).await;
    ground.decide(early, ana, "approve", tick(t, -1)).await;
    let late = ground.request(eve, "either", day(4)).await;
    ground.decide(late, eve, "approve", day(4)).await;

    let period = Ask { from: Some(t), until: Some(day(4)), ..Ask::default() };
    let lines = ground.ask("approvals", period.clone()).await;
    let own_cases: Vec<String> = lines
        .iter()
        .filter(|line| line["own_case"] == json!(true))
        .map(|line| line["request"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(own_cases, [own.request.to_string(), rejected.to_string()]);
    assert_eq!(ground.figure("approvals", period.clone(), "own_cases").await, json!(2));
    assert_eq!(ground.figure("approvals", period.clone(), "decisions").await, json!(5));
    let told = columns(&lines, &["decision", "decided_by", "role"]);
    let mut sorted = told.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [
            "approved person keeper",
            "approved person keeper",
            "approved person keeper",
            "approved person keeper",
            "approved policy reader",
            "rejected person guardian",
        ]
    );
    // A microsecond more on either side brings in the neighbours; as of a moment in between, what came later is unknown.
    let wide = Ask { from: Some(tick(t, -1)), until: Some(tick(day(4), 1)), ..Ask::default() };
    assert_eq!(ground.figure("approvals", wide.clone(), "own_cases").await, json!(4));
    assert_eq!(ground.figure("approvals", Ask { at: Some(day(1)), ..wide.clone() }, "own_cases").await, json!(2));
    assert_eq!(
        ground.figure("approvals", Ask { at: Some(tick(day(1), -1)), ..wide.clone() }, "own_cases").await,
        json!(1)
    );
    // By role and by whom it was for.
    assert_eq!(
        ground.figure("approvals", Ask { role: Some(slug("guardian")), ..wide.clone() }, "own_cases").await,
        json!(1)
    );
    let of_eve = ground.ask("approvals", Ask { person: Some(eve.to_string()), ..wide }).await;
    assert!(column(&of_eve, "person").iter().all(|id| *id == eve.to_string()) && of_eve.len() == 3, "{of_eve:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_use_is_held_against_the_certificates_of_its_moment() {
    let ground = Ground::new().await;
    let (ana, bob) = (ground.someone("Ana").await, ground.someone("Bob").await);
    let t = noon();
    // Version 1 until noon, then nothing for a microsecond, then version 2; one that was issued later but claims to have
    // counted before proves nothing.
    ground.certificate_of(ana, "alpha", 1, day(-50), day(-50), t).await;
    ground.certificate_of(ana, "alpha", 2, tick(t, 1), tick(t, 1), day(50)).await;
    ground.certificate_of(ana, "alpha", 9, day(5), day(-60), day(90)).await;
    ground.certificate(ana, "beta", day(-50), day(50)).await;
    ground.certificate(bob, "alpha", day(-50), day(50)).await;
    let held = ground.grant_by(ana, "keeper", day(-2), day(-1), day(20), &[bob]).await;
    let free = ground.grant(ana, "either", day(-3), day(20)).await;
    let other = ground.grant(bob, "reader", day(-3), day(20)).await;
    for at in [tick(t, -1), t, tick(t, 1)] {
        ground.token(ana, &held, "habilis", "203.0.113.5", at).await;
    }
    ground.token(ana, &free, "habilis", "203.0.113.5", t).await;
    ground.token(bob, &other, "habilis", "203.0.113.5", t).await;
    let lines = ground.ask("certified-when-used", about(Some(ana), Some("keeper"), None)).await;
    let told = columns(&lines, &["use", "requirement", "certified", "course_version"]);
    let expected = [
        "given alpha true 1",
        "given beta true 1",
        "began alpha true 1",
        "began beta true 1",
        "token alpha true 1",
        "token beta true 1",
        "token alpha false null",
        "token beta true 1",
        "token alpha true 2",
        "token beta true 1",
    ];
    assert_eq!(told, expected);
    let asked = about(Some(ana), Some("keeper"), None);
    assert_eq!(ground.figure("certified-when-used", asked.clone(), "uncertified").await, json!(1));
    assert_eq!(ground.figure("certified-when-used", asked.clone(), "tokens").await, json!(3));
    // Either certification is enough for the other role: no use of it was without one.
    let free = about(Some(ana), Some("either"), None);
    assert_eq!(ground.figure("certified-when-used", free.clone(), "uncertified").await, json!(0));
    assert_eq!(columns(&ground.ask("certified-when-used", free).await, &["requirement"])[0], "alpha | beta");
    // The period's ends, to the microsecond.
    let period = Ask { from: Some(t), until: Some(tick(t, 1)), ..asked.clone() };
    assert_eq!(columns(&ground.ask("certified-when-used", period).await, &["certified"]), ["false", "true"]);
    let before = Ask { at: Some(tick(t, -1)), ..asked };
    assert_eq!(ground.figure("certified-when-used", before, "uncertified").await, json!(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_explanation_as_of_the_past_knows_nothing_that_came_later_and_all_that_came_before() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let (ana, owner) = (house.person("Ana").await, house.person("Owner").await);
    house.certify(&ana, "alpha").await;
    house.certify(&ana, "beta").await;
    let (request, _) = house.ask(&ana, "keeper").await.unwrap();
    house.advance("PT1H");
    let waiting = house.app.now();
    house.advance("PT1H");
    house.approve(&owner, request).await.unwrap();
    house.advance("PT1H");
    let given = house.app.now();
    let id = person_id(&ana);
    let held = house.app.db.read(given, move |r| Ok(habilis::access::rows::grants_of(r, id, None, 1)?)).await.unwrap();
    let held = super::plant::Planted { request, grant: held[0].id };
    // One token before the moment, and more after it than an explanation shows.
    ground.token(id, &held, "habilis", "203.0.113.5", given.plus_seconds(-60)).await;
    for n in 1..=25 {
        ground.token(id, &held, "habilis", "203.0.113.5", given.plus_seconds(n)).await;
    }
    house.advance("PT1H");
    let explain = |at| explain_access::explain_grant(&house.app, &house.admin, held.grant, Some(at));
    let then = explain(waiting).await.unwrap();
    assert!(then.decisions.is_empty() && then.tokens.is_empty(), "{:?}", then.decisions);
    let asked = then.request.unwrap();
    assert_eq!((asked.state, asked.closed_at), (RequestState::InReview, None));
    let later = explain(given).await.unwrap();
    assert_eq!((later.decisions.len(), later.tokens.len(), later.minting.n), (1, 1, 1));
    assert_eq!(later.request.unwrap().state, RequestState::Approved);
}
