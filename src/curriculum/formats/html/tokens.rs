//! HTML cut into words and tags, each character looked at a bounded number of times.

use super::tags::{Class, Kind, class, is_void};
use crate::curriculum::formats::effort::spend;
use std::{borrow::Cow, collections::BTreeSet};

/// The longest name of an entity.
const LONGEST_ENTITY: usize = 32;

/// A piece of HTML.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// Words, entities decoded.
    Text(String),
    /// Code in a line.
    Code(String),
    /// A block of code.
    Block(String),
    /// A tag that went, with what was in it.
    Dropped(&'a str),
    /// Something in angle brackets that HTML does not have.
    Odd(String),
    /// A tag.
    Open(Kind, Attributes<'a>),
    /// Its end.
    Close(Kind),
}

/// The attributes that count.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a> {
    /// `href` or `src`.
    pub(super) address: Cow<'a, str>,
    pub(super) alt: Cow<'a, str>,
    pub(super) styled: bool,
}

/// Cuts; `guessed` takes what stands in `<pre>` as it is.
pub(super) fn tokens(html: &str, guessed: bool) -> impl Iterator<Item = Token<'_>> {
    let mut cutter = Cutter { html, at: 0, guessed, missing: BTreeSet::new() };
    std::iter::from_fn(move || cutter.next())
}

struct Cutter<'a> {
    html: &'a str,
    at: usize,
    guessed: bool,
    /// Ends that do not come any more.
    missing: BTreeSet<&'static str>,
}

impl<'a> Cutter<'a> {
    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or("")
    }

    /// Where a word begins behind here; once it is not there it is never looked for again.
    fn find(&mut self, word: &'static str) -> Option<usize> {
        if self.missing.contains(word) {
            return None;
        }
        let found = find_folded(self.rest(), word);
        if found.is_none() {
            self.missing.insert(word);
        }
        found
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let from = self.at;
        let token = self.cut();
        spend(self.at - from);
        token
    }

    fn cut(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            let words = rest.find('<').unwrap_or(rest.len());
            if words > 0 {
                self.at += words;
                return Some(Token::Text(decode(rest.get(..words).unwrap_or(""))));
            }
            if rest.starts_with("<!--") {
                if let Some(end) = self.find("-->") {
                    self.at += end + 3;
                    continue;
                }
            } else if rest.starts_with("<!") || rest.starts_with("<?") {
                if let Some(end) = self.find(">") {
                    self.at += end + 1;
                    if rest.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype")) {
                        continue;
                    }
                    return Some(Token::Odd(decode(rest.get(..=end).unwrap_or(""))));
                }
            } else if let Some(token) = self.tag(rest) {
                return Some(token);
            }
            // A `<` that begins no tag.
            self.at += 1;
            let more = self.rest();
            let words = more.find('<').unwrap_or(more.len());
            self.at += words;
            return Some(Token::Text(format!("<{}", decode(more.get(..words).unwrap_or("")))));
        }
    }

    fn tag(&mut self, rest: &'a str) -> Option<Token<'a>> {
        let closing = rest.starts_with("</");
        let name_at = if closing { 2 } else { 1 };
        let behind = rest.get(name_at..)?;
        let length = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        let written = behind.get(..length)?;
        if !written.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = self.find(">")?;
        let inside = rest.get(name_at + length..end).unwrap_or("");
        let name = written.get(..written.len().min(20))?.to_ascii_lowercase();
        // `<a:b>` and `<a-b>` are names that HTML does not have.
        let known = if inside.starts_with(['-', ':', '.', '_', '@']) { None } else { class(&name) };
        let Some(known) = known else {
            self.at += end + 1;
            return Some(Token::Odd(decode(rest.get(..=end).unwrap_or(""))));
        };
        self.at += end + 1;
        Some(match known {
            Class::Shown(kind) if closing => Token::Close(kind),
            Class::Shown(kind) => Token::Open(kind, attributes(inside)),
            Class::Bare if closing => Token::Open(Kind::Ignored, Attributes::default()),
            Class::Bare => Token::Dropped(written),
            _ if closing => Token::Open(Kind::Ignored, Attributes::default()),
            Class::Dropped => {
                let rest = self.rest();
                let end = find_folded(rest, &format!("</{name}")).unwrap_or(rest.len());
                self.at += end;
                Token::Dropped(written)
            }
            Class::Block => {
                let end = self.find(closer(&name)).unwrap_or(self.rest().len());
                let inside = self.rest().get(..end).unwrap_or("");
                self.at += end;
                let raw = self.guessed && !inside.contains("&lt;");
                Token::Block(if raw { inside.to_owned() } else { bare(inside) })
            }
            Class::Code => match self.find(closer(&name)) {
                Some(end) => {
                    let inside = self.rest().get(..end).unwrap_or("");
                    self.at += end;
                    Token::Code(bare(inside))
                }
                None => Token::Open(Kind::Ignored, Attributes::default()),
            },
        })
    }
}

fn closer(name: &str) -> &'static str {
    match name {
        "code" => "</code",
        "tt" => "</tt",
        "kbd" => "</kbd",
        "samp" => "</samp",
        "listing" => "</listing",
        "xmp" => "</xmp",
        _ => "</pre",
    }
}

