//! Writing a value into somebody else's language so that it stays a value: SQL, JSON, XML, shells and settings files.

/// A string of SQL: `'` doubled.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A string of Snowflake or StarRocks, where a backslash speaks too.
pub(super) fn escaped(text: &str) -> String {
    literal(&text.replace('\\', "\\\\"))
}

/// A name of SQL: `"` doubled.
pub(super) fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A dotted name of SQL, each part on its own.
pub(super) fn dotted(text: &str) -> String {
    text.split('.').map(name).collect::<Vec<_>>().join(".")
}

/// A name of Snowflake. Plain ones are kept in capitals there, however they were written.
pub(super) fn snowflake_name(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name(&text.to_ascii_uppercase()) } else { name(text) }
}

/// A name of ClickHouse or StarRocks: in backticks, with backslashes.
pub(super) fn ticked(text: &str) -> String {
    format!("`{}`", text.replace('\\', "\\\\").replace('`', "\\`"))
}

/// A string in double quotes with backslashes: JSON, `PostgREST`'s settings, `StarRocks`' properties.
pub(super) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A word of a POSIX shell.
pub(super) fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A value of a Java properties file.
pub(super) fn property(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' ' if at == 0 => out.push_str("\\ "),
            c if c.is_ascii_graphic() || c == ' ' => out.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out
}

/// A text in XML. What XML can not hold becomes U+FFFD.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A word of `pg_hba.conf` and `pg_ident.conf`: one line, `"` doubled.
pub(super) fn hba(text: &str) -> String {
    name(&text.replace(['\n', '\r'], " "))
}

/// The rest of a comment: one line.
pub(super) fn comment(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
