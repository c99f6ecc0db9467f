//! Texts as YAML that reads back as exactly the same.

use std::fmt::Write as _;

/// A text for one line: a plain word where that is safe, else in double quotes.
#[must_use]
pub fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    if plain && !WORDS.contains(&text) { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if shown(c) => out.push(c),
            c if u32::from(c) > 0xffff => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}

/// Whether a character stands in a file as itself: it is seen, and no YAML reader takes it for a line end or a mark.
fn shown(c: char) -> bool {
    let odd = matches!(u32::from(c), 0x7f..=0xa0 | 0x2028..=0x202e | 0x2060..=0x206f | 0xe000..=0xf8ff | 0xfeff | 0xfff0..=0xffff);
    !(odd || c.is_control() || u32::from(c) >= 0xf0000)
}

/// A key with a text: as a block of lines where it has several and they read well, else in one line.
pub fn entry(out: &mut String, indent: usize, key: &str, text: &str) {
    let pad = " ".repeat(indent);
    let line = |line: &str| {
        line.chars().all(shown)
            && !line.ends_with(' ')
            && line.len() - line.trim_start().len() <= 40
            && !line.starts_with('\t')
    };
    let block = text.contains('\n')
        && text.split('\n').all(line)
        && !text.starts_with([' ', '\n'])
        && !text.ends_with(['\n', ' ']);
    if !block {
        let _ = writeln!(out, "{pad}{key}: {}", scalar(text));
        return;
    }
    let _ = writeln!(out, "{pad}{key}: |");
    for line in text.split('\n') {
        if line.is_empty() {
            out.push('\n');
        } else {
            let _ = writeln!(out, "{pad}  {line}");
        }
    }
}

/// A comment of one line.
pub fn comment(out: &mut String, indent: usize, key: &str, text: &str) {
    let text: String = text.chars().filter(|c| shown(*c) || *c == '\n').take(300).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        let _ = writeln!(out, "{}# {key}: {text}", " ".repeat(indent));
    }
}
