//! The catalogue of courses.

use serde::Serialize;

use super::shared::{CourseCard, Link};
use super::{Sample, Title, View, sample_at};

/// `/courses`
#[derive(Debug, Clone, Serialize)]
pub struct Courses {
    /// All courses: those in progress first, then new ones, then finished ones.
    pub courses: Vec<CourseCard>,
    /// The words that were searched for; empty for all.
    pub query: String,
}

impl View for Courses {
    const TEMPLATE: &'static str = "courses/list";
    const NAV: &'static str = "courses";

    fn title(&self) -> Title {
        Title::of("courses-title")
    }
}

/// Courses in every state.
#[must_use]
pub fn sample_cards() -> Vec<CourseCard> {
    vec![
        CourseCard {
            id: "personal-data".into(),
            lang: None,
            title: "Handling personal data".into(),
            summary: "What counts as personal, what you may do with it and for how long. With real tables, and the mistakes that people here have made.".into(),
            minutes: 95,
            minutes_left: 70,
            done: 3,
            total: 6,
            percent: 50,
            state: "in_progress".into(),
            next: Some(Link::new("What counts as personal", "/courses/personal-data/what-counts")),
            earns: Some("Personal data handler".into()),
            until: None,
            opens: vec![Link::new("Support desk, personal data", "/access/support_pii"), Link::new("Customer insights", "/access/customer_insights")],
        },
        CourseCard {
            id: "data-foundations".into(),
            lang: None,
            title: "Data foundations".into(),
            summary: "The words everybody here uses: layers, owners, freshness, contracts. Half an hour that saves a week.".into(),
            minutes: 35,
            minutes_left: 35,
            done: 0,
            total: 3,
            percent: 0,
            state: "not_started".into(),
            next: Some(Link::new("Why the warehouse has layers", "/courses/data-foundations/layers")),
            earns: Some("Data foundations".into()),
            until: None,
            opens: vec![Link::new("Sandbox builder", "/access/sandbox")],
        },
        CourseCard {
            id: "data-engineering".into(),
            lang: None,
            title: "Data engineering at Manufacture".into(),
            summary: "From a source to a model that others can rely on: contracts, tests, backfills, cost.".into(),
            minutes: 190,
            minutes_left: 190,
            done: 0,
            total: 7,
            percent: 0,
            state: "not_started".into(),
            next: Some(Link::new("Contracts first", "/courses/data-engineering/contracts")),
            earns: Some("Data engineer".into()),
            until: None,
            opens: vec![Link::new("Pipeline engineer", "/access/engineer")],
        },
        CourseCard {
            id: "warehouse-analyst".into(),
            lang: None,
            title: "Warehouse analyst".into(),
            summary: "Read the marketplace warehouse without stepping on a rake: layers, joins that multiply, privacy, and what a query costs.".into(),
            minutes: 150,
            minutes_left: 0,
            done: 7,
            total: 7,
            percent: 100,
            state: "expiring".into(),
            next: Some(Link::new("Final exam", "/quizzes/warehouse-analyst/final")),
            earns: Some("Warehouse analyst".into()),
            until: Some(sample_at(20 * 24)),
            opens: vec![Link::new("Marketplace analyst", "/access/analyst")],
        },
    ]
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("courses", &Courses { courses: sample_cards(), query: String::new() }),
        Sample::of("courses-none", &Courses { courses: vec![], query: "espresso".into() }),
        Sample::of("courses-empty", &Courses { courses: vec![], query: String::new() }),
    ]
}
