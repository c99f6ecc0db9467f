//! Several decisions at once, comments, and who is waiting for whom.

use super::{guardian, page, post};
use crate::support::{House, code, person_id, slug, web::Served};
use habilis::{
    access::{
        request::{State, Verdict},
        rows,
    },
    actions::{
        change_person, comment_request, decide_many,
        decide_request::Say,
        delegate::{self, Delegating},
        read_decisions,
        read_waiting::{self, On},
        request_role,
    },
    identity::actor::Actor,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_are_decided_each_by_itself() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (owner, cookie) = served.person("Owner").await;
    let mut asked = Vec::new();
    for name in ["Ana", "Ben", "Cem"] {
        let who = house.person(name).await;
        for course in ["alpha", "beta"] {
            house.certify(&who, course).await;
        }
        asked.push(house.ask(&who, "keeper").await.unwrap().0);
    }
    for course in ["alpha", "beta"] {
        house.certify(&owner, course).await;
    }
    let petra = house.person_in("Petra", &["privacy"]).await;
    house.person_in("Paul", &["privacy"]).await;
    let (own, _) = house.ask(&owner, "guardian").await.unwrap();
    let yes = |request| (request, Say::new(Verdict::Approve, ""));
    let outcomes =
        decide_many::decide_many(&house.app, &owner, vec![yes(asked[0]), yes(own), yes(asked[0]), yes(asked[1])]);
    let outcomes = outcomes.await.unwrap();
    let told: Vec<_> =
        outcomes.iter().map(|(_, outcome)| outcome.as_ref().map_err(|refused| refused.code).copied()).collect();
    assert_eq!(told, [Ok(State::Approved), Err("own-request"), Err("request-closed"), Ok(State::Approved)]);
    assert_eq!(house.events("grant.given").await, 2);
    for many in [0, decide_many::MOST + 1] {
        let refused = decide_many::decide_many(&house.app, &owner, vec![yes(asked[2]); many]).await.unwrap_err();
        assert_eq!(code(&refused), "too-many-at-once");
    }
    // From the page: what is refused says why, beside what was done.
    let (last, own) = (asked[2].to_string(), own.to_string());
    let fields =
        [("request", last.as_str()), ("request", own.as_str()), ("decision", "reject"), ("comment", "not this year")];
    let (status, shown) = post(&served, &cookie, "/decisions", &fields).await;
    assert_eq!(status, 200);
    assert!(shown.contains("Rejected") && shown.contains("Nobody decides on a request of their own."), "{shown}");
    let (status, _) = post(&served, &cookie, "/decisions", &[("decision", "approve")]).await;
    assert_eq!(status, 422);
    let _ = petra;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thread_is_for_those_who_may_read_the_request() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (ana, cookie) = served.person("Ana").await;
    let (owner, ben) = (house.person("Owner").await, house.person("Ben").await);
    for course in ["alpha", "beta"] {
        house.certify(&ana, course).await;
    }
    let (asked, _) = house.ask(&ana, "keeper").await.unwrap();
    let say = |who, text: &str| comment_request::comment_request(&house.app, who, asked, text.to_owned());
    say(&owner, "Which merchants?").await.unwrap();
    let (status, _) =
        post(&served, &cookie, &format!("/decisions/{asked}/comments"), &[("text", "Those in Lyon.")]).await;
    assert_eq!(status, 303);
    say(&house.admin, "Seen by the audit.").await.unwrap();
    assert_eq!(code(&say(&ben, "me, too").await.unwrap_err()), "no-such-request");
    assert_eq!(code(&say(&ana, "  ").await.unwrap_err()), "reason-needed");
    assert_eq!(code(&say(&ana, &"x".repeat(2_001)).await.unwrap_err()), "reason-too-long");
    let shown = page(&served, &cookie, &format!("/decisions/{asked}")).await;
    let place = |text: &str| shown.find(text).unwrap_or_else(|| panic!("{text}: {shown}"));
    assert!(
        place("Which merchants?") < place("Those in Lyon.") && place("Those in Lyon.") < place("Seen by the audit.")
    );
    assert_eq!(house.events("request.commented").await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_told_whose_word_is_missing() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (owner, cookie) = served.person("Owner").await;
    let (petra, paul) = (house.person_in("Petra", &["privacy"]).await, house.person_in("Paul", &["privacy"]).await);
    let (ana, ben, dan) = (house.person("Ana").await, house.person("Ben").await, house.person("Dan").await);
    house.certify(&ana, "beta").await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    house.advance("PT1H");
    let (blocked, _) = house.ask(&ben, "keeper").await.unwrap();
    house.approve(&owner, asked).await.unwrap();
    let until = house.app.now().plus_seconds(86_400);
    let wanted =
        Delegating { delegator: None, delegate: "dan@example.com".into(), from: None, until, note: String::new() };
    delegate::delegate(&house.app, &petra, wanted, None).await.unwrap();
    let all = read_waiting::read_waiting(&house.app, &house.admin).await.unwrap();
    assert_eq!(
        all.iter().map(|one| (one.request.id, one.on)).collect::<Vec<_>>(),
        [(asked, On::Decision), (blocked, On::Certification)]
    );
    // The owner has said yes: what is missing is privacy's, or that of whoever stands in for them.
    let names: Vec<&str> = all[0].people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Dan", "Paul", "Petra"]);
    assert_eq!((all[0].until, all[0].since), (all[0].request.lapses_at, all[0].request.submitted_at));
    assert_eq!(
        all[1].certifications.iter().map(habilis::base::text::Slug::as_str).collect::<Vec<_>>(),
        ["alpha", "beta"]
    );
    // Owners see their roles', others their own.
    assert_eq!(read_waiting::read_waiting(&house.app, &owner).await.unwrap().len(), 2);
    let own = read_waiting::read_waiting(&house.app, &ben).await.unwrap();
    assert_eq!(own.iter().map(|one| one.person.id).collect::<Vec<_>>(), [person_id(&ben)]);
    assert!(read_waiting::read_waiting(&house.app, &dan).await.unwrap().is_empty());
    // The page works out those of others that it shows, and no more.
    let others = async |who: &Actor| {
        let found = read_waiting::read_waiting_of_others(&house.app, who, 1).await.unwrap();
        found.into_iter().map(|one| one.request.id).collect::<Vec<_>>()
    };
    assert_eq!((others(&house.admin).await, others(&ben).await, others(&ana).await), (vec![asked], vec![], vec![]));
    let shown = page(&served, &cookie, "/decisions").await;
    assert!(shown.contains("Who is waiting for whom") && shown.contains("a word of Dan, Paul or Petra"), "{shown}");
    let _ = paul;
}

/// Whoever decides sees from when on access is asked for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_told_from_when_on_access_is_asked_for() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (_, cookie) = served.person("Owner").await;
    let mut asked = Vec::new();
    for (name, days) in [("Ana", None), ("Ben", Some(5))] {
        let who = house.person(name).await;
        for course in ["alpha", "beta"] {
            house.certify(&who, course).await;
        }
        let starts_at = days.map(|days: i64| house.app.now().plus_seconds(days * 86_400));
        let ask = request_role::Ask { role: slug("keeper"), reason: "a campaign".into(), duration: None, starts_at };
        asked.push(request_role::request_role(&house.app, &who, ask).await.unwrap().0);
    }
    assert_eq!(page(&served, &cookie, "/decisions").await.matches("Access from").count(), 1);
    assert!(!page(&served, &cookie, &format!("/decisions/{}", asked[0])).await.contains("Access from"));
    assert!(page(&served, &cookie, &format!("/decisions/{}", asked[1])).await.contains("Access from"));
}

