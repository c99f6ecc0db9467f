//! Which policy a role had, and when.

use super::{changed, load};
use crate::support::{House, slug};
use habilis::{access::rows, base::clock::Time};

async fn versions(house: &House, at: Time) -> Vec<(String, Time, Option<Time>)> {
    let found = house.app.db.read(at, |r| Ok(rows::policy_versions(r, &slug("reader"))?)).await.unwrap();
    found.into_iter().map(|one| (one.policy.max_duration.to_string(), one.from, one.until)).collect()
}

async fn in_force(house: &House, at: Time) -> Option<String> {
    let found = house.app.db.read(at, |r| Ok(rows::policy_in_force(r, &slug("reader"))?)).await.unwrap();
    found.map(|one| one.policy.max_duration.to_string())
}

#[tokio::test]
async fn the_policies_of_a_role_are_known_for_every_moment() {
    let house = House::new().await;
    let first = house.app.now();
    let lasting = |days: &'static str| changed(move |text| text.replacen("max_duration: P60D", days, 1));
    house.advance("P1D");
    load(&house.app, lasting("max_duration: P50D")).await;
    let second = house.app.now();
    house.advance("P1D");
    // What does not touch the policy is no new version of it; neither is the same once more.
    load(
        &house.app,
        changed(|text| text.replacen("max_duration: P60D", "max_duration: P50D", 1).replacen("Reads.", "Reads on.", 1)),
    )
    .await;
    house.advance("P1D");
    load(&house.app, lasting("max_duration: P60D")).await;
    let third = house.app.now();
    house.advance("P1D");
    load(
        &house.app,
        changed(|text| {
            text.lines().filter(|line| !line.contains("id: reader")).map(|line| format!("{line}\n")).collect()
        }),
    )
    .await;
    let gone = house.app.now();
    house.advance("P1D");
    load(&house.app, lasting("max_duration: P60D")).await;

    let days: Vec<_> = versions(&house, house.app.now()).await;
    let lengths: Vec<&str> = days.iter().map(|(days, ..)| days.as_str()).collect();
    assert_eq!(lengths, ["P60D", "P60D", "P50D", "P60D"]);
    assert_eq!(days[0].2, None);
    assert!(days[1].2.is_some_and(|until| until < days[0].1), "while it was gone it had none");
    assert_eq!((days[2].2, days[3].2), (Some(days[1].1), Some(days[2].1)));
    // As of a moment in between nothing later is known.
    assert_eq!(versions(&house, second).await.len(), 2);
    assert_eq!(versions(&house, second).await[0].2, None);
    for (at, expected) in [(first, Some("P60D")), (second, Some("P50D")), (third, Some("P60D")), (gone, None)] {
        assert_eq!(in_force(&house, at).await.as_deref(), expected, "{at}");
    }
    assert_eq!(in_force(&house, first.plus_seconds(-86_400)).await, None);
}
