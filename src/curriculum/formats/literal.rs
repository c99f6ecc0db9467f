//! Text as it is, written in Markdown: everything that Markdown would read as a sign is escaped, and little else.

use super::effort::spend;

/// Writes a text so that Markdown shows exactly it. White space at the beginning of lines is lost; a line break is kept.
#[must_use]
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut blank = true;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            if !blank {
                out.push_str("\n\n");
            }
            blank = true;
            continue;
        }
        if !blank {
            out.push_str("\\\n");
        }
        blank = false;
        words(line, true, &mut out);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Writes words of one line; `start` says whether they begin it.
pub fn words(text: &str, start: bool, out: &mut String) {
    let begin = if start { opening(text) } else { None };
    let mut before: Option<char> = if start { None } else { out.chars().next_back() };
    let mut rest = text.char_indices().peekable();
    // Looked for once, and only where an underscore stands.
    let mut has_words: Option<bool> = None;
    while let Some((at, c)) = rest.next() {
        spend(1);
        let next = rest.peek().map(|(_, c)| *c);
        let airy = before.is_none_or(char::is_whitespace) && next.is_none_or(char::is_whitespace);
        let sign = begin == Some(at)
            || match c {
                '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
                '`' => true,
                '*' => !airy,
                '~' => !airy,
                '_' => {
                    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                    let alone = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == '_');
                    let joined = inside(before) && inside(next) && before != Some('_') && next != Some('_');
                    !(joined || alone(before) && alone(next) && *has_words.get_or_insert_with(|| gap(text)))
                }
                '[' => next == Some('^') || next == Some('!'),
                ']' => next.is_some_and(|next| matches!(next, '(' | '[' | ':')),
                '<' => next.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
                '&' => next.is_none_or(|next| next.is_ascii_alphabetic() || next == '#'),
                _ => false,
            };
        if sign {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Whether a line holds a gap in the midst of words, and is not a rule.
fn gap(line: &str) -> bool {
    spend(line.len());
    line.chars().any(|c| !matches!(c, '_' | '*' | '-' | ' ' | '\t'))
}

/// The place of the character that would make a line something else than words: a heading, a list, a quote, a rule.
fn opening(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let rest = line.get(first.len_utf8()..).unwrap_or("");
    let space = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let found = match first {
        '#' => space(rest.trim_start_matches('#')),
        '>' | '|' => true,
        '+' => space(rest),
        '-' => space(rest) || rest.starts_with('-') || rest.starts_with('|') || rest.starts_with(':'),
        '*' => space(rest),
        '=' => rest.chars().all(|c| matches!(c, '=' | ' ')),
        ':' => rest.starts_with('-') || rest.starts_with(' '),
        _ => false,
    };
    if found {
        return Some(0);
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = line.get(digits..).unwrap_or("");
    let item = (1..10).contains(&digits) && behind.starts_with(['.', ')']) && space(behind.get(1..).unwrap_or(""));
    item.then_some(digits)
}

/// A text as a code span, with as many backticks as it needs.
#[must_use]
pub fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return text;
    }
    let fence = "`".repeat(longest(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A text as a code block.
#[must_use]
pub fn block(text: &str) -> String {
    let fence = "`".repeat(longest(text).max(2) + 1);
    format!("{fence}\n{}\n{fence}", text.trim_matches('\n'))
}

/// The longest run of backticks.
fn longest(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::Event;

    /// What a reader of the Markdown sees; anything but words fails.
    fn seen(markdown: &str) -> Result<String, String> {
        let mut out = String::new();
        for event in crate::curriculum::render::parse(markdown) {
            match event {
                Event::Text(text) => out.push_str(&text),
                Event::HardBreak | Event::SoftBreak => out.push('\n'),
                Event::Start(pulldown_cmark::Tag::Paragraph) => {}
                Event::End(pulldown_cmark::TagEnd::Paragraph) => out.push_str("\n\n"),
                other => return Err(format!("{other:?} in {markdown:?}")),
            }
        }
        Ok(out.trim().to_owned())
    }

    fn expected(text: &str) -> String {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let mut out = lines.join("\n");
        while out.contains("\n\n\n") {
            out = out.replace("\n\n\n", "\n\n");
        }
        out.trim().to_owned()
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["snake_case and 2 * 3", "a[0] < b && c", "Grant is _____ in it", "C# \\neq 5", "x ~ y"] {
            assert_eq!(literal(text), text);
        }
        assert_eq!(literal("1. When"), "1\\. When");
        assert_eq!(literal("<?php *a*"), "\\<?php \\*a\\*");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(block("x\n```\ny"), "````\nx\n```\ny\n````");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn markdown_shows_what_was_written(text in "[-a1 *_`~<>#&|!.:;=+(){}\\[\\]\\\\/\"'\n$^]{0,40}") {
            let shown = seen(&literal(&text)).map_err(TestCaseError::fail)?;
            prop_assert_eq!(shown, expected(&text), "{:?}", literal(&text));
        }
    }
}
