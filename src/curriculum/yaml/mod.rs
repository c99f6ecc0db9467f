//! YAML with positions: parsed within bounds, without anchors, keeping duplicate keys and what the author typed.

mod probe;
mod value;

pub use value::{Fields, Value};
pub(crate) use value::{listed, short};

use super::report::{Place, Report};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

/// The largest YAML file, in bytes.
const LARGEST: usize = 1024 * 1024;
/// The furthest that a line may be indented; it bounds how deep blocks can nest before anything recursive runs.
const WIDEST_INDENT: usize = 96;
/// The deepest that lists and mappings may nest.
const DEEPEST: usize = 24;
/// How many duplicate keys of one file are reported.
const MOST_DUPLICATES: usize = 20;
/// The first of the private-use characters that stand in a duplicate key while the rest of the file is read.
const MARK: u32 = 0xE000;

/// A node of a YAML document and where it starts.
#[derive(Debug)]
pub struct Node {
    line: usize,
    column: usize,
    data: Data,
}

/// What a node holds.
#[derive(Debug)]
pub(crate) enum Data {
    /// A key without a value, `~` or `null`, as typed.
    Null(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as typed.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the file's order.
    Mapping(Vec<(Node, Node)>),
    /// A node with a tag, which nothing here has.
    Tagged,
}

/// Parses one document. What is wrong with it goes to the report; `first_line` is the line of the file on which `text`
/// begins (1, except for front matter).
pub fn parse(file: &str, text: &str, first_line: usize, report: &mut Report) -> Option<Node> {
    let place = |line: usize, column: usize| Place { file: file.to_owned(), line: line + first_line - 1, column };
    let mut text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    if text.len() > LARGEST {
        report.error(&place(1, 1), "too-large", format!("a YAML file may have at most {} KiB", LARGEST / 1024));
        return None;
    }
    if let Some(line) = breaks(&text).position(|line| indent(line) > WIDEST_INDENT) {
        let message = format!("a line may be indented by at most {WIDEST_INDENT} characters");
        report.error(&place(line + 1, 1), "too-deep", message);
        return None;
    }
    if let Some((line, column)) = probe::anchor(&text) {
        report.error(&place(line, column), "anchor", "anchors and aliases are not read here; write the value out");
        return None;
    }
    let mut documents = load(&mut text, &place, report)?;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    if documents.len() > 1 {
        let line =
            breaks(&text).enumerate().filter(|(at, line)| *at > 0 && line.starts_with("---")).map(|(at, _)| at + 1);
        let message = "a file holds one YAML document; a second one begins here";
        report.error(&place(line.last().unwrap_or(1), 1), "bad-yaml", message);
        return None;
    }
    let document = documents.pop().filter(|document| !matches!(document.data, YamlData::BadValue));
    let Some(document) = document else {
        report.error(&place(1, 1), "empty-file", "there is nothing in this file");
        return None;
    };
    let typed = |index: usize| {
        let rest = starts.get(index).and_then(|at| text.get(*at..)).unwrap_or("");
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("").trim_end_matches(':').to_owned()
    };
    match settle(document, first_line - 1, 0, &typed) {
        Ok(node) => Some(node),
        Err((line, column)) => {
            let message = format!("lists and mappings may nest at most {DEEPEST} deep");
            report.error(&Place { file: file.to_owned(), line, column }, "too-deep", message);
            None
        }
    }
}

/// The lines as YAML counts them.
fn breaks(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// How far into a line a block can begin: white space and the marks that open a block.
fn indent(line: &str) -> usize {
    if line.trim().is_empty() || line.trim_matches('-').trim().is_empty() {
        return 0;
    }
    line.chars().take_while(|c| c.is_whitespace() || matches!(c, '-' | '?' | ':')).count()
}

/// Loads the documents. The loader stops at a duplicate key: each is reported, marked with a character of its own (which
/// moves nothing), and the text is read again, so that one duplicate does not hide what else is wrong.
fn load(
    text: &mut String,
    place: &impl Fn(usize, usize) -> Place,
    report: &mut Report,
) -> Option<Vec<MarkedYaml<'static>>> {
    for round in 0..=MOST_DUPLICATES {
        let error = match MarkedYaml::load_from_iter(text.chars()) {
            Ok(documents) => return Some(documents),
            Err(error) => error,
        };
        let at = error.marker();
        let here = place(at.line(), at.col() + 1);
        if !error.info().contains("duplicated key") {
            report.error(&here, "bad-yaml", explain(error.info()));
            return None;
        }
        let mut index = at.index();
        let char_at = |index: usize| text.chars().nth(index);
        index += usize::from(matches!(char_at(index), Some('"' | '\'')));
        let key: String =
            text.chars().skip(index).take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect();
        report.error(&here, "duplicate-key", format!("the key `{key}` is here twice; only one can count"));
        // Only a plain key of letters is marked; anything else is too odd to read on.
        let mark = u32::try_from(round).ok().and_then(|round| char::from_u32(MARK + round))?;
        let mut chars: Vec<char> = text.chars().collect();
        *chars.get_mut(index).filter(|c| c.is_alphanumeric())? = mark;
        *text = chars.into_iter().collect();
    }
    None
}

/// Whether a key was marked as a duplicate, and reported.
fn is_marked(key: &str) -> bool {
    key.chars().next().is_some_and(|c| (MARK..=MARK + MOST_DUPLICATES as u32).contains(&u32::from(c)))
}

/// Turns the parser's tree into ours: lines of the file, numbers as typed, depth checked.
fn settle(
    node: MarkedYaml<'_>,
    lines: usize,
    depth: usize,
    typed: &impl Fn(usize) -> String,
) -> Result<Node, (usize, usize)> {
    let start = node.span.start;
    let (line, column) = (start.line() + lines, start.col() + 1);
    if depth > DEEPEST {
        return Err((line, column));
    }
    let data = match node.data {
        YamlData::Value(Scalar::Null) => {
            Data::Null(if node.span.is_empty() { String::new() } else { typed(start.index()) })
        }
        YamlData::Value(Scalar::Boolean(value)) => Data::Boolean(value),
        YamlData::Value(Scalar::Integer(_) | Scalar::FloatingPoint(_)) => Data::Number(typed(start.index())),
        YamlData::Value(Scalar::String(text)) | YamlData::Representation(text, _, _) => Data::Text(text.into_owned()),
        YamlData::Sequence(items) => {
            Data::List(items.into_iter().map(|item| settle(item, lines, depth + 1, typed)).collect::<Result<_, _>>()?)
        }
        YamlData::Mapping(entries) => Data::Mapping(
            entries
                .into_iter()
                .map(|(key, value)| {
                    Ok((settle(key, lines, depth + 1, typed)?, settle(value, lines, depth + 1, typed)?))
                })
                .collect::<Result<_, (usize, usize)>>()?,
        ),
        YamlData::Tagged(..) | YamlData::Alias(_) | YamlData::BadValue => Data::Tagged,
    };
    Ok(Node { line, column, data })
}

/// The parser's message, with the usual cause where it has one.
fn explain(info: &str) -> String {
    let causes = [
        ("mapping values are not allowed", "a text that holds `: ` must stand in quotes"),
        ("illegal placement of ':'", "a text that holds `: ` must stand in quotes"),
        ("tab", "indent with spaces"),
        ("anchor", "a text that begins with `*` or `&` must stand in quotes"),
        ("quoted scalar", "is a quote missing, or a `\\` or a quote too many in the text?"),
        ("flow", "in {…} and […] every text with a comma, a bracket or `: ` must stand in quotes"),
        ("tag", "a text that begins with `!` must stand in quotes"),
        ("directive", "a text that begins with `%` must stand in quotes"),
        ("unexpected character", "a text that begins with `@` or a backtick must stand in quotes"),
        ("did not find expected", "check the indentation and the quotes of this line and the one before"),
        ("simple key", "check the indentation and the quotes of this line and the one before"),
    ];
    let cause = causes.iter().find(|(part, _)| info.contains(part)).map(|(_, cause)| format!("; {cause}"));
    format!("this is not YAML: {info}{}", cause.unwrap_or_default())
}

#[cfg(test)]
mod tests;
