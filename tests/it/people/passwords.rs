//! Passwords: the links that set one end with what should end them, guesses are counted, and every refusal is told.

use crate::support::{House, PASSWORD, code, person_id};
use habilis::{
    actions::{change_password, disable_person, invite_person, open_link, set_up},
    identity::{actor::Actor, secret::Secret},
};

const OTHER: &str = "three quiet harbours behind a lantern";

fn nobody() -> Actor {
    Actor::anonymous("192.0.2.1")
}

/// A link for a new password, as the admin hands it over.
async fn link(house: &House, who: &Actor) -> Secret {
    let link = invite_person::personal_link(&house.app, &house.admin, person_id(who)).await.unwrap();
    Secret::presented(link.url.rsplit('/').next().unwrap())
}

/// What following a link is answered with.
async fn follow(house: &House, link: Secret) -> Result<(), &'static str> {
    let opened = open_link::open_link(&house.app, &nobody(), link, OTHER.into(), "test").await;
    opened.map(|_| ()).map_err(|fault| code(&fault))
}

#[tokio::test]
async fn a_link_ends_with_the_password_that_it_was_to_replace_and_with_the_account() {
    let house = House::new().await;
    let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
    let old = link(&house, &ana).await;
    change_password::change_password(&house.app, &ana, PASSWORD.into(), OTHER.into()).await.unwrap();
    assert_eq!(follow(&house, old).await, Err("link-dead"));

    let old = link(&house, &ben).await;
    disable_person::disable_person(&house.app, &house.admin, person_id(&ben), "on leave".into()).await.unwrap();
    disable_person::enable_person(&house.app, &house.admin, person_id(&ben)).await.unwrap();
    assert_eq!(follow(&house, old).await, Err("link-dead"), "letting them back in does not revive it");
    let new = link(&house, &ben).await;
    assert_eq!(follow(&house, new).await, Ok(()));
}

#[tokio::test]
async fn whoever_holds_a_session_does_not_guess_at_its_password_for_ever() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    let change = |current: &str| change_password::change_password(&house.app, &ana, current.into(), OTHER.into());
    for _ in 0..5 {
        assert_eq!(code(&change("a guess").await.unwrap_err()), "wrong-password");
    }
    assert_eq!(code(&change(PASSWORD).await.unwrap_err()), "sign-in-throttled", "the right one, too");
    assert_eq!(house.events("refused").await, 6);
    house.advance("PT16M");
    change(PASSWORD).await.unwrap();
}

#[tokio::test]
async fn what_is_refused_before_a_password_is_set_stands_in_the_log() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    let reset = link(&house, &ana).await;
    let opened = open_link::open_link(&house.app, &nobody(), reset, "short".into(), "test").await;
    assert_eq!(code(&opened.unwrap_err()), "password-too-short");
    assert_eq!(house.events("refused").await, 1);

    let anybody = nobody();
    let set_up = |email: &'static str, password: &'static str| {
        let link = Secret::presented("hl_none");
        set_up::set_up(&house.app, &anybody, link, email, "Alix", password.into(), "test")
    };
    assert_eq!(code(&set_up("no address", OTHER).await.unwrap_err()), "bad-field");
    assert_eq!(code(&set_up("alix@example.com", "short").await.unwrap_err()), "password-too-short");
    assert_eq!(house.events("refused").await, 3);
}
