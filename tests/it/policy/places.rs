//! Whoever comes to sit among the approvers of a waiting request is told at once and once; whoever leaves hears no more of it.

use super::{changed, guardian, load};
use crate::support::{House, person_id};
use habilis::{
    access::{request::State, rows},
    actions::{
        change_person, change_team,
        delegate::{self, Delegating},
        disable_person, load_content, notify, sweep,
    },
    base::ids::{self, Id},
    curriculum::source::Source,
    identity::actor::Actor,
};

/// `guardian` is decided by its owner, who is this one.
fn owned_by(owner: &str) -> Source {
    decided("[{of: ['role:owners'], count: 1}]", owner)
}

/// `guardian` is decided like that, and every role has this owner.
fn decided(approval: &str, owner: &str) -> Source {
    let old = "[{of: [owner@example.com, 'team:privacy'], count: 1}, {of: ['team:privacy'], count: 1}]";
    changed(|text| {
        assert!(text.contains(old));
        text.replace(old, approval).replace("people: [owner@example.com]", &format!("people: [{owner}]"))
    })
}

/// How a request stands.
async fn state(house: &House, request: Id<ids::Request>) -> State {
    let found = house.app.db.read(house.app.now(), move |r| Ok(rows::request(r, request)?)).await.unwrap();
    found.unwrap().state
}

