//! What is said to people stands in one language: theirs.

mod commands;
mod moments;
mod things;

use crate::support::{House, web::Served};
use habilis::audit::{
    self,
    event::{By, Entry, What},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A call of the API in a language.
async fn said(served: &Served, bearer: &str, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
    served.api(bearer, method, &format!("/api/v1{path}"), body).await
}

/// A page as somebody signed in, in a language.
async fn page(served: &Served, secret: &str, language: &str, path: &str) -> String {
    let request = served.call(Method::GET, path).header("cookie", format!("habilis={secret}"));
    let answer = request.header("accept-language", language).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.unwrap()
}

/// Appends the line of a refusal as it was written before facts were kept.
async fn refused_long_ago(house: &House, code: &'static str, sentence: &'static str) {
    house
        .app
        .db
        .write(house.app.now(), move |w| {
            let by = By { actor: "anonymous".to_owned(), address: String::new() };
            let entry = Entry::new(What::Refused)
                .data(json!({ "tried": "start_attempt", "code": code, "missing": [] }))
                .texts(json!({ "sentence": sentence }));
            Ok(audit::rows::append(w, &by, entry)?)
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_says_refusals_in_the_language_of_its_reader() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (ana, bearer) = served.person("Ana Verano").await;
    house.take(&ana, "alpha", "final", false).await.unwrap();
    let (status, problem) =
        said(&served, &bearer, Method::POST, "/attempts?lang=es", json!({ "quiz": "alpha/final" })).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    let admin = house.bearer(&house.admin).await;
    let twice = json!({ "email": "ana.verano@example.com", "name": "Ana" });
    let (status, taken) = said(&served, &admin, Method::POST, "/people?lang=es", twice).await;
    assert_eq!(status, StatusCode::CONFLICT);
    refused_long_ago(house, "attempt-limit-reached", "all 3 attempts of this period are used").await;

    let log = page(&served, &admin, "es", "/events?kind=refused").await;
    for sentence in [&problem["detail"], &taken["detail"]] {
        let sentence = sentence.as_str().unwrap();
        assert!(log.contains(sentence), "the line says what the person was told: {sentence}\n{log}");
    }
    assert!(!log.contains("the next attempt is possible"), "{log}");
    assert!(!log.contains(">facts"), "the facts stand in the sentence");
    assert!(log.contains("all 3 attempts of this period are used"), "what is older than facts reads as it was written");
    let log = page(&served, &admin, "fr", "/events?kind=refused").await;
    assert!(log.contains("la prochaine tentative sera possible"), "{log}");
    assert!(log.contains("ana.verano@example.com a déjà un compte"), "{log}");
    // What may name somebody stands beside the line, where it can be erased.
    let (_, lines) = said(&served, &admin, Method::GET, "/events?kind=refused&limit=3", Value::Null).await;
    let data = &lines["items"][1]["data"];
    assert_eq!((&data["facts"], &data["facts_told"]["email"]), (&Value::Null, &json!("ana.verano@example.com")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_filter_of_the_log_names_kinds() {
    let served = Served::start(House::new().await).await;
    let admin = served.house.bearer(&served.house.admin).await;
    for (language, name) in [("en", "Token given out"), ("fr", "Jeton délivré"), ("es", "Token emitido")] {
        let log = page(&served, &admin, language, "/events").await;
        let choice = log.split("value=\"token.minted\"").nth(1).unwrap().split("</option>").next().unwrap();
        assert!(choice.contains(name), "{language}: {choice}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_problem_and_what_is_missing_are_in_one_language() {
    let served = Served::start(House::new().await).await;
    let (ana, bearer) = served.person("Ana Verano").await;
    let (_, told) = said(&served, &bearer, Method::POST, "/tokens?lang=fr", json!({ "role": "reader" })).await;
    let titles: Vec<&str> =
        told["missing"].as_array().unwrap().iter().map(|missing| missing["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Certifié en alpha", "Lecteur"], "{told}");
    served.house.take(&ana, "alpha", "final", true).await.unwrap();
    let (_, course) = said(&served, &bearer, Method::GET, "/courses/alpha?lang=fr", Value::Null).await;
    assert_eq!(course["quizzes"][0]["refusal"]["missing"][0]["id"], "first", "{course}");

    let admin = served.house.bearer(&served.house.admin).await;
    for (path, field, french) in [
        ("/events?kind=tokin.minted", "kind", "le champ « kind » prend token.minted."),
        ("/events?odd=1", "odd", "il n’y a pas de champ « odd » ici."),
        ("/explain", "role", "le champ « role » manque."),
        ("/holders?as_of=soon", "as_of", "le champ « as_of » n’est pas correct."),
        ("/holders?limit=0", "limit", "le champ « limit » prend 1–1000."),
        ("/search?q=a1+b2+c3+d4+e5+f6+g7+h8+i9", "q", "cherchez au plus 8 mots, en 200 caractères au plus."),
    ] {
        let lang = if path.contains('?') { "&lang=fr" } else { "?lang=fr" };
        let (status, told) = said(&served, &admin, Method::GET, &format!("{path}{lang}"), Value::Null).await;
        assert_eq!((status, &told["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{told}");
        assert!(told["detail"].as_str().unwrap().ends_with(french), "{told}");
    }
}

/// Every word that stands in a sentence is one that the sentence knows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn states_in_refusals_are_words_and_not_codes() {
    let served = Served::start(House::new().await).await;
    let (ana, bearer) = served.person("Ana Verano").await;
    let attempt = served.house.take(&ana, "alpha", "final", false).await.unwrap();
    let save = json!({ "revision": 0, "answer": null });
    let path = format!("/attempts/{attempt}/answers/1?lang=es");
    let (_, closed) = said(&served, &bearer, Method::PUT, &path, save).await;
    assert_eq!(closed["detail"], "Este intento está cerrado: está corregido. Cuenta lo que se guardó a tiempo.");
    let (_, none) = said(&served, &bearer, Method::GET, "/courses/none?lang=es", Value::Null).await;
    assert_eq!(none["detail"], "No existe ese curso: none.");
    let (_, lacks) = said(&served, &bearer, Method::GET, "/people?lang=fr", Value::Null).await;
    assert!(lacks["detail"].as_str().unwrap().contains("(auditeurs)"), "{lacks}");
}
