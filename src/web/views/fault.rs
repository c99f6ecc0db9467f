//! What a page says when it cannot be shown or a thing cannot be done: what happened, what is missing, what to do.

use serde::Serialize;

use super::shared::{Link, Step, StepKind};
use super::{Sample, Title, View, sample_at};

/// Any page with a status from 400 on.
#[derive(Debug, Clone, Serialize)]
pub struct Fault {
    /// The status: 400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500 or 503.
    pub status: u16,
    /// The status whose words are used: [`Fault::of`] finds it.
    pub words: u16,
    /// The refusal's stable code, such as `grant.locked`; empty where there is none.
    pub code: String,
    /// What happened, in the reader's language; without it the status speaks for itself.
    pub detail: Option<String>,
    /// What is missing, each with the place to get it.
    pub missing: Vec<Step>,
    /// When trying again makes sense.
    pub retry_at: Option<i64>,
    /// What to quote when asking for help.
    pub reference: Option<String>,
    /// A better place to go than home.
    pub back: Option<Link>,
}

impl View for Fault {
    const TEMPLATE: &'static str = "fault";

    fn title(&self) -> Title {
        Title::of(match self.words {
            401 => "fault-401",
            403 => "fault-403",
            404 => "fault-404",
            405 => "fault-405",
            409 => "fault-409",
            410 => "fault-410",
            413 => "fault-413",
            429 => "fault-429",
            500 => "fault-500",
            503 => "fault-503",
            _ => "fault-400",
        })
    }
}

impl Fault {
    /// A fault with only its status, to be filled with what is known.
    #[must_use]
    pub fn of(status: u16) -> Self {
        let words = match status {
            401 | 403 | 404 | 405 | 409 | 410 | 413 | 429 | 503 => status,
            500.. => 500,
            _ => 400,
        };
        Self {
            status,
            words,
            code: String::new(),
            detail: None,
            missing: vec![],
            retry_at: None,
            reference: None,
            back: None,
        }
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let refused = Fault {
        code: "role.requirement_missing".into(),
        detail: Some(
            "The role “Support desk, personal data” asks for a certification that you do not hold at the moment."
                .into(),
        ),
        missing: vec![
            Step::new(StepKind::Module, "Masking and minimising", "/courses/personal-data/masking", Some(20)),
            Step {
                not_before: Some(sample_at(5)),
                ..Step::new(
                    StepKind::Exam,
                    "Final exam: Handling personal data",
                    "/quizzes/personal-data/final",
                    Some(30),
                )
            },
        ],
        back: Some(Link::new("Support desk, personal data", "/access/support_pii")),
        ..Fault::of(403)
    };
    let mut samples: Vec<Sample> = [400, 401, 404, 405, 409, 410, 413, 422]
        .into_iter()
        .map(|status| Sample::of(&format!("fault-{status}"), &Fault::of(status)))
        .collect();
    samples.push(Sample::of("fault-403", &refused));
    samples.push(Sample::of("fault-404-out", &Fault::of(404)).signed_out());
    samples.push(
        Sample::of("fault-429", &Fault { retry_at: Some(sample_at(0) + 95_000_000), ..Fault::of(429) }).signed_out(),
    );
    samples.push(Sample::of("fault-500", &Fault { reference: Some("7K2M-Q9XD".into()), ..Fault::of(500) }));
    samples.push(Sample::of(
        "fault-503",
        &Fault { retry_at: Some(sample_at(0) + 30_000_000), reference: Some("7K2M-Q9XE".into()), ..Fault::of(503) },
    ));
    samples
}
