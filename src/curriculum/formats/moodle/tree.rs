//! The questions of a Moodle XML file as small trees: read within bounds, without DTD and without entities of its own.

use crate::curriculum::formats::{effort, text::Text};
use quick_xml::{Reader, events::Event};

/// The deepest that elements of a question may nest.
const DEEPEST: usize = 32;
/// The most attributes of an element that are looked at.
const MOST_ATTRIBUTES: usize = 16;
/// How many times the file's length may be read again behind broken questions.
const PATIENCE: usize = 8;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) at: usize,
    attributes: Vec<(String, String)>,
    /// Its own text, without that of its children.
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }
    /// The trimmed text of a child, or of the `text` in it.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        let child = self.child(name)?;
        let text = child.child("text").map_or(child.text.as_str(), |text| text.text.as_str());
        Some(text.trim()).filter(|text| !text.is_empty())
    }
}

/// What the file holds.
pub(crate) enum Item {
    /// A `question` element, and what had to be assumed in it.
    Question(Node, Vec<String>),
    /// A question that is not XML: where it begins, where the trouble is, what it is.
    Broken(usize, String),
    /// Something else.
    Note(usize, String),
    /// Nothing behind this is read.
    Stop(usize, String),
}

/// Reads every question.
pub(crate) fn read(text: &Text) -> Vec<Item> {
    let whole = text.as_str();
    effort::spend(whole.len());
    let mut items = Vec::new();
    let mut from = 0;
    let mut spent = 0;
    loop {
        match run(whole, from, &mut items) {
            Pass::End => return items,
            Pass::Again { from: next, seen } => {
                spent += seen.saturating_sub(from);
                effort::spend(seen.saturating_sub(from));
                if spent > whole.len().saturating_mul(PATIENCE) {
                    let why = "too much of this file is broken; the rest of it is not read".to_owned();
                    items.push(Item::Stop(next, why));
                    return items;
                }
                from = next;
            }
        }
    }
}

enum Pass {
    End,
    /// Read again from here; the last pass saw everything up to there.
    Again {
        from: usize,
        seen: usize,
    },
}

/// Reads until the end, or until something is broken.
fn run(whole: &str, base: usize, items: &mut Vec<Item>) -> Pass {
    let mut reader = Reader::from_str(whole.get(base..).unwrap_or(""));
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    config.allow_unmatched_ends = base > 0;
    let mut stack: Vec<Node> = Vec::new();
    let mut notes: Vec<String> = Vec::new();
    let here = |position: u64| base + usize::try_from(position).unwrap_or(0);
    // Behind a broken question: where to go on.
    let again = |start: usize, seen: usize| match whole.get(start..).and_then(|rest| rest.find("<question")) {
        Some(next) => {
            effort::spend(next);
            Pass::Again { from: start + next, seen }
        }
        None => Pass::End,
    };
    let mut outside = 0_usize;
    loop {
        let at = here(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let seen = here(reader.buffer_position().max(reader.error_position()));
                let place = here(reader.error_position());
                let why = format!("this is not XML: {error}");
                if let Some(question) = stack.first() {
                    items.push(Item::Broken(place, why));
                    return again(question.at + 1, seen);
                }
                items.push(Item::Note(place, why));
                return again(place.max(at) + 1, seen);
            }
        };
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                if start.attributes_raw().contains('<') {
                    let why = "this is not XML: a tag begins inside another".to_owned();
                    let seen = here(reader.buffer_position());
                    if let Some(question) = stack.first() {
                        items.push(Item::Broken(at, why));
                        return again(question.at + 1, seen);
                    }
                    items.push(if name == "question" { Item::Broken(at, why) } else { Item::Note(at, why) });
                    return again(at + 1, seen);
                }
                if name == "question" && !stack.is_empty() {
                    let why = "the next question begins before this one ends".to_owned();
                    items.push(Item::Broken(stack.first().map_or(at, |node| node.at), why));
                    return Pass::Again { from: at, seen: at };
                }
                if stack.is_empty() && name != "question" {
                    if name != "quiz" {
                        outside += 1;
                        if outside == 1 {
                            items.push(Item::Note(at, format!("`<{}>` is no question and was skipped", short(&name))));
                        }
                    }
                    continue;
                }
                if stack.len() >= DEEPEST {
                    let why = format!("elements nest more than {DEEPEST} deep");
                    items.push(Item::Broken(at, why));
                    return again(stack.first().map_or(at, |node| node.at) + 1, at);
                }
                let mut read = start.attributes();
                let read = read.with_checks(false).take(MOST_ATTRIBUTES).filter_map(Result::ok);
                let attributes = read.map(|attribute| {
                    let raw = attribute.value.as_ref();
                    let value =
                        quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned);
                    (attribute.key.as_ref().to_owned(), value)
                });
                stack.push(Node { name, at, attributes: attributes.collect(), ..Node::default() });
            }
            Event::End(_) => {
                let Some(node) = stack.pop() else { continue };
                match stack.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => items.push(Item::Question(node, std::mem::take(&mut notes))),
                }
            }
            Event::Text(text) => {
                if let Some(node) = stack.last_mut() {
                    node.text.push_str(&text.into_inner());
                }
            }
            Event::CData(text) => {
                if let Some(node) = stack.last_mut() {
                    node.text.push_str(&text.into_inner());
                }
            }
            Event::GeneralRef(name) => {
                let Some(node) = stack.last_mut() else { continue };
                let found = match name.as_ref() {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => name.resolve_char_ref().ok().flatten(),
                };
                if let Some(c) = found {
                    node.text.push(c);
                } else {
                    let name = name.into_inner();
                    node.text.push_str(&format!("&{name};"));
                    let note = format!("`&{};` is not known in XML and was taken as text", short(&name));
                    if notes.len() < 20 && !notes.contains(&note) {
                        notes.push(note);
                    }
                }
            }
            Event::DocType(_) if stack.is_empty() => {
                let why = "a document type (`<!DOCTYPE`) is refused: it could define entities; remove that line";
                items.push(Item::Stop(at, why.to_owned()));
                return Pass::End;
            }
            Event::DocType(_) => {
                items.push(Item::Broken(at, "a document type inside a question".to_owned()));
                return again(stack.first().map_or(at, |node| node.at) + 1, at);
            }
            Event::Eof => {
                let Some(question) = stack.first() else { return Pass::End };
                items.push(Item::Broken(question.at, "the file ends before this question does".to_owned()));
                return again(question.at + 1, at);
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_) => {}
        }
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
