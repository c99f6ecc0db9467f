//! Policies and what follows from them: who may agree, in whose place, and how requests and grants live.

mod delegation;
mod fields;
mod given_back;
mod glass;
mod inbox;
mod places;
mod preview;
mod renewed;
mod told;
mod versions;
mod withdrawn;

use crate::support::{content, web::Served};
use habilis::{
    actions::load_content,
    app::App,
    curriculum::source::Source,
    identity::{actor::Actor, secret::Secret},
};
use reqwest::Method;

/// The small academy with another access catalogue.
pub fn changed(change: impl FnOnce(String) -> String) -> Source {
    let mut files = content::files();
    let catalogue = String::from_utf8(files["access.yaml"].clone()).unwrap();
    files.insert("access.yaml".to_owned(), change(catalogue).into_bytes());
    Source::from_files(files)
}

/// Another way for `guardian` to be approved.
pub fn guardian(approval: &str) -> Source {
    let old = "[{of: [owner@example.com, 'team:privacy'], count: 1}, {of: ['team:privacy'], count: 1}]";
    changed(|text| {
        assert!(text.contains(old));
        text.replace(old, approval)
    })
}

pub async fn load(app: &App, source: Source) {
    load_content::load_content(app, &Actor::operator("test"), source).await.unwrap();
}

/// Sends a form of a page as somebody who is signed in by cookie, in English; the status and what came back.
pub async fn post(served: &Served, cookie: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let token = Secret::presented(cookie).form_token();
    let mut all = vec![("form_token", token.as_str())];
    all.extend(fields);
    let request = served.call(Method::POST, path).header("cookie", format!("habilis={cookie}"));
    let answer = request.header("accept-language", "en").form(&all).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// A page as somebody who is signed in by cookie, in English.
pub async fn page(served: &Served, cookie: &str, path: &str) -> String {
    let request = served.call(Method::GET, path).header("cookie", format!("habilis={cookie}"));
    let answer = request.header("accept-language", "en").send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}
