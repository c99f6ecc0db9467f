//! A module: a page of a course with its objectives, written in Markdown under a few lines of front matter.

use super::{
    load::Desk,
    report::Place,
    yaml::{self, Value},
};
use crate::base::{
    span::Span,
    text::{Language, Slug, Words},
};
use std::collections::BTreeMap;

/// The longest text of a module, in bytes.
const LONGEST: usize = 512 * 1024;

/// A module as written.
#[derive(Clone, Debug)]
pub struct Module {
    /// Unique in its course.
    pub id: Slug,
    /// For learners.
    pub title: Words,
    /// How long it takes.
    pub estimate: Option<Span>,
    /// The objectives of the course that it teaches.
    pub objectives: Vec<Slug>,
    /// The modules of the course to read before.
    pub requires: Vec<Slug>,
    /// The Markdown texts.
    pub bodies: BTreeMap<Language, String>,
    /// The quiz that checks it.
    pub check: Option<Slug>,
    /// Its folder from the content root, like `data-foundations/modules/01-layers`.
    pub folder: String,
}

impl Module {
    /// The Markdown in `language`, or else in English.
    #[must_use]
    pub fn body(&self, language: Language) -> &str {
        self.bodies.get(&language).or_else(|| self.bodies.get(&Language::En)).map_or("", String::as_str)
    }

    /// Reads `index.md`; where something is missing, a stand-in keeps the rest readable, and the report has the error.
    pub(crate) fn read(file: &str, text: &str, folder: &str, desk: &mut Desk<'_>) -> Option<Self> {
        let page = Page::split(file, text, desk)?;
        let node = yaml::parse(file, &page.front, 2, desk.report)?;
        let known = ["id", "title", "estimate", "objectives", "requires"];
        let fields = Value::top(file, &node).fields(&known, desk.report)?;
        let id = fields.require("id", desk.report).and_then(|id| id.slug(desk.report));
        let id = id.or_else(|| stand_in(folder))?;
        desk.once("module", id.as_str(), &fields);
        page.remember(file, &id, Language::En, desk);
        let report = &mut *desk.report;
        let title = fields.require("title", report).and_then(|title| title.words(report));
        let objectives = fields.require("objectives", report).map(|list| list.list(report, Value::slug));
        Some(Self {
            title: title.unwrap_or_else(|| Words::english(id.as_str())),
            estimate: fields.get("estimate").and_then(|estimate| estimate.positive_span(report)),
            objectives: objectives.unwrap_or_default(),
            requires: fields.get("requires").map(|list| list.list(report, Value::slug)).unwrap_or_default(),
            bodies: BTreeMap::from([(Language::En, page.body)]),
            check: None,
            folder: folder.to_owned(),
            id,
        })
    }

    /// Reads a translation: front matter with the same id and a title, then the text.
    pub(crate) fn translate(&mut self, file: &str, text: &str, language: Language, desk: &mut Desk<'_>) {
        let Some(page) = Page::split(file, text, desk) else { return };
        let Some(node) = yaml::parse(file, &page.front, 2, desk.report) else { return };
        let Some(fields) = Value::top(file, &node).fields(&["id", "title"], desk.report) else { return };
        desk.same_id(&fields, &self.id, "the id of the module that this page translates");
        if let Some(title) = fields.require("title", desk.report).and_then(|title| title.text(desk.report)) {
            self.title.set(language, title);
        }
        page.remember(file, &self.id, language, desk);
        self.bodies.insert(language, page.body);
    }
}

/// The folder's name without its number, where the front matter gives no id.
fn stand_in(folder: &str) -> Option<Slug> {
    let name = folder.rsplit('/').next().unwrap_or("");
    name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').parse().or_else(|_| name.parse()).ok()
}

/// A Markdown file taken apart.
struct Page {
    front: String,
    body: String,
    /// The line of the file on which the body begins.
    line: usize,
}

impl Page {
    fn split(file: &str, text: &str, desk: &mut Desk<'_>) -> Option<Self> {
        let start = Place::start(file);
        if text.len() > LONGEST {
            let message = format!("a module's text may have at most {} KiB", LONGEST / 1024);
            desk.report.error(&start, "too-large", message);
            return None;
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let Some(rest) = text.strip_prefix("---\n") else {
            let message = "a module begins with front matter: a line `---`, its keys, and another line `---`";
            desk.report.error(&start, "no-front-matter", message);
            return None;
        };
        let mut front = String::new();
        let mut lines = rest.split_inclusive('\n');
        for (line, next) in (3..).zip(lines.by_ref()) {
            if next.trim_end() == "---" {
                let body: String = lines.collect();
                if body.trim().is_empty() {
                    desk.report.error(
                        &Place { line, ..start },
                        "empty-body",
                        "there is no text after the front matter",
                    );
                }
                return Some(Self { front, body, line });
            }
            front.push_str(next);
        }
        desk.report.error(
            &start,
            "no-front-matter",
            "the front matter does not end: its closing line `---` is missing",
        );
        None
    }

    /// Notes where the text begins, so that what is wrong in it can be pointed at.
    fn remember(&self, file: &str, id: &Slug, language: Language, desk: &mut Desk<'_>) {
        let place = Place { file: file.to_owned(), line: self.line, column: 1 };
        desk.places.put(&[desk.course.as_str(), "module", id.as_str(), "body", language.tag()], place);
    }
}
