//! Checks of the texts: links and assets that exist, images with words, no raw HTML.

use super::View;
use crate::{
    base::text::{Language, Slug, Words, nearest},
    curriculum::{
        course::Course,
        load::Curriculum,
        render::{self, Links, links::Target, plain, unique_id},
        report::Place,
    },
};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(view: &mut View<'_>, curriculum: &Curriculum) {
    let course = view.course;
    for module in &course.modules {
        let links = Links::of(course, &module.folder);
        for (language, body) in &module.bodies {
            let at = view.at(&["module", module.id.as_str(), "body", language.tag()]);
            text(view, curriculum, &links, body, &at, *language, true);
        }
    }
    for question in course.questions() {
        let id = question.id.as_str();
        let at = view.at(&["question", id]);
        let folder = at.file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let links = Links::of(course, &folder);
        let mut texts: Vec<(&Words, Place)> = vec![(&question.ask, view.at(&["question", id, "ask"]))];
        texts.extend(question.why.as_ref().map(|why| (why, view.at(&["question", id, "why"]))));
        for option in question.options() {
            let at = view.at(&["question", id, "options"]);
            texts.push((&option.text, at.clone()));
            texts.extend(option.why.as_ref().map(|why| (why, at)));
        }
        for (words, at) in texts {
            for language in Language::ALL.into_iter().filter(|language| words.has(*language)) {
                text(view, curriculum, &links, words.get(language), &at, language, false);
            }
        }
    }
}

/// Checks one text; `exact` says that its lines follow each other in the file from `at` on.
fn text(
    view: &mut View<'_>,
    curriculum: &Curriculum,
    links: &Links,
    text: &str,
    at: &Place,
    language: Language,
    exact: bool,
) {
    let mut lines = Lines { text, at, exact, line: 0, start: 0, seen: 0 };
    let mut image: Option<(Place, Vec<Event<'_>>)> = None;
    for (event, range) in Parser::new_ext(text, render::options()).into_offset_iter() {
        if let Some((_, inside)) = &mut image {
            match event {
                Event::End(TagEnd::Image) => {
                    if let Some((place, inside)) = image.take()
                        && plain(&inside).is_empty()
                    {
                        let message = "this image has no text for those who do not see it: write ![what it shows](…)";
                        view.report.warning(&place, "missing-alt", message);
                    }
                }
                event => inside.push(event),
            }
            continue;
        }
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if !dest_url.is_empty() => {
                let place = lines.place(range.start);
                link(view, curriculum, links, &dest_url, &place, text, language);
            }
            Event::Start(Tag::Link { .. }) => {
                view.report.error(&lines.place(range.start), "broken-link", "this link has no address");
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let place = lines.place(range.start);
                picture(view, curriculum, links, &dest_url, &place);
                image = Some((place, Vec::new()));
            }
            Event::Html(html) | Event::InlineHtml(html) if html.starts_with('<') && !html.starts_with("<!--") => {
                let message =
                    "HTML is shown as it is written, not rendered; put it in backticks if it is meant to be seen";
                view.report.warning(&lines.place(range.start), "raw-html", message);
            }
            _ => {}
        }
    }
}

fn link(
    view: &mut View<'_>,
    curriculum: &Curriculum,
    links: &Links,
    url: &str,
    place: &Place,
    text: &str,
    language: Language,
) {
    match links.resolve(url) {
        Target::Outside | Target::Mail => {}
        Target::Refused(why) => {
            let path = url.split('#').next().unwrap_or(url);
            let near = nearest(path, links.modules()).map(str::to_owned);
            view.report.error_near(
                place,
                "broken-link",
                format!("the link `{url}` leads nowhere: {why}"),
                near.as_deref(),
            );
        }
        Target::Asset { path, .. } => asset(view, curriculum, &path, place),
        Target::Module { folder, heading, .. } => {
            let body = view.course.modules.iter().find(|module| module.folder == folder).map(|m| m.body(language));
            if let (Some(heading), Some(body)) = (heading, body) {
                fragment(view, &heading, body, place);
            }
        }
        Target::Page(href) => match href.strip_prefix('#') {
            // GFM footnotes and an empty fragment (the page's top) are always there.
            Some("") => {}
            Some(heading) => fragment(view, heading, text, place),
            None => page(view, curriculum, &href, place),
        },
    }
}

