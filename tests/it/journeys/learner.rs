//! A learner from the set-up link to a certificate and out again, without JavaScript.

use super::browser::{Browser, Page, Service};
use crate::support::{PASSWORD, START};
use habilis::base::clock::{Clock, Time};

/// A house on a held clock, and its first admin, who learns like everybody.
async fn arrive(language: &str) -> (Service, Clock, Browser) {
    let clock = Clock::held(Time::parse(START).unwrap());
    let service = Service::start(clock.clone()).await;
    let browser = Browser::new(&service, language);
    let welcome = browser.open(&service.set_up).await;
    let action = service.set_up.clone();
    let wrong = [("name", "Nadia Benali"), ("email", "nadia"), ("password", "password")];
    browser.send(&welcome, &action, &wrong).await.is(422).says("value=\"Nadia Benali\"");
    let fields = [("name", "Nadia Benali"), ("email", "nadia@example.com"), ("password", PASSWORD)];
    browser.send(&welcome, &action, &fields).await.is(200).at("/").says("Nadia");
    browser.open(&service.set_up).await.is(410);
    (service, clock, browser)
}

/// Fills an attempt's page with the key, but for the questions in `but`, and presses a button.
async fn answer(service: &Service, browser: &Browser, page: &Page, action: &str, but: &[i64]) -> Page {
    let id = page.path.strip_prefix("/attempts/").unwrap();
    let keys = service.keys(id).await;
    let fields: Vec<(String, String)> = keys
        .iter()
        .filter(|(no, _)| !but.contains(no))
        .flat_map(|(_, fields)| fields.clone())
        .chain([("action".to_owned(), action.to_owned())])
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.send(page, &page.path, &fields).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learner_comes_to_a_certificate_by_plain_forms() {
    let (service, clock, browser) = arrive("en").await;

    // Out, and in again where she was going.
    let home = browser.open("/").await;
    home.is(200).says("Welcome, Nadia").says("/courses/data-foundations");
    browser.send(&home, "/sign-out", &[]).await.at("/sign-in").says("You are signed out.");
    browser.open("/").await.at("/sign-in");
    let door = browser.open("/courses/data-foundations").await;
    door.at("/sign-in").says("name=\"next\" value=\"/courses/data-foundations\"");
    let wrong = browser.send(&door, "/sign-in", &[("email", "nadia@example.com"), ("password", "no")]).await;
    wrong.is(401).says("do not match").says("value=\"nadia@example.com\"");
    let course = browser.send(&wrong, "/sign-in", &[("email", "nadia@example.com"), ("password", PASSWORD)]).await;
    course.is(200).at("/courses/data-foundations").says("Enrol");
    browser.open("/sign-in?next=//evil.example").await.at("/");

    // A form without its token is not hers.
    browser.post("/courses/data-foundations/enrol", &[]).await.is(403);
    let course = browser.send(&course, "/courses/data-foundations/enrol", &[]).await;
    course.is(200).says("You are enrolled");

    // The modules, one after the other; the check of the first one explains every answer.
    let mut module = browser.open(&course.links("/courses/data-foundations/")[0]).await;
    let check = module.links("/quizzes/data-foundations/")[0].clone();
    let quiz = browser.open(&check).await;
    let paper = browser.send(&quiz, &check, &[]).await;
    paper.is(200);
    let confirm = answer(&service, &browser, &paper, "submit", &[]).await;
    confirm.is(200).at(&format!("{}/submit", paper.path)).says("Everything is answered");
    let result = browser.send(&confirm, &confirm.path, &[]).await;
    result.is(200).at(&format!("{}/result", paper.path)).says("Question by question").says("Your answer, right");
    for _ in 0..10 {
        let action = format!("{}/read", module.path);
        module = browser.send(&module, &action, &[]).await;
        module.is(200).says("Marked as read.");
        if module.path == "/courses/data-foundations" {
            break;
        }
    }
    module.at("/courses/data-foundations").says("4 of 5 done");

    // The exam: half of it, a break, the rest, one answer from another window, a word where a number is asked.
    let quiz = browser.open("/quizzes/data-foundations/final").await;
    quiz.says("3 of 3").says("Begin the exam");
    let paper = browser.send(&quiz, "/quizzes/data-foundations/final", &[]).await;
    let id = paper.path.clone();
    paper.is(200);
    answer(&service, &browser, &paper, "save", &[3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
        .await
        .at(&id)
        .says("Everything is saved.");
    clock.advance(600);
    browser.open("/").await.says("2 of 12 questions answered.").says("Resume");
    browser.open("/quizzes/data-foundations/final").await.says("Still open");
    let late = answer(&service, &browser, &paper, "save", &[1, 2]).await;
    // The old page still said that the first two had no answer: newer ones stand, the others are saved.
    late.is(409)
        .says("2 answers are not saved as you gave them: see questions 1, 2")
        .says("A newer answer from another window");
    let whole = browser.open(&id).await;
    let confirm = answer(&service, &browser, &whole, "submit", &[]).await;
    confirm.at(&format!("{id}/submit")).says("Everything is answered");
    let result = browser.send(&confirm, &confirm.path, &[]).await;
    result
        .is(200)
        .at(&format!("{id}/result"))
        .says("Passed")
        .says("100%")
        .says("Your certificate is ready")
        .hides("Question by question");
    clock.advance(1);
    browser.open(&id).await.at(&format!("{id}/result"));

    // The certificate: hers, anybody's to check, and taken back only with a reason.
    let address = result.links("/certificates/")[0].clone();
    browser.open("/certificates").await.says(&address);
    browser.open("/quizzes/data-foundations/final").await.says("You have passed this exam");
    let again = browser.open("/quizzes/data-foundations/final").await;
    assert!(!again.html.contains("Begin the exam"), "a pass closes the exam");
    let stranger = Browser::new(&service, "fr");
    let public = stranger.open(&address).await;
    public.is(200).says("Nadia Benali").says("Ce certificat compte").hides("form_token").hides("/revocation");
    let certificate = browser.open(&address).await;
    let action = format!("{address}/revocation");
    browser.send(&certificate, &action, &[("reason", " ")]).await.is(422).says("Say why");
    browser
        .send(&certificate, &action, &[("reason", "A test of the alarm.")])
        .await
        .is(200)
        .says("A test of the alarm.");
    stranger.open(&address).await.is(200).says("Ce certificat ne compte pas").hides("A test of the alarm.");

    // The account, and out.
    let account = browser.open("/account").await;
    account.says("Firefox on Linux");
    let french = browser.send(&account, "/account/preferences", &[("lang", "fr"), ("zone", "Europe/Madrid")]).await;
    french.is(200).says("lang=\"fr\"").says("Europe/Madrid");
    let wrong = [("current", "no"), ("password", "another fine sentence of words")];
    browser.send(&french, "/account/password", &wrong).await.is(403).says("actuel");
    browser.send(&french, "/sign-out", &[]).await.at("/sign-in");
    browser.open("/account").await.at("/sign-in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exam_that_runs_out_hands_in_what_was_saved() {
    let (service, clock, browser) = arrive("fr").await;
    let quiz = browser.open("/quizzes/data-foundations/final").await;
    let paper = browser.send(&quiz, "/quizzes/data-foundations/final", &[]).await;
    let id = paper.path.clone();
    answer(&service, &browser, &paper, "save", &[4, 5, 6, 7, 8, 9, 10, 11, 12]).await.is(200).at(&id);
    clock.advance(25 * 60 + 61);
    let result = answer(&service, &browser, &paper, "save", &[]).await;
    result.at(&format!("{id}/result")).is(200).says("25").says("Le temps").hides("Votre certificat est prêt");
    // The next chance has an exact moment, on the result, on the course and on the exam's page alike.
    let refused = browser.open("/quizzes/data-foundations/final").await;
    assert!(refused.html.contains("next-chance"), "the page says when the next chance is");
    browser.open("/courses/data-foundations").await.says("Pause");
    clock.advance(16 * 60);
    let open = browser.open("/quizzes/data-foundations/final").await;
    let second = browser.send(&open, "/quizzes/data-foundations/final", &[]).await;
    second.is(200);
    let confirm = browser.open(&format!("{}/submit", second.path)).await;
    confirm.is(200).says("12");
    browser.send(&confirm, &confirm.path, &[]).await.is(200);
    // Begun from a page that was open since before: refused with the reason, on the same page.
    browser.send(&open, "/quizzes/data-foundations/final", &[]).await.is(429).at("/quizzes/data-foundations/final");
    browser.open("/attempts/att_00000000000000000000000000000000").await.is(404);
    browser.open("/courses/nothing-here").await.is(404);
    browser.open("/courses/data-foundations/assets/no.png").await.is(404);
}
