//! Whoever guesses codes is slowed down, by person and by network (RFC 8628, sections 5.1 and 5.4).

use super::{SCOPE, command_line};
use crate::oauth::scene::Scene;
use habilis::{
    actions::confirm_device::{self, Turn},
    identity::actor::{Actor, Who},
    tokens::device::{OF_NETWORK, OF_PERSON, OPEN_OF_NETWORK},
};

/// A code that there is not, but could be.
fn wrong(n: i64) -> String {
    let letters = b"BCDFGHJKLMNPQRSTVWXZ";
    let letter = |n: i64| char::from(letters[usize::try_from(n).unwrap() % 20]);
    format!("BBBB-B{}{}{}", letter(n / 400), letter(n / 20), letter(n))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_who_types_wrong_codes_has_to_wait() {
    let scene = Scene::set().await;
    let codes = scene.device(&command_line(), SCOPE).await;
    // What can be no code is no guess.
    for odd in ["", "123", "AAAA-AAAA", "BBBB-BBBBB"] {
        assert_eq!(scene.type_code(&scene.cookie, odd).await.status, 404, "{odd}");
    }
    for n in 0..OF_PERSON {
        assert_eq!(scene.type_code(&scene.cookie, &wrong(n)).await.status, 404, "{n}");
        assert_eq!(scene.refusals().await.1, "device-code-unknown");
    }
    // From now on nothing tells a right one from a wrong one, whichever form it stands in.
    for reply in [
        scene.type_code(&scene.cookie, &wrong(99)).await,
        scene.type_code(&scene.cookie, &codes.user).await,
        scene.say(&scene.cookie, &codes.user, "yes").await,
        scene.say(&scene.cookie, &codes.user, "no").await,
    ] {
        assert_eq!(reply.status, 429, "{}", reply.text);
        assert!(!reply.header("retry-after").is_empty() && !reply.text.contains("READER"), "{}", reply.text);
        assert_eq!(scene.refusals().await.1, "device-code-throttled");
    }
    // Another session of the same person is no way around it; another person is not held up.
    let again = scene.house().bearer(&scene.ana).await;
    assert_eq!(scene.type_code(&again, &codes.user).await.status, 429);
    let (_, eve) = scene.house().joined("Eve Marin", &[]).await;
    assert_eq!(scene.type_code(&eve, &codes.user).await.status, 403, "she sees what is missing to her");
    // It passes.
    scene.house().advance("PT15M");
    let codes = scene.device(&command_line(), SCOPE).await;
    assert_eq!(scene.type_code(&scene.cookie, &codes.user).await.status, 200);
}

/// The same person, from another address.
fn from(actor: &Actor, address: &str) -> Actor {
    let Who::Person(signed) = &actor.who else { panic!("somebody") };
    Actor { who: Who::Person(signed.clone()), address: address.to_owned() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_from_which_many_guess_has_to_wait() {
    let scene = Scene::set().await;
    let (house, app) = (scene.house(), &scene.house().app);
    let codes = scene.device(&command_line(), SCOPE).await;
    let mut guessed = 0;
    for n in 0.. {
        let person =
            house.person(&format!("Guesser {}", ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"][n])).await;
        // Each from another address of one subscriber's network.
        let person = from(&person, &format!("2001:db8:1:2::{n}"));
        for _ in 0..OF_PERSON {
            guessed += 1;
            assert!(confirm_device::look_at_device(app, &person, &wrong(guessed)).await.is_err());
        }
        if guessed >= OF_NETWORK {
            break;
        }
    }
    let there = from(&scene.ana, "2001:db8:1:2:ffff::1");
    let fault = confirm_device::look_at_device(app, &there, &codes.user).await.err().unwrap();
    assert_eq!(crate::support::code(&fault), "device-code-throttled");
    let elsewhere = from(&scene.ana, "2001:db8:1:3::1");
    let turn = confirm_device::look_at_device(app, &elsewhere, &codes.user).await.unwrap();
    let Turn::Ask(sheet) = turn else { panic!("she is asked") };
    assert!(sheet.elsewhere, "the device asked from another network, and the page says so");
    let here = from(&scene.ana, "127.0.0.1");
    let Turn::Ask(sheet) = confirm_device::look_at_device(app, &here, &codes.user).await.unwrap() else { panic!() };
    assert!(!sheet.elsewhere && sheet.address == "127.0.0.1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_asks_for_many_codes_has_to_wait() {
    let scene = Scene::set().await;
    let first = scene.device(&command_line(), SCOPE).await;
    for _ in 1..OPEN_OF_NETWORK {
        scene.device(&command_line(), SCOPE).await;
    }
    let reply = scene.begin(&command_line(), &[("scope", SCOPE)]).await;
    assert_eq!((reply.status, reply.json()["error"].as_str()), (429, Some("slow_down")), "{}", reply.text);
    assert_eq!(reply.header("retry-after"), "60");
    assert_eq!(reply.json()["code"], "oauth-devices-full");
    assert_eq!(scene.refusals().await.0, 0, "nobody was refused: a flood leaves no lines");
    // One that is answered makes room for another; and all are over in ten minutes.
    assert_eq!(scene.say(&scene.cookie, &first.user, "no").await.status, 200);
    scene.device(&command_line(), SCOPE).await;
    assert_eq!(scene.begin(&command_line(), &[("scope", SCOPE)]).await.status, 429);
    scene.house().advance("PT10M");
    scene.device(&command_line(), SCOPE).await;
}