/// Dan stands in for somebody for some days.
async fn dan_stands_in(house: &House, away: &Actor) {
    let until = house.app.now().plus_seconds(5 * 86_400);
    let wanted =
        Delegating { delegator: None, delegate: "dan@example.com".into(), from: None, until, note: String::new() };
    delegate::delegate(&house.app, away, wanted, None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn content_that_names_other_owners_moves_the_question_to_them() {
    let house = House::with(owned_by("owner@example.com")).await;
    let (owner, zoe, dan) = (house.person("Owner").await, house.person("Zoe").await, house.person("Dan").await);
    let ana = house.person("Ana").await;
    house.certify(&ana, "beta").await;
    dan_stands_in(&house, &zoe).await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    let told = async || {
        let (owner, zoe) = (house.told_to_decide(&owner).await, house.told_to_decide(&zoe).await);
        [owner, zoe, house.told_to_decide(&dan).await]
    };
    assert_eq!(told().await, [(1, 1), (0, 0), (0, 0)]);
    let behind = house.replica().await;
    for _ in 0..2 {
        load(&house.app, owned_by("zoe@example.com")).await;
        assert_eq!(told().await, [(0, 1), (1, 1), (1, 1)], "she is, and whoever stands in for her");
    }
    // By a process that has not heard of her yet.
    load(&behind, owned_by("owner@example.com")).await;
    assert_eq!(told().await, [(1, 2), (0, 1), (0, 1)], "who comes back is told again");
    load_content::follow(&house.app).await.unwrap();
    assert_eq!(house.approve(&owner, asked).await.unwrap(), State::Approved);
    assert_eq!(told().await, [(0, 2), (0, 1), (0, 1)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_comes_in_is_told_and_whoever_is_shut_out_is_not() {
    let house = House::new().await;
    let (petra, paul) = (house.person_in("Petra", &["privacy"]).await, house.person_in("Paul", &["privacy"]).await);
    let (dan, ana) = (house.person("Dan").await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    house.ask(&ana, "guardian").await.unwrap();
    dan_stands_in(&house, &petra).await;
    for who in [&petra, &paul, &dan] {
        assert_eq!(house.told_to_decide(who).await, (1, 1));
    }
    // The one whom the policy names has no account yet, and is told with their first sign-in.
    let owner = house.person("Owner").await;
    assert_eq!(house.told_to_decide(&owner).await, (1, 1));

    disable_person::disable_person(&house.app, &house.admin, person_id(&petra), "left".into()).await.unwrap();
    for gone in [&petra, &dan] {
        assert_eq!(house.told_to_decide(gone).await, (0, 1), "nor is whoever stood in for them");
    }
    assert_eq!(house.told_to_decide(&paul).await, (1, 1));
    disable_person::enable_person(&house.app, &house.admin, person_id(&petra)).await.unwrap();
    assert_eq!((house.told_to_decide(&petra).await, house.told_to_decide(&dan).await), ((1, 2), (0, 1)));
    // What was put aside by its reader stays aside.
    let notice = notify::my_notices(&house.app, &paul).await.unwrap().1[0].id;
    notify::see_notice(&house.app, &paul, notice).await.unwrap();
    change_team::remove_member(&house.app, &house.admin, "privacy".into(), person_id(&paul)).await.unwrap();
    change_team::add_member(&house.app, &house.admin, "privacy".into(), "paul@example.com".into()).await.unwrap();
    assert_eq!(house.told_to_decide(&paul).await, (0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn teams_by_an_admin_and_managers() {
    let house = House::with(guardian("[{of: ['team:privacy'], count: 1}, {of: [manager], count: 1}]")).await;
    let (petra, eve) = (house.person_in("Petra", &["privacy"]).await, house.person("Eve").await);
    let (lena, mia, ana) = (house.person("Lena").await, house.person("Mia").await, house.person("Ana").await);
    let managed = async |manager: &str| {
        change_person::change_manager(&house.app, &house.admin, person_id(&ana), manager.into()).await.unwrap();
        (house.told_to_decide(&lena).await, house.told_to_decide(&mia).await)
    };
    house.certify(&ana, "beta").await;
    managed("lena@example.com").await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    for (manager, told) in [
        ("lena@example.com", ((1, 1), (0, 0))),
        ("mia@example.com", ((0, 1), (1, 1))),
        ("mia@example.com", ((0, 1), (1, 1))),
        ("", ((0, 1), (0, 1))),
        ("lena@example.com", ((1, 2), (0, 1))),
    ] {
        assert_eq!(managed(manager).await, told, "{manager}");
    }

    let teams = async |teams: Vec<&str>| {
        let teams = teams.into_iter().map(str::to_owned).collect();
        change_person::change_teams(&house.app, &house.admin, person_id(&eve), teams).await.unwrap();
        house.told_to_decide(&eve).await
    };
    for (now, told) in
        [(vec!["choir"], (0, 0)), (vec!["choir", "privacy"], (1, 1)), (vec!["privacy"], (1, 1)), (vec![], (0, 1))]
    {
        assert_eq!(teams(now).await, told);
    }
    // Petra has agreed: nobody else of her team is asked, until her word counts no more.
    assert_eq!(house.approve(&petra, asked).await.unwrap(), State::InReview);
    assert_eq!(teams(vec!["privacy"]).await, (0, 1));
    change_team::remove_member(&house.app, &house.admin, "privacy".into(), person_id(&petra)).await.unwrap();
    assert_eq!(house.told_to_decide(&eve).await, (1, 2));
    assert_eq!(house.told_to_decide(&petra).await, (0, 1));
    change_team::add_member(&house.app, &house.admin, "privacy".into(), "petra@example.com".into()).await.unwrap();
    assert_eq!((house.told_to_decide(&eve).await, house.told_to_decide(&petra).await), ((0, 2), (0, 1)));
    assert_eq!(house.approve(&lena, asked).await.unwrap(), State::Approved);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_every_word_it_needs_once_somebody_is_back_waits_for_nobody() {
    let house = House::with(guardian("[{of: ['team:privacy'], count: 2}]")).await;
    let (petra, paul) = (house.person_in("Petra", &["privacy"]).await, house.person_in("Paul", &["privacy"]).await);
    let mut asked = Vec::new();
    for name in ["Ana", "Ben"] {
        let who = house.person(name).await;
        house.certify(&who, "beta").await;
        let (request, _) = house.ask(&who, "guardian").await.unwrap();
        assert_eq!(house.approve(&petra, request).await.unwrap(), State::InReview);
        asked.push(request);
    }
    let swept = async || {
        house.advance("1s");
        sweep::sweep(&house.app).await.unwrap();
        house.advance("1s");
        (state(&house, asked[0]).await, state(&house, asked[1]).await)
    };
    change_team::remove_member(&house.app, &house.admin, "privacy".into(), person_id(&petra)).await.unwrap();
    // Her word does not count any more: it is one of two.
    assert_eq!(house.approve(&paul, asked[0]).await.unwrap(), State::InReview);
    assert_eq!(swept().await, (State::InReview, State::InReview));
    change_team::add_member(&house.app, &house.admin, "privacy".into(), "petra@example.com".into()).await.unwrap();
    assert_eq!((house.told_to_decide(&petra).await.0, house.told_to_decide(&paul).await.0), (0, 1));
    // Both have spoken on Ana's; on Ben's one of them has not.
    assert_eq!(swept().await, (State::Approved, State::InReview));
    assert_eq!((house.events("grant.given").await, house.told_to_decide(&paul).await.0), (1, 1));
    assert_eq!(swept().await, (State::Approved, State::InReview));
    assert_eq!(house.approve(&paul, asked[1]).await.unwrap(), State::Approved);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_new_content_agrees_to_is_not_forgotten_by_whoever_has_not_heard_of_it() {
    let owned = |owner| decided("[{of: ['role:owners'], count: 1}, {of: ['team:privacy'], count: 1}]", owner);
    let house = House::with(owned("owner@example.com")).await;
    let (owner, petra) = (house.person("Owner").await, house.person_in("Petra", &["privacy"]).await);
    let (_zoe, ana) = (house.person("Zoe").await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    assert_eq!(house.approve(&owner, asked).await.unwrap(), State::InReview);
    load(&house.app, owned("zoe@example.com")).await;
    assert_eq!(house.approve(&petra, asked).await.unwrap(), State::InReview, "another owner is to say so now");
    let behind = house.replica().await;
    load(&house.app, owned("owner@example.com")).await;
    house.advance("1s");
    sweep::sweep(&behind).await.unwrap();
    assert_eq!(state(&house, asked).await, State::InReview, "by what it knows somebody is missing");
    house.advance("1s");
    load_content::follow(&behind).await.unwrap();
    sweep::sweep(&behind).await.unwrap();
    assert_eq!(state(&house, asked).await, State::Approved);
}
