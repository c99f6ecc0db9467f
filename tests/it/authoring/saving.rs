//! A save is shown at once while somebody writes, and nowhere else; what is broken changes nothing.

use crate::support::{House, content, web::Served};
use habilis::actions::load_content;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::{fs, path::PathBuf, time::Duration};

/// A house that its authors write in, with its content folder and an admin's cookie.
async fn workshop() -> (Served, PathBuf, String) {
    let house = House::new().await;
    let courses = house.engine.folder.path().join("courses");
    content::write(&content::files(), &courses);
    house.app.develop();
    let bearer = house.bearer(&house.admin).await;
    (Served::start(house).await, courses, bearer)
}

fn edit(courses: &std::path::Path, path: &str, from: &str, to: &str) {
    let file = courses.join(path);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).unwrap();
}

/// Waits for the next edition, as an open page does.
async fn next_edition(served: &Served, since: u64) -> u64 {
    let asked = served.call(Method::GET, &format!("/dev/changes?since={since}")).send();
    let told: Value =
        tokio::time::timeout(Duration::from_secs(20), asked).await.unwrap().unwrap().json().await.unwrap();
    told["edition"].as_u64().unwrap()
}

/// Waits until a page says something.
async fn until(served: &Served, bearer: &str, path: &str, text: &str) -> String {
    let mut page = String::new();
    for _ in 0..200 {
        (_, page) = served.page(bearer, path).await;
        if page.contains(text) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} never says {text}: {page}");
}

fn edition_of(page: &str) -> u64 {
    let rest = page.split_once("<meta name=\"habilis-edition\" content=\"").unwrap().1;
    rest.split_once('"').unwrap().0.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_is_shown_at_once_and_a_broken_one_changes_nothing() {
    let (served, courses, bearer) = workshop().await;
    let (_, page) = served.page(&bearer, "/courses/alpha").await;
    assert!(page.contains("Title of alpha") && page.contains("/assets/dev.js"), "{page}");
    let first = edition_of(&page);
    tokio::time::sleep(Duration::from_millis(1_500)).await;

    // The text and a question change under the same version: a draft, with a warning.
    edit(&courses, "alpha/course.yaml", "Title of alpha", "Draft of alpha");
    edit(&courses, "alpha/banks/basics.bank.yaml", "Which one is right?", "Which one is right now?");
    let second = next_edition(&served, first).await;
    assert!(second > first);
    let page = until(&served, &bearer, "/courses/alpha", "Draft of alpha").await;
    assert!(edition_of(&page) >= second);
    until(&served, &bearer, "/authoring/courses/alpha", "changed-under-same-version").await;
    until(&served, &bearer, "/authoring/courses/alpha", "Which one is right now?").await;
    // A draft can be tried as a whole: its questions are kept like any other.
    let house = &served.house;
    let ana = house.person("Ana").await;
    house.take(&ana, "alpha", "final", true).await.unwrap();

    // What is broken is told where authors look; the version before stays.
    edit(&courses, "alpha/course.yaml", "version: 1", "version: one");
    until(&served, &bearer, "/authoring/courses/alpha", "alpha/course.yaml:4:10").await;
    until(&served, &bearer, "/courses/alpha", "Draft of alpha").await;
    edit(&courses, "alpha/course.yaml", "version: one", "version: 1");
    for _ in 0..200 {
        if house.app.failed_load().is_none() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(house.app.failed_load().is_none());

    // The same save is refused where people rely on it.
    let real = House::new().await;
    let source = habilis::curriculum::source::Source::folder(&courses).unwrap();
    let refused = load_content::load_content(&real.app, &real.admin, source).await.unwrap_err();
    assert_eq!(crate::support::code(&refused), "content-has-errors");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_service_knows_nothing_of_drafts() {
    let served = Served::start(House::new().await).await;
    let bearer = served.house.bearer(&served.house.admin).await;
    let (_, page) = served.page(&bearer, "/").await;
    assert!(!page.contains("dev.js") && !page.contains("habilis-edition"), "{page}");
    let answer = served.call(Method::GET, "/dev/changes").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}
