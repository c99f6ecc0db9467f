//! The pages behind a link that somebody was sent: the first admin's set-up, an invitation, a new password.

use serde::Serialize;

use super::{FieldError, Frame, Sample, Title, View, sample_at};

/// `/welcome/{token}`
#[derive(Debug, Clone, Serialize)]
pub struct Welcome {
    /// What the link is for.
    pub kind: WelcomeKind,
    /// Where the form goes: `/welcome/{token}`.
    pub action: String,
    /// The e-mail address; only the first admin types it.
    pub email: String,
    /// The name; only the first admin types it.
    pub name: String,
    /// Who sent the invitation.
    pub invited_by: Option<String>,
    /// Until when the link works.
    pub expires: i64,
    /// The fewest characters of a password.
    pub minimum: u32,
    /// What is wrong with the form: fields `email`, `name`, `password`.
    pub errors: Vec<FieldError>,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WelcomeKind {
    /// The house is new: its first admin.
    First,
    /// An invitation.
    Invited,
    /// A new password.
    Reset,
}

impl View for Welcome {
    const TEMPLATE: &'static str = "welcome/form";
    const NAV: &'static str = "sign-in";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of(match self.kind {
            WelcomeKind::First => "welcome-first-title",
            WelcomeKind::Invited => "welcome-invited-title",
            WelcomeKind::Reset => "welcome-reset-title",
        })
    }
}

/// `/welcome/{token}` when the link works no more (or never did: the answer is the same).
#[derive(Debug, Clone, Serialize)]
pub struct WelcomeOver {
    /// Whom to ask for a new one: an e-mail address.
    pub contact: Option<String>,
}

impl View for WelcomeOver {
    const TEMPLATE: &'static str = "welcome/over";
    const NAV: &'static str = "sign-in";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("welcome-over-title")
    }
}

/// A page of each kind.
#[must_use]
pub fn sample(kind: WelcomeKind) -> Welcome {
    Welcome {
        kind,
        action: "/welcome/q7Zk3v".into(),
        email: if kind == WelcomeKind::First { String::new() } else { "nadia@example.com".into() },
        name: if kind == WelcomeKind::First { String::new() } else { "Nadia Benali".into() },
        invited_by: (kind == WelcomeKind::Invited).then(|| "Iris Marchand".into()),
        expires: sample_at(44),
        minimum: 10,
        errors: vec![],
    }
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut wrong = sample(WelcomeKind::First);
    wrong.email = "iris@".into();
    wrong.errors = vec![
        FieldError { field: "email".into(), text: "Write the whole address, such as iris@example.com.".into() },
        FieldError {
            field: "password".into(),
            text: "Too easy to guess: it is among the passwords tried first. Three unrelated words do well.".into(),
        },
    ];
    vec![
        Sample::of("welcome-first", &wrong).signed_out(),
        Sample::of("welcome-invited", &sample(WelcomeKind::Invited)).signed_out(),
        Sample::of("welcome-reset", &sample(WelcomeKind::Reset)).signed_out(),
        Sample::of("welcome-over", &WelcomeOver { contact: Some("iris@example.com".into()) }).signed_out(),
    ]
}
