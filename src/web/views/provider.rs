//! What stands between here and an identity provider: the way on to it, and why somebody does not come in through it; and a
//! person's identities there, as their account and their file show them.

use serde::Serialize;

use super::{Frame, Sample, Title, View, sample_at};

/// On to the provider, after a form here: the page goes on by itself.
#[derive(Debug, Clone, Serialize)]
pub struct Onward {
    /// What stands on the provider's button.
    pub provider: String,
    /// Where it goes on.
    pub href: String,
    /// Whether the reader has signed out here, and does so there.
    pub leaving: bool,
}

impl View for Onward {
    const TEMPLATE: &'static str = "sign_in/onward";
    const NAV: &'static str = "sign-in";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        let key = if self.leaving { "onward-out-title" } else { "onward-title" };
        Title::of(key).with("name", &self.provider)
    }
}

/// Why somebody does not come in through a provider.
#[derive(Debug, Clone, Serialize)]
pub struct Refused {
    /// What happened, in the reader's language.
    pub sentence: String,
    /// What the provider said of it, in its own words.
    pub said: Option<String>,
    /// The stable code.
    pub code: String,
    /// What stands on the provider's button, where there is one.
    pub provider: Option<String>,
    /// Where to try again.
    pub again: Option<String>,
    /// Whether the reader is signed in, and goes back to their account.
    pub inside: bool,
}

impl View for Refused {
    const TEMPLATE: &'static str = "sign_in/refused";
    const NAV: &'static str = "sign-in";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("provider-refused-title")
    }
}

/// How somebody is known at a provider.
#[derive(Debug, Clone, Serialize)]
pub struct Identity {
    /// `idn_…`
    pub id: String,
    /// What stands on the provider's button, or its id where the settings no longer name it.
    pub name: String,
    /// Who they are there, in the provider's words.
    pub subject: String,
    /// Since when.
    pub since: i64,
    /// When it was last used.
    pub used: Option<i64>,
}

/// A provider that an account can be linked with.
#[derive(Debug, Clone, Serialize)]
pub struct Linkable {
    /// Its id; the form goes to `/account/providers/{id}/link`.
    pub id: String,
    /// What stands on its button.
    pub name: String,
}

/// Somebody who is known at one.
#[must_use]
pub fn sample_identities() -> Vec<Identity> {
    vec![Identity {
        id: "idn_7".into(),
        name: "Example staff".into(),
        subject: "a3f9c1d2".into(),
        since: sample_at(-200 * 24),
        used: Some(sample_at(-2)),
    }]
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let onward = |leaving| Onward {
        provider: "Example staff".into(),
        href: "https://id.example.com/authorize?client_id=habilis".into(),
        leaving,
    };
    let denied = Refused {
        sentence: "Example staff did not let you through (access_denied).".into(),
        said: Some("Your account has no access to this application.".into()),
        code: "provider-denied".into(),
        provider: Some("Example staff".into()),
        again: Some("/sign-in/with/staff".into()),
        inside: false,
    };
    let over = Refused {
        sentence: "This sign-in is over, or was begun in another browser.".into(),
        said: None,
        code: "provider-sign-in-over".into(),
        provider: None,
        again: None,
        inside: true,
    };
    vec![
        Sample::of("provider-onward", &onward(false)),
        Sample::of("provider-out", &onward(true)).signed_out(),
        Sample::of("provider-denied", &denied).signed_out(),
        Sample::of("provider-over", &over),
    ]
}