/// What waits for others, however much that is, does not stand in front of what waits for somebody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_of_others_hide_nothing() {
    let house = House::with(guardian("[{of: [manager], count: 1}]")).await;
    let mut asked = Vec::new();
    for name in ["Ana", "Ben", "Cem"] {
        let (manager, who) = (house.person(&format!("Boss of {name}")).await, house.person(name).await);
        let email = manager.signed().unwrap().person.email.to_string();
        change_person::change_manager(&house.app, &house.admin, person_id(&who), email).await.unwrap();
        house.certify(&who, "beta").await;
        asked.push((manager, house.ask(&who, "guardian").await.unwrap().0, who));
        house.advance("PT1M");
    }
    let (manager, last, cem) = asked.pop().unwrap();
    let waiting = read_decisions::list_decisions(&house.app, &manager).await.unwrap().0;
    assert_eq!(waiting.iter().map(|case| case.request.id).collect::<Vec<_>>(), [last]);
    // Page by page, in the order in which they were sent, each once.
    let (decider, who) = (person_id(&manager), person_id(&cem));
    let read = house.app.db.read(house.app.now(), move |r| {
        let under: Vec<rows::Under> =
            rows::in_review(r)?.into_iter().map(|(role, policy)| rows::Under { role, policy, of: None }).collect();
        let (mut all, mut after) = (Vec::new(), None);
        while let Some((request, _)) = rows::undecided_by(r, decider, &under, after.as_ref(), 1)?.pop() {
            all.push(request.id);
            after = Some(request);
        }
        Ok((all, rows::waiting_requests(r, Some((who, &[][..])), 1)?))
    });
    let (all, own) = read.await.unwrap();
    assert_eq!(all, [asked[0].1, asked[1].1, last]);
    assert_eq!(own.iter().map(|one| one.id).collect::<Vec<_>>(), [last], "her own, although others lapse before");
}
