//! A small reader of SQL's words: enough to count statements, find words, and see how a statement would unfold.

use super::trouble::Trouble;
use std::collections::BTreeMap;

/// How many selections a statement may unfold into when its named parts are put in their places.
pub const MOST_SELECTIONS: usize = 200;

/// What a piece of a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A keyword or a bare name.
    Word,
    /// A name in quotes.
    Quoted,
    /// A text in single quotes.
    Text,
    /// A number or a blob.
    Literal,
    /// Anything else that counts.
    Mark,
}

/// A piece of a statement that is neither white space nor comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// As it was written.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub at: usize,
}

impl Token<'_> {
    /// Whether this is the word, whatever its case.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        self.kind != Kind::Text && self.kind != Kind::Quoted && self.text.eq_ignore_ascii_case(word)
    }

    /// The name that it stands for, without quotes, in lower case.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        match self.kind {
            Kind::Word => Some(self.text.to_ascii_lowercase()),
            Kind::Quoted => {
                let inner = self.text.get(1..self.text.len().saturating_sub(1))?;
                Some(inner.replace("\"\"", "\"").replace("``", "`").to_ascii_lowercase())
            }
            _ => None,
        }
    }
}

/// The pieces of a statement; comments and white space are left out. Never fails: a text that does not end, ends.
#[must_use]
pub fn tokens(sql: &str) -> Vec<Token<'_>> {
    let bytes = sql.as_bytes();
    let get = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let byte = get(at);
        let kind = match byte {
            b if b.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            // A mark of byte order, which some editors put before a text: white space to SQLite, too.
            0xef if get(at + 1) == 0xbb && get(at + 2) == 0xbf => {
                at += 3;
                continue;
            }
            b'-' if get(at + 1) == b'-' => {
                while at < bytes.len() && get(at) != b'\n' {
                    at += 1;
                }
                continue;
            }
            b'/' if get(at + 1) == b'*' => {
                let rest = sql.get(at + 2..).unwrap_or("");
                at = rest.find("*/").map_or(bytes.len(), |end| at + 2 + end + 2);
                continue;
            }
            b'x' | b'X' if get(at + 1) == b'\'' => {
                at = closed(bytes, at + 1, b'\'');
                Kind::Literal
            }
            b'\'' => {
                at = closed(bytes, at, b'\'');
                Kind::Text
            }
            b'"' | b'`' => {
                at = closed(bytes, at, byte);
                Kind::Quoted
            }
            b'[' => {
                at = closed(bytes, at, b']');
                Kind::Quoted
            }
            b if b.is_ascii_digit() || (b == b'.' && get(at + 1).is_ascii_digit()) => {
                while get(at).is_ascii_alphanumeric() || matches!(get(at), b'.' | b'_') {
                    let exponent = matches!(get(at), b'e' | b'E') && matches!(get(at + 1), b'+' | b'-');
                    at += if exponent { 2 } else { 1 };
                }
                Kind::Literal
            }
            b if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => {
                while get(at).is_ascii_alphanumeric() || matches!(get(at), b'_' | b'$') || get(at) >= 0x80 {
                    at += 1;
                }
                Kind::Word
            }
            _ => {
                at += 1;
                Kind::Mark
            }
        };
        if let Some(text) = sql.get(start..at) {
            found.push(Token { kind, text, at: start });
        }
    }
    found
}

/// The end of a quoted piece that begins at `from`; a doubled quote does not end it.
fn closed(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if *byte == quote {
            if quote != b']' && bytes.get(at) == Some(&quote) {
                at += 1;
            } else {
                return at;
            }
        }
    }
    bytes.len()
}

/// Whether the words of `phrase` stand next to each other; comments and texts do not count.
#[must_use]
pub fn says(statement: &[Token<'_>], phrase: &str) -> bool {
    let wanted = tokens(phrase);
    let same = |(have, want): (&Token<'_>, &Token<'_>)| have.is(want.text);
    !wanted.is_empty() && statement.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(same))
}

