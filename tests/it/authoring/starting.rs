//! `habilis courses new`, and what `--dev` refuses, as commands.

use crate::support::{House, content};
use habilis::{actions::load_content, curriculum::source::Source};
use std::{
    path::Path,
    process::{Command, Output},
};

fn habilis(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
    command.args(arguments).current_dir(folder).env_remove("DATABASE_URL").env("HABILIS_DATA_DIR", folder.join("data"));
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_course_checks_without_a_finding_and_loads() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let new = ["courses", "new", "stock-keeping", "--into", "academy", "--languages", "en,fr,es"];
    let made = habilis(root, &new);
    assert!(made.status.success(), "{}", said(&made));
    assert!(said(&made).contains("habilis courses check academy"), "{}", said(&made));
    let english = habilis(root, &["courses", "new", "counting", "--title", "Counting: \"all\"", "--into", "academy"]);
    assert!(english.status.success(), "{}", said(&english));
    let checked = habilis(root, &["courses", "check", "academy", "--strict"]);
    assert!(checked.status.success() && said(&checked).contains("0 errors, 0 warnings"), "{}", said(&checked));
    assert!(!root.join("academy/counting/modules/01-first-steps/index.fr.md").exists());

    // Nothing is written over, and nothing odd is written at all.
    let file = root.join("academy/stock-keeping/course.yaml");
    let written = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, "mine").unwrap();
    let again = habilis(root, &new);
    assert!(!again.status.success() && said(&again).contains("already"), "{}", said(&again));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    std::fs::write(&file, written).unwrap();
    for odd in [["courses", "new", "../up"], ["courses", "new", "Up"]] {
        assert_eq!(habilis(root, &odd).status.code(), Some(2));
    }
    let other = habilis(root, &["courses", "new", "x", "--languages", "de"]);
    assert_eq!(other.status.code(), Some(2), "{}", said(&other));

    let house = House::with(Source::folder(&root.join("academy")).unwrap()).await;
    assert!(house.app.content().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_drafts_is_only_served_to_authors() {
    let house = House::new().await;
    house.app.develop();
    let mut files = content::files();
    content::put_course(&mut files, "alpha", 2, 0);
    load_content::load_content(&house.app, &house.admin, Source::from_files(files)).await.unwrap();
    let folder = house.engine.folder.path();
    let courses = folder.join("courses");
    content::write(&content::files(), &courses);
    let refused = Command::new(env!("CARGO_BIN_EXE_habilis"))
        .arg("serve")
        .current_dir(folder)
        .env("DATABASE_URL", &house.engine.url)
        .env("HABILIS_DATA_DIR", folder)
        .env("HABILIS_CONTENT", &courses)
        .env("HABILIS_LISTEN", "127.0.0.1:0")
        .env("HABILIS_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("holds drafts from --dev"), "{}", said(&refused));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_never_reach_a_database_that_served_real_content() {
    let house = House::new().await;
    let courses = house.engine.folder.path().join("courses");
    content::write(&content::files(), &courses);
    assert!(!load_content::holds_only_drafts(&house.app).await.unwrap());
    for command in ["serve", "demo"] {
        let refused = Command::new(env!("CARGO_BIN_EXE_habilis"))
            .args([command, "--dev"])
            .current_dir(house.engine.folder.path())
            .env("DATABASE_URL", &house.engine.url)
            .env("HABILIS_DATA_DIR", house.engine.folder.path())
            .env("HABILIS_CONTENT", &courses)
            .env("HABILIS_LISTEN", "127.0.0.1:0")
            .env("HABILIS_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
            .output()
            .unwrap();
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        assert!(
            said(&refused).contains("unset DATABASE_URL") || said(&refused).contains("Unset DATABASE_URL"),
            "{command}"
        );
    }
}
