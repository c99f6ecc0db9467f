//! Searching: what was found, best first, with the words marked.

use super::{Pager, Sample, Title, View};
use serde::Serialize;

/// `/search`
#[derive(Debug, Clone, Serialize)]
pub struct Search {
    /// What was typed.
    pub query: String,
    /// Whether it is longer than a query may be.
    pub too_much: bool,
    /// The longest query, in characters.
    pub longest: u32,
    /// The most words of a query.
    pub most_words: u32,
    /// What was found.
    pub hits: Vec<Hit>,
    /// Where one stands in it.
    pub pager: Pager,
    /// How much was found.
    pub total: u32,
}

/// Something that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// `course`, `module`, `certification` or `role`.
    pub kind: String,
    /// Where it leads.
    pub href: String,
    /// Its title, in pieces.
    pub title: Vec<Part>,
    /// The course or the warehouse that it belongs to.
    pub within: Option<String>,
    /// The heading under which the words stand.
    pub heading: Option<String>,
    /// A piece of its text.
    pub snippet: Vec<Part>,
    /// The text's language, where it is not the reader's.
    pub lang: Option<String>,
}

/// A piece of a text.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// What it says.
    pub text: String,
    /// Whether it was looked for.
    pub marked: bool,
}

impl View for Search {
    const TEMPLATE: &'static str = "search";
    const NAV: &'static str = "search";

    fn title(&self) -> Title {
        if self.query.is_empty() {
            Title::of("search-title")
        } else {
            Title::of("search-title-for").with("query", &self.query)
        }
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let nothing = Search { query: "zeppelin".into(), hits: vec![], total: 0, ..sample() };
    let much =
        Search { too_much: true, query: "one two three four five six seven eight nine".into(), ..nothing.clone() };
    let blank = Search { query: String::new(), ..nothing.clone() };
    vec![
        Sample::of("search", &sample()),
        Sample::of("search-none", &nothing),
        Sample::of("search-blank", &blank),
        Sample::of("search-much", &much),
    ]
}

/// Something of every kind.
#[must_use]
pub fn sample() -> Search {
    let parts = |text: &str| {
        text.split('|')
            .enumerate()
            .map(|(at, text)| Part { text: text.into(), marked: at % 2 == 1 })
            .filter(|part| !part.text.is_empty())
            .collect::<Vec<_>>()
    };
    let hit = |kind: &str, href: &str, title: &str, within: Option<&str>, heading: Option<&str>, snippet: &str| Hit {
        kind: kind.into(),
        href: href.into(),
        title: parts(title),
        within: within.map(Into::into),
        heading: heading.map(Into::into),
        snippet: parts(snippet),
        lang: None,
    };
    let mut foreign = hit(
        "module",
        "/courses/warehouse-analyst/joins",
        "Joins",
        Some("Warehouse analyst"),
        None,
        "… never join |personal| data to a table of events < 30 days & call it “pseudonymous” …",
    );
    foreign.lang = Some("en".into());
    Search {
        query: "personal".into(),
        too_much: false,
        longest: 200,
        most_words: 8,
        hits: vec![
            hit(
                "course",
                "/courses/personal-data",
                "Handling |personal| data",
                None,
                None,
                "What the law and the house ask of everybody who may read data about people.",
            ),
            hit(
                "module",
                "/courses/personal-data/what-counts#free-text",
                "What counts as |personal|",
                Some("Handling personal data"),
                Some("Free text is the trap"),
                "… a column of remarks is |personal| data as soon as one remark names somebody …",
            ),
            hit(
                "certification",
                "/courses/personal-data",
                "|Personal| data",
                Some("Handling personal data"),
                None,
                "The holder tells |personal| data from the rest and masks it.",
            ),
            hit(
                "role",
                "/access/crm-reader",
                "CRM reader",
                Some("Marketplace warehouse"),
                None,
                "Customers with |personal| details, for support.",
            ),
            foreign,
        ],
        pager: Pager { previous: None, next: Some("/search?q=personal&cursor=x".into()), shown: 5, total: Some(12) },
        total: 12,
    }
}
