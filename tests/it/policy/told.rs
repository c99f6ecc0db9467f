//! Who is told what of requests and access, and when it is no news any more.

use super::guardian;
use crate::support::{House, code, person_id, slug};
use habilis::{
    access::{
        request::{MOST_COMMENTS, State, Verdict},
        rows,
    },
    actions::{
        change_team, comment_request,
        decide_request::{self, Say},
        delegate::{self, Delegating},
        disable_person, hold_grant, notify, read_decisions, revoke_certificate, revoke_grant, sweep, withdraw_request,
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::notice::{
        About,
        NoticeKind::{self, *},
    },
    db::sql,
    identity::actor::Actor,
};

/// What somebody was told of requests and access, and has not put aside, by name.
async fn told(house: &House, who: &Actor) -> Vec<NoticeKind> {
    let all = notify::my_notices(&house.app, who).await.unwrap().1.into_iter().map(|told| told.kind);
    let mut kinds: Vec<NoticeKind> =
        all.filter(|kind| kind.word().starts_with("request_") || kind.word().starts_with("access_")).collect();
    kinds.sort_by_key(|kind| kind.word());
    kinds
}

/// How many mails wait to be sent.
async fn unsent(house: &House) -> i64 {
    let at = house.app.now();
    house.app.db.read(at, |r| Ok::<_, Fault>(habilis::certification::rows::unsent(r)?)).await.unwrap()
}

async fn say(house: &House, who: &Actor, request: Id<ids::Request>, verdict: Verdict) {
    decide_request::decide_request(&house.app, who, request, Say::new(verdict, "because")).await.unwrap();
}

async fn grant(house: &House, who: &Actor, role: &str) -> Id<ids::Grant> {
    let (who, role) = (person_id(who), slug(role));
    let held = house.app.db.read(house.app.now(), move |r| Ok::<_, Fault>(rows::live_grants(r, who, Some(&role))?));
    held.await.unwrap().last().unwrap().id
}

/// Somebody's certificate of a course.
async fn certificate(house: &House, who: &Actor, course: &str) -> Id<ids::Certificate> {
    let who = person_id(who);
    let all = house
        .app
        .db
        .read(house.app.now(), move |r| Ok::<_, Fault>(habilis::certification::rows::certificates_of(r, who)?));
    all.await.unwrap().into_iter().find(|one| one.course_id.as_str() == course).unwrap().id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_are_asked_whose_word_is_missing_and_no_others() {
    let house = House::new().await;
    let (owner, dan) = (house.person("Owner").await, house.person("Dan").await);
    let (petra, paul) = (house.person_in("Petra", &["privacy"]).await, house.person_in("Paul", &["privacy"]).await);
    let ana = house.person("Ana").await;
    house.certify(&ana, "beta").await;
    let until = house.app.now().plus_seconds(5 * 86_400);
    let wanted =
        Delegating { delegator: None, delegate: "dan@example.com".into(), from: None, until, note: String::new() };
    delegate::delegate(&house.app, &petra, wanted, None).await.unwrap();

    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    for who in [&owner, &petra, &paul, &dan] {
        assert_eq!(told(&house, who).await, [RequestWaits]);
    }
    assert!(told(&house, &ana).await.is_empty());
    // Sweeps tell it to nobody again.
    let mails = unsent(&house).await;
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(unsent(&house).await, mails);
    // One place is filled: it is no news for whoever filled it, and the others are asked still.
    house.approve(&owner, asked).await.unwrap();
    assert!(told(&house, &owner).await.is_empty());
    assert_eq!(told(&house, &paul).await, [RequestWaits]);
    assert_eq!(unsent(&house).await, mails - 1, "what is no news is not mailed");
    house.approve(&paul, asked).await.unwrap();
    for who in [&owner, &petra, &paul, &dan] {
        assert!(told(&house, who).await.is_empty(), "it is decided");
    }
    assert_eq!(told(&house, &ana).await, [RequestApproved]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_hears_what_came_of_it() {
    let house = House::new().await;
    let (owner, ana, ben) = (house.person("Owner").await, house.person("Ana").await, house.person("Ben").await);
    for who in [&ana, &ben] {
        for course in ["alpha", "beta"] {
            house.certify(who, course).await;
        }
    }
    // Whoever is given a role where they ask sees it there.
    house.ask(&ben, "reader").await.unwrap();
    assert!(told(&house, &ben).await.is_empty());

    let (asked, _) = house.ask(&ana, "keeper").await.unwrap();
    say(&house, &owner, asked, Verdict::Return).await;
    assert_eq!((told(&house, &ana).await, told(&house, &owner).await), (vec![RequestReturned], vec![]));
    house.ask(&ana, "keeper").await.unwrap();
    assert_eq!((told(&house, &ana).await, told(&house, &owner).await), (vec![], vec![RequestWaits]));
    comment_request::comment_request(&house.app, &ana, asked, "It is for the returns.".into()).await.unwrap();
    assert_eq!(told(&house, &owner).await, [RequestCommented, RequestWaits], "who has spoken on it hears more");
    say(&house, &owner, asked, Verdict::Reject).await;
    assert_eq!((told(&house, &ana).await, told(&house, &owner).await), (vec![RequestRejected], vec![RequestCommented]));

    // What is withdrawn waits for nobody, and nobody needs to be told who withdrew it.
    let (taken_back, _) = house.ask(&ben, "keeper").await.unwrap();
    withdraw_request::withdraw_request(&house.app, &ben, taken_back).await.unwrap();
    assert_eq!((told(&house, &ben).await, told(&house, &owner).await), (vec![], vec![RequestCommented]));

    // Before one lapses both sides are told once; and when it has, whoever asked.
    house.ask(&ben, "keeper").await.unwrap();
    house.advance("P5D");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &ben).await, []);
    house.advance("PT7H");
    for _ in 0..2 {
        sweep::sweep(&house.app).await.unwrap();
    }
    assert_eq!(told(&house, &ben).await, [RequestLapses]);
    assert_eq!(told(&house, &owner).await, [RequestCommented, RequestLapses, RequestWaits]);
    house.advance("P2D");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!((told(&house, &ben).await, told(&house, &owner).await), (vec![RequestLapsed], vec![RequestCommented]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn holders_hear_before_access_ends_and_when_it_does_not_hold() {
    let house = House::new().await;
    let (owner, ana, ben) = (house.person("Owner").await, house.person("Ana").await, house.person("Ben").await);
    for who in [&ana, &ben] {
        for course in ["alpha", "beta"] {
            house.certify(who, course).await;
        }
        let (asked, _) = house.ask(who, "keeper").await.unwrap();
        house.approve(&owner, asked).await.unwrap();
        house.ask(who, "reader").await.unwrap();
    }
    // Given for thirty days, it can be renewed in its last quarter; the other is given for sixty.
    house.advance("P22D");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &ana).await, [RequestApproved]);
    house.advance("P1D");
    for _ in 0..2 {
        sweep::sweep(&house.app).await.unwrap();
    }
    assert_eq!(told(&house, &ana).await, [AccessEnds, RequestApproved]);
    // Renewed, it goes on.
    let (asked, state) = house.ask(&ana, "keeper").await.unwrap();
    assert_eq!(state, State::InReview);
    house.approve(&owner, asked).await.unwrap();
    assert_eq!(told(&house, &ana).await, [RequestApproved, RequestApproved]);
    // What is yet to begin is held back and goes on, too.
    let next = grant(&house, &ana, "keeper").await;
    hold_grant::hold_grant(&house.app, &house.admin, next, "odd queries".into()).await.unwrap();
    assert_eq!(told(&house, &ana).await[..1], [AccessHeld]);
    hold_grant::let_grant_go_on(&house.app, &house.admin, next, "explained".into()).await.unwrap();
    assert_eq!(told(&house, &ana).await, [RequestApproved, RequestApproved]);
    // Not renewed, it ends, and that was told: nobody is asked to renew what has ended.
    house.advance("P8D");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &ben).await, [RequestApproved]);

    // An admin holds it back, and lets it go on.
    let held = grant(&house, &ana, "reader").await;
    hold_grant::hold_grant(&house.app, &house.admin, held, "odd queries".into()).await.unwrap();
    assert_eq!(told(&house, &ana).await, [AccessHeld, RequestApproved, RequestApproved]);
    hold_grant::let_grant_go_on(&house.app, &house.admin, held, "explained".into()).await.unwrap();
    assert_eq!(told(&house, &ana).await, [RequestApproved, RequestApproved]);
    // A certificate is lost; then the access is revoked.
    let alpha = certificate(&house, &ana, "alpha").await;
    revoke_certificate::revoke_certificate(&house.app, &house.admin, alpha, "copied".into()).await.unwrap();
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &ana).await[..2], [AccessHeld, AccessHeld], "both roles need it");
    revoke_grant::revoke_grant(&house.app, &house.admin, held, "copied".into()).await.unwrap();
    assert_eq!(told(&house, &ana).await[..2], [AccessEnded, AccessHeld], "the other is held back still");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_access_ends_soon_is_no_news_of_whoever_has_left() {
    let house = House::new().await;
    let (owner, ana) = (house.person("Owner").await, house.person("Ana").await);
    for course in ["alpha", "beta"] {
        house.certify(&ana, course).await;
    }
    let (asked, _) = house.ask(&ana, "keeper").await.unwrap();
    house.approve(&owner, asked).await.unwrap();
    house.advance("P23D");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &ana).await, [AccessEnds, RequestApproved]);
    disable_person::disable_person(&house.app, &house.admin, person_id(&ana), "gone".into()).await.unwrap();
    assert!(!told(&house, &ana).await.contains(&AccessEnds));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_can_help_a_request_along_is_asked_whoever_agreed_before() {
    let house = House::with(guardian("[{of: ['team:privacy'], count: 1}, {of: [owner@example.com], count: 1}]")).await;
    let owner = house.person_in("Owner", &["privacy"]).await;
    let (petra, ana) = (house.person_in("Petra", &["privacy"]).await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    // The owner may sit on either place: Petra's word is the one that is missing.
    house.approve(&owner, asked).await.unwrap();
    assert_eq!((told(&house, &owner).await, told(&house, &petra).await), (vec![], vec![RequestWaits]));
    assert_eq!(house.approve(&petra, asked).await.unwrap(), State::Approved);

    // It was blocked meanwhile: it is asked again, and nobody is asked who shuts themselves out by standing in for the requester.
    let ben = house.person("Ben").await;
    house.certify(&ben, "beta").await;
    let until = house.app.now().plus_seconds(5 * 86_400);
    let wanted =
        Delegating { delegator: None, delegate: "petra@example.com".into(), from: None, until, note: String::new() };
    delegate::delegate(&house.app, &ben, wanted, None).await.unwrap();
    house.ask(&ben, "guardian").await.unwrap();
    assert_eq!((told(&house, &owner).await, told(&house, &petra).await), (vec![RequestWaits], vec![]));
    let certificate = certificate(&house, &ben, "beta").await;
    revoke_certificate::revoke_certificate(&house.app, &house.admin, certificate, "copied".into()).await.unwrap();
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &owner).await, []);
    house.advance("P1D");
    house.certify(&ben, "beta").await;
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &owner).await, [RequestWaits]);
    // Whoever asked is shut out: nothing waits any more.
    let who = person_id(&ben);
    disable_person::disable_person(&house.app, &house.admin, who, "gone".into()).await.unwrap();
    assert_eq!(told(&house, &owner).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_takes_a_place_is_asked_and_who_leaves_it_hears_no_more() {
    let house = House::new().await;
    let owner = house.person("Owner").await;
    let (petra, paul) = (house.person_in("Petra", &["privacy"]).await, house.person_in("Paul", &["privacy"]).await);
    let (dan, eve, ana) = (house.person("Dan").await, house.person("Eve").await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    comment_request::comment_request(&house.app, &petra, asked, "Which merchants?".into()).await.unwrap();
    assert_eq!(told(&house, &ana).await, [RequestCommented]);

    let until = house.app.now().plus_seconds(5 * 86_400);
    let wanted =
        Delegating { delegator: None, delegate: "dan@example.com".into(), from: None, until, note: String::new() };
    let stands_in = delegate::delegate(&house.app, &petra, wanted, None).await.unwrap();
    assert_eq!(told(&house, &dan).await, [RequestWaits]);
    delegate::end_delegation(&house.app, &petra, stands_in).await.unwrap();
    assert_eq!(told(&house, &dan).await, []);

    change_team::add_member(&house.app, &house.admin, "privacy".into(), "eve@example.com".into()).await.unwrap();
    assert_eq!(told(&house, &eve).await, [RequestWaits]);
    change_team::remove_member(&house.app, &house.admin, "privacy".into(), person_id(&petra)).await.unwrap();
    assert_eq!(told(&house, &petra).await, [], "she does not decide any more");
    comment_request::comment_request(&house.app, &ana, asked, "Those in Lyon.".into()).await.unwrap();
    assert_eq!(told(&house, &petra).await, [], "nor read what others say");
    let _ = (owner, paul);
}

/// Looks at everything that somebody was told.
async fn look(house: &House, who: &Actor) {
    for told in notify::my_notices(&house.app, who).await.unwrap().1 {
        notify::see_notice(&house.app, who, told.id).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_drowns_the_others_in_comments() {
    let house = House::new().await;
    let (owner, ana) = (house.person("Owner").await, house.person("Ana").await);
    for course in ["alpha", "beta"] {
        house.certify(&ana, course).await;
    }
    let (asked, _) = house.ask(&ana, "keeper").await.unwrap();
    let say = async |who: &Actor, text: &str| {
        house.advance("1s");
        comment_request::comment_request(&house.app, who, asked, text.to_owned()).await
    };
    say(&owner, "Which merchants?").await.unwrap();
    // Told once, until it is looked at; then the next one is news.
    let mails = unsent(&house).await;
    for _ in 0..3 {
        say(&ana, "Those in Lyon.").await.unwrap();
    }
    assert_eq!(told(&house, &owner).await, [RequestCommented, RequestWaits]);
    assert_eq!(unsent(&house).await, mails + 1);
    look(&house, &owner).await;
    assert!(told(&house, &owner).await.is_empty());
    for _ in 0..2 {
        say(&ana, "And in Nice.").await.unwrap();
    }
    assert_eq!(told(&house, &owner).await, [RequestCommented]);
    for _ in 5..MOST_COMMENTS {
        say(&ana, "And more.").await.unwrap();
    }
    assert_eq!(code(&say(&ana, "And more.").await.unwrap_err()), "too-many-comments");
    // Others still have their say, and it is shown.
    say(&owner, "Enough.").await.unwrap();
    let read = read_decisions::read_request(&house.app, &ana, asked).await.unwrap();
    assert_eq!(read.comments.last().map(|said| said.text.as_str()), Some("Enough."));
    assert_eq!(i64::try_from(read.comments.len()).unwrap(), MOST_COMMENTS + 2);
}

/// Where more was said than is shown, it is the first of it that is left out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_word_is_shown() {
    let house = House::new().await;
    house.person("Owner").await;
    let ana = house.person("Ana").await;
    let (asked, _) = house.ask(&ana, "keeper").await.unwrap();
    let who = person_id(&ana);
    let fill = house.app.db.write(house.app.now(), move |w| {
        for number in 0..501 {
            sql("INSERT INTO request_comments (id, request_id, person_id, text, at) VALUES (?, ?, ?, ?, ?)")
                .bind(&Id::<ids::Comment>::new(w.now()))
                .bind(&asked)
                .bind(&who)
                .bind(&format!("no {number}"))
                .bind(&w.now().plus_micros(number))
                .run(w)?;
        }
        Ok(())
    });
    fill.await.unwrap();
    let shown = house.app.db.read(house.app.now(), move |r| Ok::<_, Fault>(rows::comments(r, asked)?)).await.unwrap();
    let ends = (shown.first().unwrap().text.as_str(), shown.last().unwrap().text.as_str());
    assert_eq!((shown.len(), ends), (500, ("no 1", "no 500")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_of_emergencies_waits_for_no_other() {
    let house = House::new().await;
    let (owner, ana) = (house.person("Owner").await, house.person("Ana").await);
    let (asked, _) = house.ask(&ana, "keeper").await.unwrap();
    let (whom, requester) = (person_id(&owner), person_id(&ana));
    let at = |kind: NoticeKind, many: i64| {
        house.app.db.write(house.app.now(), move |w| {
            for number in 0..many {
                let about = About::Request { request: asked, role: slug("keeper"), requester, until: w.now() };
                let key = format!("test:{}:{number}", kind.word());
                habilis::certification::rows::insert_notice(w, whom, kind, &key, &about)?;
            }
            Ok::<_, Fault>(())
        })
    };
    at(RequestCommented, 30).await.unwrap();
    house.advance("PT1H");
    at(EmergencyTaken, 9).await.unwrap();
    let kinds = async || -> Vec<NoticeKind> {
        notify::take_mail(&house.app).await.unwrap().into_iter().map(|(told, _)| told.kind).collect()
    };
    let (first, second) = (kinds().await, kinds().await);
    assert_eq!((first.len(), second.len()), (10, 10));
    assert!(first[..8].iter().all(|kind| *kind == EmergencyTaken), "{first:?}");
    assert!(first[8..].iter().all(|kind| *kind == RequestCommented), "the rest is not starved: {first:?}");
    assert_eq!(second[0], EmergencyTaken, "{second:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leaves_hears_no_more_that_it_lapses() {
    let house = House::new().await;
    let owner = house.person("Owner").await;
    let (petra, paul) = (house.person_in("Petra", &["privacy"]).await, house.person_in("Paul", &["privacy"]).await);
    let ana = house.person_in("Ana", &["privacy"]).await;
    house.certify(&ana, "beta").await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    house.advance("P5DT7H");
    sweep::sweep(&house.app).await.unwrap();
    for who in [&owner, &petra, &paul] {
        assert_eq!(told(&house, who).await, [RequestLapses, RequestWaits]);
    }
    assert_eq!(told(&house, &ana).await, [RequestLapses]);
    for gone in [&petra, &ana] {
        change_team::remove_member(&house.app, &house.admin, "privacy".into(), person_id(gone)).await.unwrap();
    }
    assert_eq!(told(&house, &petra).await, [], "she does not decide any more");
    assert_eq!(told(&house, &ana).await, [RequestLapses], "it is her own");
    house.approve(&owner, asked).await.unwrap();
    assert_eq!(told(&house, &owner).await, [], "nor does whoever has decided");
    assert_eq!(
        (told(&house, &paul).await, told(&house, &ana).await),
        (vec![RequestLapses, RequestWaits], vec![RequestLapses])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_blocked_any_more_lapses_later() {
    let house = House::new().await;
    let (_owner, ana) = (house.person("Owner").await, house.person("Ana").await);
    let (_, state) = house.ask(&ana, "keeper").await.unwrap();
    assert_eq!(state, State::Blocked);
    house.advance("P88D");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &ana).await, [RequestLapses]);
    for course in ["alpha", "beta"] {
        house.certify(&ana, course).await;
    }
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(told(&house, &ana).await, [], "it waits for the owner, and until another day");
}
