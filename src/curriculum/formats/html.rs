//! HTML to Markdown that shows the same: a few dozen tags, no scripts, every loss noted. One pass, no tree.

use super::{assets::Shelf, literal};
use std::collections::BTreeSet;

mod parts;
mod tags;
mod tokens;

use parts::Grid;
use tags::Kind;
use tokens::Token;

/// How deep lists and quotes may nest before they go on flat.
const DEEPEST: usize = 6;

/// What the conversion lost or changed.
pub type Notes = BTreeSet<String>;

/// Whether a text whose markup nobody declared is HTML: it has tags, all of them known and in pairs.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    tokens::balanced(text)
}

/// A text with its entities decoded; what is none stays.
#[must_use]
pub fn decoded(text: &str) -> String {
    tokens::decode(text)
}

/// Converts. `inline` gives one line without blocks; `guessed` takes what stands in `<pre>` as it is.
pub fn to_markdown(html: &str, inline: bool, guessed: bool, shelf: &mut Shelf, notes: &mut Notes) -> String {
    let mut writer = Writer {
        out: String::with_capacity(html.len()),
        due: 0,
        hard: false,
        space: false,
        prefix: Vec::new(),
        flat: 0,
        lists: Vec::new(),
        item: None,
        marks: Vec::new(),
        unmarked: 0,
        link: None,
        unlinked: 0,
        script: None,
        table: None,
        inline,
        shelf,
        notes,
    };
    for token in tokens::tokens(html, guessed) {
        writer.token(token);
    }
    writer.finish()
}

/// What an inline tag opened.
#[derive(Clone, Debug)]
struct Mark {
    sign: &'static str,
    /// Whether it stands in the output: it does once something comes behind it.
    written: bool,
}

struct Writer<'n> {
    out: String,
    /// How many line ends are due before the next words: 0 to 2.
    due: usize,
    /// A hard line break is due.
    hard: bool,
    /// White space is due.
    space: bool,
    /// What begins every line: quotes and the indent of lists.
    prefix: Vec<&'static str>,
    /// How many lists and quotes go on flat.
    flat: usize,
    /// For each open list: the next number, or none.
    lists: Vec<Option<usize>>,
    /// The list mark that is due, and how much of the indent it takes the place of.
    item: Option<(String, usize)>,
    marks: Vec<Mark>,
    /// Marks inside too many others, which are not written.
    unmarked: usize,
    /// The address of the open link, and where its words begin.
    link: Option<(String, usize)>,
    /// Links that are only text.
    unlinked: usize,
    /// Inside raised (true) or lowered text.
    script: Option<bool>,
    table: Option<Grid>,
    inline: bool,
    shelf: &'n mut Shelf,
    notes: &'n mut Notes,
}

