//! What commands say of what they leave out, of the files that they were given, and of their arguments.

use crate::support::{House, program::command};

/// What a command says on standard output and on standard error.
fn said(house: &House, arguments: &[&str]) -> (String, String) {
    let output = command(house, arguments).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_is_cut_says_so_and_how_to_get_the_rest() {
    let house = House::new().await;
    for name in ["Ana", "Bob", "Cleo", "Dora"] {
        house.person(name).await;
    }
    let (out, complaint) = said(&house, &["people", "list", "--limit", "2"]);
    assert_eq!(out.lines().count(), 3, "a head and two lines: {out}");
    assert!(complaint.contains("only the first 2 of 5 lines") && complaint.contains("--limit"), "{complaint}");
    let (out, complaint) = said(&house, &["people", "list", "--limit", "5"]);
    assert!(out.lines().count() == 6 && !complaint.contains("only the first"), "{out}{complaint}");
    let (_, complaint) = said(&house, &["events", "--limit", "2"]);
    assert!(complaint.contains("only the first 2 lines"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_that_would_not_be_taken_is_named_as_it_was_given() {
    let house = House::new().await;
    let file = house.engine.folder.path().join("next.yaml");
    std::fs::write(&file, "warehouses: 7\n").unwrap();
    let (_, complaint) = said(&house, &["policy", "preview", "next.yaml"]);
    let first = complaint.lines().next().unwrap_or_default();
    assert!(first.starts_with("next.yaml:1:"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn arguments_say_what_they_are() {
    let house = House::new().await;
    for (arguments, words) in [
        (&["webhooks", "pause", "--help"][..], "Its id, from"),
        (&["webhooks", "secret", "--help"], "Its id, from"),
        (&["webhooks", "replay", "--help"], "The position that it gets first"),
        (&["courses", "regrade", "--help"], "The question, by its id"),
    ] {
        let (out, _) = said(&house, arguments);
        assert!(out.contains(words), "{arguments:?}: {out}");
    }
}