/// The place of a word, whatever its case.
fn find_folded(text: &str, word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(first)) {
        spend(found + 1);
        let at = from + found;
        if text.get(at..at + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word)) {
            return Some(at);
        }
        from = at + first.len_utf8();
    }
    None
}

/// The text of a piece of code: tags out, `<br>` a line end, entities decoded.
fn bare(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let name = rest.get(1..).unwrap_or("").trim_start_matches('/');
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name.get(..length.min(20)).unwrap_or("").to_ascii_lowercase();
        if class(&name).is_none() {
            out.push('<');
            rest = rest.get(1..).unwrap_or("");
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        if name == "br" || name == "p" && rest.starts_with("</") {
            out.push('\n');
        }
        rest = rest.get(end + 1..).unwrap_or("");
    }
    out.push_str(rest);
    decode(&out)
}

fn attributes(inside: &str) -> Attributes<'_> {
    let mut found = Attributes::default();
    let mut rest = inside;
    while let Some(sign) = rest.find('=') {
        let name = rest.get(..sign).unwrap_or("").trim_end();
        let name = name.rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).next().unwrap_or("");
        let behind = rest.get(sign + 1..).unwrap_or("").trim_start();
        let (value, next) = match behind.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let behind = behind.get(1..).unwrap_or("");
                behind.split_once(quote).unwrap_or((behind, ""))
            }
            _ => behind.split_at(behind.find(char::is_whitespace).unwrap_or(behind.len())),
        };
        if name.eq_ignore_ascii_case("href") || name.eq_ignore_ascii_case("src") {
            found.address = Cow::Owned(decode(value));
        } else if name.eq_ignore_ascii_case("alt") {
            found.alt = Cow::Owned(decode(value));
        } else if name.eq_ignore_ascii_case("style") || name.eq_ignore_ascii_case("color") {
            found.styled = true;
        }
        rest = next;
    }
    found
}

/// A text with its entities decoded; what is none stays.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    spend(text.len());
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let length =
            rest.bytes().skip(1).take(LONGEST_ENTITY).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let entity = rest.get(..length + 2).filter(|entity| entity.ends_with(';') && length > 0);
        match entity.and_then(character) {
            Some(found) => {
                out.push_str(&found);
                rest = rest.get(length + 2..).unwrap_or("");
            }
            None => {
                out.push('&');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

/// What an entity such as `&eacute;` stands for. Markdown knows the same ones, and its reader is asked.
fn character(entity: &str) -> Option<String> {
    match entity {
        "&nbsp;" | "&#160;" | "&#xa0;" | "&#xA0;" => return Some("\u{a0}".to_owned()),
        "&lt;" => return Some("<".to_owned()),
        "&gt;" => return Some(">".to_owned()),
        "&amp;" => return Some("&".to_owned()),
        "&quot;" => return Some("\"".to_owned()),
        _ => {}
    }
    let mut found = String::new();
    for event in pulldown_cmark::Parser::new(entity) {
        if let pulldown_cmark::Event::Text(text) = event {
            found.push_str(&text);
        }
    }
    Some(found).filter(|found| found != entity && !found.is_empty())
}

/// Whether every tag is known and has its end, there is at least one tag or entity, and something to read.
pub(super) fn balanced(text: &str) -> bool {
    spend(text.len());
    let mut open: Vec<String> = Vec::new();
    let mut rest = text;
    let (mut tags, mut words) = (0, false);
    while let Some(at) = rest.find('<') {
        words |= !rest.get(..at).unwrap_or("").trim().is_empty();
        rest = rest.get(at + 1..).unwrap_or("");
        let closing = rest.starts_with('/');
        let behind = rest.strip_prefix('/').unwrap_or(rest);
        if let Some(comment) = rest.strip_prefix("!--") {
            let Some(end) = comment.find("-->") else { return false };
            rest = comment.get(end + 3..).unwrap_or("");
            continue;
        }
        let length = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        let name = behind.get(..length.min(20)).unwrap_or("").to_ascii_lowercase();
        if name.is_empty() {
            if rest.starts_with(['!', '?', '/']) {
                return false;
            }
            words = true;
            continue;
        }
        let Some(end) = behind.find('>') else { return false };
        let known = match class(&name) {
            Some(Class::Shown(_) | Class::Code | Class::Block) => true,
            Some(Class::Dropped | Class::Bare) | None => false,
        };
        if !known {
            return false;
        }
        tags += 1;
        words |= name == "img";
        rest = behind.get(end + 1..).unwrap_or("");
        if closing {
            if open.pop().is_none_or(|last| last != name) {
                return false;
            }
        } else if name == "pre" {
            let Some(end) = find_folded(rest, "</pre>") else { return false };
            words |= !rest.get(..end).unwrap_or("").trim().is_empty();
            rest = rest.get(end + 6..).unwrap_or("");
        } else if !is_void(&name) && !behind.get(..end).unwrap_or("").ends_with('/') {
            open.push(name);
        }
    }
    words |= !rest.trim().is_empty();
    words && open.is_empty() && (tags > 0 || decode(text) != text)
}
