//! Pictures in Markdown: which there are, and other addresses or words in their place.

use super::{effort, entry::Entry};
use crate::curriculum::{formats::entry::Body, render};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};

/// The pictures of a bank by their addresses in its texts.
pub type Pictures = BTreeMap<String, Vec<u8>>;

/// What becomes of a picture in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stays as it is.
    None,
    /// It stands elsewhere.
    Address(String),
    /// Its description takes its place, in brackets.
    Words,
}

/// A picture in a text: where, its description as it was written, its address.
struct Found {
    range: std::ops::Range<usize>,
    words: String,
    address: String,
}

fn found(markdown: &str) -> Vec<Found> {
    if !markdown.contains("![") {
        return Vec::new();
    }
    effort::spend(markdown.len());
    let mut all: Vec<Found> = Vec::new();
    let (mut depth, mut inner) = (0_u32, 0..0);
    for (event, range) in Parser::new_ext(markdown, render::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                depth += 1;
                if depth == 1 {
                    inner = range.start + 2..range.start + 2;
                    all.push(Found { range, words: String::new(), address: dest_url.into_string() });
                }
            }
            Event::End(TagEnd::Image) => {
                depth = depth.saturating_sub(1);
                if let Some(last) = all.last_mut().filter(|_| depth == 0) {
                    last.words = markdown.get(inner.clone()).unwrap_or("").to_owned();
                }
            }
            _ if depth > 0 => inner.end = inner.end.max(range.end),
            _ => {}
        }
    }
    all
}

/// A text in which each picture became what is said of its address.
pub fn rewritten(markdown: &str, mut change: impl FnMut(&str) -> Change) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut from = 0;
    for Found { range, words, address } in found(markdown) {
        out.push_str(markdown.get(from..range.start).unwrap_or(""));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match change(&address) {
            Change::None => out.push_str(markdown.get(range.clone()).unwrap_or("")),
            Change::Address(to) => out.push_str(&format!("![{words}]({to})")),
            Change::Words if words.is_empty() => out.push_str("(picture)"),
            Change::Words => out.push_str(&format!("({words})")),
        }
        from = range.end;
    }
    out.push_str(markdown.get(from..).unwrap_or(""));
    out
}

/// Every text of a question that may show pictures.
fn texts(entry: &mut Entry) -> Vec<&mut String> {
    let mut texts: Vec<&mut String> = vec![&mut entry.ask];
    texts.extend(&mut entry.why);
    match &mut entry.body {
        Body::Single(options) | Body::Multi(options, _) => {
            for option in options {
                texts.push(&mut option.text);
                texts.extend(&mut option.why);
            }
        }
        Body::Match(pairs, extra) => {
            texts.extend(pairs.iter_mut().flat_map(|(left, right)| [left, right]).chain(extra));
        }
        Body::Order(items, _) | Body::FreeText(items) => texts.extend(items),
        Body::TrueFalse(_) | Body::Numeric(..) | Body::Short(_) | Body::Cloze(_) => {}
    }
    texts
}

/// The addresses of all pictures of a question that stand in files beside the bank.
#[must_use]
pub fn addresses(entry: &Entry) -> BTreeSet<String> {
    let mut entry = entry.clone();
    let all = texts(&mut entry).into_iter().flat_map(|text| found(text)).map(|found| found.address);
    all.filter(|address| is_file(address)).collect()
}

/// A question with a description in the place of every picture that stands in a file.
#[must_use]
pub fn described(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    for text in texts(&mut entry) {
        *text = rewritten(text, |address| if is_file(address) { Change::Words } else { Change::None });
    }
    entry
}

/// Whether an address names a file beside the bank, and not a place on the web.
#[must_use]
pub fn is_file(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or("").contains(':');
    !address.is_empty() && !scheme && !address.starts_with(['/', '#', '?'])
}

/// An address as Markdown takes it: what would end it is written in hexadecimal digits.
#[must_use]
pub fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The way back.
#[must_use]
pub fn unescaped(address: &str) -> String {
    super::assets::decoded(address.split(['?', '#']).next().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_found_and_replaced_where_they_are_pictures() {
        let text = "See ![a *map*](../assets/a.png \"t\") and `![no](b.png)`, [![in](c.png)](https://x.example) \\![not](d.png)\n\n![][r]\n\n[r]: e.png\n";
        let mut seen = Vec::new();
        let out = rewritten(text, |address| {
            seen.push(address.to_owned());
            match address {
                "c.png" => Change::Words,
                "e.png" => Change::None,
                other => Change::Address(format!("x/{other}")),
            }
        });
        assert_eq!(seen, ["../assets/a.png", "c.png", "e.png"]);
        assert_eq!(
            out,
            "See ![a *map*](x/../assets/a.png) and `![no](b.png)`, [(in)](https://x.example) \\![not](d.png)\n\n![][r]\n\n[r]: e.png\n"
        );
        assert!(is_file("../assets/a.png") && is_file("a b.png"));
        assert!(!is_file("https://x.example/a.png") && !is_file("data:image/png;base64,AA") && !is_file("/a.png"));
        assert_eq!(escaped("Über uns.png"), "%C3%9Cber%20uns.png");
    }
}
