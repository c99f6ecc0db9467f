//! Previews are for authors, auditors and admins, show every key with its findings, and stay closed to learners.

use crate::support::{House, content, person_id, web::Served};
use habilis::{
    actions::change_person, base::text::Language, curriculum::source::Source, identity::person::Capabilities,
};
use reqwest::StatusCode;
use std::path::Path;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authors_see_everything_of_every_question_and_learners_nothing() {
    let courses = Source::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")).unwrap();
    let served = Served::start(House::with(courses).await).await;
    let (author, bearer) = served.person("Aurore").await;
    let (_, learner) = served.person("Luc").await;
    let may = Capabilities { author: true, ..Capabilities::default() };
    change_person::change_capabilities(&served.house.app, &served.house.admin, person_id(&author), may).await.unwrap();
    let content = served.house.app.content().unwrap();
    let mut pages = Vec::new();
    for course in content.curriculum.courses.values() {
        pages.push(format!("/authoring/courses/{}", course.id));
        pages.extend(course.modules.iter().map(|m| format!("/authoring/courses/{}/modules/{}?in=fr", course.id, m.id)));
        for question in course.questions() {
            let path = format!("/authoring/courses/{}/preview/{}", course.id, question.id);
            let (status, page) = served.page(&bearer, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(page.contains(&question.hash()), "{path}");
            let right = question.options().iter().filter(|option| option.correct).count();
            let kind = question.kind();
            if matches!(kind, "single" | "multi") {
                assert_eq!(page.matches("class=\"is-correct\"").count(), right, "{path}");
            }
        }
        let last = course.questions().last().unwrap();
        pages.push(format!("/authoring/courses/{}/preview/{}?in=fr", course.id, last.id));
    }
    assert!(pages.len() > 20);
    for path in &pages {
        let (status, page) = served.page(&bearer, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(page.contains("<html lang="), "{path}");
    }
    for path in [&pages[0], &pages[1], pages.last().unwrap()] {
        let before = served.house.events("refused").await;
        let (status, page) = served.page(&learner, path).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        assert!(!page.contains("is-correct"));
        assert_eq!(served.house.events("refused").await, before + 1, "{path}");
    }
    let one = "/authoring/courses/data-foundations";
    for path in [format!("{one}x"), format!("{one}/modules/none"), format!("{one}/preview/none")] {
        assert_eq!(served.page(&bearer, &path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn findings_stand_beside_what_they_are_about() {
    let mut files = content::files();
    let bank = String::from_utf8(files["alpha/banks/basics.bank.yaml"].clone()).unwrap();
    files.insert("alpha/banks/basics.bank.yaml".to_owned(), bank.replace(", why: WHY-h", "").into_bytes());
    let module = "---\nid: first\ntitle: Premier module\n---\n\nLisez.\n";
    files.insert("alpha/modules/01-first/index.fr.md".to_owned(), module.as_bytes().to_vec());
    let served = Served::start(House::with(Source::from_files(files)).await).await;
    let bearer = served.house.bearer(&served.house.admin).await;
    let (_, page) = served.page(&bearer, "/authoring/courses/alpha/preview/q-num").await;
    assert!(page.contains("missing-why") && page.contains("alpha/banks/basics.bank.yaml:7:"), "{page}");
    assert!(page.contains("42 ± 0.5"), "{page}");
    let (_, page) = served.page(&bearer, "/authoring/courses/alpha/preview/q-tf").await;
    assert!(!page.contains("missing-why") && page.contains("missing-translation"), "{page}");
    let (_, page) = served.page(&bearer, "/authoring/courses/alpha/modules/first?in=fr").await;
    assert!(page.contains("Premier module") && page.contains("Lisez."), "{page}");
    let tag = Language::Fr.tag();
    let (_, page) = served.page(&bearer, &format!("/authoring/courses/beta/modules/first?in={tag}")).await;
    assert!(page.contains("First module"), "what is missing is shown in English");
}