impl Writer<'_> {
    fn note(&mut self, words: &str) {
        if self.notes.len() < 40 {
            self.notes.insert(words.to_owned());
        }
    }

    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.text(&text),
            Token::Code(text) => {
                let code = literal::code(&text);
                self.raw(&code);
            }
            Token::Block(text) if self.inline || self.table.is_some() => {
                if text.trim().contains('\n') {
                    self.note("code over several lines became one line");
                }
                let code = literal::code(&text);
                self.space = true;
                self.raw(&code);
            }
            Token::Block(text) => {
                self.due = 2;
                let block = literal::block(&text);
                for (at, line) in block.split('\n').enumerate() {
                    self.due = self.due.max(usize::from(at > 0));
                    if line.is_empty() {
                        self.lines();
                    } else {
                        self.raw(line);
                    }
                }
                self.due = 2;
            }
            Token::Dropped(name) => self.note(&format!("`<{name}>` was left out")),
            Token::Odd(text) => {
                self.note(&format!("`{}` was taken as text", text.chars().take(40).collect::<String>()));
                self.text(&text);
            }
            Token::Open(kind, attributes) => self.open(kind, &attributes),
            Token::Close(kind) => self.close(kind),
        }
    }

    /// Ends lines and begins the next one with its prefix.
    fn lines(&mut self) {
        if self.out.is_empty() {
            self.due = 0;
        }
        for _ in 0..self.due {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push('\n');
            self.out.extend(self.prefix.iter().copied());
        }
        if let Some((item, indent)) = self.item.take() {
            // The mark of an item takes the place of its own indent.
            let keep = self.out.len().saturating_sub(if self.due > 0 { indent } else { 0 });
            self.out.truncate(keep);
            self.out.push_str(&item);
        }
        if self.due > 0 {
            self.space = false;
            self.hard = false;
        }
        self.due = 0;
    }

    /// Writes Markdown as it is.
    fn raw(&mut self, markdown: &str) {
        if markdown.is_empty() {
            return;
        }
        let fresh = self.out.is_empty() || self.due > 0 || self.item.is_some();
        self.lines();
        if self.hard && !fresh {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push_str("\\\n");
            self.out.extend(self.prefix.iter().copied());
        } else if self.space && !fresh && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        (self.space, self.hard) = (false, false);
        for mark in self.marks.iter_mut().filter(|mark| !mark.written) {
            mark.written = true;
            self.out.push_str(mark.sign);
        }
        self.out.push_str(markdown);
    }

    fn text(&mut self, text: &str) {
        let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(raised) = self.script {
            words = tags::script(&words, raised);
        }
        if words.is_empty() {
            self.space |= !text.is_empty();
            return;
        }
        self.space |= text.starts_with(char::is_whitespace);
        let start = self.out.is_empty() || self.due > 0 || self.item.is_some() || self.hard;
        let mut escaped = String::with_capacity(words.len() + 8);
        literal::words(&words, start && self.marks.is_empty(), &mut escaped);
        if self.table.is_some() {
            escaped = escaped.replace('|', "\\|");
        }
        if self.link.is_some() {
            escaped = escaped.replace("\\[", "[").replace("\\]", "]").replace('[', "\\[").replace(']', "\\]");
        }
        self.raw(&escaped);
        self.space = text.ends_with(char::is_whitespace);
    }

    fn block(&mut self, lines: usize) {
        if self.inline || self.table.is_some() {
            self.space = true;
            return;
        }
        if self.item.is_some() {
            return;
        }
        // Emphasis does not reach over blocks: it ends here and begins anew.
        for mark in self.marks.iter_mut().rev().filter(|mark| mark.written) {
            mark.written = false;
            self.out.push_str(mark.sign);
        }
        self.due = self.due.max(lines);
        self.hard = false;
    }

    /// Begins a list item or a quote: every line of it is indented.
    fn indent(&mut self, mark: String, indent: &'static str) {
        let (before, width) = self.item.take().unwrap_or_default();
        if self.prefix.len() < DEEPEST {
            self.prefix.push(indent);
            self.item = Some((before + &mark, width + indent.len()));
        } else {
            self.flat += 1;
            self.item = Some((before + &mark, width)).filter(|(item, _)| item.len() < 100);
        }
    }

    fn open(&mut self, kind: Kind, attributes: &tokens::Attributes<'_>) {
        if attributes.styled {
            self.note("colours and other styles were left out");
        }
        match kind {
            Kind::Inline(sign) => {
                if self.marks.len() >= DEEPEST {
                    self.unmarked += 1;
                    return;
                }
                // One in another of its kind changes nothing.
                let sign = if self.marks.iter().any(|mark| mark.sign == sign) { "" } else { sign };
                self.marks.push(Mark { sign, written: false });
            }
            Kind::Paragraph => self.block(2),
            Kind::Line => self.block(1),
            Kind::Heading => {
                self.block(2);
                if !self.inline && self.table.is_none() {
                    self.raw("### ");
                }
            }
            Kind::Break => {
                self.hard |= !self.inline && self.table.is_none() && !self.out.is_empty();
                self.space = true;
            }
            Kind::Rule => {
                self.block(2);
                if !self.inline && self.table.is_none() {
                    self.raw("---");
                }
                self.block(2);
            }
            Kind::Quote => {
                self.block(2);
                if !self.inline && self.table.is_none() {
                    self.indent("> ".to_owned(), "> ");
                }
            }
            Kind::List(numbered) => {
                self.block(if self.lists.is_empty() { 2 } else { 1 });
                self.lists.push(numbered.then_some(1));
            }
            Kind::Item => self.list_item(),
            Kind::Sub => self.script = Some(false),
            Kind::Super => self.script = Some(true),
            Kind::Link => {
                let href = attributes.address.trim();
                let fine = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| href.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
                    && !href.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()\\".contains(c));
                if !fine && !href.is_empty() {
                    self.note("a link that leads nowhere from here became text");
                }
                if fine && self.link.is_none() {
                    self.raw("[");
                    self.link = Some((href.to_owned(), self.out.len()));
                } else {
                    self.unlinked += 1;
                }
            }
            Kind::Image => self.image(attributes),
            Kind::Table => {
                if self.table.is_none() && !self.inline {
                    self.block(2);
                    self.table = Some(Grid::default());
                } else {
                    self.space = true;
                }
            }
            Kind::Row => {
                self.end_cell();
                match &mut self.table {
                    Some(grid) => grid.rows.push(Vec::new()),
                    None => self.block(1),
                }
            }
            Kind::Cell => {
                self.end_cell();
                self.space = true;
                if let Some(grid) = &mut self.table {
                    grid.aside = Some((std::mem::take(&mut self.out), self.due));
                    self.due = 0;
                    self.space = false;
                }
            }
            Kind::Ignored => {}
        }
    }

    fn list_item(&mut self) {
        self.block(1);
        if self.inline || self.table.is_some() {
            return;
        }
        let number = self.lists.last_mut().and_then(Option::as_mut);
        let (mark, indent) = match number {
            Some(number) => {
                *number += 1;
                (format!("{}. ", *number - 1), "    ")
            }
            None => ("- ".to_owned(), "  "),
        };
        self.indent(format!("{mark:<width$}", width = indent.len()), indent);
    }

    fn close(&mut self, kind: Kind) {
        match kind {
            Kind::Inline(_) => {
                if self.unmarked > 0 {
                    self.unmarked -= 1;
                } else if let Some(mark) = self.marks.pop().filter(|mark| mark.written) {
                    self.out.push_str(mark.sign);
                }
            }
            Kind::Paragraph | Kind::Heading => self.block(2),
            Kind::Line => self.block(1),
            Kind::Quote | Kind::Item => {
                self.item = None;
                if self.inline || self.table.is_some() {
                } else if self.flat > 0 {
                    self.flat -= 1;
                } else {
                    self.prefix.pop();
                }
                self.block(if matches!(kind, Kind::Quote) { 2 } else { 1 });
            }
            Kind::List(_) => {
                self.lists.pop();
                self.block(if self.lists.is_empty() { 2 } else { 1 });
            }
            Kind::Sub | Kind::Super => self.script = None,
            Kind::Link => {
                if self.unlinked > 0 {
                    self.unlinked -= 1;
                } else {
                    self.end_link();
                }
            }
            Kind::Cell => self.end_cell(),
            Kind::Table => self.end_table(),
            Kind::Row | Kind::Break | Kind::Rule | Kind::Image | Kind::Ignored => {}
        }
    }

    fn finish(mut self) -> String {
        self.end_table();
        self.end_link();
        self.unmarked = 0;
        while !self.marks.is_empty() {
            self.close(Kind::Inline(""));
        }
        self.out.truncate(self.out.trim_end().len());
        self.out.trim_start_matches('\n').to_owned()
    }
}

#[cfg(test)]
mod tests;
