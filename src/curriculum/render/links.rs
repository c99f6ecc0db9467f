//! Where a link in a text leads: to a page, a module, an asset, outside, or nowhere that is allowed.

use crate::curriculum::{course::Course, module::Module};
use std::collections::BTreeMap;

/// What relative links of a text are relative to.
#[derive(Clone, Debug, Default)]
pub struct Links {
    course: String,
    folder: String,
    modules: BTreeMap<String, String>,
    addresses: Vec<String>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To another site.
    Outside,
    /// To a mail program.
    Mail,
    /// To a heading of the same page, or to a page by its path on this site.
    Page(String),
    /// To a module of the same course.
    Module {
        /// The page's path, with the heading if one is named.
        href: String,
        /// The module's folder from the content root.
        folder: String,
        /// The heading's id.
        heading: Option<String>,
    },
    /// To a file in the course's `assets`.
    Asset {
        /// Its path on this site.
        href: String,
        /// Its path from the content root.
        path: String,
    },
    /// Nowhere: why.
    Refused(&'static str),
}

impl Links {
    /// Links of a text that belongs to no course: only whole addresses work.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Links of a text in `folder` (from the content root, like `x/modules/01-y` or `x/banks`) of a course.
    #[must_use]
    pub fn of(course: &Course, folder: &str) -> Self {
        let modules = course.modules.iter().map(|module| (module.folder.clone(), module.id.to_string())).collect();
        let name = |module: &Module| module.folder.rsplit('/').next().unwrap_or("").to_owned();
        let addresses = course.modules.iter().map(|module| format!("../{}/index.md", name(module))).collect();
        Self { course: course.id.to_string(), folder: folder.to_owned(), modules, addresses }
    }

    /// The addresses of the course's modules as seen from the text's folder, to suggest one.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &str> {
        self.addresses.iter().map(String::as_str)
    }

    /// Where an address leads.
    #[must_use]
    pub fn resolve(&self, url: &str) -> Target {
        if url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Target::Refused("an address holds no spaces, control characters or backslashes");
        }
        if url.is_empty() {
            return Target::Refused("the address is empty");
        }
        if url.starts_with("//") {
            return Target::Refused("write https: before //");
        }
        if url.starts_with(['#', '/']) {
            return Target::Page(url.to_owned());
        }
        let first = url.split(['/', '?', '#']).next().unwrap_or("");
        if let Some((scheme, _)) = first.split_once(':') {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" => Target::Outside,
                "mailto" => Target::Mail,
                _ => Target::Refused("only http, https and mailto addresses are allowed"),
            };
        }
        self.relative(url)
    }

    fn relative(&self, url: &str) -> Target {
        let (path, heading) = url.split_once('#').map_or((url, None), |(path, heading)| (path, Some(heading)));
        let Some(whole) = joined(&self.folder, path) else {
            return Target::Refused("it leads out of the content folder");
        };
        let folder = whole.strip_suffix("/index.md").unwrap_or(&whole);
        if let Some(module) = self.modules.get(folder) {
            let fragment = heading.map(|heading| format!("#{heading}")).unwrap_or_default();
            return Target::Module {
                href: format!("/courses/{}/{module}{fragment}", self.course),
                folder: folder.to_owned(),
                heading: heading.map(str::to_owned),
            };
        }
        match whole.strip_prefix(&format!("{}/assets/", self.course)) {
            Some(rest) if !self.course.is_empty() => {
                Target::Asset { href: format!("/courses/{}/assets/{rest}", self.course), path: whole.clone() }
            }
            _ => Target::Refused("there is no such module or asset in this course"),
        }
    }
}

/// A relative path against a folder, `.` and `..` worked out; nothing when it leads above the root.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