/// A link by a path of this site: only courses and their modules can be checked here.
fn page(view: &mut View<'_>, curriculum: &Curriculum, href: &str, place: &Place) {
    let path = href.split(['#', '?']).next().unwrap_or("");
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let course = |id: &str| id.parse::<Slug>().ok().and_then(|id| curriculum.courses.get(&id));
    let unread = |id: &str| curriculum.places.has(&[id]) && course(id).is_none();
    let found = match parts.as_slice() {
        ["courses", id, ..] if unread(id) => true,
        ["courses", id] => course(id).is_some(),
        ["courses", _, "assets", ..] => curriculum.assets.contains_key(path.trim_start_matches("/courses/")),
        ["courses", id, module] => {
            let known = |course: &Course| module.parse::<Slug>().is_ok_and(|module| course.module(&module).is_some());
            course(id).is_some_and(|course| known(course))
        }
        _ => true,
    };
    if !found {
        view.report.error(place, "broken-link", format!("the link `{href}` leads to no course, module or asset"));
    }
}

fn fragment(view: &mut View<'_>, heading: &str, body: &str, place: &Place) {
    let ids = headings(body);
    if !ids.contains(heading) {
        let near = nearest(heading, ids.iter().map(String::as_str));
        let message = format!("the page has no heading `{heading}`");
        view.report.error_near(place, "broken-link", message, near);
    }
}

/// The ids of a text's headings, as rendering makes them.
fn headings(body: &str) -> BTreeSet<String> {
    let (mut ids, mut seen) = (BTreeSet::new(), BTreeMap::new());
    let mut inside: Option<Vec<Event<'_>>> = None;
    for event in render::parse(body) {
        match (event, &mut inside) {
            (Event::Start(Tag::Heading { .. }), _) => inside = Some(Vec::new()),
            (Event::End(TagEnd::Heading(_)), Some(events)) => {
                ids.insert(unique_id(&plain(events), &mut seen));
                inside = None;
            }
            (event, Some(events)) => events.push(event),
            _ => {}
        }
    }
    ids
}

fn picture(view: &mut View<'_>, curriculum: &Curriculum, links: &Links, url: &str, place: &Place) {
    match links.resolve(url) {
        Target::Asset { path, .. } => asset(view, curriculum, &path, place),
        Target::Outside => {
            let message =
                format!("the image `{url}` is on another site and becomes a link; put it into the course's `assets`");
            view.report.warning(place, "outside-image", message);
        }
        Target::Refused(why) => {
            view.report.error(place, "broken-asset", format!("the image `{url}` is not there: {why}"));
        }
        Target::Mail | Target::Page(_) | Target::Module { .. } => {
            view.report.error(place, "broken-asset", format!("`{url}` is no image of this course's `assets`"));
        }
    }
}

fn asset(view: &mut View<'_>, curriculum: &Curriculum, path: &str, place: &Place) {
    if !curriculum.assets.contains_key(path) {
        let near = nearest(path, curriculum.assets.keys().map(String::as_str));
        view.report.error_near(place, "broken-asset", format!("there is no file `{path}`"), near);
    }
}

/// Turns offsets of a text, which only grow, into places of its file.
struct Lines<'a> {
    text: &'a str,
    at: &'a Place,
    exact: bool,
    line: usize,
    start: usize,
    seen: usize,
}

impl Lines<'_> {
    fn place(&mut self, offset: usize) -> Place {
        if !self.exact {
            return self.at.clone();
        }
        if offset < self.seen {
            (self.line, self.start, self.seen) = (0, 0, 0);
        }
        for (at, _) in self.text.get(self.seen..offset).unwrap_or("").match_indices('\n') {
            self.line += 1;
            self.start = self.seen + at + 1;
        }
        self.seen = offset;
        let column = self.text.get(self.start..offset).map_or(0, |before| before.chars().count()) + 1;
        Place { file: self.at.file.clone(), line: self.at.line + self.line, column }
    }
}
