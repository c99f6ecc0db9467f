//! The sign-in page, and what to do about a forgotten password.

use serde::Serialize;

use super::shared::Link;
use super::{Frame, Sample, Title, View};

/// `/sign-in`
#[derive(Debug, Clone, Serialize)]
pub struct SignIn {
    /// What was typed, kept after a refusal.
    pub email: String,
    /// Where to go afterwards, a path of ours.
    pub next: Option<String>,
    /// Why it did not work, in the reader's language.
    pub error: Option<String>,
    /// Identity providers, each with the address that starts there.
    pub providers: Vec<Link>,
    /// In a demonstration: the accounts to try.
    pub accounts: Vec<DemoAccount>,
}

/// An account of the demonstration.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccount {
    /// Its e-mail address.
    pub email: String,
    /// Its password.
    pub password: String,
    /// `learner-new`, `learner-certified`, `learner-lapsed`, `owner`, `author`, `admin`, `auditor` or `disabled`: the message
    /// `demo-who-…` says what there is to see.
    pub who: String,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "sign_in/form";
    const NAV: &'static str = "sign-in";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("sign-in-title")
    }
}

/// `/sign-in/forgot`
#[derive(Debug, Clone, Serialize)]
pub struct Forgot {
    /// Whom to ask for a link: an e-mail address.
    pub contact: Option<String>,
    /// Identity providers that are the only way in for their people: their passwords are not ours to replace.
    pub providers: Vec<Link>,
}

impl View for Forgot {
    const TEMPLATE: &'static str = "sign_in/forgot";
    const NAV: &'static str = "sign-in";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("forgot-title")
    }
}

/// The page as most people see it.
#[must_use]
pub fn sample() -> SignIn {
    SignIn {
        email: String::new(),
        next: Some("/access/analyst".into()),
        error: None,
        providers: vec![Link::new("Manufacture ID", "/sign-in/with/manufacture")],
        accounts: vec![],
    }
}

/// The demonstration's page, after a wrong password.
#[must_use]
pub fn sample_demo() -> SignIn {
    let account = |email: &str, who: &str| DemoAccount {
        email: format!("{email}@example.com"),
        password: "lantern-Orchard-42".into(),
        who: who.into(),
    };
    SignIn {
        email: "ana@example.com".into(),
        next: None,
        error: Some("This e-mail address and password do not go together.".into()),
        providers: vec![],
        accounts: vec![
            account("nadia", "learner-new"),
            account("ana", "learner-certified"),
            account("marc", "learner-lapsed"),
            account("lea", "owner"),
            account("hugo", "author"),
            account("iris", "admin"),
            account("odile", "auditor"),
            account("theo", "disabled"),
        ],
    }
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("sign-in", &sample()).signed_out(),
        Sample::of("sign-in-demo", &sample_demo()).signed_out(),
        Sample::of("forgot", &Forgot { contact: Some("iris@example.com".into()), providers: vec![] }).signed_out(),
        Sample::of("forgot-nobody", &Forgot { contact: None, providers: sample().providers }).signed_out(),
    ]
}
