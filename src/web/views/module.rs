//! One module: its text, what is around it, and "mark as read".

use serde::Serialize;

use super::course::PracticeLine;
use super::shared::Link;
use super::{Sample, Title, View, sample_at};

/// `/courses/{course}/{module}`
#[derive(Debug, Clone, Serialize)]
pub struct Module {
    /// The language of the course's own texts, where it is not the page's (WCAG 2.2, 3.1.2).
    pub lang: Option<&'static str>,
    /// The course's title and address.
    pub course: Link,
    /// `/courses/{course}/{module}`; the form goes to `{href}/read`.
    pub href: String,
    /// The module's title.
    pub title: String,
    /// Its place in the course, from 1.
    pub number: u32,
    /// How many modules the course has.
    pub of: u32,
    /// How long it takes.
    pub minutes: u32,
    /// What it teaches.
    pub objectives: Vec<String>,
    /// Safe HTML.
    pub html: String,
    /// Its sections, for the table of contents.
    pub contents: Vec<Heading>,
    /// When it was marked as read.
    pub done_at: Option<i64>,
    /// Whether the text is in English because nobody has translated it yet.
    pub untranslated: bool,
    /// The module before.
    pub previous: Option<Link>,
    /// The module after, or the exam.
    pub next: Option<Link>,
    /// Its practice quiz.
    pub practice: Option<PracticeLine>,
}

/// A section of the text.
#[derive(Debug, Clone, Serialize)]
pub struct Heading {
    /// The heading's id in the HTML.
    pub id: String,
    /// Its text.
    pub title: String,
    /// Whether it is a subsection.
    pub sub: bool,
}

impl View for Module {
    const TEMPLATE: &'static str = "courses/module";
    const NAV: &'static str = "courses";

    fn title(&self) -> Title {
        Title::of("just").with("text", &self.title)
    }
}

const TEXT: &str = include_str!("module_sample.html");

/// A module with everything that a text can hold.
#[must_use]
pub fn sample() -> Module {
    let heading = |id: &str, title: &str, sub: bool| Heading { id: id.into(), title: title.into(), sub };
    Module {
        lang: None,
        course: Link::new("Handling personal data", "/courses/personal-data"),
        href: "/courses/personal-data/what-counts".into(),
        title: "What counts as personal".into(),
        number: 4,
        of: 5,
        minutes: 15,
        objectives: vec!["Tell personal data from the rest, also where it hides in free text".into()],
        html: TEXT.into(),
        contents: vec![
            heading("direct-and-indirect", "Direct and indirect", false),
            heading("a-worked-example", "A worked example", true),
            heading("free-text", "Free text is the trap", false),
            heading("what-to-do", "What to do when in doubt", false),
        ],
        done_at: None,
        untranslated: false,
        previous: Some(Link::new("A purpose and its end", "/courses/personal-data/purpose")),
        next: Some(Link::new("Masking and minimising", "/courses/personal-data/masking")),
        practice: Some(PracticeLine {
            href: "/quizzes/personal-data/check-what-counts".into(),
            questions: 6,
            best: None,
        }),
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut read = sample();
    read.done_at = Some(sample_at(-3));
    read.untranslated = true;
    read.lang = Some("en");
    read.previous = None;
    if let Some(practice) = &mut read.practice {
        practice.best = Some(83.3);
    }
    vec![Sample::of("module", &sample()), Sample::of("module-read", &read)]
}
