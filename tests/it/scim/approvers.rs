//! What the directory does to the approvers of requests that wait: who comes is told at once and once, who goes hears no more.

use super::scene::{ENTERPRISE, Scene};
use crate::{
    policy::guardian,
    support::{House, person_id},
};
use habilis::{
    actions::delegate::{self, Delegating},
    identity::actor::Actor,
};
use serde_json::{Value, json};

fn path(who: &Actor) -> String {
    format!("/Users/{}", person_id(who))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_joins_a_group_is_asked_and_who_leaves_it_is_not() {
    let scene = Scene::set().await;
    let house = scene.house();
    let (owner, petra) = (house.person("Owner").await, house.person_in("Petra", &["privacy"]).await);
    let (eve, dan, ana) = (house.person("Eve").await, house.person("Dan").await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    house.ask(&ana, "guardian").await.unwrap();
    let members = async |op: &str, who: &[&Actor]| {
        let value: Vec<Value> = who.iter().map(|who| json!({ "value": person_id(who) })).collect();
        let operations = json!([{ "op": op, "path": "members", "value": value }]);
        scene.patch("/Groups/privacy", operations).await.is(204);
        [house.told_to_decide(&petra).await, house.told_to_decide(&eve).await, house.told_to_decide(&dan).await]
    };
    for _ in 0..2 {
        assert_eq!(members("Add", &[&eve, &dan]).await, [(1, 1); 3]);
    }
    for _ in 0..2 {
        assert_eq!(members("Remove", &[&eve]).await, [(1, 1), (0, 1), (1, 1)]);
    }
    for _ in 0..2 {
        assert_eq!(members("Replace", &[&eve, &petra]).await, [(1, 1), (1, 2), (0, 1)], "told anew, and once");
    }
    // A group that decides on nothing asks nobody.
    let dan_id = person_id(&dan).to_string();
    scene.team("Choir", &[&dan_id]).await;
    assert_eq!(house.told_to_decide(&dan).await, (0, 1));
    scene.delete("/Groups/privacy").await.is(204);
    assert_eq!((house.told_to_decide(&petra).await, house.told_to_decide(&eve).await), ((0, 1), (0, 2)));
    assert_eq!(house.told_to_decide(&owner).await, (1, 1));
    let back = scene.team("privacy", &[&dan_id]).await;
    assert_eq!((back.as_str(), house.told_to_decide(&dan).await), ("privacy", (1, 2)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_an_address_and_an_end_move_the_question() {
    let approval = "[{of: [manager], count: 1}, {of: [owner@example.com], count: 1}]";
    let scene = Scene::on(House::with(guardian(approval)).await).await;
    let house = scene.house();
    let (max, mia, dan) = (house.person("Max").await, house.person("Mia").await, house.person("Dan").await);
    let (owner, zoe, ana) = (house.person("Owner").await, house.person("Zoe").await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    let managed = async |manager: &Actor| {
        let value = json!({ "value": person_id(manager) });
        let operations = json!([{ "op": "Replace", "path": format!("{ENTERPRISE}:manager"), "value": value }]);
        scene.patch(&path(&ana), operations).await.is(200);
        (house.told_to_decide(&max).await, house.told_to_decide(&mia).await)
    };
    managed(&max).await;
    house.ask(&ana, "guardian").await.unwrap();
    for _ in 0..2 {
        assert_eq!(managed(&max).await, ((1, 1), (0, 0)));
    }
    for _ in 0..2 {
        assert_eq!(managed(&mia).await, ((0, 1), (1, 1)));
    }
    assert_eq!(managed(&max).await, ((1, 2), (0, 1)), "told anew");
    assert_eq!(managed(&mia).await, ((0, 2), (1, 2)));

    // Set inactive, and active again: so it is for whoever stood in for her, whose time is over for good.
    let until = house.app.now().plus_seconds(5 * 86_400);
    let wanted =
        Delegating { delegator: None, delegate: "dan@example.com".into(), from: None, until, note: String::new() };
    delegate::delegate(&house.app, &mia, wanted, None).await.unwrap();
    assert_eq!(house.told_to_decide(&dan).await, (1, 1));
    for (active, told) in [(false, ((0, 2), (0, 1))), (true, ((1, 3), (0, 1)))] {
        for _ in 0..2 {
            let operations = json!([{ "op": "Replace", "path": "active", "value": active }]);
            scene.patch(&path(&mia), operations).await.is(200);
            assert_eq!((house.told_to_decide(&mia).await, house.told_to_decide(&dan).await), told);
        }
    }

    // The policy names an address: whoever has it now is asked.
    assert_eq!((house.told_to_decide(&owner).await, house.told_to_decide(&zoe).await), ((1, 1), (0, 0)));
    for (who, address, told) in
        [(&owner, "elsewhere@example.com", ((0, 1), (0, 0))), (&zoe, "owner@example.com", ((0, 1), (1, 1)))]
    {
        for _ in 0..2 {
            let operations = json!([{ "op": "Replace", "path": "userName", "value": address }]);
            scene.patch(&path(who), operations).await.is(200);
            assert_eq!((house.told_to_decide(&owner).await, house.told_to_decide(&zoe).await), told, "{address}");
        }
    }
    // Let go altogether.
    scene.delete(&path(&zoe)).await.is(204);
    assert_eq!(house.told_to_decide(&zoe).await, (0, 1));
}
