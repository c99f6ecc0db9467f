//! Guesses at a password: however many come at once, a few are answered; nobody else waits for that.

use crate::support::{House, PASSWORD, alone, code, web::Served};
use habilis::{
    actions::sign_in,
    base::refusal::{Fact, Fault},
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::json;
use std::{collections::BTreeMap, time::Instant};

/// What so many calls at the same time are answered with: how many got each status.
async fn burst(served: &Served, calls: Vec<reqwest::RequestBuilder>) -> BTreeMap<u16, usize> {
    let calls: Vec<_> = calls.into_iter().map(|call| tokio::spawn(async move { call.send().await.unwrap() })).collect();
    let mut statuses = BTreeMap::new();
    for call in calls {
        *statuses.entry(call.await.unwrap().status().as_u16()).or_default() += 1;
    }
    let events = served.house.events("refused").await;
    let refused: usize = statuses.iter().filter(|(status, _)| **status >= 400).map(|(_, n)| n).sum();
    assert_eq!(usize::try_from(events).unwrap(), refused, "a refusal left no event, or more than one");
    statuses
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_guesses_at_once_are_worth_five() {
    let _alone = alone().await;
    for who in ["ana@example.com", "nobody@example.com"] {
        let served = Served::start(House::new().await).await;
        served.person("Ana").await;
        let guess = |n| {
            let sent = json!({ "email": who, "password": format!("a wild guess {n}") });
            served.call(Method::POST, "/api/v1/session").json(&sent)
        };
        let statuses = burst(&served, (0..60).map(guess).collect()).await;
        assert_eq!(statuses, BTreeMap::from([(401, 5), (429, 55)]), "{who}");
        let right = json!({ "email": who, "password": PASSWORD });
        let answer = served.call(Method::POST, "/api/v1/session").json(&right).send().await.unwrap();
        assert_eq!(answer.status(), 429, "{who}: the right one, too, from there");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_signs_in_often_at_once_is_not_taken_for_a_guesser() {
    let _alone = alone().await;
    let served = Served::start(House::new().await).await;
    served.person("Ana").await;
    let right = json!({ "email": "ana@example.com", "password": PASSWORD });
    let calls = (0..20).map(|_| served.call(Method::POST, "/api/v1/session").json(&right)).collect();
    assert_eq!(burst(&served, calls).await, BTreeMap::from([(200, 20)]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_lets_nobody_guess_at_its_password_faster() {
    let _alone = alone().await;
    let served = Served::start(House::new().await).await;
    let (_, ana) = served.person("Ana").await;
    // The right one is among them, with a new one that is refused: what it is answered with must not tell.
    let guess = |n: usize| {
        let current = if n == 55 { PASSWORD.to_owned() } else { format!("a wild guess {n}") };
        let sent = json!({ "current": current, "new": "short" });
        served.call(Method::PUT, "/api/v1/me/password").bearer_auth(&ana).json(&sent)
    };
    let statuses = burst(&served, (0..60).map(guess).collect()).await;
    let told: usize = statuses.iter().filter(|(status, _)| **status != 429).map(|(_, n)| n).sum();
    // Where the right one comes early, what was wrong before it is forgotten.
    assert!(told <= 11, "{statuses:?}");
}

/// Signs in at the action, from an address; says what came of it.
async fn from(house: &House, address: &str, email: &str, password: &str) -> &'static str {
    let nobody = Actor::anonymous(address);
    match sign_in::sign_in(&house.app, &nobody, email, password.into(), "test").await {
        Ok(_) => "in",
        Err(fault) => code(&fault),
    }
}

/// Wrong guesses from an address, each at another account.
async fn fill(house: &House, address: &str, guesses: usize) {
    for n in 0..guesses {
        from(house, address, &format!("nobody{n}@example.com"), "a wild guess").await;
    }
}

#[tokio::test]
async fn a_guesser_in_the_office_keeps_nobody_out_who_works_there() {
    let house = House::new().await;
    house.person("Ana").await;
    house.person("Ben").await;
    // Both followed their invitation at home, 192.0.2.1; only Ana has signed in at the office before.
    assert_eq!(from(&house, "198.51.100.7", "ana@example.com", PASSWORD).await, "in");
    fill(&house, "198.51.100.7", 50).await;
    for who in ["ana@example.com", "ben@example.com", "nobody@example.com"] {
        assert_eq!(from(&house, "198.51.100.7", who, "a wild guess").await, "sign-in-throttled", "{who} does not show");
    }
    assert_eq!(from(&house, "198.51.100.7", "ana@example.com", PASSWORD).await, "in");
    assert_eq!(from(&house, "198.51.100.7", "ben@example.com", PASSWORD).await, "sign-in-throttled");
    assert_eq!(from(&house, "192.0.2.1", "ben@example.com", PASSWORD).await, "in", "at home they do not notice");
    // And nobody guesses at Ana for ever where she is known.
    for _ in 0..5 {
        assert_eq!(from(&house, "198.51.100.7", "ana@example.com", "a wild guess").await, "sign-in-throttled");
    }
    assert_eq!(from(&house, "198.51.100.7", "ana@example.com", PASSWORD).await, "sign-in-throttled");
    house.advance("PT16M");
    assert_eq!(from(&house, "198.51.100.7", "ben@example.com", PASSWORD).await, "in");
}

#[tokio::test]
async fn a_right_guess_that_is_refused_does_not_show() {
    let house = House::new().await;
    house.person("Ben").await;
    fill(&house, "198.51.100.7", 50).await;
    let until = async |password: &str| {
        let nobody = Actor::anonymous("198.51.100.7");
        let answer = sign_in::sign_in(&house.app, &nobody, "ben@example.com", password.into(), "test").await;
        let Err(Fault::Refused(refused)) = answer else { panic!("not refused") };
        assert_eq!(refused.code, "sign-in-throttled");
        refused.facts["until"].clone()
    };
    let mut seen = Vec::new();
    for password in ["a wild guess", PASSWORD, PASSWORD, "a wild guess", PASSWORD] {
        house.clock.set(house.clock.now().plus_seconds(10));
        let asked = house.clock.now();
        let Fact::NotBefore(until) = until(password).await else { panic!("no moment") };
        seen.push(until.micros_since(asked) / 1_000_000);
    }
    assert_eq!(seen, [890; 5], "each counts, and moves what follows by as much");
}

#[tokio::test]
async fn a_subscriber_has_one_network_however_many_addresses() {
    let house = House::new().await;
    house.person("Ana").await;
    for n in 0..5 {
        let address = format!("2001:db8:1:2::{n}");
        assert_eq!(from(&house, &address, "ana@example.com", "a wild guess").await, "bad-credentials");
    }
    assert_eq!(from(&house, "2001:db8:1:2:3::4", "ana@example.com", PASSWORD).await, "sign-in-throttled");
    assert_eq!(from(&house, "2001:db8:1:3::4", "ana@example.com", PASSWORD).await, "in");
    for address in ["192.0.2.9", "::ffff:192.0.2.9", "192.0.2.9", "::ffff:192.0.2.9", "192.0.2.9"] {
        assert_eq!(from(&house, address, "ana@example.com", "a wild guess").await, "bad-credentials");
    }
    assert_eq!(from(&house, "::ffff:192.0.2.9", "ana@example.com", PASSWORD).await, "sign-in-throttled");
}

/// Guesses at an account from everywhere, while the clock stands still: twenty are answered at once.
async fn storm(house: &House, who: &str) {
    for n in 0..20 {
        assert_eq!(from(house, &format!("203.0.113.{n}"), who, "a wild guess").await, "bad-credentials");
    }
    // Then they take turns, one every five seconds, and nobody waits for longer than ten.
    let started = Instant::now();
    assert_eq!(from(house, "203.0.113.100", who, "a wild guess").await, "bad-credentials");
    assert!(started.elapsed().as_secs() >= 5, "{who}");
    assert_eq!(from(house, "203.0.113.101", who, "a wild guess").await, "bad-credentials");
    assert_eq!(from(house, "203.0.113.102", who, "a wild guess").await, "sign-in-throttled");
    assert!(started.elapsed().as_secs() >= 15, "{who}: {:?}", started.elapsed());
}

#[tokio::test]
async fn guesses_from_everywhere_at_one_account_take_turns_and_its_owner_does_not() {
    let house = House::new().await;
    house.person("Ana").await;
    tokio::join!(storm(&house, "ana@example.com"), storm(&house, "nobody@example.com"));
    assert_eq!(from(&house, "192.0.2.1", "ana@example.com", PASSWORD).await, "in", "where she is known");
    assert_eq!(from(&house, "203.0.113.103", "ana@example.com", PASSWORD).await, "sign-in-throttled");
    house.clock.set(house.clock.now().plus_seconds(16));
    assert_eq!(from(&house, "203.0.113.103", "ana@example.com", PASSWORD).await, "in", "and elsewhere not for long");
}
