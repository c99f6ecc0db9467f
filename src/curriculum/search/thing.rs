//! What can be found: courses, modules and certifications, taken apart into pieces that weigh differently.

use crate::{
    base::text::{Language, Words},
    curriculum::{
        course::{Certification, Course},
        load::Curriculum,
        module::Module,
        render::{self, Heading},
    },
};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ThingKind {
    /// A course.
    Course,
    /// A module of a course.
    Module,
    /// What a course earns.
    Certification,
    /// A role of the access catalogue.
    Role,
}

impl ThingKind {
    /// Its word in the API and in messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Module => "module",
            Self::Certification => "certification",
            Self::Role => "role",
        }
    }
}

/// How much it says about a thing that a word stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// In its text.
    Body,
    /// In a heading of its text.
    Heading,
    /// In what one learns by it.
    Objective,
    /// In its name.
    Title,
}

impl Weight {
    pub(super) fn worth(self) -> u32 {
        match self {
            Self::Body => 1,
            Self::Heading => 10,
            Self::Objective => 100,
            Self::Title => 1_000,
        }
    }
}

/// Something that can be found, in every language that it is written in.
#[derive(Clone, Debug)]
pub struct Thing {
    pub(super) kind: ThingKind,
    pub(super) id: String,
    pub(super) href: String,
    pub(super) within: Option<Words>,
    /// The title first.
    pub(super) pieces: BTreeMap<Language, Vec<Piece>>,
}

/// A paragraph, a cell, a heading.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) weight: Weight,
    pub(super) text: String,
    pub(super) under: Option<Arc<Heading>>,
}

impl Thing {
    /// A thing with its title, which says in which languages it can be found.
    pub fn new(kind: ThingKind, id: impl Into<String>, href: impl Into<String>, title: &Words) -> Self {
        let mut thing = Self {
            kind,
            id: id.into(),
            href: href.into(),
            within: None,
            pieces: BTreeMap::from([(Language::En, vec![])]),
        };
        for language in Language::ALL.into_iter().filter(|language| title.has(*language)) {
            thing.pieces.insert(language, Vec::new());
        }
        thing.say(Weight::Title, title);
        thing
    }

    /// What it belongs to.
    #[must_use]
    pub fn within(mut self, title: &Words) -> Self {
        self.within = Some(title.clone());
        self
    }

    /// Adds a text.
    pub fn say(&mut self, weight: Weight, words: &Words) {
        for (language, pieces) in &mut self.pieces {
            let text = words.get(*language).split_whitespace().collect::<Vec<_>>().join(" ");
            pieces.push(Piece { weight, text, under: None });
        }
    }

    fn of_course(course: &Course) -> Self {
        let mut thing =
            Self::new(ThingKind::Course, course.id.as_str(), format!("/courses/{}", course.id), &course.title);
        for objective in &course.objectives {
            thing.say(Weight::Objective, &objective.title);
        }
        thing.say(Weight::Body, &course.summary);
        thing
    }

    fn of_module(course: &Course, module: &Module) -> Self {
        let (id, href) = (format!("{}/{}", course.id, module.id), format!("/courses/{}/{}", course.id, module.id));
        let mut thing = Self::new(ThingKind::Module, id, href, &module.title).within(&course.title);
        for objective in module.objectives.iter().filter_map(|id| course.objective(id)) {
            thing.say(Weight::Objective, &objective.title);
        }
        for (language, pieces) in &mut thing.pieces {
            pieces.extend(read(module.body(*language)));
        }
        thing
    }

    fn of_certification(course: &Course, earned: &Certification) -> Self {
        let href = format!("/courses/{}", course.id);
        let mut thing =
            Self::new(ThingKind::Certification, earned.id.as_str(), href, &earned.name).within(&course.title);
        thing.say(Weight::Body, &earned.criteria);
        thing
    }
}

impl Curriculum {
    /// Everything in the courses that learners may read before they earn anything.
    #[must_use]
    pub fn things(&self) -> Vec<Thing> {
        let courses = || self.courses.values();
        let modules = courses().flat_map(|c| c.modules.iter().map(move |module| Thing::of_module(c, module)));
        let mut seen = BTreeSet::new();
        let earned = courses().filter_map(|course| Some((course, course.certification.as_ref()?)));
        let earned = earned.filter(|(_, earned)| seen.insert(&earned.id));
        let earned: Vec<Thing> = earned.map(|(course, earned)| Thing::of_certification(course, earned)).collect();
        courses().map(|course| Thing::of_course(course)).chain(modules).chain(earned).collect()
    }
}

/// The pieces of a Markdown text, each with the heading that it stands under; ids as on the page.
fn read(text: &str) -> Vec<Piece> {
    let (mut pieces, mut under, mut ids) = (Vec::new(), None, BTreeMap::new());
    let mut words = String::new();
    let flush = |words: &mut String, weight, under: &Option<Arc<Heading>>, pieces: &mut Vec<Piece>| {
        let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        words.clear();
        if !text.is_empty() {
            pieces.push(Piece { weight, text, under: under.clone() });
        }
    };
    for event in render::parse(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => flush(&mut words, Weight::Body, &under, &mut pieces),
            Event::End(TagEnd::Heading(level)) => {
                let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
                let id = render::unique_id(&text, &mut ids);
                under = Some(Arc::new(Heading { id, level: level as u8, text }));
                flush(&mut words, Weight::Heading, &under, &mut pieces);
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock | TagEnd::FootnoteDefinition,
            ) => flush(&mut words, Weight::Body, &under, &mut pieces),
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) | Event::Html(part) => {
                words.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    flush(&mut words, Weight::Body, &under, &mut pieces);
    pieces
}
