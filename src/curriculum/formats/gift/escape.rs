//! GIFT's escapes: what a backslash takes its meaning from, and the way back.

use crate::curriculum::formats::effort::spend;

/// The characters that a backslash makes ordinary.
const SIGNS: [char; 7] = ['~', '=', '#', '{', '}', ':', '\\'];

/// The characters that no backslash stands before, each with its place; an escaped one is left out.
pub(crate) fn bare(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut escaped = false;
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, c) = rest.next()?;
            spend(1);
            if std::mem::take(&mut escaped) {
                continue;
            }
            let next = rest.peek().map(|(_, c)| *c);
            if c == '\\' && next.is_some_and(|next| SIGNS.contains(&next)) {
                escaped = true;
                continue;
            }
            return Some((at, c));
        }
    })
}

/// The place of a word of signs that no backslash stands before.
pub(crate) fn find(text: &str, word: &str) -> Option<usize> {
    bare(text).map(|(at, _)| at).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(word)))
}

/// The text that is meant. Lines are kept where they carry meaning, else joined by a space.
pub(crate) fn undo(text: &str, lines: bool) -> String {
    spend(text.len());
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim().chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.peek().copied() {
                Some('n') => {
                    rest.next();
                    out.push('\n');
                }
                Some(sign) if SIGNS.contains(&sign) => {
                    rest.next();
                    out.push(sign);
                }
                _ => out.push('\\'),
            },
            '\n' if !lines => {
                // A line break in the source is only for the eye.
                out.truncate(out.trim_end_matches([' ', '\t']).len());
                out.push(' ');
                while rest.next_if(|c| c.is_whitespace()).is_some() {}
            }
            _ => out.push(c),
        }
    }
    out
}

/// The text with every sign escaped and every line break written as `\n`.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            sign if SIGNS.contains(&sign) => {
                out.push('\\');
                out.push(sign);
            }
            _ => out.push(c),
        }
    }
    out
}

/// What stands in brackets of a comment, as in `[id:a] [tag:b]`: keys and values, `\]` being the sign itself.
pub(crate) fn brackets(comment: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = comment;
    while let Some(at) = rest.find('[') {
        spend(at + 1);
        rest = rest.get(at + 1..).unwrap_or("");
        let colon = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let Some((key, inside)) = rest.split_at_checked(colon).filter(|(_, inside)| inside.starts_with(':')) else {
            continue;
        };
        let mut signs = inside.char_indices().zip(std::iter::once(' ').chain(inside.chars()));
        let end = signs.find(|((_, c), before)| *c == ']' && *before != '\\').map(|((at, _), _)| at);
        spend(end.unwrap_or(inside.len()));
        // Where nothing closes these, nothing closes those behind them.
        let Some(end) = end else { break };
        found.push((key, inside.get(1..end).unwrap_or("").replace("\\]", "]").trim().to_owned()));
        rest = inside.get(end..).unwrap_or("");
    }
    found
}

/// A value in brackets; none where the format cannot say it.
pub(crate) fn bracket(key: &str, value: &str) -> Option<String> {
    let written = format!("[{key}:{}]", value.replace(']', "\\]"));
    (brackets(&written) == [(key, value.to_owned())]).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_come_back() {
        assert_eq!(
            brackets(" a [id:j-1] [tag:sql][tag: a b ] [x] [tag:open"),
            [("id", "j-1".to_owned()), ("tag", "sql".to_owned()), ("tag", "a b".to_owned())]
        );
        for value in ["a", "a [b] c", "x:y", "\\ and ]"] {
            let written = bracket("tag", value).unwrap();
            assert_eq!(brackets(&written), [("tag", value.to_owned())], "{written}");
        }
        assert_eq!(bracket("tag", "ends in \\"), None);
    }

    #[test]
    fn escapes_come_back() {
        for text in ["a~b=c#d{e}f:g\\h\\nk", "\\", "\\\\n", "x\ny", "1:2 -> 3"] {
            assert_eq!(undo(&escape(text), true), text);
            assert_eq!(bare(&escape(text)).filter(|(_, c)| "~=#{}".contains(*c)).count(), 0);
        }
        assert_eq!(undo(r"\ is a backslash, \\neq too", false), r"\ is a backslash, \neq too");
        assert_eq!(undo("one \n  two", false), "one two");
        assert_eq!(find(r"a\#b#c", "#"), Some(4));
    }
}