/// What can be said of a statement before any engine sees it: one statement, a question, and not one that unfolds
/// without end.
///
/// # Errors
/// What is wrong with it.
pub fn survey(sql: &str) -> Result<Vec<Token<'_>>, Trouble> {
    if sql.contains('\0') {
        return Err(Trouble::NotAQuestion);
    }
    let mut all = tokens(sql);
    while all.last().is_some_and(|last| last.is(";")) {
        all.pop();
    }
    let Some(first) = all.first() else { return Err(Trouble::Empty) };
    if !["select", "with", "values"].iter().any(|word| first.is(word)) {
        return Err(Trouble::NotAQuestion);
    }
    if all.iter().any(|token| token.is(";")) {
        return Err(Trouble::Several);
    }
    if unfolded(&all) > MOST_SELECTIONS {
        return Err(Trouble::Complex);
    }
    Ok(all)
}

/// How many selections a statement holds once every named part is put in where it is used: the engine copies a named
/// part for each use, so a chain of parts that each use the one before twice doubles with every link.
fn unfolded(all: &[Token<'_>]) -> usize {
    // Every `name [(columns)] AS [NOT] [MATERIALIZED] ( … )`, with the piece of the statement that it holds.
    let mut parts: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, token) in all.iter().enumerate() {
        if !token.is("as") {
            continue;
        }
        let Some(open) = (at + 1..(at + 4).min(all.len())).find(|i| all.get(*i).is_some_and(|t| t.is("("))) else {
            continue;
        };
        let begins = |word| all.get(open + 1).is_some_and(|t: &Token<'_>| t.is(word));
        if !(begins("select") || begins("with") || begins("values")) {
            continue;
        }
        let mut name = at.checked_sub(1);
        if name.and_then(|i| all.get(i)).is_some_and(|t| t.is(")")) {
            name =
                all.get(..at).and_then(|before| before.iter().rposition(|t| t.is("("))).and_then(|i| i.checked_sub(1));
        }
        let Some(name) = name.and_then(|i| all.get(i)).and_then(Token::name) else { continue };
        parts.entry(name).or_default().push((open + 1, shut(all, open)));
    }
    let mut unfold = Unfold { all, parts, known: BTreeMap::new(), open: Vec::new() };
    let inner: Vec<(usize, usize)> = unfold.parts.values().flatten().copied().collect();
    unfold.weigh(0, all.len(), &inner)
}

/// Where the bracket that opens at `open` shuts.
fn shut(all: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in all.iter().enumerate().skip(open) {
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at;
            }
        }
    }
    all.len()
}

struct Unfold<'a> {
    all: &'a [Token<'a>],
    parts: BTreeMap<String, Vec<(usize, usize)>>,
    known: BTreeMap<String, usize>,
    open: Vec<String>,
}

impl Unfold<'_> {
    /// The selections between two places, without those of named parts that are defined there: they count where used.
    fn weigh(&mut self, from: usize, to: usize, inner: &[(usize, usize)]) -> usize {
        let mut sum = 0_usize;
        let mut at = from;
        while at < to {
            if let Some((_, end)) = inner.iter().find(|(begin, _)| *begin == at && at != from) {
                at = *end;
                continue;
            }
            let Some(token) = self.all.get(at) else { break };
            if token.is("select") || token.is("values") {
                sum = sum.saturating_add(1);
            } else if let Some(name) = token.name().filter(|name| self.parts.contains_key(name)) {
                sum = sum.saturating_add(self.part(&name, inner));
            }
            if sum > MOST_SELECTIONS {
                return sum;
            }
            at += 1;
        }
        sum
    }

    fn part(&mut self, name: &str, inner: &[(usize, usize)]) -> usize {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        if self.open.iter().any(|open| open == name) {
            return 1;
        }
        self.open.push(name.to_owned());
        let places = self.parts.get(name).cloned().unwrap_or_default();
        let sum = places.iter().map(|(from, to)| self.weigh(*from, *to, inner)).fold(0_usize, usize::saturating_add);
        self.open.pop();
        self.known.insert(name.to_owned(), sum);
        sum
    }
}
