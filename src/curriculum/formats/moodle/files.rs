//! The pictures of a question on their way into Moodle XML: each stands in the element whose text shows it.

use crate::curriculum::formats::pictures::{Change, Pictures, escaped, is_file, rewritten};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// The pictures of one question.
pub(super) struct Files<'a> {
    pictures: &'a Pictures,
    /// Their names in the question, by their addresses in the bank.
    names: BTreeMap<String, String>,
    /// Addresses at which there is none.
    pub(super) missing: BTreeSet<String>,
}

impl<'a> Files<'a> {
    pub(super) fn new(pictures: &'a Pictures) -> Self {
        Self { pictures, names: BTreeMap::new(), missing: BTreeSet::new() }
    }

    /// A text whose pictures have Moodle's addresses, and the elements that hold them.
    pub(super) fn take(&mut self, markdown: &str) -> (String, String) {
        let mut shown: BTreeMap<String, &'a [u8]> = BTreeMap::new();
        let text = rewritten(markdown, |address| {
            if !is_file(address) {
                return Change::None;
            }
            let Some(bytes) = self.pictures.get(address) else {
                self.missing.insert(address.to_owned());
                return Change::Words;
            };
            let name = self.name(address);
            shown.insert(name.clone(), bytes);
            Change::Address(format!("@@PLUGINFILE@@/{}", escaped(&name)))
        });
        let mut elements = String::new();
        for (name, bytes) in shown {
            let _ = write!(
                elements,
                "<file name=\"{}\" path=\"/\" encoding=\"base64\">{}</file>",
                quick_xml::escape::escape(name.as_str()),
                STANDARD.encode(bytes)
            );
        }
        (text, elements)
    }

    /// The name of a picture: the last part of its address, with a number where another picture has it.
    fn name(&mut self, address: &str) -> String {
        if let Some(name) = self.names.get(address) {
            return name.clone();
        }
        let last = address.rsplit('/').next().unwrap_or(address);
        let (stem, ending) = last.rsplit_once('.').unwrap_or((last, ""));
        let taken = |name: &str| self.names.values().any(|other| other == name);
        let numbered = |n: usize| if n == 1 { last.to_owned() } else { format!("{stem}-{n}.{ending}") };
        let name = (1..).map(numbered).find(|name| !taken(name)).unwrap_or_default();
        self.names.insert(address.to_owned(), name.clone());
        name
    }
}
