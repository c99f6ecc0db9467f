//! GIFT, Moodle's plain-text format: from a file to questions.
//!
//! A question is a paragraph; its answers stand in braces. What real files do beyond that is read where it can mean only
//! one thing, with a note: blank lines inside braces, a question right below the last one, signs that are not escaped.

mod answers;
mod block;
mod escape;
mod write;

pub(crate) use write::percents;
pub use write::write;

use super::{
    effort,
    neutral::{Found, category},
    text::Text,
};

/// A paragraph: its lines joined, and where each came from.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    /// The lines, joined by `\n`.
    pub(crate) text: String,
    /// Where in `text`, and where in the file, each line begins.
    lines: Vec<(usize, usize)>,
    /// How many braces are open.
    open: usize,
    /// Whether a pair of braces was closed.
    answered: bool,
    /// Where in `text` a part begins that a blank line parts from an open brace.
    bridge: Option<usize>,
    notes: Vec<String>,
    id: Option<String>,
    tags: Vec<String>,
}

impl Paragraph {
    /// The byte of the file for a byte of the text.
    pub(crate) fn place(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(inside, _)| *inside <= at).saturating_sub(1);
        self.lines.get(line).map_or(0, |(inside, file)| file + at.saturating_sub(*inside))
    }

    fn note(&mut self, words: &str) {
        if !self.notes.iter().any(|note| note == words) {
            self.notes.push(words.to_owned());
        }
    }

    fn push(&mut self, at: usize, line: &str) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push((self.text.len(), at));
        self.text.push_str(line);
        for (_, c) in escape::bare(line) {
            match c {
                '{' => self.open += 1,
                '}' if self.open > 0 => {
                    self.open -= 1;
                    self.answered |= self.open == 0;
                }
                _ => {}
            }
        }
    }
}

/// Reads a whole file.
#[must_use]
pub fn read(text: &Text) -> Vec<Found> {
    let mut reader = Reader::default();
    let mut at = 0;
    for line in text.as_str().split('\n') {
        reader.line(at, line);
        at += line.len() + 1;
    }
    reader.flush();
    reader.found
}

#[derive(Debug, Default)]
struct Reader {
    found: Vec<Found>,
    now: Paragraph,
    /// What comments said about the next question.
    id: Option<String>,
    tags: Vec<String>,
}

impl Reader {
    fn line(&mut self, at: usize, line: &str) {
        let bare = line.trim_start();
        if bare.is_empty() {
            if self.now.open > 0 {
                self.now.bridge = Some(self.now.text.len());
            } else {
                self.flush();
            }
            return;
        }
        if let Some(comment) = bare.strip_prefix("//") {
            if self.now.lines.is_empty() {
                self.comment(comment);
            } else if self.now.open > 0 {
                self.now.note("a line in the answers that begins with // was taken as a comment");
            }
            return;
        }
        let named = bare.get(..10).is_some_and(|head| head.eq_ignore_ascii_case("$category:"));
        if named {
            self.flush();
            let path = category(bare.get(10..).unwrap_or(""));
            self.found.push(Found::Category { at, path });
            return;
        }
        if bare.starts_with("::") && !self.now.lines.is_empty() && (self.now.answered || self.now.bridge.is_some()) {
            self.flush();
        }
        if let Some(bridge) = self.now.bridge
            && escape::bare(line).map(|(_, c)| c).find(|c| matches!(c, '{' | '}')) == Some('{')
        {
            self.part(bridge);
        }
        self.now.push(at, line);
        if self.now.open == 0 {
            self.now.bridge = None;
        }
    }

    /// The brace before a blank line was never closed: what stands behind the blank line is a question of its own.
    fn part(&mut self, bridge: usize) {
        let tail = self.now.text.get(bridge..).unwrap_or("").to_owned();
        effort::spend(tail.len());
        let first = self.now.lines.partition_point(|(inside, _)| *inside <= bridge);
        let lines = self.now.lines.split_off(first.min(self.now.lines.len()));
        self.now.text.truncate(bridge);
        self.now.bridge = None;
        self.flush();
        for (line, (_, at)) in tail.split('\n').skip(1).zip(lines) {
            self.now.push(at, line);
        }
    }

    fn comment(&mut self, comment: &str) {
        for (key, value) in escape::brackets(comment) {
            match key {
                "id" => self.id = Some(value),
                "tag" if !value.is_empty() => self.tags.push(value),
                _ => {}
            }
        }
    }

    fn flush(&mut self) {
        let mut paragraph = std::mem::take(&mut self.now);
        if paragraph.lines.is_empty() {
            return;
        }
        paragraph.id = self.id.take();
        paragraph.tags = std::mem::take(&mut self.tags);
        self.found.push(block::question(paragraph));
    }
}

#[cfg(test)]
mod tests;
