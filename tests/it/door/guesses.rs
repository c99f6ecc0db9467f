//! Guesses at a password: however many come at once, a few are answered; nobody else waits for that.

use crate::support::{House, PASSWORD, alone, web::Served};
use reqwest::Method;
use serde_json::json;

/// What so many calls at the same time are answered with: how many got each status.
async fn burst(served: &Served, calls: Vec<reqwest::RequestBuilder>) -> std::collections::BTreeMap<u16, usize> {
    let calls: Vec<_> = calls.into_iter().map(|call| tokio::spawn(async move { call.send().await.unwrap() })).collect();
    let mut statuses = std::collections::BTreeMap::new();
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
        assert_eq!(statuses, [(401, 5), (429, 55)].into(), "{who}");
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
    assert_eq!(burst(&served, calls).await, [(200, 20)].into());
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
