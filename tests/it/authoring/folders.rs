//! Where the content in force came from, where a reload reads, and how much the linter found: said as it is.

use crate::support::{House, content, program::command, web::Served};
use habilis::{
    actions::load_content,
    app::{Content, FailedLoad},
    curriculum::report::{Place, Report},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn content_of_another_folder_is_said_to_come_from_there_and_to_be_undone() {
    let house = House::new().await;
    let folder = house.engine.folder.path().canonicalize().unwrap();
    let (root, other) = (folder.join("courses"), folder.join("drafts"));
    content::write(&content::files(), &root);
    let mut files = content::files();
    content::put_course(&mut files, "alpha", 2, 0);
    content::write(&files, &other);
    let load = |from: &std::path::Path| {
        let mut load = command(&house, &["courses", "load", from.to_str().unwrap()]);
        let output = load.env("HABILIS_CONTENT", &root).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        said
    };
    let said = load(&other);
    let (from, served) = (other.display().to_string(), root.display().to_string());
    assert!(said.contains(&format!("HABILIS_CONTENT={from}")) && said.contains(&served), "{said}");

    let served_house = Served::start(house).await;
    let house = &served_house.house;
    load_content::follow(&house.app).await.unwrap();
    let bearer = house.bearer(&house.admin).await;
    let (_, page) = served_house.page(&bearer, "/authoring").await;
    assert!(
        page.contains(&format!("was loaded from {from}")) && page.contains(&format!("It is read from {served}")),
        "{page}"
    );
    load_content::reload(&house.app, &house.admin).await.unwrap();
    let (_, page) = served_house.page(&bearer, "/authoring").await;
    assert!(page.contains(&served) && !page.contains(&from), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_folder_of_the_settings_is_loaded_without_a_word() {
    let house = House::new().await;
    let root = house.engine.folder.path().join("courses");
    let mut files = content::files();
    content::put_course(&mut files, "alpha", 2, 0);
    content::write(&files, &root);
    let output = command(&house, &["courses", "load", "courses"]).output().unwrap();
    assert!(output.status.success() && !String::from_utf8(output.stderr).unwrap().contains("loads from"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_finding_is_counted_though_the_first_are_shown() {
    let served = Served::start(House::new().await).await;
    let app = &served.house.app;
    let (mut warned, mut wrong) = (Report::new(), Report::new());
    for n in 0..75 {
        warned.warning(&Place::start("access.yaml"), "a-code", format!("warning number {n}"));
        wrong.error(&Place::start("access.yaml"), "a-code", format!("error number {n}"));
    }
    let held = app.content().unwrap();
    app.put_content(Content::new(held.version.clone(), held.curriculum.clone(), held.catalogue.clone(), warned));
    app.note_failed_load(FailedLoad { at: app.now(), by: "system:test".into(), report: wrong });
    let bearer = served.house.bearer(&served.house.admin).await;
    let (_, page) = served.page(&bearer, "/authoring").await;
    assert!(page.contains("75 warnings") && page.contains("75 things are wrong"), "{page}");
    assert_eq!(page.matches("the first 60 are shown").count(), 2, "{page}");
}
