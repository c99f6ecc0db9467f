//! A question as the readers of other formats found it, before it is made one of ours.

use rust_decimal::Decimal;

/// How a text is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Nobody said: plain text in which HTML may stand.
    Moodle,
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// Text as it is.
    Plain,
}

/// A text and its markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rich {
    /// How it is marked up.
    pub markup: Markup,
    /// The text, its escapes undone.
    pub text: String,
}

impl Rich {
    /// A text with its markup.
    pub fn new(markup: Markup, text: impl Into<String>) -> Self {
        Self { markup, text: text.into() }
    }
    /// Whether nothing is there to read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// An answer to tick, and what it is worth in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// What it says.
    pub text: Rich,
    /// From -100 to 100.
    pub percent: Decimal,
    /// Shown to whoever ticked it.
    pub feedback: Option<Rich>,
}

/// An answer to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What is accepted; `*` stands for anything.
    pub text: String,
    /// From 0 to 100.
    pub percent: Decimal,
    /// Shown to whoever typed it.
    pub feedback: Option<Rich>,
}

/// A right or partly right number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The smallest and the largest, or none for any other number.
    pub span: Option<Span>,
    /// From 0 to 100.
    pub percent: Decimal,
    /// Shown to whoever gave it.
    pub feedback: Option<Rich>,
}

/// How a right number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A value and how far off is still right.
    Near(Decimal, Decimal),
    /// From one number to another.
    Between(Decimal, Decimal),
}

/// A gap of a cloze text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// One of several.
    Pick(Vec<Tick>),
    /// Typed; whether case counts.
    Type(Vec<Typed>, bool),
    /// A number.
    Count(Vec<Number>),
}

/// A part of a cloze text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A gap, and its weight.
    Gap(Gap, u32),
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Answers to tick.
    Pick {
        /// The answers.
        ticks: Vec<Tick>,
        /// Whether only one may be ticked.
        one: bool,
        /// Whether only the whole set counts.
        all: bool,
    },
    /// A statement to judge.
    Judge {
        /// Whether it is true.
        answer: bool,
        /// Shown to whoever says true.
        on_true: Option<Rich>,
        /// Shown to whoever says false.
        on_false: Option<Rich>,
    },
    /// Words to type.
    Type {
        /// What is accepted.
        answers: Vec<Typed>,
        /// Whether case counts.
        case: bool,
    },
    /// A number to type.
    Count {
        /// What is right.
        answers: Vec<Number>,
        /// Its unit.
        unit: Option<String>,
    },
    /// Things to pair.
    Match {
        /// Left and right.
        pairs: Vec<(Rich, Rich)>,
        /// Right sides that belong to nothing.
        extra: Vec<Rich>,
    },
    /// Things to put in order.
    Order {
        /// In the right order.
        items: Vec<Rich>,
        /// Whether only the whole order counts.
        exact: bool,
    },
    /// A text with gaps, in place of the question's own.
    Cloze(Vec<Piece>),
    /// A text to write.
    Essay {
        /// What a grader looks for.
        rubric: Option<Rich>,
    },
}

/// A file that came inside the question's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name there.
    pub name: String,
    /// Its bytes in base64.
    pub base64: String,
}

/// A question as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The byte of the file at which it begins.
    pub at: usize,
    /// Its name.
    pub title: Option<String>,
    /// Its id, where the file gives one.
    pub id: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What is asked.
    pub ask: Rich,
    /// Shown to everybody afterwards.
    pub feedback: Option<Rich>,
    /// What it is worth.
    pub points: Option<Decimal>,
    /// Whether answers may stand in any order.
    pub shuffle: bool,
    /// What is answered.
    pub body: Body,
    /// What was assumed or lost in reading it.
    pub notes: Vec<String>,
    /// Files that it shows.
    pub files: Vec<Attachment>,
}

impl Draft {
    /// A question with nothing around it.
    #[must_use]
    pub fn new(at: usize, ask: Rich, body: Body) -> Self {
        Self {
            at,
            title: None,
            id: None,
            tags: Vec::new(),
            ask,
            feedback: None,
            points: None,
            shuffle: true,
            body,
            notes: Vec::new(),
            files: Vec::new(),
        }
    }
}

/// What a reader found, in the file's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A question.
    Question(Box<Draft>),
    /// Something that cannot become one.
    LeftOut {
        /// The byte at which the trouble is.
        at: usize,
        /// Its name, where it has one.
        title: Option<String>,
        /// What it would have been.
        kind: String,
        /// Why not.
        why: String,
        /// Whether that is a loss; a text without a question is none.
        loss: bool,
    },
    /// The questions from here on belong to this category.
    Category {
        /// Where it is named.
        at: usize,
        /// From the outside in.
        path: Vec<String>,
    },
    /// Something about the file.
    Note {
        /// Where.
        at: usize,
        /// What.
        words: String,
    },
}

/// Splits a category such as `$course$/top/A/B` at its slashes (two of them are one in a name) and drops what is no name.
#[must_use]
pub fn category(text: &str) -> Vec<String> {
    const JOINT: char = '\u{0}';
    let joined = text.replace(JOINT, "").replace("//", "\u{0}");
    let one_line = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut path: Vec<String> = joined.split('/').map(|part| one_line(&part.replace(JOINT, "/"))).collect();
    path.retain(|part| !part.is_empty());
    if path.first().is_some_and(|part| part.len() > 1 && part.starts_with('$') && part.ends_with('$')) {
        path.remove(0);
    }
    if path.first().is_some_and(|part| part == "top") {
        path.remove(0);
    }
    path
}

/// The way back: the path of a category below the top one.
///
/// # Errors
/// Slashes at the ends of its names make it another one; the names joined by dashes are given back.
pub fn category_path(names: &[String]) -> Result<String, String> {
    let parts = names.iter().map(|name| format!("/{}", name.replace('/', "//")));
    let path = format!("$course$/top{}", parts.collect::<String>());
    if category(&path) == names { Ok(path) } else { Err(names.join(" - ").replace('/', "-")) }
}

/// A number as people write it: also with a comma. The second part says whether it was read with some goodwill.
#[must_use]
pub fn number(text: &str) -> Option<(Decimal, bool)> {
    let text = text.trim();
    let plain = !text.is_empty()
        && text.len() <= 40
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b',' | b'e' | b'E'));
    if !plain {
        return None;
    }
    let pointed = if text.contains('.') { text.to_owned() } else { text.replacen(',', ".", 1) };
    let pointed = pointed.strip_suffix('.').unwrap_or(&pointed);
    let found = if pointed.contains(['e', 'E']) {
        Decimal::from_scientific(pointed).ok()
    } else {
        Decimal::from_str_exact(pointed).ok()
    };
    found.map(|found| (found.normalize(), text.contains(',')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_and_numbers_are_read_as_people_write_them() {
        assert_eq!(category("$course$/top/A \"x\"/TCP//IP/ "), ["A \"x\"", "TCP/IP"]);
        assert_eq!(category("top"), Vec::<String>::new());
        for names in [vec![], vec!["A \"x\"", "TCP/IP"], vec!["top", "$x$"]] {
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            assert_eq!(category(&category_path(&names).unwrap()), names);
        }
        assert_eq!(category_path(&["A".to_owned(), "/b".to_owned()]), Err("A - -b".to_owned()));
        assert_eq!(number("3,5").unwrap(), (Decimal::new(35, 1), true));
        assert_eq!(number(" -1e-2 ").unwrap().0, Decimal::new(-1, 2));
        assert!(number("1,2,3").is_none() && number("x").is_none() && number("").is_none());
    }
}
