//! Somebody can always let people in and shut them out: the last admin stays one, whoever acts at the same moment.

use crate::support::{House, code, person_id};
use habilis::{
    actions::{change_person, disable_person, sign_in},
    base::refusal::Fault,
    identity::{self, actor::Actor, person::Capabilities},
};

/// The same person with what they may do now.
async fn again(house: &House, who: &Actor) -> Actor {
    let bearer = house.bearer(who).await;
    let secret = habilis::identity::secret::Secret::presented(&bearer);
    sign_in::authenticate(&house.app, &secret, "192.0.2.1").await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_admins_who_take_each_other_away_leave_one() {
    let house = House::new().await;
    let admin = Capabilities { admin: true, ..Capabilities::default() };
    let ana = house.person("Ana").await;
    let ben = house.person("Ben").await;
    for round in 0..12 {
        for who in [&ana, &ben] {
            change_person::change_capabilities(&house.app, &house.admin, person_id(who), admin).await.unwrap();
        }
        let (one, other) = (again(&house, &ana).await, again(&house, &ben).await);
        // The two are alone.
        change_person::change_capabilities(&house.app, &one, person_id(&house.admin), Capabilities::default())
            .await
            .unwrap();
        let (app, theirs) = (house.app.clone(), [person_id(&ana), person_id(&ben)]);
        let away = |by: Actor, whom| {
            let app = app.clone();
            tokio::spawn(async move {
                if round % 2 == 0 {
                    change_person::change_capabilities(&app, &by, whom, Capabilities::default()).await
                } else {
                    disable_person::disable_person(&app, &by, whom, "a quarrel".into()).await
                }
            })
        };
        let (first, second) = (away(one.clone(), theirs[1]), away(other.clone(), theirs[0]));
        let outcomes: Vec<Result<(), Fault>> = vec![first.await.unwrap(), second.await.unwrap()];
        let left = house.app.db.read(house.app.now(), |r| Ok(identity::rows::active_admins(r)?)).await.unwrap();
        assert_eq!(left, 1, "round {round}");
        let refused: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err().map(code)).collect();
        assert_eq!(refused, ["last-admin"], "round {round}");

        // Whoever is left puts things right for the next round.
        let winner = if outcomes[0].is_ok() { one } else { other };
        change_person::change_capabilities(&house.app, &winner, person_id(&house.admin), admin).await.unwrap();
        if round % 2 == 1 {
            let loser = if outcomes[0].is_ok() { theirs[1] } else { theirs[0] };
            disable_person::enable_person(&house.app, &house.admin, loser).await.unwrap();
        }
        house.advance("1s");
    }
}
